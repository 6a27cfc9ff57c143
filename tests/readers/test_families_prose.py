"""Goal sheets and self-evaluations in running text: several layouts of the same list."""

from __future__ import annotations

import json

import pytest
from plain import as_printed

from jixiao.domain.codec import plan_to_dict
from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.plan import Plan
from jixiao.readers import read_bytes

HEAD = "清源县项目绩效目标\n项目名称：公厕改造\n"
ROWS = [
    (IndicatorKind.QUANTITY, "新建公厕", "≥12座"),
    (IndicatorKind.QUANTITY, "改造公厕", "≥5座"),
    (IndicatorKind.QUALITY, "验收合格率", "100%"),
    (IndicatorKind.TIMELINESS, "按时完成率", "100%"),
    (IndicatorKind.TIMELINESS, "拨付及时率", "≥95%"),
    (IndicatorKind.COST, "每座成本", "不超过20万元"),
    (IndicatorKind.BENEFICIARY_SATISFACTION, "群众满意度", "≥90%"),
]

LAYOUTS = {
    "a kind per line": """1.数量指标：新建公厕≥12座；改造公厕≥5座。
2.质量指标：验收合格率100%。
3.时效指标：按时完成率100%，拨付及时率≥95%。
4.成本指标：每座成本不超过20万元
5.服务对象满意度指标：群众满意度≥90%
""",
    "kinds above their indicators": """（一）产出指标
1.数量指标
新建公厕≥12座
改造公厕≥5座
2.质量指标
验收合格率100%
3.时效指标
（1）按时完成率100%
（2）拨付及时率≥95%
4.成本指标
每座成本不超过20万元
（二）满意度指标
服务对象满意度指标
群众满意度≥90%
""",
    "all in one paragraph": "数量指标：新建公厕≥12座，改造公厕≥5座；质量指标：验收合格率100%；时效指标：按时完成率100%，拨付及时率≥95%；"
    "成本指标：每座成本不超过20万元；满意度指标：群众满意度≥90%。\n",
    "names and values apart by commas": """数量指标:新建公厕,≥12座;改造公厕,≥5座;
质量指标:验收合格率,100%;
时效指标:按时完成率,100%;拨付及时率,≥95%;
成本指标:每座成本,不超过20万元;
满意度指标:群众满意度,≥90%;
""",
}


def read(text: str) -> Plan:
    return read_bytes(text.encode(), "表.txt")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_lists_the_same_indicators(layout: str) -> None:
    plan = read(HEAD + LAYOUTS[layout])
    (sheet,) = plan.goal_sheets
    assert [(r.kind, r.name, r.target.text) for r in sheet.indicators] == ROWS
    assert "sheet.from_prose" in [note.code for note in plan.notes]


def test_promised_and_reached_values_are_told_apart() -> None:
    text = """清源县2022年度项目支出绩效自评报告
项目名称：饮水工程
数量指标：新建水窖，指标值为≥20座，完成值为22座；受益人口指标值为≥3000人，完成值为3200人。
质量指标：验收合格率，年初目标值100%，实际完成值98%。
时效指标：完成时间，指标值：2022年12月底前，实际完成值：2022年11月30日。
满意度指标：群众满意度≥90%，实际完成95%。
"""
    (sheet,) = as_printed(read(text))
    assert [(r.name, r.target.text, r.actual and r.actual.text) for r in sheet.indicators] == [
        ("新建水窖", "≥20座", "22座"),
        ("受益人口", "≥3000人", "3200人"),
        ("验收合格率", "100%", "98%"),
        ("完成时间", "2022年12月底前", "2022年11月30日"),
        ("群众满意度", "≥90%", "95%"),
    ]


def test_words_before_the_first_kind_are_told() -> None:
    plan = read(HEAD + "具体安排：数量指标：新建公厕≥12座；质量指标：验收合格率100%。\n")
    assert [note.code for note in plan.notes if "具体安排" in note.message] == ["unplaced"]
    assert plan.indicator_count == 2


def test_thousands_of_indicators_in_one_paragraph_do_not_each_hold_the_whole() -> None:
    roads = "；".join(f"改造{chr(0x4E00 + n)}路里程，≥{n}公里" for n in range(1, 1500))
    text = f"{HEAD}产出指标\n数量指标：{roads}。\n质量指标：验收合格率，100%。\n"
    plan = read_bytes(text.encode(), "x.txt")
    assert plan.indicator_count == 1500
    assert len(json.dumps(plan_to_dict(plan), ensure_ascii=False)) < 100 * len(text)


def test_indicators_in_words_without_any_head_are_a_sheet() -> None:
    """Nothing names a project, money or goals: the sheet has its rows alone."""
    text = "一、产出指标\n二、效益指标\n三、满意度指标\n服务对象满意度指标：老年人满意度≥90%\n"
    (sheet,) = read_bytes(text.encode(), "表.txt").goal_sheets
    assert [(row.name, row.target.text) for row in sheet.indicators] == [("老年人满意度", "≥90%")]
