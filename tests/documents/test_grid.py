"""Cells that span find their places; what does not fit is told."""

from __future__ import annotations

import pytest
from documents.sample import tilings
from hypothesis import given

from jixiao.documents import Cell
from jixiao.documents.grid import Slot, placed
from jixiao.documents.value import Row


def test_a_cell_reaches_into_the_rows_below_it() -> None:
    tall = Cell("甲", rows=2)
    wide = Cell("丙", columns=2)
    rows = list(placed([(tall, "乙", None), (wide,)], 3))
    assert rows == [
        [Slot(0, tall), Slot(1, "乙"), Slot(2, None)],
        [Slot(0, tall, begins=False), Slot(1, wide)],
    ]


def test_a_row_may_be_reached_into_as_a_whole() -> None:
    tall = Cell("甲", columns=2, rows=2)
    assert list(placed([(tall,), ()], 2)) == [[Slot(0, tall)], [Slot(0, tall, begins=False)]]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("甲",)], "fills 1 of its 2"),
        ([("甲", "乙", "丙")], "fills 3 of its 2"),
        ([("甲", Cell("乙", rows=2)), (Cell("丙", columns=2),)], "overlap"),
        ([("甲", Cell("乙", rows=2))], "below its last row"),
    ],
)
def test_a_table_that_does_not_fit_is_a_mistake(rows: list[Row], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        list(placed(rows, 2))


@given(tilings())
def test_every_place_of_a_grid_is_covered_once(tiling: tuple[int, int, list[Row]]) -> None:
    height, width, rows = tiling
    covered = [[slot.column + k for slot in slots for k in range(slot.columns)] for slots in placed(rows, width)]
    assert covered == [list(range(width))] * height
