"""What names are, and what makes values measurable: asked positively, so also of words that nobody listed."""

from __future__ import annotations

from datetime import date

import pytest

from jixiao.parameters import rulesets
from jixiao.readings.heads import NameForm, name_form
from jixiao.readings.measurable import Measurability, measurability
from jixiao.readings.view import PlanView, RowView
from jixiao.review.short_plan import plan_of

N, M = NameForm, Measurability


def row(name: str, target: str | None = None, kind: str = "social", class_: str = "outcome") -> RowView:
    plan = plan_of({"indicators": [{"class": class_, "kind": kind, "name": name, "target": target}]})
    return PlanView(plan, rulesets()["national-88"], date(2026, 1, 1)).rows[0]


@pytest.mark.parametrize(
    ("name", "target", "form"),
    [
        ("验收合格率", "≥95%", N.MEASURE),
        ("维修（维护）所需成本", "35万元", N.MEASURE),
        ("劳动生产率提高", "≥3%", N.MEASURE),
        ("带动农民增收", "≥500元", N.MEASURE),
        ("带动农民增收", "显著", N.WISH),
        ("改造实验室", "2间", N.COUNTED),
        ("通过专家评审", "通过", N.EVENT),
        ("是否按时公开", "是", N.QUESTION),
        ("成本", "10万元", N.LABEL),
        ("全年", "1-12月", N.PERIOD),
        ("2026年底之前", "2026年底之前", N.PERIOD),
        ("按政策规定由乡镇申报、初审确认资格，县级按要求复审", "100%", N.PROCEDURE),
        ("指导城市建设", "指导城市建设", N.TASK),
        ("对患者及时给予治疗", "100%", N.TASK),
        ("使师生有更好的学习环境", "良好", N.TASK),
        ("任务终期完成度（%）", "100%", N.MEASURE),
        ("建设项目个数（含续建）", "1", N.MEASURE),
        ("监管制度", "健全", N.ASPECT),
        ("按进度计划实施情况", "按计划", N.ASPECT),
        ("改善运行状况", "便于应用", N.WISH),
        ("建设符合验收要求", "符合", N.EVENT),
        ("满足群众对疫苗的需求", "100%", N.WISH),
        ("发挥咨政功能，发布研究报告数量", "5", N.MEASURE),
        ("对人才培养的作用发挥", "增强", N.ASPECT),
        ("发挥示范引领的作用", "增强", N.WISH),
        ("提高村干部积极性的影响程度", "明显", N.ASPECT),
        ("谱写乡村振兴新篇章", "100%", N.WISH),
        ("擦亮古城名片", "≥1个", N.WISH),
        ("书写教育新答卷", "5个", N.WISH),
        ("64万元", "64万元", N.NUMBER),
        ("全年运转", "2026年全年", N.PERIOD),
        ("提供优质高效服务", "优质高效", N.TASK),
        ("受益村民比例", "≥90%", N.MEASURE),
        ("城乡面貌焕然一新", "明显", N.WISH),
        ("带动合作社", "≥6个", N.COUNTED),
        ("唱响惠民政策", "≥5000人", N.COUNTED),
        ("精密仪器", "≥5个", N.COUNTED),
        ("良好家风家庭", "≥5个", N.COUNTED),
        ("高标准农田", "100%", N.THING),
        ("实现社会稳定和谐发展", "长期", N.WISH),
        ("办学水平提高", "100%", N.WISH),
        ("安全情况", "有效", N.ASPECT),
        ("创建质量", "按质按量完成", N.ASPECT),
        ("古树名录和数据库", "基本健全", N.THING),
        ("对象识别准确率", "100%", N.MEASURE),
        ("服务对象人均收入", "≥2万元", N.MEASURE),
    ],
)
def test_what_a_name_is(name: str, target: str, form: NameForm) -> None:
    assert name_form(row(name, target)) is form


@pytest.mark.parametrize(
    ("target", "how"),
    [
        ("≥95%", M.MEASURED),
        ("十二座", M.MEASURED),
        ("每月一次", M.MEASURED),
        ("春节前", M.MEASURED),
        ("较上年提高", M.MEASURED),
        ("优于Ⅲ类", M.MEASURED),
        ("不发生", M.MEASURED),
        ("符合国家标准", M.MEASURED),
        ("符合相关规定", M.UNNAMED_STANDARD),
        ("控制在预算范围内", M.WITHIN_BUDGET),
        ("长期", M.WORDS),
        ("按质按量完成", M.WORDS),
        ("效果良好", M.WORDS),
        ("便于日常使用", M.WORDS),
        ("环境卫生整洁，车辆停放有序", M.WORDS),
        ("村容整治", M.NAME_AGAIN),
        ("全年", M.WHOLE_YEAR),
        (None, M.MEASURED),
    ],
)
def test_what_makes_a_value_measurable(target: str | None, how: Measurability) -> None:
    assert measurability(row("村容整治成果", target)) is how


@pytest.mark.parametrize("target", ["1-12月", "2026年1月至12月", "2026年全年", "12个月", "本年度内"])
def test_a_whole_year_is_no_time_to_be_late(target: str) -> None:
    assert measurability(row("实施时间", target, "timeliness", "output")) is M.WHOLE_YEAR


@pytest.mark.parametrize("target", ["1-11月", "2026年12月底前", "≤12个月", "2026年3月至12月"])
def test_part_of_a_year_or_a_last_day_is(target: str) -> None:
    assert measurability(row("实施时间", target, "timeliness", "output")) is M.MEASURED
