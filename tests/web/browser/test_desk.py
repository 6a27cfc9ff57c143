"""The desk in a browser: files dropped, checked beside their originals, accepted, exported, read back."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from needs import CHROMIUM, NODE_MODULES
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from jixiao.domain.target import MISSING
from jixiao.readers import read_file
from jixiao.web.accounts.roles import Role
from jixiao.web.goals.models import Sheet
from jixiao.web.intake.models import IncomingFile, IncomingSheet
from jixiao.web.organisations.models import OrganisationKind
from jixiao.web.projects.models import Project
from web.browser.conftest import sign_in
from web.make import PASSWORD, YEAR, Office, organisation
from web.samples import COUNTY, HEALTH, plan_of, written

AXE = NODE_MODULES / "axe-core" / "axe.min.js"


@pytest.fixture
def health(county: Office) -> Office:
    """The county with the department that the example file is of, and its projects."""
    place = organisation(county.region, OrganisationKind.LEAD_DEPARTMENT, "303", "清源县卫生健康局", order=30)
    for sheet in read_file(HEALTH).goal_sheets:
        Project.objects.create(unit=place, name=sheet.project.name or "")
    return county


@pytest.fixture
def nine(county: Office, tmp_path: Path) -> Path:
    """A clean plan of nine sheets whose projects are in the pool."""
    plan = plan_of(9)
    for sheet in plan.goal_sheets:
        Project.objects.create(unit=county.commerce, name=sheet.project.name or "")
    return written(plan, tmp_path / "清源县商务局2026年绩效文本.docx")


def drop(page: Page, *files: Path) -> None:
    page.set_input_files("#drop-file", list(files))


def accepted() -> int:
    return IncomingSheet.objects.unrestricted("test").exclude(accepted=None).count()


def until(what: str, there: object, seconds: float = 20) -> None:
    """Wait until ``there()`` holds."""
    end = time.monotonic() + seconds
    while not there():  # type: ignore[operator]
        assert time.monotonic() < end, what
        time.sleep(0.05)


def test_from_a_file_dropped_to_a_file_taken_away(
    health: Office, bureau: Page, live_server: LiveServer, worker: None, tmp_path: Path
) -> None:
    bureau.goto(f"{live_server.url}/{YEAR}/intake/")
    drop(bureau, HEALTH)
    expect(bureau.locator(".desk-fields")).to_be_visible()
    sheets = bureau.locator(".desk-sheets a").count()
    for n in range(1, sheets + 1):
        expect(bureau.locator("[data-accept]")).to_be_focused()
        bureau.keyboard.press("Enter")
        until(f"sheet {n}", lambda n=n: accepted() == n)
    expect(bureau.locator(".summary")).to_contain_text("已收下1")
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


def test_nine_clean_sheets_take_at_most_twelve_actions(
    nine: Path, clerk: Page, live_server: LiveServer, worker: None
) -> None:
    clerk.goto(f"{live_server.url}/{YEAR}/intake/")
    drop(clerk, nine)
    actions = 1
    expect(clerk.locator(".desk-fields")).to_be_visible()
    for n in range(1, 11):
        expect(clerk.locator("[data-accept]")).to_be_focused()
        clerk.keyboard.press("Enter")
        actions += 1
        until(f"sheet {n}", lambda n=n: accepted() == n)
    assert Sheet.objects.unrestricted("test").count() == 10, "Part One and nine sheets"
    sys.stdout.write(f"\n九张没有疑问的表：{actions} 步收完（要求 ≤ 12）")
    assert actions <= 12


def test_a_clean_file_is_taken_whole_by_two_keys(
    nine: Path, clerk: Page, live_server: LiveServer, worker: None
) -> None:
    clerk.goto(f"{live_server.url}/{YEAR}/intake/")
    drop(clerk, nine)
    expect(clerk.locator("[data-accept]")).to_be_focused()
    clerk.keyboard.press("Shift+Enter")
    until("all of it", lambda: accepted() == 10)


def test_a_field_and_its_place_show_each_other(
    health: Office, bureau: Page, live_server: LiveServer, worker: None
) -> None:
    bureau.goto(f"{live_server.url}/{YEAR}/intake/")
    drop(bureau, HEALTH)
    bureau.locator(".desk-sheets a").nth(1).click()
    field = bureau.locator("[data-field][name$='/project/name']")
    field.focus()
    marked = bureau.locator(".desk-document .marked")
    expect(marked).to_have_text(field.input_value())
    expect(marked).to_be_in_viewport()
    bureau.locator(".desk-document td[data-a='t1r4c2']").click()
    expect(bureau.locator("[data-field][name$='/purpose']")).to_be_focused()
    bureau.locator(".desk-document td[data-a='t1r3c2']").click()  # the label, not the value behind it
    expect(bureau.locator("[data-field][name$='/budget/total']")).to_be_focused()


def test_a_value_put_right_is_kept_and_the_original_words_beside_it(
    health: Office, bureau: Page, live_server: LiveServer, worker: None
) -> None:
    bureau.goto(f"{live_server.url}/{YEAR}/intake/")
    drop(bureau, HEALTH)
    bureau.locator(".desk-sheets a").nth(1).click()
    field = bureau.locator("[data-field][name$='/indicators/0/target']")
    before = field.input_value()
    field.fill("≥99%")
    field.press("Enter")
    expect(bureau.locator("#desk-said")).to_have_text("改动已记下")
    bureau.reload()
    expect(bureau.locator("[data-field][name$='/indicators/0/target']")).to_have_value("≥99%")
    kept = IncomingSheet.objects.unrestricted("test").exclude(corrections={}).get().corrections
    assert [(one["value"], one["read"]) for one in kept.values()] == [("≥99%", before)]


def test_a_value_that_cannot_stand_there_is_told_and_not_lost(
    health: Office, bureau: Page, live_server: LiveServer, worker: None
) -> None:
    bureau.goto(f"{live_server.url}/{YEAR}/intake/")
    drop(bureau, HEALTH)
    bureau.locator(".desk-sheets a").nth(1).click()
    field = bureau.locator("[data-field][name$='/budget/total']")
    field.fill("一百多")
    field.press("Enter")
    expect(bureau.locator(".strip-bad")).to_contain_text("预算数不能填“一百多”")
    expect(field).to_have_value("一百多")


def test_twenty_files_dropped_at_once(
    county: Office, bureau: Page, live_server: LiveServer, worker: None, tmp_path: Path
) -> None:
    files = [
        written(plan_of(2, department=f"清源县第{n}局", first=n * 10), tmp_path / f"第{n}局2026年绩效文本.docx")
        for n in range(1, 21)
    ]
    bureau.goto(f"{live_server.url}/{YEAR}/intake/")
    drop(bureau, *files)
    until("all read", lambda: IncomingFile.objects.unrestricted("test").filter(state="to_check").count() == 20, 90)
    expect(bureau.locator(".desk-file")).to_have_count(20, timeout=60_000)
    expect(bureau.locator(".summary")).to_contain_text("待核对20份", timeout=20_000)


def test_by_keyboard_alone(health: Office, clerk: Page, live_server: LiveServer, worker: None) -> None:
    """Sign in was by form; from here on no mouse: skip link, navigation, file field, fields, tabs."""
    clerk.goto(f"{live_server.url}/{YEAR}/intake/")
    drop(clerk, HEALTH)  # what the file dialog of the system does
    expect(clerk.locator(".desk-question button").first).to_be_visible()
    for _ in range(80):
        if clerk.evaluate("document.activeElement.matches('.desk-question button')"):
            break
        clerk.keyboard.press("Tab")
    clerk.keyboard.press("Enter")
    expect(clerk.locator("[data-accept]")).to_be_visible()
    clerk.keyboard.press("Escape")
    clerk.locator("body").press("f")
    expect(clerk.locator(".desk-tabs a[aria-current]")).to_contain_text("问题")
    clerk.keyboard.press("?")
    expect(clerk.locator(".keys")).to_be_visible()


def test_findings_beside_the_original_are_taken_or_not(
    health: Office, bureau: Page, live_server: LiveServer, worker: None, tmp_path: Path
) -> None:
    careless = next(COUNTY.glob("*教育*.docx"))
    bureau.goto(f"{live_server.url}/{YEAR}/intake/")
    drop(bureau, careless)
    expect(bureau.locator(".desk-sheets")).to_be_visible()
    for link in bureau.locator(".desk-sheets a").all():
        link.click()
        bureau.locator(".desk-tabs a").nth(1).click()
        if bureau.locator(".desk-finding").count():
            break
    first = bureau.locator(".desk-finding").first
    title = first.locator("p").nth(1).inner_text()
    first.locator("summary", has_text="不采纳").click()
    first.locator("select").select_option("explained")
    first.get_by_role("button", name="不采纳").click()
    expect(bureau.locator(".desk-finding.dismissed").first).to_contain_text("已不采纳：已说明")
    with bureau.expect_download() as download:
        bureau.get_by_role("link", name="审核意见（Word）").click()
    path = tmp_path / "意见.zip"
    download.value.save_as(path)
    assert path.stat().st_size > 2000
    assert title not in read_letters(path)
    with bureau.expect_download() as download:
        bureau.get_by_role("link", name="审核总表（Excel）").click()
    assert download.value.suggested_filename.endswith(".xlsx")


def read_letters(archive: Path) -> str:
    import io
    import zipfile

    import docx

    with zipfile.ZipFile(archive) as held:
        opened = [docx.Document(io.BytesIO(held.read(name))) for name in held.namelist()]
    return "\n".join(
        [p.text for one in opened for p in one.paragraphs]
        + [cell.text for one in opened for table in one.tables for row in table.rows for cell in row.cells]
    )


def test_on_a_phone_there_is_the_queue(
    nine: Path, county: Office, browser: Browser, live_server: LiveServer, worker: None
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = context.new_page()
    sign_in(page, live_server, county.people[Role.CLERK])
    page.goto(f"{live_server.url}/{YEAR}/intake/")
    drop(page, nine)
    expect(page.locator(".desk-file")).to_have_count(1)
    page.goto(f"{live_server.url}/{YEAR}/intake/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.get_by_text("请在电脑上做")).to_be_visible()
    context.close()


@pytest.mark.skipif(not AXE.exists(), reason="没有 axe-core：运行 make assets")
@pytest.mark.parametrize("tab", ["fields", "findings"])
def test_nothing_serious_for_people_who_cannot_see_it(
    tab: str, health: Office, bureau: Page, live_server: LiveServer, worker: None
) -> None:
    bureau.goto(f"{live_server.url}/{YEAR}/intake/")
    drop(bureau, HEALTH)
    expect(bureau.locator(".desk-fields")).to_be_visible()
    bureau.goto(f"{live_server.url}/{YEAR}/intake/?tab={tab}")
    script = AXE.read_text(encoding="utf-8")
    bureau.evaluate(script)
    found = bureau.evaluate("axe.run({resultTypes: ['violations']})")
    serious = [
        {"id": one["id"], "where": [node["target"] for node in one["nodes"][:4]]}
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    assert not serious, json.dumps(serious, ensure_ascii=False, indent=1)


def test_over_plain_http_on_a_name_of_the_office(
    health: Office, live_server: LiveServer, worker: None, browser: Browser
) -> None:
    """Not localhost: the browser holds back what it gives to secure pages only."""
    started = browser.browser_type.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--host-resolver-rules=MAP jixiao.office 127.0.0.1"]
    )
    try:
        page = started.new_context(locale="zh-CN").new_page()
        trouble: list[str] = []
        page.on("pageerror", lambda error: trouble.append(str(error)))
        port = live_server.url.rpartition(":")[2]
        address = f"http://jixiao.office:{port}"
        page.goto(f"{address}/login")
        page.fill("input[name=username]", Role.PERFORMANCE_SECTION.value)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button")
        page.goto(f"{address}/{YEAR}/intake/")
        assert page.evaluate("window.isSecureContext") is False
        drop(page, HEALTH)
        expect(page.locator("[data-accept]")).to_be_focused()
        page.keyboard.press("Enter")
        until("the first sheet", lambda: accepted() == 1)
        assert not trouble
    finally:
        started.close()


def test_a_choice_is_made_before_it_counts_as_looked_at_and_enter_goes_on(
    county: Office, clerk: Page, live_server: LiveServer, worker: None, tmp_path: Path
) -> None:
    """A missing unit of money is chosen, a blank target confirmed; the counts follow and Enter leads to accepting."""
    plan = plan_of(1)
    sheet = plan.goal_sheets[0]
    rows = tuple(replace(row, target=MISSING) if n == 1 else row for n, row in enumerate(sheet.indicators))
    sheet = replace(sheet, budget=replace(sheet.budget, currency_unit=None), indicators=rows)
    plan = replace(plan, currency_unit=None, activities=(), goal_sheets=(sheet,))
    Project.objects.create(unit=county.commerce, name=sheet.project.name or "")
    clerk.goto(f"{live_server.url}/{YEAR}/intake/")
    drop(clerk, written(plan, tmp_path / "清源县商务局2026年绩效文本.docx"))
    clerk.locator(".desk-sheets a", has=clerk.locator("b")).first.click()
    expect(clerk.locator(".desk-sheets [aria-current] b")).to_have_text("2处")
    choice = clerk.locator("select[data-open]")
    choice.focus()
    choice.press("Enter")
    expect(clerk.locator(".strip-warn")).to_contain_text("要先选一个")
    expect(clerk.locator(".desk-sheets [aria-current] b")).to_have_text("2处")
    choice.select_option("万元")
    expect(clerk.locator(".desk-sheets [aria-current] b")).to_have_text("1处")
    blank = clerk.locator("[data-field][data-open]")
    blank.focus()
    blank.press("Enter")
    expect(clerk.locator("[data-accept]")).to_be_focused()
    expect(clerk.locator("[data-accept]")).to_contain_text("收下这张")
    before = accepted()
    clerk.keyboard.press("Enter")
    until("the sheet", lambda: accepted() == before + 1)


def test_what_is_said_moves_no_field_and_the_sheet_that_is_open_is_in_sight(
    health: Office, bureau: Page, live_server: LiveServer, worker: None
) -> None:
    bureau.goto(f"{live_server.url}/{YEAR}/intake/")
    drop(bureau, HEALTH)
    bureau.locator(".desk-sheets a").last.click()
    expect(bureau.locator(".desk-sheets [aria-current]")).to_be_in_viewport(ratio=1)
    back = bureau.get_by_role("button", name="往前看")
    expect(back).to_be_visible()
    expect(bureau.get_by_role("button", name="往后看")).to_have_count(0)  # there is nothing further on
    field = bureau.locator("[data-field][name$='/budget/total']")
    field.scroll_into_view_if_needed()
    before = field.bounding_box()
    field.fill("一百多")
    field.press("Enter")
    expect(bureau.locator(".strip-bad")).to_contain_text("这里只能是数")
    assert field.bounding_box() == before
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("150")
    field.press("Enter")
    expect(bureau.locator(".strip-bad")).to_have_count(0)
    expect(field).not_to_have_attribute("aria-invalid", "true")
    back.click()
    expect(bureau.locator(".desk-sheets a").nth(bureau.locator(".desk-sheets a").count() - 2)).to_be_in_viewport()
