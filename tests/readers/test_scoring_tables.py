"""Tables by which a department is scored are told and not read as goal sheets, in every format."""

from __future__ import annotations

import pytest
from readers.form_grid import FORMATS, TEXTS, drawn, told
from readers.test_cut_tables import EVALUATION, HEBEI, NATIONAL

from jixiao.domain.plan import Plan
from jixiao.readers import read_bytes

PROCESS = """
清源县商务局2025年度部门整体支出绩效评价指标体系

一级指标 | 二级指标 | 三级指标 | 分值 | 指标解释 | 评分标准 | 得分
投入 | 目标设定 | 绩效目标合理性 | 5 | 目标是否符合客观实际 | 合理得满分，否则酌情扣分 | 5
^ | 预算配置 | 在职人员控制率 | 5 | 在职人员数与编制数之比 | 不超过100%计满分 | 5
过程 | 预算执行 | 预算完成率 | 10 | 完成数与预算数之比 | 达到95%计满分 | 9
^ | 预算管理 | 管理制度健全性 | 5 | 制度是否健全 | 健全计5分 | 5
产出 | 职责履行 | 实际完成率 | 20 | 完成任务与计划之比 | 按比例计分 | 19
效果 | 履职效益 | 社会公众满意度 | 15 | 公众是否满意 | 90%以上计满分 | 15
"""
POINTS_IN_LEVELS = """
2024年部门整体支出绩效自评计分表

序号 | 一级指标 | 二级指标 | 三级指标 | 指标分值 | 评分标准 | 自评得分
1 | 规划（15分） | 基础信息（3分） | 基础信息完整性 | 3 | 真实1分；完整1分；准确1分 | 3
2 | ^ | 绩效目标（6分） | 年度绩效目标合理性 | 6 | 设置目标3分；目标合理3分 | 4
3 | 执行（35分） | 预算执行（18分） | 预算执行率 | 18 | 95%以上得满分 | 16
4 | 履职（50分） | 履职效果（50分） | 重点工作办结率 | 50 | 办结率乘以分值 | 48
"""
DECISIONS = """
项目支出绩效评价指标体系

一级指标 | 二级指标 | 三级指标 | 权重 | 指标说明 | 评价得分
决策 | 项目立项 | 立项依据充分性 | 4 | 是否符合法律法规和规划 | 4
管理 | 组织实施 | 制度执行有效性 | 6 | 是否按制度执行 | 5
产出 | 产出数量 | 实际完成率 | 10 | 产出数与计划数之比 | 10
效益 | 项目效益 | 实施效益 | 20 | 带来的社会效益 | 18
"""
TABLES = {"process": PROCESS, "points": POINTS_IN_LEVELS, "decisions": DECISIONS}
ALL = {**FORMATS, **TEXTS}


def read(form: str, written: str) -> Plan:
    return read_bytes(ALL[written](drawn(form)), f"表.{written}")


@pytest.mark.parametrize("written", ALL)
@pytest.mark.parametrize("table", TABLES)
def test_a_scoring_table_is_told(table: str, written: str) -> None:
    plan = read(TABLES[table], written)
    assert plan.goal_sheets == ()
    assert "得分" in told(plan, "table.scoring")
    assert not told(plan, "unplaced")


@pytest.mark.parametrize("written", ALL)
@pytest.mark.parametrize("table", TABLES)
def test_beside_a_goal_sheet_it_leaves_the_sheet_alone(table: str, written: str) -> None:
    plan = read(f"{EVALUATION}\n\n{TABLES[table]}", written)
    assert [(s.project.name, len(s.indicators), len(s.goals)) for s in plan.goal_sheets] == [("招商经费", 5, 1)]
    assert told(plan, "table.scoring")


@pytest.mark.parametrize("form", [NATIONAL, EVALUATION, HEBEI])
@pytest.mark.parametrize("written", ALL)
def test_goal_sheets_are_none(form: str, written: str) -> None:
    assert not told(read(form, written), "table.scoring")


def test_a_form_without_targets_whose_levels_are_those_of_goals_is_read() -> None:
    form = PROCESS.replace("投入", "产出指标").replace("过程", "效益指标").replace("得分\n", "得分\n", 1)
    assert not told(read(form, "docx"), "table.scoring")
