"""Rules on deadlines in two places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.quantities import parse
from jixiao.parameters.keys import COMPARISON_WORDS, DEADLINE_SCOPE_WORDS, MENTION_WORDS
from jixiao.readings.days import due_day
from jixiao.readings.mentions import words_of
from jixiao.readings.text import fold
from jixiao.readings.view import SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

_CLAUSE = re.compile(r"[^，。；;、\n]+")

TWO_MONTHS = Message(
    "two-months",
    "绩效目标写“{clause:words}”，指标“{indicator:words}”却是“{target:words}”，一个是{month:number}月，一个是{other:number}月，"
    "到时候按哪个考核说不清。",
)


@rule(
    "N69",
    title="目标与指标的时限不一致",
    problem="number-conflict",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/matched", "good-practice/consistency"),
    remedy="核对实际安排，把两处改成同一个日期；是不同阶段的，写明各指什么。",
    since=date(2015, 5, 21),
    parameters=(MENTION_WORDS, DEADLINE_SCOPE_WORDS, COMPARISON_WORDS),
    says=(TWO_MONTHS,),
)
def deadlines_agree(sheet: SheetView) -> Iterator[Observation]:
    """绩效目标写几月底前做完，同一件事的指标值却是另一个月份。

    用词有相同的（通车、验收）才比；有一处写的日期与指标相同的，是分阶段安排，不报。
    """
    words = sheet.parameter(MENTION_WORDS)
    not_now = sheet.parameter(DEADLINE_SCOPE_WORDS)
    idle = {*words.empty, *words.weak}
    said = [
        (sheet.at("goals", n), clause.group(), month)
        for n, goal in enumerate(sheet.goals)
        for clause in _CLAUSE.finditer(fold(goal))
        if (month := _month_due(clause.group())) and not any(word in clause.group() for word in not_now)
    ]
    year, spelling = sheet.fiscal_year, sheet.parameter(COMPARISON_WORDS)
    for row in sheet.rows if said else ():
        day = due_day(row.row.target, year.year if year else None, spelling)
        if day is None:
            continue
        own = {w for w in words_of(row.row.name or "") if w not in idle and len(w) > 1}
        same = [(at, clause, month) for at, clause, month in said if own & set(words_of(clause))]
        if not same or any(month == day.month for _, _, month in same):
            continue
        at, clause, month = same[0]
        yield Observation(
            at=row.at("target"),
            evidence=f"{clause} ｜ {row.row.label} {row.row.target.text}",
            says=TWO_MONTHS(
                clause=clause.strip(),
                indicator=row.row.label,
                target=row.row.target.text or "",
                month=month,
                other=day.month,
            ),
            related=(at,),
        )


def _month_due(clause: str) -> int | None:
    """The month by the end of which, or by a day of which, a clause wants something done."""
    return next((m.month for m in parse(clause).moments if m.due and m.month), None)
