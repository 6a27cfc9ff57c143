"""Dates that no calendar has, and spans and ranges that end before they begin."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from jixiao.domain.quantities import Moment, Quantity, parse
from jixiao.readings.view import RowView


class Why(Enum):
    """Why a value cannot be."""

    NO_SUCH_MONTH = auto()
    NO_SUCH_DAY = auto()
    ENDS_BEFORE_IT_BEGINS = auto()
    HIGH_BEFORE_LOW = auto()


@dataclass(frozen=True, slots=True)
class Impossible:
    """The words of a value that cannot be, and why; ``month`` and ``day`` as written, 0 where none is."""

    words: str
    why: Why
    month: int = 0
    day: int = 0


def impossible(row: RowView) -> Impossible | None:
    """What in the value of a row cannot be; None where nothing is wrong."""
    return _impossible(row.row.target.text or "")


@lru_cache(maxsize=8192)
def _impossible(text: str) -> Impossible | None:
    """The same of the words of a value: two rules ask."""
    tree = parse(text)
    for moment in tree.moments:
        if found := _not_in_the_calendar(moment, text[moment.start : moment.end]):
            return found
    whole = tree.nodes[0] if len(tree.nodes) == 1 else None
    if isinstance(whole, Quantity) and whole.upper is not None and whole.value > whole.upper:
        return Impossible(text, Why.HIGH_BEFORE_LOW)
    return None


def _not_in_the_calendar(moment: Moment, words: str) -> Impossible | None:
    if (month := moment.no_month) is not None:
        return Impossible(words, Why.NO_SUCH_MONTH, month)
    if moment.is_reversed and moment.since and moment.since[0]:
        return Impossible(words, Why.ENDS_BEFORE_IT_BEGINS)
    if moment.has_no_such_day:
        return Impossible(words, Why.NO_SUCH_DAY, moment.month or 0, moment.day or 0)
    return None
