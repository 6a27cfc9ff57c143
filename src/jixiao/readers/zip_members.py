"""Zip archives as senders pack them: the files inside, each with its name, unpacked within bounds."""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from jixiao.readers.errors import UnreadableFileError

MOST_FILES = 2_000
DEEPEST = 2
"""Archives inside archives"""
LARGEST_FILE = 100 * 1024 * 1024
LARGEST_TOTAL = 1024 * 1024 * 1024
_LARGEST_RATIO = 300
_SMALL = 10 * 1024 * 1024
"""Bytes unpacked below which no ratio is suspicious"""
_MOST_ENTRIES = 50_000
_CHUNK = 1024 * 1024
_LOCAL, _EMPTY, _ENTRY = b"PK\x03\x04", b"PK\x05\x06", b"PK\x01\x02"
_PACKAGE_SIGNS = frozenset(("[Content_Types].xml", "mimetype", "OFD.xml"))
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
_DRIVE = re.compile(r"[A-Za-z]:")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST_NAME = 200
_UNPACK = "请解压后把里面的文件放进来"
_SPLIT = "请分成几个压缩包，或解压后把文件放进一个文件夹再读"


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name as shown (``a.zip/b.docx``); where it was unpacked to, or why it was not."""

    name: str
    path: Path | None = None
    problem: UnreadableFileError | None = None


@dataclass(slots=True)
class _Budget:
    files: int = MOST_FILES
    size: int = LARGEST_TOTAL


@dataclass(slots=True)
class _Unpacking:
    folder: Path
    wanted: Callable[[str], bool]
    budget: _Budget = field(default_factory=_Budget)
    found: list[Member] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    count: int = 0


def is_archive(file: Path) -> bool:
    """Whether a file is an archive of documents rather than a document that is a zip archive itself (.docx)."""
    try:
        with file.open("rb") as stream:
            if stream.read(4) not in (_LOCAL, _EMPTY):
                return False
        with zipfile.ZipFile(file) as archive:
            return not any(name in _PACKAGE_SIGNS for name in archive.namelist())
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile):
        return file.suffix.lower() == ".zip"


def unpack(file: Path, name: str, folder: Path, wanted: Callable[[str], bool]) -> tuple[list[Member], list[str]]:
    """(the documents in an archive, the names of other files in it). Writes into ``folder`` under names of its own.

    ``wanted`` tells by its name whether a member is a document. Problems, also of the archive, come as members.
    """
    work = _Unpacking(folder, wanted)
    _unpack(file, name, 1, work)
    if not work.found:
        problem = UnreadableFileError("压缩包里没有 Word、Excel 等文档", "请核对是不是选错了压缩包")
        work.found.append(Member(name, problem=problem))
    return work.found, work.ignored


def _unpack(file: Path, name: str, depth: int, work: _Unpacking) -> None:
    if _entries(file) > _MOST_ENTRIES:
        work.found.append(Member(name, problem=UnreadableFileError("压缩包里的文件太多", _SPLIT)))
        return
    try:
        with zipfile.ZipFile(file) as archive:
            for info in archive.infolist():
                if not _unpack_member(archive, info, name, depth, work):
                    break
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile):
        problem = UnreadableFileError("压缩包已损坏，解不开", "请重新压缩或重新复制后再试")
        work.found.append(Member(name, problem=problem))


def _unpack_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, outer: str, depth: int, work: _Unpacking) -> bool:
    """Unpack one file; False where the bounds on the whole are reached."""
    inner = _shown(_name(info))
    if not inner or info.filename.endswith("/") or _is_litter(inner) or stat.S_ISLNK(info.external_attr >> 16):
        return True
    name = f"{outer}/{inner}"
    nested = inner.lower().endswith(".zip")
    if not nested and not work.wanted(inner):
        work.ignored.append(name)
        return True
    if work.budget.files <= 0 or work.budget.size <= 0:
        what = f"{MOST_FILES} 个" if work.budget.files <= 0 else f"{LARGEST_TOTAL // 1024**3} GB"
        problem = UnreadableFileError(f"压缩包里的文件超过 {what}，从“{inner}”起没有读", _SPLIT)
        work.found.append(Member(outer, problem=problem))
        return False
    work.budget.files -= 1
    try:
        unpacked = _write(archive, info, inner, work)
    except UnreadableFileError as problem:
        work.found.append(Member(name, problem=problem))
        return True
    if not is_archive(unpacked):
        work.found.append(Member(name, unpacked))
        return True
    if depth < DEEPEST:
        _unpack(unpacked, name, depth + 1, work)
    else:
        work.found.append(Member(name, problem=UnreadableFileError("压缩包套了太多层，没有解开", _UNPACK)))
    unpacked.unlink()
    return True


def _write(archive: zipfile.ZipFile, info: zipfile.ZipInfo, inner: str, work: _Unpacking) -> Path:
    """The member as a file of ours; what its header says about its size is not trusted."""
    if info.flag_bits & _ENCRYPTED:
        raise UnreadableFileError("压缩包加了密码", _UNPACK)
    limit = min(LARGEST_FILE, work.budget.size, max(_SMALL, info.compress_size * _LARGEST_RATIO))
    work.count += 1
    suffix = PurePosixPath(inner).suffix.lower()
    target = work.folder / f"{work.count}{suffix if suffix.isascii() and suffix[1:].isalnum() else ''}"
    written = 0
    try:
        with archive.open(info) as source, target.open("wb") as sink:
            while chunk := source.read(_CHUNK):
                written += len(chunk)
                if written > limit:
                    raise UnreadableFileError(
                        "解压后过大，可能是有意做成的压缩炸弹", "请核对来源；确是文档的，请单独发送"
                    )
                sink.write(chunk)
    except UnreadableFileError:
        target.unlink()
        raise
    except Exception as error:  # zipfile, zlib, lzma and bz2 each have their own
        target.unlink(missing_ok=True)
        raise UnreadableFileError("在压缩包里已损坏，解不出来", "请重新压缩后再试，或直接提供这个文件") from error
    work.budget.size -= written
    return target


def _entries(file: Path) -> int:
    """How many files an archive lists, at most, without loading the list."""
    count, tail = 0, b""
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            count += (tail + chunk).count(_ENTRY)
            tail = chunk[-3:]
    return count


def _name(info: zipfile.ZipInfo) -> str:
    """The name as its author saw it: Windows packs names in GBK without saying so."""
    if info.flag_bits & _UTF8_NAME:
        return info.orig_filename
    try:
        raw = info.orig_filename.encode("cp437")  # what zipfile took it for
    except UnicodeEncodeError:
        return info.orig_filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.orig_filename


def _shown(name: str) -> str:
    """A name to show: no drive, no way up, no signs that move the cursor. Files are never written under it."""
    parts = [_UNPRINTABLE.sub("", part).strip() for part in name.replace("\\", "/").split("/")]
    return "/".join(p for p in parts if p not in ("", ".", "..") and not _DRIVE.fullmatch(p))[-_LONGEST_NAME:]


def _is_litter(name: str) -> bool:
    parts = name.split("/")
    return "__MACOSX" in parts or parts[-1].startswith((".", "~$"))
