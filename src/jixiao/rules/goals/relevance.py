"""Rules on what has nothing to do with the project: goals that share no word with the use of the money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.parameters.keys import MENTION_WORDS, RELEVANCE_LIMITS
from jixiao.readings.topic import empty_words, told
from jixiao.readings.view import SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

_DOUBTFUL = Decimal("0.6")
_DIGIT = re.compile(r"\d")
NO_WORD_SHARED = Message(
    "no-word-shared", "目标“{goal:words}”与资金用途、项目名称和各行指标没有一个相同的用词，说的像是另一件事。"
)


@rule(
    "G67",
    title="目标与用途看不出关系",
    problem="goal-purpose-mismatch",
    severity=Severity.ADVICE,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("mof-2015-88/relevance-review", "mof-2015-88/clear-direction"),
    remedy="按资金用途写目标：这笔钱做的事到年底做成什么；不是本项目的目标移到它自己的项目里。",
    since=date(2015, 5, 21),
    parameters=(MENTION_WORDS, RELEVANCE_LIMITS),
    says=(NO_WORD_SHARED,),
    yields_to=("G55",),
)
def goals_follow_the_use(sheet: SheetView) -> Iterator[Observation]:
    """一条有数字的绩效目标，与资金用途、项目名称、各行指标没有一个相同的用词。没有数字的另有规则；用途太短的、
    已按照搬报过的，不报。只作建议。
    """
    limits, empty = sheet.parameter(RELEVANCE_LIMITS), empty_words(sheet)
    own = sheet.sheet
    if not sheet.is_goal_sheet or len(own.purpose or "") < limits.fewest_characters:
        return
    about = "\n".join((own.project.name or "", own.purpose or "", *(row.words for row in sheet.rows)))
    for n, goal in enumerate(sheet.goals):
        words = told(goal, empty) if _DIGIT.search(goal) else frozenset()
        if len(words) >= limits.fewest_words and not any(w in about for w in words):
            yield Observation(
                at=sheet.at("goals", n),
                evidence=goal,
                says=NO_WORD_SHARED(goal=goal),
                related=(sheet.at("purpose"),),
                confidence=_DOUBTFUL,
            )
