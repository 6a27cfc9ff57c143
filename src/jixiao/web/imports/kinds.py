"""What can be imported: an app registers a ``Kind`` when it starts.

A kind declares fields and two functions. ``plan`` looks up once what all rows need and gives a function from a row to the change
it means: new, changed (with every difference), or the same; it raises ``Refused(message, field=…)`` for what is wrong, and
stores nothing. ``apply`` stores changes of one ``part`` (a department) through services and gives the ids of the objects. It runs
inside one transaction, whose audit entries the engine folds into one with their digest.

    register(Kind("people", "人员", "person.edit", FIELDS, key=("username",), plan=plan, apply=apply))
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jixiao.services.chain import canonical
from jixiao.web.imports.fields import Field
from jixiao.web.kernel.acts import Refused
from jixiao.web.kernel.door import Restricted
from jixiao.web.kernel.people import Actor


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom and where an import is made: the organisation of the person, the fiscal year for kinds that have one."""

    actor: Actor
    organisation: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of data: the values of the fields that have a column and are filled in. What a file does not say is not in it, and
    changes nothing; what it says is as the type of the field gives it (money: fen)."""

    number: int
    values: Mapping[str, Any]
    remarks: tuple[str, ...] = ()
    """What the person should know of how it came about: it is several rows of the file"""

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that a row changes: as people read it, before and after; "" where nothing was. ``before_value`` and ``value`` are
    plain values, for figures."""

    label: str
    before: str
    after: str
    before_value: Any = None
    value: Any = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a row means. ``part`` names what is stored together (the id or code of the department), ``object_id`` what is there
    already ("": it is new), ``remarks`` what the person should know though it hinders nothing."""

    part: str
    label: str
    object_id: str = ""
    differences: tuple[Difference, ...] = ()
    remarks: tuple[str, ...] = ()
    payload: Any = field(default=None, compare=False)
    """Whatever ``apply`` wants"""

    @property
    def state(self) -> str:
        """``new``, ``changed`` or ``same``."""
        if not self.object_id:
            return "new"
        return "changed" if self.differences else "same"

    @property
    def digest(self) -> str:
        """Whether it is the change that a person saw."""
        shown = [[one.label, one.before, one.after] for one in self.differences]
        return hashlib.sha256(canonical([self.part, self.object_id, shown])).hexdigest()


class Unsure(Refused):
    """A row is wrong unless a person says yes to ``answer`` (as ``Kind.answer`` takes it); ``label`` is what the button says."""

    def __init__(self, message: str, *, field: str, answer: str, label: str) -> None:
        super().__init__(message, field=field)
        self.answer, self.label = answer, label


PlanRow = Callable[[Row], Change]
Answer = Callable[[Scope, Row, str], None]
"""Take the answer that a person gave about a row, so that it and others like it are known"""
Gather = Callable[[Sequence[Row]], Row | None]
"""Rows of one key as one row under the number of the first; None where nothing tells them apart but that they come twice. Raises
Refused where they contradict each other. A single row goes through it too"""
Typical = Callable[[Scope], tuple[str, Sequence[int]]]
"""A field of money and the amounts that such things have, in fen, to hold a list against"""


@dataclass(frozen=True, slots=True)
class Kind:
    """Something that can be imported. ``right`` is the action it asks for; fields of ``key`` tell rows of a file apart: a second
    row with the same ones is refused. ``by_year``: it belongs to a fiscal year. ``note`` is said where a file is chosen."""

    name: str
    title: str
    right: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    plan: Callable[[Scope, Sequence[Row]], PlanRow]
    apply: Callable[[Scope, Sequence[Change]], Sequence[str]]
    by_year: bool = False
    one_of: tuple[tuple[str, ...], ...] = ()
    """Of each of these fields at least one needs a column"""
    note: str = ""
    keeps_file: bool = False
    """Whether the original is kept as evidence; lists of people are not"""
    gather: Gather | None = None
    """How rows of one key are put together; without it a second one is refused"""
    typical: Typical | None = None
    answer: Answer | None = None
    done_view: str = ""
    """The name of the page that shows what was imported"""
    personal: type[Restricted] | None = None
    """What the rows are about, where it is people: a row that shows what is known of one is a view of personal data"""

    def field(self, name: str) -> Field | None:
        """The field of that name."""
        return next((one for one in self.fields if one.name == name), None)


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known. Raises ValueError for a second one of the same name or a key without field."""
    if kind.name in _KINDS and _KINDS[kind.name] is not kind:
        raise ValueError(f"{kind.name}: two kinds of one name")
    if missing := [name for name in kind.key if kind.field(name) is None]:
        raise ValueError(f"{kind.name}: no fields {missing}")
    _KINDS[kind.name] = kind
    return kind


def kind_named(name: str) -> Kind:
    """Raises KeyError where there is none."""
    return _KINDS[name]


def get(name: str) -> Kind | None:
    """The kind of that name; None where it is no more offered."""
    return _KINDS.get(name)


def kinds_for(actor: Actor) -> list[Kind]:
    """What somebody may import."""
    return [kind for kind in _KINDS.values() if actor.may(kind.right)]
