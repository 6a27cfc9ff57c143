"""Who is who in a plan: ids that stay when rows move, and the way between an id and a place.

A pointer says where something stands, an id which thing it is. A file as read gives its things ids by what they are
called, never by where they stand, so that the same words give the same ids and a row put in above changes none. Once
given, an id is kept: ``dataclasses.replace`` carries it through every edit.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from typing import Any, TypeVar, cast

from jixiao.domain.goal import Goal, texts_of
from jixiao.domain.goal_sheet import DisbursementStep, GoalSheet
from jixiao.domain.indicator import Indicator
from jixiao.domain.monitoring import MonitoringSheet
from jixiao.domain.plan import Activity, ActivityIndicator, Plan, Safeguard
from jixiao.domain.pointer import at, parts
from jixiao.domain.self_evaluation import SelfEvaluationSheet
from jixiao.domain.stage import LaterSheet

Held = TypeVar("Held")
Later = TypeVar("Later", MonitoringSheet, SelfEvaluationSheet)
Thing = TypeVar("Thing", Indicator, Goal, DisbursementStep, Safeguard, ActivityIndicator)

_BITS = 50
"""Of an id: ten characters of base 32 behind the prefix"""
_BASE_32 = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = tuple(a + b for a in _BASE_32 for b in _BASE_32)
_NO_WORDS = re.compile(r"[\W_]+")
_REACHED = "goals_reached"
COLLECTIONS = (
    "overall_goals", "activities", "safeguards", "goal_sheets", "disbursement_plan", "goals", "indicators",
    _REACHED,
)  # fmt: skip
"""Fields that hold things with ids, in the order of forms"""
_HELD_BY: Mapping[type, tuple[str, ...]] = {
    kind: tuple(name for name in COLLECTIONS if name in {*kind.__dataclass_fields__, *more})
    for kind, more in ((Plan, ()), (GoalSheet, (_REACHED,)), (Activity, ()))
}
"""The fields of each kind that holds any; what was reached stands on the goal sheet that it is about"""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place by what it belongs to: the id of the narrowest thing that holds it, and the pointer below that thing.

    ``Anchor("r_c7k2m4tq5a", "/target/text")``; the id is ``""`` for what the plan itself says (``/title``).
    """

    id: str
    below: str = ""


THE_PLAN = Anchor("")


def identified(plan: Plan) -> Plan:
    """``plan`` in which every sheet, row, goal, activity, step and safeguard has an id of its own.

    Ids that are there stay; a second thing with the same id gets a new one. Things called the same are counted.
    """
    ids = _Ids(id_ for _, id_ in things(plan))

    def later(sheet: Later) -> Later:
        return replace(sheet, goals_reached=_goals(sheet.goals_reached, ids, sheet.sheet, "reached"))

    return replace(
        plan,
        overall_goals=_goals(plan.overall_goals, ids, "overall"),
        goal_sheets=tuple(_sheet(sheet, ids) for sheet in plan.goal_sheets),
        activities=tuple(_activity(activity, ids) for activity in plan.activities),
        safeguards=tuple(_safeguard(one, ids) for one in plan.safeguards),
        monitoring_sheets=tuple(map(later, plan.monitoring_sheets)),
        self_evaluation_sheets=tuple(map(later, plan.self_evaluation_sheets)),
    )


def without_ids(thing: Held) -> Held:
    """A plan without what is filled in on its sheets, or a thing in it, as its words alone say it: no ids yet."""
    plain: Any = thing.with_later_sheets(()) if isinstance(thing, Plan) else thing
    held: Any = {name: tuple(map(without_ids, getattr(plain, name))) for name in COLLECTIONS if hasattr(plain, name)}
    own = {"id": ""} if hasattr(plain, "id") else {}
    return cast(Held, replace(plain, **own, **held))


def has_own_ids(plan: Plan) -> bool:
    """Whether its ids are others than its words alone would give: it was edited, or known again."""
    promised = identified(plan.with_later_sheets(()))
    return list(things(promised)) != list(things(identified(without_ids(promised))))


def things(plan: Plan) -> Iterator[tuple[str, str]]:
    """(pointer, id) of everything that has an id, in the order of the document."""
    return _things_in(plan, "", plan.later_sheets)


def _things_in(whole: object, pointer: str, later: Mapping[str, LaterSheet]) -> Iterator[tuple[str, str]]:
    for name in _HELD_BY.get(type(whole), ()):
        for n, thing in enumerate(_held(whole, name, later)):
            own = f"{pointer}/{name}/{n}"
            yield own, thing.id
            yield from _things_in(thing, own, later)


def _held(whole: object, name: str, later: Mapping[str, LaterSheet]) -> tuple[Any, ...]:
    """The things in a field; none where there is no such field."""
    if name not in _HELD_BY.get(type(whole), ()):
        return ()
    if name == _REACHED and isinstance(whole, GoalSheet):
        return later[whole.id].goals_reached if whole.id in later else ()
    found: tuple[Any, ...] = getattr(whole, name)
    return found


def pointers(plan: Plan) -> dict[str, str]:
    """The pointer of every id, for who looks up many; ``""`` is the plan itself."""
    return {"": ""} | {id_: pointer for pointer, id_ in things(plan)}


def pointer_of(plan: Plan, id_: str) -> str | None:
    """Where the thing with an id stands; None where the plan has none such."""
    return "" if id_ == "" else next((pointer for pointer, known in things(plan) if known == id_), None)


def id_at(plan: Plan, pointer: str) -> str:
    """The id of the narrowest thing that a pointer lies in; ``""`` where that is the plan itself."""
    return anchor(plan, pointer).id


def anchor(plan: Plan, pointer: str) -> Anchor:
    """A pointer by what it belongs to: ``/goal_sheets/0/indicators/2/target`` → the id of the row, ``/target``."""
    found = Anchor("", pointer)
    thing: Any = plan
    names = parts(pointer)
    for depth in range(0, len(names) - 1, 2):
        name, index = names[depth : depth + 2]
        held = _held(thing, name, plan.later_sheets)
        if not index.isdecimal() or int(index) >= len(held):
            break
        thing = held[int(index)]
        found = Anchor(thing.id, at(*names[depth + 2 :]) if names[depth + 2 :] else "")
    return found


def place_of(plan: Plan, anchored: Anchor) -> str | None:
    """The pointer of a place by what it belongs to; None where the plan no longer has that thing."""
    pointer = pointer_of(plan, anchored.id)
    return None if pointer is None else pointer + anchored.below


# --- giving ids -------------------------------------------------------------------------------------------


class _Ids:
    """The ids of one plan: those it came with, and those given so far."""

    def __init__(self, present: Iterable[str]) -> None:
        self._taken = set(present)
        self._kept: set[str] = set()
        self._ordinals: dict[tuple[str, ...], int] = {}

    def keeps(self, own: str) -> bool:
        """Whether ``own`` stays: it is an id, and nothing before has it."""
        if not own or own in self._kept:
            return False
        self._kept.add(own)
        return True

    def new(self, prefix: str, *called: str) -> str:
        """An id made of what a thing is called."""
        key = (prefix, *called)
        while True:
            ordinal = self._ordinals.get(key, 0)
            self._ordinals[key] = ordinal + 1
            if (new := _made(*key, str(ordinal))) not in self._taken:
                self._taken.add(new)
                return new


@lru_cache(maxsize=16384)
def _made(prefix: str, *called: str) -> str:
    """Kept: a plan that is edited is read and given ids again and again."""
    digest = sha256("\x1f".join((prefix, *called)).encode()).digest()
    bits = int.from_bytes(digest[:8], "big") >> 64 - _BITS
    words = "".join([_PAIRS[bits >> shift & 1023] for shift in range(_BITS - 10, -1, -10)])
    return f"{prefix}_{words}"


def _called(*names: str | None) -> str:
    """The first of the names that says something, without blanks, punctuation and width."""
    for name in names:
        if name and (plain := _plain(name)):
            return plain
    return ""


@lru_cache(maxsize=16384)
def _plain(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name)
    return plain if plain.isalnum() else _NO_WORDS.sub("", plain)


def _with_id(thing: Thing, id_: str) -> Thing:
    """What ``replace(thing, id=id_)`` gives, in a fifth of the time: every row of every file gets an id."""
    new = object.__new__(type(thing))
    for name in type(thing).__slots__:
        object.__setattr__(new, name, getattr(thing, name))
    object.__setattr__(new, "id", id_)
    return new


def _sheet(sheet: GoalSheet, ids: _Ids) -> GoalSheet:
    """A sheet is its project in its budget unit; its parts are told apart within it."""
    project, unit, own = sheet.project, sheet.budget_unit, sheet.id
    if not ids.keeps(own):
        called = _called(project.name, project.code, sheet.purpose, *texts_of(sheet.goals))
        own = ids.new("s", called, _called(unit.name, unit.code))

    def step(s: DisbursementStep) -> DisbursementStep:
        return s if ids.keeps(s.id) else _with_id(s, ids.new("d", own, _called(s.by)))

    def row(r: Indicator) -> Indicator:
        if ids.keeps(r.id):
            return r
        return _with_id(r, ids.new("r", own, _called(r.name, r.description, r.target.text)))

    return replace(
        sheet,
        id=own,
        disbursement_plan=tuple(map(step, sheet.disbursement_plan)),
        goals=_goals(sheet.goals, ids, own),
        indicators=tuple(map(row, sheet.indicators)),
    )


def _goals(goals: tuple[Goal, ...], ids: _Ids, *whose: str) -> tuple[Goal, ...]:
    return tuple([g if ids.keeps(g.id) else _with_id(g, ids.new("g", *whose, _called(g.text))) for g in goals])


def _safeguard(one: Safeguard, ids: _Ids) -> Safeguard:
    return one if ids.keeps(one.id) else _with_id(one, ids.new("m", _called(one.heading, one.text)))


def _activity(activity: Activity, ids: _Ids) -> Activity:
    own = activity.id
    if not ids.keeps(own):
        own = ids.new("a", _called(activity.name, activity.description, activity.goal))

    def indicator(i: ActivityIndicator) -> ActivityIndicator:
        return i if ids.keeps(i.id) else _with_id(i, ids.new("i", own, _called(i.text)))

    return replace(activity, id=own, indicators=tuple(map(indicator, activity.indicators)))
