"""Goals that open with a year before the plan's: a goal of a year speaks of that year or later ones.

What comes before a year may say how things stand (2026年，全县共有大棚3000亩，本年……) or what they are held against; that is
no goal. What opens with an earlier year, tells no standing and never comes to the year of the plan is one of that year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from jixiao.parameters.shapes import OpeningYearWords
from jixiao.readings.goal_words import bare
from jixiao.readings.text import any_of

_OPENS = re.compile(r"(?P<words>(?P<year>20\d\d)\s*年度?)\s*(?P<mark>[，,：:])?\s*")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_SENTENCE_END = re.compile(r"[。；;！!？?\n]")
_CLAUSE_END = re.compile(r"[，,。；;！!？?\n]")


def opens_earlier(text: str, year: int, words: OpeningYearWords) -> str | None:
    """The opening of a goal that is of a year before ``year``, up to the first mark; None where nothing is wrong with it."""
    goal = bare(text)
    opening = _OPENS.match(goal)
    if opening is None or int(opening["year"]) >= year:
        return None
    rest = goal[opening.end() :]
    if any(int(m.group()) >= year for m in _YEAR.finditer(rest)) or any_of(words.this_year).search(rest):
        return None
    first = _CLAUSE_END.split(rest, maxsplit=1)[0]
    sentence = _SENTENCE_END.split(rest, maxsplit=1)[0]
    if any_of(words.standing).search(sentence):
        return None
    if opening["mark"] is None and not _somebody(words.who).match(rest) and not _deed(first, words):
        return None
    return goal[: opening.end()] + first


def _deed(clause: str, words: OpeningYearWords) -> bool:
    """Whether a clause says what is done and how much of it: 改造灯具800盏; not what stands beside a noun: 新建道路的养护."""
    return clause.startswith(words.deeds) and any(c.isdigit() for c in clause) and "的" not in clause


@lru_cache(maxsize=8)
def _somebody(who: Sequence[str]) -> re.Pattern[str]:
    """Who does it, right behind the year: 全县, 我局, 本中心."""
    return re.compile("|".join(who))
