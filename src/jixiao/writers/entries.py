"""Findings as a letter lists them: by section, cases of one rule that differ only in the row put together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jixiao.domain.finding import Citation, Finding, Force, Grade, Review, Severity
from jixiao.domain.pointer import indicator_at

_ROW = re.compile(r"^(/goal_sheets/\d+/indicators)/\d+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One or more findings of one rule and severity in one section, at the same field of different rows."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        return self.findings[0]

    @property
    def messages(self) -> tuple[str, ...]:
        """The different messages in order; one where all cases say the same."""
        return tuple(dict.fromkeys(f.message for f in self.findings))

    @property
    def suggestions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(f.suggestion for f in self.findings if f.suggestion))

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(dict.fromkeys(c for f in self.findings for c in f.citations))


@dataclass(frozen=True, slots=True)
class Section:
    """The entries of one goal sheet, by its index; None for the department-wide part."""

    sheet: int | None
    entries: tuple[Entry, ...]


def sections(findings: Iterable[Finding]) -> tuple[Section, ...]:
    """Department-wide findings first, then sheet by sheet; sections without findings are left out."""
    by_sheet: dict[int | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_sheet[indicator_at(finding.pointer)[0]].append(finding)
    order = sorted(by_sheet, key=lambda sheet: -1 if sheet is None else sheet)
    return tuple(Section(sheet, _entries(by_sheet[sheet])) for sheet in order)


def _entries(findings: Iterable[Finding]) -> tuple[Entry, ...]:
    """Gravest first; within one severity in document order."""
    alike: dict[tuple[str, Severity, str], list[Finding]] = defaultdict(list)
    for f in findings:
        place = _ROW.sub(r"\1/*", f.pointer)
        alike[(f.rule, f.severity, place if "*" in place else f.id + f.pointer)].append(f)
    return tuple(sorted((Entry(tuple(found)) for found in alike.values()), key=lambda e: e.first.severity.rank))


def gravest(review: Review, most: int = 3) -> tuple[Entry, ...]:
    """The rules that weigh most on the plan, each with all its cases; advice is never among them.

    Ordered by severity, then by the points they cost in the plan and its sheets, then by document order.
    """
    return _gravest(review.findings, (review.grade, *(s.grade for s in review.sheet_grades)), most)


def gravest_of(section: Section, review: Review, most: int = 3) -> tuple[Entry, ...]:
    """The same for one section: what to mend first in a table with many findings."""
    grade = review.grade if section.sheet is None else review.sheet_grades[section.sheet].grade
    return _gravest([f for entry in section.entries for f in entry.findings], (grade,), most)


def _gravest(findings: Iterable[Finding], grades: Iterable[Grade], most: int) -> tuple[Entry, ...]:
    cost: dict[str, Decimal] = defaultdict(Decimal)
    for grade in grades:
        for deduction in grade.deductions:
            cost[deduction.rule] += deduction.points
    by_rule: dict[tuple[str, Severity], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.severity is not Severity.ADVICE:
            by_rule[(finding.rule, finding.severity)].append(finding)
    entries = [Entry(tuple(found)) for found in by_rule.values()]
    entries.sort(key=lambda e: (e.first.severity.rank, -cost[e.first.rule]))
    return tuple(entries[:most])


def basis_words(citations: Sequence[Citation]) -> tuple[str, ...]:
    """The basis in words, one line a citation; what is practice is called practice."""
    return tuple(f"{c.instrument}——{c.requirement.rstrip('。')}（{force_words(c.force)}）。" for c in citations)


def basis_names(citations: Sequence[Citation]) -> str:
    """The basis by name, in one line: for lists whose requirements are printed in full elsewhere."""
    return "；".join(f"{c.instrument}“{c.name}”（{force_words(c.force)}）" for c in citations)


def force_words(force: Force) -> str:
    """The force in words that nobody takes for more than it is."""
    return f"{force.label}，供参考，不是法规要求" if force is Force.GOOD_PRACTICE else force.label
