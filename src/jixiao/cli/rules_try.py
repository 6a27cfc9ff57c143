"""``jixiao rules try``: a locality's ruleset on last year's files, before and after."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from jixiao.cli.console import counting, say, today, unreadable
from jixiao.domain.finding import Finding
from jixiao.json_text import json_text
from jixiao.parameters import rulesets
from jixiao.review.rulebook import Rulebook
from jixiao.services.files import inputs_of
from jixiao.services.rulebooks import UnknownRulesetError, book_of
from jixiao.services.scratch import scratch
from jixiao.services.trial import Compared, Trial, try_ruleset
from jixiao.writers.places import Places

_MOST = 20
"""findings shown of each sort; json gives all"""


def run_rules_try(arguments: argparse.Namespace) -> int:
    """0 tried, 1 a case fails or a file could not be read, 2 wrong call. More or fewer findings are no failure."""
    try:
        after = book_of(arguments.folder)
        against = arguments.against or after.ruleset.based_on
        if against is None or arguments.folder in rulesets():
            say(f"“{arguments.folder}”是自带的规则集。请写自己的规则集文件夹，例如：jixiao rules try 本县规则 往年文本")
            return 2
        before = book_of(against)
    except UnknownRulesetError as error:
        say(str(error))
        return 2
    as_of = arguments.as_of or today()
    with scratch() as temporary:
        inputs = inputs_of(arguments.paths, temporary)
        if not inputs.documents:
            say(inputs.none_found)
            return 2
        with counting("正在对照") as progress:
            trial = try_ruleset(
                after, before, inputs.documents, as_of=as_of, isolate=arguments.isolate, progress=progress
            )
    unread = [unreadable(file.name, file.met, file.remedy) for file in trial.unread]
    for line in unread:
        say(line)
    if arguments.format == "json":
        sys.stdout.write(json_text(_data(trial, unread)))
    else:
        print("\n".join(_told(trial)))
    return 1 if unread or trial.failed else 0


# --- in words ---------------------------------------------------------------------------------------------


def _told(trial: Trial) -> Iterator[str]:
    yield f"试用规则集：{_named(trial.after)}"
    yield f"对照规则集：{_named(trial.before)}"
    cases = len(trial.after.cases)
    if not cases:
        yield "用例：没有写。建议在 cases 文件夹里给每处改动写几个，一个该提示的、一个不该提示的。"
    else:
        held = cases - len(trial.failed)
        yield f"用例：{cases} 个，通过 {held} 个" + (f"，没有通过 {len(trial.failed)} 个：" if trial.failed else "。")
    for case in trial.failed:
        yield f"  {case.rule} {case.name}：{case.message}"
    compared = trial.compared
    sheets = sum(len(one.plan.goal_sheets) for one in compared)
    yield f"审核了 {len(compared)} 份绩效文本、{sheets} 张绩效目标表。"
    yield from _rules_told(trial)
    for title, found in (
        ("新出现", [(one, f, f.message) for one in compared for f in one.appeared]),
        ("不再出现", [(one, f, f.message) for one in compared for f in one.disappeared]),
        (
            "程度变了",
            [(one, b, f"{a.severity.label} → {b.severity.label}") for one in compared for a, b in one.weighed],
        ),
    ):
        yield from _findings_told(title, found)
    yield from _grades_told(compared)


def _named(book: Rulebook) -> str:
    return f"{book.ruleset.title}（{book.ruleset.name}，版本 {book.ruleset.version}）"


def _rules_told(trial: Trial) -> Iterator[str]:
    counts = list(trial.counts())
    changed = [row for row in counts if row.appeared or row.disappeared]
    if changed:
        yield "\n提示处数有变化的规则（以前 → 现在）："
    for row in changed:
        more = f"新出现 {row.appeared}" if row.appeared else ""
        less = f"不再出现 {row.disappeared}" if row.disappeared else ""
        words = "，".join(w for w in (more, less) if w)
        yield f"  {row.rule} {trial.after.rules[row.rule].title}：{row.before} → {row.after}（{words}）"
    same = len(counts) - len(changed)
    rest = f"其余 {same} 条有提示的规则没有变化，" if changed else "各条规则的提示都没有变化，"
    yield f"{rest}提示合计 {sum(row.before for row in counts)} → {sum(row.after for row in counts)} 处。"


def _findings_told(title: str, found: list[tuple[Compared, Finding, str]]) -> Iterator[str]:
    if found:
        yield f"\n{title} {len(found)} 处："
    file = section = None
    for one, finding, words in found[:_MOST]:
        place = Places(one.plan).of(finding.pointer)
        if one.file != file:
            file, section = one.file, None
            yield f"  {file}"
        if place.section != section:
            section = place.section
            yield f"    {section}"
        yield f"      {finding.rule} {place.words}：{words}"
    if len(found) > _MOST:
        yield f"  另有 {len(found) - _MOST} 处没有列出，--format json 列全部。"


def _grades_told(compared: tuple[Compared, ...]) -> Iterator[str]:
    changed = [one for one in compared if one.before.grade.level is not one.after.grade.level]
    if changed:
        yield "\n等级变了的文本："
    for one in changed:
        old, new = one.before.grade, one.after.grade
        yield f"  {one.plan.label}：{old.level.label}（{old.score} 分）→ {new.level.label}（{new.score} 分）"
    if not changed:
        yield "\n各份文本的等级都没有变。"


# --- as data ----------------------------------------------------------------------------------------------


def _data(trial: Trial, unread: list[str]) -> dict[str, Any]:
    before, after = trial.before, trial.after
    return {
        "schema": "jixiao/rules-try/1",
        "before": {"name": before.ruleset.name, "version": before.ruleset.version},
        "after": {"name": after.ruleset.name, "version": after.ruleset.version},
        "cases": {"total": len(after.cases), "failed": [asdict(case) for case in trial.failed]},
        "rules": [asdict(row) for row in trial.counts()],
        "files": [
            {
                "file": one.file,
                "grade": {"before": one.before.grade.level.value, "after": one.after.grade.level.value},
                "appeared": [_finding(f) for f in one.appeared],
                "disappeared": [_finding(f) for f in one.disappeared],
                "severity_changed": [_finding(b) | {"before": a.severity.value} for a, b in one.weighed],
            }
            for one in trial.compared
        ],
        "unread": unread,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "pointer": finding.pointer,
        "message": finding.message,
    }
