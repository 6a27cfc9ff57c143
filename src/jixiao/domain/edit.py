"""Edits of a plan by pointer: the value at a place is replaced by words, which are read as the reader would have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from jixiao.domain.finding import Finding, PatchOperation
from jixiao.domain.goal import Goal
from jixiao.domain.identity import place_of
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.plan import Plan
from jixiao.domain.pointer import parts
from jixiao.domain.target import Target
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
    edited: Plan = _edited(plan, names, operation)
    spoken = operation.path.removesuffix("/text")
    notes = tuple(note for note in edited.notes if note.pointer not in (spoken, operation.path))
    return edited if len(notes) == len(edited.notes) else replace(edited, notes=notes)


def _edited(thing: Any, names: Sequence[str], operation: PatchOperation) -> Any:
    """``thing``, a value or a tuple of them, with the operation made at the place ``names`` below it."""
    head, *rest = names
    if isinstance(thing, tuple):
        return _edited_items(thing, head, rest, operation)
    name = _FIELDS.get(head, head)
    if not _has_field(thing, name):
        raise CannotEditError(f"没有“{operation.path}”这个位置。")
    old = getattr(thing, name)
    if isinstance(old, Target) and rest in ([], ["text"]):
        return replace(thing, **{name: parse_target(_words(operation)).target})
    if rest:
        if old is None:
            raise CannotEditError(f"没有“{operation.path}”这个位置。")
        return replace(thing, **{name: _edited(old, rest, operation)})
    return replace(thing, **{name: _read(name, old, operation)})


def _has_field(thing: object, name: str) -> bool:
    return is_dataclass(thing) and name in {f.name for f in fields(thing)}


_FIELDS = {"class": "class_"}
_NUMBERS = frozenset(("total", "fiscal", "other", "percent", "weight", "score", "total_weight", "total_score", "rate"))


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


def _read(name: str, old: Any, operation: PatchOperation) -> Any:
    """The words as a value of the field's own kind."""
    words = _words(operation)
    if words is None:
        return None
    if isinstance(old, tuple):
        raise CannotEditError(f"“{operation.path}”是几项内容，请逐项修改。")
    try:
        if name in _NUMBERS or isinstance(old, Decimal):
            return Decimal(words)
        if name == "currency_unit":
            return CurrencyUnit(words)
    except (InvalidOperation, ValueError) as error:
        raise CannotEditError(f"“{words}”不能填在“{operation.path}”。") from error
    return words
