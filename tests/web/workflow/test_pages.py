"""Pages of who hands in: what is sent, what stands against it, where a sheet is, taking back, adjusting; the first page tells."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from jixiao.domain.target import Target
from jixiao.web.accounts.roles import Role
from jixiao.web.goals.models import Sheet, SheetState
from jixiao.web.kernel import clock
from jixiao.web.notices.models import Notice
from jixiao.web.workflow import services
from jixiao.web.workflow.services.way import Looked
from web.editor.sheets import sheet_of
from web.make import YEAR, Office
from web.samples import plan_of
from web.workflow.on_the_way import agreed, handed_in, now, passed
from web.workflow.sets import listed


@pytest.fixture
def clerk(county: Office, client: Client) -> Client:
    client.force_login(county.people[Role.CLERK])
    return client


def seen(client: Client, county: Office, role: Role, address: str) -> str:
    client.force_login(county.people[role])
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def of_set(county: Office, more: str = "") -> str:
    return f"/{YEAR}/sets/{county.commerce.pk}/{more}"


def test_a_set_is_handed_in_and_taken_back_in_two_clicks_each(county: Office, sheet: Sheet, clerk: Client) -> None:
    assert "送审1张" in clerk.get(of_set(county)).content.decode()
    shown = clerk.get(of_set(county, "submit")).content.decode()
    assert "送审报送包（1张）" in shown
    assert "单位负责人甲。对方打开以前可以撤回" in shown
    answer = clerk.post(of_set(county, "submit"), {"note": ""}, follow=True).content.decode()
    assert "已送审1张，等单位负责人甲。对方打开前可以撤回" in answer
    assert "撤回1张" in answer
    assert now(sheet)[2] == SheetState.SUBMITTED
    assert "已撤回1张" in clerk.post(of_set(county, "withdraw"), follow=True).content.decode()
    assert now(sheet)[2] == SheetState.DRAFTED


def test_what_stands_against_it_is_told_with_the_way_there(county: Office, sheet: Sheet, clerk: Client) -> None:
    listed(county, "驻点招商")
    county.projects["驻点招商"].unit = county.commerce
    county.projects["驻点招商"].save()
    shown = clerk.get(of_set(county, "submit")).content.decode()
    assert "驻点招商还没有填" in shown
    assert "送审报送包（" not in shown
    assert clerk.post(of_set(county, "submit")).status_code == 409


def test_a_sheet_as_blank_as_its_form_is_not_handed_in(county: Office, sheet: Sheet, clerk: Client) -> None:
    plan = plan_of(1)
    goal = plan.goal_sheets[0]
    blank = tuple(replace(row, target=Target()) for row in goal.indicators)
    sheet_of(county, plan=replace(plan, goal_sheets=(replace(goal, indicators=blank),)))
    shown = clerk.get(of_set(county, "submit")).content.decode()
    assert "的指标值一个都没有填" in shown
    assert "送审报送包（" not in shown


def test_where_a_sheet_is_is_seen_with_all_opinions(county: Office, sheet: Sheet, client: Client) -> None:
    handed_in(county)
    agreed(county, sheet, Role.UNIT_HEAD)
    lead = county.actor(Role.LEAD_REVIEWER)
    services.send_back(lead, year=YEAR, key=sheet.pk, version=sheet.version, opinion="签约数偏低，请对照去年")
    shown = seen(client, county, Role.CLERK, f"/{YEAR}/sheets/{sheet.pk}/way")
    assert "签约数偏低，请对照去年" in shown
    assert "同意（单位负责人审签）" in shown
    assert "退回过1次" in shown
    assert "撤回这张" not in shown
    home = seen(client, county, Role.CLERK, "/")
    assert "主管部门审核甲" in home
    assert "被主管部门审核甲退回：签约数偏低，请对照去年" in home


def test_the_first_page_tells_whose_turn_it_is_and_with_whom_it_is(
    county: Office, sheet: Sheet, client: Client
) -> None:
    handed_in(county)
    assert "清源县商务局送审1张" in seen(client, county, Role.UNIT_HEAD, "/")
    mine = seen(client, county, Role.CLERK, "/")
    assert "等单位负责人甲（单位负责人审签）" in mine
    assert "看，可以撤回" in mine
    for role in (Role.LEAD_REVIEWER, Role.PERFORMANCE_SECTION):
        assert "送审1张" not in seen(client, county, role, "/")
    agreed(county, sheet, Role.UNIT_HEAD)
    assert "清源县商务局送审1张" in seen(client, county, Role.LEAD_REVIEWER, "/")
    assert "看，可以撤回" not in seen(client, county, Role.CLERK, "/")
    of_it = seen(client, county, Role.CLERK, of_set(county))
    assert "主管部门审核：等主管部门审核甲" in of_it
    assert "撤回1张" not in of_it


def test_what_was_approved_is_adjusted_from_its_page(county: Office, sheet: Sheet, client: Client) -> None:
    handed_in(county)
    passed(county, sheet)
    finance = county.actor(Role.PERFORMANCE_SECTION)
    services.approve(
        finance, year=YEAR, unit=county.commerce.pk, sheets=[Looked(sheet.pk, sheet.version)], document="清财预〔2027〕12号",
        day=clock.today(),
    )  # fmt: skip
    assert "清财预〔2027〕12号" in seen(client, county, Role.CLERK, f"/{YEAR}/sheets/{sheet.pk}/")
    news = [one.text for one in Notice.objects.unrestricted("test").filter(person=county.people[Role.CLERK])]
    assert news == [
        "清源县商务局送审的1张都审核通过了，等批复",
        "清财预〔2027〕12号 批复了清源县商务局的1张，目标固定；要改请走调整",
    ]
    assert "开始调整" in seen(client, county, Role.CLERK, f"/{YEAR}/sheets/{sheet.pk}/way")
    address = f"/{YEAR}/sheets/{sheet.pk}/adjust"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "年中追加资金"}).status_code == 302
    assert now(sheet)[2] == SheetState.ADJUSTING


def test_who_may_not_hand_in_has_no_button(county: Office, sheet: Sheet, client: Client) -> None:
    for role in (Role.LEAD_REVIEWER, Role.PERFORMANCE_SECTION, Role.AUDITOR):
        assert "/submit" not in seen(client, county, role, of_set(county))
        assert client.post(of_set(county, "submit")).status_code == 403
