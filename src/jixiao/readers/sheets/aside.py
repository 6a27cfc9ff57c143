"""What the head of a form says and a plan does not keep, taken out of its rows before the head is read.

Application forms ask for a project's kind, need and schedule; transfer payments for every level of government; forms
with a long term beside the year print amounts and goals twice. All of it is told in notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from jixiao.readers.sheets.head import SheetHead
from jixiao.readers.sheets.table import Cell, Row, Table
from jixiao.readers.sheets.trace import Trace
from jixiao.vocabulary import Field
from jixiao.vocabulary.cell_values import amount_of, one_line

_KEPT_OUT = (Field.BACKGROUND, Field.MONEY_PART)
_MONEY = frozenset((Field.MONEY, Field.TOTAL, Field.FISCAL, Field.OTHER, Field.CARRYOVER, Field.MONEY_PART))
_DOUBTFUL = Decimal("0.7")
_AMOUNTS = (Field.TOTAL, Field.FISCAL, Field.OTHER, Field.CARRYOVER)


class Aside:
    """The rows of one head: ``take`` gives back the cells that the head is to read."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._open: Field | None = None
        """the block that rows without a label go on with"""
        self._long_term: list[tuple[Table, Row]] = []
        self._parts: list[tuple[Cell, Cell]] = []
        """amounts of one level of government, with their labels"""
        self._has_fiscal = False

    def take(self, table: Table, row: Row, *, in_money: bool) -> Row:
        fields = row.any_fields
        self._has_fiscal = self._has_fiscal or Field.FISCAL in fields
        if row.states_unit or (in_money and fields <= _MONEY):
            return row
        if fields:
            first = row.fields[0]
            self._open = first if first in (Field.BACKGROUND, Field.LONG_TERM_GOALS) else None
        if self._open is Field.LONG_TERM_GOALS and Field.GOALS not in fields:
            self._long_term.append((table, row))
            return row.only(())
        if not fields and self._open is Field.BACKGROUND:
            for cell in row.words:
                self._tell(None, cell)
            return row.only(())
        kept = self._without_background(row.words) if not fields.isdisjoint(_KEPT_OUT) else row.words
        return row.only(self._without_long_term(kept))

    def _without_background(self, cells: Sequence[Cell]) -> Sequence[Cell]:
        left: list[Cell] = []
        label: Cell | None = None
        for cell in cells:
            field = cell.label.field
            if field in _KEPT_OUT:
                label = cell
            elif field is not None or label is None:
                label = None
                left.append(cell)
            elif label.label.field is Field.MONEY_PART:
                self._parts.append((label, cell))
            else:
                self._tell(label, cell)
        return left

    def _without_long_term(self, cells: Sequence[Cell]) -> Sequence[Cell]:
        """Of two amounts with one label the second is that of the year."""
        fields = [cell.label.field for cell in cells]
        doubled = {f for f in _AMOUNTS if fields.count(f) > 1}
        if not doubled:
            return cells
        left: list[Cell] = []
        label: Cell | None = None
        for n, cell in enumerate(cells):
            field = fields[n]
            if field in doubled and field in fields[n + 1 :]:
                label = cell
            elif field is not None or label is None:
                label = None
                left.append(cell)
            else:
                self._tell(label, cell)
        return left

    def _tell(self, label: Cell | None, cell: Cell) -> None:
        name = f"“{one_line(label.text)}”一栏" if label else "项目情况"
        self._trace.note("row.not_kept", f"{name}未读入：{one_line(cell.text)}")

    def _place_parts(self, head: SheetHead) -> None:
        """The one amount that a form gives of its own level's money (市级财政资金) is the fiscal one; others are told."""
        parts, self._parts = self._parts, []
        if len(parts) == 1 and not self._has_fiscal and head.known.budget.fiscal is None:
            ((label, cell),) = parts
            if label.label.names_fiscal_money and amount_of(one_line(cell.text)) is not None:
                head.value(Field.FISCAL, cell)
                message = f"表里的财政资金只有“{one_line(label.text)}”一栏，按财政资金读入，请核对。"
                self._trace.note("amount.by_level", message, "budget", "fiscal", confidence=_DOUBTFUL)
                return
        for label, cell in parts:
            self._tell(label, cell)

    def finish(self, head: SheetHead) -> None:
        """Long-term goals are goals where the form has no others."""
        self._place_parts(head)
        for table, row in self._long_term:
            if head.known.goals:
                words = "".join(one_line(c.text) for c in row.words if c.label.field is None)
                if words:
                    self._trace.note("goals.not_kept", f"中长期目标未读入：{words}", "goals")
            else:
                head.row(table, row)
        self._long_term = []
