"""What holds for every rule: registered, exercised both ways, cited, in Chinese, with its numbers in parameters."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from each import each
from rules.case import Case, load_cases, load_county_cases, observe, observe_in, plan_of

import jixiao.rules
from jixiao.domain.problems import PROBLEMS
from jixiao.law import clause, instruments
from jixiao.parameters import Key, Ruleset, parameters, rulesets
from jixiao.readings.view import PlanView
from jixiao.review.rule import RETIRED, Rule, Scope
from jixiao.rules import FAMILIES, RULES

CHINESE = re.compile(r"[\u4e00-\u9fff]")
VIEWS = ("CountyView", "PlanView", "SheetView", "RowView")
PLAIN_NUMBERS = {0, 1, 2, 100}
"""Numbers that are grammar, not thresholds: nothing, one, a pair, the whole in per cent."""

MODULES = [
    importlib.import_module(module.name) for module in pkgutil.walk_packages(jixiao.rules.__path__, "jixiao.rules.")
]


def cases_by_rule() -> dict[str, list[Case]]:
    found = defaultdict(list)
    for case in (*load_cases(), *load_county_cases()):
        found[case.rule].append(case)
    return found


CASES = cases_by_rule()

every_rule = each(RULES.values(), lambda r: r.code)
every_module = each(MODULES, lambda m: m.__name__.rpartition(".")[2])


# --- cases ------------------------------------------------------------------------------------------------


@every_rule
def test_a_case_fires_and_a_case_is_silent(rule: Rule) -> None:
    cases = CASES[rule.code]
    assert any(case.expect for case in cases), "no case in which the rule speaks"
    assert any(not case.expect for case in cases), "no case in which the rule is silent"


def test_every_case_file_belongs_to_a_rule() -> None:
    assert CASES.keys() - {r.code for r in RULES.values()} == set()


def test_names_of_cases_are_in_chinese_and_differ() -> None:
    for code, cases in CASES.items():
        names = [case.name for case in cases]
        assert all(CHINESE.search(name) for name in names), code
        assert len(set(names)) == len(names), code


# --- registration -----------------------------------------------------------------------------------------


def rule_functions(module: Any) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Public functions of a module that take a view and yield observations."""
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if name.startswith("_") or function.__module__ != module.__name__:
            continue
        hints = {k: str(v) for k, v in function.__annotations__.items()}
        returns = hints.pop("return", "")
        if returns == "Iterator[Observation]" and any(hint in VIEWS for hint in hints.values()):
            yield name, function


@every_module
def test_every_rule_function_is_registered(module: Any) -> None:
    checks = {rule.check for rule in RULES.values()}
    assert [name for name, function in rule_functions(module) if function not in checks] == []


def test_every_rule_is_found_by_walking_the_modules() -> None:
    walked = {function for module in MODULES for _, function in rule_functions(module)}
    assert [rule.code for rule in RULES.values() if rule.check not in walked] == []


@every_rule
def test_the_function_takes_what_its_scope_gives(rule: Rule) -> None:
    (hint,) = [str(v) for k, v in rule.check.__annotations__.items() if k != "return"]
    views = {Scope.COUNTY: "CountyView", Scope.PLAN: "PlanView", Scope.SHEET: "SheetView", Scope.ROW: "RowView"}
    assert hint == views[rule.scope]


@every_rule
def test_code_is_a_letter_and_a_number_and_not_retired(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]\d{2,3}", rule.code)
    assert rule.code not in RETIRED


def test_rules_stand_in_the_folder_of_their_letter() -> None:
    folders = {code: rule.check.__module__.split(".")[2] for code, rule in RULES.items()}
    assert {code: folder for code, folder in folders.items() if FAMILIES[code[0]] != folder} == {}


# --- law --------------------------------------------------------------------------------------------------


@every_rule
def test_citations_resolve_and_one_holds_from_the_first_day(rule: Rule) -> None:
    """A rule may add a newer instrument, which findings cite from its own day on; one must carry it all along."""
    assert len(set(rule.cites)) == len(rule.cites) > 0
    assert any(clause(reference)[0].in_force(rule.since) for reference in rule.cites)


@every_rule
def test_something_can_be_cited_under_every_ruleset(rule: Rule) -> None:
    for ruleset in rulesets().values():
        if rule.code not in ruleset.excluded:
            held = [c for c in rule.cites if clause(c)[0].id in ruleset.instruments]
            assert any(clause(c)[0].in_force(rule.since) for c in held), ruleset.name


def test_rulesets_name_known_instruments_and_rules() -> None:
    for ruleset in rulesets().values():
        assert ruleset.excluded.keys() <= RULES.keys(), ruleset.name
        assert set(ruleset.instruments) <= instruments().keys(), ruleset.name


# --- words ------------------------------------------------------------------------------------------------


@every_rule
def test_users_are_spoken_to_in_chinese(rule: Rule) -> None:
    for words in (rule.title, rule.remedy, rule.explanation):
        assert CHINESE.search(words)
    assert len(rule.title) <= 16
    assert rule.remedy.endswith(("。", "”。"))
    assert rule.explanation.endswith("。")


@every_rule
def test_problem_belongs_to_the_vocabulary(rule: Rule) -> None:
    assert rule.problem in PROBLEMS


def test_titles_differ() -> None:
    titles = [rule.title for rule in RULES.values()]
    assert sorted(titles) == sorted(set(titles))


@every_rule
def test_observations_say_what_where_and_why(rule: Rule) -> None:
    for case in CASES[rule.code]:
        for seen in observe(rule, case):
            assert seen.at.startswith("/")
            assert seen.evidence.strip()
            assert CHINESE.search(seen.says.text)
            assert seen.says.text.endswith("。")
            assert "None" not in seen.says.text + (seen.suggests.text if seen.suggests else "") + seen.evidence
            assert 0 < seen.confidence <= 1
            assert seen.at not in seen.related


# --- parameters -------------------------------------------------------------------------------------------


@every_rule
def test_parameters_are_declared_and_read(rule: Rule) -> None:
    assert set(rule.parameters) <= parameters().keys()
    read: set[str] = set()
    original = Ruleset.parameter

    def recorded(self: Ruleset, key: Key[Any], as_of: date) -> Any:
        read.add(key.name)
        return original(self, key, as_of)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Ruleset, "parameter", recorded)
        patch.setattr(Ruleset, "once", lambda self, key, make: make())  # what is remembered is not read again
        for case in CASES[rule.code]:
            observe(rule, case)
    assert read == set(rule.parameters)


@every_module
def test_no_threshold_stands_in_the_code(module: Any) -> None:
    """Numbers that decide live in parameters, dated and sourced. Days of law and sizes of caches are no thresholds."""
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if _is_call_of(node, "date") or _is_call_of(node, "lru_cache")]
    allowed = {id(n) for call in calls for n in ast.walk(call)}
    numbers = [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
        and id(node) not in allowed
        and node.value not in PLAIN_NUMBERS
    ]
    assert numbers == []


def _is_call_of(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


# --- all rules together -----------------------------------------------------------------------------------


def test_no_rule_fails_on_any_case_of_another() -> None:
    """Every rule over every case: what one rule's cases hold, no other rule may stumble over.

    Under the ruleset of the case itself, ``review/test_scopes.py`` reviews it with all rules.
    """
    for case in load_cases():
        plan = plan_of(case.given)
        for name, ruleset in rulesets().items():
            view = PlanView(plan, ruleset, case.as_of)
            for rule in RULES.values() if name != case.ruleset else ():
                if rule.scope is not Scope.COUNTY:
                    observe_in(rule, view)
