"""A reform carried out: organisations change, then every app hands over what is its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Q

from jixiao.web.kernel.acts import Act, Refused
from jixiao.web.organisations.models import (
    Extension,
    Organisation,
    OrganisationKind,
    OrganisationSpell,
    Reform,
    Responsibility,
    Succession,
)
from jixiao.web.organisations.reform.plans import Plan
from jixiao.web.organisations.reform.shares import Moved, Share, participants


@dataclass
class Outcome:
    """What a reform did: lines for people, in the order of what was done."""

    lines: list[str] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, moved: Moved) -> None:
        if moved.ids:
            self.counts[moved.title] = self.counts.get(moved.title, 0) + len(moved.ids)
        self.stays += moved.stays


def carry_out(act: Act, plan: Plan, reform: Reform) -> Outcome:
    """Do what the plan says. Raises Refused with what stands in the way."""
    outcome = Outcome()
    _STEPS[plan.kind](act, plan, reform, outcome)
    return outcome


def _rename(act: Act, plan: Plan, reform: Reform, outcome: Outcome) -> None:
    one = _of(act, plan.organisations[0])
    before = one.name
    one.name = plan.name
    _new_spell(act, one, reform, name=plan.name)
    act.save(one, ["name"])
    outcome.lines.append(f"{before} → {plan.name}；以前的文件仍用原名")


def _move(act: Act, plan: Plan, reform: Reform, outcome: Outcome) -> None:
    one, parent = _of(act, plan.organisations[0]), _of(act, plan.target)
    if parent.pk == one.pk or one.pk in {found.pk for found in _above(parent)}:
        raise Refused(f"{parent.name}就在{one.name}下面，不能改到它下面。请另选上级单位", field="target", status=422)
    was = one.parent.name if one.parent else "（无上级）"
    _set_parent(act, one, parent, reform)
    outcome.lines.append(f"{one.name}：{was} → {parent.name}")


def _merge(act: Act, plan: Plan, reform: Reform, outcome: Outcome) -> None:
    successor = _successor(act, plan, reform)
    for key in plan.organisations:
        if key != successor.pk:
            _hand_over_all(act, _of(act, key), successor, reform, Succession.Kind.MERGE, outcome)


def _close(act: Act, plan: Plan, reform: Reform, outcome: Outcome) -> None:
    gone = _of(act, plan.organisations[0])
    if plan.target is None and not plan.name:
        raise Refused("撤销单位要说明由谁接着管它的项目、人员和没办完的事", field="target", status=422)
    _hand_over_all(act, gone, _successor(act, plan, reform), reform, Succession.Kind.CLOSE, outcome)


def _split(act: Act, plan: Plan, reform: Reform, outcome: Outcome) -> None:
    old, successor = _of(act, plan.organisations[0]), _successor(act, plan, reform)
    if successor.pk == old.pk:
        raise Refused("分给的单位不能就是原单位", field="target", status=422)
    if not (plan.projects or plan.people or plan.units):
        raise Refused("还没有选分出去的项目、人员或下属单位", field="projects", status=422)
    passed = Succession(
        kind=Succession.Kind.SPLIT,
        predecessor=old,
        successor=successor,
        since=reform.effective_on,
        document=reform.document,
        projects=list(plan.projects),
    )
    act.add(passed)
    units = act.all(Organisation).filter(pk__in=plan.units, parent=old)
    _reparent(act, list(units), successor, reform, outcome)
    share = Share(old, successor, reform.effective_on, frozenset(plan.projects), frozenset(plan.people))
    _hand_over(act, share, outcome)


def _hand_over_all(
    act: Act, gone: Organisation, successor: Organisation, reform: Reform, kind: str, outcome: Outcome
) -> None:
    if gone.pk in {one.pk for one in _above(successor)}:
        raise Refused(
            f"{successor.name}在{gone.name}下面，不能接它的事。请先改{successor.name}的隶属，或另选单位",
            field="target",
            status=422,
        )
    children = act.all(Organisation).filter(parent=gone, closed_on__isnull=True).exclude(pk=successor.pk)
    _reparent(act, list(children), successor, reform, outcome)
    _sections(act, gone, successor, reform)
    _extensions(act, gone, successor, reform)
    _hand_over(act, Share(gone, successor, reform.effective_on), outcome)
    act.add(
        Succession(
            kind=kind, predecessor=gone, successor=successor, since=reform.effective_on, document=reform.document
        )
    )
    gone.closed_on = reform.effective_on
    act.save(gone, ["closed_on"])
    _end_spell(act, gone, reform.effective_on)
    outcome.lines.append(f"{gone.name}自{reform.effective_on:%Y年%m月%d日}起停用，由{successor.name}接着管")


def _hand_over(act: Act, share: Share, outcome: Outcome) -> None:
    for participant in participants():
        for moved in participant(act, share):
            outcome.add(moved)
            if moved.ids:
                act.record(
                    share.successor,
                    {moved.title: share.predecessor.name},
                    {moved.title: share.successor.name, "count": len(moved.ids), "digest": moved.digest},
                    note=f"{moved.words}由{share.predecessor.name}交给{share.successor.name}",
                )


def _reparent(act: Act, units: Sequence[Organisation], parent: Organisation, reform: Reform, outcome: Outcome) -> None:
    for one in units:
        _set_parent(act, one, parent, reform)
    outcome.add(Moved("下属单位", "家", tuple(one.pk for one in units)))


def _set_parent(act: Act, one: Organisation, parent: Organisation, reform: Reform) -> None:
    one.parent = parent
    if one.kind == OrganisationKind.BUDGET_UNIT:
        one.department_id = parent.department_id
        for below in _below(act, one):
            below.department_id = parent.department_id
            act.save(below, ["department"])
    _new_spell(act, one, reform, parent=parent)
    act.save(one, ["parent", "department"])


def _successor(act: Act, plan: Plan, reform: Reform) -> Organisation:
    """The successor that the plan names; made, where it is a new one."""
    if plan.target is not None:
        return _of(act, plan.target)
    first = _of(act, plan.organisations[0])
    parent = _of(act, plan.parent) if plan.parent is not None else None
    if plan.new_kind == OrganisationKind.BUDGET_UNIT and parent is None:
        raise Refused("新的预算单位要选上级单位", field="parent", status=422)
    made = Organisation(
        kind=plan.new_kind or first.kind,
        region=first.region,
        code=plan.code,
        name=plan.name,
        order=first.order,
        parent=parent,
        opened_on=reform.effective_on,
    )
    return open_organisation(act, made, reform.document)


def open_organisation(act: Act, made: Organisation, document: str = "") -> Organisation:
    """A new organisation with its first spell and its department. Raises Refused where the code is taken."""
    if made.kind != OrganisationKind.LEAD_DEPARTMENT:
        made.department_id = made.parent.department_id if made.parent else None
    act.add(made)
    if made.kind == OrganisationKind.LEAD_DEPARTMENT:
        made.department = made
        act.save(made, ["department"])
    act.add(
        OrganisationSpell(
            organisation=made, name=made.name, parent=made.parent, since=made.opened_on, document=document
        )
    )
    return made


def _sections(act: Act, gone: Organisation, successor: Organisation, reform: Reform) -> None:
    """Sections that looked after the predecessor look after the successor, where nobody does yet."""
    if gone.kind != OrganisationKind.LEAD_DEPARTMENT or successor.kind != OrganisationKind.LEAD_DEPARTMENT:
        return
    running = Q(until__isnull=True) | Q(until__gt=reform.effective_on)
    has_one = act.all(Responsibility).filter(running, department=successor).exists()
    for old in act.all(Responsibility).filter(running, department=gone):
        old.until = reform.effective_on
        act.save(old, ["until"])
        if not has_one:
            act.add(Responsibility(section=old.section, department=successor, since=reform.effective_on))


def _extensions(act: Act, gone: Organisation, successor: Organisation, reform: Reform) -> None:
    """A later deadline goes along, where it is not past and the successor has no later one."""
    rows = Extension.objects.unrestricted("a reform takes extensions along")
    theirs = {one.round_id: one for one in rows.filter(department=successor)}
    for one in rows.filter(department=gone, until__gte=reform.effective_on):
        mine = theirs.get(one.round_id)
        if mine is None:
            act.add(
                Extension(
                    round_id=one.round_id,
                    department=successor,
                    until=one.until,
                    reason=one.reason,
                    made_on=one.made_on,
                )
            )
        elif mine.until < one.until:
            mine.until = one.until
            act.save(mine, ["until"])


def _new_spell(
    act: Act, one: Organisation, reform: Reform, *, name: str | None = None, parent: Organisation | None = None
) -> None:
    last = _end_spell(act, one, reform.effective_on)
    act.add(
        OrganisationSpell(
            organisation=one,
            name=name or (last.name if last else one.name),
            parent=parent or (last.parent if last else one.parent),
            since=reform.effective_on,
            document=reform.document,
        )
    )


def _end_spell(act: Act, one: Organisation, day: date) -> OrganisationSpell | None:
    """End the running spell on a day; one made up from the organisation where there is none. Raises Refused where the day
    lies before a change that was made already."""
    rows = act.all(OrganisationSpell).filter(organisation=one)
    last = rows.order_by(F("since").desc(nulls_last=True), "-id").first()
    if last is None:
        stored = Organisation.objects.unrestricted("the name before").select_related("parent").get(pk=one.pk)
        last = act.add(OrganisationSpell(organisation=one, name=stored.name, parent=stored.parent, since=one.opened_on))
    if last.since is not None and last.since >= day:
        raise Refused(
            f"{last.name}在{last.since:%Y年%m月%d日}已有一次变动，生效日期要晚于这一天",
            field="effective_on",
            status=422,
        )
    last.until = day
    act.save(last, ["until"])
    return last


def _of(act: Act, key: int | None) -> Organisation:
    found = act.get(Organisation, key)
    if found.closed_on is not None:
        raise Refused(f"{found.name}自{found.closed_on:%Y年%m月%d日}起已停用，请选现在在用的单位", status=422)
    return found


def _above(one: Organisation) -> list[Organisation]:
    """An organisation and all above it."""
    found = [one]
    while found[-1].parent_id is not None and len(found) < 20:
        above = Organisation.objects.unrestricted("what stands above").get(pk=found[-1].parent_id)
        found.append(above)
    return found


def _below(act: Act, one: Organisation) -> list[Organisation]:
    found: list[Organisation] = []
    ahead = [one.pk]
    while ahead:
        rows = list(act.all(Organisation).filter(parent__in=ahead))
        found += rows
        ahead = [below.pk for below in rows]
    return found


_STEPS: dict[str, Any] = {
    Reform.Kind.RENAME: _rename,
    Reform.Kind.MOVE: _move,
    Reform.Kind.MERGE: _merge,
    Reform.Kind.SPLIT: _split,
    Reform.Kind.CLOSE: _close,
}
