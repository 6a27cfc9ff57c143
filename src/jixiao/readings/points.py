"""Points and money of sheets of results: what the rows can earn, how the money block adds up."""

from __future__ import annotations

from decimal import Decimal

from jixiao.domain.execution import SourceExecution
from jixiao.domain.money import plain
from jixiao.readings.attainment import is_given
from jixiao.readings.view import PlanView, RowView, SheetView

_HUNDRED = Decimal(100)
_TENTH = Decimal("0.1")


def whole(sheet: SheetView) -> SourceExecution:
    """The total row of the money block; empty where there is none."""
    execution = sheet.execution
    return (execution.total if execution else None) or SourceExecution()


def weighted(sheet: SheetView) -> list[RowView]:
    """Rows with points to be had."""
    return [row for row in sheet.rows if row.row.weight is not None]


def is_shared(row: RowView) -> bool:
    """Whether the points of a row are those of the rows below it too: their cells are one."""
    below = row.sheet.rows[row.index + 1 : row.index + 2]
    return any(is_given(r.actual) and r.row.weight is None and r.score is None for r in below)


def in_hundreds(sheet: SheetView) -> bool:
    """Whether every row is marked out of 100 and its weight is a percentage: the score of the row is their product."""
    return sheet.index in sheet.plan.derived(_in_hundreds)


def _in_hundreds(plan: PlanView) -> frozenset[int]:
    return frozenset(sheet.index for sheet in plan.sheets if _is_in_hundreds(sheet))


def _is_in_hundreds(sheet: SheetView) -> bool:
    pairs = [(r.score, r.row.weight) for r in sheet.rows if r.score is not None and r.row.weight is not None]
    if len(pairs) < 2 or all(s == w for s, w in pairs):
        return False  # full marks throughout, of rows that weigh alike
    return max(w for _, w in pairs) <= min(s for s, _ in pairs) <= max(s for s, _ in pairs) <= _HUNDRED


def rate_of(executed: Decimal | None, budget: Decimal | None) -> Decimal | None:
    """Executed in per cent of a budget; None where either is missing or there is no budget."""
    return executed * 100 / budget if executed is not None and budget else None


def in_percent(value: Decimal) -> str:
    """A rate in a message."""
    return f"{plain(value.quantize(_TENTH))}%"
