"""Word documents (.docx)."""

from __future__ import annotations

from jixiao.readers.format import Family, Format, Request, Surety
from jixiao.readers.formats.docx.main_part import main_part
from jixiao.readers.raw import RawDocument
from jixiao.readers.raw.content import Content


def _read(content: Content, request: Request) -> RawDocument:
    from jixiao.readers.formats.docx.reader import read_docx

    return read_docx(content, request.source, request.read_inner)


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
)
