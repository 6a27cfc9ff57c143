"""``jixiao review``: files to findings, opinions, one workbook and one report."""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from datetime import date
from functools import partial
from pathlib import Path

from jixiao.cli.batch import run_batch
from jixiao.cli.console import json_text, make_folder, progress, say, unreadable
from jixiao.cli.files import Inputs, inputs_of, stems
from jixiao.cli.jobs import plan_and_review
from jixiao.cli.rulesets import UnknownRulesetError, chosen_book
from jixiao.domain.codec import plan_to_dict, review_to_dict
from jixiao.domain.finding import GradeLevel, Severity
from jixiao.readers import UnreadableFileError
from jixiao.review.rulebook import Rulebook
from jixiao.writers import Batch, Reviewed, UnreadFile, write_opinion, write_report, write_summary
from jixiao.writers.reviewed import UNPLACED, left_out

OPINION = "审核意见.docx"
SUMMARY = "审核总表.xlsx"
REPORT = "审核报告.html"
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")
_MOST_KINDS = 3
_MOST_GRADES = 12
"""grades of departments that a summary names one by one"""


def run_review(arguments: argparse.Namespace) -> int:
    """0 no findings of severity error, 3 some, 1 a file could not be read, 2 wrong call."""
    with tempfile.TemporaryDirectory(prefix="jixiao-") as folder:
        return _review(arguments, inputs_of(arguments.paths, Path(folder)))


def _review(arguments: argparse.Namespace, inputs: Inputs) -> int:
    try:
        book = chosen_book(arguments.ruleset)
    except UnknownRulesetError as error:
        say(str(error))
        return 2
    if problem := _wrong_call(arguments, inputs):
        say(problem)
        return 2
    as_of = arguments.as_of or date.today()  # noqa: DTZ011 - the user's own calendar day
    reviewed, unread = _review_all(arguments, inputs, as_of, book)
    if arguments.format == "json":
        for one in reviewed:
            sys.stdout.write(json_text(review_to_dict(one.plan, one.review)))
    elif not reviewed:
        say("没有一个文件读得出来，没有写结果。")
    else:
        title = arguments.title or _title(arguments.paths)
        _write_all(arguments.output, Batch(title, tuple(reviewed), tuple(unread), as_of))
        _summarise(arguments.output, reviewed, unread, inputs)
    if unread:
        return 1
    return 3 if any(one.review.count(Severity.ERROR) for one in reviewed) else 0


def _wrong_call(arguments: argparse.Namespace, inputs: Inputs) -> str | None:
    if not inputs.documents:
        return inputs.none_found
    if arguments.format == "json":
        return "--format json 一次只审核一个文件。" if len(inputs.documents) > 1 else None
    if arguments.output is None:
        return "请用 -o 写明结果放在哪个文件夹，例如：jixiao review 文件夹 -o 结果"
    return None if make_folder(arguments.output) else "未开始审核。"


def _review_all(
    arguments: argparse.Namespace, inputs: Inputs, as_of: date, book: Rulebook | None
) -> tuple[list[Reviewed], list[UnreadFile]]:
    files = inputs.documents
    names = stems(files)
    isolate = len(files) > 1 if arguments.isolate is None else arguments.isolate
    job = partial(plan_and_review, as_of=as_of, book=book)
    results = dict(run_batch(job, files, "正在审核", isolate=isolate))
    reviewed: list[Reviewed] = []
    unread: list[UnreadFile] = []
    for n, file in enumerate(files):
        result = results[n]
        if isinstance(result, UnreadableFileError):
            unread.append(UnreadFile(file.shown, result.met, result.remedy))
            say(unreadable(file.shown, result))
        else:
            reviewed.append(Reviewed(*result, names[n]))
    return reviewed, unread


def _title(paths: list[Path]) -> str:
    """The name of the folder or file, where it is words and not an abbreviation of the user's own."""
    first = paths[0].resolve()
    name = first.name if first.is_dir() else first.stem if len(paths) == 1 else first.parent.name
    return name if _CHINESE.search(name) else "部门预算绩效文本"


def _write_all(folder: Path, batch: Batch) -> None:
    for one in progress(batch.reviewed, "正在写审核意见"):
        (folder / f"{one.stem}.plan.json").write_text(json_text(plan_to_dict(one.plan)), encoding="utf-8")
        (folder / f"{one.stem}.review.json").write_text(
            json_text(review_to_dict(one.plan, one.review)), encoding="utf-8"
        )
        (folder / f"{one.stem}.{OPINION}").write_bytes(write_opinion(one))
    (folder / SUMMARY).write_bytes(write_summary(batch))
    (folder / REPORT).write_text(write_report(batch), encoding="utf-8")


def _summarise(folder: Path, reviewed: list[Reviewed], unread: list[UnreadFile], inputs: Inputs) -> None:
    sheets = sum(len(one.plan.goal_sheets) for one in reviewed)
    rows = sum(one.plan.indicator_count for one in reviewed)
    counts = "，".join(
        f"{severity.label} {sum(one.review.count(severity) for one in reviewed)} 处" for severity in Severity
    )
    say(f"审核了 {len(reviewed)} 份绩效文本、{sheets} 张绩效目标表、{rows} 条指标。")
    say(f"发现问题：{counts}。\n评定等级：{_grades(reviewed)}。")
    if commonest := _commonest(reviewed):
        say(f"最常见的：{commonest}。")
    if doubtful := sum(note.confidence < 1 for one in reviewed for note in one.plan.notes):
        say(f"读取时有 {doubtful} 处拿不准或修补过，列在各份审核意见的“读取说明”里，请对照原文件看一眼。")
    if outside := [note for one in reviewed for note in left_out(one.plan)]:
        lost = sum(note.code == UNPLACED for note in outside)
        kinds = {"不属于认得的栏目": lost, "隐藏文字、批注、图片等": len(outside) - lost}
        words = "，".join(f"{kind} {count} 处" for kind, count in kinds.items() if count)
        say(f"另有 {len(outside)} 处内容没有读入，没有参加审核：{words}。列在审核总表的“未读入的内容”里。")
    twice = [name for name, count in Counter(one.plan.label for one in reviewed).items() if count > 1]
    if twice:
        say(f"同一部门有多份文本，合计数会重复计算，请核对：{'、'.join(twice)}。")
    if stale := _stale(folder, reviewed):
        say(f"结果文件夹里还有以前的结果，这次没有更新，请核对后删除：{'、'.join(stale[:10])}")
    if unread:
        say(f"读不出 {len(unread)} 个文件，原因和办法见上面和审核总表。")
    if inputs.ignored:
        say(f"另有 {len(inputs.ignored)} 个文件不是文档，未读：{'、'.join(inputs.ignored[:10])}")
    folder = folder.resolve()
    say(
        f"审核报告（用浏览器打开）：{folder / REPORT}\n审核总表：{folder / SUMMARY}\n审核意见：{folder} 下每份一个 .{OPINION}"
    )


def _commonest(reviewed: list[Reviewed]) -> str:
    """The kinds of problems met most, advice left out: 「口号加数字 12 处、缺比较符号 9 处」."""
    found = (f for one in reviewed for f in one.review.findings if f.severity is not Severity.ADVICE)
    return "、".join(f"{title} {count} 处" for title, count in Counter(f.title for f in found).most_common(_MOST_KINDS))


def _grades(reviewed: list[Reviewed]) -> str:
    if len(reviewed) <= _MOST_GRADES:
        return "、".join(f"{one.plan.label} {one.review.grade.level.label}" for one in reviewed)
    levels = Counter(one.review.grade.level for one in reviewed)
    return "、".join(f"{level.label} {levels[level]} 份" for level in GradeLevel)


def _stale(folder: Path, reviewed: list[Reviewed]) -> list[str]:
    """Opinion letters of an earlier run that this run did not write."""
    written = {f"{one.stem}.{OPINION}" for one in reviewed}
    return sorted(p.name for p in folder.glob(f"*.{OPINION}") if p.name not in written)
