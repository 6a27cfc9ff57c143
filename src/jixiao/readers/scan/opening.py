"""The head of a scanned page read by itself, in a part of the time that the page takes."""

from __future__ import annotations

from typing import Any

from jixiao.readers.page.lines import words_of
from jixiao.readers.scan.page import read_page

_HEAD = 0.35
"""Share of the page from above in which a document says what it is: 份号, 密级, 紧急程度, 发文机关, 标题"""


def lines_at_head(image: Any) -> list[str]:
    """The lines in the upper part of a page's image (height × width, in colour × 3)."""
    return words_of(read_page(image[: max(1, round(image.shape[0] * _HEAD))], 1).runs)
