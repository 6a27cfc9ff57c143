"""The way of a sheet: handed in, looked at, sent back, passed, approved, adjusted; who may and who may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from jixiao.domain.target import Target
from jixiao.web.accounts.actors import actor_for
from jixiao.web.accounts.roles import Role
from jixiao.web.audit.models import AuditEntry
from jixiao.web.editor.answering import checklist_now, explain, unanswered_now
from jixiao.web.goals.models import Sheet, SheetState
from jixiao.web.goals.selectors import sheet_shown
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotAllowed, NotThere, Refused, Stale
from jixiao.web.kernel.people import Actor
from jixiao.web.workflow import services
from jixiao.web.workflow.handing_in import hand_in, ready
from jixiao.web.workflow.models import Decision, Phase, Verb
from jixiao.web.workflow.selectors import waiting_for
from jixiao.web.workflow.sending_back import OwnPoint, send_back
from jixiao.web.workflow.services.approving import versions_of
from jixiao.web.workflow.services.way import Looked
from web.editor.sheets import sheet_of
from web.make import YEAR, Office, person
from web.samples import plan_of
from web.workflow.on_the_way import STEPS, agreed, answered, handed_in, now, run_of
from web.workflow.sets import listed, round_of


def test_a_sheet_goes_from_step_to_step_until_it_is_approved(county: Office, sheet: Sheet) -> None:
    handed_in(county)
    for role, step in STEPS:
        assert now(sheet) == (Phase.WAITING, step, SheetState.SUBMITTED)
        services.open_sheet(county.actor(role), year=YEAR, key=sheet.pk, version=sheet.version)
        assert now(sheet) == (Phase.OPENED, step, SheetState.REVIEWING)
        agreed(county, sheet, role)
    assert now(sheet) == (Phase.PASSED, "", SheetState.PASSED)
    finance = county.actor(Role.PERFORMANCE_SECTION)
    made = services.approve(
        finance, year=YEAR, unit=county.commerce.pk, sheets=[Looked(sheet.pk, sheet.version)], document="清财预〔2027〕12号", day=clock.today()
    )  # fmt: skip
    assert now(sheet) == (Phase.APPROVED, "", SheetState.APPROVED)
    assert (sheet.approval_document, sheet.approved_on) == ("清财预〔2027〕12号", clock.today())
    assert [one.number for one in versions_of(made)] == [sheet.version]
    verbs = list(Decision.objects.unrestricted("test").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["submit", *["open", "agree"] * 3, "open", "pass", "approve"]
    assert AuditEntry.objects.unrestricted("test").filter(action="sheet.agreed").count() >= len(STEPS)


def test_decisions_keep_version_findings_and_program(county: Office, sheet: Sheet) -> None:
    handed_in(county)
    agreed(county, sheet, Role.UNIT_HEAD)
    one = Decision.objects.unrestricted("test").get(verb=Verb.AGREE)
    assert one.version is not None
    assert one.version.number == sheet.version
    assert one.counts == {"error": 0, "warning": sheet.warnings, "advice": sheet.advice}
    assert one.program
    assert one.made_by == "单位负责人甲"


def test_what_stands_against_handing_in_is_told_in_words(county: Office) -> None:
    listed(county, "招商费用")
    found = [one.words for one in ready(county.actor(Role.CLERK), YEAR, county.commerce.pk).obstacles]
    assert found[0].startswith("这一年还没有开着的")
    assert "招商费用还没有填" in found[-1]
    round_of(county, opens=3, closes=9)
    found = [one.words for one in ready(county.actor(Role.CLERK), YEAR, county.commerce.pk).obstacles]
    assert "才开始" in found[0]
    with pytest.raises(Refused, match="还不能送审"):
        handed_in(county)


def with_error(county: Office) -> Sheet:
    """The sheet of the project with a row whose target says nothing."""
    plan = plan_of(1)
    goal = plan.goal_sheets[0]
    first = replace(goal.indicators[0], target=Target())
    return sheet_of(county, plan=replace(plan, goal_sheets=(replace(goal, indicators=(first, *goal.indicators[1:])),)))


def test_errors_stop_until_they_are_explained(county: Office, sheet: Sheet) -> None:
    with_error(county)
    with pytest.raises(Refused, match="还有1处没有改，也没有说明"):
        handed_in(county)
    clerk = county.actor(Role.CLERK)
    (left,) = unanswered_now(clerk, year=YEAR, key=sheet.pk)
    assert left.finding is not None
    explain(clerk, year=YEAR, key=sheet.pk, words="上级下达后再定", finding=left.finding.id)
    handed_in(county)
    sheet.refresh_from_db()
    assert sheet.state == SheetState.SUBMITTED


def test_a_round_that_is_over_stops_and_what_was_sent_back_has_until_the_review_ends(
    county: Office, sheet: Sheet
) -> None:
    later = clock.today() + timedelta(11)
    with clock.at(later), pytest.raises(Refused, match=r"已于.*截止"):
        handed_in(county)
    handed_in(county)
    services.send_back(
        county.actor(Role.UNIT_HEAD), year=YEAR, key=sheet.pk, version=sheet.version, opinion="请改数量指标"
    )
    with clock.at(later):
        clerk = county.actor(Role.CLERK)
        (left,) = unanswered_now(clerk, year=YEAR, key=sheet.pk)
        with pytest.raises(Refused, match="没有改，也没有说明"):
            handed_in(county)
        assert left.point is not None
        explain(clerk, year=YEAR, key=sheet.pk, words="已按要求核对", point=left.point.pk)
        handed_in(county)


def test_what_is_sent_back_becomes_the_check_list_of_the_unit(county: Office, sheet: Sheet) -> None:
    with_error(county)
    sheet.refresh_from_db()
    clerk, head = county.actor(Role.CLERK), county.actor(Role.UNIT_HEAD)
    (left,) = unanswered_now(clerk, year=YEAR, key=sheet.pk)
    assert left.finding is not None
    explain(clerk, year=YEAR, key=sheet.pk, words="上级下达后再定", finding=left.finding.id)
    handed_in(county)
    with pytest.raises(Refused, match="这一版里已经没有"):
        send_back(head, year=YEAR, key=sheet.pk, version=sheet.version, findings=["x"])
    own = OwnPoint("签约项目请写明类型")
    (finding,) = sheet_shown(head, YEAR, sheet.pk).review.findings
    send_back(head, year=YEAR, key=sheet.pk, version=sheet.version, findings=[finding.id], points=[own])
    found = checklist_now(clerk, year=YEAR, key=sheet.pk)
    assert [one.point.message for one in found.last][-1] == "签约项目请写明类型"
    assert (found.round, len(found.last)) == (1, 2)
    services.take_back(head, year=YEAR, key=sheet.pk)
    assert checklist_now(clerk, year=YEAR, key=sheet.pk).round == 0


def test_who_has_not_the_step_is_told_who_has(county: Office, sheet: Sheet) -> None:
    handed_in(county)
    with pytest.raises(NotAllowed, match=r"单位负责人审签.*单位负责人甲办"):
        agreed(county, sheet, Role.PERFORMANCE_SECTION)
    for role in (Role.UNIT_HEAD, Role.LEAD_REVIEWER):
        with pytest.raises(NotThere):
            services.agree(county.actor(role, other=True), year=YEAR, key=sheet.pk, version=sheet.version)
    for role in (Role.CLERK, Role.AUDITOR, Role.FINANCE_LEADER, Role.EXPERT, Role.SYSTEM_ADMIN):
        with pytest.raises(NotAllowed):
            agreed(county, sheet, role)


def test_another_version_is_not_decided_on(county: Office, sheet: Sheet) -> None:
    handed_in(county)
    with pytest.raises(Stale):
        services.agree(county.actor(Role.UNIT_HEAD), year=YEAR, key=sheet.pk, version=sheet.version - 1)


def test_a_sheet_is_withdrawn_until_somebody_opened_it(county: Office, sheet: Sheet) -> None:
    handed_in(county)
    clerk = county.actor(Role.CLERK)
    services.withdraw(clerk, year=YEAR, key=sheet.pk)
    assert now(sheet) == (Phase.WITH_UNIT, "", SheetState.DRAFTED)
    handed_in(county)
    services.open_sheet(county.actor(Role.UNIT_HEAD), year=YEAR, key=sheet.pk, version=sheet.version)
    with pytest.raises(Refused, match="单位负责人甲已打开，撤不回了"):
        services.withdraw(clerk, year=YEAR, key=sheet.pk)
    services.release(county.actor(Role.UNIT_HEAD), year=YEAR, key=sheet.pk)
    services.withdraw(clerk, year=YEAR, key=sheet.pk)
    handed_in(county)
    agreed(county, sheet, Role.UNIT_HEAD)
    with pytest.raises(Refused, match="单位负责人甲已同意"):
        services.withdraw(clerk, year=YEAR, key=sheet.pk)


def test_a_sheet_is_sent_back_to_any_earlier_step_or_the_unit(county: Office, sheet: Sheet) -> None:
    handed_in(county)
    agreed(county, sheet, Role.UNIT_HEAD)
    agreed(county, sheet, Role.LEAD_REVIEWER)
    business = county.actor(Role.BUSINESS_SECTION)
    with pytest.raises(Refused, match="要写原因"):
        services.send_back(business, year=YEAR, key=sheet.pk, version=sheet.version)
    with pytest.raises(Refused, match="只能退回到前面"):
        services.send_back(business, year=YEAR, key=sheet.pk, version=sheet.version, to="performance", opinion="x")
    services.send_back(business, year=YEAR, key=sheet.pk, version=sheet.version, to="unit", opinion="请再看数量")
    assert now(sheet) == (Phase.WAITING, "unit", SheetState.SUBMITTED)
    services.send_back(
        county.actor(Role.UNIT_HEAD), year=YEAR, key=sheet.pk, version=sheet.version, opinion="请改数量指标"
    )
    assert now(sheet) == (Phase.WITH_UNIT, "", SheetState.SENT_BACK)
    assert run_of(sheet).returns == 1
    found = ready(county.actor(Role.CLERK), YEAR, county.commerce.pk)
    assert found.again
    assert found.words == "再次送审1张"
    answered(county, sheet)
    handed_in(county)
    assert now(sheet) == (Phase.WAITING, "unit", SheetState.SUBMITTED)
    opinions = Decision.objects.unrestricted("test").filter(verb=Verb.SEND_BACK).values_list("opinion", flat=True)
    assert set(opinions) == {"请再看数量", "请改数量指标"}


def test_a_decision_is_taken_back_until_the_next_one_opened_it(county: Office, sheet: Sheet) -> None:
    handed_in(county)
    agreed(county, sheet, Role.UNIT_HEAD)
    head, lead = county.actor(Role.UNIT_HEAD), county.actor(Role.LEAD_REVIEWER)
    with pytest.raises(NotAllowed, match="只能由本人撤回"):
        services.take_back(lead, year=YEAR, key=sheet.pk)
    services.take_back(head, year=YEAR, key=sheet.pk)
    assert now(sheet) == (Phase.OPENED, "unit", SheetState.REVIEWING)
    agreed(county, sheet, Role.UNIT_HEAD)
    services.open_sheet(lead, year=YEAR, key=sheet.pk, version=sheet.version)
    with pytest.raises(Refused):
        services.take_back(head, year=YEAR, key=sheet.pk)
    services.send_back(lead, year=YEAR, key=sheet.pk, version=sheet.version, opinion="请改")
    services.take_back(lead, year=YEAR, key=sheet.pk)
    assert now(sheet) == (Phase.OPENED, "lead", SheetState.REVIEWING)
    assert run_of(sheet).returns == 0


def test_while_one_has_it_open_nobody_else_decides(county: Office, sheet: Sheet) -> None:
    handed_in(county)
    second = person("head2b", "单位负责人丙", county.commerce, Role.UNIT_HEAD)
    services.open_sheet(county.actor(Role.UNIT_HEAD), year=YEAR, key=sheet.pk, version=sheet.version)
    with pytest.raises(Refused, match=r"单位负责人甲.*开审"):
        services.agree(actor_for(second), year=YEAR, key=sheet.pk, version=sheet.version)
    services.reassign(actor_for(second), year=YEAR, key=sheet.pk, to=second.pk)
    with pytest.raises(Refused, match="转给了单位负责人丙"):
        agreed(county, sheet, Role.UNIT_HEAD)
    with pytest.raises(Refused, match="办不了"):
        services.reassign(actor_for(second), year=YEAR, key=sheet.pk, to=county.people[Role.CLERK].pk)
    services.agree(actor_for(second), year=YEAR, key=sheet.pk, version=sheet.version)
    assert now(sheet)[1] == "lead"


def test_the_open_work_of_who_left_is_anybodys_who_may(county: Office, sheet: Sheet) -> None:
    handed_in(county)
    services.open_sheet(county.actor(Role.UNIT_HEAD), year=YEAR, key=sheet.pk, version=sheet.version)
    second = person("head2b", "单位负责人丙", county.commerce, Role.UNIT_HEAD)
    gone = county.people[Role.UNIT_HEAD]
    gone.left_on = clock.today()  # a day that was set before: the account is still open
    gone.save()
    assert waiting_for(actor_for(second), YEAR).count() == 1
    services.agree(actor_for(second), year=YEAR, key=sheet.pk, version=sheet.version)
    assert now(sheet)[1] == "lead"


def test_nobody_decides_on_their_own(county: Office, sheet: Sheet) -> None:
    head: Actor = county.actor(Role.UNIT_HEAD)
    hand_in(head, YEAR, county.commerce.pk)
    skipped = Decision.objects.unrestricted("test").get(verb=Verb.SKIP)
    assert skipped.step == "unit"
    assert "没有别人能办" in skipped.opinion
    assert skipped.made_by == "系统"
    assert now(sheet)[1] == "lead"


def test_the_last_step_is_never_passed_over(county: Office, sheet: Sheet) -> None:
    for role in (Role.UNIT_HEAD, Role.LEAD_REVIEWER, Role.BUSINESS_SECTION, Role.PERFORMANCE_SECTION):
        county.people[role].is_active = False
        county.people[role].save()
    handed_in(county)
    assert now(sheet) == (Phase.WAITING, "performance", SheetState.SUBMITTED)
    assert Decision.objects.unrestricted("test").filter(verb=Verb.SKIP).count() == 3


def test_everybody_signs_where_the_flow_says_so(county: Office, sheet: Sheet) -> None:
    second = person("head2b", "单位负责人丙", county.commerce, Role.UNIT_HEAD)
    text = """
code: both
title: 会签
steps:
  - {code: unit, title: 会签, right: review.unit, sign: all}
  - {code: performance, title: 绩效股审核, right: review.performance}
guards: [set_complete]
"""
    services.keep_flow(county.actor(Role.PERFORMANCE_SECTION), region=county.region.pk, text=text)
    handed_in(county)
    agreed(county, sheet, Role.UNIT_HEAD)
    assert now(sheet) == (Phase.WAITING, "unit", SheetState.SUBMITTED)
    with pytest.raises(Refused, match="您已同意过"):
        agreed(county, sheet, Role.UNIT_HEAD)
    services.agree(actor_for(second), year=YEAR, key=sheet.pk, version=sheet.version)
    assert now(sheet) == (Phase.WAITING, "performance", SheetState.SUBMITTED)


def test_a_run_keeps_the_flow_it_began_with(county: Office, sheet: Sheet) -> None:
    handed_in(county)
    text = "code: short\ntitle: 短\nsteps:\n  - {code: performance, title: 绩效股审核, right: review.performance}\n"
    services.keep_flow(county.actor(Role.PERFORMANCE_SECTION), region=county.region.pk, text=text)
    agreed(county, sheet, Role.UNIT_HEAD)
    assert now(sheet)[1] == "lead"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("steps: []", "1到12步"),
        ("code: a1\ntitle: x\nsteps: [{code: a1, title: 甲, right: sheet.view}]", "right 可以是"),
        ("code: a1\ntitle: x\nsteps: [{code: a1, title: 甲, right: review.unit, skip: nobody_else}]", "最后一步不能跳过"),
        ("code: a1\ntitle: x\nguards: [magic]\nsteps: [{code: a1, title: 甲, right: review.unit}]", "没有叫 magic"),
        ("code: a1\ntitle: x\nsteps: [{code: a1, title: 甲, right: review.unit}, {code: a1, title: 乙, right: review.lead}]", "code 相同"),
        ("a: [", "流程"),
    ],
)  # fmt: skip
def test_a_flow_that_is_none_is_refused_in_words(county: Office, text: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        services.keep_flow(county.actor(Role.PERFORMANCE_SECTION), region=county.region.pk, text=text)
