"""Holds findings against labels: what was found, what was missed, what was raised wrongly.

One matching for every set. A finding and a label agree when they name the same problem (or one that says it as well) at
the same place: the same pointer, one inside the other within a sheet's part or row, or one of the other places that
either names. A finding above advice that agrees with no label is a false alarm (the documents are labelled completely);
so is any finding where a document says it is right. Findings of severity advice are never false alarms, but where a
document says so. What rests on a field that was made up is neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, replace

from jixiao.domain.finding import Finding, Severity
from jixiao.domain.pointer import parts
from jixiao.parameters import choose_ruleset, rulesets
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
    alarmed: tuple[Right, ...]
    """places that are right and at which an error or a warning says otherwise"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts: labels found and missed; findings supported and wrong; right places, those alarmed, those spoken of at all."""

    found: int = 0
    missed: int = 0
    supported: int = 0
    wrong: int = 0
    right: int = 0
    alarmed: int = 0
    spoken: int = 0

    @property
    def recall(self) -> float | None:
        labels = self.found + self.missed
        return self.found / labels if labels else None

    @property
    def precision(self) -> float | None:
        said = self.supported + self.wrong
        return self.supported / said if said else None

    @property
    def alarms(self) -> float | None:
        return self.alarmed / self.right if self.right else None

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


def measure(document: Document) -> Outcome:
    """Review a document with all rules and hold the findings against its labels."""
    findings = tuple(_findings(document))
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
    against = {r: [f for f in findings if _contradicts(f, r) and f.id not in supported] for r in document.right}
    return Outcome(
        document,
        findings,
        tuple(hits),
        tuple(misses),
        frozenset(supported),
        tuple((f, alarms[f.id]) for f in findings if f.id in alarms),
        tuple(right for right, said in against.items() if not said),
        tuple(right for right, said in against.items() if any(f.severity is not Severity.ADVICE for f in said)),
    )


def _findings(document: Document) -> Iterator[Finding]:
    """What is found in a document; nothing in one that could not be read."""
    if document.unread:
        return
    ruleset = choose_ruleset(document.plan)[0] if document.ruleset is None else rulesets()[document.ruleset]
    for finding in review_plan(document.plan, RULES, ruleset, document.as_of).findings:
        yield from apart(finding)


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
        if finding.id in supported or on_made_up(document, finding):
            continue
        if finding.severity is not Severity.ADVICE and document.complete:
            yield finding.id, "没有标注"
        for right in document.right:
            if _contradicts(finding, right):
                yield finding.id, f"标注为正确：{right.why}"


def on_made_up(document: Document, finding: Finding) -> bool:
    """Whether a finding rests on a field that was written anew, of which nothing can be labelled."""
    return any(f"{_field(place)}/".startswith(f"{name}/") for place in _places(finding) for name in document.made_up)


def _field(pointer: str) -> str:
    """A pointer without its sheet: ``/goal_sheets/1/project/name`` → ``project/name``."""
    here = parts(pointer)
    return "/".join(here[2:] if here[:1] == ["goal_sheets"] else here)


def _places(finding: Finding) -> tuple[str, ...]:
    return (finding.pointer, *finding.related)


def agree(finding: Finding, label: Label) -> bool:
    """Whether a finding is what a label says."""
    if finding.problem not in label.problems:
        return False
    if label.whole:
        return any(_within(one, other) for one in _places(finding) for other in label.places)
    return any(near(one, other) for one in _places(finding) for other in label.places)


def _within(pointer: str, whole: str) -> bool:
    """Whether a place lies in a sheet (or the document, ``""``), or outside all sheets: what is said of all is of each."""
    here = parts(pointer)
    return here[:1] != ["goal_sheets"] or here[: len(parts(whole))] == parts(whole)


def near(one: str, other: str) -> bool:
    """Whether two pointers name the same place, one of them perhaps more narrowly: not a whole sheet for a row."""
    a, b = sorted((parts(one), parts(other)), key=len)
    if b[: len(a)] != a:
        return False
    of_sheet = len(a) == 2 and a[0] == "goal_sheets"
    return not (of_sheet and b[3:] and b[2] == "indicators")


def _contradicts(finding: Finding, right: Right) -> bool:
    """Whether a finding says that a place is wrong which is right, by itself or as one of those it lists."""
    if finding.problem not in right.problems and (right.problems or finding.severity is Severity.ADVICE):
        return False
    if right.place is None:
        return False
    if right.whole:
        return _within(finding.pointer, right.place) and parts(finding.pointer)[2:3] != ["indicators"]
    place = parts(right.place)
    return any(parts(one)[: len(place)] == place for one in _places(finding))


def by_rule(outcomes: Iterable[Outcome], *, above_advice: bool = False) -> dict[str, Figures]:
    """Per rule: how many of its findings labels support, how many are wrong; all findings, or errors and warnings."""
    figures = {code: Figures() for code in RULES}
    for outcome in outcomes:
        wrong = {f.id for f, _ in outcome.false_alarms}
        for finding in _counted(outcome):
            if finding.severity is Severity.ADVICE and above_advice:
                continue
            figures[finding.rule] += Figures(supported=finding.id in outcome.supported, wrong=finding.id in wrong)
    return figures


def _counted(outcome: Outcome) -> Iterator[Finding]:
    return (f for f in outcome.findings if not on_made_up(outcome.document, f))


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
    """Figures over all: recall of labels that count, precision of findings above advice, alarms at right places."""
    total = Figures()
    for outcome in outcomes:
        said = [f for f in _counted(outcome) if f.severity is not Severity.ADVICE]
        wrong = {f.id for f, _ in outcome.false_alarms}
        rights = outcome.document.right
        total += Figures(
            found=sum(label.counts for label, _ in outcome.hits),
            missed=sum(label.counts for label in outcome.misses),
            supported=sum(f.id in outcome.supported for f in said),
            wrong=sum(f.id in wrong for f in said),
            right=len(rights),
            alarmed=len(outcome.alarmed),
            spoken=len(rights) - len(outcome.silent),
        )
    return total
