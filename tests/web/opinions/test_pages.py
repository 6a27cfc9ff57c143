"""Opinions on pages and for programs: what is shown, what a press does, how often the database is asked."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jixiao.domain.finding import Severity
from jixiao.web.accounts.roles import Role
from jixiao.web.editor import answering
from jixiao.web.goals.documents import known_again
from jixiao.web.goals.models import Sheet, SheetState
from jixiao.web.opinions.models import Comment, Explanation, Point
from jixiao.web.opinions.points import own
from web.editor.sheets import plan_now, put, rows, send, sheet_of
from web.make import YEAR, Office
from web.opinions.returned import faulty, findings, returned, send_back
from web.samples import plan_of


@pytest.fixture
def sheet(county: Office) -> Sheet:
    return sheet_of(county, plan=faulty())


def as_(county: Office, role: Role, *, other: bool = False) -> Client:
    made = Client()
    made.force_login((county.others if other else county.people)[role])
    return made


def test_a_returned_sheet_opens_with_its_points_and_a_save_tells_how_they_stand(county: Office, sheet: Sheet) -> None:
    points = returned(county.actor(Role.PERFORMANCE_SECTION), sheet)
    clerk = as_(county, Role.CLERK)
    page = clerk.get(f"/{YEAR}/sheets/{sheet.pk}/edit").content.decode()
    assert "第1次退回的意见" in page
    assert "3条：已改0 说明0 未处理3" in page
    assert page.index('id="points"') < page.index('id="n1"')
    said: Any = send(clerk, sheet, put(rows(sheet)[1], "/target", "≥90%", "显著提升"))
    assert "3条：已改1 说明0 未处理2" in said.json()["findings"]
    assert f'id="o{points[1].pk}"' in said.json()["findings"]


def test_what_depends_on_other_sheets_is_looked_at_before_it_is_called_changed(county: Office, sheet: Sheet) -> None:
    plan, _found = findings(county.actor(Role.CLERK), sheet)
    (point,) = send_back(county.actor(Role.PERFORMANCE_SECTION), sheet, [own(plan, "数和文字不符")])
    Point.objects.unrestricted("test").filter(pk=point.pk).update(rule="D03", finding="D03-1", thing=rows(sheet)[0])
    clerk = as_(county, Role.CLERK)
    alone: Any = send(clerk, sheet, put(rows(sheet)[1], "/target", "≥90%", "显著提升"))
    assert "待核对1" in alone.json()["findings"]
    here = {"client": "page-one-1", "seen": 1, "place": "", "wide": True}
    among: Any = clerk.post(f"/{YEAR}/sheets/{sheet.pk}/edit/here", json.dumps(here), content_type="application/json")
    assert "1条：已改1 说明0 未处理0" in among.json()["findings"]


def test_a_comment_is_marked_at_its_cell(county: Office, sheet: Sheet) -> None:
    clerk, row = as_(county, Role.CLERK), rows(sheet)[2]
    answer = clerk.post(f"/{YEAR}/sheets/{sheet.pk}/comment", {"at": f"{row}/target", "words": "口径？"})
    assert answer.status_code == 302
    made = Comment.objects.unrestricted("test").get()
    said: Any = send(clerk, sheet, put(rows(sheet)[1], "/target", "≥90%", "显著提升"))
    assert said.json()["comments"] == {f"{row}.target": [1, made.pk]}
    page = as_(county, Role.LEAD_REVIEWER).get(f"/{YEAR}/sheets/{sheet.pk}/").content.decode()
    assert f'href="#t{made.pk}">批注</a>' in page
    gone = clerk.post(f"/{YEAR}/sheets/{sheet.pk}/comment", {"at": "r_gone/target", "words": "口径？"})
    assert gone.status_code == 404


def test_a_corrected_file_answers_points_too(county: Office, sheet: Sheet) -> None:
    returned(county.actor(Role.PERFORMANCE_SECTION), sheet)
    sheet_of(county, plan=known_again(plan_of(1), plan_now(sheet)))
    found = answering.checklist_now(county.actor(Role.CLERK), year=YEAR, key=sheet.pk)
    assert found.progress.words == "3条：已改2 说明0 未处理1"


def test_who_only_looks_gets_no_buttons(county: Office, sheet: Sheet) -> None:
    point = returned(county.actor(Role.PERFORMANCE_SECTION), sheet)[0]
    made = answering.explain(county.actor(Role.CLERK), year=YEAR, key=sheet.pk, words="等县里定", point=point.pk)
    address = f"/{YEAR}/sheets/{sheet.pk}/"
    accept = f"{address}explanations/{made.pk}/accept"
    for role, judges, writes in (
        (Role.LEAD_REVIEWER, True, True),
        (Role.CLERK, False, True),
        (Role.AUDITOR, False, False),
    ):
        page = as_(county, role).get(address).content.decode()
        assert "等县里定" in page
        assert (accept in page) == judges, role
        assert ('id="write"' in page) == writes, role


def test_going_back_leads_nowhere_else(county: Office, sheet: Sheet) -> None:
    clerk = as_(county, Role.CLERK)
    for back in ("//evil.example/", "https://evil.example/", "javascript:1"):
        answer = clerk.post(f"/{YEAR}/sheets/{sheet.pk}/comment", {"words": "口径？", "back": back})
        assert answer.headers["Location"] == f"/{YEAR}/sheets/{sheet.pk}/"


def test_an_explanation_of_another_sheet_is_not_judged_through_this_one(county: Office, sheet: Sheet) -> None:
    other = sheet_of(county, "驻点招商", faulty())
    point = returned(county.actor(Role.PERFORMANCE_SECTION), other)[0]
    made = answering.explain(
        county.actor(Role.PERFORMANCE_SECTION), year=YEAR, key=other.pk, words="等", point=point.pk
    )
    reviewer = as_(county, Role.LEAD_REVIEWER)
    assert reviewer.post(f"/{YEAR}/sheets/{sheet.pk}/explanations/{made.pk}/accept").status_code == 404
    assert reviewer.post(f"/{YEAR}/sheets/{other.pk}/explanations/{made.pk}/accept").status_code == 302


def test_many_points_ask_the_database_no_more(county: Office, sheet: Sheet) -> None:
    reviewer, clerk = county.actor(Role.PERFORMANCE_SECTION), as_(county, Role.CLERK)
    plan, _ = findings(reviewer, sheet)
    address, row = f"/{YEAR}/sheets/{sheet.pk}/", rows(sheet)[1]
    was = ["显著提升"]

    def save() -> None:
        was.append(f"≥{len(was)}%")
        assert send(clerk, sheet, put(row, "/target", was[-1], was[-2])).status_code == 200

    def asked(points: int) -> list[int]:
        made = send_back(reviewer, sheet, [own(plan, f"意见{n}", severity=Severity.ADVICE) for n in range(points)])
        for one in made:
            Explanation.objects.create(point=one, words="已核", made_at=one.raised_at, made_by="test")
            Comment.objects.create(sheet=sheet, place="整张表", words="请核对", made_at=one.raised_at, made_by="test")
        counts = []
        for call in (lambda: clerk.get(f"{address}edit"), lambda: clerk.get(address), save):
            call()
            with CaptureQueriesContext(connection) as queries:
                call()
            counts.append(len(queries))
        return counts

    few = asked(1)
    assert asked(30) == few
    assert max(few) <= 36, few


# --- for programs -----------------------------------------------------------------------------------------


def test_a_program_works_a_return_off(county: Office, sheet: Sheet) -> None:
    points = returned(county.actor(Role.PERFORMANCE_SECTION), sheet)
    clerk, reviewer = as_(county, Role.CLERK), as_(county, Role.BUSINESS_SECTION)

    def act(client: Client, code: str, **body: object) -> Any:
        answer = client.post(f"/api/v1/acts/{code}", json.dumps(body), "application/json")
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()["things"][0]["id"]

    def now() -> Any:
        return clerk.get(f"/api/v1/sheets/{sheet.pk}/checklist").json()

    assert (now()["told"], len(now()["unanswered"])) == ("3条：已改0 说明0 未处理3", 3)
    send(clerk, sheet, put(rows(sheet)[1], "/target", "≥90%", "显著提升"))
    said = act(clerk, "point.explained", year=YEAR, key=sheet.pk, words="等县里定", point=points[0].pk)
    act(reviewer, "explanation.refused", explanation=said, words="现在就能定")
    assert [one["answer"] for one in now()["points"]] == ["open", "changed", "open"]
    again = act(clerk, "point.explained", year=YEAR, key=sheet.pk, words="要等常委会", point=points[0].pk)
    act(reviewer, "explanation.accepted", explanation=again)
    assert next((one["answer"], one["verdict"]) for one in now()["points"]) == ("explained", "accepted")
    comment = act(
        reviewer, "comment.written", year=YEAR, key=sheet.pk, words="口径？", thing=rows(sheet)[0], cell="/target"
    )
    act(clerk, "comment.answered", comment=comment, words="按户籍")
    act(reviewer, "comment.closed", comment=comment)
    listed: Any = clerk.get(f"/api/v1/comments?sheet={sheet.pk}&closed=true").json()
    assert [one["words"] for one in listed["rows"]] == ["口径？"]


def test_another_department_sees_nothing_of_it(county: Office, sheet: Sheet) -> None:
    returned(county.actor(Role.PERFORMANCE_SECTION), sheet)
    other = as_(county, Role.CLERK, other=True)
    assert other.get(f"/api/v1/sheets/{sheet.pk}/checklist").status_code == 404
    assert other.get("/api/v1/points").json()["rows"] == []


def test_points_stay_to_be_read_when_the_sheet_is_under_review(county: Office, sheet: Sheet) -> None:
    returned(county.actor(Role.PERFORMANCE_SECTION), sheet)
    Sheet.objects.unrestricted("test").filter(pk=sheet.pk).update(state=SheetState.REVIEWING)
    page = as_(county, Role.CLERK).get(f"/{YEAR}/sheets/{sheet.pk}/edit").content.decode()
    assert "第1次退回的意见" in page
    assert "data-returned" not in page
    assert 'class="say" id="say-' not in page
