"""Organisations and people out of Excel: tried first, stored in the reach of whoever imports, no names changed behind history."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.test import Client

from jixiao.web.accounts.models import Assignment, User
from jixiao.web.accounts.roles import Role
from jixiao.web.accounts.services import issue_passwords
from jixiao.web.imports import reading, running
from jixiao.web.imports.models import ImportRow, ImportSession
from jixiao.web.kernel.acts import NotAllowed, Refused
from jixiao.web.organisations.models import Organisation, OrganisationSpell
from web.imports.books import xlsx
from web.make import Office


@pytest.fixture(autouse=True)
def _read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "read", reading.workbook_of)


def tried(office: Office, role: Role, kind: str, rows: Sequence[Sequence[object]]) -> ImportSession:
    actor = office.actor(role)
    session = running.begin(actor, kind=kind, name="表.xlsx", data=xlsx(rows))
    running.attempt(actor, session.pk)
    return session


def said(session: ImportSession) -> list[tuple[str, str, str]]:
    rows = ImportRow.objects.unrestricted("test").filter(session=session).exclude(state="").order_by("number")
    return [(one.label, one.state, "；".join(words for _, words in one.problems)) for one in rows]


UNITS = (
    ("单位编码", "单位名称", "单位类别", "主管部门编码", "序号"),
    ("305001", "清源县第一中学", "预算单位", "305", 52),
    ("305", "清源县教育局", "主管部门", None, 50),
    ("301002", "清源县投资促进中心", "预算单位", "301", 13),
    ("301", "清源县商务局", "主管部门", None, 10),
    ("302", "清源县水务局", "主管部门", None, 20),
    ("306001", "清源县图书馆", "预算单位", "306", 62),
)


def test_a_list_of_organisations_in_any_order(county: Office) -> None:
    session = tried(county, Role.SYSTEM_ADMIN, "organisations", UNITS)
    assert said(session) == [
        ("清源县第一中学", "new", ""),
        ("清源县教育局", "new", ""),
        ("清源县投资促进中心", "changed", ""),
        ("清源县商务局", "same", ""),
        ("", "error", "编码302现在是清源县水利局。更名要按生效日期办，请用“机构改革”"),
        ("", "error", "没有编码是306的上级单位，这张表里也没有"),
    ]
    assert not Organisation.objects.unrestricted("test").filter(code="305").exists(), "tried only"
    running.apply(county.actor(Role.SYSTEM_ADMIN), session.pk)
    school = Organisation.objects.unrestricted("test").get(code="305001")
    bureau = Organisation.objects.unrestricted("test").get(code="305")
    assert (school.parent, school.department, bureau.department) == (bureau, bureau, bureau)
    assert OrganisationSpell.objects.unrestricted("test").filter(organisation=school).count() == 1
    county.centre.refresh_from_db()
    assert county.centre.order == 13
    again = tried(county, Role.SYSTEM_ADMIN, "organisations", UNITS[:5])
    assert {state for _, state, _ in said(again)} == {"same"}


PEOPLE = (
    ("用户名", "姓名", "单位编码", "角色", "手机号"),
    ("wangfang", "王芳", "301", "填报人", "13800000000"),
    ("chenjing", "陈静", "301", None, None),
    ("clerk", "填报人甲", "301", "填报人", "0311-1"),
    ("boss", "李局长", "301", "单位负责人", None),
    ("water", "水利局的人", "302", "填报人", None),
    ("clerk2", "冒名", "301", None, None),
)


def test_people_of_a_unit(county: Office) -> None:
    session = tried(county, Role.UNIT_HEAD, "people", PEOPLE)
    assert said(session) == [
        ("王芳", "new", ""),
        ("陈静", "new", ""),
        ("填报人甲", "changed", ""),
        ("", "error", "您不能给单位负责人。请把角色空着，由安全管理员授权"),
        ("", "error", "没有编码是302的单位，或者不归您管"),
        ("", "error", "这个用户名已经有人用。请换一个"),
    ]
    running.apply(county.actor(Role.UNIT_HEAD), session.pk)
    held = Assignment.objects.unrestricted("test").get(user__username="wangfang")
    assert (held.role, held.organisation) == ("clerk", county.commerce)
    assert not Assignment.objects.unrestricted("test").filter(user__username="chenjing").exists()
    county.people[Role.CLERK].refresh_from_db()
    assert county.people[Role.CLERK].phone == "0311-1"


def test_the_security_administrator_imports_roles(county: Office) -> None:
    session = tried(county, Role.SECURITY_ADMIN, "people", PEOPLE[:1] + PEOPLE[4:6])
    running.apply(county.actor(Role.SECURITY_ADMIN), session.pk)
    rows = Assignment.objects.unrestricted("test").filter(user__username__in=("boss", "water"))
    assert set(rows.values_list("role", "organisation__code")) == {("unit_head", "301"), ("clerk", "302")}


def test_who_was_imported_gets_in_with_a_first_password_only(county: Office, client: Client) -> None:
    session = tried(county, Role.UNIT_HEAD, "people", PEOPLE[:3])
    running.apply(county.actor(Role.UNIT_HEAD), session.pk)
    wang, chen = User.objects.unrestricted("test").filter(username__in=("wangfang", "chenjing")).order_by("-username")
    assert client.post("/login", {"username": "wangfang", "password": ""}).status_code == 422
    client.force_login(county.people[Role.UNIT_HEAD])
    page = client.get("/people/first-passwords").content.decode()
    assert "王芳" in page
    assert "陈静" in page
    printed = client.post("/people/first-passwords", {"users": [wang.pk, chen.pk]}).content.decode()
    made = {one.user.username: one.password for one in issue_passwords(county.actor(Role.UNIT_HEAD), users=[wang.pk])}
    assert "wangfang" in printed
    assert Client().post("/login", {"username": "wangfang", "password": made["wangfang"]}).status_code == 302
    with pytest.raises(Refused, match="已经登录过"):
        issue_passwords(county.actor(Role.UNIT_HEAD), users=[wang.pk])


def test_who_may_not_manage_imports_nothing(county: Office) -> None:
    with pytest.raises(NotAllowed):
        tried(county, Role.CLERK, "people", PEOPLE)
    with pytest.raises(NotAllowed):
        tried(county, Role.UNIT_HEAD, "organisations", UNITS)
