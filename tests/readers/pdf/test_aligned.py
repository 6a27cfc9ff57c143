"""A form printed without lines: columns by alignment under the header words."""

from __future__ import annotations

import pytest
from plain import goal_words
from readers.pdf.draw import Sheet, pdf

from jixiao.readers import read_bytes

COLUMNS = (70, 140, 225, 360, 440)


def row(sheet: Sheet, y: float, *cells: str) -> None:
    for x, words in zip(COLUMNS, cells, strict=True):
        if words:
            sheet.text(x, y, words)


@pytest.mark.parametrize("spread", [14, 22])
def test_goal_sheet_without_lines(spread: int) -> None:
    s = Sheet()
    s.text(220, 90, "1.农村公路养护绩效目标表", 14)
    for n, pair in enumerate(
        (("项目编码", "13992526P00Q5G71", "项目名称", "农村公路养护"), ("预算数", "593.00", "其中：财政资金", "500.00"))
    ):
        for x, words in zip((70, 150, 300, 400), pair, strict=True):
            s.text(x, 120 + 20 * n, words)
    s.text(70, 160, "资金用途")
    s.text(150, 160, "用于农村公路小修保养和保洁，其中县道每公里一万元，乡道")
    s.text(150, 174, "每公里五千元。")
    for x, words in zip((70, 150, 250, 350, 450), ("资金支出计划", "3月底", "6月底", "10月底", "12月底"), strict=True):
        s.text(x, 194, words)
    for x, words in zip((150, 250, 350, 450), ("15%", "45%", "85%", "100%"), strict=True):
        s.text(x, 214, words)
    s.text(70, 234, "绩效目标")
    s.text(150, 234, "全年养护里程达到一千二百公里。")
    row(s, 260, "一级指标", "二级指标", "三级指标", "指标值", "指标值确定依据")
    y = 260 + spread
    row(s, y, "产出指标", "数量指标", "养护里程", "≥1268公里", "年度计划")
    row(s, y + spread, "", "", "县道巡查次数", "≥12次", "年度计划")
    row(s, y + 2 * spread, "", "质量指标", "年末农村公路优良中等", "≥88%", "评定标准")
    s.text(COLUMNS[2], y + 2 * spread + 12, "路率")
    row(s, y + 3 * spread + 12, "满意度指标", "服务对象满意度", "沿线群众满意度", "≥92%", "问卷")
    plan = read_bytes(pdf(s), "x.pdf")
    (sheet,) = plan.goal_sheets
    assert (sheet.project.code, sheet.project.name) == ("13992526P00Q5G71", "农村公路养护")
    assert (str(sheet.budget.total), str(sheet.budget.fiscal)) == ("593.00", "500.00")
    assert sheet.purpose == "用于农村公路小修保养和保洁，其中县道每公里一万元，乡道每公里五千元。"
    assert [str(step.percent) for step in sheet.disbursement_plan] == ["15", "45", "85", "100"]
    assert goal_words(sheet.goals) == ("全年养护里程达到一千二百公里。",)
    assert [
        (i.class_ and i.class_.value, i.kind and i.kind.value, i.name, i.target.text, i.basis) for i in sheet.indicators
    ] == [
        ("output", "quantity", "养护里程", "≥1268公里", "年度计划"),
        ("output", "quantity", "县道巡查次数", "≥12次", "年度计划"),
        ("output", "quality", "年末农村公路优良中等路率", "≥88%", "评定标准"),
        ("satisfaction", "beneficiary_satisfaction", "沿线群众满意度", "≥92%", "问卷"),
    ]
    assert "table.rejoined" in [n.code for n in plan.notes]


def test_forms_follow_each_other_over_pages() -> None:
    """Two forms on three pages: labels and words broken in their cells, the second form cut by a page."""
    a, b = Sheet(), Sheet()
    y = 100.0
    a.text(200, y, "1.河道清淤绩效目标表", 14)
    for n, words in enumerate(("预算规模及", "预算数", "50.00", "其中：财政", "40.00")):
        a.text(70 + 80 * n, y + 20, words)
    a.text(70, y + 34, "资金用途")
    a.text(310, y + 34, "资金")
    a.text(150, y + 48, "用于河道清淤和岸坡整治。")
    row(a, y + 62, "一级指标", "二级指标", "三级指标", "指标值", "指标值确定")
    a.text(COLUMNS[4], y + 76, "依据")
    row(a, y + 90, "产出指标", "数量指标", "清淤长度", "≥10公里", "年度计划")
    a.text(200, 700, "2.水库巡查绩效目标表", 14)
    for n, words in enumerate(("项目编码", "13992526P00Q5G71", "项目名称", "水库巡查")):
        a.text((70, 150, 300, 380)[n], 720, words)
    row(a, 740, "一级指标", "二级指标", "三级指标", "指标值", "指标值确定依据")
    row(b, 80, "产出指标", "数量指标", "全县中小型水库全年巡查", "≥12次", "年度计划")
    b.text(COLUMNS[2], 94, "总次数")
    row(b, 108, "效益指标", "社会效益指标", "安全度汛率", "=100%", "年度计划")
    plan = read_bytes(pdf(a, b), "x.pdf")
    first, second = plan.goal_sheets
    assert (str(first.budget.total), str(first.budget.fiscal), first.purpose) == (
        "50.00",
        "40.00",
        "用于河道清淤和岸坡整治。",
    )
    assert [(i.name, i.target.text, i.basis) for i in first.indicators] == [("清淤长度", "≥10公里", "年度计划")]
    assert (second.project.name, second.project.code) == ("水库巡查", "13992526P00Q5G71")
    assert [(i.name, i.target.text) for i in second.indicators] == [
        ("全县中小型水库全年巡查总次数", "≥12次"),
        ("安全度汛率", "=100%"),
    ]
    assert plan.provenance["/goal_sheets/1/indicators/0/name"].page == 2


@pytest.mark.parametrize("spread", [14, 24])
def test_activities_without_lines(spread: int) -> None:
    at = (54, 130, 190, 300, 400, 490)
    rows = (
        ("公路养护", "593.00", "小修保养和日常保", "路面平整畅通", "县道巡查次数", "≥12次"),
        ("", "", "", "", "优良中等路率", "≥88%"),
        ("路政管理", "20.00", "治理超限运输", "公路设施完好", "超限率", "≤1%"),
    )
    s = Sheet()
    s.text(54, 80, "二、分项绩效目标", 12)
    for x, words in zip(at, ("职责活动", "年度预算数", "内容描述", "绩效目标", "绩效指标", "评价标准"), strict=True):
        s.text(x, 110, words)
    y = 110.0
    for n, cells in enumerate(rows):
        y += spread
        for x, words in zip(at, cells, strict=True):
            s.text(x, y, words)
        if n == 0:
            y += 13
            s.text(at[2], y, "洁、边沟清理")
    s.text(54, y + 60, "三、工作保障措施", 12)
    plan = read_bytes(pdf(s), "x.pdf")
    assert [(a.name, str(a.budget), a.description, a.goal) for a in plan.activities] == [
        ("公路养护", "593.00", "小修保养和日常保洁、边沟清理", "路面平整畅通"),
        ("路政管理", "20.00", "治理超限运输", "公路设施完好"),
    ]
    assert [[i.text for i in a.indicators] for a in plan.activities] == [["县道巡查次数", "优良中等路率"], ["超限率"]]


def test_header_at_the_end_of_many_pages_is_no_footer() -> None:
    pages = []
    for n in range(4):
        s = Sheet()
        if n:
            row(s, 80, "产出指标", "数量指标", f"清淤长度{n}", "≥10公里", "年度计划")
        if n < 3:
            s.text(200, 730, f"{n + 1}.河道清淤绩效目标表", 14)
            for x, words in zip((70, 150, 300, 380), ("项目编码", "————", "项目名称", f"河道{n}"), strict=True):
                s.text(x, 760, words)
            row(s, 780, "一级指标", "二级指标", "三级指标", "指标值", "指标值确定依据")
        pages.append(s)
    plan = read_bytes(pdf(*pages), "x.pdf")
    assert [[i.name for i in sheet.indicators] for sheet in plan.goal_sheets] == [
        ["清淤长度1"],
        ["清淤长度2"],
        ["清淤长度3"],
    ]
