"""``jixiao rules``: the rules in plain words."""

from __future__ import annotations

import argparse
from datetime import date

from jixiao.cli.console import say
from jixiao.law import clause
from jixiao.parameters import Ruleset, in_words, parameters, rulesets
from jixiao.review.rule import Rule
from jixiao.rules import RULES
from jixiao.rules.examples import examples

_MOST_WORDS = 12
"""of a word list; the page of rules in the docs gives all"""
_MOST_EXAMPLES = 3
"""of each sort"""


def run_rules(arguments: argparse.Namespace) -> int:
    """0, or 2 where the code or ruleset is unknown."""
    name = arguments.ruleset or "national-88"
    if name not in rulesets():
        say(f"没有名为“{name}”的规则集，可选：{'、'.join(rulesets())}。")
        return 2
    if arguments.code is None:
        _list(rulesets()[name])
        return 0
    rule = RULES.get(arguments.code.upper())
    if rule is None:
        say(f"没有规则“{arguments.code}”。不带代码运行 jixiao rules 可看全部规则。")
        return 2
    _show(rule, rulesets()[name])
    return 0


def _list(ruleset: Ruleset) -> None:
    for rule in RULES.values():
        held = f"（规则集 {ruleset.name} 不适用）" if rule.code in ruleset.excluded else ""
        print(f"{rule.code}  {rule.severity.label}  {rule.title}{held}")
    print(f"\n共 {len(RULES)} 条。jixiao rules 代码 查看一条的依据、参数和例子。\n规则集：")
    for one in rulesets().values():
        print(f"  {one.name}  {one.title}（版本 {one.version}）\n    {one.summary}")


def _show(rule: Rule, ruleset: Ruleset) -> None:
    print(f"{rule.code} {rule.title}")
    print(f"  严重程度：{rule.severity.label}    审核方面：{rule.aspect.label}    问题种类：{rule.problem}")
    print(f"  查什么：{rule.explanation}")
    print(f"  怎么改：{rule.remedy}")
    if rule.code in ruleset.excluded:
        print(f"  规则集 {ruleset.name} 不适用：{ruleset.excluded[rule.code]}")
    print("  依据：")
    for reference in rule.cites:
        instrument, found = clause(reference)
        checked = f"原文核对于 {found.verified_on}" if found.verified_on else "未核对原文，用自己的话概括"
        article = f"{found.article}，" if found.article else ""
        print(
            f"    {instrument.label}（{instrument.force.label}）{found.name}：{found.requirement}（{article}{checked}）"
        )
    if rule.parameters:
        print(f"  参数（规则集 {ruleset.name}）：")
    for name in rule.parameters:
        parameter = parameters()[name]
        value = in_words(ruleset.parameter(name, date.max), _MOST_WORDS)
        print(f"    {parameter.title}：{value}{parameter.unit or ''}  来源：{parameter.values[-1].source}")
    for label, speaks in (("会提示", True), ("不提示", False)):
        shown = [e for e in examples(rule.code) if e.speaks is speaks][:_MOST_EXAMPLES]
        if shown:
            print(f"  例子（{label}）：")
        for example in shown:
            print(f"    · {example.name}" + (f"　　{example.words}" if example.words else ""))
