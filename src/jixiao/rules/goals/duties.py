"""Rule on goals that list the duties of a department instead of results."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.goal import texts_of
from jixiao.parameters.keys import DUTY_WORD_LIMIT, DUTY_WORDS
from jixiao.readings.text import quantities
from jixiao.readings.view import PlanView
from jixiao.review.rule import Observation, Scope, rule


@rule(
    "G57",
    title="以职责代目标",
    problem="duties-not-goals",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.PLAN,
    cites=("mof-2015-88/quantified", "mof-2015-88/clear-direction"),
    remedy="职责可以一句带过，后面写本年度要完成的几件事，各有数量、时间或程度。",
    since=date(2015, 5, 21),
    parameters=(DUTY_WORDS, DUTY_WORD_LIMIT),
)
def goals_are_not_duties(view: PlanView) -> Iterator[Observation]:
    """总体目标或分项目标写的是“负责……”“贯彻执行……”“拟定……并组织实施”一类的职责，没有一个数。全文是职责的，或者其中几段
    是职责的，合并报一条；职责列了一长串、只夹着一个数的，也报。

    写了数量、比例的，不报。只有一处职责用词的，不报。
    """
    goals = tuple(texts_of(view.plan.overall_goals))
    told = [n for n, goal in enumerate(goals) if is_duties(view, goal)]
    if not told and _is_list_of_duties(view, "\n".join(goals), view.parameter(DUTY_WORD_LIMIT).whole):
        told = [next(n for n, goal in enumerate(goals) if _duties(view, goal))]
    if told:
        places = [view.at("overall_goals", n) for n in told]
        yield _duties_observed(view, "总体绩效目标", "\n".join(goals[n] for n in told), *places)
    for n, activity in enumerate(view.plan.activities):
        if activity.goal and _is_list_of_duties(view, activity.goal, view.parameter(DUTY_WORD_LIMIT).whole):
            where = f"分项“{activity.name or n + 1}”的目标"
            yield _duties_observed(view, where, activity.goal, view.at("activities", n, "goal"))


def is_duties(view: PlanView, goal: str) -> bool:
    """Whether one paragraph among others is a list of duties."""
    return _is_list_of_duties(view, goal, view.parameter(DUTY_WORD_LIMIT).paragraph)


def _duties(view: PlanView, text: str) -> list[str]:
    return [word for word in view.parameter(DUTY_WORDS) if word in text]


def _is_list_of_duties(view: PlanView, text: str, least: int) -> bool:
    found, limits = len(_duties(view, text)), view.parameter(DUTY_WORD_LIMIT)
    numbers = len(quantities(text))
    return (found >= least and not numbers) or (found >= limits.long and numbers <= limits.numbers_in_long)


def _duties_observed(view: PlanView, where: str, text: str, at: str, *related: str) -> Observation:
    words = "、".join(f"“{w}”" for w in _duties(view, text))
    return Observation(
        at=at,
        evidence=text,
        message=f"{where}写的是职责（{words}），没有要做到的数，到年底无法判断做到没有。",
        related=related,
    )
