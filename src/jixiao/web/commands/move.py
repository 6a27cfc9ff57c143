"""``jixiao move``: from SQLite to PostgreSQL, with equal counts and digests of every table."""

from __future__ import annotations

import argparse
import sqlite3

from jixiao.services.lock import locked
from jixiao.web.operation.address import add_password, with_password
from jixiao.web.operation.folder import DATABASE, LOCK, add_folder, folder_of, keep_setting, set_up

_TARGET = "target"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_folder(parser)
    parser.add_argument(
        "--to", required=True, metavar="地址", help="空的 PostgreSQL 数据库：postgres://用户@主机/库名，不写密码"
    )
    add_password(parser)


def run(given: argparse.Namespace) -> int:
    """0 moved and equal, 1 not moved, with words; what was there stays as it was then."""
    folder = folder_of(given.folder)
    if not (folder / DATABASE).is_file():
        print(f"{folder} 里没有 SQLite 数据库 {DATABASE}，没有什么可搬的")
        return 1
    with locked(folder / LOCK) as is_ours:
        if not is_ours:
            print("jixiao serve 还开着：请先停下（Ctrl+C 或 systemctl stop jixiao），搬完再启动。没有搬")
            return 1
        try:
            url = with_password(given.to, given.password_file)
        except (OSError, ValueError) as error:
            print(f"没有搬：{error}")
            return 1
        return _move(folder, url)


def _move(folder: object, url: str) -> int:
    from pathlib import Path

    folder = Path(str(folder))
    try:
        set_up(folder, {"DATABASE_URL": ""})
    except (OSError, ValueError) as error:
        print(f"没有搬：{error}")
        return 1
    from django.db import Error, connections

    from jixiao.web.database import database
    from jixiao.web.kernel.acts import Refused
    from jixiao.web.operation import backups, restoring, upgrade
    from jixiao.web.operation.rows import connected

    try:
        target = database(url, folder)
        upgrade.refuse_newer()
        if upgrade.pending():
            print("数据库还没有升级到本程序：请先 jixiao serve 一次，再搬。没有搬")
            return 1
        made = backups.make(backups.place(), reason="搬到 PostgreSQL 以前")
        if made.problems:
            print(f"备份核对有{len(made.problems)}处不对，没有搬：{made.problems[0]}")
            return 1
        with connected(_TARGET, {**target, "CONN_MAX_AGE": 0}):
            manifest = restoring.load_into(_TARGET, made.path)
    except (Refused, upgrade.TooNewError, ValueError, Error, sqlite3.Error) as error:
        print(f"没有搬：{str(error).strip()}\n原来的数据库没有动，照常可用")
        return 1
    connections.close_all()
    for table, one in manifest["tables"].items():
        print(f"  {table:<40}{one['rows']:>10,}  {one['digest'][:16]}")
    keep_setting(folder, "DATABASE_URL", url)
    kept = (folder / DATABASE).rename(folder / f"{DATABASE}.moved")
    for left in folder.glob(f"{DATABASE}-*"):
        left.unlink()
    print(
        f"{len(manifest['tables'])}张表逐表行数和摘要都相等。地址已写进 {folder / 'jixiao.env'}，启动：jixiao serve {folder}"
    )
    print(f"原来的数据库改名为 {kept.name}，确认无误后可以删掉；搬以前的备份在 {made.path}")
    return 0
