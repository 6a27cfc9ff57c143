"""How a form of each layout is drawn: its head and its columns as they are printed, and where the rest goes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from documents.looked import tables_of, texts
from hypothesis import given
from hypothesis import strategies as st
from writers import factory

from jixiao.documents import Document, Paragraph, Role, Table, to_docx, to_html, to_xlsx
from jixiao.domain.period import FiscalYear
from jixiao.domain.plan import Plan
from jixiao.layouts import layouts, usual
from jixiao.writers.plan_form import plan_document
from jixiao.writers.sheet_form import sheet_form
from jixiao.writers.sheet_rows import shared_by_width


def drawn(layout: str, plan: Plan | None = None) -> tuple[list[list[str]], list[list[str]]]:
    """The words of head and rows of the first form."""
    head, rows = tables_of(plan_document(plan or plain(), layouts()[layout]))[-2:]
    return [texts(row) for row in head.body], [texts(row) for row in (*rows.head, *rows.body)]


def plain() -> Plan:
    """One sheet that says nothing which the central form has no place for."""
    plan = factory.plan(sheets=1)
    sheet = plan.goal_sheets[0]
    rows = tuple(replace(row, description=None, basis=None) for row in sheet.indicators)
    project = replace(sheet.project, code=None)
    return replace(
        plan,
        goal_sheets=(replace(sheet, indicators=rows, purpose=None, disbursement_plan=(), project=project),),
    )


def test_the_central_form() -> None:
    head, rows = drawn("national-88")
    assert head == [
        ["项目名称", "项目1"],
        ["主管部门", "366示例县商务局", "实施单位", "366001 示例县商务局本级"],
        ["项目资金\n（万元）", "年度资金总额", "57.73"],
        ["其中：财政拨款", "57.73"],
        ["其他资金", ""],
        ["总体目标", "年度目标"],
        ["1、走访企业 10 家\n2、签约项目 2 个"],
    ]
    assert rows[:2] == [["一级指标", "二级指标", "三级指标", "指标值"], ["产出指标", "数量指标", "走访企业数", "≥10家"]]


def test_the_form_with_sign_value_and_unit_apart() -> None:
    head, rows = drawn("national-101")
    assert ["年度目标", "1、走访企业 10 家\n2、签约项目 2 个"] in head
    assert rows[0][4:8] == ["计算符号", "指标值", "计量单位", "分值"]
    assert rows[1][2:8] == ["走访企业数", "", "≥", "10", "家", ""]
    assert rows[3][3:7] == ["", "", "改善", ""], "words stand as a whole"


def test_whole_sentences_need_no_numbers() -> None:
    plan = plain()
    goals = tuple(replace(goal, text=f"{goal.text}。") for goal in plan.goal_sheets[0].goals)
    plan = replace(plan, goal_sheets=(replace(plan.goal_sheets[0], goals=goals),))
    assert drawn("national-88", plan)[0][-1] == ["走访企业 10 家。\n签约项目 2 个。"]
    assert drawn("hebei", plan)[0][-1][1].startswith("1、")


def test_what_the_form_has_no_place_for_stands_below_and_at_the_right() -> None:
    head, rows = drawn("national-88", factory.plan(sheets=1))
    assert head[-4:] == [
        ["项目编码", "13022524P0001"],
        ["资金用途", "用于走访企业和参加展会"],
        ["资金支出计划（%）", "3月底", "12月底"],
        ["25%", "100%"],
    ]
    assert rows[0] == ["一级指标", "二级指标", "三级指标", "指标值", "绩效指标描述", "指标值确定依据"]


def test_what_is_added_leaves_the_rest_as_it_is() -> None:
    """Columns at the right are added to the grid: none of the form's own gets another share of it."""
    layout = layouts()["national-88"]
    more = sheet_form(factory.sheet(1), None, layout=layout).blocks[-1]
    less = sheet_form(plain().goal_sheets[0], None, layout=layout).blocks[-1]
    assert isinstance(more, Table)
    assert isinstance(less, Table)
    assert [c.width for c in more.columns[: len(layout.grid)]] == [c.width for c in less.columns]
    assert len(more.columns) == len(layout.grid) + 2


def test_the_year_stands_below_the_title_of_every_form_that_has_it_there() -> None:
    plan = replace(factory.plan(), fiscal_year=FiscalYear(2027))

    def years(document: Document) -> list[list[str]]:
        return [
            [str(b.words) for b in section.blocks if isinstance(b, Paragraph) and b.role is Role.SUBTITLE]
            for section in document.sections[1:]
        ]

    assert years(plan_document(plan, layouts()["national-88"])) == [["（2027年度）"], ["（2027年度）"]]
    assert years(plan_document(plan)) == [[], []]


def test_a_line_below_the_title_stands_in_the_middle() -> None:
    document = plan_document(factory.plan(), layouts()["national-88"])
    assert b'<p class="subtitle">' in to_html(document).encode()
    assert to_docx(document)
    assert to_xlsx(document)


def test_a_sheet_of_a_later_stage_is_drawn_as_usual() -> None:
    plan = factory.evaluated()
    later = plan.later_sheets[plan.goal_sheets[0].id]
    asked = sheet_form(plan.goal_sheets[0], later, layout=layouts()["national-88"])
    assert asked == sheet_form(plan.goal_sheets[0], later, layout=usual())


@given(st.lists(st.integers(1, 40), min_size=1, max_size=14), st.integers(1, 14))
def test_shares_by_width_take_all_columns_and_one_each_at_least(widths: list[int], among: int) -> None:
    among = min(among, len(widths))
    shares = shared_by_width(widths, among)
    assert sum(shares) == len(widths)
    assert len(shares) == among
    assert min(shares) >= 1


@pytest.mark.parametrize(
    ("widths", "among", "shares"),
    [((11, 7, 8, 11, 11, 11, 15), 4, [2, 2, 2, 1]), ((34, 10, 10, 10), 2, [1, 3]), ((5, 5, 5), 3, [1, 1, 1])],
)
def test_shares_are_about_as_wide_as_one_another(widths: tuple[int, ...], among: int, shares: list[int]) -> None:
    assert shared_by_width(widths, among) == shares
