"""A test that needs more than the locked Python packages carries a marker; where that is missing it is skipped.

The reason of a skip names what is missing and the one command that brings it (``pytest -ra`` prints it).
"""

from __future__ import annotations

import pytest
from needs import NEEDS


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = {marker: why for marker, need in NEEDS.items() if (why := need()) is not None}
    for item in items:
        for marker, why in missing.items():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=why))
