"""Sheets of a year: who sees which, filters and counts, one sheet with findings at its cells, what is taken away."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager

import openpyxl
import pytest
from django.test import Client

from jixiao.parameters import rulesets
from jixiao.readers import read_bytes, read_file
from jixiao.web.accounts.roles import Role
from jixiao.web.audit.models import AuditEntry
from jixiao.web.goals.documents import as_plan
from jixiao.web.goals.form_view import form_of
from jixiao.web.goals.models import Sheet, SheetVersion
from web.intake.desk import HEALTH, hand_in, health, take
from web.make import Office

Most = Callable[[int], AbstractContextManager[object]]


@pytest.fixture
def loaded(county: Office) -> Office:
    """The county with the example department's sheets in the pool."""
    health(county)
    section = county.actor(Role.PERFORMANCE_SECTION)
    (file,) = hand_in(section, {"a.docx": HEALTH.read_bytes()})
    take(section, file)
    return county


def _body(answer: object) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_each_number_above_the_list_opens_a_list_of_that_length(loaded: Office, client: Client) -> None:
    import re

    client.force_login(loaded.people[Role.PERFORMANCE_SECTION])
    page = client.get("/2026/sheets/").content.decode()
    tabs = re.search(r'<nav class="tabs".*?</nav>', page, re.S)
    assert tabs is not None
    found = re.findall(r'href="([^"]*)"[^>]*>[^<]*<b>(\d+)</b>', tabs[0])
    assert len(found) >= 3
    for address, count in found:
        listed = client.get(f"/2026/sheets/{address.replace('&amp;', '&')}").content.decode()
        assert listed.count("<tr data-row>") == int(count), address


def test_filters_narrow_and_say_what_they_do_not_know(loaded: Office, client: Client) -> None:
    client.force_login(loaded.people[Role.PERFORMANCE_SECTION])
    name = read_file(HEALTH).goal_sheets[0].indicators[0].name or ""
    assert client.get("/2026/sheets/", {"q": name}).content.decode().count("<tr data-row>") == 1
    assert "没有符合这1个条件的" in client.get("/2026/sheets/?state=void").content.decode()
    assert client.get("/2026/sheets/?q=x").status_code == 422
    assert "“grad”不认识" in client.get("/2026/sheets/?grad=good").content.decode()
    assert client.get("/2026/sheets/?department=abc").status_code == 400, "never silently ignored"
    assert client.get("/2026/sheets/?state=approve").status_code == 400


def test_queries_do_not_grow_with_the_list(loaded: Office, client: Client, django_assert_max_num_queries: Most) -> None:
    client.force_login(loaded.people[Role.PERFORMANCE_SECTION])
    client.get("/2026/sheets/")
    with django_assert_max_num_queries(12):
        client.get("/2026/sheets/?q=卫生")
    sheet = Sheet.objects.unrestricted("test").filter(kind="goal")[0]
    with django_assert_max_num_queries(17):
        client.get(f"/2026/sheets/{sheet.pk}/")


def test_sheets_of_other_departments_are_not_there(loaded: Office, client: Client) -> None:
    sheet = Sheet.objects.unrestricted("test").filter(kind="goal")[0]
    addresses = [f"/2026/sheets/{sheet.pk}/{rest}" for rest in ("", "compare", "original", "export/docx")]
    client.force_login(loaded.people[Role.CLERK])
    assert {client.get(address).status_code for address in addresses} == {404}
    assert sheet.title not in client.get("/2026/sheets/").content.decode()
    client.force_login(loaded.people[Role.SYSTEM_ADMIN])
    assert {client.get(address).status_code for address in addresses} == {403}
    client.force_login(loaded.people[Role.AUDITOR])
    assert client.get(addresses[0]).status_code == 200
    assert client.get(f"/2025/sheets/{sheet.pk}/").status_code == 404, "of another year"


def test_findings_stand_at_their_cells_and_cells_say_where_they_were_read(loaded: Office) -> None:
    placed = 0
    for version in SheetVersion.objects.unrestricted("test"):
        from jixiao.domain.codec import review_from_dict

        plan, review = as_plan(version.document), review_from_dict(version.findings)
        form = form_of(plan, review.findings)
        cells = {cell.pointer: cell for b in form.blocks for row in (*b.head, *b.body) for cell in row if cell.pointer}
        cells |= {b.cell.pointer: b.cell for b in form.blocks if b.cell.pointer}
        for one in form.findings:
            if one.cell:
                placed += 1
                assert one in cells[one.cell].findings
                assert one.finding.pointer.startswith(one.cell) or one.cell.startswith(one.finding.pointer)
        for n, row in enumerate(plan.goal_sheets[0].indicators if plan.goal_sheets else ()):
            cell = cells[f"/goal_sheets/0/indicators/{n}/target"]
            assert cell.text == (row.target.text or "")
            assert cell.source or not cell.text
    assert placed > 3


@pytest.mark.parametrize("form", ["docx", "xlsx", "html"])
def test_a_sheet_taken_away_reads_back_as_it_was(loaded: Office, client: Client, form: str) -> None:
    client.force_login(loaded.people[Role.AUDITOR])
    version = SheetVersion.objects.unrestricted("test").filter(sheet__kind="goal")[0]
    answer = client.get(f"/2026/sheets/{version.sheet_id}/export/{form}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    back = read_bytes(_body(answer), f"x.{form}")
    was = as_plan(version.document)
    assert [r.name for r in back.goal_sheets[0].indicators] == [r.name for r in was.goal_sheets[0].indicators]
    assert back.goal_sheets[0].budget == was.goal_sheets[0].budget
    assert back.fiscal_year == was.fiscal_year
    entry = AuditEntry.objects.unrestricted("test").filter(action="sheet.exported").get()
    assert entry.after["sheets"] == [version.sheet_id]
    assert entry.actor == loaded.people[Role.AUDITOR].name


def test_all_that_a_list_shows_is_taken_away_and_logged_once_a_department(loaded: Office, client: Client) -> None:
    client.force_login(loaded.people[Role.PERFORMANCE_SECTION])
    letters = zipfile.ZipFile(io.BytesIO(_body(client.get("/2026/sheets/export/letters"))))
    assert letters.namelist() == ["清源县卫生健康局.审核意见.docx"]
    texts = zipfile.ZipFile(io.BytesIO(_body(client.get("/2026/sheets/export/docx"))))
    back = read_bytes(texts.read(texts.namelist()[0]), "back.docx")
    whole = read_file(HEALTH)
    assert [s.project.name for s in back.goal_sheets] == [s.project.name for s in whole.goal_sheets]
    assert [g.text for g in back.overall_goals] == [g.text for g in whole.overall_goals]
    book = openpyxl.load_workbook(io.BytesIO(_body(client.get("/2026/sheets/export/workbook"))))
    assert book.sheetnames
    assert client.get("/2026/sheets/export/workbook?state=void").status_code == 404
    assert client.get("/2026/sheets/export/everything").status_code == 404
    entries = AuditEntry.objects.unrestricted("test").filter(action="sheet.exported")
    assert entries.count() == 3


def test_who_may_not_export_does_not(loaded: Office, client: Client) -> None:
    client.force_login(loaded.people[Role.EXPERT])
    assert client.get("/2026/sheets/export/letters").status_code == 403


def test_a_sheet_says_by_which_rules_it_was_reviewed_as_people_call_them(loaded: Office, client: Client) -> None:
    version = SheetVersion.objects.unrestricted("test").filter(sheet__kind="goal").first()
    assert version is not None
    name, _, number = version.ruleset.rpartition(" ")
    client.force_login(loaded.people[Role.PERFORMANCE_SECTION])
    page = client.get(f"/{version.sheet.year}/sheets/{version.sheet_id}/").content.decode()
    assert f"按{rulesets()[name].title} {number}版" in page
    assert f"按 {name}" not in page
