"""Images where the part that recognises them is not installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from jixiao.readers import UnreadableFileError, read_bytes
from jixiao.readers.registry import format_of
from jixiao.readers.scan import engine
from jixiao.services.files import Document
from jixiao.services.reading import read_document


@pytest.mark.parametrize(
    "head", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"II*\0", b"MM\0*", b"BM\0\1\0\0" + bytes(4)]
)
def test_a_message_says_what_to_install(head: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "is_installed", lambda: False)
    with pytest.raises(UnreadableFileError, match="make ocr"):
        read_bytes(head + bytes(20), "x.png")


def test_a_batch_says_so_too_where_nothing_that_opens_images_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "is_installed", lambda: False)
    monkeypatch.setitem(sys.modules, "PIL", None)
    file = tmp_path / "扫描件.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(20))
    with pytest.raises(UnreadableFileError, match="make ocr"):
        read_document(Document(file, file.name))


def test_text_that_begins_like_an_image_is_text() -> None:
    assert format_of("BMI 筛查工作绩效目标".encode()).name == "txt"
