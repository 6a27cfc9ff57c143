"""A backup becomes a database again, of either kind, and is held against what was backed up.

The tables are made as they were when the backup was made, the rows put in, then the database is brought up to this program.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.apps.registry import Apps
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from jixiao.web.kernel.acts import Refused
from jixiao.web.operation import upgrade
from jixiao.web.operation.backups import FILES, manifest_of
from jixiao.web.operation.checking import lines_in, problems
from jixiao.web.operation.rows import load, reset_keys, sum_of, tables

Progress = Callable[[int, int, str], None]


def refuse_damaged(path: Path, progress: Progress = lambda *_: None) -> Mapping[str, Any]:
    """The manifest of a backup that is whole and not newer than the program. Raises Refused for another; writes nothing."""
    manifest = manifest_of(path)
    if upgrade.unknown([(str(app), str(name)) for app, name in manifest["migrations"]]):
        raise Refused(f"备份是更新的版本（{manifest['program']}）做的，这个程序读不懂。请装那个版本或更新的版本再恢复")
    met = problems(path, path.parent / FILES, progress, deep=True)
    if met:
        raise Refused(f"备份有{len(met)}处不对，没有恢复：{met[0]}。请换一份备份")
    return manifest


@contextmanager
def whole(alias: str) -> Iterator[None]:
    """All that is done inside is done, or nothing of it, even where the process is killed: on PostgreSQL, where making tables is part
    of a transaction. SQLite restores into a file of another name instead (``commands.restore``)."""
    if connections[alias].vendor == "postgresql":
        with transaction.atomic(using=alias):
            yield
    else:
        yield


def load_into(
    alias: str, path: Path, progress: Progress = lambda *_: None, *, manifest: Mapping[str, Any] | None = None
) -> Mapping[str, Any]:
    """Fill the empty database ``alias`` from a backup; gives the manifest (which is given where it was
    checked just now). Raises Refused where it is not empty, where the backup is
    damaged or newer than the program, or where what is in the database afterwards is not what was backed up; a PostgreSQL is empty
    then as before."""
    if not upgrade.is_empty(alias):
        raise Refused("目标数据库不是空的，没有动它。请换一个空的数据库或文件夹")
    manifest = manifest or refuse_damaged(path, progress)
    done = [(str(app), str(name)) for app, name in manifest["migrations"]]
    with whole(alias):
        executor = MigrationExecutor(connections[alias])
        state = executor.migrate(upgrade.last_of(executor, done))
        with transaction.atomic(using=alias):
            _defer_constraints(alias)
            _fill(alias, path, manifest, state.apps, progress)
        connections[alias].check_constraints()  # what is deferred to the end would forbid the migrations that follow
        wrong = differences(alias, manifest, state.apps)
        if wrong:
            raise Refused(f"恢复以后与备份对不上：{'；'.join(wrong[:3])}。请报告给维护人员")
    return manifest


def _defer_constraints(alias: str) -> None:
    """Rows come table by table: what refers to what is held together at the end. A migration leaves keys it adds asked for at once."""
    if connections[alias].vendor == "postgresql":
        with connections[alias].cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _fill(alias: str, path: Path, manifest: Mapping[str, Any], apps: Apps, progress: Progress) -> None:
    every = {model._meta.db_table: model for model in tables(apps)}
    for count, (table, said) in enumerate(manifest["tables"].items()):
        progress(count, len(manifest["tables"]), f"恢复 {table}")
        if said["rows"] and table not in every:
            raise Refused(f"备份里有表 {table}，按它的版本建的数据库里却没有")
        if table in every:
            with closing(lines_in(path, table)) as lines:  # type: ignore[type-var]  # a generator closes
                load(every[table], said["columns"], lines, alias)
    reset_keys(list(every.values()), alias)


def differences(alias: str, manifest: Mapping[str, Any], apps: Apps) -> list[str]:
    """Where the database is not what the manifest says, table by table, in words."""
    wrong = []
    for model in tables(apps):
        table = model._meta.db_table
        said = manifest["tables"].get(table, {"rows": 0, "digest": f"{0:064x}", "columns": None})
        found = sum_of(model, alias, said["columns"])
        if found.rows != said["rows"]:
            wrong.append(f"{table} 应有{said['rows']}行，现在{found.rows}行")
        elif found.digest != said["digest"]:
            wrong.append(f"{table} 的{found.rows}行里有内容不同的")
    return wrong


def copy_files(path: Path, folder: Path, progress: Progress = lambda *_: None) -> int:
    """The originals of a backup into the store of a data folder; how many."""
    pool = path.parent / FILES
    found = sorted(one for one in pool.rglob("*") if one.is_file() and not one.name.startswith("."))
    for count, one in enumerate(found):
        progress(count, len(found), "恢复原件")
        target = folder / FILES / one.relative_to(pool)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(one, target)
    return len(found)
