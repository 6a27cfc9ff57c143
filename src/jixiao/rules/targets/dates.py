"""Rules on dates of target values: that no calendar has, and outside the budget year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.indicator import IndicatorKind
from jixiao.readings import other_years
from jixiao.readings.impossible_dates import Why, impossible
from jixiao.readings.other_years import deadline_outside, spans_years
from jixiao.readings.view import RowView
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

NO_SUCH_MONTH = Message(
    "no-such-month", "“{name:words}”的指标值里写着“{words:words}”，没有 {month:number} 月，到时候无法考核。"
)
NO_SUCH_DAY = Message(
    "no-such-day",
    "“{name:words}”的指标值里写着“{words:words}”，{month:number} 月没有 {day:number} 日，到时候无法考核。",
)
ENDS_FIRST = Message(
    "ends-first", "“{name:words}”的指标值里写着“{words:words}”，结束的时间在开始之前，到时候无法考核。"
)
HIGH_FIRST = Message(
    "high-first",
    "“{name:words}”的指标值里写着“{words:words}”，前一个数比后一个大，不成区间，最低要做到多少说不清，到时候无法考核。",
)


@rule(
    "V26",
    title="日期或区间写错",
    problem="target-implausible",
    severity=Severity.ERROR,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.ROW,
    cites=("mof-2015-88/reasonable", "mof-2015-88/completeness-review"),
    remedy="核对后改正：月份是1到12月，日子是当月有的，起止时间和区间先小后大。",
    since=date(2015, 5, 21),
    says=(NO_SUCH_MONTH, NO_SUCH_DAY, ENDS_FIRST, HIGH_FIRST),
)
def dates_and_ranges_can_be(row: RowView) -> Iterator[Observation]:
    """指标值里的日期日历上没有（“13月底前”“2月30日前”），起止时间倒了（“2027年1月—2026年12月”），
    或者百分比的区间前大后小（“90%-85%”）。

    跨年的起止时间（“2026年12月至2027年3月”）、“18个月”这样的时长、没有写年份的“10月至次年3月”，都不报。
    """
    if (found := impossible(row)) is None:
        return
    name, words = row.row.label, found.words
    match found.why:
        case Why.NO_SUCH_MONTH:
            says = NO_SUCH_MONTH(name=name, words=words, month=found.month)
        case Why.NO_SUCH_DAY:
            says = NO_SUCH_DAY(name=name, words=words, month=found.month, day=found.day)
        case Why.ENDS_BEFORE_IT_BEGINS:
            says = ENDS_FIRST(name=name, words=words)
        case Why.HIGH_BEFORE_LOW:
            says = HIGH_FIRST(name=name, words=words)
    yield Observation(row.at("target"), f"{name}：{row.row.target.text}", says=says)


TOO_LATE = Message(
    "too-late", "“{name:words}”是 {year:number} 年预算的指标，期限却写“{words:words}”，超出了预算年度，当年无法考核。"
)
LONG_PAST = Message(
    "long-past",
    "“{name:words}”是 {year:number} 年预算的指标，期限却写“{words:words}”，早已过去，多半是沿用了以前的文本。",
)
INTO_THE_YEAR = Message("into-the-year", "核对后改到 {year:number} 年之内，如“{words:text}”。")


@rule(
    "V20",
    title="期限不在预算年度",
    problem="date-outside-year",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.ROW,
    cites=("budget-law/fiscal-year", "mof-2015-88/reasonable", "mof-2015-88/matched"),
    remedy="把期限改到预算年度以内；跨年实施的，写明本年度做到哪一步。",
    since=date(2015, 5, 21),
    parameters=other_years.PARAMETERS,
    needs=(Need.FISCAL_YEAR,),
    says=(TOO_LATE, LONG_PAST),
    proposes=(INTO_THE_YEAR,),
    yields_to=("V26",),
)
def deadline_is_in_the_year(row: RowView) -> Iterator[Observation]:
    """指标值是日期、或者指标值和时效指标的名称、描述里写着某年某月底前完成，而这个年份不是预算年度。

    项目名称、资金用途里写着别的年份，或者写明结转、续建、跨年、分期、中期的，属于跨年度项目，不报；
    “较2023年增长”一类的比较不是期限，不报。
    """
    year = row.sheet.fiscal_year
    found = _stated_deadline(row, year.year) if year else None
    if year is None or found is None or spans_years(row.sheet, year.year):
        return
    words, stated, where = found
    says = TOO_LATE if stated > year.year else LONG_PAST
    yield Observation(
        at=row.at(where),
        evidence=f"{row.row.label}：{words}",
        says=says(name=row.row.label, year=year.year, words=words),
        suggests=INTO_THE_YEAR(year=year.year, words=words.replace(str(stated), str(year.year))),
    )


def _stated_deadline(row: RowView, year: int) -> tuple[str, int, str] | None:
    """(words, year, field) of a deadline outside the year."""
    target = row.row.target
    if target.day is not None:
        return (target.text or "", target.day.year, "target") if target.day.year != year else None
    texts = [("target", target.text)]
    if row.row.kind is IndicatorKind.TIMELINESS:
        texts += [("description", row.row.description), ("name", row.row.name)]
    for where, text in texts:
        if text and (found := deadline_outside(text, year, row.parameter)) is not None:
            return *found, where
    return None
