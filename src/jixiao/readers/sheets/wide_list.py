"""One wide list of all projects of a unit: project, budget and goals in columns at the left of every indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jixiao.readers.raw import Cell
from jixiao.readers.sheets.head import SheetHead
from jixiao.readers.sheets.header import is_header
from jixiao.readers.sheets.table import Table
from jixiao.vocabulary.cell_values import one_line, unit_of
from jixiao.vocabulary.labels import Field, column_of, field_of, horizon_of

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
    return {f: cell.column for cell in cells if (f := field_of(cell.text)) in _FIELDS}


def is_upper_header(table: Table, r: int) -> bool:
    """Whether a row names the columns of the project over a second row that names those of the indicators."""
    cells, below = table.words(r), table.words(r + 1) if r + 1 < len(table.rows) else ()
    return (
        Field.PROJECT_NAME in fields_of(cells)
        and len(cells) > 2
        and all(field_of(c.text) or column_of(c.text) or horizon_of(c.text) for c in cells)
        and is_header(below)
        and Field.PROJECT_NAME not in fields_of(below)
    )


def joined_header(table: Table, r: int) -> tuple[Cell, ...]:
    """A header row, with the words of the row above it that stand over nothing."""
    cells = table.words(r)
    if not r or not is_upper_header(table, r - 1):
        return cells
    first = min(c.column for c in cells)
    return (*(c for c in table.words(r - 1) if c.column < first), *cells)


class WideList:
    """The columns of a wide list, and which project its last row was about."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.fields = fields_of(cells)
        self.header = tuple(cell for cell in cells if field_of(cell.text) not in self.fields)
        self._project: dict[Field, str] = {}
        self._unit: dict[Field, Cell] = {}
        money = (c for c in cells if field_of(c.text) in _AMOUNTS)
        self._currency = next(((unit, c.place) for c in money if (unit := unit_of(c.text))), None)

    @property
    def places(self) -> set[int]:
        return set(self.fields.values())

    def opens(self, table: Table, r: int) -> bool:
        """Whether a row is about another project than the one above; an empty cell goes on with it."""
        here = {f: one_line(cell.text) for f in _IDENTITY if (cell := self._cell(table, r, f)) is not None}
        if Field.PROJECT_NAME not in here or field_of(here[Field.PROJECT_NAME]) is not None:
            return False
        if all(self._project.get(f) == text for f, text in here.items()):
            return False
        self._project = here
        return True

    def fill(self, table: Table, r: int, head: SheetHead) -> None:
        """Read the project's columns of a row."""
        for field in self.fields:
            cell = self._cell(table, r, field)
            if field in _OVER_SEVERAL and cell is not None:
                self._unit[field] = cell
            if (cell := cell or self._unit.get(field)) is not None:
                self._value(field, cell, head)
        self._set_currency(head)

    def _set_currency(self, head: SheetHead) -> None:
        """The unit in the header, or in a line over the list, holds for every project."""
        budget, trace = head.sheet.budget, head.trace
        if budget.currency_unit is not None:
            place = trace.places.get(f"{trace.prefix}/budget/currency_unit")
            self._currency = (budget.currency_unit, place) if place is not None else self._currency
        elif self._currency is not None:
            unit, place = self._currency
            head.sheet = replace(head.sheet, budget=replace(budget, currency_unit=unit))
            trace.put(place, "budget", "currency_unit")

    def _value(self, field: Field, cell: Cell, head: SheetHead) -> None:
        if field is Field.GOALS:
            head.goals([cell])
        else:
            head.value(Field.TOTAL if field is Field.MONEY and Field.TOTAL not in self.fields else field, cell)

    def _cell(self, table: Table, r: int, field: Field) -> Cell | None:
        column = self.fields.get(field)
        cell = table.at(r, column) if column is not None else None
        return cell if cell is not None and cell.text else None
