"""One wide list of all projects of a unit: project, budget and goals in columns at the left of every indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jixiao.readers.sheets.head import SheetHead
from jixiao.readers.sheets.header import is_header
from jixiao.readers.sheets.table import Cell, Row, Table
from jixiao.vocabulary import Field
from jixiao.vocabulary.cell_values import one_line, unit_of

_FIELDS = (
    Field.PROJECT_CODE, Field.PROJECT_NAME, Field.BUDGET_UNIT, Field.DEPARTMENT, Field.TOTAL, Field.FISCAL, Field.OTHER,
    Field.GOALS, Field.MONEY, Field.PURPOSE, Field.BACKGROUND, Field.MONEY_PART,
)  # fmt: skip
_AMOUNTS = (Field.TOTAL, Field.FISCAL, Field.OTHER, Field.MONEY)
_OVER_SEVERAL = (Field.BUDGET_UNIT, Field.DEPARTMENT)
"""merged over all projects of a unit; text and unmerged cells print them once"""
_IDENTITY = (Field.PROJECT_CODE, Field.PROJECT_NAME, Field.BUDGET_UNIT)


def fields_of(cells: Sequence[Cell]) -> dict[Field, int]:
    """The columns of a header row that belong to the project."""
    return {f: cell.column for cell in cells if (f := cell.label.field) in _FIELDS}


def is_upper_header(table: Table, row: Row) -> bool:
    """Whether a row names the columns of the project over a second row that names those of the indicators."""
    if Field.PROJECT_NAME not in row.any_fields or len(row.words) <= 2:
        return False
    below = table.below(row)
    return (
        all(c.label.field or c.label.column or c.label.horizon for c in row.words)
        and is_header(below)
        and Field.PROJECT_NAME not in below.any_fields
    )


def joined_header(table: Table, row: Row) -> tuple[Cell, ...]:
    """The words of a header row, with those of the row above it that stand over nothing."""
    cells = row.words
    if not row.index or not is_upper_header(table, above := table.rows[row.index - 1]):
        return cells
    first = min(c.column for c in cells)
    return (*(c for c in above.words if c.column < first), *cells)


class WideList:
    """The columns of a wide list, and which project its last row was about."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.fields = fields_of(cells)
        self.header = tuple(cell for cell in cells if cell.label.field not in self.fields)
        self._project: dict[Field, str] = {}
        self._unit: dict[Field, Cell] = {}
        money = (c for c in cells if c.label.field in _AMOUNTS)
        self._currency = next(((unit, c.place) for c in money if (unit := unit_of(c.text))), None)

    @property
    def positions(self) -> set[int]:
        """The columns that belong to the project."""
        return set(self.fields.values())

    def opens(self, table: Table, row: Row) -> bool:
        """Whether a row is about another project than the one above; an empty cell goes on with it."""
        here = {f: one_line(cell.text) for f in _IDENTITY if (cell := self._cell(table, row, f)) is not None}
        name = self._cell(table, row, Field.PROJECT_NAME)
        if name is None or name.label.field is not None:
            return False
        if all(self._project.get(f) == text for f, text in here.items()):
            return False
        self._project = here
        return True

    def fill(self, table: Table, row: Row, head: SheetHead) -> None:
        """Read the project's columns of a row."""
        for field in self.fields:
            cell = self._cell(table, row, field)
            if field in _OVER_SEVERAL and cell is not None:
                self._unit[field] = cell
            if (cell := cell or self._unit.get(field)) is not None:
                self._value(field, cell, head)
        self._set_currency(head)

    def _set_currency(self, head: SheetHead) -> None:
        """The unit in the header, or in a line over the list, holds for every project."""
        budget, trace = head.known.budget, head.trace
        if budget.currency_unit is not None:
            place = trace.places.get(f"{trace.prefix}/budget/currency_unit")
            self._currency = (budget.currency_unit, place) if place is not None else self._currency
        elif self._currency is not None:
            unit, place = self._currency
            head.known.budget = replace(budget, currency_unit=unit)
            trace.put(place, "budget", "currency_unit")

    def _value(self, field: Field, cell: Cell, head: SheetHead) -> None:
        if field is Field.GOALS:
            head.goals([cell])
        else:
            head.value(Field.TOTAL if field is Field.MONEY and Field.TOTAL not in self.fields else field, cell)

    def _cell(self, table: Table, row: Row, field: Field) -> Cell | None:
        column = self.fields.get(field)
        cell = table.at(row.index, column) if column is not None else None
        return cell if cell is not None and cell.text else None
