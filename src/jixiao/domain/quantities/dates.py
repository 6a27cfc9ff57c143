"""Reads days, months and parts of a year where a text names them: 2026年3月-11月, 2026/12/31前, 2026年第四季度."""

from __future__ import annotations

import calendar
import re
from typing import NamedTuple

from jixiao.domain.quantities.tree import Moment

_Y = r"(?:19|20)\d\d"
_TO = r"(?:-|—|–|~|至|到){1,3}"
_POINTS = (
    re.compile(rf"(?:(?P<year>{_Y})年度?)?(?P<month>\d{{1,2}})(?={_TO}(?:{_Y}年)?\d{{1,2}}月(?!龄))"),  # 6 of 6-9月
    re.compile(
        rf"(?:(?P<year>{_Y})年度?)?(?:(?P<month>\d{{1,2}})月(?!龄)份?(?:(?P<day>\d{{1,2}})[日号]|(?P<tenth>[上中下])旬)?"
        r"|第?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年)?"
    ),
    re.compile(rf"(?P<year>{_Y})(?P<mark>[-./])(?P<month>\d{{1,2}})(?:(?P=mark)(?P<day>\d{{1,2}}))?(?!\d|(?P=mark)\d)"),
)
PART_OF_YEAR = re.compile(r"第?[一二三四1-4]季度|[上下]半年")
"""Where a text without a number may hold a moment"""
_YEARS = re.compile(rf"(?P<from>{_Y})年?{_TO}(?P<year>{_Y})(?:年度?|(?![\d.%A-Za-z\u4e00-\u9fff]))")
_DIGITS = re.compile(rf"(?P<year>{_Y})(?P<month>\d\d)(?P<day>\d\d)(?![\d.,%A-Za-z\u4e00-\u9fff])")
_DAY = re.compile(r"(?P<day>\d{1,2})[日号](?P<due>之前|以前|前)")
_END = re.compile(
    r"(?:(?P<last>年?[底末]|月?[底末])|(?P<vague>初|中期|年中(?![\u4e00-\u9fff]))|全年)?(?P<due>之前|以前|前|止|之?内)?"
)
_JOINED = re.compile(_TO)
_GOES_ON = re.compile(rf"(?:{_TO}[\d.]+(?![月日号]))?[%A-Za-z\u4e00-\u9fff](?<![前底末止年之以完至到])")
"""A unit behind what looks like a month, or behind the upper end of a range that begins so: 2033.9-2033.95%"""
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_HALVES = {"上": 6, "下": 12}
_TENTHS = {"上": 10, "中": 20}
_MONTHS = 12


_PART_OF_A_YEAR = re.compile(
    r"(?P<year>(?:19|20)\d\d)?(?:年度?|[本当今全]年度?)?(?:第?(?P<quarter>[一二三四1-4])季度?|(?P<half>[上下])半年)?"
    r"(?P<last>年?[底末]|内)?(?P<due>之前|以前|前)?"
)
"""Parts of a year that stand alone: 第四季度, 上半年, 年底前; behind a number they are read with it"""


class _Point(NamedTuple):
    year: int | None
    month: int | None
    day: int | None
    end: int
    doubtful: bool = False


def moment_at(text: str, at: int) -> Moment | None:
    """The moment that stands at ``at`` of a folded text, with the words that make it a deadline; None where none does."""
    if m := _YEARS.match(text, at):
        first, last = _Point(int(m["from"]), None, None, at), _Point(int(m["year"]), None, None, m.end())
    elif (point := _point(text, at)) is None:
        m = _DAY.match(text, at)
        return Moment(at, m.end(), None, None, int(m["day"]), due=True) if m else None
    else:
        first = last = point
        joined = _JOINED.match(text, point.end)
        if joined and (second := _point(text, joined.end())):
            last = second if second.year else second._replace(year=point.year)
    end = _END.match(text, last.end)
    assert end is not None
    return Moment(
        at,
        end.end(),
        last.year,
        last.month,
        last.day,
        since=None if first is last else (first.year, first.month),
        due=bool(end["due"] or end["last"]),
        vague=end["vague"] is not None,
        doubtful=last.doubtful and first is last and not end["due"],
    )


def part_of_a_year(text: str) -> Moment | None:
    """The moment of a folded text that is nothing but a part of a year without its year: 第四季度, 上半年, 年底前, 本年内."""
    m = _PART_OF_A_YEAR.fullmatch(text)
    if m is None or m["year"] or not (m["quarter"] or m["half"] or "年" in text):
        return None
    if not (m["quarter"] or m["half"] or m["last"]):
        return None
    month = _part_of_year(m.groupdict())
    return Moment(0, len(text), None, month, due=bool(m["due"] or m["last"]))


def _point(text: str, at: int) -> _Point | None:
    if (m := _DIGITS.match(text, at)) and _exists(m):
        return _Point(int(m["year"]), int(m["month"]), int(m["day"]), m.end(), doubtful=True)
    for pattern in _POINTS:
        m = pattern.match(text, at)
        if m is None or m.end() == at:
            continue
        found = m.groupdict()
        month, day = found["month"], found.get("day")
        if found.get("mark") and not day and (not 1 <= int(month) <= _MONTHS or _GOES_ON.match(text, m.end())):
            continue  # 2026.12亿元
        doubtful = found.get("mark") == "." and not day
        return _Point(
            _int(found["year"]), _int(month) or _part_of_year(found), _int(day) or _tenth(found), m.end(), doubtful
        )
    return None


def _exists(m: re.Match[str]) -> bool:
    month, day = int(m["month"]), int(m["day"])
    return 1 <= month <= _MONTHS and 1 <= day <= calendar.monthrange(int(m["year"]), month)[1]


def _part_of_year(found: dict[str, str | None]) -> int | None:
    return _QUARTERS.get(found.get("quarter") or "") or _HALVES.get(found.get("half") or "")


def _tenth(found: dict[str, str | None]) -> int | None:
    return _TENTHS.get(found.get("tenth") or "")


def _int(digits: str | None) -> int | None:
    return int(digits) if digits else None
