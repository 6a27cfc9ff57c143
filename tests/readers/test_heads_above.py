"""Lines above and below a table, and years in the heads of its columns."""

from __future__ import annotations

from datetime import date

import pytest
from readers.form_grid import FORMATS, drawn

from jixiao.domain.period import FiscalYear
from jixiao.domain.plan import Plan
from jixiao.parameters import rulesets
from jixiao.readers import read_bytes
from jixiao.review.engine import review_plan
from jixiao.rules import RULES

FORM = """
项目支出绩效目标表
{above} | < | < | 单位：万元 | <
项目名称 | 道路养护 | < | 预算数 | 20
年度目标 | 养护道路40公里。 | < | < | <
一级指标 | 二级指标 | 三级指标 | {target} | <
产出指标 | 数量指标 | 养护里程 | ≥40公里 | <
效益指标 | 社会效益指标 | 受益村庄数量 | ≥12个 | <
满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90% | <
"""


def read(*, above: str = "", target: str = "指标值", below: str = "") -> Plan:
    return read_bytes(FORMATS["docx"](drawn(FORM.format(above=above, target=target) + below)), "表.docx")


@pytest.mark.parametrize(
    "label", ["编制单位：", "编报单位:", "填表单位（盖章）：", "部门：", "单位名称：", "预算单位："]
)
def test_the_label_is_no_part_of_the_name_of_the_unit(label: str) -> None:
    plan = read(above=f"{label}青河县交通局")
    assert plan.goal_sheets[0].budget_unit.name == "青河县交通局"
    assert plan.department.name == "青河县交通局"


@pytest.mark.parametrize(
    ("head", "year"), [("预期2026年实现值", FiscalYear(2026)), ("2027年指标值", FiscalYear(2027)), ("指标值", None)]
)
def test_the_year_may_stand_over_the_targets(head: str, year: FiscalYear | None) -> None:
    assert read(target=head).fiscal_year == year


@pytest.mark.parametrize("line", ["备注：无", "填报人：张某", "联系电话：0000"])
def test_a_remark_under_the_table_takes_nothing_from_the_grade(line: str) -> None:
    plan = read(below=f"{line}\n")
    assert line in "".join(note.message for note in plan.notes)
    grades = [review_plan(p, RULES, rulesets()["national-88"], date(2026, 1, 1)).grade for p in (plan, read())]
    assert grades[0].limit == grades[1].limit
