"""A file that one process holds, until it lets go or dies."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


@contextmanager
def locked(file: Path) -> Iterator[bool]:
    """Whether the file is ours alone while this lasts; it is made where it is missing.

    Where the system or the disk knows no locks (some network drives), it is taken to be ours.
    """
    with file.open("ab") as handle:
        try:
            _lock(handle.fileno())
        except OSError as error:
            yield error.errno not in _HELD
        else:
            yield True


def _lock(descriptor: int) -> None:
    try:
        import fcntl
    except ImportError:
        pass
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return
    try:
        import msvcrt
    except ImportError:
        return
    msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
