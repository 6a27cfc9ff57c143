"""What opening a fiscal year would carry on and change, and what is not finished in the years before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jixiao.parameters import parameters, rulesets
from jixiao.web.kernel import clock
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.models import FiscalYear, Organisation, OrganisationSpell, Region, Round
from jixiao.web.organisations.services.years import later
from jixiao.web.organisations.unfinished import unfinished


@dataclass(frozen=True)
class Opening:
    """What a year would begin with."""

    region: Region
    year: int
    before: FiscalYear | None
    ruleset: str
    units: int
    spells: Sequence[OrganisationSpell]
    """names and affiliations that began since the year before"""
    values: Sequence[str]
    """titles of parameters whose values differ from the year before"""
    rounds: Sequence[Round]
    """those of the year before, with their days of the year that is opened; not stored"""
    undone: Sequence[tuple[FiscalYear, Sequence[tuple[str, int]]]]
    must_close: FiscalYear | None


def opening(actor: Actor, region: Region, year: int) -> Opening:
    """What opening a year of a region would do, without doing it."""
    years = list(FiscalYear.objects.restrict(actor, "year.view").filter(region=region).order_by("year"))
    before = next((one for one in reversed(years) if one.year < year), None)
    ruleset = before.ruleset if before else "national-88"
    opened = [one for one in years if one.state == FiscalYear.State.OPEN]
    organisations = Organisation.objects.unrestricted("how many a year begins with").filter(region=region)
    since = date(before.year, 1, 1) if before else clock.today()
    spells = OrganisationSpell.objects.unrestricted("what changed since the year before").filter(
        organisation__region=region, since__gt=since
    )
    return Opening(
        region,
        year,
        before,
        ruleset,
        organisations.filter(closed_on__isnull=True).count(),
        list(spells.select_related("organisation").order_by("organisation__order", "since")[:200]),
        changed_values(ruleset, before.year, year) if before else [],
        _moved(actor, before, year) if before else [],
        [(one, lines) for one in opened if (lines := unfinished(region.pk, one.year))],
        min(opened, key=lambda one: one.year) if len(opened) >= 3 else None,
    )


def _moved(actor: Actor, before: FiscalYear, year: int) -> list[Round]:
    rows = list(Round.objects.restrict(actor, "year.view").filter(fiscal_year=before))
    for one in rows:
        one.opens_on = later(one.opens_on, year - before.year)
        one.closes_on = later(one.closes_on, year - before.year)
    return rows


def changed_values(ruleset: str, before: int, after: int) -> list[str]:
    """Titles of the parameters of a ruleset whose values at the start of two years differ."""
    found = rulesets().get(ruleset)
    if found is None:
        return []
    one, other = date(before, 1, 1), date(after, 1, 1)
    names = sorted({*parameters(), *found.parameters})
    return [
        found.described(name).title
        for name in names
        if found.described(name).dated(one) != found.described(name).dated(other)
    ]
