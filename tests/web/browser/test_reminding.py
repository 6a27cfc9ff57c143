"""All late units are reminded in three actions at most, in the browser."""

from __future__ import annotations

import sys

import pytest
from playwright.sync_api import Page, expect

from jixiao.web.workflow.models import Reminder
from web.make import YEAR, Office
from web.workflow.sets import round_of, whole_set


def test_all_late_units_are_reminded_in_three_actions(
    county: Office, bureau: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    round_of(county, opens=-20, closes=-2)
    whole_set(county)
    bureau.reload()
    actions = 0

    def act(name: str, *, role: str = "link") -> None:
        nonlocal actions
        bureau.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]
        actions += 1

    act("报送进度")
    act("催办逾期2家")
    act("催2家", role="button")
    expect(bureau.get_by_text("已催办2家")).to_be_visible()
    assert Reminder.objects.unrestricted("test").filter(year=YEAR).count() == 2
    with capsys.disabled():
        sys.stdout.write(f"\n催办全部逾期单位：{actions}步\n")
    assert actions <= 3
