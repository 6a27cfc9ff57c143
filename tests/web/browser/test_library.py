"""Indicators of the library beside an empty row, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from jixiao.web.accounts.roles import Role
from jixiao.web.goals.models import Sheet
from web.browser.conftest import sign_in
from web.browser.test_desk import until
from web.editor.sheets import plan_now, rows, sheet_of
from web.make import YEAR, Office


@pytest.fixture
def sheet(county: Office) -> Sheet:
    return sheet_of(county)


@pytest.fixture
def opened(county: Office, sheet: Sheet, page: Page, live_server: LiveServer) -> Page:
    sign_in(page, live_server, county.people[Role.CLERK])
    page.goto(f"{live_server.url}/{YEAR}/sheets/{sheet.pk}/edit")
    return page


def _new_row(page: Page, sheet: Sheet) -> str:
    """A row below all others; its id."""
    known = rows(sheet)
    page.locator("section", has=page.locator('[data-list$="indicators"]')).locator("[data-add]").last.click()
    row = page.locator('[data-rows-of$="indicators"] > [data-thing]').last
    found = row.get_attribute("data-thing") or ""
    assert found not in known
    return found


def _cell(page: Page, row: str, cell: str) -> str:
    return page.locator(f'[data-cell="{row}.{cell}"] [data-edit]').input_value()


def test_one_key_fills_an_empty_row(opened: Page, sheet: Sheet) -> None:
    row = _new_row(opened, sheet)
    opened.locator(f'[data-cell="{row}.name"] [data-edit]').focus()
    box = opened.locator("#proposed")
    expect(box).to_be_visible()
    name = (box.locator(".proposed-name").first.text_content() or "").split(" ")[0]
    assert box.locator(".quiet").first.text_content()
    opened.keyboard.press("Alt+KeyL")
    assert _cell(opened, row, "name") == name
    expect(box).to_be_hidden()
    target = opened.locator(f'[data-cell="{row}.target"] [data-edit]')
    expect(target).to_be_focused()
    assert "__" in (target.get_attribute("placeholder") or "")
    assert target.input_value() == ""
    until("stored", lambda: plan_now(sheet).goal_sheets[0].indicators[-1].name == name)
    made = plan_now(sheet).goal_sheets[0].indicators[-1]
    assert made.kind is not None
    assert made.description
    assert made.target.text is None
    opened.keyboard.press("Control+KeyZ")  # all of it is one step
    until("taken back", lambda: plan_now(sheet).goal_sheets[0].indicators[-1].name != name)
    assert _cell(opened, row, "description") == ""


def test_what_is_typed_is_never_replaced(opened: Page, sheet: Sheet) -> None:
    row = _new_row(opened, sheet)
    field = opened.locator(f'[data-cell="{row}.name"] [data-edit]')
    field.press_sequentially("满意")
    box = opened.locator("#proposed")
    expect(box.locator(".proposed-name").first).to_contain_text("满意")
    before = opened.locator('[data-rows-of$="indicators"] > [data-thing]').count()
    opened.keyboard.press("Alt+ArrowDown")
    expect(box.locator("button").first).to_be_focused()
    opened.keyboard.press("ArrowRight")
    chosen = (box.locator("button:focus .proposed-name").text_content() or "").split(" ")[0]
    opened.keyboard.press("Enter")
    assert _cell(opened, row, "name") == "满意"
    expect(opened.locator('[data-rows-of$="indicators"] > [data-thing]')).to_have_count(before + 1)
    until("stored", lambda: chosen in [one.name for one in plan_now(sheet).goal_sheets[0].indicators])


def test_a_name_that_stands_is_left_alone(opened: Page, sheet: Sheet) -> None:
    row = rows(sheet)[0]
    opened.locator(f'[data-cell="{row}.name"] [data-edit]').focus()
    opened.wait_for_timeout(600)
    expect(opened.locator("#proposed")).to_be_hidden()


def test_escape_goes_back_to_the_cell_and_puts_proposals_away(opened: Page, sheet: Sheet) -> None:
    row = _new_row(opened, sheet)
    field = opened.locator(f'[data-cell="{row}.name"] [data-edit]')
    field.focus()
    box = opened.locator("#proposed")
    expect(box).to_be_visible()
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("Escape")
    expect(field).to_be_focused()
    opened.keyboard.press("Escape")
    expect(box).to_be_hidden()


def test_proposals_cover_no_cell_that_is_typed_in(opened: Page, sheet: Sheet) -> None:
    for size in ((1440, 900), (390, 844)):
        opened.set_viewport_size({"width": size[0], "height": size[1]})
        row = _new_row(opened, sheet)
        opened.locator(f'[data-cell="{row}.name"] [data-edit]').focus()
        expect(opened.locator("#proposed")).to_be_visible()
        opened.wait_for_function(
            '(key) => document.querySelector(`[data-cell="${key}"]`).getBoundingClientRect().bottom'
            " <= document.querySelector('#proposed').getBoundingClientRect().top",
            arg=f"{row}.name",
        )
