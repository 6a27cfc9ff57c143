"""The layouts that come with the program: what they print is known to readers, comes from somewhere, and a blank one is whole."""

from __future__ import annotations

import copy
import dataclasses
from datetime import date
from importlib import resources
from typing import Any

import pytest
from each import each
from writers import factory

import jixiao
from jixiao.domain.finding import Severity
from jixiao.domain.form import every_field
from jixiao.domain.goal_sheet import Project
from jixiao.domain.identity import things
from jixiao.domain.indicator import Indicator, IndicatorClass, IndicatorKind
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.organisation import Organisation
from jixiao.domain.period import FiscalYear
from jixiao.domain.stage import Stage
from jixiao.domain.target_grammar import parse_target
from jixiao.law import instruments
from jixiao.layouts import (
    Layout,
    LayoutError,
    Seen,
    blank,
    examples,
    hint_of,
    knows,
    layout_from,
    layout_of,
    layouts,
    parts_of_target,
    prescribed,
    sectors,
    usual,
    words_of_layout,
)
from jixiao.lexicon import lexicon
from jixiao.parameters import rulesets
from jixiao.strict_yaml import load_strict
from jixiao.vocabulary import shipped

ALL = tuple(layouts().values())
ROW = "goal_sheets/*/indicators/*/"


def written(name: str = "national-88") -> dict[str, Any]:
    """What the file of a layout says."""
    file = resources.files("jixiao.layouts") / "data" / f"{name}.yaml"
    data: dict[str, Any] = load_strict(file.read_text(encoding="utf-8"), name)
    return data


@each([(layout, word) for layout in ALL for word in words_of_layout(layout)], lambda one: f"{one[0].name} {one[1][2]}")
def test_readers_know_every_label_as_what_it_is(one: tuple[Layout, tuple[str, Any, str]]) -> None:
    assert knows(shipped(), *one[1])


@each(ALL, lambda layout: layout.name)
def test_a_layout_says_where_it_is_from_and_how_sure_it_is(layout: Layout) -> None:
    assert layout.source.instrument in instruments()
    assert layout.source.verified_on is None, "nobody has held it against an official form"
    assert "没有对照原表核对" in layout.source.told
    assert layout.ruleset in rulesets()


def test_the_usual_form_has_a_place_for_all_that_a_sheet_keeps() -> None:
    apart = ("id", "sequence", "stage", "title", "fiscal_year", "as_of", "indicators", "total_weight", "grade")
    own = [path for path, _ in every_field() if path.startswith("goal_sheets/*/") and path.count("/") == 2]
    kept = {path for path in own if not path.endswith((*apart, "execution_weight", "total_score", "goals_reached"))}
    placed = {"/".join(path.split("/")[:3]) for path in usual().placed}
    assert placed - {"department"} == kept
    assert set(Stage) == set(usual().stages)


def test_rulesets_and_plans_have_their_layouts() -> None:
    assert {name: layout_of(name).name for name in rulesets()} == {name: name for name in rulesets()}
    plan = factory.plan(sheets=1)
    assert layout_of(plan).name == "national-88"
    rows = (Indicator(IndicatorClass.COST, IndicatorKind.ECONOMIC_COST, "单位成本"),)
    sheets = (dataclasses.replace(plan.goal_sheets[0], indicators=rows),)
    assert layout_of(dataclasses.replace(plan, goal_sheets=sheets)).name == "national-101"
    with pytest.raises(KeyError):
        layout_of("hebei", {})


def test_the_three_forms_are_told_by_their_columns() -> None:
    titles = {name: [column.label for column in one.columns_at(Stage.GOALS)] for name, one in layouts().items()}
    assert titles["national-88"] == ["一级指标", "二级指标", "三级指标", "指标值"]
    assert titles["hebei"] == ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"]
    assert titles["national-101"][4:8] == ["计算符号", "指标值", "计量单位", "分值"]
    assert [one.has_target_apart for one in ALL] == [False, True, False]
    assert layouts()["hebei"].points == ("3月底", "6月底", "10月底", "12月底")


# --- blank forms ------------------------------------------------------------------------------------------


def test_a_blank_form_has_the_rows_that_its_ruleset_requires() -> None:
    four = (IndicatorKind.QUANTITY, IndicatorKind.QUALITY, IndicatorKind.TIMELINESS, IndicatorKind.COST)
    outcome = (IndicatorClass.OUTCOME, None)
    satisfied = (IndicatorClass.SATISFACTION, IndicatorKind.BENEFICIARY_SATISFACTION)
    wanted = (*((IndicatorClass.OUTPUT, kind) for kind in four), outcome, satisfied)
    assert prescribed(layouts()["national-88"]) == wanted
    assert prescribed(layouts()["national-101"]) == (wanted[0], outcome)
    stricter = rulesets()["national-88"]
    assert prescribed(layouts()["national-101"], stricter)[-1] == wanted[-1]


@each(ALL, lambda layout: layout.name)
def test_a_blank_form_is_one_sheet_to_start_from(layout: Layout) -> None:
    plan = blank(
        layout,
        project=Project("139901", "清淤工程"),
        budget_unit=Organisation("366001", "清源县水利局"),
        department=Organisation("366", "清源县水利局"),
        year=FiscalYear(2027),
    )
    (sheet,) = plan.goal_sheets
    assert (sheet.project.name, plan.fiscal_year, plan.department.code) == ("清淤工程", FiscalYear(2027), "366")
    assert sheet.budget.currency_unit is CurrencyUnit.TEN_THOUSAND_YUAN
    assert tuple(step.by for step in sheet.disbursement_plan) == layout.points
    assert all(step.percent is None for step in sheet.disbursement_plan)
    assert tuple((row.class_, row.kind) for row in sheet.indicators) == prescribed(layout, as_of=date(2027, 1, 1))
    assert all(id_ for _, id_ in things(plan))
    whole = blank(layout, every_kind=True).goal_sheets[0].indicators
    assert [row.kind for row in whole] == [kind for held in layout.kinds.values() for kind in held]


# --- hints and examples -----------------------------------------------------------------------------------


@each(
    [(layout, column.field) for layout in ALL for column in layout.columns_at(Stage.GOALS)],
    lambda one: f"{one[0].name} {one[1]}",
)
def test_every_column_of_goals_has_a_hint_of_one_line(one: tuple[Layout, str]) -> None:
    hint = hint_of(*one)
    assert 4 <= len(hint) <= 40
    assert "\n" not in hint


@each([(one, path) for one in ALL for path in sorted(one.placed)], lambda pair: f"{pair[0].name} {pair[1]}")
def test_every_field_of_a_head_has_a_hint(one: tuple[Layout, str]) -> None:
    assert hint_of(*one) or one[1].endswith("execution"), "what became of the money is told by its columns"


def test_a_layout_may_say_it_in_its_own_way() -> None:
    path = f"{ROW}weight"
    assert hint_of(layouts()["national-101"], path) != hint_of(layouts()["hebei"], path)
    assert hint_of(usual(), "goal_sheets/*/sequence") == ""


@each(
    [(sector, one) for sector in sectors() for layout in ALL for one in examples(layout, sector)],
    lambda one: f"{one[0]} {one[1].name}",
)
def test_an_example_stands_where_the_lexicon_has_its_like(one: tuple[str, Any]) -> None:
    example = one[1]
    term = lexicon().ending(example.name)
    if example.kind in (IndicatorKind.COST, IndicatorKind.ECONOMIC_COST):
        assert example.name.endswith(("成本", "标准"))
    else:
        assert term is not None
        assert not term.kinds or example.kind in term.kinds
    target = parse_target(example.target).target
    assert target.value is not None or example.kind is IndicatorKind.TIMELINESS
    assert not any(sign in example.name for sign in "≥≤0123456789")


@each([(sector, layout) for sector in sectors() for layout in ALL], lambda one: f"{one[0]} {one[1].name}")
def test_review_has_nothing_against_the_examples(one: tuple[str, Layout]) -> None:
    sector, layout = one
    rows = tuple(
        Indicator(e.class_, e.kind, e.name, f"{e.name}的口径", parse_target(e.target).target, "上年决算数", id=e.name)
        for e in examples(layout, sector)
    )
    plan = blank(layout, year=FiscalYear(2027), project=Project(None, f"{sector}专项"))
    sheets = (dataclasses.replace(plan.goal_sheets[0], indicators=rows),)
    review = jixiao.review_plan(
        dataclasses.replace(plan, goal_sheets=sheets), as_of=date(2027, 1, 1), ruleset=layout.ruleset
    )
    at_rows = [
        (f.rule, f.says.text)
        for f in review.findings
        if "/indicators/" in f.pointer and f.severity is not Severity.ADVICE and f.problem != "missing-kind"
    ]
    assert at_rows == []


@each(sectors())
def test_a_sector_has_an_example_of_all_that_is_required(sector: str) -> None:
    for layout in ALL:
        shown = {(one.class_, one.kind) for one in examples(layout, sector)}
        classes = {class_ for class_, _ in shown}
        assert all(pair in shown or (pair[1] is None and pair[0] in classes) for pair in prescribed(layout))


# --- values apart -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("≥10家", ("≥", "10", "家")),
        ("≤12.50万元", ("≤", "12.50", "万元")),
        ("=100%", ("=", "100", "%")),
        ("15个", ("", "15", "个")),
        ("3-5家", ("", "3-5家", "")),
        ("2027年12月31日前", ("", "2027年12月31日前", "")),
        ("有效提升", ("", "有效提升", "")),
        ("不少于10家", ("", "不少于10家", "")),
        ("≥1,200.50万元", ("", "≥1,200.50万元", "")),
        ("≥95百分比", ("", "≥95百分比", "")),
        (None, ("", "", "")),
    ],
)
def test_a_value_is_taken_apart_only_where_it_comes_together_again(words: str | None, parts: tuple[str, ...]) -> None:
    assert parts_of_target(parse_target(words).target) == parts
    assert "".join(parts) == (words or "")


def test_a_value_that_means_something_else_than_its_words_stays_whole() -> None:
    other = dataclasses.replace(parse_target("≥10家").target, unit="户")
    assert parts_of_target(other) == ("", "≥10家", "")


# --- strict files -----------------------------------------------------------------------------------------


def faulty(change: Any, name: str = "national-88") -> str:
    data = copy.deepcopy(written(name))
    change(data)
    with pytest.raises(LayoutError) as error:
        layout_from(data)
    return str(error.value)


def test_what_a_file_says_is_what_the_layout_is() -> None:
    assert layout_from(written()) == layouts()["national-88"]
    assert layouts()["national-88"].source.seen is Seen.COPIES


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d.update(colour="red"), "没有“colour”这一项"),
        (lambda d: d["head"][0].update(labl="甲"), "head 第 1 项 没有“labl”"),
        (lambda d: d["head"][0]["lines"][0][0].update(field="project/nmae"), "没有栏目“project/nmae”"),
        (lambda d: d["head"][0]["lines"][0][0].update(columns=3), "不写 columns 的有且只有一格"),
        (lambda d: d["head"][1]["lines"][0][0].update(label_columns=7), "余下的一格没有地方"),
        (lambda d: d["head"].pop(), "head 里缺“goals”"),
        (lambda d: d["head"].pop(1), "head 里缺“budget/currency_unit”"),
        (lambda d: d["head"].append(d["head"][0]), "写了两次"),
        (lambda d: d["columns"].pop(), "columns 里写 target"),
        (lambda d: d["columns"].append({"field": "target/unit", "label": "单位", "width": 5}), "或者写全"),
        (lambda d: d["columns"].reverse(), "开头应当依次是"),
        (lambda d: d["columns"][0].update(at=["goal"]), "没有“goal”，只能是：goals（绩效目标表）"),
        (lambda d: d["kinds"].update(input=["quantity"]), "kinds 没有“input”"),
        (lambda d: d["source"].update(seen="sure"), "source.seen 没有“sure”"),
        (lambda d: d["part_one"]["activities"].update(style="prose"), "只能是 table、blocks"),
        (lambda d: d["part_one"]["activities"]["columns"].pop(0), "缺“name”"),
        (lambda d: d.update(form_title="{project/title}表"), "form_title 里没有栏目“project/title”"),
        (lambda d: d.update(currency_unit="块"), "currency_unit 只能是"),
        (lambda d: d.update(hints={"nmae": "甲"}), "hints.nmae：没有栏目“nmae”"),
        (lambda d: d.update(name="甲"), "name 用小写字母"),
        (lambda d: d.update(stages=[]), "stages 至少写一种"),
        (lambda d: d["head"][2].update(part="goal"), "part 只能是"),
    ],
)
def test_a_fault_is_told_with_its_place(change: Any, words: str) -> None:
    assert words in faulty(change)


def test_a_file_is_a_table() -> None:
    with pytest.raises(LayoutError, match="对照表"):
        layout_from([])
