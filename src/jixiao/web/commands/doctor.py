"""``jixiao doctor``: what is wrong with an installation, and what to do about it."""

from __future__ import annotations

import argparse

from jixiao.web.operation.folder import add_folder, folder_of, is_key_given, set_up


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_folder(parser)
    parser.add_argument("--all", action="store_true", help="每个原件都读一遍；不写就抽查（最新的和各个时候的）")


def run(given: argparse.Namespace) -> int:
    """0 nothing bad, 1 something bad, 2 no such folder."""
    folder = folder_of(given.folder)
    if not folder.is_dir():
        print(f"没有数据文件夹 {folder}。请写明在哪里：jixiao doctor 数据文件夹")
        return 2
    try:
        has_key = is_key_given(folder)
        set_up(folder)
    except (OSError, ValueError) as error:
        print(f"■ 设置：{error}")
        return 1
    from jixiao.web.operation.health import Grade, examine

    found = list(examine(folder, has_key=has_key, whole=given.all))
    for one in found:
        print(f"{one.grade.mark} {one.subject}：{one.words}")
        if one.remedy:
            print(f"    怎么办：{one.remedy}")
    bad = sum(one.grade is Grade.BAD for one in found)
    warned = sum(one.grade is Grade.WARNING for one in found)
    print(
        f"查了{len(found)}项：{bad}项要马上处理，{warned}项要留意。" if bad or warned else f"查了{len(found)}项，都好。"
    )
    return 1 if bad else 0
