"""The other side of isolation: a process that puts items through one function, with limits, without network, in silence.

It is started as ``python -c BOOT`` and speaks pickles over its standard streams. On the way in: the path to import from
(``marshal``, before anything is imported from it), the function with limits, threads and folders, then items, and ``None``
for farewell. On the way out, for each item: any number of ``("more", seconds)``, then one of ``("done", result)``,
``("unreadable", met, remedy)``, ``("memory",)``. Of files with pages also ``("pages", done, total)``, some of them.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import shutil
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO, TypeVar

from jixiao.readers import UnreadableFileError, progress

T = TypeVar("T")
R = TypeVar("R")

BOOT = (
    "import sys, marshal; sys.path[:] = marshal.load(sys.stdin.buffer); from jixiao.services.worker import main; main()"
)
TOO_MUCH_MEMORY = (
    "读取时占用内存超过上限",
    "文件内容异常或过大，请用 WPS 或 Office 打开，另存为 .docx 或 .xlsx 后重试",
)
REMEDY = "请用 WPS 或 Office 打开，另存为 .docx 或 .xlsx 后重试；若仍不行，请把文件和本行文字发给维护者"
_MEGABYTE = 1024 * 1024
_GRACE_SECONDS = 30
"""After its time is up a process ends by itself, should nobody be left to end it"""
LAST_WORDS = ("done", "unreadable", "memory")
"""Kinds of messages that end an item; whatever else is said of it, more is to come"""
_OFTEN = 0.2
"""Seconds between two words on pages"""
_WATCH_STACK = 256 * 1024
_THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_answers: BinaryIO | None = None
"""The way to the parent, in a worker"""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: seconds, and bytes of memory (data, and address space with mapped files)."""

    seconds: float = 120.0
    data: int = 900 * _MEGABYTE
    address_space: int = 3072 * _MEGABYTE


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker is for: its function, limits, share of the processors, and folders that go if the parent dies."""

    function: Callable[[Any], Any]
    limits: Limits
    threads: int
    folders: tuple[Path, ...]


def attempt(function: Callable[[T], R], item: T) -> R | UnreadableFileError:
    """The result, or what went wrong: a defect of ours shows as one line too, never as a traceback."""
    try:
        return function(item)
    except UnreadableFileError as error:
        return error
    except MemoryError:
        return UnreadableFileError(*TOO_MUCH_MEMORY)
    except Exception as error:  # one file must not end a batch
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__}，{Path(frame.filename).name} 第 {frame.lineno} 行"
        return UnreadableFileError(f"读取时程序出错（{where}）", REMEDY)


def allow(seconds: float) -> None:
    """In a worker: this file may take so many seconds from now (scans do). Elsewhere: nothing."""
    if _answers is not None:
        _send(("more", seconds))
        _end_by_itself(seconds + _GRACE_SECONDS)


def main() -> None:
    """Serve until the parent says farewell or is gone."""
    global _answers
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches us too: the parent ends us
    given = sys.stdin.buffer
    _answers = _keep_quiet()
    work: Work = pickle.load(given)  # noqa: S301 - from the process that started us
    _harden(work.limits)
    _share(work.threads)
    items: SimpleQueue[Any] = SimpleQueue()
    progress.listen(_Pages().done)
    threading.stack_size(_WATCH_STACK)
    threading.Thread(target=_watch, args=(given, items, work.folders), daemon=True).start()
    threading.stack_size(0)
    is_first = True
    while (item := items.get()) is not None:
        allow(work.limits.seconds)
        answer = attempt(work.function, item)
        _end_by_itself(0)
        if is_first:
            _settle()
            is_first = False
        try:
            _send(_spoken(answer))
        except MemoryError:
            _send(("memory",))
        except OSError:  # the parent is gone
            break
    os._exit(0)  # what there is in memory need not be put in order


class _Pages:
    """Tells the parent how many pages are done, a few times a second."""

    def __init__(self) -> None:
        self._told = 0.0

    def done(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._told >= _OFTEN:
            self._told = now
            _send(("pages", done, total))


def _settle() -> None:
    """What the first item made us load stays for all: no search for garbage need look at it again (a tenth of the time)."""
    gc.collect()
    gc.freeze()


def _watch(given: BinaryIO, items: SimpleQueue[Any], folders: Sequence[Path]) -> None:
    """Take in items while the main thread works, so that the death of the parent shows at once."""
    try:
        while (item := pickle.load(given)) is not None:  # noqa: S301 - from the process that started us
            items.put(item)
        items.put(None)
    except (EOFError, OSError, pickle.UnpicklingError):
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)


def _spoken(answer: object) -> tuple[object, ...]:
    if not isinstance(answer, UnreadableFileError):
        return ("done", answer)
    if (answer.met, answer.remedy) == TOO_MUCH_MEMORY:
        return ("memory",)
    return ("unreadable", answer.met, answer.remedy)


def _send(answer: tuple[object, ...]) -> None:
    assert _answers is not None
    _answers.write(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
    _answers.flush()


def _end_by_itself(seconds: float) -> None:
    """Be ended by the system after so many seconds, 0 for never; it needs no word of ours, which a hang would not let through."""
    if hasattr(signal, "SIGALRM"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _keep_quiet() -> BinaryIO:
    """The stream for answers; what libraries print goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    return answers


def _share(threads: int) -> None:
    """Libraries that compute on as many threads as there are processors take only so many."""
    from jixiao.readers.scan.engine import bound_threads

    for name in _THREAD_VARIABLES:
        os.environ.setdefault(name, str(threads))
    bound_threads(threads)


def _harden(limits: Limits) -> None:
    """Limits on memory, no network."""
    sys.dont_write_bytecode = True
    try:
        import resource
    except ImportError:  # Windows has none
        pass
    else:
        for kind, most in ((resource.RLIMIT_DATA, limits.data), (resource.RLIMIT_AS, limits.address_space)):
            _, hard = resource.getrlimit(kind)
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    sys.addaudithook(_refuse_network)


def _refuse_network(event: str, _: tuple[Any, ...]) -> None:
    if event.startswith("socket."):
        raise PermissionError("网络在读取文件时不可用")
