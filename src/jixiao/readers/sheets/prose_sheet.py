"""Reads a goal sheet that was written as running text: 数量指标：培训人数，≥100人；培训期数，5期。

A line names a kind and lists its indicators; a line 产出指标 above gives the class, else the kind does. Only values that
the text sets apart from the name (a sign, a comma, a number at the end) are taken; the rest stays in the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from jixiao.domain.goal_sheet import GoalSheet, Project
from jixiao.domain.indicator import Indicator, IndicatorClass, IndicatorKind
from jixiao.domain.target import TargetType
from jixiao.domain.target_grammar import parse_target
from jixiao.readers.labels import Field, class_of, field_of, kind_of
from jixiao.readers.raw import Paragraph
from jixiao.readers.sheets.goals import split_goals
from jixiao.readers.sheets.words import amount_of, organisation_of, unnumbered
from jixiao.readers.trace import Trace

_KIND_LINE = re.compile(r"(?P<label>[^:：，。；]{2,16}?指标)\s*[:：]\s*(?P<items>\S.*)", re.DOTALL)
_LABEL_LINE = re.compile(r"(?P<label>[^:：，。；]{2,16})\s*[:：]\s*(?P<value>\S.*)", re.DOTALL)
_ITEM_END = re.compile(r"[；;。\n]+")
_SIGNED = re.compile(
    r"(?P<name>.+?)[，,:：\s]*(?P<value>(?:≥|≤|≧|≦|>=|<=|[<>=＞＜＝]|不少于|不低于|不超过|大于等于|小于等于|达到|至少|控制在)\s*\d.*)"
)
_COMMA = re.compile(r"(?P<name>[^，,:：]+)[，,:：](?P<value>[^，,:：]{1,20})")
_TRAILING = re.compile(r"(?P<name>\D+?)(?P<value>\d[\d,.]*\s*\S{0,6})")
_VALUES = (TargetType.NUMERIC, TargetType.RANGE, TargetType.DATE)
_DOUBTFUL = Decimal("0.7")
_FEWEST_LINES = 2

_CLASS_OF_KIND = {
    IndicatorKind.QUANTITY: IndicatorClass.OUTPUT,
    IndicatorKind.QUALITY: IndicatorClass.OUTPUT,
    IndicatorKind.TIMELINESS: IndicatorClass.OUTPUT,
    IndicatorKind.COST: IndicatorClass.OUTPUT,
    IndicatorKind.ECONOMIC: IndicatorClass.OUTCOME,
    IndicatorKind.SOCIAL: IndicatorClass.OUTCOME,
    IndicatorKind.ECOLOGICAL: IndicatorClass.OUTCOME,
    IndicatorKind.SUSTAINED_IMPACT: IndicatorClass.OUTCOME,
    IndicatorKind.BENEFICIARY_SATISFACTION: IndicatorClass.SATISFACTION,
    IndicatorKind.ECONOMIC_COST: IndicatorClass.COST,
    IndicatorKind.SOCIAL_COST: IndicatorClass.COST,
    IndicatorKind.ENVIRONMENTAL_COST: IndicatorClass.COST,
}


@dataclass(slots=True)
class _Draft:
    sheet: GoalSheet
    rows: list[Indicator] = field(default_factory=list)
    class_: IndicatorClass | None = None


def holds_prose_sheet(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether running text lists indicators by kind."""
    return sum(_kind_line(p.text) is not None for p in paragraphs) >= _FEWEST_LINES


def _kind_line(text: str) -> tuple[IndicatorKind, str] | None:
    m = _KIND_LINE.fullmatch(unnumbered(text).text)
    kind = kind_of(m["label"]) if m else None
    return (kind, m["items"]) if m and kind is not None else None


def read_prose_sheet(paragraphs: Sequence[Paragraph], trace: Trace) -> tuple[GoalSheet, list[Paragraph]]:
    """The sheet, and the paragraphs that are none of it."""
    below = trace.below("goal_sheets", 0)
    draft = _Draft(GoalSheet(1))
    rest: list[Paragraph] = []
    for paragraph in paragraphs:
        text = unnumbered(paragraph.text).text
        if (line := _kind_line(paragraph.text)) is not None:
            _add(draft, line[0], line[1], paragraph, below)
        elif (found := class_of(text.rstrip("：:。"))) is not None:
            draft.class_ = found
        elif not _head_line(draft, text, paragraph, below):
            rest.append(paragraph)
    below.note(
        "sheet.from_prose",
        f"绩效目标没有列成表，从文字中读出 {len(draft.rows)} 条指标，请对照原文核对。",
        confidence=_DOUBTFUL,
    )
    return replace(draft.sheet, indicators=tuple(draft.rows)), rest


def _add(draft: _Draft, kind: IndicatorKind, items: str, paragraph: Paragraph, trace: Trace) -> None:
    class_ = _CLASS_OF_KIND[kind]
    if kind is IndicatorKind.COST and draft.class_ is IndicatorClass.COST:
        class_ = IndicatorClass.COST
    for name, value in _items(items):
        n = len(draft.rows)
        parsed = parse_target(value)
        trace.put(paragraph.place, "indicators", n)
        for remark in parsed.remarks:
            trace.note(remark.code, remark.message, "indicators", n, "target", confidence=remark.confidence)
        draft.rows.append(Indicator(class_=class_, kind=kind, name=name, target=parsed.target))


def _items(text: str) -> Iterator[tuple[str, str | None]]:
    """(name, value) of each indicator listed; the value None where the words do not set it apart."""
    for piece in _ITEM_END.split(text):
        item = unnumbered(piece).text
        if item:
            yield _name_and_value(item)


def _name_and_value(item: str) -> tuple[str, str | None]:
    if m := _SIGNED.fullmatch(item):
        return m["name"].strip(), m["value"].strip()
    if m := _COMMA.fullmatch(item):
        return m["name"].strip(), m["value"].strip()
    if (m := _TRAILING.fullmatch(item)) and parse_target(m["value"]).target.type in _VALUES:
        return m["name"].strip(), m["value"].strip()
    return item, None


def _head_line(draft: _Draft, text: str, paragraph: Paragraph, trace: Trace) -> bool:
    """项目名称：…, 年度资金总额：…, 年度目标：…"""
    m = _LABEL_LINE.fullmatch(text)
    label = field_of(m["label"]) if m else None
    if m is None or label is None:
        return False
    sheet, value = draft.sheet, m["value"].strip()
    if label is Field.PROJECT_NAME:
        draft.sheet = replace(sheet, project=Project(sheet.project.code, value))
        trace.put(paragraph.place, "project", "name")
    elif label is Field.BUDGET_UNIT:
        draft.sheet = replace(sheet, budget_unit=organisation_of(value))
        trace.put(paragraph.place, "budget_unit")
    elif label is Field.GOALS:
        draft.sheet = replace(sheet, goals=(*sheet.goals, *split_goals(value)))
        trace.put(paragraph.place, "goals")
    elif label is Field.TOTAL and (amount := amount_of(value.rstrip("。"))) is not None:
        draft.sheet = replace(sheet, budget=replace(sheet.budget, total=amount.value, currency_unit=amount.unit))
        trace.put(paragraph.place, "budget")
    else:
        return False
    return True
