"""What is done with opinions: points are raised, explained, judged; comments written, answered, closed."""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.web.goals.models import WRITABLE, Sheet, SheetState
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, NotThere, Refused, service
from jixiao.web.kernel.door import RestrictedQuerySet
from jixiao.web.opinions.models import LONGEST_WORDS, Comment, Explanation, Point
from jixiao.web.opinions.points import Raised, fields_of


def raise_points(act: Act, sheet: Sheet, version: int, points: Sequence[Raised]) -> list[Point]:
    """The points of a return of ``version`` of a sheet, within a service that holds it locked; ``points.of_finding`` and ``points.own``
    make them. They are the next return of the sheet (第几次退回); one audit entry names them all.

    Raises Refused where there is none: who sends a sheet back says what for.
    """
    if not points:
        raise Refused("退回要写意见：勾选问题，或自己写一条", field="points", status=422)
    turn = (_standing(sheet).order_by("-round").values_list("round", flat=True).first() or 0) + 1
    made = [_point(act, sheet, version, one, turn) for one in points]
    Point.objects.bulk_create(made)
    said = {str(n): [one.rule, one.finding, one.place, one.message] for n, one in enumerate(made, 1)}
    act.record(sheet, {}, {"points": said}, note=f"第{turn}次退回，意见{len(made)}条", action="points.raised")
    return list(_standing(sheet).filter(round=turn).order_by("id"))


def withdraw_points(act: Act, sheet: Sheet) -> None:
    """The points of the last return are taken back with it, within a service that holds the sheet: kept, but they count no more.

    Raises Refused where the unit has begun to answer.
    """
    rows = _standing(sheet).filter(round__gt=0)
    turn = rows.order_by("-round").values_list("round", flat=True).first() or 0
    gone = list(rows.filter(round=turn).order_by("pk"))
    answers = Explanation.objects.unrestricted("of a sheet that is held").filter(point__in=[one.pk for one in gone])
    if answers.exists():
        raise Refused("填报人已经在答复退回的意见，撤不回了")
    said = {str(n): [one.rule, one.place, one.message] for n, one in enumerate(gone, 1)}
    act.give(Point, [one.pk for one in gone], withdrawn_at=clock.now())
    act.record(sheet, {"points": said}, {}, note=f"第{turn}次退回撤回", action="points.withdrawn")


def _standing(sheet: Sheet) -> RestrictedQuerySet[Point]:
    """The points of a sheet without those that were taken back."""
    return Point.objects.unrestricted("of a sheet that is held").filter(sheet=sheet, withdrawn_at=None)


def _point(act: Act, sheet: Sheet, version: int, raised: Raised, turn: int) -> Point:
    return Point(
        sheet=sheet,
        round=turn,
        version=version,
        raised_at=clock.now(),
        raised_by=act.actor.name,
        person=act.actor.id,
        **fields_of(raised),
    )


@service("point.explained", "说明", right="sheet.edit")
def explain(
    act: Act, *, sheet: int, words: str, point: int | None = None, raised: Raised | None = None, was: str | None = None
) -> Explanation:
    """Say why something stays as it is: of a point, or of a finding that is no point yet (``raised``). ``was`` is what stands at its
    place now.

    Raises Refused where nothing is said, or the sheet is not to be written in now.
    """
    said = _said(words, "说明")
    held = act.get(Sheet, sheet)
    if held.state not in WRITABLE:
        raise Refused(f"这张表{SheetState(held.state).label}，现在不能再说明。要改请先撤回，或等退回")
    if point is not None:
        about = act.get(Point, point, sheet=held)
    elif raised is not None:
        about = act.add(_point(act, held, held.version, raised, 0))
    else:
        raise NotThere("这个问题已经不在了，可能刚改过。请刷新再看")
    made = Explanation(point=about, was=was, words=said, made_at=clock.now())
    made.made_by, made.person = act.actor.name, act.actor.id
    return act.add(made)


@service("explanation.accepted", "采纳说明", right="sheet.review")
def accept(act: Act, *, explanation: int) -> Explanation:
    """Take an explanation: the point is settled. Raises Refused where it was explained again, or judged already."""
    return _judged(act, explanation, Explanation.Verdict.ACCEPTED, "")


@service("explanation.refused", "不采纳说明", right="sheet.review")
def refuse(act: Act, *, explanation: int, words: str) -> Explanation:
    """Do not take an explanation, and say why: the point is open again. Raises Refused as ``accept`` does."""
    return _judged(act, explanation, Explanation.Verdict.REFUSED, _said(words, "为什么不采纳"))


def _judged(act: Act, key: int, verdict: Explanation.Verdict, words: str) -> Explanation:
    one = act.get(Explanation, key)
    last = act.all(Explanation).filter(point=one.point_id).order_by("-id").first()
    if last is not None and last.pk != one.pk:
        raise Refused("这一条刚又说明过，您看的不是最新的说明。请刷新再看")
    if one.verdict == verdict:
        return one
    if _sheet_of(act, one.point_id).state in (SheetState.APPROVED, SheetState.VOID):
        raise Refused("这张表已批复或已作废，说明采纳不采纳不再改")
    one.verdict, one.verdict_words = verdict, words
    one.judged_at, one.judged_by = clock.now(), act.actor.name
    return act.save(one)


def _sheet_of(act: Act, point: int) -> Sheet:
    found: Sheet = act.all(Point).select_related("sheet").get(pk=point).sheet
    return found


# --- comments ---------------------------------------------------------------------------------------------


@service("comment.written", "写批注", right="sheet.comment")
def comment(act: Act, *, sheet: int, words: str, thing: str = "", cell: str = "", place: str = "整张表") -> Comment:
    """Say something of a place of a sheet; ``place`` says it in words. Raises Refused where nothing is said."""
    said = _said(words, "批注")
    held = _spoken_of(act, sheet)
    return act.add(_comment(act, Comment(sheet=held, thing=thing, cell=cell, place=place[:200], words=said)))


@service("comment.answered", "回复批注", right="sheet.comment")
def answer(act: Act, *, comment: int, words: str) -> Comment:
    """Answer in the thread of a comment. Raises Refused where nothing is said, or the thread is closed."""
    said = _said(words, "回复")
    first = _first(act, comment)
    if first.closed_at is not None:
        raise Refused("这条批注已办结。还有话要说，请另写一条")
    made = Comment(sheet=_spoken_of(act, first.sheet_id), reply_to=first, words=said)
    made.thing, made.cell, made.place = first.thing, first.cell, first.place
    return act.add(_comment(act, made))


@service("comment.closed", "办结批注", right="sheet.comment")
def close(act: Act, *, comment: int) -> Comment:
    """The matter of a comment is settled. Who began it closes it, or a reviewer; raises Refused for others."""
    first = _first(act, comment)
    if first.closed_at is not None:
        return first
    if first.person != act.actor.id and not act.all(Comment, "sheet.review").filter(pk=first.pk).exists():
        raise Refused(f"这条批注是{first.made_by}写的，由本人或审核人办结。您可以回复")
    first.closed_at, first.closed_by = clock.now(), act.actor.name
    return act.save(first)


def _first(act: Act, key: int) -> Comment:
    one = act.get(Comment, key)
    return one if one.reply_to_id is None else act.get(Comment, one.reply_to_id)


def _spoken_of(act: Act, key: int) -> Sheet:
    held = act.get(Sheet, key)
    if held.state == SheetState.VOID:
        raise Refused("这张表已作废，不能再写批注")
    return held


def _comment(act: Act, made: Comment) -> Comment:
    made.made_at, made.made_by, made.person = clock.now(), act.actor.name, act.actor.id
    return made


def _said(words: str, what: str) -> str:
    said = words.strip()
    if not said:
        raise Refused(f"还没有写{what}。请写一句", field="words", status=422)
    if len(said) > LONGEST_WORDS:
        raise Refused(f"{what}最多{LONGEST_WORDS}字，这里有{len(said)}字。请写短些", field="words", status=422)
    return said
