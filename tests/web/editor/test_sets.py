"""What a department hands in: what is in it, when it is complete, how a sheet is started, made void, excused."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from jixiao.readers import read_bytes
from jixiao.web.accounts.roles import Role
from jixiao.web.audit.models import AuditEntry
from jixiao.web.editor import sets, whole
from jixiao.web.editor.models import Begun, Draft, Unreported
from jixiao.web.editor.selectors import copied, last_year
from jixiao.web.editor.sets import set_of
from jixiao.web.goals.models import Sheet, SheetKind, SheetState, SheetVersion
from jixiao.web.kernel.acts import NotThere
from jixiao.web.organisations.models import FiscalYear
from jixiao.web.projects.models import Project, ProjectYear
from web.editor.sheets import plan_now, put, send, sheet_of
from web.make import YEAR, Office
from web.samples import plan_of


@pytest.fixture
def pool(county: Office) -> Office:
    """Every project is listed in the year."""
    for n, (name, project) in enumerate(county.projects.items()):
        ProjectYear.objects.create(
            project=project, year=YEAR, code=f"13999927P{n:03d}", name=name, total_fen=15_000_000 * (n + 1),
            fiscal_fen=15_000_000 * (n + 1), other_fen=0,
        )  # fmt: skip
    return county


@pytest.fixture
def clerk(pool: Office, client: Client) -> Client:
    client.force_login(pool.people[Role.CLERK])
    return client


def address(county: Office, *more: str) -> str:
    return "/".join((f"/{YEAR}/sets/{county.commerce.pk}", *more))


def place(county: Office) -> str:
    return f"goal-{county.projects['招商费用'].pk}"


def started(client: Client, county: Office, where: str, from_: str = "blank") -> Sheet:
    answer = client.post(address(county, where, "start"), {"from": from_})
    assert answer.status_code == 302, answer.content.decode()
    key = re.search(r"/sheets/(\d+)/edit", answer["Location"])
    assert key
    return Sheet.objects.unrestricted("test").get(pk=key[1])


def last_years(county: Office, project: str | None = "招商费用") -> Sheet:
    """The sheet of a project, or that of the department, a year ago."""
    made = sheet_of(county, project or "招商费用", plan=plan_of(1))
    fields: dict[str, object] = {"year": YEAR - 1}
    if project is None:
        fields |= {"project": None, "kind": SheetKind.DEPARTMENT_WIDE}
    Sheet.objects.unrestricted("test").filter(pk=made.pk).update(**fields)
    made.refresh_from_db()
    return made


# --- what is in it ---


def test_a_set_is_part_one_the_department_and_every_project_of_the_pool(pool: Office) -> None:
    found = set_of(pool.actor(Role.PERFORMANCE_SECTION), YEAR, pool.commerce.pk)
    titles = ["绩效文本第一部分", "部门整体绩效目标表", "招商费用", "驻点招商"]
    assert [one.title for one in found.places] == titles
    assert (found.settled, found.expected, found.is_complete) == (0, 4, False)
    assert found.told == "还差4张：绩效文本第一部分、部门整体绩效目标表、招商费用等"
    beneath = set_of(pool.actor(Role.PERFORMANCE_SECTION), YEAR, pool.centre.pk)
    assert [one.title for one in beneath.places] == ["驻点招商"]


def test_who_fills_in_for_a_unit_sees_of_the_others_only_how_many_they_are(pool: Office) -> None:
    found = set_of(pool.actor(Role.CLERK), YEAR, pool.commerce.pk)
    assert [one.title for one in found.places][-1] == "招商费用"
    assert (found.hidden, found.hidden_lacking, found.expected) == (1, 1, 4)
    assert "另1张由别人填" in found.told
    for role, unit in ((Role.CLERK, pool.water), (Role.EXPERT, pool.commerce), (Role.CLERK, pool.bureau)):
        with pytest.raises(NotThere):
            set_of(pool.actor(role), YEAR, unit.pk)


def test_projects_that_ended_or_are_of_another_year_are_not_asked_for(pool: Office) -> None:
    pool.projects["驻点招商"].closed_on = date(2026, 6, 1)
    pool.projects["驻点招商"].save()
    ProjectYear.objects.unrestricted("test").filter(project=pool.projects["招商费用"]).update(year=YEAR - 1)
    found = set_of(pool.actor(Role.PERFORMANCE_SECTION), YEAR, pool.commerce.pk)
    assert [one.kind for one in found.places] == [SheetKind.PART_ONE, SheetKind.DEPARTMENT_WIDE]


def test_a_set_is_complete_with_sheets_and_reasons(pool: Office, clerk: Client) -> None:
    started(clerk, pool, "part_one")
    started(clerk, pool, place(pool))
    assert clerk.post(address(pool, "department_wide", "reason"), {"reason": "县里今年没有要求"}).status_code == 302
    found = set_of(pool.actor(Role.CLERK), YEAR, pool.commerce.pk)
    assert found.lacking == ()
    assert found.told == "还差1张：1张由别人填"
    whole_ = pool.actor(Role.PERFORMANCE_SECTION)
    Unreported.objects.create(
        unit=pool.centre, project=pool.projects["驻点招商"], year=YEAR, kind="goal", reason="并入招商费用",
        made_at="2026-12-01T00:00Z", made_by="x",
    )  # fmt: skip
    assert set_of(whole_, YEAR, pool.commerce.pk).told == "已齐4张，其中2张说明了不报的原因"
    progress = {one.name: how for one, how in sets.overview(whole_, YEAR).rows}
    assert (progress["清源县商务局"].settled, progress["清源县商务局"].expected) == (4, 4)
    assert (progress["清源县水利局"].settled, progress["清源县水利局"].expected) == (0, 3)
    assert [one.name for one, _ in sets.overview(whole_, YEAR, lacking=True).rows] == ["清源县水利局"]
    page = clerk.get(address(pool, "")).content.decode()
    assert "县里今年没有要求" in page


def test_the_draft_is_counted_where_there_is_one(pool: Office, clerk: Client) -> None:
    sheet = started(clerk, pool, place(pool))
    before = set_of(pool.actor(Role.CLERK), YEAR, pool.commerce.pk).place(place(pool))
    assert before.counts["errors"] == sheet.errors > 0
    answer: Any = send(clerk, sheet, put(plan_now(sheet).goal_sheets[0].id, "/purpose", "用于招商活动"))
    said = answer.json()["counts"]
    after = set_of(pool.actor(Role.CLERK), YEAR, pool.commerce.pk).place(place(pool))
    assert list(after.counts.values()) == list(said.values())
    assert after.changed_by == "填报人甲"
    Draft.objects.unrestricted("test").update(counted=None, errors=99)
    again = set_of(pool.actor(Role.CLERK), YEAR, pool.commerce.pk).place(place(pool))
    assert again.counts == after.counts, "what was not counted when it was saved is counted when it is shown"


# --- pages ---


def test_ones_own_set_opens_at_once_and_reviewers_see_how_far_all_are(pool: Office, client: Client) -> None:
    for role, where in ((Role.CLERK, pool.commerce.pk), (Role.LEAD_REVIEWER, pool.commerce.pk)):
        client.force_login(pool.people[role])
        assert client.get(f"/{YEAR}/sets/")["Location"] == f"/{YEAR}/sets/{where}/"
        assert "报送包" in client.get(f"/{YEAR}/sets/{where}/").content.decode()
    client.force_login(pool.people[Role.PERFORMANCE_SECTION])
    page = client.get(f"/{YEAR}/sets/").content.decode()
    assert "报送进度" in page
    assert page.index("清源县商务局") < page.index("清源县水利局")
    assert "0/4" in page
    client.force_login(pool.people[Role.EXPERT])
    page = client.get(f"/{YEAR}/sets/").content.decode()
    assert "没有归您看的报送包" in page
    assert "报送进度</" not in page.partition("<main")[0], "nothing in the navigation of who sees single projects only"


def test_empty_sets_say_who_brings_what(county: Office, client: Client) -> None:
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    page = client.get(f"/{YEAR}/sets/{county.centre.pk}/").content.decode()
    assert "绩效股从一体化系统导入" in page


def test_pages_of_sets_ask_a_bounded_number_of_questions(
    pool: Office, client: Client, django_assert_max_num_queries: object
) -> None:
    for n in range(12):
        project = Project.objects.create(unit=pool.commerce, name=f"项目{n}")
        ProjectYear.objects.create(project=project, year=YEAR, name=project.name)
        Sheet.objects.create(
            unit=pool.commerce, project=project, year=YEAR, kind="goal", title=project.name, version=0,
            changed_at="2026-12-01T00:00Z",
        )  # fmt: skip
    client.force_login(pool.people[Role.PERFORMANCE_SECTION])
    client.get("/")
    with django_assert_max_num_queries(32):  # type: ignore[operator]
        assert client.get(f"/{YEAR}/sets/{pool.commerce.pk}/").status_code == 200
    with django_assert_max_num_queries(26):  # type: ignore[operator]
        assert client.get(f"/{YEAR}/sets/").status_code == 200


# --- a sheet is started ---


def test_a_blank_sheet_has_what_the_pool_says(pool: Office, clerk: Client) -> None:
    sheet = started(clerk, pool, place(pool))
    plan = plan_now(sheet)
    (one,) = plan.goal_sheets
    assert (one.project.code, one.project.name, one.budget_unit.name) == ("13999927P000", "招商费用", "清源县商务局")
    assert (str(one.budget.total), one.budget.currency_unit) == ("15.00", "万元")
    assert one.indicators
    assert plan.fiscal_year is not None
    assert plan.fiscal_year.year == YEAR
    version = SheetVersion.objects.unrestricted("test").get(sheet=sheet)
    assert (version.number, version.reason) == (1, "从空白表起填")
    assert clerk.get(f"/{YEAR}/sheets/{sheet.pk}/edit").status_code == 200


def test_last_years_sheet_is_copied_word_for_word_and_marked(pool: Office, clerk: Client) -> None:
    before = last_years(pool)
    sheet = started(clerk, pool, place(pool), "last_year")
    old, new = plan_now(before).goal_sheets[0], plan_now(sheet).goal_sheets[0]
    assert [row.name for row in new.indicators] == [row.name for row in old.indicators]
    assert [row.target.text for row in new.indicators] == [row.target.text for row in old.indicators]
    assert [goal.text for goal in new.goals] == [goal.text for goal in old.goals], "years in texts are left as they are"
    assert not {row.id for row in new.indicators} & {row.id for row in old.indicators}
    assert (new.project.name, str(new.budget.total)) == ("招商费用", "15.00"), "the pool says these"
    left = copied(sheet)
    row = new.indicators[0]
    assert left.way == "去年的表"
    assert left.cells[row.id, "/target"] == row.target.text
    assert (new.id, "/project/name") not in left.cells
    assert (new.id, "/budget/total") not in left.cells
    version = SheetVersion.objects.unrestricted("test").get(sheet=sheet)
    assert version.reason.startswith(f"从去年的表起填：{YEAR - 1}年")
    actor = pool.actor(Role.CLERK)
    changed = plan_now(sheet)
    assert last_year(actor, sheet, changed)[row.id]["/target"] == old.indicators[0].target.text
    send(clerk, sheet, put(row.id, "/name", "完全换了名称", row.name or ""), put(row.id, "/target", "≥1个", "x"))
    beside = last_year(actor, sheet, plan_now(sheet))
    assert beside[row.id]["/name"] == old.indicators[0].name, "a row is known again whatever it is called now"


def test_a_copied_cell_is_last_years_until_somebody_wrote_in_it_be_it_the_same(pool: Office, clerk: Client) -> None:
    last_years(pool)
    sheet = started(clerk, pool, place(pool), "last_year")
    first, second = plan_now(sheet).goal_sheets[0].indicators[:2]
    page = clerk.get(f"/{YEAR}/sheets/{sheet.pk}/edit").content.decode()
    assert f"&quot;{first.id}.target&quot;: true" in page
    assert f"&quot;{first.id}.name&quot;: false" in page
    same = first.target.text or ""
    send(
        clerk, sheet, put(first.id, "/target", same, same), put(second.id, "/target", "≥9个", second.target.text or "")
    )
    left = copied(sheet).cells
    assert (first.id, "/target") not in left
    assert (second.id, "/target") not in left
    assert (first.id, "/name") in left
    assert plan_now(sheet).goal_sheets[0].indicators[0].target.text == same


def test_what_a_file_brings_is_no_longer_last_years(pool: Office, clerk: Client) -> None:
    last_years(pool)
    sheet = started(clerk, pool, place(pool), "last_year")
    assert copied(sheet).cells
    sheet_of(pool)
    assert not copied(sheet).cells


def test_part_one_and_the_sheet_of_the_department_are_started_likewise(pool: Office, clerk: Client) -> None:
    part = started(clerk, pool, "part_one")
    assert (part.kind, part.project_id, plan_now(part).title) == (
        "part_one",
        None,
        f"清源县商务局{YEAR}年部门预算绩效文本",
    )
    before = last_years(pool, None)
    wide = started(clerk, pool, "department_wide", "last_year")
    assert (wide.kind, wide.title) == ("department_wide", "部门整体绩效目标表")
    assert plan_now(part).source.name == "网页填报第1版（起自空白表）"
    assert plan_now(wide).source.name == f"网页填报第1版（起自{YEAR - 1}年{before.title}第1版）"
    assert copied(wide).cells


def test_another_projects_sheet_is_a_beginning_if_one_may_see_it(pool: Office, clerk: Client) -> None:
    theirs = sheet_of(pool, "河道疏浚", plan=plan_of(1, department="清源县水利局"))
    assert clerk.post(address(pool, place(pool), "start"), {"from": str(theirs.pk)}).status_code == 404
    bureau = Client()
    bureau.force_login(pool.people[Role.PERFORMANCE_SECTION])
    assert "河道疏浚" not in bureau.get(address(pool, place(pool), "start")).content.decode()
    title = theirs.title
    page = bureau.get(address(pool, place(pool), "start"), {"q": title[:4]}).content.decode()
    assert title in page
    assert "Place(" not in page
    made = started(bureau, pool, place(pool), str(theirs.pk))
    assert plan_now(made).goal_sheets[0].project.name == "招商费用"
    assert plan_now(made).goal_sheets[0].budget_unit.name == "清源县商务局"
    assert Begun.objects.unrestricted("test").get(sheet=made).way == "other"


@pytest.mark.parametrize(("from_", "status"), [("last_year", 422), ("", 422), ("x", 422), ("999999", 404)])
def test_what_there_is_not_is_no_beginning(pool: Office, clerk: Client, from_: str, status: int) -> None:
    assert clerk.post(address(pool, place(pool), "start"), {"from": from_}).status_code == status
    assert not Sheet.objects.unrestricted("test").exists()


def test_a_sheet_is_started_once_and_by_whom_it_concerns(pool: Office, clerk: Client) -> None:
    started(clerk, pool, place(pool))
    again = clerk.post(address(pool, place(pool), "start"), {"from": "blank"})
    assert again.status_code == 409
    other = f"goal-{pool.projects['驻点招商'].pk}"
    assert clerk.post(address(pool, other, "start"), {"from": "blank"}).status_code == 404
    reviewer = Client()
    reviewer.force_login(pool.people[Role.LEAD_REVIEWER])
    assert reviewer.post(address(pool, other, "start"), {"from": "blank"}).status_code == 403


def test_a_closed_year_takes_no_sheet_and_no_reason(pool: Office, clerk: Client) -> None:
    FiscalYear.objects.unrestricted("test").update(state=FiscalYear.State.CLOSED)
    assert clerk.post(address(pool, place(pool), "start"), {"from": "blank"}).status_code == 409
    assert clerk.post(address(pool, place(pool), "reason"), {"reason": "不做了"}).status_code == 409


def test_a_reason_is_given_changed_and_goes_with_the_sheet(pool: Office, clerk: Client) -> None:
    where = address(pool, place(pool), "reason")
    assert clerk.post(where, {"reason": " "}).status_code == 422
    clerk.post(where, {"reason": "项目取消"})
    clerk.post(where, {"reason": "项目并入驻点招商"})
    assert [one.reason for one in Unreported.objects.unrestricted("test")] == ["项目并入驻点招商"]
    entries = AuditEntry.objects.unrestricted("test").filter(action="sheet.unreported").order_by("pk")
    assert [entry.after.get("reason") for entry in entries] == ["项目取消", "项目并入驻点招商"]
    clerk.post(where, {"reason": ""})
    assert not Unreported.objects.unrestricted("test").exists()
    clerk.post(where, {"reason": "项目取消"})
    started(clerk, pool, place(pool))
    assert not Unreported.objects.unrestricted("test").exists()


def test_a_drafted_sheet_is_made_void_with_a_reason_and_started_anew(pool: Office, clerk: Client) -> None:
    sheet = started(clerk, pool, place(pool))
    where = f"/{YEAR}/sheets/{sheet.pk}/void"
    assert "作废的原因" in clerk.get(where).content.decode()
    assert clerk.post(where, {"reason": ""}).status_code == 422
    assert clerk.post(where, {"reason": "起错了"})["Location"] == address(pool, "")
    sheet.refresh_from_db()
    assert sheet.state == SheetState.VOID
    assert "起错了" in AuditEntry.objects.unrestricted("test").filter(action="sheet.voided").get().note
    assert clerk.post(where, {"reason": "再来"}).status_code == 409
    again = started(clerk, pool, place(pool))
    assert again.pk != sheet.pk
    Sheet.objects.unrestricted("test").filter(pk=again.pk).update(state=SheetState.SUBMITTED)
    assert clerk.post(f"/{YEAR}/sheets/{again.pk}/void", {"reason": "起错了"}).status_code == 409


# --- the whole text ---


def test_the_set_goes_out_as_one_text_and_reads_back_the_same(pool: Office, clerk: Client) -> None:
    started(clerk, pool, "part_one")
    last_years(pool)
    sheet = started(clerk, pool, place(pool), "last_year")
    row = plan_now(sheet).goal_sheets[0].indicators[0]
    send(clerk, sheet, put(row.id, "/target", "≥77个", row.target.text or ""), put(row.id, "/weight", "约十分"))
    for form in ("docx", "xlsx"):
        answer: Any = clerk.get(address(pool, "export", form))
        data = b"".join(answer.streaming_content)
        back = read_bytes(data, f"a.{form}")
        (one,) = back.goal_sheets
        now = plan_now(sheet).goal_sheets[0]
        assert [r.target.text for r in one.indicators] == [r.target.text for r in now.indicators]
        assert one.indicators[0].target.text == "≥77个", "drafts go out as they stand"
        assert one.project == now.project
        assert one.budget == now.budget
        assert row.id in [r.id for r in one.indicators], "ids are inside"
    entry = AuditEntry.objects.unrestricted("test").filter(action="sheet.exported").order_by("-pk")[0]
    assert len(entry.after["sheets"]) == 2
    assert clerk.get(address(pool, "export", "pdf")).status_code == 404


def test_the_review_of_the_set_is_that_of_its_text(pool: Office, clerk: Client) -> None:
    assert clerk.get(address(pool, "review")).status_code == 404
    last_years(pool)
    started(clerk, pool, place(pool), "last_year")
    started(clerk, pool, "department_wide")
    actor = pool.actor(Role.CLERK)
    found = set_of(actor, YEAR, pool.commerce.pk)
    together = whole.review_of_set(actor, found, whole.whole_of(actor, found))
    assert [sheet.title for sheet, _, _ in together.rows] == ["部门整体绩效目标表", "招商费用"]
    outside = sum(not one.pointer.startswith("/goal_sheets/") for one in together.review.findings)
    assert sum(sum(among.values()) for _, among, _ in together.rows) + outside == sum(together.counts.values())
    page = clerk.get(address(pool, "review")).content.decode()
    assert "合在一起审" in page
    part = clerk.get(address(pool, "review"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part


def test_what_was_typed_and_not_read_goes_out_with_its_own_sheet(pool: Office) -> None:
    """The same cell of another sheet keeps what it says."""
    bureau = Client()
    bureau.force_login(pool.people[Role.PERFORMANCE_SECTION])
    made = [started(bureau, pool, f"goal-{pool.projects[name].pk}") for name in ("招商费用", "驻点招商")]
    for sheet, percent in zip(made, ("25", "约三成"), strict=True):
        step = plan_now(sheet).goal_sheets[0].disbursement_plan[0]
        send(bureau, sheet, put(step.id, "/percent", percent))
    answer: Any = bureau.get(address(pool, "export", "xlsx"))
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    pages = ["\n".join(str(cell.value) for row in page.iter_rows() for cell in row if cell.value) for page in book]
    (first,) = (text for text in pages if "项目名称\n招商费用" in text)
    (second,) = (text for text in pages if "项目名称\n驻点招商" in text)
    assert ("约三成" in first, "约三成" in second) == (False, True)
    assert "\n25" in first
