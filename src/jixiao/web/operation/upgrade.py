"""Program and database: which of them is older, and bringing the database up to the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.apps import apps
from django.apps.registry import Apps
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

import jixiao

Names = list[tuple[str, str]]
"""Migrations as (app, name)"""


class TooNewError(Exception):
    """The database was made by a newer program."""


def applied(alias: str = DEFAULT_DB_ALIAS) -> Names:
    """What was done to the database, in order of names; empty for one without tables."""
    return sorted(MigrationRecorder(connections[alias]).applied_migrations())


def unknown(names: Names) -> Names:
    """Of these migrations those that this program does not know."""
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    return [one for one in names if one not in known]


def pending(alias: str = DEFAULT_DB_ALIAS) -> Names:
    """What this program has yet to do to the database."""
    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [(migration.app_label, migration.name) for migration, _ in plan]


def last_of(executor: MigrationExecutor, done: Names) -> Names:
    """Of the migrations that were done the last of each app: those no other of the same app builds on."""
    known = executor.loader.disk_migrations
    inner = {parent for one in done for parent in known[one].dependencies if parent[0] == one[0]}
    return [one for one in done if one in executor.loader.graph.nodes and one not in inner]


def models_of(alias: str = DEFAULT_DB_ALIAS) -> Apps:
    """The models as the tables of the database are now: those of this program, or of the older one that made them."""
    if not pending(alias):
        return apps
    executor = MigrationExecutor(connections[alias])
    return executor.loader.project_state(last_of(executor, applied(alias))).apps


def is_empty(alias: str = DEFAULT_DB_ALIAS) -> bool:
    """Whether it has no table at all."""
    return not connections[alias].introspection.table_names()


def refuse_newer(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Raises TooNewError where the database knows migrations that this program does not."""
    newer = unknown(applied(alias))
    if newer:
        named = "、".join(f"{app}.{name}" for app, name in newer[:3])
        raise TooNewError(
            f"数据库比程序新（{named}{'等' if len(newer) > 3 else ''}，本程序是 {jixiao.__version__}），没有启动，数据没有动。"
            "请装回原来的或更新的版本；一定要用旧版，就把升级以前的备份恢复到新的文件夹：jixiao restore"
        )


def bring_up_to_date(say: Callable[[str], None], backup: Callable[[], Path]) -> bool:
    """Migrate the database to this program, after a backup where there is something to lose; whether there was anything to do.

    Raises TooNewError for a database that is newer.
    """
    if is_empty():
        say("第一次启动：正在建数据库 …")
        call_command("migrate", verbosity=0, interactive=False)
        return True
    refuse_newer()
    todo = pending()
    if not todo:
        return False
    say(f"数据库要升级（{len(todo)}步）。先备份 …")
    say(f"备份在 {backup()}")
    say("正在升级 …")
    call_command("migrate", verbosity=0, interactive=False)
    say(f"升级好了，现在是 {jixiao.__version__}")
    return True
