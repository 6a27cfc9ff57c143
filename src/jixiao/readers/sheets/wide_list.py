"""One list of all projects of a unit or of several: project, budget and goals in columns at the left of every indicator.

The name of a project may be merged over its rows, printed once, or printed on each; lines of their own may name the unit
whose projects follow, or the project whose rows follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jixiao.domain.organisation import NOBODY, Organisation
from jixiao.domain.provenance import Location
from jixiao.readers.sheets.head import SheetHead
from jixiao.readers.sheets.header import is_header
from jixiao.readers.sheets.table import Cell, Row, Table
from jixiao.vocabulary import Field
from jixiao.vocabulary.cell_values import one_line, organisation_of, unit_of

_FIELDS = (
    Field.PROJECT_CODE, Field.PROJECT_NAME, Field.BUDGET_UNIT, Field.DEPARTMENT, Field.TOTAL, Field.FISCAL, Field.OTHER,
    Field.GOALS, Field.MONEY, Field.PURPOSE, Field.BACKGROUND, Field.MONEY_PART,
)  # fmt: skip
_AMOUNTS = (Field.TOTAL, Field.FISCAL, Field.OTHER, Field.MONEY)
_OVER_SEVERAL = (Field.BUDGET_UNIT, Field.DEPARTMENT)
"""merged over all projects of a unit; text and unmerged cells print them once"""
_IDENTITY = (Field.PROJECT_CODE, Field.PROJECT_NAME, Field.BUDGET_UNIT)


def fields_of(cells: Sequence[Cell]) -> dict[Field, int]:
    """The columns of a header row that belong to the project. 单位名称、项目名称 names one of projects with lines of units."""
    found = {f: cell.column for cell in cells if (f := cell.label.field) in _FIELDS}
    if Field.PROJECT_NAME not in found:
        joint = next((cell for cell in cells if cell.label.lists_projects), None)
        if joint is not None:
            found = {f: column for f, column in found.items() if column != joint.column}
            found[Field.PROJECT_NAME] = joint.column
    return found


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


def is_numbering(row: Row) -> bool:
    """Whether a row only numbers the columns, as budget tables do under their header: 1 | 2 | 3."""
    words = row.words
    if len(words) < 3 or words[0].text != "1":
        return False
    return [one_line(cell.text) for cell in words] == [str(n) for n in range(1, len(words) + 1)]


class WideList:
    """The columns of a wide list, which project its last row was about, and whose the projects are."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.fields = fields_of(cells)
        columns = {*self.fields.values()}
        self.header = tuple(c for c in cells if c.label.field not in self.fields and c.column not in columns)
        self.year: int | None = None
        """the year of the form, which its title names once"""
        self._project: dict[Field, str] = {}
        self._unit: dict[Field, Cell] = {}
        self.over: tuple[Organisation, Location] | None = None
        """what stands over the lines that name units: their department"""
        self._line: Cell | None = None
        """the line that names the unit of the projects under it"""
        self._above: tuple[Organisation, Location] | None = None
        """the unit that a line over the list names"""
        self._waits = False
        """whether a line of its own has named the project, and its rows follow"""
        money = (c for c in cells if c.label.field in _AMOUNTS)
        self._currency = next(((unit, c.place) for c in money if (unit := unit_of(c.text))), None)

    @property
    def positions(self) -> set[int]:
        """The columns that belong to the project."""
        return set(self.fields.values())

    def is_line(self, row: Row) -> bool:
        """Whether a row holds one word alone, where projects are named, and no label or remark under the list."""
        if len(row.words) != 1:
            return False
        (cell,) = row.words
        label, column = cell.label, self.fields[Field.PROJECT_NAME]
        at_name = cell.column <= column < cell.column + cell.column_span and cell.row_span == 1
        return at_name and not (label.is_printed or label.is_tail or label.is_signature or label.is_total)

    def takes_unit(self, table: Table, row: Row) -> bool:
        """Take a line that names the unit of the projects under it: what follows has names of its own."""
        below = next((one for one in table.rows[row.index + 1 :] if one.words), None)
        if below is None or self._named_in(below) is None:
            return False
        if self._line is not None and not self._project and self.over is None:
            self.over = (
                organisation_of(one_line(self._line.text)),
                self._line.place,
            )  # nothing but another line is under it
        self._line, self._project = row.words[0], {}
        return True

    def _named_in(self, row: Row) -> Cell | None:
        """The words of a row where projects are named."""
        column = self.fields[Field.PROJECT_NAME]
        return next((c for c in row.words if c.column <= column < c.column + c.column_span), None)

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

    def fill(self, table: Table, row: Row, head: SheetHead, *, alone: bool = False) -> None:
        """Read the project's columns of a row; ``alone`` where it only names the project."""
        for field in self.fields:
            cell = self._cell(table, row, field)
            if alone and field is not Field.PROJECT_NAME:
                continue  # a word over all columns
            if field in _OVER_SEVERAL and cell is not None:
                self._unit[field] = cell
            if (cell := cell or self._unit.get(field)) is not None:
                self._value(field, cell, head)
        self._waits = alone
        self._set_unit(head)
        self._set_currency(head)

    def fill_rest(self, table: Table, row: Row, head: SheetHead) -> None:
        """Read the other columns of the project in the first row under the line that named it."""
        if not self._waits:
            return
        self._waits = False
        for field in self.fields:
            if field is not Field.PROJECT_NAME and (cell := self._cell(table, row, field)) is not None:
                self._value(field, cell, head)

    def _set_unit(self, head: SheetHead) -> None:
        """The unit in a line of the list, or over it, holds for the projects under it."""
        trace = head.trace
        if self._line is not None and Field.BUDGET_UNIT not in self.fields:
            if head.known.budget_unit != NOBODY and (place := trace.places.get(f"{trace.prefix}/budget_unit")):
                self.over = self.over or (head.known.budget_unit, place)
            head.known.budget_unit = organisation_of(one_line(self._line.text))
            trace.put_cell(self._line, "budget_unit")
        elif head.known.budget_unit != NOBODY:
            place = trace.places.get(f"{trace.prefix}/budget_unit")
            self._above = (head.known.budget_unit, place) if place is not None else self._above
        elif self._above is not None:
            head.known.budget_unit, place = self._above
            trace.put(place, "budget_unit")

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
