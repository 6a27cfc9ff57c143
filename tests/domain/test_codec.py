"""The JSON of the contract, out and back."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from domain.generated import edited_plans, plans_of_every_stage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from examples import examples
from jixiao.domain.codec import PLAN_SCHEMA, PLAN_SCHEMAS, NotAPlanError, locate, plan_from_dict, plan_to_dict
from jixiao.domain.codec.places import leaves
from jixiao.domain.plan import Plan
from jixiao.readers import read_file

COUNTY = sorted((Path(__file__).parents[2] / "examples" / "county" / "files").iterdir())

KEYS = {
    "": "schema source title fiscal_year department currency_unit overall_goals activities safeguards goal_sheets provenance notes",
    "source": "name sha256 format pages",
    "department": "code name",
    "activities": "name budget description goal indicators",
    "activities.indicators": "text rating_scale",
    "activities.indicators.rating_scale": "excellent good fair poor",
    "safeguards": "heading text",
    "goal_sheets": "sequence budget_unit project budget purpose disbursement_plan goals indicators",
    "goal_sheets.budget_unit": "code name",
    "goal_sheets.project": "code name",
    "goal_sheets.budget": "currency_unit total fiscal other",
    "goal_sheets.disbursement_plan": "by percent",
    "goal_sheets.indicators": "class kind name description target basis weight actual score deviation",
    "goal_sheets.indicators.target": "text type comparator value upper unit",
    "notes": "code pointer message confidence",
}

IDS = {
    "": {"overall_goal_ids"},
    "activities": {"id"},
    "activities.indicators": {"id"},
    "safeguards": {"id"},
    "goal_sheets": {"id", "stage", "as_of", "execution", "goal_ids", "goals_reached", "goals_reached_ids", "total_weight",
                    "execution_weight", "total_score", "grade"},
    "goal_sheets.disbursement_plan": {"id"},
    "goal_sheets.indicators": {"id", "expected", "likelihood"},
}  # fmt: skip
"""What the newer schemas add"""
FIRST, SECOND = PLAN_SCHEMAS[:2]
some = settings(max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck))


def through_json(data: Any) -> Any:
    return json.loads(json.dumps(data, ensure_ascii=False))


@some
@given(plans_of_every_stage() | edited_plans())
def test_a_plan_comes_back_whole(plan: Plan) -> None:
    data = plan_to_dict(plan)
    again = plan_from_dict(through_json(data))
    assert again == plan
    assert plan_to_dict(again) == data


@some
@given(plans_of_every_stage(), st.sampled_from([FIRST, SECOND]))
def test_older_data_comes_back_as_it_was(plan: Plan, schema: str) -> None:
    data = plan_to_dict(plan, schema)
    again = plan_from_dict(through_json(data))
    assert plan_to_dict(again, schema) == data


@some
@given(plans_of_every_stage() | edited_plans())
def test_an_older_schema_tells_what_it_leaves_out(plan: Plan) -> None:
    full = plan_to_dict(plan)
    for schema in (FIRST, SECOND):
        data = plan_to_dict(plan, schema)
        assert set(data["provenance"]) <= set(leaves(data))
        messages = "\n".join(note["message"] for note in data["notes"])
        for leaf in set(leaves(full)) - set(leaves(data)):
            where = leaf.replace("execution_weight", "execution/total/weight")
            if leaf.endswith(("/comparator", "/type", "/unit", "/value", "/upper")) or where in set(leaves(data)):
                continue
            derived = leaf.endswith("/as_of") and _at(plan_to_dict(plan_from_dict(data)), leaf) == _at(full, leaf)
            assert derived or str(_at(full, leaf)) in messages, leaf


@pytest.mark.parametrize("schema", [SECOND, PLAN_SCHEMA])
def test_newer_schemas_require_their_fields(schema: str) -> None:
    data = plan_to_dict(read_file(COUNTY[0]), schema)
    assert plan_from_dict(data).goal_sheets
    del data["goal_sheets"][0]["execution"]
    with pytest.raises(NotAPlanError, match="execution"):
        plan_from_dict(data)


def test_one_id_of_two_things_is_refused() -> None:
    data = plan_to_dict(read_file(COUNTY[0]))
    first, second = data["goal_sheets"][0]["indicators"][:2]
    second["id"] = first["id"]
    with pytest.raises(NotAPlanError, match="one id"):
        plan_from_dict(data)


def test_a_plan_with_many_levels_is_refused() -> None:
    data = plan_to_dict(read_file(COUNTY[0]))
    deep: Any = None
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(NotAPlanError):
        plan_from_dict(data | {"title": deep})


def _at(data: Any, leaf: str) -> Any:
    for part in leaf.split("/")[1:]:
        data = data[int(part)] if isinstance(data, list) else data[part]
    return data


def test_a_place_covers_what_lies_below_it() -> None:
    plan = read_file(COUNTY[0])
    data = plan_to_dict(plan)
    again = plan_from_dict(data)
    assert replace(again, provenance={}) == replace(plan, provenance={})
    assert list(again.provenance)[: len(plan.provenance)] == list(plan.provenance)
    wider = [*plan.provenance, *leaves(data), "/goal_sheets/0/budget/fiscal", "/goal_sheets/0/indicators/0/score"]
    assert all(locate(again.provenance, pointer) == locate(plan.provenance, pointer) for pointer in wider)
    assert plan_to_dict(again) == data


@pytest.mark.parametrize("file", COUNTY, ids=lambda f: f.stem)
def test_every_leaf_of_a_read_plan_has_its_place(file: Path) -> None:
    data = plan_to_dict(read_file(file))
    without = [leaf for leaf in leaves(data) if leaf not in data["provenance"]]
    assert without == []
    assert all(place["text"] for place in data["provenance"].values())


@pytest.mark.parametrize("file", COUNTY, ids=lambda f: f.stem)
@pytest.mark.parametrize("schema", PLAN_SCHEMAS)
def test_shape(file: Path, schema: str) -> None:
    """Every field of the first schema keeps its name and order; newer ones stand beside them."""
    data = through_json(plan_to_dict(read_file(file), schema))
    assert data["schema"] == schema

    def check(value: Any, path: str) -> None:
        if isinstance(value, list):
            for inner in value:
                check(inner, path)
        elif isinstance(value, dict):
            added = IDS.get(path, set()) if schema != FIRST else set()
            assert [key for key in value if key not in added] == KEYS[path].split(), path
            assert schema != PLAN_SCHEMA or set(value) >= added
            for key, inner in value.items():
                if (path, key) != ("", "provenance") and inner is not None and key not in added:
                    check(inner, f"{path}.{key}".lstrip("."))
        else:
            assert value != "" or path.endswith("pointer"), path

    check(data, "")
    for sheet in data["goal_sheets"]:
        for amount in ("total", "fiscal", "other"):
            assert sheet["budget"][amount] is None or Decimal(sheet["budget"][amount]) >= 0


def test_old_data_without_later_fields_is_read() -> None:
    data = plan_to_dict(read_file(COUNTY[0]), FIRST)
    for sheet in data["goal_sheets"]:
        for row in sheet["indicators"]:
            for key in ("weight", "actual", "score", "deviation"):
                del row[key]
    assert plan_from_dict(data).indicator_count


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        (("schema",), "jixiao/plan/4"),
        (("schema",), None),
        (("fiscal_year",), 99),
        (("fiscal_year",), "二〇二六"),
        (("goal_sheets",), None),
        (("department",), {"name": "x", "extra": 1}),
        (("goal_sheets", 0, "budget", "total"), "十万"),
        (("goal_sheets", 0, "budget", "currency_unit"), "角"),
        (("goal_sheets", 0, "indicators", 0, "class"), "outputs"),
        (("goal_sheets", 0, "indicators", 0, "target"), {"type": "numeric"}),
        (("provenance",), {"/title": {"nowhere": 1}}),
        (("notes",), [{"code": "x"}]),
        (("title",), 5),
        (("overall_goals",), [None]),
        (("overall_goal_ids",), ["g_one"]),
        (("goal_sheets", 0, "stage"), "adopted"),
        (("goal_sheets", 0, "as_of"), "2026-06-30"),
        (("goal_sheets", 0, "indicators", 0, "score"), "5"),
        (("goal_sheets", 0, "indicators", 0, "weight"), 5),
        (("goal_sheets", 0, "indicators", 0, "weight"), "NaN"),
        (("goal_sheets", 0, "indicators", 0, "id"), None),
        (("goal_sheets", 0, "budget"), None),
        (("goal_sheets", 0, "sequence"), True),
    ],
)
def test_wrong_data_is_refused_in_chinese(pointer: tuple[str | int, ...], value: Any) -> None:
    data: Any = copy.deepcopy(plan_to_dict(read_file(COUNTY[0])))
    inner = data
    for part in pointer[:-1]:
        inner = inner[part]
    inner[pointer[-1]] = value
    with pytest.raises(NotAPlanError, match=r"数据|schema"):
        plan_from_dict(data)
