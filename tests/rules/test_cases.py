"""Every YAML case, run with its rule and those that it yields to."""

from __future__ import annotations

import pytest
from rules.case import Case, load_cases, plan_of

from jixiao.parameters import rulesets
from jixiao.review import review_plan
from jixiao.rules import RULES


@pytest.mark.parametrize("case", load_cases(), ids=lambda c: f"{c.rule} {c.name}")
def test_case(case: Case) -> None:
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
