"""What comes in: marks of secrecy refused before anything is kept, the same bytes known, archives opened, what cannot be read told."""

from __future__ import annotations

import io
import logging
import os
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from django.conf import settings
from django.core.files import File
from django.db import connection
from django.test import Client

from jixiao.web.accounts.roles import Role
from jixiao.web.audit.models import AuditEntry
from jixiao.web.files import store
from jixiao.web.files.models import StoredFile
from jixiao.web.intake import tasks
from jixiao.web.intake.models import IncomingFile
from jixiao.web.intake.reading import Told, Unread
from jixiao.web.intake.receiving import receive, shown_name
from jixiao.web.intake.services import add_files, drop, open_batch, open_registration, read_again, store_reading
from jixiao.web.jobs.models import Job
from jixiao.web.jobs.queue import enqueue, run_pending
from jixiao.web.kernel.acts import NotThere, Refused
from jixiao.web.kernel.people import system
from web.intake.desk import HEALTH, hand_in, health, sheets_of, take
from web.make import Office
from web.samples import plan_of, written

_SECRET_WORDS = "清源县某某工程部署方案甲乙丙丁"


def _word(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _kept_bytes() -> bytes:
    return b"".join(path.read_bytes() for path in sorted(Path(settings.DATA).rglob("*")) if path.is_file())


def test_a_marked_file_is_refused_before_a_byte_of_it_is_stored_or_logged(
    county: Office, caplog: pytest.LogCaptureFixture
) -> None:
    secret = _word("秘密★10年", _SECRET_WORDS, "一、总体绩效目标")
    clerk = county.actor(Role.CLERK)
    before = set(Path(tempfile.gettempdir()).glob(f"jixiao-of-{os.getpid()}-*/*"))
    with caplog.at_level(logging.DEBUG):
        rows = hand_in(clerk, {f"{_SECRET_WORDS}.docx": secret, "保密费项目.docx": _word("保密费和秘密投票经费")})
    refused, plain = rows
    assert (refused.state, refused.stored) == ("refused", None)
    assert "秘密" in refused.met
    assert "走保密渠道" in refused.remedy
    assert plain.stored is not None, "保密费 is no mark"
    assert StoredFile.objects.count() == 1
    assert set(Path(tempfile.gettempdir()).glob(f"jixiao-of-{os.getpid()}-*/*")) <= before, (
        "the folder it was looked at in is gone"
    )
    assert _SECRET_WORDS not in caplog.text
    entries = [
        str((one.before, one.after, one.note, one.object_label)) for one in AuditEntry.objects.unrestricted("test")
    ]
    assert not any(_SECRET_WORDS in entry for entry in entries)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert _SECRET_WORDS not in str(cursor.fetchall()), table
    assert secret not in _kept_bytes()
    assert not store.path_of(store.digest_of(io.BytesIO(secret))).exists()


@pytest.mark.parametrize("name", ["关于预算（机密）.docx", "机密/预算.docx", "材料.zip"])
def test_a_mark_in_a_name_of_a_file_a_folder_or_inside_an_archive_refuses(county: Office, name: str) -> None:
    content = _word("一、总体绩效目标")
    if name.endswith(".zip"):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            archive.writestr("绝密_预算.docx", content)
        content = held.getvalue()
    (row,) = hand_in(county.actor(Role.CLERK), {name: content})
    assert (row.state, row.stored) == ("refused", None)
    assert "密" not in row.name.replace("第 1 个文件（名称没有保存）", "")


def test_the_same_bytes_are_known_again_and_another_department_does_not_learn_of_them(county: Office) -> None:
    health(county)
    section = county.actor(Role.PERFORMANCE_SECTION)
    (first,) = hand_in(section, {"a.docx": HEALTH.read_bytes()})
    (again,) = hand_in(section, {"b.docx": HEALTH.read_bytes()})
    assert (again.state, again.same_as) == ("known", first)
    assert "收到的一模一样（a.docx）" in again.met
    assert again.remedy == "不用再收"
    take(section, first)
    (third,) = hand_in(section, {"c.docx": HEALTH.read_bytes()})
    assert "收下的一模一样" in third.met
    (other,) = hand_in(county.actor(Role.CLERK), {"d.docx": HEALTH.read_bytes()})
    assert other.state == "to_check", "what the finance bureau received is none of a clerk's business"
    assert StoredFile.objects.count() == 1, "bytes are kept once"


def test_members_of_an_archive_come_in_one_by_one_with_their_names(county: Office) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("甲局/文本.docx", HEALTH.read_bytes())
        archive.writestr("../../etc/乙.docx", _word("不是绩效文本"))
        archive.writestr("说明.exe", b"MZ")
    rows = hand_in(county.actor(Role.PERFORMANCE_SECTION), {"报送.zip": held.getvalue()})
    assert [(row.name, row.state) for row in rows] == [
        ("报送.zip/甲局/文本.docx", "to_check"),
        ("报送.zip/etc/乙.docx", "unreadable"),
    ]


def test_what_nobody_can_read_stays_with_what_was_met_and_what_to_do(county: Office) -> None:
    clerk = county.actor(Role.CLERK)
    rows = hand_in(clerk, {"a.docx": b"PK\x03\x04 broken", "b.docx": _word("请假条"), "c.pdf": b""})
    for row in rows:
        assert row.state == "unreadable"
        assert row.met
        assert row.remedy
    again = read_again(clerk, file=rows[0].pk)
    assert again.state == "waiting"
    left = drop(clerk, file=rows[1].pk)
    assert left.state == "dropped"


def test_reading_twice_does_no_harm(county: Office) -> None:
    health(county)
    (row,) = hand_in(county.actor(Role.PERFORMANCE_SECTION), {"a.docx": HEALTH.read_bytes()})
    count = len(sheets_of(row))
    store_reading(system("test"), file=row.pk, result=Unread("x", "y"))
    enqueue("intake.read", key=str(row.pk), file=row.pk)
    assert run_pending() == 1
    row.refresh_from_db()
    assert (row.state, len(sheets_of(row))) == ("to_check", count), "the first reading stays"


def test_pages_done_are_shown_while_a_file_is_read(county: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, int, int]] = []

    def slow(path: Path, name: str, told: Told | None = None) -> Unread:
        assert told is not None
        for done in range(3):
            told(done, 3)
            row = IncomingFile.objects.unrestricted("test").get()
            seen.append((row.state, row.pages_done, row.pages))
        return Unread("x", "y")

    monkeypatch.setattr(tasks, "read", slow)
    hand_in(county.actor(Role.CLERK), {"a.pdf": b"%PDF-1.4 scan"})
    assert seen == [("reading", 0, 3), ("reading", 1, 3), ("reading", 2, 3)]


def test_a_defect_of_ours_is_told_at_the_file_and_it_can_be_read_again(
    county: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Unread:
        raise ZeroDivisionError

    monkeypatch.setattr(tasks, "read", broken)
    clerk = county.actor(Role.CLERK)
    (row,) = hand_in(clerk, {"a.docx": HEALTH.read_bytes()})
    assert row.state == "unreadable"
    assert "程序出错" in row.met
    monkeypatch.undo()
    read_again(clerk, file=row.pk)
    run_pending()
    row.refresh_from_db()
    assert row.state == "to_check"


def test_what_was_lost_twice_while_it_was_read_can_be_read_again(county: Office) -> None:
    clerk = county.actor(Role.CLERK)
    (row,) = hand_in(clerk, {"a.docx": HEALTH.read_bytes()}, read=False)
    with pytest.raises(Refused, match="不用再读"):
        read_again(clerk, file=row.pk)
    Job.objects.unrestricted("test").filter(key=str(row.pk)).update(state=Job.State.PARKED)
    read_again(clerk, file=row.pk)
    assert run_pending() == 1
    row.refresh_from_db()
    assert row.state == "to_check"


def test_the_desk_says_of_a_reading_that_was_given_up_what_to_do(county: Office, client: Client) -> None:
    actor = county.actor(Role.CLERK)
    (row,) = hand_in(actor, {"a.docx": HEALTH.read_bytes()}, read=False)
    IncomingFile.objects.unrestricted("test").filter(pk=row.pk).update(state=IncomingFile.State.READING)
    jobs = Job.objects.unrestricted("test").filter(name="intake.read", key=str(row.pk))
    jobs.update(state=Job.State.PARKED, message="两次做到一半（3/9）就没有了下文")
    client.force_login(county.people[Role.CLERK])
    for address in ("/2026/intake/", "/2026/intake/queue"):
        shown = client.get(address).content.decode()
        assert "两次做到一半（3/9）就没有了下文。请点“重新读取”" in shown, address
        assert "没有读成1份" in shown
        assert "every 1s" not in shown, "nothing is going on that would have to be asked after"
    again = f"/2026/intake/files/{row.pk}/again"
    assert f'action="{again}"' in shown
    assert client.post(again).status_code == 302
    shown = client.get("/2026/intake/").content.decode()
    assert "没有读成" not in shown, "the job of before is over, another is at it"
    run_pending()
    row.refresh_from_db()
    assert row.state == IncomingFile.State.TO_CHECK


def test_others_do_not_get_at_files_and_who_may_gets_them_to_save_only(county: Office, client: Client) -> None:
    (row,) = hand_in(county.actor(Role.CLERK), {"../../甲\r\n.html": b"<html><script>alert(1)</script></html>" * 3})
    assert row.name == "甲.html"
    client.force_login(county.people[Role.CLERK])
    answer = client.get(f"/desk/files/{row.pk}/original")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert b"".join(answer.streaming_content).startswith(b"<html>")  # type: ignore[attr-defined]
    client.force_login(county.others[Role.CLERK])
    assert client.get(f"/desk/files/{row.pk}/original").status_code == 404
    client.force_login(county.people[Role.SYSTEM_ADMIN])
    assert client.get(f"/desk/files/{row.pk}/original").status_code == 403
    with pytest.raises(NotThere):
        read_again(county.actor(Role.CLERK, other=True), file=row.pk)


def test_a_name_is_never_a_path() -> None:
    assert shown_name("../../a/b.docx") == "a/b.docx"
    assert shown_name("C:\\x\\y.docx") == "x/y.docx"
    assert shown_name("\x00\u202e.docx") == ".docx"
    with pytest.raises(ValueError, match="SHA-256"):
        store.path_of("../../../etc/passwd")


def test_what_is_too_large_is_refused_whole(county: Office, settings: object) -> None:
    settings.MOST_UPLOAD_BYTES = 1000  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="没有收"):
        hand_in(county.actor(Role.CLERK), {"a.docx": b"x" * 1001})
    assert not IncomingFile.objects.unrestricted("test").exists()
    assert not StoredFile.objects.exists()


def test_a_large_upload_lies_in_no_file_that_has_a_name(
    county: Office, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is looked at before it is kept must not stay behind when the program is killed."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from jixiao.web.desk import views

    named: list[list[str]] = []

    def look(uploads: list[object], names: list[str]) -> list[object]:
        named.append([path.name for path in tmp_path.rglob("*") if path.is_file()])
        assert b"".join(uploads[0].chunks()) == content  # type: ignore[attr-defined]
        return []

    content = b"x" * (settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(views, "receive", look)
    client.force_login(county.people[Role.CLERK])
    client.post("/2027/intake/upload", {"file": SimpleUploadedFile("a.docx", content)})
    assert named == [[]]


def test_what_waits_at_the_desk_may_still_be_registered_as_approved(county: Office, tmp_path: Path) -> None:
    """The same bytes are known again at the desk; a registration of approved sheets takes them nevertheless."""
    actor = county.actor(Role.PERFORMANCE_SECTION)
    path = written(plan_of(1), tmp_path / "绩效文本.docx")
    desk = open_batch(actor, organisation=county.bureau.pk, year=2027)
    register = open_registration(
        actor,
        organisation=county.bureau.pk,
        year=2027,
        approval_document="示财预〔2027〕1号",
        approved_on=date(2026, 1, 5),
    )
    for batch in (desk, desk, register):
        with path.open("rb") as opened:
            add_files(actor, batch=batch.pk, files=receive([File(opened, name=path.name)]))  # type: ignore[list-item]
        run_pending()
    states = IncomingFile.objects.unrestricted("test").order_by("pk").values_list("state", flat=True)
    assert list(states) == ["to_check", "known", "to_check"]
