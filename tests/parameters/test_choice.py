"""Which ruleset a plan is given, and why."""

from __future__ import annotations

import pytest
from rules.case import plan_of

from jixiao.parameters import choose_ruleset

FOUR_POINTS = {"3月底": 25, "6月底": 50, "10月底": 75, "12月底": 100}
COST_CLASS = [{"class": "cost", "kind": "economic_cost", "name": "单位成本", "target": "≤2万元"}]
COST_KIND = [{"class": "output", "kind": "cost", "name": "单位成本", "target": "≤2万元"}]


@pytest.mark.parametrize(
    ("given", "ruleset", "reason"),
    [
        ({"indicators": COST_CLASS}, "national-101", "101号"),
        ({"indicators": COST_CLASS, "disbursement_plan": FOUR_POINTS}, "national-101", "一级指标"),
        ({"indicators": COST_KIND, "disbursement_plan": FOUR_POINTS}, "hebei", "3、6、10、12月底"),
        ({"project": {"code": "999-0402-JBN-AB12"}}, "hebei", "999-0402-JBN-AB12"),
        ({"project": {"code": "13099924P00AB1210004N"}}, "hebei", "项目编码"),
        ({"project": {"code": "51000021R000000123456"}}, "national-88", "全国通用"),
        ({"disbursement_plan": {"6月底": 50, "12月底": 100}}, "national-88", "全国通用"),
        ({"disbursement_plan": {"一季度": 25, "年底": 100}}, "national-88", "全国通用"),
        ({}, "national-88", "全国通用"),
    ],
)
def test_ruleset_is_told_from_the_form(given: dict[str, object], ruleset: str, reason: str) -> None:
    chosen, why = choose_ruleset(plan_of(given))
    assert chosen.name == ruleset
    assert reason in why


def test_the_sheet_that_decides_is_named() -> None:
    given = {
        "goal_sheets": [{"project": {"name": "甲"}}, {"project": {"name": "乙"}, "disbursement_plan": FOUR_POINTS}]
    }
    assert "2. 乙" in choose_ruleset(plan_of(given))[1]
