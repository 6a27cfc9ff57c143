"""``jixiao review``: files to findings, opinions, one workbook and one report."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from jixiao.cli.console import counting, open_page, say, today, told_of_backup, told_of_recovery, unreadable
from jixiao.cli.rulesets import chosen_book
from jixiao.domain.codec import REVIEW_SCHEMA, REVIEW_SCHEMAS, review_to_dict
from jixiao.domain.finding import GradeLevel, Severity
from jixiao.json_text import json_text
from jixiao.services.digest import Digest, digest
from jixiao.services.files import Inputs, inputs_of
from jixiao.services.output import Published, output_to
from jixiao.services.results import OPINION, REPORT, SUMMARY, left_over, review_into
from jixiao.services.reviewing import review_files
from jixiao.services.rulebooks import UnknownRulesetError
from jixiao.services.scratch import scratch
from jixiao.writers import Batch

_CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")
_MOST_GRADES = 12
"""grades of departments that a summary names one by one"""
_MOST_NAMES = 10


def run_review(arguments: argparse.Namespace) -> int:
    """0 no findings of severity error, 3 some, 1 a file could not be read, 2 wrong call."""
    with scratch() as temporary:
        return _review(arguments, inputs_of(arguments.paths, temporary))


def _review(arguments: argparse.Namespace, inputs: Inputs) -> int:
    try:
        book = chosen_book(arguments.ruleset)
    except UnknownRulesetError as error:
        say(str(error))
        return 2
    if problem := _wrong_call(arguments, inputs):
        say(problem)
        return 2
    as_of = arguments.as_of or today()
    title = arguments.title or _title(arguments.paths)
    if arguments.format == "json":
        batch = review_files(inputs.documents, title=title, as_of=as_of, book=book, isolate=arguments.isolate)
        return _show(batch, arguments.schema)
    with output_to(_beside(arguments.paths) if arguments.beside else arguments.output) as output:
        told_of_recovery(output)
        with counting("正在审核") as progress:
            batch = review_into(
                output,
                inputs.documents,
                title=title,
                as_of=as_of,
                book=book,
                schemas=arguments.schema,
                isolate=arguments.isolate,
                progress=progress,
            )
        published = output.publish(today(), whole=True) if batch.reviewed else None
    _tell_unread(batch)
    if published is None:
        say("没有一个文件读得出来，没有写结果。")
    else:
        _summarise(published, batch, inputs)
        if arguments.open:
            open_page(published.folder / REPORT.file_name())
    return _code(batch)


def _show(batch: Batch, schemas: Sequence[str]) -> int:
    """The review of one file to standard output."""
    schema = next((asked for asked in reversed(schemas) if asked in REVIEW_SCHEMAS), REVIEW_SCHEMA)
    _tell_unread(batch)
    for one in batch.reviewed:
        sys.stdout.write(json_text(review_to_dict(one.plan, one.review, schema)))
    return _code(batch)


def _tell_unread(batch: Batch) -> None:
    for file in batch.unread:
        say(unreadable(file.name, file.met, file.remedy))


def _code(batch: Batch) -> int:
    if batch.unread:
        return 1
    return 3 if any(one.review.count(Severity.ERROR) for one in batch.reviewed) else 0


def _wrong_call(arguments: argparse.Namespace, inputs: Inputs) -> str | None:
    if not inputs.documents:
        return inputs.none_found
    if arguments.format == "json":
        return "--format json 一次只审核一个文件。" if len(inputs.documents) > 1 else None
    if arguments.output is None and not arguments.beside:
        return "请用 -o 写明结果放在哪个文件夹，例如：jixiao review 文件夹 -o 结果"
    return None


def _beside(paths: list[Path]) -> Path:
    """Where results go for somebody who names no place: next to what is reviewed."""
    first = paths[0].absolute()
    name = first.name if first.is_dir() else first.stem
    return first.parent / (f"{name}-审核结果" if len(paths) == 1 and name else "审核结果")


def _title(paths: list[Path]) -> str:
    """The name of the folder or file, where it is words and not an abbreviation of the user's own."""
    first = paths[0].resolve()
    name = first.name if first.is_dir() else first.stem if len(paths) == 1 else first.parent.name
    return name if _CHINESE.search(name) else "部门预算绩效文本"


def _summarise(published: Published, batch: Batch, inputs: Inputs) -> None:
    folder = published.folder
    told = digest(batch.reviewed)
    counts = "，".join(f"{severity.label} {count} 处" for severity, count in told.counts.items())
    say(f"审核了 {told.plans} 份绩效文本、{told.sheets} 张绩效目标表、{told.rows} 条指标。")
    say(f"发现问题：{counts}。\n评定等级：{_grades(told)}。")
    if told.commonest:
        say(f"最常见的：{'、'.join(f'{title} {count} 处' for title, count in told.commonest)}。")
    if told.doubtful:
        named = "、".join(f"{name} {count} 处" for name, count in list(told.doubtful.items())[:_MOST_NAMES])
        more = f"等 {len(told.doubtful)} 份" if len(told.doubtful) > _MOST_NAMES else ""
        say(
            f"读取时有 {sum(told.doubtful.values())} 处拿不准或修补过（{named}{more}），"
            "列在各份审核意见的“读取说明”里，请对照原文件看一眼。"
        )
    if outside := told.unplaced + told.not_kept + told.unread:
        kinds = {
            "不属于认得的栏目": told.unplaced,
            "表上有而绩效数据不收的栏目": told.not_kept,
            "隐藏文字、批注、图片等": told.unread,
        }
        words = "，".join(f"{kind} {count} 处" for kind, count in kinds.items() if count)
        say(f"另有 {outside} 处内容没有读入，没有参加审核：{words}。列在审核总表的“未读入的内容”里。")
    if told.twice:
        say(f"同一部门有多份文本，合计数会重复计算，请核对：{'、'.join(told.twice)}。")
    if batch.county:
        say(f"部门之间对照发现 {len(batch.county)} 处问题，列在审核总表的“跨部门问题”里，不写进各部门的审核意见。")
    told_of_backup(published)
    if stale := left_over(folder, batch):
        say(f"结果文件夹里还有以前的结果，这次没有更新，请核对后删除：{'、'.join(stale[:_MOST_NAMES])}")
    if batch.unread:
        say(f"读不出 {len(batch.unread)} 个文件，原因和办法见上面和审核总表。")
    if inputs.own_archives:
        say(f"压缩包里是本软件以前写的结果，不当作原件读，已跳过：{'、'.join(inputs.own_archives[:_MOST_NAMES])}")
    if inputs.ignored:
        say(f"另有 {len(inputs.ignored)} 个文件不是文档，未读：{'、'.join(inputs.ignored[:_MOST_NAMES])}")
    say(
        f"审核报告（用浏览器打开）：{folder / REPORT.file_name()}\n审核总表：{folder / SUMMARY.file_name()}\n"
        f"审核意见：{folder} 下每份一个 {OPINION.file_name()}"
    )


def _grades(told: Digest) -> str:
    if len(told.grades) <= _MOST_GRADES:
        return "、".join(f"{department} {level.label}" for department, level in told.grades)
    levels = Counter(level for _, level in told.grades)
    return "、".join(f"{level.label} {levels[level]} 份" for level in GradeLevel)
