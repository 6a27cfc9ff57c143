"""Rules of Wanqing county (fictional): an example of a package of local rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.parameters import Key
from jixiao.readings.view import SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

PEOPLE_UNITS: Key[tuple[str, ...]] = Key("people_units", tuple[str, ...])
NOBODY = Message("nobody", "各行指标都没有写惠及多少人或多少户，看不出这笔钱让谁受益。")


@rule(
    "X01",
    title="没有写惠及多少人",
    problem="missing-dimension",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("wanqing-form/people",),
    remedy="补一行指标，写明惠及多少人或多少户，如“受益人口 ≥4200人”。",
    since=date(2024, 9, 1),
    parameters=(PEOPLE_UNITS,),
    says=(NOBODY,),
)
def people_are_counted(sheet: SheetView) -> Iterator[Observation]:
    """一个项目的指标里，没有一行的指标值以人、户为单位。一行指标都没有的，另按缺一级指标报，这里不报。"""
    units = sheet.parameter(PEOPLE_UNITS)
    if sheet.rows and not any(row.row.target.unit in units for row in sheet.rows):
        yield Observation(
            at=sheet.at("indicators"),
            evidence="、".join(row.row.label for row in sheet.rows),
            says=NOBODY(),
        )
