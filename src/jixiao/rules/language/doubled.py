"""Rules on wording: the same thing said twice in one phrase."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.parameters.keys import REDUNDANT_PAIRS
from jixiao.parameters.shapes import RedundantPairs
from jixiao.readings.view import PlanView
from jixiao.readings.written import written_texts
from jixiao.review.rule import Observation, Scope, rule

_TWICE = re.compile(r"([\u4e00-\u9fff]{4,12})[，,、；;]\s*\1")
_FRAMED = re.compile(
    r"(?:^|[，,。；;\s])(保障|保证|确保|促进|加强|提升|提高|推进|完善|加快)[\u4e00-\u9fff]{2,14}\1(?=$|[，,。；;\s])"
)
_AMOUNT = re.compile(r"[\u4e00-\u9fff]{0,4}?(?P<number>\d+)(?:\.\d+)?[%％\u4e00-\u9fff]{0,2}")
_LONG = re.compile(r"[\u4e00-\u9fff“”《》]{1,24}?\d+(?:\.\d+)?[%％\u4e00-\u9fff]{1,3}")
"""a deed and how much of it: 完成骨干医师轮训60人"""
_QUALIFIED = re.compile(r"\d(?:周?岁|级|星)$")
"""which ones are meant, not how many"""
_ENDS = re.compile(r"$|[，,。；;、\s）)]")
_BOUNDS = ("以上", "以下", "以内", "左右")
_STOP = re.compile(r"[，,。；;、：:\n]")


@rule(
    "L87",
    title="语意重复",
    problem="redundant-wording",
    severity=Severity.ADVICE,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.PLAN,
    cites=("good-practice/language",),
    remedy="重复的两个说法留一个。",
    since=date(2015, 5, 21),
    parameters=(REDUNDANT_PAIRS,),
)
def nothing_is_said_twice(view: PlanView) -> Iterator[Observation]:
    """目标、用途、保障措施、指标的文字里，一个短语内把同一个意思说了两遍：“同比上年增长”“至少1个以上”，
    “保障工作人员基本保障”，或者紧接着重复同样的四个字以上（“加强内部监督，加强内部监督管理”）。一处文字只报一条。
    """
    limits = view.parameter(REDUNDANT_PAIRS)
    places = [p for p in view.derived(written_texts) if p.row or not p.pointer.endswith("/name")]
    if _doubled("\n".join(p.text for p in places), limits) is None:
        return  # one look over the whole: as a rule nothing is doubled
    for place in places:
        words = _doubled(place.text, limits)
        if words:
            yield Observation(
                at=place.pointer,
                evidence=place.text,
                message=f"“{words}”把同一个意思说了两遍，读的人会以为是两个要求。",
            )


def _doubled(text: str, limits: RedundantPairs) -> str | None:
    for first, second in limits.pairs:
        start = text.find(first)
        reach = limits.bound_between if second in _BOUNDS else limits.between
        while start >= 0:
            behind = start + len(first)
            end = text.find(second, behind, behind + reach + len(second))
            if end >= 0 and _is_double(text[behind:end], second, text[end + len(second) :]):
                return text[start : end + len(second)]
            start = text.find(first, behind)
    if m := _TWICE.search(text):
        return m.group()
    if m := _FRAMED.search(text):
        return m.group().strip(" ，,。；;\n")
    return None


def _is_double(between: str, second: str, after: str) -> bool:
    """Whether the two words bound one thing: 至少1个以上, not 至少引进2个亿元以上项目."""
    if second in _BOUNDS:
        if _QUALIFIED.search(between):
            return False
        if m := _AMOUNT.fullmatch(between):
            return not (m.start("number") and after.startswith("的"))
        return _LONG.fullmatch(between) is not None and _ENDS.match(after) is not None
    return _STOP.search(between) is None
