"""Text as rules see it: normal forms, likeness, and the quantities a sentence names (``domain.quantities``)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import ceil

from jixiao.domain.quantities import Quantity, parse

_FOLD = str.maketrans("０１２３４５６７８９．％＞＜＝（）：", "0123456789.%><=():")
_NOISE = re.compile(r"[\s,，。.；;、：:！!？?“”\"'‘’（）()\[\]【】〔〕《》<>·—\-_/]+")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Full-width digits and signs as ASCII."""
    return text.translate(_FOLD)


@lru_cache(maxsize=8192)
def normalise(text: str | None) -> str:
    """``text`` without punctuation and blanks, digits folded: what is left when only the words count."""
    return _NOISE.sub("", fold(text)) if text else ""


@lru_cache(maxsize=8192)
def _bigrams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset((text,))


def likeness(a: str | None, b: str | None) -> float:
    """How alike two texts are, 0–1: Dice coefficient of the character pairs of their normal forms."""
    x, y = normalise(a), normalise(b)
    if not x or not y:
        return 0.0
    if x == y:
        return 1.0
    p, q = _bigrams(x), _bigrams(y)
    return 2 * len(p & q) / (len(p) + len(q))


@lru_cache(maxsize=256)
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """What finds the first of ``words`` in a text, the longest where several begin alike, in one pass over it.

    Keep the pattern where many texts are asked: looking it up takes as long as the list. For hundreds of words: ``Finder``.
    """
    return re.compile("|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) or r"(?!)")


class Finder:
    """Finds any of hundreds of words in a text in one pass: told by their first two characters."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        for word in sorted(words, key=len, reverse=True):
            self._by_start.setdefault(word[:2], []).append(word)
        for start, alike in self._by_start.items():
            if len(start) > 1:
                alike += self._by_start.get(start[0], ())
        pairs = [start for start in self._by_start if len(start) > 1]
        firsts, seconds = (re.escape("".join(sorted({pair[k] for pair in pairs}))) for k in (0, 1))
        alone = re.escape("".join(sorted(start for start in self._by_start if len(start) == 1)))
        parts = ([f"[{firsts}](?=[{seconds}])"] if pairs else []) + ([f"[{alone}]"] if alone else [])
        self._starts = re.compile("|".join(parts) or r"(?!)")

    def in_text(self, text: str) -> Iterator[tuple[int, str]]:
        """(place, word) of every word, the longest at a place, none overlapping another."""
        end = 0
        for m in self._starts.finditer(text):
            start = m.start()
            if start < end:
                continue
            for word in self._by_start.get(text[start : start + 2]) or self._by_start.get(text[start]) or ():
                if text.startswith(word, start):
                    end = start + len(word)
                    yield start, word
                    break


class Alike:
    """Texts met so far, asked for those alike a new one without holding it against every one of them.

    Texts whose likeness reaches ``threshold`` share one of their first pairs of characters, in any one order of pairs,
    once each leaves out as many as it may differ in. Only those are held against each other. The order is the rarest
    first among the ``texts`` to come: sheets of one department say the same words again and again.
    """

    def __init__(self, threshold: float, texts: Iterable[str | None] = ()) -> None:
        self._share = threshold / (2 - threshold)
        self._common = Counter(pair for text in texts for pair in _pairs(text))
        self._by_pair: dict[str, list[int]] = {}
        self._count = 0
        self._tells: dict[str | None, list[str]] = {}

    def add(self, text: str | None) -> int:
        """Take a text; returns its number."""
        number = self._count
        self._count += 1
        for pair in self._telling(text):
            self._by_pair.setdefault(pair, []).append(number)
        return number

    def candidates(self, text: str | None) -> list[int]:
        """The numbers of all texts that may be alike, in the order they were taken."""
        return sorted({n for pair in self._telling(text) for n in self._by_pair.get(pair, ())})

    def _telling(self, text: str | None) -> list[str]:
        """The pairs of characters of which a text alike this one has at least one: asked for, then added, told once."""
        if text in self._tells:
            return self._tells[text]
        pairs = sorted(sorted(_pairs(text)), key=self._common.__getitem__)
        most = len(pairs) - ceil(self._share * len(pairs) - _ROUNDING) + 1 if pairs else 0
        return self._tells.setdefault(text, pairs[:most])


_ROUNDING = 1e-9


def _pairs(text: str | None) -> frozenset[str]:
    plain_text = normalise(text)
    return _bigrams(plain_text) if plain_text else frozenset()


def quantities(text: str | None) -> tuple[Quantity, ...]:
    """Every number in ``text`` that is not part of a date, a code, a formula or a document number."""
    return parse(text).quantities if text else ()
