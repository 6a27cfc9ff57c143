"""People: managed by their units, first passwords, leaving with a hand-over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from jixiao.web.accounts.models import Assignment, AssignmentProject, HandOver, User
from jixiao.web.accounts.roles import Role
from jixiao.web.accounts.services import add_person, assign_clerk, edit_person, leave, reset_password, restore, unlock
from jixiao.web.audit.models import AuditEntry
from jixiao.web.intake.models import Batch, IncomingFile
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotAllowed, NotThere, Refused
from jixiao.web.projects.models import Project
from web.make import PASSWORD, Office, person

DAY = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with clock.at(DAY):
        yield


def test_a_first_password_is_told_once_and_changed_at_sign_in(county: Office, client: Client) -> None:
    made = add_person(
        county.actor(Role.UNIT_HEAD), username="ＣＨＥＮjing", name="陈静", organisation=county.commerce.pk
    )
    assert made.user.username == "chenjing", "full-width letters and capitals make no difference"
    assert client.post("/login", {"username": "CHENJING", "password": made.password}).status_code == 302
    assert client.get("/", follow=True).redirect_chain[-1][0] == "/account/password"
    entries = AuditEntry.objects.unrestricted("test").filter(object_id=str(made.user.pk))
    assert not any(made.password in str([one.before, one.after, one.note]) for one in entries)


def test_people_are_added_in_ones_own_unit_only(county: Office) -> None:
    with pytest.raises(NotThere):
        add_person(county.actor(Role.UNIT_HEAD), username="x1", name="甲", organisation=county.water.pk)
    with pytest.raises(NotThere):
        add_person(county.actor(Role.UNIT_HEAD), username="x1", name="甲", organisation=county.centre.pk)
    assert add_person(county.actor(Role.LEAD_REVIEWER), username="x1", name="甲", organisation=county.centre.pk)
    with pytest.raises(NotAllowed):
        add_person(county.actor(Role.CLERK), username="x2", name="甲", organisation=county.commerce.pk)


def test_a_user_name_is_used_once(county: Office) -> None:
    with pytest.raises(Refused, match="已经有人用"):
        add_person(county.actor(Role.UNIT_HEAD), username="Clerk", name="甲", organisation=county.commerce.pk)
    with pytest.raises(Refused, match="用户名要2到60个"):
        add_person(county.actor(Role.UNIT_HEAD), username="a b", name="甲", organisation=county.commerce.pk)


def test_nobody_moves_a_person_out_of_their_own_reach(county: Office) -> None:
    with pytest.raises(NotThere):
        edit_person(county.actor(Role.UNIT_HEAD), user=county.people[Role.CLERK].pk, organisation=county.water.pk)


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_the_head_of_a_unit_does_not_get_in_as_an_administrator(county: Office, role: Role) -> None:
    head = person("boss", "财政局长", county.bureau, Role.UNIT_HEAD)
    county.people[Role.UNIT_HEAD] = head
    with pytest.raises(NotAllowed, match="安全管理员"):
        reset_password(county.actor(Role.UNIT_HEAD), user=county.people[role].pk)
    assert reset_password(county.actor(Role.UNIT_HEAD), user=person("c9", "职员", county.bureau, Role.CLERK).pk)


def test_who_may_do_more_elsewhere_is_not_managed_by_a_unit(county: Office) -> None:
    clerk = county.people[Role.CLERK]
    Assignment.objects.create(user=clerk, role=Role.CLERK.value, organisation=county.water)
    with pytest.raises(NotAllowed, match="范围以外还有任职"):
        reset_password(county.actor(Role.UNIT_HEAD), user=clerk.pk)
    assert reset_password(county.actor(Role.SECURITY_ADMIN), user=clerk.pk)


def test_a_reset_ends_sessions_and_opens_the_lock(county: Office, client: Client) -> None:
    clerk = county.people[Role.CLERK]
    client.post("/login", {"username": "clerk", "password": PASSWORD})
    assert client.get("/").status_code == 200
    for _ in range(5):
        Client().post("/login", {"username": "clerk", "password": "wrong"})
    clerk.refresh_from_db()
    assert clerk.locked_until is not None
    made = reset_password(county.actor(Role.UNIT_HEAD), user=clerk.pk)
    assert client.get("/").status_code == 302, "signed out"
    assert Client().post("/login", {"username": "clerk", "password": made.password}).status_code == 302


def test_a_lock_is_opened_by_the_unit(county: Office) -> None:
    clerk = county.people[Role.CLERK]
    for _ in range(5):
        Client().post("/login", {"username": "clerk", "password": "wrong"})
    unlock(county.actor(Role.UNIT_HEAD), user=clerk.pk)
    assert Client().post("/login", {"username": "clerk", "password": PASSWORD}).status_code == 302


def test_who_sees_a_telephone_is_noted(county: Office, client: Client) -> None:
    edit_person(county.actor(Role.UNIT_HEAD), user=county.people[Role.CLERK].pk, phone="0311-1234567")
    client.force_login(county.people[Role.LEAD_REVIEWER])
    assert "0311-1234567" in client.get(f"/people/{county.people[Role.CLERK].pk}/").content.decode()
    entry = AuditEntry.objects.unrestricted("test").get(action="personal.viewed")
    assert (entry.object_id, entry.note) == (str(county.people[Role.CLERK].pk), "人员页面")
    assert "1234567" not in f"{entry.before}{entry.after}"


# Leaving


def prepare(office: Office) -> tuple[User, User]:
    """A clerk with two projects and one file in hand, and a colleague."""
    leaver = office.people[Role.CLERK]
    held = Assignment.objects.unrestricted("test").get(user=leaver)
    more = Project.objects.create(unit=office.commerce, name="会展")
    for one in (office.projects["招商费用"], more):
        AssignmentProject.objects.create(assignment=held, project=one)
    batch = Batch.objects.create(organisation=office.commerce, title="一批", made_at=clock.now(), made_by=leaver)
    IncomingFile.objects.create(batch=batch, name="a.docx", state=IncomingFile.State.TO_CHECK, made_at=clock.now())
    return leaver, person("chenjing", "陈静", office.commerce)


def test_who_has_work_in_hand_does_not_leave_without_a_successor(county: Office) -> None:
    leaver, _ = prepare(county)
    with pytest.raises(Refused, match="在办3件，请选接手的人"):
        leave(county.actor(Role.UNIT_HEAD), user=leaver.pk, on=DAY)


def test_work_goes_to_the_successor_and_the_name_stays(county: Office, client: Client) -> None:
    leaver, taker = prepare(county)
    client.post("/login", {"username": "clerk", "password": PASSWORD})
    leave(county.actor(Role.UNIT_HEAD), user=leaver.pk, on=DAY, successor=taker.pk)
    assert client.get("/").status_code == 302, "signed out at once"
    assert Client().post("/login", {"username": "clerk", "password": PASSWORD}).status_code == 422
    given = Assignment.objects.unrestricted("test").get(user=taker)
    assert (given.role, given.organisation) == (Role.CLERK.value, county.commerce)
    assert {one.project.name for one in given.assignment_projects.all()} == {"招商费用", "会展"}
    row = HandOver.objects.unrestricted("test").get()
    assert (row.total, row.lines) == (3, [["清源县商务局填报人的项目", 2], ["没收完的文件", 1]])
    assert Batch.objects.unrestricted("test").get().made_by == leaver


def test_a_day_to_come_is_the_first_without_them(county: Office) -> None:
    leaver, taker = prepare(county)
    last = DAY + timedelta(days=30)
    leave(county.actor(Role.UNIT_HEAD), user=leaver.pk, on=last, successor=taker.pk)
    right = {"username": "clerk", "password": PASSWORD}
    with clock.at(last - timedelta(days=1)):
        assert Client().post("/login", right).status_code == 302
        assert county.actor(Role.CLERK).may("sheet.edit")
    with clock.at(last):
        assert Client().post("/login", right).status_code == 422
        county.people[Role.CLERK].refresh_from_db()
        assert not county.actor(Role.CLERK).may("sheet.edit")


def test_the_role_of_a_head_is_not_handed_on_by_the_department(county: Office) -> None:
    taker = person("chenjing", "陈静", county.commerce)
    leave(county.actor(Role.LEAD_REVIEWER), user=county.people[Role.UNIT_HEAD].pk, on=DAY, successor=taker.pk)
    assert not Assignment.objects.unrestricted("test").filter(user=taker).exists()
    assert "请安全管理员授权" in str(HandOver.objects.unrestricted("test").get().lines)


def test_nobody_hands_work_to_themselves_or_to_who_left(county: Office) -> None:
    leaver, taker = prepare(county)
    with pytest.raises(NotAllowed, match="不能把角色交给自己"):
        leave(county.actor(Role.UNIT_HEAD), user=leaver.pk, on=DAY, successor=county.people[Role.UNIT_HEAD].pk)
    leave(county.actor(Role.SECURITY_ADMIN), user=taker.pk, on=DAY)
    with pytest.raises(Refused, match="在任"):
        leave(county.actor(Role.UNIT_HEAD), user=leaver.pk, on=DAY, successor=taker.pk)


def test_the_last_security_administrator_does_not_leave(county: Office) -> None:
    other = person("sec2", "安全管理员乙", county.bureau, Role.SECURITY_ADMIN)
    county.others[Role.SECURITY_ADMIN] = other
    first = county.people[Role.SECURITY_ADMIN]
    leave(county.actor(Role.SECURITY_ADMIN, other=True), user=first.pk, on=DAY)
    with pytest.raises(NotAllowed, match="自己的离任"):
        leave(county.actor(Role.SECURITY_ADMIN, other=True), user=other.pk, on=DAY)


def test_who_comes_back_has_a_first_password_and_no_rights(county: Office) -> None:
    leaver, taker = prepare(county)
    leave(county.actor(Role.UNIT_HEAD), user=leaver.pk, on=DAY, successor=taker.pk)
    made = restore(county.actor(Role.UNIT_HEAD), user=leaver.pk)
    assert made.user.first_password
    county.people[Role.CLERK] = made.user
    assert not county.actor(Role.CLERK).may("sheet.view")
    assert assign_clerk(county.actor(Role.UNIT_HEAD), user=leaver.pk, organisation=county.commerce.pk)
