"""Rules on rates that are set so low that the plan counts on what must not happen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.money import plain
from jixiao.parameters.keys import DIRECTION_WORDS, LEAST_RATES
from jixiao.parameters.shapes import LeastRate
from jixiao.readings.direction import Direction, direction
from jixiao.readings.names import bare_name
from jixiao.readings.view import RowView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

TOO_LOW = Message("too-low", "“{name:words}”只定“{value:words}”：{why:text}。")
RAISE = Message("raise", "定到{least:text}以上；做不到的，在确定依据里写明上年实际和原因。")


@rule(
    "V27",
    title="比率定得低于起码的要求",
    problem="target-too-low",
    severity=Severity.ADVICE,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.ROW,
    cites=("mof-2015-88/appropriateness-review", "mof-2021-101/values"),
    remedy="按起码要做到的定值；做不到的，在确定依据里写明上年实际和原因。",
    since=date(2015, 5, 21),
    parameters=(LEAST_RATES, DIRECTION_WORDS),
    says=(TOO_LOW,),
    proposes=(RAISE,),
    yields_to=("V01", "V02", "V21"),
)
def rate_is_not_set_to_fail(row: RowView) -> Iterator[Observation]:
    """有的比率低于一定的数，就是打算出错：补助足额发放率不到100%、法定期限内办结率不到100%、验收合格率不到95%、满意度不到80%，
    按规则集自定的提示线提醒（没有官方标准，只作建议）。

    一次验收合格率、优良率、知晓率、覆盖率可高可低，不报；越低越好的、写“不超过”的、依据里写明实际是多少的，不报。
    """
    target = row.row.target
    if not target.is_percent or target.number is None or not row.row.name:
        return
    if target.comparator is not None and target.comparator.is_ceiling:
        return
    found = _least(bare_name(row), row.parameter(LEAST_RATES))
    if found is None or target.number >= found.least or not target.number:
        return
    if "%" in (row.row.basis or "") or direction(row) is Direction.LOWER:
        return
    yield Observation(
        at=row.at("target"),
        evidence=f"{row.row.label}：{target.text}",
        says=TOO_LOW(name=row.row.label, value=target.text or "", why=found.why),
        suggests=RAISE(least=f"{plain(Decimal(found.least))}%"),
    )


def _least(name: str, rates: tuple[LeastRate, ...]) -> LeastRate | None:
    """The first sort of rate that a name is of."""
    for rate in rates:
        if any(word in name for word in rate.unless) or (rate.endings and not name.endswith(rate.endings)):
            continue
        if all(any(word in name for word in group) for group in rate.words):
            return rate
    return None
