"""Several things in one row: deeds side by side in the name, dates or products side by side in the value."""

from __future__ import annotations

import re
from functools import lru_cache

from jixiao.domain.quantities import Moment, Quantity, parse
from jixiao.lexicon import Lexicon
from jixiao.readings.heads import is_measure, tokens
from jixiao.readings.text import normalise
from jixiao.readings.view import RowView

_CLAUSE = re.compile(r"[；;，,。\n]")
_LIST = re.compile(r"[；;，,、]")
_SHORTEST = 4
"""characters of a deed with its object: 完成招标"""


def deeds_in(row: RowView) -> list[str]:
    """The deeds of a name that tells several, each in a clause with its own verb: 完成宣传片制作；完成方案编制."""
    return list(_deeds(row.row.name or "", row.lexicon))


def measures_in(row: RowView) -> list[str]:
    """The measures of a name that tells several side by side, set apart by marks: 病死率降低，重点人群检测比例."""
    return list(_measures(row.row.name or "", row.lexicon))


def values_in(row: RowView) -> list[str]:
    """The clauses of a value that each hold a deadline or a number of something of their own."""
    return list(_values(row.row.target.text or ""))


@lru_cache(maxsize=4096)
def _deeds(name: str, known: Lexicon) -> tuple[str, ...]:
    clauses = [c.strip() for c in _CLAUSE.split(name) if normalise(c)]
    deeds = known.words["deed_openers"]
    if len(clauses) > 1 and all(len(normalise(c)) >= _SHORTEST and _tells_a_deed(c, deeds) for c in clauses):
        return tuple(clauses)
    items = [c.strip() for c in _LIST.split(name) if normalise(c)]
    if len(items) > 1 and all(_is_deed_with_object(normalise(item), known) for item in items):
        return tuple(items)
    return ()


def _is_deed_with_object(text: str, known: Lexicon) -> bool:
    """Whether it is a verb and what it is done to, and no measure: 发放传单, but not 维修道路长度."""
    if len(text) < _SHORTEST or is_measure(text, known):
        return False
    known_deed = next((w for w in (*known.words["deed_openers"], *known.words["made"]) if text.startswith(w)), None)
    if known_deed is not None:
        return len(text) - len(known_deed) > 1
    (first, tag), *rest = tokens(text)
    if first in known.words["head_wishes"] or any(word in text for word in known.words["head_questions"]):
        return False
    return tag == "v" and bool(rest) and rest[-1][1].startswith("n") and not rest[-1][1].startswith("nr")


@lru_cache(maxsize=4096)
def _measures(name: str, known: Lexicon) -> tuple[str, ...]:
    parts = [p for p in (normalise(p) for p in _LIST.split(name)) if p]
    alike = len(parts) > 1 and all(len(p) >= _SHORTEST and is_measure(p, known) for p in parts)
    return tuple(parts) if alike else ()


def _tells_a_deed(clause: str, deeds: tuple[str, ...]) -> bool:
    """Whether a deed opens the clause, or follows when it is done: 上半年完成宣传片制作."""
    words = normalise(clause)
    return any(0 <= words.find(deed) <= _TIME_BEFORE for deed in deeds)


_TIME_BEFORE = 4
"""characters before a deed that may say when: 上半年, 12月底"""


@lru_cache(maxsize=4096)
def _values(text: str) -> tuple[str, ...]:
    if "每" in text:
        return ()
    found = []
    for clause in _CLAUSE.split(text):
        said = parse(clause).found
        if any(isinstance(one, Moment) for one in said) or any(_counts(one) for one in said):
            found.append(clause.strip())
    return tuple(found)


def _counts(one: object) -> bool:
    return isinstance(one, Quantity) and one.unit is not None and not one.lacks_unit
