"""What people say beside the cells of a sheet: why something stays as it is, comments; and how that is shown in the panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse

from jixiao.domain.finding import Review
from jixiao.domain.plan import Plan
from jixiao.web.editor import answering
from jixiao.web.editor.said import Found, cell_key
from jixiao.web.goals.models import Sheet
from jixiao.web.kernel.people import Actor
from jixiao.web.opinions.checklist import Standing
from jixiao.web.opinions.selectors import Checklist, checklist
from jixiao.web.opinions.shown import Opinions, opinions_of
from jixiao.web.opinions.views import told
from jixiao.web.site.pages import Request, page


@page("sheet.edit", methods=("POST",))
def explain(request: Request, year: int, key: int) -> HttpResponse:
    """说明一个问题为什么不改。"""
    asked = request.POST
    point = int(asked["point"]) if asked.get("point", "").isdecimal() else None
    words, finding = asked.get("words", ""), asked.get("finding", "")
    answering.explain(request.actor, year=year, key=key, words=words, point=point, finding=finding)
    return told(request, year, key, "说明已记下")


@page("sheet.comment", methods=("POST",))
def comment(request: Request, year: int, key: int) -> HttpResponse:
    """写一条批注：对一格、一行，或整张表。"""
    thing, slash, below = request.POST.get("at", "").partition("/")
    words = request.POST.get("words", "")
    made = answering.comment(request.actor, year=year, key=key, words=words, thing=thing, cell=slash + below)
    return told(request, year, key, f"批注已写在{made.place}")


# --- in the panel -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answered:
    """A finding in the panel with the point that says the same, where there is one; ``is_returned``: one of the last return."""

    found: Found
    standing: Standing | None = None
    is_returned: bool = False


def panel_of(actor: Actor, sheet: Sheet, plan: Plan, review: Review, *, wide: bool = False) -> Opinions:
    """The opinions on a sheet as it stands, beside its cells; ``wide``: ``review`` is one among the other sheets."""
    if wide:
        points = checklist(actor, sheet, plan, review.findings)
    else:
        points = answering.checklist_alone(actor, sheet, plan, review)

    def address(thing: str, cell: str) -> str:
        key = cell_key(plan, thing, cell) if thing or cell else ""
        return f"#c-{key}" if key else ""

    back = reverse("sheet-edit", args=[sheet.year, sheet.pk])
    return opinions_of(actor, sheet, points, back=back, address_of=address)


def answered(points: Checklist, found: Sequence[Found]) -> list[Answered]:
    """The findings of the panel with the points that say the same."""
    returned = {one.point.pk for one in points.last}
    rows = []
    for one in found:
        same = points.of_finding(one.marked.finding.id)
        rows.append(Answered(one, same, same is not None and same.point.pk in returned))
    return rows


def comments_at(found: Opinions) -> Mapping[str, tuple[int, int]]:
    """By cell the number of open comments on it and the first of them."""
    made: dict[str, tuple[int, int]] = {}
    for one in found.threads:
        if one.thread.is_open and one.address:
            key = one.address.removeprefix("#c-")
            n, first = made.get(key, (0, one.thread.first.pk))
            made[key] = (n + 1, first)
    return made
