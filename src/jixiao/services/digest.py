"""What there is to say about a batch in a few numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jixiao.domain.finding import GradeLevel, Severity
from jixiao.domain.note import UNPLACED
from jixiao.writers.reviewed import Reviewed, left_out

_MOST_KINDS = 3


@dataclass(frozen=True, slots=True)
class Digest:
    """A batch in numbers 「审核概况」.

    ``grades`` are (department, level) in the order of the plans; ``commonest`` the kinds of problems met most, advice left
    out, as (title, number); ``doubtful`` counts notes on what reading was unsure of or mended, by the file, ``unplaced`` words that
    belong to no known field, ``not_kept`` those in fields that forms have and plans do not keep, ``unread`` other content that
    was left out (hidden words, pictures); ``twice`` names the departments with several plans, whose sums count double.
    """

    plans: int
    sheets: int
    rows: int
    counts: Mapping[Severity, int]
    grades: tuple[tuple[str, GradeLevel], ...]
    commonest: tuple[tuple[str, int], ...]
    doubtful: Mapping[str, int]
    unplaced: int
    not_kept: int
    unread: int
    twice: tuple[str, ...]


def digest(reviewed: Sequence[Reviewed]) -> Digest:
    """The numbers of the plans of a batch."""
    findings = [finding for one in reviewed for finding in one.review.findings]
    titles = Counter(f.title for f in findings if f.severity is not Severity.ADVICE)
    outside = [note for one in reviewed for note in left_out(one.plan)]
    unplaced = sum(note.code == UNPLACED for note in outside)
    not_kept = sum(note.is_not_kept for note in outside)
    departments = Counter(one.plan.label for one in reviewed)
    return Digest(
        plans=len(reviewed),
        sheets=sum(len(one.plan.goal_sheets) for one in reviewed),
        rows=sum(one.plan.indicator_count for one in reviewed),
        counts={severity: sum(f.severity is severity for f in findings) for severity in Severity},
        grades=tuple((_named(one, alone=departments[one.plan.label] == 1), one.review.grade.level) for one in reviewed),
        commonest=tuple(titles.most_common(_MOST_KINDS)),
        doubtful={
            one.plan.source.name: count
            for one in reviewed
            if (count := sum(note.confidence < 1 for note in one.plan.notes))
        },
        unplaced=unplaced,
        not_kept=not_kept,
        unread=len(outside) - unplaced - not_kept,
        twice=tuple(name for name, count in departments.items() if count > 1),
    )


def _named(one: Reviewed, *, alone: bool) -> str:
    """The department, with the file where it has several."""
    return one.plan.label if alone else f"{one.plan.label}（{one.plan.source.name}）"
