"""An edited plan is known again: edit, reorder, rename, copy, delete, and read again."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import examples
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.identity import COLLECTIONS, identified, things
from jixiao.domain.indicator import Indicator
from jixiao.domain.matching import matched
from jixiao.domain.plan import Plan
from jixiao.domain.target_grammar import parse_target
from jixiao.domain.traces import trace_of, traces_from_text, traces_to_text
from jixiao.review.short_plan import plan_of
from tools.truth.labels import documents


@cache
def plans() -> tuple[Plan, ...]:
    return tuple(d.plan for d in documents() if d.plan.goal_sheets)[:12]


def unmarked(thing: Any) -> Any:
    """The same without ids, as a reader makes it of a file."""
    held = {name: tuple(map(unmarked, getattr(thing, name))) for name in COLLECTIONS if hasattr(thing, name)}
    own = {"id": ""} if hasattr(thing, "id") else {}
    if isinstance(thing, Plan):
        thing = thing.with_later_sheets(())  # which name their sheets and rows by id
    return replace(thing, **own, **held)


def read_again(plan: Plan, before: Plan) -> Plan:
    traces = traces_from_text(traces_to_text(trace_of(before)))
    assert traces is not None
    return matched(unmarked(plan), traces)


def ids(plan: Plan) -> list[str]:
    return [id_ for pointer, id_ in things(plan) if "/goals_reached/" not in pointer]


@pytest.mark.parametrize("n", range(12))
def test_an_unchanged_plan_keeps_every_id(n: int) -> None:
    plan = plans()[n]
    assert ids(read_again(plan, plan)) == ids(plan)


EDITS = st.lists(
    st.tuples(st.sampled_from(["value", "words", "up", "delete", "copy", "new", "sheet-up", "sheet-delete", "rename"]), st.integers(0, 99), st.integers(0, 99)),
    max_size=6,
)  # fmt: skip


def edited(plan: Plan, edit: tuple[str, int, int]) -> Plan:
    """``plan`` after one edit of a clerk; what is new has no id, what is kept has its own."""
    what, s, r = edit
    sheets = list(plan.goal_sheets)
    if not sheets:
        return plan
    s %= len(sheets)
    if what == "sheet-up":
        sheets.insert(0, sheets.pop(s))
    elif what == "sheet-delete" and len(sheets) > 1:
        del sheets[s]
    elif what == "rename":
        project = replace(sheets[s].project, name=f"改名后的项目{s}{r}")
        sheets[s] = replace(sheets[s], project=project)
    else:
        sheets[s] = replace(sheets[s], indicators=_rows(sheets[s], what, r))
    return plan.with_goal_sheets(sheets)


def _rows(sheet: GoalSheet, what: str, r: int) -> tuple[Indicator, ...]:
    rows = list(sheet.indicators)
    if not rows:
        return ()
    n = r % len(rows)
    if what == "value":
        rows[n] = replace(rows[n], target=parse_target(f"≥{r + 100}项").target)
    elif what == "words":
        rows[n] = replace(rows[n], name=f"{rows[n].name or ''}情况")
    elif what == "up":
        rows.insert(0, rows.pop(n))
    elif what == "delete":
        del rows[n]
    elif what == "copy":
        rows.append(replace(rows[n], id=""))
    elif what == "new":
        rows.insert(n, Indicator(name=f"毫不相干之事{r}", target=parse_target(f"{r}").target))
    return tuple(rows)


@settings(max_examples=examples(150), deadline=None)
@given(st.integers(0, 11), EDITS)
def test_ids_are_kept_or_asked_for_and_never_another_thing_s(n: int, edits: list[tuple[str, int, int]]) -> None:
    before = plans()[n % len(plans())]
    after = before
    for edit in edits:
        after = edited(after, edit)
    again = read_again(after, before)
    asked = {note.pointer for note in again.notes if note.code == "identity.doubt"}
    known = set(ids(before))
    assert len(set(ids(again))) == len(ids(again))
    copies = _same(after)
    for (pointer, wanted), (_, got) in zip(things(after), things(again), strict=True):
        if got == wanted or pointer in asked or any(pointer.startswith(f"{a}/") for a in asked):
            continue
        if wanted in copies or wanted == "":  # of two that say the same either may be the copy
            assert got not in known or got in copies or wanted == "", pointer
        else:
            assert got not in known, (pointer, wanted, got)
            assert _was_rewritten(pointer, edits), pointer


def _same(plan: Plan) -> set[str]:
    """The ids of rows that say exactly what another row of their sheet says."""
    found = set()
    for sheet in plan.goal_sheets:
        rows = [replace(row, id="") for row in sheet.indicators]
        found |= {row.id for row in sheet.indicators if rows.count(replace(row, id="")) > 1}
    return found


def _was_rewritten(pointer: str, edits: list[tuple[str, int, int]]) -> bool:
    return any(edit[0] in ("words", "value", "rename") for edit in edits)


SHEET = {"project": {"name": "招商经费"}, "goals": ["签约5个项目"]}


def row(name: str, target: str = "≥5个", **more: str) -> dict[str, str]:
    return {"class": "output", "kind": "quantity", "name": name, "target": target, **more}


def changed(before: list[dict[str, str]], after: list[dict[str, str]]) -> tuple[Plan, Plan]:
    old = plan_of(SHEET | {"indicators": before})
    return old, read_again(plan_of(SHEET | {"indicators": after}), old)


def test_a_corrected_name_and_value_is_the_same_row() -> None:
    old, new = changed(
        [row("签约项目数量"), row("接待客商批次", "≥10批次")],
        [row("签约项目的数量", "≥8个"), row("接待客商批次", "≥12批次")],
    )
    assert [r.id for r in new.goal_sheets[0].indicators] == [r.id for r in old.goal_sheets[0].indicators]
    assert not new.notes


def test_two_rows_written_alike_are_not_mixed_up() -> None:
    first, second = row("第一批培训人数", "≥100人"), row("第二批培训人数", "≥200人")
    old, new = changed([first, second], [second, row("第一批培训的人数", "≥100人")])
    assert [r.id for r in new.goal_sheets[0].indicators] == [r.id for r in old.goal_sheets[0].indicators][::-1]


def test_a_row_renamed_beyond_knowing_is_asked_for() -> None:
    old, new = changed([row("签约项目"), row("接待客商")], [row("签约项目"), row("举办年会", "≥1场")])
    assert new.goal_sheets[0].indicators[1].id != old.goal_sheets[0].indicators[1].id
    (note,) = new.notes
    assert note.code == "identity.doubt"
    assert note.pointer == "/goal_sheets/0/indicators/1"
    assert "上一版的第 2 项" in note.message


@pytest.mark.parametrize(
    "text",
    ["", "x", "[]", "{}", '{"schema":"jixiao/traces/1"}', '{"schema":"jixiao/traces/1","plan":[1,2,3,4,5]}',
     '{"schema":"jixiao/traces/1","plan":["","","",["a"],{}]}', '{"schema":"jixiao/traces/1","plan":' + "[" * 5000 + "]" * 5000 + "}"],
)  # fmt: skip
def test_anything_else_is_no_trace(text: str) -> None:
    assert traces_from_text(text) is None


def test_traces_hold_no_words() -> None:
    text = traces_to_text(trace_of(plan_of(SHEET | {"indicators": [row("签约项目")]})))
    assert not any(c > "\x7f" for c in text)
    assert "\\u" not in text


def test_foreign_traces_change_nothing() -> None:
    plan, other = plans()[0], plans()[5]
    fresh = identified(unmarked(plan))
    assert not set(ids(matched(unmarked(plan), trace_of(other)))) & set(ids(other))
    assert ids(matched(unmarked(plan), trace_of(other))) == ids(fresh)


def test_what_is_filled_in_follows_its_sheet_and_rows() -> None:
    rows = [row("签约项目数量") | {"actual": "6个"}, row("接待客商批次", "≥10批次")]
    old = plan_of(SHEET | {"indicators": [row("签约项目的数量")]})
    read = plan_of(SHEET | {"project": {"name": "招商专项经费"}, "indicators": rows})
    again = matched(read, trace_of(old))
    (evaluation,) = again.self_evaluation_sheets
    assert evaluation.sheet == old.goal_sheets[0].id == again.goal_sheets[0].id
    assert evaluation.rows.keys() == {old.goal_sheets[0].indicators[0].id}
