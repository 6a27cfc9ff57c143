"""An installation opened by a command that works on what is there: without it, words; nothing is made on the way."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

from jixiao.web.operation.folder import DATABASE, SETTINGS, set_up


def opened(folder: Path, overrule: Mapping[str, str] | None = None) -> str | None:
    """Set this process up for the workspace in ``folder``; what to say where there is none or it does not open."""
    try:
        set_up(folder, overrule)
    except (OSError, ValueError) as error:
        return f"设置读不出：{error}"
    from django.db import Error, connection

    name = Path(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and not (name.is_file() and name.stat().st_size):
        return f"{folder} 里没有数据库 {DATABASE}。用 PostgreSQL 的话，DATABASE_URL 写在 {folder / SETTINGS} 里"
    try:
        if not connection.introspection.table_names():
            return f"{folder} 的数据库是空的。第一次启动：jixiao serve"
        connection.close()
    except (Error, sqlite3.Error) as error:
        return unreadable(error)
    return None


def unreadable(error: Exception) -> str:
    """What to say of a database that is damaged or does not answer."""
    from django.db import OperationalError

    reason = str(error).strip()
    if isinstance(error, OperationalError) and "disk image" not in reason:
        return f"连不上数据库（{reason}）。请看 DATABASE_URL 写得对不对、数据库开着没有、文件和文件夹能不能写"
    return (
        f"数据库读不出，可能坏了（{reason}）。停下 jixiao serve，坏的留着，把最近的备份恢复到新的文件夹：jixiao restore"
    )


def in_words(work: Callable[[], int], say: Callable[[str], None]) -> int:
    """What ``work`` gives; 2 with words where the database turns out damaged or gone on the way."""
    from django.db import Error

    try:
        return work()
    except (Error, sqlite3.Error) as error:
        say(unreadable(error))
        return 2
