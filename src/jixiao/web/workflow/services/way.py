"""How a run goes on: the one place that moves a sheet from step to step, notes what was done and says where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

import jixiao
from jixiao.web.accounts.actors import has_left
from jixiao.web.accounts.models import User
from jixiao.web.editor.models import Operation, Outcome
from jixiao.web.goals.models import Sheet, SheetState, SheetVersion
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, NotAllowed, NotThere, Refused, Stale
from jixiao.web.workflow.definition import Definition, Skip, Step
from jixiao.web.workflow.holders import Holders, names
from jixiao.web.workflow.models import Approval, Decision, Flow, Phase, Run, Verb
from jixiao.web.workflow.services.flows import definition_in


@dataclass(frozen=True)
class Looked:
    """A sheet by its key, and the number of the version somebody looked at."""

    sheet: int
    version: int


AT_REVIEW = (Phase.WAITING, Phase.OPENED)


def definition(run: Run) -> Definition:
    """The flow that a run goes through, in the version it began with."""
    return definition_in(run.flow)


def step_title(run: Run) -> str:
    """What the step is called that a run stands at; who has it, where it is at none."""
    if run.phase in AT_REVIEW:
        return definition(run).step(run.step).title
    return str(Phase(run.phase).label)


def writers(sheet: Sheet, run: Run) -> set[int]:
    """Who wrote a sheet or handed it in: they do not decide on it 「自己填的不能自己审」."""
    rows = Operation.objects.unrestricted("who wrote a sheet").filter(sheet=sheet, outcome=Outcome.SAVED)
    found = {one for one in rows.values_list("person", flat=True).distinct() if one is not None}
    return found | ({run.submitter_id} if run.submitter_id is not None else set())


def others_than(people: list[User], own: set[int]) -> list[User]:
    return [one for one in people if one.pk not in own]


@dataclass
class Way:
    """A run under way in a service, its sheet locked."""

    act: Act
    sheet: Sheet
    run: Run
    holders: Holders

    @property
    def definition(self) -> Definition:
        return definition(self.run)

    def note(
        self,
        verb: Verb,
        *,
        step: str = "",
        to: str = "",
        version: SheetVersion | None = None,
        opinion: str = "",
        approval: Approval | None = None,
        by_system: bool = False,
    ) -> Decision:
        """Keep what was done."""
        actor = self.act.actor
        return self.act.add(
            Decision(
                run=self.run,
                verb=verb,
                step=step,
                to_step=to,
                submission=self.run.submissions,
                version=version,
                approval=approval,
                opinion=opinion,
                counts=counts(self.sheet) if version is not None else {},
                program=jixiao.__version__,
                person=None if by_system else actor.id,
                made_by="系统" if by_system else actor.name,
                made_at=clock.now(),
            )
        )

    def stands(self, phase: Phase, step: str, state: SheetState) -> None:
        """The run stands at a step, the sheet in a state; nobody has opened it, nobody was chosen for it."""
        self.run.phase, self.run.step, self.run.since = phase, step, clock.now()
        self.run.opener, self.run.opened_at, self.run.assignee = None, None, None
        self.act.save(self.run)
        self.sheet.state = state
        self.act.save(self.sheet)

    def go_on(self, after: str) -> None:
        """On to the next step that somebody else than its writers may decide; past the last one it is 审核通过."""
        own = writers(self.sheet, self.run)
        for step in self.definition.after(after):
            if step.skip is Skip.NOBODY_ELSE and not others_than(self.holders.of(step.right, self.sheet), own):
                words = f"{step.title}：除了填表、送审的人，没有别人能办，跳过"
                self.note(Verb.SKIP, step=step.code, opinion=words, by_system=True)
                continue
            self.stands(Phase.WAITING, step.code, SheetState.SUBMITTED)
            return
        self.stands(Phase.PASSED, "", SheetState.PASSED)

    def all_signed(self, step: Step) -> bool:
        """Whether everybody who has to agree at a step did since it came there."""
        signed = signed_by(self.run)
        asked = others_than(self.holders.of(step.right, self.sheet), writers(self.sheet, self.run))
        return all(one.pk in signed for one in asked)


def signed_by(run: Run) -> set[int | None]:
    """Who agreed at the step of 会签 that a run stands at, since it came there."""
    rows = Decision.objects.unrestricted("of a run that is held").filter(run=run, undone=False)
    came = rows.filter(verb__in=(Verb.SUBMIT, Verb.AGREE, Verb.SEND_BACK)).order_by("-pk").values("pk")[:1]
    return set(rows.filter(verb=Verb.SIGN, step=run.step, pk__gt=came).values_list("person", flat=True))


def counts(sheet: Sheet) -> Mapping[str, int]:
    """Findings of the current version by severity."""
    return {"error": sheet.errors, "warning": sheet.warnings, "advice": sheet.advice}


def current(sheet: Sheet) -> Run | None:
    """The run of a sheet that is not over, locked."""
    rows = Run.objects.unrestricted("of a sheet that is held").filter(sheet=sheet, is_current=True)
    return rows.select_for_update(of=("self",)).select_related("flow", "opener", "assignee", "version").first()


def version_of(sheet: Sheet) -> SheetVersion:
    """The current version of a sheet. Raises NotThere."""
    rows = SheetVersion.objects.unrestricted("of a sheet that is held").filter(sheet=sheet, number=sheet.version)
    found = rows.first()
    if found is None:
        raise NotThere("这张表还没有内容")
    return found


def at_review(act: Act, year: int, key: int, *, version: int | None = None) -> Way:
    """A sheet that stands at a step which the actor may decide, held until the end.

    Raises NotThere, NotAllowed where the step is somebody else's, Stale where another version was looked at.
    """
    sheet = act.get(Sheet, key, year=year)
    run = current(sheet)
    if run is None or run.phase not in AT_REVIEW:
        raise Refused(f"这张表{SheetState(sheet.state).label}，不在审核中，没有要办的。请刷新看现在到了哪里")
    way = Way(act, sheet, run, Holders())
    step = way.definition.step(run.step)
    if not act.all(Sheet, step.right).filter(pk=key).exists():
        people = way.holders.of(step.right, sheet)
        raise NotAllowed(f"这张表到了“{step.title}”，由{names(people) or '还没有人'}办，不在您手里")
    if version is not None and sheet.version != version:
        raise Stale("您打开以后这张表换了版本，没有办。请看改动再定")
    return way


def for_decision(act: Act, year: int, key: int, version: int) -> Way:
    """The same for who decides: nobody else has it in hand, and it is not their own."""
    way = at_review(act, year, key, version=version)
    run, me = way.run, act.actor.id
    one = in_hands_of(run)
    if one is not None and one.pk != me:
        if run.opener_id is None:
            raise Refused(f"这张表转给了{one.name}办。要自己办请先转办给自己")
        at = f"{timezone.localtime(run.opened_at):%m-%d %H:%M}" if run.opened_at else ""
        raise Refused(f"{one.name}{at}开审，正在看这张表。请等对方办完，或请对方解除开审")
    if me is None or me in writers(way.sheet, run):
        raise Refused("这张是您自己填的或送审的，不能由您审。请转给同事", status=403)
    return way


def first_holders(flow: Flow, sheet: Sheet, submitter: int | None) -> list[User]:
    """Who gets a sheet first when ``submitter`` hands it in by a flow; empty where the last step has nobody."""
    holders = Holders()
    for step in definition_in(flow).steps:
        people = others_than(holders.of(step.right, sheet), {submitter} if submitter is not None else set())
        if people or step.skip is Skip.NEVER:
            return people
    return []


def in_hands_of(run: Run) -> User | None:
    """Who opened a sheet, else to whom it was given; None where nobody did, or they are no longer here: then it is anybody's who may."""
    one = run.opener or run.assignee
    return None if one is None or has_left(one) else one
