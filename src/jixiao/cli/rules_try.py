"""``jixiao rules try``: a locality's ruleset on last year's files, before and after."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from jixiao.cli.batch import run_batch
from jixiao.cli.console import json_text, say, unreadable
from jixiao.cli.files import Inputs, inputs_of
from jixiao.cli.jobs import plan_and_reviews
from jixiao.cli.rulesets import UnknownRulesetError, book_of
from jixiao.domain.finding import Finding, Review
from jixiao.domain.plan import Plan
from jixiao.parameters import rulesets
from jixiao.readers import UnreadableFileError
from jixiao.review.rulebook import Rulebook
from jixiao.writers.places import Places

_MOST = 20
"""findings shown of each sort; json gives all"""


@dataclass(frozen=True, slots=True)
class Compared:
    """A plan with its review before and after 「对照」."""

    file: str
    plan: Plan
    before: Review
    after: Review

    @property
    def appeared(self) -> list[Finding]:
        return _only(self.after, self.before)

    @property
    def disappeared(self) -> list[Finding]:
        return _only(self.before, self.after)

    @property
    def weighed(self) -> list[tuple[Finding, Finding]]:
        """Findings of another severity, (before, after)."""
        old = {finding.id: finding for finding in self.before.findings}
        both = ((old[f.id], f) for f in self.after.findings if f.id in old)
        return [(a, b) for a, b in both if a.severity is not b.severity]


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
    with tempfile.TemporaryDirectory(prefix="jixiao-") as folder:
        inputs = inputs_of(arguments.paths, Path(folder))
        if not inputs.documents:
            say(inputs.none_found)
            return 2
        compared, unread = _compare(arguments, inputs, (before, after))
    failures = _failures(after)
    if arguments.format == "json":
        sys.stdout.write(json_text(_data(before, after, compared, unread, failures)))
    else:
        print("\n".join(_told(before, after, compared, failures)))
    return 1 if unread or failures else 0


def _compare(
    arguments: argparse.Namespace, inputs: Inputs, books: tuple[Rulebook, Rulebook]
) -> tuple[list[Compared], list[str]]:
    as_of = arguments.as_of or date.today()  # noqa: DTZ011 - the user's own calendar day
    files = inputs.documents
    isolate = len(files) > 1 if arguments.isolate is None else arguments.isolate
    job = partial(plan_and_reviews, as_of=as_of, books=books)
    results = dict(run_batch(job, files, "正在对照", isolate=isolate))
    compared, unread = [], []
    for n, file in enumerate(files):
        result = results[n]
        if isinstance(result, UnreadableFileError):
            unread.append(unreadable(file.shown, result))
            say(unread[-1])
        else:
            compared.append(Compared(file.shown, *result))
    return compared, unread


def _failures(book: Rulebook) -> list[tuple[str, str, str]]:
    """(rule, name, what is wrong) of every case of the folder that does not hold."""
    return [(case.rule, case.name, wrong) for case in book.cases if (wrong := book.failure(case))]


def _only(here: Review, there: Review) -> list[Finding]:
    known = {finding.id for finding in there.findings}
    return [finding for finding in here.findings if finding.id not in known]


def _counts(compared: list[Compared]) -> Iterator[tuple[str, int, int, int, int]]:
    """(rule, before, after, appeared, disappeared) of every rule that spoke."""
    before = Counter(f.rule for one in compared for f in one.before.findings)
    after = Counter(f.rule for one in compared for f in one.after.findings)
    more = Counter(f.rule for one in compared for f in one.appeared)
    less = Counter(f.rule for one in compared for f in one.disappeared)
    for code in sorted(before.keys() | after.keys()):
        yield code, before[code], after[code], more[code], less[code]


# --- in words ---------------------------------------------------------------------------------------------


def _told(
    before: Rulebook, after: Rulebook, compared: list[Compared], failures: list[tuple[str, str, str]]
) -> Iterator[str]:
    yield f"试用规则集：{_named(after)}"
    yield f"对照规则集：{_named(before)}"
    if not after.cases:
        yield "用例：没有写。建议在 cases 文件夹里给每处改动写几个，一个该提示的、一个不该提示的。"
    else:
        held = len(after.cases) - len(failures)
        yield f"用例：{len(after.cases)} 个，通过 {held} 个" + (
            f"，没有通过 {len(failures)} 个：" if failures else "。"
        )
    for code, name, wrong in failures:
        yield f"  {code} {name}：{wrong}"
    sheets = sum(len(one.plan.goal_sheets) for one in compared)
    yield f"审核了 {len(compared)} 份绩效文本、{sheets} 张绩效目标表。"
    yield from _rules_told(after.rules, compared)
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


def _rules_told(rules: Mapping[str, Any], compared: list[Compared]) -> Iterator[str]:
    counts = list(_counts(compared))
    changed = [row for row in counts if row[3] or row[4]]
    if changed:
        yield "\n提示处数有变化的规则（以前 → 现在）："
    for code, old, new, more, less in changed:
        words = "，".join(w for w in (f"新出现 {more}" if more else "", f"不再出现 {less}" if less else "") if w)
        yield f"  {code} {rules[code].title}：{old} → {new}（{words}）"
    same = len(counts) - len(changed)
    total = sum(row[1] for row in counts), sum(row[2] for row in counts)
    rest = f"其余 {same} 条有提示的规则没有变化，" if changed else "各条规则的提示都没有变化，"
    yield f"{rest}提示合计 {total[0]} → {total[1]} 处。"


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


def _grades_told(compared: list[Compared]) -> Iterator[str]:
    changed = [one for one in compared if one.before.grade.level is not one.after.grade.level]
    if changed:
        yield "\n等级变了的文本："
    for one in changed:
        old, new = one.before.grade, one.after.grade
        yield f"  {one.plan.label}：{old.level.label}（{old.score} 分）→ {new.level.label}（{new.score} 分）"
    if not changed:
        yield "\n各份文本的等级都没有变。"


# --- as data ----------------------------------------------------------------------------------------------


def _data(
    before: Rulebook,
    after: Rulebook,
    compared: list[Compared],
    unread: list[str],
    failures: list[tuple[str, str, str]],
) -> dict[str, Any]:
    names = ("rule", "before", "after", "appeared", "disappeared")
    return {
        "schema": "jixiao/rules-try/1",
        "before": {"name": before.ruleset.name, "version": before.ruleset.version},
        "after": {"name": after.ruleset.name, "version": after.ruleset.version},
        "cases": {
            "total": len(after.cases),
            "failed": [{"rule": code, "name": name, "message": wrong} for code, name, wrong in failures],
        },
        "rules": [dict(zip(names, row, strict=True)) for row in _counts(compared)],
        "files": [
            {
                "file": one.file,
                "grade": {"before": one.before.grade.level.value, "after": one.after.grade.level.value},
                "appeared": [_finding(f) for f in one.appeared],
                "disappeared": [_finding(f) for f in one.disappeared],
                "severity_changed": [_finding(b) | {"before": a.severity.value} for a, b in one.weighed],
            }
            for one in compared
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
