"""Tables inside cells of Word: the rows of a form stand where the cell stood, two deep too; those that only arrange stay apart."""

from __future__ import annotations

import pytest
from readers.office import docx_of, p, tbl, tc, tr

from jixiao.domain.plan import Plan
from jixiao.readers import read_bytes

HEADER = tr("一级指标", "二级指标", "三级指标", "指标值")
ROWS = (
    tr("产出指标", "数量指标", "维修养护水库数量", "≥12座"),
    tr("", "质量指标", "工程验收合格率", "≥98%"),
    tr("满意度指标", "服务对象满意度指标", "下游群众满意度", "≥90%"),
)
HEAD = tr("项目名称", "小型水库维修养护", "实施单位", "水库管理站")
GOAL = tr("年度目标", tc(p("完成12座小型水库维修养护。"), span=3))
MONEY = tbl(tr("年度资金总额", "86.5"), tr("其中：财政拨款", "80"), tr("其他资金", "6.5"))
END = tr("填表人", "张三", "联系电话", "0312-1234567")


def read(*rows: str) -> Plan:
    return read_bytes(docx_of(p("项目支出绩效目标表") + tbl(*rows)), "表.docx")


FORMS = {
    "with its header": (tr("绩效指标", tc(p(""), tbl(HEADER, *ROWS), span=3)),),
    "under the header": (HEADER, tr(tc(tbl(*ROWS), p(""), span=4))),
    "two deep": (tr(tc(tbl(tr("绩效指标", tc(tbl(HEADER, *ROWS), p("")))), p(""), span=4)),),
    "above the end": (tr("年度绩效指标", tc(tbl(HEADER, *ROWS), span=3)), END),
}


@pytest.mark.parametrize("form", FORMS)
def test_indicators_in_a_cell(form: str) -> None:
    sheet = read(HEAD, tr("项目资金（万元）", tc(p(""), MONEY, span=3)), GOAL, *FORMS[form]).goal_sheets[0]
    assert sheet.project.name == "小型水库维修养护"
    assert (sheet.budget.total, sheet.budget.fiscal, str(sheet.budget.other)) == (86.5, 80, "6.5")
    assert [goal.text for goal in sheet.goals] == ["完成12座小型水库维修养护。"]
    assert [(r.class_, r.kind, r.name, r.target.text) for r in sheet.indicators] == [
        ("output", "quantity", "维修养护水库数量", "≥12座"),
        ("output", "quality", "工程验收合格率", "≥98%"),
        ("satisfaction", "beneficiary_satisfaction", "下游群众满意度", "≥90%"),
    ]


def test_places_name_the_table_in_the_cell() -> None:
    place = read(HEAD, GOAL, *FORMS["with its header"]).provenance["/goal_sheets/0/indicators/0/target"]
    assert (place.table, place.row, place.column) == (2, 2, 4)


def test_two_forms_that_a_table_only_sets_side_by_side() -> None:
    other = HEAD.replace("小型水库维修养护", "农村供水管网改造")
    plan = read(tr(tc(tbl(HEAD, GOAL, HEADER, *ROWS)), tc(tbl(other, GOAL, HEADER, *ROWS[:1]))))
    assert [(s.project.name, len(s.indicators)) for s in plan.goal_sheets] == [
        ("小型水库维修养护", 3),
        ("农村供水管网改造", 1),
    ]
