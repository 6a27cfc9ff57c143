"""Whatever form a plan is written in, it reads back as the same plan, its things known again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers.plans import plans, words

from examples import examples
from jixiao.domain.codec import plan_to_dict
from jixiao.domain.identity import identified, things
from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.plan import Plan
from jixiao.layouts import layouts
from jixiao.readers import read_bytes
from jixiao.writers.outputs.plan_form import plan_docx, plan_html, plan_xlsx

FORMATS: dict[str, Callable[..., bytes]] = {"甲.docx": plan_docx, "甲.xlsx": plan_xlsx, "甲.html": plan_html}
LOST = ("unplaced", "hidden.left_out", "identity.doubt", "column.not_kept", "row.not_kept", "goals.not_kept")
_COST = (IndicatorKind.ECONOMIC_COST, IndicatorKind.SOCIAL_COST, IndicatorKind.ENVIRONMENTAL_COST)


@st.composite
def weighed(draw: st.DrawFn) -> Plan:
    """Plans with all that a form of some locality has: points, costs as a class, sheets without a code or a use."""
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
        total = Decimal(100) if points and rows and draw(st.booleans()) else None
        sheets.append(replace(sheet, indicators=rows, total_weight=total))
    return identified(replace(plan, goal_sheets=tuple(sheets)))


def said(plan: Plan) -> dict[str, Any]:
    """All that a plan says, without where it was read."""
    data = plan_to_dict(plan)
    return {key: value for key, value in data.items() if key not in ("source", "provenance", "notes", "schema")}


@pytest.mark.parametrize("layout", layouts())
@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=examples(25), deadline=None)
@given(plan=weighed())
def test_a_form_of_any_layout_reads_back(layout: str, name: str, plan: Plan) -> None:
    again = read_bytes(FORMATS[name](plan, layouts()[layout]), name)
    assert said(again) == said(plan)
    assert list(things(again)) == list(things(plan))
    assert not [note for note in again.notes if note.code in LOST]
