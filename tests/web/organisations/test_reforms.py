"""机构改革: what is rehearsed is what happens; history keeps its names; open work and reach go to the successor."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from jixiao.web.accounts.models import Assignment, User
from jixiao.web.accounts.roles import Role
from jixiao.web.audit.models import AuditEntry
from jixiao.web.goals.models import Sheet, SheetKind, SheetState
from jixiao.web.intake.models import Batch, IncomingFile
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import SERVICES, Act, NotAllowed, NotThere, Refused, service
from jixiao.web.organisations.lineage import names_on
from jixiao.web.organisations.models import (
    FiscalYear,
    Organisation,
    OrganisationKind,
    OrganisationSpell,
    Reform,
    Responsibility,
    Succession,
)
from jixiao.web.organisations.reform.plans import Plan
from jixiao.web.organisations.services import carry_out_due, reform, rehearse, withdraw_reform
from jixiao.web.projects.models import Project
from web.make import YEAR, Office, organisation

DAY = date(2026, 12, 1)
Kind = Reform.Kind


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with clock.at(DAY):
        yield


def sheet(unit: Organisation, project: Project | None, year: int, state: str, kind: str = SheetKind.GOAL) -> Sheet:
    made: Sheet = Sheet.objects.create(
        unit=unit,
        project=project,
        year=year,
        kind=kind,
        title=f"{unit.name}{year}",
        state=state,
        changed_at=clock.now(),
    )
    return made


def seen(office: Office, role: Role, action: str, model: Any, *, other: bool = False) -> set[str]:
    rows = model.objects.restrict(office.actor(role, other=other), action)
    return {one.label for one in rows}


def do(office: Office, plan: Plan, on: date = DAY, document: str = "清编〔2026〕3号") -> Reform:
    return reform(office.actor(Role.SYSTEM_ADMIN), plan=plan, effective_on=on, document=document)


def ids(*found: Any) -> tuple[int, ...]:
    return tuple(one.pk for one in found)


def test_a_new_name_from_a_day_on_old_documents_keep_the_old_one(county: Office) -> None:
    do(county, Plan(Kind.RENAME, ids(county.commerce), name="清源县商务和投资促进局"))
    county.commerce.refresh_from_db()
    assert county.commerce.name == "清源县商务和投资促进局"
    before, after = DAY - timedelta(days=1), DAY
    assert names_on([county.commerce.pk], before) == {county.commerce.pk: "清源县商务局"}
    assert names_on([county.commerce.pk], after) == {county.commerce.pk: "清源县商务和投资促进局"}
    assert names_on([county.water.pk], after) == {county.water.pk: "清源县水利局"}
    rows = OrganisationSpell.objects.unrestricted("test").filter(organisation=county.commerce).order_by("id")
    assert [(one.name, one.since, one.until) for one in rows] == [
        ("清源县商务局", date(2020, 1, 1), DAY),
        ("清源县商务和投资促进局", DAY, None),
    ]


def test_a_second_change_on_the_same_day_is_refused(county: Office) -> None:
    do(county, Plan(Kind.RENAME, ids(county.commerce), name="甲局"))
    with pytest.raises(Refused, match="要晚于这一天"):
        do(county, Plan(Kind.RENAME, ids(county.commerce), name="乙局"))


def test_a_unit_moves_to_another_department_and_its_people_see_the_same(county: Office) -> None:
    do(county, Plan(Kind.MOVE, ids(county.centre), target=county.water.pk))
    county.centre.refresh_from_db()
    assert (county.centre.parent, county.centre.department) == (county.water, county.water)
    assert seen(county, Role.LEAD_REVIEWER, "project.view", Project) == {"招商费用"}
    assert seen(county, Role.LEAD_REVIEWER, "project.view", Project, other=True) == {"驻点招商", "河道疏浚"}


def test_nothing_moves_beneath_itself(county: Office) -> None:
    with pytest.raises(Refused, match="就在"):
        do(county, Plan(Kind.MOVE, ids(county.commerce), target=county.centre.pk))


def prepare(office: Office) -> dict[str, Any]:
    """Work of all kinds at 商务局: open, approved, of its own, incoming."""
    project = office.projects["招商费用"]
    ended = Project.objects.create(unit=office.commerce, name="已完结项目", closed_on=date(2024, 12, 31))
    batch = Batch.objects.create(
        organisation=office.commerce, title="一批", made_at=clock.now(), made_by=office.people[Role.CLERK]
    )
    IncomingFile.objects.create(batch=batch, name="a.docx", state=IncomingFile.State.TO_CHECK, made_at=clock.now())
    old = Batch.objects.create(
        organisation=office.commerce, title="收完的一批", made_at=clock.now(), made_by=office.people[Role.CLERK]
    )
    IncomingFile.objects.create(batch=old, name="b.docx", state=IncomingFile.State.ACCEPTED, made_at=clock.now())
    return {
        "open": sheet(office.commerce, project, YEAR, SheetState.SENT_BACK),
        "approved": sheet(office.commerce, project, YEAR - 1, SheetState.APPROVED),
        "whole": sheet(office.commerce, None, YEAR, SheetState.DRAFTED, SheetKind.DEPARTMENT_WIDE),
        "ended": ended,
        "batch": batch,
        "old batch": old,
    }


MERGED = "清源县商务水利局"


def merge(office: Office) -> Plan:
    return Plan(Kind.MERGE, ids(office.commerce, office.water), name=MERGED, code="303")


def test_a_rehearsal_counts_what_then_happens_and_changes_nothing(county: Office) -> None:
    prepare(county)
    actor = county.actor(Role.SYSTEM_ADMIN)
    shown = rehearse(actor, plan=merge(county), effective_on=DAY)
    assert shown.title == "清源县商务局、清源县水利局合并为清源县商务水利局"
    assert dict(shown.counts) == {
        "下属单位": 1, "人员": 8, "授权": 8, "项目": 2, "在办的表": 2, "没收完的文件": 1,
    }  # fmt: skip
    assert not Reform.objects.unrestricted("test").exists()
    assert not AuditEntry.objects.unrestricted("test").exists()
    assert not Organisation.objects.unrestricted("test").filter(code="303").exists()
    done = do(county, merge(county))
    assert [f"{title} {count}" for title, count in shown.counts] == done.result[2 : 2 + len(shown.counts)]


def test_two_departments_become_a_new_one(county: Office) -> None:
    made = prepare(county)
    do(county, merge(county))
    new = Organisation.objects.unrestricted("test").get(code="303")
    for one in made.values():
        one.refresh_from_db()
    assert (made["open"].unit, made["whole"].unit, made["batch"].organisation) == (new, new, new), "open work goes on"
    assert made["approved"].unit == county.commerce, "what was approved keeps the unit that wrote it"
    assert made["ended"].unit == county.commerce
    assert made["old batch"].organisation == county.commerce
    county.commerce.refresh_from_db()
    county.centre.refresh_from_db()
    assert county.commerce.closed_on == DAY
    assert (county.centre.parent, county.centre.department) == (new, new)
    section = Responsibility.objects.unrestricted("test").get(until__isnull=True)
    assert (section.section, section.department, section.since) == (county.section, new, DAY)
    successions = Succession.objects.unrestricted("test")
    assert set(successions.values_list("predecessor", "successor", "kind")) == {
        (county.commerce.pk, new.pk, "merge"),
        (county.water.pk, new.pk, "merge"),
    }


def test_successors_see_what_predecessors_left_and_others_still_do_not(county: Office) -> None:
    prepare(county)
    third = organisation(county.region, OrganisationKind.LEAD_DEPARTMENT, "305", "清源县教育局")
    stranger = User.objects.create(username="stranger", name="外人", organisation=third)
    Assignment.objects.create(user=stranger, role=Role.LEAD_REVIEWER.value, organisation=third)
    do(county, merge(county))
    county.people = {role: User.objects.unrestricted("test").get(pk=one.pk) for role, one in county.people.items()}
    everything = {"招商费用", "驻点招商", "河道疏浚", "已完结项目"}
    assert seen(county, Role.LEAD_REVIEWER, "project.view", Project) == everything
    assert seen(county, Role.BUSINESS_SECTION, "project.view", Project) == everything
    assert seen(county, Role.CLERK, "project.view", Project) == {"招商费用", "河道疏浚", "已完结项目"}
    assert "清源县商务局2026" in seen(county, Role.CLERK, "sheet.view", Sheet)
    county.people[Role.LEAD_REVIEWER] = stranger
    assert seen(county, Role.LEAD_REVIEWER, "project.view", Project) == set()


def test_reach_goes_on_through_several_reforms(county: Office) -> None:
    prepare(county)
    do(county, merge(county))
    new = Organisation.objects.unrestricted("test").get(code="303")
    with clock.at(DAY + timedelta(days=400)):
        do(
            county,
            Plan(Kind.CLOSE, ids(new), name="清源县综合局", code="304"),
            on=DAY + timedelta(days=400),
        )
        assert "清源县商务局2026" in seen(county, Role.CLERK, "sheet.view", Sheet)


def test_the_sheet_of_a_whole_unit_stays_where_the_successor_has_one(county: Office) -> None:
    prepare(county)
    theirs = sheet(county.water, None, YEAR, SheetState.DRAFTED, SheetKind.DEPARTMENT_WIDE)
    shown = rehearse(
        county.actor(Role.SYSTEM_ADMIN),
        plan=Plan(Kind.CLOSE, ids(county.commerce), target=county.water.pk),
        effective_on=DAY,
    )
    assert len(shown.stays) == 1
    assert "合并填报" in shown.stays[0]
    do(county, Plan(Kind.CLOSE, ids(county.commerce), target=county.water.pk))
    theirs.refresh_from_db()
    assert theirs.unit == county.water


def test_a_part_goes_over_while_the_rest_goes_on(county: Office) -> None:
    made = prepare(county)
    other = Project.objects.create(unit=county.commerce, name="外贸促进")
    left = sheet(county.commerce, other, YEAR - 1, SheetState.APPROVED)
    clerk = county.people[Role.CLERK]
    do(
        county,
        Plan(
            Kind.SPLIT,
            ids(county.commerce),
            target=county.water.pk,
            projects=ids(county.projects["招商费用"]),
            people=ids(clerk),
        ),
    )
    made["open"].refresh_from_db()
    made["approved"].refresh_from_db()
    clerk.refresh_from_db()
    assert made["open"].unit == county.water
    assert made["approved"].unit == county.commerce
    assert clerk.organisation == county.water
    assert seen(county, Role.CLERK, "sheet.view", Sheet) >= {"清源县商务局2027", "清源县商务局2026"}
    visible = Sheet.objects.restrict(county.actor(Role.CLERK), "sheet.view")
    assert not visible.filter(pk=left.pk).exists(), "what did not come over is not theirs"
    still = Sheet.objects.restrict(county.actor(Role.UNIT_HEAD), "sheet.view")
    assert still.filter(pk=made["approved"].pk).exists(), "who wrote it still sees it"


def test_people_keep_their_roles_and_old_ones_stay_in_history(county: Office) -> None:
    do(county, merge(county))
    new = Organisation.objects.unrestricted("test").get(code="303")
    clerk = county.people[Role.CLERK]
    rows = Assignment.objects.unrestricted("test").filter(user=clerk).order_by("id")
    assert [(one.organisation, one.since, one.until) for one in rows] == [
        (county.commerce, None, DAY - timedelta(days=1)),
        (new, DAY, None),
    ]


def test_each_share_is_one_entry_with_the_digest_of_its_rows(county: Office) -> None:
    do(county, merge(county))
    entries = AuditEntry.objects.unrestricted("test").filter(action="reform.make", note__contains="项目1个")
    assert {one.before["项目"] for one in entries} == {"清源县商务局", "清源县水利局"}
    assert all(len(one.after["digest"]) == 64 for one in entries)


def test_a_reform_of_the_future_waits_for_its_day(county: Office) -> None:
    later = DAY + timedelta(days=31)
    planned = do(county, merge(county), on=later)
    assert planned.state == Reform.State.PLANNED
    assert carry_out_due() == 0
    assert not Organisation.objects.unrestricted("test").filter(code="303").exists()
    with clock.at(later):
        assert carry_out_due() == 1
        assert carry_out_due() == 0, "once"
    planned.refresh_from_db()
    assert planned.state == Reform.State.DONE
    assert Organisation.objects.unrestricted("test").get(code="303").opened_on == later


def test_what_cannot_be_done_on_its_day_is_marked_with_the_reason(county: Office) -> None:
    later = DAY + timedelta(days=31)
    planned = do(county, Plan(Kind.CLOSE, ids(county.centre), target=county.water.pk), on=later)
    do(county, Plan(Kind.CLOSE, ids(county.water), target=county.commerce.pk))
    with clock.at(later):
        carry_out_due()
    planned.refresh_from_db()
    assert planned.state == Reform.State.STUCK
    assert "水利局" in planned.trouble
    assert withdraw_reform(county.actor(Role.SYSTEM_ADMIN), reform=planned.pk).state == Reform.State.WITHDRAWN


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (lambda o: Plan(Kind.CLOSE, ids(o.commerce)), "由谁接着管"),
        (lambda o: Plan(Kind.MERGE, ids(o.commerce)), "至少要有两家"),
        (lambda o: Plan(Kind.RENAME, ids(o.commerce)), "新名称"),
        (lambda o: Plan(Kind.SPLIT, ids(o.commerce), target=o.water.pk), "还没有选"),
        (lambda o: Plan(Kind.MERGE, ids(o.commerce, o.water), name="新局"), "编码"),
        (lambda o: Plan(Kind.MERGE, ids(o.commerce, o.water), name="新局", code="100"), "编码"),
        (lambda o: Plan(Kind.CLOSE, ids(o.commerce), target=o.centre.pk), "下面"),
        (lambda o: Plan(Kind.MERGE, ()), "没有选单位"),
    ],
)
def test_what_is_missing_or_impossible_is_said(county: Office, plan: Any, words: str) -> None:
    with pytest.raises(Refused, match=words):
        do(county, plan(county))


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.SYSTEM_ADMIN])
def test_only_the_system_administrator_reforms(county: Office, role: Role) -> None:
    with pytest.raises(NotAllowed):
        reform(county.actor(role), plan=merge(county), effective_on=DAY)


LINKS = {
    # what a reform moves
    "accounts.user.organisation": "moves",
    "accounts.assignment.organisation": "moves: ended and made anew at the successor",
    "projects.project.unit": "moves: those not ended",
    "goals.sheet.unit": "moves: open ones; the unit that wrote what is approved stays",
    "editor.unreported.unit": "moves: of years that are not closed, with the project or where the successor gave none",
    "intake.batch.organisation": "moves: those with files to be checked",
    "intake.incomingfile.department": "moves: of files to be checked",
    "intake.incomingsheet.unit": "moves: those not accepted",
    "organisations.organisation.parent": "moves: units beneath",
    "organisations.organisation.department": "moves with the parent",
    "organisations.responsibility.department": "moves: ended and made anew, where nobody looks after the successor",
    "organisations.extension.department": "moves: those not past",
    # what stays with the one it was about
    "library.libraryindicator.unit": "who proposed it then",
    "workflow.heldback.unit": "why it was held back then",
    "workflow.reminder.department": "history",
    "workflow.approval.unit": "history: to whom it was given",
    "workflow.control.unit": "history: a new document sets those of the successor",
    "organisations.responsibility.section": "a section that ends: its departments are given to another by hand",
    "organisations.organisationspell.organisation": "history",
    "organisations.organisationspell.parent": "history",
    "organisations.reform.about": "history",
    "organisations.succession.predecessor": "history",
    "organisations.succession.successor": "history",
    "audit.auditentry.department": "the log never changes",
    "imports.importsession.organisation": "an import is its person's, who goes along",
    "imports.rememberedcolumns.organisation": "how a list of the old unit looked",
    "projects.organisationalias.organisation": "how texts write the old unit; found through its successor",
}


def test_of_every_link_to_an_organisation_it_is_known_what_a_reform_does() -> None:
    links = {
        f"{model._meta.label_lower}.{one.name}"
        for model in apps.get_models()
        for one in model._meta.concrete_fields
        if one.related_model is Organisation
    }
    assert sorted(links - set(LINKS)) == []
    assert sorted(set(LINKS) - links) == []


def test_lists_of_a_year_keep_the_names_of_then(county: Office, client: Client) -> None:
    project = county.projects["招商费用"]
    sheet(county.commerce, project, YEAR - 2, SheetState.APPROVED)
    sheet(county.commerce, project, YEAR, SheetState.DRAFTED)
    do(county, Plan(Kind.RENAME, ids(county.commerce), name="清源县商务和投资促进局"), on=date(2026, 6, 1))
    client.force_login(county.people[Role.CLERK])
    cell = '<td class="fix name" data-label="单位">'
    assert f"{cell}清源县商务局<" in client.get(f"/{YEAR - 2}/sheets/").content.decode()
    assert f"{cell}清源县商务和投资促进局<" in client.get(f"/{YEAR}/sheets/").content.decode()


def test_unknown_organisations_are_not_there(county: Office) -> None:
    with pytest.raises(NotThere):
        do(county, Plan(Kind.CLOSE, (10**6,), target=county.water.pk))


def test_closed_years_stay_as_they_are_and_no_bulk_change_gets_past_the_guard(county: Office) -> None:
    """Sheets of a closed year keep the unit that wrote them; who moves them all the same is refused, not only who saves one."""
    project = county.projects["招商费用"]
    last = FiscalYear.objects.create(
        region=county.region, year=YEAR - 1, state=FiscalYear.State.CLOSED, ruleset="hebei"
    )
    left = sheet(county.commerce, project, last.year, SheetState.DRAFTED)
    whole = sheet(county.commerce, None, last.year, SheetState.SENT_BACK, SheetKind.DEPARTMENT_WIDE)
    open_one = sheet(county.commerce, project, YEAR, SheetState.DRAFTED)
    do(county, merge(county))
    new = Organisation.objects.unrestricted("test").get(code="303")
    for one, unit in ((left, county.commerce), (whole, county.commerce), (open_one, new)):
        one.refresh_from_db()
        assert one.unit == unit

    @service("test.past_the_guard", "测试", right="organisation.edit")
    def past(act: Act, *, keys: list[int]) -> None:
        act.give(Sheet, keys, unit=new)

    try:
        with pytest.raises(Refused, match="已经关闭"):
            past(county.actor(Role.SYSTEM_ADMIN), keys=[open_one.pk, left.pk])
    finally:
        del SERVICES["test.past_the_guard"]
    left.refresh_from_db()
    assert left.unit == county.commerce
