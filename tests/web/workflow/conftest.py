"""A sheet to hand in."""

from __future__ import annotations

import pytest

from jixiao.web.goals.models import Sheet
from web.make import Office
from web.workflow.sets import round_of, whole_set


@pytest.fixture
def sheet(county: Office) -> Sheet:
    """The one sheet of a complete set."""
    round_of(county)
    return whole_set(county)[0]
