"""Who is told of deadlines, when, in which words; each once."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client

from jixiao.web.accounts.roles import Role
from jixiao.web.audit.models import AuditEntry
from jixiao.web.goals.models import Sheet
from jixiao.web.jobs.queue import enqueue, run_pending
from jixiao.web.kernel import clock
from jixiao.web.notices.models import Notice
from jixiao.web.organisations.models import Extension, FiscalYear, Round
from web.make import YEAR, Office

LAST = date(2026, 12, 3)


@pytest.fixture
def first_up(county: Office) -> Round:
    return Round.objects.create(
        fiscal_year=FiscalYear.objects.unrestricted("test").get(),
        kind="first_up",
        opens_on=date(2026, 11, 20),
        closes_on=LAST,
        ruleset="hebei",
    )


def handed_in(county: Office, *units: str) -> None:
    for unit in units:
        Sheet.objects.create(
            unit=getattr(county, unit), year=YEAR, kind="part_one", title="x", state="submitted", changed_at=clock.now()
        )


def on(day: int, month: int = 12, year: int = 2026) -> None:
    with clock.at(datetime(year, month, day, 8)):
        enqueue("notices.deadlines", key=f"{month}-{day}", day=date(year, month, day).isoformat())
        assert run_pending() == 1


def told(county: Office, role: Role, *, other: bool = False) -> list[str]:
    person = (county.others if other else county.people)[role]
    return list(Notice.objects.unrestricted("test").filter(person=person).order_by("id").values_list("text", flat=True))


def test_departments_that_lack_something_are_reminded_once(county: Office, first_up: Round) -> None:
    handed_in(county, "water")
    on(30, 11)
    on(30, 11)
    on(1)
    assert told(county, Role.CLERK) == ["一上还剩3天（12月3日24:00止），还没报：清源县商务局、清源县投资促进中心"]
    assert told(county, Role.LEAD_REVIEWER) == told(county, Role.CLERK)
    assert told(county, Role.CLERK, other=True) == [], "the water bureau has handed in"
    assert told(county, Role.PERFORMANCE_SECTION) == []
    entry = AuditEntry.objects.unrestricted("test").get(action="notice.tell")
    assert (entry.chain, entry.after["people"]) == (county.commerce.pk, 3)


def test_on_the_last_day_and_after_it(county: Office, first_up: Round) -> None:
    handed_in(county, "commerce")
    on(3)
    on(4)
    today, late = told(county, Role.CLERK)
    assert today == "一上今天截止（12月3日24:00止），还没报：清源县投资促进中心"
    assert late.startswith("一上已逾期1天（12月3日24:00止），还没报：清源县投资促进中心。请今天送审")
    assert told(county, Role.PERFORMANCE_SECTION) == ["一上逾期2家：清源县商务局、清源县水利局"]


def test_an_extension_moves_the_reminder(county: Office, first_up: Round) -> None:
    Extension.objects.create(
        round=first_up, department=county.commerce, until=date(2026, 12, 7), reason="x", made_on=LAST
    )
    on(4)
    assert told(county, Role.CLERK) == ["一上还剩3天（12月7日24:00止），还没报：清源县商务局、清源县投资促进中心"]
    assert told(county, Role.PERFORMANCE_SECTION) == ["一上逾期1家：清源县水利局"]


@pytest.mark.parametrize("change", [{"opens_on": date(2026, 12, 1)}, {"kind": "first_down"}])
def test_no_reminder_of_what_has_not_begun_or_has_nothing_to_hand_in(
    county: Office, first_up: Round, change: dict[str, object]
) -> None:
    Round.objects.unrestricted("test").update(**change)
    on(30, 11)
    assert told(county, Role.CLERK) == []


def test_closed_years_are_quiet(county: Office, first_up: Round) -> None:
    FiscalYear.objects.unrestricted("test").update(state="closed")
    on(30, 11)
    assert told(county, Role.CLERK) == []


def test_the_first_page_shows_it_to_whom_it_was_told(county: Office, first_up: Round, client: Client) -> None:
    on(30, 11)
    with clock.at(datetime(2026, 11, 30, 9)):
        client.force_login(county.people[Role.CLERK])
        assert "一上还剩3天" in client.get("/").content.decode()
        client.force_login(county.people[Role.AUDITOR])
        assert "一上还剩3天" not in client.get("/").content.decode()
    with clock.at(datetime(2027, 1, 30, 9)):
        client.force_login(county.people[Role.CLERK])
        assert "一上还剩3天" not in client.get("/").content.decode()
