"""Processes that tests start and end, as Linux shows them."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

SOON = 20.0
"""Seconds in which what is to happen has happened, on a busy machine"""


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that is dead and not yet asked for its end does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def in_session(session: int) -> list[int]:
    """The processes that run in a session."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            state, *_, own = place.joinpath("stat").read_text(encoding="utf-8").rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(own) == session and state != "Z":
            found.append(int(place.name))
    return found


def eventually(holds: Callable[[], object], seconds: float = SOON) -> bool:
    """Whether something holds soon."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.02)
    return False
