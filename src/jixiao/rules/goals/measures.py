"""Rule on goals of a sheet that its indicators do not measure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.measure_units import is_money, is_time
from jixiao.parameters.keys import NUMBER_NOUN_LENGTH, PROMISE_CARRIED_SHARE
from jixiao.readings.mentions import words_of
from jixiao.readings.promises import (
    PARAMETERS,
    RowMention,
    TextMention,
    are_held,
    is_promise,
    row_mentions_by_sheet,
    text_mentions_by_sheet,
    vocabulary,
)
from jixiao.readings.text import normalise
from jixiao.readings.view import PlanView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

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
    scope=Scope.SHEET,
    cites=("mof-2015-88/relevance-review", "mof-2015-88/quantified"),
    remedy="为这条目标补上对应的指标；不是本项目做的事，从目标里删去。",
    since=date(2015, 5, 21),
    parameters=(*PARAMETERS, NUMBER_NOUN_LENGTH, PROMISE_CARRIED_SHARE),
    needs=(Need.GOAL_SHEETS,),
    says=(NOT_MEASURED,),
    yields_to=("G55",),
)
def goals_are_measured(sheet: SheetView) -> Iterator[Observation]:
    """一条项目目标里写了数，但目标里的每一个数，同一张表的指标里都没有：名称、描述找不到同样的用词，
    指标值里也没有同样的数。照搬别的项目的目标另报。

    只要有一个数落到了指标上、或者有一行指标说的就是这件事，都不报；金额、天数和日期、现状和过去的数不看。没有指标的表另报。
    """
    view = sheet.plan
    mentions = view.derived(text_mentions_by_sheet).get(sheet.index, ()) if sheet.rows else ()
    if not mentions:
        return
    least, empty = view.parameter(PROMISE_CARRIED_SHARE), view.standing(vocabulary).empty
    rows = [f"{row.row.name or ''}{row.row.description or ''}{row.row.target.text or ''}" for row in sheet.rows]
    of_sheet = view.derived(row_mentions_by_sheet).get(sheet.index, ())
    values: set[tuple[Decimal, str | None]] = {(row.mention.value, row.mention.unit) for row in of_sheet}
    bare = (row.row.target for row in sheet.rows)
    values |= {(target.number, None) for target in bare if target.number is not None and target.unit is None}
    for n, goal in enumerate(sheet.goals):
        at = sheet.at("goals", n)
        group = [
            f for f in mentions if f.pointer == at and not is_time(f.mention.unit) and not is_money(f.mention.unit)
        ]
        if not group or not all(_is_missing(view, f, rows, values) for f in group):
            continue
        if are_held(frozenset(words_of(goal)) - empty, rows, least) or any(_is_counted(f, of_sheet) for f in group):
            continue
        said = tuple(dict.fromkeys(f.mention.clause for f in group))
        yield Observation(
            at=at,
            evidence="；".join(said),
            says=NOT_MEASURED(promises=said, rows=len(rows)),
            related=(sheet.at("indicators"),),
        )


def _is_counted(found: TextMention, rows: Sequence[RowMention]) -> bool:
    """Whether a row counts in the same unit what stands right before the number: 修缮人民法庭3处, 修缮法庭数量."""
    noun = normalise(found.mention.clause.partition(found.mention.printed)[0])[-_NOUN:]
    return len(noun) == _NOUN and any(row.mention.unit == found.mention.unit and noun in row.row.name for row in rows)


_NOUN = 2
"""characters of a noun at its end, which say what it is"""


def _is_missing(
    view: PlanView, found: TextMention, rows: Sequence[str], values: Collection[tuple[Decimal, str | None]]
) -> bool:
    """Whether a number is a promise that no row holds, neither the number nor what it counts."""
    m = found.mention
    if not is_promise(found, view) or m.length < view.parameter(NUMBER_NOUN_LENGTH).near:
        return False
    if (m.value, m.unit) in values or (m.stated[0], None) in values:
        return False
    return not are_held(m.things, rows, view.parameter(PROMISE_CARRIED_SHARE))
