"""Untrusted files are read in processes of their own: with limits, without network, replaced when they die or hang."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, Generic, Self, TypeVar

from jixiao.readers import UnreadableFileError
from jixiao.readers.scan.engine import bound_threads

T = TypeVar("T")
R = TypeVar("R")

_WORKER: Connection | None = None
"""The way to the parent, in a worker"""
_START_SECONDS = 60.0
"""For a process to start and take its file"""
_STOP_SECONDS = 5.0
_MOST_THREADS = 4
"""In one process: the stack of each takes eight megabytes of what the process may have"""
_THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_MEGABYTE = 1024 * 1024
_TOO_MUCH_MEMORY = (
    "读取时占用内存超过上限",
    "文件内容异常或过大，请用 WPS 或 Office 打开，另存为 .docx 或 .xlsx 后重试",
)
_REMEDY = "请用 WPS 或 Office 打开，另存为 .docx 或 .xlsx 后重试；若仍不行，请把文件和本行文字发给维护者"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: seconds, and bytes of memory (data, and address space with mapped files)."""

    seconds: float = 120.0
    data: int = 900 * _MEGABYTE
    address_space: int = 3072 * _MEGABYTE


def attempt(function: Callable[[T], R], item: T) -> R | UnreadableFileError:
    """The result, or what went wrong: a defect of ours shows as one line too, never as a traceback."""
    try:
        return function(item)
    except UnreadableFileError as error:
        return error
    except MemoryError:
        return UnreadableFileError(*_TOO_MUCH_MEMORY)
    except Exception as error:  # one file must not end a batch
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__}，{Path(frame.filename).name} 第 {frame.lineno} 行"
        return UnreadableFileError(f"读取时程序出错（{where}）", _REMEDY)


def allow(seconds: float) -> None:
    """In a worker: this file may take so many seconds from now (scans do). Elsewhere: nothing."""
    if _WORKER is not None:
        _WORKER.send(("more", seconds))


def run_isolated(
    function: Callable[[T], R], items: Sequence[T], limits: Limits | None = None, workers: int | None = None
) -> Iterator[tuple[int, R | UnreadableFileError]]:
    """(position, result) of every item as they come. ``function``, items and results must pickle."""
    with Isolation(function, limits, workers) as isolation:
        yield from isolation.run(items)


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    connection: Connection
    position: int | None = None
    seconds: float = _START_SECONDS
    deadline: float = 0.0

    def allow(self, seconds: float) -> None:
        self.seconds, self.deadline = seconds, time.monotonic() + seconds


class Isolation(Generic[T, R]):
    """Processes that put items through ``function``; they stay for the next items until the ``with`` block ends."""

    def __init__(self, function: Callable[[T], R], limits: Limits | None = None, workers: int | None = None) -> None:
        self._function = function
        self._limits = limits or Limits()
        self._most = workers or os.cpu_count() or 1
        self._busy: list[_Worker] = []
        self._idle: list[_Worker] = []
        self._items: Sequence[T] = ()
        self._next = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in (*self._busy, *self._idle):
            self._end(worker)
        self._busy, self._idle = [], []

    def run(self, items: Sequence[T]) -> Iterator[tuple[int, R | UnreadableFileError]]:
        """(position, result) of every item as they come."""
        self._items, self._next = items, 0
        for _ in range(min(self._most, len(items))):
            self._give(self._idle.pop() if self._idle else self._start())
        while self._busy:
            timeout = max(0.0, min(w.deadline for w in self._busy) - time.monotonic())
            ready = wait([w.connection for w in self._busy], timeout)
            for worker in list(self._busy):
                if worker.connection in ready:
                    answer = self._take(worker)
                elif worker.deadline <= time.monotonic():
                    answer = self._broken(worker, f"读取超过 {worker.seconds:.0f} 秒仍未完成，已停止")
                else:
                    continue
                if answer is not None:
                    yield answer

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=_serve, args=(theirs, self._function, self._limits, self._threads()), daemon=True
        )
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _threads(self) -> int:
        """The processors' share of one of the processes."""
        processes = max(1, min(self._most, len(self._items)))
        return max(1, min(_MOST_THREADS, (os.cpu_count() or 1) // processes))

    def _give(self, worker: _Worker) -> None:
        """The next item; a worker that finds none waits."""
        if self._next >= len(self._items):
            worker.position = None
            self._idle.append(worker)
            return
        self._busy.append(worker)
        worker.position, self._next = self._next, self._next + 1
        worker.allow(_START_SECONDS)
        with contextlib.suppress(OSError):  # one that died already shows when its answer is read
            worker.connection.send(self._items[worker.position])

    def _take(self, worker: _Worker) -> tuple[int, R | UnreadableFileError] | None:
        try:
            kind, *content = worker.connection.recv()
        except (EOFError, OSError):
            return self._broken(worker, "读取时程序意外中止")
        if kind == "more":
            worker.allow(content[0])
            return None
        assert worker.position is not None
        position = worker.position
        if kind == "memory":  # what is left of its memory is in pieces
            return self._broken(worker, *_TOO_MUCH_MEMORY)
        self._busy.remove(worker)
        self._give(worker)
        return position, content[0] if kind == "done" else UnreadableFileError(*content)

    def _broken(self, worker: _Worker, met: str, remedy: str = _REMEDY) -> tuple[int, UnreadableFileError]:
        """End a worker and put another in its place."""
        assert worker.position is not None
        position = worker.position
        self._busy.remove(worker)
        worker.process.kill()
        self._end(worker)
        if self._next < len(self._items):
            self._give(self._start())
        return position, UnreadableFileError(met, remedy)

    @staticmethod
    def _end(worker: _Worker) -> None:
        worker.connection.close()  # an idle worker ends by it
        worker.process.join(0 if worker.position is not None else _STOP_SECONDS)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()
        worker.process.close()


# --- in the worker ------------------------------------------------------------------------------------------


def _serve(connection: Connection, function: Callable[[Any], Any], limits: Limits, threads: int) -> None:
    global _WORKER
    _WORKER = connection
    _harden(limits)
    _share(threads)
    while True:
        try:
            item = connection.recv()
            allow(limits.seconds)
        except (EOFError, OSError):
            return
        answer = attempt(function, item)
        try:
            if isinstance(answer, UnreadableFileError):
                out_of_memory = (answer.met, answer.remedy) == _TOO_MUCH_MEMORY
                connection.send(("memory",) if out_of_memory else ("unreadable", answer.met, answer.remedy))
            else:
                connection.send(("done", answer))
        except MemoryError:
            connection.send(("memory",))
        except OSError:  # the parent is gone
            return


def _share(threads: int) -> None:
    """Libraries that compute on as many threads as there are processors take only so many."""
    for name in _THREAD_VARIABLES:
        os.environ.setdefault(name, str(threads))
    bound_threads(threads)


def _harden(limits: Limits) -> None:
    """Limits on memory, no network, no words on the user's terminal, no Ctrl-C (the parent ends us)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.dont_write_bytecode = True
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
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
