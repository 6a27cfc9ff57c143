"""The original beside what was read of it 「原件」: pictures of its pages, or the document as it was read, place by place.

Files come from anywhere, so both are made in processes of their own, with the limits of reading.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from jixiao.domain.provenance import Location
from jixiao.readers import UnreadableFileError
from jixiao.readers.raw import Grid, Paragraph
from jixiao.readers.registry import format_of, read_raw
from jixiao.services.batch import NeedsOffice, run_batch
from jixiao.services.files import Document

R = TypeVar("R")
MOST_BLOCKS = 4_000
"""Paragraphs and tables shown of one file; more would not be looked through by anybody"""
_A4_HEIGHT = 842.0


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height of a page in points, as the places of values on it count."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph and the anchor of its place."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of a table as read."""

    text: str
    anchor: str
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as read; ``sheet`` is the worksheet it stands on, empty elsewhere."""

    rows: tuple[tuple[ShownCell, ...], ...]
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    """What to show of a file: ``pages`` where it has pictures of them, else ``blocks``; ``is_cut`` where there were more."""

    pages: tuple[PageSize, ...] = ()
    blocks: tuple[Words | ShownTable, ...] = ()
    is_cut: bool = False


def anchor_of(place: Location) -> str:
    """One word for a place, the same for a value and for the part of the original it was read from; empty for none.

    ``t3r4c2`` (table, row, cell), ``p5`` (paragraph), ``w甲!B7`` (worksheet, cell), ``g2`` (page), ``l40`` (line).
    """
    if place.worksheet is not None:
        return f"w{place.worksheet}!{place.cell or ''}"
    if place.table is not None:
        return f"t{place.table}r{place.row or 0}c{place.column or 0}"
    if place.paragraph is not None:
        return f"p{place.paragraph}"
    if place.page is not None:
        return f"g{place.page}"
    return f"l{place.line}" if place.line is not None else ""


def original_of(path: Path, name: str) -> Original:
    """What to show of the file at ``path``. Raises UnreadableFileError."""
    return _one(partial(_original), Document(path, name))


def page_picture(path: Path, name: str, page: int, width: int) -> bytes:
    """Page ``page`` (from 1) as PNG, ``width`` pixels wide. Raises UnreadableFileError, also where there is no such page."""
    return _one(partial(_picture, page=page, width=min(max(width, 200), 2400)), Document(path, name))


def _one(function: partial[R | NeedsOffice], document: Document) -> R:
    ((_, result),) = run_batch(function, [document], isolate=True)
    if isinstance(result, UnreadableFileError):
        raise result
    return result


def _original(document: Document) -> Original | NeedsOffice:
    data = document.path.read_bytes()
    form = format_of(data)
    if form.name == "pdf":
        return Original(pages=tuple(_pdf_pages(data)))
    if form.name == "image":
        return Original(pages=tuple(PageSize(w, h) for w, h in _frame_sizes(data)))
    if form.via is not None and document.converted is None:
        return NeedsOffice(form.name, form.via)
    converted = document.converted.read_bytes() if document.converted is not None else None
    blocks = read_raw(data, document.name, converted).blocks
    shown = tuple(_shown(block) for block in blocks[:MOST_BLOCKS])
    return Original(blocks=shown, is_cut=len(blocks) > MOST_BLOCKS)


def _shown(block: Paragraph | Grid) -> Words | ShownTable:
    if isinstance(block, Paragraph):
        return Words(block.text, anchor_of(block.place))
    rows = tuple(
        tuple(ShownCell(c.text, anchor_of(c.place), c.row_span, c.column_span) for c in row) for row in block.rows
    )
    return ShownTable(rows, block.place.worksheet or "")


def _pdf_pages(data: bytes) -> Iterator[PageSize]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for n in range(len(document)):
        width, height = document.get_page_size(n)
        yield PageSize(width, height)


def _frame_sizes(data: bytes) -> Iterator[tuple[float, float]]:
    from jixiao.readers.scan.images import frames_of

    for grey in frames_of(data):
        height, width = grey.shape
        points = _A4_HEIGHT / max(height, width)
        yield width * points, height * points


def _picture(document: Document, *, page: int, width: int) -> bytes | NeedsOffice:
    data = document.path.read_bytes()
    form = format_of(data)
    if form.name == "image":
        return _frame_picture(data, page)
    if form.name != "pdf":
        raise UnreadableFileError("这种文件没有页面图", "请看读出的内容")
    import pypdfium2

    opened = pypdfium2.PdfDocument(data)
    if not 1 <= page <= len(opened):
        raise UnreadableFileError(f"没有第 {page} 页", "请回第 1 页")
    one = opened[page - 1]
    scale = width / max(one.get_width(), 1.0)
    most = 40e6 / max(one.get_width() * one.get_height(), 1.0)  # pixels: a page may be as large as a wall
    bitmap = one.render(scale=min(scale, most**0.5), rev_byteorder=True, force_bitmap_format=_RGB)
    return png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)


_RGB = 2
"""FPDFBitmap_BGR; with reversed bytes red comes first"""


def _frame_picture(data: bytes, page: int) -> bytes:
    import cv2

    from jixiao.readers.scan.images import frames_of

    for number, grey in enumerate(frames_of(data), 1):
        if number == page:
            return bytes(cv2.imencode(".png", grey)[1])
    raise UnreadableFileError(f"没有第 {page} 页", "请回第 1 页")


def png(pixels: bytes, width: int, height: int, stride: int) -> bytes:
    """Rows of red, green, blue as a PNG file (ISO/IEC 15948), unfiltered."""
    rows = b"".join(b"\0" + pixels[n * stride : n * stride + width * 3] for n in range(height))

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 4)) + chunk(b"IEND", b"")
