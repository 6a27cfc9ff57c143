"""Sheets met before are not looked at again; what is said of them does not change by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from review.test_scopes import reviewed
from rules.case import plan_of

from jixiao.domain.identity import identified
from jixiao.domain.indicator import Indicator
from jixiao.domain.plan import Plan
from jixiao.parameters import Ruleset, rulesets
from jixiao.readings.written import Looked
from jixiao.review.engine import Run, review_plan
from jixiao.review.repeated import MetSheets
from jixiao.review.rule import Scope
from jixiao.rules import RULES
from tools.truth.labels import documents

NARROW = {code: rule for code, rule in RULES.items() if rule.reads in (Scope.ROW, Scope.SHEET)}


def fresh(ruleset: Ruleset) -> Ruleset:
    """The same ruleset, which remembers nothing."""
    return replace(ruleset, _made={})


def alone(plan: Plan, index: int) -> Plan:
    """A plan without its other sheets."""
    sheet = plan.goal_sheets[index]
    own = [later for later in plan.later_sheets.values() if later.sheet == sheet.id]
    return replace(plan.with_later_sheets(()), goal_sheets=(sheet,)).with_later_sheets(own)


def test_rules_that_read_a_sheet_look_at_no_other() -> None:
    sheets, odd = 0, []
    for name, plan, ruleset, day in reviewed():
        if len(plan.goal_sheets) < 2:
            continue
        for index in range(len(plan.goal_sheets)):
            among = Run(plan, NARROW, ruleset, day).of_sheet(index)
            by_itself = Run(alone(plan, index), NARROW, ruleset, day).of_sheet(0)
            here, there = f"/goal_sheets/{index}", "/goal_sheets/0"
            sheets += 1
            if {(f.rule, f.says, f.pointer.replace(here, there, 1)) for f in among} != {
                (f.rule, f.says, f.pointer) for f in by_itself
            }:
                odd.append((name, index))
    assert odd == []
    assert sheets > 100


def edits(plan: Plan) -> list[Plan]:
    """A purpose, a row, the head and the order of the sheets changed, one after the other."""
    first, *others = plan.goal_sheets
    amount = first.budget.total
    printed = replace(first.budget, total=None if amount is None else amount + Decimal("0.000"))
    longer = replace(first, indicators=(Indicator(name="另加一行"), *first.indicators))
    return [
        plan.with_goal_sheets((replace(first, purpose="其他支出"), *others)),
        plan.with_goal_sheets((replace(first, budget=printed), *others)),
        identified(plan.with_goal_sheets((longer, *others))),
        replace(plan, fiscal_year=None),
        plan.with_goal_sheets((*others, first)),
        plan,
    ]


def remembering(monkeypatch: pytest.MonkeyPatch) -> list[Looked | MetSheets]:
    """All that is made from now on and remembers what it met, as it is made."""
    made: list[Looked | MetSheets] = []
    for kind in (Looked, MetSheets):
        begin = kind.__init__

        def noted(self, *given, begin=begin) -> None:
            begin(self, *given)
            made.append(self)

        monkeypatch.setattr(kind, "__init__", noted)
    return made


def test_every_review_says_what_it_would_have_said_first(monkeypatch: pytest.MonkeyPatch) -> None:
    made = remembering(monkeypatch)
    others = {name: fresh(ruleset) for name, ruleset in rulesets().items()}  # which forget before every review
    theirs: list[Looked | MetSheets] = []
    for document in documents():
        ruleset = fresh(rulesets()[document.ruleset])
        review_plan(document.plan, RULES, ruleset, document.as_of)
        for plan in edits(document.plan):
            again = review_plan(plan, RULES, ruleset, document.as_of)
            made.clear()
            first = review_plan(plan, RULES, others[document.ruleset], document.as_of)
            theirs += made
            for memory in theirs:
                memory.forget()
            assert repr(again) == repr(first), document.name  # to the last digit: 57.70 equals 57.7
    assert {type(memory) for memory in theirs} == {Looked, MetSheets}


def test_amounts_are_quoted_as_they_are_printed_now() -> None:
    ruleset = fresh(rulesets()["national-88"])
    said = []
    for total in ("57.70", "57.7"):
        plan = plan_of({"budget": {"currency_unit": "万元", "total": total, "fiscal": "30", "other": "20"}})
        said.append(repr(review_plan(plan, RULES, ruleset, date(2026, 1, 1)).findings))
        assert said[-1] == repr(review_plan(plan, RULES, fresh(ruleset), date(2026, 1, 1)).findings)
    assert said[0] != said[1]
