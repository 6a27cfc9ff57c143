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
        ("replace", "/goal_sheets/0/indicators/0/class", "outcome", lambda p: p.goal_sheets[0].indicators[0].class_),
        ("remove", "/goal_sheets/0/indicators/0/target", None, lambda p: p.goal_sheets[0].indicators[0].target),
        ("replace", "/fiscal_year", "2027", lambda p: str(p.fiscal_year.year)),
        ("replace", "/department/name", "甲局", lambda p: p.department.name),
    ],
)
def test_an_edit_changes_its_place_and_nothing_else(op: str, path: str, value: str | None, read: object) -> None:
    edited = apply_operation(PLAN, PatchOperation(op, path, value))  # type: ignore[arg-type]
    seen = read(edited)  # type: ignore[operator]
    assert seen == {"≥5个": "≥", None: seen}.get(value, value)
    assert edited.goal_sheets[0].id == PLAN.goal_sheets[0].id
    assert op == "remove" or edited != PLAN


FILLED = plan_of(
    {
        "title": "2025年1-7月绩效监控表",
        "indicators": [{"name": "签约项目", "target": "5个", "expected": "4个"}, {"name": "接待", "target": "9次"}],
        "goals_reached": ["签约2个"],
        "execution": {"total": {"initial": "30"}},
    }
)


@pytest.mark.parametrize(
    ("op", "path", "value", "read"),
    [
        ("replace", "/indicators/0/expected", "5个", lambda m, r: str(m.row(r[0]).expected.number)),
        ("replace", "/indicators/1/actual/text", "3次", lambda m, r: m.row(r[1]).actual.text),
        ("remove", "/indicators/0/expected", None, lambda m, r: m.rows.get(r[0])),
        ("replace", "/goals_reached/0", "签约3个", lambda m, _: m.goals_reached[0].text),
        ("replace", "/execution/total/initial", "31.5", lambda m, _: str(m.execution.total.initial)),
        ("replace", "/execution/total/expected", "29", lambda m, _: str(m.execution.total.expected)),
        ("replace", "/as_of", "2025-08-31", lambda m, _: str(m.as_of)),
    ],
)
def test_an_edit_of_what_is_filled_in_leaves_the_goals(op: str, path: str, value: str | None, read: object) -> None:
    edited = apply_operation(FILLED, PatchOperation(op, f"/goal_sheets/0{path}", value))  # type: ignore[arg-type]
    (sheet,) = edited.monitoring_sheets
    seen = read(sheet, [row.id for row in edited.goal_sheets[0].indicators])  # type: ignore[operator]
    assert seen == {"5个": "5"}.get(value or "", value)
    assert edited.goal_sheets == FILLED.goal_sheets


def test_what_is_filled_in_on_a_row_goes_with_it() -> None:
    edited = apply_operation(FILLED, PatchOperation("remove", "/goal_sheets/0/indicators/0"))
    assert edited.monitoring_sheets[0].rows == {}
    assert not apply_operation(FILLED, PatchOperation("remove", "/goal_sheets/0")).later_sheets
    with pytest.raises(CannotEditError):
        apply_operation(FILLED, PatchOperation("replace", "/goal_sheets/0/indicators/0/score", "5"))


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
        ("replace", "/goal_sheets/0/indicators/0/class", "产出"),
        ("replace", "/goal_sheets/0/id", "s_other"),
        ("replace", "/goal_sheets/0/stage", "monitoring"),
        ("replace", "/goal_sheets/0/sequence", "3"),
        ("replace", "/goal_sheets/0/label", "x"),
        ("remove", "/goal_sheets/0/budget", None),
        ("replace", "/fiscal_year", "1066"),
        ("replace", "", "x"),
    ],
)
def test_an_edit_that_does_not_fit_is_told(op: str, path: str, value: str | None) -> None:
    with pytest.raises(CannotEditError, match=r"[\u4e00-\u9fff]"):
        apply_operation(PLAN, PatchOperation(op, path, value))  # type: ignore[arg-type]
