"""Histories of sheets: long ones by pages, versions against drafts and against last year's sheet."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from jixiao.web.accounts.roles import Role
from jixiao.web.editor.chapters import OPEN, chapters, operations
from jixiao.web.editor.models import Operation, Outcome
from jixiao.web.goals.contents import content_of, reviewed
from jixiao.web.goals.documents import one_sheet
from jixiao.web.goals.models import Sheet, SheetKind, SheetVersion
from jixiao.web.goals.services import take_version
from jixiao.web.kernel import clock
from web.editor.sheets import plan_now, put, send, sheet_of
from web.make import YEAR, Office
from web.samples import plan_of

LONG = 5_000


@pytest.fixture
def sheet(county: Office) -> Sheet:
    return sheet_of(county)


@pytest.fixture
def clerk(county: Office, client: Client) -> Client:
    client.force_login(county.people[Role.CLERK])
    return client


def written_long(sheet: Sheet) -> None:
    """Two people wrote in it for months: half before its first version of today, half after."""
    version = SheetVersion.objects.unrestricted("test").get(sheet=sheet)
    made = [
        Operation(
            sheet=sheet, key=uuid4(), revision=n, client="page-one-1", kind="put", thing="i_aaaaaaaaaa", cell="/name",
            words="指标的名称", before=f"第{n - 1}稿", after=f"第{n}稿", outcome=Outcome.SAVED,
            made_at=version.made_at + timedelta(seconds=n - LONG // 2 - 0.5), made_by="甲" if n % 4 else "乙",
        )
        for n in range(1, LONG + 1)
    ]  # fmt: skip
    Operation.objects.bulk_create(made)


def test_a_long_history_is_counted_and_listed_by_pages(
    county: Office, sheet: Sheet, clerk: Client, django_assert_max_num_queries: Any
) -> None:
    written_long(sheet)
    actor = county.actor(Role.CLERK)
    with django_assert_max_num_queries(6):
        found = chapters(actor, sheet)
    assert [(one.number, one.count) for one in found] == [(OPEN, LONG // 2), (1, LONG // 2)]
    assert dict(found[0].people) == {"甲": LONG * 3 // 8, "乙": LONG // 8}
    seen, after = [], ""
    for _ in range(3):
        page = operations(actor, sheet, 1, after)
        seen += [one.revision for one in page.rows]
        after = page.after
    assert seen == list(range(LONG // 2, LONG // 2 - 150, -1))
    with django_assert_max_num_queries(40):
        text = clerk.get(f"/{YEAR}/sheets/{sheet.pk}/changes").content.decode()
    assert text.count("<ins>") == 50
    assert f"{LONG // 2}处改动" in text
    with django_assert_max_num_queries(40):
        text = clerk.get(f"/{YEAR}/sheets/{sheet.pk}/changes?of=1").content.decode()
    assert f"第{LONG // 2}稿" in text


def test_a_draft_is_held_against_a_version(sheet: Sheet, clerk: Client) -> None:
    row = plan_now(sheet).goal_sheets[0].indicators[0]
    address = f"/{YEAR}/sheets/{sheet.pk}/compare?old=1&new=draft"
    assert clerk.get(address).status_code == 404, "there is no draft yet"
    send(clerk, sheet, put(row.id, "/target", "≥77个", row.target.text or ""))
    page = clerk.get(address).content.decode()
    assert "第1版到网页上的稿子" in page
    assert "1处不同" in page
    assert "77" in page


def test_this_year_is_held_against_last_year(county: Office, sheet: Sheet, clerk: Client) -> None:
    """Last year's rows are known again by what they are called, whatever their ids."""
    plan = one_sheet(plan_of(1), 0)
    take_version(
        county.actor(Role.PERFORMANCE_SECTION), unit=sheet.unit_id, project=sheet.project_id, year=YEAR - 1,
        content=content_of(plan, reviewed(plan, "hebei", clock.today()), SheetKind.GOAL), reason="测试",
    )  # fmt: skip
    row = plan_now(sheet).goal_sheets[0].indicators[0]
    send(clerk, sheet, put(row.id, "/target", "≥77个", row.target.text or ""))
    page = clerk.get(f"/{YEAR}/sheets/{sheet.pk}/compare?old=last&new=draft").content.decode()
    assert f"{YEAR - 1}年的表到网页上的稿子" in page
    assert "1处不同" in page
    assert "和去年的表比" in clerk.get(f"/{YEAR}/sheets/{sheet.pk}/").content.decode()
