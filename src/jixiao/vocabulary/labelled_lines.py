"""Lines of text that name fields of a head and give their values: 项目名称：…　实施单位：…, 年度资金总额：860 其中：财政拨款 860."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from jixiao.domain.numbering import unnumbered
from jixiao.vocabulary.slots import Field
from jixiao.vocabulary.vocabulary import Vocabulary

OPENINGS = (Field.PROJECT_CODE, Field.PROJECT_NAME)
OWNERS = (*OPENINGS, Field.DEPARTMENT, Field.BUDGET_UNIT)
"""What the heads of sheets begin with"""
GOALS = (Field.GOALS, Field.LONG_TERM_GOALS, Field.GOALS_REACHED)
AMOUNTS = (Field.TOTAL, Field.FISCAL, Field.OTHER, Field.CARRYOVER, Field.MONEY_PART)
_TEXTS = (*GOALS, Field.PURPOSE, Field.BACKGROUND)
"""Fields whose values are sentences"""
_LONGEST_LABEL = 24
_FARTHEST = 1000
"""Characters that a value may have before the next label in its line"""
_COLON = (":", "：")
_LABEL_STOPS = re.compile(r"[，,。；;！]")
_BOUNDARY = re.compile(r"(?<=[\s，,；;。])(?=\S)")
_FIRST_LABEL = re.compile(r"\s*(?:[^:：，,。；;\s]\s?){2,20}(?:[:：\s]|\d|$)")
_AMOUNT = re.compile(r"\s*(?:[¥￥]?\d|[-—/\\无]|$)")
_YEAR = re.compile(r"\s*20\d\d")
_UNKNOWN_LABEL = re.compile(r"(?:^|\s)(?P<label>[\u4e00-\u9fff（）()]{2,10}[:：])")
_SEAL = re.compile(r"\s*[（(](?:盖章|公章|签章|签字)[)）]$")
_ENDS = "，,；;。 \t\u3000"


@dataclass(frozen=True, slots=True)
class LabelledValue:
    """A label and the words behind it, which may be none."""

    field: Field | None
    """None for a label of no known meaning: 填报日期"""
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class _Mark:
    field: Field
    start: int
    end: int
    colon: bool


@lru_cache(maxsize=1024)
def labelled_values(text: str, vocabulary: Vocabulary) -> tuple[LabelledValue, ...]:
    """The labels and values of a line that begins with a label of a head; none for any other line."""
    text = unnumbered(text).text
    if _FIRST_LABEL.match(text) is None or (mark := _mark_at(text, 0, vocabulary)) is None:
        return ()
    found: list[LabelledValue] = []
    while mark is not None:
        following = _next_mark(text, mark, vocabulary)
        value = text[mark.end : following.start if following else len(text)].strip()
        label = text[mark.start : mark.end].strip()
        if mark.field in _TEXTS:
            found.append(LabelledValue(mark.field, label, value.rstrip("，, ") if following else value))
        else:
            unknown = _UNKNOWN_LABEL.search(value)
            known = value[: unknown.start()] if unknown else value
            found.append(LabelledValue(mark.field, label, _SEAL.sub("", known.strip(_ENDS))))
            if unknown:
                found.append(LabelledValue(None, unknown["label"], value[unknown.end() :].strip(_ENDS)))
        mark = following
    return tuple(found)


def begins_with_label(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line begins with a label of a head, so that it does not go on with the line above."""
    return _FIRST_LABEL.match(text) is not None and (mark := _mark_at(text, 0, vocabulary)) is not None and mark.colon


def _mark_at(text: str, start: int, vocabulary: Vocabulary) -> _Mark | None:
    """The longest label at ``start`` that a colon, a blank or the end of the line parts from what follows."""
    stop = _LABEL_STOPS.search(text, start, start + _LONGEST_LABEL)
    for end in range(stop.start() if stop else min(len(text), start + _LONGEST_LABEL), start + 1, -1):
        words = text[start:end]
        field = vocabulary.label(words).field
        if field is None:
            continue
        amount = field in AMOUNTS or field is Field.MONEY
        if field is Field.YEAR and not _YEAR.match(text, end):
            return None
        if words.rstrip().endswith(_COLON):
            return _Mark(field, start, end, colon=True)
        if field in AMOUNTS and not _AMOUNT.match(text, end):
            return None
        if words[-1].isspace() or end == len(text) or (amount and text[end].isdigit()):
            return _Mark(field, start, end, colon=False)
        return None
    return None


def _next_mark(text: str, mark: _Mark, vocabulary: Vocabulary) -> _Mark | None:
    """The next label in the line. In sentences only a label with a colon ends the words before it."""
    if (at_once := _mark_at(text, mark.end, vocabulary)) is not None and (mark.field not in _TEXTS or at_once.colon):
        return at_once
    for boundary in _BOUNDARY.finditer(text, mark.end, mark.end + _FARTHEST):
        found = _mark_at(text, boundary.start(), vocabulary) if boundary.start() > mark.end else None
        if found is None or text[found.start : found.end] == text[mark.start : mark.end]:
            continue
        if _is_open(text[mark.end : found.start]):
            continue
        if mark.field in GOALS:
            if found.colon and found.field in GOALS:
                return found
        elif mark.field in _TEXTS or text[boundary.start() - 1] in "，,；;。":
            if found.colon or (found.field in AMOUNTS and mark.field not in _TEXTS):
                return found
        else:
            return found
    return None


def _is_open(text: str) -> bool:
    """Whether what follows a text stands in its brackets."""
    return text.count("（") + text.count("(") > text.count("）") + text.count(")")
