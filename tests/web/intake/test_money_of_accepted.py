"""The money of a sheet gets into the pool when it is accepted, and never over what the pool knows."""

from __future__ import annotations

import pytest

from jixiao.readers import read_file
from jixiao.web.accounts.roles import Role
from jixiao.web.projects.models import ProjectYear
from jixiao.web.projects.services import add_project
from web.intake.desk import HEALTH, hand_in, health, take
from web.make import Office

pytestmark = pytest.mark.django_db


def _money(year: int = 2026) -> dict[str, tuple[int | None, int | None, int | None]]:
    rows = ProjectYear.objects.unrestricted("test").filter(year=year)
    return {one.name: (one.total_fen, one.fiscal_fen, one.other_fen) for one in rows}


def test_fiscal_and_other_money_are_taken_from_the_sheet(county: Office) -> None:
    department = health(county)
    section = county.actor(Role.PERFORMANCE_SECTION)
    sheets = read_file(HEALTH).goal_sheets
    first, second = sheets[:2]
    assert first.project.name
    assert second.project.name
    known = {"name": first.project.name, "total_fen": None}
    other = {"name": second.project.name, "total_fen": 1, "fiscal_fen": None}
    for of_year in (known, other):
        add_project(section, unit=department.pk, fields={"name": of_year["name"]}, year=2026, of_year=of_year)
    (file,) = hand_in(section, {"a.docx": HEALTH.read_bytes()})
    take(section, file)
    found = _money()
    assert first.budget.fiscal is not None
    assert found[second.project.name] == (1, None, None), "another total than the sheet: left alone"
    for sheet in sheets:
        if sheet.project.name and sheet.project.name != second.project.name:
            amounts = (sheet.budget.total, sheet.budget.fiscal, sheet.budget.other)
            money = [sheet.budget.money(one) for one in amounts]
            assert found[sheet.project.name] == tuple(None if one is None else int(one.yuan * 100) for one in money)
