"""A document's department and project are found by what they go by; doubt is asked once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from jixiao.web.accounts.roles import Role
from jixiao.web.kernel.acts import NotThere
from jixiao.web.organisations.models import OrganisationSpell
from jixiao.web.projects.matching import Known, Match, match, match_department, match_project
from jixiao.web.projects.models import Predecessor, Project, ProjectYear
from jixiao.web.projects.services import remember_department, remember_project
from web.make import Office

A = Known("a", (("301", "编码相同"),), (("招商引资经费", "名称相同"), ("招商专项", "别名")))
B = Known("b", (("302", "编码相同"),), (("河道疏浚", "名称相同"), ("清淤", "曾用名“清淤”")))
C = Known("c", (("303", "编码相同"),), (("招商引资奖励", "名称相同"),))


@pytest.mark.parametrize(
    ("name", "code", "found", "why"),
    [
        ("招商引资经费", None, "a", "名称相同"),
        (" 招商 引资经费", None, "a", "名称相同"),
        ("招商专项", None, "a", "别名"),
        ("清淤", None, "b", "曾用名"),
        (None, "302", "b", "编码相同"),
        ("河道疏浚", "302", "b", "名称也对得上"),
        ("302河道疏浚", None, "b", "名称也对得上"),
        ("河道疏浚工程", "302", "b", "编码相同"),
    ],
)
def test_what_a_code_or_name_points_to_is_certain_and_says_why(
    name: str | None, code: str | None, found: str, why: str
) -> None:
    told = match([A, B, C], name, code)
    assert (told.found, told.is_certain) == (found, True)
    assert why in told.reason


@pytest.mark.parametrize(
    ("name", "code", "candidates"),
    [
        ("招商引资", None, ["a", "c"]),
        ("河道疏浚", "301", ["a", "b"]),
        ("农田建设补助", "301", ["a"]),
        ("完全不同", None, []),
        (None, None, []),
        ("", "999", []),
    ],
)
def test_doubt_is_told_with_reasons(name: str | None, code: str | None, candidates: list[str]) -> None:
    told: Match[str] = match([A, B, C], name, code)
    assert told.found is None
    assert not told.is_certain
    assert sorted(one for one, _ in told.candidates) == candidates
    assert all(why for _, why in told.candidates)


def test_a_name_of_two_things_is_asked() -> None:
    twin = Known("d", (), (("河道疏浚", "名称相同"),))
    assert {one for one, _ in match([B, twin], "河道疏浚", None).candidates} == {"b", "d"}
    assert match([B, twin], "河道疏浚", "302").found == "b"


@pytest.mark.parametrize(
    ("name", "code", "why"),
    [
        ("清源县商务局", None, "名称相同"),
        ("商务局", None, "省写"),
        ("清源县商务局（本级）", None, "省写"),
        ("301清源县商务局", None, "名称也对得上"),
        (None, "301", "编码相同"),
        ("清源县投资促进中心", None, "下属单位"),
        (None, "301002", "下属单位"),
        ("清源县经济合作局", None, "曾用名"),
    ],
)
def test_a_department_by_what_it_is_and_was_called(
    county: Office, name: str | None, code: str | None, why: str
) -> None:
    OrganisationSpell.objects.create(organisation=county.commerce, name="清源县经济合作局", until=date(2024, 3, 1))
    told = match_department(county.actor(Role.PERFORMANCE_SECTION), county.region, name, code)
    assert told.found == county.commerce
    assert why in told.reason


def test_a_department_is_asked_once(county: Office) -> None:
    actor = county.actor(Role.PERFORMANCE_SECTION)
    assert not match_department(actor, county.region.pk, "县商务口", None).is_certain
    remember_department(actor, department=county.commerce.pk, text="县商务口")
    told = match_department(actor, county.region.pk, "县商务口", None)
    assert (told.found, told.reason) == (county.commerce, "别名")
    remember_department(actor, department=county.water.pk, text="县商务口")
    assert match_department(actor, county.region.pk, "县商务口", None).found == county.water, "the last answer holds"


def test_a_project_by_its_code_of_the_year_and_of_before(county: Office) -> None:
    actor = county.actor(Role.CLERK)
    project = county.projects["招商费用"]
    ProjectYear.objects.create(project=project, year=2026, code="A26", name="招商引资费用")
    assert match_project(actor, county.commerce, 2027, "招商费用", None).reason == "名称相同，2027年度还没有列入"
    ProjectYear.objects.create(project=project, year=2027, code="A27", name="招商费用")
    assert match_project(actor, county.commerce.pk, 2027, None, "A27").found == project
    told = match_project(actor, county.commerce, 2027, None, "A26")
    assert (told.found, told.reason) == (project, "上年编码（2026年）")
    assert match_project(actor, county.commerce, 2027, "招商引资费用", None).reason == "曾用名“招商引资费用”（2026年）"


def test_a_project_by_its_predecessor_and_by_alias(county: Office) -> None:
    actor = county.actor(Role.CLERK)
    before = Project.objects.create(unit=county.commerce, name="节会经费", closed_on=date(2026, 12, 31))
    Predecessor.objects.create(
        project=county.projects["招商费用"], predecessor=before, kind=Predecessor.Kind.MERGED, since=2027
    )
    told = match_project(actor, county.commerce, 2027, "节会经费", None)
    assert told.found == county.projects["招商费用"]
    assert "前身" in told.reason
    assert not match_project(actor, county.commerce, 2027, "外出考察", None).is_certain
    remember_project(actor, project=county.projects["招商费用"].pk, text="外出考察")
    assert match_project(actor, county.commerce, 2027, "外出 考察", None).reason == "别名，2027年度还没有列入"


def test_what_one_may_not_see_is_not_found(county: Office) -> None:
    actor = county.actor(Role.CLERK)
    assert match_department(actor, county.region, "清源县水利局", "302") == Match(None)
    assert match_project(actor, county.water, 2027, "河道疏浚", None) == Match(None)
    with pytest.raises(NotThere):
        remember_project(actor, project=county.projects["河道疏浚"].pk, text="x")
    with pytest.raises(NotThere):
        remember_department(actor, department=county.water.pk, text="x")


def test_queries_are_few_however_many_projects(
    county: Office, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for n in range(60):
        made = Project.objects.create(unit=county.commerce, name=f"项目{n}")
        ProjectYear.objects.create(project=made, year=2027, code=f"P{n}", name=f"项目{n}")
    actor = county.actor(Role.LEAD_REVIEWER)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        assert match_project(actor, county.commerce, 2027, "项目9", None).is_certain
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        assert match_department(actor, county.region, "商务局", None).is_certain
