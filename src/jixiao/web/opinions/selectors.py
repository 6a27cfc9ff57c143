"""What of opinions is shown to whom: the check-list of a sheet, what is not answered yet, comments with their threads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max

from jixiao.domain.finding import Finding, Severity
from jixiao.domain.plan import Plan
from jixiao.review.rule import Scope
from jixiao.rules import RULES
from jixiao.web.goals.models import Sheet
from jixiao.web.kernel.people import Actor
from jixiao.web.opinions.checklist import Progress, Standing, Unanswered, progress, standing, still_unanswered
from jixiao.web.opinions.models import Comment, Explanation, Point
from jixiao.web.opinions.points import cells_now, met
from jixiao.writers.places import Places


@dataclass(frozen=True)
class Checklist:
    """The points of a sheet: ``last`` of the last return (``round``, 0: it was never returned), ``earlier`` of the returns before it,
    the latest first, ``explained`` what was explained before any return."""

    round: int
    last: Sequence[Standing]
    earlier: Sequence[Standing] = ()
    explained: Sequence[Standing] = ()

    @property
    def progress(self) -> Progress:
        """Of the last return."""
        return progress(self.last)

    @property
    def all(self) -> Sequence[Standing]:
        """Every point, those said last first."""
        return (*self.last, *self.explained, *self.earlier)

    def of_finding(self, finding: str) -> Standing | None:
        """The point that says the same as a finding of now: that of the last return, else what was explained."""
        return next((one for one in self.all if one.met is not None and one.met.id == finding), None)


def seen_alone(rule: str) -> bool:
    """Whether a review of a sheet by itself holds all that a rule finds in it; of rules of a locality nobody knows."""
    known = RULES.get(rule)
    return known is not None and known.reads in (Scope.SHEET, Scope.ROW)


def points_of(actor: Actor, sheet: Sheet) -> list[Point]:
    """All points of a sheet, in the order of returns; those of a return that was taken back are none."""
    rows = Point.objects.restrict(actor, "sheet.view").filter(sheet=sheet, withdrawn_at=None)
    return list(rows.order_by("round", "id"))


def explanations_of(actor: Actor, sheet: Sheet) -> Mapping[int, Sequence[Explanation]]:
    """All explanations of the points of a sheet by point, the oldest first."""
    found: dict[int, list[Explanation]] = {}
    rows = Explanation.objects.restrict(actor, "sheet.view").filter(point__sheet=sheet)
    for one in rows.order_by("id"):
        found.setdefault(one.point_id, []).append(one)
    return found


def checklist(
    actor: Actor,
    sheet: Sheet,
    plan: Plan,
    findings: Sequence[Finding],
    *,
    sees: Callable[[str], bool] = lambda _: True,
) -> Checklist:
    """The points of a sheet as they stand, with ``plan`` what it says now (a sheet as a plan of its own) and ``findings`` those of
    its review. ``sees``: of a rule, whether they hold what it finds (``standing``). Two queries."""
    points = points_of(actor, sheet)
    if not points:
        return Checklist(0, ())
    now = cells_now(plan, [(one.thing, one.cell) for one in points])
    found = standing(points, met(plan, findings), now, explanations_of(actor, sheet), sees=sees)
    last = points[-1].round
    earlier = [one for one in reversed(found) if 0 < one.point.round < last]
    return Checklist(
        last,
        [one for one in found if one.point.round == last > 0],
        earlier,
        [one for one in found if one.point.round == 0],
    )


def unanswered(
    actor: Actor,
    sheet: Sheet,
    plan: Plan,
    findings: Sequence[Finding],
    severities: Sequence[Severity] = (Severity.ERROR,),
) -> list[Unanswered]:
    """What of a sheet is neither changed nor explained: findings of ``severities``, and points of the last return above advice.

    ``plan`` is what it says now, ``findings`` those of its review among the other sheets. For who asks before it is handed in.
    """
    points = points_of(actor, sheet)
    now = cells_now(plan, [(one.thing, one.cell) for one in points])
    findings_now = met(plan, findings)
    found = standing(points, findings_now, now, explanations_of(actor, sheet))
    return still_unanswered(found, findings_now, severities, points[-1].round if points else 0, Places(plan))


def stamp(sheet: Sheet) -> str:
    """Something that is another as soon as anybody said, closed or judged anything about a sheet (that was asked for). Two queries."""
    why = "of a sheet that was asked for"
    comments = Comment.objects.unrestricted(why).filter(sheet=sheet)
    said = comments.aggregate(last=Max("pk"), closed=Max("closed_at"))
    explanations = Explanation.objects.unrestricted(why).filter(point__sheet=sheet)
    answered = explanations.aggregate(last=Max("pk"), judged=Max("judged_at"))
    return " ".join(str(one or "") for one in (*said.values(), *answered.values()))


@dataclass(frozen=True)
class Thread:
    """A comment with what was answered to it."""

    first: Comment
    answers: Sequence[Comment] = ()

    @property
    def is_open(self) -> bool:
        return self.first.closed_at is None


def threads(actor: Actor, sheet: Sheet) -> list[Thread]:
    """The comments on a sheet: open ones first, else in the order they were made. One query."""
    rows = list(Comment.objects.restrict(actor, "sheet.view").filter(sheet=sheet).order_by("id"))
    answers: dict[int, list[Comment]] = {}
    for one in rows:
        if one.reply_to_id is not None:
            answers.setdefault(one.reply_to_id, []).append(one)
    found = [Thread(one, answers.get(one.pk, ())) for one in rows if one.reply_to_id is None]
    return sorted(found, key=lambda one: not one.is_open)
