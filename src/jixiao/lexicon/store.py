"""Reads ``data/*.yaml``: groups of terms that share their properties, and lists of words by meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import Any

from jixiao.domain.indicator import IndicatorKind
from jixiao.lexicon.polarity import Polarity
from jixiao.strict_yaml import load_strict


class Better(StrEnum):
    """Which way an indicator should move."""

    MORE = "more"
    LESS = "less"
    NEITHER = "neither"

    @property
    def label(self) -> str:
        return {"more": "越高越好", "less": "越低越好", "neither": "高低都说得通"}[self.value]


class Measure(StrEnum):
    """What sort of measure a term is."""

    COUNT = "count"
    RATE = "rate"
    MONEY = "money"
    TIME = "time"
    AMOUNT = "amount"
    DEGREE = "degree"
    STATE = "state"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _MEASURE_LABELS[self.value]


_MEASURE_LABELS = {
    "count": "个数、次数、人数",
    "rate": "比率",
    "money": "金额",
    "time": "时间",
    "amount": "面积、长度、重量等物理量",
    "degree": "程度、等级",
    "state": "做到没有",
    "other": "比值等，不是百分率",
}


class Routine(StrEnum):
    """Process instead of performance: how far the budget is spent, or what good management owes anyway."""

    EXECUTION = "execution"
    MANAGEMENT = "management"

    @property
    def label(self) -> str:
        return {"execution": "预算执行，自评另有分值", "management": "日常管理要求"}[self.value]


@dataclass(frozen=True, slots=True)
class Term:
    """A term 「词条」. None and empty mean that the word alone does not tell.

    ``kinds`` are all second-level kinds where a careful reviewer lets it stand; ``source`` says where it is from.
    """

    word: str
    better: Better | None
    measures: Measure | None
    kinds: tuple[IndicatorKind, ...]
    units: tuple[str, ...]
    routine: Routine | None
    comment: str | None
    field: str
    source: str
    alias_of: str | None = None

    @property
    def is_general(self) -> bool:
        """Whether the word only says how is measured (率, 人数), not what."""
        return not self.kinds and self.routine is None


class Lexicon:
    """All terms, looked up in the names of indicators, and the word lists."""

    def __init__(self, terms: Mapping[str, Term], words: Mapping[str, tuple[str, ...]]) -> None:
        self.terms = terms
        self.words = words
        self._longest = max(map(len, terms), default=0)
        self.ending = lru_cache(maxsize=8192)(self._ending)
        """The longest term a name ends with; kept, since many rules ask it of one name"""

    def __reduce__(self) -> tuple[Any, ...]:
        return (lexicon, ()) if self is lexicon() else (Lexicon, (self.terms, self.words))

    def extended(self, groups: Iterable[Mapping[str, Any]], words: Mapping[str, Sequence[str]], source: str) -> Lexicon:
        """This lexicon with terms and words of a locality: a term that stands here already goes by what is said there.

        ``groups`` and ``words`` as in the shipped files; ``words`` add to the lists of this lexicon.
        """
        own: dict[str, Term] = {}
        for group in groups:
            _add(own, group, _LOCAL, source)
        terms = {**self.terms, **own}
        terms |= {word: _by_head(term, terms) for word, term in own.items()}
        more = {meaning: tuple(dict.fromkeys((*self.words[meaning], *added))) for meaning, added in words.items()}
        return Lexicon(terms, {**self.words, **more})

    def _ending(self, name: str) -> Term | None:
        """The longest term ``name`` ends with: the head of a Chinese noun stands last.

        No word segmentation: over some 590 names it decided no case that endings leave open, and hid general heads.
        """
        for start in range(max(0, len(name) - self._longest), len(name)):
            if (term := self.terms.get(name[start:])) is not None:
                return term
        return None

    def inside(self, name: str) -> Term | None:
        """The longest term anywhere in ``name``, the last of several as long."""
        for length in range(min(len(name), self._longest), 1, -1):
            for start in range(len(name) - length, -1, -1):
                if (term := self.terms.get(name[start : start + length])) is not None:
                    return term
        return None

    def has(self, name: str, meaning: str) -> str | None:
        """The first word of the list ``meaning`` that ``name`` holds."""
        for word in self.words[meaning]:
            if word in name:
                return word
        return None

    @cached_property
    def _polarity(self) -> Polarity:
        return Polarity(self.words)

    def composed(self, name: str) -> Better | None:
        """Which way the morphemes of ``name`` make it better, bad things, negations and what mends them taken together.

        None where they do not tell, and where the name ends in a term that says it, not turned by what stands before: then
        the term does.
        """
        more = self._polarity.more_is_better(name)
        if more is None:
            return None
        found, term = Better.MORE if more else Better.LESS, self.ending(name)
        if term is None or term.is_general or term.better in (None, found):
            return found
        return found if self._polarity.turns(name.removesuffix(term.word)) else None

    @cached_property
    def setback_endings(self) -> frozenset[str]:
        return frozenset(self.words["setback_endings"])

    def is_setback(self, name: str) -> bool | None:
        """Whether ``name`` is something of which less is better: a setback, then at most a measure.

        None where it names no setback, or ends in a term known to be better when more (投诉办结率); False where other
        words follow, which may turn the sense round.
        """
        term = self.ending(name)
        if term is not None and not term.is_general and term.better is Better.MORE:
            return None
        found = [word for word in self.words["setback"] if word in name]
        if not found:
            return None
        return any(name.rpartition(word)[2] in self.setback_endings for word in found)


_LOCAL = "本地的词"


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with the program."""
    terms: dict[str, Term] = {}
    words: dict[str, tuple[str, ...]] = {}
    folder = resources.files("jixiao.lexicon") / "data"
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yaml"):
            data = load_strict(file.read_text(encoding="utf-8"), file.name)
            for group in data.get("groups", ()):
                _add(terms, group, data["title"], data["source"])
            words.update({meaning: tuple(found) for meaning, found in data.get("words", {}).items()})
    return Lexicon({word: _by_head(term, terms) for word, term in terms.items()}, words)


def _by_head(term: Term, terms: Mapping[str, Term]) -> Term:
    """A term measures what its last word measures: groups by meaning hold rates and counts side by side."""
    for start in range(1, len(term.word)):
        head = terms.get(term.word[start:])
        if head is not None and head.is_general and head.measures is not None:
            return replace(term, measures=head.measures)
    return term


def _add(terms: dict[str, Term], group: Mapping[str, Any], field: str, source: str) -> None:
    also = group.get("also", {})
    for word in group["terms"]:
        for spelling, alias_of in ((word, None), *((a, word) for a in also.get(word, ()))):
            if spelling in terms:
                raise ValueError(f"lexicon: {spelling} stands twice")
            terms[spelling] = Term(
                word=spelling,
                better=Better(group["better"]) if "better" in group else None,
                measures=Measure(group["measures"]) if "measures" in group else None,
                kinds=tuple(IndicatorKind(kind) for kind in group.get("kinds", ())),
                units=tuple(group.get("units", ())),
                routine=Routine(group["routine"]) if "routine" in group else None,
                comment=group.get("comment"),
                field=field,
                source=source,
                alias_of=alias_of,
            )
