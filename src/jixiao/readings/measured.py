"""What a row measures, as far as its name, its unit and the lexicon tell."""

from __future__ import annotations

from dataclasses import dataclass

from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.measure_units import is_count, is_money
from jixiao.lexicon import Lexicon, Measure, Term
from jixiao.parameters.keys import COST_WORDS, INPUT_WORDS, NAME_WORDS, NOT_COUNTING_UNITS, RATIO_WORDS
from jixiao.readings.names import bare_name, is_category, name_without_target
from jixiao.readings.text import normalise
from jixiao.readings.units import is_price, unscaled
from jixiao.readings.value_cells import cell
from jixiao.readings.view import RowView

READ = (NAME_WORDS, NOT_COUNTING_UNITS)
"""the parameters that reading what a row measures takes"""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a row measures, as far as its words tell. ``counts``: whether the value counts things or acts."""

    row: RowView
    name: str
    term: Term | None
    unit: str | None
    counts: bool
    known: Lexicon

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


def measured(row: RowView) -> Measured:
    """The name without its target, or the description where the name is only a category, looked up."""
    not_counting = row.parameter(NOT_COUNTING_UNITS)
    name = normalise(name_without_target(row)) if not is_category(row, row.row.name) else ""
    name = name or row.description
    known, apart = row.lexicon, cell(row)
    unit = apart.unit if apart else row.row.target.unit
    counts = unit is not None and "/" not in unit and unscaled(unit) not in not_counting and is_count(unit)
    return Measured(row, name, known.ending(name), unit, counts, known)


def counts_own_money(row: RowView) -> bool:
    """Whether the row counts the money spent: by its name, or by a value in money for what begins or ends as spending."""
    known, name = row.lexicon, bare_name(row)
    if row.row.kind is not IndicatorKind.QUANTITY or known.has(name, "money_given"):
        return False
    if name.endswith(known.words["own_funds"]):
        return True
    unit = row.row.target.unit
    if unit is None or not is_money(unscaled(unit)):
        return False
    return name.startswith(row.parameter(INPUT_WORDS).spent) or name.endswith(known.words["spending"])


def counts_own_staff(row: RowView) -> bool:
    """Whether the row counts the people whom the unit itself sends."""
    name = bare_name(row)
    is_people = row.row.kind is IndicatorKind.QUANTITY and name.endswith(row.parameter(INPUT_WORDS).people)
    return is_people and row.lexicon.has(name, "own_input") is not None


def is_satisfaction(row: RowView) -> bool:
    """Whether the row measures how satisfied people are; 不满意率 measures the contrary."""
    name = bare_name(row)
    if "不满意" in name:
        return False
    return "满意" in name or (row.row.class_ is IndicatorClass.SATISFACTION and "满意" in row.description)


def is_ratio(row: RowView) -> bool:
    """Whether the name ends as a share of a hundred does; 频率 and 功率 do not."""
    name, words = bare_name(row), row.parameter(RATIO_WORDS)
    return name.endswith(words.endings) and not name.endswith(words.others)


def is_money_cost(row: RowView) -> bool:
    """Whether the row states a cost in money: by class or kind, and a money unit or a word for costs."""
    if not row.row.is_cost:
        return False
    apart = cell(row)
    unit = apart.unit if apart else row.row.target.unit
    if unit and (is_money(unit) or is_price(unit)):
        return True
    return unit is None and any(word in bare_name(row) for word in row.parameter(COST_WORDS))
