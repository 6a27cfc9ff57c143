"""Quantities that running text names: how much of what, where, when, and in what part of a whole.

Two mentions can be held against each other only when they speak of the same thing in the same scope and year; whatever
narrows a mention (a locality, a month, 每, 其中, 目前) is therefore read with it. Reading is by words and signs alone: a
mention that does not say what it counts has no ``things`` and is compared with nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum, auto
from functools import cache, lru_cache
from typing import NamedTuple

import rjieba

from jixiao.domain.measure_units import PERCENT, in_base_unit
from jixiao.domain.money import plain
from jixiao.domain.quantities import PartKind, Quantity
from jixiao.domain.target import Comparator
from jixiao.readings.text import fold, quantities

_SENTENCE = re.compile(r"[^。；;！!？?\n]+")
_CLAUSE_END = re.compile(r"[，,：:（）()“”]")
_LIST_SEPARATORS = "、和及与并或"
_BEFORE_SEPARATOR = re.compile(r"[^、和及与并或]*")
_PART_OF_YEAR = r"(?<!1)\d月(?:底|末|份|前)?|1[01]月(?:底|末|份|前)?|[一二三四1-4]季度|上半年|下半年|半年"
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_LONGEST_TOPIC = 3
"""words at the head of a line among which its locality or body stands"""
_TOPIC_WITHIN = 30
_PART_WITHIN = 8
"""characters before the words of a quantity within which 其中 holds for it"""


class SumRole(StrEnum):
    """What a mention is in a sum."""

    PLAIN = auto()
    PART = auto()
    """after 其中, 包括"""
    REST = auto()
    """of the others: 其他企业…"""
    TOTAL = auto()
    """after 共, 合计"""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The words by which mentions are read; see the parameters of the same names."""

    empty: frozenset[str]
    """words that say nothing of what is counted: 完成, 力争, 全县"""
    measures: tuple[tuple[str, str], ...]
    """(word, name of the measure), longest word first: 合同引资额 and 协议总投资 are one measure"""
    not_now: re.Pattern[str]
    """what is, was or is reckoned otherwise: 目前, 累计, 上年"""
    localities: tuple[str, ...]
    """endings of localities and bodies that narrow: 镇, 公司"""
    our: tuple[str, ...]
    """what names of one's own locality begin with: 全县, 本镇"""
    narrows: re.Pattern[str]
    """a rate per something, or a part of the year: 每户, 人均, 上半年"""
    any_locality: frozenset[str]
    """words with such an ending that name no one of them: 乡镇, 学校"""
    rest: re.Pattern[str]
    totals: tuple[str, ...]
    parts: re.Pattern[str]
    """words that open a list of parts: 其中, 包括"""
    units: Mapping[str, str]
    """unit → the unit it is the same as"""


class Mention(NamedTuple):
    """A quantity with what it counts. ``value`` is in ``unit``, the base unit: 1.2亿元 → 120000000 元.

    ``things`` are the words of what is counted, ``measure`` its name if it is a known measure, ``scope`` whatever
    narrows it: localities (those in its own words are among its things too), months, 每; ``year`` None where none is named; ``comparable`` False where it speaks of what is or was.
    ``inherited`` tells that its clause names nothing and the things are those of the clause before.
    """

    value: Decimal
    unit: str
    stated: tuple[Decimal, str]
    """the number and the unit as written: 1.2, 亿元"""
    things: frozenset[str]
    measure: str | None
    scope: frozenset[str]
    year: int | None
    role: SumRole
    comparator: Comparator | None
    comparable: bool
    inherited: bool
    clause: str
    sentence: int
    start: int

    @property
    def printed(self) -> str:
        """1.2亿元, without needless zeros."""
        number, unit = self.stated
        return f"{plain(number)}{unit}"

    @property
    def is_floor(self) -> bool:
        return self.comparator is not None and self.comparator.is_floor

    @property
    def is_ceiling(self) -> bool:
        return self.comparator is not None and self.comparator.is_ceiling

    @property
    def is_for_each(self) -> bool:
        """Whether it is a price or a share for each of something: 每人每年1000元, 人均300元."""
        return any("每" in s or "均" in s for s in self.scope)

    @property
    def length(self) -> int:
        """How many characters its things have: how closely it says what it counts."""
        return sum(map(len, self.things))

    def allows(self, other: Decimal) -> bool:
        """Whether ``other`` keeps to it: the same number, more than a floor, less than a ceiling."""
        if self.value == other:
            return True
        return (self.is_floor and other > self.value) or (self.is_ceiling and other < self.value)


@lru_cache(maxsize=8)
def narrowing(averages: Sequence[str]) -> re.Pattern[str]:
    """What finds a rate per something, by 每 or one of the words for it, or a part of the year."""
    return re.compile(rf"每(?!年)[^\d，,。]{{0,4}}|{'|'.join(averages)}|{_PART_OF_YEAR}")


@lru_cache(maxsize=16384)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in order, punctuation and digits left out."""
    return tuple([w for w in rjieba.cut(text) if w[0].isalpha()])  # its words are letters, digits or marks throughout


@lru_cache(maxsize=8192)
def mentions_in(text: str | None, vocabulary: Vocabulary, own: str = "") -> tuple[Mention, ...]:
    """Every quantity of ``text`` that has a unit. ``own`` is the department's name: its locality narrows nothing."""
    if not text:
        return ()
    folded = fold(text)
    found = [q for q in quantities(text) if not q.lacks_unit and not q.is_range]
    out: list[Mention] = []
    for number, sentence in enumerate(_SENTENCE.finditer(folded)):
        inside = [q for q in found if sentence.start() <= q.start < sentence.end()]
        if inside:
            topic = _topic(folded, sentence.start(), vocabulary, own)
            out.extend(_in_sentence(folded, sentence, number, inside, topic, vocabulary, own))
    return tuple(out)


@lru_cache(maxsize=8192)
def mention_of(name: str, value: Decimal, unit: str, comparator: Comparator | None, vocabulary: Vocabulary) -> Mention:
    """The quantity of a row, which counts what its name says: as if the name stood before the number."""
    measure, rest = _measure(name, vocabulary)
    words = [*([measure] if measure else ()), *words_of(rest)]
    factor, base = in_base_unit(unit)
    return Mention(
        value * factor,
        vocabulary.units.get(base, base),
        (value, unit),
        frozenset(w for w in words if w not in vocabulary.empty),
        measure,
        frozenset(),
        None,
        SumRole.PLAIN,
        comparator,
        comparable=True,
        inherited=False,
        clause=name,
        sentence=0,
        start=0,
    )


def _in_sentence(
    text: str,
    sentence: re.Match[str],
    number: int,
    inside: list[Quantity],
    topic: Sequence[str],
    vocabulary: Vocabulary,
    own: str,
) -> Iterator[Mention]:
    year = _year(sentence.group())
    ends = [m.span() for m in _CLAUSE_END.finditer(text, *sentence.span())]
    part = comparable = False
    last: frozenset[str] = frozenset()
    told, year_told, narrowed = "", year, list[str]()  # of the clause before: several quantities may stand in one
    for n, quantity in enumerate(inside):
        start = next((e for _, e in reversed(ends) if e <= quantity.start), sentence.start())
        end = next((s for s, _ in ends if s >= quantity.end), sentence.end())
        clause = text[start:end].strip()
        before = inside[n - 1] if n else None
        after = inside[n + 1] if n + 1 < len(inside) else None
        head = text[max(start, before.end if before else start) : quantity.start]
        if before is not None and before.end > start and before.comparator is not None and _joined(head):
            head = text[start : quantity.start]  # 3000万元以上项目100个: the first quantity tells which projects
        head += quantity.words(PartKind.OBJECT, text) or ""
        tail = text[quantity.end : min(end, after.start if after else end)]
        if after is not None and after.start < end:
            tail = _BEFORE_SEPARATOR.match(tail)[0]  # type: ignore[index]  # what follows the separator is the next one's
        measure, rest_of_words = _measure(f"{head.lstrip(_LIST_SEPARATORS)}\n{tail}", vocabulary)
        words = [*([measure] if measure else ()), *words_of(rest_of_words)]
        things = frozenset(w for w in words if w not in vocabulary.empty)
        inherited = not things and bool(last)
        passage = text[sentence.start() : quantity.start]
        part = part or vocabulary.parts.search(passage, max(0, len(passage) - len(head) - _PART_WITHIN)) is not None
        rest = vocabulary.rest.search(head) is not None
        total = head.startswith(vocabulary.totals) or head.rstrip().endswith(vocabulary.totals)
        printed = (quantity.unit or "").split("每")[0]  # 1500人每人每年1000元
        factor, unit = in_base_unit(printed)
        if clause != told:
            told, year_told = clause, _year(clause) or year
            narrowed = [m.group() for m in vocabulary.narrows.finditer(clause)]
            comparable = vocabulary.not_now.search(clause.replace("每年", "")) is None
        yield Mention(
            quantity.value * factor,
            vocabulary.units.get(unit, unit),
            (quantity.value, printed),
            things or last,
            measure,
            frozenset({*topic, *_localities(words, vocabulary, own), *narrowed}),
            year_told,
            SumRole.PART if part else SumRole.REST if rest else SumRole.TOTAL if total else SumRole.PLAIN,
            quantity.comparator,
            comparable,
            inherited,
            clause,
            number,
            quantity.start,
        )
        last = things or last


def _topic(text: str, start: int, vocabulary: Vocabulary, own: str) -> list[str]:
    """The locality or body that the line opens with: it holds for the whole line."""
    line = text.rfind("\n", 0, start) + 1
    return _localities(words_of(text[line : line + _TOPIC_WITHIN])[:_LONGEST_TOPIC], vocabulary, own)


def _joined(between: str) -> bool:
    return not any(c in between for c in _LIST_SEPARATORS)


def _measure(words: str, vocabulary: Vocabulary) -> tuple[str | None, str]:
    """(the known measure that the words name, the other words)."""
    for word, name in vocabulary.measures:
        if word in words:
            return name, words.replace(word, "\n", 1)
    return None, words


def _year(text: str) -> int | None:
    m = _YEAR.search(text)
    return int(m[1]) if m else None


def _localities(words: Sequence[str], vocabulary: Vocabulary, own: str) -> list[str]:
    """The words that name a locality or body that narrows; 全县, 乡镇 and the department's own do not."""
    return [
        w
        for w in words
        if w.endswith(vocabulary.localities)
        and len(w) > 1
        and not w.startswith(vocabulary.our)
        and w not in vocabulary.any_locality
        and w not in vocabulary.empty
        and w not in own
    ]


@cache
def is_rate(unit: str) -> bool:
    """Whether a base unit is a per cent."""
    return unit in PERCENT
