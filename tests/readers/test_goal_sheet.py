"""Goal sheets in the shapes in which they are met."""

from __future__ import annotations

from decimal import Decimal

import pytest
from plain import goal_words
from readers.office import docx_of, p, tbl, tr

from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.plan import Plan
from jixiao.domain.target import Comparator, TargetType
from jixiao.readers import read_bytes

UNIT = "366001清源县商务局\t单位：万元"
HEAD = """\
项目编码\t13992526P00B5T810001L\t项目名称\t招商经费
预算规模及资金用途\t预算数\t57.73\t其中：财政资金\t50.00\t其他资金\t7.73
\t用于走访企业和参加展会。
资金支出计划（%）\t3月底\t6月底\t10月底\t12月底
\t25.00\t\t——\t100%
绩效目标\t1.走访企业10家。2.签约项目2个。"""
ROWS = """\
一级指标\t二级指标\t三级指标\t绩效指标描述\t指标值\t指标值确定依据
产出指标\t数量指标\t走访企业数\t全年走访的企业家数\t≥10家\t年度计划
\t\t签约项目数\t\t2个\t
\t质量指标\t合格率\t甲\t\t乙
满意度指标\t服务对象满意度指标\t企业满意度\t丙\t≥90%\t问卷"""


def tabbed(*parts: str) -> Plan:
    """Text with one row per line: what a table copied out of Word looks like."""
    return read_bytes("\n".join(parts).encode(), "a.txt")


def one(*parts: str) -> GoalSheet:
    (sheet,) = tabbed(*parts).goal_sheets
    return sheet


def codes(plan: Plan) -> list[str]:
    return [note.code for note in plan.notes]


def test_the_whole_form() -> None:
    sheet = one("1.招商经费绩效目标表", UNIT, HEAD, ROWS)
    assert (sheet.budget_unit.code, sheet.budget_unit.name) == ("366001", "清源县商务局")
    assert (sheet.project.code, sheet.project.name) == ("13992526P00B5T810001L", "招商经费")
    budget = sheet.budget
    assert budget.currency_unit is CurrencyUnit.TEN_THOUSAND_YUAN
    assert (budget.total, budget.fiscal, budget.other) == (Decimal("57.73"), Decimal("50.00"), Decimal("7.73"))
    assert str(budget.fiscal) == "50.00"
    assert sheet.purpose == "用于走访企业和参加展会。"
    assert [(d.by, d.percent) for d in sheet.disbursement_plan] == [
        ("3月底", Decimal("25.00")),
        ("6月底", None),
        ("10月底", None),
        ("12月底", Decimal(100)),
    ]
    assert goal_words(sheet.goals) == ("走访企业10家。", "签约项目2个。")


def test_rows_inherit_class_and_kind() -> None:
    rows = one(UNIT, HEAD, ROWS).indicators
    assert [(r.class_, r.kind) for r in rows] == [
        (IndicatorClass.OUTPUT, IndicatorKind.QUANTITY),
        (IndicatorClass.OUTPUT, IndicatorKind.QUANTITY),
        (IndicatorClass.OUTPUT, IndicatorKind.QUALITY),
        (IndicatorClass.SATISFACTION, IndicatorKind.BENEFICIARY_SATISFACTION),
    ]
    assert [r.name for r in rows] == ["走访企业数", "签约项目数", "合格率", "企业满意度"]
    assert [r.description for r in rows] == ["全年走访的企业家数", None, "甲", "丙"]
    assert [r.target.text for r in rows] == ["≥10家", "2个", None, "≥90%"]
    assert rows[0].target.comparator is Comparator.AT_LEAST
    assert rows[2].target.type is TargetType.MISSING
    assert [r.basis for r in rows] == ["年度计划", None, "乙", "问卷"]


def test_head_and_indicators_in_two_tables() -> None:
    def table(words: str) -> str:
        return tbl(*(tr(*line.split("\t")) for line in words.split("\n")))

    (sheet,) = read_bytes(docx_of(table(f"{UNIT}\n{HEAD}") + p() + table(ROWS)), "a.docx").goal_sheets
    assert sheet.project.name == "招商经费"
    assert len(sheet.indicators) == 4


@pytest.mark.parametrize(
    ("prose", "amounts", "purpose"),
    [
        ("预算数 150 万元。全部为财政资金。主要用于招商。", ("150", "150", None), "主要用于招商。"),
        ("150万元，其中：财政资金100万元，其他资金50万元。用于招商。", ("150", "100", "50"), "用于招商。"),
        ("预算安排1,500.50万元。用于招商。", ("1500.50", None, None), "用于招商。"),
    ],
)
def test_money_in_prose(prose: str, amounts: tuple[str | None, ...], purpose: str) -> None:
    plan = tabbed(f"项目编码\t1\t项目名称\t甲\n项目资金主要用途\t预算数\t{prose}\n{ROWS}")
    (sheet,) = plan.goal_sheets
    budget = sheet.budget
    assert tuple(None if v is None else str(v) for v in (budget.total, budget.fiscal, budget.other)) == amounts
    assert budget.currency_unit is CurrencyUnit.TEN_THOUSAND_YUAN
    assert sheet.purpose == purpose
    assert "amount.from_prose" in codes(plan)


def test_dashes_are_nothing() -> None:
    sheet = one("项目编码\t————\t项目名称\t甲\n预算规模及资金用途\t预算数\t5\t其中：财政资金\t——\t其他资金\t-\n" + ROWS)
    assert sheet.project.code is None
    assert (sheet.budget.total, sheet.budget.fiscal, sheet.budget.other) == (Decimal(5), None, None)


def test_an_amount_that_is_none_is_told() -> None:
    plan = tabbed("项目编码\t1\t项目名称\t甲\n预算规模及资金用途\t预算数\t待定\n" + ROWS)
    assert plan.goal_sheets[0].budget.total is None
    (note,) = [n for n in plan.notes if n.code == "amount.unread"]
    assert "待定" in note.message
    assert note.pointer == "/goal_sheets/0/budget/total"


def test_goals_in_numbered_rows() -> None:
    head = "项目编码\t1\t项目名称\t甲\n绩效目标\t目标1\t走访企业。\n\t目标2\t签约项目。\n"
    assert goal_words(one(head + ROWS).goals) == ("走访企业。", "签约项目。")


@pytest.mark.parametrize(
    ("cell", "goals"),
    [
        ("1.甲2.乙3.丙", ("甲", "乙", "丙")),
        ("1、11月底前完成；2、12月底前验收。", ("11月底前完成；", "12月底前验收。")),
        ("目标1：甲目标2：乙", ("甲", "乙")),
        ("1.投资1.5亿元。2.建设2.5公里。", ("投资1.5亿元。", "建设2.5公里。")),
        ("（1）甲", ("甲",)),
        ("完成年度任务", ("完成年度任务",)),
        ("2026年完成1个项目", ("2026年完成1个项目",)),
    ],
)
def test_numbers_of_goals_are_taken_off(cell: str, goals: tuple[str, ...]) -> None:
    assert goal_words(one(f"项目编码\t1\t项目名称\t甲\n绩效目标\t{cell}\n{ROWS}").goals) == goals


def test_unit_without_the_unit_of_amounts() -> None:
    sheet = one("307001清源县文化馆\t\n" + HEAD, ROWS)
    assert (sheet.budget_unit.code, sheet.budget_unit.name) == ("307001", "清源县文化馆")
    assert sheet.budget.currency_unit is None


def test_name_only_in_the_heading() -> None:
    plan = tabbed("3.招商经费绩效目标表", "预算规模及资金用途\t预算数\t5", ROWS)
    assert plan.goal_sheets[0].project.name == "招商经费"
    (note,) = [n for n in plan.notes if n.code == "project.name_from_heading"]
    assert note.pointer == "/goal_sheets/0/project/name"


def test_heading_and_table_that_differ_are_told() -> None:
    plan = tabbed("3.扶持资金绩效目标表", UNIT, HEAD, ROWS)
    assert plan.goal_sheets[0].project.name == "招商经费"
    assert any("扶持资金" in note.message for note in plan.notes)


def test_heading_without_a_table_is_told() -> None:
    plan = tabbed("一、总体绩效目标", "完成任务。", "第二部分", "1.甲绩效目标表", "2.乙绩效目标表")
    assert codes(plan).count("sheet.no_table") == 2


def test_rows_nobody_foresaw_are_told() -> None:
    plan = tabbed(UNIT, "项目负责人\t张某\t联系电话\t123", HEAD, ROWS + "\t多出的格", "备注\t特别说明")
    messages = " ".join(n.message for n in plan.notes)
    result = messages + " ".join(place.text for place in plan.provenance.values())
    for words in ("张某", "123", "多出的格", "特别说明"):
        assert words in result


def test_columns_nobody_foresaw_are_told() -> None:
    rows = "一级指标\t二级指标\t三级指标\t神秘列\t指标值\n产出指标\t数量指标\t甲\t神秘的话\t1次"
    plan = tabbed(UNIT, HEAD, rows)
    assert plan.goal_sheets[0].indicators[0].target.text == "1次"
    messages = " ".join(n.message for n in plan.notes)
    assert "神秘列" in messages
    assert "神秘的话" in messages


def test_label_and_value_in_one_cell() -> None:
    sheet = one("项目编码：1301\t项目名称：招商经费\n" + ROWS)
    assert (sheet.project.code, sheet.project.name) == ("1301", "招商经费")


def test_rows_with_labels_only_are_told() -> None:
    plan = tabbed(UNIT, HEAD, ROWS + "\n效益指标\t社会效益指标\t\t\t\t")
    assert plan.indicator_count == 4
    assert "indicator.labels_only" in codes(plan)


def test_unknown_levels_are_told() -> None:
    plan = tabbed(UNIT, HEAD, ROWS + "\n奇怪指标\t古怪指标\t甲\t\t1\t")
    last = plan.goal_sheets[0].indicators[-1]
    assert (last.class_, last.kind) == (None, None)
    messages = " ".join(n.message for n in plan.notes)
    assert "奇怪指标" in messages
    assert "古怪指标" in messages


def test_cost_as_a_class_and_as_a_kind() -> None:
    rows = "一级指标\t二级指标\t三级指标\t指标值\n成本指标\t经济成本指标\t甲\t≤5万元\n产出指标\t成本指标\t乙\t≤5万元"
    first, second = one(UNIT, HEAD, rows).indicators
    assert (first.class_, first.kind) == (IndicatorClass.COST, IndicatorKind.ECONOMIC_COST)
    assert (second.class_, second.kind) == (IndicatorClass.OUTPUT, IndicatorKind.COST)


def test_doubts_about_targets_point_at_them() -> None:
    plan = tabbed(UNIT, HEAD, ROWS.replace("≥10家", "≥98规范市场"))
    (note,) = [n for n in plan.notes if n.code == "target.glued"]
    assert note.pointer == "/goal_sheets/0/indicators/0/target"


@pytest.mark.parametrize(
    ("money", "parts"),
    [
        ("预算数\t300\t其中：财政资金\t200\t其他资金 100", ("300", "200", "100")),
        ("预算数\t300\t其中：财政资金200\t其他资金100", ("300", "200", "100")),
        ("预算数：300万元\t其中：财政资金 200 其他资金 100", ("300", "200", "100")),
        ("预算数 300\t其中：财政资金：300\t其他资金 0", ("300", "300", "0")),
    ],
)
def test_label_and_amount_in_one_cell(money: str, parts: tuple[str, ...]) -> None:
    head = HEAD.replace("预算数\t57.73\t其中：财政资金\t50.00\t其他资金\t7.73", money)
    sheet = one("1.招商经费绩效目标表", UNIT, head, ROWS)
    assert (sheet.budget.total, sheet.budget.fiscal, sheet.budget.other) == tuple(Decimal(part) for part in parts)
    assert sheet.purpose == "用于走访企业和参加展会。"


def test_a_sentence_that_opens_with_a_source_of_money_is_the_purpose() -> None:
    head = HEAD.replace("\t其他资金\t7.73", "").replace("用于走访", "其他资金7.73万元用于走访")
    sheet = one("1.招商经费绩效目标表", UNIT, head, ROWS)
    assert sheet.budget.other is None
    assert sheet.purpose == "其他资金7.73万元用于走访企业和参加展会。"


def test_the_title_of_a_single_form_names_the_department() -> None:
    head = HEAD.replace("项目编码\t13992526P00B5T810001L\t", "")
    plan = tabbed("清源县商务局2027年项目绩效目标表", head, ROWS)
    assert (plan.title, plan.department.name) == ("清源县商务局2027年项目绩效目标表", "清源县商务局")
