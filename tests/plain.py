"""Things as they read, to compare by what they say and not by their ids."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from jixiao.domain.goal import Goal, texts_of

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
