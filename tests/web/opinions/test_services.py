"""Who may say what of a sheet, and when."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jixiao.web.accounts.roles import Role
from jixiao.web.audit.models import AuditEntry
from jixiao.web.editor import answering
from jixiao.web.goals.models import Sheet, SheetState
from jixiao.web.kernel.acts import NotAllowed, NotThere, Refused
from jixiao.web.opinions import selectors
from jixiao.web.opinions.models import Point
from jixiao.web.opinions.points import own
from jixiao.web.opinions.services import accept, answer, close, refuse
from web.editor.sheets import sheet_of
from web.make import YEAR, Office
from web.opinions.returned import faulty, findings, returned, send_back, take_back


@pytest.fixture
def sheet(county: Office) -> Sheet:
    return sheet_of(county, plan=faulty())


def test_a_return_says_what_for_and_leaves_one_entry_of_all_its_points(county: Office, sheet: Sheet) -> None:
    reviewer = county.actor(Role.BUSINESS_SECTION)
    with pytest.raises(Refused, match="退回要写意见"):
        send_back(reviewer, sheet, [])
    returned(reviewer, sheet)
    (entry,) = AuditEntry.objects.unrestricted("test").filter(action="points.raised")
    assert len(entry.after["points"]) == 3
    assert "第1次退回，意见3条" in entry.note
    assert [one.round for one in Point.objects.unrestricted("test").all()] == [1, 1, 1]


def test_a_return_that_is_taken_back_leaves_its_points_to_be_read_and_its_number_free(
    county: Office, sheet: Sheet
) -> None:
    reviewer, clerk = county.actor(Role.PERFORMANCE_SECTION), county.actor(Role.CLERK)
    returned(reviewer, sheet)
    take_back(reviewer, sheet)
    assert Point.objects.unrestricted("test").exclude(withdrawn_at=None).count() == 3
    assert answering.checklist_now(clerk, year=YEAR, key=sheet.pk).all == ()
    points = returned(reviewer, sheet)
    assert {one.round for one in points} == {1}
    answering.explain(clerk, year=YEAR, key=sheet.pk, words="等县里定", point=points[0].pk)
    with pytest.raises(Refused, match="已经在答复"):
        take_back(reviewer, sheet)


def test_own_words_are_of_a_place_there_is(county: Office, sheet: Sheet) -> None:
    plan, _ = findings(county.actor(Role.CLERK), sheet)
    with pytest.raises(Refused, match="意见还没有写"):
        own(plan, "  ")
    with pytest.raises(NotThere, match="没有这一处"):
        own(plan, "改", thing="r_gone")


@pytest.mark.parametrize(
    ("role", "other", "error"),
    [
        (Role.CLERK, False, None),
        (Role.UNIT_HEAD, False, None),
        (Role.PERFORMANCE_SECTION, False, None),
        (Role.LEAD_REVIEWER, False, NotAllowed),
        (Role.BUSINESS_SECTION, False, NotAllowed),
        (Role.AUDITOR, False, NotAllowed),
        (Role.CLERK, True, NotThere),
    ],
)
def test_who_explains(county: Office, sheet: Sheet, role: Role, other: bool, error: type[Exception] | None) -> None:
    point = returned(county.actor(Role.PERFORMANCE_SECTION), sheet)[0]
    actor = county.actor(role, other=other)
    if error is None:
        assert answering.explain(actor, year=YEAR, key=sheet.pk, words="等县里定", point=point.pk).made_by == actor.name
        return
    with pytest.raises((error, NotThere)):
        answering.explain(actor, year=YEAR, key=sheet.pk, words="等县里定", point=point.pk)


@pytest.mark.parametrize(
    ("role", "other", "error"),
    [
        (Role.LEAD_REVIEWER, False, None),
        (Role.BUSINESS_SECTION, False, None),
        (Role.PERFORMANCE_SECTION, False, None),
        (Role.CLERK, False, NotAllowed),
        (Role.UNIT_HEAD, False, NotAllowed),
        (Role.AUDITOR, False, NotAllowed),
        (Role.LEAD_REVIEWER, True, NotThere),
    ],
)
def test_who_judges(county: Office, sheet: Sheet, role: Role, other: bool, error: type[Exception] | None) -> None:
    point = returned(county.actor(Role.PERFORMANCE_SECTION), sheet)[0]
    made = answering.explain(county.actor(Role.CLERK), year=YEAR, key=sheet.pk, words="等县里定", point=point.pk)
    actor = county.actor(role, other=other)
    if error is not None:
        with pytest.raises(error):
            accept(actor, explanation=made.pk)
        with pytest.raises(error):
            refuse(actor, explanation=made.pk, words="现在就能定")
        return
    assert accept(actor, explanation=made.pk).judged_by == actor.name
    with pytest.raises(Refused, match="为什么不采纳"):
        refuse(actor, explanation=made.pk, words=" ")


def test_only_the_last_explanation_is_judged(county: Office, sheet: Sheet) -> None:
    point = returned(county.actor(Role.PERFORMANCE_SECTION), sheet)[0]
    clerk = county.actor(Role.CLERK)
    first, _ = (
        answering.explain(clerk, year=YEAR, key=sheet.pk, words=words, point=point.pk) for words in ("一", "二")
    )
    with pytest.raises(Refused, match="不是最新的说明"):
        accept(county.actor(Role.LEAD_REVIEWER), explanation=first.pk)


def test_what_is_handed_in_is_not_explained_any_more(county: Office, sheet: Sheet) -> None:
    point = returned(county.actor(Role.PERFORMANCE_SECTION), sheet)[0]
    Sheet.objects.unrestricted("test").filter(pk=sheet.pk).update(state=SheetState.SUBMITTED)
    with pytest.raises(Refused, match="已送审，现在不能再说明"):
        answering.explain(county.actor(Role.CLERK), year=YEAR, key=sheet.pk, words="等县里定", point=point.pk)


def test_a_finding_is_explained_before_any_return_and_once_more_at_the_same_point(county: Office, sheet: Sheet) -> None:
    clerk = county.actor(Role.CLERK)
    _, found = findings(clerk, sheet)
    for words in ("等县里定", "县里下月定"):
        answering.explain(clerk, year=YEAR, key=sheet.pk, words=words, finding=found[0].id)
    (point,) = Point.objects.unrestricted("test").all()
    assert (point.round, point.explanations.unrestricted("test").count()) == (0, 2)
    with pytest.raises(NotThere, match="已经不在了"):
        answering.explain(clerk, year=YEAR, key=sheet.pk, words="等", finding="V10-00000000")


# --- comments ---------------------------------------------------------------------------------------------


def test_a_comment_is_answered_and_closed(county: Office, sheet: Sheet) -> None:
    reviewer, clerk = county.actor(Role.LEAD_REVIEWER), county.actor(Role.CLERK)
    plan, _ = findings(clerk, sheet)
    row = plan.goal_sheets[0].indicators[2]
    made = answering.comment(reviewer, year=YEAR, key=sheet.pk, words="口径？", thing=row.id, cell="/target")
    assert made.place == f"绩效指标“{row.name}”的指标值"
    said = answer(clerk, comment=made.pk, words="按户籍")
    assert answer(reviewer, comment=said.pk, words="好").reply_to_id == made.pk
    with pytest.raises(Refused, match="由本人或审核人办结"):
        close(clerk, comment=made.pk)
    close(reviewer, comment=made.pk)
    with pytest.raises(Refused, match="已办结"):
        answer(clerk, comment=made.pk, words="还有")
    (thread,) = selectors.threads(clerk, sheet)
    assert (thread.is_open, [one.words for one in thread.answers]) == (False, ["按户籍", "好"])


def test_a_clerk_closes_their_own_comment(county: Office, sheet: Sheet) -> None:
    clerk = county.actor(Role.CLERK)
    made = answering.comment(clerk, year=YEAR, key=sheet.pk, words="等文件")
    assert close(clerk, comment=made.pk).closed_by == clerk.name


@pytest.mark.parametrize(("role", "other"), [(Role.AUDITOR, False), (Role.EXPERT, False), (Role.CLERK, True)])
def test_who_does_not_comment(county: Office, sheet: Sheet, role: Role, other: bool) -> None:
    made = answering.comment(county.actor(Role.LEAD_REVIEWER), year=YEAR, key=sheet.pk, words="口径？")
    actor = county.actor(role, other=other)
    acts: tuple[Callable[[], object], ...] = (
        lambda: answering.comment(actor, year=YEAR, key=sheet.pk, words="口径？"),
        lambda: answer(actor, comment=made.pk, words="好"),
        lambda: close(actor, comment=made.pk),
    )
    for act in acts:
        with pytest.raises(Refused):
            act()
    assert selectors.threads(county.actor(Role.CLERK, other=True), sheet) == []
