"""The quantities that name and description of a row say beside its value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from jixiao.domain.measure_units import is_money
from jixiao.domain.quantities import Quantity
from jixiao.domain.target import Comparator
from jixiao.parameters.keys import MEASURE_SCOPE_WORDS, SAME_UNITS
from jixiao.readings.text import fold, normalise, quantities
from jixiao.readings.units import same_unit, unscaled
from jixiao.readings.view import RowView


@dataclass(frozen=True, slots=True)
class RowQuantity:
    """A quantity in a field of a row. ``text`` is the field, folded; ``field`` its name."""

    field: str
    text: str
    quantity: Quantity

    @property
    def words(self) -> str:
        """The quantity as written."""
        return self.text[self.quantity.start : self.quantity.end].strip()

    @property
    def unit(self) -> str | None:
        """The unit; None where only 万, 亿 stands there."""
        return None if self.quantity.lacks_unit else self.quantity.unit

    @property
    def label(self) -> str:
        """The field as a user knows it."""
        return "名称" if self.field == "name" else "描述"

    @property
    def is_qualifier(self) -> bool:
        """Whether it only says which things are meant: 20人以下的企业."""
        q = self.quantity
        if self.text[q.end : q.end + 1] == "的":
            return True
        return q.bound is not None and bool(normalise(self.text[q.end : q.end + 1]))


def row_quantities(row: RowView) -> Iterator[RowQuantity]:
    """Description first, then name; nothing of a field that speaks of another scope: 每期50人, 上年46场."""
    scope = row.parameter(MEASURE_SCOPE_WORDS)
    if row.row.description:
        yield from _of_field("description", row.row.description, scope)
    if row.row.name:
        yield from _of_field("name", row.row.name, scope)


@lru_cache(maxsize=8192)
def _of_field(field: str, text: str, scope: tuple[str, ...]) -> tuple[RowQuantity, ...]:
    if any(word in text for word in scope):
        return ()
    return tuple(RowQuantity(field, fold(text), quantity) for quantity in quantities(text))


def in_its_unit(row: RowView) -> Iterator[RowQuantity]:
    """What description and name say in the unit of the value, or without one."""
    unit, groups = row.row.target.unit, row.parameter(SAME_UNITS)
    for said in row_quantities(row):
        own = said.unit
        if own is None or unit is None or same_unit(unscaled(own), unscaled(unit), groups):
            yield said


def bounds(row: RowView) -> Iterator[RowQuantity]:
    """The least or the most that description and name ask for: 不少于12次; not 500万元以上企业, nor money of another thing."""
    for said in in_its_unit(row):
        q = said.quantity
        if q.comparator is None or q.comparator is Comparator.EXACTLY or said.is_qualifier:
            continue
        if q.unit and is_money(unscaled(q.unit)) and q.value != row.row.target.number:
            continue  # 投资超过5000万元项目
        yield said
