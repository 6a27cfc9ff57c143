"""A plan written as a form reads back as the same plan, and its rows are known again after somebody edited the file."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from documents.looked import tables_of, texts, words_of
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from writers import factory

import jixiao
from examples import examples
from jixiao.documents import Cell, Look, Table
from jixiao.domain.codec import plan_to_dict
from jixiao.domain.filled import Filled, filled_in
from jixiao.domain.form import AMOUNT_FIELDS, INDICATOR_FIELDS
from jixiao.domain.goal_sheet import DisbursementStep, GoalSheet
from jixiao.domain.identity import things
from jixiao.domain.plan import Plan
from jixiao.domain.stage import LaterSheet, stage_of
from jixiao.layouts import usual
from jixiao.parameters import rulesets
from jixiao.readers import read_bytes
from jixiao.readings.presence import is_department_wide
from jixiao.readings.view import PlanView
from jixiao.writers.outputs.plan_form import plan_docx, plan_html, plan_xlsx
from jixiao.writers.plan_form import plan_document
from jixiao.writers.registry import writers, writers_of
from jixiao.writers.sheet_head import _MONEY_ORDER
from tools.truth.labels import documents

COUNTY = Path(__file__).parents[2] / "examples" / "county" / "files"
FILES = sorted(p for p in COUNTY.iterdir() if p.suffix in (".docx", ".xlsx", ".txt"))
both = pytest.mark.parametrize(("write", "name"), [(plan_docx, "甲.docx"), (plan_xlsx, "甲.xlsx")])


def said(plan: Plan) -> dict[str, Any]:
    """What a plan says, without where it was read, line breaks of cells and the code of the department apart."""
    data = plan_to_dict(plan)
    kept = ("overall_goals", "safeguards", "goal_sheets", "activities", "fiscal_year", "currency_unit")
    activities = [a | {"goal": (a["goal"] or "").replace("\n", "")} for a in data["activities"]]
    return {key: data[key] for key in kept} | {"activities": activities}


@cache
def read(file: Path) -> Plan:
    return jixiao.read_plan(file)


@both
@pytest.mark.parametrize("file", FILES, ids=lambda p: p.name)
def test_what_is_written_reads_back(write: Callable[[Plan], bytes], name: str, file: Path) -> None:
    plan = read(file)
    again = read_bytes(write(plan), name)
    assert said(again) == said(plan)
    assert list(things(again)) == list(things(plan))
    assert not [note for note in again.notes if note.code in ("unplaced", "hidden.left_out", "identity.doubt")]


@both
def test_the_same_plan_makes_the_same_bytes(write: Callable[[Plan], bytes], name: str) -> None:
    plan = read(FILES[0])
    assert write(plan) == write(plan)
    assert list(things(read_bytes(write(plan), name))) == list(things(plan))


LATER = [d.plan for d in documents() if d.plan.later_sheets]


@both
@pytest.mark.parametrize("plan", LATER, ids=lambda plan: plan.title)
def test_what_was_filled_in_reads_back(write: Callable[[Plan], bytes], name: str, plan: Plan) -> None:
    again = read_bytes(write(plan), name)
    was, is_ = (
        list(map(filled, p.goal_sheets, map(p.later_sheets.get, (s.id for s in p.goal_sheets)))) for p in (plan, again)
    )
    assert is_ == was
    assert [stage_of(p) for p in again.later_sheets.values()] == [stage_of(p) for p in plan.later_sheets.values()]


def filled(sheet: GoalSheet, later: LaterSheet | None) -> Filled:
    """What stands on a form besides its goals; a blank cell is no text, whoever left it so."""
    found = filled_in(sheet, later)
    reached = tuple(replace(goal, id="") for goal in found.goals_reached)
    return replace(
        found, goals_reached=reached, rows=tuple(replace(r, deviation=r.deviation or None) for r in found.rows)
    )


def test_every_field_of_a_row_has_its_column() -> None:
    assert {column.field for column in usual().columns} == {
        f"goal_sheets/*/indicators/*/{field.name}" for field in INDICATOR_FIELDS if field.name != "id"
    }
    assert set(_MONEY_ORDER) == {field.name for field in AMOUNT_FIELDS}


def test_a_self_evaluation_is_laid_out_as_its_form() -> None:
    plan = next(plan for plan in LATER if plan.self_evaluation_sheets)
    section = plan_document(plan).sections[-1]
    head, rows = (block for block in section.blocks if isinstance(block, Table))
    words = [texts(row) for row in head.body]
    assert ["预算执行情况", "资金来源", "年初预算数", "全年预算数", "执行数", "分值", "执行率", "得分"] in words
    titles = texts(rows.head[0])
    assert titles[:3] == ["一级指标", "二级指标", "三级指标"]
    assert {"指标值", "完成值", "分值", "得分", "偏差原因"} <= set(titles)
    assert texts(rows.body[-1])[0] == "总分"


def test_a_sheet_is_laid_out_as_its_form() -> None:
    _, head, rows, *_ = tables_of(plan_document(factory.plan()))
    assert [texts(row) for row in head.body] == [
        ["366001 示例县商务局本级", "单位：万元"],
        ["项目编码", "13022524P0001", "项目名称", "项目1"],
        ["预算规模及资金用途", "预算数", "57.73", "其中：财政资金", "57.73", "其他资金", ""],
        ["用于走访企业和参加展会"],
        ["资金支出计划（%）", "3月底", "12月底"],
        ["25%", "100%"],
        ["绩效目标", "1、走访企业 10 家\n2、签约项目 2 个"],
    ]
    assert [texts(row) for row in (*rows.head, *rows.body)] == [
        ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"],
        ["产出指标", "数量指标", "走访企业数", "走访企业数的说明", "≥10家", "年度工作计划"],
        ["时效指标", "完成时间", "完成时间的说明", "2026年12月31日前", ""],
        ["效益指标", "社会效益指标", "营商环境", "营商环境的说明", "改善", ""],
        ["满意度指标", "服务对象满意度指标", "企业满意度", "企业满意度的说明", "≤85%", ""],
        ["群众满意度", "群众满意度的说明", "≤90%", ""],
    ]
    level = rows.body[0][0]
    assert isinstance(level, Cell)
    assert (level.rows, level.look) == (2, Look.LABEL)


def test_the_department_comes_first() -> None:
    document = plan_document(factory.plan())
    assert [s.name for s in document.sections] == ["部门整体绩效目标", "1. 项目1", "2. 项目2"]
    assert "1.完善制度。完善各项制度。" in words_of(document)
    table = tables_of(document)[0]
    assert [texts(row) for row in (*table.head, *table.body)] == [
        ["366示例县商务局", "单位：万元"],
        ["职责活动", "年度预算数", "内容描述", "绩效目标", "绩效指标", "评价标准"],
        ["优", "良", "中", "差"],
        ["招商引资", "200.00", "开展招商", "引进项目", "签约项目数", "10个以上", "8个", "5个", "未定"],
    ]


def test_points_have_a_column_where_there_are_any() -> None:
    plan = factory.plan(sheets=1)
    sheet = plan.goal_sheets[0]
    rows = (replace(sheet.indicators[0], weight=Decimal("12.5")), *sheet.indicators[1:])
    table = tables_of(plan_document(replace(plan, goal_sheets=(replace(sheet, indicators=rows),))))[2]
    assert texts(table.head[0])[-2:] == ["分值", "指标值确定依据"]
    assert texts(table.body[0])[-2:] == ["12.5", "年度工作计划"]


@pytest.mark.parametrize("count", [0, 1, 4, 7, 8, 15])
def test_any_number_of_points_of_time_fits_the_form(count: int) -> None:
    plan = factory.plan(sheets=1)
    steps = tuple(DisbursementStep(f"{n}月底", Decimal(n)) for n in range(count))
    sheets = (replace(plan.goal_sheets[0], disbursement_plan=steps),)
    assert plan_docx(replace(plan, goal_sheets=sheets))


def test_an_empty_plan_is_a_document_too() -> None:
    empty = Plan(factory.plan().source)
    assert plan_docx(empty)
    assert plan_xlsx(empty)
    assert plan_html(empty)


@pytest.mark.parametrize("file", FILES, ids=lambda p: p.name)
def test_a_page_reads_back_too(file: Path) -> None:
    plan = read(file)
    assert said(read_bytes(plan_html(plan), "甲.html")) == said(plan)


def test_forms_are_written_only_when_asked_for() -> None:
    assert {w.name for w in writers() if w.asked} == {"docx", "html", "xlsx"}
    assert [w.name for w in writers_of(Plan)] == ["json"]


def rows_of(plan: Plan) -> dict[str, str]:
    """The id of every row by its name."""
    return {row.name or "": row.id for sheet in plan.goal_sheets for row in sheet.indicators}


def edited_in_word(data: bytes, edit: Callable[[Any], None]) -> Plan:
    """The file after an edit of its last table, the rows of the last project."""
    document = docx.Document(io.BytesIO(data))
    edit(document.tables[-1])
    out = io.BytesIO()
    document.save(out)
    return read_bytes(out.getvalue(), "改.docx")


@cache
def plain_plan() -> Plan:
    return next(
        d.plan for d in documents() if len(d.plan.goal_sheets) > 1 and len(d.plan.goal_sheets[-1].indicators) > 5
    )


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["delete", "copy", "up", "value", "words"]), st.integers(0, 50)), max_size=4))
def test_rows_are_known_again_after_edits_in_word(edits: list[tuple[str, int]]) -> None:
    plan = plain_plan()
    before = rows_of(plan)
    touched: set[str] = set()

    def edit(table: Any) -> None:
        for what, n in edits:
            body = table.rows[1:]
            if len(body) < 2:
                return
            row = body[n % len(body)]
            name = row.cells[2].text
            if what == "delete":
                row._tr.getparent().remove(row._tr)
            elif what == "copy":
                table._tbl.append(copy.deepcopy(row._tr))
                touched.add(name)
            elif what == "up":
                table.rows[1]._tr.addprevious(row._tr)
            elif what == "value":
                row.cells[-1].text = f"≥{n + 7}项"
            else:
                row.cells[2].text = f"{name}情况"
                touched.add(name)

    again = edited_in_word(plan_docx(plan), edit)
    asked = {note.pointer for note in again.notes if note.code == "identity.doubt"}
    ids = [id_ for _, id_ in things(again)]
    assert len(ids) == len(set(ids))
    last = len(again.goal_sheets) - 1
    for n, row in enumerate(again.goal_sheets[last].indicators):
        name = row.name or ""
        if name in before and name not in touched and f"/goal_sheets/{last}/indicators/{n}" not in asked:
            assert row.id == before[name]


def test_rows_are_known_again_after_edits_in_a_workbook() -> None:
    plan = plain_plan()
    workbook = load_workbook(io.BytesIO(plan_xlsx(plan)))
    sheet = workbook.worksheets[len(plan.goal_sheets)]
    cells = [c for row in sheet.iter_rows() for c in row if c.value == plan.goal_sheets[-1].indicators[2].name]
    cells[0].value = f"{cells[0].value}总数"
    out = io.BytesIO()
    workbook.save(out)
    again = read_bytes(out.getvalue(), "改.xlsx")
    assert [r.id for r in again.goal_sheets[-1].indicators] == [r.id for r in plan.goal_sheets[-1].indicators]
    assert again.goal_sheets[-1].indicators[2].name == cells[0].value


@both
def test_a_reader_sees_nothing_of_the_traces(write: Callable[[Plan], bytes], name: str) -> None:
    plan = plain_plan()
    again = read_bytes(write(plan), name)
    assert "traces" not in str(plan_to_dict(again))
    assert all("_jixiao" not in note.message for note in again.notes)


FORM = """主管部门 | 某县水利局 | 实施单位 | 某县河道管理所 | | |
年度预算申请（万元） | 资金总额 | 100 | 其中：财政拨款 | 100 | |
年度目标 | 清淤12公里。 | | | | |
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 清淤长度 | ≥12公里 | {actual} | 50 | {score}
产出指标 | 时效指标 | 完工时间 | 12月底前 | {actual} | 50 | {score}
"""
GOALS, EVALUATED = FORM.format(actual="", score=""), FORM.format(actual="已完成", score="50")
NAMED = "项目名称 | 清淤工程 | 项目编码 | 1234 | | |\n"
PRINTED = {
    "单张的年度在表名下": f"项目支出绩效目标表\n（2026年度）\n{NAMED}{GOALS}",
    "没有单位的部门": f"部门整体支出绩效自评表\n（2025年度）\n{EVALUATED.replace('实施单位 | 某县河道管理所', '|')}",
    "部门整体与项目在一处": f"部门整体支出绩效目标表\n（2026年度）\n{GOALS}\n项目支出绩效目标表\n（2026年度）\n{NAMED}{GOALS}",
    "两个年度的表在一处": f"2026年项目支出绩效目标表\n{NAMED}{GOALS}\n项目支出绩效自评表\n（2025年度）\n{NAMED}{EVALUATED}",
}


@both
@pytest.mark.parametrize("text", PRINTED.values(), ids=PRINTED)
def test_years_titles_departments_and_units_of_money_come_back(
    write: Callable[[Plan], bytes], name: str, text: str
) -> None:
    plan = read_bytes(text.encode(), "表.txt")
    again = read_bytes(write(plan), name)
    assert plan.fiscal_year is not None
    assert plan.department.name == "某县水利局"
    assert {sheet.budget.currency_unit for sheet in plan.goal_sheets} == {"万元"}
    assert said(again) == said(plan)
    assert (again.department, again.fiscal_year) == (plan.department, plan.fiscal_year)
    assert plan.title is None or again.title == plan.title
    assert [stage_of(later) for later in again.later_sheets.values()] == [
        stage_of(later) for later in plan.later_sheets.values()
    ]


def test_a_whole_department_is_known_beside_its_projects() -> None:
    plan = read_bytes(PRINTED["部门整体与项目在一处"].encode(), "表.txt")
    assert [sheet.label for sheet in plan.goal_sheets] == ["1. 部门整体支出绩效目标表", "2. 清淤工程"]
    sheets = PlanView(plan, rulesets()["national-88"], date(2026, 1, 1)).sheets
    assert [is_department_wide(sheet) for sheet in sheets] == [True, False]
