"""Which reader takes a file: told by its content, not by its name."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from jixiao.domain.plan import Source
from jixiao.readers.docx import read_docx
from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.raw import RawDocument
from jixiao.readers.text.reader import read_text
from jixiao.readers.xlsx import read_xlsx

LARGEST_FILE = 100 * 1024 * 1024
"""Bytes; a plan of a thousand sheets has a few."""

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its name in ``source.format``, and the function that reads it."""

    name: str
    read: Callable[[bytes, Source], RawDocument]


TEXT = Format("txt", read_text)
DOCX = Format("docx", read_docx)
XLSX = Format("xlsx", read_xlsx)


def format_of(data: bytes) -> Format:
    """The format of a file by its content. Raises UnreadableFileError for kinds that are not read."""
    if not data.strip():
        raise UnreadableFileError("文件是空的", "请核对文件，重新导出后再试")
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if data.startswith(_OLE):
        raise UnreadableFileError(
            "这是旧版 Word/Excel 文件（.doc/.xls），或是加了打开密码的文件",
            "请用 WPS 或 Office 打开，另存为 .docx 或 .xlsx 后重试",
        )
    if data.startswith(b"%PDF"):
        raise UnreadableFileError("这是 PDF 文件，本版本还不能读", "请提供 Word、Excel 原件，或把 PDF 转存为文字后重试")
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")):
        raise UnreadableFileError("这是图片，本版本还不能读", "请提供 Word、Excel 原件")
    return TEXT


def _zipped(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFileError("文件不完整或已损坏", "请重新复制或重新导出后再试") from error
    if "word/document.xml" in names:
        return DOCX
    if "xl/workbook.xml" in names:
        return XLSX
    raise UnreadableFileError("这是压缩包，里面不是 Word 或 Excel 文件", "请解压后把里面的文件放进来")


def read_raw(data: bytes, name: str) -> RawDocument:
    """The neutral blocks of a file. ``name`` only names it in the result."""
    if len(data) > LARGEST_FILE:
        raise UnreadableFileError(f"文件有 {len(data) // 1024 // 1024} MB，超过 100 MB", "请拆成几个文件后重试")
    found = format_of(data)
    return found.read(data, Source(name, sha256(data).hexdigest(), found.name))
