"""The id of a finding stays while the thing it is about does: comments and dismissals hang on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from jixiao.domain.identity import identified, place_of
from jixiao.domain.indicator import Indicator
from jixiao.domain.plan import Plan
from jixiao.parameters import rulesets
from jixiao.review import review_plan
from jixiao.review.rule import Scope
from jixiao.rules import RULES
from tools.truth.labels import Document, documents

NEW = Indicator(name="另加一行指标的名称")
SHEET_RULES = {code for code, rule in RULES.items() if rule.reads is not Scope.PLAN}
ROW_RULES = {code for code, rule in RULES.items() if rule.reads is Scope.ROW}


def ids(document: Document, plan: Plan) -> dict[str, str]:
    review = review_plan(plan, RULES, rulesets()[document.ruleset], document.as_of)
    return {f.id: f.rule for f in review.findings}


def with_a_row_above(plan: Plan) -> Plan:
    sheets = tuple(replace(s, indicators=(NEW, *s.indicators)) for s in plan.goal_sheets)
    return identified(plan.with_goal_sheets(sheets))


def without_the_first_sheet(plan: Plan) -> Plan:
    return identified(plan.with_goal_sheets(plan.goal_sheets[1:]))


def turned_round(plan: Plan) -> Plan:
    sheets = tuple(replace(s, indicators=s.indicators[::-1]) for s in plan.goal_sheets[::-1])
    return identified(plan.with_goal_sheets(sheets))


@pytest.mark.parametrize(
    ("edit", "rules"),
    [(with_a_row_above, ROW_RULES), (without_the_first_sheet, SHEET_RULES), (turned_round, ROW_RULES)],
    ids=lambda x: getattr(x, "__name__", ""),
)
def test_ids_survive_edits_of_everything_else(edit: Callable[[Plan], Plan], rules: set[str]) -> None:
    kept = lost = 0
    for document in documents():
        plan = document.plan
        before = review_plan(plan, RULES, rulesets()[document.ruleset], document.as_of).findings
        edited = edit(plan)
        after = ids(document, edited)
        still = [f for f in before if f.rule in rules and f.place.id and place_of(edited, f.place) is not None]
        kept += sum(f.id in after for f in still)
        lost += sum(f.id not in after for f in still)
    assert kept > 50
    assert lost == 0


def test_ids_differ_within_a_review_and_lead_to_their_place() -> None:
    for document in documents():
        review = review_plan(document.plan, RULES, rulesets()[document.ruleset], document.as_of)
        assert [i for i, n in Counter(f.id for f in review.findings).items() if n > 1] == []
        assert all(place_of(document.plan, f.place) == f.pointer for f in review.findings)
