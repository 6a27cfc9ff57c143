"""A test that needs more than the locked Python packages carries a marker; where that is missing it is skipped.

The reason of a skip names what is missing and the one command that brings it (``pytest -ra`` prints it).
"""

from __future__ import annotations

import gc

import pytest
from hypothesis import settings
from needs import MISSING

from jixiao.readers import office

settings.register_profile("core", max_examples=30)
"""Of ``make test-core``: properties that do not say how many examples they need try fewer; ``make test`` tries all"""


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is collected stays to the end: thousands of objects that need not be looked through again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(autouse=True)
def _libreoffice_for_its_own_tests_only(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere it is not installed, so that a test is as fast, and says the same, on every machine."""
    if not request.node.get_closest_marker("office"):
        monkeypatch.setattr(office, "soffice", lambda: None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for marker, why in MISSING.items():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=why))
