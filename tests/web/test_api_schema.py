"""The interface against its own description: schemathesis sends what it allows and what it forbids, with all its checks."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case

from jixiao.web.accounts.actors import actor_for
from jixiao.web.accounts.models import Assignment
from jixiao.web.accounts.roles import Role
from jixiao.web.accounts.tokens import make_token
from jixiao.web.wsgi import application
from web.make import Office

SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
EXAMPLES = int(os.environ.get("JIXIAO_API_EXAMPLES", "3"))
LONG = int(os.environ.get("JIXIAO_API_LONG", "0"))
"""Examples an operation of the long run; 0: it is not run"""


@pytest.fixture
def token(county: Office) -> Iterator[str]:
    """A token of somebody with every role; the connection of the test stays open between calls, as with Django's own client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    user = county.people[Role.PERFORMANCE_SECTION]
    for role in Role:
        Assignment.objects.create(user=user, role=role.value, organisation=county.commerce)
    yield make_token(actor_for(user), title="fuzz", scopes=["*"]).value
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _held(case: Case, token: str) -> None:
    """What a call changed is undone: the next begins with the same county, and with a token that is good."""
    with transaction.atomic():
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"})
        transaction.set_rollback(True)


@SCHEMA.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_the_interface_is_as_it_says(case: Case, token: str) -> None:
    _held(case, token)


@pytest.mark.fuzz
@pytest.mark.skipif(
    not LONG, reason="长测要另外跑：JIXIAO_API_LONG=150 .venv/bin/python -m pytest tests/web/test_api_schema.py"
)
@SCHEMA.parametrize()
@settings(max_examples=max(LONG, 1), deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_the_interface_is_as_it_says_at_length(case: Case, token: str) -> None:
    _held(case, token)
