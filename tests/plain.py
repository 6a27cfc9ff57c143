"""Things as they read, to compare by what they say and not by their ids."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from types import SimpleNamespace
from typing import Any, TypeVar

from jixiao.domain.filled import Filled, filled_in
from jixiao.domain.goal import Goal, texts_of
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.plan import Plan

T = TypeVar("T")


def without_ids(value: T) -> T:
    """``value`` and all that it holds, each with an empty id."""
    if isinstance(value, tuple):
        return tuple(map(without_ids, value))  # type: ignore[return-value]
    if not is_dataclass(value) or isinstance(value, type):
        return value
    held: dict[str, Any] = {f.name: without_ids(getattr(value, f.name)) for f in fields(value)}
    return replace(value, **held | {"id": ""} if "id" in held else held)


def goal_words(goals: Iterable[Goal]) -> tuple[str, ...]:
    """The words of goals."""
    return tuple(texts_of(goals))


def as_printed(plan: Plan) -> tuple[SimpleNamespace, ...]:
    """Each sheet as its form has it, in one piece: the fields of the goals and of what is filled in, of its rows too."""
    later = plan.later_sheets
    return tuple(_printed(sheet, filled_in(sheet, later.get(sheet.id))) for sheet in plan.goal_sheets)


def _printed(sheet: GoalSheet, filled: Filled) -> SimpleNamespace:
    rows = [SimpleNamespace(**fields_of(i), **fields_of(r)) for i, r in zip(sheet.indicators, filled.rows, strict=True)]
    return SimpleNamespace(**fields_of(sheet) | fields_of(filled) | {"indicators": rows})


def fields_of(value: Any) -> dict[str, Any]:
    """The fields of a dataclass by name."""
    return {f.name: getattr(value, f.name) for f in fields(value)}
