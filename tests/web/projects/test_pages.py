"""The pool as pages: the list of a year narrowed by its address, a project, what is done with it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from django.test import Client

from jixiao.web.accounts.roles import Role
from jixiao.web.audit.models import AuditEntry
from jixiao.web.imports.heads import recognise
from jixiao.web.imports.mapping import guess, problems
from jixiao.web.imports.reading import workbook_of
from jixiao.web.projects.importing import FIELDS
from jixiao.web.projects.models import Predecessor, Project, ProjectYear
from jixiao.web.site.money import amount, more, wan, yuan
from web.make import Office


def _listed(county: Office) -> None:
    for name, year, total in (
        ("招商费用", 2026, 100_000_000), ("招商费用", 2027, 150_000_000), ("驻点招商", 2026, 7), ("河道疏浚", 2027, None),
    ):  # fmt: skip
        ProjectYear.objects.create(
            project=county.projects[name], year=year, name=name, code=f"{year}{name[:1]}", total_fen=total
        )


def _get(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_the_list_of_a_year(county: Office, client: Client) -> None:
    _listed(county)
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    page = _get(client, "/2027/projects/")
    assert "2027年度项目 2个，150.00万元" in page
    assert "1个没有金额" in page
    assert "今年没列1个" in page
    assert "+50.00" in page
    assert "驻点招商" in _get(client, "/2027/projects/?listed=no")
    client.force_login(county.people[Role.CLERK])
    assert "河道疏浚" not in _get(client, "/2027/projects/")


@pytest.mark.parametrize(
    ("narrowed", "count"),
    [
        ("q=招商", 1),
        ("q=2027河", 1),
        ("change=up", 1),
        ("change=new", 1),
        ("change=down", 0),
        ("key=1", 0),
        ("class=targeted", 0),
    ],
)
def test_filters_stand_in_the_address(county: Office, client: Client, narrowed: str, count: int) -> None:
    _listed(county)
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    assert f"2027年度项目 {count}个" in _get(client, f"/2027/projects/?{narrowed}")


def test_the_list_shown_is_taken_away_and_can_be_brought_back(county: Office, client: Client) -> None:
    _listed(county)
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    assert "export?q=" in _get(client, "/2027/projects/?q=招商")
    answer = client.get("/2027/projects/export?q=招商")
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    (sheet,) = workbook_of(data).sheets
    assert [line.cells[:7] for line in sheet.lines[1:]] == [
        ("2027招", "招商费用", "301", "清源县商务局", "", "150", "")
    ]
    seen = recognise(sheet, FIELDS)
    assert not problems(FIELDS, guess(FIELDS, seen, sheet))
    entry = AuditEntry.objects.unrestricted("test").get(action="project.exported")
    assert (entry.chain, entry.after) == (
        county.commerce.pk,
        {"projects": 1, "sha256": hashlib.sha256(data).hexdigest()},
    )
    client.force_login(county.people[Role.EXPERT])
    assert client.get("/2027/projects/export").status_code == 403


@pytest.mark.parametrize("wrong", ["class=x", "change=x", "department=x", "listed=yes", "key=2"])
def test_a_filter_of_no_sense_is_refused(county: Office, client: Client, wrong: str) -> None:
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    assert client.get(f"/2027/projects/?{wrong}").status_code == 400


def test_a_project_is_made_changed_and_taken_through_its_life(county: Office, client: Client) -> None:
    client.force_login(county.people[Role.LEAD_REVIEWER])
    form = {
        "unit": county.centre.pk,
        "name": "会展经费",
        "project_class": "targeted",
        "is_key_shown": "1",
        "code": "C1",
        "total_fen": "１２．５",
        "fiscal_fen": "",
    }
    answer = client.post("/2027/projects/add", form)
    assert answer.status_code == 302, answer.content.decode()
    made = Project.objects.unrestricted("test").get(name="会展经费")
    row = ProjectYear.objects.unrestricted("test").get(project=made)
    assert (row.total_fen, row.fiscal_fen, row.code) == (12_500_000, None, "C1")
    place = f"/2027/projects/{made.pk}/"
    assert "125,000.00元" in _get(client, place)

    assert client.post(place + "edit", {"unit": county.centre.pk, "total_fen": "一百"}).status_code == 422
    client.post(place + "edit", {"unit": county.centre.pk, "total_fen": "13"})
    row.refresh_from_db()
    made.refresh_from_db()
    assert (row.total_fen, row.code, made.project_class) == (13_000_000, "C1", "targeted"), (
        "what the form did not show is as it was"
    )

    client.post(place + "rename", {"name": "会展业经费", "since": "2027"})
    client.post(place + "alias", {"text": "会展补助"})
    page = _get(client, place)
    assert "会展业经费" in page
    assert "会展补助" in page
    client.post(place + "end", {"on": "2027-12-31", "because": "任务完成"})
    assert "任务完成" in _get(client, place)
    client.post(place + "reopen")
    client.post(place + "split", {"names": "甲\n乙", "since": "2028"})
    assert "拆分到" in _get(client, place)


def test_merging_from_the_list(county: Office, client: Client) -> None:
    client.force_login(county.people[Role.LEAD_REVIEWER])
    ids = [county.projects["招商费用"].pk, county.projects["驻点招商"].pk]
    address = f"/2027/projects/merge?project={ids[0]}&project={ids[1]}"
    assert "合并2个项目" in _get(client, address)
    assert "要选两个以上" in _get(client, "/2027/projects/merge")
    assert client.post("/2027/projects/merge", {"project": ids, "since": "2027"}).status_code == 422
    answer = client.post("/2027/projects/merge", {"project": ids, "since": "2027", "name": "招商经费"})
    assert answer.status_code == 302
    assert "合并自" in _get(client, answer["Location"])
    assert client.get(f"/2027/projects/merge?project={county.projects['河道疏浚'].pk}").status_code == 404


def test_a_new_project_that_is_like_last_years_offers_to_go_on(county: Office, client: Client) -> None:
    client.force_login(county.people[Role.LEAD_REVIEWER])
    ProjectYear.objects.create(project=county.projects["招商费用"], year=2026, name="招商费用")
    made = Project.objects.create(unit=county.commerce, name="招商工作费用")
    ProjectYear.objects.create(project=made, year=2027, name=made.name)
    place = f"/2027/projects/{made.pk}/"
    assert "接上年" in _get(client, place)
    client.post(place + "continue", {"predecessor": county.projects["招商费用"].pk})
    assert "延续自" in _get(client, place)


def test_others_find_nothing(county: Office, client: Client) -> None:
    client.force_login(county.people[Role.CLERK])
    place = f"/2027/projects/{county.projects['河道疏浚'].pk}/"
    assert client.get(place).status_code == 404
    for step in ("rename", "split", "continue", "end", "reopen", "alias"):
        answer = client.post(
            place + step,
            {"name": "x", "names": "a\nb", "predecessor": "1", "on": "2027-01-01", "because": "x", "text": "x"},
        )
        assert answer.status_code == 404, step
    client.force_login(county.people[Role.FINANCE_LEADER])
    assert client.get(place).status_code == 200
    assert client.post(place + "rename", {"name": "x"}).status_code == 403


def test_a_predecessor_of_another_department_is_not_named(county: Office, client: Client) -> None:
    Predecessor.objects.create(
        project=county.projects["招商费用"], predecessor=county.projects["河道疏浚"], kind="merged", since=2027
    )
    client.force_login(county.people[Role.CLERK])
    page = _get(client, f"/2027/projects/{county.projects['招商费用'].pk}/")
    assert "别的部门的项目" in page
    assert "河道疏浚" not in page


def test_queries_do_not_grow_with_projects(
    county: Office, client: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for n in range(60):
        made = Project.objects.create(unit=county.commerce, name=f"项目{n}")
        ProjectYear.objects.create(project=made, year=2027, code=f"P{n}", name=f"项目{n}", total_fen=n)
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        page = _get(client, "/2027/projects/")
    assert "下一页" in page
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        _get(client, f"/2027/projects/{made.pk}/")


def test_money_is_shown_to_the_cent_in_wan_and_to_the_fen_in_yuan() -> None:
    assert (wan(1_204_500_000), wan(None), wan(0), wan(-5_000_000)) == ("1,204.50", "—", "0.00", "−5.00")
    assert yuan(123_456_789) == "1,234,567.89元"
    assert (more(3_000_000, 1_000_000), more(1_000_000, 3_000_000), more(1, 1), more(None, 1)) == (
        "+2.00",
        "−2.00",
        "0.00",
        "—",
    )
    assert amount(123_456_789) == '<span title="1,234,567.89元">123.46</span>'
    assert amount(None) == "—"


def test_a_sum_of_nothing_known_is_a_dash_and_a_new_project_has_no_unit_yet(county: Office, client: Client) -> None:
    ProjectYear.objects.create(project=county.projects["河道疏浚"], year=2027, name="河道疏浚")
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    page = _get(client, "/2027/projects/")
    assert "2027年度项目 1个，—" in page
    assert "其中财政资金—" in page
    assert "0.00" not in page
    assert '<option value="" selected>请选</option>' in _get(client, "/2027/projects/add")
    answer = client.post("/2027/projects/add", {"unit": "", "name": "新的"})
    assert (answer.status_code, "请选单位" in answer.content.decode()) == (422, True)
    assert "要选两个以上的项目" in _get(client, "/2027/projects/merge")
