"""Reads image files (.png, .jpg, .tif, .bmp) of plans."""

from __future__ import annotations

from jixiao.domain.plan import Source
from jixiao.readers.page.document import document_of
from jixiao.readers.raw import RawDocument
from jixiao.readers.scan.engine import require
from jixiao.readers.scan.images import frames_of


def read_image(data: bytes, source: Source) -> RawDocument:
    """The blocks of an image file. Raises UnreadableFileError where it is damaged or cannot be recognised here."""
    require("这是图片，要用图像识别才能读，而文字识别组件没有安装")
    from jixiao.readers.scan.page import read_page

    return document_of((read_page(grey, number) for number, grey in enumerate(frames_of(data), 1)), source)
