"""Backups are of one moment, read again, and become the same database elsewhere."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test import override_settings

from jixiao.web.accounts.roles import Role
from jixiao.web.accounts.services import change_password
from jixiao.web.audit.models import AuditEntry
from jixiao.web.files import store
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Refused
from jixiao.web.operation import backups, restoring, upgrade
from jixiao.web.operation.checking import problems
from jixiao.web.operation.rows import connected, sum_of, tables
from jixiao.web.projects.models import Project
from web.make import PASSWORD, Office, office


@pytest.fixture
def place(tmp_path: Path, transactional_db: None, django_db_blocker: Any) -> Iterator[Office]:
    """A county with a data folder of its own: two originals, entries on two chains."""
    with override_settings(DATA=tmp_path / "data"), django_db_blocker.unblock():  # other databases than "default" too
        made = office()
        for words in ("甲", "乙"):
            source = tmp_path / f"{words}.txt"
            source.write_text(words * 1000, encoding="utf-8")
            store.row_of(store.keep(source, "txt"))
        for role in (Role.CLERK, Role.SYSTEM_ADMIN):
            change_password(made.actor(role), old=PASSWORD, new="quite-another-2")
        yield made


@pytest.fixture
def backup(place: Office, tmp_path: Path) -> backups.Backup:
    return backups.make(tmp_path / "backups")


def into_sqlite(backup: backups.Backup) -> None:
    with connected("other", {"ENGINE": "django.db.backends.sqlite3", "NAME": backup.path.parent / "o.sqlite3"}):
        restoring.load_into("other", backup.path)


def rewritten(backup: backups.Backup, table: str, change: Any) -> None:
    """A table of a backup with other lines, its count and digest put right: what a forger would do."""
    from jixiao.web.operation.rows import Sum

    path = backup.path / f"{table}.jsonl.gz"
    rows = [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]
    lines = [
        json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() for row in change(rows)
    ]
    path.write_bytes(gzip.compress(b"".join(line + b"\n" for line in lines)))
    total = Sum()
    for line in lines:
        total.add(line)
    manifest = json.loads((backup.path / "manifest.json").read_text(encoding="utf-8"))
    manifest["tables"][table].update(rows=total.rows, digest=total.digest)
    (backup.path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def test_a_backup_is_whole_and_says_what_it_holds(backup: backups.Backup) -> None:
    assert backup.problems == []
    assert backup.manifest["files"] == {"count": 2, "bytes": 6000, "missing": []}
    assert backup.manifest["tables"]["audit_auditentry"]["rows"] == 2
    assert backup.manifest["database"] == connection.vendor
    for model in tables(apps):
        assert sum_of(model, "default").digest == backup.manifest["tables"][model._meta.db_table]["digest"]
    assert not list(backup.path.glob("snapshot*"))


def test_restored_it_is_the_same_database(backup: backups.Backup, tmp_path: Path) -> None:
    with connected("other", {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "other.sqlite3"}):
        restoring.load_into("other", backup.path)
        assert upgrade.applied("other") == upgrade.applied()
        for model in tables(apps):
            assert sum_of(model, "other").digest == sum_of(model, "default").digest, model
        other = Project.objects.using("other").unrestricted("test")
        assert set(other.values_list("name", "unit__name")) == set(
            Project.objects.unrestricted("test").values_list("name", "unit__name")
        )
        assert other.create(name="新的", unit_id=other.earliest("pk").unit_id).pk > other.earliest("pk").pk
    assert restoring.copy_files(backup.path, tmp_path / "elsewhere") == 2
    for row in store.StoredFile.objects.all():
        copy = tmp_path / "elsewhere" / "files" / row.sha256[:2] / row.sha256[2:]
        assert store.digest_at(copy) == row.sha256


def test_restored_into_postgresql_it_is_the_same_and_goes_on_counting(backup: backups.Backup) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("runs on PostgreSQL: make test-postgres")
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS jixiao_restored")
        cursor.execute("CREATE DATABASE jixiao_restored TEMPLATE template0")
    same = {**connection.settings_dict, "NAME": "jixiao_restored", "CONN_MAX_AGE": 0}
    try:
        with connected("other", same):
            restoring.load_into("other", backup.path)
            for model in tables(apps):
                assert sum_of(model, "other").digest == sum_of(model, "default").digest, model
            other = Project.objects.using("other").unrestricted("test")
            assert other.create(name="新的", unit_id=other.earliest("pk").unit_id).pk
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP DATABASE jixiao_restored WITH (FORCE)")


def test_it_goes_nowhere_but_into_an_empty_database(backup: backups.Backup) -> None:
    with pytest.raises(Refused, match="不是空的"):
        restoring.load_into("default", backup.path)


def test_a_backup_of_a_newer_program_is_refused(backup: backups.Backup) -> None:
    manifest = dict(backup.manifest)
    manifest["migrations"] = [*manifest["migrations"], ["goals", "0099_later"]]
    (backup.path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(Refused, match="更新的版本"):
        into_sqlite(backup)


def test_a_changed_row_is_found(backup: backups.Backup) -> None:
    path = backup.path / "projects_project.jsonl.gz"
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace("招商".encode(), "招标".encode())))
    assert any("projects_project" in one for one in problems(backup.path, backup.path.parent / "files"))


def test_a_torn_file_is_found(backup: backups.Backup) -> None:
    path = backup.path / "projects_project.jsonl.gz"
    path.write_bytes(path.read_bytes()[:-9])
    assert any("projects_project 读不出" in one for one in problems(backup.path, backup.path.parent / "files"))


def test_an_audit_entry_taken_out_with_care_is_found_by_the_chain(backup: backups.Backup) -> None:
    rewritten(backup, "audit_auditentry", lambda rows: rows[1:])
    assert any("审计日志" in one for one in problems(backup.path, backup.path.parent / "files"))


def test_originals_that_are_gone_or_changed_are_found(backup: backups.Backup) -> None:
    pool = backup.path.parent / "files"
    one, other = sorted(path for path in pool.rglob("*") if path.is_file())
    one.unlink()
    other.write_bytes(b"x" * other.stat().st_size)
    assert len(problems(backup.path, pool)) == 1
    assert len(problems(backup.path, pool, deep=True)) == 2
    with pytest.raises(Refused, match="没有恢复"):
        into_sqlite(backup)


def test_a_database_of_an_older_program_is_backed_up_as_it_is(
    place: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The backup before an upgrade: the tables lack what this program's models have."""
    state = MigrationLoader(connection).project_state()
    state.remove_field("projects", "project", "upper_document")
    with connection.schema_editor() as editor:
        editor.remove_field(Project, Project._meta.get_field("upper_document"))
    try:
        monkeypatch.setattr(upgrade, "pending", lambda alias="default": [("projects", "0002_upper_document")])
        monkeypatch.setattr(upgrade, "last_of", lambda *_: state)
        monkeypatch.setattr(MigrationLoader, "project_state", lambda loader, nodes=None: nodes or state)
        made = backups.make(tmp_path / "backups")
        assert made.problems == []
        assert "upper_document" not in made.manifest["tables"]["projects_project"]["columns"]
        assert made.manifest["tables"]["projects_project"]["rows"] == 3
    finally:
        with connection.schema_editor() as editor:
            editor.add_field(Project, Project._meta.get_field("upper_document"))


def test_an_original_missing_in_the_store_is_told(place: Office, tmp_path: Path) -> None:
    shutil.rmtree(store.folder())
    made = backups.make(tmp_path / "backups")
    assert len(made.manifest["files"]["missing"]) == 2
    assert len(made.problems) == 2


def test_the_second_backup_copies_no_original_again(backup: backups.Backup) -> None:
    shutil.rmtree(store.folder())
    assert backups.make(backup.path.parent).problems == []


def test_old_ones_go_the_newest_stays(place: Office, tmp_path: Path) -> None:
    target = tmp_path / "backups"
    for days in (90, 40, 35):
        with clock.at(clock.now() - timedelta(days=days)):
            backups.make(target)
    assert backups.take_away_old(target, 38) == 2
    (left,) = backups.every_backup(target)
    with clock.at(clock.now() + timedelta(days=900)):
        assert backups.take_away_old(target, 30) == 0
    assert left.is_dir()


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="不是备份"):
        backups.manifest_of(tmp_path)
    (tmp_path / "manifest.json").write_text('{"format": "x/9"}', encoding="utf-8")
    with pytest.raises(Refused, match="另一种格式"):
        backups.manifest_of(tmp_path)


def test_the_drill_every_day(place: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JIXIAO_BACKUPS", str(tmp_path / "other-disk"))
    words = backups.daily_backup(clock.today())
    assert "2个原件" in words
    assert "核对过" in words
    store.path_of(store.StoredFile.objects.latest("pk").sha256).unlink()
    shutil.rmtree(tmp_path / "other-disk" / "files")
    with pytest.raises(Refused, match="jixiao doctor"):
        backups.daily_backup(clock.today())
    assert AuditEntry.objects.unrestricted("test").count() == 2


def test_rows_that_are_torn_inside_are_told_and_the_rest_is_looked_at(backup: backups.Backup) -> None:
    path = backup.path / "projects_project.jsonl.gz"
    data = bytearray(path.read_bytes())
    data[20:60] = b"\xff" * 40
    path.write_bytes(data)
    (backup.path / "goals_goal.jsonl.gz").write_bytes(b"not gzip")
    next(one for one in (backup.path.parent / "files").rglob("*") if one.is_file()).unlink()
    found = problems(backup.path, backup.path.parent / "files")
    for words in ("projects_project.jsonl.gz", "原件"):
        assert any(words in one for one in found), found


def test_a_manifest_with_parts_missing_is_refused(backup: backups.Backup) -> None:
    (backup.path / "manifest.json").write_text('{"format": "jixiao/backup/1"}', encoding="utf-8")
    with pytest.raises(Refused, match="清单坏了"):
        backups.manifest_of(backup.path)


def test_rows_that_are_no_rows_are_told(backup: backups.Backup) -> None:
    rewritten(backup, "files_storedfile", lambda rows: [{"a": 1}, [1]])
    assert any("不成行" in one for one in problems(backup.path, backup.path.parent / "files"))
