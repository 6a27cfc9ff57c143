"""Passages of running text that tell of what is done already, where a plan should say what is to be done."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jixiao.domain.period import FiscalYear
from jixiao.parameters.keys import PAST_WORDS
from jixiao.parameters.shapes import PastWords
from jixiao.readings.text import any_of
from jixiao.readings.view import PlanView
from jixiao.readings.written import Looked, running_texts

_SENTENCE = re.compile(r"[^。；;！!？?\n]+")
_CLAUSE = re.compile(r"[^，,：:]+")
_CLAUSE_MARKS = "，,；;：:、"
_LE, _DE = "了", "的"


def past_passages(view: PlanView) -> Mapping[str, tuple[str, ...]]:
    """The clauses that tell of something done, by the pointer of their text."""
    words = view.parameter(PAST_WORDS)
    telling = view.standing(_telling)
    found = {}
    for written in telling.texts.faulty(view.derived(running_texts)):
        text = written.text
        sentences = (m.group().strip() for m in _SENTENCE.finditer(text))
        if past := tuple(
            clause for s in sentences if (clause := _past(view.year_of(written.sheet), s, words, telling, text))
        ):
            found[written.pointer] = past
    return found


@dataclass(frozen=True, slots=True)
class _Telling:
    """What finds any of the words at all, in texts and in a sentence, those that are sure, those that go with a number."""

    texts: Looked
    anything: re.Pattern[str]
    sure: re.Pattern[str]
    counted: re.Pattern[str]


def _telling(view: PlanView) -> _Telling:
    words = view.parameter(PAST_WORDS)
    anything = any_of((*words.sure, *words.counted, *words.past_years, _LE))
    return _Telling(Looked(anything.search), anything, any_of(words.sure), any_of(words.counted))


def _past(year: FiscalYear | None, sentence: str, words: PastWords, telling: _Telling, text: str) -> str | None:
    """The clause of a sentence that tells of something done; None where there is none."""
    if not telling.anything.search(sentence):
        return None
    counts = _counted(words.counters)
    counted = counts.search(sentence) is not None
    planned = _is_planned(year, sentence, words.planned)
    for m in _CLAUSE.finditer(sentence):
        clause = m.group().strip()
        if telling.sure.search(clause) and any(_after(clause, word, words.not_past) for word in words.sure):
            return clause
        so_far = sentence[: m.end()]
        if _LE in clause and not any(w in so_far for w in words.effects) and _with_le(words, clause):
            return clause
        if planned:
            continue
        if (
            counted
            and telling.counted.search(clause)
            and any(_after(clause, word, words.not_past) for word in words.counted)
        ):
            return sentence if not counts.search(clause) else clause
        if _of_past_year(clause, words) and not _is_planned(year, text, ()):
            return clause
    return None


@lru_cache(maxsize=8)
def _counted(counters: Sequence[str]) -> re.Pattern[str]:
    """A number: in digits, or in words before a counting word, 三家."""
    return re.compile(rf"\d|[一二三四五六七八九十百千万]+(?:{'|'.join(counters)})")


def _is_planned(year: FiscalYear | None, text: str, words: Sequence[str]) -> bool:
    """Whether a text goes on to what is planned: names the year it is for or says so."""
    return any(w in text for w in words) or (year is not None and str(year.year) in text)


def _after(clause: str, word: str, unless: Sequence[str]) -> bool:
    """Whether a clause holds a word that is not what it hopes for or rests on, nor part of 已…的."""
    start = clause.find(word)
    if start < 0 or any(w in clause[:start] for w in unless):
        return False
    rest = clause[start + len(word) :]
    return not (word.startswith("已") and _DE in rest)


@lru_cache(maxsize=8)
def _le(verbs: Sequence[str], words_with_le: Sequence[str]) -> re.Pattern[str]:
    """A verb and 了, which is not the beginning of a word such as 了解."""
    unless = "|".join(re.escape(word.removeprefix(_LE)) for word in words_with_le) or r"(?!)"
    return re.compile(f"(?:{'|'.join(verbs)}){_LE}(?!{unless})")


def _with_le(words: PastWords, clause: str) -> bool:
    m = _le(words.verbs, words.words_with_le).search(clause)
    return m is not None and not clause.endswith(_DE) and not any(w in clause[: m.start()] for w in words.not_past)


def _of_past_year(clause: str, words: PastWords) -> bool:
    for name in words.past_years:
        start = clause.find(name)
        if start == 0 or (start > 0 and clause[start - 1] in _CLAUSE_MARKS):
            after = clause[start + len(name) :]
            return after.startswith(words.past_year_verbs) and _counted(words.counters).search(after) is not None
    return False
