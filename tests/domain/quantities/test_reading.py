"""Quantities as people write them, and the trees they become."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jixiao.domain.quantities import (
    Bracketed,
    Formula,
    Moment,
    OtherWords,
    PartKind,
    Quantity,
    UnitName,
    number_alone,
    parse,
)
from jixiao.domain.quantities.comparators import comparison
from jixiao.domain.target import Comparator
from jixiao.domain.target_grammar import parse_target

# expression | comparator | value | upper | unit
TABLE = """
不得低于95% | >= | 95 | | %
不能低于95% | >= | 95 | | %
不应少于10家 | >= | 10 | | 家
未低于上年的95% | >= | 95 | | %
不得超过5万元 | <= | 5 | | 万元
不得再超过5万元 | <= | 5 | | 万元
不得明显高于5% | <= | 5 | | %
不突破5% | <= | 5 | | %
严禁超过3次 | <= | 3 | | 次
不允许超过：3次 | <= | 3 | | 次
不晚于30分钟 | <= | 30 | | 分钟
不足5人 | < | 5 | | 人
不到五成 | < | 5 | | 成
未达到80% | < | 80 | | %
不下10家 | >= | 10 | | 家
至少5家 | >= | 5 | | 家
最少不低于5家 | >= | 5 | | 家
至少达到5家 | >= | 5 | | 家
最高不超过10万元 | <= | 10 | | 万元
最多5家 | <= | 5 | | 家
最高10万元 | <= | 10 | | 万元
控制在0.9‰以内 | <= | 0.9 | | ‰
控制在95%以上 | >= | 95 | | %
控制在不超过5% | <= | 5 | | %
达到5人以下 | <= | 5 | | 人
达95%以上 | >= | 95 | | %
大于或等于95% | >= | 95 | | %
高于等于95% | >= | 95 | | %
小于或者等于5% | <= | 5 | | %
大于95%（含） | >= | 95 | | %
＞＝95% | >= | 95 | | %
=>95% | >= | 95 | | %
⩾95% | >= | 95 | | %
≧95% | >= | 95 | | %
﹥95% | > | 95 | | %
》95% | >= | 95 | | %
《5% | <= | 5 | | %
超13万元/年 | > | 13 | | 万元/年
95％以上 | >= | 95 | | %
95%及以上 | >= | 95 | | %
95%以上（含） | >= | 95 | | %
95%以上，含本数 | >= | 95 | | %
5家以下（不含） | < | 5 | | 家
5家以内 | <= | 5 | | 家
5家之内 | <= | 5 | | 家
3个工作日内 | <= | 3 | | 个工作日
不低于９５％ | >= | 95 | | %
≥1．5公里 | >= | 1.5 | | 公里
≥15,000人次 | >= | 15000 | | 人次
≥15，000人次 | >= | 15000 | | 人次
≥1.2万㎡ | >= | 1.2 | | 万㎡
≥300m³/d | >= | 300 | | m³/d
≤0.35元/kWh | <= | 0.35 | | 元/kWh
≤16/10万 | <= | 16 | | /10万
≤180例/10万人 | <= | 180 | | 例/10万人
17元/人.每天 | | 17 | | 元/人.每天
2.5E+03 | | 2500 | |
≥十二座 | >= | 12 | | 座
两次 | | 2 | | 次
三十人 | | 30 | | 人
一百零五户 | | 105 | | 户
三万五千人 | | 35000 | | 人
三十万元 | | 30 | | 万元
百分之九十五以上 | >= | 95 | | %
不低于百分之95 | >= | 95 | | %
200万 | | 200 | | 万
2个亿以上 | >= | 2 | | 亿
-0.5% | | -0.5 | | %
95—100分 | | 95 | 100 | 分
3至5家 | | 3 | 5 | 家
三至五家 | | 3 | 5 | 家
90%（含）至95% | | 90 | 95 | %
50%以上80%以下 | | 50 | 80 | %
不低于5家，不超过8家 | | 5 | 8 | 家
≥5（个） | >= | 5 | | 个
≥60台（套） | >= | 60 | | 台(套)
约300人 | | 300 | | 人
10余次 | >= | 10 | | 次
"""
CASES = [[field.strip() for field in line.split("|")] for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c[0])
def test_spelling(case: list[str]) -> None:
    text, comparator, value, upper, unit = case
    (q,) = parse(text).quantities
    got = (q.comparator or "", str(q.value), "" if q.upper is None else str(q.upper), q.unit or "")
    assert got == (comparator, value, upper, unit)
    assert (q.start, q.end) == (0, len(text.removesuffix("，含本数")))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "第3名",
            "3号楼",
            "1:1",
            "1/3",
            "T+1",
            "302-0504",
            "0311-8888888",
            "2026年",
            "5G基站",
            "4A级景区",
            "PM2.5",
            "3:30",
        ),
        *(
            "财建〔2023〕113号",
            "财建[2023]113号",
            "合格数/总数×100%",
            "三项工作",
            "一次性",
            "二级甲等",
            "一、二类",
            "（2023）",
        ),
        *("2026.12", "20261231", "无", ""),
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert parse(text).quantities == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年12月31日前", date(2026, 12, 31)),
        ("2026/12/31前", date(2026, 12, 31)),
        ("2026.12.31", date(2026, 12, 31)),
        ("20261231", date(2026, 12, 31)),
        ("2026年第四季度", date(2026, 12, 31)),
        ("2026年上半年", date(2026, 6, 30)),
        ("2026年3月-11月", date(2026, 11, 30)),
        ("2026年6-9月", date(2026, 9, 30)),
        ("2023.07-2024.01", date(2024, 1, 31)),
        ("2020.1.1-2020.12.31", date(2020, 12, 31)),
        ("2026年6月中旬", date(2026, 6, 20)),
        ("12月底前", date(2026, 12, 31)),
        ("9月20日", date(2026, 9, 20)),
        ("6月30日前完成", date(2026, 6, 30)),
    ],
)
def test_moment(text: str, day: date) -> None:
    (moment,) = parse(text).moments
    assert moment.last_day(2026) == day
    assert moment.last_day() == (day if moment.year else None)


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("不得低于", ">="),
        ("大于等于", ">="),
        ("≦", None),
        ("≤", "<="),
        ("不", None),
        ("到", None),
        ("不等于", None),
        ("", None),
        ("最高", "<="),
    ],
)
def test_comparison_alone(words: str, meaning: str | None) -> None:
    assert comparison(words) == (Comparator(meaning) if meaning else None)


# --- trees ----------------------------------------------------------------------------------------------------


def shape(text: str) -> list[tuple[str, str]]:
    return [(type(node).__name__, text[node.start : node.end]) for node in parse(text).nodes]


def test_the_words_around_a_quantity_are_nodes() -> None:
    assert shape("投诉在3个工作日内办结率≥95%，且不低于上年") == [
        ("OtherWords", "投诉在"),
        ("Quantity", "3个工作日内"),
        ("OtherWords", "办结率"),
        ("Quantity", "≥95%"),
        ("OtherWords", "，且不低于上年"),
    ]


def test_the_parts_of_a_quantity() -> None:
    text = "占比不得低于投资额的10%以上（含）"
    (q,) = parse(text).quantities
    assert [(part.role, text[part.start : part.end]) for part in q.parts] == [
        (PartKind.COMPARED, "不得低于"),
        (PartKind.OBJECT, "投资额的"),
        (PartKind.NUMBER, "10"),
        (PartKind.UNIT, "%"),
        (PartKind.BOUND, "以上（含）"),
    ]


def test_blanks_belong_where_they_stand() -> None:
    text = "≥ 1 200 件、 不 低于 5 家"
    assert shape(text) == [
        ("Quantity", "≥ 1"),
        ("OtherWords", " "),
        ("Quantity", "200 件"),
        ("OtherWords", "、 "),
        ("Quantity", "不 低于 5 家"),
    ]


def test_units_and_formulas_in_brackets() -> None:
    tree = parse("服务外包在岸（万美元），合格率(合格率=合格数/总数×100%)≥95%（县级80%）")
    words, unit, comma, formula, value, level = tree.nodes
    assert isinstance(words, OtherWords)
    assert isinstance(unit, UnitName)
    assert unit.unit == "万美元"
    assert isinstance(comma, OtherWords)
    assert isinstance(formula, Bracketed)
    assert [type(node) for node in formula.nodes] == [Formula]
    assert isinstance(value, Quantity)
    assert isinstance(level, Bracketed)
    assert [type(node) for node in level.nodes] == [OtherWords, Quantity]


def test_moments_and_quantities_stand_side_by_side() -> None:
    found = parse("2026年6月底前完成3-5家，12月底前不少于8家").found
    assert [type(node) for node in found] == [Moment, Quantity, Moment, Quantity]


@pytest.mark.parametrize(
    ("text", "comparator", "value"),
    [
        ("至少举办一期500人以上的招聘会", ">=", 500),  # the bound belongs to the number, not 至少
        ("至少引进2个亿元以上项目", ">=", 2),
        ("最低生活保障标准500元", None, 500),
        ("节约5%", None, 5),
        ("下达5万元", None, 5),
        ("群众满意率达95%", ">=", 95),
        ("《办法》5条", None, 5),
        ("不满意率5%", None, 5),
    ],
)
def test_what_compares_and_what_does_not(text: str, comparator: str | None, value: int) -> None:
    (q,) = parse(text).quantities
    assert (q.comparator, q.value) == (Comparator(comparator) if comparator else None, value)


# --- cells ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "comparator", "value", "unit", "remarks"),
    [
        ("已完成100%", "=", 100, "%", []),
        ("至少全年完成2次宣传", ">=", 2, "次", ["target.glued"]),
        ("资金按时到位率为100%", "=", 100, "%", ["target.worded"]),
        ("37个基层医疗机构", "=", 37, "个", ["target.glued"]),
        ("≥98发展成品油市场", ">=", 98, None, ["target.glued"]),
        ("不少于5次，每次2小时", ">=", 5, "次", ["target.several"]),
        ("≥80%（县级）、≥75%（乡级）", ">=", 80, "%", ["target.several"]),
        ("≥100万", ">=", 100, "万", ["target.scale"]),
        ("》95%", ">=", 95, "%", ["target.sign"]),
    ],
)
def test_cell(text: str, comparator: str, value: int, unit: str | None, remarks: list[str]) -> None:
    parsed = parse_target(text)
    assert (parsed.target.comparator, parsed.target.value, parsed.target.unit) == (comparator, value, unit)
    assert [remark.code for remark in parsed.remarks] == remarks
    assert parsed.target.text == text


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,168.25", "1168.25", None),
        ("￥189.8", "189.8", None),
        ("１８９．８", "189.8", None),
        ("189.8（万元）", "189.8", "万元"),
        ("人民币189.8万元", "189.8", "万元"),
        ("壹佰捌拾玖万捌仟元整", "1898000", "元"),
        ("0.01898亿", "0.01898", "亿"),
        ("20261231", "20261231", None),
        ("2026.12", "2026.12", None),
        ("34.5%", "34.5", "%"),
    ],
)
def test_amount(text: str, value: str, unit: str | None) -> None:
    assert number_alone(text) == (Decimal(value), unit, False)


def test_blanks_between_thousands_are_told() -> None:
    assert number_alone("1 898.00 万元") == (Decimal("1898.00"), "万元", True)


@pytest.mark.parametrize(
    "text", ["189。8", "约189.8", "1 89", "十", "3-5", "≥5", "5家以上", "-5", "", "元", "189.8(其中:结转9.8)"]
)
def test_no_amount(text: str) -> None:
    assert number_alone(text) is None
