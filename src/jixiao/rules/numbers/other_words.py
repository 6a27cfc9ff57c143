"""Rule on what a goal promises and a row measures in other words: the same thing, told short here and in full there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.parameters.keys import MENTION_WORDS, NUMBER_NOUN_LENGTH
from jixiao.readings.abbreviated import in_order, is_short_for
from jixiao.readings.promises import (
    PARAMETERS,
    RowMention,
    TextMention,
    count_the_same,
    is_plain,
    row_mentions_by_sheet,
    text_mentions_by_sheet,
)
from jixiao.readings.view import SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

OTHER_WORDS = Message(
    "other-words",
    "目标写“{clause:words}”，指标“{indicator:words}”是“{value:words}”：“{short:text}”看来就是“{whole:text}”，叫法不同，数也不同，"
    "年底按哪个考核说不清。",
)


@rule(
    "N91",
    title="目标与指标叫法不同、数也不同",
    problem="number-conflict",
    severity=Severity.ADVICE,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/relevance-review", "good-practice/consistency"),
    remedy="是同一件事的，目标和指标用同一个名称、同一个数；不是同一件事的，各写清楚。",
    since=date(2015, 5, 21),
    parameters=(*PARAMETERS, NUMBER_NOUN_LENGTH),
    needs=(Need.GOAL_SHEETS,),
    says=(OTHER_WORDS,),
    yields_to=("N65",),
)
def goals_and_rows_use_one_name(sheet: SheetView) -> Iterator[Observation]:
    """目标里的一个数，和本表一行指标的单位相同、名称一个是另一个的简称（养老站、养老服务站），数却不一样。只作建议。

    用词相同的按数字不一致报；只在前面或后面多几个字的，可能是其中一部分，不报；有几行都像的，指标值比目标承诺的高的，不报。
    """
    view = sheet.plan
    rows = view.derived(row_mentions_by_sheet).get(sheet.index, ())
    mentions = view.derived(text_mentions_by_sheet).get(sheet.index, ()) if rows else ()
    for found in mentions:
        if "/goals/" not in found.pointer or not is_plain(found, view):
            continue
        alike = [(row, names) for row in rows if (names := _names(found, row, sheet)) is not None]
        if len(alike) != 1:
            continue
        row, (short, whole) = alike[0]
        if row.mention.value < found.mention.value:
            yield Observation(
                at=row.row.at("target"),
                evidence=f"{found.mention.clause} ｜ {row.row.row.label} {row.row.row.target.text}",
                says=OTHER_WORDS(
                    clause=found.mention.clause,
                    indicator=row.row.row.label,
                    value=row.row.row.target.text or "",
                    short=short,
                    whole=whole,
                ),
                related=(found.pointer,),
                confidence=Decimal("0.7"),
            )


def _names(found: TextMention, row: RowMention, sheet: SheetView) -> tuple[str, str] | None:
    """(short, whole) of what a goal and a row count in one unit, where one name is short for the other."""
    if found.mention.unit != row.mention.unit:
        return None
    least, weak = sheet.parameter(NUMBER_NOUN_LENGTH).near, sheet.parameter(MENTION_WORDS).weak
    if count_the_same(found, row, least, weak):
        return None
    one = in_order(found.mention.clause, found.mention.things, weak)
    other = in_order(row.row.row.name or "", row.mention.things, weak)
    short, whole = sorted((one, other), key=len)
    return (short, whole) if is_short_for(short, whole) else None
