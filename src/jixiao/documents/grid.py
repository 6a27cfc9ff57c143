"""Where the cells of a table stand in its grid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jixiao.documents.value import Cell, Row, Table, Value


class Slot(NamedTuple):
    """The first column a cell takes, the cell, and whether it begins in this row or reaches into it from above."""

    column: int
    cell: Cell | Value
    begins: bool = True

    @property
    def columns(self) -> int:
        """Columns the cell takes."""
        return self.cell.columns if isinstance(self.cell, Cell) else 1


def placed(rows: Iterable[Row], width: int) -> Iterator[list[Slot]]:
    """The slots of each row, from left to right, for a grid of ``width`` columns.

    Raises ValueError where cells overlap, do not fill a row or reach below the last one: such a table is a mistake of
    the writer that made it.
    """
    reaching: dict[int, tuple[Cell, int]] = {}
    """column: the cell that reaches into the next rows there, and into how many"""
    n = 0
    for n, row in enumerate(rows, 1):
        slots = [Slot(k, cell) for k, cell in enumerate(row)]
        if reaching or any(isinstance(cell, Cell) for cell in row):
            slots, reaching = _spread(row, reaching)
        filled = sum(slot.columns for slot in slots)
        if filled != width:
            raise ValueError(f"row {n} of a table fills {filled} of its {width} columns: {row!r}")
        yield slots
    if reaching:
        raise ValueError(f"cells of a table reach below its last row, {n}: {reaching!r}")


def _spread(row: Row, reaching: dict[int, tuple[Cell, int]]) -> tuple[list[Slot], dict[int, tuple[Cell, int]]]:
    """The slots of one row between the cells that reach into it, and what reaches into the next."""
    slots: list[Slot] = []
    below: dict[int, tuple[Cell, int]] = {}
    cells = list(reversed(row))
    column = 0
    while cells or column in reaching:
        above, left = reaching.get(column, (None, 0))
        cell = above if above is not None else cells.pop()
        slots.append(Slot(column, cell, begins=above is None))
        if isinstance(cell, Cell):
            rest = left - 1 if above is not None else cell.rows - 1
            if rest:
                below[column] = (cell, rest)
        column += slots[-1].columns
    if missed := reaching.keys() - {slot.column for slot in slots}:
        raise ValueError(f"cells of a table overlap in columns {sorted(missed)}: {row!r}")
    return slots, below


def grid_of(table: Table) -> Iterator[tuple[bool, list[Slot]]]:
    """(whether it is a row of the head, its slots) for every row. Raises what ``placed`` raises."""
    heads = len(table.head)
    for n, slots in enumerate(placed((*table.head, *table.body), len(table.columns))):
        yield n < heads, slots
