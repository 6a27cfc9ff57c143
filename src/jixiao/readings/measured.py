"""What a row measures, as far as its name, its unit and the lexicon tell."""

from __future__ import annotations

from dataclasses import dataclass

from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.measure_units import is_count, is_money
from jixiao.lexicon import Lexicon, Measure, Term, lexicon
from jixiao.readings.names import category_label, name_without_target
from jixiao.readings.text import normalise
from jixiao.readings.values import cell, is_price, unscaled
from jixiao.readings.view import RowView

SIZES = frozenset(
    ("米", "千米", "公里", "延米", "延长米", "亩", "公顷", "平方米", "平方公里", "平米", "立方米", "方", "吨")
)
"""units of how long, how large, how much"""
_NO_COUNT = frozenset(("倍", "成", "级", "星", "分", "点", "颗星", "星级"))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a row measures, as far as its words tell."""

    row: RowView
    name: str
    term: Term | None
    unit: str | None
    known: Lexicon

    @property
    def shown(self) -> str:
        return self.row.row.label

    @property
    def counts(self) -> bool:
        """Whether the value counts things or acts."""
        unit = self.unit
        return unit is not None and "/" not in unit and unscaled(unit) not in _NO_COUNT and is_count(unit)

    @property
    def is_money(self) -> bool:
        return self.unit is not None and (is_money(unscaled(self.unit)) or is_money(self.unit) or is_price(self.unit))

    @property
    def measures(self) -> Measure | None:
        return self.term.measures if self.term else None

    @property
    def kinds(self) -> frozenset[IndicatorKind]:
        return frozenset(self.term.kinds) if self.term else frozenset()

    def has(self, meaning: str) -> bool:
        return self.known.has(self.name, meaning) is not None


def read(row: RowView) -> Reading:
    """The name without its target, or the description where the name is only a category, looked up."""
    name = normalise(name_without_target(row.row.name)) if not category_label(row.row.name) else ""
    name = name or row.description
    known = lexicon()
    apart = cell(row)
    unit = apart.unit if apart else row.row.target.unit
    return Reading(row, name, known.ending(name), unit, known)
