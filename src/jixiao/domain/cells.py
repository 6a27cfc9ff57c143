"""What the cells of a plan show, by pointer or by the id of their thing: the words typed where they could not be read, else the
value as forms print it.
"""

from __future__ import annotations

from dataclasses import is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from jixiao.domain.form import PLAN_FIELDS, FormField, Kind, field_at
from jixiao.domain.goal import Goal
from jixiao.domain.identity import Anchor, place_of
from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.period import FiscalYear
from jixiao.domain.plan import Plan
from jixiao.domain.pointer import parts
from jixiao.domain.target import Target
from jixiao.domain.target_parts import parts_of_target


def text_at(plan: Plan, place: Anchor) -> str | None:
    """What a cell shows: the words typed where they could not be read, else the value as forms print it; None where there is
    no such cell.
    """
    pointer = place_of(plan, place)
    return None if pointer is None else cell_text(plan, pointer)


def cell_text(plan: Plan, pointer: str) -> str | None:
    """The same by pointer: ``/goal_sheets/0/indicators/2/target``."""
    typed = plan.provenance.get(pointer)
    if typed is not None and typed.text and not typed.label:  # of no file: what somebody typed
        return typed.text
    whole, _, part = pointer.rpartition("/")
    if part in OF_TARGET and isinstance(target := value_or_none(plan, whole), Target):
        return target_parts(target)[part]
    try:
        value = value_at(plan, pointer)
    except LookupError:
        return None
    is_whole = isinstance(value, tuple) or (is_dataclass(value) and not isinstance(value, Target | Goal | FiscalYear))
    return None if is_whole else printed(value)


def value_or_none(plan: Plan, pointer: str) -> Any:
    """The value at a pointer; None where there is no such place."""
    try:
        return value_at(plan, pointer)
    except LookupError:
        return None


OF_TARGET = ("comparator", "value", "unit")
"""The cells of a value on forms that hold its sign, its number and its unit apart"""


def target_parts(target: Target) -> dict[str, str]:
    """What those cells show."""
    return dict(zip(OF_TARGET, parts_of_target(target), strict=True))


def printed(value: object) -> str:
    """A value as a cell shows it."""
    if value is None:
        return ""
    if isinstance(value, Target):
        return value.text or ""
    if isinstance(value, Goal):
        return value.text
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, FiscalYear):
        return str(value.year)
    if isinstance(value, IndicatorClass | IndicatorKind):
        return str(value.label)
    return str(value.value) if isinstance(value, Enum) else str(value)


def value_at(plan: Plan, pointer: str) -> Any:
    """The value at a pointer; None below a part that is not there. Raises LookupError where there is no such place.

    What is filled in on a sheet is found where data has it: on the goal sheet or row that it is about.
    """
    here: Any = plan
    fields: tuple[FormField, ...] = PLAN_FIELDS
    sheet: Any = None
    for name in parts(pointer):
        if isinstance(here, tuple):
            if not name.isdecimal() or int(name) >= len(here):
                raise LookupError(pointer)
            here = here[int(name)]
            sheet = here if hasattr(here, "indicators") and hasattr(here, "project") else sheet
            continue
        one = next((field for field in fields if field.name == name), None)
        if one is None:
            raise LookupError(pointer)
        if here is not None and not hasattr(here, one.held_as):
            here = _later(plan, sheet, here)
        here = getattr(here, one.held_as, None)
        fields = one.fields
    return here


def _later(plan: Plan, sheet: Any, thing: Any) -> Any:
    """Where data of a stage keeps what stands on the form of a goal sheet or in one of its rows."""
    later = plan.later_sheets.get(sheet.id) if sheet is not None else None
    if later is None:
        return None
    return later if thing is sheet else later.row(thing.id)


_NAMES = ("name", "text", "heading", "by", "description")
_SHORT = 24


def words_of(plan: Plan, id_: str, below: str = "") -> str:
    """A thing, or a cell of it, as people call it: 「指标“签约项目数”的指标值」; empty where the thing is gone."""
    pointer = place_of(plan, Anchor(id_))
    if pointer is None:
        return ""
    one = field_at(pointer + below) if below else None
    label = one.label if one is not None else ""
    thing = value_or_none(plan, pointer) if pointer else None
    whose = field_at(pointer) if pointer else None
    if thing is None or whose is None or hasattr(thing, "project"):
        return label
    name = next((text for held in _NAMES if (text := getattr(thing, held, None))), "")
    short = name if len(name) <= _SHORT else f"{name[:_SHORT]}…"
    called = f"{whose.label}“{short}”" if short else whose.label
    return f"{called}的{label}" if label else called


def choices(kind: Kind) -> tuple[str, ...]:
    """What a cell of a kind may hold, as forms print it; nothing where anything may stand."""
    known: type[Enum] | None = {Kind.CLASS: IndicatorClass, Kind.KIND: IndicatorKind, Kind.CURRENCY: CurrencyUnit}.get(
        kind
    )
    return tuple(printed(one) for one in known) if known is not None else ()
