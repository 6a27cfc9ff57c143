"""What of the project pool is shown to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum

from jixiao.readings.text import likeness
from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.models import Organisation, OrganisationKind
from jixiao.web.organisations.selectors import official
from jixiao.web.projects.matching import ALIKE
from jixiao.web.projects.models import OrganisationAlias, Predecessor, Project, ProjectAlias, ProjectClass, ProjectYear

CHANGES = {"new": "今年新列", "up": "比上年多", "down": "比上年少", "same": "和上年一样"}
_MOST = 6
_MOST_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Filter:
    """How a list of projects is narrowed; all of it stands in the address."""

    q: str = ""
    department: int | None = None
    unit: int | None = None
    project_class: str = ""
    key: bool = False
    change: str = ""
    dropped: bool = False
    """Those of the year before that are not listed in this one"""


def listed(actor: Actor, year: int, narrowed: Filter = Filter(), right: str = "project.view") -> QuerySet[ProjectYear]:
    """The projects listed in a year (or, ``dropped``, the year before and not in it), each with ``last_fen`` of the year before."""
    rows = ProjectYear.objects.restrict(actor, right)
    if narrowed.dropped:
        again = rows.filter(year=year - 1, project__years__year=year).values("pk")
        rows = rows.filter(year=year - 1, project__closed_on__isnull=True).exclude(pk__in=again)
    else:
        rows = rows.filter(year=year)
    before = ProjectYear.objects.unrestricted("the same project's year before").filter(
        project=OuterRef("project"), year=year - 1
    )
    known: Any = rows.annotate(
        last_fen=Subquery(before.values("total_fen")[:1]), last_id=Subquery(before.values("pk")[:1])
    )
    return _narrowed(known, narrowed).select_related("project", "project__unit", "project__unit__department")


def _narrowed(rows: Any, narrowed: Filter) -> QuerySet[ProjectYear]:
    if narrowed.q:
        rows = rows.filter(
            Q(name__icontains=narrowed.q) | Q(code__icontains=narrowed.q) | Q(project__name__icontains=narrowed.q)
        )
    if narrowed.department is not None:
        rows = rows.filter(Q(project__unit__department=narrowed.department) | Q(project__unit=narrowed.department))
    if narrowed.unit is not None:
        rows = rows.filter(project__unit=narrowed.unit)
    if narrowed.project_class:
        rows = rows.filter(project__project_class=narrowed.project_class)
    if narrowed.key:
        rows = rows.filter(project__is_key=True)
    if narrowed.change == "new":
        rows = rows.filter(last_id__isnull=True)
    elif narrowed.change:
        compared = {"up": "total_fen__gt", "down": "total_fen__lt", "same": "total_fen"}[narrowed.change]
        rows = rows.filter(last_fen__isnull=False, **{compared: F("last_fen")})
    found: QuerySet[ProjectYear] = rows
    return found


def unit_aliases(actor: Actor, text: str = "", unit: int | None = None) -> QuerySet[OrganisationAlias]:
    """What departments and units also go by in documents; narrowed to a part of either, or to one of them."""
    rows = OrganisationAlias.objects.restrict(actor, "organisation.view").select_related("organisation")
    if unit is not None:
        rows = rows.filter(organisation=unit)
    return rows.filter(Q(text__icontains=text) | Q(organisation__name__icontains=text)) if text else rows


@dataclass(frozen=True, slots=True)
class Named:
    """A project that a text found; ``why`` says by what, and whose it is."""

    project: Project
    why: str


def named(actor: Actor, text: str, *, year: int | None, department: int | None, most: int) -> list[Named]:
    """Open projects by a part of their code, name or another way of writing, of any year; those of ``department`` first, then by
    how much of the name the text is. Three queries."""
    rows = Project.objects.restrict(actor, "project.view").filter(closed_on=None)
    years = ProjectYear.objects.restrict(actor, "project.view").filter(
        Q(code__icontains=text) | Q(name__icontains=text)
    )
    aliases = ProjectAlias.objects.restrict(actor, "project.view").filter(text__icontains=text)
    by_alias = dict(aliases.order_by("pk").values_list("project", "text")[:_MOST_LOOKED_AT])
    by_year: dict[int, str] = {}
    for project, number, code, name in years.order_by("year", "pk").values_list("project", "year", "code", "name")[
        :_MOST_LOOKED_AT
    ]:
        told = f"编码{code}" if text.lower() in code.lower() else f"名称“{name}”"
        by_year[project] = told if number == year else f"{number}年{told}"
    wanted = Q(name__icontains=text) | Q(pk__in=[*by_alias, *by_year])
    found = list(rows.filter(wanted).select_related("unit__department").order_by("unit__order", "pk")[:_MOST_LOOKED_AT])
    found.sort(key=lambda one: (one.unit.department_id != department, text not in one.name, len(one.name)))
    return [Named(one, _why(one, by_year, by_alias)) for one in found[:most]]


def _why(one: Project, by_year: dict[int, str], by_alias: dict[int, str]) -> str:
    by = by_year.get(one.pk) or (f"也写作“{by_alias[one.pk]}”" if one.pk in by_alias else "")
    return "，".join(words for words in (one.unit.name, "" if by == f"名称“{one.name}”" else by) if words)


@dataclass(frozen=True, slots=True)
class Sums:
    """How many projects and how much money, in fen, None where nothing is known; ``unknown`` have no amount."""

    count: int
    total_fen: int | None
    fiscal_fen: int | None
    unknown: int


def sums(rows: QuerySet[ProjectYear]) -> Sums:
    """The figures over a whole list, not only its page."""
    found = rows.order_by().aggregate(
        count=Count("pk"),
        total=Sum("total_fen"),
        fiscal=Sum("fiscal_fen"),
        unknown=Count("pk", filter=Q(total_fen=None)),
    )
    return Sums(found["count"], found["total"], found["fiscal"], found["unknown"])


def departments(actor: Actor) -> list[Organisation]:
    """Lead departments somebody may see, in the official order."""
    rows = Organisation.objects.restrict(actor, "organisation.view").filter(kind=OrganisationKind.LEAD_DEPARTMENT)
    return list(rows.filter(closed_on__isnull=True).order_by("order", "pk"))


def units_for(actor: Actor, right: str = "project.edit") -> list[Organisation]:
    """The units somebody may give projects to, in official order."""
    rows = Organisation.objects.restrict(actor, right).filter(
        kind__in=(OrganisationKind.LEAD_DEPARTMENT, OrganisationKind.BUDGET_UNIT), closed_on__isnull=True
    )
    return official(rows)


@dataclass(frozen=True, slots=True)
class Relation:
    """A project that goes on from or into another; ``project`` is None where the other is not for this person's eyes."""

    kind: str
    since: int
    project: Project | None
    id: int


@dataclass(frozen=True, slots=True)
class Detail:
    """A project with its years (the newest first, those of predecessors behind), relations, ways of writing."""

    project: Project
    years: Sequence[ProjectYear]
    earlier: Sequence[ProjectYear]
    predecessors: Sequence[Relation]
    successors: Sequence[Relation]
    aliases: Sequence[ProjectAlias]
    may_edit: bool


def project_of(actor: Actor, project: int, right: str = "project.view") -> Project:
    """A project somebody may see. Raises NotThere."""
    found = Project.objects.restrict(actor, right).select_related("unit", "unit__department").filter(pk=project).first()
    if found is None:
        raise NotThere
    return found


def detail(actor: Actor, project: int) -> Detail:
    """All about a project. Raises NotThere."""
    found = project_of(actor, project)
    links = list(
        Predecessor.objects.unrestricted("links of a project that may be seen").filter(
            Q(project=found) | Q(predecessor=found)
        )
    )
    others = {one.predecessor_id for one in links} | {one.project_id for one in links}
    seen = {
        one.pk: one
        for one in Project.objects.restrict(actor, "project.view").filter(pk__in=others).select_related("unit")
    }
    before = [one.predecessor_id for one in links if one.project_id == found.pk]
    rows = ProjectYear.objects.restrict(actor, "project.view").filter(project__in=[found.pk, *before])
    years = list(rows.select_related("project").order_by("-year", "project__name", "pk"))
    return Detail(
        found,
        [one for one in years if one.project_id == found.pk],
        [one for one in years if one.project_id != found.pk],
        [_relation(one, seen.get(one.predecessor_id)) for one in links if one.project_id == found.pk],
        [_relation(one, seen.get(one.project_id)) for one in links if one.predecessor_id == found.pk],
        list(ProjectAlias.objects.restrict(actor, "project.view").filter(project=found).order_by("text", "pk")),
        Project.objects.restrict(actor, "project.edit").filter(pk=found.pk).exists(),
    )


def _relation(link: Predecessor, other: Project | None) -> Relation:
    return Relation(str(Predecessor.Kind(link.kind).label), link.since, other, link.pk)


def may_be_before(actor: Actor, project: Project, year: int) -> list[tuple[Project, str]]:
    """Last year's projects of the same department that are not listed this year and that this one may go on from, likest first;
    none where it is known what it goes on from, or was there itself."""
    rows = Predecessor.objects.unrestricted("of a project that may be seen").filter(project=project)
    own = ProjectYear.objects.unrestricted("of a project that may be seen").filter(project=project, year__lt=year)
    if rows.exists() or own.exists():
        return []
    department = project.unit.department_id or project.unit_id
    dropped = listed(actor, year, Filter(department=department, dropped=True), "project.edit")
    shares = [(likeness(project.name, one.name), one) for one in dropped]
    found = sorted((one for one in shares if one[0] >= ALIKE), key=lambda one: (-one[0], one[1].pk))
    return [(one.project, f"{one.year}年“{one.name}”") for _, one in found[:_MOST]]


def classes() -> list[tuple[str, str]]:
    """The classes of projects: value, label."""
    return [(str(value), str(label)) for value, label in ProjectClass.choices]


def same_in_year(actor: Actor, *, year: int, project: int) -> dict[str, int] | None:
    """The page of the same project in another year; None where it is not listed there."""
    rows = ProjectYear.objects.restrict(actor, "project.view").filter(year=year, project=project)
    return {} if rows.exists() else None
