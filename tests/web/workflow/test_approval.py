"""批复, handed down, adjusted, opened again in the second round."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jixiao.web.accounts.actors import actor_for
from jixiao.web.accounts.roles import Role
from jixiao.web.goals.models import Sheet, SheetState
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotAllowed, NotThere, Refused
from jixiao.web.organisations.models import Round
from jixiao.web.workflow import services
from jixiao.web.workflow.handing_in import hand_in
from jixiao.web.workflow.models import Approval, Phase
from jixiao.web.workflow.services.approving import versions_of
from jixiao.web.workflow.services.way import Looked
from web.editor.sheets import sheet_of
from web.make import YEAR, Office, person
from web.workflow.on_the_way import STEPS, agreed, handed_in, now, passed, run_of
from web.workflow.sets import listed, round_of


def test_only_what_passed_is_approved_all_or_none(county: Office, sheet: Sheet) -> None:
    other = sheet_of(county, "驻点招商")
    handed_in(county)
    passed(county, sheet)
    finance = county.actor(Role.PERFORMANCE_SECTION)
    pairs = [Looked(sheet.pk, sheet.version), Looked(other.pk, other.version)]
    with pytest.raises(Refused, match="填报中，审核通过的才能批复"):
        services.approve(
            finance, year=YEAR, unit=county.commerce.pk, sheets=pairs, document="清财预〔2027〕12号", day=clock.today()
        )
    assert now(sheet)[0] == Phase.PASSED
    assert not Approval.objects.unrestricted("test").exists()
    with pytest.raises(Refused, match="文号"):
        services.approve(finance, year=YEAR, unit=county.commerce.pk, sheets=pairs[:1], document=" ", day=clock.today())
    with pytest.raises(NotAllowed):
        services.approve(
            county.actor(Role.LEAD_REVIEWER), year=YEAR, unit=county.commerce.pk, sheets=pairs[:1], document="清财预〔2027〕12号", day=clock.today()
        )  # fmt: skip


def test_an_approved_sheet_is_adjusted_as_a_new_version(county: Office, sheet: Sheet) -> None:
    handed_in(county)
    passed(county, sheet)
    services.approve(
        county.actor(Role.PERFORMANCE_SECTION), year=YEAR, unit=county.commerce.pk, sheets=[Looked(sheet.pk, sheet.version)], document="清财预〔2027〕12号", day=clock.today()
    )  # fmt: skip
    clerk = county.actor(Role.CLERK)
    with pytest.raises(Refused, match="原因"):
        services.start_adjustment(clerk, year=YEAR, key=sheet.pk, reason=" ")
    services.start_adjustment(clerk, year=YEAR, key=sheet.pk, reason="年中追加资金")
    assert now(sheet) == (Phase.WITH_UNIT, "", SheetState.ADJUSTING)
    hand_in(clerk, YEAR, county.commerce.pk, [sheet.pk])
    assert now(sheet) == (Phase.WAITING, "unit", SheetState.SUBMITTED)
    assert run_of(sheet).is_adjustment


def test_a_lead_department_hands_its_approval_down(county: Office) -> None:
    round_of(county)
    listed(county, "驻点招商")
    sheet = sheet_of(county, "驻点招商")
    clerk = person("centre", "填报人丁", county.centre, Role.CLERK)
    hand_in(actor_for(clerk), YEAR, county.centre.pk)
    assert now(sheet)[1] == "lead"
    for role, _ in STEPS[1:]:
        agreed(county, sheet, role)
    made = services.approve(
        county.actor(Role.PERFORMANCE_SECTION), year=YEAR, unit=county.commerce.pk, sheets=[Looked(sheet.pk, sheet.version)], document="清财预〔2027〕12号", day=clock.today()
    )  # fmt: skip
    assert made.hand_down_by == clock.today() + timedelta(15)
    lead = county.actor(Role.LEAD_REVIEWER)
    (below,) = services.hand_down(lead, approval=made.pk, units=[county.centre.pk], document="清商〔2027〕3号", day=clock.today())  # fmt: skip
    assert below.after == made
    assert [one.sheet_id for one in versions_of(below)] == [sheet.pk]
    with pytest.raises(Refused, match="已经下达"):
        services.hand_down(
            lead, approval=made.pk, units=[county.centre.pk], document="清商〔2027〕3号", day=clock.today()
        )
    with pytest.raises((NotThere, NotAllowed)):
        services.hand_down(county.actor(Role.LEAD_REVIEWER, other=True), approval=made.pk, units=[county.centre.pk], document="清商〔2027〕3号", day=clock.today())  # fmt: skip


def test_what_passed_is_opened_again_in_the_second_round(county: Office, sheet: Sheet) -> None:
    handed_in(county)
    passed(county, sheet)
    clerk = county.actor(Role.CLERK)
    first = Round.objects.unrestricted("test").get(kind=Round.Kind.FIRST_UP)
    with pytest.raises(Refused, match="在这一轮已经审核通过"):
        services.revise(clerk, year=YEAR, key=sheet.pk, round=first.pk)
    second = round_of(county, Round.Kind.SECOND_UP, opens=0)
    services.revise(clerk, year=YEAR, key=sheet.pk, round=second.pk)
    assert now(sheet) == (Phase.WITH_UNIT, "", SheetState.DRAFTED)
    handed_in(county)
    assert run_of(sheet).round == second
