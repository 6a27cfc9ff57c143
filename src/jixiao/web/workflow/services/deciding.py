"""审核: whoever has a sheet at their step opens it, agrees, sends it back, gives it to a colleague, takes a decision back."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from jixiao.domain.finding import Severity
from jixiao.web.editor.models import Draft
from jixiao.web.goals.models import Sheet, SheetState
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, NotAllowed, Refused, service
from jixiao.web.opinions.points import OWN_TITLE, Raised
from jixiao.web.opinions.services import raise_points, withdraw_points
from jixiao.web.workflow.definition import Sign
from jixiao.web.workflow.holders import Holders, names
from jixiao.web.workflow.models import Decision, Phase, Run, Verb
from jixiao.web.workflow.services.telling import tell_passed, tell_returned
from jixiao.web.workflow.services.way import (
    Way,
    at_review,
    current,
    definition,
    for_decision,
    signed_by,
    writers,
)

LONGEST_OPINION = 4000
_TAKEN_BACK = (Verb.AGREE, Verb.PASS, Verb.SEND_BACK, Verb.SIGN)


@service("sheet.opened", "开审", right="sheet.decide")
def open_sheet(act: Act, *, year: int, key: int, version: int) -> Run:
    """Look at a sheet with it standing still: from now on it cannot be withdrawn. Nothing where one opened it already."""
    way = for_decision(act, year, key, version)
    run = way.run
    if run.phase == Phase.OPENED and run.opener_id == act.actor.id:
        return run
    run.phase, run.opener_id, run.opened_at = Phase.OPENED, act.actor.id, clock.now()
    act.save(run)
    way.sheet.state = SheetState.REVIEWING
    act.save(way.sheet)
    way.note(Verb.OPEN, step=run.step, version=run.version)
    return run


@service("sheet.released", "解除开审", right="sheet.decide")
def release(act: Act, *, year: int, key: int) -> Run:
    """Put a sheet back unread that one opened; that of somebody else too, for whom it waits."""
    way = at_review(act, year, key)
    run = way.run
    if run.phase != Phase.OPENED:
        raise Refused("这张表没有人开审，不用解除")
    assignee = run.assignee_id
    way.note(Verb.RELEASE, step=run.step)
    way.stands(Phase.WAITING, run.step, SheetState.SUBMITTED)
    if assignee is not None:
        run.assignee_id = assignee
        act.save(run)
    return run


@service("sheet.agreed", "同意", right="sheet.decide")
def agree(act: Act, *, year: int, key: int, version: int, opinion: str = "") -> Run:
    """Agree to the version that was looked at; at a step of 会签 the last one who has to takes it on. It goes on to the next step."""
    way = for_decision(act, year, key, version)
    run, step = way.run, way.definition.step(way.run.step)
    words = _words(opinion)
    if step.sign is Sign.ALL:
        if act.actor.id in signed_by(run):
            raise Refused(f"“{step.title}”要各位都同意，您已同意过，在等其他人")
        way.note(Verb.SIGN, step=step.code, version=run.version, opinion=words)
        if not way.all_signed(step):
            way.stands(Phase.WAITING, step.code, SheetState.SUBMITTED)
            return run
    last = not way.definition.after(step.code)
    way.note(Verb.PASS if last else Verb.AGREE, step=step.code, version=run.version, opinion=words)
    way.go_on(step.code)
    if run.phase == Phase.PASSED:
        tell_passed(way.sheet, run, writers(way.sheet, run))
    return run


@service("sheet.sent_back", "退回", right="sheet.decide")
def send_back(
    act: Act, *, year: int, key: int, version: int, to: str = "", opinion: str = "", points: Sequence[Raised] = ()
) -> Run:
    """Send a sheet back to the unit (``to`` empty) with what is to be changed, or to an earlier step, with the opinion why.

    ``points`` become the check-list of the unit; where there are none the opinion is the one point.
    """
    way = for_decision(act, year, key, version)
    run, words = way.run, _words(opinion)
    if not words and not points:
        raise Refused("退回要写原因：带上发现的问题，或写一句意见", field="opinion", status=422)
    step = run.step
    if to:
        if to not in [one.code for one in way.definition.before(step)]:
            raise Refused("只能退回到前面的步骤或填报人", field="to", status=422)
        if not words:
            raise Refused("退回到前面的步骤要写一句意见", field="opinion", status=422)
        way.note(Verb.SEND_BACK, step=step, to=to, version=run.version, opinion=words)
        way.stands(Phase.WAITING, to, SheetState.SUBMITTED)
        return run
    raise_points(act, way.sheet, version, points or [Raised(OWN_TITLE, Severity.WARNING, words, place="整张表")])
    made = way.note(Verb.SEND_BACK, step=step, version=run.version, opinion=words or f"请改{len(points)}处")
    tell_returned(way.sheet, made, writers(way.sheet, run), way.definition.step(step).title)
    run.returns += 1
    way.stands(Phase.WITH_UNIT, "", SheetState.ADJUSTING if run.is_adjustment else SheetState.SENT_BACK)
    return run


@service("sheet.reassigned", "转办", right="sheet.decide")
def reassign(act: Act, *, year: int, key: int, to: int, note: str = "") -> Run:
    """Give a sheet to somebody who may decide it at this step; also to oneself, taking it over."""
    way = at_review(act, year, key)
    run, step = way.run, way.definition.step(way.run.step)
    own = writers(way.sheet, run)
    people = {one.pk: one for one in way.holders.of(step.right, way.sheet)}
    if to not in people:
        raise Refused(f"这个人办不了“{step.title}”。可以转给：{names(people.values(), 8)}", field="to", status=422)
    if to in own:
        raise Refused(f"{people[to].name}填过或送审了这张表，不能审。请转给别人", field="to", status=422)
    if run.opener_id is not None and run.opener_id not in (act.actor.id, to):
        way.note(Verb.RELEASE, step=run.step)
    way.note(
        Verb.REASSIGN, step=run.step, opinion=f"转给{people[to].name}" + (f"：{_words(note)}" if note.strip() else "")
    )
    way.stands(Phase.WAITING, run.step, SheetState.SUBMITTED)
    run.assignee_id = to
    act.save(run)
    return run


@service("decision.taken_back", "撤回办理", right="sheet.decide")
def take_back(act: Act, *, year: int, key: int) -> Run:
    """Take back what one decided last on a sheet, until somebody opened it, decided it or wrote in it since. One has it opened again."""
    sheet = act.get(Sheet, key, year=year)
    run = current(sheet)
    last = None if run is None else _last(run)
    if run is None or last is None or last.verb not in _TAKEN_BACK:
        raise Refused("没有可撤回的：这张表上最近办的不是同意或退回")
    if last.person != act.actor.id:
        raise NotAllowed(f"最近一次是{last.made_by}办的，只能由本人撤回")
    if run.phase == Phase.APPROVED:
        raise Refused("已经批复，撤不回了。确要改请走调整")
    if run.opener is not None:
        raise Refused(f"{run.opener.name}已打开，撤不回了")
    if run.version is None or sheet.version != run.version.number or _written_since(sheet, last):
        raise Refused("退回以后填报人已经改了，撤不回了")
    way = Way(act, sheet, run, Holders())
    rows = Decision.objects.unrestricted("of a run that is held").filter(run=run, undone=False)
    signed = Q(verb=Verb.SIGN, step=last.step, person=last.person, submission=run.submissions)
    for one in rows.filter(Q(pk__gte=last.pk) | signed):
        one.undone = True
        act.save(one)
    if last.verb == Verb.SEND_BACK and not last.to_step:
        withdraw_points(act, sheet)
        run.returns -= 1
    way.note(Verb.WITHDRAW, step=run.step, to=last.step, version=run.version, opinion=f"撤回{Verb(last.verb).label}")
    way.stands(Phase.OPENED, last.step, SheetState.REVIEWING)
    run.opener_id, run.opened_at = act.actor.id, clock.now()
    return act.save(run)


def _last(run: Run) -> Decision | None:
    rows = Decision.objects.unrestricted("of a run that is held").filter(run=run, undone=False)
    return rows.exclude(verb__in=(Verb.SKIP, Verb.REASSIGN, Verb.RELEASE)).order_by("-pk").first()


def _written_since(sheet: Sheet, last: Decision) -> bool:
    draft = Draft.objects.unrestricted("of a sheet that is held").filter(sheet=sheet).defer("document").first()
    return draft is not None and draft.is_ahead and draft.changed_at > last.made_at


def _words(given: str) -> str:
    words = given.strip()
    if len(words) > LONGEST_OPINION:
        raise Refused(f"意见太长，最多{LONGEST_OPINION}个字", field="opinion", status=422)
    return words


def steps_to_send_back_to(run: Run) -> Sequence[tuple[str, str]]:
    """(code, title) of where a sheet may be sent back to from where it stands: the unit first."""
    return (("", "填报人"), *((one.code, one.title) for one in definition(run).before(run.step)))
