"""All tests of the workspace: marked ``web``; those that touch the database ask for ``db``, on SQLite or PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

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
