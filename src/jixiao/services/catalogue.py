"""The rules, rulesets and parameters by name: everything there is to tell of one, as a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from jixiao.domain.finding import Severity
from jixiao.domain.problems import GROUPS, PROBLEMS
from jixiao.law import Clause, Instrument, clause
from jixiao.parameters import Parameter, Ruleset, parameters, rulesets
from jixiao.review.folder import is_folder
from jixiao.review.rule import Rule
from jixiao.review.rulebook import Rulebook
from jixiao.rules import RULES
from jixiao.rules.examples import Example, cases_of, examples
from jixiao.services.rulebooks import book_of

DEFAULT_RULESET = "national-88"
"""by which rules are shown where nobody names one"""


@dataclass(frozen=True, slots=True)
class Basis:
    """A clause that a rule rests on, and whether findings may cite it under the ruleset."""

    instrument: Instrument
    clause: Clause
    is_held: bool


@dataclass(frozen=True, slots=True)
class RulePage:
    """A rule as a ruleset has it: what it weighs, why it does not hold (None where it does), what it rests on and reads."""

    rule: Rule
    ruleset: Ruleset
    severity: Severity
    excluded: str | None
    bases: tuple[Basis, ...]
    parameters: tuple[Parameter, ...]
    examples: tuple[Example, ...]

    @property
    def problem(self) -> str:
        """The kind of problem, in Chinese."""
        return PROBLEMS[self.rule.problem][1]


@dataclass(frozen=True, slots=True)
class Difference:
    """A parameter that is not as it is elsewhere: its value here, and the shared one where there is one."""

    parameter: Parameter
    here: Any
    shared: Any | None


@dataclass(frozen=True, slots=True)
class RulesetPage:
    """A ruleset: what it builds on, what may be cited, and what it does otherwise."""

    book: Rulebook
    based_on: Ruleset | None
    instruments: tuple[Instrument, ...]
    own_rules: tuple[Rule, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class ParameterPage:
    """A parameter as a ruleset has it, and the rules that read it."""

    parameter: Parameter
    readers: tuple[Rule, ...]


Page = RulePage | RulesetPage | ParameterPage


def groups(book: Rulebook) -> Iterator[tuple[str, tuple[Rule, ...]]]:
    """(group of problems, its rules), groups without rules left out."""
    for group, title in GROUPS.items():
        rules = tuple(rule for rule in book.rules.values() if PROBLEMS[rule.problem][0] == group)
        if rules:
            yield title, rules


def all_parameters(book: Rulebook) -> tuple[Parameter, ...]:
    """Every parameter as the ruleset has it, by name."""
    return tuple(book.ruleset.described(name) for name in sorted({*parameters(), *book.ruleset.parameters}))


def page(word: str, book: Rulebook) -> Page | None:
    """What there is to tell of a rule (by code), a ruleset or a parameter (by name); None where it is none.

    Raises UnknownRulesetError where ``word`` is the folder of a ruleset that is faulty.
    """
    if (rule := book.rules.get(word.upper())) is not None:
        return _rule(rule, book)
    if word in rulesets() or is_folder(word):
        return _ruleset(book_of(word))
    if word == book.ruleset.name:
        return _ruleset(book)
    if word in parameters() or word in book.ruleset.parameters:
        readers = tuple(rule for rule in book.rules.values() if word in rule.parameters)
        return ParameterPage(book.ruleset.described(word), readers)
    return None


def speaking_of(word: str, book: Rulebook) -> tuple[Rule, ...]:
    """The rules whose title has a word: 满意度."""
    return tuple(rule for rule in book.rules.values() if word in rule.title)


def _rule(rule: Rule, book: Rulebook) -> RulePage:
    ruleset = book.ruleset
    found = [clause(reference, book.law) for reference in book.cites(rule)]
    cases = (*(case for case in book.cases if case.rule == rule.code), *cases_of(rule.code))
    return RulePage(
        rule,
        ruleset,
        book.severity(rule),
        ruleset.excluded.get(rule.code),
        tuple(Basis(instrument, one, instrument.id in ruleset.instruments) for instrument, one in found),
        tuple(ruleset.described(name) for name in rule.parameters),
        examples(cases),
    )


def _ruleset(book: Rulebook) -> RulesetPage:
    one = book.ruleset
    return RulesetPage(
        book,
        rulesets()[one.based_on] if one.based_on else None,
        tuple(book.law[name] for name in one.instruments),
        tuple(rule for code, rule in book.rules.items() if code not in RULES),
        tuple(_difference(one.parameters[name]) for name in sorted(one.parameters)),
    )


def _difference(own: Parameter) -> Difference:
    shared = parameters().get(own.name)
    return Difference(own, own.at(date.max), None if shared is None else shared.at(date.max))
