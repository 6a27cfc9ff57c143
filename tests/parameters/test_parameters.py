"""Parameters and rulesets as data: sourced, described, and every one of them used."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import jixiao
from jixiao.parameters import Parameter, Ruleset, parameters, rulesets

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SOURCE = Path(jixiao.__file__).parent

every_parameter = pytest.mark.parametrize("parameter", parameters().values(), ids=lambda p: p.name)
every_ruleset = pytest.mark.parametrize("ruleset", rulesets().values(), ids=lambda r: r.name)


@every_parameter
def test_parameter_says_what_it_means_and_where_from(parameter: Parameter) -> None:
    assert CHINESE.search(parameter.title)
    assert all(CHINESE.search(value.source) for value in parameter.values)
    days = [value.since for value in parameter.values]
    assert days == sorted(set(days))


@every_parameter
def test_parameter_is_read_somewhere(parameter: Parameter) -> None:
    code = "\n".join(f.read_text(encoding="utf-8") for f in SOURCE.rglob("*.py"))
    assert f'"{parameter.name}"' in code


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
    assert hebei.parameter("required_kinds", day) == national.parameter("required_kinds", day)
    assert hebei.parameter("basis_required", day) is True
    assert national.parameter("basis_required", day) is False
