"""A person as an actor: what their assignments of today let them do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from jixiao.web.accounts.models import Assignment, User
from jixiao.web.accounts.roles import everybody, role_of, span_of
from jixiao.web.kernel import clock
from jixiao.web.kernel.people import Actor, StandIn
from jixiao.web.kernel.reach import Reach, Span
from jixiao.web.organisations.lineage import left_to
from jixiao.web.organisations.models import Organisation, Responsibility


def has_left(user: User, today: date | None = None) -> bool:
    """Whether somebody is no longer here: they left, or their account was closed."""
    return not user.is_active or (user.left_on is not None and user.left_on <= (today or clock.today()))


def running(today: date) -> Q:
    """Assignments that hold on a day by their own dates."""
    return (
        (Q(since__isnull=True) | Q(since__lte=today))
        & (Q(until__isnull=True) | Q(until__gte=today))
        & (Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=today))
    )


def current_assignments(user: User) -> list[Assignment]:
    """What they hold today, their own and what others delegated to them; what is delegated ends with what it stands in for."""
    today = clock.today()
    rows = Assignment.objects.unrestricted("what somebody may do").filter(running(today), user=user)
    found = rows.select_related("organisation", "delegated_from__user").prefetch_related("assignment_projects")
    return [one for one in found if one.delegated_from is None or _holds(one.delegated_from, today)]


def _holds(one: Assignment, today: date) -> bool:
    return (
        (one.since is None or one.since <= today)
        and (one.until is None or one.until >= today)
        and (one.withdrawn_on is None or one.withdrawn_on > today)
        and not has_left(one.user, today)
    )


def actor_for(user: User, *, request_id: str = "", scopes: frozenset[str] | None = None, address: str = "") -> Actor:
    """The person as an actor; assignments are read once, when the first right is asked for."""
    held: Held | None = None

    def now_held() -> Held:
        nonlocal held
        if held is None:
            held = Held(user, [] if has_left(user) else current_assignments(user))
        return held

    def reaches(action: str) -> Reach:
        return Reach() if has_left(user) else now_held().reach(action)

    def stands_in(action: str) -> StandIn:
        return now_held().stands_in(action)

    organisation: Organisation | None = user.organisation
    return Actor(
        user.pk,
        user.name,
        reaches,
        request_id=request_id,
        department=organisation.department_id if organisation else None,
        organisation=organisation.pk if organisation else None,
        scopes=scopes,
        address=address,
        stands_in=stands_in,
        unit=organisation.name if organisation else "",
        delegated=lambda: "" if has_left(user) else now_held().delegations(),
    )


def reach_of(user: User, held: Sequence[Assignment], action: str) -> Reach:
    """How far an action goes by these assignments."""
    return Held(user, held).reach(action)


@dataclass
class Held:
    """Assignments that somebody holds, and what predecessors of their organisations left."""

    user: User
    assignments: Sequence[Assignment]
    _left: dict[tuple[tuple[int, ...], frozenset[int]], Reach] = field(default_factory=dict)

    def reach(self, action: str, *, delegated: bool = True) -> Reach:
        """How far an action goes; with ``delegated`` False by what is their own only."""
        found = Reach()
        common = everybody(action)
        if common is not None:
            found = Reach(everything=common is Span.ALL, person=self.user.pk)
        for one in self.assignments:
            span = span_of(role_of(one.role), action)
            if span is not None and (delegated or one.delegated_from is None):
                found |= self._reach(one, span)
        return found

    def stands_in(self, action: str) -> StandIn:
        """Their own reach and whom they stand in for."""
        names = [
            one.delegated_from.user.name
            for one in self.assignments
            if one.delegated_from is not None and span_of(role_of(one.role), action) is not None
        ]
        words = f"代{'、'.join(dict.fromkeys(names))}" if names else ""
        return StandIn(self.reach(action, delegated=False), words)

    def delegations(self) -> str:
        """For whom they stand in and until when, in words for them."""
        parts = [
            f"代{one.delegated_from.user.name}（{role_of(one.role).label}）"
            + (f"，至{one.until:%m-%d}" if one.until else "")
            for one in self.assignments
            if one.delegated_from is not None
        ]
        return f"您正{'；'.join(parts)}" if parts else ""

    def _reach(self, one: Assignment, span: Span) -> Reach:
        place = one.organisation
        if span is Span.ALL:
            return Reach(everything=True)
        if span is Span.OWN:
            return Reach(person=self.user.pk)
        if span is Span.ASSIGNED:
            return Reach(projects=_projects(one))
        if place is None:
            return Reach()
        if span is Span.REGION:
            return Reach(regions=frozenset({place.region_id}))
        if span is Span.SECTION:
            departments = _looked_after(place)
            return Reach(departments=departments) | self._inherited((), departments)
        if span is Span.UNIT:
            projects = _projects(one)
            if projects:
                return Reach(within=((place.pk, projects),))
            return Reach(units=frozenset({place.pk})) | self._inherited((place.pk,), frozenset())
        departments = frozenset({place.department_id} if place.department_id else ())
        return Reach(units=frozenset({place.pk}), departments=departments) | self._inherited((place.pk,), departments)

    def _inherited(self, units: tuple[int, ...], departments: frozenset[int]) -> Reach:
        key = (units, departments)
        if key not in self._left:
            left = left_to(units, departments)
            self._left[key] = Reach(
                units=left.organisations,
                departments=left.organisations if departments else frozenset(),
                projects=left.projects,
            )
        return self._left[key]


def _projects(one: Assignment) -> frozenset[int]:
    return frozenset(link.project_id for link in one.assignment_projects.all())


def _looked_after(section: Organisation) -> frozenset[int]:
    today = clock.today()
    rows = Responsibility.objects.unrestricted("what a section looks after").filter(
        Q(since__isnull=True) | Q(since__lte=today), Q(until__isnull=True) | Q(until__gt=today), section=section
    )
    return frozenset(rows.values_list("department_id", flat=True))
