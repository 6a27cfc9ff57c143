"""Rule on goals of a sheet that still hold the blanks of a template."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.readings.presence import is_library
from jixiao.readings.value_cells import has_blank
from jixiao.readings.view import SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

LEFT_BLANK = Message(
    "left-blank", "绩效目标“{goal:words}”里留着没有填的空，是套用模板没有改完，要做多少、做什么看不出来。"
)


@rule(
    "G69",
    title="目标里留着没填的空",
    problem="target-placeholder",
    severity=Severity.WARNING,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/completeness-review", "mof-2021-101/values"),
    remedy="把空填上；一时定不准的，参照上年实际数和本年计划给出一个数。",
    since=date(2015, 5, 21),
    says=(LEFT_BLANK,),
)
def goals_are_filled_in(sheet: SheetView) -> Iterator[Observation]:
    """目标表的绩效目标里留着“XX”“___”“**”“（）”这样没有填的空。指标库不报。"""
    if is_library(sheet.plan):
        return
    for n, goal in enumerate(sheet.goals):
        if has_blank(goal):
            yield Observation(at=sheet.at("goals", n), evidence=goal, says=LEFT_BLANK(goal=goal))
