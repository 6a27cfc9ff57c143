"""Whatever form a plan is written in, it reads back as the same plan, its things known again."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import without_ids
from readers.plans import plans, words

from examples import examples
from jixiao.domain.codec import plan_to_dict
from jixiao.domain.filled import filled_in
from jixiao.domain.goal_sheet import Project
from jixiao.domain.identity import identified, things
from jixiao.domain.indicator import Indicator, IndicatorClass, IndicatorKind
from jixiao.domain.period import FiscalYear
from jixiao.domain.plan import Plan
from jixiao.domain.stage import Stage, stage_of
from jixiao.layouts import Layout, blank, layout_from, layouts, specimen
from jixiao.layouts.load import shipped_data
from jixiao.readers import read_bytes
from jixiao.writers.outputs.plan_form import plan_docx, plan_html, plan_xlsx
from tools.truth.labels import documents

FORMATS: dict[str, Callable[..., bytes]] = {"甲.docx": plan_docx, "甲.xlsx": plan_xlsx, "甲.html": plan_html}
LOST = ("unplaced", "hidden.left_out", "identity.doubt", "column.not_kept", "row.not_kept", "goals.not_kept")
_COST = (IndicatorKind.ECONOMIC_COST, IndicatorKind.SOCIAL_COST, IndicatorKind.ENVIRONMENTAL_COST)


_LEFT_OPEN: tuple[tuple[str, ...], ...] = ((), (), ("class_", "kind"), ("class_",), ("kind",))


def _less(row: Indicator, levels: tuple[str, ...]) -> Indicator:
    """A row without some of its levels."""
    return replace(row, **dict.fromkeys(levels), id="")  # type: ignore[arg-type]


@st.composite
def weighed(draw: st.DrawFn) -> Plan:
    """Plans with all that a form of some locality has: points, costs as a class, sheets without a code or a use; rows
    without a first level, a second, or both.
    """
    plan = draw(plans())
    sheets = []
    for sheet in plan.goal_sheets:
        points = draw(st.booleans())
        rows = sheet.indicators
        if draw(st.booleans()):
            costs = draw(st.lists(st.tuples(st.sampled_from(_COST), words), max_size=3))
            made = rows[:1] if rows else ()
            rows += tuple(replace(m, class_=IndicatorClass.COST, kind=k, name=n, id="") for m in made for k, n in costs)
        if points:
            rows = tuple(replace(row, weight=Decimal(draw(st.integers(1, 20)))) for row in rows)
        if draw(st.booleans()):
            rows = tuple(_less(row, draw(st.sampled_from(_LEFT_OPEN))) for row in rows)
        total = Decimal(100) if points and rows and draw(st.booleans()) else None
        sheets.append(replace(sheet, indicators=rows, total_weight=total))
    code = draw(st.none() | st.integers(101, 399).map(str))
    return identified(replace(plan, goal_sheets=tuple(sheets), department=replace(plan.department, code=code)))


SPARSE: dict[str, Any] = {
    "name": "sparse",
    "title": "栏目很少的表",
    "summary": "只有名称、总额和目标，指标值在前。",
    "ruleset": "national-88",
    "stages": ["goals"],
    "source": {"seen": "described", "where": "虚构"},
    "form_title": "绩效目标表",
    "grid": [12, 12, 12, 12, 12, 12],
    "head": [
        {"lines": [[{"field": "project/name", "label": "项目名称", "columns": 2}, {"label": "项目负责人"}]]},
        {"lines": [[{"field": "budget/total", "label": "资金总额", "states_unit": True}]]},
        {"part": "goals", "label": "总体目标", "title": "年度目标", "long_term": "实施期目标"},
    ],
    "columns": [
        {"field": name, "label": label, "width": 10, "long": name == "name", "at": ["goals"]}
        for name, label in (("class", "一级指标"), ("kind", "二级指标"), ("name", "三级指标"), ("target", "指标值"))
    ],
    "kinds": {"output": ["quantity"]},
    "part_one": {
        "title": "第一部分　部门整体绩效目标",
        "overall": "一、总体绩效目标",
        "activities": {
            "title": "二、分项绩效目标",
            "style": "blocks",
            "columns": [
                {"field": name, "label": label, "width": 12}
                for name, label in (("name", "职责活动"), ("goal", "绩效目标"), ("indicators", "绩效指标"))
            ],
        },
        "safeguards": "三、工作保障措施",
    },
}
LAYOUTS = {**layouts(), "sparse": layout_from(SPARSE)}


def said(plan: Plan) -> dict[str, Any]:
    """All that a plan says, without where it was read."""
    data = plan_to_dict(plan)
    return {key: value for key, value in data.items() if key not in ("source", "provenance", "notes", "schema")}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=examples(25), deadline=None)
@given(plan=weighed())
def test_a_form_of_any_layout_reads_back(layout: str, name: str, plan: Plan) -> None:
    again = read_bytes(FORMATS[name](plan, LAYOUTS[layout]), name)
    assert said(again) == said(plan)
    assert list(things(again)) == list(things(plan))
    assert not [note for note in again.notes if note.code in LOST]


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_specimen_reads_back(layout: str, whole: bool) -> None:
    plan = specimen(LAYOUTS[layout], whole=whole)
    assert said(read_bytes(plan_docx(plan, LAYOUTS[layout]), "甲.docx")) == said(plan)


def test_the_same_plan_in_the_same_form_is_the_same_file() -> None:
    layout = layouts()["national-101"]
    plan = specimen(layout)
    assert plan_docx(plan, layout) == plan_docx(plan, layout)
    assert plan_xlsx(plan, layout) == plan_xlsx(plan, layout)
    assert plan_docx(plan, layout) != plan_docx(plan)


@pytest.mark.parametrize("layout", layouts())
@pytest.mark.parametrize("every_kind", [True, False])
def test_a_blank_form_filled_in_by_hand_is_read_with_its_rows(layout: str, every_kind: bool) -> None:
    """Rows keep their levels, be the second left open; rows nobody filled in are told, not read."""
    form = layouts()[layout]
    plan = blank(form, project=Project(None, "清淤工程"), year=FiscalYear(2027), every_kind=every_kind)
    document = docx.Document(io.BytesIO(plan_docx(plan, form)))
    titles = [column.label for column in form.columns_at(Stage.GOALS)]
    value = "target/value" if form.has_target_apart else "target"
    own = form.column(f"goal_sheets/*/indicators/*/{value}")
    assert own is not None
    rows = document.tables[-1].rows[1:]
    for n, row in enumerate(rows[:-1]):
        cells = list(dict.fromkeys(row._tr.tc_lst))
        by_title = dict(zip(titles, cells, strict=True))
        by_title["三级指标"].p_lst[0].add_r().text = f"清淤河道{n}段"
        by_title[own.label].p_lst[0].add_r().text = str(n + 3)
    out = io.BytesIO()
    document.save(out)
    again = read_bytes(out.getvalue(), "填好.docx")
    wanted = plan.goal_sheets[0].indicators[:-1]
    found = again.goal_sheets[0].indicators
    assert [(row.class_, row.kind) for row in found] == [(row.class_, row.kind) for row in wanted]
    assert [row.target.number for row in found] == [Decimal(n + 3) for n in range(len(wanted))]
    assert [note.code for note in again.notes if note.code == "indicator.labels_only"] == ["indicator.labels_only"]
    assert again.goal_sheets[0].disbursement_plan == plan.goal_sheets[0].disbursement_plan


LATER = [d.plan for d in documents() if d.plan.later_sheets]
STAGES = ["goals", "monitoring", "self_evaluation"]


def of_all_stages(data: dict[str, Any]) -> Layout:
    """A layout of goals as one for every stage, without a place for what is filled in later."""
    columns = [column | {"at": STAGES} for column in data["columns"]]
    return layout_from(data | {"stages": STAGES, "columns": columns})


OF_ALL_STAGES = {"sparse": of_all_stages(SPARSE)} | {
    name: of_all_stages({**shipped_data()[name]}) for name in ("national-88", "national-101")
}


@pytest.mark.parametrize("layout", OF_ALL_STAGES)
@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("plan", LATER, ids=lambda plan: plan.title)
def test_what_was_filled_in_later_is_kept_by_a_form_that_has_no_place_for_it(
    layout: str, name: str, plan: Plan
) -> None:
    again = read_bytes(FORMATS[name](plan, OF_ALL_STAGES[layout]), name)

    def filled(of: Plan) -> list[Any]:
        later = of.later_sheets
        return [without_ids(filled_in(sheet, later.get(sheet.id))) for sheet in of.goal_sheets]

    assert [replace(f, rows=()) for f in filled(again)] == [replace(f, rows=()) for f in filled(plan)]
    assert [[replace(r, deviation=r.deviation or None) for r in f.rows] for f in filled(again)] == [
        [replace(r, deviation=r.deviation or None) for r in f.rows] for f in filled(plan)
    ]
    assert [stage_of(one) for one in again.later_sheets.values()] == [stage_of(o) for o in plan.later_sheets.values()]
