"""Child processes under one parent: started again when they die, ended with it.

One that dies is started again after a pause that doubles up to a minute; some life makes the pause short again. What a dead
one left of its group is killed first. Told to end (SIGTERM, Ctrl-C), all are told and, after a while, killed. Children end themselves when
the parent is gone (``process`` asks the system for it).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

SHORTEST, LONGEST = 1.0, 60.0
STEADY = 20.0
"""Seconds of life after which the pause is short again"""
GRACE = 15.0
"""Seconds that children have to end"""
_LOOK = 0.2


@dataclass
class Child:
    """A process to be kept alive."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    pause: float = SHORTEST
    started: float = 0.0
    due: float = 0.0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - ourselves
            self.command,
            env={**self.environment, "JIXIAO_PARENT": str(os.getpid())},
            stdin=subprocess.DEVNULL,
            start_new_session=os.name != "nt",
        )

    def clear(self) -> None:
        """Kill what is left of its group."""
        if self.process is not None and os.name != "nt":
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def tell(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()


def supervise(
    children: Sequence[Child], say: Callable[[str], None], stop: threading.Event, *, shortest: float = SHORTEST
) -> None:
    """Keep all running until ``stop`` is set, then end them."""
    for child in children:
        child.pause = shortest
        child.start()
    try:
        while not stop.wait(_LOOK):
            for child in children:
                _look_after(child, say, shortest)
    finally:
        end(children)


def _look_after(child: Child, say: Callable[[str], None], shortest: float) -> None:
    now = time.monotonic()
    if child.process is None:
        if now >= child.due:
            child.start()
        return
    code = child.process.poll()
    if code is None:
        return
    child.clear()
    child.pause = shortest if now - child.started > STEADY else child.pause
    say(f"{child.name}停了（{_how(code)}），{child.pause:.0f}秒后再启动")
    child.process, child.due = None, now + child.pause
    child.pause = min(child.pause * 2, LONGEST)


def _how(code: int) -> str:
    return f"信号{-code}" if code < 0 else f"退出码{code}"


def end(children: Sequence[Child]) -> None:
    """All are told to end; who has not after a while is killed, with what they started."""
    for child in children:
        child.tell()
    last = time.monotonic() + GRACE
    for child in children:
        if child.process is not None:
            with suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.0, last - time.monotonic()))
            if child.process.poll() is None:
                child.process.kill()
            child.clear()
            child.process.wait()


def die_with_parent() -> None:
    """Ask the system to end this process when the one that started it is gone; elsewhere ``parent_is_gone`` has to be asked."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None, use_errno=True).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
    if parent_is_gone():  # before we could ask
        sys.exit(0)


def parent_is_gone() -> bool:
    """Whether the process that started this one has died."""
    parent = os.environ.get("JIXIAO_PARENT")
    return bool(parent) and os.name != "nt" and os.getppid() != int(parent or 0)
