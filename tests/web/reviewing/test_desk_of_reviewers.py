"""The desk of reviewers: what waits for whom, acts on one sheet and on several, what is done is taken back; a long list asks no more."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jixiao.web.accounts.roles import Role
from jixiao.web.goals.models import Sheet, SheetState
from jixiao.web.kernel.acts import Refused
from jixiao.web.opinions.models import Point
from jixiao.web.projects.models import Project
from jixiao.web.reviewing.acting import act_on
from jixiao.web.reviewing.selectors import Wanted, after, counts, keys_in_order, waiting
from jixiao.web.workflow import services
from jixiao.web.workflow.models import Decision, Phase, Run, Verb
from jixiao.web.workflow.services.way import Looked
from web.make import YEAR, Office
from web.opinions.returned import faulty
from web.reviewing.handed_in import explained_and_handed_in
from web.workflow.on_the_way import agreed, answered, handed_in, now, run_of
from web.workflow.sets import listed, round_of, whole_set

LIST = f"/{YEAR}/review/"


@pytest.fixture
def sheets(county: Office) -> list[Sheet]:
    """Two sheets that are handed in, at the head of the unit."""
    round_of(county)
    county.projects["会展经费"] = Project.objects.create(unit=county.commerce, name="会展经费")
    made = whole_set(county, "招商费用", "会展经费")
    for one, title in zip(made, ("招商费用", "会展经费"), strict=True):
        Sheet.objects.unrestricted("test").filter(pk=one.pk).update(title=title)
    handed_in(county)
    return made


@pytest.fixture
def sheet(sheets: list[Sheet]) -> Sheet:
    return sheets[0]


def of(sheet: Sheet, more: str = "") -> str:
    return f"{LIST}{sheet.pk}/{more}"


def signed_in(county: Office, role: Role, client: Client) -> Client:
    client.force_login(county.people[role])
    return client


def looked(sheets: list[Sheet]) -> list[Looked]:
    return [Looked(one.pk, one.version) for one in sheets]


def test_it_waits_for_whose_step_it_is(county: Office, sheets: list[Sheet], client: Client) -> None:
    page = signed_in(county, Role.UNIT_HEAD, client).get(LIST).content.decode()
    assert "待审2张" in page
    assert "招商费用" in page
    assert "会展经费" in page
    for role in (Role.LEAD_REVIEWER, Role.PERFORMANCE_SECTION):
        assert "没有等您审的" in signed_in(county, role, client).get(LIST).content.decode()
        seen = client.get(of(sheets[0])).content.decode()
        assert "这张不在您手里" in seen
        assert 'name="finding"' not in seen


def test_who_decides_nothing_has_no_desk(county: Office, sheet: Sheet, client: Client) -> None:
    assert signed_in(county, Role.CLERK, client).get(LIST).status_code == 403
    assert "审核台" not in client.get("/").content.decode()
    client.force_login(county.people[Role.CLERK])
    assert client.get(of(sheet)).status_code == 403


def test_opened_agreed_to_and_taken_back(county: Office, sheets: list[Sheet], client: Client) -> None:
    sheet, other = sheets
    signed_in(county, Role.UNIT_HEAD, client)
    client.post(of(sheet, "open"), {"version": sheet.version})
    assert now(sheet) == (Phase.OPENED, "unit", SheetState.REVIEWING)
    answer = client.post(of(sheet, "agree"), {"version": sheet.version})
    assert answer.headers["Location"] == of(other, f"?done={sheet.pk}")
    assert now(sheet)[1] == "lead"
    assert "已同意。对方打开以前可以撤回" in client.get(answer.headers["Location"]).content.decode()
    client.post(of(sheet, "take-back"))
    assert now(sheet) == (Phase.OPENED, "unit", SheetState.REVIEWING)


def test_another_version_is_not_decided_on(county: Office, sheet: Sheet, client: Client) -> None:
    answer = signed_in(county, Role.UNIT_HEAD, client).post(of(sheet, "agree"), {"version": sheet.version + 1})
    assert answer.status_code == 409
    assert now(sheet)[1] == "unit"
    assert client.post(of(sheet, "agree")).status_code == 422


def test_what_is_kept_goes_back_with_own_words(county: Office, client: Client) -> None:
    round_of(county)
    listed(county, "招商费用")
    (sheet,) = explained_and_handed_in(county, ["招商费用"], faulty())
    signed_in(county, Role.UNIT_HEAD, client)
    found = [one.finding.id for one in client.get(of(sheet)).context["form"].findings]
    assert len(found) > 1
    own = {"own_words": ["请补充测算依据", " "], "own_place": ["", ""], "own_severity": ["warning", "warning"]}
    client.post(
        of(sheet, "send-back"), {"version": sheet.version, "finding": found[:1], f"why-{found[1]}": "misread", **own}
    )
    assert now(sheet) == (Phase.WITH_UNIT, "", SheetState.SENT_BACK)
    told = Decision.objects.unrestricted("test").get(run__sheet=sheet, verb=Verb.SEND_BACK).opinion
    assert told.startswith(f"不采纳{len(found) - 1}处：")
    assert "（读取有误）" in told
    points = Point.objects.unrestricted("test").filter(sheet=sheet, round=1).order_by("pk")
    assert [(one.finding, one.message) for one in points][-1] == ("", "请补充测算依据")
    assert [one.finding for one in points][:-1] == found[:1]


def test_sheets_with_errors_are_never_agreed_to_in_passing(county: Office) -> None:
    round_of(county)
    listed(county, "招商费用")
    (sheet,) = explained_and_handed_in(county, ["招商费用"], faulty())
    assert sheet.errors
    outcome = act_on(county.actor(Role.UNIT_HEAD), year=YEAR, act="agree", sheets=looked([sheet]))
    assert not outcome.done
    assert "1张留下" in outcome.kept_words
    assert "必须修改" in outcome.kept_words
    assert now(sheet)[1] == "unit"


def test_several_at_once_say_which_stayed_and_why(county: Office, sheets: list[Sheet], client: Client) -> None:
    services.open_sheet(county.actor(Role.UNIT_HEAD), year=YEAR, key=sheets[0].pk, version=sheets[0].version)
    signed_in(county, Role.UNIT_HEAD, client)
    chosen = [f"{sheets[0].pk}:{sheets[0].version}", f"{sheets[1].pk}:{sheets[1].version + 7}", "999999:1"]
    page = client.post(f"{LIST}bulk", {"act": "agree", "sheet": chosen}, follow=True).content.decode()
    assert "同意1张" in page
    assert "2张留下" in page
    assert "换了版本" in page
    assert "不归您办" in page
    assert [now(one)[1] for one in sheets] == ["lead", "unit"]
    assert client.post(f"{LIST}bulk", {"act": "agree"}).status_code == 422
    with pytest.raises(Refused, match="没有这种办法"):
        act_on(county.actor(Role.UNIT_HEAD), year=YEAR, act="x", sheets=looked(sheets))


def test_others_departments_are_not_there(county: Office, sheet: Sheet, client: Client) -> None:
    client.force_login(county.people[Role.UNIT_HEAD])
    client.force_login(county.others[Role.UNIT_HEAD])
    assert client.get(of(sheet)).status_code == 404
    for act in ("open", "agree", "send-back", "reassign", "release", "take-back"):
        assert client.post(of(sheet, act)).status_code == 404, act
    outcome = act_on(
        county.actor(Role.UNIT_HEAD, other=True), year=YEAR, act="send_back", sheets=looked([sheet]), opinion="改"
    )
    assert not outcome.done
    assert outcome.kept[0].why == "不归您办"


def test_filters_narrow_and_each_number_opens_its_list(county: Office, sheets: list[Sheet], client: Client) -> None:
    head = county.actor(Role.UNIT_HEAD)
    Sheet.objects.unrestricted("test").filter(pk=sheets[0].pk).update(errors=2, total_fen=100_000_000)
    Sheet.objects.unrestricted("test").filter(pk=sheets[1].pk).update(errors=0, total_fen=900_000_000)
    assert counts(head, YEAR).errors == 1
    assert waiting(head, YEAR, Wanted(severity="errors")).count() == 1
    assert waiting(head, YEAR, Wanted(least=200_000_000)).count() == 1
    assert waiting(head, YEAR, Wanted(again=True)).count() == 0
    assert waiting(head, YEAR, Wanted(text="会展")).count() == 1
    keys = keys_in_order(head, YEAR, Wanted())
    assert keys == [sheets[0].pk, sheets[1].pk]
    assert after(keys, keys[-1]) == keys[0]
    assert after([keys[0]], keys[0]) is None
    signed_in(county, Role.UNIT_HEAD, client)
    for view in client.get(LIST).context["views"]:
        assert client.get(view["address"]).context["found"].total == view["count"], view["title"]
    assert client.get(f"{LIST}?severity=wrong").status_code == 400


def test_what_was_handed_in_before_stands_beside(county: Office, sheet: Sheet, client: Client) -> None:
    head = county.actor(Role.UNIT_HEAD)
    agreed(county, sheet, Role.UNIT_HEAD)
    services.send_back(
        county.actor(Role.LEAD_REVIEWER), year=YEAR, key=sheet.pk, version=sheet.version, to="unit", opinion="看"
    )
    page = signed_in(county, Role.UNIT_HEAD, client).get(of(sheet)).content.decode()
    assert "不对照" not in page, "nothing to hold it against"
    services.send_back(head, year=YEAR, key=sheet.pk, version=sheet.version, opinion="请改")
    answered(county, sheet)
    handed_in(county)
    page = client.get(of(sheet)).content.decode()
    assert "第2次送审" in page
    assert "上次送审" in page
    assert "内容没有不同" in page


def test_a_long_list_asks_no_more_than_a_short_one(county: Office, sheets: list[Sheet], client: Client) -> None:
    signed_in(county, Role.UNIT_HEAD, client)
    few = {address: asked(client, address) for address in (LIST, of(sheets[0]))}
    like = run_of(sheets[0])
    for n in range(1000):
        project = Project.objects.create(unit=county.commerce, name=f"项目{n}")
        sheet = Sheet.objects.create(
            unit=county.commerce, project=project, year=YEAR, kind="goal", title=project.name, state="submitted", version=1, errors=n % 3, changed_at=like.since
        )  # fmt: skip
        Run.objects.create(
            sheet=sheet, flow=like.flow, phase=like.phase, step=like.step, since=like.since, submissions=1
        )
    for address, before in few.items():
        assert asked(client, address) <= before <= 45, address
    assert client.get(LIST).context["found"].total == 1002


def asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)
