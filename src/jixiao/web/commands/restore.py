"""``jixiao restore``: a backup into an empty data folder or an empty database, held against what was backed up."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from jixiao.web.operation.folder import DATABASE, keep_setting, private, secret_of, set_up


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("backup", type=Path, metavar="备份", help="一份备份的文件夹，如 backups/20261130-010000")
    parser.add_argument("folder", type=Path, metavar="数据文件夹", help="恢复到哪里，要是空的或还没有的文件夹")
    parser.add_argument(
        "--database", default="", metavar="地址", help="恢复到 PostgreSQL：postgres://用户:密码@主机/库名，要是空的库"
    )


def run(given: argparse.Namespace) -> int:
    """0 restored and equal, 1 not restored, with words; the folder is as it was then."""
    backup, folder = given.backup.resolve(), given.folder.resolve()
    if (folder / DATABASE).exists() or (folder / "files").exists():
        print(f"{folder} 里已经有数据，没有动它。请写一个空的文件夹")
        return 1
    before = set(folder.iterdir()) if folder.is_dir() else None
    code: int | None = None
    try:
        code = _restore(backup, folder, given.database)
    finally:
        if code is None:
            _take_away(folder, before)
    return 1 if code is None else code


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

    try:
        manifest = restoring.refuse_damaged(backup)
        private(folder)
        restoring.load_into("default", backup, manifest=manifest)
        call_command("migrate", verbosity=0, interactive=False)
        files = restoring.copy_files(backup, folder)
        met = broken(export_lines())
    except (Refused, Error, OSError) as error:
        connections.close_all()
        print(f"没有恢复：{str(error).strip()}")
        return None
    if url:
        keep_setting(folder, "DATABASE_URL", url)
    secret_of(folder)
    rows = sum(one["rows"] for one in manifest["tables"].values())
    print(f"恢复了{len(manifest['tables'])}张表 {rows:,}行、{files:,}个原件，逐表行数和摘要与备份一致。")
    for one in met:
        print(f"  不对：{one}")
    print("审计链核对过，完好。" if not met else "审计链有问题：备份时就是这样，请查明。")
    print(f"启动：jixiao serve {folder}")
    return 1 if met else 0
