"""Rules on rating scales 「评价标准」 优良中差: grades are set, no value may fall into two of them, none into no grade."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.money import plain
from jixiao.parameters.keys import PLACEHOLDER_WORDS
from jixiao.readings.rating_bands import Band, gap, overlap, scales, share_an_end
from jixiao.readings.value_cells import is_placeholder
from jixiao.readings.view import PlanView
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

OVERLAP = Message("overlap", "“{name:words}”的评价标准有重叠：{grades:list}含有同一个结果，评价时定不了是哪一档。")
SHARED_END = Message(
    "shared-end", "“{name:words}”的评价标准相邻两档都写着 {number:number}，正好是这个数时算哪一档没有写明。"
)
SHARED_ENDS = Message(
    "shared-ends",
    "“{name:words}”的评价标准相邻的档次都写着同一个数（{numbers:list}），正好是这个数时算哪一档没有写明。",
)
SAY_WHICH = Message("say-which", "在其中一档写明“（含）”，另一档写“（不含）”。")
BETWEEN = Message(
    "between",
    "“{name:words}”的评价标准有断档：{better:text}“{better_words:words}”与{worse:text}“{worse_words:words}”之间，"
    "{low:number} 与 {high:number} 之间的结果不属于任何一档。",
)
EXACTLY = Message(
    "exactly",
    "“{name:words}”的评价标准有断档：{better:text}“{better_words:words}”与{worse:text}“{worse_words:words}”之间，"
    "正好 {number:number} 的结果不属于任何一档。",
)


@rule(
    "R72",
    title="评价标准重叠",
    problem="scale-overlap",
    severity=Severity.WARNING,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.PLAN,
    cites=("mof-2015-88/quantified", "mof-2021-101/measurable", "good-practice/consistency"),
    remedy="使四档首尾相接：每个可能的结果只落在一档里。",
    since=date(2015, 5, 21),
    needs=(Need.RATING_SCALES,),
    says=(OVERLAP, SHARED_END, SHARED_ENDS),
    proposes=(SAY_WHICH,),
)
def grades_do_not_overlap(view: PlanView) -> Iterator[Observation]:
    """优良中差四档里，有一个结果同时落在两档。一个指标的四档合并报一条。

    “10次以上、5次以上、3次以上、2次以下”按阶梯理解，不算重叠；两个区间共用一个端点、没有写“（含）”的，只作建议。
    “以上”“以下”都含本数，所以“5人以上”和“5人以下”都含5人。写不成数的四档不报。
    """
    for at, name, four in view.derived(scales):
        if pairs := [(b, w) for b, w in combinations(four, 2) if overlap(b, w)]:
            yield Observation(
                at, _evidence(four), says=OVERLAP(name=name, grades=[f"{b.label}与{w.label}" for b, w in pairs])
            )
        elif not any(gap(b, w) for b, w in pairwise(four)):
            yield from _shared_ends(at, name, four)


def _shared_ends(at: str, name: str, four: tuple[Band, ...]) -> Iterator[Observation]:
    ends = [str(plain(max(b.low, w.low))) for b, w in pairwise(four) if share_an_end(b, w)]
    if ends:
        says = SHARED_END(name=name, number=ends[0]) if len(ends) == 1 else SHARED_ENDS(name=name, numbers=ends)
        yield Observation(at, _evidence(four), says=says, suggests=SAY_WHICH(), severity=Severity.ADVICE)


@rule(
    "R73",
    title="评价标准断档",
    problem="scale-gap",
    severity=Severity.WARNING,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.PLAN,
    cites=("mof-2015-88/quantified", "mof-2021-101/measurable", "good-practice/consistency"),
    remedy="使四档首尾相接：每个可能的结果都落在一档里。",
    since=date(2015, 5, 21),
    needs=(Need.RATING_SCALES,),
    says=(BETWEEN, EXACTLY),
)
def grades_leave_no_gap(view: PlanView) -> Iterator[Observation]:
    """优良中差相邻两档之间，有的结果哪一档都不包括，如“60%以上”之后是“50%以下”。

    整数相差1的（3次以上、2次以下）首尾相接，不报；只写一个数、没有以上以下的档次，看作阶梯的一级，不报。
    """
    for at, name, four in view.derived(scales):
        for better, worse in pairwise(four):
            if between := gap(better, worse):
                low, high = between
                grades = {
                    "name": name,
                    "better": better.level.label,
                    "better_words": better.text,
                    "worse": worse.level.label,
                    "worse_words": worse.text,
                }
                says = EXACTLY(**grades, number=low) if low == high else BETWEEN(**grades, low=low, high=high)
                yield Observation(at, _evidence(four), says=says)


def _evidence(four: tuple[Band, ...]) -> str:
    return "，".join(f"{band.level.label} {band.text}" for band in four)


PENDING = Message("pending", "“{name:words}”的评价标准写的是{grades:list}，优良中差怎么分没有定，无法评价。")


@rule(
    "R74",
    title="评价标准待定",
    problem="target-placeholder",
    severity=Severity.ERROR,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.PLAN,
    cites=("mof-2015-88/completeness-review", "mof-2021-101/values"),
    remedy="定下优良中差各档的数值，四档首尾相接、不重不漏。",
    since=date(2015, 5, 21),
    parameters=(PLACEHOLDER_WORDS,),
    needs=(Need.RATING_SCALES,),
    says=(PENDING,),
)
def grades_are_decided(view: PlanView) -> Iterator[Observation]:
    """分项目标的指标，优良中差标准里写“未定”“待定”“另行确定”。一个指标报一条。"""
    words = view.parameter(PLACEHOLDER_WORDS)
    for n, activity in enumerate(view.plan.activities):
        for m, indicator in enumerate(activity.indicators):
            scale = indicator.rating_scale
            grades = (scale.excellent, scale.good, scale.fair, scale.poor) if scale else ()
            pending = [text for text in grades if text and is_placeholder(text, words)]
            if pending:
                yield Observation(
                    at=view.at("activities", n, "indicators", m, "rating_scale"),
                    evidence=f"{indicator.text}：{'、'.join(pending)}",
                    says=PENDING(name=indicator.text, grades=list(dict.fromkeys(pending))),
                )
