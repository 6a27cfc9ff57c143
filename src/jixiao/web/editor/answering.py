"""How people answer to what is found and speak of cells: the finding or the place is looked up, then the service is called."""

from __future__ import annotations

from jixiao.domain.finding import Review
from jixiao.domain.plan import Plan
from jixiao.web.editor.selectors import review_alone, review_beside, sheet_written, written
from jixiao.web.goals.models import Sheet
from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.people import Actor
from jixiao.web.opinions import selectors, services
from jixiao.web.opinions.checklist import Unanswered
from jixiao.web.opinions.models import Comment, Explanation
from jixiao.web.opinions.points import of_finding, place_in_words, what_stands
from jixiao.web.opinions.selectors import Checklist, checklist, seen_alone


def checklist_alone(actor: Actor, sheet: Sheet, plan: Plan, review: Review) -> Checklist:
    """The points of a sheet by its review alone: what is gone, and might be seen only among other sheets, is 待核对."""
    return checklist(actor, sheet, plan, review.findings, sees=seen_alone)


def checklist_now(actor: Actor, *, year: int, key: int) -> Checklist:
    """The points of a sheet as it stands now, among the other sheets of its department. Raises NotThere."""
    found = written(actor, year, key, "sheet.view")
    return checklist(actor, found.sheet, found.plan, review_beside(actor, found.sheet, found.plan).findings)


def unanswered_now(actor: Actor, *, year: int, key: int) -> list[Unanswered]:
    """What of a sheet is neither changed nor explained, as it stands now among the others."""
    found = written(actor, year, key, "sheet.view")
    review = review_beside(actor, found.sheet, found.plan)
    return selectors.unanswered(actor, found.sheet, found.plan, review.findings)


def explain(
    actor: Actor, *, year: int, key: int, words: str, point: int | None = None, finding: str = ""
) -> Explanation:
    """Say why something stays as it is: a point of a return, by its id, or a finding of the sheet as it stands now, by its id; one that
    a point of the last return names is explained there."""
    found = written(actor, year, key)
    if point is None and not finding:
        raise NotThere("没有说是哪一条。请刷新再写")
    for review in (review_alone, review_beside):
        findings = review(actor, found.sheet, found.plan).findings
        points = checklist(actor, found.sheet, found.plan, findings)
        if point is not None:
            known = next((one for one in points.all if one.point.pk == point), None)
        else:
            known = points.of_finding(finding)
        if known is not None:
            was = what_stands(found.plan, known.point.thing, known.point.cell)
            return services.explain(actor, sheet=found.sheet.pk, words=words, point=known.point.pk, was=was)
        met = next((one for one in findings if one.id == finding), None)
        if met is not None:
            raised = of_finding(found.plan, met)
            was = what_stands(found.plan, raised.thing, raised.cell)
            return services.explain(actor, sheet=found.sheet.pk, words=words, raised=raised, was=was)
    raise NotThere("这个问题已经不在了，可能刚改过。请刷新再看")


def comment(actor: Actor, *, year: int, key: int, words: str, thing: str = "", cell: str = "") -> Comment:
    """Say something of the whole sheet, of a row (``thing``, its id) or of a cell (``cell``, its pointer below the row)."""
    sheet = sheet_written(actor, year, key, "sheet.comment")
    place = place_in_words(written(actor, year, key, "sheet.view").plan, thing, cell)
    return services.comment(actor, sheet=sheet.pk, words=words, thing=thing, cell=cell, place=place)
