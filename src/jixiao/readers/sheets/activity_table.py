"""Reads the activities table: 职责活动 | 年度预算数 | 内容描述 | 绩效目标 | 绩效指标 | 评价标准 优 良 中 差."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jixiao.domain.money import CurrencyUnit
from jixiao.domain.organisation import NOBODY, Organisation
from jixiao.domain.plan import Activity, ActivityIndicator, RatingScale
from jixiao.readers.sheets.table import Cell, Row, Table
from jixiao.readers.sheets.trace import Trace
from jixiao.vocabulary import ActivityColumn
from jixiao.vocabulary.cell_values import (
    amount_of,
    amount_with_doubt,
    is_coded_organisation,
    is_unit_line,
    one_line,
    organisation_of,
    unit_of,
)

_GRADES = {
    ActivityColumn.EXCELLENT: "excellent",
    ActivityColumn.GOOD: "good",
    ActivityColumn.FAIR: "fair",
    ActivityColumn.POOR: "poor",
}
_FEWEST_HEADERS = 3
_FEWEST_UNDER = 2


@dataclass(frozen=True, slots=True)
class ActivityTable:
    """What an activities table says: who, in which unit, the activities."""

    department: Organisation
    currency_unit: CurrencyUnit | None
    activities: tuple[Activity, ...]


def is_activity_table(table: Table) -> bool:
    """Whether a table has the header of an activities table."""
    return any(is_activity_header(row) for row in table.rows)


def is_activity_header(row: Row) -> bool:
    """Whether a row names the columns of an activities table, or of the tasks on a department's goal sheet."""
    return row.names_activities and len({*row.activity_columns} - {None}) >= _FEWEST_HEADERS


class ActivityRows:
    """The rows of one table of activities: ``read`` takes them all, ``take`` one."""

    def __init__(self, table: Table, trace: Trace, first: int) -> None:
        self.table = table
        self.trace = trace
        self.first = first
        self.columns: dict[ActivityColumn, int] = {}
        self._ranks: dict[ActivityColumn, int] = {}
        self._other: dict[int, Cell] = {}
        """header words of amounts that a plan does not keep, by column"""
        self.department = NOBODY
        self.unit: CurrencyUnit | None = None
        self.activities: list[Activity] = []

    def read(self) -> None:
        for row in self.table.rows:
            if row.words:
                self.take(row)

    def take(self, row: Row) -> None:
        """Read one row, which has words."""
        cells = row.words
        if not self.columns and row.states_unit:
            self._unit_row(cells)
        elif self.is_header(row):
            self._header(cells)
        elif self.columns:
            self._row(row)
        elif len(cells) == 1 and is_coded_organisation(cells[0].text) and self.department == NOBODY:
            self._unit_row(cells)
        else:
            self._unplaced(cells)

    def is_header(self, row: Row) -> bool:
        """The header row, or one under it: 优 | 良 | 中 | 差, 总额 | 财政拨款 | 其他资金."""
        if is_activity_header(row):
            return True
        if not self.columns or self.activities or len(row.words) < _FEWEST_UNDER:
            return False
        return sum(c in _GRADES for c in row.activity_columns) > 1 or all(
            c.label.activity_column or c.label.field for c in row.words
        )

    def _header(self, cells: Sequence[Cell]) -> None:
        """Of two words for one column the surer one counts: 任务名称 beside 年度主要任务."""
        for cell in cells:
            column = cell.label.activity_column
            if column is None:
                if cell.label.field is not None:
                    self._other[cell.column] = cell
                elif cell.label.horizon is None:
                    self._unplaced([cell])
                continue
            rank = cell.label.activity_rank
            if rank < self._ranks.get(column, rank + 1):
                self.columns[column], self._ranks[column] = cell.column, rank
            if column is ActivityColumn.BUDGET and self.unit is None and (unit := unit_of(cell.text)):
                self.unit = unit
                self.trace.put_first(cell.place, "currency_unit")

    def _unit_row(self, cells: Sequence[Cell]) -> None:
        for cell in cells:
            if is_unit_line(cell.text):
                self.unit = unit_of(cell.text)
                self.trace.put(cell.place, "currency_unit")
            elif self.department == NOBODY:
                self.department = organisation_of(cell.text)
                self.trace.put_cell(cell, "department")
            else:
                self._unplaced([cell])

    def _unplaced(self, cells: Sequence[Cell]) -> None:
        for cell in cells:
            self.trace.note(
                "unplaced", f"分项绩效目标表中“{one_line(cell.text)}”不在认得的栏目内，未读入。", "activities"
            )

    def _cell(self, r: int, column: ActivityColumn) -> Cell | None:
        position = self.columns.get(column)
        cell = self.table.at(r, position) if position is not None else None
        return cell if cell is not None and cell.text else None

    def _row(self, row: Row) -> None:
        r = row.index
        if any(c.label.is_one_of("activity_totals") for c in row.words):
            words = "｜".join(one_line(c.text) for c in row.words)
            self.trace.note("row.not_kept", f"分项绩效目标表的合计未读入：{words}", "activities")
            return
        read = {id(self._cell(r, column)) for column in self.columns if column is not ActivityColumn.SCALE}
        rest = [c for c in row.words if id(c) not in read]
        known = [c for c in rest if c.column in self._other]
        self._unplaced([c for c in rest if c not in known and c.label.horizon is None])
        if known:
            words = "｜".join(f"{one_line(self._other[c.column].text)} {one_line(c.text)}" for c in known)
            self.trace.note("column.not_kept", f"分项绩效目标表中没有对应栏目的金额未读入：{words}", "activities")
        name = self._cell(r, ActivityColumn.NAME)
        starts = name is not None and name.row == r
        if starts or not self.activities:
            self.activities.append(Activity())
        n = self.first + len(self.activities) - 1
        trace = self.trace.below("activities", n)
        for column, key in (
            (ActivityColumn.NAME, "name"),
            (ActivityColumn.DESCRIPTION, "description"),
            (ActivityColumn.GOAL, "goal"),
        ):
            cell = self._cell(r, column)
            if cell is not None and cell.row == r:
                before = getattr(self.activities[-1], key)
                text = one_line(cell.text)
                self._change(**{key: f"{before}{text}" if before else text})
                trace.put_cell(cell, key)
        self._budget(r, trace)
        self._indicator(r, trace)

    def _budget(self, r: int, trace: Trace) -> None:
        cell = self._cell(r, ActivityColumn.BUDGET)
        if cell is None or cell.row != r:
            return
        amount = amount_of(cell.text) or amount_with_doubt(one_line(cell.text))
        if amount is None:
            trace.note("amount.unread", f"“{one_line(cell.text)}”不是金额，未读入，请核对。", "budget")
            return
        self._change(budget=amount.value)
        trace.put_cell(cell, "budget")

    def _indicator(self, r: int, trace: Trace) -> None:
        cell = self._cell(r, ActivityColumn.INDICATOR)
        grades = {key: self._cell(r, column) for column, key in _GRADES.items()}
        if cell is None or cell.row != r:
            stray = [g for g in grades.values() if g is not None and g.row == r]
            if stray:
                self._unplaced(stray)
            return
        k = len(self.activities[-1].indicators)
        below = trace.below("indicators", k)
        below.put_cell(cell, "text")
        scale = None
        if any(grades.values()):
            scale = RatingScale(**{key: one_line(g.text) if g else None for key, g in grades.items()})
            for key, g in grades.items():
                if g is not None:
                    below.put_cell(g, "rating_scale", key)
        indicator = ActivityIndicator(one_line(cell.text), scale)
        self._change(indicators=(*self.activities[-1].indicators, indicator))

    def _change(self, **values: object) -> None:
        self.activities[-1] = replace(self.activities[-1], **values)  # type: ignore[arg-type]


def read_activity_table(table: Table, trace: Trace, first: int) -> ActivityTable:
    """Read a table for which ``is_activity_table`` holds; ``first`` is the index its first activity gets."""
    reader = ActivityRows(table, trace, first)
    reader.read()
    return ActivityTable(reader.department, reader.unit, tuple(reader.activities))
