"""Rules on the numbers of running text: said twice with two values, and promised in part one against the sheets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.measure_units import is_time
from jixiao.domain.message import Said
from jixiao.domain.money import plain
from jixiao.parameters.keys import MENTION_WORDS, NUMBER_NOUN_LENGTH, PROMISE_CARRIED_SHARE
from jixiao.readings import disagreements as read
from jixiao.readings.disagreements import Disagreement, disagreements_by_target
from jixiao.readings.mentions import Mention, is_rate
from jixiao.readings.promises import (
    PARAMETERS,
    RowMention,
    TextMention,
    are_held,
    count_the_same,
    is_plain,
    is_promise,
    row_mentions,
    text_mentions,
)
from jixiao.readings.view import PlanView
from jixiao.readings.written import Part
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

_PROMISES = (Part.OVERALL, Part.ACTIVITY)


def _clash(one: TextMention, other: TextMention) -> bool:
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


def _is_measure(found: TextMention) -> bool:
    return "/indicators/" in found.pointer


def _near(one: TextMention, other: TextMention) -> bool:
    """Whether two texts belong together: one sheet, one activity, or both the plan's own."""
    if Part.SHEET in (one.part, other.part):
        return one.part is other.part and one.item == other.item
    return one.part is not Part.ACTIVITY or other.part is not Part.ACTIVITY or one.item == other.item


TWO_VALUES = Message(
    "two-values",
    "{where:text}写“{one:words}”，{other_where:text}又写“{other:words}”，同一件事有 {value:number} 和 {other_value:number} 两个数。",
)
CHECK = Message("check", "核对应是 {value:number} 还是 {other:number}，改成一致；不是同一件事的，写清各指什么。")


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
    says=(TWO_VALUES,),
    proposes=(CHECK,),
)
def prose_agrees(view: PlanView) -> Iterator[Observation]:
    """总体目标、分项目标、保障措施里，或者同一张表的用途和目标里，同一件事写了两个数。

    先把单位换成一样的（亿元、万元、元）再比。地区、单位、月份、年份不同的，写明每、其中、累计、目前的，
    一个是“不少于”而另一个更高的，都不算矛盾。有三个以上不同的数的，多半是不同的事，不报。
    """
    lengths = view.parameter(NUMBER_NOUN_LENGTH)
    groups: dict[tuple[object, ...], list[TextMention]] = defaultdict(list)
    for found in view.derived(text_mentions):
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


def _two_values(first: TextMention, second: TextMention) -> Observation:
    a, b = first.mention, second.mention
    return Observation(
        at=second.pointer,
        evidence=f"{a.clause} ｜ {b.clause}",
        says=TWO_VALUES(
            where=first.label,
            one=a.clause,
            other_where=second.label,
            other=b.clause,
            value=a.printed,
            other_value=b.printed,
        ),
        suggests=CHECK(value=a.printed, other=b.printed),
        related=(first.pointer,) if first.pointer != second.pointer else (),
    )


def _goals_and_indicators(view: PlanView, least: int) -> Iterator[tuple[TextMention, TextMention]]:
    """The numbers of an activity's goal and of its indicators that say the same in fewer words: 场馆开放280天."""
    by_activity: dict[int, list[TextMention]] = defaultdict(list)
    for found in view.derived(text_mentions):
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


_NOT_DONE = "，项目做完了部门目标也完不成，或者反过来。"
ONE_ROW = Message(
    "one-row",
    "{where:text}写“{promise:words}”，项目“{project:words}”的指标“{indicator:words}”却是 {target:words}" + _NOT_DONE,
)
ROWS_TOGETHER = Message(
    "rows-together",
    "{where:text}写“{promise:words}”，{rows:number} 个指标（{targets:list}）相加是 {sum:number}" + _NOT_DONE,
)
RATES = Message("rates", "{where:text}写“{promise:words}”，{rows:number} 个指标却分别是{targets:list}" + _NOT_DONE)


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
    parameters=read.PARAMETERS,
    needs=(Need.GOAL_SHEETS,),
    says=(ONE_ROW, ROWS_TOGETHER, RATES),
)
def part_one_agrees_with_sheets(view: PlanView) -> Iterator[Observation]:
    """总体目标、分项目标承诺的数量，在项目指标里是另一个数，几个项目加起来也对不上。

    名称的用词相同（项目名称里有的字可以省）、计量单位相同才比。指标之和达到“不少于”的承诺的、
    写明其中、每、累计、上年等不同口径的、年份或地区不同的，不报；同一个数在本表的用途、目标里已经报过的，也不再报。
    """
    least = view.parameter(NUMBER_NOUN_LENGTH).near
    in_sheets = view.derived(disagreements_by_target)
    weak = view.parameter(MENTION_WORDS).weak
    rows: dict[str, list[RowMention]] = defaultdict(list)
    for row in view.derived(row_mentions):
        rows[row.mention.unit].append(row)
    told: set[str] = set()
    for found in view.derived(text_mentions):
        if found.part not in _PROMISES or not is_plain(found, view) or found.mention.length < least:
            continue
        same = [r for r in rows.get(found.mention.unit, ()) if count_the_same(found, r, least, weak)]
        if not same or _carried(found, same) or same[0].row.pointer in told:
            continue
        if _says(in_sheets.get(same[0].row.at("target")), found.mention):
            continue
        told.add(same[0].row.pointer)
        yield _disagreement(found, same)


def _says(own: Disagreement | None, mention: Mention) -> bool:
    """Whether the row's own sheet gives the same number against it, be it with another counting word: 820名, 820人."""
    return own is not None and mention.value in own.values


def _carried(found: TextMention, rows: Sequence[RowMention]) -> bool:
    """Whether the rows, one of them or all together, keep the promise."""
    m = found.mention
    values = [r.mention.value for r in rows]
    candidates = values if is_rate(m.unit) else [*values, sum(values, Decimal(0))]
    return any(m.allows(value) or m.value == value for value in candidates)


def _disagreement(found: TextMention, rows: Sequence[RowMention]) -> Observation:
    first, promised = rows[0].row, found.mention
    return Observation(
        at=first.at("target"),
        evidence=f"{promised.clause} ｜ {first.row.label} {first.row.target.text}",
        says=_against_rows(found, rows),
        related=(found.pointer, *(r.row.at("target") for r in rows[1:])),
    )


def _against_rows(found: TextMention, rows: Sequence[RowMention]) -> Said:
    where, promised, first = found.label, found.mention, rows[0].row
    if len(rows) == 1:
        project, target = first.sheet.sheet.label, first.row.target.text or ""
        return ONE_ROW(where=where, promise=promised.clause, project=project, indicator=first.row.label, target=target)
    targets = [r.row.row.target.text or "" for r in rows]
    if is_rate(promised.unit):
        return RATES(where=where, promise=promised.clause, rows=len(rows), targets=targets)
    total = f"{plain(sum((r.mention.value for r in rows), Decimal(0)))}{promised.unit}"
    return ROWS_TOGETHER(where=where, promise=promised.clause, rows=len(rows), targets=targets, sum=total)


NOT_CARRIED = Message("not-carried", "总体目标承诺{promises:list}，但没有一个分项目标或项目指标提到它，年底无从考核。")


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
    says=(NOT_CARRIED,),
)
def promises_are_carried(view: PlanView) -> Iterator[Observation]:
    """总体目标里有数字的承诺，在分项目标、项目的用途、目标和指标里连同样的用词都找不到，年底没有东西可以考核它。

    一个自然段报一条，全是比率的只作提示。现状、过去的数，不报。
    """
    least = view.parameter(NUMBER_NOUN_LENGTH).near
    share = view.parameter(PROMISE_CARRIED_SHARE)
    spending = view.parameter(MENTION_WORDS).spending
    below = _texts_below(view)
    missing: dict[str, list[TextMention]] = defaultdict(list)
    for found in view.derived(text_mentions):
        m = found.mention
        if found.part is not Part.OVERALL or not is_promise(found, view) or m.length < least:
            continue
        if is_time(m.unit) or any(word in m.clause for word in spending):
            continue
        if not are_held(m.things, below, share):
            missing[found.pointer].append(found)
    for pointer, group in missing.items():
        said = tuple(dict.fromkeys(f.mention.clause for f in group))
        yield Observation(
            at=pointer,
            evidence="；".join(said),
            says=NOT_CARRIED(promises=said),
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
