"""Numbers before headings and items."""

from __future__ import annotations

import pytest

from jixiao.domain.measure_units import is_measure
from jixiao.domain.numbering import Fault, broken_numbers, number_of
from jixiao.domain.numerals import COMMON


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("一、明确分工", "chinese", 1),
        ("（十二）验收", "bracketed", 12),
        ("3.培训", "arabic", 3),
        ("4、培训", "arabic", 4),
        ("（20）宣传", "bracketed_arabic", 20),
        ("二是按月通报", "ordinal", 2),
    ],
)
def test_numbers_are_read(text: str, style: str, value: int) -> None:
    number = number_of(text)
    assert number is not None
    assert (number.style, number.value) == (style, value)


@pytest.mark.parametrize("text", ["1.2万亩灌区", "2026年完成", "一批企业落户", "十个镇", "维修渠道"])
def test_other_openings_are_no_numbers(text: str) -> None:
    assert number_of(text) is None


@pytest.mark.parametrize("value", [1, 9, 10, 11, 20, 34, 99])
def test_chinese_numbers_come_back(value: int) -> None:
    number = number_of(f"{COMMON.words(value)}、事")
    assert number is not None
    assert number.value == value


@pytest.mark.parametrize(
    ("texts", "faults"),
    [
        (["一、甲", "三、乙"], [(Fault.SKIPPED, 1)]),
        (["一、甲", "二、乙", "二、丙", "四、丁"], [(Fault.DOUBLED, 2)]),
        (["一、甲", "二、乙", "二、丙", "三、丁"], [(Fault.DOUBLED, 2)]),
        (["1.甲", "2.乙", "3.丙", "2.丁"], [(Fault.BACKWARDS, 3)]),
        (["1.甲", "2、乙", "3、丙"], [(Fault.MIXED, 1)]),
        (["（一）、甲", "（二）、乙"], [(Fault.COMMA, 0)]),
        (["一、甲", "1.子", "2.丑", "二、乙", "1.寅", "3.卯"], [(Fault.SKIPPED, 5)]),
        (["一、甲", "（一）子", "（二）丑", "二、乙", "（一）寅"], []),
        (["1.甲。2.乙。", "3.丙"], []),
        (["1.甲", "1.乙"], []),
        (["二、甲", "三、乙"], []),
        ([], []),
    ],
)
def test_broken_lists(texts: list[str], faults: list[tuple[Fault, int]]) -> None:
    assert [(b.fault, b.at) for b in broken_numbers(texts)] == faults


def test_measures_are_no_counts() -> None:
    assert all(is_measure(u) for u in ("亩", "万亩", "千米", "吨", "平方米"))
    assert not any(is_measure(u) for u in ("次", "万元", "%", None))
