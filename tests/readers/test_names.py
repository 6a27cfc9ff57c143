"""A file whose ending promises another format, and that cannot be read either, is told by what it is."""

from __future__ import annotations

import pytest

from jixiao.readers import UnreadableFileError, read_bytes

DAMAGED_PNG = b"\x89PNG\r\n\x1a\nno chunks"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("绩效文本.docx", DAMAGED_PNG, "扩展名是 docx，内容是图片；"),
        ("绩效文本.XLSX", DAMAGED_PNG, "扩展名是 xlsx，内容是图片；"),
        ("绩效文本.pdf", "红烧肉：五花肉一斤。".encode(), "扩展名是 pdf，内容是纯文本；没有读到绩效文本"),
    ],
)
def test_ending_that_promises_another_format(name: str, data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_bytes(data, name)
    assert caught.value.met.startswith(words)
    assert caught.value.remedy


@pytest.mark.parametrize(("name", "data"), [("扫描.png", DAMAGED_PNG), ("扫描", DAMAGED_PNG), ("菜谱.txt", b"soup")])
def test_ending_that_fits_or_promises_nothing(name: str, data: bytes) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_bytes(data, name)
    assert "扩展名" not in caught.value.met
