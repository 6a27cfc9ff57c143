"""Rules on dates that no calendar has, and on spans and ranges that end before they begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.target import TargetType
from jixiao.readings.text import fold
from jixiao.readings.view import RowView
from jixiao.review.rule import Observation, Scope, rule

_DATES = (
    re.compile(r"(?<![\d.])(?P<year>20\d\d)年度?(?P<month>\d{1,2})月(?:份?(?P<day>\d{1,2})[日号])?"),
    re.compile(r"(?<![\d.年至到—–~-])(?P<year>)(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号]|份?(?:底|末|初))"),
    re.compile(r"(?<![\d.])(?P<year>20\d\d)(?P<mark>[-./])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)"),
)
_TO = r"(?:-|—|–|~|至|到)+"
_SPAN = re.compile(
    rf"(?<!\d)(?P<year>20\d\d)年(?P<month>\d{{1,2}})月(?:\d{{1,2}}[日号])?{_TO}(?P<to_year>20\d\d)年(?:(?P<to_month>\d{{1,2}})月)?"
)
_YEARS = re.compile(rf"(?<!\d)(?P<year>20\d\d)年?{_TO}(?P<to_year>20\d\d)年")
_PERCENTS = re.compile(rf"(?P<low>\d{{1,3}}(?:\.\d+)?)%?{_TO}(?P<high>\d{{1,3}}(?:\.\d+)?)%")


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
)
def dates_and_ranges_can_be(row: RowView) -> Iterator[Observation]:
    """指标值里的日期日历上没有（“13月底前”“2月30日前”），起止时间倒了（“2027年1月—2026年12月”），
    或者百分比的区间前大后小（“90%-85%”）。

    跨年的起止时间（“2026年12月至2027年3月”）、“18个月”这样的时长、没有写年份的“10月至次年3月”，都不报。
    """
    if (found := impossible(row)) is None:
        return
    words, why = found
    yield Observation(
        at=row.at("target"),
        evidence=f"{row.row.label}：{row.row.target.text}",
        message=f"“{row.row.label}”的指标值里写着“{words}”，{why}，到时候无法考核。",
    )


def impossible(row: RowView) -> tuple[str, str] | None:
    """(the words of a value that cannot be, why not); None where there are none."""
    target = row.row.target
    text = "".join(fold(target.text or "").split())
    if not text:
        return None
    for pattern in _DATES:
        for m in pattern.finditer(text):
            if why := _not_in_the_calendar(m):
                return m.group(), why
    for m in (*_SPAN.finditer(text), *_YEARS.finditer(text)):
        parts = m.groupdict()
        begin = (int(parts["year"]), int(parts.get("month") or 0))
        end = (int(parts["to_year"]), int(parts.get("to_month") or "12"))
        if begin > end:
            return m.group(), "结束的时间在开始之前"
    percents = _PERCENTS.fullmatch(text) if target.type is TargetType.QUALITATIVE else None
    if percents and Decimal(percents["low"]) > Decimal(percents["high"]):
        return percents.group(), "前一个数比后一个大，不成区间，最低要做到多少说不清"
    return None


def _not_in_the_calendar(m: re.Match[str]) -> str | None:
    """Why there is no such date; without a year 29 February may be one."""
    month, day = int(m["month"]), int(m["day"] or 1)
    if not _exists(m["year"], month, 1):
        return f"没有 {month} 月"
    return None if _exists(m["year"], month, day) else f"{month} 月没有 {day} 日"


def _exists(year: str, month: int, day: int) -> bool:
    try:
        date(int(year or 2024), month, day)
    except ValueError:
        return False
    return True
