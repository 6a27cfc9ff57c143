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
    def _corners(self) -> dict[tuple[int, int], Cell]:
        return {(cell.row, cell.column): cell for cell in self.grid.cells()}

    @cached_property
    def _wide(self) -> dict[int, list[Cell]]:
        """The merged cells that reach into a row. Not by column: a span may claim thousands of them."""
        wide: dict[int, list[Cell]] = {}
        for cell in self.grid.cells():
            if cell.row_span > 1 or cell.column_span > 1:
                for r in range(cell.row, min(cell.row + cell.row_span, len(self.rows))):
                    wide.setdefault(r, []).append(cell)
        return wide

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place, None where there is none or it is empty text in a text table."""
        if (own := self._corners.get((row, column))) is not None:
            return own
        for cell in self._wide.get(row, ()):
            if cell.column <= column < cell.column + cell.column_span:
                return cell
        return None

    def words(self, row: int) -> tuple[Cell, ...]:
        """The cells with words that begin in a row."""
        return tuple(cell for cell in self.rows[row] if cell.text)
