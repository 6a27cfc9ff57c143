"""Values as data and back, field by field as ``jixiao.domain.form`` lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from jixiao.domain.codec.schemas import Json
from jixiao.domain.form import FormField, Kind
from jixiao.domain.goal import Goal
from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.period import FiscalYear
from jixiao.domain.stage import Stage
from jixiao.domain.target import MISSING, Comparator, Target, TargetType

Fields = Iterable[FormField]

# --- out --------------------------------------------------------------------------------------------------


def number(value: Decimal | None) -> str | None:
    """A number as data prints it, never in exponent form."""
    return None if value is None else format(value, "f")


def record_to_dict(fields: Fields, get: Callable[[FormField], Any], version: int) -> Json:
    """What ``get`` gives for each field that a version has, by name; ids of goals beside their words."""
    data: Json = {}
    for one in fields:
        if one.since <= version:
            value = get(one)
            if one.optional and value is None:
                continue
            data[one.name] = _to_data(one, value, version)
            if one.ids and version >= _WITH_IDS:
                data[one.ids] = [goal.id for goal in value]
    return data


_WITH_IDS = 3


def value_to_dict(value: Any, fields: Fields, version: int) -> Json:
    """A value of the domain that holds all of ``fields`` itself."""
    return record_to_dict(fields, lambda one: getattr(value, one.held_as), version)


def _to_data(one: FormField, value: Any, version: int) -> Any:
    if one.kind is Kind.PARTS:
        return [part if isinstance(part, dict) else value_to_dict(part, one.fields, version) for part in value]
    if one.kind is Kind.GOALS:
        return [goal.text for goal in value]
    if value is None:
        return None
    if one.kind is Kind.PART:
        return value_to_dict(value, one.fields, version)
    if one.kind is Kind.TARGET:
        return target_to_dict(value)
    if one.kind is Kind.YEAR:
        return value.year
    if one.kind is Kind.DATE:
        return value.isoformat()
    return number(value) if one.kind.is_number else value


def target_to_dict(target: Target) -> Json:
    """A target, or an actual."""
    value = target.value.isoformat() if isinstance(target.value, date) else number(target.value)
    return {
        "text": target.text,
        "type": target.type,
        "comparator": target.comparator,
        "value": value,
        "upper": number(target.upper),
        "unit": target.unit,
    }


# --- in ---------------------------------------------------------------------------------------------------


def record_from_dict(fields: Fields, data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of data by the names of attributes. Raises KeyError, TypeError or ValueError for what does not fit."""
    found = {}
    for one in fields:
        value = _from_data(one, data.get(one.name) if one.optional else data[one.name])
        if one.ids:
            ids = data[one.ids]
            if not isinstance(ids, list) or len(ids) not in (0, len(value)) or not all(isinstance(i, str) for i in ids):
                raise ValueError(one.ids)
            value = tuple(Goal(goal.text, id_) for goal, id_ in zip(value, ids, strict=True)) if ids else value
        found[one.held_as] = value
    return found


def _from_data(one: FormField, value: Any) -> Any:
    if one.kind in (Kind.PARTS, Kind.GOALS):
        if not isinstance(value, list):
            raise TypeError(one.name)
        return tuple(_part(one, item) if one.kind is Kind.PARTS else Goal(_text(one, item)) for item in value)
    if value is None:
        if one.needed:
            raise TypeError(one.name)
        return None
    if one.kind is Kind.PART:
        return _part(one, value)
    if one.kind is Kind.TARGET:
        return target_from_dict(value)
    if one.kind.is_number:
        return decimal(value)
    return _READ[one.kind](value) if one.kind in _READ else _text(one, value)


def _part(one: FormField, data: Mapping[str, Any]) -> Any:
    (value,) = {owner for inner in one.fields for owner in inner.owners}
    return value(**record_from_dict(one.fields, data))


def _text(one: FormField, value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(one.name)
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r}")
    return value


def _year(value: Any) -> FiscalYear:
    return FiscalYear(_whole(value))


_READ: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.COUNT: _whole,
    Kind.YEAR: _year,
    Kind.DATE: date.fromisoformat,
    Kind.CURRENCY: CurrencyUnit,
    Kind.CLASS: IndicatorClass,
    Kind.KIND: IndicatorKind,
    Kind.STAGE: Stage,
}


def decimal(value: Any) -> Decimal:
    """A number as data prints it. Raises TypeError or ValueError for anything else."""
    if not isinstance(value, str):
        raise TypeError(f"{value!r}")
    found = Decimal(value)
    if not found.is_finite():
        raise ValueError(value)
    return found


def target_from_dict(data: Mapping[str, Any]) -> Target:
    """A target, or an actual."""
    kind = TargetType(data["type"])
    if kind is TargetType.MISSING:
        return MISSING
    value, upper, comparator = data["value"], data["upper"], data["comparator"]
    read: Decimal | date | None = None
    if value is not None:
        read = date.fromisoformat(value) if kind is TargetType.DATE else decimal(value)
    for words in (data["text"], data["unit"]):
        if words is not None and not isinstance(words, str):
            raise TypeError(f"{words!r}")
    return Target(
        data["text"],
        kind,
        Comparator(comparator) if comparator else None,
        read,
        None if upper is None else decimal(upper),
        data["unit"],
    )
