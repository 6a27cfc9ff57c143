"""Writes ``docs/rules.md`` from the rules themselves, what commands print into ``docs/local-rules.md``, which files are read into the READMEs:
``make docs``.

Tests fail where the pages are stale.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from jixiao.domain.problems import PROBLEMS
from jixiao.law import clause, instruments
from jixiao.parameters import in_words, parameters, rulesets
from jixiao.review.rule import Rule
from jixiao.rules import RULES
from jixiao.writers.entries import force_words
from tools import api_page, format_lists, local_rules, roles_page

DOCS = Path(__file__).parent.parent / "docs"


def rules_page() -> str:
    """The page of all rules, rulesets and instruments."""
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    yield "# 规则一览"
    yield ""
    yield "由 `make docs` 生成，请勿手改。命令 `jixiao rules 代码` 显示同样的内容和例子。"
    yield ""
    yield "| 代码 | 规则 | 程度 | 方面 | 问题种类 |"
    yield "|---|---|---|---|---|"
    for rule in RULES.values():
        kind = PROBLEMS[rule.problem][1]
        yield f"| [{rule.code}](#{rule.code.lower()}) | {rule.title} | {rule.severity.label} | {rule.aspect.label} | {kind} `{rule.problem}` |"
    for rule in RULES.values():
        yield from _rule(rule)
    yield from _rulesets()
    yield from _instruments()


def _rule(rule: Rule) -> Iterator[str]:
    yield ""
    yield f"## {rule.code}"
    yield ""
    yield f"**{rule.title}**（{rule.severity.label}）"
    yield ""
    yield rule.explanation
    yield ""
    yield f"- 怎么改：{rule.remedy}"
    for reference in rule.cites:
        instrument, found = clause(reference)
        yield f"- 依据：{instrument.label}{found.name}（{instrument.force.label}）"
    for name in rule.parameters:
        parameter = parameters()[name]
        yield f"- 参数：{parameter.title}（`{name}`）：{in_words(parameter.at(date.max))}{parameter.unit or ''}"
    for better in rule.yields_to:
        yield f"- 同一处已按 [{better}](#{better.lower()}) 提示的，不再提示"
    yield f"- 程序：[`{rule.file}`](../src/{rule.file})"


def _rulesets() -> Iterator[str]:
    yield ""
    yield "## 规则集"
    for one in rulesets().values():
        yield ""
        yield f"### {one.name}"
        yield ""
        yield f"{one.title}，版本 {one.version}。{one.summary}"
        for code, reason in one.excluded.items():
            yield f"- 不适用 {code}：{reason}"


def _instruments() -> Iterator[str]:
    yield ""
    yield "## 依据"
    for instrument in instruments().values():
        yield ""
        yield f"### {instrument.label}"
        yield ""
        force = force_words(instrument.force)
        yield f"{instrument.issuer}，{force}，{instrument.in_force_from} 起。{instrument.checked}。{instrument.remark or ''}"
        yield ""
        for found in instrument.clauses.values():
            article = f"（{found.article}）" if found.article else ""
            use = f"用来支持：{found.used_for}。" if found.used_for else ""
            seen = f"（{found.checked}）" if found.read_as else ""
            yield f"- {found.name}{article}：{found.requirement}{use}{seen}"


def main() -> None:
    page = DOCS / "rules.md"
    page.write_text(rules_page(), encoding="utf-8")
    print(f"wrote {page}")
    local_rules.main()
    format_lists.main()
    api_page.main()
    roles_page.main()


if __name__ == "__main__":
    main()
