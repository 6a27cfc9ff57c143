"""``jixiao read``: files to plan data."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from jixiao.cli.console import counting, say, today, told_of_backup, told_of_recovery, unreadable
from jixiao.cli.rulesets import chosen_book, names_ruleset
from jixiao.readers import UnreadableFileError
from jixiao.services.files import Document, inputs_of
from jixiao.services.output import output_to
from jixiao.services.reading import JSON, ReadRun, read_files, read_into, tables_of
from jixiao.services.scratch import Scratch, scratch
from jixiao.vocabulary import Vocabulary


def run_read(arguments: argparse.Namespace) -> int:
    """0 all read, 1 a file could not be read (the others still are), 2 wrong call."""
    with scratch() as temporary:
        return _read(arguments, temporary)


def _read(arguments: argparse.Namespace, temporary: Scratch) -> int:
    inputs = inputs_of(arguments.paths, temporary)
    files = inputs.documents
    if not files:
        say(inputs.none_found)
        return 2
    vocabulary = layout = None
    if names_ruleset(arguments.ruleset) or arguments.layout:
        from jixiao.cli.layouts import UnknownLayoutError, chosen_layout  # those who name neither pay for neither
        from jixiao.services.rulebooks import UnknownRulesetError

        try:
            book = chosen_book(arguments.ruleset)
            layout = chosen_layout(arguments.layout, book)
        except (UnknownRulesetError, UnknownLayoutError) as unknown:
            say(str(unknown))
            return 2
        vocabulary = book.vocabulary if book is not None else None
    if arguments.explain:
        return _explain(files, vocabulary)
    if arguments.output is None and len(files) > 1:
        say("读多个文件时请用 -o 写明结果放在哪个文件夹，例如：jixiao read 文件夹 -o 结果")
        return 2
    if arguments.output is None and arguments.format != JSON:
        say(
            f"写成 {arguments.format} 时请用 -o 写明放在哪个文件夹，例如：jixiao read 文件 --format {arguments.format} -o 结果"
        )
        return 2
    if arguments.layout and arguments.format == JSON:
        say("--layout 说的是表怎么排，请同时用 --format 写明写成什么：docx、xlsx 或 html。")
        return 2
    if arguments.output is None:
        return _show(arguments, files, vocabulary)
    with output_to(arguments.output) as output:
        told_of_recovery(output)
        with counting("正在读取") as progress:
            run = read_into(
                output,
                files,
                form=arguments.format,
                schema=arguments.schema,
                vocabulary=vocabulary,
                layout=layout,
                isolate=arguments.isolate,
                progress=progress,
            )
        published = output.publish(today(), whole=False) if run.read else None
    for file, error in run.failed:
        say(unreadable(file.shown, error.met, error.remedy))
    if arguments.format == JSON:
        _left_out(run.left_out)
    else:
        _doubts(run)
    if published is not None:
        told_of_backup(published)
    say(f"读了 {run.read} 个文件，读不出 {len(run.failed)} 个。" + (f"结果在：{output.folder}" if run.read else ""))
    return 1 if run.failed else 0


def _show(arguments: argparse.Namespace, files: Sequence[Document], vocabulary: Vocabulary | None) -> int:
    """One file to standard output."""
    for _, result in read_files(files, schema=arguments.schema, vocabulary=vocabulary, isolate=arguments.isolate):
        if isinstance(result, UnreadableFileError):
            say(unreadable(files[0].shown, result.met, result.remedy))
            return 1
        sys.stdout.write(result.content.decode())
        _left_out(result.left_out)
    return 0


def _left_out(count: int) -> None:
    if count:
        say(f"有 {count} 处内容没有读入（不属于认得的栏目、绩效数据不收，或看不到），原文在结果的 notes 里。")


def _doubts(run: ReadRun) -> None:
    """What a form cannot tell of the reading: the data can."""
    kinds = {"没有读入": run.left_out, "拿不准或修补过": run.doubtful}
    if words := "，".join(f"{count} 处{kind}" for kind, count in kinds.items() if count):
        say(f"读取时有 {words}，请对照原文件看一眼；是哪些，见不写 --format 时所写数据的 notes。")


def _explain(files: Sequence[Document], vocabulary: Vocabulary | None) -> int:
    """Print how each table was recognised; 1 where a file could not be read."""
    failed = 0
    for file in files:
        print(f"{file.name}：")
        try:
            found = tables_of(file, vocabulary)
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
            if table.guessed:
                print(f"    看列里写的：{'；'.join(table.guessed)}")
        if not found:
            print("  没有表格。")
    return 1 if failed else 0
