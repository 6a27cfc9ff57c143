"""What of a goal sheet could not be examined, because it is blank or was not read: it earns no points and no good grade.

A finding needs something to speak of. Where money, targets or whole classes of indicators are missing, fewer rules find
anything; without this the grade of a sheet would rise with every cell that is emptied.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jixiao.domain.finding import Aspect
from jixiao.domain.indicator import IndicatorClass
from jixiao.parameters.keys import REQUIRED_CLASSES
from jixiao.readings.classes import is_filled
from jixiao.readings.presence import has_money, is_library, missing_classes, unread_to_examine, without_target
from jixiao.readings.view import SheetView

_SEEN_IN_ROWS = (Aspect.RELEVANCE, Aspect.FEASIBILITY)
"""What the targets of the rows are looked at for"""


@dataclass(frozen=True, slots=True)
class Unexamined:
    """Something that is not there to be examined: in words, and what share of the points of which aspects goes with it."""

    words: str
    aspects: tuple[Aspect, ...]
    share: Decimal


def unexamined(sheet: SheetView) -> tuple[Unexamined, ...]:
    """What cannot be examined of a sheet that asks for money; empty where all is there."""
    if not sheet.is_goal_sheet or is_library(sheet.plan):
        return ()
    filled = sum(is_filled(row) for row in sheet.rows)
    found = []
    if not has_money(sheet):
        found.append(Unexamined("没有预算数，资金与目标是否相称无从审核", (Aspect.APPROPRIATENESS,), Decimal(1)))
    if not filled:
        found.append(Unexamined("没有一行绩效指标，无从审核", _SEEN_IN_ROWS, Decimal(1)))
    if filled and (blank := len(without_target(sheet))):
        found.append(Unexamined(f"{blank} 行没有指标值，无从审核", _SEEN_IN_ROWS, Decimal(blank) / filled))
    missing = [c for c in missing_classes(sheet) if c is not IndicatorClass.SATISFACTION]
    if filled and missing:
        names = "、".join(c.label for c in missing)
        share = Decimal(len(missing)) / len(sheet.parameter(REQUIRED_CLASSES))
        found.append(Unexamined(f"没有{names}，无从审核", _SEEN_IN_ROWS, share))
    if places := unread_to_examine(sheet):
        found.append(Unexamined(f"{places} 处内容没有读入，须对照原文件核对", (), Decimal(0)))
    return tuple(found)
