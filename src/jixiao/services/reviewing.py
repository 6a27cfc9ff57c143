"""Plans to reviews: one value, one sheet of it, or many files."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from jixiao.domain.finding import Finding, Grade, Review
from jixiao.domain.plan import Plan
from jixiao.domain.pointer import indicator_at
from jixiao.parameters import choose_ruleset, rulesets
from jixiao.readers import UnreadableFileError
from jixiao.review.engine import Run, combined, review_county
from jixiao.review.grading import grade_plan
from jixiao.review.rulebook import Rulebook, shipped
from jixiao.rules import RULES
from jixiao.services.batch import NeedsOffice, Progress, run_batch, unheard
from jixiao.services.files import Document, stems
from jixiao.services.reading import read_document
from jixiao.services.rulebooks import load_book
from jixiao.writers.reviewed import Batch, Reviewed, UnreadFile


def review_plan(plan: Plan, *, as_of: date, ruleset: str | Path | Rulebook | None = None) -> Review:
    """Review a plan under the law of ``as_of``, by the given ruleset or the one that fits the plan's form.

    A folder is read anew by every call: for many plans, read it once with ``load_book``. Raises what that raises.
    """
    if ruleset is not None:
        return _named(ruleset).review(plan, as_of)
    chosen, reason = choose_ruleset(plan)
    return shipped(chosen, RULES).review(plan, as_of, reason)


def without_findings(plan: Plan, review: Review, dropped: Collection[str], *, book: Rulebook | None = None) -> Review:
    """The review of ``plan`` as it stands where a person does not take the findings of these ids 「不采纳」: they are
    left out and take nothing from the grade. ``book`` are the rules it was reviewed by, where they are a locality's own."""
    kept = tuple(one for one in review.findings if one.id not in dropped)
    if len(kept) == len(review.findings):
        return review
    by = book or shipped(rulesets()[review.ruleset.name], RULES)
    view = Run(plan, by.rules, by.ruleset, review.ruleset.as_of, by.law).view
    grade, sheet_grades = grade_plan(view, by.rules, kept)
    return replace(review, findings=kept, grade=grade, sheet_grades=sheet_grades)


def _named(ruleset: str | Path | Rulebook) -> Rulebook:
    return ruleset if isinstance(ruleset, Rulebook) else load_book(ruleset)


@dataclass(frozen=True, slots=True)
class SheetReview:
    """What is said of one sheet of a plan 「单表审核」: findings that point into it, in document order.

    ``grade`` is None where the rules that look wider have not spoken.
    """

    findings: tuple[Finding, ...]
    grade: Grade | None


def review_sheet(
    plan: Plan, index: int, *, as_of: date, ruleset: str | Path | Rulebook | None = None, wide: bool = False
) -> SheetReview:
    """The sheet at ``index``, from 0, as it is part of its plan.

    At once, for somebody who types: what the rules say that need no more than the sheet and the head of the plan. With
    ``wide``: also what those say that hold sheets against each other; that is all the whole review says of the sheet.
    Raises IndexError where the plan has no such sheet, and what ``review_plan`` raises.
    """
    if not 0 <= index < len(plan.goal_sheets):
        raise IndexError(f"plan has {len(plan.goal_sheets)} goal sheets, none at {index}")
    book = _named(ruleset) if ruleset is not None else shipped(choose_ruleset(plan)[0], RULES)
    run = Run(plan, book.rules, book.ruleset, as_of, book.law)
    observed = [*run.of_sheet(index), *(run.wider() if wide else ())]
    own = [f for f in observed if indicator_at(f.pointer)[0] == index]
    findings = combined(own, book.rules)
    if not wide:
        return SheetReview(tuple(findings), None)
    _, grades = grade_plan(run.view, book.rules, findings)
    return SheetReview(tuple(findings), grades[index].grade)


def review_document(document: Document, *, as_of: date, book: Rulebook | None) -> Reviewed | NeedsOffice:
    """The plan in a document, and what the rules of ``as_of`` say about it."""
    plan = read_document(document, book.vocabulary if book is not None else None)
    if isinstance(plan, NeedsOffice):
        return plan
    return Reviewed(plan, review_plan(plan, as_of=as_of, ruleset=book), document.stem)


def review_files(
    documents: Sequence[Document],
    *,
    title: str,
    as_of: date,
    book: Rulebook | None = None,
    isolate: bool | None = None,
    progress: Progress = unheard,
) -> Batch:
    """The plans in many documents with their reviews, in the order given, and the files that could not be read."""
    job = partial(review_document, as_of=as_of, book=book)
    return batch_of(
        documents, dict(run_batch(job, named(documents), isolate=isolate, progress=progress)), title, as_of, book
    )


def named(documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents with what their results are called."""
    return tuple(replace(one, stem=stem) for one, stem in zip(documents, stems(documents), strict=True))


def batch_of(
    documents: Sequence[Document],
    results: Mapping[int, Reviewed | UnreadableFileError],
    title: str,
    as_of: date,
    book: Rulebook | None = None,
) -> Batch:
    """The results of documents, by their positions, in order, and what is seen only across them.

    Across departments the given rules hold, else those of the whole country: no form is common to all.
    """
    reviewed: list[Reviewed] = []
    unread: list[UnreadFile] = []
    for n, document in enumerate(documents):
        result = results[n]
        if isinstance(result, UnreadableFileError):
            unread.append(UnreadFile(document.shown, result.met, result.remedy))
        else:
            reviewed.append(result)
    across = book or shipped(rulesets()["national-88"], RULES)
    plans = [one.plan for one in reviewed]
    county = review_county(plans, across.rules, across.ruleset, as_of, across.law)
    return Batch(title, tuple(reviewed), tuple(unread), as_of, county)
