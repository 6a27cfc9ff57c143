"""One sheet as a document of its own 「单表文档」, cut out of a plan and put together again: values only, no database.

The canonical document of a sheet is ``jixiao/plan/3`` with one goal sheet and what is filled in on it; of Part One it is the
plan without sheets. Places and notes go with what they are about, ids stay.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from jixiao.domain.codec import PLAN_SCHEMA, plan_from_dict, plan_to_dict
from jixiao.domain.codec.schemas import version_of
from jixiao.domain.finding import Finding, Review, SheetGrade
from jixiao.domain.goal import Goal
from jixiao.domain.goal_sheet import DisbursementStep, GoalSheet
from jixiao.domain.identity import things
from jixiao.domain.indicator import Indicator
from jixiao.domain.matching import matched
from jixiao.domain.note import Note
from jixiao.domain.plan import Plan
from jixiao.domain.pointer import parts
from jixiao.domain.provenance import Location
from jixiao.domain.stage import LaterSheet
from jixiao.domain.traces import trace_of
from jixiao.services.chain import canonical

Json = dict[str, Any]
Thing = TypeVar("Thing", Goal, DisbursementStep, Indicator)
_HEAD = ("/fiscal_year", "/department", "/currency_unit")
"""What a sheet takes with it of the head of its plan"""
_SHEETS = "/goal_sheets"

assert version_of(PLAN_SCHEMA) == 3, "versions of sheets name their schema"


def part_one(plan: Plan) -> Plan:
    """The plan without its goal sheets."""
    places = {pointer: place for pointer, place in plan.provenance.items() if not _within(pointer, _SHEETS)}
    notes = tuple(note for note in plan.notes if _sheet_of(note.pointer) is None)
    return replace(plan.with_later_sheets(()), goal_sheets=(), provenance=places, notes=notes)


def one_sheet(plan: Plan, index: int) -> Plan:
    """The goal sheet at ``index``, with what is filled in on it, as a plan of its own. Raises IndexError."""
    sheet = plan.goal_sheets[index]
    own = f"{_SHEETS}/{index}"
    places: dict[str, Location] = {}
    for pointer, place in plan.provenance.items():
        if _within(pointer, own):
            places[moved(pointer, index, 0)] = place
        elif any(_within(pointer, head) for head in _HEAD):
            places[pointer] = place
    notes = tuple(
        replace(note, pointer=moved(note.pointer, index, 0))
        for note in plan.notes
        if _within(note.pointer, own) or any(_within(note.pointer, head) for head in _HEAD)
    )
    later = plan.later_sheets.get(sheet.id)
    if (stated := places.pop(f"{_SHEETS}/0/fiscal_year", None)) is not None:
        places["/fiscal_year"] = stated
    alone = Plan(
        plan.source,
        fiscal_year=sheet.fiscal_year or plan.fiscal_year,
        department=plan.department,
        currency_unit=plan.currency_unit,
        goal_sheets=(replace(sheet, sequence=1, fiscal_year=None),),
        provenance=places,
        notes=notes,
    )
    return alone if later is None else alone.with_later_sheets([later])


def together(whole: Plan | None, sheets: Sequence[Plan]) -> Plan:
    """Part One, where there is one, and plans of one sheet each as one plan, numbered in their order.

    Where no Part One is given, the head is that of the first sheet. Raises ValueError where there is nothing.
    """
    first = whole or next(iter(sheets), None)
    if first is None:
        raise ValueError("nothing to put together")
    places = {p: place for p, place in first.provenance.items() if not _within(p, _SHEETS)}
    notes: list[Note] = [note for note in first.notes if not _within(note.pointer, f"{_SHEETS}/0")]
    goal_sheets: list[GoalSheet] = []
    later: list[LaterSheet] = []
    taken: set[str] = set()
    for n, alone in enumerate(sheets):
        one = _apart(alone, taken)
        other = one.fiscal_year if one.fiscal_year != first.fiscal_year else None
        goal_sheets.append(replace(one.goal_sheets[0], sequence=n + 1, fiscal_year=other))
        later += one.later_sheets.values()
        places |= {moved(p, 0, n): place for p, place in one.provenance.items() if _within(p, f"{_SHEETS}/0")}
        notes += [replace(x, pointer=moved(x.pointer, 0, n)) for x in one.notes if _within(x.pointer, f"{_SHEETS}/0")]
    plan = replace(first.with_later_sheets(()), goal_sheets=tuple(goal_sheets), provenance=places, notes=tuple(notes))
    return plan.with_later_sheets(later)


def _apart(one: Plan, taken: set[str]) -> Plan:
    """A plan of one sheet with ids that are not ``taken``, which are then: two departments may name projects alike."""
    new = {id_: id_ for _, id_ in things(one)}
    for id_ in new:
        while new[id_] in taken:
            new[id_] += "x"
    taken.update(new.values())
    if all(id_ == other for id_, other in new.items()):
        return one
    sheet = one.goal_sheets[0]

    def renamed(held: tuple[Thing, ...]) -> tuple[Thing, ...]:
        return tuple(replace(thing, id=new[thing.id]) for thing in held)

    later = [
        replace(
            found,
            sheet=new[found.sheet],
            rows={new[id_]: row for id_, row in found.rows.items()},  # type: ignore[arg-type]  # of its own kind
            goals_reached=renamed(found.goals_reached),
        )
        for found in one.later_sheets.values()
    ]
    own = replace(
        sheet,
        id=new[sheet.id],
        disbursement_plan=renamed(sheet.disbursement_plan),
        goals=renamed(sheet.goals),
        indicators=renamed(sheet.indicators),
    )
    return replace(one.with_later_sheets(()), goal_sheets=(own,)).with_later_sheets(later)


def put_back(plan: Plan, known: Mapping[int | None, Plan]) -> Plan:
    """The plan with sheets (by their index) and Part One (None) as they are known again, so that findings name their ids.

    A sheet whose ids another has already keeps its own.
    """
    sheets = list(plan.goal_sheets)
    later = plan.later_sheets
    for index, one in known.items():
        if index is None:
            own = {"overall_goals": one.overall_goals, "activities": one.activities, "safeguards": one.safeguards}
            plan = replace(plan, **own)  # type: ignore[arg-type]  # fields of a plan, each of its own type
            continue
        old, (new,) = sheets[index], one.goal_sheets
        if any(new.id == other.id for n, other in enumerate(sheets) if n != index):
            continue
        sheets[index] = replace(new, sequence=old.sequence, fiscal_year=old.fiscal_year)
        if (filled := later.pop(old.id, None)) is not None:
            later[new.id] = one.later_sheets.get(new.id, filled)
    return replace(plan.with_later_sheets(()), goal_sheets=tuple(sheets)).with_later_sheets(later.values())


def known_again(plan: Plan, before: Plan | None) -> Plan:
    """``plan`` with the ids of the version before, where its things are known again; its sheet is the sheet of before,
    whatever it is called now.
    """
    if before is None:
        return plan
    earlier, now = trace_of(before), trace_of(plan.with_later_sheets(()))
    olds, news = earlier.held.get("goal_sheets", ()), now.held.get("goal_sheets", ())
    if len(olds) == len(news) == 1:
        earlier = replace(earlier, held={**earlier.held, "goal_sheets": (replace(olds[0], exact=news[0].exact),)})
    return matched(plan, earlier)


def as_document(plan: Plan) -> Json:
    """The canonical document."""
    return plan_to_dict(plan)


def as_plan(document: Mapping[str, Any]) -> Plan:
    """A document of any schema as a plan. Raises NotAPlanError."""
    return plan_from_dict(document)


def digest_of(document: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical bytes of a document, in hex."""
    return hashlib.sha256(canonical(document)).hexdigest()


# --- findings ---------------------------------------------------------------------------------------------


def review_of_part_one(review: Review) -> Review:
    """What a review says of the plan outside its goal sheets; the grade is that of the whole plan."""
    own = tuple(f for f in review.findings if _sheet_of(f.pointer) is None)
    return replace(review, findings=own, sheet_grades=())


def review_of_sheet(review: Review, index: int) -> Review:
    """What a review says of one goal sheet, as a review of the sheet alone: places moved to where it stands there."""
    own = tuple(_moved(f, index) for f in review.findings if _sheet_of(f.pointer) == index)
    grade = next(s.grade for s in review.sheet_grades if s.sequence == index + 1)
    return replace(review, findings=own, not_run=(), grade=grade, sheet_grades=(SheetGrade(1, grade),))


def _moved(finding: Finding, index: int) -> Finding:
    fix = finding.fix and tuple(
        replace(o, path=moved(o.path, index, 0)) if _sheet_of(o.path) == index else o for o in finding.fix
    )
    if fix and any(_sheet_of(o.path) != index for o in finding.fix or ()):
        fix = None  # it would change another sheet
    related = tuple(moved(p, index, 0) for p in finding.related if _sheet_of(p) == index)
    return replace(finding, pointer=moved(finding.pointer, index, 0), related=related, fix=fix)


# --- pointers ---------------------------------------------------------------------------------------------


def moved(pointer: str, index: int, to: int) -> str:
    """A pointer into the sheet at ``index`` as it is where the sheet stands at ``to``."""
    own = f"{_SHEETS}/{index}"
    return f"{_SHEETS}/{to}{pointer[len(own) :]}" if _within(pointer, own) else pointer


def _within(pointer: str, container: str) -> bool:
    return pointer == container or pointer.startswith(f"{container}/")


def _sheet_of(pointer: str) -> int | None:
    names = parts(pointer)
    return int(names[1]) if len(names) > 1 and names[0] == "goal_sheets" and names[1].isdecimal() else None


def pointers_of(findings: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """Findings as data by the place they are about."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for one in findings:
        found.setdefault(str(one["pointer"]), []).append(one)
    return found
