"""Rules on wording: the same thing said twice in one phrase."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from jixiao.domain.finding import Aspect, Severity
from jixiao.parameters.keys import REDUNDANT_PAIRS
from jixiao.parameters.shapes import RedundantPairs
from jixiao.readings.text import quantities
from jixiao.readings.view import PlanView
from jixiao.readings.written import Looked, written_texts
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

_TWICE = re.compile(r"([\u4e00-\u9fff]{4,12})[，,、；;]\s*\1")
_VERB = re.compile(r"[\u4e00-\u9fff]{0,4}")
_DEED = re.compile(r"[\u4e00-\u9fff“”《》]{1,24}")
"""what is done, and how much of it follows: 完成骨干医师轮训60人"""
_UNKNOWN_UNIT = re.compile(r"[\u4e00-\u9fff]{1,2}")
_ENDS = re.compile(r"$|[，,。；;、\s）)]")
_STOP = re.compile(r"[，,。；;、：:\n]")

SAID_TWICE = Message("said-twice", "“{words:words}”把同一个意思说了两遍，读的人会以为是两个要求。")


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
    says=(SAID_TWICE,),
)
def nothing_is_said_twice(view: PlanView) -> Iterator[Observation]:
    """目标、用途、保障措施、指标的文字里，一个短语内把同一个意思说了两遍：“同比上年增长”“至少1个以上”，
    “保障工作人员基本保障”，或者紧接着重复同样的四个字以上（“加强内部监督，加强内部监督管理”）。一处文字只报一条。
    """
    limits = view.parameter(REDUNDANT_PAIRS)
    for written in view.standing(_looked).faulty(view.derived(written_texts)):
        is_name = written.row is None and written.pointer.endswith("/name")
        if not is_name and (words := _doubled(written.text, limits)):
            yield Observation(at=written.pointer, evidence=written.text, says=SAID_TWICE(words=words))


def _looked(view: PlanView) -> Looked:
    limits = view.parameter(REDUNDANT_PAIRS)
    return Looked(lambda text: _doubled(text, limits))


def _doubled(text: str, limits: RedundantPairs) -> str | None:
    for first, second in limits.pairs:
        start = text.find(first)
        reach = limits.bound_between if second in limits.bounds else limits.between
        while start >= 0:
            behind = start + len(first)
            end = text.find(second, behind, behind + reach + len(second))
            if end >= 0 and _is_double(text[behind:end], second, text[end + len(second) :], limits):
                return text[start : end + len(second)]
            start = text.find(first, behind)
    if m := _TWICE.search(text):
        return m.group()
    if m := _framed(limits.framing).search(text):
        return m["words"]
    return None


@lru_cache(maxsize=8)
def _framed(verbs: Sequence[str]) -> re.Pattern[str]:
    """A phrase that ends in the verb with which it begins: 保障工作人员基本保障."""
    return re.compile(
        rf"(?:^|[，,。；;\s])(?P<words>(?P<verb>{'|'.join(verbs)})[\u4e00-\u9fff]{{2,14}}(?P=verb))(?=$|[，,。；;\s])"
    )


def _is_double(between: str, second: str, after: str, limits: RedundantPairs) -> bool:
    """Whether the two words bound one thing: 至少1个以上, not 至少引进2个亿元以上项目."""
    if second not in limits.bounds:
        return _STOP.search(between) is None
    found = quantities(between)
    if len(found) != 1 or found[0].unit in limits.of_which_kind:
        return False
    unread = between[found[0].end :]
    if unread and (found[0].unit or not _UNKNOWN_UNIT.fullmatch(unread)):
        return False
    deed = between[: found[0].start]
    if _VERB.fullmatch(deed):
        return not (deed and after.startswith("的"))
    return _DEED.fullmatch(deed) is not None and _ENDS.match(after) is not None
