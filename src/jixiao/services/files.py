"""Which files a call names, and what their results are called."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from jixiao.readers import UnreadableFileError
from jixiao.readers.registry import registry
from jixiao.readers.zip_members import Member, is_archive, unpack
from jixiao.services.output import UNFINISHED
from jixiao.services.scratch import Scratch

_UNSTORED = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
"""Names that Windows keeps for itself, whatever follows a full stop"""
_LONGEST_STEM = 200
"""Bytes in UTF-8"""
_MOST_PIECES = 12
"""that a path with blanks is looked for in"""
_MOST_NAMES = 3
"""named of the files that are skipped"""


@dataclass(frozen=True, slots=True)
class Document:
    """A file to read: where it lies, its name as shown (``a.zip/b.docx``), and what is known to be wrong with it.

    ``folder`` is where it lies below the folder that was named, ``converted`` what LibreOffice made of it where that has
    been done, ``stem`` what its results are called where there are to be some.
    """

    path: Path
    name: str
    problem: UnreadableFileError | None = None
    folder: str = ""
    converted: Path | None = None
    stem: str = ""

    @property
    def shown(self) -> str:
        """The name with the folder, for messages."""
        return str(PurePosixPath(self.folder) / self.name)


@dataclass(frozen=True, slots=True)
class Inputs:
    """The documents to read, in order; the names of other files met in folders and archives, and of our own results.

    ``in_pieces`` is a path that the call gave in pieces, for it holds blanks and stood in no quotation marks: then nothing
    is read.
    """

    documents: tuple[Document, ...]
    ignored: tuple[str, ...]
    results: tuple[str, ...] = ()
    in_pieces: Path | None = None

    @property
    def own_archives(self) -> tuple[str, ...]:
        """Archives that hold nothing but what we wrote, as all letters of a year taken away from the desk."""
        return tuple(name for name in self.results if name.lower().endswith(".zip"))

    @property
    def none_found(self) -> str:
        """What to tell where there is no document: what was met instead."""
        if self.in_pieces is not None:
            path = readable(str(self.in_pieces))
            return f'路径“{path}”里有空格，没有加引号，被拆成了几段，什么也没有读。请把整个路径放在引号里："{path}"'
        met = []
        if self.results:
            met.append(
                f"有 {len(self.results)} 个文件是本软件以前写的结果（{_some(self.results)}），不当作原件读，已跳过"
            )
        if self.ignored:
            met.append(f"有 {len(self.ignored)} 个文件不是文档（{_some(self.ignored)}）")
        words = f"：{'；'.join(met)}" if met else ""
        return f"没有找到可读的文件{words}。请核对路径；文件夹里应有{registry().families()}文件。"


def inputs_of(paths: Iterable[Path], temporary: Scratch) -> Inputs:
    """Named files as they are; folders with everything below them, without lock files and our own results.

    Archives give what is in them, unpacked into ``temporary``.
    """
    files: dict[Path, str] = {}
    ignored: list[str] = []
    results: list[str] = []
    named = tuple(paths)
    if (whole := _in_pieces(named)) is not None:
        return Inputs((), (), in_pieces=whole)
    for path in named:
        if not path.is_dir():
            files.setdefault(path, "")
            continue
        for file in sorted(p for p in path.rglob("*") if p.is_file()):
            below = file.relative_to(path)
            if any(part.startswith(".") for part in below.parts) or file.name.startswith("~$"):
                continue  # what programs put there for themselves, ours too
            if is_result(file.name):
                results.append(readable(file.name))
            elif is_document(file.name):
                files.setdefault(file, readable(str(below.parent)))
            else:
                ignored.append(readable(file.name))
    documents: list[Document] = []
    for n, (file, within) in enumerate(files.items()):
        if not is_archive(file):
            documents.append(Document(file, readable(file.name), folder=within))
            continue
        into = temporary.folder / f"archive{n}"
        into.mkdir()
        members, others = unpack(file, file.name, into, is_document)
        if _holds_results_only(members, others):
            results.append(readable(file.name))
            continue
        documents += [Document(m.path or file, m.name, m.problem, within) for m in members]
        ignored += others
    return Inputs(tuple(documents), tuple(ignored), tuple(results))


def _holds_results_only(members: Sequence[Member], others: Sequence[str]) -> bool:
    """Whether all that an archive holds is what we wrote, as the archive of all letters."""
    found = any(member.path is not None for member in members)
    return bool(others) and not found and all(is_result(PurePosixPath(name).name) for name in others)


def _in_pieces(paths: Sequence[Path]) -> Path | None:
    """A path with blanks that a command line took for several, some of which are not there."""
    for n in (n for n, path in enumerate(paths) if not _exists(path)):
        for first in range(n, max(-1, n - _MOST_PIECES), -1):
            for end in range(max(n, first + 1) + 1, min(len(paths), first + _MOST_PIECES) + 1):
                whole = Path(" ".join(map(str, paths[first:end])))
                if _exists(whole):
                    return whole
    return None


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # longer than any name
        return False


def _some(names: tuple[str, ...]) -> str:
    return "、".join(names[:_MOST_NAMES]) + ("等" if len(names) > _MOST_NAMES else "")


def is_document(name: str) -> bool:
    """Whether the name is that of a document, and not of one we wrote."""
    return PurePosixPath(name).suffix.lower() in (".zip", *registry().suffixes) and not is_result(name)


def is_result(name: str) -> bool:
    """Whether a file is called as one we wrote."""
    from jixiao.writers.registry import writers  # processes that only read do not load what writes

    return name == UNFINISHED or any(writer.wrote(name) for writer in writers() if not writer.asked)


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
    """A name for the results of each file: its stem, and where stems are alike what tells them apart in brackets.

    That is the folders, the archive or the ending: ``绩效文本（教育局）``; a number where nothing else does. Names that
    differ only in case are alike (Windows), and long ones are cut: endings must find room in 255 bytes.
    """
    own = [PurePosixPath(document.name) for document in documents]
    alike: dict[str, list[int]] = {}
    for n, name in enumerate(own):
        alike.setdefault(_cut(name.stem).casefold(), []).append(n)
    labels = [_cut(name.stem) for name in own]
    for group in alike.values():
        marks = _marks([documents[n] for n in group]) if len(group) > 1 else [""]
        for n, mark in zip(group, marks, strict=True):
            bracket = f"（{mark}）" if mark else ""
            labels[n] = _cut(labels[n], len(bracket.encode())) + bracket
    seen: set[str] = set()
    result = []
    for label in labels:
        chosen, number = label, 1
        while chosen.casefold() in seen:
            number += 1
            chosen = f"{label} ({number})"
        seen.add(chosen.casefold())
        result.append(chosen)
    return tuple(result)


def _marks(documents: Sequence[Document]) -> list[str]:
    """What tells files of one stem apart: as few of their folders as will do, then their endings."""
    folders = [_folders(document) for document in documents]
    deepest = max(len(folder) for folder in folders)
    depth = next(
        (d for d in range(1, deepest + 1) if len({f[-d:] for f in folders}) == len(set(folders))), max(deepest, 1)
    )
    inner = ["-".join(folder[-depth:]) for folder in folders]
    same = Counter(mark.casefold() for mark in inner)
    endings = [PurePosixPath(document.name).suffix[1:] for document in documents]
    return [
        _cut("-".join(filter(None, (mark, ending if same[mark.casefold()] > 1 else ""))), _LONGEST_STEM // 2)
        for mark, ending in zip(inner, endings, strict=True)
    ]


def _folders(document: Document) -> tuple[str, ...]:
    """The folders and archives a file lies in, outermost first."""
    inside = PurePosixPath(document.name).parent.parts
    within = PurePosixPath(document.folder).parts
    return tuple(part.removesuffix(".zip").removesuffix(".ZIP") for part in (*within, *inside))


def _cut(name: str, taken: int = 0) -> str:
    """A name that every system stores, Windows too, whatever an archive made elsewhere calls a file."""
    stored = _UNSTORED.sub("_", name)
    if _DEVICE.match(stored):
        stored = f"_{stored}"
    return stored.encode()[: _LONGEST_STEM - taken].decode("utf-8", "ignore")
