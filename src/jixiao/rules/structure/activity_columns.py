"""Rules on the columns of activities in part one: indicators, budget, rating scale."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.parameters.keys import ACTIVITY_COLUMNS
from jixiao.readings.activity_matching import names_of
from jixiao.readings.text import normalise
from jixiao.readings.view import PlanView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

NO_INDICATORS = Message("no-indicators", "分项目标{activities:list}没有绩效指标，年底无从判断完成得好不好。")
SOME_WITHOUT_BUDGET = Message("some-without-budget", "分项目标{activities:list}没有写年度预算数，其他分项都写了。")
ALL_WITHOUT_BUDGET = Message(
    "all-without-budget",
    "分项目标{activities:list}没有写年度预算数，看不出目标与资金是否相称，也无法与项目表核对。",
)
NO_SCALES = Message("no-scales", "分项指标都没有写优良中差评价标准，年底评不出等次。")
SHORT_SCALES = Message("short-scales", "分项指标{indicators:list}没有填全优良中差评价标准，其他指标都写了。")


@rule(
    "S06",
    title="分项目标没有绩效指标",
    problem="activity-indicator-missing",
    severity=Severity.WARNING,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.PLAN,
    cites=("mof-2015-88/quantified", "mof-2015-88/completeness-review"),
    remedy="为每个分项目标写一两条能考核的绩效指标。",
    since=date(2015, 5, 21),
    parameters=(ACTIVITY_COLUMNS,),
    says=(NO_INDICATORS,),
)
def activities_have_indicators(view: PlanView) -> Iterator[Observation]:
    """分项目标只有目标没有绩效指标。表式没有这一栏（规则集不要求，全文也没有一项写了指标）的，不报。各项合并报一条。"""
    activities = view.plan.activities
    without = [n for n, a in enumerate(activities) if not a.indicators and normalise(a.goal or a.name)]
    required = view.parameter(ACTIVITY_COLUMNS).indicators
    if without and (required or any(a.indicators for a in activities)):
        first, names = view.at("activities", without[0]), names_of(view, without)
        yield Observation(
            at=first if len(without) < len(activities) or len(activities) == 1 else view.at("activities"),
            evidence="、".join(names),
            says=NO_INDICATORS(activities=names),
            related=tuple(view.at("activities", n) for n in without[1:]),
        )


@rule(
    "S07",
    title="分项目标没有预算数",
    problem="activity-budget-missing",
    severity=Severity.WARNING,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.PLAN,
    cites=("mof-2015-88/matched", "mof-2015-88/completeness-review"),
    remedy="填上每项活动的年度预算数，与承担它的项目预算之和一致；不花钱的填0。",
    since=date(2015, 5, 21),
    parameters=(ACTIVITY_COLUMNS,),
    says=(SOME_WITHOUT_BUDGET, ALL_WITHOUT_BUDGET),
)
def activities_have_budgets(view: PlanView) -> Iterator[Observation]:
    """有的分项目标写了年度预算数，有的没有写，合并报一条；多数没有写的，只作建议。

    全都没有写的，可能表式没有这一栏，只在规则集要求分项指标、文本也没有一条分项指标时作建议。
    """
    activities = view.plan.activities
    without = [n for n, a in enumerate(activities) if a.budget is None and normalise(a.goal or a.name)]
    partly = len(without) < len(activities)
    bare = view.parameter(ACTIVITY_COLUMNS).indicators and not any(a.indicators for a in activities)
    if not without or not (partly or bare):
        return
    names = names_of(view, without)
    says = SOME_WITHOUT_BUDGET if partly else ALL_WITHOUT_BUDGET
    yield Observation(
        at=view.at("activities", without[0], "budget"),
        evidence="、".join(names),
        says=says(activities=names),
        related=tuple(view.at("activities", n, "budget") for n in without[1:]),
        severity=Severity.WARNING if len(without) * 2 <= len(activities) and partly else Severity.ADVICE,
    )


@rule(
    "S08",
    title="没有评价标准",
    problem="rating-scale-missing",
    severity=Severity.WARNING,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.PLAN,
    cites=("mof-2015-88/quantified", "mof-2021-101/measurable", "good-practice/consistency"),
    remedy="为每条分项指标填上优、良、中、差四档标准，首尾相接。",
    since=date(2015, 5, 21),
    parameters=(ACTIVITY_COLUMNS,),
    says=(NO_SCALES, SHORT_SCALES),
)
def scales_are_given(view: PlanView) -> Iterator[Observation]:
    """分项指标有的写了优良中差评价标准，有的没有写，或者四档里空着一档，合并报一条。

    全都没有写的，只在规则集要求时作建议；各指标空着同一档的，看作表式没有这一档，不报。
    """
    scales = {(n, k): i.rating_scale for n, a in enumerate(view.plan.activities) for k, i in enumerate(a.indicators)}
    if not scales:
        return
    if not any(scales.values()):
        if view.parameter(ACTIVITY_COLUMNS).rating_scale:
            yield Observation(
                at=view.at("activities"),
                evidence="评价标准",
                says=NO_SCALES(),
                severity=Severity.ADVICE,
                confidence=Decimal("0.7"),
            )
        return
    used = {g for s in scales.values() if s for g in ("excellent", "good", "fair", "poor") if getattr(s, g)}
    short = [place for place, s in scales.items() if s is None or any(not getattr(s, g) for g in used)]
    if short:
        places = [view.at("activities", n, "indicators", k) for n, k in short]
        texts = [view.plan.activities[n].indicators[k].text for n, k in short]
        yield Observation(
            at=places[0],
            evidence="、".join(texts),
            says=SHORT_SCALES(indicators=texts),
            related=tuple(places[1:]),
        )
