"""Two versions of a sheet: what differs by ids, and put together cell by cell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jixiao.domain.edit import apply_operation
from jixiao.domain.editing import Put, Remove, edited
from jixiao.domain.finding import PatchOperation
from jixiao.domain.goal import Goal
from jixiao.domain.identity import Anchor
from jixiao.domain.plan import Plan, Source
from jixiao.readers import read_bytes, read_file
from jixiao.web.goals.compare import differences
from jixiao.web.goals.documents import as_document, as_plan, known_again, one_sheet, part_one, together
from jixiao.web.goals.merge import KEPT, merged
from jixiao.writers.registry import writer_named

_FILES = Path(__file__).parents[2] / "examples" / "county" / "files"
_ROW = "/goal_sheets/0/indicators"


@pytest.fixture(scope="module")
def whole() -> Plan:
    return read_file(_FILES / "清源县卫生健康局2026年部门预算绩效文本.docx")


@pytest.fixture(scope="module")
def old(whole: Plan) -> Plan:
    return one_sheet(whole, 0)


@pytest.fixture(scope="module")
def new(old: Plan) -> Plan:
    """The old one with a value changed, a row gone, another put in above, a goal added; written to a file and read again."""
    plan = apply_operation(old, PatchOperation("replace", f"{_ROW}/2/target", "≥999个"))
    (sheet,) = plan.goal_sheets
    rows = list(sheet.indicators)
    del rows[4]
    rows.insert(0, replace(rows[0], name="完全新的一项产出", description=None, id=""))
    goals = (*sheet.goals, Goal("另外新增的一个目标"))
    changed = replace(sheet, indicators=tuple(rows), goals=goals, purpose="别的用途")
    file = writer_named("docx").write(plan.with_goal_sheets([changed]))
    return known_again(one_sheet(read_bytes(file, "更正.docx"), 0), old)


def test_what_differs_is_told_by_ids_not_by_places(old: Plan, new: Plan) -> None:
    found = {(one.kind, one.before, one.after) for one in differences(old, new)}
    sheet = old.goal_sheets[0]
    gone = sheet.indicators[4]
    assert ("changed", sheet.indicators[2].target.text, "≥999个") in found
    assert ("changed", sheet.purpose, "别的用途") in found
    assert ("removed", f"{gone.name} {gone.target.text}", None) in found
    assert ("added", None, "另外新增的一个目标") in found
    assert sum(kind == "added" for kind, _, _ in found) == 2
    assert len(found) == 5, found


def test_a_version_differs_from_itself_in_nothing(old: Plan) -> None:
    assert differences(old, old) == []


def _says(plan: Plan) -> Plan:
    return replace(plan, source=Source("", "", ""), provenance={}, notes=())


def test_all_chosen_is_the_new_one_and_none_says_what_the_old_one_says(old: Plan, new: Plan) -> None:
    every = {one.key for one in differences(old, new)}
    assert merged(old, new, every) == as_plan(as_document(new))
    assert _says(merged(old, new, ())) == _says(old)


def test_each_difference_can_be_chosen_alone(old: Plan, new: Plan) -> None:
    for one in differences(old, new):
        alone = merged(old, new, [one.key])
        left = differences(old, alone)
        assert [(x.kind, x.before, x.after) for x in left] == [(one.kind, one.before, one.after)], one


def test_places_stay_with_their_rows_and_what_was_kept_says_so(old: Plan, new: Plan) -> None:
    none = merged(old, new, ())
    for n, row in enumerate(none.goal_sheets[0].indicators):
        place = none.provenance.get(f"{_ROW}/{n}/name")
        if place is not None:
            assert "".join(place.text.split()) == "".join((row.name or "").split()), n
    kept = [note for note in none.notes if note.code == KEPT]
    assert {note.pointer for note in kept} == {f"{_ROW}/2/target", "/goal_sheets/0/purpose"}
    assert f"{_ROW}/2/target/text" not in none.provenance


def test_a_plan_cut_into_sheets_is_put_together_again(whole: Plan) -> None:
    parts = [one_sheet(whole, n) for n in range(len(whole.goal_sheets))]
    again = together(part_one(whole), parts)
    assert again.goal_sheets == whole.goal_sheets
    assert again.provenance == whole.provenance
    assert sorted(again.notes, key=str) == sorted(whole.notes, key=str)
    assert again == replace(whole, provenance=again.provenance, notes=again.notes)
    for one in (*parts, part_one(whole)):
        document = as_document(one)
        assert as_document(as_plan(document)) == document


def test_words_that_are_no_value_are_kept_with_the_cell_they_stand_in(old: Plan) -> None:
    """What was typed and not read stands beside the values: kept from before it is not blank, nor in a row put back."""
    sheet, row = old.goal_sheets[0], old.goal_sheets[0].indicators[1]
    typed = edited(
        edited(old, Put(Anchor(sheet.id, "/budget/total"), "约五万")), Put(Anchor(row.id, "/weight"), "十分左右")
    )
    new = edited(edited(old, Put(Anchor(sheet.id, "/budget/total"), "7")), Remove(row.id))
    kept = merged(typed, new, [])
    assert [(one.before, one.after) for one in differences(typed, kept)] == []
    assert kept.provenance["/goal_sheets/0/budget/total"].text == "约五万"
    assert kept.provenance["/goal_sheets/0/indicators/1/weight"].text == "十分左右"
    taken = merged(typed, new, [one.key for one in differences(typed, new)])
    assert not differences(new, taken)
