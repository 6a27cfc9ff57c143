"""The table of fields: every field of every value is in it, and what lists fields lists these."""

from __future__ import annotations

import ast
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

import jixiao
from jixiao.domain.codec import plan_to_dict
from jixiao.domain.execution import Execution, SourceExecution
from jixiao.domain.filled import Filled, FilledRow
from jixiao.domain.form import (
    ACTIVITY_FIELDS,
    GOAL_SHEET_FIELDS,
    INDICATOR_FIELDS,
    Kind,
    every_field,
    field_at,
    field_named,
)
from jixiao.domain.goal import Goal
from jixiao.domain.goal_sheet import Budget, DisbursementStep, GoalSheet, Project
from jixiao.domain.indicator import Indicator
from jixiao.domain.monitoring import MonitoringRow, MonitoringSheet
from jixiao.domain.organisation import Organisation
from jixiao.domain.period import FiscalYear
from jixiao.domain.plan import Activity, ActivityIndicator, Plan, RatingScale, Safeguard
from jixiao.domain.self_evaluation import SelfEvaluationRow, SelfEvaluationSheet
from jixiao.domain.stage import Stage
from jixiao.domain.target import Target
from jixiao.review.short_plan import plan_of
from jixiao.vocabulary import shipped

VALUES = (
    Plan, Activity, ActivityIndicator, RatingScale, Safeguard, GoalSheet, Organisation, Project, Budget,
    DisbursementStep, Indicator, Target, MonitoringSheet, MonitoringRow, SelfEvaluationSheet, SelfEvaluationRow,
    Execution, SourceExecution,
)  # fmt: skip

UNWRITTEN = frozenset({"source", "provenance", "notes", "monitoring_sheets", "self_evaluation_sheets"})
"""Fields of a plan that no form has: where it came from, and sheets whose fields stand on the goal sheets"""
REFERENCES = frozenset({"sheet", "rows"})
"""Fields of monitoring and self-evaluation that name what they are about"""


@pytest.mark.parametrize("value", VALUES, ids=lambda v: v.__name__)
def test_every_field_of_a_value_is_in_the_table(value: Any) -> None:
    assert is_dataclass(value)
    held = {f.name for f in fields(value)} - REFERENCES - (UNWRITTEN if value is Plan else set())
    listed = {one.held_as for _, one in every_field() if value in one.owners and one.kind is not Kind.STAGE}
    assert listed == held


def test_a_goal_is_its_words_and_an_id() -> None:
    assert {f.name for f in fields(Goal)} == {"text", "id"}
    assert all(one.ids for _, one in every_field() if one.kind is Kind.GOALS)


def test_the_other_side_of_a_form_is_what_is_filled_in_later() -> None:
    assert {f.name for f in fields(FilledRow)} == {one.held_as for one in INDICATOR_FIELDS if one.is_later}
    later = {one.held_as for one in GOAL_SHEET_FIELDS if one.is_later}
    assert {f.name for f in fields(Filled)} - {"rows"} == later


def test_paths_are_those_of_data() -> None:
    plan = plan_of(
        {
            "title": "监控表",
            "overall_goals": ["治水"],
            "activities": [{"name": "治水", "indicators": [{"text": "清淤", "rating_scale": {"good": "8"}}]}],
            "safeguards": [{"heading": "组织"}],
            "disbursement_plan": {"3月底": "25"},
            "indicators": [{"name": "清淤", "target": "8公里", "actual": "5公里", "expected": "8公里"}],
            "execution": {source: {"initial": "1"} for source in ("total", "fiscal", "carryover", "other")},
        }
    )
    (sheet,) = plan.goal_sheets
    plan = replace(plan, goal_sheets=(replace(sheet, title="整体支出监控表", fiscal_year=FiscalYear(2025)),))
    found: set[str] = set()

    def walk(value: Any, path: str) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                found.add(f"{path}{key}")
                walk(inner, f"{path}{key}/")
        elif isinstance(value, list):
            for inner in value:
                walk(inner, f"{path}*/")

    data = plan_to_dict(plan)
    walk({key: data[key] for key in data if key not in ("schema", "source", "provenance", "notes")}, "")
    ids = {path.replace(one.name, one.ids) for path, one in every_field() if one.ids}
    assert found - ids == {path for path, _ in every_field()}


@pytest.mark.parametrize(
    ("pointer", "label"),
    [
        ("", None),
        ("/title", "文本标题"),
        ("/department/code", "部门编码"),
        ("/overall_goals/1", "总体绩效目标"),
        ("/activities/0/indicators/1/rating_scale/good", "良"),
        ("/goal_sheets/0", "绩效目标表"),
        ("/goal_sheets/0/goals/1", "绩效目标"),
        ("/goal_sheets/0/budget/total", "预算数"),
        ("/goal_sheets/0/execution/total/revised", "全年预算数"),
        ("/goal_sheets/0/indicators/3/likelihood", "完成可能性"),
        ("/goal_sheets/0/indicators/3/target/unit", "计量单位"),
        ("/goal_sheets/0/colour", None),
    ],
)
def test_the_field_at_a_pointer(pointer: str, label: str | None) -> None:
    found = field_at(pointer)
    assert (found.label if found else None) == label


def test_labels_differ_by_stage() -> None:
    actual = field_named("goal_sheets/*/indicators/*/actual")
    assert (actual.label_at(Stage.MONITORING), actual.label_at(Stage.SELF_EVALUATION)) == ("执行情况", "完成值")
    assert not actual.at(Stage.GOALS)
    assert field_named("goal_sheets/*/indicators/*/weight").at(Stage.GOALS)


def test_a_form_with_these_labels_is_read_again() -> None:
    """Every column is known to the readers by its label, at every stage, as what it is."""
    for one in INDICATOR_FIELDS:
        if one.kind is Kind.ID:
            continue
        for stage in Stage:
            if one.at(stage):
                column = shipped().label(one.label_at(stage)).column
                assert column is not None, one.label_at(stage)
                assert column.value == one.name
    for path, one in every_field():
        if path.startswith("goal_sheets/*/execution/total/"):
            column_of_money = shipped().label(one.label).money_column
            assert column_of_money is not None
            assert column_of_money.value == one.name
    for one in ACTIVITY_FIELDS:
        if one.kind is not Kind.ID:
            column_of_activity = shipped().label(one.label).activity_column
            assert column_of_activity is not None, one.label
            assert column_of_activity.value == one.name.removesuffix("s")
    for name in ("purpose", "disbursement_plan", "goals", "total_score", "grade"):
        assert shipped().label(field_named(f"goal_sheets/*/{name}").label).field is not None


SOURCE = Path(jixiao.__file__).parent
SHORT = 3
"""Characters of labels that are words of other things too: 得分, 标题, 优"""


@pytest.mark.parametrize("folder", ["writers", "cli", "services", "domain/codec"])
def test_what_lists_fields_takes_their_names_from_the_table(folder: str) -> None:
    """No label stands in a writer, a door or the codec: it would drift."""
    every = {label for _, one in every_field() for label in (one.label, *one.labels.values())}
    labels = {label for label in every if len(label) > SHORT} - {"绩效目标", "绩效指标", "预算年度"}
    written = [
        f"{file.relative_to(SOURCE)}:{node.lineno}: {node.value}"
        for file in sorted((SOURCE / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in labels
    ]
    assert written == []
