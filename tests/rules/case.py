"""Rule cases a budget officer can read: YAML files in ``jixiao/rules/cases/``, one per rule, named by its code.

An item says what is given (a plan in short form), and at how many places the rule must speak:

    - name: 满意度写成不超过，应报
      given:
        indicators: [{class: satisfaction, name: 群众满意度, target: ≤85%}]
      expect: [/goal_sheets/0/indicators/0/target]     # pointers, in document order; [] for silence
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jixiao.rules
from jixiao.domain.plan import Plan
from jixiao.parameters import rulesets
from jixiao.readings.county import CountyView
from jixiao.readings.view import PlanView
from jixiao.review.rule import Observation, Rule, Scope
from jixiao.review.short_plan import plan_of
from jixiao.strict_yaml import load_strict

__all__ = ["CASES", "Case", "load_cases", "load_county_cases", "observe", "observe_in", "plan_of", "plans_of"]

CASES = Path(jixiao.rules.__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """One item of a case file."""

    name: str
    given: dict[str, Any]
    expect: list[str]
    as_of: date = date(2026, 1, 1)
    ruleset: str = "national-88"
    suggestion: str | None = None
    """a part that the first observation's suggestion must hold"""
    fixed: str | None = None
    """the value that the first observation's fix must write"""
    rule: str = field(default="", kw_only=True)


def load_cases() -> list[Case]:
    """Every case of one plan, in the order of files and items."""
    return _load(CASES)


def load_county_cases() -> list[Case]:
    """The cases of rules across departments: ``given.plans`` are several, places are ``1:/goal_sheets/0``."""
    return _load(CASES / "county")


def _load(folder: Path) -> list[Case]:
    return list(_read(folder))


@cache
def _read(folder: Path) -> tuple[Case, ...]:
    """Read once: more than a thousand cases, which several tests go through. Nobody may change what is given."""
    return tuple(
        Case(**item, rule=file.stem)
        for file in sorted(folder.glob("*.yaml"))
        for item in load_strict(file.read_text(encoding="utf-8"), file.name)
    )


def plans_of(case: Case) -> list[Plan]:
    """The plans of a case: one, or those of a county."""
    return [plan_of(given) for given in case.given["plans"]] if "plans" in case.given else [plan_of(case.given)]


def observe(rule: Rule, case: Case) -> list[Observation]:
    """What a rule sees in a case, without the engine: so that only its own reading of parameters counts."""
    ruleset = rulesets()[case.ruleset]
    if rule.scope is Scope.COUNTY:
        return list(rule.check(CountyView(plans_of(case), ruleset, case.as_of)))
    return observe_in(rule, PlanView(plan_of(case.given), ruleset, case.as_of))


def observe_in(rule: Rule, view: PlanView) -> list[Observation]:
    """What a rule of one plan sees in a view."""
    items: tuple[object, ...] = {Scope.PLAN: (view,), Scope.SHEET: view.sheets, Scope.ROW: view.rows}[rule.scope]
    return [seen for item in items for seen in rule.check(item)]
