"""批复 as a page: which departments can go, one held back, the batch in the background, its letters, handing it down."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from docx import Document

from jixiao.web.accounts.actors import actor_for
from jixiao.web.accounts.roles import Role
from jixiao.web.goals.models import Sheet, SheetState
from jixiao.web.jobs.models import Job
from jixiao.web.jobs.queue import run_pending
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Refused
from jixiao.web.projects.models import ProjectYear
from jixiao.web.workflow import services, tasks
from jixiao.web.workflow.approvable import approvable
from jixiao.web.workflow.handing_in import hand_in
from jixiao.web.workflow.models import Approval, ApprovalBatch
from jixiao.web.workflow.services.way import Looked
from web.editor.sheets import sheet_of
from web.make import YEAR, Office, person
from web.workflow.on_the_way import STEPS, agreed, handed_in, passed
from web.workflow.sets import listed, round_of, whole_set

NUMBER = "清财预〔2027〕12号"


def as_(county: Office, role: Role) -> Client:
    client = Client()
    client.force_login(county.people[role])
    return client


def even(sheet: Sheet) -> None:
    """The pool has what the sheet says."""
    ProjectYear.objects.unrestricted("test").filter(project=sheet.project_id, year=YEAR).update(
        total_fen=sheet.total_fen
    )


@pytest.fixture
def two(county: Office) -> list[Sheet]:
    """A sheet of a department and one of the unit beneath it, both passed."""
    round_of(county)
    (own,) = whole_set(county)
    handed_in(county)
    passed(county, own)
    listed(county, "驻点招商")
    below = sheet_of(county, "驻点招商")
    hand_in(actor_for(person("centre", "填报人丁", county.centre, Role.CLERK)), YEAR, county.centre.pk)
    for role, _ in STEPS[1:]:
        agreed(county, below, role)
    for one in (own, below):
        one.refresh_from_db()
        even(one)
    return [own, below]


def form(client: Client, **more: Any) -> dict[str, Any]:
    found = client.get(f"/{YEAR}/approval/").context["found"]
    return {
        "mark": [one.mark for one in found.going], "document": NUMBER, "day": clock.today().isoformat(), **more
    }  # fmt: skip


def test_a_department_goes_when_all_of_it_passed(county: Office, two: list[Sheet]) -> None:
    page = as_(county, Role.PERFORMANCE_SECTION).get(f"/{YEAR}/approval/").content.decode()
    assert "可批复1家，暂缓1家" in page  # the other department has not begun
    assert "批复1家" in page
    assert "√平" in page
    (going,) = approvable(county.actor(Role.PERFORMANCE_SECTION), YEAR).going
    assert [one.sheet for one in going.sheets] == [one.pk for one in two]


def test_what_stands_against_a_department_is_told(county: Office, two: list[Sheet]) -> None:
    actor = county.actor(Role.PERFORMANCE_SECTION)
    own, below = two
    Sheet.objects.unrestricted("test").filter(pk=own.pk).update(errors=1)
    ProjectYear.objects.unrestricted("test").filter(project=below.project_id).update(
        total_fen=(below.total_fen or 0) + 300_000
    )
    other = sheet_of(county, "河道疏浚")
    listed(county, "河道疏浚")
    waiting = {one.unit.name: one.why for one in approvable(actor, YEAR).waiting}
    assert waiting["清源县商务局"] == (
        "必须修改的1处没有改，也没有说明",
        f"预算不平：{below.title}，表上{(below.total_fen or 0) / 1e6:,.2f}万元，项目库{((below.total_fen or 0) + 300_000) / 1e6:,.2f}万元",
    )
    assert waiting["清源县水利局"] == ("还差2张没有填", "填报中1张，没有审核通过")
    assert other.state == SheetState.DRAFTED


def test_rounding_to_the_hundredth_of_ten_thousand_is_even(county: Office, two: list[Sheet]) -> None:
    own = two[0]
    ProjectYear.objects.unrestricted("test").filter(project=own.project_id).update(
        total_fen=(own.total_fen or 0) + 4_999
    )
    assert len(approvable(county.actor(Role.PERFORMANCE_SECTION), YEAR).going) == 1


def test_one_is_held_back_with_a_reason_and_let_go(county: Office, two: list[Sheet]) -> None:
    client = as_(county, Role.PERFORMANCE_SECTION)
    hold, go = (f"/{YEAR}/approval/{county.commerce.pk}/{what}" for what in ("hold", "let-go"))
    page = client.post(hold, {"reason": " "}, follow=True).content.decode()
    assert "为什么暂缓" in page
    assert "可批复1家" in page
    page = client.post(hold, {"reason": "等人大批准"}, follow=True).content.decode()
    assert "等人大批准" in page
    assert "还没有可批复的部门" in page
    assert client.post(go, follow=True).status_code == 200
    assert len(approvable(county.actor(Role.PERFORMANCE_SECTION), YEAR).going) == 1
    assert as_(county, Role.LEAD_REVIEWER).post(hold, {"reason": "等"}).status_code == 403


def test_the_batch_approves_in_the_background(county: Office, two: list[Sheet]) -> None:
    client = as_(county, Role.PERFORMANCE_SECTION)
    answer = client.post(f"/{YEAR}/approval/", form(client))
    batch = ApprovalBatch.objects.unrestricted("test").get()
    assert answer.url == f"/{YEAR}/approval/batches/{batch.pk}"  # type: ignore[attr-defined]
    waiting = client.get(answer.url).content.decode()  # type: ignore[attr-defined]
    assert "已批0/1家" in waiting
    assert "可以关掉页面" in waiting
    assert run_pending() == 1
    made = Approval.objects.unrestricted("test").get()
    assert (made.document, made.unit, made.batch) == (NUMBER, county.commerce, batch)
    for one in two:
        one.refresh_from_db()
        assert (one.state, one.approval_document) == (SheetState.APPROVED, NUMBER)
    assert "已批1/1家" in client.get(answer.url).content.decode()  # type: ignore[attr-defined]
    page = client.get(f"/{YEAR}/approvals/{made.pk}").content.decode()
    assert all(one.title in page for one in two)


def test_what_moved_on_since_is_not_approved_unseen(county: Office, two: list[Sheet]) -> None:
    client = as_(county, Role.PERFORMANCE_SECTION)
    sent = form(client)
    Sheet.objects.unrestricted("test").filter(pk=two[0].pk).update(version=9)
    answer = client.post(f"/{YEAR}/approval/", sent)
    assert answer.status_code == 422
    assert "有的部门又变了" in answer.content.decode()
    assert not ApprovalBatch.objects.unrestricted("test").exists()


def test_a_number_used_before_and_a_day_before_it_passed_are_told_at_the_field(
    county: Office, two: list[Sheet]
) -> None:
    client = as_(county, Role.PERFORMANCE_SECTION)
    Sheet.objects.create(
        unit=county.water, year=2026, kind="goal", title="去年的表", state="approved", approval_document=NUMBER,
        changed_at=clock.now(), project=county.projects["河道疏浚"],
    )  # fmt: skip
    answer = client.post(f"/{YEAR}/approval/", form(client))
    assert answer.status_code == 422
    assert answer.context["form"].errors["document"] == [
        "文号已用于2026年度去年的表等1张的批复，请核对。确是同一份文件的，勾上“同一份文件”再批"
    ]
    early = (clock.today() - timedelta(1)).isoformat()
    answer = client.post(f"/{YEAR}/approval/", form(client, day=early, same_document="on"))
    assert "才审核通过，批复日期不能早于这一天" in answer.context["form"].errors["day"][0]
    late = (clock.today() + timedelta(1)).isoformat()
    answer = client.post(f"/{YEAR}/approval/", form(client, day=late, same_document="on"))
    assert answer.context["form"].errors["day"] == ["批复日期不能晚于今天"]
    assert client.post(f"/{YEAR}/approval/", form(client, same_document="on")).status_code == 302


def test_a_batch_broken_off_goes_on_where_it_was(
    county: Office, two: list[Sheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A department of its own each: what was approved stays, nothing is approved twice."""
    actor = county.actor(Role.PERFORMANCE_SECTION)
    going = [
        services.Going(county.commerce.pk, [Looked(one.pk, one.version) for one in two]),
        services.Going(county.water.pk, [Looked(two[0].pk, 1)]),
    ]
    made = services.begin_batch(
        actor, region=county.region.pk, year=YEAR, departments=going, document=NUMBER, day=clock.today()
    )
    real, calls = tasks.approve, []

    def breaks(*given: Any, **more: Any) -> Any:
        calls.append(more["unit"])
        if more["unit"] == county.water.pk and len(calls) < 3:
            raise MemoryError
        return real(*given, **more)

    monkeypatch.setattr(tasks, "approve", breaks)
    run_pending()
    job = Job.objects.unrestricted("test").get(name="approval.batch")
    assert job.state == Job.State.FAILED
    client = as_(county, Role.PERFORMANCE_SECTION)
    page = client.get(f"/{YEAR}/approval/batches/{made.pk}").content.decode()
    assert "停在第2家：清源县水利局" in page
    assert "接着批1家" in page
    client.post(f"/{YEAR}/approval/batches/{made.pk}/go-on")
    run_pending()
    assert calls == [county.commerce.pk, county.water.pk, county.water.pk]
    assert Approval.objects.unrestricted("test").filter(batch=made).count() == 1
    page = client.get(f"/{YEAR}/approval/batches/{made.pk}").content.decode()
    assert "没有批1家：清源县水利局" in page  # its sheet is not of that department
    with pytest.raises(Refused, match="没有可批复的部门"):
        services.begin_batch(
            actor, region=county.region.pk, year=YEAR, departments=[], document=NUMBER, day=clock.today()
        )


def test_while_one_batch_is_under_way_no_other_begins(county: Office, two: list[Sheet]) -> None:
    client = as_(county, Role.PERFORMANCE_SECTION)
    sent = form(client)
    client.post(f"/{YEAR}/approval/", sent)
    answer = client.post(f"/{YEAR}/approval/", {**sent, "document": "清财预〔2027〕13号"})
    assert "上一批还在批复" in answer.content.decode()


def test_letters_say_what_was_approved_in_which_version(county: Office, two: list[Sheet]) -> None:
    client = as_(county, Role.PERFORMANCE_SECTION)
    preview = b"".join(client.get(f"/{YEAR}/approval/{county.commerce.pk}/preview").streaming_content)  # type: ignore[attr-defined]
    assert "（文号待填）" in words_of(preview)
    client.post(f"/{YEAR}/approval/", form(client))
    run_pending()
    made = Approval.objects.unrestricted("test").get()
    letter = b"".join(client.get(f"/{YEAR}/approvals/{made.pk}/letter").streaming_content)  # type: ignore[attr-defined]
    said = words_of(letter)
    assert "关于批复清源县商务局2027年度预算绩效目标的通知" in said
    assert NUMBER in said
    assert "共2张" in said
    assert all(one.title in said for one in two)
    last = made.hand_down_by
    assert last is not None
    assert f"请于{last.year}年{last.month}月{last.day}日前批复所属单位" in said


def words_of(content: bytes) -> str:
    found = Document(io.BytesIO(content))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in found.paragraphs), *cells])


def test_the_lead_department_is_told_and_hands_down(county: Office, two: list[Sheet]) -> None:
    client = as_(county, Role.PERFORMANCE_SECTION)
    client.post(f"/{YEAR}/approval/", form(client))
    run_pending()
    made = Approval.objects.unrestricted("test").get()
    lead = as_(county, Role.LEAD_REVIEWER)
    last = clock.today() + timedelta(15)
    home = lead.get("/").content.decode()
    assert f"转批给下属1个单位 · {last.month}月{last.day}日止 · 还剩15天" in home
    address = f"/{YEAR}/approvals/{made.pk}"
    assert "转批给下属1个单位" in lead.get(address).content.decode()
    down = f"{address}/hand-down"
    assert client.post(down, {}).status_code == 403  # not the bureau's to hand down
    assert "请填文号" in lead.post(down, {"units": [county.centre.pk], "document": ""}).content.decode()
    sent = {"units": [county.centre.pk], "document": "清商〔2027〕3号", "day": clock.today().isoformat()}
    assert lead.post(down, sent).status_code == 302
    below = Approval.objects.unrestricted("test").get(after=made)
    assert below.unit == county.centre
    assert "转批给" not in lead.get("/").content.decode()
    unit = Client()
    unit.force_login(county.people[Role.CLERK].__class__.objects.unrestricted("test").get(username="centre"))
    assert "清商〔2027〕3号" in unit.get(f"/{YEAR}/approvals/").content.decode()
    assert unit.get(address).status_code == 404  # that of the department as a whole is not theirs
