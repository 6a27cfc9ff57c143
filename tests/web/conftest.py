"""All tests of the workspace: marked ``web``; those that touch the database ask for ``db``, on SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase

from jixiao.web.audit import guards
from web.make import Office, office

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.web)


@pytest.fixture
def county(db: None) -> Office:
    """A small county: a finance bureau with two sections, two departments with units, a person for every role."""
    return office()


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
