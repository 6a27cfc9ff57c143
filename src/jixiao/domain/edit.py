"""Edits of a plan by pointer: the value at a place is replaced by words, which are read as the reader would have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from jixiao.domain.execution import SourceExecution
from jixiao.domain.finding import Finding, PatchOperation
from jixiao.domain.goal import Goal
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.identity import place_of
from jixiao.domain.indicator import Indicator
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.monitoring import MonitoringRow
from jixiao.domain.plan import Plan
from jixiao.domain.pointer import parts
from jixiao.domain.self_evaluation import SelfEvaluationRow
from jixiao.domain.stage import LaterSheet
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
    if names[2] != "sheet" and names[2] != "rows" and _has_field(later, names[2]):
        return _LaterPlace(later, None, names[2:])
    if names[2] != "indicators" or len(names) < 5 or not names[3].isdecimal() or int(names[3]) >= len(sheet.indicators):
        return None
    row = sheet.indicators[int(names[3])].id
    return _LaterPlace(later, row, names[4:]) if _has_field(later.row(row), names[4]) else None


def _filled_in(plan: Plan, place: _LaterPlace, operation: PatchOperation) -> Plan:
    old = place.sheet
    if place.row is None:
        new = _edited(old, place.below, operation)
    else:
        row = _edited(old.row(place.row), place.below, operation)
        rows: Any = {id_: filled for id_, filled in old.rows.items() if id_ != place.row}
        new = replace(old, rows=rows if row == type(row)() else rows | {place.row: row})
    return plan.with_later_sheets(new if sheet is old else sheet for sheet in plan.later_sheets.values())


def _promised(plan: Plan, names: Sequence[str], operation: PatchOperation) -> Plan:
    if names[0] != "goal_sheets" or len(names) == 1:
        edited: Plan = _edited(plan, names, operation)
        return edited
    sheets: tuple[GoalSheet, ...] = _edited(plan.goal_sheets, names[1:], operation)
    return plan.with_goal_sheets(sheets)


def _edited(thing: Any, names: Sequence[str], operation: PatchOperation) -> Any:
    """``thing``, a value or a tuple of them, with the operation made at the place ``names`` below it."""
    head, *rest = names
    if isinstance(thing, tuple):
        return _edited_items(thing, head, rest, operation)
    name = _FIELDS.get(head, head)
    if not _has_field(thing, name):
        raise CannotEditError(f"没有“{operation.path}”这个位置。")
    old = getattr(thing, name)
    if isinstance(thing, _ROWS) and name in _VALUES and rest in ([], ["text"]):
        words = _words(operation)
        blank = words is None and not isinstance(thing, Indicator)
        read: Any = {name: None if blank else parse_target(words).target}
        return replace(thing, **read)
    if rest:
        if old is None:
            raise CannotEditError(f"没有“{operation.path}”这个位置。")
        return replace(thing, **{name: _edited(old, rest, operation)})
    return replace(thing, **{name: _read(thing, name, operation)})


def _has_field(thing: object, name: str) -> bool:
    return is_dataclass(thing) and name in {f.name for f in fields(thing)}


_FIELDS = {"class": "class_"}
_ROWS = (Indicator, MonitoringRow, SelfEvaluationRow)
_VALUES = frozenset(("target", "actual", "expected"))
_NUMBERS = frozenset(
    ("total", "fiscal", "other", "percent", "weight", "score", "total_weight", "execution_weight", "total_score")
)


def _edited_items(
    items: tuple[Any, ...], index: str, rest: Sequence[str], operation: PatchOperation
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
        return (*items[:n], _edited(items[n], rest, operation), *items[n + 1 :])
    if operation.op == "remove":
        return items[:n] + items[n + 1 :]
    item = items[n]
    if not isinstance(item, Goal):
        raise CannotEditError(f"“{operation.path}”不能整个改写，请逐格修改。")
    return (*items[:n], replace(item, text=operation.value or ""), *items[n + 1 :])


def _words(operation: PatchOperation) -> str | None:
    return None if operation.op == "remove" else operation.value


def _read(thing: Any, name: str, operation: PatchOperation) -> Any:
    """The words as a value of the field's own kind."""
    words = _words(operation)
    old = getattr(thing, name)
    if words is None:
        return None
    if isinstance(old, tuple):
        raise CannotEditError(f"“{operation.path}”是几项内容，请逐项修改。")
    try:
        if name in _NUMBERS or isinstance(thing, SourceExecution):
            return Decimal(words)
        if name == "currency_unit":
            return CurrencyUnit(words)
        if name == "as_of":
            return date.fromisoformat(words)
    except (InvalidOperation, ValueError) as error:
        raise CannotEditError(f"“{words}”不能填在“{operation.path}”。") from error
    return words
