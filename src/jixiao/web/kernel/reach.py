"""How far a right goes: a role's action, in an organisation, over some of the data 「数据范围」.

A reach is a value: what somebody holds at this moment, computed once for a request from their assignments. A model says
on which paths it hangs on organisations, projects and people (``Paths``); ``condition`` turns both into one filter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Q


class Span(StrEnum):
    """Over which data an action of a role goes."""

    OWN = "own"
    """What is the person's own 「本人」"""
    UNIT = "unit"
    """The organisation of the assignment 「本单位」"""
    DEPARTMENT = "department"
    """The lead department with all its units 「本部门及所属单位」"""
    SECTION = "section"
    """The departments that a section of the finance bureau looks after 「归口部门」"""
    REGION = "region"
    """All of the region 「本级」"""
    ASSIGNED = "assigned"
    """The projects named in the assignment 「指定项目」"""
    ALL = "all"
    """Everything in this installation 「全部」"""


@dataclass(frozen=True, slots=True)
class Paths:
    """Where a model hangs: lookups from it to an organisation, a project, a person, a region (for what belongs to the region
    itself, as its fiscal years do); None where it has no such path.

    ``shared``: rows that everybody signed in may see as far as they have the action at all (official forms).
    """

    organisation: str | None = None
    project: str | None = None
    person: str | None = None
    region: str | None = None
    shared: bool = False


def _join(path: str, name: str) -> str:
    return f"{path}__{name}" if path else name


@dataclass(frozen=True, slots=True)
class Reach:
    """What an action may touch at this moment: ids of organisations by how far they carry, of projects, of the person."""

    everything: bool = False
    units: frozenset[int] = frozenset()
    departments: frozenset[int] = frozenset()
    regions: frozenset[int] = frozenset()
    projects: frozenset[int] = frozenset()
    within: tuple[tuple[int, frozenset[int]], ...] = field(default=())
    """(unit, projects): of that unit only these projects; what belongs to no project as for the whole unit"""
    person: int | None = None

    @property
    def is_empty(self) -> bool:
        return self == Reach()

    def __or__(self, other: Reach) -> Reach:
        return Reach(
            self.everything or other.everything,
            self.units | other.units,
            self.departments | other.departments,
            self.regions | other.regions,
            self.projects | other.projects,
            self.within + other.within,
            self.person if self.person is not None else other.person,
        )

    def condition(self, paths: Paths) -> Q | None:
        """The filter for a model; None where nothing of it is in reach."""
        if self.everything or (paths.shared and not self.is_empty):
            return Q()
        found = [] if paths.organisation is None else self._of_organisations(paths, paths.organisation)
        if paths.project is not None:
            if self.projects:
                found.append(Q(**{f"{_join(paths.project, 'pk')}__in": self.projects}))
            found += [Q(**{f"{_join(paths.project, 'pk')}__in": projects}) for _, projects in self.within]
        if paths.region is not None and self.regions:
            found.append(Q(**{f"{_join(paths.region, 'pk')}__in": self.regions}))
        if paths.person is not None and self.person is not None:
            found.append(Q(**{_join(paths.person, "pk"): self.person}))
        if not found:
            return None
        whole = found[0]
        for one in found[1:]:
            whole |= one
        return whole

    def _of_organisations(self, paths: Paths, place: str) -> list[Q]:
        """Conditions on where the organisation of a model lies."""
        narrowed = frozenset(unit for unit, _ in self.within)
        units = self.units if paths.project is not None else self.units | narrowed
        found = []
        if units:
            found.append(Q(**{f"{_join(place, 'pk')}__in": units}))
        if narrowed and paths.project:
            found.append(Q(**{f"{_join(place, 'pk')}__in": narrowed, f"{paths.project}__isnull": True}))
        if self.departments:
            found.append(Q(**{f"{_join(place, 'department_id')}__in": self.departments}))
        if self.regions:
            found.append(Q(**{f"{_join(place, 'region_id')}__in": self.regions}))
        return found
