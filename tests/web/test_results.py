"""Large exports are made in the background: progress, a file for who asked, for a day; killed, they begin anew."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from unittest.mock import patch
from zipfile import ZipFile

import pytest
from django.db import transaction
from django.test import Client, override_settings

from jixiao.web.accounts.roles import Role
from jixiao.web.audit.models import AuditEntry
from jixiao.web.goals import exports, tasks
from jixiao.web.jobs import results
from jixiao.web.jobs.kinds import GivenBackJob
from jixiao.web.jobs.models import Job, Result
from jixiao.web.jobs.queue import LEASE, claim, enqueue, execute, run_pending
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Refused
from web.matrix.world import World, world


@pytest.fixture
def made(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with override_settings(DATA=tmp_path):
        found = world()
        Job.objects.unrestricted("of the world").filter(name="sheet.export").delete()
        shutil.rmtree(results.folder())
        monkeypatch.setattr(exports, "AT_ONCE", 1)
        yield found


def asked(made: World, client: Client, what: str = "letters") -> Job:
    """The clerk asks for all sheets."""
    client.force_login(made.office.people[Role.CLERK])
    answer = client.get(f"/2027/sheets/export/{what}")
    assert answer.status_code == 302
    found: Job = Job.objects.unrestricted("test").latest("id")
    assert answer.headers["Location"] == f"/work/{found.pk}/"
    return found


def taken_away(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer)


def entries(action: str) -> list[AuditEntry]:
    return list(AuditEntry.objects.unrestricted("test").filter(action=action))


def test_a_few_sheets_are_answered_at_once(made: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 200)
    client.force_login(made.office.people[Role.CLERK])
    taken_away(client, "/2027/sheets/export/letters")
    assert not Job.objects.unrestricted("test").filter(name="sheet.export").exists()


@pytest.mark.parametrize("what", list(exports.OF_MANY))
def test_many_are_made_in_the_background_and_offered(made: World, client: Client, what: str) -> None:
    job = asked(made, client, what)
    waiting = client.get(f"/work/{job.pk}/").content.decode()
    assert f"/work/{job.pk}/progress" in waiting
    assert "可以离开" in waiting
    assert client.get(f"/work/{job.pk}/file").status_code == 409
    assert entries("sheet.exported") == []
    run_pending()
    shown = client.get(f"/work/{job.pk}/").content.decode()
    assert f"/work/{job.pk}/file" in shown
    assert "hx-get" not in client.get(f"/work/{job.pk}/progress").content.decode()
    assert f"/work/{job.pk}/file" in client.get("/work/").content.decode()
    content = taken_away(client, f"/work/{job.pk}/file")
    (noted,) = entries("sheet.exported")
    (taken,) = entries("result.taken")
    assert noted.after["sha256"] == taken.after["sha256"]
    assert len(content) == taken.after["size"] > 500
    if what == "letters":
        assert ZipFile(BytesIO(content)).namelist() == ["清源县商务局.审核意见.docx"]


@pytest.mark.parametrize("what", ["letters", "workbook"])
def test_so_is_what_the_desk_hands_out_of_many_files(made: World, client: Client, what: str) -> None:
    client.force_login(made.office.people[Role.CLERK])
    taken_away(client, f"/2027/intake/{what}")  # of one sheet
    with patch.object(exports, "AT_ONCE", 0):
        answer = client.get(f"/2027/intake/{what}")
    assert answer.status_code == 302
    noted = len(entries("intake.handed_out"))
    run_pending()
    assert len(entries("intake.handed_out")) == 2 * noted == 2
    assert len(taken_away(client, answer.headers["Location"] + "file")) > 500


def test_asked_for_twice_it_is_made_once(made: World, client: Client) -> None:
    first = asked(made, client)
    assert asked(made, client).pk == first.pk
    assert asked(made, client, "workbook").pk != first.pk
    assert run_pending() == 2


def test_nobody_else_takes_it_nor_who_lost_the_right(made: World, client: Client) -> None:
    job = asked(made, client)
    run_pending()
    for other in (Role.UNIT_HEAD, Role.SYSTEM_ADMIN):
        client.force_login(made.office.people[other])
        for address in ("", "progress", "file"):
            assert client.get(f"/work/{job.pk}/{address}").status_code == 404
    Result.objects.unrestricted("test").update(right="right.grant")
    client.force_login(made.office.people[Role.CLERK])
    assert client.get(f"/work/{job.pk}/file").status_code == 403


def test_jobs_that_make_no_file_are_not_shown_here(made: World, client: Client) -> None:
    clerk = made.office.actor(Role.CLERK)
    other = enqueue("intake.read", key="x", actor=clerk, file=1)
    client.force_login(made.office.people[Role.CLERK])
    assert client.get(f"/work/{other.pk}/").status_code == 404


def test_it_goes_after_a_day(made: World, client: Client) -> None:
    job = asked(made, client)
    run_pending()
    (file,) = results.folder().iterdir()
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        assert "已过期" in client.get("/work/").content.decode()
        client.force_login(made.office.people[Role.CLERK])
        assert client.get(f"/work/{job.pk}/file").status_code == 404
        assert results.clear_away() == 1
    assert not file.exists()
    assert "再导出一次" in client.get(f"/work/{job.pk}/").content.decode()


def test_what_a_killed_job_left_goes_with_the_cleaning(made: World, monkeypatch: pytest.MonkeyPatch) -> None:
    held = results.hold(BytesIO(b"x" * 1000))
    assert results.clear_away() == 0, "it may still get its row"
    monkeypatch.setattr(results, "_LEFT_BEHIND", -10.0)
    assert results.clear_away() == 1
    assert not (results.folder() / held.file).exists()


def test_killed_on_the_way_it_runs_again_and_is_noted_once(made: World, client: Client) -> None:
    job = asked(made, client)
    claimed = claim("w1")
    assert claimed is not None
    with patch.object(tasks, "note_export", side_effect=GivenBackJob):  # after the file was written, before its row
        execute(claimed, renewed=False)
    mine = Job.objects.unrestricted("test").filter(pk=job.pk)
    mine.update(state=Job.State.RUNNING, worker="w1", leased_until=clock.now() - LEASE)
    assert not Result.objects.unrestricted("test").exists()
    assert run_pending() == 1
    assert len(entries("sheet.exported")) == 1
    taken_away(client, f"/work/{job.pk}/file")


def test_nothing_is_made_inside_a_transaction_that_writes(made: World, client: Client) -> None:
    asked(made, client)
    inside: list[bool] = []
    really = exports.many

    def watched(*given: object, **more: object) -> object:
        inside.append(len(transaction.get_connection().savepoint_ids) > depth)
        return really(*given, **more)  # type: ignore[arg-type]

    depth = len(transaction.get_connection().savepoint_ids)
    with patch.object(tasks, "many", watched):
        run_pending()
    assert inside == [False]


def test_where_the_job_fails_it_says_what_to_do(made: World, client: Client) -> None:
    job = asked(made, client)
    with patch.object(tasks, "many", side_effect=Refused("超过 3000 张，一次导不完")):
        run_pending()
    shown = client.get(f"/work/{job.pk}/").content.decode()
    assert "超过 3000 张" in shown
    assert "再导出一次" in shown


def test_programs_wait_for_it_in_the_same_way(made: World, client: Client) -> None:
    client.force_login(made.office.people[Role.CLERK])
    refused = client.get("/api/v1/sheets-export?year=2027&what=letters")
    assert refused.status_code == 413
    assert "/acts/sheet.export_many" in refused.json()["detail"]
    body = {"year": 2027, "what": "letters"}
    answer = client.post("/api/v1/acts/sheet.export_many", body, content_type="application/json")
    key = answer.json()["things"][0]["id"]
    waiting = client.get(f"/api/v1/made-files/{key}").json()
    assert (waiting["state"], waiting["name"]) == ("waiting", None)
    assert client.get(f"/api/v1/made-files/{key}/file").status_code == 409
    run_pending()
    over = client.get(f"/api/v1/made-files/{key}").json()
    assert (over["state"], over["name"]) == ("done", "2027年清源县商务局部门预算绩效文本审核意见.zip")
    content = taken_away(client, f"/api/v1/made-files/{key}/file")
    assert hashlib.sha256(content).hexdigest() == over["sha256"]
    client.force_login(made.office.people[Role.UNIT_HEAD])
    assert client.get(f"/api/v1/made-files/{key}").status_code == 404
    assert client.get(f"/api/v1/made-files/{key}/file").status_code == 404
    assert (
        client.post(
            "/api/v1/acts/sheet.export_many", {"year": 2027, "what": "x"}, content_type="application/json"
        ).status_code
        == 409
    )
