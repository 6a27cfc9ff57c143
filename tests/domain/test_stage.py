"""At what stage a sheet is, told from what it has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jixiao.domain.filled import Filled, FilledRow, stage_told
from jixiao.domain.monitoring import MonitoringSheet
from jixiao.domain.period import FiscalYear
from jixiao.domain.stage import Stage, as_of_in, stage_of, stage_titled
from jixiao.parameters import rulesets
from jixiao.review import review_plan
from jixiao.review.short_plan import plan_of
from jixiao.rules import RULES

ROW = {"class": "output", "name": "清淤长度", "target": "≥10公里"}


@pytest.mark.parametrize(
    ("given", "stage"),
    [
        ({"indicators": [ROW]}, Stage.GOALS),
        ({"indicators": [ROW | {"weight": "50"}]}, Stage.GOALS),
        ({"indicators": [ROW], "execution": {"total": {"initial": "90"}}}, Stage.SELF_EVALUATION),
        ({"indicators": [ROW | {"score": "50"}]}, Stage.SELF_EVALUATION),
        ({"indicators": [ROW | {"actual": "9公里"}]}, Stage.SELF_EVALUATION),
        ({"indicators": [ROW], "execution": {"total": {"initial": "90", "executed": "80"}}}, Stage.SELF_EVALUATION),
        ({"indicators": [ROW], "execution": {"fiscal": {"initial": "90", "rate": "88"}}}, Stage.SELF_EVALUATION),
        ({"indicators": [ROW], "goals_reached": ["清淤9公里。"]}, Stage.SELF_EVALUATION),
        ({"indicators": [ROW], "total_score": "96"}, Stage.SELF_EVALUATION),
        ({"indicators": [ROW | {"actual": "5公里", "expected": "10公里"}]}, Stage.MONITORING),
        ({"indicators": [ROW | {"actual": "5公里", "likelihood": "确定能"}]}, Stage.MONITORING),
        ({"indicators": [ROW], "execution": {"total": {"initial": "90", "expected": "80"}}}, Stage.MONITORING),
        ({"indicators": [ROW | {"actual": "5公里"}], "title": "2025年1-7月绩效监控表"}, Stage.MONITORING),
        ({"indicators": [ROW | {"actual": "5公里", "score": "20"}], "title": "监控与自评"}, Stage.SELF_EVALUATION),
        ({"indicators": [ROW], "title": "绩效监控表"}, Stage.GOALS),
    ],
)
def test_stage(given: dict[str, Any], stage: Stage) -> None:
    plan = plan_of(given)
    assert stage_of(plan.later_sheets.get(plan.goal_sheets[0].id)) is stage


@pytest.mark.parametrize(
    ("titles", "offered", "stage", "doubtful"),
    [
        (["项目支出绩效自评表"], {"actual", "score"}, Stage.SELF_EVALUATION, False),
        (["2025年1-7月绩效运行监控表"], {"actual"}, Stage.MONITORING, False),
        (["项目支出绩效目标申报表"], {"actual"}, Stage.GOALS, False),
        (["招商经费绩效目标表", "部门绩效自评材料"], {"actual"}, Stage.GOALS, False),
        (["某局2026年部门预算绩效文本"], {"actual", "score"}, Stage.SELF_EVALUATION, True),
        ([], {"actual", "likelihood"}, Stage.MONITORING, True),
        (["项目支出绩效自评表"], set(), Stage.GOALS, False),
        ([], set(), Stage.GOALS, False),
    ],
)
def test_a_blank_form_is_told_by_its_title_and_columns(
    titles: list[str], offered: set[str], stage: Stage, doubtful: bool
) -> None:
    told = stage_told(Filled(rows=(FilledRow(),)), stage_titled(titles), offered)
    assert (told.stage, told.doubt is not None) == (stage, doubtful)


@pytest.mark.parametrize(
    ("row", "titles", "doubtful"),
    [
        (FilledRow(score=Decimal(5)), ["绩效自评表"], False),
        (FilledRow(score=Decimal(5)), ["绩效监控表"], True),
        (FilledRow(score=Decimal(5), likelihood="确定能"), ["绩效自评表"], True),
        (FilledRow(likelihood="确定能"), [], False),
        (FilledRow(likelihood="确定能"), ["绩效自评表"], True),
        (FilledRow(deviation="停工"), ["绩效监控表"], False),
        (FilledRow(deviation="停工"), ["监控与自评"], True),
    ],
)
def test_what_speaks_against_a_stage_is_said(row: FilledRow, titles: list[str], doubtful: bool) -> None:
    assert (stage_told(Filled(rows=(row,)), stage_titled(titles)).doubt is not None) is doubtful


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("2025年1-7月绩效运行监控表", date(2025, 7, 31)),
        ("２０２４年１—６月监控表", date(2024, 6, 30)),
        ("绩效监控表（截至2025年2月28日）", date(2025, 2, 28)),
        ("2024年2月底监控情况", date(2024, 2, 29)),
        ("1至9月监控表", date(2026, 9, 30)),
        ("2025年上半年监控表", None),
        ("1-15月监控表", None),
    ],
)
def test_the_day_up_to_which_a_sheet_counts(title: str, day: date | None) -> None:
    assert as_of_in(title, FiscalYear(2026)) == day


def test_goals_with_points_for_the_rate_of_execution_are_goals() -> None:
    plan = plan_of({"indicators": [ROW | {"weight": "90"}], "execution": {"total": {"weight": "10"}}})
    assert not plan.later_sheets
    assert plan.goal_sheets[0].execution_weight == 10
    assert "A02" not in {f.rule for f in review_plan(plan, RULES, rulesets()["national-88"], date(2026, 1, 1)).findings}


def test_a_plan_holds_nothing_filled_in_on_what_it_has_not() -> None:
    plan = plan_of({"indicators": [ROW | {"score": "20"}]})
    with pytest.raises(ValueError, match="no sheet or row"):
        replace(plan, goal_sheets=())
    with pytest.raises(ValueError, match="no sheet or row"):
        replace(plan, goal_sheets=tuple(replace(s, indicators=()) for s in plan.goal_sheets))
    with pytest.raises(ValueError, match="twice"):
        replace(plan, monitoring_sheets=(MonitoringSheet(plan.goal_sheets[0].id),))


def test_rules_of_another_stage_are_no_checks_left_undone() -> None:
    review = review_plan(plan_of({"indicators": [ROW]}), RULES, rulesets()["national-88"], date(2026, 1, 1))
    assert not {"A03", "A07", "A14"} & {n.rule for n in review.not_run}
    results = plan_of({"indicators": [ROW | {"actual": "5公里", "score": "20"}]})
    again = review_plan(results, RULES, rulesets()["national-88"], date(2026, 1, 1))
    assert "A14" not in {n.rule for n in again.not_run}
