"""Self-evaluation and monitoring sheets of many places: every value of every form, in every format, nothing lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from plain import as_printed, goal_words
from readers.form_grid import FORMATS, as_html, codes, drawn, read_form, rows_of, told
from readers.lost import lost

from jixiao.domain.codec import plan_to_dict
from jixiao.domain.codec.places import leaves
from jixiao.domain.execution import FundSource, SourceExecution
from jixiao.domain.money import CurrencyUnit
from jixiao.readers import read_bytes
from jixiao.readers.registry import read_raw
from jixiao.readers.sheets.plan import read_plan
from jixiao.vocabulary import shipped
from jixiao.vocabulary.words import words_of

each_format = pytest.mark.parametrize("written", FORMATS)

CENTRAL = """
项目支出绩效自评表
（2025年度）
项目名称 | 河道清淤 | < | < | < | < | < | < | <
主管部门 | 219-清源县水利局 | < | < | 实施单位 | 清源县水利工程队 | < | < | <
项目资金（万元） | | 年初预算数 | < | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
^ | 年度资金总额 | 90 | < | 95 | 89.974 | 10 | 94.71% | 9.47
^ | 其中：当年财政拨款 | 80 | < | 85 | 80 | — | 94.12% | —
^ | 上年结转资金 | 7 | < | 7 | 6.974 | — | 99.63% | —
^ | 其他资金 | 3 | < | 3 | 3 | — | 100% | —
年度总体目标 | 预期目标 | < | < | < | 实际完成情况 | < | < | <
^ | 1.清淤10公里。2.新建闸门2座。 | < | < | < | 1.清淤9公里。2.新建闸门2座。 | < | < | <
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
^ | 产出指标(50分) | 数量指标 | 清淤长度 | ≥10公里 | 9公里 | 20 | 18 | 汛期停工，下年补做
^ | ^ | ^ | 新建闸门 | 2座 | 2座 | 10 | 10 |
^ | ^ | 质量指标 | 验收合格率 | ≥95% | 100% | 20 | 20 |
^ | 效益指标(30分) | 生态效益指标 | 水质达标率 | ≥90% | 88% | 30 | 29 |
^ | 满意度指标(10分) | 服务对象满意度指标 | 群众满意度 | ≥90% | 93% | 10 | 10 |
总分 | < | < | < | < | < | 100 | 96.47 | 优
"""

POVERTY = """
扶贫项目资金绩效自评表
项目名称 | 临时救助 | < | < | < | < | < | <
主管部门 | 清源县民政局 | < | < | 实施单位 | 清源县救助站 | < | <
资金情况（万元） | | 全年预算数（A） | < | 全年执行数（B） | 分值 | 执行率（B/A） | 得分
^ | 年度资金总额： | 30 | < | 27 | 10 | 90.00% | 9
^ | 其中：中央补助 | 20 | < | 18 | | |
总体目标完成情况 | 年初设定目标 | < | < | 年度总体目标完成情况综述 | < | < | <
^ | 救助困难群众。 | < | < | 救助480人次。 | < | < | <
年度绩效指标 | 一级指标 | 二级指标 | 三级指标 | 分值 | 年度指标值 | 全年实际值 | 得分 | 未完成原因和改进措施
^ | 产出指标（50分） | 数量指标 | ★★★救助人次（≥**人次） | 50 | >=500人次 | 480人次 | 48 | 申请减少
^ | 效益指标（30分） | 社会效益指标 | 困难群众生活 | 30 | 改善 | 改善 | 30 |
^ | 满意度指标（10分） | 服务对象满意度 | 救助对象满意度 | 10 | ≥95% | ≥95% | 10 |
总分 | < | < | < | 100 | | | 97 |
"""

HUBEI = """
2024年度项目自评表
项目名称 | 招商推介 | < | < | < | <
主管部门 | 清源县商务局 | < | 项目实施单位 | 清源县招商中心 | <
预算执行情况（万元）（20分） | | 预算数（A） | 执行数（B） | 执行率（B/A） | 得分（20分*执行率）
^ | 年度财政资金总额 | 100 | 80 | 80% | 16
一级指标 | 二级指标 | 三级指标 | 年初目标值（A） | 实际完成值（B） | 得分
产出指标（40分） | 数量指标 | 举办推介会 | 5场 | 4场 | 32
效益指标（40分） | 经济效益指标 | 签约金额 | ≥2亿元 | 2.5亿元 | 40
总分 | < | < | < | < | 88
偏差大或目标未完成原因分析 | 一场推介会改期。 | < | < | < | <
"""

SICHUAN = """
项目名称 | 51000021R000000000001-工资性支出 | < | < | < | < | < | < | < | <
预算执行情况（10分） | | 年初预算 | 调整后预算数 | 预算执行数 | < | 预算执行率 | 权重 | 得分 | 原因
^ | 总额 | 238.93 | 251.89 | 250.00 | < | 99.25% | 10 | 9.92 | 年末离职一人
^ | 其中：财政资金 | 238.93 | 251.89 | 250.00 | < | 99.25% | / | / |
^ | 财政专户管理资金 | 0.00 | 0.00 | 0.00 | < | 0.00% | / | / |
一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 完成值 | 权重 | 得分 | 未完成原因分析
产出指标 | 数量指标 | 发放覆盖率 | ＝ | 100 | % | 100 | 60 | 60 |
效益指标 | 社会效益指标 | 足额保障率 | ≥ | 95 | % | 93 | 30 | 28 | 一人离职
合计 | < | < | < | < | < | < | 100 | 97.92 |
评价结论 | 项目执行良好。 | < | < | < | < | < | < | < | <
存在问题 | 无 | < | < | < | < | < | < | < | <
"""

CHONGQING = """
部门整体支出绩效自评表
部门（单位）名称 | 清源县交通局 | < | < | 自评总分 | 98.5 | < | < | < | <
部门支出总量（万元） | | 年初预算数 | < | 全年（调整）预算数 | < | 全年执行数 | 执行率 | 执行率权重 | 执行率得分
^ | 部门支出总额 | 1,200.50 | < | 1,300 | < | 1,235 | 95% | 10 | 9.5
当年绩效目标 | 年初绩效目标 | < | < | < | 目标实际完成情况 | < | < | < | <
^ | 修路100公里。 | < | < | < | 修路102公里。 | < | < | < | <
绩效指标 | 指标名称 | 计量单位 | 指标性质 | 年初指标值 | 调整指标值 | 全年完成值 | 得分系数 | 指标权重 | 指标得分
^ | 修路里程 | 公里 | ≥ | 90 | 100 | 102 | 1 | 50 | 50
^ | 投诉件数 | 件 | ≤ | 5 | | 3 | 1 | 40 | 39
"""

HEBEI = """
预算项目绩效自评表
一、基本情况 | < | < | < | < | < | < | < | < | < | <
项目名称 | 农技培训 | < | < | < | 实施单位 | 清源县农业农村局 | < | < | < | <
二、预算执行情况（万元） | < | < | < | < | < | < | < | < | < | <
预算安排情况（调整后） | < | < | 资金到位情况 | < | < | 资金执行情况 | < | < | 预算执行进度 | <
预算数 | 60 | < | 到位数 | 55 | < | 执行数 | 48 | < | 80% | <
其中：财政资金 | 60 | < | 其中：财政资金 | 55 | < | 其中：财政资金 | 48 | < | | <
其他资金 | 0 | < | 其他资金 | 0 | < | 其他资金 | 0 | < | | <
三、目标完成情况 | < | < | < | < | < | < | < | < | < | <
年度预期目标 | < | < | < | 具体完成情况 | < | < | < | < | < | <
培训农民1000人。 | < | < | < | 培训农民960人。 | < | < | < | < | < | <
四、年度绩效指标完成情况 | < | < | < | < | < | < | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 绩效指标描述 | 预期指标值 | < | < | 完成值 | 得分 | 权重% | 折算得分
^ | ^ | ^ | ^ | 符号 | 值 | 单位 | ^ | ^ | ^ | ^
产出指标 | 数量指标 | 培训人数 | 参加培训的农民 | ≥ | 1000 | 人 | 960 | 96 | 60 | 57.6
效果指标 | 社会效益指标 | 技术采用率 | 采用新技术的比例 | ≥ | 70 | % | 72 | 100 | 40 | 40
总分 | < | < | < | < | < | < | < | | 100 | 97.6
"""

YUNNAN = """
公开14表
项目支出绩效自评表
项目名称 | 学生营养改善 | < | < | < | < | < | < | < | <
主管部门 | 清源县教育局 | < | < | < | 实施单位 | 清源县明德中学 | < | < | <
项目资金（元） |  | < | 年初预算数 | 全年预算数 | < | 全年执行数 | 分值 | 执行率 | 得分
^ | 年度资金总额 | < | 387664.62 | 387,664.62 | < | 387664.62 | 10 | 100% | 10
^ | 其中：当年财政拨款 | < | 387664.62 | 387664.62 | < | 387664.62 | — | 100% | —
年度总体目标 | 预期目标 | < | < | < | 实际完成情况 | < | < | < | <
^ | 供餐735人次。 | < | < | < | 供餐735人次。 | < | < | < | <
绩效指标 | < | < | 年度指标值 | < | < | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | ^ | ^ | ^ | ^
产出指标 | 数量指标 | 供餐学生 | ≧ | 735 | 人次 | 735 | 40 | 40 |
^ | 成本指标 | 生均补助达标率 | ═ | 100 | % | 100% | 20 | 20 |
效益指标 | 生态效益指标 | | | | | | | |
满意度指标 | 服务对象满意度指标 | 学生满意度 | ≧ | 95 | % | 90% | 30 | 26 | 菜品单一
其他需要说明的事项 | 无 | < | < | < | < | < | < | < | <
总分 | < | < | < | < | < | 总分值 | 100 | 总得分 | 96
自评等级 | < | < | < | < | < | < | < | < | 优
"""

XINJIANG = """
项目名称 | 牧道维修 | < | < | < | < | < | < | < | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 指标值 | 设置依据 | 上年完成值 | 分值权重 | 赋分规则 | 佐证资料 | 实际完成值 | 指标完成率 | 得分 | 偏差原因分析
产出指标 | 数量指标 | 维修牧道 | ≥12公里 | 实施方案 | 10公里 | 50 | 按完成比例赋分 | 验收单 | 12公里 | 100% | 50 |
成本指标 | 经济成本指标 | 维修费用 | ≤36万元 | 合同 | 30万元 | 20 | 超支不得分 | 支付凭证 | 35万元 | 97.22% | 20 | 节约材料
"""

SHORT = """
项目名称 | 助餐服务 | < | < | < | <
年度目标 | 老年助餐300人。 | < | < | < | <
目标完成情况 | 老年助餐310人。 | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 未完成原因
产出指标 | 数量指标 | 助餐人数 | ≥300人 | 310人 |
满意度指标 | 服务对象满意度指标 | 老人满意度 | ≥95% | 92% | 菜品少
"""

MONITORING = """
项目支出绩效目标执行监控表
项目名称 | 电网改造 | < | < | < | < | < | < | < | < | < | < | < | < | < | <
项目资金（万元） |  | 年初预算数 | < | 1-7月执行数 | < | 1-7月执行率 | < | 全年预计执行数 | < | < | < | < | < | < | <
^ | 年度资金总额： | 200 | < | 60 | < | 30% | < | 180 | < | < | < | < | < | < | <
^ | 其中：本年财政拨款 | 200 | < | 60 | < | 30% | < | 180 | < | < | < | < | < | < | <
年度总体目标 | 改造线路20公里。 | < | < | < | < | < | < | < | < | < | < | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 1至7月执行情况 | 全年预计完成情况 | 偏差原因分析 | < | < | < | < | < | 完成目标可能性 | < | < | 备注
^ | ^ | ^ | ^ | ^ | ^ | 经费保障 | 制度保障 | 人员保障 | 硬件条件保障 | 其他 | 原因说明 | 确定能 | 有可能 | 完全不可能 | ^
产出指标 | 数量指标 | 改造线路 | ≥20公里 | 5公里 | 18公里 | √ | | √ | | | 资金到位晚，人手不足 | | √ | | 已催办
^ | 时效指标 | 完工时间 | 2025年11月底 | 未完工 | 2025年11月底 | | | | | | | √ | | |
效益指标 | 社会效益指标 | 停电次数 | ≤2次 | 3次 | 3次 | | | | 线路老化 | | | | | √ |
"""

Results = tuple[object, ...]


def results(sheet: SimpleNamespace) -> list[Results]:
    """weight, actual, score and deviation of a sheet's indicators."""
    return [(r.weight, r.actual.text if r.actual else None, r.score, r.deviation) for r in sheet.indicators]


def money(sheet: SimpleNamespace) -> dict[FundSource, SourceExecution]:
    assert sheet.execution is not None
    return dict(sheet.execution.rows())


def row(*printed: str | None) -> SourceExecution:
    """initial, revised, executed, expected, rate, weight, score as printed."""
    return SourceExecution(*(Decimal(p) if p is not None else None for p in printed))


@each_format
def test_the_central_form(written: str) -> None:
    plan = read_form(CENTRAL, written)
    (sheet,) = as_printed(plan)
    assert (sheet.project.name, sheet.budget_unit.name, plan.department.name) == (
        "河道清淤", "清源县水利工程队", "清源县水利局",
    )  # fmt: skip
    assert plan.fiscal_year is not None
    assert plan.fiscal_year.year == 2025
    assert (sheet.budget.currency_unit, sheet.budget.total, sheet.budget.fiscal, sheet.budget.other) == (
        CurrencyUnit.TEN_THOUSAND_YUAN, 95, 85, 3,
    )  # fmt: skip
    assert money(sheet) == {
        FundSource.TOTAL: row("90", "95", "89.974", None, "94.71", "10", "9.47"),
        FundSource.FISCAL: row("80", "85", "80", None, "94.12"),
        FundSource.CARRYOVER: row("7", "7", "6.974", None, "99.63"),
        FundSource.OTHER: row("3", "3", "3", None, "100"),
    }
    assert goal_words(sheet.goals) == ("清淤10公里。", "新建闸门2座。")
    assert goal_words(sheet.goals_reached) == ("清淤9公里。", "新建闸门2座。")
    assert rows_of(sheet) == [
        ("output", "quantity", "清淤长度", "≥10公里"),
        ("output", "quantity", "新建闸门", "2座"),
        ("output", "quality", "验收合格率", "≥95%"),
        ("outcome", "ecological", "水质达标率", "≥90%"),
        ("satisfaction", "beneficiary_satisfaction", "群众满意度", "≥90%"),
    ]
    assert results(sheet) == [
        (20, "9公里", 18, "汛期停工，下年补做"),
        (10, "2座", 10, None),
        (20, "100%", 20, None),
        (30, "88%", 29, None),
        (10, "93%", 10, None),
    ]
    assert (sheet.total_weight, sheet.total_score, sheet.grade) == (100, Decimal("96.47"), "优")
    assert codes(plan) <= {"department.from_head", "fiscal_year.from_head", "furniture.dropped"}


@each_format
def test_the_weight_may_stand_before_the_target(written: str) -> None:
    plan = read_form(POVERTY, written)
    (sheet,) = as_printed(plan)
    assert money(sheet) == {FundSource.TOTAL: row(None, "30", "27", None, "90.00", "10", "9")}
    assert "中央补助" in told(plan, "column.not_kept")
    assert (goal_words(sheet.goals), goal_words(sheet.goals_reached)) == (("救助困难群众。",), ("救助480人次。",))
    assert [(r.name, r.target.text) for r in sheet.indicators] == [
        ("★★★救助人次（≥**人次）", ">=500人次"),
        ("困难群众生活", "改善"),
        ("救助对象满意度", "≥95%"),
    ]
    assert results(sheet) == [(50, "480人次", 48, "申请减少"), (30, "改善", 30, None), (10, "≥95%", 10, None)]
    assert (sheet.total_weight, sheet.total_score) == (100, 97)


@each_format
def test_a_form_without_weights(written: str) -> None:
    plan = read_form(HUBEI, written)
    (sheet,) = as_printed(plan)
    assert money(sheet) == {FundSource.TOTAL: row(None, "100", "80", None, "80", None, "16")}
    assert rows_of(sheet) == [
        ("output", "quantity", "举办推介会", "5场"),
        ("outcome", "economic", "签约金额", "≥2亿元"),
    ]
    assert results(sheet) == [(None, "4场", 32, None), (None, "2.5亿元", 40, None)]
    assert (sheet.total_weight, sheet.total_score) == (None, 88)
    assert "一场推介会改期" in told(plan, "row.not_kept")


@each_format
def test_sign_value_and_unit_apart(written: str) -> None:
    plan = read_form(SICHUAN, written)
    (sheet,) = as_printed(plan)
    assert money(sheet) == {
        FundSource.TOTAL: row("238.93", "251.89", "250.00", None, "99.25", "10", "9.92"),
        FundSource.FISCAL: row("238.93", "251.89", "250.00", None, "99.25"),
    }
    assert (sheet.budget.total, sheet.budget.fiscal, sheet.purpose) == (Decimal("251.89"), Decimal("251.89"), None)
    assert "财政专户管理资金" in told(plan, "column.not_kept")
    assert "年末离职一人" in told(plan, "column.not_kept")
    assert [(r.target.comparator, r.target.value, r.target.unit) for r in sheet.indicators] == [
        ("=", 100, "%"),
        (">=", 95, "%"),
    ]
    assert results(sheet) == [(60, "100", 60, None), (30, "93", 28, "一人离职")]
    assert (sheet.total_weight, sheet.total_score) == (100, Decimal("97.92"))
    assert "项目执行良好" in told(plan, "row.not_kept")


@each_format
def test_a_flat_form_of_a_whole_department(written: str) -> None:
    plan = read_form(CHONGQING, written)
    (sheet,) = as_printed(plan)
    assert plan.department.name == "清源县交通局"
    assert sheet.total_score == Decimal("98.5")
    assert money(sheet) == {FundSource.TOTAL: row("1200.50", "1300", "1235", None, "95", "10", "9.5")}
    assert (goal_words(sheet.goals), goal_words(sheet.goals_reached)) == (("修路100公里。",), ("修路102公里。",))
    assert rows_of(sheet) == [(None, None, "修路里程", "≥100公里"), (None, None, "投诉件数", "≤5件")]
    assert results(sheet) == [(50, "102", 50, None), (40, "3", 39, None)]
    assert "90" in told(plan, "column.not_kept")


@each_format
def test_a_form_in_four_parts(written: str) -> None:
    plan = read_form(HEBEI, written)
    (sheet,) = as_printed(plan)
    assert (sheet.project.name, sheet.budget_unit.name) == ("农技培训", "清源县农业农村局")
    assert (sheet.budget.total, sheet.budget.fiscal, sheet.budget.other) == (60, 60, 0)
    assert money(sheet) == {
        FundSource.TOTAL: row(None, "60", "48", None, "80"),
        FundSource.FISCAL: row(None, "60", "48"),
        FundSource.OTHER: row(None, "0", "0"),
    }
    assert (goal_words(sheet.goals), goal_words(sheet.goals_reached)) == (("培训农民1000人。",), ("培训农民960人。",))
    assert rows_of(sheet) == [
        ("output", "quantity", "培训人数", "≥1000人"),
        ("outcome", "social", "技术采用率", "≥70%"),
    ]
    assert [r.description for r in sheet.indicators] == ["参加培训的农民", "采用新技术的比例"]
    assert results(sheet) == [(60, "960", Decimal("57.6"), None), (40, "72", 40, None)]
    assert (sheet.total_weight, sheet.total_score) == (100, Decimal("97.6"))


@each_format
def test_a_header_in_two_rows_and_other_signs(written: str) -> None:
    plan = read_form(YUNNAN, written)
    (sheet,) = as_printed(plan)
    assert sheet.budget.currency_unit is CurrencyUnit.YUAN
    assert money(sheet)[FundSource.TOTAL] == row(
        "387664.62", "387664.62", "387664.62", None, "100", "10", "10",
    )  # fmt: skip
    assert [(r.kind, r.target.comparator, r.target.value, r.target.unit) for r in sheet.indicators] == [
        ("quantity", ">=", 735, "人次"),
        ("cost", "=", 100, "%"),
        ("beneficiary_satisfaction", ">=", 95, "%"),
    ]
    assert results(sheet) == [(40, "735", 40, None), (20, "100%", 20, None), (30, "90%", 26, "菜品单一")]
    assert (sheet.total_weight, sheet.total_score, sheet.grade) == (100, 96, "优")
    assert "生态效益指标" in told(plan, "indicator.labels_only")


@each_format
def test_thirteen_columns(written: str) -> None:
    plan = read_form(XINJIANG, written)
    (sheet,) = as_printed(plan)
    assert rows_of(sheet) == [
        ("output", "quantity", "维修牧道", "≥12公里"),
        ("cost", "economic_cost", "维修费用", "≤36万元"),
    ]
    assert [r.basis for r in sheet.indicators] == ["实施方案", "合同"]
    assert results(sheet) == [(50, "12公里", 50, None), (20, "35万元", 20, "节约材料")]
    assert sheet.execution is None
    for words in ("10公里", "按完成比例赋分", "验收单", "97.22%"):
        assert words in told(plan, "column.not_kept")


@each_format
def test_a_short_form_without_weights_and_scores(written: str) -> None:
    (sheet,) = as_printed(read_form(SHORT, written))
    assert (goal_words(sheet.goals), goal_words(sheet.goals_reached)) == (("老年助餐300人。",), ("老年助餐310人。",))
    assert results(sheet) == [(None, "310人", None, None), (None, "92%", None, "菜品少")]
    assert (sheet.total_weight, sheet.total_score, sheet.grade) == (None, None, None)


@each_format
def test_monitoring(written: str) -> None:
    plan = read_form(MONITORING, written)
    (sheet,) = as_printed(plan)
    assert money(sheet) == {
        FundSource.TOTAL: row("200", None, "60", "180", "30"),
        FundSource.FISCAL: row("200", None, "60", "180", "30"),
    }
    assert (sheet.budget.total, sheet.budget.fiscal) == (200, 200)
    assert rows_of(sheet) == [
        ("output", "quantity", "改造线路", "≥20公里"),
        ("output", "timeliness", "完工时间", "2025年11月底"),
        ("outcome", "social", "停电次数", "≤2次"),
    ]
    assert results(sheet) == [
        (None, "5公里", None, "经费保障、人员保障；资金到位晚，人手不足"),
        (None, "未完工", None, None),
        (None, "3次", None, "硬件条件保障：线路老化"),
    ]
    assert [r.expected.text if r.expected else None for r in sheet.indicators] == ["18公里", "2025年11月底", "3次"]
    assert [r.likelihood for r in sheet.indicators] == ["有可能", "确定能", "完全不可能"]
    assert "已催办" in told(plan, "column.not_kept")


@each_format
def test_the_stage_is_a_type(written: str) -> None:
    of_2025 = MONITORING.replace("执行监控表\n", "执行监控表\n（2025年度）\n")
    monitored, evaluated = read_form(of_2025, written), read_form(SHORT, written)
    (watched,), (judged,) = monitored.monitoring_sheets, evaluated.self_evaluation_sheets
    assert not monitored.self_evaluation_sheets
    assert not evaluated.monitoring_sheets
    assert watched.sheet == monitored.goal_sheets[0].id
    first = monitored.goal_sheets[0].indicators[0]
    assert (watched.row(first.id).likelihood, watched.as_of) == ("有可能", date(2025, 7, 31))
    assert judged.row(evaluated.goal_sheets[0].indicators[1].id).deviation == "菜品少"


@each_format
def test_a_blank_form_of_self_evaluation_is_one(written: str) -> None:
    blank = SHORT.replace("老年助餐310人。", "").replace("310人", "").replace("92%", "").replace("菜品少", "")
    plan = read_form(blank, written)
    (sheet,) = plan.self_evaluation_sheets
    assert (sheet.rows, sheet.goals_reached) == ({}, ())


def test_a_locality_has_its_own_name_for_a_form() -> None:
    """绩效跟踪表: told by a word that its vocabulary adds."""
    data = read_raw(as_html(drawn("项目绩效跟踪表" + SHORT)), "表.html")
    known = shipped().extended(words_of({"stages": {"monitoring": ["跟踪"]}}, "labels.yaml"))
    assert read_plan(data, shipped()).self_evaluation_sheets
    assert read_plan(data, known).monitoring_sheets


FORMS = (CENTRAL, POVERTY, HUBEI, SICHUAN, CHONGQING, HEBEI, YUNNAN, XINJIANG, SHORT, MONITORING)


@pytest.mark.parametrize("form", FORMS)
@each_format
def test_every_value_has_its_place(form: str, written: str) -> None:
    data = plan_to_dict(read_form(form, written))
    read = [leaf for leaf in leaves(data) if leaf.startswith("/goal_sheets")]
    assert [leaf for leaf in read if leaf not in data["provenance"]] == []
    for leaf in read:
        if leaf.endswith(("/weight", "/score", "/rate", "/executed", "/total_score", "/total_weight", "/grade")):
            value: object = data
            for part in leaf.split("/")[1:]:
                value = value[int(part)] if isinstance(value, list) else value[part]  # type: ignore[index]
            assert str(value) in data["provenance"][leaf]["text"].replace(",", "")


def as_pipes(form: str, *, left_out: bool) -> bytes:
    """A drawn form as text, a row per line; what is merged is empty, or left out with the tail padded."""
    lines: list[str] = []
    for line in form.strip().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 1:
            kept = [cell for cell in cells if cell not in ("<", "^")] if left_out else cells
            words = ["" if cell in ("<", "^") else cell for cell in kept]
            line = f"| {' | '.join(words)} |{'|' * (len(cells) - len(words))}"
        lines.append(line)
    return "\n".join(lines).encode()


@pytest.mark.parametrize("left_out", [False, True], ids=["empty", "left-out"])
@pytest.mark.parametrize("form", FORMS)
def test_text_reads_as_the_table_it_came_from(form: str, left_out: bool) -> None:
    data = as_pipes(form, left_out=left_out)
    plan = read_bytes(data, "表.txt")
    assert plan.goal_sheets == read_form(form, "html").goal_sheets
    assert lost(read_raw(data, "表.txt"), plan) == []
