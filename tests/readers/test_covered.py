"""Cells that a merged one covers in old workbooks: their words are not read, and told where they are others."""

from __future__ import annotations

from jixiao.domain.provenance import Location
from jixiao.readers.raw.worksheet import SheetCell, covered_note, without_covered


def cell(row: int, column: int, words: str) -> SheetCell:
    return SheetCell(row, column, Location(text=words, worksheet="表", cell=f"{'ABCD'[column - 1]}{row}"))


CELLS = [
    cell(1, 1, "产出指标"), cell(1, 2, "数量指标"), cell(2, 1, " 产出指标"), cell(2, 2, "质量指标"), cell(3, 1, "旧稿"),
    cell(3, 2, "时效指标"), cell(4, 1, "效益指标"),
]  # fmt: skip
SPANS = {(1, 1): (3, 1)}


def test_the_label_of_a_merged_cell_counts_once() -> None:
    shown, covered = without_covered(CELLS, SPANS)
    assert [c.place.text for c in shown] == ["产出指标", "数量指标", "质量指标", "时效指标", "效益指标"]
    assert [c.place.text for c in covered] == ["旧稿"]


def test_other_words_are_told() -> None:
    (note,) = covered_note("表", without_covered(CELLS, SPANS)[1])
    assert note.code == "hidden.left_out"
    assert "A3“旧稿”" in note.message
    assert not list(covered_note("表", without_covered(CELLS[:3], SPANS)[1]))


def test_without_merged_cells_all_show() -> None:
    assert without_covered(CELLS, {}) == (CELLS, [])
