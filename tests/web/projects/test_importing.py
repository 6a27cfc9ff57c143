"""The list of the provincial system becomes the pool: units recognised, projects gone on from last year, differences told."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao.web.accounts.roles import Role
from jixiao.web.audit.models import AuditEntry
from jixiao.web.imports import reading, running, selectors
from jixiao.web.imports.models import ImportRow, ImportSession
from jixiao.web.kernel.people import Actor
from jixiao.web.projects.models import Project, ProjectAlias, ProjectYear
from web.imports.books import xlsx
from web.make import Office

HEAD = (
    "序号",
    "单位编码",
    "单位名称",
    "项目编码",
    "项目名称",
    "项目类别",
    "支出功能分类科目编码",
    "预算数（万元）",
    "财政拨款（万元）",
    "其他资金（万元）",
)


@pytest.fixture(autouse=True)
def _read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "read", reading.workbook_of)


def tried(actor: Actor, rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD, year: int = 2027) -> ImportSession:
    session = running.begin(actor, kind="projects", name="项目.xlsx", data=xlsx([head, *rows]), year=year)
    running.attempt(actor, session.pk)
    return session


def imported(
    actor: Actor, rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD, year: int = 2027
) -> ImportSession:
    session = tried(actor, rows, head, year)
    return running.apply(actor, session.pk)


def rows_of(session: ImportSession) -> list[ImportRow]:
    return list(ImportRow.objects.unrestricted("test").filter(session=session).exclude(state="").order_by("number"))


def pool() -> list[tuple[Any, ...]]:
    rows = ProjectYear.objects.unrestricted("test").order_by("year", "code", "name", "project__unit__code")
    return list(rows.values_list("year", "code", "name", "project__unit__code", "total_fen", "fiscal_fen", "other_fen"))


ROWS = (
    (1, "301", "清源县商务局", "A27001", "展会补助", "特定目标类", "2160250", 150, 120, 30),
    (2, "301002", "清源县投资促进中心", "A27002", "驻点招商工作", "其他运转类", "2010350", 12.5, 12.5, 0),
    (3, "", "水利局", "B27001", "堤防维护", "", "", 88.8888, 88.8888, None),
)


def test_projects_come_in_with_their_money_and_extras(county: Office) -> None:
    imported(county.actor(Role.PERFORMANCE_SECTION), ROWS)
    assert pool() == [
        (2027, "A27001", "展会补助", "301", 150_000_000, 120_000_000, 30_000_000),
        (2027, "A27002", "驻点招商工作", "301002", 12_500_000, 12_500_000, 0),
        (2027, "B27001", "堤防维护", "302", 88_888_800, 88_888_800, None),
    ]
    first = ProjectYear.objects.unrestricted("test").select_related("project").get(code="A27001")
    assert first.extra == {"功能科目编码": "2160250"}
    assert first.project.project_class == "targeted"
    entries = AuditEntry.objects.unrestricted("test").filter(action="import.apply")
    assert sorted(entries.values_list("chain", "after__rows")) == sorted(
        [(county.commerce.pk, 2), (county.water.pk, 1)]
    )


def test_the_original_is_kept_for_who_brought_it(county: Office, client: Client) -> None:
    actor = county.actor(Role.PERFORMANCE_SECTION)
    session = imported(actor, ROWS)
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    answer = client.get(f"/imports/{session.pk}/original")
    assert hashlib.sha256(b"".join(answer.streaming_content)).hexdigest() == session.sha256  # type: ignore[attr-defined]
    client.force_login(county.people[Role.AUDITOR])
    assert client.get(f"/imports/{session.pk}/original").status_code == 404


def test_a_project_goes_on_from_last_year_by_unit_and_name(county: Office) -> None:
    actor = county.actor(Role.PERFORMANCE_SECTION)
    imported(actor, [(1, "301", "", "A26001", "展会补助", "", "", 100, None, None)], year=2026)
    session = tried(actor, [ROWS[0]])
    (row,) = rows_of(session)
    assert row.state == "changed"
    assert [one[:3] for one in row.differences][:2] == [
        ["接上年", "2026年“展会补助”", "2027年"],
        ["预算数", "100万元", "150万元"],
    ]
    assert not row.remarks
    running.apply(actor, session.pk)
    assert Project.objects.unrestricted("test").filter(name="展会补助").count() == 1
    assert [one[:2] for one in pool()] == [(2026, "A26001"), (2027, "A27001")]


def test_last_years_code_in_a_column_settles_it_and_the_old_name_is_kept(county: Office) -> None:
    actor = county.actor(Role.PERFORMANCE_SECTION)
    imported(actor, [(1, "301", "", "A26001", "展会补助", "", "", 100, None, None)], year=2026)
    head = ("单位编码", "项目编码", "上年项目编码", "项目名称", "预算数(元)")
    imported(actor, [("301", "A27001", "A26001", "会展业发展专项", "5000000")], head)
    project = Project.objects.unrestricted("test").get(name="会展业发展专项")
    years = ProjectYear.objects.unrestricted("test").filter(project=project).order_by("year")
    assert list(years.values_list("year", "name")) == [(2026, "展会补助"), (2027, "会展业发展专项")]
    assert ProjectAlias.objects.unrestricted("test").get(project=project).text == "展会补助"


def test_what_is_only_alike_is_new_and_told(county: Office) -> None:
    actor = county.actor(Role.PERFORMANCE_SECTION)
    imported(actor, [(1, "301", "", "A26001", "展会经费补助", "", "", 100, None, None)], year=2026)
    (row,) = rows_of(tried(actor, [ROWS[0]]))
    assert row.state == "new"
    assert "像2026年的“展会经费补助”A26001" in row.remarks[0]


def test_a_project_made_by_hand_is_listed(county: Office) -> None:
    actor = county.actor(Role.PERFORMANCE_SECTION)
    session = tried(actor, [(1, "301", "", "A27009", "招商费用", "", "", 5, None, None)])
    assert rows_of(session)[0].object_id == str(county.projects["招商费用"].pk)
    running.apply(actor, session.pk)
    assert ProjectYear.objects.unrestricted("test").get().project == county.projects["招商费用"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ((1, "999", "", "X", "甲", "", "", 1, None, None), "没有“999”这个单位"),
        ((1, "", "", "X", "甲", "", "", 1, None, None), "没有填单位编码，也没有填单位名称"),
        ((1, "302", "清源县商务局", "X", "甲", "", "", 1, None, None), "看不出“302”、“清源县商务局”是哪个单位"),
        ((1, "301", "", "X", "", "", "", 1, None, None), "没有填项目名称"),
        ((1, "301", "", "X", "甲", "特别类", "", 1, None, None), "“特别类”不认得"),
        ((1, "301", "", 1.3e20, "甲", "", "", 1, None, None), "后面几位已经丢了"),
    ],
)
def test_wrong_rows_say_what_and_what_to_do(county: Office, row: tuple[Any, ...], words: str) -> None:
    (found,) = rows_of(tried(county.actor(Role.PERFORMANCE_SECTION), [row]))
    assert found.state == "error"
    assert words in found.problems[0][1]


def test_sums_that_do_not_add_up_are_told_and_hinder_nothing(county: Office) -> None:
    (row,) = rows_of(tried(county.actor(Role.PERFORMANCE_SECTION), [(1, "301", "", "X", "甲", "", "", 100, 60, 30)]))
    assert row.state == "new"
    assert row.remarks == ["财政资金＋其他资金＝90万元，和预算数100万元不平"]


def test_two_rows_of_a_name_without_codes_are_refused(county: Office) -> None:
    row = (1, "301", "", "", "甲", "", "", 100, None, None)
    found = rows_of(tried(county.actor(Role.PERFORMANCE_SECTION), [row, row]))
    assert [one.state for one in found] == ["error", "error"]
    assert "同名项目" in found[0].problems[0][1]


def test_a_unit_that_closed_takes_no_projects(county: Office) -> None:
    county.centre.closed_on = date(2020, 1, 2)
    county.centre.save()
    (row,) = rows_of(tried(county.actor(Role.PERFORMANCE_SECTION), [ROWS[1]]))
    assert row.state == "error"


def test_queries_do_not_grow_with_projects(
    county: Office, django_assert_max_num_queries: Callable[..., object]
) -> None:
    actor = county.actor(Role.PERFORMANCE_SECTION)
    rows = [(n, "301", "", f"P{n:04}", f"项目{n}", "", "", n, None, None) for n in range(500)]
    session = running.begin(actor, kind="projects", name="x.xlsx", data=xlsx([HEAD, *rows]), year=2027)
    with django_assert_max_num_queries(50):  # type: ignore[operator]
        running.attempt(actor, session.pk)


_ROW = st.tuples(
    st.just(1),
    st.sampled_from(["301", "301002", "302"]),
    st.just(""),
    st.sampled_from(["", "C1", "C2", "C3"]),
    st.sampled_from(["甲项目", "乙项目", "招商费用"]),
    st.sampled_from(["", "特定目标类"]),
    st.just(""),
    st.sampled_from([None, 1, 2.5]),
    st.just(None),
    st.just(None),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(last=st.lists(_ROW, max_size=5), this=st.lists(_ROW, min_size=1, max_size=6))
def test_whatever_two_years_hold_a_list_twice_is_once(
    county: Office, last: list[tuple[Any, ...]], this: list[tuple[Any, ...]]
) -> None:
    actor = county.actor(Role.PERFORMANCE_SECTION)
    Project.objects.unrestricted("a new example").exclude(pk__in=[one.pk for one in county.projects.values()]).delete()
    ProjectYear.objects.unrestricted("a new example").delete()
    if last:
        imported(actor, last, year=2026)
    imported(actor, this)
    once = pool()
    again = imported(actor, this)
    assert pool() == once
    assert {one.state for one in rows_of(again)} <= {"same", "error"}


def test_a_unit_that_can_only_be_one_is_a_button_and_then_known_in_all_rows(county: Office, client: Client) -> None:
    section = county.actor(Role.PERFORMANCE_SECTION)
    rows = [
        (n, "", "清源县投资促进服务中心", f"T{n}", f"项目{n}", "特定目标类", "2160219", "10", "10", "0") for n in (1, 2)
    ]
    session = tried(section, rows)
    first, second = rows_of(session)
    assert [row.state for row in (first, second)] == ["error", "error"]
    ((field, words, answer, label),) = first.problems
    assert field == "unit_name"
    assert words.startswith(
        "文件上写的是“清源县投资促进服务中心”，库里没有这个名称；最像的是301002清源县投资促进中心（"
    )
    assert (answer, label) == (str(county.centre.pk), "就是清源县投资促进中心，记为别名")
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    assert label in client.get(f"/imports/{session.pk}/rows?state=error").content.decode()
    assert client.post(f"/imports/{session.pk}/rows/{first.number}/answer", {"answer": answer}).status_code == 302
    assert [row.state for row in rows_of(session)] == ["new", "new"]
    name, data = selectors.left_over(section, session.pk)
    assert "0行" in name
    assert data
