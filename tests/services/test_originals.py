"""The original beside the fields: every place a value was read from is found in what is shown."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from jixiao.domain.provenance import Location
from jixiao.readers import UnreadableFileError, read_file
from jixiao.services.originals import Original, Words, anchor_of, original_of, page_picture, png

EXAMPLES = Path(__file__).parents[2] / "examples" / "county" / "files"
TEXTS = Path(__file__).parents[1] / "golden" / "files"
_SHOWN = sorted([*EXAMPLES.iterdir(), *TEXTS.glob("*.txt"), TEXTS / "page.html", TEXTS / "excel97.xls"])


def anchors(shown: Original) -> set[str]:
    found: set[str] = set()
    for block in shown.blocks:
        if isinstance(block, Words):
            found.add(block.anchor)
        else:
            found |= {cell.anchor for row in block.rows for cell in row}
    return found


@pytest.mark.parametrize("file", _SHOWN, ids=lambda file: file.name)
def test_every_place_of_a_value_is_in_the_original(file: Path) -> None:
    places = read_file(file).provenance.values()
    assert places
    assert {anchor_of(place) for place in places} - anchors(original_of(file, file.name)) == set()


def test_a_page_of_a_pdf_as_picture(tmp_path: Path) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    document.new_page(842, 595)
    path = tmp_path / "两页.pdf"
    with path.open("wb") as file:
        document.save(file)
    shown = original_of(path, path.name)
    assert [(round(page.width), round(page.height)) for page in shown.pages] == [(595, 842), (842, 595)]
    picture = page_picture(path, path.name, 2, 421)
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == 421
    with pytest.raises(UnreadableFileError, match="没有第 3 页"):
        page_picture(path, path.name, 3, 421)


def test_broken_files_are_told_in_words(tmp_path: Path) -> None:
    path = tmp_path / "坏.pdf"
    path.write_bytes(b"%PDF-1.4\n" + b"x" * 100)
    with pytest.raises(UnreadableFileError):
        original_of(path, path.name)


def test_pixels_come_back_from_the_picture() -> None:
    picture = png(bytes(range(24)), 2, 3, 8)
    start = picture.index(b"IDAT") + 4
    length = int.from_bytes(picture[start - 8 : start - 4], "big")
    rows = zlib.decompress(picture[start : start + length])
    assert rows == b"\0" + bytes(range(6)) + b"\0" + bytes(range(8, 14)) + b"\0" + bytes(range(16, 22))


def test_places_in_a_word() -> None:
    assert anchor_of(Location(table=3, row=4, column=2)) == "t3r4c2"
    assert anchor_of(Location(worksheet="甲", cell="B7")) == "w甲!B7"
    assert anchor_of(Location(page=2, bbox=(0, 0, 1, 1))) == "g2"
    assert anchor_of(Location()) == ""
