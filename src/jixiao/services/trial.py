"""A ruleset tried on files, against another: which findings come, go or weigh differently, and whether its cases hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from jixiao.domain.finding import Finding, Review
from jixiao.domain.plan import Plan
from jixiao.readers import UnreadableFileError
from jixiao.review.rulebook import Rulebook
from jixiao.services.batch import NeedsOffice, Progress, run_batch, unheard
from jixiao.services.files import Document
from jixiao.services.reading import read_document
from jixiao.writers.reviewed import UnreadFile


@dataclass(frozen=True, slots=True)
class Compared:
    """A plan with its review before and after 「对照」."""

    file: str
    plan: Plan
    before: Review
    after: Review

    @property
    def appeared(self) -> list[Finding]:
        return _only(self.after, self.before)

    @property
    def disappeared(self) -> list[Finding]:
        return _only(self.before, self.after)

    @property
    def weighed(self) -> list[tuple[Finding, Finding]]:
        """Findings of another severity, (before, after)."""
        old = {finding.id: finding for finding in self.before.findings}
        both = ((old[f.id], f) for f in self.after.findings if f.id in old)
        return [(a, b) for a, b in both if a.severity is not b.severity]


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule spoke before and after, over all plans, and how many of its findings came and went."""

    rule: str
    before: int
    after: int
    appeared: int
    disappeared: int


@dataclass(frozen=True, slots=True)
class FailedCase:
    """A case of the ruleset that does not hold, and what is wrong, in Chinese."""

    rule: str
    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What trying a ruleset showed 「规则集试用」, by the two rulebooks."""

    before: Rulebook
    after: Rulebook
    compared: tuple[Compared, ...]
    unread: tuple[UnreadFile, ...]
    failed: tuple[FailedCase, ...]

    def counts(self) -> Iterator[RuleCount]:
        """Every rule that spoke, by its code."""
        before = Counter(f.rule for one in self.compared for f in one.before.findings)
        after = Counter(f.rule for one in self.compared for f in one.after.findings)
        more = Counter(f.rule for one in self.compared for f in one.appeared)
        less = Counter(f.rule for one in self.compared for f in one.disappeared)
        for code in sorted(before.keys() | after.keys()):
            yield RuleCount(code, before[code], after[code], more[code], less[code])


def try_ruleset(
    after: Rulebook,
    before: Rulebook,
    documents: Sequence[Document],
    *,
    as_of: date,
    isolate: bool | None = None,
    progress: Progress = unheard,
) -> Trial:
    """``after`` against ``before`` on the plans in many documents; they are read once, unless the words of forms differ."""
    job = partial(_plan_and_reviews, as_of=as_of, books=(before, after))
    results = dict(run_batch(job, documents, isolate=isolate, progress=progress))
    compared: list[Compared] = []
    unread: list[UnreadFile] = []
    for n, document in enumerate(documents):
        result = results[n]
        if isinstance(result, UnreadableFileError):
            unread.append(UnreadFile(document.shown, result.met, result.remedy))
        else:
            compared.append(Compared(document.shown, *result))
    return Trial(before, after, tuple(compared), tuple(unread), tuple(_failed(after)))


def _plan_and_reviews(
    document: Document, *, as_of: date, books: tuple[Rulebook, Rulebook]
) -> tuple[Plan, Review, Review] | NeedsOffice:
    before, after = books
    plan = read_document(document, after.vocabulary)
    if isinstance(plan, NeedsOffice):
        return plan
    earlier = plan if before.vocabulary is after.vocabulary else read_document(document, before.vocabulary)
    assert not isinstance(earlier, NeedsOffice)
    return plan, before.review(earlier, as_of), after.review(plan, as_of)


def _failed(book: Rulebook) -> Iterator[FailedCase]:
    for case in book.cases:
        if wrong := book.failure(case):
            yield FailedCase(case.rule, case.name, wrong)


def _only(here: Review, there: Review) -> list[Finding]:
    known = {finding.id for finding in there.findings}
    return [finding for finding in here.findings if finding.id not in known]
