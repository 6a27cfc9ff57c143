"""送审: a unit hands its sheets in, takes them back while nobody opened them, revises them in the next round."""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.web.editor.models import Draft
from jixiao.web.goals.models import WRITABLE, Sheet, SheetState
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, Refused, Stale, service
from jixiao.web.organisations.models import Organisation, Round
from jixiao.web.organisations.services.years import require_open
from jixiao.web.workflow.holders import Holders
from jixiao.web.workflow.models import Decision, Flow, Phase, Run, Verb
from jixiao.web.workflow.services.way import AT_REVIEW, Looked, Way, current, step_title, version_of


@service("set.submitted", "送审", right="sheet.submit")
def submit(
    act: Act,
    *,
    year: int,
    unit: int,
    sheets: Sequence[Looked],
    flow: int,
    round: int | None = None,  # noqa: A002 - the field's name everywhere
    note: str = "",
) -> list[Run]:
    """Hand in sheets of a unit, each in the version that was looked at; all or none.

    What must be so before is asked by ``handing_in``. Raises Stale where one went on since, Refused where one is not to be
    handed in.
    """
    place = act.get(Organisation, unit, "sheet.view", lock=False)
    require_open(act, year, place.region_id)
    if not sheets:
        raise Refused("没有可送审的表：这一包里的表都不在您手里")
    holders, found = Holders(), []
    by = Flow.objects.unrestricted("the flow of a region").get(pk=flow, region=place.region_id)
    for one in sorted(sheets, key=lambda one: one.sheet):
        sheet = act.get(Sheet, one.sheet, year=year, unit=unit)
        run = _begun(act, sheet, by, round)
        way = Way(act, sheet, run, holders)
        _handed_in(way, one.version, note)
        found.append(run)
    return found


def _begun(act: Act, sheet: Sheet, flow: Flow, round_: int | None) -> Run:
    """The run of a sheet that is written: the one it was sent back in, else a new one."""
    if sheet.state not in WRITABLE:
        raise Refused(f"{sheet.title}{SheetState(sheet.state).label}，不用再送审")
    run = current(sheet)
    if (
        run is not None
        and run.phase == Phase.WITH_UNIT
        and (run.round_id == round_ or run.returns or run.is_adjustment)
    ):
        return run
    if run is not None:
        run.is_current = False
        run.phase = Phase.ENDED
        act.save(run)
    where = act.all(Round, "year.view").filter(pk=round_).first() if round_ is not None else None
    return act.add(Run(sheet=sheet, flow=flow, round=where, since=clock.now()))


def _handed_in(way: Way, number: int, note: str) -> None:
    act, sheet, run = way.act, way.sheet, way.run
    draft = Draft.objects.unrestricted("of a sheet that is held").filter(sheet=sheet).defer("document").first()
    if sheet.version != number or (draft is not None and draft.is_ahead):
        raise Stale(f"{sheet.title}刚才又有人改过，没有送审。请看过再送")
    run.submissions += 1
    run.submitter_id, run.submitted_at = act.actor.id, clock.now()
    run.version = version_of(sheet)
    act.save(run)
    way.note(Verb.SUBMIT, version=run.version, opinion=note)
    way.go_on("")


@service("sheet.withdrawn", "撤回", right="sheet.submit")
def withdraw(act: Act, *, year: int, key: int) -> Run:
    """Take a sheet back that was handed in, until somebody opened or decided it."""
    sheet = act.get(Sheet, key, year=year)
    run = current(sheet)
    if run is None or run.phase not in AT_REVIEW:
        raise Refused(f"{sheet.title}{SheetState(sheet.state).label}，没有可撤回的")
    if run.opener is not None:
        raise Refused(f"{run.opener.name}已打开，撤不回了。要改请对方退回")
    rows = Decision.objects.unrestricted("of a run that is held").filter(run=run, submission=run.submissions)
    decided = (Verb.SIGN, Verb.AGREE, Verb.SEND_BACK)
    last = rows.filter(verb__in=decided, undone=False).order_by("-pk").first()
    if last is not None:
        raise Refused(f"{last.made_by}已{Verb(last.verb).label}，到了“{step_title(run)}”，撤不回了。要改请对方退回")
    way = Way(act, sheet, run, Holders())
    back = SheetState.ADJUSTING if run.is_adjustment else SheetState.SENT_BACK if run.returns else SheetState.DRAFTED
    way.note(Verb.WITHDRAW, step=run.step, version=run.version)
    way.stands(Phase.WITH_UNIT, "", back)
    return run


@service("sheet.revised", "修改已通过的表", right="sheet.submit")
def revise(act: Act, *, year: int, key: int, round: int) -> Run:  # noqa: A002
    """Open a sheet again that passed in an earlier round, to be handed in in this one (二上)."""
    sheet = act.get(Sheet, key, year=year)
    require_open(act, year, sheet.unit.region_id)
    run = current(sheet)
    if run is None or run.phase != Phase.PASSED:
        raise Refused(f"{sheet.title}{SheetState(sheet.state).label}，不用再开")
    if run.round_id == round:
        raise Refused(f"{sheet.title}在这一轮已经审核通过。要改请绩效股退回")
    where = act.get(Round, round, "year.view", lock=False)
    if where.kind != Round.Kind.SECOND_UP:
        raise Refused("只有二上才能改一上通过的表")
    run.is_current, run.phase = False, Phase.ENDED
    act.save(run)
    made = act.add(Run(sheet=sheet, flow=run.flow, round=where, since=clock.now()))
    way = Way(act, sheet, made, Holders())
    way.note(Verb.REVISE, version=version_of(sheet))
    way.stands(Phase.WITH_UNIT, "", SheetState.DRAFTED)
    return made
