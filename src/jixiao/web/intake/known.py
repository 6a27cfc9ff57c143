"""What came in and says nothing new: held against the version that the pool has of it, before anybody looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import F, Q

from jixiao.domain.plan import Plan
from jixiao.web.goals.compare import differences
from jixiao.web.goals.documents import as_plan, known_again, one_sheet, part_one
from jixiao.web.goals.models import Sheet, SheetState, SheetVersion
from jixiao.web.intake.whose import SheetIs
from jixiao.web.kernel.people import Actor


def with_known(actor: Actor, plan: Plan, year: int | None, sheets: Sequence[SheetIs]) -> list[SheetIs]:
    """The sheets of a plan, each with the version of the pool that it says nothing new to, where there is one; two queries."""
    places = [_place(one, year) for one in sheets]
    known = _versions(actor, [place for place in places if place is not None])
    return [
        replace(one, same_as=version.pk)
        if place is not None and (version := known.get(place)) is not None and _is_same(plan, one, version)
        else one
        for one, place in zip(sheets, places, strict=True)
    ]


_Place = tuple[int | None, int | None, int, str]
"""Project, else unit; year and form"""


def _place(one: SheetIs, year: int | None) -> _Place | None:
    when = one.own_year or year
    project = one.project.found
    if when is None or (project is None and not (one.is_of_department and one.unit is not None)):
        return None
    return project, None if project is not None else one.unit, when, str(one.kind)


def _versions(actor: Actor, places: Sequence[_Place]) -> dict[_Place, SheetVersion]:
    if not places:
        return {}
    projects, units = {place[0] for place in places}, {place[1] for place in places}
    years = {place[2] for place in places}
    rows = Sheet.objects.restrict(actor, "sheet.view").exclude(state=SheetState.VOID).filter(year__in=years)
    own = rows.filter(Q(project__in=projects) | Q(project=None, unit__in=units)).values_list("pk", flat=True)
    versions = SheetVersion.objects.restrict(actor, "sheet.view").filter(
        sheet__in=list(own), number=F("sheet__version")
    )
    found = {}
    for one in versions.select_related("sheet"):
        unit = one.sheet.unit_id if one.sheet.project_id is None else None
        found[one.sheet.project_id, unit, one.sheet.year, one.sheet.kind] = one
    return {place: found[place] for place in places if place in found}


def _is_same(plan: Plan, one: SheetIs, version: SheetVersion) -> bool:
    old = as_plan(version.document)
    own = part_one(plan) if one.index is None else one_sheet(plan, one.index)
    return not differences(old, known_again(own, old))
