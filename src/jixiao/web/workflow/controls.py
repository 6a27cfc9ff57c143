"""控制数: what a department and its projects may have after 一下, and what of their sheets goes beyond or does not follow.

What is found joins the findings of the program (``editor.besides``), so that it is marked, explained and asked for like them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jixiao.domain.finding import Aspect, Finding, Severity
from jixiao.domain.identity import Anchor
from jixiao.domain.message import Fact, FactKind, Said
from jixiao.domain.plan import Plan
from jixiao.web.editor.besides import found_besides
from jixiao.web.goals.contents import total_fen
from jixiao.web.goals.documents import as_plan
from jixiao.web.goals.models import Sheet, SheetKind
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.models import Round
from jixiao.web.site.money import wan
from jixiao.web.workflow.models import Control, Decision, Verb

ROUNDING_FEN = 10_000
"""0.01万元: forms state 万元 with two places; a difference below is how they are written"""
ABOVE, UNCHANGED = "W01", "W02"
"""Codes of what the workspace finds beside the rules"""
_WHERE = "/goal_sheets/0/budget/total"


@dataclass(frozen=True)
class Limit:
    """A control number in fen, with its document."""

    fen: int
    document: str
    day: date


def findings_of(now: Plan, limit: Limit | None, before: Plan | None) -> tuple[Finding, ...]:
    """What a sheet (a plan of its own) says against its control number, and against what was handed in before it (``before``).

    Above the control number by more than rounding; or less money than before while every target stays as it was.
    """
    fen = total_fen(now)
    if fen is None or not now.goal_sheets:
        return ()
    found = []
    if limit is not None and fen - limit.fen >= ROUNDING_FEN:
        found.append(_above(now, fen, limit))
    was = total_fen(before) if before is not None else None
    if before is not None and was is not None and was - fen >= ROUNDING_FEN and _targets(now) == _targets(before) != ():
        found.append(_unchanged(now, fen, was, limit))
    return tuple(found)


def _above(now: Plan, fen: int, limit: Limit) -> Finding:
    says = _said(
        "above",
        "预算数{now:number}万元，超过一下的控制数{limit:number}万元，多{more:number}万元（{document:text}，{day:text}）。",
        now=wan(fen),
        limit=wan(limit.fen),
        more=wan(fen - limit.fen),
        document=limit.document,
        day=limit.day.isoformat(),
    )
    suggests = _said("above_to", "压到{limit:number}万元以内，数量、质量指标跟着调。", limit=wan(limit.fen))
    return _finding(now, ABOVE, "compliance-risk", "超过控制数", Severity.ERROR, says, suggests, wan(fen))


def _unchanged(now: Plan, fen: int, was: int, limit: Limit | None) -> Finding:
    basis = f"（控制数{wan(limit.fen)}万元，{limit.document}）" if limit is not None else ""
    says = _said(
        "unchanged",
        "预算比一上少{less:number}万元（{was:number}万元→{now:number}万元{basis:text}），{count:number}个指标值一个没有变。",
        less=wan(was - fen),
        was=wan(was),
        now=wan(fen),
        basis=basis,
        count=str(len(_targets(now))),
    )
    suggests = _said("unchanged_to", "钱少了，数量、范围、时限跟着调；确实不受影响的，说明为什么。")
    return _finding(
        now, UNCHANGED, "targets-not-adjusted", "减了预算，目标没有变", Severity.WARNING, says, suggests, wan(fen)
    )


def _finding(
    now: Plan, rule: str, problem: str, title: str, severity: Severity, says: Said, suggests: Said, evidence: str
) -> Finding:
    sheet = now.goal_sheets[0].id
    return Finding(
        id=f"{rule}-{sheet}",
        rule=rule,
        problem=problem,
        title=title,
        severity=severity,
        aspect=Aspect.APPROPRIATENESS,
        pointer=_WHERE,
        says=says,
        evidence=evidence,
        suggests=suggests,
        place=Anchor(sheet, "/budget/total"),
    )


def _said(key: str, template: str, **facts: str) -> Said:
    kinds = {"document": FactKind.TEXT, "day": FactKind.TEXT, "basis": FactKind.TEXT}
    return Said(
        key, template, tuple(Fact(name, kinds.get(name, FactKind.NUMBER), value) for name, value in facts.items())
    )


def _targets(plan: Plan) -> tuple[tuple[str, str], ...]:
    """The indicators of a sheet with their targets, as written."""
    return tuple((one.name or "", one.target.text or "") for one in plan.goal_sheets[0].indicators)


# --- what is known of sheets -------------------------------------------------------------------------------


def limits(actor: Actor, year: int, projects: Iterable[int]) -> dict[int, Control]:
    """The control numbers of projects that hold now, by project: the last document counts."""
    rows = Control.objects.restrict(actor, "sheet.view").filter(year=year, project__in=set(projects))
    return {one.project_id or 0: one for one in rows.order_by("day", "pk")}


def limits_of_departments(actor: Actor, year: int) -> dict[int, Control]:
    """Those of whole departments, by department."""
    rows = Control.objects.restrict(actor, "sheet.view").filter(year=year, project=None)
    return {one.unit_id: one for one in rows.order_by("day", "pk")}


@found_besides
def beside(actor: Actor, sheets: Sequence[Sheet], plans: Mapping[int, Plan]) -> Mapping[int, Sequence[Finding]]:
    """What control numbers have against sheets, by key. Two queries, of sheets of one year."""
    asked = [one for one in sheets if one.kind == SheetKind.GOAL and one.project_id is not None and one.pk in plans]
    if not asked:
        return {}
    known = limits(actor, asked[0].year, [one.project_id or 0 for one in asked])
    under = [one for one in asked if one.project_id in known]
    if not under:
        return {}
    before = _first_up(actor, under)
    return {one.pk: findings_of(plans[one.pk], _limit(known[one.project_id or 0]), before.get(one.pk)) for one in under}


def _limit(one: Control) -> Limit:
    return Limit(one.total_fen, one.document, one.day)


def _first_up(actor: Actor, sheets: Sequence[Sheet]) -> dict[int, Plan]:
    """What was handed in last in 一上, by key."""
    rows = Decision.objects.restrict(actor, "sheet.view").filter(
        run__sheet__in=sheets, run__round__kind=Round.Kind.FIRST_UP, verb=Verb.SUBMIT, version__isnull=False
    )
    documents = dict(rows.order_by("pk").values_list("run__sheet", "version__document"))
    return {key: as_plan(document) for key, document in documents.items()}
