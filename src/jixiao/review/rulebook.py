"""What a review goes by: a ruleset, the rules that may speak, and the law they cite, shipped or a locality's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from jixiao.domain.finding import Review, Severity
from jixiao.domain.plan import Plan
from jixiao.law import Instrument, instruments
from jixiao.layouts import Layout, layout_of
from jixiao.layouts import layouts as shipped_layouts
from jixiao.parameters import Ruleset
from jixiao.review.cases import Case
from jixiao.review.engine import review_plan
from jixiao.review.rule import Rule
from jixiao.review.short_plan import plan_of
from jixiao.vocabulary import Vocabulary
from jixiao.vocabulary import shipped as shipped_vocabulary


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A ruleset with its rules by code, its law by id, and the cases a locality wrote for it 「规则集、规则、依据」.

    ``vocabulary`` has the words of the forms it is for: plans are to be read by them. ``own_layouts`` are the
    forms of a locality.
    """

    ruleset: Ruleset
    rules: Mapping[str, Rule]
    law: Mapping[str, Instrument]
    cases: tuple[Case, ...] = ()
    vocabulary: Vocabulary = field(default_factory=shipped_vocabulary)
    own_layouts: Mapping[str, Layout] = field(default_factory=dict)

    @property
    def layouts(self) -> Mapping[str, Layout]:
        """The forms that plans can be written in, by name: those of the program and a locality's own."""
        return {**shipped_layouts(), **self.own_layouts}

    @property
    def layout(self) -> Layout:
        """The form that the localities of the ruleset print."""
        return layout_of(self.ruleset, self.layouts)

    def cites(self, rule: Rule) -> tuple[str, ...]:
        """Clauses a rule rests on under this ruleset, those of the locality first."""
        return (*self.ruleset.cites.get(rule.code, ()), *rule.cites)

    def severity(self, rule: Rule) -> Severity:
        """What a rule weighs under this ruleset, where its function does not say otherwise case by case."""
        return self.ruleset.severities.get(rule.code, rule.severity)

    def review(self, plan: Plan, as_of: date, chosen_because: str = "由使用者指定") -> Review:
        return review_plan(plan, self.rules, self.ruleset, as_of, chosen_because, self.law)

    def failure(self, case: Case) -> str | None:
        """What is wrong with a case under these rules, in Chinese; None where it holds.

        The rules that its rule yields to run with it: where they speak it is silent.
        """
        codes = (case.rule, *self.rules[case.rule].yields_to)
        rules = {code: self.rules[code] for code in codes if code in self.rules}
        review = review_plan(plan_of(dict(case.given)), rules, self.ruleset, case.as_of, "用例", self.law)
        spoke = [finding.pointer for finding in review.findings if finding.rule == case.rule]
        if spoke == list(case.expect):
            return None
        reasons = [f"（{one.reason}）" for one in review.not_run if one.rule == case.rule]
        return f"应提示 {_places(list(case.expect))}，实际提示 {_places(spoke)}{''.join(reasons)}"


def shipped(ruleset: Ruleset, rules: Mapping[str, Rule]) -> Rulebook:
    """The rulebook of a ruleset that comes with the program."""
    return Rulebook(ruleset, rules, instruments())


def _places(pointers: list[str]) -> str:
    return "、".join(pointers) or "（无）"
