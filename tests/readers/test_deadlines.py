"""Deadlines without a year are of the budget year, where a file tells it."""

from __future__ import annotations

from datetime import date

import pytest

from jixiao.domain.target import Comparator, TargetType
from jixiao.domain.target_grammar import parse_target
from jixiao.readers import read_bytes

DATED = {
    "12月底前": date(2026, 12, 31),
    "5月底前": date(2026, 5, 31),
    "9月20号前": date(2026, 9, 20),
    "6月30日之前完成": date(2026, 6, 30),
    "8月至10月": date(2026, 10, 31),
    "10月中旬前": date(2026, 10, 20),
    "今年6月底前": date(2026, 6, 30),
    "截至12月底": date(2026, 12, 31),
    "第四季度": date(2026, 12, 31),
    "1季度": date(2026, 3, 31),
    "一季度": date(2026, 3, 31),
    "三季度底前": date(2026, 9, 30),
    "上半年": date(2026, 6, 30),
    "年底前": date(2026, 12, 31),
    "本年度内": date(2026, 12, 31),
}


@pytest.mark.parametrize(("text", "day"), DATED.items())
def test_a_day_without_a_year(text: str, day: date) -> None:
    parsed = parse_target(text, 2026)
    target = parsed.target
    assert (target.type, target.comparator, target.value) == (TargetType.DATE, Comparator.AT_MOST, day)
    assert [r.code for r in parsed.remarks] == ["target.year"]
    assert parse_target(text).target.type is not TargetType.DATE


@pytest.mark.parametrize(
    "text",
    [
        "每月10日前",
        "10日前",
        "每年12月底前",
        "次年3月底",
        "年初",
        "全年",
        "3个月",
        "24个月",
        "2月30日前",
        "本年度",
    ],
)
def test_no_day_of_the_year(text: str) -> None:
    assert parse_target(text, 2026).target.type is not TargetType.DATE
    assert parse_target(text, 2026) == parse_target(text)


def test_the_year_of_the_file_counts_and_is_told() -> None:
    rows = ["一级指标 | 二级指标 | 三级指标 | 指标值", "产出指标 | 时效指标 | 完工时间 | 第四季度"]
    rows += ["产出指标 | 数量指标 | 修路 | ≥5公里"]
    table = "".join(f"<tr>{''.join(f'<td>{c.strip()}</td>' for c in row.split('|'))}</tr>" for row in rows)
    for title, kind in (("2026年项目绩效目标表", TargetType.DATE), ("项目绩效目标表", TargetType.QUALITATIVE)):
        page = f"<html><body><p>{title}</p><table><tr><td>项目名称</td><td colspan=3>修路</td></tr>{table}</table>"
        plan = read_bytes(page.encode(), "x.html")
        assert [i.target.type for i in plan.goal_sheets[0].indicators] == [kind, TargetType.NUMERIC]
        told = [n.pointer for n in plan.notes if n.code == "target.year"]
        assert told == (["/goal_sheets/0/indicators/0/target"] if kind is TargetType.DATE else [])
