"""The desk of reviewers by keyboard alone: opened, its findings kept or taken out, sent back, on to the next one; counted in keys."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from jixiao.web.accounts.roles import Role
from jixiao.web.goals.models import Sheet, SheetState
from jixiao.web.opinions.models import Point
from jixiao.web.projects.models import Project
from jixiao.web.workflow.models import Phase
from web.browser.conftest import sign_in
from web.make import YEAR, Office
from web.reviewing.handed_in import explained_and_handed_in, with_findings
from web.workflow.on_the_way import now
from web.workflow.sets import listed, round_of


@dataclass
class Keys:
    """Keys pressed on a page, counted."""

    page: Page
    pressed: int = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1


@pytest.fixture
def sheets(county: Office) -> list[Sheet]:
    """Two sheets with findings, at the head of the unit."""
    round_of(county)
    county.projects["会展经费"] = Project.objects.create(unit=county.commerce, name="会展经费")
    for name in ("招商费用", "会展经费"):
        listed(county, name)
    return explained_and_handed_in(county, ("招商费用", "会展经费"), with_findings())


@pytest.fixture
def head(page: Page, live_server: LiveServer, county: Office) -> Page:
    sign_in(page, live_server, county.people[Role.UNIT_HEAD])
    return page


def test_a_sheet_is_reviewed_in_six_keys_and_the_next_one_stands_there(
    county: Office, sheets: list[Sheet], head: Page, live_server: LiveServer, capsys: pytest.CaptureFixture[str]
) -> None:
    head.goto(f"{live_server.url}/{YEAR}/review/")
    expect(head.locator("[data-row]")).to_have_count(2)
    keys = Keys(head)
    keys.press("j", "Enter")
    expect(head.locator("[data-kept-words]")).to_have_text("3处")
    first, second = sheets
    assert now(first) == (Phase.OPENED, "unit", SheetState.REVIEWING)
    found = head.locator("[data-keep]").count()
    assert found == 3
    keys.press("n", "r")
    expect(head.locator("#back-opinion")).to_be_focused()
    keys.press("Control+Enter")
    head.wait_for_url(f"**/review/{second.pk}/?done={first.pk}")
    assert now(first) == (Phase.WITH_UNIT, "", SheetState.SENT_BACK)
    assert Point.objects.unrestricted("test").filter(sheet=first, round=1).count() == found - 1
    with capsys.disabled():
        sys.stdout.write(f"{found} findings, one of them taken out, sent back: {keys.pressed} keys\n")
    assert keys.pressed <= 6
    expect(head.get_by_text("已退回。对方打开以前可以撤回")).to_be_visible()
    more = Keys(head)
    more.press("Enter")
    head.wait_for_url(f"**/review/{second.pk}/")
    assert now(second) == (Phase.OPENED, "unit", SheetState.REVIEWING)
    more.press("t")
    expect(head.locator("#agree-opinion")).to_be_focused()
    head.keyboard.type("ytnu")  # letters are letters in a field
    more.press("Control+Enter")
    head.wait_for_url(f"**/review/?done={second.pk}")
    assert now(second)[1] == "lead"
    assert more.pressed <= 3


def test_letters_do_nothing_while_a_character_is_composed(
    county: Office, sheets: list[Sheet], head: Page, live_server: LiveServer
) -> None:
    head.goto(f"{live_server.url}/{YEAR}/review/{sheets[0].pk}/")
    expect(head.locator("[data-keep]").first).to_be_checked()
    head.evaluate(
        "() => document.body.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyN', key: 'Process', keyCode: 229, bubbles: true }))"
    )
    expect(head.locator("[data-keep]").first).to_be_checked()
    head.keyboard.press("n")
    expect(head.locator("[data-keep]").first).not_to_be_checked()
    head.keyboard.press("y")
    expect(head.locator("[data-keep]").first).to_be_checked()
    head.keyboard.press("c")
    expect(head.locator("[data-own-words]")).to_be_focused()
    head.keyboard.type("请补充测算依据")
    expect(head.locator("[data-kept-count]").first).to_have_text(str(head.locator("[data-keep]").count() + 1))
