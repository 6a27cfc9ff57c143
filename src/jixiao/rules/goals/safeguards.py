"""Rule on the safeguards 「工作保障措施」: how money and performance are managed, not other work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.plan import Safeguard
from jixiao.parameters.keys import SAFEGUARD_WORDS
from jixiao.readings.text import normalise
from jixiao.readings.view import PlanView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

NONE_MANAGES = Message(
    "none-manages", "保障措施通篇没有说到预算、资金、绩效监控和自评，写的是别的工作，看不出怎样保证绩效目标实现。"
)
_NO_SAFEGUARD = "，没有说到预算执行、绩效监控、评价或监督，不是绩效目标的保障措施。"
PARTY = Message("party-work", "“{name:words}”讲的是党建、廉政" + _NO_SAFEGUARD)
BUSINESS = Message("business", "“{name:words}”讲的是具体业务怎么做" + _NO_SAFEGUARD)


@rule(
    "G66",
    title="保障措施跑题",
    problem="safeguard-off-topic",
    severity=Severity.ADVICE,
    aspect=Aspect.FEASIBILITY,
    scope=Scope.PLAN,
    cites=("hebei-form/safeguards", "mof-2015-88/feasibility-review"),
    remedy="写怎样保证钱花好、目标实现：完善制度、加快支出、绩效运行监控、绩效自评、财务和资产管理、内部监督。",
    since=date(2015, 5, 21),
    parameters=(SAFEGUARD_WORDS,),
    says=(NONE_MANAGES, PARTY, BUSINESS),
)
def safeguards_serve_the_goals(view: PlanView) -> Iterator[Observation]:
    """保障措施通篇没有一处说到预算、资金、支出、绩效、监控、评价、财务的，合并报一条；否则逐条看：只讲党建、廉政的，
    或者既不说管理、也不说组织分工和监督，只讲具体业务怎么做的，报那一条。
    """
    words = view.parameter(SAFEGUARD_WORDS)
    items = [(n, text) for n, guard in enumerate(view.plan.safeguards) if (text := _text(guard))]
    if items and not any(w in text for w in words.core for _, text in items):
        first, text = items[0]
        yield Observation(
            at=view.at("safeguards", first),
            evidence=text,
            says=NONE_MANAGES(),
            related=tuple(view.at("safeguards", n) for n, _ in items[1:]),
        )
        return
    for n, text in items:
        guard = view.plan.safeguards[n]
        if any(w in text for w in words.management):
            continue
        if any(w in text for w in words.party):
            what = PARTY
        elif guard.text and not any(w in text for w in words.organisation):
            what = BUSINESS
        else:
            continue
        yield Observation(at=view.at("safeguards", n), evidence=text, says=what(name=_name(guard)))


def _text(guard: Safeguard) -> str:
    return "\n".join(part for part in (guard.heading, guard.text) if normalise(part) and part)


def _name(guard: Safeguard) -> str:
    return guard.heading or next(iter((guard.text or "").split("。")), "")
