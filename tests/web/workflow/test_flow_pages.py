"""The flow as a page: its steps, another version that is checked first, which version a round goes by."""

from __future__ import annotations

from django.test import Client

from jixiao.web.accounts.roles import Role
from jixiao.web.goals.models import Sheet
from jixiao.web.organisations.models import Round
from jixiao.web.workflow.definition import standard_text
from jixiao.web.workflow.models import Flow, RoundFlow
from web.make import YEAR, Office
from web.workflow.on_the_way import handed_in
from web.workflow.sets import round_of

ADDRESS = f"/{YEAR}/flow/"


def as_(county: Office, role: Role) -> Client:
    client = Client()
    client.force_login(county.people[role])
    return client


def test_everybody_reads_the_steps_and_few_change_them(county: Office) -> None:
    page = as_(county, Role.CLERK).get(ADDRESS).content.decode()
    assert "业务股室会审" in page
    assert "必须修改：要么改，要么说明" in page
    assert "流程（YAML）" not in page
    assert as_(county, Role.CLERK).post(f"{ADDRESS}keep", {"text": "x"}).status_code == 403
    assert "流程（YAML）" in as_(county, Role.PERFORMANCE_SECTION).get(ADDRESS).content.decode()


def test_another_version_is_looked_at_before_it_is_kept(county: Office) -> None:
    client = as_(county, Role.PERFORMANCE_SECTION)
    client.get(ADDRESS)
    text = standard_text().replace("业务股室会审", "归口股室会审").replace("stops: [error]", "stops: [error, warning]")
    page = client.post(f"{ADDRESS}keep", {"text": text, "keep": "0"}).content.decode()
    assert "归口股室会审" in page
    assert "必须修改、应当修改或说明：要么改，要么说明" in page
    assert Flow.objects.unrestricted("test").count() == 1
    assert client.post(f"{ADDRESS}keep", {"text": text, "keep": "1"}).status_code == 302
    assert Flow.objects.unrestricted("test").order_by("-number").first().number == 2  # type: ignore[union-attr]


def test_what_is_no_flow_is_told_and_stays_in_the_form(county: Office) -> None:
    client = as_(county, Role.PERFORMANCE_SECTION)
    text = standard_text().replace("review.business", "review.nobody")
    answer = client.post(f"{ADDRESS}keep", {"text": text, "keep": "1"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "right 可以是" in page
    assert "review.nobody" in page


def test_a_round_goes_by_the_version_chosen_until_something_is_on_its_way(county: Office, sheet: Sheet) -> None:
    client = as_(county, Role.PERFORMANCE_SECTION)
    client.get(ADDRESS)
    text = standard_text().replace("业务股室会审", "归口股室会审")
    client.post(f"{ADDRESS}keep", {"text": text, "keep": "1"})
    first = Flow.objects.unrestricted("test").get(number=1)
    one = Round.objects.unrestricted("test").get()
    assert client.post(f"{ADDRESS}{one.pk}", {"flow": first.pk}).status_code == 302
    assert RoundFlow.objects.unrestricted("test").get().flow == first
    handed_in(county)
    second = Flow.objects.unrestricted("test").get(number=2)
    answer = client.post(f"{ADDRESS}{one.pk}", {"flow": second.pk})
    assert answer.status_code == 409
    assert "已经有表送审，不能换流程" in answer.content.decode()
    assert client.post(f"/{YEAR - 1}/flow/{one.pk}", {"flow": second.pk}).status_code == 404
    assert round_of(county).pk != one.pk
