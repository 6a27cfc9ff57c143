"""Runs rules over a plan. Same plan, ruleset and day: same findings, byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256

from jixiao.domain.finding import Citation, Finding, NotRun, Review, RulesetStamp
from jixiao.domain.plan import Plan
from jixiao.domain.pointer import parts
from jixiao.law import Instrument, citation, clause
from jixiao.parameters import Ruleset
from jixiao.readings.stage import Stage
from jixiao.readings.view import PlanView
from jixiao.review.grading import grade_plan
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
    view = PlanView(plan, ruleset, as_of)
    findings: list[Finding] = []
    not_run: list[NotRun] = []
    for rule in rules.values():
        if _is_of_another_stage(rule, view):
            continue  # no check that was left undone: a plan has no scores, a self-evaluation no spending plan
        if reason := _why_not(rule, view):
            not_run.append(NotRun(rule.code, rule.title, reason))
        elif observations := list(_observations(rule, view)):
            cited = _citations(rule, view, law)
            findings.extend(_finding(rule, seen, cited, ruleset) for seen in observations)
    findings.sort(key=_document_order)
    grade, sheet_grades = grade_plan(view, rules, findings)
    stamp = RulesetStamp(ruleset.name, ruleset.title, ruleset.version, as_of, chosen_because)
    return Review(stamp, tuple(findings), tuple(not_run), grade, sheet_grades)


def _why_not(rule: Rule, view: PlanView) -> str | None:
    if rule.code in view.ruleset.excluded:
        return f"本规则集不适用：{view.ruleset.excluded[rule.code]}"
    if not rule.in_force(view.as_of):
        return f"规则在 {view.as_of.isoformat()} 不适用（自 {rule.since.isoformat()} 起）"
    missing = [need.value for need in rule.needs if not _is_met(need, view)]
    return "；".join(missing) or None


_MET = {
    Need.FISCAL_YEAR: lambda plan: plan.fiscal_year is not None,
    Need.GOAL_SHEETS: lambda plan: bool(plan.goal_sheets),
    Need.DISBURSEMENT_PLAN: lambda plan: any(s.disbursement_plan for s in plan.goal_sheets),
    Need.RATING_SCALES: lambda plan: any(i.rating_scale for a in plan.activities for i in a.indicators),
    Need.TWO_SHEETS: lambda plan: len(plan.goal_sheets) > 1,
}

_STAGES = {
    Need.SELF_EVALUATION: {Stage.RESULTS},
    Need.MONITORING: {Stage.MONITORING},
    Need.RESULTS: {Stage.RESULTS, Stage.MONITORING},
}


def _is_of_another_stage(rule: Rule, view: PlanView) -> bool:
    """Whether a rule is for sheets of a stage that the text does not hold."""
    return any(need in _STAGES and not _is_met(need, view) for need in rule.needs)


def _is_met(need: Need, view: PlanView) -> bool:
    if need in _STAGES:
        return any(sheet.stage in _STAGES[need] for sheet in view.sheets)
    return _MET[need](view.plan)


def _observations(rule: Rule, view: PlanView) -> Iterator[Observation]:
    items: Iterable[object]
    if rule.scope is Scope.PLAN:
        items = (view,)
    elif rule.scope is Scope.SHEET:
        items = view.sheets
    else:
        items = view.rows
    for item in items:
        yield from rule.check(item)


def _finding(rule: Rule, seen: Observation, cited: tuple[Citation, ...], ruleset: Ruleset) -> Finding:
    """The id depends on rule, places and words only, so that it survives reruns and other edits."""
    digest = sha256("\x1f".join((rule.code, seen.at, seen.evidence, *seen.related)).encode()).hexdigest()[:8]
    return Finding(
        id=f"{rule.code}-{digest}",
        rule=rule.code,
        problem=rule.problem,
        title=rule.title,
        severity=ruleset.severities.get(rule.code) or seen.severity or rule.severity,
        aspect=rule.aspect,
        pointer=seen.at,
        message=seen.message,
        evidence=seen.evidence,
        suggestion=seen.suggestion or rule.remedy,
        related=seen.related,
        fix=seen.fix,
        citations=cited,
        confidence=seen.confidence,
    )


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
