"""Measure units 「计量单位」: the words that may follow a number and count or measure something.

Source: the units met in published goal sheets of 24 provinces and the classifiers of official Chinese; a list to
grow, kept sorted by theme. Money and per cent are apart because rules treat them apart.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

MONEY = ("元", "角", "分", "美元", "欧元", "日元", "港元", "港币", "人民币", "块钱")

COUNT = (
    # people and bodies
    "人", "名", "位", "户", "家", "人次", "人数", "户次", "家次", "人天", "人日", "人份", "员", "员工", "企业", "单位", "部门",
    # things
    "个", "件", "套", "台", "辆", "艘", "架", "部", "张", "本", "册", "卷", "份", "篇", "幅", "副", "块", "条", "根",
    "支", "只", "头", "匹", "羽", "尾", "株", "棵", "颗", "粒", "枚", "座", "栋", "幢", "间", "所", "处", "宗", "项",
    "种", "类", "款", "版", "盏", "面", "扇", "把", "箱", "包", "袋", "瓶", "桶", "罐", "盒", "捆", "车", "床", "顶",
    "口", "眼", "孔", "点", "点位", "片", "组", "对", "双", "批", "批次", "样", "例", "起", "案", "单", "笔", "票",
    "门", "课", "课时", "学时", "期", "届", "场", "场次", "次", "次数", "回", "趟", "遍", "轮", "轮次", "航次", "班",
    "班次", "台次", "台套", "件次", "车次", "辆次", "架次", "例次", "宗次", "项次", "站", "村", "乡", "镇", "县", "市",
    "区", "社区", "校", "院", "馆", "店", "厂", "园", "团", "队", "条次", "篇次", "字", "词", "页", "集", "部次", "首",
    "节", "层", "级", "步", "封", "枝", "丛", "垛", "吊", "束", "具", "尊", "发", "杆", "门次", "标段", "工日", "标箱",
    "度电", "条数", "个数", "家数", "批件", "个次", "个百分点", "百分点", "‰", "倍", "成", "星", "颗星", "星级",
)  # fmt: skip

MEASURE = (
    # length, area, volume
    "米", "千米", "公里", "里", "厘米", "毫米", "平方米", "平米", "平方公里", "平方千米", "公顷", "亩", "亩次", "立方米", "方",
    "方米", "立方", "升", "毫升", "延米", "延长米", "车道公里", "㎡", "m²", "m2", "m³", "m3", "km", "km²", "m", "hm",
    "hm²", "hm2", "cm", "mm", "L", "ml", "KM", "Km", "M2", "M3", "M²", "M³", "㎞", "㎝", "㎜", "㎥",
    # weight
    "吨", "公斤", "千克", "克", "斤", "毫克", "微克", "kg", "KG", "Kg", "㎏", "g", "t",
    # energy, data, pressure, speed
    "度", "千瓦时", "千瓦", "兆瓦", "瓦", "吨标准煤", "标准煤", "伏", "安", "GB", "TB", "MB", "G", "M", "兆", "bps",
    "Mbps", "帕", "分贝", "摄氏度", "℃", "kW", "kw", "kWh", "MW", "kV", "kVA",
)  # fmt: skip

TIME = (
    "年", "个月", "月", "周", "天", "日", "工作日", "个工作日", "小时", "分钟", "秒", "年度", "季度", "个季度", "岁", "周岁", "月龄",
    "个自然日", "自然日",
)  # fmt: skip

PERCENT = ("%", "％", "百分比", "%(百分比)", "个百分点", "百分点", "‰")

_SCALES = ("亿", "万", "千万", "百万", "千", "百", "十")

_NAMES = frozenset(MONEY) | frozenset(COUNT) | frozenset(MEASURE) | frozenset(TIME) | frozenset(PERCENT)

PLAIN = _NAMES | {f"{scale}{name}" for scale in _SCALES for name in _NAMES}
"""Every unit with and without a scale: 次, 万元; no rates, no brackets"""

# What a rate may be counted by (元/生/年) though nothing is counted in it.
_RATE_BASES = frozenset({"生", "师", "学年", "学期", "学位", "床位", "车位", "时", "d", "h"})

LONGEST = max(map(len, (*MONEY, *COUNT, *MEASURE, *TIME))) + 2
"""characters of the longest unit with its scale"""


def is_base(word: str) -> bool:
    """Whether a rate may be counted by ``word`` though nothing is counted in it: 元/生."""
    return word in _RATE_BASES


_EITHER = re.compile(r"([^()（）]+)[(（]([^()（）]+)[)）]")  # 台（套）
_PER = re.compile(r"[/／·•*×每]")
_MAX_LENGTH = 16


@lru_cache(maxsize=4096)
def is_unit(word: str) -> bool:
    """Whether ``word`` is a measure unit: plain (次), scaled (万元, 亿美元) or a rate (元/亩, 元/人·月)."""
    if not word or len(word) > _MAX_LENGTH:
        return False
    if either := _EITHER.fullmatch(word):
        return all(is_plain_unit(w) for w in either.groups())
    pieces = [p for p in _PER.split(word) if p]
    return bool(pieces) and is_plain_unit(pieces[0]) and all(is_plain_unit(p) or p in _RATE_BASES for p in pieces[1:])


def is_plain_unit(word: str) -> bool:
    """Whether ``word`` is one unit, scaled or not: 次, 万元; no rate, no brackets."""
    return word in PLAIN


def alternatives(unit: str) -> frozenset[str]:
    """The units that one names, with either of which it can be counted: 台(套) → 台, 套."""
    either = _EITHER.fullmatch(unit)
    return frozenset(either.groups()) if either else frozenset((unit,))


_POWERS = {"亿": 8, "万": 4, "千": 3, "百": 2, "十": 1}


@lru_cache(maxsize=1024)
def in_base_unit(unit: str) -> tuple[Decimal, str]:
    """How many of its base unit a scaled unit is: 万元 → (10000, 元), 千米 → (1, 千米), 元/亩 → (1, 元/亩).

    A scale alone is of nothing named: 万 → (10000, "").
    """
    bare, power = unit, 0
    while bare not in _NAMES and bare[:1] in _POWERS:
        power += _POWERS[bare[0]]
        bare = bare[1:]
    return (
        (Decimal(10) ** power, bare)
        if bare in _NAMES or not bare or (power and _PER.search(bare))
        else (Decimal(1), unit)
    )


_SIZES: tuple[tuple[str, dict[str, str]], ...] = (
    ("米", {"厘米": "0.01", "cm": "0.01", "毫米": "0.001", "mm": "0.001", "m": "1", "里": "500",
            "千米": "1000", "公里": "1000", "km": "1000", "延米": "1", "延长米": "1"}),
    ("亩", {"平方米": "0.0015", "平米": "0.0015", "㎡": "0.0015", "m²": "0.0015", "m2": "0.0015", "公顷": "15", "hm²": "15",
            "hm2": "15", "平方公里": "1500", "平方千米": "1500", "km²": "1500"}),
    ("立方米", {"立方": "1", "方": "1", "m³": "1", "m3": "1"}),
    ("公斤", {"毫克": "0.000001", "克": "0.001", "g": "0.001", "斤": "0.5", "千克": "1", "kg": "1", "吨": "1000", "t": "1000"}),
    ("升", {"毫升": "0.001", "ml": "0.001", "L": "1"}),
    ("小时", {"分钟": "1/60", "秒": "1/3600", "天": "24", "日": "24", "自然日": "24", "个自然日": "24", "周": "168"}),
    ("个月", {"月": "1", "季度": "3", "个季度": "3", "年": "12", "年度": "12"}),
    ("工作日", {"个工作日": "1"}),
    ("千瓦", {"瓦": "0.001", "kW": "1", "kw": "1", "兆瓦": "1000", "MW": "1000"}),
    ("千瓦时", {"度": "1", "kWh": "1"}),
    ("%", {"％": "1", "百分点": "1", "个百分点": "1", "百分比": "1", "%(百分比)": "1", "‰": "0.1", "成": "10"}),
    ("元", {"角": "0.1", "人民币": "1", "块钱": "1"}),
)  # fmt: skip
"""Units of one dimension by the one they are held against each other in: 1 公里 is 1000 米, 1 公顷 is 15 亩"""
_SIZE = {name: (Fraction(size), base) for base, names in _SIZES for name, size in names.items()}


@lru_cache(maxsize=1024)
def in_common_unit(unit: str) -> tuple[Fraction, str]:
    """How many of the unit of its dimension a unit is: 万元 → (10000, 元), 公里 → (1000, 米), ‰ → (1/10, %), 座 → (1, 座).

    工作日 and 天, 个月 and 天 are no fixed multiples of each other and stay apart. The money of a rate is scaled, what it
    is counted by is not: 万元/公里 → (10000, 元/公里).
    """
    times, base = in_base_unit(unit)
    size, common = _SIZE.get(base, (Fraction(1), base))
    return Fraction(times) * size, common


def is_scale(unit: str | None) -> bool:
    """Whether a unit is only a scale: 万 of 200万."""
    return bool(unit) and not in_base_unit(unit or "")[1]


def is_time(unit: str | None) -> bool:
    """Whether a unit is a span of time."""
    return unit in TIME


@lru_cache(maxsize=4096)
def is_money(unit: str | None) -> bool:
    """Whether a unit is money as a sum (元, 万元, 亿美元), not a price per something."""
    return unit is not None and not _PER.search(unit) and unit.endswith((*MONEY[3:], "元"))


@lru_cache(maxsize=4096)
def is_count(unit: str | None) -> bool:
    """Whether a unit counts things, people or events."""
    if unit is None or unit in PERCENT:
        return False
    bare = unit.lstrip("亿万千百十")
    return bare in _COUNTS


def is_measure(unit: str | None) -> bool:
    """Whether a unit measures length, area, volume, weight and the like."""
    return unit is not None and (unit in _MEASURES or unit.lstrip("亿万千百十") in _MEASURES)


_COUNTS = frozenset(COUNT) - frozenset(PERCENT)
_MEASURES = frozenset(MEASURE)
