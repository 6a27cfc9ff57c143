"""What organisations that are gone left to others, and what they were called on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date

from django.db.models import F, Q

from jixiao.web.kernel import clock
from jixiao.web.organisations.models import Organisation, OrganisationSpell, Succession


@dataclass(frozen=True)
class Left:
    """What was left to organisations: ids of closed predecessors, of projects that came over from ones that go on."""

    organisations: frozenset[int] = frozenset()
    projects: frozenset[int] = frozenset()


def left_to(units: Collection[int], departments: Collection[int] = ()) -> Left:
    """All that predecessors left to these units, and to any unit of these departments, through however many reforms."""
    today = clock.today()
    asked: set[int] = set()
    gone: set[int] = set()
    projects: set[int] = set()
    ahead, within = set(units), set(departments)
    while ahead or within:
        rows = (
            Succession.objects.unrestricted("what predecessors left")
            .filter(Q(successor__in=ahead) | Q(successor__department__in=within), since__lte=today)
            .values_list("predecessor", "predecessor__closed_on", "projects")
        )
        asked |= ahead
        found: set[int] = set()
        for predecessor, closed_on, passed in rows:
            if closed_on is not None and closed_on <= today:
                found.add(predecessor)
            else:
                projects.update(passed)
        gone |= found
        ahead, within = found - asked, set()
    return Left(frozenset(gone), frozenset(projects))


def names_on(organisations: Collection[int], day: date) -> Mapping[int, str]:
    """What organisations were called on a day; who had no name yet is called as at first, who had ended as at last."""
    names: dict[int, str] = {}
    rows = (
        OrganisationSpell.objects.unrestricted("names as of a day")
        .filter(organisation__in=organisations)
        .order_by("organisation", F("since").asc(nulls_first=True), "id")
        .values_list("organisation", "name", "since")
    )
    for organisation, name, since in rows:
        if organisation not in names or since is None or since <= day:
            names[organisation] = name
    today = Organisation.objects.unrestricted("names as of a day").filter(pk__in=set(organisations) - set(names))
    return names | dict(today.values_list("pk", "name"))


def named_as_of(organisations: Iterable[Organisation], year: int) -> None:
    """Give organisations that are about to be shown the names they had at the end of a fiscal year: what belongs to a year
    keeps the names of then. They are not to be stored afterwards."""
    shown = list(organisations)
    day = last_day_of(year)
    former = OrganisationSpell.objects.unrestricted("names of a year").filter(
        Q(since__isnull=True) | Q(since__lte=day), organisation__in={one.pk for one in shown}, until__gt=day
    )
    names = dict(former.values_list("organisation", "name"))
    for one in shown:
        one.name = names.get(one.pk, one.name)


def last_day_of(year: int) -> date:
    """The day whose names are printed on what belongs to a fiscal year that is over."""
    return min(date(min(max(year, MINYEAR), MAXYEAR), 12, 31), clock.today())
