"""Reads the chapters of running text: activities in prose (绩效目标：… or 目标1：…) and safeguards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from jixiao.domain.numbering import unnumbered
from jixiao.domain.plan import Activity, ActivityIndicator, Safeguard
from jixiao.domain.provenance import Location
from jixiao.readers.raw import Paragraph
from jixiao.readers.sheets.trace import Trace

_GOAL = re.compile(r"\s*(?:年度|分项)?绩效目标\s*[:：]\s*")
_INDICATOR = re.compile(r"\s*(?:年度|分项)?绩效指标\s*[:：]\s*")
_DESCRIPTION = re.compile(r"\s*(?:内容描述|工作内容|主要内容)\s*[:：]\s*")
_NUMBERED_GOAL = re.compile(r"\s*目标\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[:：]")
_LABELS = (_GOAL, _INDICATOR, _DESCRIPTION, _NUMBERED_GOAL)
_LONGEST_TITLE = 80
_LONGEST_SENTENCE_HEADING = 20
_LONGEST_CLAUSE_HEADING = 15
_WORK_HEADING = re.compile(r"(\S{2,8}?工作)(?=新|将|要|计划|力争|全年|重点|预计)")


def read_activities(paragraphs: Sequence[Paragraph], trace: Trace) -> tuple[Activity, ...]:
    """Activities in prose: a heading, then its goal and indicator lines."""
    activities: list[Activity] = []
    style = _item_style(paragraphs)
    field = ""
    for n, paragraph in enumerate(paragraphs):
        text = paragraph.text
        following = paragraphs[n + 1].text if n + 1 < len(paragraphs) else ""
        if not any(label.match(text) for label in _LABELS) and _is_title(text, following, style):
            activities.append(Activity(name=_title(text)))
            trace.put(paragraph.place, "activities", len(activities) - 1, "name")
            field = ""
            continue
        if not activities:
            activities.append(Activity())
        field = _add(activities, text, paragraph.place, field, trace)
    return tuple(activities)


def _item_style(paragraphs: Sequence[Paragraph]) -> str | None:
    """The numbering of items: that of the first numbered paragraph."""
    for paragraph in paragraphs:
        style = unnumbered(paragraph.text).style
        if style not in (None, "goal"):
            return style
    return None


def _is_title(text: str, following: str, style: str | None) -> bool:
    if style is not None and unnumbered(text).style == style:
        return True
    if len(text) > _LONGEST_TITLE:
        return False
    return _GOAL.match(following) is not None or _NUMBERED_GOAL.match(following) is not None


def _title(text: str) -> str:
    return unnumbered(text).text.rstrip("。；;：: ")


def _add(activities: list[Activity], text: str, place: Location, field: str, trace: Trace) -> str:
    """Put a paragraph into the last activity; returns the field it went to, where an unlabelled next one goes too."""
    current, n = activities[-1], len(activities) - 1
    if m := _INDICATOR.match(text):
        trace.put(place, "activities", n, "indicators", len(current.indicators))
        activities[-1] = replace(current, indicators=(*current.indicators, ActivityIndicator(text[m.end() :].strip())))
        return "indicators"
    if m := _GOAL.match(text):
        field, text = "goal", text[m.end() :]
    elif _NUMBERED_GOAL.match(text):
        field = "goal"
    elif m := _DESCRIPTION.match(text):
        field, text = "description", text[m.end() :]
    elif field == "indicators":
        last = current.indicators[-1]
        joined = replace(last, text=f"{last.text}\n{text.strip()}")
        activities[-1] = replace(current, indicators=(*current.indicators[:-1], joined))
        return field
    elif not field:
        field = "description"
    before = current.goal if field == "goal" else current.description
    joined_text = f"{before}\n{text.strip()}" if before else text.strip()
    activities[-1] = (
        replace(current, goal=joined_text) if field == "goal" else replace(current, description=joined_text)
    )
    if not before:
        trace.put(place, "activities", n, field)
    return field


def read_safeguards(paragraphs: Sequence[Paragraph], trace: Trace) -> tuple[Safeguard, ...]:
    """Safeguards: numbered items with a heading; what stands under an item without a number belongs to it."""
    style = _item_style(paragraphs)
    safeguards: list[Safeguard] = []
    numbered = False
    for paragraph in paragraphs:
        item = unnumbered(paragraph.text)
        if style is not None and item.style == style:
            safeguards.append(_split_heading(item.text))
            numbered = True
            trace.put(paragraph.place, "safeguards", len(safeguards) - 1)
        elif numbered and safeguards:
            last = safeguards[-1]
            text = f"{last.text}\n{paragraph.text.strip()}" if last.text else paragraph.text.strip()
            safeguards[-1] = replace(last, text=text)
            trace.places.setdefault(f"/safeguards/{len(safeguards) - 1}/text", paragraph.place)
        else:
            safeguards.append(Safeguard(None, paragraph.text.strip()))
            trace.put(paragraph.place, "safeguards", len(safeguards) - 1)
    return tuple(safeguards)


def _split_heading(text: str) -> Safeguard:
    """Heading and text of an item: its short first sentence, else the short first clause of a single sentence."""
    sentence, _, rest = text.partition("。")
    rest = rest.strip()
    if not rest and len(sentence) <= _LONGEST_SENTENCE_HEADING and "，" not in sentence:
        return Safeguard(sentence.strip(), None)
    if rest and len(sentence) <= _LONGEST_SENTENCE_HEADING:
        return Safeguard(sentence.strip(), rest)
    clause, comma, tail = text.partition("，")
    if comma and len(clause) <= _LONGEST_CLAUSE_HEADING:
        return Safeguard(clause.strip(), tail.strip())
    if m := _WORK_HEADING.match(text):
        return Safeguard(m[1], text[m.end() :].strip())
    return Safeguard(None, text.strip())
