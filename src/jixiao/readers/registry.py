"""Which reader takes a file: told by its content, not by its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256

from jixiao.domain.plan import Source
from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.formats.csv_table import looks_like_csv, read_csv
from jixiao.readers.formats.docx.package import main_part
from jixiao.readers.formats.docx.reader import read_docx
from jixiao.readers.formats.html.reader import read_html
from jixiao.readers.formats.html.source import is_html, is_mht
from jixiao.readers.formats.text.reader import read_text
from jixiao.readers.formats.xls import read_xls
from jixiao.readers.names import name_note, unreadable_as_named
from jixiao.readers.office import convert_bytes
from jixiao.readers.raw import RawDocument
from jixiao.readers.raw.ole import MAGIC, kind_of_ole
from jixiao.readers.raw.zip_parts import Archive

LARGEST_FILE = 100 * 1024 * 1024
"""Bytes; a plan of a thousand sheets has a few."""

_FLAT_HEAD = 8192
"""Bytes in which a flat OpenDocument file says what it is, behind its namespaces"""
_PDF_HEAD = 1024
"""Bytes in which a PDF says what it is; mail programs put lines before it"""
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_LARGEST_MANIFEST = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its name in ``source.format``, and the function that reads it.

    ``via`` names the format LibreOffice turns it into first; ``read`` then takes the converted bytes. Files of one
    ``name`` are given to LibreOffice with it as their ending.
    """

    name: str
    read: Callable[[bytes, Source], RawDocument]
    via: str | None = None


def _read_xlsx(data: bytes, source: Source) -> RawDocument:
    from jixiao.readers.formats.xlsx.reader import (
        read_xlsx,  # openpyxl takes a third of a second: only workbooks pay for it
    )

    return read_xlsx(data, source)


def _read_pdf(data: bytes, source: Source) -> RawDocument:
    from jixiao.readers.formats.pdf.reader import read_pdf

    return read_pdf(data, source)


def _read_image(data: bytes, source: Source) -> RawDocument:
    from jixiao.readers.formats.image import read_image

    return read_image(data, source)


def _read_docx(data: bytes, source: Source) -> RawDocument:
    return read_docx(data, source, partial(_read_inner, source))


def _read_inner(source: Source, data: bytes) -> RawDocument:
    """A file inside a Word document, told as part of it."""
    found = format_of(data)
    if found.name not in _READ_INSIDE:
        raise UnreadableFileError("不是 Word、Excel 文件或网页", "")
    return read_docx(data, source) if found.name == "docx" else found.read(data, source)


TEXT = Format("txt", read_text)
PDF = Format("pdf", _read_pdf)
IMAGE = Format("image", _read_image)
DOCX = Format("docx", _read_docx)
XLSX = Format("xlsx", _read_xlsx)
XLS = Format("xls", read_xls)
HTML = Format("html", read_html)
MHT = Format("mht", read_html)
CSV = Format("csv", read_csv)
_OFFICE = {
    **{name: Format(name, _read_docx, "docx") for name in ("doc", "wps", "odt", "fodt", "rtf", "xml")},
    **{name: Format(name, _read_xlsx, "xlsx") for name in ("ods", "fods", "xlsb")},
}
_XLS_XML = Format("xml", _read_xlsx, "xlsx")
_READ_INSIDE = ("docx", "xlsx", "xls", "html", "mht", "txt")
"""Formats of files that are read inside a document"""
_OTHER_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08")


def check_size(size: int) -> None:
    """Raises UnreadableFileError where a file has more bytes than is read."""
    if size > LARGEST_FILE:
        raise UnreadableFileError(f"文件有 {size // 1024 // 1024} MB，超过 100 MB", "请拆成几个文件后重试")


def format_of(data: bytes) -> Format:
    """The format of a file by its content. Raises UnreadableFileError for kinds that are not read."""
    if not data.strip():
        raise UnreadableFileError("文件是空的", "请核对文件，重新导出后再试")
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if data.startswith(MAGIC):
        kind = kind_of_ole(data)
        return XLS if kind == "xls" else _OFFICE[kind]
    if data.startswith(b"%PDF") or b"%PDF-1." in data[:_PDF_HEAD]:
        return PDF
    if data.startswith(_IMAGES) or (data.startswith(b"BM") and data[6:10] == bytes(4)) or data[8:12] == b"WEBP":
        return IMAGE
    if data.startswith(_OTHER_ARCHIVES):
        raise UnreadableFileError("这是压缩包（.rar、.7z 或 .gz），本版本只会解 .zip", "请解压后把里面的文件放进来")
    return _written(data)


def _written(data: bytes) -> Format:
    """The format of a file that is text in the widest sense."""
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{\\rtf"):
        return _OFFICE["rtf"]
    if head.startswith(b"<?xml"):
        if b"Excel.Sheet" in head or b"office:spreadsheet" in head:
            return _XLS_XML
        if b"Word.Document" in head or b"office/word/2003/wordml" in head:
            return _OFFICE["xml"]
        if b"<office:document" in head:
            return _OFFICE["fods" if b"opendocument.spreadsheet" in data[:_FLAT_HEAD] else "fodt"]
    if is_mht(data):
        return MHT
    if is_html(data):
        return HTML
    return CSV if looks_like_csv(data) else TEXT


def _zipped(data: bytes) -> Format:
    with Archive(data, "请重新复制或重新导出后再试") as archive:
        names = archive.names
        kind = archive.read("mimetype", 200).decode("ascii", "replace").strip() if "mimetype" in names else ""
        manifest = "META-INF/manifest.xml"
        if kind and manifest in names and b"encryption-data" in archive.read(manifest, _LARGEST_MANIFEST):
            raise UnreadableFileError("文件加了打开密码，读不了", "请打开文件，取消密码，另存后重试")
    if main_part(names) is not None:
        return DOCX
    if "xl/workbook.xml" in names:
        return XLSX
    if "xl/workbook.bin" in names:
        return _OFFICE["xlsb"]
    if kind.startswith("application/vnd.oasis.opendocument.text"):
        return _OFFICE["odt"]
    if kind.startswith("application/vnd.oasis.opendocument.spreadsheet"):
        return _OFFICE["ods"]
    if "OFD.xml" in names:
        raise UnreadableFileError("这是 OFD 版式文件，本版本还不能读", "请提供 Word、Excel 原件")
    if "ppt/presentation.xml" in names:
        raise UnreadableFileError("这是演示文稿（.pptx），不是绩效文本", "请提供 Word 或 Excel 文件")
    raise UnreadableFileError("这是压缩包，里面不是 Word 或 Excel 文件", "请解压后把里面的文件放进来")


def read_raw(data: bytes, name: str, converted: bytes | None = None) -> RawDocument:
    """The neutral blocks of a file. ``name`` only names it in the result.

    ``converted``: what LibreOffice made of it, where that has been done (in batches, ``office.convert_many``).
    """
    check_size(len(data))
    found = format_of(data)
    source = Source(name, sha256(data).hexdigest(), found.name)
    try:
        if found.via is not None:
            data = converted if converted is not None else convert_bytes(data, found.name, found.via)
        raw = found.read(data, source)
    except UnreadableFileError as error:
        raise unreadable_as_named(error, name, found.name) from error
    note = name_note(name, found.name)
    return raw if note is None else replace(raw, notes=(note, *raw.notes))
