"""Every fix mends: made in the plan, its finding is gone and nothing graver has come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from rules.case import load_cases, plan_of

from jixiao.domain.edit import apply_fix
from jixiao.domain.finding import Finding, Severity
from jixiao.domain.plan import Plan
from jixiao.parameters import Ruleset, rulesets
from jixiao.review import review_plan
from jixiao.review.engine import Run
from jixiao.rules import RULES
from tools.truth.labels import documents


def reviewed() -> Iterator[tuple[str, Plan, Ruleset, date]]:
    for case in load_cases():
        yield f"{case.rule} {case.name}", plan_of(case.given), rulesets()[case.ruleset], case.as_of
    for document in documents():
        yield document.name, document.plan, rulesets()[document.ruleset], document.as_of


def errors(findings: Iterable[Finding]) -> set[str]:
    return {f.id for f in findings if f.severity is Severity.ERROR}


def every_error(plan: Plan, ruleset: Ruleset, day: date) -> set[str]:
    """Also those that stand behind a graver one of their cell."""
    run = Run(plan, RULES, ruleset, day)
    return errors(run.observed(run.view, RULES.values()))


def test_every_fix_mends_what_it_is_proposed_for() -> None:
    mended, unmended, worse = set(), [], []
    for name, plan, ruleset, day in reviewed():
        stood: set[str] | None = None  # looked for where a fix asks for it, once a plan
        before = review_plan(plan, RULES, ruleset, day).findings
        for finding in (f for f in before if f.fix is not None):
            after = review_plan(apply_fix(plan, finding), RULES, ruleset, day).findings
            what = (name, finding.rule, finding.pointer, [o.value for o in finding.fix or ()])
            here = {f.rule for f in after if f.place == finding.place}
            if finding.rule in here or any(f.id == finding.id for f in after):
                unmended.append(what)
                continue
            if stood is None:
                stood = every_error(plan, ruleset, day)
            if new := errors(after) - stood:
                worse.append((*what, sorted(new)))
            else:
                mended.add(finding.rule)
    assert (unmended, worse) == ([], [])
    assert len(mended) > 10
