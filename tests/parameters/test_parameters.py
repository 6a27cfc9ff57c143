"""Parameters and rulesets as data: sourced, described, and every one of them used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from each import each

import jixiao
from jixiao.parameters import Key, Parameter, Ruleset, keys, parameters, rulesets, shapes
from jixiao.parameters.keys import BASIS_REQUIRED, REQUIRED_KINDS
from jixiao.parameters.typed import MisfitError, shaped

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SOURCE = Path(jixiao.__file__).parent

every_parameter = each(parameters().values(), lambda p: p.name)
every_ruleset = each(rulesets().values(), lambda r: r.name)


@every_parameter
def test_parameter_says_what_it_means_and_where_from(parameter: Parameter) -> None:
    assert CHINESE.search(parameter.title)
    assert all(CHINESE.search(value.source) for value in parameter.values)
    days = [value.since for value in parameter.values]
    assert days == sorted(set(days))


def test_parameters_are_read_somewhere() -> None:
    code = "\n".join(f.read_text(encoding="utf-8") for f in SOURCE.rglob("*.py"))
    assert [name for name in parameters() if f'"{name}"' not in code] == []


@every_parameter
def test_word_lists_hold_no_word_twice(parameter: Parameter) -> None:
    for value in parameter.values:
        if isinstance(value.value, tuple):
            assert len({repr(word) for word in value.value}) == len(value.value)


def test_an_older_day_takes_the_first_value() -> None:
    assert parameters()["indicator_count"].at(date(1999, 1, 1)) == parameters()["indicator_count"].values[0].value


@every_ruleset
def test_ruleset_overrides_have_the_shape_of_the_default(ruleset: Ruleset) -> None:
    for name, parameter in ruleset.parameters.items():
        default = parameters()[name].values[-1].value
        assert default is None or type(parameter.values[-1].value) is type(default), name
        assert CHINESE.search(parameter.values[-1].source)


@every_ruleset
def test_ruleset_is_described_in_chinese(ruleset: Ruleset) -> None:
    assert CHINESE.search(ruleset.title)
    assert CHINESE.search(ruleset.summary)


def test_what_a_ruleset_does_not_say_the_one_it_extends_says() -> None:
    day = date(2026, 1, 1)
    hebei, national = rulesets()["hebei"], rulesets()["national-88"]
    assert hebei.parameter(REQUIRED_KINDS, day) == national.parameter(REQUIRED_KINDS, day)
    assert hebei.parameter(BASIS_REQUIRED, day) is True
    assert national.parameter(BASIS_REQUIRED, day) is False


def test_every_parameter_has_one_typed_key_and_fits_it() -> None:
    declared = {key.name: key for key in vars(keys).values() if isinstance(key, Key)}
    assert declared.keys() == parameters().keys()
    assert [name for name in vars(keys) if isinstance(vars(keys)[name], Key) and name != name.upper()] == []
    for ruleset in rulesets().values():
        for name, key in declared.items():
            for dated in ruleset.described(name).values:
                key.read(dated.value)


@pytest.mark.parametrize(
    ("want", "value", "words"),
    [
        (tuple[str, ...], "招商", "x 应当是列表，写的是“招商”"),
        (tuple[str, ...], [1], "x 第 1 项 应当是文字，写的是“1”"),
        (int, True, "x 应当是整数，写的是“True”"),
        (Decimal, "多", "x 应当是数，写的是“多”"),
        (Mapping[str, int], {"甲": "乙"}, "x.甲 应当是整数，写的是“乙”"),
        (shapes.NumberNounLength, {"near": 1}, "x 缺“far”"),
        (shapes.NumberNounLength, {"near": 1, "far": 2, "up": 3}, "x 没有“up”这一项"),
    ],
)
def test_data_of_another_shape_is_told(want: object, value: object, words: str) -> None:
    with pytest.raises(MisfitError) as error:
        shaped(value, want, "x")
    assert str(error.value) == words
