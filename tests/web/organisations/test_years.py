"""Fiscal years and rounds: three open at once, the next goes on from the last, a closed one is only read."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from jixiao.web.accounts.roles import Role
from jixiao.web.goals.models import Sheet
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, NotAllowed, NotThere, Refused, service
from jixiao.web.organisations.models import Extension, FiscalYear, Region, Round
from jixiao.web.organisations.services import (
    add_round,
    close_year,
    edit_round,
    extend,
    open_year,
    reopen_year,
    require_open,
    require_round_open,
    set_ruleset,
    withdraw_extension,
)
from jixiao.web.organisations.services.years import later
from web.make import YEAR, Office

DAY = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with clock.at(DAY):
        yield


@service("test.write_into", "写进某年（测试）", right="sheet.edit")
def write_into(act: Act, *, year: int, region: Region) -> None:
    require_open(act, year, region)


@service("test.hand_in", "送审（测试）", right="sheet.edit")
def hand_in(act: Act, *, one: Round, department: int) -> None:
    require_round_open(act, one, department)


def year_of(office: Office, number: int = YEAR) -> FiscalYear:
    found: FiscalYear = FiscalYear.objects.unrestricted("test").get(region=office.region, year=number)
    return found


def first_up(office: Office, **dates: Any) -> Round:
    given = {"opens_on": date(2026, 11, 1), "closes_on": date(2026, 12, 3), **dates}
    return add_round(office.actor(Role.PERFORMANCE_SECTION), year=year_of(office).pk, kind="first_up", **given)


def test_three_years_are_open_and_a_fourth_names_which_to_close(county: Office) -> None:
    section = county.actor(Role.PERFORMANCE_SECTION)
    open_year(section, region=county.region.pk, year=2025)
    open_year(section, region=county.region.pk, year=2026)
    with pytest.raises(Refused, match="2025、2026、2027三个年度，最多三个。请先关闭2025年度，再开2028年度"):
        open_year(section, region=county.region.pk, year=2028)
    close_year(section, year=year_of(county, 2025).pk)
    assert open_year(section, region=county.region.pk, year=2028).state == FiscalYear.State.OPEN
    with pytest.raises(Refused, match="最多三个"):
        reopen_year(section, year=year_of(county, 2025).pk, reason="查错账")


def test_the_next_year_goes_on_from_the_last(county: Office) -> None:
    first_up(county, review_until=date(2026, 12, 20))
    made = open_year(county.actor(Role.PERFORMANCE_SECTION), region=county.region.pk, year=2028)
    assert made.ruleset == "hebei"
    one = Round.objects.unrestricted("test").get(fiscal_year=made)
    assert (one.kind, one.opens_on, one.closes_on, one.review_until) == (
        "first_up",
        date(2027, 11, 1),
        date(2027, 12, 3),
        date(2027, 12, 20),
    )
    assert one.ruleset == "hebei"
    assert one.ruleset_version


def test_a_leap_day_has_no_match_a_year_later() -> None:
    assert later(date(2028, 2, 29), 1) == date(2029, 2, 28)


def test_a_closed_year_is_only_read_and_says_who_opens_it(county: Office) -> None:
    section, clerk = county.actor(Role.PERFORMANCE_SECTION), county.actor(Role.CLERK)
    write_into(clerk, year=YEAR, region=county.region)
    one = first_up(county)
    close_year(section, year=year_of(county).pk)
    with pytest.raises(Refused, match="2027年度已经关闭，只能看，不能改") as refused:
        write_into(clerk, year=YEAR, region=county.region)
    assert refused.value.status == 409
    for change in (
        lambda: edit_round(section, round=one.pk, name="一上补报"),
        lambda: extend(section, round=one.pk, department=county.commerce.pk, until=date(2026, 12, 9), reason="x"),
        lambda: set_ruleset(section, year=year_of(county).pk, ruleset="national-88"),
        lambda: first_up(county),
    ):
        with pytest.raises(Refused, match="已经关闭"):
            change()
    reopen_year(section, year=year_of(county).pk, reason="补录批复")
    write_into(clerk, year=YEAR, region=county.region)


def test_a_year_that_was_never_opened_takes_nothing(county: Office) -> None:
    with pytest.raises(Refused, match="2031年度还没有开启"):
        write_into(county.actor(Role.CLERK), year=2031, region=county.region)


def test_closing_with_unfinished_work_asks_why(county: Office) -> None:
    section = county.actor(Role.PERFORMANCE_SECTION)
    for state in ("drafted", "approved"):
        Sheet.objects.create(
            unit=county.commerce,
            project=county.projects["招商费用"] if state == "drafted" else None,
            year=YEAR,
            kind="goal",
            title=state,
            state=state,
            changed_at=clock.now(),
        )
    with pytest.raises(Refused, match="还有1张表没有办完"):
        close_year(section, year=year_of(county).pk)
    assert close_year(section, year=year_of(county).pk, reason="并入2028年").closing_reason


@pytest.mark.parametrize("role", [one for one in Role if one not in (Role.PERFORMANCE_SECTION, Role.SYSTEM_ADMIN)])
def test_others_open_no_year(county: Office, role: Role) -> None:
    with pytest.raises(NotAllowed):
        open_year(county.actor(role), region=county.region.pk, year=2028)


def test_the_years_of_another_region_are_not_there(county: Office) -> None:
    other = Region.objects.create(code="130998", name="邻县")
    with pytest.raises(NotThere):
        open_year(county.actor(Role.PERFORMANCE_SECTION), region=other.pk, year=2028)
    assert open_year(county.actor(Role.SYSTEM_ADMIN), region=other.pk, year=2028)


def test_a_round_pins_its_ruleset(county: Office) -> None:
    begun = first_up(county)
    ahead = first_up(county, opens_on=date(2027, 1, 5), closes_on=date(2027, 1, 20))
    set_ruleset(county.actor(Role.PERFORMANCE_SECTION), year=year_of(county).pk, ruleset="national-101")
    edit_round(county.actor(Role.PERFORMANCE_SECTION), round=begun.pk, name="一上（补）")
    edit_round(county.actor(Role.PERFORMANCE_SECTION), round=ahead.pk, name="二上")
    begun.refresh_from_db()
    ahead.refresh_from_db()
    assert begun.ruleset == "hebei"
    assert ahead.ruleset == "national-101", "what has not begun takes the ruleset of the year"


def test_the_deadline_of_a_round_that_began_moves_with_a_reason(county: Office) -> None:
    one = first_up(county)
    section = county.actor(Role.PERFORMANCE_SECTION)
    with pytest.raises(Refused, match="要写原因"):
        edit_round(section, round=one.pk, closes_on=date(2026, 12, 5))
    assert edit_round(section, round=one.pk, closes_on=date(2026, 12, 5), reason="雪灾").closes_on.day == 5
    with pytest.raises(Refused, match="已经开始"):
        edit_round(section, round=one.pk, opens_on=date(2026, 11, 2))


def test_a_deadline_is_the_end_of_its_local_day_and_an_extension_is_for_one_department(county: Office) -> None:
    one = first_up(county)
    clerk = county.actor(Role.CLERK)
    extension = extend(
        county.actor(Role.PERFORMANCE_SECTION),
        round=one.pk,
        department=county.commerce.pk,
        until=date(2026, 12, 8),
        reason="分管领导外出",
    )
    with clock.at(datetime(2026, 12, 3, 23, 59)):
        hand_in(clerk, one=one, department=county.water.pk)
    with clock.at(datetime(2026, 12, 4, 0, 1)):
        with pytest.raises(Refused, match="一上已于12月3日截止"):
            hand_in(clerk, one=one, department=county.water.pk)
        hand_in(clerk, one=one, department=county.commerce.pk)
        withdraw_extension(county.actor(Role.PERFORMANCE_SECTION), extension=extension.pk)
        with pytest.raises(Refused, match="截止"):
            hand_in(clerk, one=one, department=county.commerce.pk)
    with clock.at(datetime(2026, 10, 1)), pytest.raises(Refused, match="11月01日才开始"):
        hand_in(clerk, one=one, department=county.commerce.pk)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"until": date(2026, 12, 3)}, "要晚于这一天"),
        ({"reason": ""}, "原因"),
    ],
)
def test_an_extension_has_a_later_day_and_a_reason(county: Office, change: dict[str, Any], words: str) -> None:
    one = first_up(county)
    given = {"department": county.commerce.pk, "until": date(2026, 12, 8), "reason": "雪灾", **change}
    with pytest.raises(Refused, match=words):
        extend(county.actor(Role.PERFORMANCE_SECTION), round=one.pk, **given)
    assert not Extension.objects.unrestricted("test").exists()


def test_extensions_are_given_to_departments(county: Office) -> None:
    with pytest.raises(Refused, match="按主管部门给"):
        extend(
            county.actor(Role.PERFORMANCE_SECTION),
            round=first_up(county).pk,
            department=county.centre.pk,
            until=DAY + timedelta(days=9),
            reason="x",
        )


def test_dates_are_in_order(county: Office) -> None:
    with pytest.raises(Refused, match="截止日期不能早于开始日期"):
        first_up(county, closes_on=date(2026, 10, 1))
    with pytest.raises(Refused, match="审核截止"):
        first_up(county, review_until=date(2026, 11, 5))
