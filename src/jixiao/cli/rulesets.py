"""Which ruleset a call names: a shipped one, a folder, or none; by option or by environment variable."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import jixiao
from jixiao.cli.console import say
from jixiao.parameters import rulesets
from jixiao.review.cases import Case
from jixiao.review.folder import is_folder
from jixiao.review.folder_files import RulesetFolderError
from jixiao.review.rulebook import Rulebook
from jixiao.rules.examples import cases_of

VARIABLE = "JIXIAO_RULESET"
"""names the ruleset where no option does"""


class UnknownRulesetError(ValueError):
    """A ruleset that is neither shipped nor a sound folder; says in Chinese what to do."""


def chosen_book(option: str | None) -> Rulebook | None:
    """The rulebook that the option or else the environment names; None where nobody does: the form decides."""
    if option:
        return book_of(option)
    name = os.environ.get(VARIABLE)
    if not name:
        return None
    say(f"按环境变量 {VARIABLE} 使用规则集 {name}。")
    return book_of(name)


def book_of(name: str) -> Rulebook:
    """The rulebook of a shipped ruleset or a folder, its values tried out. Raises UnknownRulesetError."""
    if name not in rulesets() and not is_folder(name):
        raise UnknownRulesetError(
            f"没有名为“{name}”的规则集，也没有这个文件夹。可选：{'、'.join(rulesets())}，或者写自己的规则集文件夹。"
        )
    try:
        book = jixiao.rulebook(name)
        _try_values(book)
    except RulesetFolderError as error:
        raise UnknownRulesetError(f"规则集文件夹 {Path(name)} 有错。{error}") from error
    return book


def _try_values(book: Rulebook) -> None:
    """Run the rules that read a changed value over their cases: a value of the wrong form shows before any file is read."""
    base = rulesets().get(book.ruleset.based_on or "")
    if base is None or book.ruleset.name in rulesets():
        return
    for name, parameter in sorted(book.ruleset.parameters.items()):
        if parameter is base.parameters.get(name):
            continue
        newest = max(value.since for value in parameter.values)
        try:
            for case in _cases_reading(name, book):
                book.failure(replace(case, as_of=max(case.as_of, newest)))
        except Exception as error:  # whatever a wrong value makes of a rule
            met = f"缺少 {error}" if isinstance(error, KeyError) else f"{type(error).__name__}：{error}"
            raise RulesetFolderError(
                f"parameters/{name}.yaml",
                None,
                f"规则用不了这个值（{met}）。jixiao rules {name} 看原来的写法，请照着写全。",
            ) from error


def _cases_reading(name: str, book: Rulebook) -> Iterator[Case]:
    """Cases of the rules that read a parameter; of any rule where only the grade reads it."""
    readers = [code for code, rule in book.rules.items() if name in rule.parameters]
    for code in readers or list(book.rules)[:1]:
        yield from cases_of(code)
        yield from (case for case in book.cases if case.rule == code)
