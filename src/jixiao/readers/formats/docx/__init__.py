"""Word documents (.docx)."""

from __future__ import annotations

from jixiao.readers.format import Family, Format, Request, Surety
from jixiao.readers.formats.docx.main_part import main_part
from jixiao.readers.raw import RawDocument
from jixiao.readers.raw.content import Content
from jixiao.readers.raw.office_xml import is_word_2003


def _read(content: Content, request: Request) -> RawDocument:
    from jixiao.readers.formats.docx.reader import read_docx

    return read_docx(content, request.source, request.read_inner)


def _is_flat(content: Content) -> bool:
    return b"office/2006/xmlPackage" in content.head and b"/word/document" in content.data


def _read_flat(content: Content, request: Request) -> RawDocument:
    from jixiao.readers.formats.docx.flat import unpacked

    return _read(Content(unpacked(content.data)), request)


def _read_2003(content: Content, request: Request) -> RawDocument:
    from jixiao.readers.formats.docx.word2003 import as_docx

    return _read(Content(as_docx(content.data)), request)


FORMATS = (
    Format(
        name="docx",
        label="Word 文档（.docx）",
        family=Family.WORD,
        suffixes=(".docx", ".docm", ".dotx", ".dotm"),
        surety=Surety.SIGNED,
        tells=lambda content: main_part(content.parts) is not None,
        read=_read,
    ),
    Format(
        name="docx-xml",
        label="XML 格式的 Word 文档",
        family=Family.WORD,
        suffixes=(),
        other_suffixes=(".xml",),
        surety=Surety.SIGNED,
        tells=_is_flat,
        read=_read_flat,
    ),
    Format(
        name="word-2003",
        label="Word 2003 的 XML 文档",
        family=Family.WORD,
        suffixes=(),
        other_suffixes=(".xml",),
        surety=Surety.SIGNED,
        tells=is_word_2003,
        read=_read_2003,
    ),
)
