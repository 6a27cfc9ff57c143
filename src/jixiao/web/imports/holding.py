"""Large files on their way to be read in the background: held without a name outside the store until a worker has read them.

A file that may bear a mark of secrecy is not held but read at once: nothing of one that is marked is ever kept (``may_be_marked``).
"""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from jixiao.readers import UnreadableFileError
from jixiao.readers.raw.zip_parts import Archive
from jixiao.services.isolation import run_isolated
from jixiao.services.worker import Limits

LARGE_ARCHIVE, LARGE = 256 * 1024, 1024 * 1024
"""Bytes from which nobody waits for the answer: about 5,000 rows as .xlsx, which take two seconds to read and store, or as .xls or .csv"""
_LEFT_BEHIND = 24 * 3600.0
_MOST_PART = 128 * 1024 * 1024
_SECONDS = 20.0
_GAP = r"(?:(?!&#)[^\u4e00-\u9fff]|(?i:&#(?:x0*[0-9a-f]{1,3}|0*[0-9]{1,4}|x0*3000|0*12288);))"
"""Anything but Chinese: spaces and the tags between two runs of a cell; parts of a workbook may write characters as numbers"""
_MARK = re.compile(
    "(?:[绝机秘]|(?i:&#(?:x0*(?:7edd|673a|79d8)|0*(?:32477|26426|31192));))"
    + _GAP
    + "{0,400}?"
    + "(?:密|(?i:&#(?:x0*5bc6|0*23494);))"
)
_SIGN = tuple("密".encode(code) for code in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"))


def is_large(data: bytes) -> bool:
    """Whether a file is to be read in the background."""
    return len(data) > (LARGE_ARCHIVE if data.startswith(b"PK") else LARGE)


def may_be_marked(data: bytes) -> bool:
    """Whether the words of a mark of secrecy may stand in a file: true for all that has one, and for some that have none. A file that
    cannot be opened is none to hold either. Looked for in a process with limits: nobody knows the file yet."""
    ((_, found),) = run_isolated(_may_be_marked, [data], Limits(seconds=_SECONDS), 1)
    return isinstance(found, UnreadableFileError) or found


def _may_be_marked(data: bytes) -> bool:
    if not data.startswith(b"PK"):
        return any(sign in data for sign in _SIGN)
    archive = Archive.of(data, "")
    for name in archive.names:
        if name.startswith("xl/") and name.endswith(".xml"):
            part = archive.read(name, _MOST_PART)
            if _MARK.search(part.decode("utf-8", errors="replace")):
                return True
    return False


def folder() -> Path:
    """Where they lie."""
    return Path(settings.DATA) / "held"


def hold(data: bytes) -> str:
    """Bring bytes to the disk; the name they lie under."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    name = uuid4().hex
    with (folder() / name).open("xb") as taken:
        taken.write(data)
        taken.flush()
        os.fsync(taken.fileno())
    return name


def held(name: str) -> bytes:
    """The bytes. Raises FileNotFoundError where they were let go."""
    return (folder() / name).read_bytes()


def let_go(name: str) -> None:
    """They are read, or nobody wants them any more."""
    if name:
        with suppress(FileNotFoundError):
            (folder() / name).unlink()


def clear_away() -> None:
    """Let go what was left lying for a day."""
    if folder().is_dir():
        last = time.time() - _LEFT_BEHIND
        for path in folder().iterdir():
            if path.stat().st_mtime < last:
                path.unlink(missing_ok=True)
