"""Edits of a plan by pointer."""

from __future__ import annotations

import pytest
from rules.case import plan_of

from jixiao.domain.edit import CannotEditError, apply_operation
from jixiao.domain.finding import PatchOperation

PLAN = plan_of(
    {
        "overall_goals": ["签约5个项目"],
        "project": {"name": "招商经费"},
        "budget": {"currency_unit": "万元", "total": "30"},
        "goals": ["签约", "接待"],
        "indicators": [{"class": "output", "name": "签约项目", "target": "5个"}],
    }
)


@pytest.mark.parametrize(
    ("op", "path", "value", "read"),
    [
        (
            "replace",
            "/goal_sheets/0/indicators/0/target/text",
            "≥5个",
            lambda p: p.goal_sheets[0].indicators[0].target.comparator.sign,
        ),
        ("replace", "/goal_sheets/0/indicators/0/name", "签约项目数", lambda p: p.goal_sheets[0].indicators[0].name),
        ("replace", "/goal_sheets/0/budget/total", "31.5", lambda p: str(p.goal_sheets[0].budget.total)),
        ("replace", "/goal_sheets/0/goals/1", "接待客商", lambda p: p.goal_sheets[0].goals[1].text),
        ("remove", "/goal_sheets/0/goals/0", None, lambda p: p.goal_sheets[0].goals),
        ("add", "/overall_goals/-", "就业", lambda p: p.overall_goals[1].text),
        ("remove", "/goal_sheets/0/purpose", None, lambda p: p.goal_sheets[0].purpose),
    ],
)
def test_an_edit_changes_its_place_and_nothing_else(op: str, path: str, value: str | None, read: object) -> None:
    edited = apply_operation(PLAN, PatchOperation(op, path, value))  # type: ignore[arg-type]
    seen = read(edited)  # type: ignore[operator]
    assert seen == {"≥5个": "≥", None: seen}.get(value, value)
    assert edited.goal_sheets[0].id == PLAN.goal_sheets[0].id
    assert op == "remove" or edited != PLAN


@pytest.mark.parametrize(
    ("op", "path", "value"),
    [
        ("replace", "/goal_sheets/7/purpose", "x"),
        ("replace", "/goal_sheets/0/budget/total", "很多"),
        ("replace", "/goal_sheets/0/budget/currency_unit", "块"),
        ("replace", "/goal_sheets/0/colour", "红"),
        ("replace", "/goal_sheets/0", "x"),
        ("replace", "/goal_sheets/0/goals", "x"),
        ("replace", "/goal_sheets/0/purpose/upper", "x"),
        ("add", "/overall_goals/9", "x"),
        ("replace", "", "x"),
    ],
)
def test_an_edit_that_does_not_fit_is_told(op: str, path: str, value: str) -> None:
    with pytest.raises(CannotEditError, match=r"[\u4e00-\u9fff]"):
        apply_operation(PLAN, PatchOperation(op, path, value))  # type: ignore[arg-type]
