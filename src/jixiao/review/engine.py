"""Runs rules over a plan. Same plan, ruleset and day: same findings, byte for byte."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any

from jixiao.domain.finding import Citation, CountyFinding, Finding, NotRun, Review, RulesetStamp
from jixiao.domain.identity import anchor
from jixiao.domain.message import plain_words
from jixiao.domain.plan import Plan
from jixiao.domain.pointer import parts
from jixiao.law import Instrument, citation, clause
from jixiao.parameters import Ruleset
from jixiao.readings.county import CountyView
from jixiao.readings.view import PlanView, SheetView
from jixiao.review.cells import settled
from jixiao.review.grading import grade_plan
from jixiao.review.repeated import MetSheets, Observed
from jixiao.review.rule import Need, Observation, Rule, Scope


def review_plan(
    plan: Plan,
    rules: Mapping[str, Rule],
    ruleset: Ruleset,
    as_of: date,
    chosen_because: str = "由使用者指定",
    law: Mapping[str, Instrument] | None = None,
) -> Review:
    """Review ``plan`` with every rule of ``rules`` that ``ruleset`` does not exclude, under the law of ``as_of``.

    ``law`` is what clauses are looked up in: the shipped instruments where None.
    """
    run = Run(plan, rules, ruleset, as_of, law)
    findings = combined(run.observed(run.view, rules.values()), rules)
    grade, sheet_grades = grade_plan(run.view, rules, findings)
    stamp = RulesetStamp(ruleset.name, ruleset.title, ruleset.version, as_of, chosen_because)
    return Review(stamp, tuple(findings), run.not_run, grade, sheet_grades)


def combined(observed: Iterable[Finding], rules: Mapping[str, Rule]) -> list[Finding]:
    """What was observed as a review holds it: one finding a cell, in the order of the document."""
    return settled(_told_apart(sorted(observed, key=_document_order)), rules)


def _told_apart(findings: Iterable[Finding]) -> list[Finding]:
    """Where a rule says one thing twice of one place, the words met are part of the id, then the order."""
    found = list(findings)
    times = Counter(f.id for f in found)
    again: Counter[str] = Counter()
    apart = []
    for f in found:
        if times[f.id] > 1:
            own = f"{f.id}-{_digest(f.evidence)[:4]}"
            again[own] += 1
            f = replace(f, id=own if again[own] == 1 else f"{own}.{again[own]}")
        apart.append(f)
    return apart


class Run:
    """The rules of a ruleset over one plan on one day. What it observes is combined by ``combined``.

    A door that checks while somebody types asks for one sheet first and for what lies wider after: together they
    observe what a whole review observes.
    """

    def __init__(
        self,
        plan: Plan,
        rules: Mapping[str, Rule],
        ruleset: Ruleset,
        as_of: date,
        law: Mapping[str, Instrument] | None = None,
    ) -> None:
        self.view = PlanView(plan, ruleset, as_of)
        self._rules = rules
        self._law = law
        unmet = frozenset(need for need in Need if not (_STAGES.get(need) or _MET[need])(plan))
        of_other_stages = unmet & _STAGES.keys()
        own = [
            rule for rule in rules.values() if rule.scope is not Scope.COUNTY and of_other_stages.isdisjoint(rule.needs)
        ]
        self._reasons = {rule.code: why for rule in own if (why := _why_not(rule, self.view, unmet))}
        self._running = frozenset(rule.code for rule in own) - self._reasons.keys()

    @property
    def not_run(self) -> tuple[NotRun, ...]:
        """The rules that could not run, with the reason; rules for sheets of another stage are no checks left undone."""
        return tuple(NotRun(code, self._rules[code].title, reason) for code, reason in self._reasons.items())

    def of_sheet(self, index: int) -> list[Finding]:
        """What the rules observe that need no more than the sheet at ``index`` and the head of the plan."""
        narrow = self.view.only(index)
        return self.observed(narrow, (r for r in self._rules.values() if r.reads is not Scope.PLAN))

    def wider(self) -> list[Finding]:
        """What the rules observe that hold sheets against each other and against the rest of the plan."""
        return self.observed(self.view, (r for r in self._rules.values() if r.reads is Scope.PLAN))

    def observed(self, view: PlanView, rules: Iterable[Rule]) -> list[Finding]:
        """What ``rules`` observe in ``view``, in the order of rules; nothing is settled yet."""
        running = [rule for rule in rules if rule.code in self._running]
        narrow = [rule for rule in running if rule.reads in _OF_SHEETS]
        met = view.ruleset.once(((MetSheets, tuple([rule.check for rule in narrow])), view.as_of), MetSheets)
        of_sheets = met.observed(view, partial(_observed, narrow)) if narrow else []
        found: list[Finding] = []
        for rule in running:
            if rule.reads in _OF_SHEETS:
                observations = [seen for observed in of_sheets for seen in observed.get(rule.code, ())]
            else:
                observations = [seen for item in _items(rule, view) for seen in rule.check(item)]
            if observations:
                cited = _citations(rule, view, self._law)
                found.extend(_finding(rule, seen, cited, view) for seen in observations)
        return found


_OF_SHEETS = frozenset((Scope.ROW, Scope.SHEET))
"""How far rules look whose observations of a sheet hold while the sheet and the head of its plan stay"""


def _observed(rules: Sequence[Rule], sheet: SheetView) -> Observed:
    """What rules that look no further than one sheet observe of it."""
    found = {}
    for rule in rules:
        check = rule.check
        items: Sequence[Any] = sheet.rows if rule.scope is Scope.ROW else (sheet,)
        if observations := [seen for item in items for seen in check(item)]:
            found[rule.code] = observations
    return found


def _items(rule: Rule, view: PlanView) -> Sequence[Any]:
    """What a rule takes, one at a time."""
    return {Scope.PLAN: (view,), Scope.SHEET: view.sheets, Scope.ROW: view.rows}[rule.scope]


def review_county(
    plans: Sequence[Plan],
    rules: Mapping[str, Rule],
    ruleset: Ruleset,
    as_of: date,
    law: Mapping[str, Instrument] | None = None,
) -> tuple[CountyFinding, ...]:
    """What can be seen only across ``plans``, the plans of the departments of a county, in their order."""
    county = CountyView(plans, ruleset, as_of)
    views = [PlanView(plan, ruleset, as_of) for plan in plans]
    found: list[tuple[int, Finding]] = []
    for rule in rules.values():
        if rule.scope is not Scope.COUNTY or rule.code in ruleset.excluded or not rule.in_force(as_of):
            continue
        for seen in rule.check(county):
            view = views[seen.plan]
            found.append((seen.plan, _finding(rule, seen, _citations(rule, view, law), view)))
    found.sort(key=lambda one: (one[0], _document_order(one[1])))
    return tuple(CountyFinding(plan, finding) for plan, finding in found)


def _why_not(rule: Rule, view: PlanView, unmet: Collection[Need]) -> str | None:
    if rule.code in view.ruleset.excluded:
        return f"本规则集不适用：{view.ruleset.excluded[rule.code]}"
    if not rule.in_force(view.as_of):
        return f"规则在 {view.as_of.isoformat()} 不适用（自 {rule.since.isoformat()} 起）"
    missing = [need.value for need in rule.needs if need in unmet]
    return "；".join(missing) or None


_MET = {
    Need.FISCAL_YEAR: lambda plan: plan.fiscal_year is not None,
    Need.GOAL_SHEETS: lambda plan: bool(plan.goal_sheets),
    Need.DISBURSEMENT_PLAN: lambda plan: any(s.disbursement_plan for s in plan.goal_sheets),
    Need.RATING_SCALES: lambda plan: any(i.rating_scale for a in plan.activities for i in a.indicators),
    Need.TWO_SHEETS: lambda plan: len(plan.goal_sheets) > 1,
}

_STAGES = {
    Need.SELF_EVALUATION: lambda plan: bool(plan.self_evaluation_sheets),
    Need.MONITORING: lambda plan: bool(plan.monitoring_sheets),
    Need.RESULTS: lambda plan: bool(plan.later_sheets),
}


def _finding(rule: Rule, seen: Observation, cited: tuple[Citation, ...], view: PlanView) -> Finding:
    """The id depends on the rule, on what it says, and on the thing it says it of, wherever that stands: it survives
    reruns, and edits of everything else.
    """
    place = anchor(view.plan, seen.at)
    return Finding(
        id=f"{rule.code}-{_digest(place.id, place.below, seen.says.key)[:8]}",
        rule=rule.code,
        problem=rule.problem,
        title=rule.title,
        severity=view.ruleset.severities.get(rule.code) or seen.severity or rule.severity,
        aspect=rule.aspect,
        pointer=seen.at,
        says=seen.says,
        evidence=seen.evidence,
        suggests=seen.suggests or plain_words(rule.remedy),
        related=seen.related,
        fix=seen.fix,
        citations=cited,
        confidence=seen.confidence,
        place=place,
    )


def _digest(*words: str) -> str:
    return sha256("\x1f".join(words).encode()).hexdigest()


def _citations(rule: Rule, view: PlanView, law: Mapping[str, Instrument] | None) -> tuple[Citation, ...]:
    """What holds here and now: a local form is not held up to other places, nor a rule before its day."""
    references = (*view.ruleset.cites.get(rule.code, ()), *rule.cites)
    found = [(reference, clause(reference, law)[0]) for reference in references]
    return tuple(
        citation(reference, law)
        for reference, instrument in found
        if instrument.id in view.ruleset.instruments and instrument.in_force(view.as_of)
    )


_SECTIONS = {
    name: n
    for n, name in enumerate(
        (
            "title",
            "fiscal_year",
            "department",
            "currency_unit",
            "overall_goals",
            "activities",
            "safeguards",
            "goal_sheets",
        )
    )
}


def _document_order(finding: Finding) -> tuple[object, ...]:
    """Findings as a reader meets them: by section, sheet and row, then gravest first, then by rule."""
    places = parts(finding.pointer)
    section = _SECTIONS.get(places[0], -1) if places else -1
    numbers = tuple(int(p) for p in places[1:] if p.isdigit())
    return (section, numbers, finding.severity.rank, finding.rule, finding.pointer, finding.id)
