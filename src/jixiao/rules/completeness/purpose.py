"""Rule on the use of the money 「资金用途」: what is bought or paid must be visible."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.message import Said
from jixiao.domain.money import plain
from jixiao.parameters.keys import PURPOSE_SHORTEST, PURPOSE_WISH_VERBS, SLOGAN_LIMITS, SLOGAN_WORDS, SPENDING_WORDS
from jixiao.readings.presence import unread_in_head
from jixiao.readings.text import normalise
from jixiao.readings.view import PlanView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

_OPENER = re.compile(r"^(?:(?:19|20)\d\d年度?)?(?:本?项目)?(?:资金|经费)?(?:主要|全部)?(?:用于|用途为|用途是|用途)?")
_YEAR = re.compile(r"(?:19|20)\d\d年度?")
_CLAUSE = re.compile(r"[，,。；;、]")


def form_has_purpose(plan: PlanView) -> bool:
    """Whether the form has the field: some sheet of the plan states a purpose."""
    return any(normalise(s.sheet.purpose) for s in plan.sheets)


NO_PURPOSE = Message("none", "没有写资金用途，钱花在哪里看不出来。")
NAME_AGAIN = Message(
    "name-again", "资金用途写“{purpose:words}”，只是把项目名称重说了一遍，看不出{money:text}具体花在哪里。"
)
SLOGANS = Message(
    "slogans", "资金用途写“{purpose:words}”，通篇是{slogans:list}这样的提法，看不出{money:text}具体花在哪里。"
)
SLOGAN = Message(
    "slogan", "资金用途写“{purpose:words}”，“{slogan:words}”是笼统的说法，看不出{money:text}具体花在哪里。"
)
SHORT = Message("short", "资金用途写“{purpose:words}”，只有 {length:number} 个字，看不出{money:text}具体花在哪里。")
WISHES = Message(
    "wishes",
    "资金用途写“{purpose:words}”，写的是希望达到的效果，没有写支出内容，看不出{money:text}具体花在哪里。",
)


@rule(
    "C52",
    title="资金用途空泛",
    problem="purpose-vague",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    reads=Scope.PLAN,
    cites=("mof-2015-88/clear-direction", "hebei-form/columns"),
    remedy="写明钱花在哪几件事上，每件多少：发给谁、买什么、办什么活动，如“某某支出××万元：数量×单价”。",
    since=date(2015, 5, 21),
    parameters=(PURPOSE_SHORTEST, SPENDING_WORDS, PURPOSE_WISH_VERBS, SLOGAN_WORDS, SLOGAN_LIMITS),
    says=(NO_PURPOSE, NAME_AGAIN, SLOGANS, SLOGAN, SHORT, WISHES),
)
def purpose_shows_the_spending(sheet: SheetView) -> Iterator[Observation]:
    """资金用途看不出钱花在哪里：没有填（同一文本其他项目填了）、过短、只重复项目名称、通篇是口号，或者只写愿望
    （保障、促进、加强……）而没有一项支出内容。

    写了支出内容（工资、购置、补贴、活动、检查……）或数量的，除非口号连篇，不报。表式没有用途一栏的、自评表和监控表，不报。
    """
    purpose = sheet.sheet.purpose
    if not normalise(purpose):
        if sheet.is_goal_sheet and sheet.plan.derived(form_has_purpose) and not unread_in_head(sheet):
            yield Observation(
                at=sheet.at("purpose"),
                evidence=sheet.sheet.label,
                says=NO_PURPOSE(),
            )
        return
    assert purpose is not None
    if vague := _vague(sheet, purpose):
        yield Observation(at=sheet.at("purpose"), evidence=purpose, says=vague)


def _amount(sheet: SheetView) -> str:
    budget = sheet.sheet.budget
    unit = budget.currency_unit or sheet.plan.plan.currency_unit
    return f"这 {plain(budget.total)} {unit}" if budget.total is not None and unit else "这笔钱"


def _vague(sheet: SheetView, purpose: str) -> Said | None:
    """Why the purpose says too little; None where it says enough."""
    words = normalise(purpose)
    spending = sheet.parameter(SPENDING_WORDS)
    slogans = [w for w in sheet.parameter(SLOGAN_WORDS) if w in words]
    limits = sheet.parameter(SLOGAN_LIMITS)
    if _restates_name(words, normalise(sheet.sheet.project.name), spending):
        return NAME_AGAIN(purpose=purpose, money=_amount(sheet))
    concrete = any(w in words for w in spending)
    if len(slogans) >= (limits.with_spending if concrete else limits.without_spending):
        if len(slogans) > 1:
            return SLOGANS(purpose=purpose, slogans=slogans, money=_amount(sheet))
        return SLOGAN(purpose=purpose, slogan=slogans[0], money=_amount(sheet))
    if concrete or any(c.isdigit() for c in _YEAR.sub("", words)):
        return None
    if len(words) < sheet.parameter(PURPOSE_SHORTEST):
        return SHORT(purpose=purpose, length=len(words), money=_amount(sheet))
    if _only_wishes(purpose, sheet.parameter(PURPOSE_WISH_VERBS)):
        return WISHES(purpose=purpose, money=_amount(sheet))
    return None


def _restates_name(words: str, name: str, spending: tuple[str, ...]) -> bool:
    """Whether the purpose is the project name again, or the name with a few words before it and no spending."""
    core = _OPENER.sub("", words)
    if not name or not core:
        return False
    if core in name:
        return True
    head, found, tail = core.partition(_YEAR.sub("", name))
    rest = head + tail
    return bool(found) and len(rest) < len(found) and not any(w in rest for w in spending)


def _only_wishes(purpose: str, verbs: tuple[str, ...]) -> bool:
    """Whether every clause begins with a verb of wishing."""
    clauses = [normalise(_OPENER.sub("", c.strip()) or c) for c in _CLAUSE.split(purpose)]
    return all(c.startswith(verbs) for c in clauses if c)
