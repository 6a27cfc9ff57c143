"""What must be so before a set is handed in 「送审前的条件」: named in code, chosen by the flow.

A guard looks at what is about to be handed in and answers with obstacles: what, where, what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TypeVar

from django.urls import reverse

from jixiao.domain.finding import Review, Severity
from jixiao.domain.plan import Plan
from jixiao.web.appraisals.selectors import wanting
from jixiao.web.editor.sets import SheetSet
from jixiao.web.goals.models import Sheet, SheetKind
from jixiao.web.kernel import clock
from jixiao.web.kernel.people import Actor
from jixiao.web.opinions.selectors import unanswered
from jixiao.web.organisations.models import Round
from jixiao.web.organisations.services.rounds import deadline
from jixiao.web.workflow.definition import Definition, read_definition, standard_text


@dataclass(frozen=True)
class Obstacle:
    """Why a set cannot be handed in: words for people; the sheet it is about, where it is about one, or the page to mend it on."""

    words: str
    sheet: Sheet | None = None
    address: str = ""


@dataclass(frozen=True)
class HandingIn:
    """What is about to be handed in: these sheets of a set (``again``: some that were sent back, not the whole)."""

    actor: Actor
    set: SheetSet
    sheets: tuple[Sheet, ...]
    again: bool
    round: Round | None
    stops: frozenset[Severity]
    appraisal_from: Decimal | None
    plans: Mapping[int, Plan]
    reviews: Mapping[int, Review]
    """What each sheet says now, and what the rules say of it among the others, by its key"""


FEN_OF_WAN = 1_000_000
Guard = Callable[[HandingIn], Sequence[Obstacle]]
GUARDS: dict[str, Guard] = {}
TITLES: dict[str, str] = {}
G = TypeVar("G", bound=Guard)


def guard(code: str, title: str) -> Callable[[G], G]:
    """Name a guard for flows to choose."""

    def register(function: G) -> G:
        GUARDS[code], TITLES[code] = function, title
        return function

    return register


@guard("round_open", "轮次开着，没有过期")
def round_open(asked: HandingIn) -> Sequence[Obstacle]:
    """There is a round, and its deadline has not passed; what was sent back comes again until the review ends."""
    one = asked.round
    if one is None:
        return [Obstacle("这一年还没有开着的一上、二上轮次，不能送审。请绩效股在“年度与轮次”里开一轮")]
    if one.opens_on > clock.today():
        return [Obstacle(f"{one.label}{one.opens_on.month}月{one.opens_on.day}日才开始，到时再送审")]
    last = deadline(one, asked.set.unit.department_id)
    if asked.again:
        last = max(last, one.review_until or last)
    if clock.is_past(last):
        return [Obstacle(f"{one.label}已于{last.month}月{last.day}日截止，不能送审。请向绩效股申请延期")]
    return []


@guard("set_complete", "报送包齐了")
def set_complete(asked: HandingIn) -> Sequence[Obstacle]:
    """Each place of the unit has a sheet or a reason why not."""
    if asked.again:
        return []
    unit = asked.set.unit.pk
    lacking = [one for one in asked.set.lacking if one.unit.pk == unit]
    found = [Obstacle(f"{one.title}还没有填。请填写，或说明不报的原因") for one in lacking]
    if asked.set.hidden_lacking:
        found.append(Obstacle(f"还有{asked.set.hidden_lacking}张由别人填的没有填。请他们填好，由看得到整包的人送审"))
    return found


@guard("filled_in", "不是空表")
def filled_in(asked: HandingIn) -> Sequence[Obstacle]:
    """No sheet of a project is still as blank as its form: without rows, or without a target in any of them. What the rules say of it
    they say as if it might not have been read; here it is what somebody is about to hand in."""
    return [
        Obstacle(f"{sheet.title}的指标值一个都没有填。请填，或作废这张表、说明不报的原因", sheet)
        for sheet in asked.sheets
        if sheet.kind == SheetKind.GOAL and _is_blank(asked.plans.get(sheet.pk))
    ]


def _is_blank(plan: Plan | None) -> bool:
    rows = [row for sheet in plan.goal_sheets for row in sheet.indicators] if plan is not None else []
    return plan is not None and all(not (row.target.text or "").strip() for row in rows)


@guard("findings_answered", "必须修改的改了或说明了")
def findings_answered(asked: HandingIn) -> Sequence[Obstacle]:
    """No finding of a severity that stops, no point of the last return, is left without a change or an explanation."""
    found = []
    severities = [one for one in Severity if one in asked.stops]
    for sheet in asked.sheets:
        review = asked.reviews.get(sheet.pk)
        if review is None:
            continue
        left = unanswered(asked.actor, sheet, asked.plans[sheet.pk], review.findings, severities)
        if left:
            first = left[0]
            words = f"{sheet.title}还有{len(left)}处没有改，也没有说明（{first.place}：{first.title}"
            found.append(Obstacle(words + ("等" if len(left) > 1 else "") + "）。请改，或写明为什么这样", sheet))
    return found


@guard("appraised", "新增项目做了事前绩效评估")
def appraised(asked: HandingIn) -> Sequence[Obstacle]:
    """New projects from an amount on carry an 事前绩效评估 whose conclusion supports them."""
    if asked.appraisal_from is None:
        return []
    by_project = {one.project_id: one for one in asked.sheets if one.project_id is not None}
    year = asked.set.year
    left = wanting(year, by_project, int(asked.appraisal_from * FEN_OF_WAN))
    return [
        Obstacle(
            f"{by_project[key].title}是新增项目，预算数到了{asked.appraisal_from}万元，事前绩效评估{why}。"
            "请在项目库打开这个项目做评估，或改报",
            address=reverse("appraisal", args=[year, key]),
        )
        for key, why in left.items()
    ]


def obstacles(codes: Sequence[str], asked: HandingIn) -> list[Obstacle]:
    """What stands against handing in, by the guards of a flow in their order."""
    return [found for code in codes for found in GUARDS[code](asked)]


@cache
def standard() -> Definition:
    """The flow that ships."""
    return read_definition(standard_text(), "standard.yaml", tuple(GUARDS))
