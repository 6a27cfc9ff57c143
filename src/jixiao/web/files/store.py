"""Files by what is in them 「原件库」: the bytes of each once, below the data folder, under a name made of their SHA-256.

Bytes are written to a name of no meaning, brought to the disk and renamed before any row names them: what a row names is
there. A file without a row is left by somebody who was stopped in between; ``without_row`` finds it. No name that a person
chose is ever part of a path.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from django.conf import settings

from jixiao.web.files.models import StoredFile
from jixiao.web.kernel import clock

_DIGEST = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Kept:
    """Bytes that lie in the store: their SHA-256 in hex, their number, what they are (``docx``; empty where unknown)."""

    sha256: str
    size: int
    kind: str = ""


def folder() -> Path:
    """Where files lie."""
    return Path(settings.DATA) / "files"


def path_of(sha256: str) -> Path:
    """Where the bytes of a digest lie. Raises ValueError for what is no digest."""
    if not _DIGEST.fullmatch(sha256):
        raise ValueError("not a SHA-256 in hex")
    return folder() / sha256[:2] / sha256[2:]


def keep(source: Path, kind: str = "") -> Kept:
    """Put the bytes of a file into the store; its row is made by ``row_of``, in the transaction that refers to it."""
    with source.open("rb") as given:
        return _keep(given, kind)


def keep_bytes(content: bytes, kind: str = "") -> Kept:
    """The same of bytes at hand."""
    return _keep(BytesIO(content), kind)


def _keep(given: BinaryIO, kind: str) -> Kept:
    folder().mkdir(parents=True, exist_ok=True)
    unfinished = folder() / f".{uuid4().hex}"
    try:
        with unfinished.open("xb") as taken:
            shutil.copyfileobj(given, taken, _CHUNK)
            taken.flush()
            os.fsync(taken.fileno())
        digest = digest_at(unfinished)
        target = path_of(digest)
        target.parent.mkdir(exist_ok=True)
        size = unfinished.stat().st_size
        unfinished.replace(target)
        _settle(target.parent)
        _settle(folder())
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return Kept(digest, size, kind)


def _settle(directory: Path) -> None:
    """Bring a folder's list of names to the disk, where the system knows that."""
    if os.name == "nt":
        return
    held = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)


def digest_of(content: BinaryIO) -> str:
    """SHA-256 in hex of what is left to read."""
    digest = hashlib.sha256()
    while chunk := content.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def digest_at(path: Path) -> str:
    """SHA-256 in hex of a file."""
    with path.open("rb") as content:
        return digest_of(content)


def row_of(kept: Kept) -> StoredFile:
    """The row of kept bytes, made where there is none; in the transaction of what refers to it."""
    found, _ = StoredFile.objects.get_or_create(
        sha256=kept.sha256, defaults={"size": kept.size, "kind": kept.kind, "stored_at": clock.now()}
    )
    return found


def opened(stored: StoredFile) -> BinaryIO:
    """The bytes of a row. Raises FileNotFoundError where they are gone: the store was damaged."""
    return path_of(stored.sha256).open("rb")


def damaged(some: Sequence[int] | None = None) -> Iterator[tuple[StoredFile, str]]:
    """(row, what is wrong in Chinese) of rows whose bytes are gone or are others; of all, or of those with some ids."""
    rows = StoredFile.objects.all() if some is None else StoredFile.objects.filter(pk__in=some)
    for stored in rows.order_by("pk").iterator():
        if words := damage_of(stored):
            yield stored, words


def damage_of(stored: StoredFile) -> str:
    """What is wrong with the bytes of a row, in Chinese; empty where they are there and unchanged."""
    path = path_of(stored.sha256)
    if not path.is_file():
        return "文件不在了"
    if path.stat().st_size != stored.size or digest_at(path) != stored.sha256:
        return "文件内容变了"
    return ""


def without_row(older_than: float) -> Iterator[Path]:
    """Files that no row names and that were written before ``older_than`` (seconds since 1970): an upload that was stopped."""
    if not folder().is_dir():
        return
    for path in sorted(p for p in folder().rglob("*") if p.is_file()):
        name = path.parent.name + path.name
        known = _DIGEST.fullmatch(name) and StoredFile.objects.filter(sha256=name).exists()
        if not known and path.stat().st_mtime < older_than:
            yield path
