"""Rights: given by one who takes none, apart for the three administrators, delegated for a time and said so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pyotp
import pytest

from jixiao.web.accounts.models import Assignment, User
from jixiao.web.accounts.roles import Role
from jixiao.web.accounts.services import (
    assign_clerk,
    cancel_second_factor,
    check_second_factor,
    delegate,
    edit_person,
    end_delegation,
    grant,
    turn_off_second_factor,
    turn_on_second_factor,
    withdraw,
    withdraw_clerk,
)
from jixiao.web.audit.models import AuditEntry
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotAllowed, NotThere, Refused
from jixiao.web.kernel.people import system
from jixiao.web.organisations.models import Organisation
from jixiao.web.projects.models import Project
from web.make import Office, person

DAY = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with clock.at(DAY):
        yield


def held(user: User) -> Assignment:
    found: Assignment = Assignment.objects.unrestricted("test").get(user=user, withdrawn_on__isnull=True)
    return found


@pytest.fixture
def wang(county: Office) -> User:
    return person("wang", "王芳", county.commerce)


def test_the_security_administrator_gives_rights_and_takes_none(county: Office, wang: User) -> None:
    actor = county.actor(Role.SECURITY_ADMIN)
    grant(actor, user=wang.pk, role="lead_reviewer", organisation=county.commerce.pk)
    county.people[Role.CLERK] = wang
    assert county.actor(Role.CLERK).may("intake.accept")
    with pytest.raises(NotAllowed, match="不能给自己授权"):
        grant(actor, user=county.people[Role.SECURITY_ADMIN].pk, role="auditor", organisation=county.bureau.pk)


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.SECURITY_ADMIN])
def test_nobody_else_gives_rights(county: Office, wang: User, role: Role) -> None:
    with pytest.raises(NotAllowed):
        grant(county.actor(role), user=wang.pk, role="auditor", organisation=county.bureau.pk)


@pytest.mark.parametrize(
    ("role", "place", "words"),
    [
        ("lead_reviewer", "centre", "只能设在主管部门"),
        ("business_section", "commerce", "只能设在业务股室"),
        ("finance_leader", "commerce", "只能设在财政部门"),
        ("clerk", None, "要选单位"),
        ("expert", None, "至少指定一个项目"),
        ("king", None, "没有这个角色"),
    ],
)
def test_a_role_has_its_place(county: Office, wang: User, role: str, place: str | None, words: str) -> None:
    with pytest.raises(Refused, match=words):
        grant(
            county.actor(Role.SECURITY_ADMIN),
            user=wang.pk,
            role=role,
            organisation=getattr(county, place).pk if place else None,
        )


def test_three_administrators_are_three_people(county: Office, wang: User) -> None:
    actor = county.actor(Role.SECURITY_ADMIN)
    grant(actor, user=wang.pk, role="audit_admin")
    for role in ("system_admin", "security_admin"):
        with pytest.raises(Refused, match="三员分立"):
            grant(actor, user=wang.pk, role=role)
    with pytest.raises(Refused, match="三员分立"):
        grant(actor, user=wang.pk, role="clerk", organisation=county.commerce.pk)
    with pytest.raises(Refused, match="三员分立"):
        grant(actor, user=county.people[Role.CLERK].pk, role="system_admin")


def test_a_right_is_dated(county: Office, wang: User) -> None:
    first, last = DAY + timedelta(days=5), DAY + timedelta(days=9)
    grant(
        county.actor(Role.SECURITY_ADMIN),
        user=wang.pk,
        role="clerk",
        organisation=county.commerce.pk,
        since=first,
        until=last,
    )
    county.people[Role.CLERK] = wang
    seen = []
    for day in range(12):
        with clock.at(DAY + timedelta(days=day)):
            seen.append(county.actor(Role.CLERK).may("sheet.edit"))
    assert seen == [5 <= day <= 9 for day in range(12)]


def test_an_expert_sees_the_named_projects_only(county: Office, wang: User) -> None:
    grant(county.actor(Role.SECURITY_ADMIN), user=wang.pk, role="expert", projects=[county.projects["河道疏浚"].pk])
    county.people[Role.EXPERT] = wang
    rows = Project.objects.restrict(county.actor(Role.EXPERT), "project.view")
    assert [one.name for one in rows] == ["河道疏浚"]


def test_a_unit_makes_its_own_people_clerks_and_nothing_else(county: Office, wang: User) -> None:
    head = county.actor(Role.UNIT_HEAD)
    made = assign_clerk(head, user=wang.pk, organisation=county.commerce.pk)
    with pytest.raises(NotThere):
        assign_clerk(head, user=county.others[Role.CLERK].pk, organisation=county.commerce.pk)
    with pytest.raises(NotThere):
        assign_clerk(head, user=wang.pk, organisation=county.water.pk)
    with pytest.raises(NotAllowed, match="不能给自己"):
        assign_clerk(head, user=county.people[Role.UNIT_HEAD].pk, organisation=county.commerce.pk)
    withdraw_clerk(head, assignment=made.pk)
    county.people[Role.CLERK] = wang
    assert not county.actor(Role.CLERK).may("sheet.edit")
    with pytest.raises(NotAllowed, match="只能收回填报人"):
        withdraw_clerk(head, assignment=held(county.people[Role.LEAD_REVIEWER]).pk)


def test_a_clerk_is_narrowed_to_projects_of_the_unit_only(county: Office, wang: User) -> None:
    """Whoever narrows a clerk to a project of others would give away what is not theirs."""
    foreign = county.projects["河道疏浚"].pk
    for projects in ([foreign], [county.projects["招商费用"].pk, foreign], [10**6]):
        with pytest.raises(Refused, match="不是清源县商务局的项目"):
            assign_clerk(county.actor(Role.UNIT_HEAD), user=wang.pk, organisation=county.commerce.pk, projects=projects)
    with pytest.raises(Refused, match="不是项目库里的项目"):
        grant(county.actor(Role.SECURITY_ADMIN), user=wang.pk, role="expert", projects=[10**6])


def test_the_last_administrator_stays(county: Office) -> None:
    with pytest.raises(NotAllowed, match="另一位安全管理员"):
        withdraw(county.actor(Role.SECURITY_ADMIN), assignment=held(county.people[Role.SECURITY_ADMIN]).pk)
    with pytest.raises(Refused, match="唯一的系统管理员"):
        withdraw(county.actor(Role.SECURITY_ADMIN), assignment=held(county.people[Role.SYSTEM_ADMIN]).pk)


# Delegation

UNTIL = DAY + timedelta(days=9)


def test_a_delegate_does_what_the_delegator_could_until_the_day(county: Office, wang: User) -> None:
    head = county.people[Role.UNIT_HEAD]
    delegate(county.actor(Role.UNIT_HEAD), assignment=held(head).pk, to=wang.pk, until=UNTIL)
    county.people[Role.CLERK] = wang
    assert county.actor(Role.CLERK).may("person.edit")
    with clock.at(UNTIL):
        assert county.actor(Role.CLERK).may("person.edit"), "that day is still in it"
    with clock.at(UNTIL + timedelta(days=1)):
        assert not county.actor(Role.CLERK).may("person.edit")


def test_what_a_delegate_does_is_done_for_somebody(county: Office, wang: User) -> None:
    head = county.people[Role.UNIT_HEAD]
    delegate(county.actor(Role.UNIT_HEAD), assignment=held(head).pk, to=wang.pk, until=UNTIL)
    county.people[Role.CLERK] = wang
    edit_person(county.actor(Role.CLERK), user=county.people[Role.PUBLISHER].pk, phone="12345")
    entry = AuditEntry.objects.unrestricted("test").filter(action="person.edit").get()
    assert entry.actor == "王芳（代单位负责人甲）"


def test_what_is_ones_own_right_is_not_done_for_another(county: Office) -> None:
    """Head of 水利局, standing in for the head of 商务局: each entry says in whose name."""
    head, other = county.people[Role.UNIT_HEAD], county.others[Role.UNIT_HEAD]
    actor = county.actor(Role.SECURITY_ADMIN)
    with pytest.raises(NotThere):
        delegate(county.actor(Role.UNIT_HEAD), assignment=held(head).pk, to=other.pk, until=UNTIL)
    Assignment.objects.create(
        user=other, role="unit_head", organisation=county.commerce, delegated_from=held(head), until=UNTIL
    )
    del actor
    edit_person(county.actor(Role.UNIT_HEAD, other=True), user=county.others[Role.CLERK].pk, phone="12345")
    edit_person(county.actor(Role.UNIT_HEAD, other=True), user=county.people[Role.PUBLISHER].pk, phone="12345")
    entries = AuditEntry.objects.unrestricted("test").filter(action="person.edit").order_by("id")
    assert [one.actor for one in entries] == ["单位负责人乙", "单位负责人乙（代单位负责人甲）"]


def test_a_delegation_ends_with_what_it_stands_in_for(county: Office, wang: User) -> None:
    head = county.people[Role.UNIT_HEAD]
    delegate(county.actor(Role.UNIT_HEAD), assignment=held(head).pk, to=wang.pk, until=UNTIL)
    county.people[Role.CLERK] = wang
    withdraw(county.actor(Role.SECURITY_ADMIN), assignment=held(head).pk)
    assert not county.actor(Role.CLERK).may("person.edit")


def test_a_delegation_ends_when_the_delegator_leaves_or_takes_it_back(county: Office, wang: User) -> None:
    head = county.people[Role.UNIT_HEAD]
    made = delegate(county.actor(Role.UNIT_HEAD), assignment=held(head).pk, to=wang.pk, until=UNTIL)
    county.people[Role.CLERK] = wang
    with pytest.raises(NotThere):
        end_delegation(county.actor(Role.LEAD_REVIEWER), assignment=made.pk)
    end_delegation(county.actor(Role.UNIT_HEAD), assignment=made.pk)
    assert not county.actor(Role.CLERK).may("person.edit")
    delegate(county.actor(Role.UNIT_HEAD), assignment=held(head).pk, to=wang.pk, until=UNTIL)
    assert county.actor(Role.CLERK).may("person.edit")
    User.objects.unrestricted("test").filter(pk=head.pk).update(left_on=DAY)
    assert not county.actor(Role.CLERK).may("person.edit")


def test_what_cannot_be_delegated(county: Office, wang: User) -> None:
    head = county.people[Role.UNIT_HEAD]
    mine = held(head)
    actor = county.actor(Role.UNIT_HEAD)
    cases = (
        ({"to": head.pk, "until": UNTIL}, "给自己"),
        ({"to": wang.pk, "until": DAY - timedelta(days=1)}, "日期"),
        ({"to": wang.pk, "until": DAY + timedelta(days=91)}, "最长90天"),
    )
    for given, words in cases:
        with pytest.raises(Refused, match=words):
            delegate(actor, assignment=mine.pk, **given)
    with pytest.raises(NotThere):
        delegate(actor, assignment=held(county.people[Role.LEAD_REVIEWER]).pk, to=wang.pk, until=UNTIL)
    made = delegate(actor, assignment=mine.pk, to=wang.pk, until=UNTIL)
    county.people[Role.CLERK] = wang
    third = person("third", "第三人", county.commerce)
    with pytest.raises(Refused, match="不能再委托给第三个人"):
        delegate(county.actor(Role.CLERK), assignment=made.pk, to=third.pk, until=UNTIL)
    with pytest.raises(NotAllowed):
        delegate(county.actor(Role.PUBLISHER), assignment=made.pk, to=third.pk, until=UNTIL)


# Second factor


def test_a_code_works_once_and_the_secret_is_in_no_log(county: Office) -> None:
    clerk = county.people[Role.CLERK]
    secret = pyotp.random_base32()
    actor = county.actor(Role.CLERK)
    with pytest.raises(Refused, match="动态口令不对"):
        turn_on_second_factor(actor, secret=secret, code="000000")
    now = pyotp.TOTP(secret).at(clock.now())
    turn_on_second_factor(actor, secret=secret, code=now)
    check = system("登录")
    assert not check_second_factor(check, user=clerk.pk, code=now), "used by turning it on"
    with clock.at(clock.now() + timedelta(seconds=30)):
        later = pyotp.TOTP(secret).at(clock.now())
        assert check_second_factor(check, user=clerk.pk, code=later)
        assert not check_second_factor(check, user=clerk.pk, code=later)
    entries = AuditEntry.objects.unrestricted("test")
    assert entries.filter(action="account.second_factor_on").exists()
    assert not any(secret[:6] in f"{one.before}{one.after}" for one in entries)


def test_who_lost_the_phone_asks_the_security_administrator(county: Office) -> None:
    clerk = county.people[Role.CLERK]
    User.objects.unrestricted("test").filter(pk=clerk.pk).update(otp_secret=pyotp.random_base32())
    with pytest.raises(Refused, match="手机丢了"):
        turn_off_second_factor(county.actor(Role.CLERK), code="000000")
    with pytest.raises(NotAllowed):
        cancel_second_factor(county.actor(Role.UNIT_HEAD), user=clerk.pk)
    cancel_second_factor(county.actor(Role.SECURITY_ADMIN), user=clerk.pk)
    clerk.refresh_from_db()
    assert clerk.otp_secret == ""


def test_reading_as_a_delegate_goes_as_far(county: Office, wang: User) -> None:
    delegate(
        county.actor(Role.LEAD_REVIEWER),
        assignment=held(county.people[Role.LEAD_REVIEWER]).pk,
        to=wang.pk,
        until=UNTIL,
    )
    county.people[Role.CLERK] = wang
    assert set(Organisation.objects.restrict(county.actor(Role.CLERK), "organisation.view")) == {
        county.commerce,
        county.centre,
    }
