"""Folders for the files of a run that nobody sees, gone when it ends, even by being killed while it reads."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

_live: set[Path] = set()


class Scratch:
    """A folder where the system keeps temporary files, made when it is first asked for: most runs need none."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def folder(self) -> Path:
        self._path.mkdir(mode=0o700, exist_ok=True)
        return self._path


@contextmanager
def scratch() -> Iterator[Scratch]:
    """A folder of its own, while this lasts."""
    path = Path(tempfile.gettempdir(), f"jixiao-{uuid4().hex}")
    with vanishing(path):
        try:
            yield Scratch(path)
        finally:
            shutil.rmtree(path, ignore_errors=True)


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
