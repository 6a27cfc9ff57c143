"""One door to write 「业务操作」: a service is a function that changes things for somebody, in one transaction.

``@service`` opens the transaction and hands the function an ``Act``. Objects are fetched through it (which asks for the right),
changed through it (which notes before and after), and checked again when the function ends: what fell out of the person's
reach is rolled back. Then the audit entries are written, chain heads locked last. A service that changes without an entry
is a bug and raises. Services call one another: what happens inside joins the outermost transaction.

No reading of files, reviewing or rendering inside: do that before, and pass values in.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import models, transaction

from jixiao.web.kernel.door import Restricted, RestrictedQuerySet, open_door
from jixiao.web.kernel.people import Actor
from jixiao.web.kernel.snapshots import Snapshot, difference, snapshot

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=Restricted)


class Refused(Exception):  # noqa: N818 - not an error of the program
    """What was asked for is not possible, in words for the person: what, where, why, what to do.

    ``field`` names the input it is about; ``status`` is that of the answer over HTTP.
    """

    status = 409

    def __init__(self, message: str, *, field: str = "", status: int | None = None) -> None:
        super().__init__(message)
        self.message, self.field = message, field
        if status is not None:
            self.status = status


class NotAllowed(Refused):
    """The person has not the right; the message names who has."""

    status = 403


class NotThere(Refused):
    """There is no such thing, or the person may not know of it."""

    status = 404

    def __init__(self, message: str = "没有这一项，或者您无权查看") -> None:
        super().__init__(message)


class Stale(Refused):
    """Somebody else changed it since."""

    status = 409


@dataclass(frozen=True)
class Entry:
    """What is written to the audit log of one change; ``chain`` is the id of the department, 0 for the whole system."""

    action: str
    chain: int
    kind: str
    object_id: str
    label: str
    before: Snapshot
    after: Snapshot
    note: str = ""
    behalf: str = ""
    """For whom it was done 「代李局长」, where only what was delegated to them allowed it"""


@dataclass(frozen=True)
class Service:
    """A registered service: its code, what people call it, the right it asks for."""

    code: str
    title: str
    right: str
    function: Callable[..., Any]


SERVICES: dict[str, Service] = {}
"""All services by code; a test walks them"""


Guard = Callable[["Act", Restricted], None]
_GUARDS: list[Guard] = []


def guard_with(guard: Guard) -> Guard:
    """Have every object looked at before it is added, changed or deleted; the guard raises Refused where that may not be."""
    if guard not in _GUARDS:
        _GUARDS.append(guard)
    return guard


@dataclass
class Act:
    """One service at work."""

    actor: Actor
    code: str
    right: str
    entries: list[Entry] = field(default_factory=list)
    known: dict[Any, Any] = field(default_factory=dict)
    """What guards looked up already"""
    _touched: dict[tuple[type[Restricted], Any], str] = field(default_factory=dict)

    def all(self, model: type[M], right: str | None = None) -> RestrictedQuerySet[M]:
        """The rows that the actor may do ``right`` (the service's own, if none is given) with."""
        found: RestrictedQuerySet[M] = model.objects.restrict(self.actor, right or self.right)
        return found

    def get(self, model: type[M], key: Any, right: str | None = None, *, lock: bool = True, **where: Any) -> M:
        """One object the actor may do this with, locked until the end. Raises NotThere."""
        rows = self.all(model, right)
        rows = rows.select_for_update(of=("self",)) if lock else rows
        try:
            return rows.get(pk=key, **where)
        except (model.DoesNotExist, ValueError, TypeError, ValidationError):
            raise NotThere from None

    def add(self, made: M, *, note: str = "", right: str | None = None, in_reach: bool = True) -> M:
        """Store a new object. ``in_reach`` False: somebody may make it without seeing it afterwards."""
        self._guarded(made)
        _clean(made)
        made.save(force_insert=True)
        self.record(made, {}, snapshot(made), note=note)
        if in_reach:
            self._touched[type(made), made.pk] = right or self.right
        return made

    def save(self, changed: M, fields: Iterable[str] | None = None, *, note: str = "", right: str | None = None) -> M:
        """Store the change of ``fields`` (those that differ, if none are named); nothing where none differ."""
        stored = type(changed)._base_manager.get(pk=changed.pk)
        before, after = difference(snapshot(stored), snapshot(changed))
        wanted = set(fields) if fields is not None else None
        names = [name for name in after if wanted is None or name in wanted]
        if not names:
            return changed
        self._guarded(stored)
        self._guarded(changed)
        _clean(changed)
        changed.save(update_fields=names)
        self.record(changed, {n: before[n] for n in names}, {n: after[n] for n in names}, note=note)
        self._touched[type(changed), changed.pk] = right or self.right
        return changed

    def delete(self, gone: Restricted, *, note: str = "") -> None:
        """Take an object away that nobody needs to find again; what has history is voided instead."""
        self._guarded(gone)
        self.record(gone, snapshot(gone), {}, note=note)
        self._touched.pop((type(gone), gone.pk), None)
        with open_door("deleting"):
            gone.delete()

    def give(self, model: type[M], keys: Collection[Any], **fields: Any) -> None:
        """Change many rows at once in one statement, each looked at by the guards first; ``record`` says what was done."""
        rows = model.objects.unrestricted("many rows at once").filter(pk__in=keys)
        paths = {path.rsplit("__", 1)[0] for path in model.fiscal or () if "__" in path}
        for one in rows.select_related(*paths) if paths else rows:
            self._guarded(one)
        rows.update(**fields)

    def _guarded(self, thing: Restricted) -> None:
        for guard in _GUARDS:
            guard(self, thing)

    def record(
        self, about: Restricted, before: Snapshot, after: Snapshot, *, note: str = "", action: str | None = None
    ) -> None:
        """An audit entry of a change that was made otherwise (many rows at once: one entry with their digest)."""
        self.entries.append(
            Entry(
                action or self.code,
                chain_of(about),
                kind_of(type(about)),
                str(about.pk),
                about.label,
                before,
                after,
                note,
            )
        )

    def note(self, kind: str, object_id: str, label: str, facts: Snapshot, *, note: str = "", chain: int = 0) -> None:
        """An audit entry of what has no object behind the door: a root, an export, a check."""
        self.entries.append(Entry(self.code, chain, kind, object_id, label, {}, facts, note))

    def settle(self) -> None:
        """Look again at what was changed, and say for whom it was done."""
        self.check_again()
        behalf = self._behalf()
        if behalf:
            self.entries = [one if one.behalf else replace(one, behalf=behalf) for one in self.entries]

    def _behalf(self) -> str:
        if self.actor.stands_in is None:
            return ""
        found = self.actor.stands_in(self.right)
        if not found.words or (not self._touched and not found.own.is_empty):
            return ""
        for model, key in self._touched:
            condition = found.own.condition(model.paths)
            if condition is None or not model._base_manager.filter(condition, pk=key).exists():
                return found.words
        return "" if self._touched else found.words

    def check_again(self) -> None:
        """Raises NotAllowed where a changed object lies outside what the actor may do."""
        for (model, key), right in self._touched.items():
            if not model.objects.restrict(self.actor, right).filter(pk=key).exists():
                raise NotAllowed("改完以后这一项就不归您管了，所以没有保存。请由主管部门或财政部门办理")


_CURRENT: ContextVar[Act | None] = ContextVar("jixiao_act", default=None)


def service(
    code: str, title: str, *, right: str | None = None
) -> Callable[[Callable[Concatenate[Act, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Register a service. ``right`` is the action it asks for, ``code`` itself if none is given."""

    def register(function: Callable[Concatenate[Act, P], R]) -> Callable[Concatenate[Actor, P], R]:
        if code in SERVICES:
            raise ValueError(f"{code}: two services of one code")

        @functools.wraps(function)
        def run(actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
            outer = _CURRENT.get()
            if not actor.covers(right or code):
                raise NotAllowed(
                    f"这个令牌的范围不包括“{title}”（{right or code}）。请在网页的“我的令牌”里新建一个，勾上它"
                )
            if not actor.may(right or code):
                raise NotAllowed(f"您没有“{title}”的权限。需要时请找本单位管理员或财政部门的安全管理员")
            act = Act(actor, code, right or code)
            with transaction.atomic():
                token = _CURRENT.set(act)
                try:
                    result = function(act, *args, **kwargs)
                finally:
                    _CURRENT.reset(token)
                act.settle()
                if outer is not None:
                    outer.entries += act.entries
                else:
                    _write(actor, act.entries)
            return result

        SERVICES[code] = Service(code, title, right or code, run)
        return cast("Callable[Concatenate[Actor, P], R]", run)

    return register


class UnrecordedActError(RuntimeError):
    """A bug: a chain was written without a service, or a service changed rows without an entry."""


Log = Callable[[Actor, Sequence[Entry]], None]
_LOG: list[Log] = []


def log_with(log: Log) -> None:
    """Where audit entries go; the app of the audit log says so when it starts."""
    _LOG[:] = [log]


def viewed(
    actor: Actor, about: Restricted | Sequence[Restricted], what: str, *, action: str = "personal.viewed"
) -> None:
    """Note that somebody saw personal data 「查看个人信息」, or with another ``action`` took something out: ``what`` in words.

    Called by whoever shows it, after the right was asked for. Many things of one model become an entry a department, with their keys.
    """
    things = [about] if isinstance(about, Restricted) else list(about)
    chains: dict[int, list[Restricted]] = {}
    for one in things:
        chains.setdefault(chain_of(one), []).append(one)
    entries = []
    for chain, some in sorted(chains.items()):
        kind = kind_of(type(some[0]))
        if len(some) == 1:
            entries.append(Entry(action, chain, kind, str(some[0].pk), some[0].label, {}, {}, what))
        else:
            keys = [one.pk for one in some]
            entries.append(Entry(action, chain, kind, "", f"{some[0].label}等{len(some)}项", {}, {"keys": keys}, what))
    outer = _CURRENT.get()
    if outer is not None:
        outer.entries += entries
    elif entries:
        with transaction.atomic():
            _write(actor, entries)


def _write(actor: Actor, entries: Sequence[Entry]) -> None:
    if not entries:
        return
    (log,) = _LOG  # without a log nothing is changed
    log(actor, entries)


def chain_of(about: Restricted) -> int:
    """The audit chain an object belongs to: its department's; 0 where it has none."""
    path = about.paths.organisation
    found: Any = about
    if path is None:
        path = about.paths.project and f"{about.paths.project}__unit"
    if path is None:
        return 0
    for name in path.split("__") if path else ():
        found = getattr(found, name, None)
        if found is None:
            return 0
    return int(getattr(found, "department_id", None) or 0)


def kind_of(model: type[models.Model]) -> str:
    """How audit entries name a model: ``projects.project``."""
    return str(model._meta.label_lower)


def _clean(thing: models.Model) -> None:
    """Raises Refused with the first thing that is wrong, naming the field."""
    try:
        with open_door("uniqueness"):
            thing.full_clean()
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        label = "" if name == "__all__" else str(getattr(thing._meta.get_field(name), "verbose_name", name))
        raise Refused(
            f"{label}：{messages[0]}" if label else messages[0], field="" if name == "__all__" else name, status=422
        ) from error


def expect_version(found: models.Model, version: int | None, who: str = "") -> None:
    """Raises Stale where an object is no longer the version that somebody looked at."""
    if version is not None and getattr(found, "version", version) != version:
        raise Stale(f"{who or '别人'}刚改过这一项，您看到的是旧的。请刷新后再办")
