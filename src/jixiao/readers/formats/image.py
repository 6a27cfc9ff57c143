"""Images of plans, scanned or photographed (.png, .jpg, .tif, .bmp): their words are recognised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jixiao.readers.format import Family, Format, Request, Surety
from jixiao.readers.progress import page_done
from jixiao.readers.raw import RawDocument
from jixiao.readers.raw.content import Content

if TYPE_CHECKING:
    from jixiao.readers.page.shapes import Page

_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")


def _tells(content: Content) -> bool:
    data = content.data
    return data.startswith(_MAGIC) or (data.startswith(b"BM") and data[6:10] == bytes(4)) or data[8:12] == b"WEBP"


def _read(content: Content, request: Request) -> RawDocument:
    from jixiao.readers.scan.engine import require

    require("这是图片，要用图像识别才能读，而文字识别组件没有安装")
    from jixiao.readers.page.document import document_of

    return document_of(_pages(content.data), request.source, request.vocabulary)


def _pages(data: bytes) -> Iterator[Page]:
    from jixiao.readers.scan.images import frames_of
    from jixiao.readers.scan.page import read_page

    count = _slow_pages(data)
    for number, grey in enumerate(frames_of(data), 1):
        page_done(number - 1, count)
        yield read_page(grey, number)


def _slow_pages(data: bytes) -> int:
    from jixiao.readers.scan.images import frame_count

    return frame_count(data)


def _opening(data: bytes) -> list[str]:
    from jixiao.readers.scan.engine import is_installed

    if not is_installed():
        return []
    from jixiao.readers.scan.images import frames_of
    from jixiao.readers.scan.opening import lines_at_head

    return next((lines_at_head(frame) for frame in frames_of(data)), [])


FORMATS = (
    Format(
        name="image",
        label="图片",
        family=Family.IMAGE,
        suffixes=(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"),
        other_suffixes=(".gif", ".webp"),
        surety=Surety.SIGNED,
        tells=_tells,
        read=_read,
        slow_pages=_slow_pages,
        opening=_opening,
        extra="ocr",
    ),
)
