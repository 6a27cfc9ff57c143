"""What a sheet says it pays for whom: so many people by so much each, as often a year as the standard says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from jixiao.domain.goal import texts_of
from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.measure_units import in_base_unit, is_money
from jixiao.domain.money import plain
from jixiao.domain.target import Target, TargetType
from jixiao.parameters.keys import PRICED_WORDS, TIMES_A_YEAR
from jixiao.parameters.shapes import PricedWords
from jixiao.readings.mentions import words_of
from jixiao.readings.view import RowView, SheetView

_YUAN = "元"
_PER = re.compile(r"[/·•.*×每]")
_MOST_BASES = 2
"""of 元/人/月"""


@dataclass(frozen=True, slots=True)
class Priced:
    """A number of people or things, the standard each is paid, how often a year, and what that comes to in yuan."""

    counted: RowView
    standard: RowView
    times: int

    @property
    def yuan(self) -> Decimal:
        number, price = self.counted.row.target.number, self.standard.row.target.number
        assert number is not None
        assert price is not None
        return number * in_base_unit(self.counted.row.target.unit or "")[0] * price * self.times * self._scale

    @property
    def _scale(self) -> Decimal:
        return in_base_unit(_PER.split(self.standard.row.target.unit or "")[0])[0]

    @property
    def price(self) -> Decimal:
        """What one is paid at a time, in yuan."""
        assert self.standard.row.target.number is not None
        return self.standard.row.target.number * self._scale

    @property
    def rounding(self) -> Decimal:
        """What the last printed digit of the price comes to over all, in yuan: 0.31万元 may be 0.306."""
        printed = self.standard.row.target.number
        assert printed is not None
        exponent = printed.as_tuple().exponent
        return self.yuan / printed * Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)

    @property
    def working(self) -> str:
        """6962人×780元/生/年."""
        parts = [_printed(self.counted.row.target), _printed(self.standard.row.target)]
        return "×".join([*parts, *([str(self.times)] if self.times > 1 else [])])


def _printed(target: Target) -> str:
    return f"{plain(target.number or Decimal(0))}{target.unit or ''}"


def priced(sheet: SheetView) -> Priced | None:
    """The one number of people and the one standard of a sheet; None where there are several, other costs, or words that
    say that others pay a share, that it is not for the whole year or not alike for all.
    """
    words, often = sheet.parameter(PRICED_WORDS), sheet.parameter(TIMES_A_YEAR)
    said = f"{sheet.sheet.project.name or ''}{sheet.sheet.purpose or ''}{''.join(texts_of(sheet.sheet.goals))}"
    standards = [(row, *found) for row in sheet.rows if (found := _base_of(row, words, often, said)) is not None]
    if len(standards) != 1:
        return None
    standard, base, times = standards[0]
    if any(row is not standard and (row.row.is_cost or is_money(row.row.target.unit)) for row in sheet.rows):
        return None
    unsure = (*words.shared, *words.part_of_year)
    if any(word in said or word in standard.words for word in unsure) or any(
        w in standard.words for w in words.otherwise if w != base
    ):
        return None
    if said.count("每") > 1:
        return None  # 小学寄宿生每人1000元，初中寄宿生每人1250元: the standard is that of a part
    counted = [row for row in sheet.rows if _counts(row, base, words)]
    if len(counted) > 1:
        own = set(words_of(standard.row.name or ""))
        alike = [row for row in counted if own & set(words_of(row.row.name or ""))]
        counted = alike if len(alike) == 1 else []
    return Priced(counted[0], standard, times) if len(counted) == 1 else None


def _base_of(row: RowView, words: PricedWords, often: Mapping[str, int], said: str) -> tuple[str, int] | None:
    """For whom a standard is, and how often a year it is paid: 100元/人/月 → (人, 12); ``said``: what the sheet says it does."""
    target = row.row.target
    if target.unit is None or _YUAN not in target.unit or target.type is not TargetType.NUMERIC:
        return None
    parts = [part for part in _PER.split(target.unit) if part]
    if len(parts) == 1 and (named := _named(row.name, words) or _told(row, words, said)) is not None:
        parts.append(named)
    if not 1 < len(parts) <= 1 + _MOST_BASES:
        return None
    if in_base_unit(parts[0])[1] != _YUAN:
        return None
    times, bases = 1, []
    for part in parts[1:]:
        if part in often:
            times *= often[part]
        else:
            bases.append(part)
    if len(bases) != 1 or (bases[0] in words.otherwise and bases[0] not in words.events):
        return None
    more = [period for period, n in often.items() if n > 1]
    if parts[1:] == bases and any(period in row.name for period in more):
        return None  # 月人均补助: the unit does not say how often
    return bases[0], times


def _named(name: str, words: PricedWords) -> str | None:
    """What a price is for by its name, where its unit is money alone: 每场成本, 人均补助, 单台价格."""
    each = (base for base in words.bases if any(said in name for said in (f"每{base}", f"{base}均", f"单{base}")))
    return next(each, None)


def _told(row: RowView, words: PricedWords, said: str) -> str | None:
    """What a cost is for by the goals or the use, where they give the same sum for each: 每个补贴2.5万元."""
    if not row.row.is_cost or not row.row.target.text:
        return None
    sum_ = f"{plain(row.row.target.number or Decimal(0))}{row.row.target.unit}"
    before, found, _ = said.partition(sum_)
    each = _EACH.search(before) if found else None
    return each[1] if each is not None and each[1] in (*words.bases, _ANYTHING) else None


_EACH = re.compile(r"每一?(\w)(?:[^\W\d]{0,8})$")
_ANYTHING = "个"
"""counts anything: what, the other row says"""


def _counts(row: RowView, base: str, words: PricedWords) -> bool:
    """Whether a row counts those whom the standard is for."""
    target = row.row.target
    if row.row.kind not in (IndicatorKind.QUANTITY, None) or row.row.is_cost:
        return False
    if target.type is not TargetType.NUMERIC or not target.number or target.unit is None:
        return False
    unit = in_base_unit(target.unit)[1]
    return unit == base or (unit in words.people and base in words.people)
