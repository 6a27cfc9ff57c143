"""The first page: what waits for each, numbers that open their lists."""

from __future__ import annotations

import pytest
from django.test import Client

from jixiao.web.accounts.roles import Role
from jixiao.web.intake.models import Batch, IncomingFile
from jixiao.web.kernel import clock
from web.make import YEAR, Office


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
    assert "今天没有要办的" in shown
    assert "绩效文本.docx" not in shown


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
