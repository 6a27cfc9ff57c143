"""Indicators proposed for a row of a sheet 「推荐指标」: by what the project is called, what it is for, what the sheet has already.

Pure and deterministic: no model, no training; pairs of characters weighed by how rare they are in the library. Everything proposed
says why.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from jixiao.domain.indicator import IndicatorKind
from jixiao.library.duplicates import pairs_of
from jixiao.library.entry import COMMON, Entry, Sector, level_in, same_level
from jixiao.readings.text import normalise

_IN_NAME, _IN_PURPOSE, _BESIDE = 3.0, 1.5, 0.8
"""How much words weigh that the name of the project, its purpose, the rows beside share with an indicator"""
_TYPED = 6.0
"""What somebody began to type: more than all else together"""
_SECTOR, _ANY_PROJECT, _GAP = 1.6, 0.5, 0.4
_ALREADY = 0.7
"""From which likeness of names a row that is there already is the same indicator"""
_MOST_READ = 400
"""Characters of the purpose that are looked at"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of a sheet: name and purpose of the project, the names of its rows, the second levels that its form has and
    still lacks; ``kind`` of the row where it has one, ``typed`` what was typed of its name. ``sector``: its key, where somebody says
    so; else it is told by name, unit and purpose."""

    name: str = ""
    purpose: str = ""
    unit: str = ""
    neighbours: Sequence[str] = ()
    kinds: Collection[IndicatorKind] = ()
    missing: Collection[IndicatorKind] = ()
    kind: IndicatorKind | None = None
    typed: str = ""
    sector: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An indicator with what speaks for it, in words for whoever chooses."""

    entry: Entry
    score: float
    reason: str


class Index:
    """Indicators, looked up by pairs of characters; made once for a library."""

    def __init__(self, entries: Sequence[Entry], sectors: Mapping[str, Sector]) -> None:
        self.entries = entries
        self.sectors = sectors
        self._pairs = [pairs_of(one.name) for one in entries]
        self._by_pair: dict[str, list[int]] = defaultdict(list)
        self._by_sector: dict[str, list[int]] = defaultdict(list)
        for number, own in enumerate(self._pairs):
            self._by_sector[entries[number].sector].append(number)
            for pair in own:
                self._by_pair[pair].append(number)
        total = len(entries) + 1
        self._weight = {pair: log(total / len(held)) for pair, held in self._by_pair.items()}
        self._rarest = log(total)
        self._whole = [sum(self._weight[pair] for pair in own) or 1.0 for own in self._pairs]
        self.sectors_of = lru_cache(maxsize=512)(self._sectors_of)

    def _sectors_of(self, name: str, unit: str, purpose: str) -> Mapping[str, float]:
        """How far a project is of each sector, 1 for the one that its words name most; none where no word tells."""
        found: Counter[str] = Counter()
        for key, sector in self.sectors.items():
            for word in sector.words:
                length = len(word)
                found[key] += length * (3 * (word in name) + (word in unit) + (word in purpose))
        most = max(found.values(), default=0)
        return {key: points / most for key, points in found.items() if 2 * points >= most > 0}

    def shared(self, text: str) -> dict[int, float]:
        """By number of an indicator, which part of the weight of its name the text holds, 0–1."""
        points: dict[int, float] = defaultdict(float)
        for pair in pairs_of(text):
            weight = self._weight.get(pair, 0.0)
            for number in self._by_pair.get(pair, ()):
                points[number] += weight
        return {number: found / self._whole[number] for number, found in points.items()}

    def holding(self, text: str) -> dict[int, float]:
        """By number of an indicator, which part of the weight of a text its name holds, 0–1: for words that somebody began to type."""
        own = pairs_of(text)
        whole = sum(self._weight.get(pair, self._rarest) for pair in own) or 1.0
        points: dict[int, float] = defaultdict(float)
        for pair in own:
            for number in self._by_pair.get(pair, ()):
                points[number] += self._weight[pair] / whole
        return points

    def of_sector(self, key: str) -> Sequence[int]:
        """The numbers of a sector's indicators."""
        return self._by_sector.get(key, ())

    def already(self, neighbours: Sequence[str]) -> set[int]:
        """The numbers of indicators that are there already."""
        found = set()
        for name in neighbours:
            own = pairs_of(name)
            shared = Counter(number for pair in own for number in self._by_pair.get(pair, ()))
            for number, count in shared.items():
                if 2 * count / (len(own) + len(self._pairs[number])) >= _ALREADY:
                    found.add(number)
        return found


def suggest(index: Index, asked: Asked, most: int = 5) -> list[Suggestion]:
    """The indicators that fit best, the best first; of one second level only where the row has one. Ties go by code."""
    name, purpose = normalise(asked.name), normalise(asked.purpose[:_MOST_READ])
    sectors = {asked.sector: 1.0} if asked.sector else index.sectors_of(name, normalise(asked.unit), purpose)
    points: dict[int, float] = defaultdict(float)
    for number in index.of_sector(COMMON):
        points[number] += _ANY_PROJECT
    for key, part in sectors.items():
        for number in index.of_sector(key):
            points[number] += _SECTOR * part
    for number, part in index.holding(asked.typed).items() if asked.typed else ():
        points[number] += _TYPED * part
    texts = ((name, _IN_NAME), (purpose, _IN_PURPOSE), (" ".join(asked.neighbours), _BESIDE))
    for text, weight in texts:
        for number, part in index.shared(text).items() if text else ():
            points[number] += weight * part
    already = index.already(asked.neighbours)
    found = []
    for number, score in points.items():
        entry = index.entries[number]
        if number in already or not _fits(entry, asked):
            continue
        if any(same_level(entry.kind, kind) for kind in asked.missing):
            score += _GAP
        found.append((-score, entry.code, number))
    found.sort()
    best = _varied(index, found, most, alone=asked.kind is not None)
    return [
        Suggestion(index.entries[number], -score, _reason(index, index.entries[number], asked, sectors))
        for score, _, number in best
    ]


def _varied(
    index: Index, found: Sequence[tuple[float, str, int]], most: int, *, alone: bool
) -> list[tuple[float, str, int]]:
    """The first ones; where the row says no level, not more than two of each, so that the choice is one."""
    if alone:
        return list(found[:most])
    held: Counter[IndicatorKind] = Counter()
    best = []
    for one in found:
        kind = index.entries[one[2]].kind
        if held[kind] < 2:
            held[kind] += 1
            best.append(one)
        if len(best) == most:
            break
    return best


def _fits(entry: Entry, asked: Asked) -> bool:
    if asked.kind is not None and not same_level(entry.kind, asked.kind):
        return False
    return not asked.kinds or level_in(entry.kind, asked.kinds) is not None


def _reason(index: Index, entry: Entry, asked: Asked, sectors: Mapping[str, float]) -> str:
    return "；".join(_reasons(index, entry, asked, sectors)) or "多数项目都能用"


def _reasons(index: Index, entry: Entry, asked: Asked, sectors: Mapping[str, float]) -> Iterator[str]:
    typed = shared_words(entry.name, asked.typed)
    if typed:
        yield f"写了“{typed}”"
    if words := shared_words(entry.name, asked.name):
        yield f"项目名称里有“{words}”"
    elif words := shared_words(entry.name, asked.purpose[:_MOST_READ]):
        yield f"资金用途里有“{words}”"
    if entry.sector in sectors and entry.sector != COMMON:
        yield f"{index.sectors[entry.sector].label}项目常用"
    if any(same_level(entry.kind, kind) for kind in asked.missing):
        yield f"表里还没有{entry.kind.label}"


def shared_words(one: str, other: str) -> str:
    """The longest run of characters that two texts share, ``""`` below two."""
    one, other = normalise(one), normalise(other)
    for length in range(min(len(one), len(other)), 1, -1):
        for start in range(len(one) - length + 1):
            if one[start : start + length] in other:
                return one[start : start + length]
    return ""
