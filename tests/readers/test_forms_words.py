"""The words of forms: synonyms, level labels with remarks, and how sure the recognition of a form is."""

from __future__ import annotations

import pytest
from readers.form_grid import as_html, drawn
from readers.goal_forms import (
    APPLICATION,
    GRADES,
    INPUT_OUTPUT,
    LIBRARY,
    PLACES_AS_COLUMNS,
    PLACES_AS_ROWS,
    TASKS,
    WIDE,
)

from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.readers.registry import read_raw
from jixiao.readers.sheets.explain import Recognition, recognitions
from jixiao.vocabulary import Column, Field, Horizon, shipped


@pytest.mark.parametrize(
    ("column", "words"),
    [
        (Column.TARGET, "指标值 目标值 年度指标值 年度目标值 全年绩效目标 绩效标准"),
        (Column.ACTUAL, "完成值 实际完成值 全年实际值"),
        (Column.UNIT, "度量单位 计量单位"),
        (Column.SIGN, "指标性质 计算符号 运算符号 指标方向"),
        (Column.DESCRIPTION, "绩效指标描述 指标解释"),
        (Column.NAME, "三级指标 指标内容 绩效内容 指标名称（必填）"),
        (Column.CLASS, "一级指标 一级目标 绩效指标分类"),
    ],
)
def test_header_words(column: Column, words: str) -> None:
    assert {shipped().label(word).column for word in words.split()} == {column}


@pytest.mark.parametrize(
    ("label", "class_"),
    [
        ("效益指标", IndicatorClass.OUTCOME),
        ("效果指标", IndicatorClass.OUTCOME),
        ("项目完成指标", IndicatorClass.OUTPUT),
        ("项目效益指标", IndicatorClass.OUTCOME),
        ("社会公众或服务对象满意度", IndicatorClass.SATISFACTION),
        ("满意度\n指标", IndicatorClass.SATISFACTION),
        ("产出指标(50分)", IndicatorClass.OUTPUT),
        ("成本指标（0-20）分", IndicatorClass.COST),
        ("产出指标40-50分", IndicatorClass.OUTPUT),
        ("产出指标50%", IndicatorClass.OUTPUT),
        ("★产出指标", IndicatorClass.OUTPUT),
        ("二、效益指标", IndicatorClass.OUTCOME),
        ("1.产出指标", IndicatorClass.OUTPUT),
        ("投入", None),
    ],
)
def test_first_levels(label: str, class_: IndicatorClass | None) -> None:
    assert shipped().label(label).class_ is class_


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("生态效益指标", IndicatorKind.ECOLOGICAL),
        ("环境效益指标", IndicatorKind.ECOLOGICAL),
        ("可持续影响指标", IndicatorKind.SUSTAINED_IMPACT),
        ("可持续性影响", IndicatorKind.SUSTAINED_IMPACT),
        ("社会公众或服务对象满意度指标", IndicatorKind.BENEFICIARY_SATISFACTION),
        ("数量指标（必填硬性指标）", IndicatorKind.QUANTITY),
        ("（选填）质量指标", IndicatorKind.QUALITY),
        ("时效目标", IndicatorKind.TIMELINESS),
        ("数量值", IndicatorKind.QUANTITY),
        ("质量类指标", IndicatorKind.QUALITY),
        ("预期社会效益指标（10分）", IndicatorKind.SOCIAL),
        ("生态环境成本指标", IndicatorKind.ENVIRONMENTAL_COST),
    ],
)
def test_second_levels(label: str, kind: IndicatorKind) -> None:
    assert shipped().label(label).kind is kind


def test_labels_of_the_head() -> None:
    assert shipped().label("项目编码").field is shipped().label("项目代码").field is Field.PROJECT_CODE
    assert shipped().label("实施期资金总额：").field is Field.MONEY_PART
    assert shipped().label("区县财政部门").field is Field.BACKGROUND
    assert shipped().label("区县主管部门").field is Field.DEPARTMENT
    assert [shipped().label(text).horizon for text in ("长期绩效指标", "年度绩效指标", "绩效指标", "产出指标")] == [
        Horizon.LONG_TERM,
        Horizon.ANNUAL,
        Horizon.ANNUAL,
        None,
    ]


def recognised(form: str) -> Recognition:
    (found,) = recognitions(read_raw(as_html(drawn(form)), "表.html"), shipped())
    return found


@pytest.mark.parametrize(
    ("form", "name"),
    [
        (GRADES, "绩效目标表"),
        (APPLICATION, "绩效目标表"),
        (PLACES_AS_COLUMNS, "绩效目标表（每列一个地区，共 3 个）"),
        (PLACES_AS_ROWS, "绩效目标表（指标横排，每行一个地区）"),
        (TASKS, "部门整体绩效目标表（含年度任务）"),
        (LIBRARY, "绩效指标库"),
        (WIDE, "绩效目标清单（一张表列出各项目）"),
    ],
)
def test_a_known_form_is_recognised_by_all_its_words(form: str, name: str) -> None:
    found = recognised(form)
    assert (found.form, found.unknown, found.score) == (name, (), 1)
    assert len(found.words) >= 8


def test_unknown_words_lower_the_score() -> None:
    found = recognised(INPUT_OUTPUT)
    assert found.unknown == ("投入",)
    assert 0 < found.score < 1
    strange = "怪栏 | 某值\n一级指标 | 二级指标 | 三级指标 | 神秘列 | 指标值\n产出指标 | 古怪指标 | 甲 | 乙 | 1次"
    worse = recognised(strange)
    assert worse.unknown == ("怪栏", "神秘列", "古怪指标")
    assert worse.score < found.score


def test_a_table_of_something_else_is_not_recognised() -> None:
    found = recognised("姓名 | 年龄 | 电话\n张某 | 30 | 123")
    assert (found.form, found.words, found.score) == ("不认得的表", (), 0)
