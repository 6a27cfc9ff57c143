"""``jixiao read``: files to plan data."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from jixiao.cli.console import counting, make_folder, say, unreadable
from jixiao.readers import UnreadableFileError
from jixiao.services.files import Document, inputs_of, stems
from jixiao.services.reading import read_texts, tables_of
from jixiao.services.scratch import scratch


def run_read(arguments: argparse.Namespace) -> int:
    """0 all read, 1 a file could not be read (the others still are), 2 wrong call."""
    with scratch() as folder:
        return _read(arguments, folder)


def _read(arguments: argparse.Namespace, folder: Path) -> int:
    inputs = inputs_of(arguments.paths, folder)
    files = inputs.documents
    if not files:
        say(inputs.none_found)
        return 2
    if arguments.explain:
        return _explain(files)
    if arguments.output is None and len(files) > 1:
        say("读多个文件时请用 -o 写明结果放在哪个文件夹，例如：jixiao read 文件夹 -o 结果")
        return 2
    if arguments.output is not None and not make_folder(arguments.output):
        return 2
    names = stems(files)
    failed: dict[int, UnreadableFileError] = {}
    outside = 0
    with counting("正在读取") as progress:
        for n, result in read_texts(files, schema=arguments.schema, isolate=arguments.isolate, progress=progress):
            if isinstance(result, UnreadableFileError):
                failed[n] = result
                continue
            outside += result.count('"code": "unplaced"')
            if arguments.output is None:
                sys.stdout.write(result)
            else:
                (arguments.output / f"{names[n]}.plan.json").write_text(result, encoding="utf-8")
    for n, error in sorted(failed.items()):
        say(unreadable(files[n].shown, error.met, error.remedy))
    if outside:
        say(f"有 {outside} 处内容不属于认得的任何栏目，没有读入，原文在结果的 notes 里（code 为 unplaced）。")
    if arguments.output is not None:
        say(f"读了 {len(files) - len(failed)} 个文件，读不出 {len(failed)} 个。结果在：{arguments.output.resolve()}")
    return 1 if failed else 0


def _explain(files: Sequence[Document]) -> int:
    """Print how each table was recognised; 1 where a file could not be read."""
    failed = 0
    for file in files:
        print(f"{file.name}：")
        try:
            found = tables_of(file)
        except UnreadableFileError as error:
            failed += 1
            print(f"  {error}")
            continue
        for table in found:
            print(f"  {table.place}：{table.form}，认得 {float(table.score):.0%} 的栏目")
            if table.words:
                print(f"    依据：{'、'.join(table.words)}")
            if table.unknown:
                print(f"    不认得：{'、'.join(table.unknown)}")
        if not found:
            print("  没有表格。")
    return 1 if failed else 0
