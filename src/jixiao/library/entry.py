"""An indicator of the library, as a value."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from jixiao.domain.indicator import Indicator, IndicatorClass, IndicatorKind
from jixiao.domain.quantities.comparators import SIGN_CHARACTERS, comparison
from jixiao.domain.quantities.folding import folded
from jixiao.domain.target import Comparator

COMMON = "common"
"""The sector of what any project may have 「通用」"""
_CLASS_OF = {
    IndicatorKind.QUANTITY: IndicatorClass.OUTPUT,
    IndicatorKind.QUALITY: IndicatorClass.OUTPUT,
    IndicatorKind.TIMELINESS: IndicatorClass.OUTPUT,
    IndicatorKind.COST: IndicatorClass.OUTPUT,
    IndicatorKind.ECONOMIC: IndicatorClass.OUTCOME,
    IndicatorKind.SOCIAL: IndicatorClass.OUTCOME,
    IndicatorKind.ECOLOGICAL: IndicatorClass.OUTCOME,
    IndicatorKind.SUSTAINED_IMPACT: IndicatorClass.OUTCOME,
    IndicatorKind.BENEFICIARY_SATISFACTION: IndicatorClass.SATISFACTION,
    IndicatorKind.ECONOMIC_COST: IndicatorClass.COST,
    IndicatorKind.SOCIAL_COST: IndicatorClass.COST,
    IndicatorKind.ENVIRONMENTAL_COST: IndicatorClass.COST,
}


class Certainty(StrEnum):
    """How sure it is that somebody with authority says so."""

    OFFICIAL = "official"
    """Taken from a published library, named in ``source``"""
    GENERAL = "general"
    """Drawn together from many sheets; no document says it"""
    OWN = "own"
    """Proposed here"""

    @property
    def label(self) -> str:
        return {"official": "出自公布的指标库", "general": "归纳的通行说法", "own": "本地提出"}[self.value]


@dataclass(frozen=True, slots=True)
class Sector:
    """A field of work 「行业」: ``words`` in the name of a project tell it."""

    key: str
    label: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator of the library. ``comparator`` says which way it should move; ``unit`` is that of its target, ``""`` where it
    has none (a date, a coefficient). Either ``explanation`` (what is counted) or ``formula`` is there, or both; ``evidence`` is what
    shows the value. ``source`` names where it is from, ``certainty`` how sure that is."""

    code: str
    name: str
    kind: IndicatorKind
    sector: str = COMMON
    unit: str = ""
    comparator: Comparator | None = None
    explanation: str = ""
    formula: str = ""
    evidence: str = ""
    source: str = ""
    certainty: Certainty = Certainty.OWN

    @property
    def class_(self) -> IndicatorClass:
        """Its first level, in the older catalogue for costs."""
        return _CLASS_OF[self.kind]

    @property
    def is_whole(self) -> bool:
        """Whether it is a rate of which all is owed: what fails is mended before it is paid for."""
        return self.comparator is Comparator.EXACTLY and self.unit == "%"

    @property
    def direction(self) -> str:
        """Which way it should move, in words."""
        sign = self.comparator
        if sign is None:
            return "高低都说得通"
        if self.is_whole:
            return "应当全部做到"
        return "越高越好" if sign.is_floor else "越低越好" if sign.is_ceiling else "按标准定"

    @property
    def measure(self) -> str:
        """Sign and unit as they stand in lists: ≥ 人次."""
        return f"{self.comparator.sign if self.comparator else ''} {self.unit}".strip()

    @property
    def hint(self) -> str:
        """What a target looks like: ≥__人次; a date where there is neither sign nor unit."""
        if not self.unit and self.comparator is None:
            return "__年__月__日前"
        if self.is_whole:
            return "=100%"
        return f"{self.comparator.sign if self.comparator else ''}__{self.unit}"

    def row(self, kinds: Collection[IndicatorKind]) -> Indicator | None:
        """A row of a sheet whose form has these second levels, without a target; None where the form has no such level."""
        kind = level_in(self.kind, kinds)
        if kind is None:
            return None
        return Indicator(_CLASS_OF[kind], kind, self.name, self.formula or self.explanation or None)


def level_in(kind: IndicatorKind, kinds: Collection[IndicatorKind]) -> IndicatorKind | None:
    """The second level that a kind has in a form of ``kinds``: costs are called otherwise in older and newer forms."""
    if kind in kinds:
        return kind
    if kind is IndicatorKind.COST:
        return IndicatorKind.ECONOMIC_COST if IndicatorKind.ECONOMIC_COST in kinds else None
    if kind is IndicatorKind.ECONOMIC_COST:
        return IndicatorKind.COST if IndicatorKind.COST in kinds else None
    return None


def same_level(one: IndicatorKind, other: IndicatorKind) -> bool:
    """Whether two kinds are one second level, whichever form they are of."""
    return one is other or {one, other} == {IndicatorKind.COST, IndicatorKind.ECONOMIC_COST}


def comparator_of(text: str) -> tuple[Comparator | None, str]:
    """Sign and unit of what lists write in one cell: ``≥ 人次``, ``<= %``, ``元/人``; (None, "") for dates (``前``)."""
    plain = text.strip()
    read = folded(plain)
    length = len(read.text) - len(read.text.lstrip(SIGN_CHARACTERS))
    if sign := comparison(read.text[:length]):
        return sign, plain[read.start(length) :] if length < len(read.text) else ""
    return None, "" if plain in ("前", "日期") else plain
