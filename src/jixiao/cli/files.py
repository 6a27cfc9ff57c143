"""Which files a call names, and what their results are called."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from jixiao.readers import UnreadableFileError
from jixiao.readers.zip_members import is_archive, unpack

_DOCUMENTS = frozenset(
    (
        *(".txt", ".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".xltx", ".xlsb", ".doc", ".wps", ".xls", ".et", ".pdf"),
        *(".html", ".htm", ".mht", ".mhtml", ".csv", ".rtf", ".odt", ".ods", ".zip"),
        *(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"),
    )
)
_LONGEST_STEM = 200
"""Bytes in UTF-8"""
_OWN_RESULTS = (".plan.json", ".review.json", ".审核意见.docx", "审核总表.xlsx", "审核报告.html")


@dataclass(frozen=True, slots=True)
class Document:
    """A file to read: where it lies, its name as shown (``a.zip/b.docx``), and what is known to be wrong with it."""

    path: Path
    name: str
    problem: UnreadableFileError | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """The documents to read, in order, and the names of other files met in folders and archives."""

    documents: tuple[Document, ...]
    ignored: tuple[str, ...]


def inputs_of(paths: Iterable[Path], folder: Path) -> Inputs:
    """Named files as they are; folders with everything below them, without lock files and our own results.

    Archives give what is in them, unpacked into ``folder``.
    """
    files: list[Path] = []
    ignored: list[str] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        for file in sorted(p for p in path.rglob("*") if p.is_file()):
            if file.name.startswith((".", "~$")) or file.name.endswith(_OWN_RESULTS):
                continue
            if is_document(file.name):
                files.append(file)
            else:
                ignored.append(readable(file.name))
    documents: list[Document] = []
    for n, file in enumerate(dict.fromkeys(files)):
        if not is_archive(file):
            documents.append(Document(file, readable(file.name)))
            continue
        into = folder / f"archive{n}"
        into.mkdir()
        members, others = unpack(file, file.name, into, is_document)
        documents += [Document(m.path or file, m.name, m.problem) for m in members]
        ignored += others
    return Inputs(tuple(documents), tuple(ignored))


def is_document(name: str) -> bool:
    """Whether the name is that of a document, and not of one we wrote."""
    return PurePosixPath(name).suffix.lower() in _DOCUMENTS and not name.endswith(_OWN_RESULTS)


def readable(name: str) -> str:
    """A file name as words: one that is no UTF-8 (from an old archive) is read as GB18030."""
    try:
        name.encode()
    except UnicodeEncodeError:
        pass
    else:
        return name
    raw = os.fsencode(name)
    try:
        return raw.decode()  # the system was told to speak ASCII
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def stems(documents: Sequence[Document]) -> tuple[str, ...]:
    """A name for the results of each file: its stem; the whole name, then a number, where stems are alike.

    Names that differ only in case are alike (Windows), and long ones are cut: endings must find room in 255 bytes.
    """
    own = [PurePosixPath(document.name) for document in documents]
    by_stem = Counter(name.stem.casefold() for name in own)
    names = [_cut(name.stem if by_stem[name.stem.casefold()] == 1 else name.name) for name in own]
    seen: set[str] = set()
    result = []
    for name in names:
        chosen, number = name, 1
        while chosen.casefold() in seen:
            number += 1
            chosen = f"{name} ({number})"
        seen.add(chosen.casefold())
        result.append(chosen)
    return tuple(result)


def _cut(name: str) -> str:
    return name.encode()[:_LONGEST_STEM].decode("utf-8", "ignore")
