"""Tokens of text drawn out of a PDF: runs of characters, and what stands before each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise

from jixiao.vocabulary import Vocabulary

_PAGE_MARK = re.compile(
    r"\s*(?:[-—–]\s?\d{1,3}\s?[-—–]|第\s?\d{1,3}\s?页[\s,，/]{0,3}(?:共\s?\d{1,3}\s?页)?|\d{1,3}\s?/\s?\d{1,3}|\d{1,2}、)\s*"
)
_COLON = re.compile(r"[:：]")
_LONGEST_LABEL = 24
_LONGEST_PAGE_MARK = 40
_TWICE = 2
_MANY = 3
_LONGEST_BRACKET = 4
"""Tokens that a remark in brackets may be broken into"""
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


def is_page_mark(line: str) -> bool:
    """Whether a line is what a page printed at its edge, which may stand inside a table: - 2 -, 第3页 共5页."""
    return len(line) < _LONGEST_PAGE_MARK and _PAGE_MARK.fullmatch(line) is not None


def tokens_of(lines: Sequence[str], vocabulary: Vocabulary) -> Iterator[Token]:
    """The tokens of a text; the first stands after a blank line."""
    gap = Gap.BLANK_LINE
    for number, line in enumerate(lines, 1):
        if is_page_mark(line):
            continue
        words = line.split()
        if not words:
            gap = Gap.BLANK_LINE
            continue
        for word in words:
            for part in _apart(word, vocabulary):
                yield Token(part, gap, number)
                gap = Gap.BLANK
        gap = Gap.LINE_END


def _apart(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """A label and the value behind its colon apart: 项目名称：公厕改造."""
    for colon in _COLON.finditer(word, 2, _LONGEST_LABEL):
        if colon.end() < len(word) and vocabulary.label(word[: colon.end()]).field is not None:
            return word[: colon.end()], word[colon.end() :]
    return (word,)


def _is_label(token: Token, vocabulary: Vocabulary) -> bool:
    return token.text.endswith(("：", ":")) and vocabulary.label(token.text).field is not None


def with_breaks(tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Token]:
    """Tokens of one table, with the gap that parts its rows made a blank line.

    Converters differ: some put a blank line between any two lines, some none, some everything on one line. Whichever
    gap is the widest that the table has parts rows (and broken cells); the narrower ones part cells.
    """
    gaps = Counter(t.gap for t in tokens)
    if gaps[Gap.BLANK_LINE] >= _MANY * (gaps[Gap.LINE_END] + gaps[Gap.BLANK]):
        return _cells(tokens, vocabulary)
    few = len(tokens) // _FEW
    if gaps[Gap.BLANK_LINE] > few:
        return list(tokens)
    widest = Gap.LINE_END if gaps[Gap.LINE_END] > few else Gap.BLANK
    return [replace(t, gap=Gap.BLANK_LINE) if t.gap is widest else t for t in tokens]


def bracketed(tokens: Sequence[Token]) -> list[Token]:
    """Tokens with those put together that stand in one pair of brackets, as in 新建( ≥**个 )."""
    put: list[Token] = []
    open_for = 0
    for token in tokens:
        if open_for and token.gap is not Gap.BLANK_LINE:
            put[-1] = replace(put[-1], text=f"{put[-1].text} {token.text}")
        else:
            put.append(token)
            open_for = 0
        text = put[-1].text
        is_open = text.count("(") + text.count("（") > text.count(")") + text.count("）")
        open_for = open_for + 1 if is_open and open_for < _LONGEST_BRACKET else 0
    return put


def _cells(tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Token]:
    """Where nearly every token stands behind a blank line these part cells, and what else parts words is inside one."""
    cells: list[Token] = []
    for token in tokens:
        part_of_cell = cells and not _is_label(token, vocabulary) and not _is_label(cells[-1], vocabulary)
        if part_of_cell and token.gap is not Gap.BLANK_LINE:
            between = " " if token.gap is Gap.BLANK else "\n"
            cells[-1] = replace(cells[-1], text=f"{cells[-1].text}{between}{token.text}")
        else:
            cells.append(token)
    return cells


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
