"""``jixiao rules``: the rules, rulesets and parameters in plain words."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from typing import Any

from jixiao.cli.console import say
from jixiao.cli.rulesets import chosen_book
from jixiao.parameters import in_words, rulesets
from jixiao.review.rulebook import Rulebook
from jixiao.services.catalogue import (
    DEFAULT_RULESET,
    Difference,
    Page,
    ParameterPage,
    RulePage,
    RulesetPage,
    all_parameters,
    groups,
    page,
    speaking_of,
)
from jixiao.services.rulebooks import UnknownRulesetError, book_of
from jixiao.writers.entries import force_words

_MOST_WORDS = 12
"""of a word list; the page of rules in the docs gives all"""
_MOST_EXAMPLES = 3
"""of each sort"""
_MOST_CHARACTERS = 120
"""of the words of an example"""


def run_rules(arguments: argparse.Namespace) -> int:
    """0, or 2 where nothing has one of the codes or names; the others are told of all the same."""
    words = list(dict.fromkeys(arguments.codes))
    try:
        book = chosen_book(arguments.ruleset) or book_of(DEFAULT_RULESET)
        if arguments.parameters or not words:
            print("\n".join(_parameter_list(book) if arguments.parameters else _list(book)))
            return 0
        pages = {word: page(word, book) for word in words}
        alike = {word: rules for word, one in pages.items() if one is None and (rules := speaking_of(word, book))}
    except UnknownRulesetError as error:
        say(str(error))
        return 2
    if found := ["\n".join(_told(one)) for one in pages.values() if one is not None]:
        print("\n\n".join(found), flush=True)
    for word, rules in alike.items():
        print(f"标题里有“{word}”的规则：")
        print("\n".join(f"  {rule.code}  {book.severity(rule).label}  {rule.title}" for rule in rules), flush=True)
    if unknown := [word for word, one in pages.items() if one is None and word not in alike]:
        say(
            f"没有规则“{'”“'.join(unknown)}”，也没有这个名字的规则集或参数。不带代码运行 jixiao rules 可看全部规则，"
            "加 --parameters 看全部参数。"
        )
        return 2
    return 0


def _told(one: Page) -> Iterator[str]:
    match one:
        case RulePage():
            return _rule(one)
        case RulesetPage():
            return _ruleset(one)
        case ParameterPage():
            return _parameter(one)


def _list(book: Rulebook) -> Iterator[str]:
    for title, rules in groups(book):
        yield f"{title}（{len(rules)} 条）"
        for rule in rules:
            held = f"（规则集 {book.ruleset.name} 不适用）" if rule.code in book.ruleset.excluded else ""
            yield f"  {rule.code}  {book.severity(rule).label}  {rule.title}{held}"
    yield f"\n共 {len(book.rules)} 条，按规则集 {book.ruleset.name} 显示。jixiao rules 代码 查看一条的依据、参数和例子。"
    yield "规则集："
    shown = {**rulesets(), book.ruleset.name: book.ruleset}
    for one in shown.values():
        yield f"  {one.name}  {one.title}（版本 {one.version}）\n    {one.summary}"


def _rule(one: RulePage) -> Iterator[str]:
    rule, ruleset = one.rule, one.ruleset
    yield f"{rule.code} {rule.title}"
    changed = f"（{ruleset.name} 所定，原为{rule.severity.label}）" if rule.code in ruleset.severities else ""
    yield (
        f"  严重程度：{one.severity.label}{changed}    审核方面：{rule.aspect.label}"
        f"    问题种类：{one.problem}（{rule.problem}）"
    )
    yield f"  查什么：{rule.explanation}"
    yield f"  怎么改：{rule.remedy}"
    if one.excluded is not None:
        yield f"  规则集 {ruleset.name} 不适用：{one.excluded}"
    if rule.needs:
        yield f"  不能检查的情形：{'；'.join(need.value for need in rule.needs)}"
    yield "  依据："
    for basis in one.bases:
        instrument, found = basis.instrument, basis.clause
        held = "" if basis.is_held else f"（规则集 {ruleset.name} 不引用）"
        article = f"{found.article}，" if found.article else ""
        use = f"　用来支持：{found.used_for}。" if found.used_for else ""
        yield (
            f"    {instrument.label}（{force_words(instrument.force)}）{found.name}：{found.requirement}{use}"
            f"（{article}{found.checked}）{held}"
        )
    if one.parameters:
        yield f"  参数（规则集 {ruleset.name}）："
    for parameter in one.parameters:
        newest = parameter.values[-1]
        yield f"    {parameter.name}  {parameter.title}：{in_words(newest.value, _MOST_WORDS)}{parameter.unit or ''}"
        yield f"      来源：{newest.source}（{_checked(newest.verified_on)}）"
    if one.rule.yields_to:
        yield f"  同一处已按 {'、'.join(one.rule.yields_to)} 提示的，不再提示。"
    yield f"  程序：{one.rule.file}"
    for label, speaks in (("会提示", True), ("不提示", False)):
        shown = [e for e in one.examples if e.speaks is speaks][:_MOST_EXAMPLES]
        if shown:
            yield f"  例子（{label}）："
        for example in shown:
            yield f"    · {example.name}" + (f"　　{_cut(example.words)}" if example.words else "")


def _ruleset(page: RulesetPage) -> Iterator[str]:
    book, one = page.book, page.book.ruleset
    yield f"{one.name} {one.title}（版本 {one.version}）"
    yield f"  {one.summary}"
    if page.based_on is not None:
        yield f"  没有另说的，同 {page.based_on.name}（{page.based_on.title}）。"
    yield "  提示可以引用的依据："
    for instrument in page.instruments:
        yield f"    {instrument.label}（{force_words(instrument.force)}，{instrument.checked}）"
    for title, lines in (
        ("自己的规则", [f"{rule.code} {rule.title}（{book.severity(rule).label}）" for rule in page.own_rules]),
        ("不适用的规则", [f"{c} {book.rules[c].title}：{reason}" for c, reason in one.excluded.items()]),
        ("程度不同的规则", [f"{c} {book.rules[c].title}：{s.label}" for c, s in one.severities.items()]),
        ("另加依据的规则", [f"{c} {book.rules[c].title}：{'、'.join(refs)}" for c, refs in one.cites.items()]),
        ("与通用值不同的参数", [line for difference in page.differences for line in _difference(difference)]),
    ):
        if lines:
            yield f"  {title}："
        yield from (f"    {line}" for line in lines)


def _difference(one: Difference) -> Iterator[str]:
    own = one.parameter
    yield f"{own.name}  {own.title}"
    if one.shared is None:
        yield f"  {in_words(one.here, _MOST_WORDS)}{own.unit or ''}"
        return
    if isinstance(one.here, tuple) and isinstance(one.shared, tuple):
        for label, words in (
            ("加", tuple(v for v in one.here if v not in one.shared)),
            ("去", tuple(v for v in one.shared if v not in one.here)),
        ):
            if words:
                yield f"  {label}：{in_words(words, _MOST_WORDS)}"
        return
    yield f"  {_or_none(one.here)}{own.unit or ''}（通用值：{_or_none(one.shared)}）"


def _parameter_list(book: Rulebook) -> Iterator[str]:
    found = all_parameters(book)
    for parameter in found:
        yield f"{parameter.name}  {parameter.title}"
        yield f"    {_or_none(parameter.at(date.max))}{parameter.unit or ''}"
    yield (
        f"\n共 {len(found)} 个，按规则集 {book.ruleset.name} 显示。"
        "jixiao rules 参数名 查看一个参数的全部内容、来源和用它的规则。"
    )


def _parameter(page: ParameterPage) -> Iterator[str]:
    parameter = page.parameter
    yield f"{parameter.name} {parameter.title}"
    if parameter.unit:
        yield f"  单位：{parameter.unit}"
    for dated in reversed(parameter.values):
        since = "" if dated.since == date.min else f"{dated.since.isoformat()} 起："
        yield f"  {since}{in_words(dated.value) or '（空）'}"
        yield f"    来源：{dated.source}（{_checked(dated.verified_on)}）"
    readers = [f"{rule.code} {rule.title}" for rule in page.readers]
    yield f"  用到的规则：{'、'.join(readers) or '评定等级、选规则集'}"
    yield f"  写法（规则集文件夹的 parameters/{parameter.name}.yaml 里 value 照这个样子）："
    yield f"    value: {_as_yaml(parameter.at(date.max))}"


def _checked(day: date | None, otherwise: str = "未核对") -> str:
    return f"原文核对于 {day}" if day else otherwise


def _cut(words: str) -> str:
    return words if len(words) <= _MOST_CHARACTERS else f"{words[:_MOST_CHARACTERS]}……"


def _or_none(value: Any) -> str:
    return in_words(value, _MOST_WORDS) or "（空）"


def _as_yaml(value: Any) -> str:
    """A value in one line of YAML, long lists cut short."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        cut = ["…"] if len(value) > _MOST_WORDS else []
        return f"[{', '.join([*(_as_yaml(v) for v in value[:_MOST_WORDS]), *cut])}]"
    if isinstance(value, dict):
        cut = [f"…: 共 {len(value)} 项"] if len(value) > _MOST_WORDS else []
        return f"{{{', '.join([*(f'{k}: {_as_yaml(v)}' for k, v in list(value.items())[:_MOST_WORDS]), *cut])}}}"
    return str(value)
