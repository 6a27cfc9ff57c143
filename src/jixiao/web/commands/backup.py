"""``jixiao backup``: database and originals, while people work."""

from __future__ import annotations

import argparse
from pathlib import Path

from jixiao.web.operation.folder import add_folder, folder_of, set_up
from jixiao.web.operation.opening import in_words, opened


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_folder(parser)
    parser.add_argument(
        "--to", type=Path, metavar="文件夹", help="备份放在哪里，最好是另一块磁盘；不写则为数据文件夹里的 backups"
    )
    parser.add_argument(
        "--check", type=Path, metavar="备份", help="不做新的，只核对这一份：行数、摘要、审计链、每个原件"
    )


def run(given: argparse.Namespace) -> int:
    """0 made and whole, 1 something is not as it should be, 2 wrong call."""
    folder = folder_of(given.folder)
    if not folder.is_dir():
        print(f"没有数据文件夹 {folder}。请写明在哪里：jixiao backup 数据文件夹")
        return 2
    if given.check:
        try:
            set_up(folder)
        except (OSError, ValueError) as error:
            print(f"没有核对：{error}")
            return 2
        return _make(given)
    missing = opened(folder)
    if missing:
        print(f"没有备份：{missing}")
        return 2
    return in_words(lambda: _make(given), print)


def _make(given: argparse.Namespace) -> int:
    from jixiao.web.kernel.acts import Refused
    from jixiao.web.operation import backups
    from jixiao.web.operation.checking import problems

    try:
        if given.check:
            manifest = backups.manifest_of(given.check)
            made = backups.Backup(
                given.check, manifest, problems(given.check, given.check.parent / backups.FILES, deep=True)
            )
        else:
            made = backups.make(given.to or backups.place(), reason="手工备份")
    except Refused as refused:
        print(refused.message)
        return 2
    print(f"{made.path}：{made.told}")
    for problem in made.problems:
        print(f"  不对：{problem}")
    print("核对过，完好。" if not made.problems else f"有{len(made.problems)}处不对，请运行 jixiao doctor。")
    return 1 if made.problems else 0
