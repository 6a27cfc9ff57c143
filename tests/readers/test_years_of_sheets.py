"""The year of each sheet: its own, where the file holds sheets of several years."""

from __future__ import annotations

from datetime import date

import pytest
from readers.form_grid import told

from jixiao.domain.monitoring import MonitoringSheet
from jixiao.domain.plan import Plan
from jixiao.readers import read_bytes

HEAD = "项目名称 | {name} | | | |\n主管部门 | 某县水利局 | 实施单位 | 某县河道所 | |\n年度目标 | 清淤12公里。 | | | |\n"
GOALS = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | |\n产出指标 | 数量指标 | 清淤长度 | ≥12公里 | |\n产出指标 | 时效指标 | 完工时间 | 12月底前 | |\n"
LATER = (
    "一级指标 | 二级指标 | 三级指标 | 年度指标值 | {done} | 偏差原因\n"
    "产出指标 | 数量指标 | 清淤长度 | ≥12公里 | 8公里 | 无\n产出指标 | 时效指标 | 完工时间 | 12月底前 | 未到期 | 无\n"
)
THIS_YEAR = "2026年项目支出绩效目标表\n" + HEAD.format(name="清淤工程") + GOALS


def years(plan: Plan) -> tuple[int | None, list[int | None]]:
    """The year of the plan, and those that sheets have of their own."""
    own = [sheet.fiscal_year.year if sheet.fiscal_year else None for sheet in plan.goal_sheets]
    return plan.fiscal_year.year if plan.fiscal_year else None, own


def deadlines(plan: Plan) -> list[date | None]:
    return [sheet.indicators[1].target.day for sheet in plan.goal_sheets]


@pytest.mark.parametrize(
    "above",
    [
        "2025年项目支出绩效自评表\n",
        "项目支出绩效自评表\n（2025年度）\n",
        "项目支出绩效自评表\n（2025年度） | | | | |\n",
    ],
    ids=["in the title", "under the title", "in the table"],
)
def test_last_years_self_evaluation_keeps_its_year(above: str) -> None:
    later = above + HEAD.format(name="清淤工程") + LATER.format(done="实际完成值")
    plan = read_bytes(f"{THIS_YEAR}\n{later}".encode(), "表.txt")
    assert years(plan) == (2026, [None, 2025])
    assert deadlines(plan) == [date(2026, 12, 31), date(2025, 12, 31)]
    assert "这张表写明是 2025 年的，与全文的 2026 年不同，按 2025 年读" in told(plan, "fiscal_year.of_sheet")


def test_a_monitoring_sheet_counts_to_a_day_of_its_own_year() -> None:
    later = "项目支出绩效运行监控表\n（2025年度）\n" + HEAD.format(name="清淤工程") + LATER.format(done="1-7月执行情况")
    plan = read_bytes(f"{THIS_YEAR}\n{later}".encode(), "表.txt")
    (filled,) = plan.later_sheets.values()
    assert isinstance(filled, MonitoringSheet)
    assert filled.as_of == date(2025, 7, 31)
    assert years(plan) == (2026, [None, 2025])


def test_a_year_in_the_name_of_a_project_is_not_that_of_its_sheet() -> None:
    plan = read_bytes(
        f"{THIS_YEAR}\n2025年水毁修复绩效目标表\n{HEAD.format(name='2025年水毁修复')}{GOALS}".encode(), "表.txt"
    )
    assert years(plan) == (2026, [None, None])


def test_several_years_in_a_title_name_none() -> None:
    plan = read_bytes(
        f"{THIS_YEAR}\n2024-2026年项目支出绩效目标表\n{HEAD.format(name='修复')}{GOALS}".encode(), "表.txt"
    )
    assert years(plan) == (2026, [None, None])


def test_the_year_of_one_sheet_alone_is_that_of_the_text() -> None:
    plan = read_bytes(f"项目支出绩效目标表\n（2025年度）\n{HEAD.format(name='清淤')}{GOALS}".encode(), "表.txt")
    assert years(plan) == (2025, [None])
