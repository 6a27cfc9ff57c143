"""Running the workspace: folder, first people, schedule, upgrades, what the doctor says."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, override_settings

from jixiao.cli import main, workspace
from jixiao.web.accounts.models import User
from jixiao.web.audit import guards
from jixiao.web.audit.models import AuditEntry
from jixiao.web.jobs.models import Job
from jixiao.web.jobs.queue import enqueue, run_pending
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Refused
from jixiao.web.kernel.people import system
from jixiao.web.operation import folder as folders
from jixiao.web.operation import health, upgrade
from jixiao.web.operation.first import ADMINISTRATORS, begin, first_link
from jixiao.web.operation.schedule import SCHEDULE, tick
from web.make import Office


def test_a_secret_is_made_once_and_nobody_else_reads_it(tmp_path: Path) -> None:
    made = folders.secret_of(tmp_path)
    assert len(made) > 60
    assert folders.secret_of(tmp_path) == made
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_settings_of_the_folder_stand_below_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("JIXIAO_HOSTS", raising=False)
    (tmp_path / "jixiao.env").write_text("# 说明\nJIXIAO_HOSTS = 'a.gov'\n\n", encoding="utf-8")
    folders.keep_setting(tmp_path, "DATABASE_URL", "postgres://u:p@h/d?x=1")
    found = folders.environment(tmp_path)
    assert (found["JIXIAO_HOSTS"], found["DATABASE_URL"]) == ("a.gov", "postgres://u:p@h/d?x=1")
    assert stat.S_IMODE((tmp_path / "jixiao.env").stat().st_mode) == 0o600
    monkeypatch.setenv("JIXIAO_HOSTS", "b.gov")
    assert folders.environment(tmp_path)["JIXIAO_HOSTS"] == "b.gov"
    (tmp_path / "jixiao.env").write_text("DATABASE_URL postgres\n", encoding="utf-8")
    with pytest.raises(ValueError, match="第1行"):
        folders.environment(tmp_path)


def test_one_clock_for_all_processes_of_the_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIXIAO_NOW", "2030-01-01T08:00")
    monkeypatch.delenv("JIXIAO_SHIFT", raising=False)
    shift = float(folders.environment(tmp_path)["JIXIAO_SHIFT"])
    there = datetime.now().astimezone() + timedelta(seconds=shift)
    assert abs(there - datetime.fromisoformat("2030-01-01T08:00+08:00")) < timedelta(seconds=10)


@pytest.mark.django_db
def test_the_clock_asks_once_a_day_and_catches_up() -> None:
    with clock.at(datetime(2026, 12, 1, 0, 30)):
        assert {made.name for made in tick()} == {"operation.reforms", "operation.roots"}
        assert list(tick()) == []
    with clock.at(datetime(2026, 12, 1, 23)):
        assert {made.name for made in tick()} == {"operation.backup", "operation.clean", "notices.deadlines"}
    Job.objects.unrestricted("test").update(state=Job.State.DONE)
    with clock.at(datetime(2026, 12, 1, 23, 30)):
        assert list(tick()) == [], "done is done"
    with clock.at(datetime(2026, 12, 2, 23)):
        assert len(list(tick())) == len(SCHEDULE)


@pytest.mark.django_db
def test_daily_jobs_run_twice_without_harm(county: Office) -> None:
    for _ in range(2):
        for name in ("operation.reforms", "operation.roots", "operation.clean", "notices.deadlines"):
            enqueue(name, key="2026-12-01", day="2026-12-01")
        assert run_pending() == 4
    found = Job.objects.unrestricted("test")
    assert {one.state for one in found} == {Job.State.DONE}, [one.message for one in found]


@pytest.mark.django_db
def test_old_jobs_are_cleaned_parked_ones_stay() -> None:
    long_ago = clock.now() - timedelta(days=100)
    for state in (Job.State.DONE, Job.State.PARKED):
        Job.objects.create(
            name="x", state=state, due_at=long_ago, turn_at=long_ago, made_at=long_ago, ended_at=long_ago
        )
    enqueue("operation.clean", day="2026-12-01")
    run_pending()
    assert [one.state for one in Job.objects.unrestricted("test").order_by("id")] == [Job.State.PARKED, Job.State.DONE]


@pytest.fixture
def empty(tmp_path: Path, db: None) -> Iterator[Path]:
    with override_settings(DATA=tmp_path):
        yield tmp_path


FORM = {
    "region_code": "130125",
    "region": "示例县",
    "bureau_code": "100",
    "bureau": "示例县财政局",
    **{f"{role.value}_name": name for role, name in zip(ADMINISTRATORS, ("张三", "李四", "王五"), strict=True)},
    **{f"{role.value}_username": username for role, username in ADMINISTRATORS.items()},
}


def test_the_first_three_come_in_by_a_link_that_works_once(empty: Path, client: Client) -> None:
    link = first_link(empty)
    assert link is not None
    assert first_link(empty) == link, "the same until it was used"
    assert client.get("/first?key=wrong").status_code == 404
    assert "三位" in client.get(link).content.decode()
    form = {**FORM, "key": link.partition("=")[2]}
    wrong = {"region_code": "x", "bureau": " ", "security_admin_name": "张三", "audit_admin_username": "?"}
    answer = client.post("/first", {**form, **wrong})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "4处没填对" in shown
    for field, words in {
        "region_code": "区划代码“x”不对",
        "bureau": "请填财政局名称",
        "security_admin_name": "这个姓名和系统管理员的一样",
        "audit_admin_username": "用户名要2到60个",
    }.items():
        assert words in shown.partition(f'id="id_{field}_error"')[2].partition("</div>")[0], field
    assert not User.objects.unrestricted("test").exists()
    shown = client.post("/first", form).content.decode()
    people = list(User.objects.unrestricted("test").order_by("id"))
    assert [one.username for one in people] == list(ADMINISTRATORS.values())
    assert all(one.first_password for one in people)
    assert shown.count("<code>") == 3
    assert client.get(link).status_code == 404
    assert first_link(empty) is None
    assert not (empty / "first.key").exists()
    password = shown.split("<code>")[2].split("</code>")[0]
    assert client.post("/login", {"username": "secadmin", "password": password}).status_code == 302
    assert client.get("/").headers["Location"] == "/account/password"
    assert AuditEntry.objects.unrestricted("test").filter(actor="系统（首次登记）").count() >= 8


def test_before_a_year_was_opened_pages_show_none(empty: Path, client: Client) -> None:
    link = first_link(empty)
    assert link is not None
    client.post("/first", {**FORM, "key": link.partition("=")[2]})
    people = User.objects.unrestricted("test")
    people.update(first_password=False)
    client.force_login(people.get(username="sysadmin"))
    for address in ("/", "/years", "/organisations/"):
        shown = client.get(address, follow=True).content.decode()
        assert "<h1" in shown
        assert not re.search(r"20\d\d年度", re.sub(r"(?s)<main.*</main>", "", shown)), address


def test_the_first_three_are_made_only_once(county: Office) -> None:
    with pytest.raises(Refused, match="只能办一次"):
        begin(system("x"), region_code="13", region="x", bureau_code="1", bureau="x", people={})


@pytest.mark.django_db
def test_a_database_of_a_newer_program_is_refused() -> None:
    upgrade.refuse_newer()
    MigrationRecorder(connection).record_applied("goals", "0099_later")
    with pytest.raises(upgrade.TooNewError, match=r"goals\.0099_later"):
        upgrade.refuse_newer()
    with pytest.raises(upgrade.TooNewError):
        upgrade.bring_up_to_date(print, lambda: pytest.fail("nothing is to be touched"))


@pytest.mark.django_db
def test_before_migrating_there_is_a_backup(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(upgrade, "pending", lambda: [("goals", "0002_x")])
    monkeypatch.setattr(upgrade, "call_command", lambda name, **_: done.append(name))
    upgrade.bring_up_to_date(lambda _: None, lambda: done.append("backup") or Path("/b"))  # type: ignore[func-returns-value]
    assert done == ["backup", "migrate"]


def doctor(folder: Path) -> dict[str, health.Finding]:
    return {one.subject: one for one in health.examine(folder)}


def test_the_doctor_finds_what_is_wrong_and_says_what_to_do(county: Office, tmp_path: Path) -> None:
    with override_settings(DATA=tmp_path):
        folders.secret_of(tmp_path)
        found = doctor(tmp_path)
        for subject in ("密钥", "审计防护", "审计链", "后台任务", "升级"):
            assert found[subject].grade is health.Grade.GOOD, found[subject]
        assert found["备份"].grade is health.Grade.WARNING
        (tmp_path / "secret").chmod(0o644)
        Job.objects.create(
            name="x", state=Job.State.PARKED, due_at=clock.now(), turn_at=clock.now(), made_at=clock.now()
        )
        guards.remove(connection, guards.LOG)
        MigrationRecorder(connection).record_applied("goals", "0099_later")
        found = doctor(tmp_path)
        for subject in ("密钥", "审计防护", "升级"):
            assert found[subject].grade is health.Grade.BAD
        assert found["后台任务"].grade is health.Grade.WARNING
        assert "chmod 600" in found["密钥"].remedy
        assert all(one.remedy or "请" in one.words for one in found.values() if one.grade is health.Grade.BAD)


def test_every_command_has_its_module() -> None:
    for name in workspace.COMMANDS:
        module = import_module(f"jixiao.web.commands.{name}")
        assert callable(module.run)
        assert callable(module.arguments)


def test_without_the_extra_it_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(workspace, "find_spec", lambda name: None)
    with pytest.raises(SystemExit):
        main(["serve"])
    assert "用离线安装包或安装包文件" in capsys.readouterr().err


@pytest.mark.process
def test_the_command_line_does_not_load_django() -> None:
    asked = "import sys; from jixiao.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\nprint('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.endswith("False\n")
    for name in workspace.COMMANDS:
        assert name in done.stdout


@pytest.mark.process
def test_the_profile_tls_passes_the_check_for_deployment(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JIXIAO_", "DJANGO_"))}
    env = {**kept, "JIXIAO_PROFILE": "tls", "JIXIAO_HOSTS": "jx.example.gov.cn", "DATABASE_URL": ""}
    env |= {"JIXIAO_DATA": str(tmp_path), "JIXIAO_SECRET_KEY": folders.secret_of(tmp_path)}
    env["DJANGO_SETTINGS_MODULE"] = "jixiao.web.settings"
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


def test_signing_in_over_http_says_that_it_is_not_encrypted(client: Client, db: None) -> None:
    assert "不加密" in client.get("/login").content.decode()
    assert "不加密" not in client.get("/login", secure=True).content.decode()
