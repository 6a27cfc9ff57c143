"""Indicators of the library in sheets: proposed for a row with what is known of the sheet, begun from."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.library import library
from jixiao.web.accounts.roles import Role
from jixiao.web.editor.models import Begun
from jixiao.web.goals.models import Sheet
from jixiao.web.library import services
from web.editor.sheets import plan_now, put, rows, send, sheet_of
from web.editor.test_sets import address, place, pool  # noqa: F401 - a fixture
from web.make import YEAR, Office


@pytest.fixture
def sheet(county: Office) -> Sheet:
    return sheet_of(county)


@pytest.fixture
def clerk(county: Office, client: Client) -> Client:
    client.force_login(county.people[Role.CLERK])
    return client


def _proposed(client: Client, sheet: Sheet, **query: str) -> list[dict[str, Any]]:
    answer = client.get(f"/{YEAR}/sheets/{sheet.pk}/edit/library", query)
    assert answer.status_code == 200, answer.content.decode()
    found: list[dict[str, Any]] = answer.json()["rows"]
    return found


def _named(sheet: Sheet) -> set[str]:
    return {row.name for row in plan_now(sheet).goal_sheets[0].indicators if row.name}


def test_a_row_is_proposed_what_fits_the_project_and_its_level(clerk: Client, sheet: Sheet) -> None:
    found = _proposed(clerk, sheet, row="r_new", kind="质量指标")
    assert found
    assert {one["cells"]["/kind"] for one in found} == {"质量指标"}
    assert {one["cells"]["/class"] for one in found} == {"产出指标"}
    assert all(one["reason"] and one["hint"] for one in found)
    assert any("公共卫生" in one["reason"] or "卫生健康" in one["reason"] for one in found)


def test_what_the_sheet_has_is_not_proposed_and_what_it_lacks_comes_with_the_reason(
    clerk: Client, sheet: Sheet
) -> None:
    first = _proposed(clerk, sheet, row="r_new", kind="数量指标")[0]
    row = rows(sheet)[0]
    was = plan_now(sheet).goal_sheets[0].indicators[0].name or ""
    assert send(clerk, sheet, put(row, "/name", first["name"], was)).status_code == 200
    assert first["name"] in _named(sheet)
    assert first["name"] not in [one["name"] for one in _proposed(clerk, sheet, row="r_new", kind="数量指标")]
    assert first["name"] in [one["name"] for one in _proposed(clerk, sheet, row=row, kind="数量指标")]


def test_what_is_typed_leads(clerk: Client, sheet: Sheet) -> None:
    found = _proposed(clerk, sheet, row="r_new", typed="满意")
    assert "满意" in found[0]["name"]
    assert "写了“满意”" in found[0]["reason"]


def test_what_is_put_in_is_right_in_the_eyes_of_the_review(clerk: Client, sheet: Sheet) -> None:
    """The cells are written as the page writes them: each into an empty cell of a new row."""
    chosen = _proposed(clerk, sheet, row="r_new", kind="时效指标")[0]
    cells = {below: text for below, text in chosen["cells"].items() if not below.startswith("/target")}
    (goal,) = plan_now(sheet).goal_sheets
    added = {
        "id": "11111111-1111-4111-8111-111111111111", "kind": "add", "thing": "r_aaaaaaaaaa", "holder": goal.id,
        "list": "/indicators", "after": rows(sheet)[-1], "cells": cells,
    }  # fmt: skip
    answer = send(clerk, sheet, added)
    assert answer.json()["answers"][0]["outcome"] == "saved", answer.json()
    made = plan_now(sheet).goal_sheets[0].indicators[-1]
    assert (made.name, made.kind, made.description) == (
        chosen["name"],
        IndicatorKind.TIMELINESS,
        chosen["cells"]["/description"],
    )


def test_the_library_of_the_county_is_what_is_proposed_from(county: Office, clerk: Client, sheet: Sheet) -> None:
    keeper = county.actor(Role.PERFORMANCE_SECTION)
    fields = {
        "name": "健康宣讲场次",
        "kind": "quantity",
        "sector": "health",
        "explanation": "有签到的宣讲",
        "unit_name": "场",
    }
    services.accept(keeper, indicator=services.propose(keeper, fields=fields).pk)
    assert [one["name"] for one in _proposed(clerk, sheet, row="r_new")] == ["健康宣讲场次"]


def test_others_see_nothing_of_it(county: Office, client: Client, sheet: Sheet) -> None:
    client.force_login(county.others[Role.CLERK])
    assert client.get(f"/{YEAR}/sheets/{sheet.pk}/edit/library").status_code == 404


# --- begun from it ---


def test_programs_begin_a_sheet_with_indicators_too(pool: Office, clerk: Client) -> None:  # noqa: F811
    body = {
        "year": YEAR,
        "unit": pool.commerce.pk,
        "place": place(pool),
        "start_from": "library",
        "indicators": ["ZS001"],
    }
    answer = clerk.post("/api/v1/acts/sheet.started", body, content_type="application/json")
    assert answer.status_code == 200, answer.content.decode()
    assert Begun.objects.unrestricted("test").get().way == Begun.Way.LIBRARY


def test_a_sheet_begins_with_the_indicators_that_were_ticked(pool: Office, clerk: Client) -> None:  # noqa: F811
    where = address(pool, place(pool), "start")
    page = clerk.get(where).content.decode()
    assert "从指标库" in page
    codes = ["ZS010", "ZS001"]
    assert all(f'value="{code}"' in page for code in codes[1:])
    assert clerk.post(where, {"from": "library", "indicator": codes}).status_code == 302
    begun = Begun.objects.unrestricted("test").get()
    assert begun.way == Begun.Way.LIBRARY
    sheet = plan_now(begun.sheet).goal_sheets[0]
    by_name = {row.name: row for row in sheet.indicators if row.name}
    assert set(by_name) == {library().by_code[code].name for code in codes}
    classes = [row.class_ for row in sheet.indicators]
    assert classes == sorted(classes, key=list(IndicatorClass).index)
    first = by_name[library().by_code["ZS001"].name]
    assert first.description == library().by_code["ZS001"].explanation
    assert first.target.text is None
    empty = {row.kind for row in sheet.indicators if not row.name}
    assert IndicatorKind.BENEFICIARY_SATISFACTION in empty
    assert not empty & {row.kind for row in by_name.values()}
    assert len({row.id for row in sheet.indicators}) == len(sheet.indicators)


def test_nothing_ticked_begins_nothing(pool: Office, clerk: Client) -> None:  # noqa: F811
    where = address(pool, place(pool), "start")
    assert "没有选指标" in clerk.post(where, {"from": "library"}).content.decode()
    assert clerk.post(where, {"from": "library", "indicator": "nonsense"}).status_code == 404
    assert not Begun.objects.unrestricted("test").exists()


def test_what_is_of_no_project_does_not_begin_from_the_library(pool: Office, clerk: Client) -> None:  # noqa: F811
    assert "从指标库" not in clerk.get(address(pool, "part_one", "start")).content.decode()
