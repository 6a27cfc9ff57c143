"""Sheets drawn at random in forms of several provinces, written in the families of text that converters make.

A family that keeps the table must give the same sheet; one that does not may lose no word and invent no indicator.
"""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
from plain import as_printed, fields_of, goal_words
from readers.families import DECIDABLE, FORMS, UNDECIDABLE, Drawn, glued_rows, pipes, rows_by_blank, sheet_of, table_of

from jixiao.domain.codec import plan_to_dict
from jixiao.domain.plan import Plan
from jixiao.readers import read_bytes

pytestmark = pytest.mark.fuzz

SEEDS = range(4)


def read(text: str) -> Plan:
    return read_bytes(text.encode(), "表.txt")


@cache
def read_as(write: Callable[..., str], form: str, seed: int) -> tuple[Drawn, Plan]:
    """A drawn sheet, and what is read from it as a family writes it."""
    drawn = sheet_of(form, seed)
    return drawn, read(write(table_of(drawn)))


def comparable(row: Any) -> tuple[Any, ...]:
    """What a drawn row sets."""
    return (
        row.class_, row.kind, row.name, row.description, row.target, row.basis, row.weight, row.actual, row.score,
        row.deviation,
    )  # fmt: skip


def drawn_rows(drawn: Drawn) -> tuple[tuple[Any, ...], ...]:
    return tuple(comparable(SimpleNamespace(**fields_of(row.indicator) | fields_of(row.filled))) for row in drawn.rows)


def content(sheet: Any, rows: tuple[tuple[Any, ...], ...]) -> tuple[object, ...]:
    """What a drawn sheet sets."""
    budget = sheet.budget
    amounts = (budget.currency_unit, budget.total, budget.fiscal, budget.other)
    return sheet.project, sheet.budget_unit, amounts, goal_words(sheet.goals), rows


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("write", DECIDABLE, ids=lambda f: f.__name__)
def test_a_family_that_keeps_the_table_gives_the_same_sheet(write, form: str) -> None:
    for seed in SEEDS:
        drawn = sheet_of(form, seed)
        (sheet,) = as_printed(read(write(table_of(drawn))))
        rows = tuple(map(comparable, sheet.indicators))
        assert content(sheet, rows) == content(drawn.sheet, drawn_rows(drawn))


def invented(plan: Plan, drawn: Drawn) -> list[Any]:
    """The indicators of a plan that the sheet does not have."""
    rows = drawn_rows(drawn)
    return [row for sheet in as_printed(plan) for row in sheet.indicators if comparable(row) not in rows]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("write", UNDECIDABLE, ids=lambda f: f.__name__)
def test_a_family_that_does_not_invents_nothing_and_says_so(write, form: str) -> None:
    for seed in SEEDS:
        drawn, plan = read_as(write, form, seed)
        assert [row for row in invented(plan, drawn) if row.name is not None] == []
        codes = [note.code for note in plan.notes]
        assert "table.order_lost" in codes or plan.indicator_count == len(drawn.rows)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("write", UNDECIDABLE, ids=lambda f: f.__name__)
def test_a_family_that_does_not_loses_no_word(write, form: str) -> None:
    for seed in SEEDS:
        drawn, plan = read_as(write, form, seed)
        kept = "".join(json.dumps(plan_to_dict(plan), ensure_ascii=False).split())
        for row in drawn.rows:
            assert all(word in kept for word in row.words.values())


def test_rows_that_run_together_are_read_where_they_allow_one_reading() -> None:
    text = """项目支出绩效自评表
项目名称水表池改造
主管部门清源县水利局实施单位清源县供水站
一级指标二级指标三级指标分值年度指标值全年实际值得分
产出指标数量指标新建水表池10≥266米≥266米10
质量指标工程合格率101020万元20万元10
效益指标社会效益指标受益人口20≥4604人≥4754人20
"""
    plan = read(text)
    (sheet,) = as_printed(plan)
    got = [(r.name, r.weight, r.target.text, r.actual and r.actual.text, r.score) for r in sheet.indicators]
    assert got == [("新建水表池", 10, "≥266米", "≥266米", 10), ("受益人口", 20, "≥4604人", "≥4754人", 20)]
    assert (sheet.project.name, sheet.budget_unit.name) == ("水表池改造", "清源县供水站")
    assert [n.message for n in plan.notes if n.code == "unplaced" and "101020万元20万元10" in n.message]


def test_amounts_that_run_together_are_not_read_as_one() -> None:
    text = glued_rows(table_of(sheet_of("S1", 1)))
    (sheet,) = read(text).goal_sheets
    assert (sheet.budget.total, sheet.budget.fiscal, sheet.budget.other) == (None, None, None)


@pytest.mark.parametrize("write", [pipes, rows_by_blank, glued_rows], ids=lambda f: f.__name__)
def test_twice_the_text_takes_about_twice_the_time(write) -> None:
    """A bound on growth, wide enough for a busy machine: what grows with the square takes sixteen times as long."""
    tables = [write(table_of(sheet_of("S1", seed))) for seed in range(10)]

    def seconds(times: int) -> float:
        data = "\n".join(tables * times).encode()
        gc.disable()  # what other tests left behind is no part of it
        try:
            start = time.process_time()
            read_bytes(data, "表.txt")
            return time.process_time() - start
        finally:
            gc.enable()

    seconds(1)
    one, four = (
        min(seconds(times) for _ in range(3)) for times in (1, 4)
    )  # the least: others' memory is collected too
    assert four < 10 * one
