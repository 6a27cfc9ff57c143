"""What stands in an indicator table and is not read: told by column, with the row of each value, once a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from jixiao.readers.sheets.header import Header
from jixiao.readers.sheets.header_content import question
from jixiao.readers.sheets.table import Cell
from jixiao.readers.sheets.trace import Trace
from jixiao.vocabulary.cell_values import one_line


@dataclass(slots=True)
class _NotKept:
    """A column that the form has and a plan does not keep; ``rows`` are the numbers of those with a value, by the value."""

    head: Cell
    rows: dict[str, list[int]] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """第1、3条“95%”、第2条“90%”"""
        return "、".join(
            f"第{'、'.join(map(str, rows))}条“{words}”" if rows else f"“{words}”" for words, rows in self.rows.items()
        )


class NotRead:
    """The words of one sheet's indicator table that stand in no column a plan keeps."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._unknown: list[tuple[Cell, list[str]]] = []
        """the words of headers that are not known, and what stands under each"""
        self._not_kept: dict[int, _NotKept] = {}
        """by the place of the column"""

    def ask(self, head: Cell) -> None:
        """A column whose word is not known: what stands under it is asked about."""
        self._unknown.append((head, []))

    def heads(self, header: Header, cells: Sequence[Cell]) -> None:
        """Take the words over the columns that a plan does not keep.

        A second column of a word that is kept (the long-term values at the left) is told row by row instead.
        """
        kept = {one_line(c.text) for c in cells if c.column in header.columns.values()}
        for cell in cells:
            if cell.column in header.other and one_line(cell.text) not in kept:
                self._not_kept[cell.column] = _NotKept(cell)

    def under_unknown(self, cell: Cell, shift: int) -> bool:
        """Take a cell under a word that is not known; False where it stands under none."""
        for head, values in reversed(self._unknown):
            if _is_under(cell, head, shift):
                values.append(one_line(cell.text))
                return True
        return False

    def not_kept(self, cells: Sequence[Cell], shift: int, row: int | None) -> None:
        """Take the cells of a row in columns that a plan does not keep; ``row`` is its number, from 1."""
        left: list[Cell] = []
        for cell in cells:
            column = next((c for c in reversed(self._not_kept.values()) if _is_under(cell, c.head, shift)), None)
            if column is None:
                left.append(cell)
            elif any(map(str.isalnum, words := one_line(cell.text))):  # not 无: in some columns that is an answer
                column.rows.setdefault(words, []).extend([] if row is None else [row])
        self.tell("column.not_kept", left)

    def tell(self, code: str, cells: Sequence[Cell]) -> None:
        """Tell words of one row."""
        if cells:
            words = "｜".join(one_line(c.text) for c in cells)
            self._trace.note(code, f"指标表中不属于指标本身的内容，未读入：{words}", "indicators")

    def finish(self) -> None:
        """Tell what was taken, a note a column."""
        for column in self._not_kept.values():
            if column.rows:
                message = f"“{one_line(column.head.text)}”一栏绩效数据不收，未读入：{column.words}"
                self._trace.note("column.not_kept", message, "indicators")
        for cell, values in self._unknown:
            self._trace.note("unplaced", question(cell, values), "indicators")
        self._unknown, self._not_kept = [], {}


def _is_under(cell: Cell, head: Cell, shift: int) -> bool:
    return head.column <= cell.column + shift < head.column + head.column_span
