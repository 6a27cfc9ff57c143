"""Rows met before are not looked at again; what is said of them does not change by it."""

from __future__ import annotations

from dataclasses import replace

from review.test_scopes import reviewed

from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.plan import Plan
from jixiao.parameters import Ruleset, rulesets
from jixiao.review.engine import Run, review_plan
from jixiao.review.rule import Scope
from jixiao.rules import RULES
from tools.truth.labels import documents

ALONE = {code: rule for code, rule in RULES.items() if rule.reads is Scope.ROW}


def fresh(ruleset: Ruleset) -> Ruleset:
    """The same ruleset, which remembers nothing."""
    return replace(ruleset, _made={})


def alone(plan: Plan, sheet: GoalSheet, row: int) -> Plan:
    """A plan of which nothing is left but its head and one row under the head of its sheet."""
    nothing: tuple[()] = ()
    return replace(
        plan,
        overall_goals=nothing,
        activities=nothing,
        safeguards=nothing,
        notes=nothing,
        goal_sheets=(replace(sheet, indicators=(sheet.indicators[row],)),),
        monitoring_sheets=nothing,
        self_evaluation_sheets=nothing,
    )


def test_rules_that_read_rows_look_at_nothing_but_the_row_and_the_head_above_it() -> None:
    rows, odd = 0, []
    for name, plan, ruleset, day in reviewed():
        run = Run(plan, ALONE, ruleset, day)
        for row in run.view.rows:
            if row.sheet.later is not None:
                continue
            single = Run(alone(plan, row.sheet.sheet, row.index), ALONE, ruleset, day).view.rows[0]
            rows += 1
            for code, rule in ALONE.items():
                among = [(seen.says, seen.at.removeprefix(row.pointer)) for seen in rule.check(row)]
                by_itself = [(seen.says, seen.at.removeprefix(single.pointer)) for seen in rule.check(single)]
                if among != by_itself:
                    odd.append((code, name, row.pointer))
    assert odd == []
    assert rows > 1000


def test_a_second_review_says_what_the_first_said_also_after_an_edit() -> None:
    for document in documents():
        plan, ruleset = document.plan, fresh(rulesets()[document.ruleset])
        first = review_plan(plan, RULES, ruleset, document.as_of)
        assert review_plan(plan, RULES, ruleset, document.as_of) == first
        edited = plan.with_goal_sheets(
            tuple(
                replace(s, indicators=tuple(replace(i, name=f"{i.name}≥95%") for i in s.indicators))
                if n % 2
                else replace(s, purpose="其他支出")
                for n, s in enumerate(plan.goal_sheets)
            )
        )
        again = review_plan(edited, RULES, ruleset, document.as_of)
        assert again == review_plan(edited, RULES, fresh(ruleset), document.as_of)
