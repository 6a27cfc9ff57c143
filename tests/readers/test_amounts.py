"""Amounts and their units as forms print them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jixiao.domain.money import CurrencyUnit
from jixiao.vocabulary.cell_values import amount_of, amount_with_doubt, blank_if_dashes, is_unit_line, unit_of

YUAN, MYRIAD, HUNDRED_MILLION = CurrencyUnit


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("189.8", "189.8", None),
        ("1,168.25", "1168.25", None),
        ("１８９．８", "189.8", None),
        ("￥189.8", "189.8", None),
        ("189.8万", "189.8", MYRIAD),
        ("189.8 万元", "189.8", MYRIAD),
        ("189.8（万元）", "189.8", MYRIAD),
        ("人民币189.8万元", "189.8", MYRIAD),
        ("0.01898亿", "0.01898", HUNDRED_MILLION),
        ("1898000.00元", "1898000.00", YUAN),
        ("壹佰捌拾玖万捌仟元整", "1898000", YUAN),
        ("34.5%", "34.5", None),
        ("RMB 189.8万", "189.8", MYRIAD),
        ("189.8万元。", "189.8", MYRIAD),
        ("万元189.8", "189.8", MYRIAD),
        ("共计189.8万元整", "189.8", MYRIAD),
        ("人民币（大写）壹佰捌拾玖万捌仟元整", "1898000", YUAN),
        ("189.8万元人民币", "189.8", MYRIAD),
        ("1168.\n25", "1168.25", None),
    ],
)
def test_an_amount_is_read_as_written(text: str, value: str, unit: CurrencyUnit | None) -> None:
    amount = amount_of(text)
    assert amount is not None
    assert (amount.value, amount.unit, amount.doubt) == (Decimal(value), unit, None)


@pytest.mark.parametrize(
    "text", ["189。8", "约189.8", "189.8人", "5家", "三", "2026年", "-", "无", "", "100-200", "≤5万元", "189.8×2"]
)
def test_what_is_no_amount(text: str) -> None:
    assert amount_of(text) is None


def test_what_was_passed_over_is_told() -> None:
    spaced, remarked = amount_of("1 898.00"), amount_with_doubt("189.8万元(其中:结转9.8)")
    assert spaced is not None
    assert spaced.value == Decimal("1898.00")
    assert "空格" in (spaced.doubt or "")
    assert remarked is not None
    assert (remarked.value, remarked.unit) == (Decimal("189.8"), MYRIAD)
    assert "(其中:结转9.8)" in (remarked.doubt or "")
    assert amount_with_doubt("189.8万元") is None
    assert amount_with_doubt("招商(5家)") is None


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("189。8", "189.8", None),
        ("约189.8", "189.8", None),
        ("大约189.8万元", "189.8", MYRIAD),
        ("189.8万元左右", "189.8", MYRIAD),
        ("189.8w", "189.8", MYRIAD),
        ("189.80万元/年", "189.80", MYRIAD),
        ("189.8万元，其中财政拨款100万元", "189.8", MYRIAD),
        ("约189.8（其中：结转9.8（上年））", "189.8", None),
    ],
)
def test_an_amount_in_doubt_is_read_and_told(text: str, value: str, unit: CurrencyUnit | None) -> None:
    amount = amount_with_doubt(text)
    assert amount_of(text) is None
    assert amount is not None
    assert (amount.value, amount.unit) == (Decimal(value), unit)
    assert amount.doubt


@pytest.mark.parametrize("text", ["12,345,67", "5。6。7", "189.8元/人", "约", "2026.12.31", "约5家", "第3（三）"])
def test_what_is_no_amount_in_doubt_either(text: str) -> None:
    assert amount_with_doubt(text) is None


@pytest.mark.parametrize("text", ["-", "/", "——", "－", "／", "N/A", "无", "暂无", "不涉及"])
def test_what_stands_for_nothing(text: str) -> None:
    assert (blank_if_dashes(text), amount_of(text), amount_with_doubt(text)) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "unit", "is_line"),
    [
        ("单位：万元", MYRIAD, True),
        ("金额单位:元", YUAN, True),
        ("（单位：人民币万元）", MYRIAD, True),
        ("项目资金(单位:万元)", MYRIAD, False),
        ("资金情况（单位：元）", YUAN, False),
        ("项目资金（人民币万元）", MYRIAD, False),
        ("项目资金 单位：万元", MYRIAD, False),
        ("资金总额，万元", MYRIAD, False),
        ("项目资金/元", YUAN, False),
    ],
)
def test_a_label_with_its_unit_is_no_line_of_units(text: str, unit: CurrencyUnit, is_line: bool) -> None:
    assert (unit_of(text), is_unit_line(text)) == (unit, is_line)
