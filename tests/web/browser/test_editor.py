"""A sheet written in a browser: cells save themselves, nothing typed is lost whatever happens on the way."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from jixiao.web.accounts.roles import Role
from jixiao.web.editor.models import Operation
from jixiao.web.goals.models import Sheet
from web.browser.conftest import sign_in
from web.browser.test_desk import until
from web.editor.sheets import plan_now, put, rows, send, sheet_of
from web.make import YEAR, Office


@pytest.fixture
def sheet(county: Office) -> Sheet:
    return sheet_of(county)


@pytest.fixture
def address(live_server: LiveServer, sheet: Sheet) -> str:
    return f"{live_server.url}/{YEAR}/sheets/{sheet.pk}/edit"


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.locator("#saved")).to_contain_text("已存")
    return page


def field(page: Page, row: str, cell: str) -> object:
    return page.locator(f'[data-cell="{row}.{cell}"] [data-edit]')


def value(sheet: Sheet, n: int = 0) -> str:
    return plan_now(sheet).goal_sheets[0].indicators[n].target.text or ""


def saved(sheet: Sheet, text: str, page: Page | None = None) -> None:
    """Wait until the server has it; with a page, whose requests the test looks at, they go on meanwhile."""
    until(text, lambda: (page.wait_for_timeout(50) if page else None, value(sheet) == text)[1])


def test_what_is_typed_is_saved_by_itself_and_checked(sheet: Sheet, clerk: Page, address: str) -> None:
    page = opened(clerk, address)
    row = rows(sheet)[0]
    cell = page.locator(f'[data-cell="{row}.target"]')
    cell.locator("[data-edit]").fill("效果良好")
    saved(sheet, "效果良好")
    expect(cell.locator("[data-mark] a")).to_be_visible()
    expect(page.locator("#found")).to_contain_text("效果良好")
    expect(page.locator("#saved")).to_contain_text("全部已存")


def test_a_network_that_is_cut_loses_nothing(sheet: Sheet, clerk: Page, address: str, context: BrowserContext) -> None:
    page = opened(clerk, address)
    row = rows(sheet)[0]
    context.set_offline(True)
    page.locator(f'[data-cell="{row}.target"] [data-edit]').fill("≥21个")
    expect(page.locator(f'[data-cell="{row}.target"]')).to_contain_text("本机已记下")
    page.locator(f'[data-cell="{row}.basis"] [data-edit]').fill("县政府工作报告")
    expect(page.locator("#saved")).to_contain_text("还有2处待存")
    context.set_offline(False)
    saved(sheet, "≥21个")
    until("basis", lambda: plan_now(sheet).goal_sheets[0].indicators[0].basis == "县政府工作报告")
    expect(page.locator("#saved")).to_contain_text("全部已存")


def test_a_page_that_is_closed_brings_back_what_was_typed(
    sheet: Sheet, clerk: Page, address: str, context: BrowserContext
) -> None:
    page = opened(clerk, address)
    row = rows(sheet)[0]
    context.set_offline(True)
    page.locator(f'[data-cell="{row}.target"] [data-edit]').fill("≥22个")
    expect(page.locator(f'[data-cell="{row}.target"]')).to_contain_text("本机已记下")
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    expect(again.locator("#strips")).to_contain_text("上次有1处还没送到服务器")
    assert again.locator(f'[data-cell="{row}.target"] [data-edit]').input_value() == "≥22个"
    saved(sheet, "≥22个")


def test_what_is_left_belongs_to_who_typed_it(
    county: Office, sheet: Sheet, clerk: Page, address: str, context: BrowserContext, live_server: LiveServer
) -> None:
    """The next person on the same computer neither sees nor sends it; the one who typed it does."""
    page = opened(clerk, address)
    row, was = rows(sheet)[0], value(sheet)
    page.route("**/edit/save", lambda route: route.abort())
    page.locator(f'[data-cell="{row}.target"] [data-edit]').fill("≥23个")
    expect(page.locator(f'[data-cell="{row}.target"]')).to_contain_text("本机已记下")
    context.clear_cookies()
    page.close()
    other = context.new_page()
    sign_in(other, live_server, county.people[Role.UNIT_HEAD])
    opened(other, address)
    assert other.locator(f'[data-cell="{row}.target"] [data-edit]').input_value() == was
    other.wait_for_timeout(700)
    assert value(sheet) == was
    context.clear_cookies()
    sign_in(other, live_server, county.people[Role.CLERK])
    other.goto(address)
    saved(sheet, "≥23个")
    assert Operation.objects.unrestricted("test").get(outcome="saved").made_by == "填报人甲"


def test_a_session_that_ended_keeps_the_words_until_one_is_back(
    county: Office, sheet: Sheet, clerk: Page, address: str, context: BrowserContext, live_server: LiveServer
) -> None:
    page = opened(clerk, address)
    row = rows(sheet)[0]
    context.clear_cookies(name="sessionid")
    page.locator(f'[data-cell="{row}.target"] [data-edit]').fill("≥24个")
    expect(page.locator("#strips")).to_contain_text("登录超时")
    tab = context.new_page()
    sign_in(tab, live_server, county.people[Role.CLERK])
    page.bring_to_front()
    saved(sheet, "≥24个")
    assert page.locator(f'[data-cell="{row}.target"] [data-edit]').input_value() == "≥24个"


def test_an_answer_that_is_lost_counts_once(sheet: Sheet, clerk: Page, address: str) -> None:
    page = opened(clerk, address)
    row = rows(sheet)[0]
    lost = []

    def lose(route: Route) -> None:
        if not lost:
            lost.append(route.fetch().status)  # the server has it
            route.abort()
        else:
            route.continue_()

    page.route("**/edit/save", lose)
    cell = page.locator(f'[data-cell="{row}.target"] [data-edit]')
    cell.fill("≥25个")
    until("lost", lambda: (page.wait_for_timeout(50), bool(lost))[1])
    cell.fill("≥26个")
    saved(sheet, "≥26个", page)
    expect(page.locator("#saved")).to_contain_text("全部已存")
    made = Operation.objects.unrestricted("test")
    assert sorted(made.values_list("after", "outcome")) == [("≥25个", "saved"), ("≥26个", "saved")]
    expect(page.locator(".is-conflict")).to_have_count(0)


def test_slow_answers_never_replace_what_is_typed(sheet: Sheet, clerk: Page, address: str) -> None:
    page = opened(clerk, address)
    row = rows(sheet)[0]

    slow = page.context.new_cdp_session(page)
    slow.send("Network.enable")
    limits = {"offline": False, "latency": 2000, "downloadThroughput": -1, "uploadThroughput": -1}
    slow.send("Network.emulateNetworkConditions", limits)
    cell = page.locator(f'[data-cell="{row}.target"] [data-edit]')
    cell.fill("")
    cell.press_sequentially("不少于二十七个项目", delay=120)
    assert cell.input_value() == "不少于二十七个项目"
    saved(sheet, "不少于二十七个项目")
    assert cell.input_value() == "不少于二十七个项目"


def test_two_people_in_one_cell_see_both_and_choose(
    county: Office, sheet: Sheet, clerk: Page, address: str, live_server: LiveServer
) -> None:
    page = opened(clerk, address)
    row = rows(sheet)[0]
    other = clerk.context.browser.new_context(locale="zh-CN")  # type: ignore[union-attr]
    second = other.new_page()
    sign_in(second, live_server, county.people[Role.UNIT_HEAD])
    opened(second, address)
    page.locator(f'[data-cell="{row}.target"] [data-edit]').fill("≥12个")
    saved(sheet, "≥12个")
    second.locator(f'[data-cell="{row}.target"] [data-edit]').fill("≥15个")
    note = second.locator(f'[data-cell="{row}.target"] [data-note]')
    expect(note).to_contain_text("您：≥15个 │ 填报人甲")
    assert second.locator(f'[data-cell="{row}.target"] [data-edit]').input_value() == "≥15个"
    expect(second.locator("#present")).to_contain_text("填报人甲也在看")
    note.get_by_text("用我的").click()
    saved(sheet, "≥15个")
    expect(page.locator(f'[data-cell="{row}.target"] .others')).to_contain_text("≥15个")
    assert page.locator(f'[data-cell="{row}.target"] [data-edit]').input_value() == "≥12个"
    other.close()


def test_two_hundred_cells_pasted_are_one_step(sheet: Sheet, clerk: Page, address: str) -> None:
    page = opened(clerk, address)
    count = len(rows(sheet))
    block = "\n".join("\t".join((f"项目数{n}", f"描述{n}", f"≥{n}个", f"依据{n}")) for n in range(50))
    first = page.locator("[data-list=indicators] tr[data-thing]").first
    first.locator('[data-cell$=".name"] [data-edit]').focus()
    page.evaluate(
        """text => { const data = new DataTransfer(); data.setData('text/plain', text);
        document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); }""",
        block,
    )
    until("rows", lambda: len(rows(sheet)) == 50)
    until("cells", lambda: value(sheet, 49) == "≥49个" and value(sheet, 0) == "≥0个")
    expect(page.locator("#saved")).to_contain_text("全部已存")
    page.keyboard.press("Control+z")
    until("undone", lambda: plan_now(sheet).goal_sheets[0].indicators[0].name != "项目数0")
    assert count <= 50


def test_rows_are_added_moved_removed_and_brought_back(sheet: Sheet, clerk: Page, address: str) -> None:
    page = opened(clerk, address)
    before = rows(sheet)
    indicators = page.locator("section[aria-label=绩效指标]")
    indicators.get_by_text("加一行").click()
    until("added", lambda: len(rows(sheet)) == len(before) + 1)
    page.locator("[data-list=indicators] tr[data-thing]").last.locator('[data-cell$=".name"] [data-edit]').fill(
        "带动就业人数"
    )
    until("named", lambda: plan_now(sheet).goal_sheets[0].indicators[-1].name == "带动就业人数")
    page.locator("[data-list=indicators] tr[data-thing]").first.locator("[data-remove]").click()
    until("removed", lambda: before[0] not in rows(sheet))
    page.locator("[data-list=indicators] [data-edit]").first.focus()
    page.keyboard.press("Control+z")
    until("back", lambda: rows(sheet)[0] == before[0])
    page.locator("[data-list=indicators] tr[data-thing]").first.locator("[data-shift='1']").click()
    until("moved", lambda: rows(sheet)[1] == before[0])


def test_a_finding_is_mended_with_one_click(county: Office, clerk: Page, live_server: LiveServer) -> None:
    from dataclasses import replace

    from jixiao.domain.target_grammar import parse_target
    from web.samples import plan_of

    plan = plan_of(1)
    row = plan.goal_sheets[0].indicators[0]
    wrong = replace(row, target=parse_target("12").target)
    sheet_ = replace(plan.goal_sheets[0], indicators=(wrong, *plan.goal_sheets[0].indicators[1:]))
    sheet = sheet_of(county, plan=replace(plan, goal_sheets=(sheet_,)))
    page = opened(clerk, f"{live_server.url}/{YEAR}/sheets/{sheet.pk}/edit")
    fix = page.locator("[data-fix]").first
    fix.click()
    until("mended", lambda: value(sheet) != "12")
    assert re.search(r"\d", value(sheet))


def test_the_keyboard_alone_walks_the_table(sheet: Sheet, clerk: Page, address: str) -> None:
    page = opened(clerk, address)
    first, second = rows(sheet)[:2]
    page.locator(f'[data-cell="{first}.target"] [data-edit]').focus()
    page.keyboard.press("Enter")
    expect(page.locator(f'[data-cell="{second}.target"] [data-edit]')).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(f'[data-cell="{second}.basis"] [data-edit]')).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("县政府工作报告")
    until("typed", lambda: plan_now(sheet).goal_sheets[0].indicators[1].basis == "县政府工作报告")


def test_a_row_that_somebody_just_wrote_in_is_not_removed_unseen(
    county: Office, sheet: Sheet, clerk: Page, address: str
) -> None:
    page = opened(clerk, address)
    row, was = rows(sheet)[0], value(sheet)
    other = Client()
    other.force_login(county.people[Role.UNIT_HEAD])
    send(other, sheet, put(row, "/target", "≥12个", was), page="page-two-2")
    page.locator(f'[data-thing="{row}"] [data-remove]').click()
    expect(page.locator("#editor")).to_contain_text("单位负责人甲刚改过这一行，所以没有删")
    assert row in rows(sheet)
