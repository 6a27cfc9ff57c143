"""Every YAML case, run with its rule and those that it yields to; all cases of a rule in one test."""

from __future__ import annotations

from itertools import groupby

import pytest
from each import each
from rules.case import Case, load_cases, plan_of

from jixiao.parameters import rulesets
from jixiao.review import review_plan
from jixiao.rules import RULES

BY_RULE = {code: list(cases) for code, cases in groupby(load_cases(), lambda case: case.rule)}


@pytest.mark.parametrize("code", BY_RULE)
def test_cases(code: str) -> None:
    each(BY_RULE[code], lambda case: case.name)(holds)()


def holds(case: Case) -> None:
    rule = RULES[case.rule]
    rules = {code: RULES[code] for code in (case.rule, *rule.yields_to)}
    review = review_plan(plan_of(case.given), rules, rulesets()[case.ruleset], case.as_of)
    findings = [f for f in review.findings if f.rule == case.rule]
    assert [f.pointer for f in findings] == case.expect
    if case.suggestion is not None:
        assert case.suggestion in (findings[0].suggestion or "")
    if case.fixed is not None:
        assert findings[0].fix is not None
        assert findings[0].fix[0].value == case.fixed
