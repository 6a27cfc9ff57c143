"""Places in words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from writers import factory

from jixiao.domain.form import Kind, every_field
from jixiao.domain.provenance import Location
from jixiao.review.short_plan import plan_of
from jixiao.writers.places import Places


@pytest.mark.parametrize(
    ("pointer", "words"),
    [
        ("", "整个文本"),
        ("/fiscal_year", "预算年度"),
        ("/department/name", "部门名称"),
        ("/overall_goals/1", "总体绩效目标第 2 段"),
        ("/activities/0", "分项绩效目标第 1 项“招商引资”"),
        ("/activities/0/budget", "分项绩效目标第 1 项“招商引资”的年度预算数"),
        (
            "/activities/0/indicators/0/rating_scale/poor",
            "分项绩效目标第 1 项“招商引资”的绩效指标第 1 条的评价标准“差”",
        ),
        ("/safeguards/0/text", "工作保障措施第 1 项的正文"),
        ("/goal_sheets", "绩效目标表"),
        ("/goal_sheets/7", "绩效目标表第 8 项"),
        ("/goal_sheets/0", "整张绩效目标表"),
        ("/goal_sheets/0/project/code", "项目编码"),
        ("/goal_sheets/0/budget", "预算规模"),
        ("/goal_sheets/0/budget/total", "预算数"),
        ("/goal_sheets/0/disbursement_plan/1/percent", "资金支出计划“12月底”"),
        ("/goal_sheets/0/goals/1", "绩效目标第 2 条"),
        ("/goal_sheets/0/indicators", "绩效指标"),
        ("/goal_sheets/0/indicators/2", "指标第 3 行“营商环境”"),
        ("/goal_sheets/0/indicators/2/target/value", "指标第 3 行“营商环境”的指标值"),
    ],
)
def test_words(pointer: str, words: str) -> None:
    assert Places(factory.plan()).of(pointer).words == words


@pytest.mark.parametrize(
    ("pointer", "words"),
    [
        ("", "整张绩效监控表"),
        ("/colour", "整张绩效监控表"),
        ("/indicators/0/likelihood", "指标第 1 行“清淤”的完成可能性"),
        ("/indicators/0/expected/text", "指标第 1 行“清淤”的全年预计完成情况"),
        ("/indicators/0/actual", "指标第 1 行“清淤”的执行情况"),
        ("/execution", "预算执行情况"),
        ("/execution/total", "年度资金总额"),
        ("/execution/total/rate", "年度资金总额的执行率"),
        ("/goals_reached/0", "目标完成情况第 1 条"),
        ("/as_of", "截止日期"),
    ],
)
def test_words_of_what_is_filled_in(pointer: str, words: str) -> None:
    given = {
        "project": {"name": "清淤"},
        "goals_reached": ["清淤5公里"],
        "execution": {"total": {"executed": "5"}},
        "indicators": [{"name": "清淤", "target": "≥10公里", "actual": "5公里", "likelihood": "有可能"}],
    }
    assert Places(plan_of(given)).of(f"/goal_sheets/0{pointer}").words == words


def test_every_field_of_a_form_is_called_by_its_name() -> None:
    places = Places(plan_of({"activities": [{"name": "甲"}], "indicators": [{"name": "清淤", "score": "5"}]}))
    for path, one in every_field():
        if one.kind not in (Kind.ID, Kind.PART) and not re.search("(target|actual|expected)/", path):
            words = places.of("/" + path.replace("*", "0")).words
            assert one.label in words or path.startswith("goal_sheets/*/disbursement_plan/*/"), (path, words)


@pytest.mark.parametrize(
    ("pointer", "in_file"),
    [
        ("/overall_goals/0", "第 7 段"),
        ("/goal_sheets/0/indicators/3/target/value", "第 2 张表第 9 行"),  # known for the cell it lies in
        ("/goal_sheets/0/indicators/4/target", "第 2 张表第 10 行"),  # blank cell: the row is known
        ("/goal_sheets/1/purpose", ""),  # nothing known of the second sheet
        ("/title", ""),
    ],
)
def test_place_in_file(pointer: str, in_file: str) -> None:
    assert Places(factory.plan()).of(pointer).in_file == in_file


def test_a_neighbour_in_a_file_of_lines_is_called_near() -> None:
    plan = replace(factory.plan(), provenance={"/goal_sheets/0/indicators/0/name": Location("走访", line=12)})
    assert Places(plan).of("/goal_sheets/0/indicators/0/name").in_file == "第 12 行"
    assert Places(plan).of("/goal_sheets/0/indicators/0/target").in_file == "第 12 行附近"


def test_brief_words_leave_out_the_name_that_is_said_beside_them() -> None:
    places = Places(factory.plan())
    pointer = "/goal_sheets/0/indicators/3/target"
    assert places.brief(pointer) == "第 4 行“企业满意度”的指标值"
    assert places.brief(pointer, "企业满意度：≤85%") == "第 4 行的指标值"
    assert places.brief("/goal_sheets/0/indicators/3", "企业满意度") == "第 4 行"
    assert places.brief("/overall_goals/0") == "总体绩效目标第 1 段（文件第 7 段）"


def test_places_alike_are_told_together() -> None:
    target = "/goal_sheets/{}/indicators/{}/target"
    pointers = [target.format(0, 1), target.format(0, 3), target.format(1, 2), "/goal_sheets/1/purpose"]
    pointers += ["/overall_goals/0", "/overall_goals/1", "/activities/0", target.format(0, 1)]
    assert Places(factory.plan()).together(pointers, 0) == (
        "第 2、4 行的指标值；第 2 张表指标第 3 行“营商环境”的指标值；第 2 张表资金用途；"
        "总体绩效目标第 1、2 段；分项绩效目标第 1 项“招商引资”"
    )


def test_fields_of_several_items_are_told_together() -> None:
    plan = factory.plan()
    several = replace(
        plan, activities=(*plan.activities, replace(plan.activities[0], name="招商 2.0"), plan.activities[0])
    )
    pointers = [f"/activities/{n}/budget" for n in range(3)]
    assert Places(several).together(pointers) == "分项绩效目标第 1、2、3 项的年度预算数"
