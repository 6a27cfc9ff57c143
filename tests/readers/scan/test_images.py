"""Image files that would take too much to unpack are refused before any page is."""

from __future__ import annotations

import io
import time

import pytest

from jixiao.readers import UnreadableFileError, read_bytes
from jixiao.readers.scan import images

pytestmark = pytest.mark.ocr


def gif(width: int, height: int, count: int) -> bytes:
    """Frames of one pixel on a canvas of any size."""
    head = b"GIF89a" + width.to_bytes(2, "little") + height.to_bytes(2, "little") + b"\x80\0\0" + b"\0\0\0\xff\xff\xff"
    return head + b"\x2c\0\0\0\0\1\0\1\0\0\x02\x02\x44\x01\0" * count + b";"


def tiff(width: int, height: int, count: int) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    page = Image.new("1", (width, height), 1)
    page.save(out, "TIFF", save_all=True, append_images=[page] * (count - 1), compression="group4")
    return out.getvalue()


@pytest.mark.parametrize("count", [2, 56, 200])
def test_frames_much_larger_than_the_file_are_refused(count: int) -> None:
    start = time.process_time()
    with pytest.raises(UnreadableFileError, match=r"内容异常|过大"):
        read_bytes(gif(65_320, 382, count), "x.gif")
    assert time.process_time() - start < 1


def test_too_many_pixels_in_all_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MOST_PIXELS_IN_ALL", 3_000_000)
    with pytest.raises(UnreadableFileError, match=r"2 页共.*过大"):
        read_bytes(tiff(1654, 2339, 2), "x.tif")


def test_blank_fax_pages_are_no_bomb() -> None:
    """Blank paper at 300 dpi, packed as well as can be."""
    data = tiff(2480, 3508, 8)
    assert len(data) < 8 * 2000
    assert images.frame_count(data) == 8
    assert sum(1 for _ in images.frames_of(data)) == 8
