"""Reads a goal sheet that was written as running text: 数量指标：培训人数，≥100人；培训期数，5期。

A line names a kind and lists its indicators; a line 产出指标 above gives the class, else the kind does. Only values that
the text sets apart from the name (a sign, a comma, a number at the end) are taken; the rest stays in the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from jixiao.domain.filled import FilledRow
from jixiao.domain.indicator import Indicator, IndicatorClass, IndicatorKind
from jixiao.domain.numbering import unnumbered
from jixiao.domain.provenance import Location
from jixiao.domain.quantities import PartKind, parse
from jixiao.domain.target import Target, TargetType
from jixiao.domain.target_grammar import parse_target
from jixiao.readers.raw import Paragraph
from jixiao.readers.sheets.head_lines import goes_on, head_table, unknown_labels
from jixiao.readers.sheets.table import Table
from jixiao.readers.sheets.trace import Trace
from jixiao.vocabulary import Vocabulary
from jixiao.vocabulary.labelled_lines import OPENINGS, OWNERS, LabelledValue, labelled_values

_KIND_BEGINS = re.compile(
    r"(?:(?<=^)|(?<=[；;。：:，,、\s\d.．)）]))(?P<label>[\u4e00-\u9fff]{2,14}?指标)(?:[（(]\d+分[)）])?\s*[:：]"
)
_STAGED = re.compile(
    r"(?P<name>.+?)[，,、:：\s]*(?:年初|年度|全年|预期|计划|设定)*(?:指标值|目标值)(?:为|是)?[:：]?\s*(?P<value>[^，,；;]+)"
    r"(?:[，,；;]\s*(?:年度|全年|实际)*(?:完成情况|完成值|实际值|完成)(?:为|是)?[:：]?\s*(?P<actual>.+))?"
)
_DONE = re.compile(
    r"(?P<promised>.+?)[，,、]\s*(?:年度|全年|实际)*(?:完成情况|完成值|实际值|(?<=实际)完成)(?:为|是)?[:：]?\s*(?P<actual>.+)"
)
_ITEM_END = re.compile(r"[；;。\n]+")
_COMMA = re.compile(r"(?P<name>[^，,:：]+)[，,:：](?P<value>[^，,:：]{1,20})")
_VALUES = (TargetType.NUMERIC, TargetType.RANGE, TargetType.DATE)
_LONG_PARAGRAPH = 400
_DOUBTFUL = Decimal("0.7")
_FEWEST_LINES = 2
_MOST_LINES_OF_HEAD = 40
_STAGE = re.compile(r"(?:年度|全年|实际|年初|预期|计划|设定)*(?:完成情况|完成值|实际值|指标值|目标值|完成)?(?:为|是)?")
"""What names a stage of an indicator, not an indicator"""

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
    vocabulary: Vocabulary
    head: list[tuple[Paragraph, Sequence[LabelledValue]]] = field(default_factory=list)
    rows: list[Indicator] = field(default_factory=list)
    filled: list[FilledRow] = field(default_factory=list)
    in_goals: bool = False
    """whether lines without a label go on with the goals above them"""
    class_: IndicatorClass | None = None
    kind: IndicatorKind | None = None

    @property
    def last_labels(self) -> Sequence[LabelledValue]:
        """The labels of the last line of the head that has any."""
        return next((values for _, values in reversed(self.head) if values), ())


@dataclass(frozen=True, slots=True)
class _Item:
    """An indicator as listed: its name, and the words of its values where they are set apart."""

    name: str
    value: str | None = None
    actual: str | None = None


def holds_prose_sheet(paragraphs: Sequence[Paragraph], vocabulary: Vocabulary) -> bool:
    """Whether running text lists indicators by kind."""
    listed = sum(kind is not None for p in paragraphs for kind, _ in _parts(p.text, vocabulary))
    under = sum(
        _kind_heading(p.text, vocabulary) is not None and _is_item(following.text)
        for p, following in pairwise(paragraphs)
    )
    return listed + under >= _FEWEST_LINES


def _parts(text: str, vocabulary: Vocabulary) -> list[tuple[IndicatorKind | None, str]]:
    """A paragraph cut before each kind that it lists indicators of: 数量指标：…；质量指标：…"""
    text = unnumbered(text).text
    marks = [(m, kind) for m in _KIND_BEGINS.finditer(text) if (kind := vocabulary.label(m["label"]).kind)]
    ends = [*(m.start() for m, _ in marks[1:]), len(text)][: len(marks)]
    parts: list[tuple[IndicatorKind | None, str]] = []
    if before := text[: marks[0][0].start()] if marks else text:
        parts.append((None, before.strip()))
    return parts + [(kind, text[m.end() : end].strip()) for (m, kind), end in zip(marks, ends, strict=True)]


def _kind_heading(text: str, vocabulary: Vocabulary) -> IndicatorKind | None:
    """The kind that a line alone names for the lines under it."""
    return vocabulary.label(unnumbered(text).text.rstrip("：: ")).kind


def _is_item(text: str) -> bool:
    return any(item.value is not None for item in _items(text))


@dataclass(frozen=True, slots=True)
class ProseSheet:
    """What one sheet in running text says: the lines of its head as a table, its indicators, and what was reached of each."""

    head: Table | None
    indicators: tuple[Indicator, ...]
    filled: tuple[FilledRow, ...]


def read_prose_sheet(
    paragraphs: Sequence[Paragraph], trace: Trace, vocabulary: Vocabulary, n: int = 0
) -> tuple[ProseSheet, list[Paragraph], list[Paragraph]]:
    """The sheet up to the next one, the paragraphs that are none of it, and those from the next one on."""
    below = trace.below("goal_sheets", n)
    draft = _Draft(vocabulary)
    rest: list[Paragraph] = []
    further: list[Paragraph] = []
    for p, paragraph in enumerate(paragraphs):
        if draft.rows and _opens_another(draft, paragraph, paragraphs[p + 1 : p + _MOST_LINES_OF_HEAD]):
            further = list(paragraphs[p:])
            break
        parts = _parts(paragraph.text, vocabulary)
        if all(kind is None for kind, _ in parts):
            if not _plain_line(draft, paragraph, below):
                rest.append(paragraph)
            continue
        for kind, items in parts:
            if kind is not None:
                draft.kind = kind
                _add(draft, kind, items, paragraph, below)
            elif (found := vocabulary.label(items.rstrip("：: ")).class_) is not None:
                draft.class_ = found
            elif not _head_line(draft, Paragraph(items, paragraph.place)):
                below.note("unplaced", f"{paragraph.place.label}的这些文字不属于任何指标，未读入：{items}")
    below.note(
        "sheet.from_prose",
        f"绩效目标没有列成表，从文字中读出 {len(draft.rows)} 条指标，请对照原文核对。",
        confidence=_DOUBTFUL,
    )
    rest += unknown_labels(draft.head)
    return ProseSheet(head_table(draft.head, vocabulary), tuple(draft.rows), tuple(draft.filled)), rest, further


def _opens_another(draft: _Draft, paragraph: Paragraph, following: Sequence[Paragraph]) -> bool:
    """Whether a line below indicators begins the head of another sheet, which has indicators of its own."""
    first = labelled_values(paragraph.text, draft.vocabulary)[:1]
    named = any(value.field in OPENINGS for _, values in draft.head for value in values)
    return bool(first) and named and first[0].field in OWNERS and holds_prose_sheet(following, draft.vocabulary)


def _plain_line(draft: _Draft, paragraph: Paragraph, trace: Trace) -> bool:
    """A line that lists no kind: a level alone, a line of the head, or indicators of the kind named above."""
    text = unnumbered(paragraph.text).text
    found = draft.vocabulary.label(text.rstrip("：:。 ")).class_
    kind = _kind_heading(text, draft.vocabulary)
    if found is not None and not (found is IndicatorClass.COST and draft.class_ is IndicatorClass.OUTPUT):
        draft.class_, draft.kind, draft.in_goals = found, kind, False
    elif kind is not None:
        draft.kind, draft.in_goals = kind, False
    elif _head_line(draft, paragraph):
        draft.kind = None
    elif draft.kind is not None and _is_item(text):
        _add(draft, draft.kind, text, paragraph, trace)
    else:
        return False
    return True


def _add(draft: _Draft, kind: IndicatorKind, items: str, paragraph: Paragraph, trace: Trace) -> None:
    draft.in_goals = False
    class_ = _CLASS_OF_KIND[kind]
    if kind is IndicatorKind.COST and draft.class_ is IndicatorClass.COST:
        class_ = IndicatorClass.COST
    for item in _items(items):
        n = len(draft.rows)
        trace.put(_place_of(item, paragraph), "indicators", n)
        target = _value(item.value, trace, n, "target")
        actual = _value(item.actual, trace, n, "actual") if item.actual is not None else None
        draft.rows.append(Indicator(class_=class_, kind=kind, name=item.name, target=target))
        draft.filled.append(FilledRow(actual))


def _place_of(item: _Item, paragraph: Paragraph) -> Location:
    """Where an indicator stands; of a long paragraph its own words only, or thousands would each hold the whole."""
    if len(paragraph.text) <= _LONG_PARAGRAPH:
        return paragraph.place
    words = "，".join(w for w in (item.name, item.value, item.actual) if w)
    return paragraph.place._replace(text=words)


def _value(text: str | None, trace: Trace, n: int, key: str) -> Target:
    parsed = parse_target(text)
    for remark in parsed.remarks:
        trace.note(remark.code, remark.message, "indicators", n, key, confidence=remark.confidence)
    return parsed.target


def _items(text: str) -> Iterator[_Item]:
    """The indicators listed; several in one sentence where each piece between commas has a name and a value."""
    for piece in _ITEM_END.split(text):
        item = unnumbered(piece).text.strip("，, ")
        if not item:
            continue
        clauses = [_item(clause) for clause in re.split("[，,、]", item) if clause.strip()]
        if len(clauses) > 1 and all(c.value is not None and not _STAGE.fullmatch(c.name) for c in clauses):
            yield from clauses
        else:
            yield _item(item)


def _item(text: str) -> _Item:
    if m := _STAGED.fullmatch(text):
        return _Item(m["name"].strip(), m["value"].strip(), m["actual"] and m["actual"].strip())
    if m := _DONE.fullmatch(text):
        return _Item(*_name_and_value(m["promised"].strip()), m["actual"].strip())
    return _Item(*_name_and_value(text.strip()))


def _name_and_value(item: str) -> tuple[str, str | None]:
    tree = parse(item)
    signed = next((q for q in tree.quantities if q.part(PartKind.COMPARED)), None)
    if signed is not None and (name := item[: signed.start].rstrip("，,:： ")):
        return name, item[signed.start :].strip()
    if m := _COMMA.fullmatch(item):
        return m["name"].strip(), m["value"].strip()
    if tree.found and (name := item[: tree.found[0].start].strip()) and _is_value(item[tree.found[0].start :]):
        return name, item[tree.found[0].start :].strip()
    return item, None


def _is_value(text: str) -> bool:
    """Whether a text is a value and nothing else."""
    parsed = parse_target(text)
    return parsed.target.type in _VALUES and all(remark.code != "target.glued" for remark in parsed.remarks)


def _head_line(draft: _Draft, paragraph: Paragraph) -> bool:
    """项目名称：…, 年度资金总额：…, 年度目标：…, and what goes on under a label of goals."""
    values = labelled_values(paragraph.text, draft.vocabulary)
    if not values and not (draft.in_goals and goes_on(draft.last_labels, paragraph.text, draft.vocabulary)):
        return False
    draft.head.append((paragraph, values))
    draft.in_goals = draft.in_goals or bool(values)
    return True
