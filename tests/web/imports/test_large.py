"""Large files are read in the background: progress, the same columns as at once, killed they begin anew; marks are refused before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from jixiao.readers import UnreadableFileError
from jixiao.web.accounts.roles import Role
from jixiao.web.audit.models import AuditEntry
from jixiao.web.imports import holding, reading, running
from jixiao.web.imports.models import ImportRow, ImportSession
from jixiao.web.jobs.models import Job
from jixiao.web.jobs.queue import run_pending
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Refused
from web.imports.books import LIST, MERGES, xlsx
from web.make import Office

DATA = xlsx(LIST, MERGES)


@pytest.fixture
def office(county: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(reading, "read", reading.workbook_of)
    monkeypatch.setattr(holding, "LARGE_ARCHIVE", 100)
    monkeypatch.setattr(holding, "LARGE", 100)
    with override_settings(DATA=tmp_path):
        yield county


def the() -> ImportSession:
    found: ImportSession = ImportSession.objects.unrestricted("test").latest("id")
    return found


def waits(client: Client, office: Office) -> str:
    client.force_login(office.people[Role.PERFORMANCE_SECTION])
    answer = client.post("/imports/new/test-projects/", {"file": SimpleUploadedFile("项目.xlsx", DATA)})
    assert answer["Location"] == f"/imports/{the().pk}/rows", answer.content.decode()
    return str(answer["Location"])


def test_it_waits_is_read_and_has_the_columns_it_would_have_at_once(office: Office, client: Client) -> None:
    place = waits(client, office)
    assert the().state == "reading"
    assert not ImportRow.objects.unrestricted("test").exists()
    shown = client.get(place).content.decode()
    assert "正在读取" in shown
    assert f"/imports/{the().pk}/progress" in shown
    assert client.get(f"/imports/{the().pk}/columns")["Location"] == place
    actor = office.actor(Role.PERFORMANCE_SECTION)
    for early in (running.attempt_soon, running.apply_soon):
        with pytest.raises(Refused):
            early(actor, the().pk)
    run_pending()
    later = the()
    assert (later.state, later.held, list(holding.folder().iterdir())) == ("read", "", [])
    assert client.get(f"/imports/{later.pk}/")["Location"].endswith("/columns")
    assert client.get(f"/imports/{later.pk}/columns").status_code == 200
    with patch.object(holding, "is_large", return_value=False):
        once = running.begin(actor, kind="test-projects", name="项目.xlsx", data=DATA)
    same = ("kind", "sheet", "header", "mapping", "sorts", "notes", "sha256", "size", "file_name", "state")
    assert [getattr(later, name) for name in same] == [getattr(once, name) for name in same]
    rows = ImportRow.objects.unrestricted("test").order_by("number")
    of = [list(rows.filter(session=one).values_list("sheet", "number", "cells")) for one in (later, once)]
    assert of[0] == of[1] != []
    assert AuditEntry.objects.unrestricted("test").filter(action="import.read", object_id=str(later.pk)).exists()


def test_small_ones_are_read_at_once(office: Office, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "LARGE_ARCHIVE", 256 * 1024)
    client.force_login(office.people[Role.PERFORMANCE_SECTION])
    file = SimpleUploadedFile("项目.xlsx", xlsx(LIST, MERGES))
    assert client.post("/imports/new/test-projects/", {"file": file})["Location"].endswith("/columns")
    assert not Job.objects.unrestricted("test").exists()


def marked(where: str) -> bytes:
    rows = [list(row) for row in LIST]
    rows.insert(0, [where])
    return xlsx(rows)


@pytest.mark.parametrize("where", ["秘密★3年", "机 密", "绝密"])
def test_what_is_marked_is_refused_before_it_is_held(office: Office, where: str) -> None:
    actor = office.actor(Role.PERFORMANCE_SECTION)
    with pytest.raises(Refused, match="没有接收也没有保存"):
        running.begin(actor, kind="test-projects", name="项目.xlsx", data=marked(where))
    with pytest.raises(Refused, match="没有接收也没有保存"):
        running.begin(actor, kind="test-projects", name="秘密★项目.xlsx", data=xlsx(LIST))
    assert not holding.folder().exists()
    assert not ImportSession.objects.unrestricted("test").exists()


def test_only_what_may_be_marked_is_read_at_once() -> None:
    assert not holding.may_be_marked(xlsx(LIST))
    assert not holding.may_be_marked(marked("保密室改造、密云水库"))
    assert holding.may_be_marked(marked("商业秘密保护")), "read at once: what it is only reading tells"
    for written in ("秘密", "秘 密", "秘</t></r><r><t>密", "&#31192;&#23494;", "&#x79D8;&#160;密", "机&#12288;密"):
        assert holding._MARK.search(f"<t>{written}</t>"), written
    for written in ("保密", "密", "机关保密", "&#26426;&#20851;&#20445;&#23494;", "机关</t><t>密云"):
        assert not holding._MARK.search(f"<t>{written}</t>"), written
    assert holding.may_be_marked("项目,金额\n秘密,1".encode("gb18030"))
    assert holding.may_be_marked("机密".encode("utf-16"))
    assert not holding.may_be_marked("项目,金额\n修路,1".encode("gb18030"))
    assert holding.may_be_marked(b"PK\x03\x04torn"), "not to be opened: told at once"


def test_killed_on_the_way_it_begins_anew(office: Office, client: Client) -> None:
    waits(client, office)
    with patch.object(running, "_choose_likely", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        run_pending()
    assert the().state == "reading"
    assert not ImportRow.objects.unrestricted("test").exists(), "all or nothing"
    assert len(list(holding.folder().iterdir())) == 1
    Job.objects.unrestricted("test").update(leased_until=clock.now() - timedelta(seconds=1))
    assert run_pending() == 1
    assert (the().state, list(holding.folder().iterdir())) == ("read", [])
    actor = office.actor(Role.PERFORMANCE_SECTION)
    assert running.read_held(actor, the().pk).state == "read", "twice does no harm"


def test_what_cannot_be_read_or_is_gone_says_so(office: Office, client: Client) -> None:
    place = waits(client, office)
    with patch.object(reading, "read", side_effect=UnreadableFileError("表里一个字也没有", "请核对")):
        run_pending()
    shown = client.get(place).content.decode()
    assert "表里一个字也没有。请核对" in shown
    assert "/imports/new/test-projects/" in shown
    assert list(holding.folder().iterdir()) == []
    place = waits(client, office)
    holding.let_go(the().held)
    run_pending()
    assert "请重新传一次" in client.get(place).content.decode()


def test_a_job_that_failed_is_told_at_the_import(office: Office, client: Client) -> None:
    place = waits(client, office)
    with patch.object(reading, "read", side_effect=ZeroDivisionError("x")):
        run_pending()
    shown = client.get(place).content.decode()
    assert "没有读成" in shown
    assert "换一份文件" in shown


def test_left_undone_it_is_not_read(office: Office, client: Client) -> None:
    waits(client, office)
    assert client.post(f"/imports/{the().pk}/drop").status_code == 302
    run_pending()
    assert the().state == "dropped"
    assert not ImportRow.objects.unrestricted("test").exists()
    assert list(holding.folder().iterdir()) == []


def test_what_was_left_lying_goes(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    holding.hold(b"x")
    holding.clear_away()
    assert len(list(holding.folder().iterdir())) == 1
    monkeypatch.setattr(holding, "_LEFT_BEHIND", -10.0)
    holding.clear_away()
    assert list(holding.folder().iterdir()) == []
