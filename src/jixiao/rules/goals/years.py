"""Rules on the years that goals of a sheet name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.quantities import parse
from jixiao.parameters.keys import GOAL_YEAR_WORDS
from jixiao.readings import other_years
from jixiao.readings.other_years import deadline_outside, spans_years
from jixiao.readings.view import SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

GOAL_TOO_LATE = Message(
    "too-late",
    "这是 {year:number} 年预算的绩效目标，写的却是“{words:words}”，超出了预算年度，到年底考核时还没有到期。",
)
GOAL_LONG_PAST = Message(
    "long-past",
    "这是 {year:number} 年预算的绩效目标，写的却是“{words:words}”，预算年度开始前就过去了，多半是沿用了以前的文本。",
)


@rule(
    "G68",
    title="目标的时间不在预算年度",
    problem="date-outside-year",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/reasonable", "mof-2015-88/matched"),
    remedy="把时间改到预算年度以内；跨年实施的，写明本年度做到哪一步。",
    since=date(2015, 5, 21),
    parameters=(*other_years.PARAMETERS, GOAL_YEAR_WORDS),
    needs=(Need.FISCAL_YEAR,),
    says=(GOAL_TOO_LATE, GOAL_LONG_PAST),
    yields_to=("G60", "G61"),
)
def goals_are_of_the_year(sheet: SheetView) -> Iterator[Observation]:
    """目标表的一条绩效目标写着某年某月底前（或者某年）完成，这个年份不是预算年度，整条里也没有写预算年度。

    项目名称、资金用途写着别的年份或结转、续建、跨年的，目标里写的是规划、开工、质保金、批复文件的年份的，拿来比较的，不报。只写到几年以后的，
    另按长期目标报。
    """
    year = sheet.fiscal_year
    if year is None or spans_years(sheet, year.year):
        return
    unless = sheet.parameter(GOAL_YEAR_WORDS)
    for n, goal in enumerate(sheet.goals):
        found = deadline_outside(goal, year.year, sheet.parameter)
        if found is None or any(word in goal for word in unless):
            continue
        moments, (words, stated) = parse(goal).moments, found
        if any(m.year == year.year or m.since is not None for m in moments):
            continue
        if stated > year.year and not any(m.year == year.year + 1 and m.month for m in moments):
            continue  # 到2028年: a goal of several years, of which another rule tells
        yield Observation(
            at=sheet.at("goals", n),
            evidence=goal,
            says=(GOAL_TOO_LATE if stated > year.year else GOAL_LONG_PAST)(year=year.year, words=words),
        )
