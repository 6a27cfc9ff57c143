"""Rules on money that was changed in the course of the year while the targets stayed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.goal import texts_of
from jixiao.domain.stage import stage_of
from jixiao.parameters.keys import ADJUSTED_WORDS, RESULT_LIMITS
from jixiao.readings.adjusted import change, is_same_project, kept, revised_yuan
from jixiao.readings.amounts import in_yuan, shown
from jixiao.readings.points import whole
from jixiao.readings.view import PlanView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

CHANGED_ALONE = Message(
    "changed-alone",
    "批复时预算数是 {before:number}，这张{form:text}上是 {after:number}，{way:text}了 {percent:number}%，同名的 {rows:number} 行指标值却一个没有变，"
    "钱变了而要做的事没有变。",
)
CHANGED_IN_SILENCE = Message(
    "changed-in-silence",
    "预算由年初的 {before:number} 调整为 {after:number}，{way:text}了 {percent:number}%，指标值有没有跟着调整、是哪些事多做或少做，没有写。",
)
SAY_WHAT_CHANGED = Message("say-what-changed", "写明指标值有没有随预算调整；没有调整的，说明为什么钱变了事不变。")


@rule(
    "A26",
    title="预算变了而指标值没有变",
    problem="targets-not-adjusted",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.PLAN,
    cites=("mof-2015-88/approval", "mof-2015-88/matched"),
    remedy="预算调整时绩效目标一并调整、一并批复；指标值确实不用变的，写明原因。",
    since=date(2015, 5, 21),
    parameters=(RESULT_LIMITS, ADJUSTED_WORDS),
    needs=(Need.RESULTS,),
    says=(CHANGED_ALONE, CHANGED_IN_SILENCE),
    proposes=(SAY_WHAT_CHANGED,),
)
def targets_go_with_the_money(view: PlanView) -> Iterator[Observation]:
    """自评表、监控表上的预算数与同一项目目标表上的相差超过提示线，同名各行的指标值却都没有变；
    没有目标表可以对照，年初预算数与调整后预算数相差超过提示线，全表没有一处说到调整的，只作建议。

    同名的行太少的，有一行的值变了的，写了追加、压减等原因的，不报。
    """
    limits = view.parameter(RESULT_LIMITS)
    for sheet in view.sheets:
        if sheet.later is None or _tells(sheet):
            continue
        approved = [s for s in view.sheets if s.later is None and is_same_project(s.sheet, sheet.sheet)]
        if len(approved) == 1:
            yield from _against(approved[0], sheet)
            continue
        total = whole(sheet)
        by = change(total.initial, total.revised)
        if total.initial is not None and total.revised is not None and by >= limits.changed and not approved:
            unit = sheet.sheet.budget.currency_unit or ""
            yield Observation(
                at=sheet.at("budget"),
                evidence=f"年初预算数 {total.initial}，调整后预算数 {total.revised}",
                says=CHANGED_IN_SILENCE(
                    before=f"{total.initial}{unit}",
                    after=f"{total.revised}{unit}",
                    way=_way(total.initial, total.revised),
                    percent=by.quantize(Decimal(1)),
                ),
                suggests=SAY_WHAT_CHANGED(),
                severity=Severity.ADVICE,
            )


def _against(approved: SheetView, sheet: SheetView) -> Iterator[Observation]:
    """A later sheet held against the goal sheet of its project."""
    assert sheet.later is not None
    limits = sheet.parameter(RESULT_LIMITS)
    before, after = in_yuan(approved), revised_yuan(sheet.sheet, sheet.later)
    by, rows = change(before, after), kept(approved.sheet, sheet.sheet)
    if before is None or after is None or by < limits.changed or rows.named < limits.rows or rows.same < rows.named:
        return
    yield Observation(
        at=sheet.at("budget"),
        evidence=f"{shown(before, approved)} ｜ {shown(after, sheet)}",
        says=CHANGED_ALONE(
            before=shown(before, approved),
            after=shown(after, sheet),
            form=stage_of(sheet.later).label,
            way=_way(before, after),
            percent=by.quantize(Decimal(1)),
            rows=rows.named,
        ),
        suggests=SAY_WHAT_CHANGED(),
        related=(approved.at("budget", "total"),),
    )


def _way(before: Decimal, after: Decimal) -> str:
    return "增加" if after > before else "减少"


def _tells(sheet: SheetView) -> bool:
    """Whether the sheet speaks of a change anywhere."""
    later = sheet.later
    reached = texts_of(getattr(later, "goals_reached", ()))
    told = "".join(
        (
            *reached,
            *sheet.goals,
            *(f"{r.deviation or ''}{r.row.description or ''}{r.row.basis or ''}" for r in sheet.rows),
        )
    )
    return any(word in told for word in sheet.parameter(ADJUSTED_WORDS))
