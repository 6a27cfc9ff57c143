"""Holds findings against labels: what was found, what was missed, what was raised wrongly.

A finding and a label agree when they name the same problem at the same place: the same pointer, one inside the other
within a sheet's part or row, or one of the other places that either names. A finding above advice that agrees with no
label is a false alarm (the documents are labelled completely); so is any finding where a document says it is right.
Findings of severity advice are never false alarms, but where a document says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from jixiao.domain.finding import Finding, Severity
from jixiao.domain.pointer import parts
from jixiao.parameters import rulesets
from jixiao.review import review_plan
from jixiao.rules import RULES
from tools.truth.labels import Document, Label, Right


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document."""

    document: Document
    findings: tuple[Finding, ...]
    hits: tuple[tuple[Label, Finding], ...]
    misses: tuple[Label, ...]
    supported: frozenset[str]
    """ids of findings that a label supports"""
    false_alarms: tuple[tuple[Finding, str], ...]
    """findings that are wrong, and why"""
    silent: tuple[Right, ...]
    """places that are right and about which nothing was said"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts: labels found and missed; findings supported and wrong."""

    found: int = 0
    missed: int = 0
    supported: int = 0
    wrong: int = 0

    @property
    def recall(self) -> float | None:
        labels = self.found + self.missed
        return self.found / labels if labels else None

    @property
    def precision(self) -> float | None:
        said = self.supported + self.wrong
        return self.supported / said if said else None

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.found + other.found,
            self.missed + other.missed,
            self.supported + other.supported,
            self.wrong + other.wrong,
        )


def measure(document: Document) -> Outcome:
    """Review a document with all rules and hold the findings against its labels."""
    review = review_plan(document.plan, RULES, rulesets()[document.ruleset], document.as_of)
    findings = tuple(told for finding in review.findings for told in apart(finding))
    hits, misses = [], []
    supported: set[str] = set()
    for label in document.findings:
        agreeing = [f for f in findings if agree(f, label)]
        supported |= {f.id for f in agreeing}
        if agreeing:
            hits.append((label, agreeing[0]))
        else:
            misses.append(label)
    alarms = dict(_false_alarms(document, findings, supported))
    silent = [r for r in document.right if not any(_contradicts(f, r) for f in findings)]
    return Outcome(
        document,
        findings,
        tuple(hits),
        tuple(misses),
        frozenset(supported),
        tuple((f, alarms[f.id]) for f in findings if f.id in alarms),
        tuple(silent),
    )


def apart(finding: Finding) -> Iterator[Finding]:
    """A finding, and each of the other problems of its cell as one of its own: labels name every problem apart."""
    yield finding
    for n, also in enumerate(finding.also, 1):
        yield replace(
            finding,
            id=f"{finding.id}.{n}",
            rule=also.rule,
            problem=also.problem,
            title=also.title,
            severity=also.severity,
            says=also.says,
            also=(),
        )


def _false_alarms(document: Document, findings: Iterable[Finding], supported: set[str]) -> Iterator[tuple[str, str]]:
    for finding in findings:
        if finding.severity is not Severity.ADVICE and document.complete and finding.id not in supported:
            yield finding.id, "没有标注"
        for right in document.right:
            if _contradicts(finding, right) and finding.id not in supported:
                yield finding.id, f"标注为正确：{right.why}"


def agree(finding: Finding, label: Label) -> bool:
    """Whether a finding is what a label says."""
    if finding.problem != label.problem:
        return False
    here = (finding.pointer, *finding.related)
    return label.whole or any(near(one, other) for one in here for other in label.places)


def near(one: str, other: str) -> bool:
    """Whether two pointers name the same place, one of them perhaps more narrowly: not a whole sheet for a row."""
    a, b = sorted((parts(one), parts(other)), key=len)
    if b[: len(a)] != a:
        return False
    of_sheet = len(a) == 2 and a[0] == "goal_sheets"
    return not (of_sheet and b[3:] and b[2] == "indicators")


def _contradicts(finding: Finding, right: Right) -> bool:
    if finding.problem not in right.problems and (right.problems or finding.severity is Severity.ADVICE):
        return False
    return parts(finding.pointer)[: len(parts(right.place))] == parts(right.place)


def by_rule(outcomes: Iterable[Outcome]) -> dict[str, Figures]:
    """Per rule: how many of its findings labels support, how many are wrong."""
    figures = {code: Figures() for code in RULES}
    for outcome in outcomes:
        wrong = {f.id for f, _ in outcome.false_alarms}
        for finding in outcome.findings:
            figures[finding.rule] += Figures(supported=finding.id in outcome.supported, wrong=finding.id in wrong)
    return figures


def by_problem(outcomes: Iterable[Outcome]) -> dict[str, Figures]:
    """Per problem: how many labels that count were found, how many were missed."""
    figures: dict[str, Figures] = {}
    for outcome in outcomes:
        for label in (label for label, _ in outcome.hits if label.counts):
            figures[label.problem] = figures.get(label.problem, Figures()) + Figures(found=1)
        for label in (label for label in outcome.misses if label.counts):
            figures[label.problem] = figures.get(label.problem, Figures()) + Figures(missed=1)
    return dict(sorted(figures.items()))


def overall(outcomes: Iterable[Outcome]) -> Figures:
    """Figures over all: recall of labels that count, precision of findings above advice."""
    total = Figures()
    for outcome in outcomes:
        said = [f for f in outcome.findings if f.severity is not Severity.ADVICE]
        wrong = {f.id for f, _ in outcome.false_alarms}
        total += Figures(
            found=sum(label.counts for label, _ in outcome.hits),
            missed=sum(label.counts for label in outcome.misses),
            supported=sum(f.id in outcome.supported for f in said),
            wrong=sum(f.id in wrong for f in said),
        )
    return total
