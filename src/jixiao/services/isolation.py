"""Untrusted files are read in processes of their own: with limits, without network, replaced when they die or hang.

The processes are plain ones, started like any program and spoken to over their standard streams, each by a thread of
ours. So they start from anywhere: a daemonic process, a thread of a web server, a script without a main guard, Windows.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Generic, Self, TypeVar

from jixiao.readers import UnreadableFileError
from jixiao.services.scratch import live_folders
from jixiao.services.worker import BOOT, LAST_WORDS, REMEDY, TOO_MUCH_MEMORY, Limits, Work

T = TypeVar("T")
R = TypeVar("R")

Heard = Callable[[int, int, int], object]
"""Called as (position of the item, pages done, pages in all)"""
_START_SECONDS = 60.0
"""For a process to start and take its file"""
_STOP_SECONDS = 5.0
_LOOK_SECONDS = 0.5
"""How long one waits at most: Ctrl-C on Windows is heard between waits only"""
_MOST_THREADS = 4
"""In one process: the stack of each takes eight megabytes of what the process may have"""


def run_isolated(
    function: Callable[[T], R], items: Sequence[T], limits: Limits | None = None, workers: int | None = None
) -> Iterator[tuple[int, R | UnreadableFileError]]:
    """(position, result) of every item as they come. ``function``, items and results must pickle."""
    with Isolation(function, limits, workers) as isolation:
        yield from isolation.run(items)


def _unheard(_position: int, _done: int, _total: int) -> None:
    """Pages that nobody follows."""


class _Worker:
    """A process and the thread that speaks with it. ``position`` is that of its item, None while it waits for one."""

    def __init__(self, work: Work, answers: SimpleQueue[tuple[_Worker, tuple[Any, ...]]]) -> None:
        self.position: int | None = None
        self.seconds = _START_SECONDS
        self.deadline = 0.0
        self._messages: SimpleQueue[bytes | None] = SimpleQueue()
        start = marshal.dumps([str(path or Path.cwd()) for path in sys.path]) + pickle.dumps(work)
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [_interpreter(), "-P", "-X", f"utf8={sys.flags.utf8_mode}", "-c", BOOT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._thread = threading.Thread(target=self._speak, args=(start, answers), daemon=True)
        self._thread.start()

    def allow(self, seconds: float) -> None:
        self.seconds, self.deadline = seconds, time.monotonic() + seconds

    def give(self, position: int, item: object) -> None:
        self.position = position
        self.allow(_START_SECONDS)
        self._messages.put(pickle.dumps(item))

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def leave(self) -> None:
        """Farewell to one that waits, an end to one that works."""
        if self.position is not None:
            self._process.kill()
        self._messages.put(None)

    def join(self) -> None:
        """Wait until it has left; one that takes long is ended."""
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._thread.join()

    def _speak(self, start: bytes, answers: SimpleQueue[tuple[_Worker, tuple[Any, ...]]]) -> None:
        """In the thread, where waiting for the process holds up nobody: pass items on, and what it answers."""
        given, told = self._process.stdin, self._process.stdout
        assert given is not None
        assert told is not None
        with contextlib.suppress(OSError), given, told:  # closing what is broken says so once more
            try:
                given.write(start)
                while (item := self._messages.get()) is not None:
                    given.write(item)
                    given.flush()
                    kind = ""
                    while kind not in LAST_WORDS:
                        answer = pickle.load(told)  # noqa: S301 - from the process that we started
                        kind = answer[0]
                        answers.put((self, answer))
                given.write(pickle.dumps(None))
            except Exception:  # it died, or what it said is no answer
                answers.put((self, ("gone",)))


class Isolation(Generic[T, R]):
    """Processes that put items through ``function``; they stay for the next items until the ``with`` block ends."""

    def __init__(self, function: Callable[[T], R], limits: Limits | None = None, workers: int | None = None) -> None:
        self._function = function
        self._limits = limits or Limits()
        self._most = workers or processors()
        self._busy: list[_Worker] = []
        self._idle: list[_Worker] = []
        self._answers: SimpleQueue[tuple[_Worker, tuple[Any, ...]]] = SimpleQueue()
        self._items: Sequence[T] = ()
        self._next = 0
        self._heard: Heard = _unheard

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        workers = (*self._busy, *self._idle)
        self._busy, self._idle = [], []
        for worker in workers:
            worker.leave()
        for worker in workers:
            worker.join()

    def run(self, items: Sequence[T], heard: Heard | None = None) -> Iterator[tuple[int, R | UnreadableFileError]]:
        """(position, result) of every item as they come; ``heard`` is told meanwhile how many pages of one are done."""
        self._items, self._next = items, 0
        self._heard = heard or _unheard
        for _ in range(min(self._most, len(items))):
            self._give(self._waiting() or self._start())
        while self._busy:
            try:
                worker, message = self._answers.get(timeout=self._patience())
            except Empty:  # nobody is late who has answered, however long the one we yield to takes
                for worker in [w for w in self._busy if w.deadline <= time.monotonic()]:
                    yield self._broken(worker, f"读取超过 {worker.seconds:.0f} 秒仍未完成，已停止")
                continue
            if (answer := self._taken(worker, message)) is not None:
                yield answer

    def _patience(self) -> float:
        """Seconds until the next worker would be late, at most so many as one waits."""
        return min(max(0.0, min(w.deadline for w in self._busy) - time.monotonic()), _LOOK_SECONDS)

    def _waiting(self) -> _Worker | None:
        """A worker that waits for items; those that the system ended meanwhile are let go."""
        while self._idle:
            worker = self._idle.pop()
            if worker.is_alive:
                return worker
            worker.leave()
            worker.join()
        return None

    def _start(self) -> _Worker:
        return _Worker(Work(self._function, self._limits, self._threads(), live_folders()), self._answers)

    def _threads(self) -> int:
        """The processors' share of one of the processes."""
        processes = max(1, min(self._most, len(self._items)))
        return max(1, min(_MOST_THREADS, processors() // processes))

    def _give(self, worker: _Worker) -> None:
        """The next item; a worker that finds none waits."""
        if self._next >= len(self._items):
            worker.position = None
            self._idle.append(worker)
            return
        self._busy.append(worker)
        worker.give(self._next, self._items[self._next])
        self._next += 1

    def _taken(self, worker: _Worker, message: tuple[Any, ...]) -> tuple[int, R | UnreadableFileError] | None:
        """What a message says of an item; None where it is not the last word on one."""
        kind, *content = message
        if worker not in self._busy:
            return None  # one that was ended
        if kind == "more":
            worker.allow(content[0])
            return None
        if kind == "pages":
            assert worker.position is not None
            self._heard(worker.position, *content)
            return None
        if kind == "gone":
            return self._broken(worker, "读取时程序意外中止")
        if kind == "memory":  # what is left of its memory is in pieces
            return self._broken(worker, *TOO_MUCH_MEMORY)
        position = worker.position
        assert position is not None
        self._busy.remove(worker)
        self._give(worker)
        return position, content[0] if kind == "done" else UnreadableFileError(*content)

    def _broken(self, worker: _Worker, met: str, remedy: str = REMEDY) -> tuple[int, UnreadableFileError]:
        """End a worker and put another in its place."""
        position = worker.position
        assert position is not None
        self._busy.remove(worker)
        worker.leave()
        worker.join()
        if self._next < len(self._items):
            self._give(self._start())
        return position, UnreadableFileError(met, remedy)


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _interpreter() -> str:
    """The Python we run in. Where it is part of another program (uwsgi, a Windows service), that names itself instead."""
    named = Path(sys.executable or "")
    if named.stem.lower().startswith(("python", "pypy")):
        return str(named)
    beside = (
        Path(sys.exec_prefix, *place) for place in (("bin", "python3"), ("python.exe",), ("Scripts", "python.exe"))
    )
    return str(next((path for path in beside if path.exists()), named))
