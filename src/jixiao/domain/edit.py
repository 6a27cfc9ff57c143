"""Edits of a plan by pointer: the value at a place is replaced by words, which are read as the reader would have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from jixiao.domain.finding import Finding, PatchOperation
from jixiao.domain.form import GOAL_SHEET_FIELDS, INDICATOR_FIELDS, PLAN_FIELDS, FormField, Kind
from jixiao.domain.goal import Goal
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.identity import place_of
from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.period import FiscalYear
from jixiao.domain.plan import Plan
from jixiao.domain.pointer import parts
from jixiao.domain.stage import LaterSheet
from jixiao.domain.target import MISSING
from jixiao.domain.target_grammar import parse_target


class CannotEditError(ValueError):
    """The edit does not fit the plan: the place is not there, or takes no such value. The message says so in Chinese."""


def apply_fix(plan: Plan, finding: Finding) -> Plan:
    """``plan`` with the fix of a finding made where its thing stands now; the changed value is read again.

    Raises CannotEditError where the finding proposes no fix, or the thing it is about is gone.
    """
    if finding.fix is None:
        raise CannotEditError("这个问题没有可以直接采用的改法，请按建议自己改。")
    here = place_of(plan, finding.place)
    if here is None:
        raise CannotEditError("这个问题说的那一行（或那张表）已经不在了，请重新审核。")
    for operation in finding.fix:
        moved = operation.path.startswith(finding.pointer)
        path = here + operation.path[len(finding.pointer) :] if moved else operation.path
        plan = apply_operation(plan, replace(operation, path=path))
    return plan


def apply_operation(plan: Plan, operation: PatchOperation) -> Plan:
    """``plan`` after one operation of a JSON Patch. ``remove`` blanks a value and takes an item out of a list; what is
    added has an id once ``identified`` gave it one.

    What the reader had noted about a place that is changed holds no more and goes. Raises CannotEditError.
    """
    names = parts(operation.path)
    if not names:
        raise CannotEditError("不能整个改写一份文本。")
    later = _filled_in_at(plan, names)
    edited: Plan = _filled_in(plan, later, operation) if later else _promised(plan, names, operation)
    spoken = operation.path.removesuffix("/text")
    notes = tuple(note for note in edited.notes if note.pointer not in (spoken, operation.path))
    return edited if len(notes) == len(edited.notes) else replace(edited, notes=notes)


@dataclass(frozen=True, slots=True)
class _LaterPlace:
    """A place of what is filled in on a goal sheet: the id of its row, None for the sheet, and the names below."""

    sheet: LaterSheet
    row: str | None
    below: Sequence[str]


def _filled_in_at(plan: Plan, names: Sequence[str]) -> _LaterPlace | None:
    """Where names lead into monitoring or self-evaluation: data keeps that on the goal sheet which it is about."""
    if (
        names[0] != "goal_sheets"
        or len(names) < 3
        or not names[1].isdecimal()
        or int(names[1]) >= len(plan.goal_sheets)
    ):
        return None
    sheet = plan.goal_sheets[int(names[1])]
    later = plan.later_sheets.get(sheet.id)
    if later is None:
        return None
    if _is_later(GOAL_SHEET_FIELDS, names[2], later):
        return _LaterPlace(later, None, names[2:])
    if names[2] != "indicators" or len(names) < 5 or not names[3].isdecimal() or int(names[3]) >= len(sheet.indicators):
        return None
    row = sheet.indicators[int(names[3])].id
    return _LaterPlace(later, row, names[4:]) if _is_later(INDICATOR_FIELDS, names[4], later.row(row)) else None


def _is_later(fields: Sequence[FormField], name: str, value: object) -> bool:
    return any(one.name == name and one.is_later and hasattr(value, one.held_as) for one in fields)


def _filled_in(plan: Plan, place: _LaterPlace, operation: PatchOperation) -> Plan:
    old = place.sheet
    if place.row is None:
        new = _edited(old, place.below, GOAL_SHEET_FIELDS, operation)
    else:
        row = _edited(old.row(place.row), place.below, INDICATOR_FIELDS, operation)
        rows: Any = {id_: filled for id_, filled in old.rows.items() if id_ != place.row}
        new = replace(old, rows=rows if row == type(row)() else rows | {place.row: row})
    return plan.with_later_sheets(new if sheet is old else sheet for sheet in plan.later_sheets.values())


def _promised(plan: Plan, names: Sequence[str], operation: PatchOperation) -> Plan:
    if names[0] != "goal_sheets" or len(names) == 1:
        edited: Plan = _edited(plan, names, PLAN_FIELDS, operation)
        return edited
    sheets: tuple[GoalSheet, ...] = _edited(plan.goal_sheets, names[1:], GOAL_SHEET_FIELDS, operation)
    return plan.with_goal_sheets(sheets)


def _edited(thing: Any, names: Sequence[str], fields: Sequence[FormField], operation: PatchOperation) -> Any:
    """``thing``, a value or a tuple of them, with the operation made at the place ``names`` below it."""
    head, *rest = names
    if isinstance(thing, tuple):
        return _edited_items(thing, head, rest, fields, operation)
    one = next((field for field in fields if field.name == head and hasattr(thing, field.held_as)), None)
    if one is None:
        raise CannotEditError(f"没有“{operation.path}”这个位置。")
    if not rest or (one.kind is Kind.TARGET and rest == ["text"]):
        return replace(thing, **{one.held_as: _read(one, operation)})
    old = getattr(thing, one.held_as)
    if old is None and one.kind is Kind.PART:
        old = one.fields[0].owners[0]()  # what was blank altogether: a scale of grades, money of a source
    if old is None:
        raise CannotEditError(f"没有“{operation.path}”这个位置。")
    return replace(thing, **{one.held_as: _edited(old, rest, one.fields, operation)})


def _edited_items(
    items: tuple[Any, ...], index: str, rest: Sequence[str], fields: Sequence[FormField], operation: PatchOperation
) -> tuple[Any, ...]:
    end = len(items)
    if operation.op == "add" and not rest and isinstance(operation.value, str):
        n = end if index == "-" else int(index) if index.isdecimal() else end + 1
        if n <= end and all(isinstance(item, Goal) for item in items):
            return (*items[:n], Goal(operation.value), *items[n:])
        raise CannotEditError(f"不能在“{operation.path}”加一项。")
    if not index.isdecimal() or int(index) >= end:
        raise CannotEditError(f"没有“{operation.path}”这个位置。")
    n = int(index)
    if rest:
        return (*items[:n], _edited(items[n], rest, fields, operation), *items[n + 1 :])
    if operation.op == "remove":
        return items[:n] + items[n + 1 :]
    item = items[n]
    if not isinstance(item, Goal):
        raise CannotEditError(f"“{operation.path}”不能整个改写，请逐格修改。")
    return (*items[:n], replace(item, text=operation.value or ""), *items[n + 1 :])


def _words(operation: PatchOperation) -> str | None:
    return None if operation.op == "remove" else operation.value


def _read(one: FormField, operation: PatchOperation) -> Any:
    """The words as a value of the field's own kind."""
    words = _words(operation)
    if one.kind in _NOT_WRITTEN:
        raise CannotEditError(f"“{operation.path}”不能整个改写，请逐项修改。")
    try:
        if words is None:
            if one.needed and one.kind is not Kind.TARGET:
                raise CannotEditError(f"“{operation.path}”不能空着。")
            return MISSING if one.needed else None
        if one.kind is Kind.TARGET:
            return parse_target(words).target
        return Decimal(words) if one.kind.is_number else _READ.get(one.kind, str)(words)
    except (InvalidOperation, ValueError) as error:
        raise CannotEditError(f"“{words}”不能填在“{operation.path}”。") from error


_NOT_WRITTEN = frozenset((Kind.ID, Kind.COUNT, Kind.STAGE, Kind.PART, Kind.PARTS, Kind.GOALS))
_READ: Mapping[Kind, Callable[[str], Any]] = {
    Kind.YEAR: lambda words: FiscalYear(int(words)),
    Kind.DATE: date.fromisoformat,
    Kind.CURRENCY: CurrencyUnit,
    Kind.CLASS: IndicatorClass,
    Kind.KIND: IndicatorKind,
}
