"""Projects through the years: renamed, merged, split, gone on; what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from jixiao.web.accounts.roles import Role
from jixiao.web.kernel.acts import NotAllowed, NotThere, Refused
from jixiao.web.projects import services
from jixiao.web.projects.models import Predecessor, Project, ProjectYear
from web.make import Office


def test_a_name_holds_from_its_year_on(county: Office) -> None:
    actor = county.actor(Role.CLERK)
    project = county.projects["招商费用"]
    for year in (2026, 2027, 2028):
        services.set_year(actor, project=project.pk, year=year, of_year={"total_fen": year})
    services.rename(actor, project=project.pk, name="招商引资", since=2027)
    assert dict(ProjectYear.objects.unrestricted("test").values_list("year", "name")) == {
        2026: "招商费用",
        2027: "招商引资",
        2028: "招商引资",
    }
    assert list(project.aliases.unrestricted("test").values_list("text", flat=True)) == ["招商费用"]
    with pytest.raises(Refused, match="一样"):
        services.rename(actor, project=project.pk, name="招商引资", since=2027)


def test_merged_ones_end_and_what_they_became_knows_them(county: Office) -> None:
    actor = county.actor(Role.LEAD_REVIEWER)
    one, other = county.projects["招商费用"], county.projects["驻点招商"]
    services.set_year(actor, project=one.pk, year=2027, of_year={})
    made = services.merge(actor, projects=[one.pk, other.pk], since=2027, name="招商工作经费")
    assert set(
        Predecessor.objects.unrestricted("test").filter(project=made).values_list("predecessor", "kind", "since")
    ) == {
        (one.pk, "merged", 2027),
        (other.pk, "merged", 2027),
    }
    one.refresh_from_db()
    assert (one.closed_on, one.closed_because) == (date(2026, 12, 31), "合并为“招商工作经费”")
    assert not ProjectYear.objects.unrestricted("test").filter(project=one, year=2027).exists()


def test_what_has_money_already_is_not_merged_away(county: Office) -> None:
    actor = county.actor(Role.LEAD_REVIEWER)
    one, other = county.projects["招商费用"], county.projects["驻点招商"]
    services.set_year(actor, project=one.pk, year=2027, of_year={"total_fen": 5})
    with pytest.raises(Refused, match="已经有预算数"):
        services.merge(actor, projects=[one.pk, other.pk], since=2027, name="x")
    assert Project.objects.unrestricted("test").count() == 3
    with pytest.raises(Refused, match="两个以上"):
        services.merge(actor, projects=[one.pk], since=2027, name="x")


def test_split_with_and_without_an_end(county: Office) -> None:
    actor = county.actor(Role.CLERK)
    project = county.projects["招商费用"]
    (extra,) = services.split(actor, project=project.pk, names=["出国招商"], since=2027, ends=False)
    project.refresh_from_db()
    assert project.closed_on is None
    parts = services.split(actor, project=project.pk, names=["甲", "乙", "甲"], since=2028)
    project.refresh_from_db()
    assert [one.name for one in parts] == ["甲", "乙"]
    assert project.closed_on == date(2027, 12, 31)
    assert extra.pk not in {one.pk for one in parts}
    with pytest.raises(Refused, match="两个以上"):
        services.split(actor, project=extra.pk, names=["只有一个"], since=2028)
    with pytest.raises(Refused, match="已经结束"):
        services.set_year(actor, project=project.pk, year=2028, of_year={})


def test_going_on_makes_no_circles(county: Office) -> None:
    actor = county.actor(Role.LEAD_REVIEWER)
    one, other = county.projects["招商费用"], county.projects["驻点招商"]
    services.continue_from(actor, project=one.pk, predecessor=other.pk, since=2027)
    for pair in ((other, one), (one, one)):
        with pytest.raises(Refused, match="不能接自己"):
            services.continue_from(actor, project=pair[0].pk, predecessor=pair[1].pk, since=2027)


def test_a_code_is_once_in_a_year(county: Office) -> None:
    actor = county.actor(Role.LEAD_REVIEWER)
    services.set_year(actor, project=county.projects["招商费用"].pk, year=2027, of_year={"code": "A1"})
    with pytest.raises(Refused, match="已经是“清源县商务局”的“招商费用”"):
        services.set_year(actor, project=county.projects["驻点招商"].pk, year=2027, of_year={"code": "A1"})
    services.set_year(actor, project=county.projects["驻点招商"].pk, year=2026, of_year={"code": "A1"})


def test_what_a_form_does_not_show_stays(county: Office) -> None:
    actor = county.actor(Role.CLERK)
    project = county.projects["招商费用"]
    services.edit_project(actor, project=project.pk, fields={"is_key": True, "starts_in": 2027})
    services.edit_project(actor, project=project.pk, fields={"upper_document": "示财〔2027〕1号"})
    project.refresh_from_db()
    assert (project.is_key, project.starts_in, project.upper_document) == (True, 2027, "示财〔2027〕1号")
    with pytest.raises(Refused, match="早于"):
        services.edit_project(actor, project=project.pk, fields={"ends_in": 2026})
    with pytest.raises(ValueError, match="no fields"):
        services.edit_project(actor, project=project.pk, fields={"unit": 5})


def test_ended_and_taken_up_again(county: Office) -> None:
    actor = county.actor(Role.CLERK)
    project = county.projects["招商费用"]
    with pytest.raises(Refused, match="原因"):
        services.close(actor, project=project.pk, on=date(2026, 12, 31), because=" ")
    services.close(actor, project=project.pk, on=date(2026, 12, 31), because="任务完成")
    services.reopen(actor, project=project.pk)
    project.refresh_from_db()
    assert project.closed_on is None


def test_rights(county: Office) -> None:
    with pytest.raises(NotThere):
        services.rename(county.actor(Role.CLERK), project=county.projects["河道疏浚"].pk, name="x", since=2027)
    with pytest.raises(NotAllowed):
        services.rename(county.actor(Role.FINANCE_LEADER), project=county.projects["河道疏浚"].pk, name="x", since=2027)
    with pytest.raises(NotThere):
        services.edit_project(
            county.actor(Role.LEAD_REVIEWER),
            project=county.projects["驻点招商"].pk,
            fields={},
            unit=county.water.pk,
        )
