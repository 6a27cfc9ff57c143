"""Commands of the workspace: known here by name and words, loaded when they are asked for; the command line itself needs no Django."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

COMMANDS: Mapping[str, str] = {
    "desk": "单人版：在浏览器里收文件、对着原件看问题、下载审核意见；不用账号，只在本机",
    "serve": "启动工作平台：网页、后台任务、定时任务一起",
    "demo": "用示例县建一个工作平台看看，只在本机",
    "backup": "备份数据库和原件，大家照常用",
    "restore": "把备份恢复到空的文件夹或数据库",
    "move": "从 SQLite 搬到 PostgreSQL，搬完逐表核对",
    "files": "核对原件：少了的、坏了的、没人用的",
    "password": "在服务器上给人重置首次密码：安全管理员自己进不去时用",
    "doctor": "体检：哪里不对，怎么办",
}
"""Name → what it does. A module ``jixiao.web.commands.<name>`` has ``arguments(parser)`` and ``run(arguments) -> int``"""


def missing() -> str | None:
    """What to tell where the extra of the workspace is not installed."""
    if find_spec("django") and find_spec("granian"):
        return None
    return (
        "工作平台的组件没有装。用离线安装包或安装包文件装：离线安装包里的 install.sh，"
        "或 pip install '安装包文件名[web]'；在源码文件夹里用 make setup。\n读表、审核（jixiao read、jixiao review）不用它，照常可用。"
    )


def add(commands: argparse._SubParsersAction[Any], given: Sequence[str]) -> None:
    """All commands with their words; of the one that is called also what it takes."""
    called = given[0] if given else ""
    for name, words in COMMANDS.items():
        command = commands.add_parser(name, help=words, description=words + "。")
        if name != called:
            continue
        words_missing = missing()
        if words_missing is not None:
            print(words_missing, file=sys.stderr)
            raise SystemExit(2)
        module = import_module(f"jixiao.web.commands.{name}")
        module.arguments(command)
        command.set_defaults(run=module.run)
