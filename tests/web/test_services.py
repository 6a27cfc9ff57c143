"""Every service that changes something leaves its entry, on its chain, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction

from jixiao.services.chain import entry_digest
from jixiao.web.accounts.roles import Role
from jixiao.web.api.api import load_services
from jixiao.web.audit.chain import as_record
from jixiao.web.audit.models import AuditEntry
from jixiao.web.imports import reading
from jixiao.web.kernel.acts import SERVICES
from jixiao.web.kernel.people import Actor
from jixiao.web.kernel.reach import Reach
from web.matrix.world import World, world
from web.service_examples import EXAMPLES, THROUGH, WITHOUT

load_services()
CODES = sorted(
    code
    for code, one in SERVICES.items()
    # other tests register services of their own, and import those that only make the demonstration
    if one.function.__module__.startswith("jixiao.web.") and not one.function.__module__.startswith("jixiao.web.demo.")
)


@pytest.fixture
def made(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(reading, "read", reading.workbook_of)  # a process for each file is tested elsewhere
    return world()


def everything(made: World) -> Actor:
    """Somebody who may do everything with all there is."""
    user = made.office.people[Role.CLERK]
    unit = made.office.commerce
    return Actor(user.pk, user.name, lambda _: Reach(everything=True), department=unit.pk, organisation=unit.pk)


def test_every_service_has_an_example() -> None:
    assert set(CODES) - EXAMPLES.keys() - WITHOUT.keys() == set(), "give it one in tests/web/service_examples.py"
    assert (EXAMPLES.keys() | WITHOUT.keys()) - set(CODES) == set(), "an example of a service there is not"


def test_every_service_leaves_its_entry(made: World) -> None:
    actor = everything(made)
    wrong: dict[str, str] = {}
    for code, call in EXAMPLES.items():
        with transaction.atomic():
            try:
                call(made, actor)
                left = list(AuditEntry.objects.unrestricted("test").filter(action=THROUGH.get(code, code)))
                if bool(left) == (code in WITHOUT):
                    wrong[code] = "an entry" if left else "no entry"
                if any(entry_digest(as_record(one)) != one.digest for one in left):
                    wrong[code] = "an entry that digests otherwise"
            except Exception as failure:  # told below, with all others
                wrong[code] = repr(failure)[:300]
            transaction.set_rollback(True)
        made.year.refresh_from_db()
    assert wrong == {}
