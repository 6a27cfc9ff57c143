"""Suggestions: what a colleague would name is among the first five, with the reason; fast, and the same each time."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jixiao.domain.indicator import IndicatorKind
from jixiao.library import Asked, Index, library, suggest
from jixiao.readings.text import normalise
from jixiao.strict_yaml import load_strict

_FILE = Path(__file__).with_name("projects.yaml")
PROJECTS: list[dict[str, Any]] = load_strict(_FILE.read_text(encoding="utf-8"), _FILE.name)
LEAST = 0.9
"""Of the projects above: the part of those with a sensible indicator among the first five"""


def _first_five(one: dict[str, Any], kind: IndicatorKind | None) -> list[str]:
    asked = Asked(one["name"], one.get("purpose", ""), kind=kind)
    return [found.entry.name for found in suggest(library().index, asked)]


def test_what_a_colleague_would_name_is_among_the_first_five() -> None:
    missed = [
        (one["name"], found)
        for one in PROJECTS
        if not set(one["one_of"]) & set(found := _first_five(one, IndicatorKind(one["kind"])))
    ]
    assert len(PROJECTS) - len(missed) >= LEAST * len(PROJECTS), missed


@pytest.mark.parametrize("one", PROJECTS, ids=lambda one: one["name"])
def test_the_sector_is_told_by_the_name(one: dict[str, Any]) -> None:
    found = library().index.sectors_of(normalise(one["name"]), "", normalise(one.get("purpose", "")))
    assert one["sector"] in found


def test_the_names_that_are_expected_are_there() -> None:
    names = {entry.name for entry in library().entries}
    assert [name for one in PROJECTS for name in one["one_of"] if name not in names] == []


def test_what_stands_in_the_sheet_is_not_proposed_again() -> None:
    asked = Asked("农村危房改造补助资金", neighbours=["农村危房改造户数（户）"], kind=IndicatorKind.QUANTITY)
    assert "农村危房改造户数" not in [one.entry.name for one in suggest(library().index, asked)]


def test_a_level_that_is_missing_comes_before_one_that_is_there() -> None:
    asked = Asked("成品油抽检经费", missing=[IndicatorKind.ECOLOGICAL])
    with_gap = [one.entry.kind for one in suggest(library().index, asked, 8)]
    without = [one.entry.kind for one in suggest(library().index, replace(asked, missing=()), 8)]
    assert IndicatorKind.ECOLOGICAL in with_gap
    assert IndicatorKind.ECOLOGICAL not in without or with_gap.index(IndicatorKind.ECOLOGICAL) < without.index(
        IndicatorKind.ECOLOGICAL
    )


def test_every_proposal_says_why() -> None:
    found = suggest(library().index, Asked("成品油抽检经费", missing=[IndicatorKind.QUALITY]), 8)
    first = next(one for one in found if one.entry.name == "成品油抽检合格率")
    assert "项目名称里有“成品油抽检”" in first.reason
    assert "成品油项目常用" in first.reason
    assert "表里还没有质量指标" in first.reason
    assert all(one.reason for one in found)


def test_what_is_typed_counts_most() -> None:
    asked = Asked("农村危房改造补助资金", typed="满意", kinds=list(IndicatorKind))
    assert "满意度" in suggest(library().index, asked)[0].entry.name


def test_levels_that_the_form_has_not_are_not_proposed() -> None:
    asked = Asked("高标准农田建设", kinds=[IndicatorKind.QUANTITY])
    assert {one.entry.kind for one in suggest(library().index, asked, 20)} == {IndicatorKind.QUANTITY}


def test_a_name_that_says_nothing_gets_what_any_project_may_have() -> None:
    found = suggest(library().index, Asked("", ""))
    assert {one.entry.sector for one in found} == {"common"}
    assert {one.reason for one in found} == {"多数项目都能用"}


def test_the_order_of_the_library_does_not_matter() -> None:
    turned = Index(tuple(reversed(library().entries)), library().sectors)
    asked = Asked("小型水库维修养护", "汛前整改")
    assert [one.entry for one in suggest(turned, asked, 9)] == [one.entry for one in suggest(library().index, asked, 9)]


def test_a_large_library_answers_at_once() -> None:
    entries = [
        replace(one, code=f"{one.code}-{n}", name=f"{one.name}{n}") for n in range(28) for one in library().entries
    ]
    index = Index(entries, library().sectors)
    asked = Asked("农村危房改造补助资金", "用于低收入群体危房改造" * 20, kind=IndicatorKind.QUANTITY)
    suggest(index, asked)
    start = time.perf_counter()
    suggest(index, asked)
    assert time.perf_counter() - start < 0.25, len(entries)
