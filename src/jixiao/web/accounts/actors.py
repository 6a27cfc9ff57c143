"""A person as an actor: what their assignments of today let them do."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from jixiao.web.accounts.models import Assignment, User
from jixiao.web.accounts.roles import everybody, role_of, span_of
from jixiao.web.kernel import clock
from jixiao.web.kernel.people import Actor
from jixiao.web.kernel.reach import Reach, Span
from jixiao.web.organisations.models import Organisation, Responsibility


def current_assignments(user: User) -> list[Assignment]:
    """What they hold today, their own and what others delegated to them."""
    today = clock.today()
    rows = Assignment.objects.unrestricted("what somebody may do").filter(
        Q(since__isnull=True) | Q(since__lte=today),
        Q(until__isnull=True) | Q(until__gte=today),
        user=user,
        withdrawn_on__isnull=True,
    )
    return list(rows.select_related("organisation", "delegated_from").prefetch_related("assignment_projects"))


def actor_for(user: User, *, request_id: str = "", scopes: frozenset[str] | None = None, address: str = "") -> Actor:
    """The person as an actor; assignments are read once, when the first right is asked for."""
    held: list[Assignment] | None = None

    def reaches(action: str) -> Reach:
        nonlocal held
        if not user.is_active:
            return Reach()
        if held is None:
            held = current_assignments(user)
        return reach_of(user, held, action)

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
    )


def reach_of(user: User, held: Sequence[Assignment], action: str) -> Reach:
    """How far an action goes by these assignments."""
    found = Reach()
    common = everybody(action)
    if common is not None:
        found = Reach(everything=common is Span.ALL, person=user.pk)
    for one in held:
        span = span_of(role_of(one.role), action)
        if span is not None:
            found |= _reach(one, span, user)
    return found


def _reach(one: Assignment, span: Span, user: User) -> Reach:
    place = one.organisation
    projects = frozenset(link.project_id for link in one.assignment_projects.all())
    if span is Span.ALL:
        return Reach(everything=True)
    if span is Span.OWN:
        return Reach(person=user.pk)
    if span is Span.ASSIGNED:
        return Reach(projects=projects)
    if place is None:
        return Reach()
    if span is Span.UNIT and projects:
        return Reach(within=((place.pk, projects),))
    if span is Span.UNIT:
        return Reach(units=frozenset({place.pk}))
    if span is Span.DEPARTMENT:
        return Reach(
            units=frozenset({place.pk}), departments=frozenset({place.department_id} if place.department_id else ())
        )
    if span is Span.SECTION:
        return Reach(departments=_looked_after(place))
    return Reach(regions=frozenset({place.region_id}))


def _looked_after(section: Organisation) -> frozenset[int]:
    today = clock.today()
    rows = Responsibility.objects.unrestricted("what a section looks after").filter(
        Q(since__isnull=True) | Q(since__lte=today), Q(until__isnull=True) | Q(until__gt=today), section=section
    )
    return frozenset(rows.values_list("department_id", flat=True))
