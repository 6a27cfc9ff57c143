"""A plan written cell by cell."""

from __future__ import annotations

from decimal import Decimal

import pytest
from domain.generated import plans_of_every_stage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rules.case import plan_of

from jixiao.domain.cells import cell_text, text_at
from jixiao.domain.codec import plan_from_dict, plan_to_dict
from jixiao.domain.edit import CannotEditError
from jixiao.domain.editing import UNREAD, Add, Edit, GoneError, Move, Put, Remove, edited
from jixiao.domain.form import Kind, every_field
from jixiao.domain.identity import Anchor, identified, things
from jixiao.domain.plan import Plan

PLAN = plan_of(
    {
        "project": {"name": "招商经费"},
        "budget": {"currency_unit": "万元", "total": "30"},
        "goals": ["签约", "接待"],
        "indicators": [
            {"class": "output", "name": "签约项目", "target": "5个"},
            {"class": "output", "name": "接待客商", "target": "40人"},
        ],
    }
)
SHEET = PLAN.goal_sheets[0].id
ROWS = [row.id for row in PLAN.goal_sheets[0].indicators]
NEW = "r_aaaaaaaaaa"


def names(plan: Plan) -> list[str | None]:
    return [row.name for row in plan.goal_sheets[0].indicators]


@pytest.mark.parametrize(
    ("below", "typed", "value"),
    [
        ("/budget/total", "1,204.50", Decimal("1204.50")),
        ("/budget/total", "１５０", Decimal(150)),
        ("/budget/total", "150万元", Decimal(150)),
        ("/budget/total", "", None),
    ],
)
def test_a_number_is_read_as_people_write_it(below: str, typed: str, value: Decimal | None) -> None:
    made = edited(PLAN, Put(Anchor(SHEET, below), typed))
    assert made.goal_sheets[0].budget.total == value
    assert not [note for note in made.notes if note.code == UNREAD]


@pytest.mark.parametrize("typed", ["约30", "30元", "30-40", "见附件"])
def test_what_is_no_number_keeps_its_words_and_is_told(typed: str) -> None:
    place = Anchor(SHEET, "/budget/total")
    made = edited(PLAN, Put(place, typed))
    assert made.goal_sheets[0].budget.total is None
    assert text_at(made, place) == typed
    (note,) = [note for note in made.notes if note.code == UNREAD]
    assert typed in note.message
    assert note.is_left_out
    mended = edited(made, Put(place, "30"))
    assert text_at(mended, place) == "30"
    assert not [note for note in mended.notes if note.code == UNREAD]


def test_a_row_is_added_behind_another_with_its_words() -> None:
    cells = {"/class": "效益指标", "/name": "带动就业", "/target": "≥200人", "/weight": "十分"}
    made = edited(PLAN, Add(Anchor(SHEET, "/indicators"), NEW, ROWS[0], cells))
    assert names(made) == ["签约项目", "带动就业", "接待客商"]
    row = made.goal_sheets[0].indicators[1]
    assert row.target.number == 200
    assert row.weight is None
    assert text_at(made, Anchor(NEW, "/weight")) == "十分"


def test_what_was_told_of_a_row_moves_and_goes_with_it() -> None:
    made = edited(PLAN, Put(Anchor(ROWS[0], "/weight"), "十分"))
    moved = edited(made, Move(ROWS[0], ROWS[1]))
    assert names(moved) == ["接待客商", "签约项目"]
    assert cell_text(moved, "/goal_sheets/0/indicators/1/weight") == "十分"
    assert [note.pointer for note in moved.notes] == ["/goal_sheets/0/indicators/1/weight"]
    gone = edited(moved, Remove(ROWS[0]))
    assert names(gone) == ["接待客商"]
    assert not gone.notes
    assert "十分" not in str(gone.provenance)


@pytest.mark.parametrize(("typed", "kept"), [("2027年7月31日", "2027-07-31"), ("2027-13-45", "2027-13-45")])
def test_a_day_that_there_is_not_keeps_its_words(typed: str, kept: str) -> None:
    plan = plan_of(
        {"title": "2027年1-7月绩效监控表", "indicators": [{"name": "签约", "target": "5个", "expected": "4个"}]}
    )
    place = Anchor(plan.goal_sheets[0].id, "/as_of")
    assert text_at(edited(plan, Put(place, typed)), place) == kept


def test_what_is_no_cell_shows_nothing() -> None:
    for pointer in (
        "/goal_sheets/0",
        "/goal_sheets/0/indicators/0",
        "/goal_sheets/0/indicators",
        "/goal_sheets/0/budget",
    ):
        assert cell_text(PLAN, pointer) is None
    assert cell_text(PLAN, "/goal_sheets/0/goals/0") == "签约"


def test_what_has_nowhere_to_go_is_refused_in_words() -> None:
    gone = edited(PLAN, Remove(ROWS[0]))
    for edit in (Put(Anchor(ROWS[0], "/name"), "签约"), Remove(ROWS[0]), Move(ROWS[0])):
        with pytest.raises(GoneError, match="删"):
            edited(gone, edit)
    holder = Anchor(SHEET, "/indicators")
    for bad in (
        Add(holder, ROWS[1]),
        Add(holder, "../../etc"),
        Add(Anchor("", "/goal_sheets"), "s_aaaaaaaaaa"),
        Put(Anchor(SHEET, "/nothing"), "x"),
        Put(Anchor(SHEET, ""), "x"),
        Put(Anchor(SHEET, "/id"), "x"),
    ):
        with pytest.raises(CannotEditError):
            edited(PLAN, bad)


def test_a_scale_of_grades_is_made_where_there_was_none() -> None:
    plan = plan_of({"activities": [{"name": "招商", "indicators": [{"text": "签约项目"}]}]})
    one = plan.activities[0].indicators[0]
    made = edited(plan, Put(Anchor(one.id, "/rating_scale/good"), "80%"))
    scale = made.activities[0].indicators[0].rating_scale
    assert scale is not None
    assert scale.good == "80%"


_CELLS = [path for path, one in every_field() if one.kind not in (Kind.PART, Kind.PARTS, Kind.ID)]
_WORDS = st.one_of(
    st.sampled_from(
        ["", "≥15个", "12.50", "产出指标", "2027年12月底前", "约30", "数量指标", "10%", "万元", "2027-12-31"]
    ),
    st.text(max_size=12).filter(lambda s: s.isprintable()),
)


@pytest.mark.parametrize(
    ("typed", "text", "number"),
    [
        ((("comparator", "≥"), ("value", "15"), ("unit", "个")), "≥15个", 15),
        ((("unit", "%"), ("value", "98"), ("comparator", "≥")), "≥98%", 98),
        ((("value", "显著提升"),), "显著提升", None),
    ],
)
def test_sign_number_and_unit_typed_apart_are_one_value(
    typed: tuple[tuple[str, str], ...], text: str, number: int | None
) -> None:
    made = edited(PLAN, Put(Anchor(ROWS[0], "/target"), ""))
    for n, (part, words) in enumerate(typed):
        made = edited(made, Put(Anchor(ROWS[0], f"/target/{part}"), words))
        for earlier, said in typed[: n + 1]:
            assert text_at(made, Anchor(ROWS[0], f"/target/{earlier}")) == said
    target = made.goal_sheets[0].indicators[0].target
    assert (target.text, target.number) == (text, number)


def test_of_a_value_typed_whole_the_parts_show() -> None:
    made = edited(PLAN, Put(Anchor(ROWS[0], "/target"), "≥15个"))
    shown = [text_at(made, Anchor(ROWS[0], f"/target/{part}")) for part in ("comparator", "value", "unit")]
    assert shown == ["≥", "15", "个"]


@st.composite
def edits(draw: st.DrawFn, plan: Plan, n: int) -> Edit:
    known = ["", *(id_ for _, id_ in things(plan))]
    id_ = draw(st.sampled_from(known))
    kind = draw(st.sampled_from(["put", "put", "words", "add", "remove", "move"]))
    if kind == "put":
        return Put(Anchor(id_, "/" + draw(st.sampled_from(_CELLS)).rpartition("*/")[2]), draw(_WORDS))
    if kind == "words":
        return Put(Anchor(id_, ""), draw(_WORDS))
    if kind == "remove":
        return Remove(id_)
    after = draw(st.sampled_from(known))
    if kind == "move":
        return Move(id_, after)
    holder = draw(st.sampled_from(["/indicators", "/goals", "/disbursement_plan", "/activities"]))
    return Add(Anchor(id_, holder), f"r_{'abcdef'[n] * 10}", after)


@settings(max_examples=settings.default.max_examples // 2 or 1, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), plans_of_every_stage())
def test_any_edits_in_any_order_leave_a_plan_that_is_kept_as_it_is(data: st.DataObject, plan: Plan) -> None:
    """No edit breaks a plan: ids stay one of a kind, data gives it back, what was typed is what the cell shows."""
    plan = identified(plan)
    for n in range(4):
        edit = data.draw(edits(plan, n))
        try:
            made = edited(plan, edit)
        except CannotEditError:
            continue
        if isinstance(edit, Put):
            assert text_at(made, edit.place) is not None
        ids = [found for _, found in things(made)]
        assert len(ids) == len(set(ids))
        assert plan_from_dict(plan_to_dict(made)) == made
        plan = made
