"""One comparison of what was to be reached with what was, over all spellings of numbers, days, incidents and words."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from each import each

from jixiao.domain.measure_units import in_common_unit
from jixiao.parameters import rulesets
from jixiao.readings.attainment import Attainment, attainment
from jixiao.readings.view import PlanView
from jixiao.review.short_plan import plan_of

CLASSES = {
    "quantity": "output", "quality": "output", "timeliness": "output", "cost": "output",
    "social": "outcome", "economic": "outcome", "ecological": "outcome", "beneficiary_satisfaction": "satisfaction",
}  # fmt: skip

# name | kind | target | actual
MISSED = """
办结时限 | timeliness | ≤1个月 | 45天
审批时间 | timeliness | 60天内 | 3个月
完工时间 | timeliness | 六月底前 | 九月
完工时间 | timeliness | 十月底前 | 十一月二十日
闸门启闭合格率 | quality | 达98%以上 | 九成五
就业率 | social | ≥八成五 | 80%
培训期数 | quantity | 3期 | 两期
维修水库数量 | quantity | 十二座 | 十座
巡查次数 | quantity | 不少于24次 | 20次
验收合格率 | quality | 达95%以上 | 80%
设施完好率 | quality | 95%以上 | 0.9
完工时间 | timeliness | 5月底前 | 9月20日
单座维修成本 | cost | ≤7.2万元/座 | 75000元/座
受益人口 | social | ≥2.3万人 | 21000人
险情起数 | social | 不发生 | 发生1起
安全生产 | social | 零事故 | 发生2起
安全事故发生数 | social | 0起 | 1起
重大舆情 | social | 无 | 有2起
安全事故 | social | 无事故 | 1起
群体性事件 | social | 不出现 | 出现1次
责任事故 | social | 杜绝 | 发生3起
事故 | social | 零发生 | 发生一起
重大安全事故 | social | 未发生 | 1起
群众满意度 | beneficiary_satisfaction | 90%以上 | 85.2％
培训覆盖率 | quality | 100% | 九成
完成时间 | timeliness | 上半年完成 | 8月完成
完成时间 | timeliness | 上半年 | 2025年8月
完成时间 | timeliness | 第三季度 | 10月15日
完成时间 | timeliness | 三季度末 | 11月
完成时间 | timeliness | 6月30日前 | 7月2日完成
完成时间 | timeliness | 2025年底前 | 2026年1月完成
完成时间 | timeliness | 年底前 | 次年3月完成
完成时间 | timeliness | 11月底前 | 12月5日
完成时间 | timeliness | 2025年6月前 | 2025.7.15
完成时间 | timeliness | 2025-06-30 | 2025-09-01
完成时间 | timeliness | 2025年6月30日前完成 | 2025年9月完成
完成时间 | timeliness | 3月-10月 | 11月
完成时间 | timeliness | 10月 | 12月
改造面积 | quantity | ≥3000平方米 | 0.25万平方米
种植面积 | quantity | ≥1万亩 | 9800亩
修渠长度 | quantity | ≥5公里 | 4800米
收集废旧农膜 | quantity | ≥2吨 | 1800公斤
修复面积 | quantity | ≥10公顷 | 120亩
响应时间 | timeliness | ≤24小时 | 2天
举办活动场次 | quantity | ≥5场次 | 3场
游客增长率 | economic | 增长10%以上 | 增长6.5%
单位能耗下降率 | ecological | 下降3%以上 | 下降1.2%
单位能耗 | ecological | 下降10%以上 | 上升2%
销售收入 | economic | 比上年增长8% | 增长5%
销售收入 | economic | 增长8% | 下降2%
道路建设 | quality | 完成 | 未完成
道路建设 | quality | 全部完成 | 部分完成
任务 | quality | 全部完成 | 完成80%
乡镇覆盖 | social | 全覆盖 | 覆盖85%
水质 | ecological | 全部达标 | 92%
验收 | quality | 通过验收 | 未验收
验收 | quality | 验收合格 | 不合格
建设 | quality | 建成 | 在建
完成时间 | timeliness | 按时完成 | 逾期完成
完成时间 | timeliness | 及时 | 滞后
完成时间 | timeliness | 按期完成 | 延期
完成时间 | timeliness | 按期完成 | 超期完成
培训人数 | quantity | 80-100人 | 60人
引进企业 | quantity | 3-5家 | 2家
验收合格率 | quality | ≥95% | 94.99%
考核得分 | quality | ≥98分 | 90分
投诉次数 | social | ≤5次 | 7次
项目成本 | cost | 控制在50万元以内 | 52.3万元
办理时间 | timeliness | 不超过3天 | 5天
办结时限 | timeliness | 3个工作日内 | 5个工作日
人均成本 | cost | ≤100元/人次 | 120元/人次
检查次数 | quantity | =12次 | 11次
培训期数 | quantity | 每季度1次 | 3次
巡查次数 | quantity | 每月1次 | 全年10次
发放人数 | quantity | ≥1200人 | 完成1100人
发放人数 | quantity | ≥1200人 | 实际发放1100人，占91.7%
签约金额 | economic | ≥2亿元 | 1.8亿
签约金额 | economic | ≥2亿元 | 15000万元
发放金额 | quantity | ≥200万元 | 1850000元
投放物资 | quantity | 一千份 | 800份
投诉率 | quality | ≤0.5% | 1.2%
差错率 | quality | ≤1‰ | 0.3%
满意度 | beneficiary_satisfaction | 不低于九成 | 88%
受益人数 | social | 两万人以上 | 1.5万人
群众满意度 | beneficiary_satisfaction | >=90% | 89
参赛获奖 | quality | ≥3项 | 2项
"""
REACHED = """
办结时限 | timeliness | 1个月内 | 25天
工程进度 | timeliness | 年内全部完成 | 11月2日
就业率 | social | 八成五以上 | 八成八
培训期数 | quantity | 2期 | 两期
群体上访次数 | social | 小于5次 | 无上访
维修水库数量 | quantity | 十二座 | 12座
巡查次数 | quantity | ≥24次 | 二十四次
设施完好率 | quality | 95%以上 | 0.96
完工时间 | timeliness | 5月底前 | 5月20日
单座维修成本 | cost | ≤7.2万元/座 | 71000元/座
受益人口 | social | ≥2.3万人 | 23500人
险情起数 | social | 不发生 | 未发生
险情起数 | social | 不发生 | 0
险情起数 | social | 不发生 | 无
险情起数 | social | 不发生 | 零
安全事故 | social | 零事故 | 0起
安全事故 | social | 0起 | 未发生
安全事故发生数 | social | 0 | 无
安全事故 | social | 无事故 | 未发生事故
完成时间 | timeliness | 年底前 | 11月完成
完成时间 | timeliness | 12月31日前 | 按时完成
完成时间 | timeliness | 12月底前 | 12月
完成时间 | timeliness | 第四季度 | 11月
完成时间 | timeliness | 2025年12月 | 2025年12月31日
完成时间 | timeliness | 3月-10月 | 9月30日
修渠长度 | quantity | ≥5公里 | 5000米
修复面积 | quantity | ≥10公顷 | 150亩
收集废旧农膜 | quantity | ≥1.2吨 | 1250公斤
响应时间 | timeliness | 2天内 | 36小时
单位能耗下降率 | ecological | 下降3%以上 | 下降5%
游客增长率 | economic | 增长10%以上 | 增长12%
道路建设 | quality | 完成 | 已完成
任务 | quality | 全部完成 | 100%
乡镇覆盖 | social | 全覆盖 | 100%
验收 | quality | 通过验收 | 已通过验收
培训人数 | quantity | 80-100人 | 90人
签约金额 | economic | ≥2亿元 | 2.1亿
发放金额 | quantity | ≥200万元 | 2000000元
培训期数 | quantity | 每季度1次 | 4次
项目成本 | cost | 控制在50万元以内 | 49.8万元
投诉次数 | social | ≤5次 | 0
满意度 | beneficiary_satisfaction | 不低于九成 | 91%
验收 | quality | 合格 | 合格
完成时间 | timeliness | 及时 | 及时
"""
NOT_COMPARABLE = """
办结时限 | timeliness | 1个月内 | 31天
水质 | ecological | 达标 | 达标率96%
主体工程 | quality | 基本完成 | 90%
安全生产 | social | 全年达标 | 8月完成
系统运行 | quality | 长期稳定 | 滞后2天
无障碍设施 | quality | 无障碍 | 3处
生态环境 | ecological | 改善 | 有所改善
信访处理件数 | quantity | 20件 | 15件
培训人数 | quantity | 100人 | 98%
满意度 | beneficiary_satisfaction | 90% | 满意
完成时间 | timeliness | 12月底前 | 完成90%
巡查次数 | quantity | 每周1次 | 12次
道路等级 | quality | 二级 | 三级
水质 | ecological | Ⅲ类 | Ⅱ类
补助标准 | cost | 500元/人 | 500元
培训天数 | quantity | 5天 | 3场
受益对象 | social | ≥500人 | 120户
"""


def lines(table: str) -> list[str]:
    return table.strip().splitlines()


def held(line: str) -> Attainment | None:
    """How the actual of a line stands to its target, in the year 2025."""
    name, kind, target, actual = (part.strip() for part in line.split("|"))
    row = {"class": CLASSES[kind], "kind": kind, "name": name, "target": target, "actual": actual}
    given = {"fiscal_year": 2025, "stage": "self_evaluation", "indicators": [row]}
    view = PlanView(plan_of(given), rulesets()["national-88"], date(2026, 1, 1))
    return attainment(view.rows[0], view.rows[0].actual)


@each(lines(MISSED))
def test_a_shortfall_is_seen(line: str) -> None:
    found = held(line)
    assert found is not None
    assert not found.met


@each(lines(REACHED))
def test_what_is_reached_is_seen(line: str) -> None:
    found = held(line)
    assert found is not None
    assert found.met


@each(lines(NOT_COMPARABLE))
def test_what_cannot_be_compared_is_not(line: str) -> None:
    assert held(line) is None


def test_a_share_is_of_the_target_in_its_unit() -> None:
    found = held("修渠长度 | quantity | ≥5公里 | 4800米")
    assert found is not None
    assert str(found.share) == "0.96"


@pytest.mark.parametrize(
    ("unit", "size", "common"),
    [
        ("万元", 10000, "元"),
        ("公里", 1000, "米"),
        ("万平方米", 15, "亩"),
        ("‰", Fraction(1, 10), "%"),
        ("万元/公里", 10000, "元/公里"),
        ("座", 1, "座"),
    ],
)
def test_units_of_one_dimension_have_one_in_common(unit: str, size: Fraction, common: str) -> None:
    assert in_common_unit(unit) == (size, common)
