"""What the table of kinds says of a row: where it belongs, how surely, and what tells it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from jixiao.domain.measure_units import PERCENT, is_count, is_money, is_time
from jixiao.domain.target import Target, TargetType
from jixiao.lexicon import Lexicon, Term
from jixiao.lexicon.kinds import VALUE, Odds, RowFacts, Table, ValueSort, table
from jixiao.readings.measured import Measured
from jixiao.readings.text import normalise
from jixiao.readings.units import is_price, unscaled


@dataclass(frozen=True, slots=True)
class Belonging:
    """Where a row belongs, as the table says."""

    facts: RowFacts
    term: Term | None
    odds: Odds
    table: Table

    def reasons(self, m: Measured, label: str, other: str) -> tuple[str, ...]:
        """The words of the row that speak most for ``label`` and against ``other``."""
        value = m.row.row.target.text or ""
        found = self.table.reasons(self.facts, self.term, label, other)
        return tuple(piece or value for piece in found if piece or value) or (m.row.row.label,)


def belonging(m: Measured, by: Table | None = None) -> Belonging:
    """Where a row belongs by its name and its value; ``by`` another table than the shipped one."""
    by = by or table()
    facts = facts_of(m.name, m.row.row.target, m.unit)
    return Belonging(facts, m.term, _odds(facts, m.known, by), by)


def facts_of(name: str, target: Target, unit: str | None) -> RowFacts:
    """What the table looks at: ``name`` bare, the sort of the value, its unit or, of a value in words, the words."""
    sort = _sort(target, unit)
    words = normalise(target.text) if sort is ValueSort.WORDS else VALUE
    return RowFacts(name, sort, unscaled(unit) if unit else "", words)


@lru_cache(maxsize=8192)
def _odds(facts: RowFacts, known: Lexicon, by: Table) -> Odds:
    return by.odds(facts, known.ending(facts.name))


_BY_TYPE = {
    TargetType.DATE: ValueSort.DATE,
    TargetType.MISSING: ValueSort.NONE,
    TargetType.QUALITATIVE: ValueSort.WORDS,
}


def _sort(target: Target, unit: str | None) -> ValueSort:
    if (sort := _BY_TYPE.get(target.type)) is not None:
        return sort
    if unit is None:
        return ValueSort.NUMBER
    plain = unscaled(unit)
    for tells, sort in _BY_UNIT:
        if tells(plain):
            return sort
    return ValueSort.AMOUNT


_BY_UNIT = (
    (lambda unit: unit in PERCENT, ValueSort.PERCENT),
    (is_money, ValueSort.MONEY),
    (is_price, ValueSort.PRICE),
    (is_time, ValueSort.SPELL),
    (lambda unit: is_time(unit.partition("/")[2]), ValueSort.PACE),
    (is_count, ValueSort.COUNT),
)
