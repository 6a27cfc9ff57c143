"""What a sheet can be started from, for a person: last year's, those of other projects, and the one they chose."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from jixiao.web.editor.models import Begun
from jixiao.web.editor.proposing import Offered, to_begin
from jixiao.web.editor.selectors import standing
from jixiao.web.editor.sets import Place, SheetSet
from jixiao.web.editor.starting import Beginning, Of, copied_from, from_library, from_nothing
from jixiao.web.goals.models import Sheet, SheetKind, SheetState
from jixiao.web.goals.selectors import SHORTEST_TEXT
from jixiao.web.kernel.acts import NotThere, Refused
from jixiao.web.kernel.people import Actor
from jixiao.web.library.selectors import entry_of
from jixiao.web.organisations.models import FiscalYear
from jixiao.web.projects.models import Predecessor

BLANK, LAST_YEAR, LIBRARY = "blank", "last_year", "library"
_MOST = 12
MOST_INDICATORS = 60


def last_year_of(actor: Actor, found: SheetSet, place: Place) -> Sheet | None:
    """Last year's sheet of the same project, or of the one it goes on from; of the same unit for what is of no project."""
    rows = _sheets(actor).filter(year=found.year - 1, kind=place.kind)
    if place.project is None:
        return rows.filter(project__isnull=True, unit=place.unit).first()
    own = rows.filter(project=place.project).first()
    if own is not None:
        return own
    before = Predecessor.objects.unrestricted("what a project that may be seen goes on from").filter(
        project=place.project
    )
    going_on = before.filter(since__lte=found.year, kind__in=(Predecessor.Kind.CONTINUED, Predecessor.Kind.RENAMED))
    return rows.filter(project__in=going_on.values("predecessor")).order_by("pk").first()


def others(actor: Actor, place: Place, year: int, words: str) -> Sequence[Sheet]:
    """Sheets of other projects, of this year and the one before, by a part of their name or their unit's; without words those of
    the same unit and department. For sheets of projects only."""
    if place.kind is not SheetKind.GOAL:
        return ()
    rows = _sheets(actor).filter(year__in=(year, year - 1), kind=SheetKind.GOAL).exclude(project=place.project)
    if words:
        if len(words) < SHORTEST_TEXT:
            raise Refused("要找的字太少，至少写两个字", field="q", status=422)
        rows = rows.filter(Q(title__icontains=words) | Q(unit__name__icontains=words))
    else:
        rows = rows.filter(unit__department=place.unit.department_id)
    return list(rows.order_by("-year", "unit__order", "unit_id", "pk")[:_MOST])


def offered(actor: Actor, found: SheetSet, place: Place) -> list[Offered]:
    """Indicators of the library that a sheet of a project may begin with."""
    return to_begin(actor, _of(actor, found, place)) if place.kind is SheetKind.GOAL else []


def chosen(actor: Actor, found: SheetSet, place: Place, from_: str, indicators: Sequence[str] = ()) -> Beginning:
    """The sheet to begin with: ``blank``, ``last_year``, ``library`` with the codes of ``indicators``, or the id of another one. Raises
    Refused, NotThere."""
    of = _of(actor, found, place)
    if from_ == BLANK:
        return from_nothing(of)
    if from_ == LIBRARY:
        if place.kind is not SheetKind.GOAL or not indicators:
            raise Refused("没有选指标。请勾上要用的，或从空白表起", field="indicator", status=422)
        if len(indicators) > MOST_INDICATORS:
            raise Refused(f"一张表最多从{MOST_INDICATORS}条指标起。请少勾几条", field="indicator", status=422)
        return from_library(of, [entry_of(actor, code) for code in dict.fromkeys(indicators)])
    way = Begun.Way.LAST_YEAR if from_ == LAST_YEAR else Begun.Way.OTHER
    if from_ == LAST_YEAR:
        source = last_year_of(actor, found, place)
        if source is None:
            raise Refused(f"没有{found.year - 1}年的这张表。请从空白表起，或选另一个项目的表", field="from", status=422)
    elif from_.isdecimal() and len(from_) < 19:
        rows = _sheets(actor).filter(pk=int(from_), kind=place.kind, year__lte=found.year)
        source = rows.first()
        if source is None:
            raise NotThere
    else:
        raise Refused("没有选从哪里起", field="from", status=422)
    plan = standing(actor, [source]).get(source.pk)
    if plan is None:
        raise NotThere("那张表还没有内容")
    return copied_from(of, source, plan, way)


def _of(actor: Actor, found: SheetSet, place: Place) -> Of:
    years = FiscalYear.objects.restrict(actor, "year.view").filter(year=found.year, region=place.unit.region_id)
    return Of(place.kind, place.unit, found.year, years.values_list("ruleset", flat=True).first() or "", place.listed)


def _sheets(actor: Actor) -> QuerySet[Sheet]:
    rows = Sheet.objects.restrict(actor, "sheet.view").exclude(state=SheetState.VOID)
    return rows.filter(version__gt=0).select_related("unit")
