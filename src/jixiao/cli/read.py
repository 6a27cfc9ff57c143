"""``jixiao read``: files to plan data."""

from __future__ import annotations

import argparse
import sys

from jixiao.cli.console import json_text, make_folder, progress, say, unreadable
from jixiao.cli.files import inputs_of, stems
from jixiao.domain.codec import plan_to_dict
from jixiao.readers import UnreadableFileError, read_file


def run_read(arguments: argparse.Namespace) -> int:
    """0 all read, 1 a file could not be read (the others still are), 2 wrong call."""
    inputs = inputs_of(arguments.paths)
    files = inputs.documents
    if not files:
        say("没有找到可读的文件。请核对路径；文件夹里应有 .docx、.xlsx 或 .txt 文件。")
        return 2
    if arguments.output is None and len(files) > 1:
        say("读多个文件时请用 -o 写明结果放在哪个文件夹，例如：jixiao read 文件夹 -o 结果")
        return 2
    if arguments.output is not None and not make_folder(arguments.output):
        return 2
    failed = 0
    for file, stem in progress(list(zip(files, stems(files), strict=True)), "正在读取"):
        try:
            plan = read_file(file)
        except UnreadableFileError as error:
            failed += 1
            say(unreadable(file, error))
            continue
        text = json_text(plan_to_dict(plan))
        if arguments.output is None:
            sys.stdout.write(text)
        else:
            (arguments.output / f"{stem}.plan.json").write_text(text, encoding="utf-8")
    if arguments.output is not None:
        say(f"读了 {len(files) - failed} 个文件，读不出 {failed} 个。结果在：{arguments.output.resolve()}")
    return 1 if failed else 0
