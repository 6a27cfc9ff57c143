"""Whether more or less of an indicator is better, told from its name."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from jixiao.domain.indicator import IndicatorKind
from jixiao.lexicon import Better, Lexicon, Measure
from jixiao.parameters.keys import DIRECTION_WORDS
from jixiao.parameters.shapes import DirectionWords
from jixiao.readings.measured import is_satisfaction
from jixiao.readings.names import bare_name
from jixiao.readings.view import RowView


class Direction(Enum):
    """Whether more or less of an indicator is better; UNKNOWN where words do not tell."""

    HIGHER = 1
    LOWER = -1
    UNKNOWN = 0


def direction(row: RowView) -> Direction:
    """Told from the name alone: descriptions name what is avoided as well as what is reached."""
    spec, name = row.parameter(DIRECTION_WORDS), bare_name(row)
    if is_satisfaction(row) and "投诉" not in name:
        return Direction.HIGHER
    counts = (row.row.target.unit or _ANY) if row.row.kind is IndicatorKind.QUANTITY else ""
    return _named(name, row.words, counts, spec, row.lexicon)


_ANY = "个"
"""what a quantity without a unit counts"""


def is_named_better(row: RowView) -> bool:
    """Whether the name ends in a measure of which more is better, so that no description is needed to tell."""
    name = bare_name(row)
    term = row.lexicon.ending(name)
    return (row.lexicon.composed(name) or (term and term.better)) is Better.MORE


def allows_most_to_go_wrong(row: RowView) -> bool:
    """Whether half of what is done or more may go wrong by the value of a rate of slips, which nobody means: 投诉率 90%."""
    target, spec = row.row.target, row.parameter(DIRECTION_WORDS)
    if target.number is None or not target.is_percent or target.number < _HALF:
        return False
    floor = target.comparator is not None and target.comparator.is_floor
    return (
        not floor
        and direction(row) is Direction.LOWER
        and bare_name(row).endswith(_endings(spec.slips, spec.slip_rates))
    )


_HALF = 50


@lru_cache(maxsize=8192)
def _named(name: str, words: str, counts: str, spec: DirectionWords, known: Lexicon) -> Direction:
    """``counts``: what a quantity is counted in; empty for what is none."""
    composed = known.composed(name)
    if composed is Better.MORE:
        return Direction.HIGHER
    if composed is Better.LESS:
        told = known.has(words.removeprefix(name), "handling")  # 信访件数, described as 受理和办结的信访件
        return (
            Direction.UNKNOWN if told and not name.endswith(_endings(spec.slips, spec.slip_rates)) else Direction.LOWER
        )
    handled = known.has(words, "handling") is not None
    setback = known.is_setback(name)
    lessened = _without_ending(name, _endings(spec.lessening, spec.lessened_by))
    if lessened is not None and known.has(lessened, "setback"):
        return Direction.HIGHER  # 发案数下降率
    if setback and name.endswith(_endings(spec.slips, spec.slip_rates)):
        return Direction.LOWER  # 检验报告差错率: the report is no handling of it
    if setback is not None:
        if handled and not name.endswith(spec.spans):
            return Direction.UNKNOWN  # what is done about a bad thing; the time it takes is still to be short
        return Direction.LOWER if setback else Direction.UNKNOWN
    if name.endswith(spec.gains):
        return Direction.HIGHER
    term = known.ending(name)
    either_way = known.has(name, "either_way")
    if either_way and not (term is not None and term.measures is Measure.RATE and either_way in term.word):
        return Direction.UNKNOWN  # 血压控制率 is told by the whole word, though 控制 alone tells nothing
    if term is None or term.better is None:
        done = counts in spec.held or (counts and known.has(name, "doing"))
        return Direction.HIGHER if done else Direction.UNKNOWN
    if term.better is Better.LESS:
        return Direction.UNKNOWN if handled and not name.endswith(spec.spans) else Direction.LOWER
    return Direction.HIGHER if term.better is Better.MORE else Direction.UNKNOWN


@lru_cache(maxsize=64)
def _endings(first: tuple[str, ...], last: tuple[str, ...]) -> tuple[str, ...]:
    """Every word of the one with every word of the other: 下降率, 减少幅度."""
    return tuple(a + b for a in first for b in last)


def _without_ending(name: str, endings: tuple[str, ...]) -> str | None:
    return next((name.removesuffix(ending) for ending in endings if name.endswith(ending)), None)
