"""Names of rows: bare, only that of a category, with the target taken out."""

from __future__ import annotations

import re
from functools import lru_cache

from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.readings.text import Quantity, fold, normalise, quantities
from jixiao.readings.units import BRACKETED, is_bracket_unit
from jixiao.readings.view import RowView

_LABELS = frozenset(
    form
    for labelled in (IndicatorClass, IndicatorKind)
    for one in labelled
    for form in (one.label, one.label.removesuffix("指标"))
    if "满意度" not in form
) | frozenset(("效果指标", "产出数量", "产出质量", "产出时效", "产出成本", "项目效益"))
_JOINED = re.compile(r"(?:达到|达|控制在|不少于|不低于|不超过|大于等于|小于等于|至少|为|在|到|约|[≥≤><=])+$")
_DIGIT = re.compile(r"\d")
_TAIL = re.compile(r"(?:万|亿|以上|以下|以内|左右|[。；;，,、）)\s])*$")
_NOT_MEASURED = ("级", "星", "岁", "期", "年", "月", "日", "号", "个月", "周岁")


def bare_name(row: RowView) -> str:
    """What is measured, without a unit in brackets and punctuation; the description where there is no name."""
    return _bare(row.row.name) or _bare(row.row.description)


@lru_cache(maxsize=4096)
def _bare(text: str | None) -> str:
    if not text or ("(" not in text and "（" not in text):
        return normalise(text)
    return normalise(BRACKETED.sub(lambda m: "" if is_bracket_unit(m[1]) else m[0], text))


def category_label(name: str | None) -> bool:
    """Whether a name is only that of a first- or second-level category; 服务对象满意度 is a usual name."""
    return normalise(name) in _LABELS


@lru_cache(maxsize=8192)
def printed_target(name: str | None) -> Quantity | None:
    """The value a name ends with: 满意度达到95%, 改造数量30个. Grades, ages and years are part of a name."""
    if not name or not _DIGIT.search(name):
        return None
    text = fold(name)
    last = next(iter(reversed(quantities(name))), None)
    if last is None or not last.start or not _TAIL.fullmatch(text, last.end):
        return None
    if last.unit in _NOT_MEASURED or text[: last.start].endswith("第"):
        return None
    return last


def name_without_target(name: str | None) -> str:
    """The name without the value it ends with, and without the words that join the two."""
    found = printed_target(name)
    if name is None or found is None:
        return name or ""
    return _JOINED.sub("", fold(name)[: found.start].rstrip()).rstrip()
