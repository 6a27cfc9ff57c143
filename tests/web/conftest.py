"""All tests of the workspace: marked ``web``; those that touch the database ask for ``db``, on SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connection
from django.test import Client, TransactionTestCase

from jixiao.web.audit import guards
from web.make import Office, office

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.web)


@pytest.fixture
def county(db: None) -> Office:
    """A small county: a finance bureau with two sections, two departments with units, a person for every role."""
    return office()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, one for all tests of a process: Playwright keeps a loop on its thread, a second one cannot be begun there."""
    pytest.importorskip("playwright", reason="没有 playwright：运行 make setup")
    from tools.gallery.__main__ import launched

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the loop is no reason to keep away from the database
        yield from launched()


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "zh-CN"})


@pytest.fixture(autouse=True, scope="session")
def _emptying_needs_no_guards() -> Iterator[None]:
    """Tests with transactions of their own empty all tables afterwards; the audit log refuses that, as it should."""
    empty = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        with guards.lifted(connection):
            empty(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@pytest.fixture(autouse=True, scope="session")
def _static_files_as_in_use() -> Iterator[None]:
    """The server of a test leaves them to our own middleware, with its addresses, and not to that of Django's development."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "_should_handle", lambda handler, path: False)
        yield
