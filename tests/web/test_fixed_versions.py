"""Approved versions are fixed: bytes in the store under their digest, a row that the database refuses to change, a doctor that
notices."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from jixiao.web.accounts.roles import Role
from jixiao.web.audit import guards
from jixiao.web.audit.models import AuditEntry
from jixiao.web.files import store
from jixiao.web.goals.contents import content_of, reviewed
from jixiao.web.goals.documents import one_sheet
from jixiao.web.goals.fixing import fix_version, unfixed, unlike
from jixiao.web.goals.guards import FIXED
from jixiao.web.goals.models import Sheet, SheetKind, SheetState, SheetVersion, Stage
from jixiao.web.goals.services import Approval, take_version
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act
from jixiao.web.operation import health
from jixiao.web.operation.findings import Grade
from jixiao.web.workflow import services
from jixiao.web.workflow.services.way import Looked
from web.editor.sheets import sheet_of
from web.make import YEAR, Office
from web.samples import plan_of
from web.workflow.on_the_way import handed_in, passed
from web.workflow.sets import round_of, whole_set


def version_of(sheet: Sheet) -> SheetVersion:
    sheet.refresh_from_db()
    return SheetVersion.objects.unrestricted("test").get(sheet=sheet, number=sheet.version)


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(DatabaseError, match="批复稿已固定"), transaction.atomic():
        yield


@pytest.fixture
def approved(county: Office) -> SheetVersion:
    """A version that went the whole way to 批复."""
    round_of(county)
    sheet = whole_set(county)[0]
    handed_in(county)
    passed(county, sheet)
    assert version_of(sheet).fixed is None
    finance = county.actor(Role.PERFORMANCE_SECTION)
    services.approve(finance, year=YEAR, unit=county.commerce.pk, sheets=[Looked(sheet.pk, sheet.version)], document="清财预〔2027〕12号", day=clock.today())  # fmt: skip
    return version_of(sheet)


def test_what_is_approved_lies_in_the_store_byte_for_byte(approved: SheetVersion) -> None:
    assert approved.stage == Stage.APPROVED
    assert approved.fixed is not None
    stored = store.path_of(approved.fixed.sha256).read_bytes()
    assert hashlib.sha256(stored).hexdigest() == approved.fixed.sha256 == approved.digest
    assert json.loads(stored) == approved.document
    entry = AuditEntry.objects.unrestricted("test").filter(object_id=approved.pk, kind="goals.sheetversion").last()
    assert entry is not None
    assert entry.after["sha256"] == approved.digest


def test_the_database_refuses_to_change_it(approved: SheetVersion) -> None:
    rows = SheetVersion.objects.unrestricted("test").filter(pk=approved.pk)
    for change in ({"document": {}}, {"digest": "0" * 64}, {"fixed": None}, {"reason": "x"}, {"findings": {}}):
        with refused():
            rows.update(**change)
    with refused(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM goals_sheetversion WHERE id = %s", [approved.pk])
    with refused(), connection.cursor() as cursor:
        cursor.execute("UPDATE goals_sheetversion SET number = 99 WHERE id = %s", [approved.pk])
    approved.refresh_from_db()
    assert approved.document


def test_what_is_not_approved_can_be_changed_in_the_database(county: Office) -> None:
    version = version_of(sheet_of(county))
    SheetVersion.objects.unrestricted("test").filter(pk=version.pk).update(reason="另一个来由")
    assert version_of(version.sheet).reason == "另一个来由"


def test_the_same_version_is_fixed_once(approved: SheetVersion, county: Office) -> None:
    act = Act(county.actor(Role.PERFORMANCE_SECTION), "sheets.approved", "sheet.approve")
    assert fix_version(act, approved).fixed_id == approved.fixed_id
    assert not act.entries


def test_what_was_approved_elsewhere_is_fixed_as_it_is_registered(county: Office) -> None:
    sheet = sheet_of(county)
    plan = one_sheet(plan_of(1), 0)
    again = content_of(plan, reviewed(plan, "hebei", clock.today()), SheetKind.GOAL)
    made = take_version(
        county.actor(Role.PERFORMANCE_SECTION), unit=county.commerce.pk, project=sheet.project_id, year=YEAR,
        content=again, reason="登记已批复", approval=Approval("清财预〔2027〕1号", clock.today()),
    )  # fmt: skip
    made = version_of(made.sheet)
    assert made.stage == Stage.APPROVED
    assert made.fixed is not None
    assert made.fixed.sha256 == made.digest


def test_an_adjustment_leaves_the_approved_version_as_it_is(approved: SheetVersion, county: Office) -> None:
    services.start_adjustment(county.actor(Role.CLERK), year=YEAR, key=approved.sheet_id, reason="年中追加资金")
    before = approved.digest
    approved.refresh_from_db()
    assert (approved.stage, approved.digest) == (Stage.APPROVED, before)
    assert not unfixed()


def test_the_doctor_names_what_changed_since(approved: SheetVersion) -> None:
    def found() -> health.Finding:
        return health._approved(whole=True)

    assert found().grade is Grade.GOOD
    assert approved.fixed is not None
    path = store.path_of(approved.fixed.sha256)
    stored = path.read_bytes()
    path.write_bytes(stored.replace(b'"', b"'", 1))
    assert [words for _, words in unlike(whole=True)] == ["文件内容变了"]
    assert not list(unlike(whole=False))
    path.unlink()
    assert "文件不在了" in found().words
    path.write_bytes(stored)
    with guards.lifted(connection):
        assert not FIXED.of(connection.vendor).keys() - guards.missing(connection)
        rows = SheetVersion.objects.unrestricted("test").filter(pk=approved.pk)
        rows.update(document={**approved.document, "department": "别的部门"})
    assert "数据库里的内容变了" in found().words
    assert approved.sheet.title in found().words


def test_the_doctor_names_what_is_approved_but_not_fixed(county: Office) -> None:
    sheet = sheet_of(county)
    Sheet.objects.unrestricted("test").filter(pk=sheet.pk).update(state=SheetState.APPROVED)
    assert unfixed() == 1
    assert health._approved(whole=False).grade is Grade.BAD


def test_a_taken_away_trigger_is_missed(approved: SheetVersion) -> None:
    guards.remove(connection, FIXED)
    try:
        assert set(guards.missing(connection)) == FIXED.of(connection.vendor).keys()
    finally:
        guards.install(connection, FIXED)
    assert not guards.missing(connection)


def test_its_page_shows_the_digest_and_gives_the_bytes(
    approved: SheetVersion, county: Office, client: Client, tmp_path: Path
) -> None:
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    page = client.get(f"/{YEAR}/sheets/{approved.sheet_id}/").content.decode()
    assert approved.digest in page
    assert "已固定" in page
    answer = client.get(f"/{YEAR}/sheets/{approved.sheet_id}/fixed?version={approved.number}")
    assert hashlib.sha256(b"".join(answer.streaming_content)).hexdigest() == approved.digest  # type: ignore[attr-defined]
    noted = AuditEntry.objects.unrestricted("test").filter(action="sheet.exported").last()
    assert noted is not None
    assert noted.after == {"format": "fixed", "sheets": [approved.sheet_id], "sha256": approved.digest}
    other = sheet_of(county, "驻点招商")
    assert client.get(f"/{YEAR}/sheets/{other.pk}/fixed").status_code == 404
