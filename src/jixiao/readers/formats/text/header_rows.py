"""Headers of two rows in text: where merged cells were left out, the words of the second go where the first spans them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Protocol, TypeVar

from jixiao.vocabulary import Column, Vocabulary

_LEVELS = (Column.CLASS, Column.KIND, Column.NAME)
_VALUE = (Column.SIGN, Column.TARGET, Column.UNIT)
_FEWEST_HEADERS = 3


class Worded(Protocol):
    """A cell that knows its words."""

    @property
    def text(self) -> str: ...


W = TypeVar("W", bound=Worded)


def _parent(text: str, vocabulary: Vocabulary) -> Column | None:
    """The column of the first row that a word of the second stands under: 符号 under 预期指标值."""
    if vocabulary.label(text).reason is not None:
        return Column.DEVIATION
    if vocabulary.label(text).likelihood is not None:
        return Column.LIKELIHOOD
    column = vocabulary.label(text).column
    return Column.NAME if column in _LEVELS else Column.TARGET if column in _VALUE else None


def in_one_row(rows: Sequence[list[W]], vocabulary: Vocabulary) -> list[list[W]]:
    """The rows with every header of two rows put into one; a second row that begins with an empty cell is in line as it is."""
    result: list[list[W]] = []
    for row in rows:
        joined = _joined(result[-1], row, vocabulary) if result else None
        if joined is None:
            result.append(row)
        else:
            result[-1] = joined
    return result


def _joined(first: list[W], second: list[W], vocabulary: Vocabulary) -> list[W] | None:
    words = list(second)
    while words and not words[-1].text:
        words.pop()
    groups = [
        (parent, list(group)) for parent, group in groupby(words, key=lambda word: _parent(word.text, vocabulary))
    ]
    columns = [vocabulary.label(word.text).column for word in first]
    if len(words) < 2 or len(set(columns) - {None}) < _FEWEST_HEADERS:
        return None
    if any(parent is None or columns.count(parent) != 1 for parent, _ in groups):
        return None
    under = {columns.index(parent): group for parent, group in groups}
    if len(under) != len(groups):
        return None
    joined: list[W] = []
    spare = 0
    for n, word in enumerate(first):
        if n in under:
            joined += under[n]
            spare = len(under[n]) - 1
        elif spare and not word.text:
            spare -= 1
        else:
            joined.append(word)
            spare = 0
    while joined and not joined[-1].text:
        joined.pop()
    return joined
