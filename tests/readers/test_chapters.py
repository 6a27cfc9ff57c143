"""The parts of a plan before its goal sheets: cover, contents, goals, activities, safeguards; who and when."""

from __future__ import annotations

import pytest
from plain import goal_words

from jixiao.domain.money import CurrencyUnit
from jixiao.domain.plan import Plan
from jixiao.readers import read_bytes

GOALS = "一、总体绩效目标\n全年完成道路改造12公里。"


def read(text: str) -> Plan:
    return read_bytes(text.encode(), "a.txt")


def codes(plan: Plan) -> list[str]:
    return [note.code for note in plan.notes]


# --- who and when ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cover", "department", "year", "title"),
    [
        ("清源县商务局\n2026年部门预算绩效文本\n", "清源县商务局", 2026, "清源县商务局2026年部门预算绩效文本"),
        ("清源县商务局2026年部门预算绩效文本\n", "清源县商务局", 2026, "清源县商务局2026年部门预算绩效文本"),
        (
            "2026年部门预算绩效文本\n清源县商务局编制\n清源县财政局审核\n",
            "清源县商务局",
            2026,
            "2026年部门预算绩效文本",
        ),
        (
            "2026年预算绩效文本\n编制单位：清源县商务局    审核单位：清源县财政局\n",
            "清源县商务局",
            2026,
            "2026年预算绩效文本",
        ),
        ("第一部分\n2026年部门整体绩效目标\n", None, 2026, None),
        ("", None, None, None),
    ],
    ids=["two lines", "one line", "compiled by", "labelled", "subtitle", "none"],
)
def test_cover(cover: str, department: str | None, year: int | None, title: str | None) -> None:
    plan = read(cover + GOALS)
    assert plan.department.name == department
    assert (plan.fiscal_year.year if plan.fiscal_year else None) == year
    if title is not None:
        assert plan.title == title


def test_what_is_taken_from_prose_is_told() -> None:
    plan = read("一、总体绩效目标\n2026年，我局将完成道路改造。\n清源县交通局负责实施。")
    assert plan.fiscal_year is not None
    assert plan.fiscal_year.year == 2026
    assert "fiscal_year.from_prose" in codes(plan)
    plan = read("一、总体绩效目标\n清源县交通局按照部署完成改造。")
    assert plan.department.name == "清源县交通局"
    assert "department.from_prose" in codes(plan)


def test_department_from_the_first_budget_unit_is_told() -> None:
    plan = read("366001清源县商务局本级\t单位：元\n项目编码\t1\t项目名称\t甲\n绩效目标\t乙\n")
    assert plan.department.name == "清源县商务局"
    assert "department.from_unit" in codes(plan)
    assert plan.currency_unit is CurrencyUnit.YUAN


def test_a_year_named_nowhere_is_not_guessed() -> None:
    table = "项目编码\t1\t项目名称\t甲\n一级指标\t二级指标\t三级指标\t指标值\n产出指标\t时效指标\t乙\t2025年底"
    plan = read(f"{GOALS}\n第二部分\n{table}")
    assert plan.fiscal_year is None
    assert any("2025" in n.message for n in plan.notes if n.code == "fiscal_year.unknown")


# --- chapters ----------------------------------------------------------------------------------------------


def test_contents_page_is_not_the_text() -> None:
    contents = "目    录\n第一部分 部门整体绩效目标\n一、总体绩效目标\t1\n二、分项绩效目标\t7\n三、工作保障措施\t12\n1.招商经费绩效目标表\t17\n\n"
    plan = read(contents + GOALS + "\n三、工作保障措施\n1.完善制度。明确分工。")
    assert goal_words(plan.overall_goals) == ("全年完成道路改造12公里。",)
    assert len(plan.safeguards) == 1
    assert not plan.goal_sheets
    assert "furniture.dropped" in codes(plan)


def test_chapters_printed_twice() -> None:
    plan = read(f"{GOALS}\n二、分项绩效目标\n（一）甲\n绩效目标：乙。\n{GOALS}\n")
    assert goal_words(plan.overall_goals) == ("全年完成道路改造12公里。",)
    (note,) = [n for n in plan.notes if n.code == "section.repeated"]
    assert "内容与" in note.message
    plan = read(f"{GOALS}\n二、分项绩效目标\n（一）甲\n绩效目标：乙。\n一、总体绩效目标\n另一种说法。\n")
    (note,) = [n for n in plan.notes if n.code == "section.conflicting"]
    assert "另一种说法" in note.message


def test_broken_numbers_are_told() -> None:
    plan = read(
        f"{GOALS}\n二、分项绩效目标\n（一）甲\n绩效目标：乙。\n（三）丙\n绩效目标：丁。\n工作保障措施\n1.明确分工。\n2.按月通报。\n"
    )
    notes = [(n.pointer, n.message) for n in plan.notes if n.code == "heading.numbering"]
    assert [pointer for pointer, _ in notes] == ["/activities", "/safeguards"]
    assert "缺少二" in notes[0][1]
    assert "“工作保障措施”没有编号" in notes[1][1]


def test_sound_numbers_are_not_told() -> None:
    plan = read(
        f"{GOALS}\n二、分项绩效目标\n（一）甲\n绩效目标：乙。\n（二）丙\n绩效目标：丁。\n三、工作保障措施\n1.明确分工。\n2.按月通报。\n"
    )
    assert "heading.numbering" not in codes(plan)


def test_heading_inside_its_chapter() -> None:
    plan = read(
        "一、总体绩效目标\n（一）总体绩效目标\n1.完成改造。\n2.完成验收。\n（二）、分项绩效目标\n1、甲\n目标1：乙。\n"
    )
    assert [goal.lstrip("12.") for goal in goal_words(plan.overall_goals)] == ["完成改造。", "完成验收。"]
    assert [a.name for a in plan.activities] == ["甲"]


def test_page_numbers_are_left_out() -> None:
    assert goal_words(read(f"{GOALS}\n- 3 -\n完成绿化。\n12\n").overall_goals) == (
        "全年完成道路改造12公里。",
        "完成绿化。",
    )


def test_words_outside_all_parts_are_told() -> None:
    plan = read(f"{GOALS}\n第二部分\n这段话不属于任何部分。\n")
    assert any("这段话不属于任何部分" in n.message for n in plan.notes if n.code == "unplaced")


# --- activities --------------------------------------------------------------------------------------------


def test_activities_with_labelled_lines() -> None:
    plan = read(
        "二、分项绩效目标\n（一）招商引资\n绩效目标：引进项目。\n绩效指标：签约2个。\n绩效指标：走访10家。\n（二）外贸\n绩效目标：稳增长。\n"
    )
    first, second = plan.activities
    assert (first.name, first.goal) == ("招商引资", "引进项目。")
    assert [i.text for i in first.indicators] == ["签约2个。", "走访10家。"]
    assert (second.name, second.goal, second.indicators) == ("外贸", "稳增长。", ())


def test_activities_without_numbers() -> None:
    plan = read("二、分项绩效目标\n商务管理\n绩效目标：甲。\n绩效指标：乙。\n（二）招商引资\n绩效目标：丙。\n")
    assert [a.name for a in plan.activities] == ["商务管理", "招商引资"]


def test_activities_with_numbered_goals() -> None:
    plan = read("二、分项绩效目标\n1、招商经费绩效目标\n目标1：甲。\n目标2：乙。\n2、电商绩效目标\n目标1：丙。\n")
    assert [a.name for a in plan.activities] == ["招商经费绩效目标", "电商绩效目标"]
    assert plan.activities[0].goal == "目标1：甲。\n目标2：乙。"


def test_activities_in_a_table() -> None:
    table = (
        "二、分项绩效目标\n\t322清源县商务局\n\t单位：万元\n\n\t职责活动\n\t年度预算数\n\t内容描述\n\t绩效目标\n\t绩效指标\n\t评价标准\n\n"
        "\t\n\t\n\t\n\t\n\t\n\t优\n\t良\n\t中\n\t差\n\n\t招商引资\n\t57.73\n\t走访\n\t引进\n\t招商次数\n\t10次以上\n\t5次以上\n\t3次以上\n\t2次以下\n\n"
        "\t\n\t\n\t\n\t\n\t活动数量\n\t未定\n\t\n\t\n\t\n\n\t市场监管\n\t\n\t巡查\n\t规范\n\t覆盖率\n\t90%\n\t80%\n\t70%\n\t60%\n"
    )
    plan = read(table)
    assert plan.department.name == "清源县商务局"
    assert plan.department.code == "322"
    assert plan.currency_unit is CurrencyUnit.TEN_THOUSAND_YUAN
    first, second = plan.activities
    assert (first.name, str(first.budget), first.description, first.goal) == ("招商引资", "57.73", "走访", "引进")
    assert [i.text for i in first.indicators] == ["招商次数", "活动数量"]
    scale = first.indicators[0].rating_scale
    assert scale is not None
    assert (scale.excellent, scale.poor) == ("10次以上", "2次以下")
    assert first.indicators[1].rating_scale is not None
    assert first.indicators[1].rating_scale.good is None
    assert (second.name, second.budget) == ("市场监管", None)


# --- safeguards --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "heading", "text"),
    [
        ("（一）完善制度。制定管理办法。每年修订。", "完善制度", "制定管理办法。每年修订。"),
        ("（一）强化监督", "强化监督", None),
        ("（一）加强管理，按规定及时拨付资金。", "加强管理", "按规定及时拨付资金。"),
    ],
)
def test_safeguard_heading(line: str, heading: str, text: str | None) -> None:
    (safeguard,) = read(f"三、工作保障措施\n{line}\n").safeguards
    assert (safeguard.heading, safeguard.text) == (heading, text)


def test_safeguard_over_several_paragraphs() -> None:
    first, second = read(
        "三、工作保障措施\n1.完善制度。\n一是建章立制。\n二是抓落实。\n2.强化监督。每季度检查。\n"
    ).safeguards
    assert (first.heading, first.text) == ("完善制度", "一是建章立制。\n二是抓落实。")
    assert second.heading == "强化监督"


def test_safeguards_without_numbers() -> None:
    plan = read(
        "三、工作保障措施\n局党组高度重视预算绩效管理，专题研究部署全年任务，明确责任。\n各股室分工协作，按月调度进度，及时解决困难问题，确保目标实现。\n"
    )
    assert [s.heading for s in plan.safeguards] == [None, None]
    assert all(s.text for s in plan.safeguards)


def test_the_chapter_of_projects_ends_the_safeguards() -> None:
    plan = read(
        "某县水利局2027年部门预算绩效文本\n一、总体绩效目标\n1、巡河5000次。\n二、工作保障措施\n"
        "（一）加强组织领导。按月调度。\n（二）强化监督。\n三、项目绩效目标\n渠道维修绩效目标表\n项目名称\t渠道维修\n"
        "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t渠道长度\t≥5公里"
    )
    assert [(s.heading, s.text) for s in plan.safeguards] == [("加强组织领导", "按月调度。"), ("强化监督", None)]
    assert len(plan.goal_sheets) == 1
    assert "heading.numbering" not in codes(plan)
