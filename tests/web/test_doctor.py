"""What the doctor looks at: each thing is found where it is wrong, and says what to do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import override_settings

from jixiao.services.lock import locked
from jixiao.web.files import store
from jixiao.web.files.models import StoredFile
from jixiao.web.jobs.models import Job
from jixiao.web.jobs.queue import enqueue
from jixiao.web.kernel import clock
from jixiao.web.kernel.people import system
from jixiao.web.operation import folder as folders
from jixiao.web.operation import health, machine
from jixiao.web.operation.findings import Finding, Grade
from jixiao.web.organisations.services.units import edit_organisation
from web.make import Office


@pytest.fixture
def office(county: Office, tmp_path: Path) -> Iterator[Path]:
    tmp_path.chmod(0o700)
    with override_settings(DATA=tmp_path):
        folders.secret_of(tmp_path)
        yield tmp_path


def seen(folder: Path, *, whole: bool = False) -> dict[str, Finding]:
    return {one.subject: one for one in health.examine(folder, whole=whole)}


def originals(folder: Path, count: int) -> list[StoredFile]:
    made = []
    for n in range(count):
        path = folder / "given"
        path.write_bytes(f"original {n}".encode())
        made.append(store.row_of(store.keep(path)))
    return made


def test_originals_are_read_some_or_all(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "SAMPLE", 3)
    made = originals(office, 40)
    few = seen(office)["原件"]
    assert few.grade is Grade.GOOD
    assert "40个" in few.words
    assert "--all" in few.words
    assert "全部核对过" in seen(office, whole=True)["原件"].words
    store.path_of(made[-1].sha256).write_bytes(b"changed")
    newest = seen(office)["原件"]
    assert (newest.grade, made[-1].sha256[:12] in newest.words, "files verify" in newest.remedy) == (
        Grade.BAD,
        True,
        True,
    )
    store.path_of(made[-1].sha256).write_bytes(b"original 39")
    hidden = next(n for n in range(36, 20, -1) if n not in {39 - 13 * k for k in range(4)})
    store.path_of(made[hidden].sha256).unlink()
    assert seen(office, whole=True)["原件"].grade is Grade.BAD


def test_whether_anybody_works(office: Path) -> None:
    assert (seen(office)["服务"].grade, "没有开着" in seen(office)["服务"].words) == (Grade.WARNING, True)
    with locked(office / folders.LOCK) as is_ours:
        assert is_ours
        assert seen(office)["服务"].grade is Grade.GOOD
        enqueue("intake.read", key="1", file=1)
        with clock.at(clock.now() + timedelta(minutes=7)):
            assert "没有人做" in seen(office)["服务"].words
        Job.objects.unrestricted("test").delete()
        day = clock.today().isoformat()
        Job.objects.create(
            name="operation.roots",
            key=day,
            state=Job.State.DONE,
            due_at=clock.now(),
            turn_at=clock.now(),
            made_at=clock.now(),
        )
        assert seen(office)["服务"].grade is Grade.GOOD
        with clock.at(clock.now() + timedelta(days=3)):
            assert "定时" in seen(office)["服务"].words


def test_what_failed_of_late(office: Path) -> None:
    now = clock.now()
    for name in ("operation.backup", "intake.read"):
        Job.objects.create(
            name=name, title=name, state=Job.State.FAILED, due_at=now, turn_at=now, made_at=now, ended_at=now
        )
    found = seen(office)["没有做成"]
    assert found.grade is Grade.WARNING
    assert "operation.backup" in found.words
    assert "intake.read" not in found.words, "of files the desk tells"
    with clock.at(now + timedelta(days=2)):
        assert seen(office)["没有做成"].grade is Grade.GOOD


def test_a_clock_that_was_set_back(office: Path, county: Office) -> None:
    edit_organisation(system("test"), organisation=county.commerce.pk, order=99)
    assert "时钟" not in seen(office)
    with clock.at(clock.now() - timedelta(days=1)):
        assert seen(office)["时钟"].grade is Grade.BAD


def test_files_of_another_account(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "归属" not in seen(office)
    (office / "backups").mkdir()
    made = office / "backups" / "20261130-010000"
    made.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root gives files away")
    os.chown(made, 12345, 12345)
    found = seen(office)["归属"]
    assert (found.grade, str(made) in found.words, "chown" in found.remedy) == (Grade.BAD, True, True)


def test_a_certificate_that_ends_soon_or_is_wrong(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from web.test_tls import made

    assert "证书" not in seen(office)
    cert, key = made(office, "soon", 20)
    monkeypatch.setenv("JIXIAO_CERT", str(cert))
    assert seen(office)["证书"].grade is Grade.BAD, "a certificate without its key"
    monkeypatch.setenv("JIXIAO_KEY", str(key))
    assert (seen(office)["证书"].grade, "还有19天" in seen(office)["证书"].words) == (Grade.WARNING, True)
    cert, key = made(office, "long", 400)
    monkeypatch.setenv("JIXIAO_CERT", str(cert))
    monkeypatch.setenv("JIXIAO_KEY", str(key))
    assert seen(office)["证书"].grade is Grade.GOOD


def test_disks_and_memory(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert seen(office)["磁盘"].grade is Grade.GOOD
    assert "备份盘" not in seen(office), "the same disk"
    monkeypatch.setattr(machine, "_LEAST_BYTES", 1 << 60)
    monkeypatch.setattr(machine, "_LEAST_MEMORY", 1 << 60)
    assert (seen(office)["磁盘"].grade, seen(office)["内存"].grade) == (Grade.BAD, Grade.WARNING)


def test_an_old_postgresql(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("on PostgreSQL")
    assert "太旧" not in seen(office)["数据库"].words
    monkeypatch.setattr(health, "OLDEST_POSTGRESQL", 99)
    assert (seen(office)["数据库"].grade, "太旧" in seen(office)["数据库"].words) == (Grade.BAD, True)


def test_settings_that_programs_use_are_known(tmp_path: Path) -> None:
    (tmp_path / "jixiao.env").write_text(
        "JIXIAO_CHROMIUM=/usr/bin/chromium\nJIXIAO_PARENT=1\nJIXIAO_CERT=/x\n", encoding="utf-8"
    )
    assert folders.wrong_settings(tmp_path) == []
