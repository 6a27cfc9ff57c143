"""The desk in a browser: files dropped, checked beside their originals, accepted, exported, read back."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from jixiao.readers import read_file
from jixiao.web.goals.models import Sheet
from jixiao.web.intake.models import IncomingFile
from jixiao.web.organisations.models import OrganisationKind
from web.make import YEAR, Office, organisation

COUNTY = Path(__file__).parents[3] / "examples" / "county" / "files"
HEALTH = COUNTY / "清源县卫生健康局2026年部门预算绩效文本.docx"


@pytest.fixture
def health(county: Office) -> Office:
    """The county with the department that the example file is of."""
    organisation(county.region, OrganisationKind.LEAD_DEPARTMENT, "303", "清源县卫生健康局", order=30)
    return county


def drop(page: Page, *files: Path) -> None:
    page.set_input_files("#drop-file", list(files))


def test_from_a_file_dropped_to_a_file_taken_away(
    health: Office, bureau: Page, live_server: LiveServer, worker: None, tmp_path: Path
) -> None:
    bureau.goto(f"{live_server.url}/{YEAR}/intake/")
    drop(bureau, HEALTH)
    expect(bureau.locator(".desk-fields")).to_be_visible()
    sheets = bureau.locator(".desk-sheets a").count()
    for _ in range(sheets * 8):
        question = bureau.locator(".desk-question button", has_text="新项目")
        if question.count():
            question.first.click()
            continue
        button = bureau.locator("[data-accept]")
        if not button.count():
            break
        bureau.keyboard.press("Enter")
        bureau.wait_for_load_state("networkidle")
    taken = Sheet.objects.unrestricted("test")
    assert taken.count() == sheets
    assert IncomingFile.objects.unrestricted("test").get().state == "accepted"
    goals = taken.filter(kind="goal").order_by("pk")[0]
    with bureau.expect_download() as download:
        bureau.evaluate(f"location.href = '/2026/sheets/{goals.pk}/export/docx'")
    path = tmp_path / "表.docx"
    download.value.save_as(path)
    read = read_file(HEALTH).goal_sheets[0]
    assert [row.name for row in read_file(path).goal_sheets[0].indicators] == [row.name for row in read.indicators]
