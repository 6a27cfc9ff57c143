"""A plan that somebody writes cell by cell: cells are named by the id of their thing, so that rows may come, go and move.

What is typed is never refused for what it says. A cell that should hold a number and does not keeps its words: the value is
None, the words stand in ``provenance`` without a place in any file, and a note (``typed.unread``) asks for a number. Refused
is only what has nowhere to go: a cell of a row that is gone, an id that is taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jixiao.domain.cells import OF_TARGET, cell_text, target_parts, value_at, value_or_none
from jixiao.domain.edit import CannotEditError, apply_operation
from jixiao.domain.finding import PatchOperation
from jixiao.domain.form import INDICATOR_FIELDS, FormField, Kind, field_at, field_named
from jixiao.domain.goal import Goal
from jixiao.domain.identity import Anchor, place_of, pointers, things
from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.note import Note
from jixiao.domain.plan import Plan
from jixiao.domain.pointer import ancestors, parts
from jixiao.domain.provenance import Location
from jixiao.domain.quantities.alone import number_alone
from jixiao.domain.target import Target

UNREAD = "typed.unread"
"""Code of the note on words that stand where a number, a day or one of a list of words belongs"""
_OWN_ID = re.compile(r"[a-z]{1,2}_[a-z2-7]{10}x*")


@dataclass(frozen=True, slots=True)
class Put:
    """A cell is written 「填写」: ``place`` by the id of its thing and the pointer below it, ``text`` as typed, ``""`` for blank."""

    place: Anchor
    text: str


@dataclass(frozen=True, slots=True)
class Add:
    """A thing is added 「加一行」 to a list (``Anchor("s_…", "/indicators")``), behind the one with the id ``after`` (first,
    where that is empty), with an id of its own and the words of its cells by their pointer below it (``"/name"``).
    """

    holder: Anchor
    id: str
    after: str = ""
    cells: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """A thing is taken out 「删除」."""

    id: str


@dataclass(frozen=True, slots=True)
class Move:
    """A thing is put behind the one with the id ``after`` of the same list 「移动」; first, where that is empty."""

    id: str
    after: str = ""


Edit = Put | Add | Remove | Move


class GoneError(CannotEditError):
    """The thing that an edit is about is not there any more."""


def edited(plan: Plan, edit: Edit) -> Plan:
    """``plan`` after one edit. Raises CannotEditError where it has nowhere to go, in Chinese; GoneError where its thing is gone."""
    match edit:
        case Put():
            return _put(plan, edit)
        case Add():
            return _added(plan, edit)
        case Remove():
            return _removed(plan, edit)
        case Move():
            return _moved(plan, edit)


# --- a cell -----------------------------------------------------------------------------------------------


def _put(plan: Plan, edit: Put) -> Plan:
    pointer = place_of(plan, edit.place)
    if pointer is None:
        raise GoneError("这一行已经删了，写的没有地方放。")
    one = field_at(pointer)
    if one is None or (not edit.place.below and one.kind is not Kind.GOALS):
        raise CannotEditError(f"没有“{edit.place.below}”这一格。")
    if len(names := parts(edit.place.below)) == 2 and names[0] in _TARGETS:
        return _put_part(plan, edit, pointer, names[1])
    text = edit.text.strip() if one.kind is not Kind.TEXT else edit.text
    words = _canonical(one, text, _currency(plan, pointer))
    made = apply_operation(plan, _operation(one, pointer, words))
    places = {p: place for p, place in made.provenance.items() if p != pointer and not p.startswith(f"{pointer}/")}
    notes = tuple(note for note in made.notes if note.pointer != pointer and not note.pointer.startswith(f"{pointer}/"))
    if words is None and text:
        places[pointer] = Location(text=text)
        what = f"{one.label}这一格写的是“{text}”，{_ASKED.get(one.kind, '没有读懂')}，没有参加审核。"
        notes = (*notes, Note(UNREAD, pointer, what))
    return replace(made, provenance=places, notes=notes)


_TARGETS = frozenset(one.name for one in INDICATOR_FIELDS if one.kind is Kind.TARGET)


def _put_part(plan: Plan, edit: Put, pointer: str, part: str) -> Plan:
    """A cell of a value whose sign, number and unit stand apart: the value is read from all three.

    A part that the value does not show (a sign without a number yet) keeps its words as typed.
    """
    if part == "text":
        return _put(plan, Put(replace(edit.place, below=edit.place.below.rpartition("/")[0]), edit.text))
    if part not in OF_TARGET:
        raise CannotEditError(f"没有“{edit.place.below}”这一格。")
    whole = pointer.rpartition("/")[0]
    words = {name: cell_text(plan, f"{whole}/{name}") or "" for name in OF_TARGET} | {part: edit.text.strip()}
    made = _put(plan, Put(replace(edit.place, below=edit.place.below.rpartition("/")[0]), "".join(words.values())))
    target = value_or_none(made, whole)
    shown = target_parts(target) if isinstance(target, Target) else dict.fromkeys(OF_TARGET, "")
    typed = {f"{whole}/{name}": Location(text=words[name]) for name in OF_TARGET if words[name] != shown[name]}
    return replace(made, provenance={**made.provenance, **typed}) if typed else made


def _currency(plan: Plan, pointer: str) -> CurrencyUnit | None:
    """The unit of amounts at a place."""
    names = parts(pointer)
    if names[0] == "goal_sheets" and len(names) > 1:
        return plan.goal_sheets[int(names[1])].budget.currency_unit or plan.currency_unit
    return plan.currency_unit


def _operation(one: FormField, pointer: str, words: str | None) -> PatchOperation:
    if words is None and (one.kind is Kind.GOALS or (one.kind is Kind.TEXT and one.needed)):
        words = ""  # blank, and still there
    return PatchOperation("remove", pointer) if words is None else PatchOperation("replace", pointer, words)


_ASKED = {
    Kind.AMOUNT: "不是一个金额，请只写数",
    Kind.PERCENT: "不是一个比例，请写0到100的数",
    Kind.POINTS: "不是一个分数，请只写数",
    Kind.YEAR: "不是一个年度，请写4位数",
    Kind.DATE: "不是一个日期，请写成2027-12-31",
    Kind.CURRENCY: "不是金额单位，请写元或万元",
    Kind.CLASS: "不是表上的一级指标",
    Kind.KIND: "不是表上的二级指标",
}
_DAY = re.compile(r"(\d{4})[-.年/](\d{1,2})[-.月/](\d{1,2})日?")


def _canonical(one: FormField, text: str, currency: CurrencyUnit | None) -> str | None:
    """The words as data keeps them; None where there are none, or they say no value of the field's kind."""
    if not text:
        return None
    if one.kind.is_number:
        return _number(one, text, currency)
    if one.kind is Kind.YEAR:
        found = re.fullmatch(r"(\d{4})(?:年度?)?", text)
        return found.group(1) if found else None
    if one.kind is Kind.DATE:
        return _day(text)
    choices = _CHOICES.get(one.kind)
    if choices is None:
        return text
    return choices.get(text)


_CHOICES: Mapping[Kind, Mapping[str, str]] = {
    Kind.CLASS: {name: c.value for c in IndicatorClass for name in (c.value, c.label, c.label.removesuffix("指标"))},
    Kind.KIND: {name: k.value for k in IndicatorKind for name in (k.value, k.label, k.label.removesuffix("指标"))},
    Kind.CURRENCY: {c.value: c.value for c in CurrencyUnit},
}


def _day(text: str) -> str | None:
    """A day that there is, as data keeps it."""
    found = _DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())).isoformat() if found else None
    except ValueError:
        return None


def _number(one: FormField, text: str, currency: CurrencyUnit | None) -> str | None:
    """The number; its unit may stand behind it where that changes nothing."""
    found = number_alone(text)
    if found is None or found.spaced:
        return None
    own = currency if one.kind is Kind.AMOUNT else one.unit
    return format(found.value, "f") if found.unit in (None, own) else None


# --- things -----------------------------------------------------------------------------------------------


def _added(plan: Plan, edit: Add) -> Plan:
    known = pointers(plan)
    if edit.id in known or not _OWN_ID.fullmatch(edit.id):
        raise CannotEditError("这一行的标识已经有了，请刷新后再加。")
    owner = known.get(edit.holder.id)
    if owner is None:
        raise GoneError("要加行的那张表已经不在了。")
    pointer = owner + edit.holder.below
    kind = _KINDS.get("/".join("*" if name.isdecimal() else name for name in parts(pointer)))
    if kind is None:
        raise CannotEditError(f"不能在“{edit.holder.below}”加一行。")
    items: tuple[Any, ...] = value_at(plan, pointer) or ()
    at = _behind(items, edit.after)
    thing = kind(edit.id)
    made = _with(plan, pointer, (*items[:at], thing, *items[at:]))
    for below, text in (edit.cells or {}).items():
        if text:
            made = _put(made, Put(Anchor(edit.id, below), text))
    return made


def _removed(plan: Plan, edit: Remove) -> Plan:
    pointer, items, n = _stands(plan, edit.id)
    return _with(plan, pointer, items[:n] + items[n + 1 :])


def _moved(plan: Plan, edit: Move) -> Plan:
    pointer, items, n = _stands(plan, edit.id)
    left = items[:n] + items[n + 1 :]
    at = _behind(left, edit.after)
    return _with(plan, pointer, (*left[:at], items[n], *left[at:]))


def _stands(plan: Plan, id_: str) -> tuple[str, tuple[Any, ...], int]:
    """(pointer of the list, its things, index) of a thing."""
    pointer = pointers(plan).get(id_)
    if not pointer:
        raise GoneError("这一行已经删了。")
    holder, _, index = pointer.rpartition("/")
    if "/".join("*" if name.isdecimal() else name for name in parts(holder)) not in _KINDS:
        raise CannotEditError("这一项不能在这里删除或移动。")
    return holder, value_at(plan, holder), int(index)


def _behind(items: tuple[Any, ...], after: str) -> int:
    """Where in a list a thing goes; last, where what it was to follow is gone."""
    if not after:
        return 0
    return next((n for n, one in enumerate(items, 1) if one.id == after), len(items))


def _with(plan: Plan, pointer: str, items: tuple[Any, ...]) -> Plan:
    """The plan with other things in a list; places and notes go where their things go, or go with them."""
    before = dict(things(plan))
    made = _replaced(plan, parts(pointer), items)
    now = {id_: place for place, id_ in things(made)}

    def moved(place: str) -> str | None:
        for one in ancestors(place):
            if (id_ := before.get(one)) is not None:
                return None if (here := now.get(id_)) is None else here + place[len(one) :]
        return place

    own = f"{pointer}/"
    places = {
        new: location
        for place, location in made.provenance.items()
        if (new := moved(place) if place.startswith(own) else place) is not None
    }
    notes = tuple(
        note if new == note.pointer else replace(note, pointer=new)
        for note in made.notes
        if (new := moved(note.pointer) if note.pointer.startswith(own) else note.pointer) is not None
    )
    return replace(made, provenance=places, notes=notes)


def _replaced(plan: Plan, names: list[str], items: tuple[Any, ...]) -> Plan:
    if names[0] == "goal_sheets":
        return plan.with_goal_sheets(_in(plan.goal_sheets, names[1:], items))
    made: Plan = _in(plan, names, items)
    return made


def _in(thing: Any, names: list[str], items: tuple[Any, ...]) -> Any:
    if not names:
        return items
    name, *rest = names
    if isinstance(thing, tuple):
        n = int(name)
        return (*thing[:n], _in(thing[n], rest, items), *thing[n + 1 :])
    return replace(thing, **{name: _in(getattr(thing, name), rest, items)})


def _new(path: str) -> Any:
    """A blank thing of a list, by its id."""
    one = field_named(path)
    if one.kind is Kind.GOALS:
        return lambda id_: Goal("", id_)
    owner = one.fields[0].owners[0]
    needed = {field.held_as: "" for field in one.fields if field.needed and field.kind is Kind.TEXT}
    return lambda id_: owner(**needed, id=id_)


_KINDS: Mapping[str, Any] = {
    path: _new(path)
    for path in (
        "overall_goals",
        "activities",
        "activities/*/indicators",
        "safeguards",
        "goal_sheets/*/goals",
        "goal_sheets/*/indicators",
        "goal_sheets/*/disbursement_plan",
    )
}
"""The lists that things are added to and taken from, by path, with what makes a blank one"""
