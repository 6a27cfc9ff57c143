"""Documents stored in every version: they stay as they were written, and are migrated where they are read."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jixiao.domain.codec import (
    PLAN_SCHEMAS,
    REVIEW_SCHEMAS,
    plan_from_dict,
    plan_to_dict,
    review_from_dict,
    review_to_dict,
)
from jixiao.domain.plan import Plan
from jixiao.domain.stage import Stage, stage_of

STORED = Path(__file__).parent / "stored"
STAGES = {"goals": Stage.GOALS, "monitoring": Stage.MONITORING, "self-evaluation": Stage.SELF_EVALUATION}


def stored(name: str) -> Any:
    return json.loads((STORED / f"{name}.json").read_text(encoding="utf-8"))


def said(plan: Plan) -> Plan:
    """What a plan says, whatever the schema it was written in told in notes, and where each version keeps places."""
    return replace(plan, notes=(), provenance={})


@pytest.mark.parametrize("version", range(1, len(PLAN_SCHEMAS) + 1))
@pytest.mark.parametrize("name", STAGES)
def test_a_stored_plan_is_read_and_written_as_it_was(name: str, version: int) -> None:
    data = stored(f"plan-{version}.{name}")
    assert data["schema"] == PLAN_SCHEMAS[version - 1]
    plan = plan_from_dict(data)
    assert plan_to_dict(plan, data["schema"]) == data
    assert said(plan_from_dict(plan_to_dict(plan))) == said(plan)


@pytest.mark.parametrize("name", STAGES)
def test_a_plan_of_the_second_schema_becomes_one_of_the_newest(name: str) -> None:
    """The same document read today: ids, stage and all but the day, which stands in a heading that data does not keep."""
    new = said(plan_from_dict(stored(f"plan-3.{name}")))
    undated = tuple(replace(sheet, as_of=None) for sheet in new.monitoring_sheets)
    assert said(plan_from_dict(stored(f"plan-2.{name}"))) == replace(new, monitoring_sheets=undated)


@pytest.mark.parametrize("name", STAGES)
def test_a_plan_of_the_first_schema_keeps_what_it_holds(name: str) -> None:
    old, new = plan_from_dict(stored(f"plan-1.{name}")), plan_from_dict(stored(f"plan-3.{name}"))
    assert [s.id for s in old.goal_sheets] == [s.id for s in new.goal_sheets]
    assert [s.indicators for s in old.goal_sheets] == [s.indicators for s in new.goal_sheets]
    if name != "monitoring":  # what tells a monitoring sheet is in the second schema
        assert [stage_of(old.later_sheets.get(s.id)) for s in old.goal_sheets] == [STAGES[name]] * len(old.goal_sheets)
    for sheet in old.self_evaluation_sheets:
        assert sheet.rows == new.later_sheets[sheet.sheet].rows


@pytest.mark.parametrize("version", range(1, len(REVIEW_SCHEMAS) + 1))
@pytest.mark.parametrize("name", ["goals", "self-evaluation"])
def test_a_stored_review_is_read_and_written_as_it_was(name: str, version: int) -> None:
    data = stored(f"review-{version}.{name}")
    plan = plan_from_dict(stored(f"plan-3.{name}"))
    review = review_from_dict(data)
    assert data["source"] == stored(f"plan-3.{name}")["source"]
    assert review_to_dict(plan, review, data["schema"]) == data


def test_every_version_is_stored() -> None:
    names = {path.name.partition(".")[0] for path in STORED.iterdir()}
    plans = {f"plan-{n}" for n in range(1, len(PLAN_SCHEMAS) + 1)}
    assert names == plans | {f"review-{n}" for n in range(1, len(REVIEW_SCHEMAS) + 1)}
