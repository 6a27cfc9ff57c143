"""Where sheets stand and with whom, what was decided on the way, what waits for somebody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from jixiao.web.accounts.models import User
from jixiao.web.editor.sets import SheetSet
from jixiao.web.editor.where import Elsewhere, says_where
from jixiao.web.goals.models import Sheet, SheetState
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.door import RestrictedQuerySet
from jixiao.web.kernel.people import Actor
from jixiao.web.workflow.definition import STEP_RIGHTS
from jixiao.web.workflow.guards import standard
from jixiao.web.workflow.holders import Holders, names
from jixiao.web.workflow.models import Decision, Flow, Phase, Run, Verb
from jixiao.web.workflow.services.way import AT_REVIEW, definition, in_hands_of, step_title

_ON_THE_WAY = (SheetState.SUBMITTED, SheetState.REVIEWING)


@dataclass(frozen=True)
class Standing:
    """Where a sheet stands: its run, the step as people call it, who may decide it there (empty where nobody has to)."""

    run: Run
    step: str
    people: Sequence[User] = ()

    @property
    def days(self) -> int:
        """Whole days since it came there."""
        return max(0, (clock.now() - self.run.since) // timedelta(days=1))

    @property
    def who(self) -> str:
        """With whom it is: who opened it, else to whom it was given, else who may decide it."""
        one = in_hands_of(self.run)
        if one is not None:
            return str(one.name)
        return names(self.people) or ("还没有人" if self.run.phase in AT_REVIEW else "")

    @property
    def words(self) -> str:
        """In a sentence: 等李局长审签，第2天."""
        if self.run.phase not in AT_REVIEW:
            return self.step
        opened = f"{self.who}已开审" if self.run.phase == Phase.OPENED else f"等{self.who}"
        return f"{self.step}：{opened}" + (f"，第{self.days + 1}天" if self.days else "")


def standings(actor: Actor, sheets: Iterable[Sheet]) -> dict[int, Standing]:
    """Where sheets stand, by key; without those that were never handed in. ``sheet.unit`` is used."""
    by_key = {one.pk: one for one in sheets}
    rows = Run.objects.restrict(actor, "sheet.view").filter(sheet__in=by_key, is_current=True)
    holders, found = Holders(), {}
    for run in rows.select_related("flow", "opener", "assignee"):
        people: Sequence[User] = ()
        if run.phase in AT_REVIEW:
            people = holders.of(definition(run).step(run.step).right, by_key[run.sheet_id])
        found[run.sheet_id] = Standing(run, step_title(run), people)
    return found


def undecided(runs: Iterable[Run]) -> set[int]:
    """Of runs (that were asked for) those at a step that nobody opened or decided since they were handed in, by key: they can be withdrawn."""
    waiting = {one.pk: one for one in runs if one.phase == Phase.WAITING}
    rows = Decision.objects.unrestricted("of runs that were asked for").filter(run__in=waiting, undone=False)
    decided = rows.filter(verb__in=(Verb.SIGN, Verb.AGREE, Verb.SEND_BACK)).values_list("run", "submission")
    return {key for key, run in waiting.items() if (key, run.submissions) not in set(decided)}


@says_where
def of_set(actor: Actor, found: SheetSet) -> Elsewhere:
    """Where the sheets of a set are, and how many of those of its own unit the person may withdraw."""
    known = standings(actor, [one for one in found.sheets if one.state in _ON_THE_WAY])
    free = undecided(one.run for one in known.values())
    own = {one.pk for one in found.sheets if one.unit_id == found.unit.pk}
    mine = Sheet.objects.restrict(actor, "sheet.submit").filter(pk__in=own & set(known)).values_list("pk", flat=True)
    return Elsewhere({key: one.words for key, one in known.items()}, sum(known[key].run.pk in free for key in mine))


def waiting_for(actor: Actor, year: int) -> RestrictedQuerySet[Run]:
    """Runs at a step that somebody may decide now, and that nobody else was given or opened; not what they handed in."""
    where = Q(pk__in=())
    for right in STEP_RIGHTS:
        if actor.may(right):
            steps = _steps_of(right)
            where |= Q(step__in=steps, sheet__in=Sheet.objects.restrict(actor, right).filter(year=year))
    rows = Run.objects.restrict(actor, "sheet.view").filter(where, is_current=True, phase__in=AT_REVIEW)
    free = Q(assignee=None) | Q(assignee=actor.id) | _gone("assignee")
    unopened = Q(opener=None) | Q(opener=actor.id) | _gone("opener")
    return rows.filter(free, unopened).exclude(submitter=actor.id)


def _gone(who: str) -> Q:
    """Whether somebody is no longer here, as ``has_left`` says it."""
    return Q(**{f"{who}__is_active": False}) | Q(**{f"{who}__left_on__lte": clock.today()})


def _steps_of(right: str) -> set[str]:
    """The codes of the steps that ask for a right, in the flow that ships and all there are."""
    rows = Flow.objects.unrestricted("the steps of flows").values_list("definition", flat=True)
    kept = {step["code"] for one in rows for step in one["steps"] if step["right"] == right}
    return kept | {one.code for one in standard().steps if one.right == right}


def decisions_of(actor: Actor, sheet: Sheet) -> list[Decision]:
    """What was decided on a sheet, of all its runs, the latest first."""
    rows = Decision.objects.restrict(actor, "sheet.view").filter(run__sheet=sheet)
    return list(rows.select_related("version", "run__flow").order_by("-pk"))


def title_of_step(one: Decision, code: str) -> str:
    """The step of a decision as its flow calls it."""
    if not code:
        return "填报人"
    try:
        return definition(one.run).step(code).title
    except KeyError:
        return code


@dataclass(frozen=True)
class OnTheWay:
    """A sheet on its way, as somebody sees it, with what they may do with it now."""

    sheet: Sheet
    standing: Standing | None
    decisions: Sequence[Decision]
    may_withdraw: bool
    may_adjust: bool
    steps: Sequence[Mapping[str, object]] = ()


def on_the_way(actor: Actor, year: int, key: int) -> OnTheWay:
    """A sheet of a year. Raises NotThere."""
    rows = Sheet.objects.restrict(actor, "sheet.view").select_related("unit__department", "project")
    sheet = rows.filter(pk=key, year=year).first()
    if sheet is None:
        raise NotThere
    mine = Sheet.objects.restrict(actor, "sheet.submit").filter(pk=key).exists()
    found = standings(actor, [sheet]).get(sheet.pk)
    decisions = decisions_of(actor, sheet)
    may_withdraw = mine and found is not None and bool(undecided([found.run]))
    steps = _steps(found, decisions) if found is not None else ()
    return OnTheWay(sheet, found, decisions, may_withdraw, mine and sheet.state == SheetState.APPROVED, steps)


def _steps(found: Standing, decisions: Sequence[Decision]) -> list[Mapping[str, object]]:
    """The steps of a flow, which of them are done, where one is."""
    run = found.run
    own = [one for one in decisions if one.run_id == run.pk and one.submission == run.submissions and not one.undone]
    skipped = {one.step for one in own if one.verb == Verb.SKIP}
    steps = definition(run).steps
    codes = [one.code for one in steps]
    at = codes.index(run.step) if run.step else (len(codes) if run.phase in (Phase.PASSED, Phase.APPROVED) else -1)
    drawn: list[Mapping[str, object]] = [{"title": "填报", "here": at < 0, "done": at >= 0}]
    for n, one in enumerate(steps):
        title = f"{one.title}（跳过）" if one.code in skipped else one.title
        drawn.append({"title": title, "here": n == at, "done": n < at})
    return [*drawn, {"title": "批复", "here": run.phase == Phase.PASSED, "done": run.phase == Phase.APPROVED}]
