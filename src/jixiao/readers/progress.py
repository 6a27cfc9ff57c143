"""How far reading a file is, for who waits: pages done, of how many. Nobody listens unless asked to."""

from __future__ import annotations

from collections.abc import Callable

Heard = Callable[[int, int], object]
"""Called as (pages done, pages in all)"""

_heard: Heard | None = None


def listen(heard: Heard | None) -> None:
    """Have ``heard`` called from now on in this process; None for nobody."""
    global _heard
    _heard = heard


def page_done(done: int, total: int) -> None:
    """Said by readers of files that have pages."""
    if _heard is not None:
        _heard(done, total)
