"""A grid as sheet readers see it: rows, and which cell covers a place."""

from __future__ import annotations

from functools import cached_property

from jixiao.readers.raw import Cell, Grid


class Table:
    """Looks up cells of a grid by place, through merged ranges."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.rows = grid.rows
        self.merges = grid.merges

    @cached_property
    def _covering(self) -> dict[tuple[int, int], Cell]:
        """Cells by every place they cover below or right of their corner."""
        covered: dict[tuple[int, int], Cell] = {}
        height = len(self.rows)
        width = max((cell.column for cell in self.grid.cells()), default=0) + 1
        for cell in self.grid.cells():
            if cell.row_span == 1 and cell.column_span == 1:
                covered[cell.row, cell.column] = cell
                continue
            for r in range(cell.row, min(cell.row + cell.row_span, height)):
                for c in range(cell.column, min(cell.column + cell.column_span, width)):
                    covered[r, c] = cell
        return covered

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place, None where there is none or it is empty text in a text table."""
        return self._covering.get((row, column))

    def words(self, row: int) -> tuple[Cell, ...]:
        """The cells with words that begin in a row."""
        return tuple(cell for cell in self.rows[row] if cell.text)
