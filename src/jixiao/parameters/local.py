"""What a locality makes of a parameter: values of its own from a day on, or words added to and taken from a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jixiao.parameters.store import DatedValue, Parameter


@dataclass(frozen=True, slots=True)
class Change:
    """A change that holds from a day on: another ``value``, or what to ``add`` to and ``remove`` from the one in force."""

    since: date
    source: str
    value: Any = None
    add: Any = None
    remove: Any = None
    verified_on: date | None = None


def changed(base: Parameter, changes: Sequence[Change]) -> Parameter:
    """``base`` with the changes: before the first, ``base`` as it is; later values of ``base`` are added to as well."""
    changes = sorted(changes, key=lambda c: c.since)
    days = sorted({v.since for v in base.values} | {c.since for c in changes})
    values = []
    for day in days:
        current = [c for c in changes if c.since <= day]
        if not current:
            values += [v for v in base.values if v.since == day]
            continue
        change = current[-1]
        value = change.value if change.value is not None else applied(base.at(day), change)
        if not values or values[-1].value != value or values[-1].source != change.source:
            values.append(DatedValue(day, value, change.source, change.verified_on))
    return Parameter(base.name, base.title, base.unit, tuple(values))


def applied(value: Any, change: Change) -> Any:
    """``value`` with what ``change`` adds and without what it removes. Raises ValueError, in Chinese, where that fits not."""
    return _added(_removed(value, change.remove), change.add)


def _added(value: Any, more: Any) -> Any:
    if more is None:
        return value
    if isinstance(value, tuple) and isinstance(more, tuple):
        return value + tuple(m for m in more if m not in value)
    if isinstance(value, dict) and isinstance(more, dict):
        return value | {k: _added(value[k], v) if _holds_many(value.get(k)) else v for k, v in more.items()}
    raise ValueError("add 只能给列表加词、给对照表加条目；其他的值请用 value 整个改写")


def _removed(value: Any, less: Any) -> Any:
    if less is None:
        return value
    if isinstance(less, tuple):
        unknown = [str(item) for item in less if item not in value]
        if unknown:
            raise ValueError(f"remove 里的“{'、'.join(unknown)}”原来就没有")
        if isinstance(value, tuple):
            return tuple(v for v in value if v not in less)
        return {k: v for k, v in value.items() if k not in less}
    if isinstance(value, dict) and isinstance(less, dict) and less.keys() <= value.keys():
        return value | {k: _removed(value[k], v) for k, v in less.items()}
    raise ValueError("remove 只能从列表或对照表里去掉原来有的词；其他的值请用 value 整个改写")


def _holds_many(value: Any) -> bool:
    return isinstance(value, tuple | dict)
