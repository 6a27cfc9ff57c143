"""Folders for the files of a run that nobody sees, gone when it ends, even by being killed while it reads."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_live: set[Path] = set()


@contextmanager
def scratch() -> Iterator[Path]:
    """A new folder where the system keeps temporary files."""
    with tempfile.TemporaryDirectory(prefix="jixiao-", ignore_cleanup_errors=True) as name, vanishing(Path(name)):
        yield Path(name)


@contextmanager
def vanishing(folder: Path) -> Iterator[None]:
    """While this lasts, processes started for isolation take the folder away should this process be killed."""
    _live.add(folder)
    try:
        yield
    finally:
        _live.discard(folder)


def live_folders() -> tuple[Path, ...]:
    """The folders that are to go with this process."""
    return tuple(_live)
