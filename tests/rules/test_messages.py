"""The words of findings that say different things in different cases: what a clerk reads must fit the case."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from rules.case import plan_of

from jixiao.parameters import rulesets
from jixiao.review import review_plan
from jixiao.rules import RULES

OUTPUT = {"class": "output", "name": "培训人数", "target": "≥100人"}
OUTCOME = {"class": "outcome", "name": "学员就业率", "target": "≥60%"}
QUARTERS = ("3月底", "6月底", "10月底", "12月底")


def plan_points(*percents: int | None) -> dict[str, Any]:
    return {"disbursement_plan": dict(zip(QUARTERS, percents, strict=True))}


def scale(*grades: str) -> dict[str, Any]:
    levels = dict(zip(("excellent", "good", "fair", "poor"), grades, strict=True))
    return {"activities": [{"indicators": [{"text": "完成率", "rating_scale": levels}]}]}


@pytest.mark.parametrize(
    ("code", "given", "words"),
    [
        ("C01", {"title": "部门预算绩效文本"}, "没有写明是哪一年的预算"),
        ("C44", {"goals": ["签约项目5个"]}, "没有一行绩效指标，产出指标、效益指标、满意度指标都缺"),
        ("C44", {"indicators": [OUTPUT, OUTCOME]}, "确实没有服务对象的可以不设"),
        ("C44", {"indicators": [OUTPUT]}, "没有效益指标、满意度指标，看不出花了钱之后带来什么效果"),
        (
            "C47",
            {"indicators": [{"kind": "ecological", "basis": "工作要求"}]},
            "生态效益指标填了指标值确定依据“工作要求”",
        ),
        ("C51", {"budget": {"total": "150"}}, "是 150 元还是 150 万元"),
        (
            "C52",
            {"purpose": "综合事务", "budget": {"total": "30.00", "currency_unit": "万元"}},
            "这 30 万元具体花在哪里",
        ),
        ("C52", {"purpose": "综合事务"}, "只有 4 个字，看不出这笔钱"),
        ("C53", {"overall_goals": ["签约5个"], "safeguards": [{"heading": "组织领导"}]}, "只有标题（组织领导）"),
        ("C53", {"overall_goals": ["签约5个"]}, "没有写工作保障措施"),
        ("M68", {"budget": {"currency_unit": "万元", "total": "150", "fiscal": "100"}}, "与预算数 150万元 相差 50万元"),
        ("M70", plan_points(25, 25, 25, 25), "填的是各时段的比例（25%、25%、25%、25%）"),
        ("M70", plan_points(20, 50, 70, 90), "到12月底只有 90%"),
        ("M70", plan_points(20, 50, 70, 120), "超过了100%"),
        ("M71", plan_points(None, None, 70, 100), "3月底、6月底没有填"),
        ("M72", plan_points(60, 50, 80, 100), "前大后小"),
        ("M72", plan_points(0, 20, 80, 100), "到6月底只计划支出 20%，低于 40%"),
        ("M72", plan_points(25, 65, 95, 100) | {"purpose": "支付工资"}, "到6月底按月数约为 50%，计划却是 65%"),
        ("R72", scale("1次以上", "1次", "0次", "0次"), "“优1次以上与良1次”"),
        ("R73", scale("≥90%", "≥80%", "≥60%", "≤50%"), "50 与 60 之间的结果不属于任何一档"),
        ("R73", scale("≥90%", "≥80%", "＞60%", "＜60%"), "正好 60 的结果不属于任何一档"),
    ],
)
def test_message_fits_the_case(code: str, given: dict[str, Any], words: str) -> None:
    review = review_plan(plan_of(given), {code: RULES[code]}, rulesets()["hebei"], date(2026, 1, 1))
    assert words in review.findings[0].message


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"purpose": "用于16家企业的检查"}, "资金用途写的是"),
        ({"goals": ["完成16家企业的检查"]}, "绩效目标写的是"),
        ({"purpose": "用于16家企业的检查", "goals": ["完成16家企业的检查"]}, "资金用途和绩效目标写的是"),
    ],
)
def test_a_conflict_names_the_fields_that_promise(fields: dict[str, Any], where: str) -> None:
    row = {"class": "output", "name": "企业抽查", "description": "完成25家企业的检查", "target": "25家"}
    plan = plan_of(fields | {"indicators": [row]})
    review = review_plan(plan, {"N65": RULES["N65"]}, rulesets()["hebei"], date(2026, 1, 1))
    (finding,) = review.findings
    assert finding.message.startswith(where)
    assert len(finding.related) == len(fields)


@pytest.mark.parametrize(("ruleset", "cited"), [("hebei", True), ("national-88", False)])
def test_a_local_form_is_not_held_up_to_other_places(ruleset: str, cited: bool) -> None:
    plan = plan_of(plan_points(25, 25, 25, 25))
    review = review_plan(plan, {"M70": RULES["M70"]}, rulesets()[ruleset], date(2026, 1, 1))
    instruments = [c.instrument for c in review.findings[0].citations]
    assert instruments
    assert any("河北" in name for name in instruments) is cited


def test_a_rule_cites_nothing_before_its_day() -> None:
    plan = plan_of({"indicators": [OUTPUT]})
    old = review_plan(plan, {"C44": RULES["C44"]}, rulesets()["national-88"], date(2020, 1, 1))
    new = review_plan(plan, {"C44": RULES["C44"]}, rulesets()["national-88"], date(2026, 1, 1))
    assert not any("101号" in c.instrument for c in old.findings[0].citations)
    assert any("101号" in c.instrument for c in new.findings[0].citations)
