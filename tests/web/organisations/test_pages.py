"""Pages of organisations and years: rehearsed before done, the switch between years, what a closed year says; few queries."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from jixiao.web.accounts.roles import Role
from jixiao.web.goals.models import Sheet
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, Refused, service
from jixiao.web.organisations.models import FiscalYear, Organisation, OrganisationKind, Reform, Round
from jixiao.web.organisations.selectors import choices
from jixiao.web.organisations.services import close_year, open_year
from jixiao.web.projects.models import ProjectYear
from web.make import YEAR, Office, organisation, person

DAY = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with clock.at(DAY):
        yield


def signed_in(office: Office, role: Role) -> Client:
    client = Client()
    client.force_login(office.people[role])
    return client


def test_a_reform_is_rehearsed_and_then_done(county: Office) -> None:
    client = signed_in(county, Role.SYSTEM_ADMIN)
    address = f"/organisations/{county.commerce.pk}/reform/merge"
    form = {"others": [county.water.pk], "name": "清源县综合局", "code": "303", "effective_on": "2026-12-01"}
    page = client.post(address, {**form, "step": "rehearse"}).content.decode()
    assert "预演：什么都还没改" in page
    assert "人员<b>8</b>" in page
    assert not Reform.objects.unrestricted("test").exists()
    done = client.post(address, {**form, "step": "do"}, follow=True)
    assert "已生效" in done.content.decode()
    assert Organisation.objects.unrestricted("test").filter(name="清源县综合局").exists()
    found = client.get("/organisations/", {"q": "商务局", "closed": "1"}).content.decode()
    assert "清源县商务局" in found


def test_what_is_missing_stands_at_its_field(county: Office) -> None:
    client = signed_in(county, Role.SYSTEM_ADMIN)
    answer = client.post(f"/organisations/{county.commerce.pk}/reform/close", {"effective_on": "2026-12-01"})
    assert answer.status_code == 422
    assert "由谁接着管" in answer.content.decode()


def test_former_names_are_found(county: Office) -> None:
    client = signed_in(county, Role.SYSTEM_ADMIN)
    form = {"name": "清源县商务和投资促进局", "effective_on": "2026-12-01", "step": "do"}
    client.post(f"/organisations/{county.commerce.pk}/reform/rename", form)
    assert "清源县商务和投资促进局" in client.get("/organisations/", {"q": "清源县商务局"}).content.decode()


# Years


def sheet(office: Office, year: int, title: str) -> Sheet:
    made: Sheet = Sheet.objects.create(
        unit=office.commerce,
        project=office.projects["招商费用"],
        year=year,
        kind="goal",
        title=title,
        changed_at=clock.now(),
    )
    return made


@pytest.fixture
def last_year(county: Office) -> FiscalYear:
    made: FiscalYear = open_year(county.actor(Role.PERFORMANCE_SECTION), region=county.region.pk, year=2026)
    return made


def test_the_switch_keeps_page_and_filter(county: Office, last_year: FiscalYear) -> None:
    client = signed_in(county, Role.CLERK)
    page = client.get(f"/{YEAR}/sheets/?state=drafted&nonsense=1").content.decode()
    assert "/years/switch?to=2026&amp;page=%2F2027%2Fsheets%2F%3Fstate%3Ddrafted" in page
    answer = client.get("/years/switch", {"to": "2026", "page": f"/{YEAR}/sheets/?state=drafted"})
    assert answer.headers["Location"] == "/2026/sheets/?state=drafted"
    assert (
        client.get("/years/switch", {"to": "2026", "page": "/organisations/"}).headers["Location"] == "/organisations/"
    )
    assert "2026年度" in client.get("/organisations/").content.decode(), "the year last looked at goes along"


def test_an_object_is_followed_into_the_other_year_or_it_is_said(county: Office, last_year: FiscalYear) -> None:
    client = signed_in(county, Role.CLERK)
    here = sheet(county, YEAR, "今年的")
    page = f"/{YEAR}/sheets/{here.pk}/"
    missing = client.get("/years/switch", {"to": "2026", "page": page}, follow=True)
    assert missing.redirect_chain[-1][0] == "/2026/sheets/"
    assert "2026年度没有对应的这一页" in missing.content.decode()
    there = sheet(county, 2026, "去年的")
    found = client.get("/years/switch", {"to": "2026", "page": page})
    assert found.headers["Location"] == f"/2026/sheets/{there.pk}/"


def test_a_project_is_followed_where_it_is_listed(county: Office, last_year: FiscalYear) -> None:
    client = signed_in(county, Role.CLERK)
    project = county.projects["招商费用"]
    page = f"/{YEAR}/projects/{project.pk}/"
    assert client.get("/years/switch", {"to": "2026", "page": page}).headers["Location"] == "/2026/projects/"
    ProjectYear.objects.create(project=project, year=2026, name=project.name)
    answer = client.get("/years/switch", {"to": "2026", "page": page})
    assert answer.headers["Location"] == f"/2026/projects/{project.pk}/"


@pytest.mark.parametrize("page", ["//evil.example/", "https://evil.example/x", "/no/such/page", "javascript:alert(1)"])
def test_the_switch_leads_nowhere_else(county: Office, page: str) -> None:
    client = signed_in(county, Role.CLERK)
    assert client.get("/years/switch", {"to": str(YEAR), "page": page}).headers["Location"] == "/"


def test_years_that_are_not_there_are_not_switched_to(county: Office) -> None:
    client = signed_in(county, Role.CLERK)
    assert client.get("/years/switch", {"to": "1999", "page": "/"}).status_code == 404
    assert "2031年度还没有开启" in client.get("/2031/sheets/").content.decode()


def test_a_closed_year_says_so_on_its_pages(county: Office, last_year: FiscalYear) -> None:
    close_year(county.actor(Role.PERFORMANCE_SECTION), year=last_year.pk)
    client = signed_in(county, Role.CLERK)
    assert "2026年度 · 只读" in client.get("/2026/sheets/").content.decode()
    assert "只读" not in client.get("/2027/sheets/").content.decode().replace("<small>只读</small>", "")


def test_the_page_of_a_fourth_year_names_which_to_close(county: Office, last_year: FiscalYear) -> None:
    section = county.actor(Role.PERFORMANCE_SECTION)
    open_year(section, region=county.region.pk, year=2025)
    client = signed_in(county, Role.PERFORMANCE_SECTION)
    address = f"/years/open/{county.region.pk}/2028"
    assert "先关闭2025年度" in client.get(address).content.decode()
    answer = client.post(address, {"ruleset": "hebei"})
    assert answer.status_code == 422
    assert "请先关闭2025年度，再开2028年度" in answer.content.decode()


def test_the_round_stands_in_the_bar_with_what_is_left(county: Office) -> None:
    year = FiscalYear.objects.unrestricted("test").get()
    Round.objects.create(
        fiscal_year=year, kind="first_up", opens_on=date(2026, 11, 1), closes_on=date(2026, 12, 3), ruleset="hebei"
    )
    client = signed_in(county, Role.CLERK)
    assert "还剩2天" in client.get("/").content.decode()
    with clock.at(date(2026, 12, 3)):
        assert "今天24:00截止" in client.get("/").content.decode()


# Nothing is written into a closed year


@service("test.write_sheet", "改表（测试）", right="sheet.edit")
def write_sheet(act: Act, *, key: int, title: str) -> Sheet:
    found = act.get(Sheet, key)
    found.title = title
    return act.save(found)


@service("test.list_project", "列入年度（测试）", right="project.edit")
def list_project(act: Act, *, project: int, year: int) -> ProjectYear:
    return act.add(ProjectYear(project_id=project, year=year, name="招商费用"))


@service("test.delete_year", "删（测试）", right="project.edit")
def delete_year(act: Act, *, key: int) -> None:
    act.delete(act.get(ProjectYear, key))


def test_no_service_writes_into_a_closed_year(county: Office, last_year: FiscalYear) -> None:
    clerk = county.actor(Role.CLERK)
    mine = sheet(county, 2026, "去年的")
    project = county.projects["招商费用"].pk
    listed = list_project(clerk, project=project, year=2026)
    close_year(county.actor(Role.PERFORMANCE_SECTION), year=last_year.pk, reason="测试")
    for change in (
        lambda: write_sheet(clerk, key=mine.pk, title="改了"),
        lambda: list_project(clerk, project=county.projects["驻点招商"].pk, year=2026),
        lambda: delete_year(clerk, key=listed.pk),
    ):
        with pytest.raises(Refused, match="2026年度已经关闭，只能看，不能改"):
            change()
    assert list_project(clerk, project=project, year=YEAR)
    assert list_project(clerk, project=project, year=2024), "registered from before the system began"


# Few queries, however much there is


@pytest.fixture
def large(county: Office) -> Office:
    for n in range(40):
        made = organisation(county.region, OrganisationKind.LEAD_DEPARTMENT, f"5{n:02}", f"第{n}局", order=n + 100)
        organisation(county.region, OrganisationKind.BUDGET_UNIT, f"5{n:02}001", f"第{n}局中心", parent=made, order=n)
        person(f"p{n}", f"职员{n}", made, Role.CLERK, Role.UNIT_HEAD)
    return county


@pytest.mark.parametrize(
    ("role", "address", "most"),
    [
        (Role.SYSTEM_ADMIN, "/organisations/", 16),
        (Role.SYSTEM_ADMIN, "/organisations/?q=局", 16),
        (Role.SECURITY_ADMIN, "/people/", 18),
        (Role.PERFORMANCE_SECTION, "/years/", 16),
        (Role.CLERK, "/", 24),
    ],
)
def test_queries_are_bounded(
    large: Office, django_assert_max_num_queries: Any, role: Role, address: str, most: int
) -> None:
    client = signed_in(large, role)
    client.get("/")
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200


def test_choices_stand_in_official_order_each_with_what_is_beneath_it(county: Office) -> None:
    """Whatever numbers the units beneath were given: a new one without a number still stands with its department."""
    made = organisation(
        county.region, OrganisationKind.BUDGET_UNIT, "302001", "清源县河道所", parent=county.water, order=0
    )
    found = [key for key, _ in choices(county.actor(Role.PERFORMANCE_SECTION))]
    order = (county.bureau, county.section, county.commerce, county.centre, county.water, made)
    assert found == [one.pk for one in order]
    assert [key for key, _ in choices(county.actor(Role.CLERK))] == [county.commerce.pk]


def test_who_opens_years_and_rounds_is_said_as_the_table_of_roles_has_it(county: Office, client: Client) -> None:
    client.force_login(county.people[Role.SYSTEM_ADMIN])
    year = FiscalYear.objects.unrestricted("test").get()
    assert "由绩效股来定" in client.get(f"/years/{year.pk}/").content.decode()
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    assert "写明起止日期" in client.get(f"/years/{year.pk}/").content.decode()
    FiscalYear.objects.unrestricted("test").all().delete()
    assert "点上面的按钮开启" in client.get("/years/").content.decode()
    client.force_login(county.people[Role.CLERK])
    assert "由绩效股或系统管理员开启" in client.get("/years/").content.decode()
