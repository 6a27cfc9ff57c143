"""The command line: ``jixiao read``, ``jixiao review``, ``jixiao rules``, ``jixiao lexicon``, ``jixiao layouts``."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    from jixiao.cli.arguments import parse

    _speak_utf8()
    arguments = parse(argv)
    from jixiao.services.output import OutputError  # asking for help pays for nothing else

    try:
        with _stoppable():
            code: int = arguments.run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output (head, less) went away
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python fails once more when it exits
        return 0
    except OSError as error:  # disk full, a folder in the place of a file, a name that is too long
        from jixiao.readers.errors import system_words

        print(
            f"结果写不进 {error.filename or '磁盘'}（{system_words(error)}）。请换一个位置或腾出空间后重试。",
            file=sys.stderr,
        )
        return 2
    except OutputError as error:
        print(error, file=sys.stderr)
        return 2
    except (KeyboardInterrupt, _Stopped) as stopped:
        with suppress(OSError):  # the terminal may be gone
            print("已中断。", file=sys.stderr)
        return 128 + (stopped.number if isinstance(stopped, _Stopped) else signal.SIGINT)
    return code


class _Stopped(BaseException):
    """The system asked us to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def _stoppable() -> Iterator[None]:
    """An end that the system asks for, or a closed terminal, is like Ctrl-C: what was begun is put away."""

    def stop(number: int, _: object) -> None:
        raise _Stopped(number)

    here = threading.current_thread() is threading.main_thread()
    known = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    taken = [number for number in known if here and signal.getsignal(number) is signal.SIG_DFL]
    for number in taken:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def _speak_utf8() -> None:
    """Chinese must come out whole in a C locale and on Windows too."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
