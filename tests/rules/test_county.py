"""Rules across departments, run over several plans."""

from __future__ import annotations

import pytest
from rules.case import Case, load_county_cases, plans_of

from jixiao.parameters import rulesets
from jixiao.review.engine import review_county, review_plan
from jixiao.rules import RULES


@pytest.mark.parametrize("case", load_county_cases(), ids=lambda c: f"{c.rule} {c.name}")
def test_case(case: Case) -> None:
    rules = {case.rule: RULES[case.rule]}
    plans = plans_of(case)
    found = review_county(plans, rules, rulesets()[case.ruleset], case.as_of)
    assert [f"{one.plan}:{one.finding.pointer}" for one in found] == case.expect


def test_one_plan_has_no_neighbours() -> None:
    for case in load_county_cases():
        plan = plans_of(case)[0]
        review = review_plan(plan, RULES, rulesets()[case.ruleset], case.as_of)
        assert not {f.rule for f in review.findings} & {case.rule}
        assert not {n.rule for n in review.not_run} & {case.rule}
        assert review_county([plan], RULES, rulesets()[case.ruleset], case.as_of) == ()
