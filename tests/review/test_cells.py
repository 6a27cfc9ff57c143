"""One cell, one finding, one fix."""

from __future__ import annotations

from dataclasses import replace

import pytest
from writers.factory import finding

from jixiao.domain.finding import Finding, PatchOperation, Severity
from jixiao.review.cells import is_cell, settled
from jixiao.review.rule import Rule
from jixiao.rules import RULES

TARGET = "/goal_sheets/0/indicators/1/target"
ONE, OTHER, THIRD = list(RULES.values())[:3]


def rules(**yields: tuple[str, ...]) -> dict[str, Rule]:
    return {r.code: replace(r, yields_to=yields.get(r.code, ())) for r in (ONE, OTHER, THIRD)}


def found(rule: Rule, at: str = TARGET, **changes: object) -> Finding:
    return finding(at, rule.code, **changes)


def test_a_rule_is_silent_where_one_it_yields_to_speaks_of_the_same_place() -> None:
    kept = settled([found(ONE), found(OTHER), found(ONE, "/overall_goals/0")], rules(**{ONE.code: (OTHER.code,)}))
    assert [(f.rule, f.pointer) for f in kept] == [(OTHER.code, TARGET), (ONE.code, "/overall_goals/0")]


def test_the_gravest_of_a_cell_leads_and_the_others_stand_with_it() -> None:
    fix = (PatchOperation("replace", f"{TARGET}/text", "≥95%"),)
    (kept,) = settled([found(ONE, severity=Severity.ADVICE), found(OTHER, severity=Severity.ERROR, fix=fix)], rules())
    assert kept.rule == OTHER.code
    assert [(a.rule, a.severity) for a in kept.also] == [(ONE.code, Severity.ADVICE)]
    assert kept.fix == fix


def test_words_of_running_text_may_be_wrong_in_several_ways() -> None:
    prose = "/overall_goals/0"
    assert len(settled([found(ONE, prose), found(OTHER, prose)], rules())) == 2


@pytest.mark.parametrize(
    ("pointer", "cell"),
    [
        (TARGET, True),
        (f"{TARGET}/text", True),
        ("/goal_sheets/0/indicators/1", False),
        ("/goal_sheets/0/indicators", False),
        ("/goal_sheets/0/budget/total", True),
        ("/goal_sheets/0/budget", False),
        ("/goal_sheets/0/goals/0", False),
        ("/goal_sheets/0/purpose", False),
        ("/activities/0/goal", False),
    ],
)
def test_what_a_cell_is(pointer: str, cell: bool) -> None:
    assert is_cell(pointer) is cell
