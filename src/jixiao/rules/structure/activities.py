"""Rules on the activities of part one against the goal sheets that carry them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.measure_units import is_money
from jixiao.parameters.keys import (
    ACTIVITY_LIKENESS,
    GENERAL_ACTIVITY_WORDS,
    INDICATOR_CARRIED_SHARE,
    MENTION_WORDS,
    PROJECT_DULL_WORDS,
)
from jixiao.readings.activity_matching import Matching, likeness_of, matching, names_of
from jixiao.readings.amounts import shown
from jixiao.readings.mentions import words_of
from jixiao.readings.text import normalise, quantities
from jixiao.readings.view import PlanView
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

_ALL = 100


# --- money ------------------------------------------------------------------------------------------------

TWO_SUMS = Message(
    "two-sums",
    "分项目标“{activity:words}”的年度预算数是 {sum:number}，项目“{project:words}”的预算数是 {budget:number}，"
    "相差 {difference:number}。",
)


@rule(
    "S09",
    title="分项与项目金额对不上",
    problem="activity-project-mismatch",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.PLAN,
    cites=("mof-2015-88/matched", "good-practice/consistency"),
    remedy="核对分项预算数和目标表预算数（注意元和万元），改成一致。",
    since=date(2015, 5, 21),
    parameters=(ACTIVITY_LIKENESS, PROJECT_DULL_WORDS),
    needs=(Need.GOAL_SHEETS,),
    says=(TWO_SUMS,),
)
def activity_money_agrees(view: PlanView) -> Iterator[Observation]:
    """分项目标和目标表说的是同一件事，换算成同一单位后预算数不同，一对报一条。

    几张表相加等于一个分项、或者反过来的，不报；有一处没有写金额或单位的，不比。一对金额相等的都没有时，
    分项的预算数可能含基本支出，也不报。
    """
    found = view.derived(matching)
    if not found.pairs and len(found.activities) > 1:
        return
    for a, s in found.unequal:
        activity, sheet = view.plan.activities[a], view.sheets[s]
        yuan, total = found.activities[a].yuan, found.sheets[s].yuan
        assert yuan is not None
        assert total is not None
        unit = view.plan.currency_unit
        yield Observation(
            at=view.at("activities", a, "budget"),
            evidence=f"{activity.name} {activity.budget}{unit} ｜ {sheet.sheet.label} {shown(total, sheet)}",
            says=TWO_SUMS(
                activity=names_of(view, [a])[0],
                sum=f"{activity.budget}{unit}",
                project=sheet.sheet.label,
                budget=shown(total, sheet),
                difference=shown(abs(yuan - total), sheet),
            ),
            related=(sheet.at("budget", "total"),),
        )


# --- one without the other --------------------------------------------------------------------------------

_WHICH_GOAL = "，花这笔钱要实现部门的哪个目标看不出来。"
NO_ACTIVITY = Message("no-activity", "项目{projects:list}在第一部分的分项绩效目标里没有对应的一项" + _WHICH_GOAL)
NO_ACTIVITY_OF_THIS_MONEY = Message(
    "no-activity-of-this-money",
    "项目{projects:list}在第一部分的分项绩效目标里没有对应的一项（名称、预算数都对不上）" + _WHICH_GOAL,
)


@rule(
    "S10",
    title="项目没有对应的分项目标",
    problem="activity-project-mismatch",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.PLAN,
    cites=("mof-2015-88/relevance-review", "good-practice/consistency"),
    remedy="在分项绩效目标里补上对应的一项，写明预算数、目标和指标；名称不同的改成一致。",
    since=date(2015, 5, 21),
    parameters=(ACTIVITY_LIKENESS, PROJECT_DULL_WORDS),
    needs=(Need.GOAL_SHEETS,),
    says=(NO_ACTIVITY, NO_ACTIVITY_OF_THIS_MONEY),
)
def sheets_have_an_activity(view: PlanView) -> Iterator[Observation]:
    """目标表的项目在分项绩效目标里找不到：没有一项的名称相近，也没有一项（或者几项相加）的预算数相等。合并报一条。

    分项没有写预算数的，只按用词看，仅作建议。没有分项绩效目标的文本，不报。
    """
    found = view.derived(matching)
    if not found.activities:
        return
    left = _left_sheets(found, Decimal(str(view.parameter(ACTIVITY_LIKENESS).unlinked)))
    if not left:
        return
    names = [view.sheets[n].sheet.label for n in left]
    sure = found.by_money and bool(found.pairs)
    yield Observation(
        at=view.sheets[left[0]].at("project", "name"),
        evidence="、".join(names),
        says=(NO_ACTIVITY_OF_THIS_MONEY if sure else NO_ACTIVITY)(projects=names),
        related=tuple(view.sheets[n].at("project", "name") for n in left[1:]),
        severity=Severity.WARNING if sure else Severity.ADVICE,
        confidence=Decimal("0.9") if sure else Decimal("0.6"),
    )


def _left_sheets(found: Matching, unlinked: Decimal) -> list[int]:
    if found.by_money and found.pairs:
        return list(found.left_sheets)
    return [
        s.index
        for s in found.sheets
        if s.name and max((likeness_of(a, s) for a in found.activities), default=Decimal(1)) < unlinked
    ]


_WHICH_MONEY = "，钱从哪里出、由哪个项目完成看不出来。"
NO_SHEET = Message("no-sheet", "分项目标{activities:list}没有对应的项目目标表" + _WHICH_MONEY)
NO_SHEET_OF_THIS_MONEY = Message(
    "no-sheet-of-this-money",
    "分项目标{activities:list}没有对应的项目目标表，预算数也与哪个项目都不相等" + _WHICH_MONEY,
)


@rule(
    "S11",
    title="分项目标没有对应的项目",
    problem="activity-project-mismatch",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.PLAN,
    cites=("mof-2015-88/relevance-review", "good-practice/consistency"),
    remedy="补上承担这项活动的项目目标表；由基本支出保障的，写明不另设项目。",
    since=date(2015, 5, 21),
    parameters=(ACTIVITY_LIKENESS, PROJECT_DULL_WORDS, GENERAL_ACTIVITY_WORDS),
    needs=(Need.GOAL_SHEETS,),
    says=(NO_SHEET, NO_SHEET_OF_THIS_MONEY),
)
def activities_have_a_sheet(view: PlanView) -> Iterator[Observation]:
    """分项目标写了年度预算数，却没有一张目标表的名称相近或者预算数相等。合并报一条。

    机关运转、人员经费一类由基本支出保障的，预算数为零的，与已对上的分项同名的（另按重复报），不报。
    分项没有写预算数的，只按用词看，仅作建议。
    """
    found = view.derived(matching)
    limits = view.parameter(ACTIVITY_LIKENESS)
    general = view.parameter(GENERAL_ACTIVITY_WORDS)
    sure = found.by_money and bool(found.pairs)
    unlinked = Decimal(str(limits.unlinked))
    if sure:
        indices = list(found.left_activities)
    elif found.by_money:
        indices = []
    else:
        indices = [
            a.index
            for a in found.activities
            if a.name and max((likeness_of(a, s) for s in found.sheets), default=Decimal(1)) < unlinked
        ]
    activities = view.plan.activities
    names = [normalise(a.name) for a in activities]
    left = [
        n
        for n in indices
        if activities[n].budget != 0
        and not any(word in (activities[n].name or "") for word in general)
        and names.count(names[n]) == 1
    ]
    if left:
        told = names_of(view, left)
        yield Observation(
            at=view.at("activities", left[0], "name"),
            evidence="、".join(told),
            says=(NO_SHEET_OF_THIS_MONEY if sure else NO_SHEET)(activities=told),
            related=tuple(view.at("activities", n, "name") for n in left[1:]),
            severity=Severity.WARNING if sure else Severity.ADVICE,
            confidence=Decimal("0.9") if sure else Decimal("0.6"),
        )


# --- indicators -------------------------------------------------------------------------------------------

NOT_CARRIED = Message(
    "not-carried",
    "分项“{activity:words}”的指标“{indicator:words}”，在承担它的项目{projects:list}的目标表里没有，年底没有项目对它负责。",
)


@rule(
    "S12",
    title="分项指标没有落到项目",
    problem="indicator-not-carried",
    severity=Severity.ADVICE,
    aspect=Aspect.RELEVANCE,
    scope=Scope.PLAN,
    cites=("mof-2015-88/relevance-review", "good-practice/consistency"),
    remedy="在承担这项活动的项目目标表里设同样的指标。",
    since=date(2015, 5, 21),
    parameters=(ACTIVITY_LIKENESS, PROJECT_DULL_WORDS, INDICATOR_CARRIED_SHARE, MENTION_WORDS),
    needs=(Need.GOAL_SHEETS,),
    says=(NOT_CARRIED,),
)
def indicators_are_carried(view: PlanView) -> Iterator[Observation]:
    """分项目标的一条有数的绩效指标，在承担它的资金的项目目标表里连用词都找不到。一条报一条。

    按预算数相等或者名称相近认定承担的项目；认不出的、说的是金额的、用词太少的，不报。
    """
    found = view.derived(matching)
    limits = view.parameter(INDICATOR_CARRIED_SHARE)
    words = view.parameter(MENTION_WORDS)
    dull = {*words.empty, *words.weak, *view.parameter(PROJECT_DULL_WORDS)}
    for n, activity in enumerate(view.plan.activities):
        carrying = [view.sheets[s] for s in sorted(found.sheets_of(n))]
        said = [q for s in carrying for q in (s.sheet.project.name, s.sheet.purpose, *s.goals) if q]
        said += [f"{row.row.name or ''}{row.row.description or ''}" for s in carrying for row in s.rows]
        for k, indicator in enumerate(activity.indicators if carrying else ()):
            counted = quantities(indicator.text)
            things = {w for w in words_of(indicator.text) if w not in dull and len(w) > 1}
            length = sum(map(len, things))
            if not counted or any(is_money(q.unit) for q in counted) or length < limits.fewest_characters:
                continue
            if max(sum(len(w) for w in things if w in text) for text in said) * _ALL < limits.share * length:
                yield Observation(
                    at=view.at("activities", n, "indicators", k, "text"),
                    evidence=indicator.text,
                    says=NOT_CARRIED(
                        activity=names_of(view, [n])[0],
                        indicator=indicator.text,
                        projects=[s.sheet.label for s in carrying],
                    ),
                    related=tuple(s.pointer for s in carrying),
                    confidence=Decimal("0.7"),
                )
