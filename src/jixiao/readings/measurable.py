"""Whether a value can be held against what is done: asked positively, for what makes it so.

A value is measurable that holds a number with object and unit, a date or a period, a fact that can be witnessed, a named standard
or what it is compared with. All else promises nothing that anyone could find missed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum, auto
from functools import lru_cache

from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.quantities import Moment, Quantity, parse
from jixiao.domain.target import Comparator, TargetType
from jixiao.lexicon import Lexicon
from jixiao.parameters.keys import QUESTION_WORDS, VAGUE_VALUE_WORDS
from jixiao.readings.heads import complies
from jixiao.readings.text import fold, normalise
from jixiao.readings.value_cells import is_unit_only
from jixiao.readings.view import RowView

READ = (QUESTION_WORDS, VAGUE_VALUE_WORDS)
"""the parameters that the reading takes"""

_CLAUSE = re.compile(r"[，,；;。]")
_DIGIT = re.compile(r"\d")
_GRADE = re.compile(r"[ⅠⅡⅢⅣⅤIV]+类|[A-Z]{1,3}|[甲乙丙特一二三四五]级")
_YEARS = ((Decimal(1), "年"), (Decimal(12), "个月"), (Decimal(365), "天"))
_FIRST_MONTH, _LAST_MONTH = 1, 12
_OPENER = "\0"
"""nothing before"""
_SHORTEST = 3
"""characters from which on a value may be the name again"""


class Measurability(StrEnum):
    """What makes a value measurable, or why it is not."""

    MEASURED = auto()
    """it holds a number, a date, a fact, a standard or a comparison; or it is empty or a sign alone, which others say"""
    WHOLE_YEAR = auto()
    """a period, but the whole year: nothing can be late"""
    NAME_AGAIN = auto()
    """no more than the name says"""
    WITHIN_BUDGET = auto()
    """not above the money there is, without saying how much"""
    UNNAMED_STANDARD = auto()
    """as relevant rules ask"""
    WORDS = auto()
    """words that nobody can judge"""


def measurability(row: RowView) -> Measurability:
    """How a row's value can be judged."""
    target = row.row.target
    text = target.text or ""
    if text and is_whole_year(text, row.row.kind, row.lexicon):
        return Measurability.WHOLE_YEAR
    if target.type is not TargetType.QUALITATIVE or not normalise(text) or is_unit_only(text):
        return Measurability.MEASURED
    questions = row.parameter(QUESTION_WORDS)
    asked = any(word in row.description for word in questions.asking)
    if any(word in row.name for word in questions.asking) or (asked and normalise(text) not in questions.answers):
        return Measurability.MEASURED
    return _of(text, row.name, is_empty_talk(text, row.parameter(VAGUE_VALUE_WORDS)), row.lexicon)


@lru_cache(maxsize=8192)
def is_empty_talk(text: str, vague: tuple[str, ...]) -> bool:
    """Whether a value holds a word of which it is known that nobody can judge it: 及时, 有效; a single character only alone."""
    words = normalise(text)
    return any(word == words if len(word) == 1 else word in words for word in vague)


def is_whole_year(text: str, kind: IndicatorKind | None, known: Lexicon) -> bool:
    """Whether a value says no more than the year: 全年, 1-12月, 2026年1月至12月."""
    words = normalise(text)
    if words in known.words["whole_year"]:
        return True
    if kind is not IndicatorKind.TIMELINESS:
        return False
    found = parse(text).found
    if len(found) == 1 and isinstance(found[0], Quantity):
        return found[0].comparator is None and is_one_year(text)
    if len(found) != 1 or not isinstance(found[0], Moment):
        return False
    said, rest = found[0], normalise(fold(text)[: found[0].start] + fold(text)[found[0].end :])
    if said.due or (rest.strip("度内") and rest not in known.words["whole_year"]):
        return False
    from_start = said.since is not None and said.since[1] == _FIRST_MONTH
    return (from_start and said.month == _LAST_MONTH) or (said.month is None and said.since is None)


def is_one_year(text: str) -> bool:
    """Whether a value is a year, counted in any unit of time: 1年, =12个月."""
    found = parse(text).found
    if len(found) != 1 or not isinstance(found[0], Quantity) or found[0].comparator not in (None, Comparator.EXACTLY):
        return False
    return (found[0].start, found[0].end) == (0, len(fold(text))) and (found[0].value, found[0].unit) in _YEARS


@lru_cache(maxsize=8192)
def _of(text: str, name: str, vague: bool, known: Lexicon) -> Measurability:  # noqa: FBT001 - part of the cache key
    words = normalise(text)
    if (
        _is_measured(text, words, known)
        or _is_graded(words, name, known)
        or (not vague and _has(words, known, "judged_times", "judged_facts_alone"))
    ):
        return Measurability.MEASURED
    if _has(words, known, "judged_budget"):
        return Measurability.WITHIN_BUDGET
    again = len(words) >= _SHORTEST and (words in name or name in words)
    if again and not name.startswith(known.words["head_events"]):
        return Measurability.NAME_AGAIN
    by_means = len(_CLAUSE.split(text.strip("。；; "))) > 1 and text.startswith(known.words["judged_means"])
    if words in known.words["head_complies"] and complies(name, known):
        return Measurability.MEASURED
    if not by_means and _is_witnessed(words, name, known):
        return Measurability.MEASURED
    for praise in known.words["judged_no_standards"]:
        words = words.replace(praise, "")
    named = next((w for w in known.words["judged_standards"] if w in words), None)
    if named is not None:
        bare = named in known.words["judged_bare"] and (words[: words.find(named)] or _OPENER).endswith(
            (*known.words["judged_bare_openers"], _OPENER)
        )
        return (
            Measurability.UNNAMED_STANDARD if bare or _has(words, known, "judged_unnamed") else Measurability.MEASURED
        )
    return Measurability.WORDS


def _is_measured(text: str, words: str, known: Lexicon) -> bool:
    if _DIGIT.search(fold(text)) or parse(text).found or _GRADE.search(words):
        return True
    return _has(words, known, "judged_compared")


def _is_witnessed(words: str, name: str, known: Lexicon) -> bool:
    """Whether a value tells a fact that can be witnessed; what is awarded counts where somebody judges it."""
    for unseen in known.words["judged_unseen"]:
        words = words.replace(unseen, "")
    facts = [word for word in known.words["judged_facts"] if word in words]
    judged = _has(name + words, known, "judged_judges")
    return any(judged or fact not in known.words["judged_awarded"] for fact in facts)


def _is_graded(words: str, name: str, known: Lexicon) -> bool:
    """Whether a value is a grade of what is graded by a national standard: air quality 优良."""
    return words in known.words["judged_grades"] and _has(name, known, "judged_graded")


def _has(words: str, known: Lexicon, *meanings: str) -> bool:
    return any(word in words for meaning in meanings for word in known.words[meaning])
