"""Which rulebook a name means: that of a shipped ruleset, or a locality's own folder, its values tried out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from jixiao.domain.form import GOAL_SHEET_FIELDS, PLAN_FIELDS, field_named
from jixiao.domain.plan import Plan
from jixiao.layouts import Layout, specimen
from jixiao.parameters import rulesets
from jixiao.parameters.typed import MisfitError
from jixiao.review.cases import Case
from jixiao.review.folder import is_folder, load_folder
from jixiao.review.folder_files import RulesetFolderError
from jixiao.review.rulebook import Rulebook, shipped
from jixiao.rules import RULES
from jixiao.rules.examples import cases_of
from jixiao.vocabulary import Vocabulary


class UnknownRulesetError(ValueError):
    """A ruleset that is neither shipped nor a sound folder; says in Chinese what to do."""


def load_book(name: str | Path) -> Rulebook:
    """The rulebook of a shipped ruleset or a folder.

    Raises RulesetFolderError, which says file and line, where a folder is faulty, and KeyError where there is neither
    such a name nor such a folder.
    """
    return load_folder(name, RULES) if is_folder(name) else shipped(rulesets()[str(name)], RULES)


def book_of(name: str) -> Rulebook:
    """The rulebook that a user names, its values tried out. Raises UnknownRulesetError, made to be shown."""
    if name not in rulesets() and not is_folder(name):
        raise UnknownRulesetError(
            f"没有名为“{name}”的规则集，也没有这个文件夹。可选：{'、'.join(rulesets())}，或者写自己的规则集文件夹。"
        )
    try:
        book = load_book(name)
        _try_values(book)
        _try_layouts(book)
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
            met = _met(error)
            raise RulesetFolderError(
                f"parameters/{name}.yaml",
                None,
                f"规则用不了这个值（{met}）。jixiao rules {name} 看原来的写法，请照着写全。",
            ) from error


def _try_layouts(book: Rulebook) -> None:
    """Write a form by each of a locality's layouts and read it: what does not come back shows before any file is written."""
    for layout in book.own_layouts.values():
        if lost := tuple(_lost(specimen(layout), layout, book.vocabulary)):
            raise RulesetFolderError(
                f"layouts/{layout.name}.yaml",
                None,
                f"照这个表式写出来的表，再读时“{'、'.join(lost)}”与写的不一样。请核对这些栏目印的字（label），"
                "换成别处不用的字，或者在 labels.yaml 里写明。",
            )


def _lost(plan: Plan, layout: Layout, vocabulary: Vocabulary) -> Iterator[str]:
    """What forms call the fields of a plan that come back otherwise than they were written."""
    from jixiao.readers import read_bytes  # only folders with forms of their own pay for it
    from jixiao.writers.outputs.plan_form import plan_html

    again = read_bytes(plan_html(plan, layout), "样表.html", vocabulary=vocabulary)
    for one in PLAN_FIELDS:
        if one.name != "goal_sheets" and getattr(plan, one.held_as) != getattr(again, one.held_as):
            yield one.label
    if len(again.goal_sheets) != 1:
        yield field_named("goal_sheets").label
        return
    for one in GOAL_SHEET_FIELDS:
        ours, theirs = (getattr(p.goal_sheets[0], one.held_as, None) for p in (plan, again))
        if ours != theirs:
            yield one.label


def _met(error: Exception) -> str:
    if isinstance(error, MisfitError):
        return str(error)  # says in Chinese what is missing or of another kind
    return f"缺少 {error}" if isinstance(error, KeyError) else f"{type(error).__name__}：{error}"


def _cases_reading(name: str, book: Rulebook) -> Iterator[Case]:
    """Cases of the rules that read a parameter; of any rule where only the grade reads it."""
    readers = [code for code, rule in book.rules.items() if name in rule.parameters]
    for code in readers or list(book.rules)[:1]:
        yield from cases_of(code)
        yield from (case for case in book.cases if case.rule == code)
