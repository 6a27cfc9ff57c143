"""Rule on goals that list the duties of a department instead of results."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.readings import duties
from jixiao.readings.duties import duty_words, is_duties, is_duties_throughout
from jixiao.readings.view import PlanView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

_NO_NUMBER = "写的是职责（{words:list}），没有要做到的数，到年底无法判断做到没有。"
OVERALL = Message("overall-duties", f"总体绩效目标{_NO_NUMBER}")
ACTIVITY = Message("activity-duties", f"分项“{{activity:words}}”的目标{_NO_NUMBER}")
UNNAMED = Message("unnamed-activity-duties", f"这个分项的目标{_NO_NUMBER}")


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
    parameters=duties.PARAMETERS,
    says=(OVERALL, ACTIVITY, UNNAMED),
)
def goals_are_not_duties(view: PlanView) -> Iterator[Observation]:
    """总体目标或分项目标写的是“负责……”“贯彻执行……”“拟定……并组织实施”一类的职责，没有一个数。全文是职责的，或者其中几段
    是职责的，合并报一条；职责列了一长串、只夹着一个数的，也报。

    写了数量、比例的，不报。只有一处职责用词的，不报。
    """
    goals = view.overall_goals
    told = [n for n, goal in enumerate(goals) if is_duties(view, goal)]
    if not told and is_duties_throughout(view, "\n".join(goals)):
        told = [next(n for n, goal in enumerate(goals) if duty_words(view, goal))]
    if told:
        text = "\n".join(goals[n] for n in told)
        yield Observation(
            at=view.at("overall_goals", told[0]),
            evidence=text,
            says=OVERALL(words=duty_words(view, text)),
            related=tuple(view.at("overall_goals", n) for n in told[1:]),
        )
    for n, activity in enumerate(view.plan.activities):
        if activity.goal and is_duties_throughout(view, activity.goal):
            words = duty_words(view, activity.goal)
            yield Observation(
                at=view.at("activities", n, "goal"),
                evidence=activity.goal,
                says=ACTIVITY(activity=activity.name, words=words) if activity.name else UNNAMED(words=words),
            )
