"""A plan written as a form reads back as the same plan, and its rows are known again after somebody edited the file."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

import jixiao
from jixiao.domain.codec import plan_to_dict
from jixiao.domain.identity import things
from jixiao.domain.plan import Plan
from jixiao.readers import read_bytes
from jixiao.writers.outputs.plan_form import plan_docx, plan_xlsx
from jixiao.writers.registry import writers, writers_of
from tools.truth.labels import documents

COUNTY = Path(__file__).parents[2] / "examples" / "county" / "files"
FILES = sorted(p for p in COUNTY.iterdir() if p.suffix in (".docx", ".xlsx", ".txt"))
both = pytest.mark.parametrize(("write", "name"), [(plan_docx, "甲.docx"), (plan_xlsx, "甲.xlsx")])


def said(plan: Plan) -> dict[str, Any]:
    """What a plan says, without where it was read, line breaks of cells and the code of the department apart."""
    data = plan_to_dict(plan)
    kept = ("overall_goals", "safeguards", "goal_sheets", "activities", "fiscal_year", "currency_unit")
    activities = [a | {"goal": (a["goal"] or "").replace("\n", "")} for a in data["activities"]]
    return {key: data[key] for key in kept} | {"activities": activities}


@cache
def read(file: Path) -> Plan:
    return jixiao.read_plan(file)


@both
@pytest.mark.parametrize("file", FILES, ids=lambda p: p.name)
def test_what_is_written_reads_back(write: Callable[[Plan], bytes], name: str, file: Path) -> None:
    plan = read(file)
    again = read_bytes(write(plan), name)
    assert said(again) == said(plan)
    assert list(things(again)) == list(things(plan))
    assert not [note for note in again.notes if note.code in ("unplaced", "hidden.left_out", "identity.doubt")]


@both
def test_the_same_plan_makes_the_same_bytes(write: Callable[[Plan], bytes], name: str) -> None:
    plan = read(FILES[0])
    assert write(plan) == write(plan)
    assert list(things(read_bytes(write(plan), name))) == list(things(plan))


def test_forms_are_written_only_when_asked_for() -> None:
    assert {w.name for w in writers() if w.asked} == {"docx", "xlsx"}
    assert not {w.name for w in writers_of(Plan)} & {"docx", "xlsx"}


def rows_of(plan: Plan) -> dict[str, str]:
    """The id of every row by its name."""
    return {row.name or "": row.id for sheet in plan.goal_sheets for row in sheet.indicators}


def edited_in_word(data: bytes, edit: Callable[[Any], None]) -> Plan:
    """The file after an edit of its last table, the rows of the last project."""
    document = docx.Document(io.BytesIO(data))
    edit(document.tables[-1])
    out = io.BytesIO()
    document.save(out)
    return read_bytes(out.getvalue(), "改.docx")


@cache
def plain_plan() -> Plan:
    return next(
        d.plan for d in documents() if len(d.plan.goal_sheets) > 1 and len(d.plan.goal_sheets[-1].indicators) > 5
    )


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["delete", "copy", "up", "value", "words"]), st.integers(0, 50)), max_size=4))
def test_rows_are_known_again_after_edits_in_word(edits: list[tuple[str, int]]) -> None:
    plan = plain_plan()
    before = rows_of(plan)
    touched: set[str] = set()

    def edit(table: Any) -> None:
        for what, n in edits:
            body = table.rows[1:]
            if len(body) < 2:
                return
            row = body[n % len(body)]
            name = row.cells[2].text
            if what == "delete":
                row._tr.getparent().remove(row._tr)
            elif what == "copy":
                table._tbl.append(copy.deepcopy(row._tr))
                touched.add(name)
            elif what == "up":
                table.rows[1]._tr.addprevious(row._tr)
            elif what == "value":
                row.cells[-1].text = f"≥{n + 7}项"
            else:
                row.cells[2].text = f"{name}情况"
                touched.add(name)

    again = edited_in_word(plan_docx(plan), edit)
    asked = {note.pointer for note in again.notes if note.code == "identity.doubt"}
    ids = [id_ for _, id_ in things(again)]
    assert len(ids) == len(set(ids))
    last = len(again.goal_sheets) - 1
    for n, row in enumerate(again.goal_sheets[last].indicators):
        name = row.name or ""
        if name in before and name not in touched and f"/goal_sheets/{last}/indicators/{n}" not in asked:
            assert row.id == before[name]


def test_rows_are_known_again_after_edits_in_a_workbook() -> None:
    plan = plain_plan()
    workbook = load_workbook(io.BytesIO(plan_xlsx(plan)))
    sheet = workbook.worksheets[len(plan.goal_sheets)]
    cells = [c for row in sheet.iter_rows() for c in row if c.value == plan.goal_sheets[-1].indicators[2].name]
    cells[0].value = f"{cells[0].value}总数"
    out = io.BytesIO()
    workbook.save(out)
    again = read_bytes(out.getvalue(), "改.xlsx")
    assert [r.id for r in again.goal_sheets[-1].indicators] == [r.id for r in plan.goal_sheets[-1].indicators]
    assert again.goal_sheets[-1].indicators[2].name == cells[0].value


@both
def test_a_reader_sees_nothing_of_the_traces(write: Callable[[Plan], bytes], name: str) -> None:
    plan = plain_plan()
    again = read_bytes(write(plan), name)
    assert "traces" not in str(plan_to_dict(again))
    assert all("_jixiao" not in note.message for note in again.notes)
