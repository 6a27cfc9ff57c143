"""One set from a file to 批复 by five people in a browser: taken in, handed in, sent back twice, passed, approved, adjusted."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from jixiao.web.accounts.roles import Role
from jixiao.web.demo.files import a_year_later
from jixiao.web.goals.documents import one_sheet, together
from jixiao.web.goals.models import Sheet, SheetKind, SheetState
from jixiao.web.projects.models import Project, ProjectYear
from jixiao.web.workflow.models import Approval, Decision, Verb
from web.browser.conftest import sign_in
from web.browser.test_desk import accepted, drop, until
from web.make import YEAR, Office
from web.samples import plan_of, written
from web.workflow.sets import excused, listed, round_of

_DOCUMENT = "清财预〔2027〕12号"


@pytest.fixture
def plan(county: Office, tmp_path: Path) -> Path:
    """A clean plan of two sheets, whose projects the pool lists; Part One and the sheet of the whole department are excused."""
    round_of(county)
    both = a_year_later(plan_of(2))
    made = together(None, [one_sheet(both, 0), one_sheet(both, 1)])
    for name, sheet in zip(("招商费用", "会展经费"), made.goal_sheets, strict=True):
        project = county.projects.get(name) or Project.objects.create(unit=county.commerce, name=name)
        project.name = sheet.project.name or name
        project.save()
        county.projects[name] = project
        listed(county, name)
        fen = int((sheet.budget.total or 0) * 1_000_000)
        ProjectYear.objects.unrestricted("test").filter(project=project).update(total_fen=fen, fiscal_fen=fen)
    excused(county, SheetKind.PART_ONE, SheetKind.DEPARTMENT_WIDE)
    return written(made, tmp_path / "清源县商务局2027年绩效文本.docx")


class People:
    """Five people at one browser, one after the other."""

    def __init__(self, page: Page, server: LiveServer, county: Office) -> None:
        self.page, self.base, self._server, self._county = page, server.url, server, county

    def come(self, role: Role) -> Page:
        self.page.context.clear_cookies()
        sign_in(self.page, self._server, self._county.people[role])
        return self.page

    def at_desk(self, role: Role) -> Page:
        page = self.come(role)
        page.goto(f"{self.base}/{YEAR}/review/")
        return page

    def agree_all(self, role: Role, sheets: int) -> None:
        """One after the other by keyboard."""
        page = self.at_desk(role)
        expect(page.locator("[data-row]")).to_have_count(sheets)
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        for n in range(sheets):
            expect(page.locator("#agree-opinion")).to_be_attached()
            before = decided()
            if n:
                page.keyboard.press("Enter")  # 开审
                expect(page.locator("[data-begin]")).to_have_count(0)
            page.keyboard.press("t")
            expect(page.locator("#agree-opinion")).to_be_focused()
            page.keyboard.press("Control+Enter")
            until("agreed", lambda before=before: decided() == before + 1)
            page.wait_for_load_state()

    def send_back(self, role: Role, title: str, words: str) -> None:
        page = self.at_desk(role)
        page.get_by_role("link", name=title).first.click()
        page.locator("[data-begin]").click()
        page.get_by_role("link", name="退回").first.click()
        page.fill("#back-opinion", words)
        page.locator("#back button.primary").click()
        until("sent back", lambda: state(title) == SheetState.SENT_BACK)

    def answer_and_hand_in(self, title: str, words: str) -> None:
        """The clerk opens what came back from the first page, explains, hands it in again."""
        page = self.come(Role.CLERK)
        page.locator("tr", has_text=title).get_by_role("link", name="改").click()
        page.locator("#points summary", has_text="说明").first.click()
        page.locator('#points input[name="words"]').first.fill(words)
        page.locator('#points input[name="words"]').first.press("Enter")
        expect(page.locator("#points-count")).to_contain_text("说明1")
        page.get_by_role("link", name="再次送审").click()
        page.get_by_role("button", name="再次送审1张").click()
        until("handed in again", lambda: state(title) == SheetState.SUBMITTED)


def decided() -> int:
    rows = Decision.objects.unrestricted("test").filter(verb__in=(Verb.AGREE, Verb.PASS))
    return rows.count()


def state(title: str) -> str:
    return Sheet.objects.unrestricted("test").get(title=title, kind=SheetKind.GOAL).state


def test_from_a_file_to_its_approval_by_five_people(
    plan: Path, county: Office, page: Page, live_server: LiveServer, worker: None
) -> None:
    people = People(page, live_server, county)
    clerk = people.come(Role.CLERK)
    clerk.goto(f"{live_server.url}/{YEAR}/intake/")
    drop(clerk, plan)
    expect(clerk.locator("[data-accept]")).to_be_focused()
    clerk.keyboard.press("Shift+Enter")
    until("taken in", lambda: accepted() == 2)
    clerk.goto(f"{live_server.url}/{YEAR}/sets/{county.commerce.pk}/")
    clerk.get_by_role("link", name="送审2张").click()
    clerk.get_by_role("button", name="送审报送包（2张）").click()
    expect(clerk.get_by_text("对方打开前可以撤回")).to_be_visible()
    title = Sheet.objects.unrestricted("test").filter(kind=SheetKind.GOAL).order_by("pk")[0].title

    people.send_back(Role.UNIT_HEAD, title, "请写明签约服务的口径")
    people.answer_and_hand_in(title, "口径按省里通知")
    people.agree_all(Role.UNIT_HEAD, 2)
    people.send_back(Role.LEAD_REVIEWER, title, "请附省里通知的名称")
    people.answer_and_hand_in(title, "已写在资金用途里")
    people.agree_all(Role.UNIT_HEAD, 1)
    people.agree_all(Role.LEAD_REVIEWER, 2)
    people.agree_all(Role.BUSINESS_SECTION, 2)
    people.agree_all(Role.PERFORMANCE_SECTION, 2)

    bureau = people.come(Role.PERFORMANCE_SECTION)
    bureau.goto(f"{live_server.url}/{YEAR}/approval/")
    bureau.fill("input[name=document]", _DOCUMENT)
    bureau.get_by_role("button", name="批复1家").click()
    until("approved", lambda: state(title) == SheetState.APPROVED)
    given = Approval.objects.unrestricted("test").get(after=None)
    assert (given.document, given.unit) == (_DOCUMENT, county.commerce)
    backs = Decision.objects.unrestricted("test").filter(verb=Verb.SEND_BACK, run__sheet__title=title)
    assert [one.opinion for one in backs.order_by("pk")] == ["请写明签约服务的口径", "请附省里通知的名称"]

    clerk = people.come(Role.CLERK)
    sheet = Sheet.objects.unrestricted("test").get(title=title, kind=SheetKind.GOAL)
    clerk.goto(f"{live_server.url}/{YEAR}/sheets/{sheet.pk}/way")
    clerk.get_by_role("link", name="开始调整").click()
    clerk.fill("#reason", "年中追加资金")
    clerk.get_by_role("button", name="开始调整这1张").click()
    clerk.wait_for_url("**/edit")
    assert state(title) == SheetState.ADJUSTING
    clerk.get_by_role("link", name="再次送审").click()
    clerk.get_by_role("button", name="再次送审1张").click()
    until("the adjustment is handed in", lambda: state(title) == SheetState.SUBMITTED)
