"""What only a person can say is part of the way that Enter goes: asked first, counted, answered from the keyboard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from jixiao.web.goals.models import Sheet
from jixiao.web.projects.models import Project, ProjectAlias, ProjectYear, plain_of
from web.make import YEAR, Office
from web.samples import plan_of, written

pytestmark = pytest.mark.browser


def _file(tmp_path: Path, name: str) -> Path:
    plan = plan_of(1)
    sheet = plan.goal_sheets[0]
    named = replace(sheet, project=replace(sheet.project, name=name, code=None))
    alone = replace(plan, goal_sheets=(named,), overall_goals=(), activities=(), safeguards=())
    return written(alone, tmp_path / "清源县商务局2026年绩效文本.docx")


def _drop(page: Page, live_server: LiveServer, file: Path) -> None:
    page.goto(f"{live_server.url}/{YEAR}/intake/")
    page.set_input_files("#drop-file", [str(file)])
    expect(page.locator(".desk-fields")).to_be_visible()


def test_another_project_is_found_by_its_alias_from_the_keyboard(
    county: Office, clerk: Page, live_server: LiveServer, worker: None, tmp_path: Path
) -> None:
    project = Project.objects.create(unit=county.commerce, name="招商引资专项经费")
    ProjectYear.objects.create(project=project, year=YEAR, code="T2027009", name=project.name)
    ProjectAlias.objects.create(project=project, text="驻外联络处", plain=plain_of("驻外联络处"))
    _drop(clerk, live_server, _file(tmp_path, "电子商务进农村"))
    expect(clerk.locator("[data-find]")).to_be_focused()
    expect(clerk.locator(".desk-sheets [aria-current] b")).to_contain_text("处")
    expect(clerk.locator(".desk-file.here")).to_contain_text("待核对1处")
    for words, why in (("驻外联络", "也写作“驻外联络处”"), ("t2027", "编码T2027009"), ("引资专", "清源县商务局")):
        clerk.locator("[data-find]").fill("")
        clerk.keyboard.type(words)
        expect(clerk.locator("#found button")).to_have_count(1)
        expect(clerk.locator("#found")).to_contain_text(why)
    clerk.keyboard.press("ArrowDown")
    expect(clerk.locator("#found button")).to_be_focused()
    clerk.keyboard.press("Enter")
    expect(clerk.locator("[data-question]")).to_have_count(0)
    expect(clerk.locator("[data-accept]")).to_be_focused()
    clerk.keyboard.press("Enter")
    expect(clerk.locator(".summary")).to_contain_text("已收下1")
    assert Sheet.objects.unrestricted("test").get(kind="goal").project == project


def test_enter_takes_the_likely_answer_and_goes_on(
    county: Office, clerk: Page, live_server: LiveServer, worker: None, tmp_path: Path
) -> None:
    Project.objects.create(unit=county.commerce, name="电子商务进农村综合示范项目")
    _drop(clerk, live_server, _file(tmp_path, "电子商务进农村综合示范"))
    expect(clerk.locator("[data-likely]")).to_be_focused()
    clerk.keyboard.press("Enter")
    expect(clerk.locator("[data-question]")).to_have_count(0)
    expect(clerk.locator("[data-accept]")).to_be_focused()


def test_without_a_script_the_pool_is_searched_all_the_same(county: Office, client: object, tmp_path: Path) -> None:
    from django.test import Client

    from jixiao.web.accounts.roles import Role
    from web.intake.desk import hand_in

    project = Project.objects.create(unit=county.commerce, name="招商引资专项经费")
    (row,) = hand_in(county.actor(Role.CLERK), {"a.docx": _file(tmp_path, "电子商务进农村").read_bytes()}, year=YEAR)
    assert isinstance(client, Client)
    client.force_login(county.people[Role.CLERK])
    shown = client.get(f"/{YEAR}/intake/?file={row.pk}&q=招商引资").content.decode()
    assert f'<button name="project" value="{project.pk}">招商引资专项经费' in shown
    assert "没有找到“没有的”" in client.get(f"/{YEAR}/intake/?file={row.pk}&q=没有的").content.decode()
