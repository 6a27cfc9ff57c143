"""Texts of a sheet are held against the year of that sheet, where a document holds sheets of several years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from jixiao.domain.period import FiscalYear
from jixiao.parameters import rulesets
from jixiao.readings.past import past_passages
from jixiao.readings.promises import is_this_year, text_mentions
from jixiao.readings.view import PlanView
from jixiao.review.short_plan import plan_of


def view(goal: str, own_year: int | None) -> PlanView:
    """A text of 2026 with one sheet, which may be of another year."""
    plan = plan_of({"fiscal_year": 2026, "goals": [goal]})
    sheet = replace(plan.goal_sheets[0], fiscal_year=FiscalYear(own_year) if own_year else None)
    return PlanView(replace(plan, goal_sheets=(sheet,)), rulesets()["national-88"], date(2026, 1, 1))


@pytest.mark.parametrize(("own_year", "is_promise"), [(None, False), (2026, False), (2025, True)])
def test_numbers_of_the_sheets_year_are_promises(own_year: int | None, is_promise: bool) -> None:
    made = view("2025年培训护林员120人", own_year)
    assert [is_this_year(found, made) for found in text_mentions(made)] == [is_promise]


@pytest.mark.parametrize(("own_year", "tells_of_the_past"), [(None, True), (2025, False)])
def test_what_the_sheets_year_names_is_planned(own_year: int | None, tells_of_the_past: bool) -> None:
    made = view("2025年已入驻企业30家，共计培训120人", own_year)
    assert bool(past_passages(made)) is tells_of_the_past
