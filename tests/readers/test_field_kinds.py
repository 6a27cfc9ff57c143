"""Kinds of sheets as they come in: unfilled rows of the form, codes beside names, money in flat rows, letters above the sheet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from readers.form_grid import FORMATS, TEXTS, drawn, read_form, rows_of, told

import jixiao
from jixiao.domain.finding import Severity
from jixiao.domain.money import CurrencyUnit
from jixiao.readers import read_bytes
from jixiao.vocabulary.cell_values import code_and_name

each_format = pytest.mark.parametrize("written", FORMATS)
ROWS = """
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤河道长度 | ≥12公里
产出指标 | 质量指标 | 清淤验收合格率 | ≥98%
"""

# --- rows of the form that nobody filled in ------------------------------------------------------------------

UNFILLED = """
项目支出绩效目标申报表
（2026年度）
项目名称 | 农村公路养护 | < | <
主管部门 | 青河县交通运输局 | 实施单位 | 青河县公路站
项目资金（万元） | 年度资金总额 | 150 | <
^ | 其中：财政拨款 | 150 | <
年度目标 | 养护县乡公路320公里，优良路率达到85%。 | < | <
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 指标1：养护公路里程 | ≥320公里
^ | ^ | 指标2： |
^ | ^ | …… |
^ | 质量指标 | 指标1：优良路率 | ≥85%
^ | ^ | 指标2 | /
^ | 时效指标 | 指标1：修补完成时间 | 2026年10月31日前
^ | 成本指标 | 指标1：每公里养护成本 | ≤4500元/公里
效益指标 | 社会效益指标 | 指标1：受益人口 | ≥6万人
^ | 生态效益指标 | 指标1：/ | —
^ | 可持续影响指标 | ... | ……
^ | …… | |
满意度指标 | 服务对象满意度指标 | 指标1：沿线群众满意度 | ≥90%
…… | | |
"""


@each_format
def test_unfilled_rows_are_told_and_are_no_indicators(written: str) -> None:
    plan = read_form(UNFILLED, written)
    rows = rows_of(plan.goal_sheets[0])
    assert [row[3] for row in rows] == ["≥320公里", "≥85%", "2026年10月31日前", "≤4500元/公里", "≥6万人", "≥90%"]
    assert [row[0] for row in rows] == [*["output"] * 4, "outcome", "satisfaction"]
    assert [row[1] for row in rows][-2:] == ["social", "beneficiary_satisfaction"]
    (note,) = [note.message for note in plan.notes if note.code == "indicator.unfilled"]
    assert "指标2：、……、指标2" in note
    assert "指标1：/" in note
    assert "indicator.kind_unknown" not in {note.code for note in plan.notes}
    review = jixiao.review_plan(plan, as_of=date(2026, 1, 1))
    assert [finding.message for finding in review.findings if finding.severity is Severity.ERROR] == []


@each_format
def test_a_row_with_one_thing_written_is_an_indicator(written: str) -> None:
    plan = read_form(
        "项目支出绩效目标表\n项目名称 | 清淤 | < | <\n年度目标 | 清淤12公里。 | < | <"
        + ROWS
        + "效益指标 | 社会效益指标 | 受益人口 | /\n^ | ^ | …… | ≥3处\n",
        written,
    )
    assert [row[2:] for row in rows_of(plan.goal_sheets[0])][2:] == [("受益人口", None), ("……", "≥3处")]


# --- code and name in one cell ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "code", "name"),
    [
        ("46000021T000000002749-学生事务补助", "46000021T000000002749", "学生事务补助"),
        ("[46000021T000000002749]学生事务补助", "46000021T000000002749", "学生事务补助"),
        ("【46000021T000000002749】-学生事务补助", "46000021T000000002749", "学生事务补助"),
        ("46000021T000000002749 学生事务补助", "46000021T000000002749", "学生事务补助"),
        ("46000021T000000002749学生事务补助", "46000021T000000002749", "学生事务补助"),
        ("46000021T000000002749\n学生事务补助", "46000021T000000002749", "学生事务补助"),
        ("学生事务补助（46000021T000000002749）", "46000021T000000002749", "学生事务补助"),
        ("学生事务补助-46000021T000000002749", "46000021T000000002749", "学生事务补助"),
        ("2110022-道路交通执法", "2110022", "道路交通执法"),
        ("1399252600001：河道清淤", "1399252600001", "河道清淤"),
        ("学生事务补助", None, "学生事务补助"),
        ("2026年春节慰问", None, "2026年春节慰问"),
        ("202601-202612道路养护", None, "202601-202612道路养护"),
        ("20260630-河道清淤", None, "20260630-河道清淤"),
        ("20250630前完成的工程", None, "20250630前完成的工程"),
        ("校园安保（2025-2026）", None, "校园安保（2025-2026）"),
        ("12345热线运行", None, "12345热线运行"),
        ("110千伏线路改造", None, "110千伏线路改造"),
        ("G107国道改造", None, "G107国道改造"),
    ],
)
def test_codes_and_names_in_one_cell(cell: str, code: str | None, name: str) -> None:
    assert code_and_name(cell) == (code, name)


@each_format
def test_a_project_with_its_code_in_the_cell_of_its_name(written: str) -> None:
    plan = read_form(
        "项目支出绩效目标表\n项目名称 | 13992526P000010000001-河道清淤 | < | <\n年度目标 | 清淤12公里。 | < | <" + ROWS,
        written,
    )
    (sheet,) = plan.goal_sheets
    assert (sheet.project.code, sheet.project.name) == ("13992526P000010000001", "河道清淤")
    assert plan.provenance["/goal_sheets/0/project/code"] == plan.provenance["/goal_sheets/0/project/name"]


@each_format
def test_a_code_that_another_cell_gives_again(written: str) -> None:
    form = (
        "项目支出绩效目标表\n项目名称 | 13992526P000010000001-河道清淤 | 项目代码 | {}\n年度目标 | 清淤12公里。 | < | <"
        + ROWS
    )
    for code, unplaced in (("13992526P000010000001", False), ("13992526P000010000099", True)):
        plan = read_form(form.format(code), written)
        (sheet,) = plan.goal_sheets
        assert (sheet.project.code, sheet.project.name) == ("13992526P000010000001", "河道清淤")
        assert ("unplaced" in {note.code for note in plan.notes}) is unplaced


# --- money -----------------------------------------------------------------------------------------------------

PAIRS = (("全年预算数", "680.315万元"), ("全年执行数", "233.64万元"), ("预算执行率", "34.3%"))
FLAT = """
某县水利局2025年项目支出绩效自评表
项目名称 | 水库维修 | < | < | < | <
{}
年度目标 | 完成12座水库维修。 | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分
产出指标 | 数量指标 | 维修水库 | ≥12座 | 12座 | 10
"""


def _flat(pairs: tuple[tuple[str, str], ...], cut: int) -> str:
    lines = [" | ".join(f"{name} | {amount}" for name, amount in part) for part in (pairs[:cut], pairs[cut:]) if part]
    return "\n".join(line + " | <" * (5 - line.count("|")) for line in lines)


UNIT_NAMED = (("全年预算数（万元）", "680.315"), ("全年执行数（万元）", "233.64"), ("预算执行率（%）", "34.3"))


@pytest.mark.parametrize("written", [*FORMATS, *TEXTS])
@pytest.mark.parametrize("cut", [1, 2, 3])
def test_amounts_beside_their_names_in_any_order(written: str, cut: int) -> None:
    for pairs in (*permutations(PAIRS), *permutations(UNIT_NAMED)):
        plan = read_bytes({**FORMATS, **TEXTS}[written](drawn(FLAT.format(_flat(pairs, cut)))), f"表.{written}")
        (sheet,) = plan.goal_sheets
        assert (sheet.budget.total, sheet.budget.currency_unit) == (Decimal("680.315"), CurrencyUnit("万元"))
        execution = plan.later_sheets[sheet.id].execution
        assert execution is not None
        assert execution.total is not None
        total = execution.total
        assert (total.revised, total.executed, total.rate) == (Decimal("680.315"), Decimal("233.64"), Decimal("34.3"))


@each_format
def test_the_only_amount_of_fiscal_money_is_that_of_the_form_s_own_level(written: str) -> None:
    form = "项目支出绩效目标表\n项目名称 | 主体班 | < | <\n项目金额 | 164万元 | 其中：当年市级财政资金 | {}\n{}年度目标 | 培训280人次。 | < | <"
    plan = read_form(form.format("132万元", "") + ROWS, written)
    (sheet,) = plan.goal_sheets
    assert (sheet.budget.total, sheet.budget.fiscal) == (164, 132)
    assert "市级财政资金" in told(plan, "amount.by_level")
    plan = read_form(form.format("132万元", "省级财政资金 | 20 | 县级财政资金 | 12\n") + ROWS, written)
    (sheet,) = plan.goal_sheets
    assert (sheet.budget.total, sheet.budget.fiscal) == (164, None)
    assert all(amount in told(plan, "row.not_kept") for amount in ("132万元", "20", "12"))


# --- who the plan is of -------------------------------------------------------------------------------------------


@each_format
def test_a_letter_above_the_sheet_does_not_name_the_department(written: str) -> None:
    letter = (
        "某市财政局关于下达2026年水利发展资金预算的通知\n某财农〔2026〕12号\n某市水利局：\n"
        "现下达你局2026年水利发展资金120万元，绩效目标见附件。\n某市财政局\n2026年1月20日\n水利发展资金绩效目标表\n"
    )
    head = "项目名称 | 水利发展资金 | < | <\n{} | 某市水利局 | 资金情况（万元） | 120\n年度目标 | 清淤12公里。 | < | <"
    for label in ("主管部门", "实施单位"):
        plan = read_bytes(FORMATS[written](drawn(letter + head.format(label) + ROWS)), f"表.{written}")
        assert plan.department.name == "某市水利局"


@each_format
def test_the_department_nearest_to_who_spends_the_money(written: str) -> None:
    form = (
        "转移支付区域（项目）绩效目标自评表\n（2025年度）\n转移（项目）名称 | 基本药物制度补助 | < | <\n"
        "中央主管部门 | {} | < | <\n地方主管部门 | {} | 资金使用单位 | 清源县卫生院\n年度目标 | 补助37个卫生院。 | < | <"
    )
    plan = read_form(form.format("国家某委", "清源县卫生健康局") + ROWS, written)
    assert plan.department.name == "清源县卫生健康局"
    assert plan.goal_sheets[0].project.name == "基本药物制度补助"
    assert plan.goal_sheets[0].budget_unit.name == "清源县卫生院"
    assert "国家某委" in told(plan, "row.not_kept")
    assert read_form(form.format("国家某委", "") + ROWS, written).department.name == "国家某委"


# --- nature and value in one column ---------------------------------------------------------------------------------


@each_format
def test_nature_and_value_in_one_column(written: str) -> None:
    plan = read_form(
        """
项目支出绩效目标表
项目名称 | 清淤 | < | <
年度目标 | 清淤12公里。 | < | <
一级指标 | 二级指标 | 三级指标 | 指标性质+指标值
产出指标 | 数量指标 | 清淤河道长度 | 定量指标≥12公里
^ | 质量指标 | 清淤验收合格率 | 定量指标100%
效益指标 | 社会效益指标 | 防汛能力 | 定性指标：明显提高
""",
        written,
    )
    rows = plan.goal_sheets[0].indicators
    assert [row.target.text for row in rows] == ["≥12公里", "100%", "明显提高"]
    assert rows[1].target.number == 100
    assert "定量指标" in told(plan, "target.nature")
