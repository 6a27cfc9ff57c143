"""The command line: ``jixiao read``, ``jixiao review``, ``jixiao rules``, ``jixiao lexicon``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    from jixiao.cli.arguments import parse  # a process that reads one file for us needs none of it

    _speak_utf8()
    arguments = parse(argv)
    try:
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
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return 130
    return code


def _speak_utf8() -> None:
    """Chinese must come out whole in a C locale and on Windows too."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
