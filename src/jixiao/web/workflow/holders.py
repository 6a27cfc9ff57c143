"""Who may decide on a sheet at a step: people whose role of today carries the right over its unit or project.

The other direction of ``accounts.actors``: there a person's reach is computed, here the people of a right.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from jixiao.web.accounts.actors import has_left, running
from jixiao.web.accounts.models import Assignment, User
from jixiao.web.accounts.roles import Role, role_of, span_of
from jixiao.web.goals.models import Sheet
from jixiao.web.kernel import clock
from jixiao.web.kernel.reach import Span
from jixiao.web.organisations.models import Organisation, Responsibility


@dataclass
class Holders:
    """Answers for many sheets; asks the database once a right."""

    _known: dict[str, list[Assignment]] = field(default_factory=dict)
    _looked_after: dict[int, frozenset[int]] | None = None

    def of(self, right: str, sheet: Sheet) -> list[User]:
        """Those who may, each once, by name; ``sheet.unit`` is used."""
        found = {one.user.pk: one.user for one in self._assignments(right) if self._covers(one, right, sheet)}
        return sorted(found.values(), key=lambda user: (user.name, user.pk))

    def of_unit(self, right: str, unit: Organisation, roles: Collection[Role] = ()) -> list[User]:
        """Those who may for something of a unit, by name; with ``roles`` only those who hold one of them."""
        about = Sheet(unit=unit)
        rows = [one for one in self._assignments(right) if not roles or role_of(one.role) in roles]
        found = {one.user.pk: one.user for one in rows if self._covers(one, right, about)}
        return sorted(found.values(), key=lambda user: (user.name, user.pk))

    def _assignments(self, right: str) -> list[Assignment]:
        if right not in self._known:
            roles = [role.value for role in Role if span_of(role, right) is not None]
            rows = Assignment.objects.unrestricted("who may decide").filter(
                running(clock.today()), role__in=roles, user__is_active=True
            )
            rows = rows.select_related("user", "organisation", "delegated_from__user")
            self._known[right] = [one for one in rows.prefetch_related("assignment_projects") if _stands(one)]
        return self._known[right]

    def _covers(self, one: Assignment, right: str, sheet: Sheet) -> bool:
        span, place, unit = span_of(role_of(one.role), right), one.organisation, sheet.unit
        if span is Span.ALL:
            return True
        if place is None or span is None:
            return False
        if span is Span.REGION:
            return place.region_id == unit.region_id
        if span is Span.SECTION:
            return unit.department_id in self._sections().get(place.pk, frozenset())
        if span is Span.DEPARTMENT:
            return place.pk == unit.pk or (
                place.department_id is not None and place.department_id == unit.department_id
            )
        projects = {link.project_id for link in one.assignment_projects.all()}
        return place.pk == unit.pk and (not projects or sheet.project_id is None or sheet.project_id in projects)

    def _sections(self) -> dict[int, frozenset[int]]:
        if self._looked_after is None:
            today = clock.today()
            rows = Responsibility.objects.unrestricted("what sections look after").filter(
                Q(since__isnull=True) | Q(since__lte=today), Q(until__isnull=True) | Q(until__gt=today)
            )
            found: dict[int, set[int]] = {}
            for section, department in rows.values_list("section_id", "department_id"):
                found.setdefault(section, set()).add(department)
            self._looked_after = {section: frozenset(some) for section, some in found.items()}
        return self._looked_after


def _stands(one: Assignment) -> bool:
    today = clock.today()
    if has_left(one.user, today):
        return False
    other = one.delegated_from
    if other is None:
        return True
    held = Assignment.objects.unrestricted("whether it still holds").filter(running(today), pk=other.pk)
    return held.exists() and not has_left(other.user, today)


def names(people: Iterable[User], most: int = 3) -> str:
    """People in a sentence: 张敏、李强等5人."""
    found = [one.name for one in people]
    return "、".join(found[:most]) + (f"等{len(found)}人" if len(found) > most else "")
