"""Rights: given by the security administrator, for clerks by their unit, delegated for a time; never to oneself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from jixiao.web.accounts.actors import current_assignments, has_left
from jixiao.web.accounts.models import Assignment, AssignmentProject, User
from jixiao.web.accounts.roles import ADMINISTRATORS, ROLES, Role, role_of, span_of
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, NotAllowed, NotThere, Refused, service
from jixiao.web.kernel.reach import Span
from jixiao.web.organisations.models import Organisation, OrganisationKind

LONGEST_DELEGATION = timedelta(days=90)
_KINDS = OrganisationKind
_ANY = frozenset(_KINDS)
_PLACES: Mapping[Role, frozenset[OrganisationKind]] = {
    Role.CLERK: _ANY - {_KINDS.FINANCE_SECTION},
    Role.UNIT_HEAD: _ANY - {_KINDS.FINANCE_SECTION},
    Role.LEAD_REVIEWER: frozenset({_KINDS.LEAD_DEPARTMENT}),
    Role.PUBLISHER: frozenset({_KINDS.LEAD_DEPARTMENT}),
    Role.BUSINESS_SECTION: frozenset({_KINDS.FINANCE_SECTION}),
    Role.PERFORMANCE_SECTION: frozenset({_KINDS.FINANCE_BUREAU, _KINDS.FINANCE_SECTION}),
    Role.FINANCE_LEADER: frozenset({_KINDS.FINANCE_BUREAU}),
    Role.AUDITOR: _ANY,
}
"""Where a role can be held; roles that are not named need no organisation"""


@service("right.grant", "授权")
def grant(
    act: Act,
    *,
    user: int,
    role: str,
    organisation: int | None = None,
    since: date | None = None,
    until: date | None = None,
    projects: Collection[int] = (),
) -> Assignment:
    """A role in an organisation for a time, for experts and clerks narrowed to ``projects`` (ids). Raises NotAllowed for
    oneself, Refused where role and place do not fit, administrators would be mixed, or projects are not of the place."""
    return _give(act, user, role, organisation, since, until, projects)


@service("right.staff", "分派填报人")
def assign_clerk(
    act: Act, *, user: int, organisation: int, until: date | None = None, projects: Collection[int] = ()
) -> Assignment:
    """A clerk for a unit the actor is responsible for."""
    return _give(act, user, Role.CLERK.value, organisation, None, until, projects)


def _give(
    act: Act,
    user: int,
    role: str,
    organisation: int | None,
    since: date | None,
    until: date | None,
    projects: Collection[int],
) -> Assignment:
    person = act.get(User, user)
    if person.pk == act.actor.id:
        raise NotAllowed("不能给自己授权。请由另一位安全管理员办理")
    if has_left(person):
        raise Refused(f"{person.name}已离任，不能授权", field="user", status=422)
    try:
        wanted = role_of(role)
    except KeyError:
        raise Refused("没有这个角色，请从列表里选", field="role", status=422) from None
    place = act.get(Organisation, organisation, lock=False) if organisation is not None else None
    _fits(wanted, place, projects)
    _apart(person, wanted)
    today = clock.today()
    if until is not None and until < max(today, since or today):
        raise Refused("结束日期已经过去，或早于开始日期", field="until", status=422)
    for one in current_assignments(person):
        same = one.role == wanted.value and one.organisation_id == (place.pk if place else None)
        if same and one.delegated_from_id is None and not projects and not one.assignment_projects.exists():
            raise Refused(f"{person.name}已经是{place.name if place else ''}{wanted.label}", field="role")
    _there(projects, place)
    made = act.add(
        Assignment(user=person, role=wanted.value, organisation=place, since=since or today, until=until),
        note=f"给{person.name}授权：{place.name if place else ''}{wanted.label}",
        in_reach=False,
    )
    AssignmentProject.objects.bulk_create(
        [AssignmentProject(assignment=made, project_id=one) for one in dict.fromkeys(projects)]
    )
    if projects:
        act.record(made, {}, {"projects": sorted(projects)})
    return made


def _fits(role: Role, place: Organisation | None, projects: Collection[int]) -> None:
    places = _PLACES.get(role)
    if places is not None and place is None:
        raise Refused(f"{role.label}要选单位", field="organisation", status=422)
    if places is not None and place is not None and place.kind not in places:
        kinds = "、".join(one.label for one in OrganisationKind if one in places)
        raise Refused(f"{role.label}只能设在{kinds}，{place.name}不是", field="organisation", status=422)
    if place is not None and place.closed_on is not None:
        raise Refused(f"{place.name}已停用，请选现在在用的单位", field="organisation", status=422)
    assigned = Span.ASSIGNED in ROLES[role].values()
    if assigned and not projects:
        raise Refused(f"{role.label}只能看指定的项目，请至少指定一个项目", field="projects", status=422)
    if projects and not assigned and role is not Role.CLERK:
        raise Refused(f"{role.label}不按项目授权，请把项目空着", field="projects", status=422)


def _there(projects: Collection[int], place: Organisation | None) -> None:
    """Raises Refused for projects there are not, or, where the role is held in an organisation, that are not its own."""
    if not projects:
        return
    model: Any = AssignmentProject._meta.get_field("project").related_model
    rows = model.objects.unrestricted("whether projects are of a place").filter(pk__in=projects)
    if place is not None:
        rows = rows.filter(unit=place)
    if rows.count() != len(set(projects)):
        where = f"{place.name}的项目" if place is not None else "项目库里的项目"
        raise Refused(f"有的项目不是{where}，请核对", field="projects", status=422)


def _apart(person: User, role: Role) -> None:
    """Raises Refused where one person would be two administrators, or one and something else."""
    held = {role_of(one.role) for one in current_assignments(person)} - {role}
    mixed = held if role in ADMINISTRATORS else held & ADMINISTRATORS
    if mixed:
        names = "、".join(one.label for one in Role if one in mixed)
        raise Refused(
            f"{person.name}现在是{names}，不能再兼{role.label}：三员分立，管理员不兼别的角色。请先收回，或另选一人",
            field="role",
            status=422,
        )


@service("right.withdraw", "收回授权", right="right.grant")
def withdraw(act: Act, *, assignment: int) -> Assignment:
    """End an assignment today; what was delegated from it ends with it."""
    return _withdraw(act, act.get(Assignment, assignment))


@service("right.withdraw_clerk", "收回填报分派", right="right.staff")
def withdraw_clerk(act: Act, *, assignment: int) -> Assignment:
    """End the assignment of a clerk of a unit the actor is responsible for."""
    found = act.get(Assignment, assignment)
    if found.role != Role.CLERK.value:
        raise NotAllowed("本单位只能收回填报人的分派，别的角色请找安全管理员")
    return _withdraw(act, found)


def _withdraw(act: Act, found: Assignment) -> Assignment:
    if found.withdrawn_on is not None:
        raise Refused("这项授权已经收回了")
    if found.user_id == act.actor.id and role_of(found.role) in ADMINISTRATORS:
        raise NotAllowed("不能收回自己的管理员角色，请由另一位安全管理员办理")
    require_another(found)
    found.withdrawn_on = clock.today()
    return act.save(found, ["withdrawn_on"])


def require_another(found: Assignment) -> None:
    """Raises Refused where nobody else would hold a role without which the system cannot be run."""
    role = role_of(found.role)
    if role not in (Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN):
        return
    others = Assignment.objects.unrestricted("whether somebody else holds it").filter(role=role.value)
    for one in others.exclude(user=found.user_id).select_related("user"):
        if not has_left(one.user) and any(held.pk == one.pk for held in current_assignments(one.user)):
            return
    raise Refused(f"{found.user.name}是唯一的{role.label}，收回以后没有人能管。请先给另一个人授权")


@service("right.delegate", "委托代办")
def delegate(act: Act, *, assignment: int, to: int, until: date, since: date | None = None) -> Assignment:
    """Let somebody one may see stand in for an assignment of one's own until a day (which is still in it)."""
    mine = act.get(Assignment, assignment)
    if mine.user_id != act.actor.id:
        raise NotThere
    if mine.delegated_from_id is not None:
        raise Refused("这是别人委托给您的，不能再委托给第三个人")
    if span_of(role_of(mine.role), "right.delegate") is None:
        raise Refused(f"{role_of(mine.role).label}不能委托", field="assignment", status=422)
    person = act.get(User, to, right="person.view")
    today = clock.today()
    begin = since or today
    if person.pk == act.actor.id:
        raise Refused("不能委托给自己", field="to", status=422)
    if has_left(person):
        raise Refused(f"{person.name}已离任，请另选一人", field="to", status=422)
    if begin < today or until < begin:
        raise Refused("委托的日期不对：从今天或以后开始，到开始之后结束", field="until", status=422)
    if until - begin > LONGEST_DELEGATION:
        raise Refused("一次委托最长90天，更长请找安全管理员授权", field="until", status=422)
    _apart(person, role_of(mine.role))
    made = act.add(
        Assignment(
            user=person,
            role=mine.role,
            organisation=mine.organisation,
            since=begin,
            until=until,
            delegated_from=mine,
        ),
        note=f"{act.actor.name}委托{person.name}代办，{begin:%m-%d}至{until:%m-%d}",
        in_reach=False,
    )
    AssignmentProject.objects.bulk_create(
        [AssignmentProject(assignment=made, project_id=one.project_id) for one in mine.assignment_projects.all()]
    )
    return made


@service("right.end_delegation", "收回委托", right="right.delegate")
def end_delegation(act: Act, *, assignment: int) -> Assignment:
    """Take back what one delegated."""
    found = act.get(Assignment, assignment)
    if found.delegated_from is None or found.delegated_from.user_id != act.actor.id:
        raise NotThere
    found.withdrawn_on = clock.today()
    return act.save(found, ["withdrawn_on"])
