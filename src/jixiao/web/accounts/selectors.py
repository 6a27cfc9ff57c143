"""What of people and their rights is shown to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q

from jixiao.web.accounts.actors import actor_for, current_assignments, has_left, running
from jixiao.web.accounts.models import Assignment, AssignmentProject, HandOver, User
from jixiao.web.accounts.roles import Role
from jixiao.web.accounts.services.leaving import in_hand
from jixiao.web.accounts.words import sentence, short, time_words
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotThere, Refused
from jixiao.web.kernel.door import RestrictedQuerySet
from jixiao.web.kernel.keyset import Rows, page_of
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.models import Organisation
from jixiao.web.site.navigation import NAVIGATION


def here() -> Q:
    """Who is here today."""
    return Q(is_active=True) & (Q(left_on__isnull=True) | Q(left_on__gt=clock.today()))


def holding(role: str) -> Q:
    """Who holds a role today."""
    held = Assignment.objects.unrestricted("who has a role, of people one may see").filter(running(clock.today()))
    return Q(pk__in=held.filter(role=role).values("user"))


@dataclass(frozen=True)
class Row:
    """A person in the list with the roles of today, in words."""

    person: User
    roles: Sequence[str]


def people(
    actor: Actor,
    *,
    words: str = "",
    organisation: int | None = None,
    role: str = "",
    left: bool = False,
    after: str = "",
) -> tuple[Sequence[Row], Rows[User]]:
    """People that somebody may see, by name; those who left only where asked for."""
    today = clock.today()
    rows = User.objects.restrict(actor, "person.view")
    rows = rows.exclude(here()) if left else rows.filter(here())
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(username__icontains=words))
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    held = Assignment.objects.unrestricted("roles of people one may see").filter(running(today))
    if role:
        rows = rows.filter(holding(role))
    links = Prefetch("assignment_projects", AssignmentProject.objects.select_related("project"))
    held = held.select_related("organisation", "delegated_from__user").prefetch_related(links)
    ordered = rows.select_related("organisation").prefetch_related(Prefetch("assignments", held))
    found = page_of(ordered, ["name"], after)
    return [Row(one, [short(each) for each in one.assignments.all()]) for one in found.rows], found


def never_signed_in(actor: Actor, organisation: int | None = None) -> RestrictedQuerySet[User]:
    """People the actor manages who never signed in: they still need a first password."""
    rows = User.objects.restrict(actor, "person.edit").filter(last_login__isnull=True, is_active=True)
    rows = rows.filter(left_on__isnull=True).exclude(pk=actor.id).select_related("organisation")
    found: RestrictedQuerySet[User] = rows.filter(organisation=organisation) if organisation is not None else rows
    return found


@dataclass(frozen=True)
class Held:
    """An assignment in words, with whether the one who looks may take it back."""

    assignment: Assignment
    words: str
    time: str
    may_withdraw: bool


@dataclass(frozen=True)
class Person:
    """A person as the page shows them."""

    person: User
    sentence: str
    held: Sequence[Held]
    former: Sequence[Held]
    pages: Sequence[str]
    in_hand: Sequence[tuple[str, int]]
    taken: Sequence[HandOver]
    has_left: bool
    may_edit: bool


def person(actor: Actor, key: int) -> Person:
    """One person with their rights in words. Raises NotThere."""
    found = User.objects.restrict(actor, "person.view").select_related("organisation").filter(pk=key).first()
    if found is None:
        raise NotThere
    links = Prefetch("assignment_projects", AssignmentProject.objects.select_related("project"))
    now = [] if has_left(found) else current_assignments(found)
    every = Assignment.objects.unrestricted("roles of a person one may see").filter(user=found)
    every = every.select_related("organisation", "delegated_from__user").prefetch_related(links).order_by("-pk")
    holds = {one.pk for one in now}
    mine = set()
    for right in ("right.grant", "right.staff"):
        rows = Assignment.objects.restrict(actor, right).filter(user=found)
        rows = rows.filter(role=Role.CLERK.value) if right == "right.staff" else rows
        mine |= set(rows.values_list("pk", flat=True)) if actor.may(right) else set()
    shown = [Held(one, short(one), time_words(one), one.pk in mine) for one in every]
    return Person(
        found,
        f"{found.name}已离任，不能登录" if has_left(found) else sentence(found.name, now),
        [one for one in shown if one.assignment.pk in holds],
        [one for one in shown if one.assignment.pk not in holds],
        pages_for(actor_for(found)),
        [] if has_left(found) else in_hand(found),
        list(HandOver.objects.unrestricted("what a person one may see took over").filter(successor=found)[:20]),
        has_left(found),
        User.objects.restrict(actor, "person.edit").filter(pk=key).exists() if actor.may("person.edit") else False,
    )


def pages_for(actor: Actor) -> list[str]:
    """What of the menu somebody can open, as the menu calls it, but for what everybody can."""
    return [one.title for one in NAVIGATION if one.right is not None and actor.may(one.right)]


def colleagues(actor: Actor, right: str, *, without: Sequence[int] = ()) -> list[tuple[int, str]]:
    """People to choose from: those who are here."""
    today = clock.today()
    rows = User.objects.restrict(actor, right).filter(is_active=True).exclude(pk__in=without)
    rows = rows.filter(Q(left_on__isnull=True) | Q(left_on__gt=today)).select_related("organisation")
    return [
        (one.pk, f"{one.name}（{one.organisation.name if one.organisation else one.username}）")
        for one in rows.order_by("name", "pk")[:500]
    ]


def own_assignments(actor: Actor) -> list[Assignment]:
    """What the actor holds themselves and may delegate."""
    rows = Assignment.objects.restrict(actor, "right.delegate") if actor.may("right.delegate") else None
    if rows is None:
        return []
    return list(
        rows.filter(running(clock.today()), user=actor.id, delegated_from__isnull=True).select_related("organisation")
    )


def delegations_of(actor: Actor) -> list[Assignment]:
    """What the actor delegated to others and still runs."""
    rows = Assignment.objects.unrestricted("what somebody delegated").filter(
        Q(until__isnull=True) | Q(until__gte=clock.today()),
        delegated_from__user=actor.id,
        withdrawn_on__isnull=True,
    )
    return list(rows.select_related("user", "organisation", "delegated_from__user"))


def hand_overs_to(actor: Actor) -> list[HandOver]:
    """What others left to the actor in the last half year."""
    rows = HandOver.objects.unrestricted("what was handed to somebody").filter(successor=actor.id)
    return list(rows.select_related("leaver").order_by("-pk")[:5])


def projects_named(lines: str, organisation: Organisation | None) -> list[int]:
    """Ids of the projects that lines name, each by its whole name or code. Raises Refused for a line that names none, or
    more than one."""
    model: Any = AssignmentProject._meta.get_field("project").related_model
    rows = model.objects.unrestricted("projects named by whoever gives a right").filter(closed_on__isnull=True)
    if organisation is not None:
        rows = rows.filter(unit=organisation)
    found: list[int] = []
    for text in (one.strip() for one in lines.splitlines()):
        if not text:
            continue
        keys = set(rows.filter(Q(name=text) | Q(years__code=text)).values_list("pk", flat=True))
        if len(keys) != 1:
            why = "没有叫这个名称或编码的项目" if not keys else f"有{len(keys)}个，请写项目编码"
            raise Refused(f"“{text}”：{why}", field="projects", status=422)
        found += keys
    return found
