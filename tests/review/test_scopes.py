"""A door that checks one sheet at once and the rest after sees in the end what a whole review sees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from rules.case import load_cases, plan_of

from jixiao.domain.plan import Plan
from jixiao.parameters import Ruleset, rulesets
from jixiao.review.engine import Run, combined, review_plan
from jixiao.review.rule import Scope
from jixiao.rules import RULES
from tools.truth.labels import documents

AS_OF = date(2026, 1, 1)


def reviewed() -> Iterator[tuple[str, Plan, Ruleset, date]]:
    for document in documents():
        yield document.name, document.plan, rulesets()[document.ruleset], document.as_of
    for case in load_cases():
        yield f"{case.rule} {case.name}", plan_of(case.given), rulesets()[case.ruleset], case.as_of


def test_sheets_and_what_is_wider_make_the_whole_review() -> None:
    differ = []
    for name, plan, ruleset, day in reviewed():
        run = Run(plan, RULES, ruleset, day)
        apart = [f for n in range(len(plan.goal_sheets)) for f in run.of_sheet(n)] + run.wider()
        whole = review_plan(plan, RULES, ruleset, day).findings
        if set(combined(apart, RULES)) != set(whole):
            odd = {f.rule for f in {*combined(apart, RULES)} ^ {*whole}}
            differ.append((name, sorted(odd)))
    assert differ == []


def test_one_sheet_is_checked_without_a_look_at_the_others() -> None:
    """What is observed of a sheet does not change when the other sheets do."""
    for document in documents():
        plan = document.plan
        if len(plan.goal_sheets) < 2:
            continue
        ruleset = rulesets()[document.ruleset]
        run = Run(plan, RULES, ruleset, document.as_of)
        assert {f.pointer.split("/")[2] for f in run.of_sheet(1)} <= {"1"}


@pytest.mark.parametrize("scope", [Scope.ROW, Scope.SHEET, Scope.PLAN])
def test_some_rules_read_no_further_than(scope: Scope) -> None:
    assert any(rule.reads is scope for rule in RULES.values())
