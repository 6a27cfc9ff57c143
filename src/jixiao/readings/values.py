"""What the rules on target values share: a value cell taken apart, the direction of an indicator, units alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from jixiao.domain.finding import PatchOperation
from jixiao.domain.indicator import Indicator, IndicatorClass, IndicatorKind
from jixiao.domain.measure_units import alternatives, is_money, is_unit
from jixiao.domain.money import plain
from jixiao.domain.target import Comparator, TargetType
from jixiao.domain.target_grammar import parse_target
from jixiao.lexicon import Better, Measure, lexicon
from jixiao.parameters.keys import COST_WORDS, NOT_RATIO_WORDS
from jixiao.readings.text import Quantity, fold, normalise, quantities
from jixiao.readings.value_lists import is_list
from jixiao.readings.view import PlanView, RowView

_SIGN = r"[≥≧⩾≤≦⩽<>=《》〈〉﹤﹥═﹦]"
_HEAD = re.compile(rf"\s*(?:{_SIGN}\s*)*\d+(?:,\d{{3}})*(?:\.\d+)?\s*(?P<rest>.*)", re.DOTALL)
_PRINTED_EQUALS = re.compile(r"[=＝═﹦]|等于")
_UNIT_CHARS = re.compile(r"[%‰℃㎡]|[^\W\d_]+(?:/[^\W\d_]+)?")
_BRACKETED = re.compile(r"[（(]([^（()）]{1,6})[)）]")
_SCALE = re.compile(r"^[亿万千百十]+(?=.)")
_SPANS = ("时间", "时限")
_LESSENED = re.compile(r"(?:下降|降低|减少|压降|压减)(?:率|幅度|比例|比率)$")
_SETBACK_RATE = re.compile(
    r"(?:差错|错误|误差|漏报|误报|错报|漏检|投诉|事故|故障|逾期|不合格|退件|违规|违纪|超标)(?:率|比例)$"
)
_RATIO = re.compile(r"(?:率|比率|比例|占比|比重|百分比|满意度|满意程度)$")
_BLANKED = re.compile(r"[*＊×╳]{2,}|[xX]{2,}|_{2,}|＿{2,}|[?？]{2,}|…+")
_SIGNS = "≥≧⩾≤≦⩽<>=《》〈〉﹤﹥═﹦"
_TIMES = {"亿": Decimal("1E8"), "万": Decimal("1E4"), "千": Decimal("1E3"), "百": Decimal("1E2"), "十": Decimal("1E1")}
_PREFIX = 2  # characters that a glued text and a name must share at their beginning


@dataclass(frozen=True, slots=True)
class Cell:
    """A numeric value cell taken apart.

    ``signed``: a comparison is printed, in a sign or in words. ``glued``: the words behind the number that belong in
    name or description, empty where there are none. ``second``: the number those words hold, where they hold one.
    ``two``: two numbers stand side by side or two signs are printed, so that the cell can be read in two ways.
    ``unit``: the unit, from wherever in the cell it stands. ``several``: behind the value another one follows, set
    apart by a comma, with a unit of its own.
    """

    signed: bool
    unit: str | None
    glued: str = ""
    second: Quantity | None = None
    two: bool = False
    several: bool = False

    @property
    def scale(self) -> str:
        """万, 亿 where it stands alone behind the number, its unit left out: ≥100万; empty everywhere else."""
        return self.glued if self.glued and not self.glued.strip("".join(_TIMES)) else ""


def cell(row: RowView) -> Cell | None:
    """The value cell of a row; None where it holds no number."""
    return row.sheet.plan.derived(_cells).get(row.pointer)


def _cells(plan: PlanView) -> dict[str, Cell]:
    return {
        row.pointer: _take_apart(row.row)
        for row in plan.rows
        if row.row.target.type in (TargetType.NUMERIC, TargetType.RANGE) and row.row.target.text
    }


def _take_apart(row: Indicator) -> Cell:
    target = row.target
    assert target.text is not None
    signed = target.comparator is not Comparator.EXACTLY or bool(_PRINTED_EQUALS.search(target.text))
    if target.unit and not target.is_percent:
        return Cell(signed, target.unit, several=is_list(target.text))
    rest, two = _behind(target.text)
    if not rest and not two:
        return Cell(signed, target.unit)
    leading = _leading_unit(rest)
    if target.unit:  # a per cent sign with words behind it
        repeated = normalise(rest.lstrip("%％"))
        said = (normalise(row.name), normalise(row.description))
        is_name = len(repeated) > _PREFIX and any(words == repeated or words.endswith(repeated) for words in said)
        return Cell(signed, target.unit, rest.lstrip("%％") if is_name else "", two=two, several=is_list(target.text))
    if leading and not two and not _begins_like(rest, row):
        return Cell(
            signed, leading, several=is_list(target.text)
        )  # 3个工作日内办结: words, but the unit stands where it belongs
    found = quantities(rest)
    second = next((q for q in found if q.value == target.value), found[0] if found else None)
    unit = second.unit if second and second.value == target.value else None
    return Cell(signed, unit, rest, second, two)


@lru_cache(maxsize=4096)
def _behind(text: str) -> tuple[str, bool]:
    """(words behind the number that the grammar could not place, whether the cell has two readings)."""
    codes = {remark.code for remark in parse_target(text).remarks}
    if not codes & {"target.glued", "target.ambiguous"}:
        return "", False
    m = _HEAD.match(fold(text))
    return (m["rest"].strip() if m else ""), "target.ambiguous" in codes


@lru_cache(maxsize=4096)
def _leading_unit(rest: str) -> str | None:
    m = _UNIT_CHARS.match(fold(rest))
    word = m.group() if m else ""
    return next((word[:n] for n in range(len(word), 0, -1) if is_unit(word[:n])), None)


def _begins_like(rest: str, row: Indicator) -> bool:
    """发展… begins with a unit (发) only by accident where the name or the description begins alike."""
    words = normalise(rest)[:_PREFIX]
    return len(words) == _PREFIX and any(normalise(t).startswith(words) for t in (row.name, row.description))


# --- cells without a value ---------------------------------------------------------------------------------


def is_placeholder(text: str, words: Iterable[str]) -> bool:
    """Whether a value is still to come: 待定, ××, **人."""
    return bool(_BLANKED.search(text)) or any(word in text for word in words)


def is_unit_only(text: str) -> bool:
    """Whether a cell holds a sign or a unit without a number: “≥ %”, “公里”."""
    rest = re.sub(r"\s+", "", fold(text)).strip(_SIGNS)
    return not rest or is_unit(rest)


# --- what a row measures ----------------------------------------------------------------------------------


class Direction(Enum):
    """Whether more or less of an indicator is better; UNKNOWN where words do not tell."""

    HIGHER = 1
    LOWER = -1
    UNKNOWN = 0


def bare_name(row: RowView) -> str:
    """What is measured, without a unit in brackets and punctuation; the description where there is no name."""
    return _bare(row.row.name) or _bare(row.row.description)


@lru_cache(maxsize=4096)
def _bare(text: str | None) -> str:
    if not text or ("(" not in text and "（" not in text):
        return normalise(text)
    return normalise(_BRACKETED.sub(lambda m: "" if _is_bracket_unit(m[1]) else m[0], text))


def is_satisfaction(row: RowView) -> bool:
    """Whether the row measures how satisfied people are; 不满意率 measures the contrary."""
    name = bare_name(row)
    if "不满意" in name:
        return False
    return "满意" in name or (row.row.class_ is IndicatorClass.SATISFACTION and "满意" in row.description)


def direction(row: RowView) -> Direction:
    """Told from the name alone: descriptions name what is avoided as well as what is reached."""
    name = bare_name(row)
    if is_satisfaction(row) and "投诉" not in name:
        return Direction.HIGHER
    return _named_direction(name, row.words, row.row.kind is IndicatorKind.QUANTITY)


@lru_cache(maxsize=8192)
def _named_direction(name: str, words: str, counts: bool) -> Direction:  # noqa: FBT001 - part of the cache key
    known = lexicon()
    handled = known.has(words, "handling") is not None
    setback = known.is_setback(name)
    lessened = _LESSENED.search(name)
    if lessened and known.has(name[: lessened.start()], "setback"):
        return Direction.HIGHER  # 发案数下降率
    if setback and _SETBACK_RATE.search(name):
        return Direction.LOWER  # 检验报告差错率: the report is no handling of it
    if setback is not None:
        if handled and not name.endswith(_SPANS):
            return Direction.UNKNOWN  # what is done about a bad thing; the time it takes is still to be short
        return Direction.LOWER if setback else Direction.UNKNOWN
    term = known.ending(name)
    either_way = known.has(name, "either_way")
    if either_way and not (term is not None and term.measures is Measure.RATE and either_way in term.word):
        return Direction.UNKNOWN  # 血压控制率 is told by the whole word, though 控制 alone tells nothing
    if term is None or term.better is None:
        return Direction.HIGHER if counts and known.has(name, "doing") else Direction.UNKNOWN
    if term.better is Better.LESS:
        return Direction.UNKNOWN if handled and not name.endswith(_SPANS) else Direction.LOWER
    return Direction.HIGHER if term.better is Better.MORE else Direction.UNKNOWN


def is_named_better(row: RowView) -> bool:
    """Whether the name ends in a measure of which more is better, so that no description is needed to tell."""
    term = lexicon().ending(bare_name(row))
    return term is not None and term.better is Better.MORE


def is_ratio(row: RowView) -> bool:
    """Whether the name ends as a share of a hundred does; 频率 and 功率 do not."""
    name = bare_name(row)
    return bool(_RATIO.search(name)) and not name.endswith(row.parameter(NOT_RATIO_WORDS))


def is_money_cost(row: RowView) -> bool:
    """Whether the row states a cost in money: by class or kind, and a money unit or a word for costs."""
    if not row.row.is_cost:
        return False
    apart = cell(row)
    unit = apart.unit if apart else row.row.target.unit
    if unit and (is_money(unit) or is_price(unit)):
        return True
    return unit is None and any(word in bare_name(row) for word in row.parameter(COST_WORDS))


# --- units ------------------------------------------------------------------------------------------------


def is_price(unit: str) -> bool:
    """Money per something: 元/人."""
    return "/" in unit and is_money(unit.split("/")[0])


def bracketed_unit(text: str | None) -> str | None:
    """The unit a name carries in brackets: 举办活动数量（个） → 个."""
    if not text:
        return None
    found = [fold(m[1]).removeprefix("单位:") for m in _BRACKETED.finditer(text) if _is_bracket_unit(m[1])]
    return found[-1] if found else None


def _is_bracket_unit(word: str) -> bool:
    return is_unit(fold(word).removeprefix("单位:"))


def same_unit(a: str, b: str, groups: Iterable[tuple[str, ...]]) -> bool:
    """Whether two units count the same things: 场 and 场次, 套 and 台(套). 元 and 万元 differ."""
    one, other = alternatives(a), alternatives(b)
    return bool(one & other) or any(one & set(group) and other & set(group) for group in groups)


def unscaled(unit: str) -> str:
    """The unit without 万, 亿 before it: 万人 → 人."""
    return _SCALE.sub("", unit)


def unit_scale(unit: str) -> Decimal:
    """What one of a scaled unit is in plain ones: 万人 → 10000."""
    scaled = _SCALE.match(unit)
    product = Decimal(1)
    for character in scaled.group() if scaled else "":
        product *= _TIMES[character]
    return product


def sheet_money_unit(row: RowView) -> str | None:
    """The unit the money of the row's sheet is printed in."""
    return row.sheet.sheet.budget.currency_unit or row.sheet.plan.plan.currency_unit


def is_whole_budget(row: RowView) -> bool:
    """Whether the number of the row is the budget of its sheet."""
    number = row.row.target.number
    return number is not None and number == row.sheet.sheet.budget.total


def is_qualifier(text: str, q: Quantity) -> bool:
    """Whether a quantity only says which things are meant: 20人以下的企业, 500万元以上企业. ``text`` is folded."""
    after = text[q.end : q.end + 1]
    if after == "的":
        return True
    behind_number = text[q.start : q.end].endswith(("以上", "以下", "以内", "之内"))
    return behind_number and bool(normalise(after))


# --- proposals --------------------------------------------------------------------------------------------


def worded(comparator: Comparator | None, value: Decimal | None, unit: str | None) -> str:
    """A value cell as it should be printed: ≥95%."""
    sign = comparator.sign if comparator else ""
    return f"{sign}{plain(value) if value is not None else ''}{unit or ''}"


def patch(row: RowView, words: str) -> tuple[PatchOperation, ...]:
    """The patch that writes ``words`` into the value cell."""
    return (PatchOperation("replace", row.at("target", "text"), words),)
