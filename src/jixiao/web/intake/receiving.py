"""Files that somebody hands in: unpacked, looked at for marks of secrecy, kept, put into a batch.

Nothing of a file marked 绝密, 机密 or 秘密 is kept: the folder in which it lay while it was looked at goes when the request
ends, by the processes that look at it should this one be killed, and with the next files where even those were not there yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Protocol

from django.conf import settings

from jixiao.readers.zip_members import is_archive, unpack
from jixiao.services.files import Document, is_document
from jixiao.services.scratch import Scratch, sweep
from jixiao.services.secrecy import Inspected, mark_in_name
from jixiao.web.files import store
from jixiao.web.intake.reading import Unread, inspected, passing
from jixiao.web.kernel.acts import Refused

MOST_FILES = 500
"""In one go; more are sent in several"""
_LONGEST_NAME = 255


class Upload(Protocol):
    """What Django hands over of an uploaded file."""

    name: str | None
    size: int | None

    def chunks(self, chunk_size: int | None = None) -> Iterable[bytes]: ...


@dataclass(frozen=True)
class Received:
    """A file that came in. ``kept`` is None where nothing of it was kept: ``mark`` says which mark it bears, else ``met``
    and ``remedy`` what was wrong with it (or with the archive it lay in).
    """

    name: str
    kept: store.Kept | None = None
    mark: str | None = None
    met: str = ""
    remedy: str = ""


def receive(uploads: Sequence[Upload], names: Sequence[str] = ()) -> list[Received]:
    """Take uploaded files in, those in archives one by one. ``names`` are their paths in a dropped folder, where known.

    Raises Refused where they are too many or too large; then nothing was kept.
    """
    if len(uploads) > MOST_FILES:
        raise Refused(f"一次最多收 {MOST_FILES} 个文件。请分几次拖进来", field="files", status=413)
    sweep()
    with passing() as temporary:
        documents = _documents(uploads, names, temporary)
        looked_at = inspected([one for one in documents if one.problem is None])
        seen = iter(looked_at)
        return [_received(n, one, None if one.problem else next(seen)) for n, one in enumerate(documents, 1)]


def _documents(uploads: Sequence[Upload], names: Sequence[str], temporary: Scratch) -> list[Document]:
    found: list[Document] = []
    for n, upload in enumerate(uploads):
        name = shown_name(names[n] if n < len(names) and names[n] else upload.name or "")
        suffix = PurePosixPath(name).suffix.lower()
        target = temporary.folder / f"{n}{suffix if suffix.isascii() and suffix[1:].isalnum() else ''}"
        _write(upload, target, name)
        if is_archive(target):
            into = temporary.folder / f"archive{n}"
            into.mkdir()
            members, _ = unpack(target, name, into, is_document)
            found += [Document(m.path or target, m.name, m.problem) for m in members]
        else:
            found.append(Document(target, name))
    return found


def _write(upload: Upload, target: Path, name: str) -> None:
    size = 0
    with target.open("xb") as taken:
        for chunk in upload.chunks():
            size += len(chunk)
            if size > settings.MOST_UPLOAD_BYTES:
                most = settings.MOST_UPLOAD_BYTES // 1024 // 1024
                raise Refused(f"“{name}”超过 {most} MB，没有收。请拆成几个文件", field="files", status=413)
            taken.write(chunk)


def shown_name(name: str) -> str:
    """A file's name to show, with its folders: no drive, no way up, nothing that moves the cursor. Never used as a path."""
    parts = ["".join(c for c in part if c.isprintable()).strip() for part in name.replace("\\", "/").split("/")]
    return "/".join(p for p in parts if p not in ("", ".", "..") and not p.endswith(":"))[-_LONGEST_NAME:] or "未命名"


def _received(n: int, document: Document, seen: Inspected | Unread | None) -> Received:
    mark = mark_in_name(document.name) or (seen.mark if isinstance(seen, Inspected) else None)
    if mark is not None:
        return Received(f"第 {n} 个文件（名称没有保存）", mark=mark)
    problem = document.problem
    if problem is not None:
        return Received(document.name[-_LONGEST_NAME:], met=problem.met, remedy=problem.remedy)
    kept = store.keep(document.path)
    return Received(
        document.name[-_LONGEST_NAME:], kept=replace(kept, kind=seen.kind if isinstance(seen, Inspected) else "")
    )
