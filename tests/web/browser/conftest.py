"""The workspace in a real browser: a server on a thread, the background work beside it, Chromium in front of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="没有 playwright：运行 make setup")

from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from jixiao.web.accounts.models import User
from jixiao.web.accounts.roles import Role
from web.make import PASSWORD, Office, office

_HERE = Path(__file__).parent
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def county(transactional_db: None) -> Office:
    """The same county, in a database that the server's thread sees."""
    return office()


@pytest.fixture
def worker(transactional_db: None) -> Iterator[None]:
    """Background work is done while the test goes on."""
    import importlib.util

    if importlib.util.find_spec("jixiao.web.jobs.queue") is None:
        yield
        return
    from jixiao.web.jobs.queue import run_pending

    ended = threading.Event()

    def work() -> None:
        while not ended.wait(0.05):
            run_pending()
        connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    yield
    ended.set()
    thread.join()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900}, accept_downloads=True)
    made.set_default_timeout(20_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which no script may fail and no rule of the content policy may be broken."""
    trouble: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.on("console", lambda said: trouble.append(said.text) if "Content Security Policy" in said.text else None)
    yield opened
    assert not trouble


def sign_in(page: Page, live_server: LiveServer, user: User) -> None:
    """Through the form, as people do."""
    page.goto(f"{live_server.url}/login")
    page.fill("input[name=username]", user.username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url(f"{live_server.url}/")


@pytest.fixture
def clerk(page: Page, live_server: LiveServer, county: Office) -> Page:
    """Signed in as the clerk of the department of commerce."""
    sign_in(page, live_server, county.people[Role.CLERK])
    return page


@pytest.fixture
def bureau(page: Page, live_server: LiveServer, county: Office) -> Page:
    """Signed in as the performance section."""
    sign_in(page, live_server, county.people[Role.PERFORMANCE_SECTION])
    return page
