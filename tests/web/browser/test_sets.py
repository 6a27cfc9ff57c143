"""A plan from nothing to its file in a browser, and a sheet made of last year's with few actions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.plan import Plan
from jixiao.domain.target_grammar import parse_target
from jixiao.readers import read_bytes
from jixiao.web.editor.selectors import copied
from jixiao.web.goals.models import Sheet
from jixiao.web.projects.models import Project, ProjectYear
from web.browser.test_desk import until
from web.editor.sheets import plan_now, sheet_of
from web.make import YEAR, Office
from web.samples import plan_of

_PROJECTS = ("招商费用", "会展经费", "外贸稳增长")
_MOST_ACTIONS = 60


@pytest.fixture
def pool(county: Office) -> Office:
    """Three projects of the department, as the pool lists them; that of the unit beneath is not asked for."""
    for n, name in enumerate(_PROJECTS):
        project = county.projects.get(name) or Project.objects.create(unit=county.commerce, name=name)
        county.projects[name] = project
        ProjectYear.objects.create(
            project=project, year=YEAR, code=f"13990127P{n:012d}", name=name, total_fen=15_000_000, fiscal_fen=15_000_000,
            other_fen=0,
        )  # fmt: skip
    return county


def sheet(kind: str, project: Project | None = None) -> Sheet:
    return Sheet.objects.unrestricted("test").get(kind=kind, project=project, year=YEAR)


def field(page: Page, thing: str, below: str) -> Locator:
    return page.locator(f'[data-cell="{thing}.{below}"] [data-edit]')


def all_saved(page: Page) -> None:
    expect(page.locator("#saved")).to_contain_text("全部已存")


def start(page: Page, base: str, where: str, button: str) -> None:
    page.goto(f"{base}{where}/start")
    page.get_by_role("button", name=button).click()
    page.wait_for_url("**/edit")
    all_saved(page)


def add(page: Page, section: str, words: dict[str, str]) -> None:
    """A row or block at the end of a list, with words by the end of the keys of its cells; a goal is words itself."""
    part = page.locator("section", has=page.get_by_role("heading", name=section))
    rows = part.locator("[data-rows-of] > [data-thing]")
    before = rows.count()
    part.locator("[data-add]").last.click()
    expect(rows).to_have_count(before + 1)
    for below, text in words.items():
        cell = rows.last.locator(f'[data-cell$=".{below}"]' if below else "[data-cell]").first
        cell.locator("[data-edit]").fill(text)
    all_saved(page)


def test_a_plan_of_part_one_and_three_sheets_from_nothing_to_its_file(
    pool: Office, clerk: Page, live_server: LiveServer
) -> None:
    page, base = clerk, f"{live_server.url}/{YEAR}/sets/{pool.commerce.pk}/"
    page.goto(base)
    expect(page.locator(".summary")).to_contain_text("还差5张")
    start(page, base, "part_one", "从空白起填")
    add(page, "一、总体绩效目标", {"": "全年引进亿元以上项目15个，到位资金30亿元。"})
    add(page, "二、分项绩效目标", {"name": "招商引资", "budget": "45.00", "goal": "引进亿元以上项目15个。"})
    add(page, "三、工作保障措施", {"heading": "组织保障", "text": "局长每季度调度一次进度。"})
    for n, name in enumerate(_PROJECTS):
        start(page, base, f"goal-{pool.projects[name].pk}", "从空白起填")
        made = sheet("goal", pool.projects[name])
        own = plan_now(made).goal_sheets[0]
        field(page, own.id, "purpose").fill(f"用于{name}，15万元。")
        for row, step in enumerate(own.disbursement_plan):
            field(page, step.id, "percent").fill(str((25, 50, 75, 100)[row % 4]))
        for row, indicator in enumerate(own.indicators):
            field(page, indicator.id, "name").fill(f"{name}指标{row + 1}")
            field(page, indicator.id, "target").fill(f"≥{row + n + 1}个")
        all_saved(page)
        until("written", lambda made=made: all(row.target.text for row in plan_now(made).goal_sheets[0].indicators))
    page.goto(f"{base}department_wide/start")
    page.fill("#reason", "县里今年没有要求")
    page.get_by_role("button", name="写明不报的原因").click()
    expect(page.locator(".summary")).to_contain_text("已齐5张，其中1张说明了不报的原因")
    expect(page.locator(".set-review")).to_contain_text("整包合在一起审（4张）")
    page.get_by_text("导出整包", exact=True).first.click()
    with page.expect_download() as waits:
        page.get_by_role("link", name="整包（Word）").click()
    back = read_bytes(waits.value.path().read_bytes(), "plan.docx")
    part_one = plan_now(sheet("part_one"))
    assert back.title == part_one.title
    assert [goal.text for goal in back.overall_goals] == [goal.text for goal in part_one.overall_goals]
    assert [(a.name, a.budget, a.goal) for a in back.activities] == [
        (a.name, a.budget, a.goal) for a in part_one.activities
    ]
    assert [(s.heading, s.text) for s in back.safeguards] == [(s.heading, s.text) for s in part_one.safeguards]
    written = [plan_now(sheet("goal", pool.projects[name])).goal_sheets[0] for name in _PROJECTS]
    assert list(map(said, back.goal_sheets)) == list(map(said, written))


def said(one: GoalSheet) -> tuple[object, ...]:
    """All that a sheet says, without ids."""
    return (
        one.project,
        one.budget,
        one.purpose,
        [(step.by, step.percent) for step in one.disbursement_plan],
        [goal.text for goal in one.goals],
        [(row.class_, row.kind, row.name, row.description, row.target.text, row.basis) for row in one.indicators],
    )


def twelve_rows() -> Plan:
    """Last year's sheet with twelve rows, two of them and its goals with a year."""
    plan = plan_of(1)
    own = plan.goal_sheets[0]
    rows = [own.indicators[n % len(own.indicators)] for n in range(12)]
    made = tuple(
        replace(row, name=f"指标{n + 1}", target=parse_target(f"≥{n + 10}个").target, basis="三年平均数", id="")
        for n, row in enumerate(rows)
    )
    made = (
        replace(made[0], description=f"{YEAR - 1}年签约的项目"), *made[1:11], replace(made[11], target=parse_target(f"{YEAR - 1}年12月10日前").target),
    )  # fmt: skip
    goals = (replace(own.goals[0], text=f"{YEAR - 1}年引进项目15个。", id=""),)
    return replace(plan, goal_sheets=(replace(own, indicators=made, goals=goals),))


def test_a_sheet_of_twelve_rows_is_made_of_last_years_with_few_actions(
    pool: Office, clerk: Page, live_server: LiveServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """An action is a click or the stroke of a key, each digit of a number too. Every target gets a new number, every year becomes
    this one; what needs no change is kept as it is."""
    before = sheet_of(pool, plan=twelve_rows())
    Sheet.objects.unrestricted("test").filter(pk=before.pk).update(year=YEAR - 1)
    page = clerk
    page.goto(f"{live_server.url}/{YEAR}/sets/{pool.commerce.pk}/")
    actions = {"clicks": 0, "keys": 0}
    row = page.locator("tr", has_text="招商费用")
    row.get_by_role("link", name="起一张").click()
    page.get_by_role("button", name="从去年起填").click()
    actions["clicks"] += 2
    page.wait_for_url("**/edit")
    made = sheet("goal", pool.projects["招商费用"])
    for _ in range(_MOST_ACTIONS):
        if not page.locator(".must-change").count():
            break
        focused = page.locator("[data-edit]:focus")
        expect(focused).to_have_count(1)
        chosen = focused.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)")
        assert chosen.isdecimal(), "what is to be replaced is chosen, sign and unit stay"
        keys = [*(str(YEAR) if chosen == str(YEAR - 1) else str(int(chosen) + 1)), "Enter"]
        for key in keys:
            page.keyboard.press(key)
        actions["keys"] += len(keys)
    expect(page.locator(".must-change")).to_have_count(0)
    page.locator("[data-keep-rest]").click()
    actions["clicks"] += 1
    expect(page.locator(".is-last-year")).to_have_count(0)
    expect(page.locator("#last-year")).to_be_hidden()
    all_saved(page)
    until("all looked at", lambda: not any(below.endswith("target") for _, below in copied(made).cells))
    total = sum(actions.values())
    with capsys.disabled():
        print(  # noqa: T201 - the number that this is about
            f"\n12 rows from last year's: {total} actions {actions}"
        )
    assert total <= _MOST_ACTIONS
    old_rows, new_rows = twelve_rows().goal_sheets[0].indicators, plan_now(made).goal_sheets[0].indicators
    assert len(new_rows) == 12
    assert all(new.target.text != old.target.text for new, old in zip(new_rows, old_rows, strict=True))
    assert [new.name for new in new_rows] == [old.name for old in old_rows]
    assert str(YEAR - 1) not in str([(one.target.text, one.description) for one in new_rows])
    assert plan_now(made).goal_sheets[0].goals[0].text == f"{YEAR}年引进项目15个。"
    page.reload()
    all_saved(page)
    assert page.locator(".is-last-year").count() == 0


def test_what_stays_as_it_is_is_said_by_a_key(pool: Office, clerk: Page, live_server: LiveServer) -> None:
    before = sheet_of(pool, plan=twelve_rows())
    Sheet.objects.unrestricted("test").filter(pk=before.pk).update(year=YEAR - 1)
    page = clerk
    start(
        page, f"{live_server.url}/{YEAR}/sets/{pool.commerce.pk}/", f"goal-{pool.projects['招商费用'].pk}", "从去年起填"
    )
    must = page.locator(".must-change")
    count = must.count()
    first = page.locator("[data-cell]:has([data-edit]:focus)").get_attribute("data-cell")
    page.keyboard.press("Alt+k")
    expect(must).to_have_count(count - 1)
    assert page.locator("[data-cell]:has([data-edit]:focus)").get_attribute("data-cell") != first
    all_saved(page)
    page.reload()
    all_saved(page)
    assert page.locator(".must-change").count() == count - 1, "the server knows that somebody looked"
    assert page.locator(f'[data-cell="{first}"].is-last-year').count() == 0
