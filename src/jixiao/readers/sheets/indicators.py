"""Reads the rows of an indicator table under its header."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from jixiao.domain.indicator import Indicator, IndicatorClass, IndicatorKind
from jixiao.domain.target_grammar import parse_target
from jixiao.readers.labels import Column, class_of, column_of, kind_of
from jixiao.readers.raw import Cell
from jixiao.readers.sheets.table import Table
from jixiao.readers.sheets.words import amount_of, one_line
from jixiao.readers.trace import Trace

_DOUBTFUL = Decimal("0.7")
_FEWEST_HEADERS = 3
_MOST_LEFT_OUT = 2
_CONTENT = (Column.NAME, Column.DESCRIPTION, Column.TARGET, Column.BASIS)


class IndicatorRows:
    """The rows of one sheet: takes a header, then rows; ``finish`` gives the indicators."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._rows: list[Indicator] = []
        self._columns: dict[Column, int] = {}
        self._width = 0
        self._class: IndicatorClass | None = None
        self._kind: IndicatorKind | None = None

    @property
    def reading(self) -> bool:
        """Whether a header has been met."""
        return bool(self._columns)

    def is_header(self, cells: Sequence[Cell]) -> bool:
        """Whether a row names the columns of an indicator table."""
        columns = {c for cell in cells if (c := column_of(cell.text))}
        return (
            len(columns) >= _FEWEST_HEADERS
            and bool(columns & {Column.CLASS, Column.KIND})
            and bool(columns & {Column.NAME, Column.TARGET})
        )

    def header(self, table: Table, cells: Sequence[Cell]) -> None:
        self._columns = {}
        for cell in cells:
            column = column_of(cell.text)
            if column is None:
                self._trace.note("unplaced", f"指标表表头“{one_line(cell.text)}”不认得，该列未读入。", "indicators")
            else:
                self._columns.setdefault(column, cell.column)
        self._width = max((c.column + c.column_span for c in table.rows[cells[0].row]), default=0)

    def row(self, table: Table, r: int) -> None:
        """Read one row. A row without words in any content column is left out with a note."""
        shift = self._shift(table, r)
        cells = {c: self._cell(table, r, place - shift) for c, place in self._columns.items()}
        self._levels(cells.get(Column.CLASS), cells.get(Column.KIND))
        if not any((cell := cells.get(c)) and cell.text for c in _CONTENT):
            words = "、".join(one_line(cell.text) for cell in cells.values() if cell and cell.text)
            self._trace.note("indicator.labels_only", f"“{words}”一行只有分类，没有填写指标，未计入。", "indicators")
            return
        self._note_extra(table, r, shift)
        self._add(cells)

    def finish(self) -> tuple[Indicator, ...]:
        return tuple(self._rows)

    def _shift(self, table: Table, r: int) -> int:
        """How many cells a text row lacks at its left because they were merged with the row above."""
        missing = self._width - len(table.rows[r])
        if table.merges or not 0 < missing <= _MOST_LEFT_OUT:
            return 0
        return missing

    def _cell(self, table: Table, r: int, column: int) -> Cell | None:
        return table.at(r, column) if column >= 0 else None

    def _note_extra(self, table: Table, r: int, shift: int) -> None:
        for cell in table.rows[r]:
            if cell.text and cell.column + shift >= self._width:
                self._trace.note(
                    "unplaced", f"“{one_line(cell.text)}”在表头各列之外，未读入。", "indicators", len(self._rows)
                )

    def _levels(self, first: Cell | None, second: Cell | None) -> None:
        """Class and kind of the row; an empty cell means the one above goes on."""
        if first is not None and first.text:
            text = one_line(first.text)
            found = class_of(text)
            if found is None:
                self._trace.note(
                    "indicator.class_unknown",
                    f"一级指标“{text}”不认得，分类留空。",
                    "indicators",
                    len(self._rows),
                    "class",
                    confidence=_DOUBTFUL,
                )
            if found is not self._class or (second is not None and not second.text):
                self._kind = None
            self._class = found
        if second is not None and second.text:
            text = one_line(second.text)
            self._kind = kind_of(text)
            if self._kind is None:
                self._trace.note(
                    "indicator.kind_unknown",
                    f"二级指标“{text}”不认得，分类留空。",
                    "indicators",
                    len(self._rows),
                    "kind",
                    confidence=_DOUBTFUL,
                )

    def _add(self, cells: dict[Column, Cell | None]) -> None:
        n = len(self._rows)
        trace = self._trace.below("indicators", n)
        own = next(cell for c in _CONTENT if (cell := cells.get(c)) and cell.text)
        trace.put(own.place)
        for column, key in ((Column.CLASS, "class"), (Column.KIND, "kind")):
            if (cell := cells.get(column)) and cell.text:
                trace.put(cell.place, key)

        def text(column: Column, key: str, read: Callable[[str], str] = one_line) -> str | None:
            cell = cells.get(column)
            if cell is None or not cell.text:
                return None
            trace.put_cell(cell, key)
            return read(cell.text) or None

        parsed = parse_target(text(Column.TARGET, "target"))
        for remark in parsed.remarks:
            trace.note(remark.code, remark.message, "target", confidence=remark.confidence)
        weight = text(Column.WEIGHT, "weight")
        points = amount_of(weight) if weight else None
        if weight and points is None:
            trace.note("weight.unread", f"分值“{weight}”不是数，未读入。", "weight")
        self._rows.append(
            Indicator(
                class_=self._class,
                kind=self._kind,
                name=text(Column.NAME, "name"),
                description=text(Column.DESCRIPTION, "description"),
                target=parsed.target,
                basis=text(Column.BASIS, "basis"),
                weight=points.value if points else None,
            )
        )
