"""The JSON of the contract, out and back."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers.plans import plans

from jixiao.domain.codec import PLAN_2_SCHEMA, PLAN_SCHEMA, NotAPlanError, plan_from_dict, plan_to_dict
from jixiao.domain.execution import Execution, SourceExecution
from jixiao.domain.goal import goals_of
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.identity import identified
from jixiao.domain.monitoring import MonitoringRow, MonitoringSheet
from jixiao.domain.note import Note
from jixiao.domain.plan import Plan, Source
from jixiao.domain.provenance import Location
from jixiao.domain.self_evaluation import SelfEvaluationRow, SelfEvaluationSheet
from jixiao.domain.stage import LaterSheet, Stage
from jixiao.domain.target_grammar import parse_target
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


def location(text: str, **where: Any) -> Location:
    """Of a place only what its format says."""
    return Location(text, **where)


places = st.one_of(
    st.builds(location, st.text(max_size=9), line=st.integers(1, 999)),
    st.builds(location, st.text(max_size=9), paragraph=st.integers(1, 999)),
    st.builds(location, st.text(max_size=9), table=st.integers(1, 9), row=st.integers(1, 9), column=st.integers(1, 9)),
    st.builds(location, st.text(max_size=9), worksheet=st.text(min_size=1, max_size=5), cell=st.just("B7")),
    st.builds(
        location, st.text(max_size=9), page=st.integers(1, 9), bbox=st.tuples(*[st.floats(0, 900, width=32)] * 4)
    ),
)
notes = st.builds(
    Note, st.just("target.glued"), st.just("/goal_sheets/0"), st.text(), st.decimals(0, 1, places=2).map(abs)
)


@st.composite
def full_plans(draw: st.DrawFn) -> Plan:
    plan = draw(plans())
    leaves = list(_leaves(plan_to_dict(plan)))
    known = draw(st.dictionaries(st.sampled_from(leaves), places, max_size=5))
    source = Source(draw(st.text(max_size=9)), "ab" * 32, "docx", draw(st.none() | st.integers(1, 99)))
    return replace(plan, source=source, provenance=known, notes=tuple(draw(st.lists(notes, max_size=3))))


amounts = st.none() | st.decimals(0, 99_999, places=2).map(abs)
sources = st.none() | st.builds(SourceExecution, *[amounts] * 7)
phrases = st.text("按期完工验收结转优良", min_size=1, max_size=9)


values = st.none() | st.sampled_from(("≥10次", "98%", "3-5家", "2026年12月31日前", "未完工")).map(
    lambda text: parse_target(text).target
)
likelihoods = st.none() | st.sampled_from(("确定能", "有可能", "完全不可能"))
monitoring_rows = st.builds(MonitoringRow, values, values, likelihoods, st.none() | phrases)
evaluation_rows = st.builds(SelfEvaluationRow, values, amounts, st.none() | phrases)
executions = st.none() | st.builds(Execution, *[sources] * 4)
reached = st.lists(phrases, max_size=2).map(goals_of)
grades = st.none() | st.sampled_from(("优", "良", "中", "差"))


@st.composite
def later_sheets(draw: st.DrawFn, sheet: GoalSheet) -> LaterSheet | None:
    """What may be filled in on a sheet; rows that say nothing are left out."""
    stage, money, goals = draw(st.sampled_from(Stage)), draw(executions), draw(reached)
    ids = [row.id for row in sheet.indicators]
    if stage is Stage.MONITORING:
        stand = {i: row for i in ids if (row := draw(monitoring_rows)) != MonitoringRow()}
        return MonitoringSheet(sheet.id, draw(st.none() | st.dates()), money, goals, stand)
    if stage is Stage.SELF_EVALUATION:
        became = {i: row for i in ids if (row := draw(evaluation_rows)) != SelfEvaluationRow()}
        return SelfEvaluationSheet(sheet.id, money, goals, draw(amounts), draw(grades), became)
    return None


@st.composite
def plans_with_results(draw: st.DrawFn) -> Plan:
    plan = draw(full_plans())

    def sheet(plain: GoalSheet) -> GoalSheet:
        rows = tuple(replace(row, weight=draw(amounts)) for row in plain.indicators)
        return replace(plain, indicators=rows, total_weight=draw(amounts), execution_weight=draw(amounts))

    plan = replace(plan, goal_sheets=tuple(map(sheet, plan.goal_sheets)))
    later = [draw(later_sheets(s)) for s in plan.goal_sheets]
    return identified(plan.with_later_sheets(s for s in later if s is not None))


def _leaves(data: dict[str, Any]) -> list[str]:
    found: list[str] = []

    def walk(value: Any, pointer: str) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(inner, f"{pointer}/{key}")
        elif isinstance(value, list):
            for n, inner in enumerate(value):
                walk(inner, f"{pointer}/{n}")
        elif value is not None and not pointer.endswith("/sequence"):
            found.append(pointer)

    for key, value in data.items():
        if key not in ("schema", "source", "provenance", "notes"):
            walk(value, f"/{key}")
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(full_plans())
def test_round_trip(plan: Plan) -> None:
    data = plan_to_dict(plan)
    again = plan_from_dict(json.loads(json.dumps(data, ensure_ascii=False)))
    assert again == plan
    assert plan_to_dict(again) == data


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans_with_results())
def test_round_trip_with_results(plan: Plan) -> None:
    data = plan_to_dict(plan, PLAN_2_SCHEMA)
    again = plan_from_dict(json.loads(json.dumps(data, ensure_ascii=False)))
    assert plan_to_dict(again, PLAN_2_SCHEMA) == data


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans_with_results())
def test_the_first_schema_tells_what_it_leaves_out(plan: Plan) -> None:
    data, full = plan_to_dict(plan), plan_to_dict(plan, PLAN_2_SCHEMA)
    assert plan_to_dict(plan_from_dict(data)) == data
    assert set(data["provenance"]) <= set(_leaves(data))
    messages = "\n".join(note["message"] for note in data["notes"])
    for leaf in set(_leaves(full)) - set(_leaves(data)):
        if not leaf.endswith(("/comparator", "/type", "/unit", "/value", "/upper")):
            assert str(_at(full, leaf)) in messages, leaf


def test_the_second_schema_requires_its_fields() -> None:
    data = plan_to_dict(read_file(COUNTY[0]), PLAN_2_SCHEMA)
    assert plan_from_dict(data).goal_sheets
    del data["goal_sheets"][0]["execution"]
    with pytest.raises(NotAPlanError, match="execution"):
        plan_from_dict(data)


def _at(data: Any, leaf: str) -> Any:
    for part in leaf.split("/")[1:]:
        data = data[int(part)] if isinstance(data, list) else data[part]
    return data


def test_a_place_covers_what_lies_below_it() -> None:
    plan = read_file(COUNTY[0])
    data = plan_to_dict(plan)
    again = plan_from_dict(data)
    assert replace(again, provenance={}) == replace(plan, provenance={})
    assert set(again.provenance) >= {p for p in plan.provenance if p in data["provenance"]}
    assert plan_to_dict(again) == data


@pytest.mark.parametrize("file", COUNTY, ids=lambda f: f.stem)
def test_every_leaf_of_a_read_plan_has_its_place(file: Path) -> None:
    data = plan_to_dict(read_file(file))
    without = [leaf for leaf in _leaves(data) if leaf not in data["provenance"]]
    assert without == []
    assert all(place["text"] for place in data["provenance"].values())


@pytest.mark.parametrize("file", COUNTY, ids=lambda f: f.stem)
def test_shape(file: Path) -> None:
    data = json.loads(json.dumps(plan_to_dict(read_file(file)), ensure_ascii=False))
    assert data["schema"] == PLAN_SCHEMA

    def check(value: Any, path: str) -> None:
        if isinstance(value, list):
            for inner in value:
                check(inner, path)
        elif isinstance(value, dict):
            if path != "provenance":
                assert list(value) == KEYS[path].split(), path
            for key, inner in value.items():
                if path == "" and key == "provenance":
                    continue
                check(inner, f"{path}.{key}".lstrip("."))
        else:
            assert value != "" or path.endswith("pointer"), path

    check(data, "")
    for sheet in data["goal_sheets"]:
        for amount in ("total", "fiscal", "other"):
            assert sheet["budget"][amount] is None or Decimal(sheet["budget"][amount]) >= 0


def test_old_data_without_later_fields_is_read() -> None:
    data = plan_to_dict(read_file(COUNTY[0]))
    for sheet in data["goal_sheets"]:
        for row in sheet["indicators"]:
            for key in ("weight", "actual", "score", "deviation"):
                del row[key]
    assert plan_from_dict(data).indicator_count


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        (("schema",), "jixiao/plan/2"),
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
