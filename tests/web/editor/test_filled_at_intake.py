"""A workbook filled in without network that is dropped among other files: known for what it is, its words wait to be taken."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jixiao.web.accounts.roles import Role
from jixiao.web.editor.models import Proposal
from jixiao.web.goals.models import Sheet, SheetState
from jixiao.web.intake.models import IncomingFile
from jixiao.web.intake.receiving import receive
from jixiao.web.intake.services import add_files, open_batch
from jixiao.web.jobs.queue import run_pending
from web.editor.sheets import plan_now, rows, sheet_of
from web.editor.test_offline import Book, out
from web.make import YEAR, Office


@pytest.fixture
def sheet(county: Office) -> Sheet:
    return sheet_of(county)


@pytest.fixture
def clerk(county: Office, client: Client) -> Client:
    client.force_login(county.people[Role.CLERK])
    return client


def filled(client: Client, sheet: Sheet) -> bytes:
    """What goes out, with the first target written anew."""
    book = Book(out(client, sheet))
    book.cell(rows(sheet)[0], "/target").value = "≥77次"
    return book.saved()


def dropped(county: Office, data: bytes, *, other: bool = False) -> IncomingFile:
    """The file after somebody dropped it and it was read."""
    actor = county.actor(Role.CLERK, other=other)
    person = (county.others if other else county.people)[Role.CLERK]
    batch = open_batch(actor, organisation=person.organisation_id or 0, year=YEAR)
    (row,) = add_files(actor, batch=batch.pk, files=receive([SimpleUploadedFile("填好.xlsx", data)]))
    run_pending()
    row.refresh_from_db()
    return row


def proposals() -> list[Proposal]:
    return list(Proposal.objects.unrestricted("test"))


def target(sheet: Sheet) -> str | None:
    return plan_now(sheet).goal_sheets[0].indicators[0].target.text


def test_it_becomes_the_proposal_of_its_sheet_and_is_taken(county: Office, sheet: Sheet, clerk: Client) -> None:
    row = dropped(county, filled(clerk, sheet))
    assert row.state == IncomingFile.State.KNOWN
    assert row.met == f"离线填报表：成为“{sheet.title}”的填报，还没有写进表里"
    assert not row.sheets.unrestricted("test").exists()
    (one,) = proposals()
    assert (one.sheet_id, one.state, len(one.changes)) == (sheet.pk, Proposal.State.OPEN, 1)
    address = f"/{YEAR}/sheets/{sheet.pk}/edit/offline/{one.pk}"
    desk = clerk.get(f"/{YEAR}/intake/").content.decode()
    assert address in desk
    assert "离线填报" in desk
    assert clerk.post(f"{address}/take", {"whole": "1", "seen": "0"}).status_code == 302
    assert target(sheet) == "≥77次"


def test_of_a_frozen_sheet_it_waits_and_is_taken_afterwards(county: Office, sheet: Sheet, clerk: Client) -> None:
    data, before = filled(clerk, sheet), target(sheet)
    Sheet.objects.unrestricted("test").filter(pk=sheet.pk).update(state=SheetState.SUBMITTED)
    row = dropped(county, data)
    assert "先放着，退回以后再采用" in row.remedy
    (one,) = proposals()
    take = f"/{YEAR}/sheets/{sheet.pk}/edit/offline/{one.pk}/take"
    clerk.post(take, {"whole": "1", "seen": "0"})
    assert target(sheet) == before
    Sheet.objects.unrestricted("test").filter(pk=sheet.pk).update(state=SheetState.SENT_BACK)
    assert clerk.post(take, {"whole": "1", "seen": "0"}).status_code == 302
    assert target(sheet) == "≥77次"


def test_who_may_not_write_in_its_sheets_is_told_so(county: Office, sheet: Sheet, clerk: Client) -> None:
    row = dropped(county, filled(clerk, sheet), other=True)
    assert row.met == "离线填报表，没有收：里面没有归您填的表"
    assert not proposals()


def test_nothing_new_in_it_is_told(county: Office, sheet: Sheet, clerk: Client) -> None:
    assert "没有填新的内容" in dropped(county, out(clerk, sheet)).met
    assert not proposals()


def test_that_of_another_county_is_told(county: Office, sheet: Sheet, clerk: Client) -> None:
    book = Book(filled(clerk, sheet))
    page = book.book["_jixiao"]
    text = "".join(str(line[0].value) for line in page.iter_rows())
    data: Any = json.loads(text)
    for id_ in [*data["sheets"][0]["things"], plan_now(sheet).goal_sheets[0].id]:
        if not id_.startswith("+"):
            text = text.replace(f'"{id_}"', f'"{id_[:2]}{id_[2:][::-1]}x"')
    page.delete_rows(1, page.max_row)
    for n, start in enumerate(range(0, len(text), 30_000), 1):
        page.cell(n, 1).value = text[start : start + 30_000]
    assert "不是从本系统导出的" in dropped(county, book.saved()).met
    assert not proposals()


def test_any_other_workbook_is_read_as_before(county: Office, sheet: Sheet, clerk: Client) -> None:
    answer: Any = clerk.get(f"/{YEAR}/sheets/{sheet.pk}/edit/export/xlsx")
    row = dropped(county, b"".join(answer.streaming_content))
    assert row.state == IncomingFile.State.TO_CHECK
