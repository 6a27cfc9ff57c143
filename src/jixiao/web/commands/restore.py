"""``jixiao restore``: a backup into an empty data folder or an empty database, held against what was backed up.

Killed on the way it leaves a PostgreSQL empty (one transaction), and of SQLite a file under another name, which the next attempt takes away.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from jixiao.web.operation.address import add_password, with_password
from jixiao.web.operation.folder import DATABASE, SECRET, is_key_given, keep_setting, private, secret_of, set_up

_UNFINISHED = ".restoring.sqlite3"
"""The database until it is whole; with PostgreSQL an empty mark that the rest of the folder is not whole yet"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("backup", type=Path, metavar="备份", help="一份备份的文件夹，如 backups/20261130-010000")
    parser.add_argument("folder", type=Path, metavar="数据文件夹", help="恢复到哪里，要是空的或还没有的文件夹")
    parser.add_argument(
        "--database",
        default="",
        metavar="地址",
        help="恢复到 PostgreSQL：postgres://用户@主机/库名，要是空的库；不写密码",
    )
    add_password(parser)


def run(given: argparse.Namespace) -> int:
    """0 restored and equal, 1 not restored, with words; the folder is as it was then."""
    backup, folder = given.backup.resolve(), given.folder.resolve()
    is_left_over = any(folder.glob(f"{_UNFINISHED}*"))
    if (folder / DATABASE).exists() or ((folder / "files").exists() and not is_left_over):
        print(f"{folder} 里已经有数据，没有动它。请写一个空的文件夹")
        return 1
    if is_left_over:
        print(f"{folder} 里有上一次没有做完的恢复，清掉重来。")
        _take_away_unfinished(folder)
    try:
        url = with_password(given.database, given.password_file)
    except (OSError, ValueError) as error:
        print(f"没有恢复：{error}")
        return 1
    before = set(folder.iterdir()) if folder.is_dir() else None
    code: int | None = None
    try:
        code = _restore(backup, folder, url)
    finally:
        if code is None:
            _take_away(folder, before)
    return 1 if code is None else code


def _take_away_unfinished(folder: Path) -> None:
    for left in folder.glob(f"{_UNFINISHED}*"):
        left.unlink()
    shutil.rmtree(folder / "files", ignore_errors=True)


def _take_away(folder: Path, before: set[Path] | None) -> None:
    """What was made in the folder; all of it where it was not there."""
    if before is None:
        shutil.rmtree(folder, ignore_errors=True)
        return
    for made in set(folder.iterdir()) - before:
        if made.is_dir() and not made.is_symlink():
            shutil.rmtree(made, ignore_errors=True)
        else:
            made.unlink()


def _restore(backup: Path, folder: Path, url: str) -> int | None:
    """0 restored, 1 restored with a log that was broken before, None not restored."""
    try:
        has_key = is_key_given(folder)
        set_up(folder, {"DATABASE_URL": url})
    except (OSError, ValueError) as error:
        print(f"没有恢复：{error}")
        return None
    from django.core.management import call_command
    from django.db import Error, connections

    from jixiao.web.audit.export import export_lines
    from jixiao.web.kernel.acts import Refused
    from jixiao.web.operation import restoring
    from jixiao.web.operation.checking import broken

    is_file = connections["default"].vendor == "sqlite"
    try:
        manifest = restoring.refuse_damaged(backup)
        private(folder)
        (folder / _UNFINISHED).touch()
        if is_file:
            connections["default"].settings_dict["NAME"] = folder / _UNFINISHED
        with restoring.whole("default"):
            restoring.load_into("default", backup, manifest=manifest)
            call_command("migrate", verbosity=0, interactive=False)
            files = restoring.copy_files(backup, folder)
            met = broken(export_lines())
        connections.close_all()
        if is_file:
            (folder / _UNFINISHED).rename(folder / DATABASE)
    except (Refused, Error, OSError) as error:
        connections.close_all()
        print(f"没有恢复：{str(error).strip()}")
        return None
    if url:
        keep_setting(folder, "DATABASE_URL", url)
        (folder / _UNFINISHED).unlink()
    secret_of(folder)
    rows = sum(one["rows"] for one in manifest["tables"].values())
    print(f"恢复了{len(manifest['tables'])}张表 {rows:,}行、{files:,}个原件，逐表行数和摘要与备份一致。")
    for one in met:
        print(f"  不对：{one}")
    print("审计链核对过，完好。" if not met else "审计链有问题：备份时就是这样，请查明。")
    print(_about_key(folder, has_key=has_key))
    print(f"启动：jixiao serve {folder}")
    return 1 if met else 0


def _about_key(folder: Path, *, has_key: bool) -> str:
    """Whether the key is another than before, and what that means. It is in no backup: who steals one gets no sessions."""
    if has_key:
        return "密钥：用您放好的那一份，登录不断，日志里个人信息的摘要照常能核对。"
    return (
        f"密钥：备份里不带密钥，建了新的 {folder / SECRET}。所以：大家要重新登录（密码、动态口令和接口令牌照旧），恢复以前的日志里"
        f"个人信息的摘要核对不了。\n  有抄存的原密钥，现在放回去：写进 {folder / SECRET}（权限 600）再启动，就都照旧。"
    )
