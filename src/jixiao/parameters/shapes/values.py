"""The shapes of parameters on values: which way is better, units, ratios, signs, deadlines, how high."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ComparedWithWords:
    """说明后面的年份是拿来比的：紧接在年份前面的字、前面哪里有都算的字 (``compared_with_words``)."""

    endings: tuple[str, ...]
    anywhere: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DirectionWords:
    """从名称看越高越好还是越低越好：越短越好的时间、办了几回的单位、多了总是好的事、说减少的字和后面的幅度、越少越好的差错和后面的比率 (``direction_words``)."""

    spans: tuple[str, ...]
    gains: tuple[str, ...]
    held: tuple[str, ...]
    lessening: tuple[str, ...]
    lessened_by: tuple[str, ...]
    slips: tuple[str, ...]
    slip_rates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeastRate:
    """低了就等于打算出错的比率：名称里每组都要有一个的词、名称的结尾（空着不论）、不算的词、至少百分之几、为什么 (``least_rates``)."""

    words: tuple[tuple[str, ...], ...]
    endings: tuple[str, ...]
    unless: tuple[str, ...]
    least: int
    why: str


@dataclass(frozen=True, slots=True)
class EventMoney:
    """一场活动平均摊到多少钱以上、总共几场以内，提示目标偏低 (``event_money``)."""

    yuan_per_event: int
    most_events: int
    units: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LowerThanBefore:
    """目标值低于上年实际的多大比例，提示目标偏低；依据里表示上年实际的用词、年份后面引出实际数的字 (``lower_than_before``)."""

    share: float
    words: tuple[str, ...]
    stated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MisreadSign:
    """比率前面的“≥”误认成数字时的样子 (``misread_sign``)."""

    digit: str
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class RatioFormulaWords:
    """说明比率怎么算的字样：谁除以谁、值是比率 (``ratio_formula_words``)."""

    divides: tuple[str, ...]
    ratio: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RatioWords:
    """百分率的名称：以这些结尾的是，末尾是“率”却不是百分率的除外 (``ratio_words``)."""

    endings: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowsToldTogether:
    """一张表多少行以上的同一问题合并成一条：缺比较符号超过几行、指标值全空至少几行 (``rows_told_together``)."""

    unsigned: int
    empty: int


@dataclass(frozen=True, slots=True)
class SameValueShare:
    """一张表多少行以上、多大比例的指标值相同算千篇一律 (``same_value_share``)."""

    rows: int
    share: float


@dataclass(frozen=True, slots=True)
class UndefinedRates:
    """没有说明算法的比率：名称整个是这样的、名称里有这样的、名称以这些字结尾却配百分数的 (``undefined_rates``)."""

    whole: tuple[str, ...]
    no_rate: tuple[str, ...]
    anywhere: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitFitWords:
    """名称、描述量的是什么，单位合不合：数人的单位、数次数的单位、数办了几回的单位；名称数个数的结尾、末尾是“数”却不数东西的、末尾的字属于前面的名词的（儿童之家数）、单位标准的结尾；说占比的字；比率的结尾和说它变化的字 (``unit_fit_words``)."""

    people: tuple[str, ...]
    acts: tuple[str, ...]
    held: tuple[str, ...]
    counted: tuple[str, ...]
    not_counted: tuple[str, ...]
    not_heads: tuple[str, ...]
    standards: tuple[str, ...]
    out_of: tuple[str, ...]
    shares: tuple[str, ...]
    rates: tuple[str, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeakBasisWords:
    """依据套话的组成：开头语、修饰语、中心语（去掉前两类之后只剩中心语的，算套话） (``weak_basis_words``)."""

    openers: tuple[str, ...]
    qualifiers: tuple[str, ...]
    cores: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearEndDeadline:
    """只到年底的期限：最后一个月、不受年底限制的用词 (``year_end_deadline``)."""

    month: int
    day: int
    natural: tuple[str, ...]
