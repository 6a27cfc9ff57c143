"""Image files to arrays; oversized and damaged ones end in a plain message."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from typing import Any

from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.scan.engine import LONGEST_SIDE

MOST_PIXELS = 40_000_000
"""Of one image; an A4 page at 600 dpi has 35 million"""
MOST_FRAMES = 200
MOST_PIXELS_IN_ALL = 3_000_000_000
"""Of all images of a file; 200 A4 pages at 300 dpi have 1.7 milliards"""
_MOST_PER_BYTE = 60_000
"""Pixels by the bytes they are packed in; blank paper, best packed, has 14,000"""
_OF_ONE_SIZE = ("GIF", "WEBP", "PNG")
"""Formats of which all images have the size of the first"""
_GREY_MODES = ("1", "L", "LA", "I", "I;16", "F")
_REMEDY = "请重新扫描或另存为 PNG、JPG 后重试，或提供 Word、Excel 原件"


def frames_of(data: bytes) -> Iterator[Any]:
    """The pages of an image file, each as a numpy array (height × width, in colour × 3)."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a large image is measured below; broken metadata is of no interest
            with Image.open(io.BytesIO(data)) as image:
                for n in range(_count(image, len(data))):
                    image.seek(n)
                    yield _frame(image)
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise UnreadableFileError("图片打不开，可能已损坏或过大", _REMEDY) from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, struct.error) as error:
        raise UnreadableFileError("图片不完整或已损坏", _REMEDY) from error


def frame_count(data: bytes) -> int:
    """The number of pages of an image file; 1 where it cannot be told."""
    try:
        from PIL import Image

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as image:
                return int(getattr(image, "n_frames", 1))
    except Exception:  # what is wrong with the file, or not installed, is told when it is read
        return 1


def _count(image: Any, size: int) -> int:
    """The number of pages. Raises UnreadableFileError where they would take too much to unpack, before any is."""
    count = int(getattr(image, "n_frames", 1))
    if count > MOST_FRAMES:
        raise UnreadableFileError(f"图片文件有 {count} 页，超过 {MOST_FRAMES} 页", "请拆成几个文件后重试")
    pixels = 0
    for n in range(1 if image.format in _OF_ONE_SIZE else count):
        image.seek(n)
        pixels += image.width * image.height
    if image.format in _OF_ONE_SIZE:
        pixels *= count
    if pixels > MOST_PIXELS_IN_ALL:
        raise UnreadableFileError(
            f"图片文件的 {count} 页共有 {pixels // 100_000_000} 亿个点，过大",
            "请拆成几个文件，或用 200 至 300 dpi 重新扫描后重试",
        )
    if pixels > max(MOST_PIXELS, _MOST_PER_BYTE * size):
        raise UnreadableFileError(f"图片文件只有 {size} 字节，却要展开成 {count} 页共 {pixels} 个点，内容异常", _REMEDY)
    image.seek(0)
    return count


def _frame(image: Any) -> Any:
    import numpy as np
    from PIL import Image, ImageOps

    width, height = image.size
    if width * height > MOST_PIXELS:
        raise UnreadableFileError(f"图片有 {width}×{height} 个点，过大", "请用 200 至 300 dpi 重新扫描后重试")
    frame = image.convert("RGBA") if image.mode == "P" and "transparency" in image.info else image
    plain = frame.convert("L" if frame.mode in _GREY_MODES else "RGB")
    if "A" in frame.getbands():  # what is transparent shows the paper
        plain.paste(Image.new(plain.mode, plain.size, "white"), mask=ImageOps.invert(frame.getchannel("A")))
    frame = ImageOps.exif_transpose(plain)
    scale = LONGEST_SIDE / max(frame.size)
    if scale < 1:
        size = (max(1, round(frame.size[0] * scale)), max(1, round(frame.size[1] * scale)))
        frame = frame.resize(size, Image.Resampling.LANCZOS)
    return np.asarray(frame)
