"""What departments also go by in documents: a page with where it comes from, rights, entries in the log; files are matched by it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from jixiao.domain.organisation import Organisation as Named
from jixiao.readers import read_file
from jixiao.web.accounts.roles import Role
from jixiao.web.audit.models import AuditEntry
from jixiao.web.desk.deciding import decide_of_file
from jixiao.web.kernel.acts import NotAllowed, NotThere, Refused
from jixiao.web.projects.matching import match_department
from jixiao.web.projects.models import OrganisationAlias
from jixiao.web.projects.services import forget_department_alias, remember_department
from web.intake.desk import HEALTH, hand_in, health, written
from web.make import Office


def test_added_and_taken_away_on_the_page(county: Office, client: Client) -> None:
    section = county.actor(Role.PERFORMANCE_SECTION)
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    answer = client.post("/aliases/add", {"unit": str(county.commerce.pk), "text": "县招商口"}, follow=True)
    shown = answer.content.decode()
    assert "县招商口" in shown
    assert "自己加的" in shown
    assert county.people[Role.PERFORMANCE_SECTION].name in shown
    assert match_department(section, county.region, "县招商口", None).found == county.commerce
    alias = OrganisationAlias.objects.unrestricted("test").get()
    client.post(f"/aliases/{alias.pk}/forget")
    assert match_department(section, county.region, "县招商口", None).found is None
    actions = AuditEntry.objects.unrestricted("test").order_by("id").values_list("action", "chain")
    assert list(actions) == [("organisation.alias", county.commerce.pk), ("organisation.forget", county.commerce.pk)]


def test_what_the_desk_learned_says_from_which_file(county: Office, client: Client) -> None:
    department = health(county)
    section = county.actor(Role.PERFORMANCE_SECTION)
    plan = read_file(HEALTH)
    sheets = tuple(replace(sheet, budget_unit=Named()) for sheet in plan.goal_sheets)
    other = replace(
        plan, department=Named(name="县卫健口"), title="2026年绩效文本", goal_sheets=sheets, provenance={}, notes=()
    )
    (row,) = hand_in(section, {"卫健.docx": written(other)})
    assert row.department_id is None
    decide_of_file(section, file=row.pk, department=department.pk)
    alias = OrganisationAlias.objects.unrestricted("test").get()
    assert (alias.text, alias.origin) == ("县卫健口", "收件台：卫健.docx")
    client.force_login(county.people[Role.AUDITOR])
    shown = client.get("/aliases/?q=卫健").content.decode()
    assert "收件台：卫健.docx" in shown
    assert "/forget" not in shown, "who may not change sees no button"


def test_only_within_ones_reach(county: Office) -> None:
    with pytest.raises(NotThere):
        remember_department(county.actor(Role.CLERK), department=county.water.pk, text="河长办")
    alias = remember_department(county.actor(Role.PERFORMANCE_SECTION), department=county.water.pk, text="河长办")
    assert alias is not None
    with pytest.raises(NotThere):
        forget_department_alias(county.actor(Role.CLERK), alias=alias.pk)
    with pytest.raises(NotAllowed):
        forget_department_alias(county.actor(Role.AUDITOR), alias=alias.pk)


@pytest.mark.parametrize(
    ("text", "words"),
    [("清源县水利局", "另一家单位"), ("清源县商务局", "自己的名称"), ("301", "自己的名称"), ("，", "空")],
)
def test_a_name_of_another_unit_is_no_alias(county: Office, text: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        remember_department(county.actor(Role.PERFORMANCE_SECTION), department=county.commerce.pk, text=text)
