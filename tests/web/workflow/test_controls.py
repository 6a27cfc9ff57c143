"""控制数: set by a document, the latest holds; a sheet above it, or cut without its targets, is a finding that stops."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from jixiao.web.accounts.roles import Role
from jixiao.web.editor.selectors import reviews_beside, standing
from jixiao.web.goals.contents import total_fen
from jixiao.web.goals.documents import as_plan
from jixiao.web.goals.models import Sheet, SheetVersion
from jixiao.web.imports.kinds import Row, Scope
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotAllowed, Refused
from jixiao.web.workflow import services
from jixiao.web.workflow.control_imports import FIELDS, KIND, apply, plan
from jixiao.web.workflow.controls import ABOVE, UNCHANGED, Limit, findings_of
from jixiao.web.workflow.handing_in import ready
from jixiao.web.workflow.models import Control
from web.make import YEAR, Office

DAY = date(2026, 11, 20)
NUMBER = "清财预〔2026〕9号"


def plan_of(sheet: Sheet):  # type: ignore[no-untyped-def]
    return as_plan(SheetVersion.objects.unrestricted("test").get(sheet=sheet, number=1).document)


def given(county: Office, sheet: Sheet, fen: int, *, document: str = NUMBER, day: date = DAY) -> Control:
    return services.set_control(
        county.actor(Role.PERFORMANCE_SECTION), year=YEAR, unit=sheet.unit_id, project=sheet.project_id,
        total_fen=fen, document=document, day=day,
    )  # fmt: skip


def test_above_the_control_number_with_both_figures(county: Office, sheet: Sheet) -> None:
    now = plan_of(sheet)
    fen = total_fen(now) or 0
    (one,) = findings_of(now, Limit(fen - 1_000_000, NUMBER, DAY), None)
    assert (one.rule, one.severity.value) == (ABOVE, "error")
    assert NUMBER in one.message
    assert "748.80万元" in one.message
    assert "747.80万元" in one.message
    assert findings_of(now, Limit(fen, NUMBER, DAY), None) == ()
    assert findings_of(now, Limit(fen - 9_999, NUMBER, DAY), None) == ()  # how it is written
    assert findings_of(now, None, None) == ()


def test_money_cut_with_targets_unchanged(county: Office, sheet: Sheet) -> None:
    now = plan_of(sheet)
    (own,) = now.goal_sheets
    more = replace(own.budget, total=(own.budget.total or Decimal()) + 10)
    before = replace(now, goal_sheets=(replace(own, budget=more),))
    (one,) = findings_of(now, None, before)
    assert (one.rule, one.severity.value) == (UNCHANGED, "warning")
    assert "少10.00万元" in one.message
    first = replace(own.indicators[0], target=replace(own.indicators[0].target, text="1000"))
    other = replace(now, goal_sheets=(replace(own, indicators=(first, *own.indicators[1:])),))
    assert findings_of(other, None, before) == ()
    assert findings_of(before, None, now) == ()  # more money is another matter


def test_the_latest_document_holds_and_stops_handing_in(county: Office, sheet: Sheet) -> None:
    clerk = county.actor(Role.CLERK)
    fen = total_fen(plan_of(sheet)) or 0
    given(county, sheet, fen - 5_000_000)
    review = reviews_beside(clerk, [sheet], standing(clerk, [sheet]))[sheet.pk]
    assert ABOVE in {one.rule for one in review.findings}
    assert any("超过控制数" in one.words for one in ready(clerk, YEAR, county.commerce.pk).obstacles)
    given(county, sheet, fen, document="清财预〔2026〕11号", day=DAY + timedelta(3))
    assert ready(clerk, YEAR, county.commerce.pk).obstacles == ()
    assert Control.objects.unrestricted("test").count() == 2
    client = Client()
    client.force_login(county.people[Role.CLERK])
    page = client.get(f"/{YEAR}/controls/").content.decode()
    assert "后来改了" in page
    assert "清财预〔2026〕11号" in page
    assert "导入控制数" not in page
    assert "清财预〔2026〕11号" in client.get(f"/{YEAR}/sheets/{sheet.pk}/way").content.decode()


def test_who_sets_what(county: Office, sheet: Sheet) -> None:
    with pytest.raises(NotAllowed):
        services.set_control(
            county.actor(Role.LEAD_REVIEWER), year=YEAR, unit=county.commerce.pk, total_fen=1, document=NUMBER, day=DAY
        )
    with pytest.raises(Refused, match="不是"):
        services.set_control(
            county.actor(Role.PERFORMANCE_SECTION), year=YEAR, unit=county.centre.pk, total_fen=1, document=NUMBER, day=DAY
        )  # fmt: skip


def test_they_come_out_of_a_list(county: Office, sheet: Sheet) -> None:
    scope = Scope(county.actor(Role.PERFORMANCE_SECTION), county.bureau.pk, YEAR)
    told = {"total": 100_000_000, "document": NUMBER, "day": DAY}
    rows = [
        Row(2, {"unit_name": "清源县商务局", "name": "招商费用", **told}),
        Row(3, {"unit_name": "清源县商务局", **told}),
        Row(4, {"unit_name": "清源县商务局", "name": "没有的项目", **told}),
    ]
    one = plan(scope, rows)
    changes = [one(row) for row in rows[:2]]
    assert [change.state for change in changes] == ["new", "new"]
    with pytest.raises(Refused, match="没有“没有的项目”"):
        one(rows[2])
    assert len(apply(scope, changes)) == 2
    again = plan(scope, rows)
    assert again(rows[0]).state == "same"
    assert again(Row(2, {**rows[0].values, "total": 90_000_000})).state == "changed"
    assert KIND.name == "controls"
    assert {field.name for field in FIELDS} >= set(KIND.key)
    assert clock.today()
