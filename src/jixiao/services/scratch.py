"""Folders for the files of a run that nobody sees, gone when it ends, even by being killed while it reads."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
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
    path = Path(tempfile.gettempdir(), f"jixiao-of-{os.getpid()}-{uuid4().hex}")
    with vanishing(path):
        try:
            yield Scratch(path)
        finally:
            shutil.rmtree(path, ignore_errors=True)


_OF = re.compile(r"jixiao-of-(\d+)-[0-9a-f]{32}")


def sweep(older_than: float = 600.0) -> list[str]:
    """Take away folders whose process was killed before it had another that could do so; those last touched less than
    ``older_than`` seconds ago stay. Gives their names.
    """
    gone = []
    for path in Path(tempfile.gettempdir()).glob("jixiao-of-*"):
        named = _OF.fullmatch(path.name)
        try:
            is_old = time.time() - path.stat().st_mtime >= older_than
        except OSError:
            continue
        if named and is_old and not _is_alive(int(named[1])):
            shutil.rmtree(path, ignore_errors=True)
            gone.append(path.name)
    return gone


def _is_alive(pid: int) -> bool:
    """Whether there is such a process; where asking would end it (Windows), we do not know and leave it."""
    if os.name == "nt":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


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
