"""A department with its set, complete and without errors, and a round to hand it in."""

from __future__ import annotations

from datetime import timedelta

from jixiao.web.editor.models import Unreported
from jixiao.web.goals.models import Sheet, SheetKind
from jixiao.web.kernel import clock
from jixiao.web.organisations.models import FiscalYear, Round
from jixiao.web.projects.models import ProjectYear
from web.editor.sheets import sheet_of
from web.make import YEAR, Office


def round_of(county: Office, kind: Round.Kind = Round.Kind.FIRST_UP, *, opens: int = -5, closes: int = 10) -> Round:
    """A round of the year, by days from today."""
    year = FiscalYear.objects.unrestricted("test").get(region=county.region, year=YEAR)
    today = clock.today()
    return Round.objects.create(
        fiscal_year=year,
        kind=kind,
        opens_on=today + timedelta(opens),
        closes_on=today + timedelta(closes),
        review_until=today + timedelta(closes + 20),
        ruleset="hebei",
    )


def listed(county: Office, project: str) -> None:
    """The project stands in the pool of the year."""
    pool = county.projects[project]
    ProjectYear.objects.create(
        project=pool, year=YEAR, code=f"13999927P{pool.pk:03d}", name=project, total_fen=15_000_000,
        fiscal_fen=15_000_000, other_fen=0,
    )  # fmt: skip


def excused(county: Office, *kinds: SheetKind) -> None:
    """Reasons why the department hands in no Part One, no sheet of its own."""
    for kind in kinds:
        Unreported.objects.create(
            unit=county.commerce, year=YEAR, kind=kind, reason="县里不要求", made_at=clock.now(), made_by="x"
        )


def whole_set(county: Office, *projects: str) -> list[Sheet]:
    """A sheet of each project of the commerce department the rest of its set excused."""
    excused(county, SheetKind.PART_ONE, SheetKind.DEPARTMENT_WIDE)
    made = []
    for name in projects or ("招商费用",):
        listed(county, name)
        made.append(sheet_of(county, name))
    return made
