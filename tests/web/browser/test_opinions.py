"""A returned sheet in a browser: points are worked off, what was put right turns 已改 by itself, explanations are judged; by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from jixiao.web.accounts.roles import Role
from jixiao.web.editor import answering
from jixiao.web.goals.models import Sheet
from jixiao.web.opinions.models import Comment, Explanation, Point
from jixiao.web.opinions.services import refuse
from web.browser.conftest import sign_in
from web.browser.test_desk import until
from web.editor.sheets import rows, sheet_of
from web.make import YEAR, Office
from web.opinions.returned import faulty, findings, returned


@pytest.fixture
def sheet(county: Office) -> Sheet:
    return sheet_of(county, plan=faulty())


@pytest.fixture
def points(county: Office, sheet: Sheet) -> list[Point]:
    return returned(county.actor(Role.PERFORMANCE_SECTION), sheet)


@pytest.fixture
def address(live_server: LiveServer, sheet: Sheet) -> str:
    return f"{live_server.url}/{YEAR}/sheets/{sheet.pk}"


def on(page: Page, selector: str) -> None:
    """Go to an element as a keyboard does that has come to it by Tab; it has to be one that Tab stops at."""
    found = page.locator(selector)
    expect(found).to_be_visible()
    assert found.evaluate("one => one.tabIndex") >= 0
    found.focus()


def say(page: Page, summary: str, words: str) -> None:
    """One press, a line, Enter."""
    on(page, f"{summary} > summary")
    page.keyboard.press("Enter")
    expect(page.locator(f'{summary} input[name="words"]')).to_be_focused()
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def test_a_returned_sheet_is_worked_off_by_keyboard(
    county: Office,
    sheet: Sheet,
    points: list[Point],
    clerk: Page,
    address: str,
    browser: Browser,
    live_server: LiveServer,
) -> None:
    clerk.goto(f"{address}/edit")
    expect(clerk.locator("#points-count")).to_contain_text("3条：已改0 说明0 未处理3")
    on(clerk, f"#o{points[1].pk} .place a")
    clerk.keyboard.press("Enter")
    field = clerk.locator(f'[data-cell="{rows(sheet)[1]}.target"] [data-edit]')
    expect(field).to_be_focused()
    clerk.keyboard.press("Control+A")
    clerk.keyboard.type("≥90%")
    expect(clerk.locator("#points-count")).to_contain_text("已改1")
    expect(clerk.locator(f"#o{points[1].pk}")).to_contain_text("这个问题已经没有了")
    expect(field).to_be_focused()
    say(clerk, f"#say-{points[0].pk}", "等县里定标准")
    expect(clerk.locator("#points-count")).to_contain_text("3条：已改1 说明1 未处理1")
    made = Explanation.objects.unrestricted("test").get()
    assert (made.words, made.made_by) == ("等县里定标准", "填报人甲")

    reviewer = browser.new_context(locale="zh-CN").new_page()
    sign_in(reviewer, live_server, county.people[Role.BUSINESS_SECTION])
    reviewer.goto(address)
    say(reviewer, f"#refuse-{made.pk}", "先写预计数")
    expect(reviewer.locator(f"#o{points[0].pk}")).to_contain_text("说明没有采纳：先写预计数")
    clerk.reload()
    expect(clerk.locator("#points-count")).to_contain_text("3条：已改1 说明0 未处理2")
    say(clerk, f"#say-{points[0].pk}", "预计数也要等标准")
    expect(clerk.locator("#points-count")).to_contain_text("说明1")
    again = Explanation.objects.unrestricted("test").order_by("-id").first()
    assert again is not None
    reviewer.goto(address)
    on(reviewer, f"#accept-{again.pk}")
    reviewer.keyboard.press("Enter")
    expect(reviewer.locator(f"#o{points[0].pk}")).to_contain_text("说明已采纳")
    reviewer.context.close()


def test_a_comment_is_written_answered_and_closed_by_keyboard(
    county: Office,
    sheet: Sheet,
    points: list[Point],
    clerk: Page,
    address: str,
    browser: Browser,
    live_server: LiveServer,
) -> None:
    clerk.goto(f"{address}/edit")
    key = f"{rows(sheet)[2]}.target"
    field = clerk.locator(f'[data-cell="{key}"] [data-edit]')
    field.focus()
    clerk.keyboard.press("Alt+m")
    expect(clerk.locator("#write-words")).to_be_focused()
    expect(clerk.locator("#write-where")).to_contain_text("指标值")
    clerk.keyboard.type("口径按常住人口？")
    clerk.keyboard.press("Enter")
    expect(field).to_be_focused()
    expect(clerk.locator(f'[data-cell="{key}"] [data-said]')).to_have_text("批注")
    made = Comment.objects.unrestricted("test").get()
    assert (made.thing, made.cell, made.words) == (rows(sheet)[2], "/target", "口径按常住人口？")

    reviewer = browser.new_context(locale="zh-CN").new_page()
    sign_in(reviewer, live_server, county.people[Role.LEAD_REVIEWER])
    reviewer.goto(address)
    say(reviewer, f"#reply-{made.pk}", "按常住人口")
    expect(reviewer.locator(f"#t{made.pk}")).to_contain_text("按常住人口")
    reviewer.context.close()

    clerk.reload()
    on(clerk, f'[data-cell="{key}"] [data-said]')
    clerk.keyboard.press("Enter")
    expect(clerk.locator(f"#t{made.pk}")).to_be_focused()
    on(clerk, f"#close-{made.pk}")
    clerk.keyboard.press("Enter")
    expect(clerk.locator(f"#t{made.pk}")).to_contain_text("办结")
    expect(clerk.locator(f'[data-cell="{key}"] [data-said]')).to_have_count(0)


def test_what_a_reviewer_says_meanwhile_comes_by_itself(
    county: Office, sheet: Sheet, points: list[Point], clerk: Page, address: str
) -> None:
    made = answering.explain(county.actor(Role.CLERK), year=YEAR, key=sheet.pk, words="等县里定", point=points[0].pk)
    clerk.goto(f"{address}/edit")
    expect(clerk.locator("#points-count")).to_contain_text("说明1")
    clerk.wait_for_timeout(1000)  # the page has asked once
    refuse(county.actor(Role.LEAD_REVIEWER), explanation=made.pk, words="先写预计数")
    expect(clerk.locator(f"#o{points[0].pk}")).to_contain_text("说明没有采纳：先写预计数")


def test_a_reviewer_comments_on_the_cell_they_click(
    county: Office, sheet: Sheet, address: str, page: Page, live_server: LiveServer
) -> None:
    sign_in(page, live_server, county.people[Role.BUSINESS_SECTION])
    page.goto(address)
    page.locator("td", has_text="≥78%").click()
    expect(page.locator("#write-at option:checked")).to_contain_text("的指标值")
    page.locator("#write-words").fill("口径？")
    page.keyboard.press("Enter")
    expect(page.locator("td", has_text="≥78%").get_by_role("link", name="批注")).to_be_visible()
    assert Comment.objects.unrestricted("test").get().thing == rows(sheet)[2]


def test_what_one_writes_in_the_panel_survives_the_answer_of_a_save(
    sheet: Sheet, points: list[Point], clerk: Page, address: str
) -> None:
    """Half a line, on to a cell and back; and while one types there nothing is drawn anew under one's hands."""
    clerk.goto(f"{address}/edit")
    on(clerk, f"#say-{points[0].pk} > summary")
    clerk.keyboard.press("Enter")
    clerk.keyboard.type("等县里")
    clerk.locator(f'[data-cell="{rows(sheet)[1]}.target"] [data-edit]').fill("≥90%")
    expect(clerk.locator("#points-count")).to_contain_text("已改1")
    line = clerk.locator(f'#say-{points[0].pk} input[name="words"]')
    expect(line).to_have_value("等县里")
    clerk.locator(f'[data-cell="{rows(sheet)[1]}.target"] [data-edit]').fill("显著提升")
    line.focus()
    line.press("End")
    clerk.keyboard.type("定")
    clerk.wait_for_timeout(2500)
    expect(line).to_be_focused()
    expect(line).to_have_value("等县里定")
    expect(clerk.locator("#points-count")).to_contain_text("已改1")  # held while one types
    clerk.keyboard.press("Escape")
    expect(clerk.locator("#points-count")).to_contain_text("已改0")


def test_a_finding_is_explained_before_any_return(county: Office, sheet: Sheet, clerk: Page, address: str) -> None:
    clerk.goto(f"{address}/edit")
    _, found = findings(county.actor(Role.CLERK), sheet)
    say(clerk, f"#say-{found[0].id}", "等县里定")
    expect(clerk.locator("#n1")).to_contain_text("说明：等县里定")
    until("kept", lambda: Point.objects.unrestricted("test").get().round == 0)


def test_a_refused_word_stays_in_its_field(
    county: Office, sheet: Sheet, points: list[Point], clerk: Page, address: str
) -> None:
    clerk.goto(f"{address}/edit")
    clerk.route("**/explain", lambda route: route.abort())
    say(clerk, f"#say-{points[0].pk}", "等县里定")
    expect(clerk.locator("#strips")).to_contain_text("这一句还没有送到")
    expect(clerk.locator(f'#say-{points[0].pk} input[name="words"]')).to_have_value("等县里定")
    clerk.unroute("**/explain")
    clerk.keyboard.press("Enter")
    expect(clerk.locator("#points-count")).to_contain_text("说明1")


def test_without_a_script_points_are_explained_and_judged(
    county: Office, sheet: Sheet, points: list[Point], browser: Browser, address: str, live_server: LiveServer
) -> None:
    plain = browser.new_context(locale="zh-CN", java_script_enabled=False)
    page = plain.new_page()
    sign_in(page, live_server, county.people[Role.CLERK])
    page.goto(f"{address}/edit")
    page.locator(f"#say-{points[0].pk} > summary").click()
    page.locator(f'#say-{points[0].pk} input[name="words"]').fill("等县里定")
    page.keyboard.press("Enter")
    expect(page.locator("#points-count")).to_contain_text("说明1")
    found = answering.checklist_now(county.actor(Role.CLERK), year=YEAR, key=sheet.pk)
    assert found.progress.explained == 1
    plain.close()
