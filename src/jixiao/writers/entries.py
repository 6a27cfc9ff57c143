"""Findings as a letter lists them: by section, the cases of one rule put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jixiao.domain.finding import Citation, Finding, Force, Grade, Review, Severity
from jixiao.domain.pointer import indicator_at

MANY_ENTRIES = 5
"""Kinds of problems in a section above which it says what to mend first"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One or more findings of one rule and severity in one section."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        return self.findings[0]

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(dict.fromkeys(c for f in self.findings for c in f.citations))


@dataclass(frozen=True, slots=True)
class Section:
    """The entries of one goal sheet, by its index; None for the department-wide part."""

    sheet: int | None
    entries: tuple[Entry, ...]


def sections(review: Review) -> tuple[Section, ...]:
    """Department-wide findings first, then sheet by sheet; sections without findings are left out."""
    by_sheet: dict[int | None, list[Finding]] = defaultdict(list)
    for finding in review.findings:
        by_sheet[indicator_at(finding.pointer)[0]].append(finding)
    order = sorted(by_sheet, key=lambda sheet: -1 if sheet is None else sheet)
    return tuple(Section(sheet, _entries(by_sheet[sheet], (grade_of(review, sheet),))) for sheet in order)


def grade_of(review: Review, sheet: int | None) -> Grade:
    """The grade of a section: that of its sheet, or of the plan."""
    return review.grade if sheet is None else review.sheet_grades[sheet].grade


def _entries(findings: Iterable[Finding], grades: Iterable[Grade]) -> tuple[Entry, ...]:
    """By severity, then by the points they cost in the grades, then in document order."""
    cost: dict[str, Decimal] = defaultdict(Decimal)
    for grade in grades:
        for deduction in grade.deductions:
            cost[deduction.rule] += deduction.points
    alike: dict[tuple[str, Severity], list[Finding]] = defaultdict(list)
    for f in findings:
        alike[(f.rule, f.severity)].append(f)
    entries = (Entry(tuple(found)) for found in alike.values())
    return tuple(sorted(entries, key=lambda e: (e.first.severity.rank, -cost[e.first.rule])))


def gravest(review: Review, most: int = 3) -> tuple[Entry, ...]:
    """The rules that weigh most on the plan, each with all its cases; advice is never among them."""
    grades = (review.grade, *(s.grade for s in review.sheet_grades))
    return _entries((f for f in review.findings if f.severity is not Severity.ADVICE), grades)[:most]


def gravest_of(section: Section, most: int = 3) -> tuple[Entry, ...]:
    """The same for one section: what to mend first in a table with many findings."""
    return tuple(e for e in section.entries if e.first.severity is not Severity.ADVICE)[:most]


def basis_names(citations: Sequence[Citation]) -> str:
    """The basis by name, one line a citation: for lists whose requirements are printed in full elsewhere."""
    return "\n".join(f"{c.instrument}“{c.name}”（{standing(c)}）" for c in citations)


def cited(reviews: Iterable[Review]) -> tuple[Citation, ...]:
    """Every requirement that findings rest on, once, by the document it comes from."""
    found = {c for review in reviews for finding in review.findings for c in finding.citations}
    return tuple(sorted(found, key=lambda c: (c.instrument, c.requirement)))


def force_words(force: Force) -> str:
    """The force in words that nobody takes for more than it is."""
    return f"{force.label}，供参考，不是法规要求" if force is Force.GOOD_PRACTICE else force.label


def standing(citation: Citation) -> str:
    """The force, and whether the words were held against the official text; practice has none."""
    unread = citation.force is not Force.GOOD_PRACTICE and not citation.verified
    return force_words(citation.force) + ("，未核对原文" if unread else "")
