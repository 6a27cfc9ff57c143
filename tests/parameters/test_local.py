"""What a locality makes of a dated parameter."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jixiao.parameters import DatedValue, Parameter
from jixiao.parameters.local import Change, changed

OLD, MIDDLE, NEW = date(2015, 1, 1), date(2020, 1, 1), date(2025, 1, 1)


def parameter(*values: Any) -> Parameter:
    days = (OLD, NEW)
    return Parameter("x", "例", None, tuple(DatedValue(d, v, "自带") for d, v in zip(days, values, strict=False)))


def test_before_its_day_a_change_does_nothing() -> None:
    local = changed(parameter(("甲",)), [Change(MIDDLE, "本地", add=("乙",))])
    assert local.at(date(2019, 12, 31)) == ("甲",)
    assert local.at(MIDDLE) == ("甲", "乙")


def test_what_is_added_stays_when_the_program_takes_a_newer_list() -> None:
    local = changed(parameter(("甲",), ("丙",)), [Change(MIDDLE, "本地", add=("乙",))])
    assert local.at(NEW) == ("丙", "乙")


def test_a_whole_value_stays_when_the_program_takes_a_newer_one() -> None:
    local = changed(parameter(5, 6), [Change(MIDDLE, "本地", value=9)])
    assert [local.at(d) for d in (OLD, MIDDLE, NEW)] == [5, 9, 9]
    assert [v.source for v in local.values] == ["自带", "本地"]


def test_the_newest_change_in_force_holds() -> None:
    local = changed(parameter(5), [Change(NEW, "乙", value=8), Change(MIDDLE, "甲", value=7)])
    assert [local.at(d) for d in (OLD, MIDDLE, NEW)] == [5, 7, 8]


def test_a_change_to_false_or_nothing_is_a_change() -> None:
    assert changed(parameter(True), [Change(MIDDLE, "本地", value=False)]).at(NEW) is False
    assert changed(parameter(5), [Change(MIDDLE, "本地", value=0)]).at(NEW) == 0


@pytest.mark.parametrize(
    ("base", "change", "result"),
    [
        (("甲", "乙"), {"remove": ("甲",)}, ("乙",)),
        (("甲", "乙"), {"add": ("乙", "丙")}, ("甲", "乙", "丙")),
        (("甲", "乙"), {"remove": ("甲",), "add": ("丙",)}, ("乙", "丙")),
        ({"a": ("甲",), "n": 1}, {"add": {"a": ("乙",)}}, {"a": ("甲", "乙"), "n": 1}),
        ({"a": ("甲",), "n": 1}, {"add": {"n": 2}}, {"a": ("甲",), "n": 2}),
        ({"a": ("甲", "乙")}, {"remove": {"a": ("甲",)}}, {"a": ("乙",)}),
        ({"甲": "一", "乙": "二"}, {"remove": ("甲",)}, {"乙": "二"}),
    ],
)
def test_words_are_added_and_removed(base: Any, change: dict[str, Any], result: Any) -> None:
    before = repr(base)
    assert changed(parameter(base), [Change(MIDDLE, "本地", **change)]).at(NEW) == result
    assert repr(base) == before


@pytest.mark.parametrize(
    ("base", "change"),
    [
        (("甲",), {"remove": ("乙",)}),
        (5, {"add": ("乙",)}),
        (("甲",), {"add": "乙"}),
        (("甲",), {"remove": {"a": ("乙",)}}),
    ],
)
def test_what_does_not_fit_is_refused_in_chinese(base: Any, change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"remove|add"):
        changed(parameter(base), [Change(MIDDLE, "本地", **change)])
