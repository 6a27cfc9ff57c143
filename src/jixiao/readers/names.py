"""What file names promise: used only to tell the user where a name and the content differ."""

from __future__ import annotations

from pathlib import PurePath

from jixiao.domain.note import Note
from jixiao.readers.errors import UnreadableFileError

_NAMES = {
    "docx": ".docx .docm .dotx .dotm",
    "xlsx": ".xlsx .xlsm .xltx .xltm",
    "txt": ".txt .text .tsv .md",
    "doc": ".doc .dot .wps .wpt",
    "wps": ".wps .wpt",
    "xls": ".xls .xlt .et .ett",
    "html": ".html .htm .shtml .xhtml",
    "mht": ".mht .mhtml",
    "csv": ".csv .tsv .txt",
    "odt": ".odt .ott",
    "ods": ".ods .ots",
    "fodt": ".fodt .xml",
    "fods": ".fods .xml",
    "rtf": ".rtf",
    "xlsb": ".xlsb",
    "xml": ".xml",
    "pdf": ".pdf",
    "image": ".png .jpg .jpeg .tif .tiff .bmp .gif .webp",
}
_WORDS = {
    "docx": "Word 文档（.docx）",
    "xlsx": "Excel 工作簿（.xlsx）",
    "txt": "纯文本",
    "doc": "旧版 Word 文档（.doc）",
    "wps": "WPS 文档（.wps）",
    "xls": "旧版 Excel 工作簿（.xls）",
    "html": "网页",
    "mht": "单文件网页",
    "csv": "逗号分隔的表格（.csv）",
    "odt": "OpenDocument 文档（.odt）",
    "ods": "OpenDocument 表格（.ods）",
    "fodt": "OpenDocument 文档（.fodt）",
    "fods": "OpenDocument 表格（.fods）",
    "rtf": "RTF 文档",
    "xlsb": "二进制 Excel 工作簿（.xlsb）",
    "xml": "XML 格式的 Office 文档",
    "pdf": "PDF 文件",
    "image": "图片",
}
_KNOWN = frozenset(suffix for suffixes in _NAMES.values() for suffix in suffixes.split())


def name_note(name: str, form: str) -> Note | None:
    """A note where the ending of a name promises another format than the content has; nothing is lost by it."""
    if (suffix := _wrong_suffix(name, form)) is None:
        return None
    words = _WORDS.get(form, form)
    return Note("format.other_than_name", "", f"文件名以 {suffix} 结尾，内容其实是{words}，已按内容读取。")


def unreadable_as_named(error: UnreadableFileError, name: str, form: str) -> UnreadableFileError:
    """The error of a file that cannot be read, with word of an ending that promises another format."""
    if (suffix := _wrong_suffix(name, form)) is None:
        return error
    return UnreadableFileError(f"扩展名是 {suffix[1:]}，内容是{_WORDS.get(form, form)}；{error.met}", error.remedy)


def _wrong_suffix(name: str, form: str) -> str | None:
    suffix = PurePath(name).suffix.lower()
    return suffix if suffix in _KNOWN and suffix not in _NAMES.get(form, suffix).split() else None
