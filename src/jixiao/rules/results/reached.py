"""Rule on what a sheet says was reached against the actuals of its own rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.parameters.keys import MENTION_WORDS, NUMBER_NOUN_LENGTH
from jixiao.readings.attainment import said
from jixiao.readings.mentions import SumRole
from jixiao.readings.promises import (
    PARAMETERS,
    RowMention,
    TextMention,
    actual_mentions,
    count_the_same,
    reached_mentions,
)
from jixiao.readings.text import normalise
from jixiao.readings.view import SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

TWO_RESULTS = Message(
    "two-results",
    "实际完成情况写“{clause:words}”，指标“{indicator:words}”的完成值却是“{actual:words}”，同一件事有两个结果，不知道哪一个是真的。",
)


@rule(
    "A23",
    title="完成情况与完成值不一致",
    problem="number-conflict",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2020-10/self-evaluation", "good-practice/consistency"),
    remedy="按佐证核对哪一个数是真的，两处改成一致；口径不同的，在文字里写明。",
    since=date(2020, 2, 25),
    parameters=(*PARAMETERS, NUMBER_NOUN_LENGTH),
    needs=(Need.SELF_EVALUATION,),
    says=(TWO_RESULTS,),
)
def reached_agrees_with_actuals(sheet: SheetView) -> Iterator[Observation]:
    """自评表“实际完成情况”里的一个数，和用词、单位都相同的指标的完成值不一样。

    写明其中、累计、每次、某乡镇的，有一处相同的，几行相加正好相等的，四舍五入、约数，不报。
    """
    view = sheet.plan
    least, weak = view.parameter(NUMBER_NOUN_LENGTH).near, view.parameter(MENTION_WORDS).weak
    texts = [f for f in view.derived(reached_mentions) if f.item == sheet.index and _is_plain(f)]
    rows = [r for r in view.derived(actual_mentions) if r.row.sheet.index == sheet.index] if texts else []
    for row in rows:
        same = [
            f
            for f in texts
            if f.mention.unit == row.mention.unit and (_is_named(f, row) or count_the_same(f, row, least, weak))
        ]
        if not same or any(_agree(f, row) for f in same):
            continue
        alike = [r.mention.value for r in rows if count_the_same(same[0], r, least, weak)]
        if same[0].mention.value in (*alike, sum(alike)):
            continue
        yield Observation(
            at=row.row.at("actual"),
            evidence=f"{same[0].mention.clause} ｜ {row.row.row.label} {said(row.row.actual)}",
            says=TWO_RESULTS(clause=same[0].mention.clause, indicator=row.row.row.label, actual=said(row.row.actual)),
            related=(same[0].pointer,),
        )


def _is_named(found: TextMention, row: RowMention) -> bool:
    """Whether the name of the row stands right before the number: 问卷显示游客满意度98%."""
    m, name = found.mention, row.row.name
    before = normalise(m.clause.partition(m.printed)[0])
    return (
        len(name) > _SHORTEST_NAME
        and name in before
        and len(before) - before.rindex(name) - len(name) <= _SHORTEST_NAME
    )


_SHORTEST_NAME = 2
"""characters that name nothing yet, or join a name to its number: 达到"""


def _is_plain(found: TextMention) -> bool:
    """Whether a result is for the whole year and place; what is told of the past here is the year itself."""
    m = found.mention
    return m.role in (SumRole.PLAIN, SumRole.TOTAL) and not m.inherited and m.scope <= m.things and not m.is_for_each


def _agree(found: TextMention, row: RowMention) -> bool:
    """Whether both are one number, be it rounded: 31.2万人次, 311986人次."""
    one, other = found.mention.value, row.mention.value
    return found.mention.allows(other) or abs(one - other) * _ROUNDED <= max(one, other)


_ROUNDED = 100
"""one part in so many may be rounding"""
