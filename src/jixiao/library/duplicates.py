"""Indicators of the library that may be one 「近似重复」, for a person to merge or keep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jixiao.library.entry import Entry, same_level
from jixiao.readings.text import normalise

LIKE, LIKE_ACROSS = 0.7, 0.9
"""From which likeness of names (Dice over pairs of characters) two of a sector, of two sectors, are proposed to be one. What tells
indicators of two sectors apart is often one word (租赁补贴, 惠农补贴)"""


@dataclass(frozen=True, slots=True)
class Alike:
    """Two indicators that may be one: of the same kind and unit, with names ``likeness`` (0–1) alike."""

    one: Entry
    other: Entry
    likeness: float


def pairs_of(text: str) -> frozenset[str]:
    """The pairs of characters of a name."""
    plain = normalise(text)
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1)) or frozenset((plain,))


def duplicates(entries: Sequence[Entry]) -> list[Alike]:
    """Every two that may be one, the most alike first. Only names that share pairs of characters are held together."""
    pairs = [pairs_of(one.name) for one in entries]
    found: list[Alike] = []
    met: dict[str, list[int]] = {}
    for number, own in enumerate(pairs):
        shared = Counter(other for pair in own for other in met.get(pair, ()))
        for other, count in shared.items():
            alike = 2 * count / (len(own) + len(pairs[other]))
            if _may_be_one(entries[other], entries[number], alike):
                found.append(Alike(entries[other], entries[number], alike))
        for pair in own:
            met.setdefault(pair, []).append(number)
    return sorted(found, key=lambda one: (-one.likeness, one.one.code, one.other.code))


def like(entry: Entry, others: Iterable[Entry]) -> list[Alike]:
    """Those of ``others`` that ``entry`` may be one with, the most alike first."""
    own = pairs_of(entry.name)
    found = []
    for other in others:
        theirs = pairs_of(other.name)
        alike = 2 * len(own & theirs) / (len(own) + len(theirs))
        if other.code != entry.code and _may_be_one(entry, other, alike):
            found.append(Alike(entry, other, alike))
    return sorted(found, key=lambda one: (-one.likeness, one.other.code))


def _may_be_one(one: Entry, other: Entry, alike: float) -> bool:
    """Whether two can measure the same: a kind, and a unit unless one says none."""
    if alike < (LIKE if one.sector == other.sector else LIKE_ACROSS):
        return False
    return same_level(one.kind, other.kind) and (one.unit == other.unit or not one.unit or not other.unit)
