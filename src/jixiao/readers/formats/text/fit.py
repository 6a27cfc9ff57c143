"""How ill words fit a column of the indicator table, and which cells of a row were left out at its left.

Costs are weights of a heuristic, compared with each other only: a weight that is no number, a name that is a value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from jixiao.domain.measure_units import is_unit
from jixiao.domain.quantities.comparators import comparison
from jixiao.domain.quantities.folding import folded
from jixiao.domain.target import TargetType
from jixiao.domain.target_grammar import parse_target
from jixiao.vocabulary import Column, Vocabulary
from jixiao.vocabulary.cell_values import amount_of

_VALUES = (TargetType.NUMERIC, TargetType.RANGE, TargetType.DATE)
_NUMBERED = re.compile(r"指标\s*\d{1,2}\s*[:：]?|…+|\.{2,6}")
_SHORT_WORD = 6
_LONG_LABEL = 5
_NOTHING = frozenset({"", "-", "—", "/", "无"})
_NO_FIT = 5.0
_NOT_EMPTY = {Column.NAME: 2.0, Column.TARGET: 1.0, Column.WEIGHT: 0.4, Column.SCORE: 0.4, Column.ACTUAL: 0.4}
_BEYOND = 2.0
_BARE_LABEL = 0.6
"""A level label without 指标 may as well be a name: 服务对象满意度"""


def is_comparison(words: str) -> bool:
    """Whether words are the cell of a column of signs: ≥, 大于等于, or 定性 where there is nothing to compare."""
    return words == "定性" or comparison(folded(words).text) is not None


@lru_cache(maxsize=4096)
def is_value(words: str) -> bool:
    """Whether words are a quantity, a range or a date."""
    return parse_target(words).target.type in _VALUES


@lru_cache(maxsize=16384)
def misfit(column: Column | None, words: str, vocabulary: Vocabulary) -> float:
    """What it costs to read ``words`` as the cell of a column; None for a column nobody knows."""
    if words in _NOTHING:
        return _NOT_EMPTY.get(column, 0.1) if column is not None else 0.0
    match column:
        case Column.CLASS | Column.KIND:
            found = vocabulary.label(words).class_ if column is Column.CLASS else vocabulary.label(words).kind
            return _NO_FIT if found is None else 0.0 if "指标" in words else _BARE_LABEL
        case Column.NAME:
            return 3.0 if is_value(words) else 2.5 if is_level_label(words, vocabulary) else 0.0
        case Column.TARGET | Column.ACTUAL:
            if is_level_label(words, vocabulary):
                return _NO_FIT
            return 0.0 if is_value(words) else 0.7 if len(words) <= _SHORT_WORD else 2.3
        case Column.WEIGHT | Column.SCORE:
            return 0.0 if amount_of(words.removesuffix("分")) else 4.0
        case Column.SIGN:
            return 0.0 if is_comparison(words) else 4.0
        case Column.UNIT:
            return 0.0 if is_unit(words) else 4.0
        case None:
            return 0.0 if is_side_label(words, vocabulary) else 2.0
    return 1.5 if is_value(words) or is_level_label(words, vocabulary) else 0.0


def is_level_label(words: str, vocabulary: Vocabulary) -> bool:
    """Whether words are a level-1 or level-2 label that cannot be a name: 数量指标, 效益指标（30分）."""
    return "指标" in words and vocabulary.label(words).is_level


def is_long_label(words: str, vocabulary: Vocabulary) -> bool:
    """Whether words are a level label that only lacks 指标, too long to be one by accident: 可持续性影响."""
    return len(words) >= _LONG_LABEL and vocabulary.label(words).kind is not None


def is_numbered(words: str) -> bool:
    """Whether words only stand where an indicator would: 指标2, ……"""
    return _NUMBERED.fullmatch(words) is not None


def is_side_label(words: str, vocabulary: Vocabulary) -> bool:
    """Whether words are the label along the side of an indicator table."""
    return vocabulary.label(words).is_one_of("side_labels")


def row_misfit(words: Sequence[str], columns: Sequence[Column | None], vocabulary: Vocabulary) -> float:
    """What it costs to read words cell by cell under columns; fewer words leave the last columns empty."""
    cost = sum(misfit(column, word, vocabulary) for column, word in zip(columns, words, strict=False))
    cost += sum(misfit(column, "", vocabulary) for column in columns[len(words) :])
    return cost + _BEYOND * sum(word != "" for word in words[len(columns) :])


def levels_left_out(columns: Sequence[Column | None]) -> list[int]:
    """How many cells a row may lack at its left: none, those before a level, or all before the name."""
    levels = (Column.CLASS, Column.KIND, Column.NAME)
    return sorted({0, *(columns.index(level) for level in levels if level in columns)})


def left_out(words: Sequence[str], columns: Sequence[Column | None], vocabulary: Vocabulary) -> int:
    """How many cells a row lacks at its left because they were merged with the row above: the best fit."""
    if not words or not words[0]:
        return 0
    return min(levels_left_out(columns), key=lambda n: (row_misfit(words, columns[n:], vocabulary), n))
