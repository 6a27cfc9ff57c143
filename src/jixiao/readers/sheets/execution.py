"""Reads the money block of self-evaluation and monitoring forms: a row per source, a column per amount.

年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分, in whatever order; in some forms each amount has a label beside it
(预算数 | 100 | 到位数 | 100 | 执行数 | 98), in some all stand in one row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jixiao.domain.execution import FundSource
from jixiao.readers.sheets.table import Cell, Row, Table
from jixiao.vocabulary import Field, MoneyColumn
from jixiao.vocabulary.cell_values import amount_of, is_amount, one_line
from jixiao.vocabulary.slots import SOURCES

_BUDGETS = (MoneyColumn.REVISED, MoneyColumn.INITIAL)
_PAIRED = (*_BUDGETS, MoneyColumn.EXECUTED, MoneyColumn.EXPECTED, MoneyColumn.RATE)
_MOST_LEFT_OUT = 2


def is_money_header(row: Row) -> bool:
    """A row that names several amounts at once and holds none: what was budgeted, and what became of it."""
    if not any(row.money_columns):
        return False
    found = {column for column in row.money_columns if column is not None}
    budgets = found.intersection(_BUDGETS)
    return bool(budgets) and bool(found - budgets) and not any(is_amount(cell.text) for cell in row.words)


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """A row as read: its source (None where no plan keeps it), the cells by column, and the cells of no column."""

    source: FundSource | None
    label: str
    cells: Mapping[MoneyColumn, Cell]
    rest: Sequence[Cell]

    @property
    def budget(self) -> Cell | None:
        """The amount of the budget in force: the revised one, the initial one where that is blank."""
        return next((self.cells[c] for c in _BUDGETS if c in self.cells), None)

    def amounts(self) -> dict[str, Cell]:
        """The cells by the fields of ``SourceExecution``."""
        return {column.value: cell for column, cell in self.cells.items()}


def pairs_in_row(row: Row) -> MoneyRow | None:
    """Amounts with their labels in one row, 预算数 | 100 | 执行数 | 98; None for any other row."""
    if not any(row.money_columns) or not any(column in _BUDGETS for column in row.money_columns):
        return None
    found: dict[MoneyColumn, Cell] = {}
    for column, value in zip(row.money_columns, row.words[1:], strict=False):
        if column not in (None, MoneyColumn.OTHER) and column not in found and is_amount(value.text):
            assert column is not None
            found[column] = value
    if len(found) < 2 or not set(found).intersection(_BUDGETS):
        return None
    taken = [*found.values()]
    rest = [c for c in row.words if c not in taken and c.label.money_column is None and c.label.field is None]
    return MoneyRow(FundSource.TOTAL, "预算数", found, rest)


class MoneyPairs:
    """Amounts beside the names of columns of money, in a row each or several: 全年预算数 | 100, 全年执行数 | 98."""

    def __init__(self) -> None:
        self._found: dict[MoneyColumn, Cell] = {}

    def take(self, cells: Sequence[Cell]) -> tuple[list[Cell], list[Cell]]:
        """Take the names in a row that have their amount beside them: the names, and all cells taken."""
        names: list[Cell] = []
        taken: list[Cell] = []
        for name, value in pairwise(cells):
            column = name.label.money_column
            if column not in _PAIRED or name.label.field is not None or column in self._found:
                continue
            if amount_of(one_line(value.text)) is not None and value not in taken:
                self._found[column] = value
                names.append(name)
                taken += (name, value)
        return names, taken

    @property
    def budget(self) -> Cell | None:
        """The amount of the budget in force."""
        return next((self._found[c] for c in _BUDGETS if c in self._found), None)

    @property
    def execution(self) -> dict[str, Cell]:
        """The cells by the fields of ``SourceExecution``; none where the form only has a budget."""
        alone = len(self._found) < 2 and self.budget is not None
        return {} if alone else {column.value: cell for column, cell in self._found.items()}


class MoneyBlock:
    """The columns of a money block, told by its header row."""

    def __init__(self, table: Table, row: Row) -> None:
        self._headers = [(cell, column) for cell in row.words if (column := cell.label.money_column)]
        self._width = len(table.rows[row.index].cells)

    def row(self, table: Table, row: Row) -> MoneyRow | None:
        """Read a row of the block; None where it is none."""
        cells = row.words
        labels = [c for c in cells if c.label.source is not None]
        fields = row.any_fields - {*SOURCES, Field.MONEY, Field.MONEY_PART}
        if fields or not (labels or self._is_unknown_source(table, row)):
            return None
        if len(labels) > 1 and not table.merges:
            found, rest = self._by_labels(cells, labels)
        else:
            values = [c for c in cells if c not in labels]
            found, rest = self._by_columns(table, row.index, values, labelled=len(labels) > 1)
        if not labels:
            named = [c for c in cells if not is_amount(c.text)]
            rest = [*found.values(), *(c for c in rest if c not in named)]
            return MoneyRow(None, "".join(one_line(c.text) for c in named), {}, rest)
        if (other := found.pop(MoneyColumn.OTHER, None)) is not None:
            rest = [*rest, other]
        return MoneyRow(labels[0].label.source, one_line(labels[0].text), found, rest)

    def _is_unknown_source(self, table: Table, row: Row) -> bool:
        """A label that is not known, and amounts under the columns of amounts."""
        if is_amount(row.words[0].text):
            return False
        found, _ = self._by_columns(table, row.index, [c for c in row.words if is_amount(c.text)])
        return bool(found)

    def _shift(self, table: Table, r: int) -> int:
        missing = self._width - len(table.rows[r].cells)
        return missing if not table.merges and 0 < missing <= _MOST_LEFT_OUT else 0

    def _by_columns(
        self, table: Table, r: int, cells: Sequence[Cell], *, labelled: bool = False
    ) -> tuple[dict[MoneyColumn, Cell], list[Cell]]:
        """The cells by the header above them; ``labelled`` amounts may stand at the right of the column it begins in."""
        shift = self._shift(table, r)
        found: dict[MoneyColumn, Cell] = {}
        rest: list[Cell] = []
        for cell in cells:
            if cell.label.field is Field.MONEY:
                continue
            at = cell.column + shift
            above = next((h for h in reversed(self._headers) if h[0].column <= at), None)
            if above is None or (at >= above[0].column + above[0].column_span and not labelled) or above[1] in found:
                rest.append(cell)
            else:
                found[above[1]] = cell
        return found, rest

    def _by_labels(self, cells: Sequence[Cell], labels: Sequence[Cell]) -> tuple[dict[MoneyColumn, Cell], list[Cell]]:
        """Amounts behind labels, where the grid does not say which header stands above: the nth label, the nth header."""
        found: dict[MoneyColumn, Cell] = {}
        rest: list[Cell] = []
        n, filled = -1, False
        for cell in cells:
            if cell in labels:
                n, filled = n + 1, False
                continue
            n, filled = (n + 1 if filled else n), True
            column = self._headers[n][1] if 0 <= n < len(self._headers) else None
            if column is None or column in found:
                rest.append(cell)
            else:
                found[column] = cell
        return found, rest
