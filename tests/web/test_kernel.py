"""The doors: nothing is read without saying for whom, nothing is written without right, second look and audit entry."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client
from django.utils import timezone

from jixiao.services.chain import entry_digest
from jixiao.web.accounts.roles import ACTIONS, ROLES, Role
from jixiao.web.audit.chain import as_record
from jixiao.web.audit.models import AuditEntry, ChainHead
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, NotAllowed, NotThere, Refused, service
from jixiao.web.kernel.door import UnrestrictedError
from jixiao.web.kernel.keyset import page_of
from jixiao.web.organisations.models import Organisation
from jixiao.web.projects.models import Project
from web.make import PASSWORD, YEAR, Office


@service("test.rename", "改名（测试）", right="project.edit")
def rename(act: Act, *, project: int, name: str) -> Project:
    found = act.get(Project, project)
    found.name = name
    return act.save(found)


@service("test.give_away", "转走（测试）", right="project.edit")
def give_away(act: Act, *, project: int, unit: int) -> Project:
    found = act.get(Project, project)
    found.unit_id = unit
    return act.save(found)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: list(Project.objects.all()),
        lambda: Project.objects.count(),
        lambda: Project.objects.filter(name="招商费用").exists(),
        lambda: Project.objects.get(name="招商费用"),
        lambda: Project.objects.first(),
        lambda: Project.objects.values_list("name")[:1][0],
        lambda: Project.objects.update(name="x"),
        lambda: Project.objects.all().delete(),
        lambda: next(Project.objects.iterator()),
    ],
)
def test_without_saying_for_whom_nothing_is_answered(county: Office, ask: object) -> None:
    with pytest.raises(UnrestrictedError):
        ask()  # type: ignore[operator]


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (Role.CLERK, {"招商费用"}),
        (Role.LEAD_REVIEWER, {"招商费用", "驻点招商"}),
        (Role.BUSINESS_SECTION, {"招商费用", "驻点招商"}),
        (Role.PERFORMANCE_SECTION, {"招商费用", "驻点招商", "河道疏浚"}),
        (Role.EXPERT, {"招商费用"}),
        (Role.SYSTEM_ADMIN, set()),
        (Role.SECURITY_ADMIN, set()),
    ],
)
def test_each_role_sees_as_far_as_it_goes(county: Office, role: Role, names: set[str]) -> None:
    assert set(Project.objects.restrict(county.actor(role), "project.view").values_list("name", flat=True)) == names


def test_a_change_is_written_with_its_entry_and_the_chain_holds(county: Office) -> None:
    rename(county.actor(Role.CLERK), project=county.projects["招商费用"].pk, name="招商引资")
    rename(county.actor(Role.CLERK), project=county.projects["招商费用"].pk, name="招商引资经费")
    entries = list(AuditEntry.objects.unrestricted("test").filter(chain=county.commerce.pk).order_by("number"))
    assert [(one.number, one.before, one.after) for one in entries] == [
        (1, {"name": "招商费用"}, {"name": "招商引资"}),
        (2, {"name": "招商引资"}, {"name": "招商引资经费"}),
    ]
    assert entries[1].previous == entries[0].digest
    assert all(entry_digest(as_record(one)) == one.digest for one in entries), "read back, the digest is the same"
    assert ChainHead.objects.get(chain=county.commerce.pk).digest == entries[1].digest


def test_what_belongs_to_others_is_not_there(county: Office) -> None:
    with pytest.raises(NotThere):
        rename(county.actor(Role.CLERK), project=county.projects["河道疏浚"].pk, name="x")


def test_without_the_right_nothing_is_done(county: Office) -> None:
    with pytest.raises(NotAllowed):
        rename(county.actor(Role.AUDITOR), project=county.projects["招商费用"].pk, name="x")


def test_what_falls_out_of_reach_by_the_change_is_rolled_back(county: Office) -> None:
    project = county.projects["招商费用"]
    with pytest.raises(NotAllowed):
        give_away(county.actor(Role.CLERK), project=project.pk, unit=county.water.pk)
    project.refresh_from_db()
    assert project.unit_id == county.commerce.pk
    assert not AuditEntry.objects.unrestricted("test").exists()


def test_three_administrators_are_kept_apart() -> None:
    kept = {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN}
    for role in kept:
        assert not {action for action in ROLES[role] if action.split(".")[0] in ("sheet", "project", "intake")}
    assert {role for role in Role if "right.grant" in ROLES[role]} == {Role.SECURITY_ADMIN}
    assert all("." in action for action in ACTIONS)


def test_a_page_by_key_never_repeats_nor_loses_a_row(county: Office) -> None:
    for n in range(25):
        Project.objects.create(unit=county.water if n % 2 else county.commerce, name=f"项目{n % 3}")
    rows = Project.objects.unrestricted("test")
    seen: list[int] = []
    after = ""
    while True:
        found = page_of(rows, ["-unit__order", "name"], after, size=4)
        seen += [one.pk for one in found.rows]
        after = found.after
        if not after:
            break
    whole = rows.order_by("-unit__order", "name", "pk").values_list("pk", flat=True)
    assert seen == list(whole)
    assert found.total == 28


def test_a_key_of_another_list_is_refused(county: Office) -> None:
    with pytest.raises(Refused, match="第一页"):
        page_of(Project.objects.unrestricted("test"), ["name"], "bm9uc2Vuc2U")


def test_a_deadline_is_the_end_of_the_local_day() -> None:
    with clock.at(timezone.make_aware(datetime(2026, 12, 3, 23, 59, 59))):
        assert not clock.is_past(date(2026, 12, 3))
    with clock.at(timezone.make_aware(datetime(2026, 12, 4))):
        assert clock.is_past(date(2026, 12, 3))


def test_organisations_hang_on_themselves(county: Office) -> None:
    seen = Organisation.objects.restrict(county.actor(Role.LEAD_REVIEWER), "organisation.view")
    assert set(seen) == {county.commerce, county.centre}


@pytest.mark.django_db
def test_signing_in_and_five_failures(county: Office, client: Client) -> None:
    right = {"username": "clerk", "password": PASSWORD}
    wrong = {"username": "clerk", "password": "wrong"}
    assert client.post("/login", right).status_code == 302
    assert client.get("/").status_code == 200
    client.post("/logout")
    assert client.get("/").status_code == 302
    for _ in range(5):
        assert client.post("/login", wrong).status_code == 422
    refused = client.post("/login", right)
    assert refused.status_code == 422
    assert "停用15分钟" in refused.content.decode()
    with clock.at(datetime(2026, 12, 31)):
        assert client.post("/login", right).status_code == 302


def test_parameters_that_a_page_does_not_know_are_named(county: Office, client: Client) -> None:
    client.force_login(county.people[Role.CLERK])
    answer = client.get(f"/{YEAR}/sheets/?stat=x&utm_source=y").content.decode()
    assert "stat" in answer
    assert "utm_source" not in answer
