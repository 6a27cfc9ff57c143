"""Ids: the same words give the same ids, wherever they stand; once given they stay."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plain import without_ids
from readers.plans import goal_sheets, indicators, plans

from examples import examples
from jixiao.domain.identity import Anchor, anchor, id_at, identified, place_of, pointer_of, pointers, things
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.plan import Plan
from jixiao.review.short_plan import plan_of

drawn = settings(max_examples=examples(50), deadline=None, suppress_health_check=list(HealthCheck))


def with_rows(plan: Plan, n: int, *, first: tuple[object, ...] = (), without: int | None = None) -> Plan:
    sheet = plan.goal_sheets[n]
    rows = (*first, *(row for k, row in enumerate(sheet.indicators) if k != without))
    sheets = [replace(sheet, indicators=rows) if k == n else s for k, s in enumerate(plan.goal_sheets)]
    return replace(plan, goal_sheets=tuple(sheets))


@drawn
@given(plans())
def test_every_thing_has_an_id_of_its_own(plan: Plan) -> None:
    ids = [id_ for _, id_ in things(plan)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[adgimrs]_[a-z2-7]{10}", id_) for id_ in ids)
    assert identified(plan) == plan == identified(without_ids(plan))


@drawn
@given(plans(), indicators(), st.data())
def test_a_row_put_in_above_changes_no_id(plan: Plan, row: object, data: st.DataObject) -> None:
    n = data.draw(st.integers(0, len(plan.goal_sheets) - 1))
    plan = without_ids(plan)
    if any(r.name == row.name for r in plan.goal_sheets[n].indicators):  # type: ignore[attr-defined]
        return
    before, after = identified(plan), identified(with_rows(plan, n, first=(row,)))
    assert [r.id for r in after.goal_sheets[n].indicators[1:]] == [r.id for r in before.goal_sheets[n].indicators]
    assert set(pointers(before)) < set(pointers(after))


@drawn
@given(plans(), goal_sheets(CurrencyUnit.YUAN), st.booleans())
def test_another_sheet_changes_no_id(plan: Plan, sheet: object, above: bool) -> None:
    plan = without_ids(plan)
    if any(s.project.name == sheet.project.name for s in plan.goal_sheets):  # type: ignore[attr-defined]
        return
    sheets = (sheet, *plan.goal_sheets) if above else (*plan.goal_sheets, sheet)
    more = identified(replace(plan, goal_sheets=sheets))
    assert (more.goal_sheets[1:] if above else more.goal_sheets[:-1]) == identified(plan).goal_sheets


@drawn
@given(plans(), plans())
def test_ids_once_given_stay(plan: Plan, other: Plan) -> None:
    """Whatever words a thing has after an edit, and whatever is put in above it."""
    sheets = plan.goal_sheets
    renamed = tuple(replace(s, project=replace(s.project, name="改名")) for s in sheets)
    edited = identified(replace(plan, goal_sheets=(*without_ids(other.goal_sheets + sheets), *renamed)))
    assert edited.goal_sheets[-len(sheets) :] == renamed
    assert len({s.id for s in edited.goal_sheets}) == len(edited.goal_sheets)


def test_a_copy_gets_an_id_of_its_own() -> None:
    plan = plan_of({"goal_sheets": [{"project": {"name": "清淤"}, "indicators": [{"name": "里程"}, {"name": "里程"}]}]})
    sheet = plan.goal_sheets[0]
    copied = identified(replace(plan, goal_sheets=(sheet, sheet)))
    assert copied.goal_sheets[0] == sheet
    assert len({id_ for _, id_ in things(copied)}) == 2 + 4


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({"name": "清淤 里程"}, True),
        ({"name": "清淤里程", "kind": "quality", "target": "≥9公里", "description": "全年"}, True),
        ({"name": "清淤里程数"}, False),
    ],
)
def test_a_row_is_known_by_its_name(changed: dict[str, str], same: bool) -> None:
    def row_id(row: dict[str, str]) -> str:
        return plan_of({"indicators": [row]}).goal_sheets[0].indicators[0].id

    assert (row_id(changed) == row_id({"name": "清淤里程", "kind": "quantity", "target": "≥8公里"})) is same


GIVEN = {
    "title": "计划",
    "overall_goals": ["治好水"],
    "activities": [{"name": "治水", "indicators": [{"text": "清淤"}]}],
    "safeguards": [{"heading": "组织"}],
    "goal_sheets": [
        {"project": {"name": "一"}, "goals": ["清淤"], "goals_reached": ["清淤"]},
        {
            "project": {"name": "二"},
            "disbursement_plan": {"3月底": "25"},
            "indicators": [{"name": "甲"}, {"name": "乙"}],
        },
    ],
}


@pytest.mark.parametrize(
    ("pointer", "thing", "below"),
    [
        ("", "", ""),
        ("/title", "", "/title"),
        ("/overall_goals/0", "/overall_goals/0", ""),
        ("/goal_sheets/0/goals/0", "/goal_sheets/0/goals/0", ""),
        ("/goal_sheets/0/goals_reached/0", "/goal_sheets/0/goals_reached/0", ""),
        ("/activities/0/goal", "/activities/0", "/goal"),
        ("/activities/0/indicators/0/text", "/activities/0/indicators/0", "/text"),
        ("/safeguards/0", "/safeguards/0", ""),
        ("/goal_sheets/1/budget/total", "/goal_sheets/1", "/budget/total"),
        ("/goal_sheets/1/disbursement_plan/0/by", "/goal_sheets/1/disbursement_plan/0", "/by"),
        ("/goal_sheets/1/indicators/1/target/text", "/goal_sheets/1/indicators/1", "/target/text"),
        ("/goal_sheets/1/indicators/7/target", "/goal_sheets/1", "/indicators/7/target"),
        ("/goal_sheets/9", "", "/goal_sheets/9"),
        ("/goal_sheets", "", "/goal_sheets"),
    ],
)
def test_a_place_by_what_it_belongs_to(pointer: str, thing: str, below: str) -> None:
    plan = plan_of(GIVEN)
    known = {at: id_ for id_, at in pointers(plan).items()}
    assert anchor(plan, pointer) == Anchor(known[thing], below)
    assert id_at(plan, pointer) == known[thing]
    assert place_of(plan, anchor(plan, pointer)) == pointer
    assert pointer_of(plan, known[thing]) == thing


def test_what_is_gone_has_no_place() -> None:
    plan = plan_of(GIVEN)
    gone = anchor(plan, "/goal_sheets/1/indicators/1/target")
    assert place_of(with_rows(plan, 1, without=0), gone) == "/goal_sheets/1/indicators/0/target"
    assert place_of(with_rows(plan, 1, without=1), gone) is None
    assert pointer_of(plan, "r_nowhere") is None
