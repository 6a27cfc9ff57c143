"""Opens PDF files: damaged, locked and oversized ones end in a plain message."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jixiao.readers.errors import UnreadableFileError

MOST_PAGES = 2000
_REMEDY = "请重新导出 PDF，或提供 Word、Excel 原件"


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """A pypdfium2 document, closed at the end. Raises UnreadableFileError where it cannot be opened."""
    import pypdfium2 as pdfium  # only PDF files pay for it
    from pypdfium2 import raw

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise UnreadableFileError("PDF 文件加了打开密码", "请取消密码，另存后重试") from error
        raise UnreadableFileError("PDF 文件不完整或已损坏", _REMEDY) from error
    try:
        pages = len(document)
        if not pages:
            raise UnreadableFileError("PDF 文件里没有页面，可能不完整", _REMEDY)
        if pages > MOST_PAGES:
            raise UnreadableFileError(f"PDF 文件有 {pages} 页，超过 {MOST_PAGES} 页", "请拆成几个文件后重试")
        yield document
    finally:
        document.close()


def page_count(data: bytes) -> int:
    """The number of pages of a file; 1 where it cannot be opened, of which its reading tells."""
    try:
        with opened(data) as document:
            return len(document)
    except UnreadableFileError:
        return 1


@contextmanager
def page_of(document: Any, index: int) -> Iterator[Any]:
    """A page, closed at the end. Raises UnreadableFileError where it is damaged."""
    import pypdfium2 as pdfium

    try:
        page = document[index]
    except pdfium.PdfiumError as error:
        raise UnreadableFileError(f"PDF 文件第 {index + 1} 页已损坏", _REMEDY) from error
    try:
        yield page
    finally:
        page.close()
