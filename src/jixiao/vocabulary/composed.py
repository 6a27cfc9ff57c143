"""Labels put together from parts 「用词的组成」: 2026年 + 预期 + 指标值 + 及单位.

Places print the same column in a hundred ways, and no list of whole words ends; the parts are few. A pattern names them in
order (``data/parts.yaml`` says how it is written); a word that it matches from end to end names what the pattern stands for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Generic, TypeVar

_T = TypeVar("_T", bound=StrEnum)
_TOKEN = re.compile(r"(?:\[(?P<parts>[a-z_ ]+)\]|\((?P<words>[一-鿿|]+)\)|(?P<word>[一-鿿]))(?P<many>[*?+]?)")
_LONGEST = 24
"""Characters of the longest label put together: bounds the ways in which one can be taken apart"""

Parts = Mapping[str, Sequence[str]]
Token = tuple[tuple[str, ...], str]
"""The words that may stand in a place of a pattern, the longest first, and how often: once, ``?``, ``*`` or ``+``"""


def tokens_of(pattern: str, parts: Parts) -> tuple[Token, ...]:
    """The places of a pattern. Raises ValueError for one that is written wrong or names no group of words."""
    found = list(_TOKEN.finditer(pattern))
    if not found or sum(len(token[0]) for token in found) != len(pattern):
        raise ValueError(f"“{pattern}” is no pattern")
    return tuple((tuple(_words_in(token, parts)), token["many"]) for token in found)


def _words_in(token: re.Match[str], parts: Parts) -> Iterator[str]:
    names = (token["parts"] or "").split()
    if unknown := [name for name in names if name not in parts]:
        raise ValueError(f"“{unknown[0]}” is no group of words")
    words = {word for name in names for word in parts[name]} or set((token["words"] or token["word"]).split("|"))
    if token["many"] in ("*", "+"):  # one way only to take a word apart: 市县 goes as 市 and 县
        words = {word for word in words if not _is_made_of(word, words - {word})}
    yield from sorted(words, key=lambda word: (-len(word), word))


def _is_made_of(word: str, others: Collection[str]) -> bool:
    """Whether a word is others put together."""
    return any(
        word.startswith(other) and (word[len(other) :] in others or _is_made_of(word[len(other) :], others))
        for other in others
        if len(other) < len(word)
    )


def _regex(tokens: Sequence[Token]) -> str:
    return "".join(f"(?:{'|'.join(w.replace('N', '[0-9]') for w in words)}){many}" for words, many in tokens)


def _last_characters(tokens: Sequence[Token]) -> Iterator[str]:
    """The characters that a matching word can end in."""
    for words, many in reversed(tokens):
        yield from (word[-1] for word in words)
        if many not in ("*", "?"):
            return


class Composed(Generic[_T]):
    """What words put together name: ``patterns`` by the thing they stand for, over groups of words."""

    def __init__(self, patterns: Mapping[_T, Sequence[str]], parts: Parts) -> None:
        tokens = {thing: [tokens_of(pattern, parts) for pattern in some] for thing, some in patterns.items() if some}
        self._things = {thing.value: thing for thing in tokens}
        alternatives = (f"(?P<{thing.value}>{'|'.join(map(_regex, some))})" for thing, some in tokens.items())
        self._pattern = re.compile("|".join(alternatives) or r"(?!)")
        self._ends = frozenset(c for some in tokens.values() for each in some for c in _last_characters(each))

    def of(self, word: str) -> _T | None:
        """What a word without blanks and remarks names, None where no pattern matches it."""
        if not word or word[-1] not in self._ends or len(word) > _LONGEST:  # nearly all that is no label ends here
            return None
        found = self._pattern.fullmatch(word)
        return self._things[found.lastgroup] if found is not None and found.lastgroup else None
