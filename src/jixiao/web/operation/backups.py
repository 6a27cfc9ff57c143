"""Backups 「备份」: the database as of one moment and all originals, made while people work, read again before they count.

Below a folder: ``files/`` with the originals by hash, each once for all backups, and a folder a backup: ``manifest.json`` and the rows
of each table (``rows``). The rows are those of one moment: of SQLite a copy by its backup interface, of PostgreSQL one transaction
that sees nothing newer. A file lies in the store before a row names it, so that files copied afterwards are all there.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.apps.registry import Apps
from django.conf import settings
from django.db import connection, connections, transaction

import jixiao
from jixiao.json_text import json_text
from jixiao.web.files.store import path_of
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Refused
from jixiao.web.operation import upgrade
from jixiao.web.operation.checking import NEEDED, problems
from jixiao.web.operation.rows import Sum, columns, connected, lines, tables

FORMAT: Final = "jixiao/backup/1"
MANIFEST = "manifest.json"
FILES = "files"
KEPT_DAYS = 30
_SNAPSHOT = "snapshot"
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Backup:
    """A backup that was made: where, its manifest, what is not as it should be."""

    path: Path
    manifest: Mapping[str, Any]
    problems: Sequence[str] = field(default=())

    @property
    def rows(self) -> int:
        return sum(one["rows"] for one in self.manifest["tables"].values())

    @property
    def told(self) -> str:
        """「31张表 1,204行，56个原件」"""
        files = self.manifest["files"]
        return f"{len(self.manifest['tables'])}张表 {self.rows:,}行，{files['count']:,}个原件 {files['bytes'] / 1e6:,.1f} MB"


def place() -> Path:
    """Where backups of this installation go: ``JIXIAO_BACKUPS``, better another disk, or ``backups`` in the data folder."""
    return Path(os.environ.get("JIXIAO_BACKUPS") or Path(settings.DATA) / "backups")


def make(target: Path, progress: Progress = lambda *_: None, *, reason: str = "") -> Backup:
    """Make a backup below ``target`` and read it again. It has its name only when it is whole."""
    target.mkdir(parents=True, exist_ok=True)
    moment = clock.now()
    name = moment.strftime("%Y%m%d-%H%M%S")
    unfinished = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=target))
    try:
        with _snapshot(unfinished) as (alias, vendor):
            written = _write_tables(unfinished, alias, upgrade.models_of(alias), progress)
            manifest = {
                "format": FORMAT,
                "made_at": moment.astimezone(UTC).isoformat(timespec="seconds"),
                "program": jixiao.__version__,
                "reason": reason,
                "database": vendor,
                "migrations": [list(one) for one in upgrade.applied(alias)],
                "tables": {
                    table: {"rows": found.rows, "digest": found.digest, "columns": names}
                    for table, (found, names) in written.items()
                },
            }
        manifest["files"] = _copy_files(unfinished, target / FILES, written["files_storedfile"][1], progress)
        _write(unfinished / MANIFEST, json_text(manifest).encode())
        met = problems(unfinished, target / FILES, progress)
        unfinished.chmod(0o700)
        final = target / name
        if final.exists():
            final = target / f"{name}-{moment.microsecond:06d}"
        unfinished.rename(final)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return Backup(final, manifest, met)


@contextmanager
def _snapshot(folder: Path) -> Iterator[tuple[str, str]]:
    """A connection that sees the database as of one moment; its alias, and which database it is."""
    if connection.vendor == "sqlite":
        copy = folder / "snapshot.sqlite3"
        name = str(connection.settings_dict["NAME"])
        source, taken = sqlite3.connect(name, uri=name.startswith("file:"), timeout=60), sqlite3.connect(copy)
        try:
            source.backup(taken)
        finally:
            taken.close()
            source.close()
        try:
            with connected(_SNAPSHOT, {"ENGINE": "django.db.backends.sqlite3", "NAME": copy}):
                yield _SNAPSHOT, "sqlite"
        finally:
            for left in folder.glob("snapshot.sqlite3*"):
                left.unlink()
        return
    from psycopg import IsolationLevel

    same = {**connection.settings_dict, "CONN_MAX_AGE": 0}
    same["OPTIONS"] = {**same.get("OPTIONS", {}), "isolation_level": IsolationLevel.REPEATABLE_READ}
    with connected(_SNAPSHOT, same), transaction.atomic(using=_SNAPSHOT):
        with connections[_SNAPSHOT].cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        yield _SNAPSHOT, "postgresql"


def _write_tables(folder: Path, alias: str, models: Apps, progress: Progress) -> dict[str, tuple[Sum, list[str]]]:
    found: dict[str, tuple[Sum, list[str]]] = {}
    every = tables(models)
    for count, model in enumerate(every):
        table = model._meta.db_table
        progress(count, len(every), f"写出 {table}")
        total = Sum()
        with gzip.open(folder / f"{table}.jsonl.gz", "wb", compresslevel=3) as out:
            for line in lines(model, alias):
                total.add(line)
                out.write(line + b"\n")
        found[table] = (total, columns(model))
    return found


def _copy_files(folder: Path, pool: Path, names: Sequence[str], progress: Progress) -> dict[str, Any]:
    """Copy the originals that the rows name and that are not there yet."""
    count = size = 0
    missing: list[str] = []
    with gzip.open(folder / "files_storedfile.jsonl.gz", "rb") as given:
        wanted = [json.loads(line) for line in given]
    for row in wanted:
        one = dict(zip(names, row, strict=True))
        progress(count, len(wanted), "复制原件")
        count, size = count + 1, size + one["size"]
        copy = pool / one["sha256"][:2] / one["sha256"][2:]
        if copy.is_file() and copy.stat().st_size == one["size"]:
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        unfinished = copy.with_name(f".{copy.name}.new")
        try:
            shutil.copyfile(path_of(one["sha256"]), unfinished)
            unfinished.replace(copy)
        except FileNotFoundError:
            missing.append(one["sha256"])
    return {"count": count, "bytes": size, "missing": missing}


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def manifest_of(path: Path) -> dict[str, Any]:
    """The manifest of a backup. Raises Refused for a folder that is none."""
    try:
        found = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Refused(f"{path} 不是备份：里面没有读得出的 {MANIFEST}") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise Refused(f"{path} 是另一种格式的备份（{found.get('format') if isinstance(found, dict) else '不明'}）")
    if not _is_whole(found):
        raise Refused(f"备份的清单坏了：{path / MANIFEST} 里少了内容。请换一份备份")
    return found


def _is_whole(manifest: Mapping[str, Any]) -> bool:
    """Whether a manifest has all that is read of it."""
    try:
        datetime.fromisoformat(manifest["made_at"])
        every, files = manifest["tables"], manifest["files"]
        said = [(str(app), str(name)) for app, name in manifest["migrations"]]
        counted = all(isinstance(files[name], int) for name in ("count", "bytes")) and isinstance(
            files["missing"], list
        )
        return bool(
            said
            and counted
            and set(every) >= NEEDED
            and isinstance(manifest["program"], str)
            and all(
                isinstance(one["rows"], int) and isinstance(one["digest"], str) and isinstance(one["columns"], list)
                for one in every.values()
            )
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return False


def every_backup(target: Path) -> list[Path]:
    """Whole backups below a folder, oldest first."""
    return sorted(one.parent for one in target.glob(f"[0-9]*/{MANIFEST}"))


def take_away_old(target: Path, days: int) -> int:
    """Delete backups older than so many days; the newest stays however old it is."""
    last = (clock.now() - timedelta(days=days)).astimezone(UTC)
    gone = 0
    for one in every_backup(target)[:-1]:
        if datetime.fromisoformat(manifest_of(one)["made_at"]) < last:
            shutil.rmtree(one)
            gone += 1
    for left in target.glob(".unfinished-*"):
        if left.stat().st_mtime < last.timestamp():
            shutil.rmtree(left, ignore_errors=True)
    return gone


def _kept_days() -> int:
    said = os.environ.get("JIXIAO_KEEP_BACKUPS", "")
    return int(said) if said.isdecimal() else KEPT_DAYS  # the doctor tells of one that is no number


def daily_backup(day: date, progress: Progress = lambda *_: None) -> str:
    """The backup of a day; closing words. Raises Refused where it is not whole."""
    made = make(place(), progress, reason=f"{day.isoformat()} 每日备份")
    if made.problems:
        raise Refused(
            f"备份做了（{made.path}），但核对时有{len(made.problems)}处不对：{made.problems[0]}。请运行 jixiao doctor"
        )
    gone = take_away_old(place(), _kept_days())
    return f"{made.told}，核对过；在 {made.path}" + (f"；清掉{gone}份过期的" if gone else "")
