"""Money, units, pointers, years, places."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from each import each
from hypothesis import given
from hypothesis import strategies as st

from jixiao.domain import pointer as ptr
from jixiao.domain.goal_sheet import Budget
from jixiao.domain.measure_units import COUNT, MEASURE, MONEY, PERCENT, is_count, is_money, is_unit
from jixiao.domain.money import CurrencyUnit, Money, plain
from jixiao.domain.period import FiscalYear
from jixiao.domain.provenance import Location

AMOUNTS = st.decimals(-(10**12), 10**12, places=2)


@given(AMOUNTS, st.sampled_from(CurrencyUnit))
def test_money_round_trips_through_units(amount: Decimal, unit: CurrencyUnit) -> None:
    assert Money.of(amount, unit).in_unit(unit) == amount


def test_money_in_yuan() -> None:
    assert Money.of(Decimal("57.73"), CurrencyUnit.TEN_THOUSAND_YUAN) == Money(Decimal(577300))
    assert Money.of(Decimal(1), CurrencyUnit.HUNDRED_MILLION_YUAN) > Money.of(
        Decimal(9999), CurrencyUnit.TEN_THOUSAND_YUAN
    )
    assert Money(Decimal(1)) + Money(Decimal(2)) == Money(Decimal(3))


@given(AMOUNTS)
def test_plain_numbers_have_no_exponent_and_no_needless_zeros(amount: Decimal) -> None:
    printed = str(plain(amount))
    assert "E" not in printed
    assert plain(amount) == amount
    assert "." not in printed or not printed.endswith("0")


def test_budget_money_needs_amount_and_unit() -> None:
    assert Budget(CurrencyUnit.YUAN, Decimal(5)).money(None) is None
    assert Budget(None, Decimal(5)).money(Decimal(5)) is None
    assert Budget(CurrencyUnit.YUAN).money(Decimal(5)) == Money(Decimal(5))


@pytest.mark.parametrize(
    "unit", ["次", "万元", "亿美元", "元/亩", "元/人·月", "元/人*月", "元/生/年", "人/年", "%", "㎡", "万人次"]
)
def test_units(unit: str) -> None:
    assert is_unit(unit)


@pytest.mark.parametrize("word", ["", "规范市场", "计", "/", "次规范", "万规范", "生", "元/规范", "次" * 20])
def test_no_units(word: str) -> None:
    assert not is_unit(word)


@each([*MONEY, *COUNT, *MEASURE, *PERCENT])
def test_every_listed_unit_is_one(unit: str) -> None:
    assert is_unit(unit)


def test_money_units() -> None:
    assert all(map(is_money, ("元", "万元", "亿美元", "人民币")))
    assert not any(map(is_money, (None, "元/亩", "分钟", "次", "百分点")))


def test_count_units() -> None:
    assert all(map(is_count, ("次", "万人", "个")))
    assert not any(map(is_count, (None, "%", "元", "万元", "公里", "百分点")))


@given(st.lists(st.one_of(st.text(max_size=8), st.integers(0, 99)), max_size=6))
def test_pointers_round_trip(parts: list[str | int]) -> None:
    pointer = ptr.at(*parts)
    assert ptr.parts(pointer) == [str(p) for p in parts]
    chain = list(ptr.ancestors(pointer))
    assert chain[0] == pointer
    assert chain[-1] == ""
    assert len(chain) == len(parts) + 1


def test_indicator_of_a_pointer() -> None:
    assert ptr.indicator_at("/goal_sheets/2/indicators/3/target") == (2, 3)
    assert ptr.indicator_at("/goal_sheets/2/purpose") == (2, None)
    assert ptr.indicator_at("/overall_goals/0") == (None, None)
    assert ptr.indicator_at("") == (None, None)


def test_fiscal_year() -> None:
    year = FiscalYear(2026)
    assert (year.first_day, year.last_day) == (date(2026, 1, 1), date(2026, 12, 31))
    assert date(2026, 7, 1) in year
    assert date(2025, 7, 1) not in year
    assert FiscalYear(2025) < year
    with pytest.raises(ValueError, match="25"):
        FiscalYear(25)


@pytest.mark.parametrize(
    ("place", "label"),
    [
        (Location(line=12), "第 12 行"),
        (Location(paragraph=3), "第 3 段"),
        (Location(table=2, row=4, column=1), "第 2 张表第 4 行第 1 格"),
        (Location(table=2, row=4), "第 2 张表第 4 行"),
        (Location(worksheet="甲", cell="B7"), "工作表“甲”B7"),
        (Location(page=5, bbox=(1, 2, 3, 4)), "第 5 页"),
        (Location(), ""),
    ],
)
def test_places_in_words(place: Location, label: str) -> None:
    assert place.label == label
