"""PDF files: words and ruling lines drawn on pages, and pages that are images."""

from __future__ import annotations

from jixiao.readers.format import Family, Format, Request, Surety
from jixiao.readers.raw import RawDocument
from jixiao.readers.raw.content import Container, Content

_HEAD = 1024
"""Bytes in which a PDF says what it is; mail programs put lines before it"""


def _tells(content: Content) -> bool:
    signed = content.data.startswith(b"%PDF") or b"%PDF-1." in content.data[:_HEAD]
    return signed and content.container is Container.NONE


def _read(content: Content, request: Request) -> RawDocument:
    from jixiao.readers.formats.pdf.reader import read_pdf

    return read_pdf(content.data, request.source, request.vocabulary)


def _pages(data: bytes) -> int:
    from jixiao.readers.formats.pdf.document import page_count

    return page_count(data)


def _opening(data: bytes) -> list[str]:
    from jixiao.readers.formats.pdf.reader import lines_at_head

    return lines_at_head(data)


FORMATS = (
    Format(
        name="pdf",
        label="PDF 文件",
        family=Family.PDF,
        suffixes=(".pdf",),
        surety=Surety.SIGNED,
        tells=_tells,
        read=_read,
        slow_pages=_pages,
        opening=_opening,
    ),
)
