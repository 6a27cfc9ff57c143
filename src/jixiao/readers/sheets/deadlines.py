"""Deadlines that name no year, read with the budget year once a file has told it: 12月底前, 第四季度."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.indicator import Indicator
from jixiao.domain.period import FiscalYear
from jixiao.domain.target import TargetType
from jixiao.domain.target_grammar import parse_target
from jixiao.readers.sheets.trace import Trace


def with_year(sheets: Sequence[GoalSheet], year: FiscalYear | None, trace: Trace) -> tuple[GoalSheet, ...]:
    """``sheets`` with their targets that name a day of no year dated in the budget year, each with a note.

    ``year`` is that of sheets that have none of their own.
    """
    dated = []
    for n, sheet in enumerate(sheets):
        below, own = trace.below("goal_sheets", n, "indicators"), sheet.fiscal_year or year
        if own is None:
            dated.append(sheet)
            continue
        rows = tuple([_dated(row, own.year, below.below(r)) for r, row in enumerate(sheet.indicators)])
        dated.append(sheet if rows == sheet.indicators else replace(sheet, indicators=rows))
    return tuple(dated)


def _dated(row: Indicator, year: int, trace: Trace) -> Indicator:
    if row.target.type is not TargetType.QUALITATIVE and row.target.unit != "季度":
        return row
    parsed = parse_target(row.target.text, year)
    if parsed.target.type is not TargetType.DATE:
        return row
    for remark in parsed.remarks:
        trace.note(remark.code, remark.message, "target", confidence=remark.confidence)
    return replace(row, target=parsed.target)
