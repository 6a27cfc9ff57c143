"""Findings as a letter lists them: by section, the cases of one habit put together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jixiao.domain.finding import Citation, Finding, Force, Grade, Review, Severity
from jixiao.domain.message import Said
from jixiao.domain.pointer import indicator_at

MANY_ENTRIES = 5
"""Kinds of problems in a section above which it says what to mend first"""
_DOCUMENT_NUMBER = re.compile(r"（([^（）]*〔\d{4}〕\d+号)）")


@dataclass(frozen=True, slots=True)
class Entry:
    """One or more findings of one rule and severity in one section, of which the same can be said."""

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
    """Department-wide findings first, then sheet by sheet; sections without findings are left out.

    Rows with one habit, which differ in the facts only, make one entry.
    """
    by_sheet: dict[int | None, list[Finding]] = defaultdict(list)
    for finding in review.findings:
        by_sheet[indicator_at(finding.pointer)[0]].append(finding)
    order = sorted(by_sheet, key=lambda sheet: -1 if sheet is None else sheet)
    return tuple(Section(sheet, _entries(by_sheet[sheet], (grade_of(review, sheet),), _habit)) for sheet in order)


def grade_of(review: Review, sheet: int | None) -> Grade:
    """The grade of a section: that of its sheet, or of the plan."""
    return review.grade if sheet is None else review.sheet_grades[sheet].grade


def gravest(review: Review, most: int = 3) -> tuple[Entry, ...]:
    """The rules that weigh most on the plan, each with all its cases; advice is never among them."""
    grades = (review.grade, *(s.grade for s in review.sheet_grades))
    grave = (f for f in review.findings if f.severity is not Severity.ADVICE)
    return _entries(grave, grades, lambda f: (f.rule, f.severity))[:most]


def gravest_of(section: Section, most: int = 3) -> tuple[Entry, ...]:
    """The same for one section: what to mend first in a table with many findings."""
    return tuple(e for e in section.entries if e.first.severity is not Severity.ADVICE)[:most]


def _entries(
    findings: Iterable[Finding], grades: Iterable[Grade], key: Callable[[Finding], Hashable]
) -> tuple[Entry, ...]:
    """By severity, then by the points they cost in the grades, then in document order."""
    cost: dict[str, Decimal] = defaultdict(Decimal)
    for grade in grades:
        for deduction in grade.deductions:
            cost[deduction.rule] += deduction.points
    alike: dict[Hashable, list[Finding]] = defaultdict(list)
    for f in findings:
        alike[key(f)].append(f)
    entries = (Entry(tuple(found)) for found in alike.values())
    return tuple(sorted(entries, key=lambda e: (e.first.severity.rank, -cost[e.first.rule])))


def _habit(f: Finding) -> Hashable:
    return (f.rule, f.severity, _sentence(f.says), _sentence(f.suggests))


def _sentence(said: Said | None) -> tuple[str, str]:
    """What is said, whatever its facts."""
    return ("", "") if said is None else (said.key, said.template)


def basis_names(citations: Sequence[Citation]) -> tuple[str, ...]:
    """The basis in few words, a line a document: 「财预〔2015〕88号“细化量化”“合理可行”」; practice is told as such."""
    names: dict[str, list[str]] = defaultdict(list)
    for c in citations:
        number = _DOCUMENT_NUMBER.search(c.instrument)
        practice = "" if c.force.binds else "参考"
        names[practice + (number[1] if number else c.instrument)].append(f"“{c.name}”")
    return tuple(document + "".join(dict.fromkeys(words)) for document, words in names.items())


def cited(reviews: Iterable[Review]) -> tuple[Citation, ...]:
    """Every requirement that findings rest on, once, by the document it comes from."""
    found = {c for review in reviews for finding in review.findings for c in finding.citations}
    return tuple(sorted(found, key=lambda c: (c.instrument, c.requirement)))


def force_words(force: Force) -> str:
    """The force in words that nobody takes for more than it is."""
    return force.label if force.binds else f"{force.label}，供参考，不是法规要求"
