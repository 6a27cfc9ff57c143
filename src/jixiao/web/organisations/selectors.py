"""What of organisations and years is shown to whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Q
from django.http import HttpRequest

from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.door import RestrictedQuerySet
from jixiao.web.kernel.keyset import Rows, page_of
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.models import (
    FiscalYear,
    Organisation,
    OrganisationKind,
    OrganisationSpell,
    Reform,
    Region,
    Responsibility,
    Succession,
)
from jixiao.web.site.pages import Request


def region_of(request: HttpRequest) -> int | None:
    """The region somebody works in; None for who has no organisation."""
    organisation = getattr(request.user, "organisation", None)
    return organisation.region_id if organisation is not None else None


def years_of(request: HttpRequest) -> list[FiscalYear]:
    """The fiscal years of the person's region, newest first; asked for once a request."""
    known: list[FiscalYear] | None = getattr(request, "_years", None)
    if known is None:
        rows = FiscalYear.objects.restrict(cast("Request", request).actor, "year.view").order_by("-year")
        region = region_of(request)
        if region is not None:
            rows = rows.filter(region=region)
        known = list({one.year: one for one in rows}.values())
        request._years = known  # type: ignore[attr-defined]
    return known


def year_of(request: HttpRequest) -> int:
    """The fiscal year of a page: that of its address; else the one last looked at; else the newest open one; else the coming
    year from August on."""
    match = request.resolver_match
    if match is not None and "year" in match.kwargs:
        return int(match.kwargs["year"])
    years = years_of(request)
    chosen = request.session.get("year") if hasattr(request, "session") else None
    if isinstance(chosen, int) and any(one.year == chosen for one in years):
        return chosen
    for one in years:
        if one.state == FiscalYear.State.OPEN:
            return one.year
    today = clock.today()
    return today.year + (today.month >= 8)


def state_of_year(request: HttpRequest, year: int) -> FiscalYear | None:
    """A fiscal year of the person's region as it stands; None for one that was never opened."""
    return next((one for one in years_of(request) if one.year == year), None)


def one_of(model: Any, actor: Actor, right: str, key: Any, *related: str) -> Any:
    """One object that somebody may see. Raises NotThere."""
    found = model.objects.restrict(actor, right).select_related(*related).filter(pk=key).first()
    if found is None:
        raise NotThere
    return found


@dataclass(frozen=True)
class Branch:
    """An organisation in the tree, how deep it stands, and where it stands out from its kind."""

    organisation: Organisation
    depth: int


@dataclass(frozen=True)
class Tree:
    """A page of the tree in official order: so many roots with all beneath them."""

    branches: Sequence[Branch]
    roots: Rows[Organisation]


def in_use() -> Q:
    return Q(closed_on__isnull=True) | Q(closed_on__gt=clock.today())


def tree(actor: Actor, *, region: int | None = None, closed: bool = False, after: str = "", size: int = 50) -> Tree:
    """Organisations that somebody may see, as they stand beneath one another; roots are those whose parent they do not see."""
    seen = Organisation.objects.restrict(actor, "organisation.view")
    if not closed:
        seen = seen.filter(in_use())
    if region is not None:
        seen = seen.filter(region=region)
    roots = page_of(seen.filter(Q(parent__isnull=True) | ~Q(parent__in=seen.values("pk"))), ["order"], after, size=size)
    below: dict[int, list[Organisation]] = {}
    ahead = [one.pk for one in roots.rows]
    while ahead:
        found = list(seen.filter(parent__in=ahead).order_by("order", "pk"))
        for one in found:
            below.setdefault(cast("int", one.parent_id), []).append(one)
        ahead = [one.pk for one in found]
    branches: list[Branch] = []

    def walk(one: Organisation, depth: int) -> None:
        branches.append(Branch(one, depth))
        for child in below.get(one.pk, []):
            walk(child, depth + 1)

    for root in roots.rows:
        walk(root, 0)
    return Tree(branches, roots)


def found_by(
    actor: Actor, words: str, *, region: int | None = None, closed: bool = False, after: str = ""
) -> Rows[Organisation]:
    """Organisations by a part of their name, of a name they had, or by the beginning of their code."""
    rows = Organisation.objects.restrict(actor, "organisation.view")
    if region is not None:
        rows = rows.filter(region=region)
    if not closed:
        rows = rows.filter(in_use())
    return page_of(rows.filter(called(actor, words)).select_related("parent"), ["order"], after)


def called(actor: Actor, words: str) -> Q:
    """What is found by a part of a name, now or formerly, or by the beginning of a code."""
    former = OrganisationSpell.objects.restrict(actor, "organisation.view").filter(name__icontains=words)
    return Q(name__icontains=words) | Q(code__startswith=words) | Q(pk__in=former.values("organisation"))


@dataclass(frozen=True)
class Detail:
    """An organisation with its history."""

    organisation: Organisation
    spells: Sequence[OrganisationSpell]
    came_from: Sequence[Succession]
    went_to: Sequence[Succession]
    sections: Sequence[Responsibility]
    looked_after: Sequence[Responsibility]
    children: Sequence[Organisation]
    planned: Sequence[Reform]


def detail(actor: Actor, key: int) -> Detail:
    """One organisation. Raises NotThere."""
    one: Organisation = one_of(Organisation, actor, "organisation.view", key, "region", "parent", "department")

    def rows(model: Any) -> RestrictedQuerySet[Any]:
        found: RestrictedQuerySet[Any] = model.objects.restrict(actor, "organisation.view")
        return found

    successions = Succession.objects.unrestricted("names of what came before and after, on a page one may see")
    related = ("predecessor", "successor")
    running = Q(until__isnull=True) | Q(until__gt=clock.today())
    responsibilities = Responsibility.objects.unrestricted("which section looks after what").filter(running)
    return Detail(
        one,
        list(rows(OrganisationSpell).filter(organisation=one).select_related("parent").order_by("-id")),
        list(successions.filter(successor=one).select_related(*related)),
        list(successions.filter(predecessor=one).select_related(*related)),
        list(responsibilities.filter(department=one).select_related("section")),
        list(responsibilities.filter(section=one).select_related("department")),
        list(rows(Organisation).filter(in_use(), parent=one).order_by("order", "pk")),
        list(rows(Reform).filter(about=one, state=Reform.State.PLANNED)),
    )


def choices(
    actor: Actor,
    right: str = "organisation.view",
    *,
    kinds: Collection[str] = (),
    without: Collection[int] = (),
    region: int | None = None,
) -> list[tuple[int, str]]:
    """Organisations in use to choose from, in official order, with their codes: each followed by what stands beneath it."""
    rows = Organisation.objects.restrict(actor, right).filter(in_use()).exclude(pk__in=without)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if region is not None:
        rows = rows.filter(region=region)
    return [(one.pk, f"{one.code} {one.name}") for one in official(rows.only("code", "name", "order", "parent"))]


def official(rows: Iterable[Organisation]) -> list[Organisation]:
    """Organisations in official order as the tree shows them: each followed by those beneath it; one whose parent is not
    among them stands by its own order."""
    known = {one.pk: one for one in rows}

    def way(one: Organisation) -> tuple[tuple[int, int], ...]:
        above = known.get(one.parent_id) if one.parent_id is not None else None
        return (*(way(above) if above is not None else ()), (one.order, one.pk))

    return sorted(known.values(), key=way)


def regions(actor: Actor) -> list[Region]:
    """All regions."""
    return list(Region.objects.restrict(actor, "year.view").select_related("parent").order_by("code"))


def sections(actor: Actor) -> list[tuple[int, str]]:
    """Sections of the finance bureau to choose from."""
    return choices(actor, kinds=(OrganisationKind.FINANCE_SECTION,))
