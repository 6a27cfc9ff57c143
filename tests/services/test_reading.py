"""The time a file may take grows with the pages that may have to be recognised."""

from __future__ import annotations

from pathlib import Path

import pytest
from readers.pdf.draw import Sheet, pdf

from jixiao.services import reading
from jixiao.services.files import Document


def allowed(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that are asked for a file, the reading itself left out."""
    seconds: list[float] = []
    monkeypatch.setattr(reading, "allow", seconds.append)
    monkeypatch.setattr(reading, "read_bytes", lambda *_: None)
    reading.read_document(Document(path, path.name))
    return seconds


def test_time_for_a_pdf_grows_with_its_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    times = []
    for count in (1, 40, 300):
        file = tmp_path / f"{count}.pdf"
        file.write_bytes(pdf(*[Sheet() for _ in range(count)]))
        times += allowed(file, monkeypatch)
    one, forty, many = times
    assert forty - one >= 39 * 20
    assert forty < many <= 2 * 3600, "no file holds a worker for hours on end"


@pytest.mark.ocr
def test_time_for_an_image_grows_with_its_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image

    file = tmp_path / "x.tif"
    pages = [Image.new("L", (30, 40), 255) for _ in range(5)]
    pages[0].save(file, "TIFF")
    (one,) = allowed(file, monkeypatch)
    pages[0].save(file, "TIFF", save_all=True, append_images=pages[1:])
    (five,) = allowed(file, monkeypatch)
    assert five > one


def test_other_files_ask_for_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "x.txt"
    file.write_text("部门整体绩效目标", encoding="utf-8")
    assert allowed(file, monkeypatch) == []
