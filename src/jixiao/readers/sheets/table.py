"""A grid as sheet readers see it: rows of cells, each with what it means as a label, and which cell covers a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from jixiao.domain.provenance import Location
from jixiao.readers.raw import Cell as RawCell
from jixiao.readers.raw import Grid, Paragraph
from jixiao.vocabulary import ActivityColumn, Column, Field, Label, MoneyColumn, Vocabulary
from jixiao.vocabulary.cell_values import is_unit_line


class Cell(NamedTuple):
    """A cell: ``row`` and ``column`` are 0-based; ``place.text`` holds broken lines as they were where ``rejoined``."""

    text: str
    row: int
    column: int
    place: Location
    label: Label
    row_span: int = 1
    column_span: int = 1
    rejoined: bool = False


_NO_FIELDS: frozenset[Field] = frozenset()
_NO_COLUMNS: frozenset[Column] = frozenset()


class Row:
    """A row of a table, or some of its cells, and what its words name.

    ``words`` are the cells with words that begin in it; ``fields``, ``columns`` and ``activity_columns`` say of each of
    them in turn what it names as a label, ``any_fields`` and ``any_columns`` what any of them names, ``names_activities``
    whether one of them is the column of activities.
    """

    def __init__(self, index: int, cells: Sequence[Cell]) -> None:
        self.index = index
        self.cells = cells
        self.words = tuple([cell for cell in cells if cell.text])
        labels = [cell.label for cell in self.words]
        self.fields = tuple([label.field for label in labels])
        self.columns = tuple([label.column for label in labels])
        self.activity_columns = tuple([label.activity_column for label in labels])
        self.names_activities = ActivityColumn.NAME in self.activity_columns if any(self.activity_columns) else False
        self.any_fields = frozenset(filter(None, self.fields)) if any(self.fields) else _NO_FIELDS
        self.any_columns = frozenset(filter(None, self.columns)) if any(self.columns) else _NO_COLUMNS

    def only(self, words: Sequence[Cell]) -> Row:
        """This row with some of its words only."""
        return self if len(words) == len(self.words) else Row(self.index, words)

    @cached_property
    def money_columns(self) -> tuple[MoneyColumn | None, ...]:
        """The column of a money block that each of the words names."""
        return tuple([cell.label.money_column for cell in self.words])

    @cached_property
    def states_unit(self) -> bool:
        """Whether one of the words says nothing but the unit of amounts: 单位：万元."""
        return any(is_unit_line(cell.text) for cell in self.words if "单位" in cell.text)


class Table:
    """Looks up cells of a grid by place, through merged ranges.

    ``merges`` tells whether the format says which cells are merged; where it does not (text), a cell merged with the one
    above it comes as an empty cell, or is left out.
    """

    def __init__(
        self,
        rows: Sequence[Sequence[Cell]],
        place: Location,
        vocabulary: Vocabulary,
        *,
        merges: bool,
        pieced: bool = False,
    ) -> None:
        self.rows = tuple([Row(n, cells) for n, cells in enumerate(rows)])
        self.place = place
        self.vocabulary = vocabulary
        self.merges = merges
        self.pieced = pieced

    @classmethod
    def of(cls, grid: Grid, vocabulary: Vocabulary) -> Table:
        """A grid with the meanings of its words."""
        label = vocabulary.label
        new = tuple.__new__  # as Cell(…) makes it, in half the time
        rows = [
            [
                new(Cell, (text, r, column, place, label(text), row_span, column_span, rejoined))
                for text, r, column, place, row_span, column_span, rejoined in row
            ]
            for row in grid.rows
        ]
        return cls(rows, grid.place, vocabulary, merges=grid.merges, pieced=grid.pieced)

    def of_rows(self, rows: Sequence[Sequence[Cell]]) -> Table:
        """A table of other rows of its cells."""
        return Table(rows, self.place, self.vocabulary, merges=self.merges, pieced=self.pieced)

    def longer(self, rows: Sequence[Sequence[Cell]]) -> Table:
        """This table with more rows under its own, which are not looked at again: tables may be put together of thousands."""
        whole = self.of_rows(())
        whole.rows = (*self.rows, *(Row(n, cells) for n, cells in enumerate(rows, len(self.rows))))
        return whole

    def cells(self) -> Iterator[Cell]:
        """Every cell once, row by row."""
        for row in self.rows:
            yield from row.cells

    @cached_property
    def _by_place(self) -> tuple[dict[tuple[int, int], Cell], dict[int, list[Cell]]]:
        """The cells by their corner, and the merged cells that reach into a row.

        The latter not by column: a span may claim thousands of them.
        """
        corners: dict[tuple[int, int], Cell] = {}
        wide: dict[int, list[Cell]] = {}
        for row in self.rows:
            for cell in row.cells:
                _, r, column, _, _, row_span, column_span, _ = cell
                corners[r, column] = cell
                if row_span > 1:
                    for below in range(r, min(r + row_span, len(self.rows))):
                        wide.setdefault(below, []).append(cell)
                elif column_span > 1:
                    wide.setdefault(r, []).append(cell)
        return corners, wide

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place, None where there is none or it is empty text in a text table."""
        corners, wide = self._by_place
        if (own := corners.get((row, column))) is not None:
            return own
        for cell in wide.get(row, ()):
            if cell.column <= column < cell.column + cell.column_span:
                return cell
        return None

    def below(self, row: Row) -> Row:
        """The row under a row; one without cells where that is the last."""
        return self.rows[row.index + 1] if row.index + 1 < len(self.rows) else Row(row.index + 1, ())

    def reworded(self, cell: Cell, text: str) -> Cell:
        """A cell with some of its words."""
        return cell._replace(text=text, label=self.vocabulary.label(text))


Block = Paragraph | Table
"""What a document is made of, as sheet readers see it"""


def blocks_of(blocks: Sequence[Paragraph | Grid], vocabulary: Vocabulary) -> list[Block]:
    """The blocks of a document with the meanings of their words."""
    return [Table.of(block, vocabulary) if isinstance(block, Grid) else block for block in blocks]


def table_of_words(rows: Sequence[Sequence[RawCell]], vocabulary: Vocabulary) -> Table:
    """Words of running text as a table of labels and values."""
    return Table.of(Grid(tuple(map(tuple, rows)), rows[0][0].place, merges=False), vocabulary)
