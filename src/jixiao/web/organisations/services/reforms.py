"""机构改革: rehearsed, planned for its day or carried out at once, withdrawn before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, NotThere, Refused, service
from jixiao.web.kernel.people import Actor, system
from jixiao.web.organisations.models import Organisation, Reform
from jixiao.web.organisations.reform.carry_out import Outcome, carry_out
from jixiao.web.organisations.reform.plans import Plan, plan_of


class _Rehearsed(Exception):  # noqa: N818 - ends a rehearsal
    def __init__(self, title: str, outcome: Outcome) -> None:
        super().__init__(title)
        self.title, self.outcome = title, outcome


@dataclass(frozen=True)
class Rehearsal:
    """What a reform would do: its title, what happens, how much of what moves, what stays behind and why."""

    title: str
    lines: Sequence[str]
    counts: Sequence[tuple[str, int]]
    stays: Sequence[str]


@service("reform.make", "机构改革", right="organisation.edit")
def reform(act: Act, *, plan: Plan, effective_on: date, document: str = "") -> Reform:
    """Carry a reform out; where its day has not come, keep it until then. Raises Refused with what stands in the way."""
    made = _reform(act, plan, effective_on, document)
    if effective_on <= clock.today():
        _done(act, made, carry_out(act, plan, made))
    return made


def rehearse(actor: Actor, *, plan: Plan, effective_on: date, document: str = "") -> Rehearsal:
    """What ``reform`` would do 「预演」: it is done and undone, so it counts exactly what would move. Raises what it would."""
    try:
        _rehearse(actor, plan=plan, effective_on=effective_on, document=document)
    except _Rehearsed as ended:
        outcome = ended.outcome
        return Rehearsal(ended.title, outcome.lines, list(outcome.counts.items()), outcome.stays)
    raise AssertionError("a rehearsal ends by being undone")


@service("reform.rehearse", "机构改革预演", right="organisation.edit")
def _rehearse(act: Act, *, plan: Plan, effective_on: date, document: str) -> None:
    made = _reform(act, plan, effective_on, document)
    raise _Rehearsed(made.title, carry_out(act, plan, made))


@service("reform.withdraw", "撤回机构改革", right="organisation.edit")
def withdraw_reform(act: Act, *, reform: int) -> Reform:
    """Take back one whose day has not come."""
    found = act.get(Reform, reform)
    if found.state not in (Reform.State.PLANNED, Reform.State.STUCK):
        raise Refused(f"这项改革{found.get_state_display()}，不能撤回。要改请另办一项")
    found.state = Reform.State.WITHDRAWN
    return act.save(found, ["state"])


@service("reform.due", "机构改革到期生效", right="organisation.edit")
def _carry_out_one(act: Act, *, reform: int) -> Reform:
    found = act.get(Reform, reform)
    if found.state != Reform.State.PLANNED or found.effective_on > clock.today():
        return found
    return _done(act, found, carry_out(act, plan_of(found.plan), found))


@service("reform.stuck", "机构改革到期没办成", right="organisation.edit")
def _stuck(act: Act, *, reform: int, trouble: str) -> Reform:
    found = act.get(Reform, reform)
    found.state, found.trouble = Reform.State.STUCK, trouble[:400]
    return act.save(found, ["state", "trouble"])


def carry_out_due() -> int:
    """Carry out all whose day has come, one by one; what cannot be is marked with the reason. For the daily clock."""
    actor = system("机构改革到期")
    due = Reform.objects.restrict(actor, "organisation.edit").filter(
        state=Reform.State.PLANNED, effective_on__lte=clock.today()
    )
    keys = list(due.order_by("effective_on", "id").values_list("pk", flat=True))
    for key in keys:
        try:
            _carry_out_one(actor, reform=key)
        except Refused as refused:
            _stuck(actor, reform=key, trouble=refused.message)
    return len(keys)


def _reform(act: Act, plan: Plan, effective_on: date, document: str) -> Reform:
    plan.checked()
    names = dict(act.all(Organisation).filter(pk__in={*plan.organisations, plan.target}).values_list("pk", "name"))
    if any(key not in names for key in plan.organisations):
        raise NotThere
    made = Reform(
        kind=plan.kind,
        about_id=plan.organisations[0],
        title=title_of(plan, [names[key] for key in plan.organisations], names.get(plan.target or 0, plan.name))[:300],
        effective_on=effective_on,
        document=document,
        plan=plan.stored(),
        made_by=act.actor.name,
        made_at=clock.now(),
    )
    return act.add(made)


def _done(act: Act, made: Reform, outcome: Outcome) -> Reform:
    made.state, made.done_at = Reform.State.DONE, clock.now()
    made.result = [
        *outcome.lines,
        *(f"{title} {count}" for title, count in outcome.counts.items()),
        *outcome.stays,
    ]
    return act.save(made, ["state", "done_at", "result"])


def title_of(plan: Plan, names: Sequence[str], target: str) -> str:
    """A reform in a line."""
    first = names[0]
    match plan.kind:
        case Reform.Kind.RENAME:
            return f"{first}更名为{plan.name}"
        case Reform.Kind.MOVE:
            return f"{first}改由{target}主管"
        case Reform.Kind.SPLIT:
            return f"{first}分出{target}"
        case Reform.Kind.CLOSE:
            return f"撤销{first}，由{target}接着管"
    return f"{'、'.join(names)}合并为{target}"
