"""How points stand: 已改 is what the program finds, never what somebody says; explanations hold until they are refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from jixiao.domain.finding import Severity
from jixiao.web.accounts.roles import Role
from jixiao.web.editor import answering
from jixiao.web.goals.models import Sheet
from jixiao.web.opinions.checklist import Answer, progress, standing
from jixiao.web.opinions.models import Explanation, Point
from jixiao.web.opinions.points import OWN_TITLE, Met, met, of_finding, own, words_at
from jixiao.web.opinions.selectors import seen_alone
from jixiao.web.opinions.services import accept, refuse
from web.editor.sheets import put, send, sheet_of
from web.make import YEAR, Office
from web.opinions.returned import at_row, faulty, findings, returned, send_back


@pytest.fixture
def sheet(county: Office) -> Sheet:
    return sheet_of(county, plan=faulty())


def answers(county: Office, sheet: Sheet) -> list[tuple[Answer, str]]:
    found = answering.checklist_now(county.actor(Role.CLERK), year=YEAR, key=sheet.pk)
    return [(one.answer, one.words) for one in found.last]


def write(county: Office, client: Client, sheet: Sheet, row: int | None, cell: str, text: str, was: str) -> None:
    client.force_login(county.people[Role.CLERK])
    plan, _ = findings(county.actor(Role.CLERK), sheet)
    thing = plan.goal_sheets[0].id if row is None else plan.goal_sheets[0].indicators[row].id
    assert send(client, sheet, put(thing, cell, text, was)).json()["answers"][0]["outcome"] == "saved"  # type: ignore[attr-defined]


def test_changed_is_computed_and_taken_back_when_the_defect_returns(
    county: Office, client: Client, sheet: Sheet
) -> None:
    returned(county.actor(Role.PERFORMANCE_SECTION), sheet)
    assert answers(county, sheet) == [(Answer.OPEN, "")] * 3
    write(county, client, sheet, 1, "/target", "≥90%", "显著提升")
    assert answers(county, sheet)[1] == (Answer.CHANGED, "这个问题已经没有了")
    write(county, client, sheet, 1, "/target", "显著增强", "≥90%")
    assert answers(county, sheet)[1][0] is Answer.OPEN


def test_another_defect_of_the_same_rule_elsewhere_does_not_keep_a_point_open(
    county: Office, client: Client, sheet: Sheet
) -> None:
    returned(county.actor(Role.PERFORMANCE_SECTION), sheet)
    write(county, client, sheet, 1, "/target", "≥90%", "显著提升")
    write(county, client, sheet, 2, "/target", "显著提升", "≥78%")
    assert answers(county, sheet)[1][0] is Answer.CHANGED


def test_own_words_are_changed_as_soon_as_the_cell_is_and_no_longer_where_it_says_the_same(
    county: Office, client: Client, sheet: Sheet
) -> None:
    returned(county.actor(Role.PERFORMANCE_SECTION), sheet)
    plan, _ = findings(county.actor(Role.CLERK), sheet)
    was = plan.goal_sheets[0].purpose or ""
    write(county, client, sheet, None, "/purpose", "付给体检机构", was)
    assert answers(county, sheet)[2] == (Answer.CHANGED, "这一格已改动")
    write(county, client, sheet, None, "/purpose", was, "付给体检机构")
    assert answers(county, sheet)[2] == (Answer.OPEN, "")


def test_own_words_on_a_row_and_on_the_whole_sheet(county: Office, client: Client, sheet: Sheet) -> None:
    reviewer = county.actor(Role.BUSINESS_SECTION)
    plan, _ = findings(reviewer, sheet)
    row = plan.goal_sheets[0].indicators[2]
    send_back(reviewer, sheet, [own(plan, "这一行重写", thing=row.id), own(plan, "附上合同")])
    points = Point.objects.unrestricted("test").order_by("id")
    assert [(one.title, one.place) for one in points] == [
        (OWN_TITLE, f"绩效指标“{row.name}”"),
        (OWN_TITLE, "整张表"),
    ]
    write(county, client, sheet, 2, "/basis", "按规划", row.basis or "")
    assert answers(county, sheet) == [(Answer.CHANGED, "这一行已改动"), (Answer.OPEN, "")]


def test_an_explanation_holds_until_it_is_refused_and_may_be_given_again(county: Office, sheet: Sheet) -> None:
    reviewer, clerk = county.actor(Role.LEAD_REVIEWER), county.actor(Role.CLERK)
    point = returned(reviewer, sheet)[1]

    def explain(words: str) -> Explanation:
        return answering.explain(clerk, year=YEAR, key=sheet.pk, words=words, point=point.pk)

    first = explain("标准年底才出")
    assert answers(county, sheet)[1] == (Answer.EXPLAINED, "")
    refuse(reviewer, explanation=first.pk, words="先写预计数")
    assert answers(county, sheet)[1] == (Answer.OPEN, "说明没有采纳：先写预计数")
    second = explain("预计数也要等标准")
    accept(reviewer, explanation=second.pk)
    assert answers(county, sheet)[1] == (Answer.EXPLAINED, "说明已采纳")
    assert Explanation.objects.unrestricted("test").count() == 2  # the one that was refused stays


def test_an_explained_cell_that_says_something_else_by_now_is_told(
    county: Office, client: Client, sheet: Sheet
) -> None:
    point = returned(county.actor(Role.PERFORMANCE_SECTION), sheet)[1]
    answering.explain(county.actor(Role.CLERK), year=YEAR, key=sheet.pk, words="标准年底才出", point=point.pk)
    write(county, client, sheet, 1, "/target", "明显改善", "显著提升")
    assert answers(county, sheet)[1] == (Answer.EXPLAINED, "说明以后这一处又改过，请看说明还合不合适")


def test_points_of_earlier_returns_stay(county: Office, sheet: Sheet) -> None:
    reviewer = county.actor(Role.PERFORMANCE_SECTION)
    returned(reviewer, sheet)
    plan, found = findings(reviewer, sheet)
    send_back(reviewer, sheet, [of_finding(plan, at_row(plan, found, 0))])
    now = answering.checklist_now(reviewer, year=YEAR, key=sheet.pk)
    assert (now.round, len(now.last), len(now.earlier)) == (2, 1, 3)


def test_counts_in_words(county: Office, client: Client, sheet: Sheet) -> None:
    points = returned(county.actor(Role.PERFORMANCE_SECTION), sheet)
    answering.explain(county.actor(Role.CLERK), year=YEAR, key=sheet.pk, words="标准年底才出", point=points[0].pk)
    write(county, client, sheet, 1, "/target", "≥90%", "显著提升")
    now = answering.checklist_now(county.actor(Role.CLERK), year=YEAR, key=sheet.pk)
    assert now.progress.words == "3条：已改1 说明1 未处理1"


def test_what_a_review_of_the_sheet_alone_cannot_see_is_not_called_changed() -> None:
    point = Point(pk=1, round=1, rule="N01", finding="N01-1", thing="r_a", cell="/target", severity="error")
    (alone,) = standing([point], [], {}, {}, sees=lambda rule: rule != "N01")
    assert alone.answer is Answer.LOOKING
    assert progress([alone]).words == "1条：已改0 说明0 未处理0 待核对1"
    (among,) = standing([point], [], {("r_a", "/target"): "1"}, {})
    assert among.answer is Answer.CHANGED


def test_what_is_said_of_the_whole_text_is_not_called_removed() -> None:
    point = Point(pk=1, round=1, rule="S01", finding="S01-1", severity="error")
    (now,) = standing([point], [], {("", ""): None}, {})
    assert (now.answer, now.words) == (Answer.CHANGED, "这个问题已经没有了")


def test_an_explanation_holds_where_the_others_were_not_looked_at() -> None:
    point = Point(pk=1, round=1, rule="N67", finding="N67-1", thing="r_a", cell="/target", severity="error")
    said = {1: [Explanation(words="按合同")]}
    (now,) = standing([point], [], {}, said, sees=seen_alone)
    assert now.answer is Answer.EXPLAINED


def test_only_rules_that_look_no_further_than_a_sheet_are_seen_in_it_alone() -> None:
    assert [seen_alone(rule) for rule in ("V08", "V10", "N67", "D03", "X99")] == [True, True, False, False, False]


def test_two_points_of_one_rule_at_one_place_are_told_apart_by_the_id(county: Office, sheet: Sheet) -> None:
    plan, found = findings(county.actor(Role.CLERK), sheet)
    finding = at_row(plan, found, 1)
    first, second = (met(plan, [replace(finding, id=id_)])[0] for id_ in ("V10-1", "V10-2"))
    points = [
        Point(pk=n, round=1, rule=finding.rule, finding=one.id, thing=one.thing, cell=one.cell, severity="error")
        for n, one in enumerate((first, second), 1)
    ]

    def now(*left: Met) -> list[Answer]:
        return [one.answer for one in standing(points, left, {}, {})]

    assert now(first, second) == [Answer.OPEN, Answer.OPEN]
    assert now(second) == [Answer.CHANGED, Answer.OPEN]
    assert now(replace(second, id="V10-3")) == [Answer.OPEN, Answer.CHANGED]


# --- what is not answered ---------------------------------------------------------------------------------


def test_an_error_is_unanswered_until_it_is_explained_or_changed(county: Office, client: Client, sheet: Sheet) -> None:
    clerk = county.actor(Role.CLERK)

    def lacking() -> list[tuple[str, Severity]]:
        found = answering.unanswered_now(clerk, year=YEAR, key=sheet.pk)
        return [(one.finding.rule if one.finding else "", one.severity) for one in found]

    plan, found = findings(clerk, sheet)
    error = at_row(plan, found, 0)
    assert lacking() == [(error.rule, Severity.ERROR)]
    (first,) = answering.unanswered_now(clerk, year=YEAR, key=sheet.pk)
    assert "的指标值" in first.place
    answering.explain(clerk, year=YEAR, key=sheet.pk, words="等县里定", finding=error.id)
    assert lacking() == []
    explained = Explanation.objects.unrestricted("test").get()
    refuse(county.actor(Role.BUSINESS_SECTION), explanation=explained.pk, words="现在就能定")
    assert lacking() == [(error.rule, Severity.ERROR)]
    write(county, client, sheet, 0, "/target", "≥100人", "")
    assert lacking() == []


def test_of_a_return_every_point_above_advice_asks_for_an_answer(county: Office, client: Client, sheet: Sheet) -> None:
    reviewer, clerk = county.actor(Role.PERFORMANCE_SECTION), county.actor(Role.CLERK)
    returned(reviewer, sheet)
    assert len(answering.unanswered_now(clerk, year=YEAR, key=sheet.pk)) == 3
    plan, _ = findings(clerk, sheet)
    advice = own(plan, "文字再通顺些", severity=Severity.ADVICE)
    send_back(reviewer, sheet, [advice])
    assert [one.severity for one in answering.unanswered_now(clerk, year=YEAR, key=sheet.pk)] == [Severity.ERROR]


def test_words_of_places(county: Office, sheet: Sheet) -> None:
    plan, _ = findings(county.actor(Role.CLERK), sheet)
    row = plan.goal_sheets[0].indicators[2]
    assert words_at(plan, row.id, "/target") == row.target.text
    assert (row.name or "") in (words_at(plan, row.id, "") or "")
    assert words_at(plan, "r_gone", "/target") is None
    assert words_at(plan, row.id, "/nothing") is None
    goal = plan.goal_sheets[0].goals[0]
    assert words_at(plan, goal.id, "") == goal.text
