"""Older and foreign office files that LibreOffice turns into .docx or .xlsx before they are read."""

from __future__ import annotations

from collections.abc import Callable

from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.format import Family, Format, Surety
from jixiao.readers.raw.content import Content
from jixiao.readers.raw.office_xml import is_excel_2003

_FLAT_HEAD = 8192
"""Bytes in which a flat OpenDocument file says what it is, behind its namespaces"""
_LARGEST_MANIFEST = 16 * 1024 * 1024
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


def _is_word(content: Content) -> bool:
    ole = content.ole
    return ole is not None and (
        ole.is_word or ("worddocument" in ole.streams and not ole.streams & {"workbook", "book"})
    )


def _is_works(content: Content) -> bool:
    others = {"worddocument", "workbook", "book"}  # files of theirs may hold objects of other programs
    return (
        content.ole is not None and bool(content.ole.streams & {"contents", "mn0"}) and not content.ole.streams & others
    )


def _open_document(kind: str) -> Callable[[Content], bool]:
    """Raises UnreadableFileError for locked ones."""

    def tells(content: Content) -> bool:
        if not content.part("mimetype", 200).decode("ascii", "replace").strip().startswith(_OPEN_DOCUMENT + kind):
            return False
        if b"encryption-data" in content.part("META-INF/manifest.xml", _LARGEST_MANIFEST):
            raise UnreadableFileError("文件加了打开密码，读不了", "请打开文件，取消密码，另存后重试")
        return True

    return tells


def _flat(content: Content, *, spreadsheet: bool) -> bool:
    is_flat = content.head.startswith(b"<?xml") and b"<office:document" in content.head and not is_excel_2003(content)
    return is_flat and (b"opendocument.spreadsheet" in content.data[:_FLAT_HEAD]) is spreadsheet


def _to_docx(
    name: str, label: str, suffixes: tuple[str, ...], tells: Callable[[Content], bool], others: tuple[str, ...] = ()
) -> Format:
    return Format(
        name=name,
        label=label,
        family=Family.WORD,
        suffixes=suffixes,
        other_suffixes=others,
        surety=Surety.SIGNED,
        tells=tells,
        via="docx",
    )


def _to_xlsx(
    name: str, label: str, suffixes: tuple[str, ...], tells: Callable[[Content], bool], others: tuple[str, ...] = ()
) -> Format:
    return Format(
        name=name,
        label=label,
        family=Family.EXCEL,
        suffixes=suffixes,
        other_suffixes=others,
        surety=Surety.SIGNED,
        tells=tells,
        via="xlsx",
    )


FORMATS = (
    _to_docx("doc", "旧版 Word 文档（.doc）", (".doc", ".dot", ".wps", ".wpt"), _is_word),
    _to_docx("wps", "WPS 文档（.wps）", (".wps", ".wpt"), _is_works),
    _to_docx("odt", "OpenDocument 文档（.odt）", (".odt", ".ott"), _open_document("text")),
    _to_docx("fodt", "OpenDocument 文档（.fodt）", (".fodt",), lambda c: _flat(c, spreadsheet=False), (".xml",)),
    _to_docx("rtf", "RTF 文档", (".rtf",), lambda c: c.head.startswith(b"{\\rtf")),
    _to_xlsx("ods", "OpenDocument 表格（.ods）", (".ods", ".ots"), _open_document("spreadsheet")),
    _to_xlsx("fods", "OpenDocument 表格（.fods）", (".fods",), lambda c: _flat(c, spreadsheet=True), (".xml",)),
    _to_xlsx("xlsb", "二进制 Excel 工作簿（.xlsb）", (".xlsb",), lambda c: "xl/workbook.bin" in c.parts),
)
