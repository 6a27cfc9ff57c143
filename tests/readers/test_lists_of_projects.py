"""A list of projects is no goal sheet, whatever its columns; what leaves room for goals and indicators is one, even blank."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook

from jixiao.domain.plan import Plan
from jixiao.readers import ONLY_PROJECTS, UnreadableFileError, read_bytes
from jixiao.readers.sheets.recognise import PROJECT_LIST

EXPORT = """
项目编码 | 项目名称 | 单位编码 | 单位名称 | 项目类别 | 预算数 | 财政拨款 | 单位资金
13099927T001 | 信息系统运维 | 301001 | 清源县商务局 | 特定目标类 | 120 | 120 | 0
13099927T002 | 驻点招商 | 301002 | 清源县投资促进中心 | 特定目标类 | 80 | 70 | 10
"""
TITLED = """
2027年部门预算项目表
单位：万元
序号 | 预算单位 | 项目名称 | 项目编码 | 支出功能分类科目 | 年初预算数
1 | 清源县商务局 | 展会补助 | 13099927T003 | 2160219 | 50.5
合计 | | | | | 50.5
"""
TWO_HEADS = """
项目名称 | 项目编码 | 资金来源 | |
 | | 合计 | 财政资金 | 其他资金
河道清淤 | T001 | 100 | 90 | 10
堤防养护 | T002 | 30 | 30 | 0
"""
AGAIN = """
预算单位 | 项目名称 | 处室 | 经济分类 | 预算数
水利局 | 河道清淤 | 农业股 | 30213 | 100
预算单位 | 项目名称 | 处室 | 经济分类 | 预算数
水利局 | 堤防养护 | 农业股 | 30213 | 30
"""
BLANK_FORM = """
项目绩效目标表
项目名称 | | 项目编码 |
预算单位 | | 预算数 |
绩效目标 | | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | |
"""
NO_INDICATORS = """
项目绩效目标表
项目名称 | 河道清淤 | 项目编码 | T001
预算单位 | 清源县水利局 | 预算数 | 100
绩效目标 | 清淤12公里，改善行洪条件。 | |
"""
HEAD_ALONE = """
项目绩效目标表
项目名称 | 河道清淤 | 项目编码 | T001
主管部门 | 清源县水利局 | 实施单位 | 河道管理所
"""


def book(*tables: str) -> bytes:
    made = Workbook()
    made.remove(made.active)  # type: ignore[arg-type]  # a new workbook has one
    for table in tables:
        sheet = made.create_sheet()
        for line in table.strip("\n").splitlines():
            sheet.append([cell.strip() or None for cell in line.split("|")])
    held = BytesIO()
    made.save(held)
    return held.getvalue()


def read(*tables: str) -> Plan:
    return read_bytes(book(*tables), "表.xlsx")


@pytest.mark.parametrize("table", [EXPORT, TITLED, TWO_HEADS, AGAIN])
def test_a_list_of_projects_is_said_to_be_one(table: str) -> None:
    with pytest.raises(UnreadableFileError) as met:
        read(table)
    assert met.value.met == ONLY_PROJECTS
    assert "项目库" in met.value.remedy


@pytest.mark.parametrize("table", [BLANK_FORM, NO_INDICATORS, HEAD_ALONE])
def test_a_sheet_is_one_also_where_it_is_blank(table: str) -> None:
    assert len(read(table).goal_sheets) == 1


def test_a_list_beside_sheets_is_told_and_takes_nothing_from_them() -> None:
    alone, both = read(NO_INDICATORS), read(NO_INDICATORS, EXPORT)
    assert len(both.goal_sheets) == len(alone.goal_sheets) == 1
    (note,) = (note for note in both.notes if note.code == PROJECT_LIST)
    assert "信息系统运维" in note.message, "nothing is dropped silently"
    assert note.is_left_out
