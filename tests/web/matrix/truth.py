"""Who may do what with an object that hangs at a place, worked out from the table of roles alone: nothing here asks a queryset."""

from __future__ import annotations

from dataclasses import dataclass

from jixiao.web.accounts.models import User
from jixiao.web.accounts.roles import Role, everybody, span_of
from jixiao.web.kernel.reach import Span
from jixiao.web.organisations.models import Organisation
from jixiao.web.projects.models import Project


@dataclass(frozen=True)
class Place:
    """Where an object hangs. ``system``: at nothing, so that only who reaches all reaches it."""

    unit: Organisation | None = None
    project: Project | None = None
    person: User | None = None
    region: int | None = None


ANYWHERE = Place()
"""Of a page that is about no object"""


@dataclass(frozen=True)
class Persona:
    """Somebody with one role at one place, perhaps narrowed to some projects."""

    name: str
    user: User
    role: Role
    place: Organisation | None
    projects: frozenset[int] = frozenset()
    looks_after: frozenset[int] = frozenset()
    """departments of a section"""

    def __str__(self) -> str:
        return self.name


def may(who: Persona, action: str | None) -> bool:
    """Whether they may do it with anything."""
    return action is None or everybody(action) is not None or span_of(who.role, action) is not None


def may_with(who: Persona, action: str, at: Place) -> bool:
    """Whether they may do it with an object at a place."""
    common = everybody(action)
    if common is Span.ALL:
        return True
    if common is Span.OWN:
        return at.person is not None and at.person.pk == who.user.pk
    span = span_of(who.role, action)
    if span is None:
        return False
    return span is Span.ALL or (who.place is not None and _near(who, span, at)) or _assigned(who, span, at)


def _assigned(who: Persona, span: Span, at: Place) -> bool:
    return span is Span.ASSIGNED and at.project is not None and at.project.pk in who.projects


def _near(who: Persona, span: Span, at: Place) -> bool:
    assert who.place is not None
    if span is Span.REGION:
        region = at.unit.region_id if at.unit is not None else at.region
        return region == who.place.region_id
    if at.unit is None:
        return False
    if span is Span.UNIT:
        if who.projects and at.project is not None:
            return at.project.pk in who.projects
        return at.unit.pk == who.place.pk
    if span is Span.DEPARTMENT:
        return at.unit.department_id == who.place.department_id
    return span is Span.SECTION and at.unit.department_id in who.looks_after
