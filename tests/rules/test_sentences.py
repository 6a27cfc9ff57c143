"""Sentences of rules are data: what a rule says is declared, and what is declared is said in some case of the rule."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from rules.case import load_cases, plan_of

from jixiao.parameters import rulesets
from jixiao.readings.view import PlanView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Rule, Scope
from jixiao.rules import RULES


def observe(rule: Rule, view: PlanView) -> list[Observation]:
    items: tuple[object, ...] = {Scope.PLAN: (view,), Scope.SHEET: view.sheets, Scope.ROW: view.rows}[rule.scope]
    return [seen for item in items for seen in rule.check(item)]


@cache
def said() -> dict[str, list[Observation]]:
    """What each rule says in its own cases."""
    found: dict[str, list[Observation]] = defaultdict(list)
    for case in load_cases():
        view = PlanView(plan_of(case.given), rulesets()[case.ruleset], case.as_of)
        found[case.rule] += observe(RULES[case.rule], view)
    return found


def keys(messages: tuple[Message, ...]) -> dict[str, str]:
    return {message.key: message.template for message in messages}


def test_keys_differ_within_a_rule() -> None:
    twice = [r.code for r in RULES.values() if len(keys((*r.says, *r.proposes))) != len(r.says) + len(r.proposes)]
    assert twice == []


def test_what_is_said_is_declared() -> None:
    undeclared = {
        (code, seen.said.key)
        for code, observations in said().items()
        for seen in observations
        if RULES[code].says and keys(RULES[code].says).get(seen.said.key) != seen.said.template
    }
    assert undeclared == set()


def test_what_is_proposed_is_declared() -> None:
    undeclared = {
        (code, seen.suggested.key)
        for code, observations in said().items()
        for seen in observations
        if RULES[code].says
        and seen.suggested
        and keys(RULES[code].proposes).get(seen.suggested.key) != seen.suggested.template
    }
    assert undeclared == set()


def test_what_is_declared_is_said_in_some_case() -> None:
    unsaid = {
        (rule.code, key)
        for rule in RULES.values()
        for key in keys(rule.says).keys() - {seen.said.key for seen in said()[rule.code]}
    }
    unproposed = {
        (rule.code, key)
        for rule in RULES.values()
        for key in keys(rule.proposes).keys() - {s.suggested.key for s in said()[rule.code] if s.suggested}
    }
    assert (unsaid, unproposed) == (set(), set())
