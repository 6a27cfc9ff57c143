"""Rules on what has nothing to do with the project: rows and goals that share no word with anything else in the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.indicator import IndicatorKind
from jixiao.lexicon import lexicon
from jixiao.review.context import SheetView
from jixiao.review.mentions import words_of
from jixiao.review.rule import Observation, Scope, rule
from jixiao.rules.strays import strays
from jixiao.rules.target_meaning import is_slogan

_DOUBTFUL = Decimal("0.6")
_READ = ("mention_words", "relevance_limits", "stray_words", "project_dull_words", "goal_likeness", "goal_shortest")
_DIGIT = re.compile(r"\d")


def told(text: str | None, empty: frozenset[str]) -> frozenset[str]:
    """The words of a text that say what it is about."""
    return frozenset(w for w in words_of(text or "") if len(w) > 1 and w not in empty)


def empty_words(sheet: SheetView) -> frozenset[str]:
    """Words that say nothing of what a text is about."""
    words = sheet.parameter("mention_words")
    return frozenset((*words["empty"], *words["weak"], *words["spending"]))


@rule(
    "K38",
    title="指标与项目看不出关系",
    problem="irrelevant",
    severity=Severity.ADVICE,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("mof-2015-88/relevance-review", "mof-2021-101/related"),
    remedy="删去与本项目无关的指标；有关系的，在描述里写明它衡量本项目的什么。",
    since=date(2015, 5, 21),
    parameters=(*_READ, "slogan_openers", "slogan_states", "measured_endings"),
)
def rows_belong_to_the_project(sheet: SheetView) -> Iterator[Observation]:
    """一行数量指标的名称和描述，与项目名称、资金用途、绩效目标和其他各行没有一个相同的用词，可能是从别处带来的。

    用途和目标写得太短、说不清项目是做什么的表，别的指标，口号，词典里的名称，已按照搬报过的，不报。只作建议。
    """
    limits, empty = sheet.parameter("relevance_limits"), empty_words(sheet)
    own = sheet.sheet
    about = "\n".join((own.project.name or "", own.purpose or "", *own.goals))
    if not sheet.is_goal_sheet or len(about) < limits["fewest_characters"]:
        return
    stray = sheet.plan.derived(strays)
    others = {row.index: f"{row.row.name or ''}{row.row.description or ''}" for row in sheet.rows}
    for row in sheet.rows:
        words = told(others[row.index], empty)
        if len(words) < limits["fewest_words"] or row.row.kind is not IndicatorKind.QUANTITY or row.pointer in stray:
            continue
        if is_slogan(row):
            continue
        if (term := lexicon().ending(row.name)) is not None and not term.is_general:
            continue
        if any(w in about or any(w in text for n, text in others.items() if n != row.index) for w in words):
            continue
        yield Observation(
            at=row.pointer,
            evidence=row.row.label,
            message=f"“{row.row.label}”与项目名称、用途、目标和其他指标没有一个相同的用词，看不出与这笔钱有什么关系。",
            confidence=_DOUBTFUL,
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
    parameters=_READ,
)
def goals_follow_the_use(sheet: SheetView) -> Iterator[Observation]:
    """一条有数字的绩效目标，与资金用途、项目名称、各行指标没有一个相同的用词。没有数字的另有规则；用途太短的、
    已按照搬报过的，不报。只作建议。
    """
    limits, empty = sheet.parameter("relevance_limits"), empty_words(sheet)
    own = sheet.sheet
    if not sheet.is_goal_sheet or len(own.purpose or "") < limits["fewest_characters"]:
        return
    stray = sheet.plan.derived(strays)
    about = "\n".join((own.project.name or "", own.purpose or "", *(row.words for row in sheet.rows)))
    for n, goal in enumerate(own.goals):
        words = told(goal, empty) if _DIGIT.search(goal) else frozenset()
        if (
            len(words) >= limits["fewest_words"]
            and sheet.at("goals", n) not in stray
            and not any(w in about for w in words)
        ):
            yield Observation(
                at=sheet.at("goals", n),
                evidence=goal,
                message=f"目标“{goal}”与资金用途、项目名称和各行指标没有一个相同的用词，说的像是另一件事。",
                related=(sheet.at("purpose"),),
                confidence=_DOUBTFUL,
            )
