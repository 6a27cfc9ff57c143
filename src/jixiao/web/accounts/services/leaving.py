"""离任: what somebody has in hand goes to a successor; they sign in no more, their name stays on what they did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from jixiao.web.accounts.actors import current_assignments, has_left
from jixiao.web.accounts.models import ApiToken, Assignment, AssignmentProject, HandOver, User
from jixiao.web.accounts.roles import ADMINISTRATORS, Role, role_of
from jixiao.web.accounts.services.people import FirstPassword, first_password, managed
from jixiao.web.accounts.services.rights import require_another
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, NotAllowed, Refused, service

InHand = Callable[[User], Sequence[tuple[str, int]]]
_IN_HAND: list[InHand] = []


def held_by_people(function: InHand) -> InHand:
    """Register what of an app somebody may have in hand: lines of words and a number, empty where there is nothing."""
    if function not in _IN_HAND:
        _IN_HAND.append(function)
    return function


def in_hand(user: User) -> list[tuple[str, int]]:
    """What somebody would have to hand over: what apps say, and their roles, each with the projects it is narrowed to."""
    lines: list[tuple[str, int]] = []
    for one in _handed_over(user):
        count = one.assignment_projects.count()
        place = one.organisation.name if one.organisation else ""
        words = f"{place}{role_of(one.role).label}"
        lines.append((f"{words}的项目", count) if count else (f"{words}的职责", 1))
    for function in _IN_HAND:
        lines += [line for line in function(user) if line[1]]
    return lines


def _handed_over(user: User) -> list[Assignment]:
    held = current_assignments(user)
    return [one for one in held if one.delegated_from_id is None and role_of(one.role) not in ADMINISTRATORS]


@service("person.leave", "离任交接", right="person.edit")
def leave(act: Act, *, user: int, on: date, successor: int | None = None) -> User:
    """From a day on somebody is no longer here; what they have in hand goes to ``successor`` now.

    The successor becomes clerk where the leaver was one; other roles only where the actor may give rights. Raises Refused
    without a successor where there is something in hand."""
    found = managed(act, user)
    if has_left(found):
        raise Refused(f"{found.name}已经离任了")
    if found.pk == act.actor.id:
        raise NotAllowed("自己的离任请由单位负责人、主管部门或安全管理员办理")
    if on < clock.today():
        raise Refused("离任日期不能早于今天", field="on", status=422)
    for one in current_assignments(found):
        require_another(one)
    lines = in_hand(found)
    if lines and successor is None:
        total = sum(count for _, count in lines)
        raise Refused(f"{found.name}在办{total}件，请选接手的人", field="successor", status=422)
    if successor is not None:
        _hand_over(act, found, successor, lines)
    _end(act, found, on)
    found.left_on, found.is_active = on, on > clock.today()
    return act.save(found, ["left_on", "is_active"], note="离任")


def _hand_over(act: Act, leaver: User, successor: int, lines: Sequence[tuple[str, int]]) -> None:
    taker = act.get(User, successor)
    if taker.pk == leaver.pk or has_left(taker) or taker.left_on is not None:
        raise Refused("接手的人要是另一位在任的人员", field="successor", status=422)
    given: list[list[object]] = [list(line) for line in lines]
    for one in _handed_over(leaver):
        if _give(act, one, taker):
            continue
        given.append([f"{role_of(one.role).label}没有随交接给出，需要时请安全管理员授权", 0])
    act.add(
        HandOver(
            leaver=leaver,
            successor=taker,
            lines=given,
            total=sum(count for _, count in lines),
            made_on=clock.today(),
        ),
        note=f"{leaver.name}交给{taker.name}",
    )


def _give(act: Act, one: Assignment, taker: User) -> bool:
    """Give the successor what the leaver held; False where the actor may not."""
    may_grant = act.actor.may("right.grant")
    may_staff = one.role == Role.CLERK.value and act.all(Assignment, "right.staff").filter(pk=one.pk).exists()
    if not (may_grant or may_staff):
        return False
    if taker.pk == act.actor.id:
        raise NotAllowed("不能把角色交给自己。请选别人接手，或请安全管理员办理")
    held = current_assignments(taker)
    if any(role_of(other.role) in ADMINISTRATORS for other in held):
        raise Refused(f"{taker.name}是系统的管理员，不能接手业务。请选别人", field="successor", status=422)
    projects = set(one.assignment_projects.values_list("project_id", flat=True))
    for other in held:
        if other.role == one.role and other.organisation_id == one.organisation_id and other.delegated_from_id is None:
            has = set(other.assignment_projects.values_list("project_id", flat=True))
            if has and projects:
                _narrow(act, other, projects - has)
                return True
            if not has:
                return True  # has it for the whole unit already
    made = act.add(
        Assignment(user=taker, role=one.role, organisation=one.organisation, since=clock.today(), until=one.until),
        note=f"接手自{one.user.name}",
        in_reach=False,
    )
    _narrow(act, made, projects)
    return True


def _narrow(act: Act, assignment: Assignment, projects: set[int]) -> None:
    if projects:
        AssignmentProject.objects.bulk_create(
            [AssignmentProject(assignment=assignment, project_id=one) for one in sorted(projects)]
        )
        act.record(assignment, {}, {"projects": sorted(projects)})


def _end(act: Act, found: User, on: date) -> None:
    """All they hold, delegated or their own, and their tokens end with the day before."""
    rows = Assignment.objects.unrestricted("somebody leaves").filter(user=found, withdrawn_on__isnull=True)
    for one in rows:
        one.withdrawn_on = on
        one.save(update_fields=["withdrawn_on"])
        act.record(one, {"withdrawn_on": None}, {"withdrawn_on": on.isoformat()})
    tokens = ApiToken.objects.unrestricted("somebody leaves").filter(user=found, revoked_at__isnull=True)
    for token in tokens.filter(expires_on__gte=on):
        before, token.expires_on = token.expires_on, on - timedelta(days=1)
        token.save(update_fields=["expires_on"])
        act.record(token, {"expires_on": before.isoformat()}, {"expires_on": token.expires_on.isoformat()})


@service("person.restore", "恢复人员", right="person.edit")
def restore(act: Act, *, user: int) -> FirstPassword:
    """Somebody is here again, with a first password and without the rights they had."""
    found = managed(act, user)
    if not has_left(found) and found.left_on is None:
        raise Refused(f"{found.name}没有离任")
    password = first_password()
    found.set_password(password)
    before = {"left_on": found.left_on.isoformat() if found.left_on else None, "is_active": found.is_active}
    found.left_on, found.is_active, found.first_password = None, True, True
    found.save(update_fields=["password", "left_on", "is_active", "first_password"])
    act.record(found, before, {"left_on": None, "is_active": True}, note="恢复")
    return FirstPassword(found, password)
