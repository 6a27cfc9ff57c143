"""``jixiao files verify``: is every original there and unchanged, and what lies there that nobody refers to."""

from __future__ import annotations

import argparse
import time

from jixiao.web.operation.folder import add_folder, folder_of
from jixiao.web.operation.opening import in_words, opened

_FRESH = 24 * 3600.0
"""Seconds: a file without a row may still get one"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    kinds = parser.add_subparsers(title="命令", metavar="命令", required=True, dest="原件命令")
    check = kinds.add_parser("verify", help="重算每个原件的摘要，找出不在的、变了的和没有人用的")
    add_folder(check)
    check.add_argument("--delete", action="store_true", help="删掉没有人用、放了一天以上的（上传到一半被中断的）")


def run(given: argparse.Namespace) -> int:
    """0 all there and unchanged, 1 some are gone or changed, 2 no such folder or no database that opens."""
    folder = folder_of(given.folder)
    if not folder.is_dir():
        print(f"没有数据文件夹 {folder}")
        return 2
    missing = opened(folder)
    if missing:
        print(f"没有核对：{missing}")
        return 2
    return in_words(lambda: _verify(given), print)


def _verify(given: argparse.Namespace) -> int:
    from jixiao.web.files import store
    from jixiao.web.files.models import StoredFile

    bad = list(store.damaged())
    for stored, words in bad:
        print(f"{words}：{stored.sha256}（{stored.size:,}字节，{stored.stored_at:%Y-%m-%d} 存入）")
    left = list(store.without_row(time.time() - _FRESH))
    for path in left:
        print(f"没有人用：{path}")
        if given.delete:
            path.unlink()
    print(
        f"核对了{StoredFile.objects.count():,}个原件：{len(bad)}个不在或变了，{len(left)}个没有人用{'，已删' if given.delete and left else ''}。"
    )
    if bad:
        print("不在或变了的，从备份的 files 文件夹里按摘要取回（前两位是子文件夹名），再核对一次。")
    return 1 if bad else 0
