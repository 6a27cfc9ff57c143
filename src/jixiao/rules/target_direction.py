"""Rules on the direction of target values: ≤ where more is better, ≥ where less is better."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, PatchOperation, Severity
from jixiao.domain.indicator import IndicatorClass
from jixiao.domain.target import Comparator
from jixiao.review.context import RowView
from jixiao.review.rule import Observation, Scope, rule

_FLIPPED = {
    Comparator.AT_MOST: Comparator.AT_LEAST,
    Comparator.LESS_THAN: Comparator.MORE_THAN,
    Comparator.AT_LEAST: Comparator.AT_MOST,
    Comparator.MORE_THAN: Comparator.LESS_THAN,
}


def flipped(row: RowView) -> tuple[str, tuple[PatchOperation, ...]]:
    """The target words with the sign turned round, and the patch that writes them."""
    target = row.row.target
    assert target.comparator is not None
    words = f"{_FLIPPED[target.comparator].sign}{target.value}{target.unit or ''}"
    return words, (PatchOperation("replace", row.at("target", "text"), words),)


@rule(
    "V01",
    title="满意度方向写反",
    problem="direction-reversed",
    severity=Severity.ERROR,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.ROW,
    cites=("mof-2015-88/reasonable", "mof-2021-101/values"),
    remedy="满意度越高越好，比较符号应为“≥”。",
    since=date(2015, 5, 21),
    parameters=("less_is_better_words",),
)
def satisfaction_is_a_floor(row: RowView) -> Iterator[Observation]:
    """满意度指标的指标值写成“≤”或“<”，等于满意度为零也算完成。不满意率、投诉率等越低越好的指标不在此列。"""
    target = row.row.target
    if target.comparator is None or not target.comparator.is_ceiling:
        return
    if row.row.class_ is not IndicatorClass.SATISFACTION and "满意" not in row.words:
        return
    if "满意" not in row.words or any(word in row.words for word in row.parameter("less_is_better_words")):
        return
    words, fix = flipped(row)
    yield Observation(
        at=row.at("target"),
        evidence=f"{row.row.label}：{target.text}",
        message=f"满意度写成“{target.text}”，意思是满意度不得超过这个数，满意度为零也算完成。",
        suggestion=f"改为“{words}”。",
        fix=fix,
    )
