"""Rule on goals of a sheet that its indicators do not measure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.measure_units import is_money, is_time
from jixiao.parameters.keys import MENTION_WORDS, NUMBER_NOUN_LENGTH, PROMISE_CARRIED_SHARE
from jixiao.readings.mentions import words_of
from jixiao.readings.promises import PARAMETERS, TextMention, is_promise, row_mentions, share_held, text_mentions
from jixiao.readings.view import PlanView, SheetView
from jixiao.readings.written import Part
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

_WHOLE = 100
NOT_MEASURED = Message(
    "not-measured",
    "目标写了{promises:list}，本表 {rows:number} 行指标里没有一行考核它，年底说不清这条目标做到没有。",
)


@rule(
    "G59",
    title="指标没有反映目标",
    problem="goal-indicator-mismatch",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.PLAN,
    cites=("mof-2015-88/relevance-review", "mof-2015-88/quantified"),
    remedy="为这条目标补上对应的指标；不是本项目做的事，从目标里删去。",
    since=date(2015, 5, 21),
    parameters=(*PARAMETERS, NUMBER_NOUN_LENGTH, PROMISE_CARRIED_SHARE),
    needs=(Need.GOAL_SHEETS,),
    says=(NOT_MEASURED,),
    yields_to=("G55",),
)
def goals_are_measured(view: PlanView) -> Iterator[Observation]:
    """一条项目目标里写了数，但目标里的每一个数，同一张表的指标里都没有：名称、描述找不到同样的用词，
    指标值里也没有同样的数。照搬别的项目的目标另报。

    只要有一个数落到了指标上、或者有一行指标说的就是这件事，都不报；金额、天数和日期、现状和过去的数不看。没有指标的表另报。
    """
    goals: dict[str, list[TextMention]] = defaultdict(list)
    for found in view.derived(text_mentions):
        m = found.mention
        if found.part is Part.SHEET and "/goals/" in found.pointer and not is_time(m.unit) and not is_money(m.unit):
            goals[found.pointer].append(found)
    values, least = view.derived(_values), view.parameter(PROMISE_CARRIED_SHARE)
    empty = frozenset(view.parameter(MENTION_WORDS).empty)
    for pointer, group in goals.items():
        sheet = view.sheets[group[0].item]
        if not sheet.rows or not all(_is_missing(view, f, sheet, values) for f in group):
            continue
        goal = sheet.goals[int(pointer.rpartition("/")[2])]
        if share_held(frozenset(words_of(goal)) - empty, view.derived(_said)[sheet.index]) * _WHOLE >= least:
            continue
        said = tuple(dict.fromkeys(f.mention.clause for f in group))
        yield Observation(
            at=pointer,
            evidence="；".join(said),
            says=NOT_MEASURED(promises=said, rows=len(sheet.rows)),
            related=(sheet.at("indicators"),),
        )


def _values(view: PlanView) -> dict[int, set[tuple[Decimal, str]]]:
    """The values with units that the rows of each sheet have."""
    out: dict[int, set[tuple[Decimal, str]]] = defaultdict(set)
    for row in view.derived(row_mentions):
        out[row.row.sheet.index].add((row.mention.value, row.mention.unit))
    return out


def _is_missing(
    view: PlanView, found: TextMention, sheet: SheetView, values: dict[int, set[tuple[Decimal, str]]]
) -> bool:
    m = found.mention
    if not is_promise(found, view) or m.length < view.parameter(NUMBER_NOUN_LENGTH).near:
        return False
    if (m.value, m.unit) in values[sheet.index]:
        return False
    least: int = view.parameter(PROMISE_CARRIED_SHARE)
    return share_held(m.things, view.derived(_said)[sheet.index]) * _WHOLE < least


def _said(view: PlanView) -> list[list[str]]:
    """What the rows of each sheet say."""
    return [
        [f"{row.row.name or ''}{row.row.description or ''}{row.row.target.text or ''}" for row in sheet.rows]
        for sheet in view.sheets
    ]
