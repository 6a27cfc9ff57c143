"""Rules on the numbers of running text: said twice with two values, and promised in part one against the sheets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.measure_units import is_time
from jixiao.parameters.keys import MENTION_WORDS, NUMBER_NOUN_LENGTH, NUMBER_NOUN_LIKENESS, PROMISE_CARRIED_SHARE
from jixiao.readings.mentions import Mention, is_rate
from jixiao.readings.promises import (
    PARAMETERS,
    Found,
    RowQuantity,
    count_the_same,
    found_in,
    is_plain,
    is_promise,
    row_quantities,
    share_held,
)
from jixiao.readings.view import PlanView
from jixiao.readings.written import Part
from jixiao.review.rule import Need, Observation, Scope, rule
from jixiao.rules.numbers.rows import told_of_rows

_WHERE = {
    Part.OVERALL: "总体目标",
    Part.ACTIVITY: "分项目标",
    Part.SAFEGUARD: "保障措施",
    Part.SHEET: "目标表的用途或目标",
}
_PROMISES = (Part.OVERALL, Part.ACTIVITY)
_WHOLE = 100
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def _clash(one: Found, other: Found) -> bool:
    """Whether two mentions of one thing cannot both hold: neither is a floor or ceiling that the other keeps.

    An indicator must keep the goal it measures: not less than a promised floor.
    """
    a, b = one.mention, other.mention
    if a.value == b.value:
        return False
    if _is_measure(other) and not _is_measure(one) and (a.comparator or b.comparator):
        weaker = (b.is_floor and b.value < a.value) or (b.is_ceiling and b.value > a.value)
        return weaker or (b.comparator is None and not a.allows(b.value))
    return not (a.comparator and a.allows(b.value)) and not (b.comparator and b.allows(a.value))


def _is_measure(found: Found) -> bool:
    return "/indicators/" in found.pointer


def _near(one: Found, other: Found) -> bool:
    """Whether two texts belong together: one sheet, one activity, or both the plan's own."""
    if Part.SHEET in (one.part, other.part):
        return one.part is other.part and one.item == other.item
    return one.part is not Part.ACTIVITY or other.part is not Part.ACTIVITY or one.item == other.item


@rule(
    "N67",
    title="正文数字前后矛盾",
    problem="number-conflict",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.PLAN,
    cites=("mof-2015-88/reasonable", "good-practice/consistency"),
    remedy="核对应是哪一个数，两处改成一致；口径不同的，写明各指什么。",
    since=date(2015, 5, 21),
    parameters=(*PARAMETERS, NUMBER_NOUN_LENGTH),
)
def prose_agrees(view: PlanView) -> Iterator[Observation]:
    """总体目标、分项目标、保障措施里，或者同一张表的用途和目标里，同一件事写了两个数。

    先把单位换成一样的（亿元、万元、元）再比。地区、单位、月份、年份不同的，写明每、其中、累计、目前的，
    一个是“不少于”而另一个更高的，都不算矛盾。有三个以上不同的数的，多半是不同的事，不报。
    """
    lengths = view.parameter(NUMBER_NOUN_LENGTH)
    groups: dict[tuple[object, ...], list[Found]] = defaultdict(list)
    for found in view.derived(found_in):
        m = found.mention
        if not is_plain(found, view) or (m.length < lengths.near and m.measure is None):
            continue
        sheet = found.item if found.part is Part.SHEET else None
        groups[(m.unit, m.things, sheet)].append(found)
    told: set[str] = set()
    for group in groups.values():
        if len({f.mention.value for f in group}) != 2:
            continue
        first = group[0]
        second = next((f for f in group if _clash(first, f)), None)
        if second is None or (first.mention.length < lengths.far and not _near(first, second)):
            continue
        told.add(second.pointer)
        yield _two_values(first, second)
    for goal, indicator in _goals_and_indicators(view, lengths.near):
        if indicator.pointer not in told and _clash(goal, indicator):
            told.add(indicator.pointer)
            yield _two_values(goal, indicator)


def _two_values(first: Found, second: Found) -> Observation:
    a, b = first.mention, second.mention
    return Observation(
        at=second.pointer,
        evidence=f"{a.clause} ｜ {b.clause}",
        message=f"{_WHERE[first.part]}写“{a.clause}”，{_WHERE[second.part]}又写“{b.clause}”，"
        f"同一件事有 {a.printed} 和 {b.printed} 两个数。",
        suggestion=f"核对应是 {a.printed} 还是 {b.printed}，改成一致；不是同一件事的，写清各指什么。",
        related=tuple({f.pointer: None for f in (first,) if f.pointer != second.pointer}),
    )


def _goals_and_indicators(view: PlanView, least: int) -> Iterator[tuple[Found, Found]]:
    """The numbers of an activity's goal and of its indicators that say the same in fewer words: 场馆开放280天."""
    by_activity: dict[int, list[Found]] = defaultdict(list)
    for found in view.derived(found_in):
        if found.part is Part.ACTIVITY and is_plain(found, view):
            by_activity[found.item].append(found)
    for group in by_activity.values():
        measures = [f for f in group if _is_measure(f) and f.mention.length >= least]
        for goal in (f for f in group if not _is_measure(f)):
            same = [
                m for m in measures if m.mention.unit == goal.mention.unit and m.mention.things < goal.mention.things
            ]
            if len(same) == 1:
                yield goal, same[0]


@rule(
    "N66",
    title="部门目标与项目指标数字不一致",
    problem="number-conflict",
    severity=Severity.ERROR,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.PLAN,
    cites=("mof-2015-88/matched", "good-practice/consistency"),
    remedy="核对全年计划：项目指标之和应能支撑部门目标，改动一处使两处对得上；口径不同的，写明各指什么。",
    since=date(2015, 5, 21),
    parameters=(*PARAMETERS, NUMBER_NOUN_LENGTH, NUMBER_NOUN_LIKENESS),
    needs=(Need.GOAL_SHEETS,),
)
def part_one_agrees_with_sheets(view: PlanView) -> Iterator[Observation]:
    """总体目标、分项目标承诺的数量，在项目指标里是另一个数，几个项目加起来也对不上。

    名称的用词相同（项目名称里有的字可以省）、计量单位相同才比。指标之和达到“不少于”的承诺的、
    写明其中、每、累计、上年等不同口径的、年份或地区不同的，不报；同一个数在本表的用途、目标里已经报过的，也不再报。
    """
    least = view.parameter(NUMBER_NOUN_LENGTH).near
    in_sheets = view.derived(told_of_rows)
    weak = view.parameter(MENTION_WORDS).weak
    rows: dict[str, list[RowQuantity]] = defaultdict(list)
    for row in view.derived(row_quantities):
        rows[row.mention.unit].append(row)
    told: set[str] = set()
    for found in view.derived(found_in):
        if found.part not in _PROMISES or not is_plain(found, view) or found.mention.length < least:
            continue
        same = [r for r in rows.get(found.mention.unit, ()) if count_the_same(found, r, least, weak)]
        if not same or _carried(found, same) or same[0].row.pointer in told:
            continue
        if _holds(in_sheets.get(same[0].row.at("target"), ""), found.mention):
            continue
        told.add(same[0].row.pointer)
        yield _disagreement(found, same)


def _holds(words: str, mention: Mention) -> bool:
    """Whether a number stands in a text, as it is printed or with another counting word: 820名 in 「资助幼儿820人」."""
    return mention.printed in words or any(Decimal(number) == mention.value for number in _NUMBER.findall(words))


def _carried(found: Found, rows: Sequence[RowQuantity]) -> bool:
    """Whether the rows, one of them or all together, keep the promise."""
    m = found.mention
    values = [r.mention.value for r in rows]
    candidates = values if is_rate(m.unit) else [*values, sum(values, Decimal(0))]
    return any(m.allows(value) or m.value == value for value in candidates)


def _disagreement(found: Found, rows: Sequence[RowQuantity]) -> Observation:
    first, promised = rows[0].row, found.mention
    total = sum(r.mention.value for r in rows)
    if len(rows) == 1:
        words = f"项目“{first.sheet.sheet.label}”的指标“{first.row.label}”却是 {first.row.target.text}"
    else:
        words = (
            f"{len(rows)} 个指标（{'、'.join(r.row.row.target.text or '' for r in rows)}）相加是 {total}{promised.unit}"
        )
    return Observation(
        at=first.at("target"),
        evidence=f"{promised.clause} ｜ {first.row.label} {first.row.target.text}",
        message=f"{_WHERE[found.part]}写“{promised.clause}”，{words}，项目做完了部门目标也完不成，或者反过来。",
        related=(found.pointer, *(r.row.at("target") for r in rows[1:])),
    )


@rule(
    "N59",
    title="部门目标没有指标承接",
    problem="goal-without-indicator",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.PLAN,
    cites=("mof-2015-88/relevance-review", "good-practice/consistency"),
    remedy="在承担这项任务的项目里设对应指标；没有项目承担的，写明由谁、用什么钱完成，或者从目标里删去。",
    since=date(2015, 5, 21),
    parameters=(*PARAMETERS, NUMBER_NOUN_LENGTH, PROMISE_CARRIED_SHARE),
    needs=(Need.GOAL_SHEETS,),
)
def promises_are_carried(view: PlanView) -> Iterator[Observation]:
    """总体目标里有数字的承诺，在分项目标、项目的用途、目标和指标里连同样的用词都找不到，年底没有东西可以考核它。

    一个自然段报一条，全是比率的只作提示。现状、过去的数，不报。
    """
    least = view.parameter(NUMBER_NOUN_LENGTH).near
    share = view.parameter(PROMISE_CARRIED_SHARE)
    spending = view.parameter(MENTION_WORDS).spending
    below = _texts_below(view)
    missing: dict[str, list[Found]] = defaultdict(list)
    for found in view.derived(found_in):
        m = found.mention
        if found.part is not Part.OVERALL or not is_promise(found, view) or m.length < least:
            continue
        if is_time(m.unit) or any(word in m.clause for word in spending):
            continue
        if share_held(m.things, below) * _WHOLE < share:
            missing[found.pointer].append(found)
    for pointer, group in missing.items():
        said = "；".join(dict.fromkeys(f.mention.clause for f in group))
        yield Observation(
            at=pointer,
            evidence=said,
            message=f"总体目标承诺“{said}”，但没有一个分项目标或项目指标提到它，年底无从考核。",
            severity=Severity.ADVICE if all(is_rate(f.mention.unit) for f in group) else None,
        )


def _texts_below(view: PlanView) -> list[str]:
    """What activities and sheets say, one text each: a promise is carried where its words stand together."""
    parts = [" ".join(i.text for i in a.indicators) + (a.goal or "") for a in view.plan.activities]
    for sheet in view.sheets:
        project = sheet.sheet.project.name or ""
        parts += [project + (sheet.sheet.purpose or ""), *(project + goal for goal in sheet.goals)]
        parts += [f"{project}{row.row.name or ''}{row.row.description or ''}" for row in sheet.rows]
    return parts
