"""No list asks the database more the longer it is: what a page asks with a few rows it asks with many, and it never asks much."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jixiao.web.accounts.actors import actor_for
from jixiao.web.accounts.roles import Role
from jixiao.web.goals.models import Sheet
from jixiao.web.imports.models import ImportSession
from jixiao.web.intake.models import Batch, IncomingFile
from jixiao.web.jobs.models import Job
from jixiao.web.kernel import clock
from jixiao.web.library.services import propose
from jixiao.web.organisations.models import Extension, FiscalYear, OrganisationKind, Reform, Round
from jixiao.web.organisations.services import edit_organisation
from jixiao.web.projects.models import Project, ProjectYear
from web.make import YEAR, Office, organisation, person

LISTS = [
    (Role.PERFORMANCE_SECTION, "/"),
    (Role.PERFORMANCE_SECTION, f"/{YEAR}/intake/"),
    (Role.PERFORMANCE_SECTION, f"/{YEAR}/intake/queue"),
    (Role.PERFORMANCE_SECTION, f"/{YEAR}/intake/register"),
    (Role.PERFORMANCE_SECTION, f"/{YEAR}/projects/"),
    (Role.PERFORMANCE_SECTION, f"/{YEAR}/projects/add"),
    (Role.PERFORMANCE_SECTION, f"/{YEAR}/sheets/"),
    (Role.PERFORMANCE_SECTION, f"/{YEAR}/sets/"),
    (Role.PERFORMANCE_SECTION, f"/{YEAR}/approval/"),
    (Role.PERFORMANCE_SECTION, f"/{YEAR}/controls/"),
    (Role.PERFORMANCE_SECTION, f"/{YEAR}/flow/"),
    (Role.PERFORMANCE_SECTION, f"/{YEAR}/progress/"),
    (Role.LEAD_REVIEWER, f"/{YEAR}/progress/"),
    (Role.PERFORMANCE_SECTION, f"/{YEAR}/approvals/"),
    (Role.LEAD_REVIEWER, f"/{YEAR}/approvals/"),
    (Role.PERFORMANCE_SECTION, f"/{YEAR}/review/"),
    (Role.PERFORMANCE_SECTION, "/years/"),
    (Role.PERFORMANCE_SECTION, "the year"),
    (Role.PERFORMANCE_SECTION, "/library/"),
    (Role.PERFORMANCE_SECTION, "/library/?q=指标&state=all"),
    (Role.PERFORMANCE_SECTION, "/library/alike"),
    (Role.PERFORMANCE_SECTION, "/organisations/"),
    (Role.PERFORMANCE_SECTION, "/organisations/?q=局"),
    (Role.PERFORMANCE_SECTION, "/organisations/reforms/"),
    (Role.PERFORMANCE_SECTION, "/people/"),
    (Role.PERFORMANCE_SECTION, "/imports/"),
    (Role.PERFORMANCE_SECTION, "/account/delegate"),
    (Role.SECURITY_ADMIN, "/people/"),
    (Role.SECURITY_ADMIN, "/people/new"),
    (Role.SECURITY_ADMIN, "/people/first-passwords"),
    (Role.SYSTEM_ADMIN, "/organisations/regions/"),
    (Role.SYSTEM_ADMIN, "/organisations/new"),
    (Role.SYSTEM_ADMIN, "/operation/"),
    (Role.AUDITOR, "/log/"),
    (Role.AUDIT_ADMIN, "/log/roots"),
    (Role.CLERK, f"/{YEAR}/intake/"),
    (Role.LEAD_REVIEWER, f"/{YEAR}/sheets/"),
    (Role.EXPERT, f"/{YEAR}/projects/"),
]
MOST = 30


def more(county: Office, begin: int, count: int) -> None:
    """That many of everything lists are of."""
    now, year = clock.now(), FiscalYear.objects.unrestricted("test").get(region=county.region, year=YEAR)
    section = county.people[Role.PERFORMANCE_SECTION]
    for n in range(begin, begin + count):
        unit = organisation(county.region, OrganisationKind.LEAD_DEPARTMENT, f"9{n:02}", f"第{n}局", order=100 + n)
        somebody = person(f"p{n}", f"职员{n}", unit, Role.CLERK)
        project = Project.objects.create(unit=unit, name=f"项目{n}")
        ProjectYear.objects.create(project=project, year=YEAR, name=project.name, code=f"P{n}", total_fen=n)
        sheet = {"unit": unit, "year": YEAR, "title": project.name, "errors": 1, "changed_at": now}
        Sheet.objects.create(project=project, kind="goal", **sheet)
        for registers in (False, True):
            batch = {"organisation": unit, "title": "一批", "year": YEAR, "made_at": now, "made_by": section}
            made = Batch.objects.create(registers_approved=registers, **batch)
        file = {"department": unit, "year": YEAR, "made_at": now, "state": IncomingFile.State.UNREADABLE}
        IncomingFile.objects.create(batch=made, name=f"{n}.docx", **file)
        held = {"organisation": unit, "made_by": section, "made_at": now, "sha256": "0" * 64, "size": 1}
        ImportSession.objects.create(kind="none", file_name=f"{n}.xlsx", **held)
        Reform.objects.create(kind="rename", about=unit, title=f"更名{n}", effective_on=date(2030, 1, 1), made_at=now)
        days = {"opens_on": date(2026, 11, 1), "closes_on": date(2030, 12, 3), "ruleset": "hebei"}
        one = Round.objects.unrestricted("test").filter(fiscal_year=year).first() or Round.objects.create(
            fiscal_year=year, kind="first_up", **days
        )
        Extension.objects.create(round=one, department=unit, until=date(2030, 12, 9), reason="雪灾", made_on=now.date())
        propose(
            actor_for(section),
            fields={"name": f"指标{n}", "kind": "quantity", "sector": "common", "explanation": "件数"},
        )
        job = {"due_at": now, "turn_at": now, "made_at": now, "asked_by": somebody}
        Job.objects.create(name="test", key=str(n), state=Job.State.DONE, **job)
        edit_organisation(county.actor(Role.SYSTEM_ADMIN), organisation=unit.pk, order=200 + n)


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200, address
    return len(found)


def test_lists_ask_the_same_whatever_their_length(county: Office) -> None:
    year = FiscalYear.objects.unrestricted("test").get(region=county.region, year=YEAR)
    few: dict[tuple[Role, str], int] = {}
    wrong = []
    for begin, count in ((0, 3), (3, 40)):
        more(county, begin, count)
        for role, address in LISTS:
            client = Client()
            client.force_login(county.people[role])
            place = f"/years/{year.pk}/" if address == "the year" else address
            client.get(place)
            met = asked(client, place)
            before = few.setdefault((role, address), met)
            if met > before or met > MOST:
                wrong.append(f"{role.label} {address}: {met} queries with {begin + count} rows, {before} with 3")
    assert wrong == []


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_the_menu_leads_to_lists_that_are_tried(role: Role, county: Office, client: Client) -> None:
    """A new entry of the menu is a list to be tried here."""
    client.force_login(county.people[role])
    tried = {address.partition("?")[0] for _, address in LISTS}
    assert [one["address"] for one in client.get("/").context["nav"] if one["address"] not in tried] == []
