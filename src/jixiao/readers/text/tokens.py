"""Tokens of text drawn out of a PDF: runs of characters, and what stands before each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise

_TWICE = 2
_FEW = 20
"""A gap that stands before fewer than one in so many tokens is an exception, not the way rows are parted"""


class Gap(Enum):
    """What stands before a token."""

    BLANK = auto()
    LINE_END = auto()
    BLANK_LINE = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A run of characters without blanks, what stands before it, and its 1-based line."""

    text: str
    gap: Gap
    line: int


def tokens_of(lines: Sequence[str]) -> Iterator[Token]:
    """The tokens of a text; the first stands after a blank line."""
    gap = Gap.BLANK_LINE
    for number, line in enumerate(lines, 1):
        words = line.split()
        if not words:
            gap = Gap.BLANK_LINE
            continue
        for word in words:
            yield Token(word, gap, number)
            gap = Gap.BLANK
        gap = Gap.LINE_END


def with_breaks(tokens: Sequence[Token]) -> list[Token]:
    """Tokens of one table, with the gap that parts its rows made a blank line.

    Converters differ: some put a blank line between any two lines, some none, some everything on one line. Whichever
    gap is the widest that the table has parts rows (and broken cells); the narrower ones part cells.
    """
    gaps = Counter(t.gap for t in tokens)
    few = len(tokens) // _FEW
    if gaps[Gap.BLANK_LINE] > few:
        return list(tokens)
    widest = Gap.LINE_END if gaps[Gap.LINE_END] > few else Gap.BLANK
    return [replace(t, gap=Gap.BLANK_LINE) if t.gap is widest else t for t in tokens]


def joined(tokens: Sequence[Token]) -> str:
    """The words of tokens run together."""
    return "".join(t.text for t in tokens)


@dataclass(frozen=True, slots=True)
class Habits:
    """What this document's author writes again and again at the end of rows: the likely bases."""

    row_ends: frozenset[str]

    @classmethod
    def of(cls, tokens: Sequence[Token]) -> Habits:
        ends = Counter(
            a.text
            for a, b in pairwise(tokens)
            if a.gap is Gap.BLANK and b.gap is Gap.BLANK_LINE and not a.text.endswith(("。", "；"))
        )
        return cls(frozenset(text for text, count in ends.items() if count > _TWICE))
