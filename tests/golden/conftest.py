"""``pytest tests/golden --regenerate-golden`` writes what is read today as what is expected; never in CI."""

from __future__ import annotations

import os

import pytest

OPTION = "--regenerate-golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(OPTION, action="store_true", help="write the expected files of tests/golden anew")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption(OPTION) and os.environ.get("CI"):
        raise pytest.UsageError(f"{OPTION} is refused in CI: what is expected is written by hand-started runs only")


@pytest.fixture
def regenerate(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption(OPTION, False))
