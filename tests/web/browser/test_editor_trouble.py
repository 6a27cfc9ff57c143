"""A sheet written where things go wrong or are small: the server is killed, plain http on a name of the office, no mouse, a phone."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest
from needs import CHROMIUM
from playwright.sync_api import Browser, BrowserContext, Page, expect
from processes import eventually
from pytest_django.live_server_helper import LiveServer

from jixiao.web.accounts.roles import Role
from jixiao.web.goals.models import Sheet
from web.browser.conftest import sign_in
from web.browser.test_desk import until
from web.browser.test_editor import opened, saved, value
from web.editor.sheets import rows, sheet_of
from web.make import PASSWORD, YEAR, Office
from web.served import free_port, python, start

_TESTS = Path(__file__).parents[2]
_BEGIN = """
import sys
from pathlib import Path
from jixiao.web.operation.folder import secret_of, set_up
secret_of(Path(sys.argv[1]))
set_up(Path(sys.argv[1]))
from django.core.management import call_command
call_command("migrate", verbosity=0)
from web.make import office
from web.editor.sheets import rows, sheet_of
import json
sheet = sheet_of(office())
print(json.dumps([sheet.pk, rows(sheet)]))
"""
_LOOK = """
import sys
from pathlib import Path
from jixiao.web.operation.folder import secret_of, set_up
secret_of(Path(sys.argv[1]))
set_up(Path(sys.argv[1]))
import django, json
django.setup()
from jixiao.web.editor.models import Draft, Operation
from jixiao.web.goals.documents import as_plan
plan = as_plan(Draft.objects.unrestricted("test").get().document)
print(json.dumps([[row.target.text for row in plan.goal_sheets[0].indicators], Operation.objects.unrestricted("test").count()]))
"""


@pytest.fixture
def sheet(county: Office) -> Sheet:
    return sheet_of(county)


@pytest.mark.process
def test_a_server_that_is_killed_while_one_types_loses_nothing(context: BrowserContext, tmp_path: Path) -> None:
    """kill -9 of the server and all it started, in the middle; the page goes on by itself when it is back."""
    folder = tmp_path / "data"
    folder.mkdir()
    env = {"PYTHONPATH": str(_TESTS)}
    key, ids = json.loads(python(_BEGIN, folder, env).splitlines()[-1])
    port = free_port()
    at = start(folder, port=port)
    page = context.new_page()
    try:
        assert eventually(at.is_ready, 60), at.words
        base = f"http://127.0.0.1:{port}"
        page.goto(f"{base}/login")
        page.fill("input[name=username]", Role.CLERK.value)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button")
        opened(page, f"{base}/{YEAR}/sheets/{key}/edit")
        written = {}
        for n, row in enumerate(ids[:6]):
            written[row] = f"≥{n + 31}个"
            page.locator(f'[data-cell="{row}.target"] [data-edit]').fill(written[row])
            if n == 2:
                for pid in [at.process.pid, *at.all_processes()]:
                    os.kill(pid, signal.SIGKILL)
                at.process.wait(20)
        expect(page.locator(f'[data-cell="{ids[5]}.target"]')).to_contain_text("本机已记下")
        at = start(folder, port=port)
        assert eventually(at.is_ready, 60), at.words
        expect(page.locator("#saved")).to_contain_text("全部已存", timeout=60_000)
    finally:
        at.end()
    targets, count = json.loads(python(_LOOK, folder, env).splitlines()[-1])
    assert targets[: len(written)] == list(written.values())
    assert count >= len(written)


def test_over_plain_http_on_a_name_of_the_office(sheet: Sheet, live_server: LiveServer, browser: Browser) -> None:
    """Not localhost: the browser holds back what it gives to secure pages only."""
    started = browser.browser_type.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--host-resolver-rules=MAP jixiao.office 127.0.0.1"]
    )
    try:
        context = started.new_context(locale="zh-CN")
        page = context.new_page()
        trouble: list[str] = []
        page.on("pageerror", lambda error: trouble.append(str(error)))
        address = f"http://jixiao.office:{live_server.url.rpartition(':')[2]}"
        page.goto(f"{address}/login")
        page.fill("input[name=username]", Role.CLERK.value)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button")
        opened(page, f"{address}/{YEAR}/sheets/{sheet.pk}/edit")
        assert page.evaluate("window.isSecureContext") is False
        context.set_offline(True)
        page.locator(f'[data-cell="{rows(sheet)[0]}.target"] [data-edit]').fill("≥41个")
        expect(page.locator("#saved")).to_contain_text("待存")
        context.set_offline(False)
        saved(sheet, "≥41个")
        assert not trouble
    finally:
        started.close()


def test_offline_and_online_again_and_again(sheet: Sheet, clerk: Page, live_server: LiveServer) -> None:
    page = opened(clerk, f"{live_server.url}/{YEAR}/sheets/{sheet.pk}/edit")
    cell = page.locator(f'[data-cell="{rows(sheet)[0]}.target"] [data-edit]')
    for n in range(6):
        page.context.set_offline(n % 2 == 0)
        cell.fill(f"≥{n + 51}个")
        page.wait_for_timeout(150 * n)
    saved(sheet, "≥56个")
    expect(page.locator("#saved")).to_contain_text("全部已存")
    assert cell.input_value() == "≥56个"
    expect(page.locator(".is-conflict")).to_have_count(0)


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has the focus is called so; then Enter."""
    for _ in range(150):
        page.keyboard.press("Tab")
        met = page.evaluate("(document.activeElement.innerText || document.activeElement.value || '').trim()")
        if met == words:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"no way to “{words}” by Tab")


def test_from_the_menu_to_a_version_by_keyboard_alone(sheet: Sheet, clerk: Page, live_server: LiveServer) -> None:
    page = clerk
    page.goto(f"{live_server.url}/{YEAR}/sheets/")
    tab_to(page, sheet.title)
    page.wait_for_url(f"**/sheets/{sheet.pk}/")
    tab_to(page, "填这张表")
    page.wait_for_url("**/edit")
    expect(page.locator("#saved")).to_contain_text("已存")
    for _ in range(200):
        page.keyboard.press("Tab")
        at = page.evaluate("(document.activeElement.closest('[data-cell]') || {dataset: {}}).dataset.cell || ''")
        if at == f"{rows(sheet)[0]}.target":
            break
    page.keyboard.press("Control+a")
    page.keyboard.type("≥61个")
    saved(sheet, "≥61个")
    expect(page.locator("#saved")).to_contain_text("全部已存")
    page.goto(page.url)
    expect(page.locator("#saved")).to_contain_text("已存")
    tab_to(page, "存为一版")
    expect(page.locator("#name")).to_be_visible()
    tab_to(page, "存为一版")
    page.wait_for_url(f"**/sheets/{sheet.pk}/")
    assert Sheet.objects.unrestricted("test").get(pk=sheet.pk).version == 2


def test_on_a_phone_from_the_list_to_a_version(
    county: Office, sheet: Sheet, browser: Browser, live_server: LiveServer
) -> None:
    context = browser.new_context(
        locale="zh-CN", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    try:
        page = context.new_page()
        sign_in(page, live_server, county.people[Role.CLERK])
        page.goto(f"{live_server.url}/{YEAR}/sheets/")
        page.get_by_role("link", name=sheet.title).first.tap()
        page.wait_for_url(f"**/sheets/{sheet.pk}/")
        page.get_by_role("link", name="填这张表").tap()
        page.wait_for_url("**/edit")
        expect(page.locator("#saved")).to_contain_text("已存")
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 1, "nothing is wider than the phone"
        page.locator(f'[data-cell="{rows(sheet)[0]}.target"] [data-edit]').fill("≥71个")
        saved(sheet, "≥71个")
        page.get_by_role("link", name="存为一版").first.tap()
        page.locator("#name button").tap()
        page.wait_for_url(f"**/sheets/{sheet.pk}/")
        until("a version", lambda: Sheet.objects.unrestricted("test").get(pk=sheet.pk).version == 2)
        assert value(sheet) == "≥71个"
    finally:
        context.close()
