"""The first year begins in July: a folder of approved sheets and last year's self-evaluations, straight to their state."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jixiao.readers import read_file
from jixiao.web.accounts.roles import Role
from jixiao.web.audit.models import AuditEntry
from jixiao.web.goals.models import Sheet, SheetVersion
from jixiao.web.intake.models import Batch, IncomingFile
from jixiao.web.intake.services import open_registration
from jixiao.web.jobs.queue import run_pending
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotAllowed, Refused
from jixiao.web.organisations.models import FiscalYear
from web.intake.desk import HEALTH, hand_in, health, monitored, self_evaluated, sheets_of, written
from web.make import Office

_JULY = date(2026, 7, 6)
_DOCUMENT = "清财预〔2026〕12号"


def test_the_first_year_begins_in_july(county: Office, client: Client) -> None:
    """By the pages: 文号 and date, a folder dropped, registered, found in the lists, marked as approved outside."""
    department = health(county)
    FiscalYear.objects.create(region=county.region, year=2026, state=FiscalYear.State.OPEN, ruleset="hebei")
    plan = read_file(HEALTH)
    evaluated = self_evaluated(plan, 2025)
    with clock.at(_JULY):
        client.force_login(county.people[Role.PERFORMANCE_SECTION])
        answer = client.post("/2026/intake/register", {"approval_document": _DOCUMENT, "approved_on": "2026-02-18"})
        assert answer.status_code == 302
        page = answer.headers["Location"]
        files = [
            SimpleUploadedFile("文本.docx", HEALTH.read_bytes()),
            SimpleUploadedFile("自评.docx", written(evaluated)),
        ]
        paths = ["批复/卫健/文本.docx", "批复/卫健/自评.docx"]
        assert client.post(f"{page}/files", {"file": files, "path": paths}).status_code == 302
        assert run_pending() == 2
        shown = client.get(page).content.decode()
        assert "批复/卫健/文本.docx" in shown
        assert "登记2份" in shown
        assert client.post(f"{page}/take", {"makes_projects": "1"}).status_code == 302
    rows = Sheet.objects.unrestricted("test")
    goals = rows.filter(year=2026, kind="goal")
    assert goals.count() == len(plan.goal_sheets)
    for sheet in rows.filter(year=2026):
        assert (sheet.state, sheet.is_external, sheet.approval_document) == ("approved", True, _DOCUMENT)
        assert sheet.approved_on == date(2026, 2, 18)
        assert sheet.registered_by == county.people[Role.PERFORMANCE_SECTION].name
        assert sheet.unit == department
    last = rows.filter(year=2025, kind="self_evaluation")
    assert last.count() == len(plan.goal_sheets)
    assert {sheet.state for sheet in last} == {"passed"}
    assert {sheet.project_id for sheet in last} == {sheet.project_id for sheet in goals}, (
        "the same projects of the pool"
    )
    version = SheetVersion.objects.unrestricted("test").filter(sheet=goals[0]).get()
    assert (version.stage, version.made_at.date()) == ("approved", _JULY)
    listed = client.get("/2026/sheets/?state=approved").content.decode()
    assert "系统外批复" in listed
    assert client.get(f"/2025/sheets/{last[0].pk}/").status_code == 200
    assert {file.state for file in IncomingFile.objects.unrestricted("test")} == {"accepted"}
    taken = AuditEntry.objects.unrestricted("test").filter(chain=department.pk, kind="goals.sheet")
    assert taken.count() == rows.count(), "each sheet has an entry in the chain of its department"


def test_what_is_registered_once_is_not_registered_again(county: Office) -> None:
    from jixiao.web.intake.registering import register_batch

    health(county)
    section = county.actor(Role.PERFORMANCE_SECTION)
    batch = open_registration(
        section, organisation=county.bureau.pk, year=2026, approval_document=_DOCUMENT, approved_on=date(2026, 2, 1)
    )
    hand_in(section, {"a.docx": HEALTH.read_bytes()}, batch=batch.pk)
    first = register_batch(section, batch=batch.pk, makes_projects=True)
    assert [len(one.versions) for one in first] == [len(read_file(HEALTH).goal_sheets) + 1]
    assert register_batch(section, batch=batch.pk, makes_projects=True) == []


def test_a_file_that_cannot_be_registered_says_why_and_the_others_are(county: Office) -> None:
    from jixiao.web.intake.registering import register_batch

    health(county)
    section = county.actor(Role.PERFORMANCE_SECTION)
    batch = open_registration(
        section, organisation=county.bureau.pk, year=2026, approval_document=_DOCUMENT, approved_on=date(2026, 2, 1)
    )
    from dataclasses import replace

    from jixiao.domain.organisation import Organisation

    stranger = replace(
        read_file(HEALTH), department=Organisation(name="别县的局"), title="2026年绩效文本", provenance={}, notes=()
    )
    stranger = replace(
        stranger, goal_sheets=tuple(replace(s, budget_unit=Organisation()) for s in stranger.goal_sheets)
    )
    hand_in(section, {"a.docx": written(stranger), "b.docx": HEALTH.read_bytes()}, batch=batch.pk)
    bad, good = register_batch(section, batch=batch.pk, makes_projects=True)
    assert "部门" in bad.refused
    assert good.versions


def test_only_who_may_register_and_never_from_the_future(county: Office) -> None:
    given = {"organisation": county.bureau.pk, "year": 2026, "approval_document": _DOCUMENT}
    with pytest.raises(NotAllowed):
        open_registration(county.actor(Role.CLERK), **given, approved_on=date(2026, 2, 1))
    with clock.at(_JULY), pytest.raises(Refused, match="今天以后"):
        open_registration(county.actor(Role.PERFORMANCE_SECTION), **given, approved_on=date(2026, 7, 7))
    assert not Batch.objects.unrestricted("test").exists()


def test_monitoring_of_the_year_is_registered_from_the_file_to_the_lists(county: Office, client: Client) -> None:
    """Goals first, then the monitoring of July: the same projects, rows known again by their goals, state 审核通过, taken away again."""
    health(county)
    FiscalYear.objects.create(region=county.region, year=2026, state=FiscalYear.State.OPEN, ruleset="hebei")
    plan = read_file(HEALTH)
    with clock.at(_JULY):
        client.force_login(county.people[Role.PERFORMANCE_SECTION])
        answer = client.post("/2026/intake/register", {"approval_document": _DOCUMENT, "approved_on": "2026-02-18"})
        page = answer.headers["Location"]
        files = [
            SimpleUploadedFile("文本.docx", HEALTH.read_bytes()),
            SimpleUploadedFile("监控.docx", written(monitored(plan, 2026))),
        ]
        client.post(f"{page}/files", {"file": files})
        run_pending()
        (read,) = [one for one in IncomingFile.objects.unrestricted("test") if one.name == "监控.docx"]
        assert {sheet.kind for sheet in sheets_of(read)} == {"monitoring"}
        assert client.post(f"{page}/take", {"makes_projects": "1"}).status_code == 302
    rows = Sheet.objects.unrestricted("test").filter(year=2026)
    goals, watched = (rows.filter(kind=kind).order_by("project") for kind in ("goal", "monitoring"))
    assert [one.project_id for one in watched] == [one.project_id for one in goals]
    for one in watched:
        assert (one.state, one.is_external, one.approval_document) == ("passed", True, _DOCUMENT)
    first, under = watched[0], goals[0]
    versions = SheetVersion.objects.unrestricted("test")
    held = versions.get(sheet=first)
    assert held.stage == "executed"
    ids = [
        [row["id"] for row in one.document["goal_sheets"][0]["indicators"]] for one in (held, versions.get(sheet=under))
    ]
    assert ids[0] == ids[1], "rows are known again by the goals"
    listed = client.get("/2026/sheets/?kind=monitoring").content.decode()
    assert listed.count("系统外批复") >= watched.count()
    shown = client.get(f"/2026/sheets/{first.pk}/").content.decode()
    assert "确定能" in shown or "完成" in shown
    entries = AuditEntry.objects.unrestricted("test").filter(kind="goals.sheet", object_id=str(first.pk))
    assert entries.exists()
    taken = client.get(f"/2026/sheets/{first.pk}/export/docx")
    assert taken.status_code == 200
    assert b"".join(taken.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]  # a file
