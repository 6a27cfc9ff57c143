"""At what stage a sheet is, told from what it has."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jixiao.parameters import rulesets
from jixiao.readings.stage import Stage, stage_of
from jixiao.review import review_plan
from jixiao.review.short_plan import plan_of
from jixiao.rules import RULES

ROW = {"class": "output", "name": "清淤长度", "target": "≥10公里"}


@pytest.mark.parametrize(
    ("given", "stage"),
    [
        ({"indicators": [ROW]}, Stage.GOALS),
        ({"indicators": [ROW | {"weight": "50"}]}, Stage.GOALS),
        ({"indicators": [ROW], "execution": {"total": {"initial": "90"}}}, Stage.GOALS),
        ({"indicators": [ROW | {"score": "50"}]}, Stage.RESULTS),
        ({"indicators": [ROW | {"actual": "9公里"}]}, Stage.RESULTS),
        ({"indicators": [ROW], "execution": {"total": {"initial": "90", "executed": "80"}}}, Stage.RESULTS),
        ({"indicators": [ROW], "execution": {"fiscal": {"initial": "90", "rate": "88"}}}, Stage.RESULTS),
        ({"indicators": [ROW], "goals_reached": ["清淤9公里。"]}, Stage.RESULTS),
        ({"indicators": [ROW], "total_score": "96"}, Stage.RESULTS),
        ({"indicators": [ROW | {"actual": "5公里", "expected": "10公里"}]}, Stage.MONITORING),
        ({"indicators": [ROW | {"actual": "5公里", "likelihood": "确定能"}]}, Stage.MONITORING),
        ({"indicators": [ROW], "execution": {"total": {"initial": "90", "expected": "80"}}}, Stage.MONITORING),
        ({"indicators": [ROW | {"actual": "5公里"}], "title": "2025年1-7月绩效监控表"}, Stage.MONITORING),
        ({"indicators": [ROW | {"actual": "5公里", "score": "20"}], "title": "监控与自评"}, Stage.RESULTS),
        ({"indicators": [ROW], "title": "绩效监控表"}, Stage.GOALS),
    ],
)
def test_stage(given: dict[str, Any], stage: Stage) -> None:
    plan = plan_of(given)
    assert stage_of(plan.goal_sheets[0], plan.title) is stage


def test_rules_of_another_stage_are_no_checks_left_undone() -> None:
    review = review_plan(plan_of({"indicators": [ROW]}), RULES, rulesets()["national-88"], date(2026, 1, 1))
    assert not {"A03", "A07", "A14"} & {n.rule for n in review.not_run}
    results = plan_of({"indicators": [ROW | {"actual": "5公里", "score": "20"}]})
    again = review_plan(results, RULES, rulesets()["national-88"], date(2026, 1, 1))
    assert "A14" not in {n.rule for n in again.not_run}
