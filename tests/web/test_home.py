"""The first page: what waits for each, numbers that open their lists."""

from __future__ import annotations

import pytest
from django.test import Client

from jixiao.web.accounts.models import User
from jixiao.web.accounts.roles import Role
from jixiao.web.goals.models import Sheet
from jixiao.web.intake.models import Batch, IncomingFile
from jixiao.web.kernel import clock
from jixiao.web.organisations.models import FiscalYear
from jixiao.web.projects.models import ProjectYear
from web.make import YEAR, Office, person


@pytest.fixture
def waiting(county: Office) -> IncomingFile:
    batch = Batch.objects.create(
        organisation=county.commerce, title="一批", year=YEAR, made_at=clock.now(), made_by=county.people[Role.CLERK]
    )
    return IncomingFile.objects.create(
        batch=batch, name="绩效文本.docx", state=IncomingFile.State.TO_CHECK, year=YEAR, made_at=clock.now()
    )


def test_a_file_to_check_is_mine_to_do_and_counted(waiting: IncomingFile, county: Office, client: Client) -> None:
    client.force_login(county.people[Role.CLERK])
    shown = client.get("/").content.decode()
    assert "今天要办1件" in shown
    assert f"file={waiting.pk}" in shown


def test_what_others_have_to_do_is_not_mine(waiting: IncomingFile, county: Office, client: Client) -> None:
    client.force_login(county.others[Role.CLERK])
    shown = client.get("/").content.decode()
    assert "绩效文本.docx" not in shown
    assert titles(client, county.others[Role.CLERK]) == [f"{YEAR}年度的报送包还没有开始填"]


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_every_role_has_a_first_page(role: Role, county: Office, client: Client) -> None:
    client.force_login(county.people[role])
    assert client.get("/").status_code == 200


def test_the_first_page_asks_little(
    waiting: IncomingFile, county: Office, client: Client, django_assert_max_num_queries: object
) -> None:
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        client.get("/")


def test_every_number_opens_its_list(county: Office, client: Client) -> None:
    """The list behind a number is there, and as long as the number says where its page counts."""
    for project, (state, errors) in zip(
        county.projects.values(), (("drafted", 2), ("drafted", 0), ("approved", 1)), strict=True
    ):
        made = {"year": YEAR, "kind": "goal", "title": "表", "state": state, "errors": errors}
        Sheet.objects.create(unit=project.unit, project=project, changed_at=clock.now(), **made)
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    counters = client.get("/").context["counters"]
    assert [one.count for one in counters if "/sheets/" in one.address] == [2, 1, 1]
    for one in counters:
        answer = client.get(one.address)
        assert answer.status_code == 200, one
        if "/sheets/" in one.address:
            assert answer.context["found"].total == one.count, one


def titles(client: Client, user: User) -> list[str]:
    client.force_login(user)
    return [one.title for one in client.get("/").context["todos"]]


def test_what_is_lacking_is_told_to_who_can_bring_it(county: Office, client: Client) -> None:
    section, system = county.people[Role.PERFORMANCE_SECTION], county.people[Role.SYSTEM_ADMIN]
    assert f"{YEAR}年度还没有项目" in titles(client, section)
    assert titles(client, county.people[Role.UNIT_HEAD]) == [f"{YEAR}年度的报送包还没有开始填"]
    ProjectYear.objects.create(project=county.projects["招商费用"], year=YEAR, name="招商费用")
    assert titles(client, section) == [f"{YEAR}年度还没有报送的表"]
    assert titles(client, system) == []
    FiscalYear.objects.unrestricted("test").update(state=FiscalYear.State.CLOSED)
    assert titles(client, system) == ["还没有开启年度"]
    assert titles(client, county.people[Role.CLERK]) == []


def test_the_only_security_administrator_is_told_so(county: Office, client: Client) -> None:
    security = county.people[Role.SECURITY_ADMIN]
    assert titles(client, security) == ["安全管理员只有您一位"]
    second = person("second", "第二位", county.bureau, Role.SECURITY_ADMIN)
    assert titles(client, security) == []
    assert titles(client, second) == []
