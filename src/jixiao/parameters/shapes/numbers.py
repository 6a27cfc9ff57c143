"""The shapes of parameters on numbers and money in words, and what money is for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class BasicSpendingWords:
    """像是应由基本支出保障的支出：在职人员的工资保险、机关日常办公；以及不在此列的用词 (``basic_spending_words``)."""

    staff: tuple[str, ...]
    own: tuple[str, ...]
    office_names: tuple[str, ...]
    office: tuple[str, ...]
    fewest_office: int
    refunds: tuple[str, ...]
    lawful: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DisbursementFloor:
    """6月底累计支出比例低于多少时提示 (``disbursement_floor``)."""

    month: int
    percent: int


@dataclass(frozen=True, slots=True)
class MentionWords:
    """从文字里读数量时的用词：不表明数的是什么的词、可有可无的词、地方和单位的词尾、指自己地方的词头、按人按户
    平均的说法、其余部分、合计、资金安排 (``mention_words``).
    """

    empty: tuple[str, ...]
    weak: tuple[str, ...]
    spending: tuple[str, ...]
    localities: tuple[str, ...]
    our: tuple[str, ...]
    averages: tuple[str, ...]
    any_locality: tuple[str, ...]
    rest: tuple[str, ...]
    parts: tuple[str, ...]
    totals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MonthlySpending:
    """按月均匀支出的用款：识别用词、允许偏离序时进度的百分点 (``monthly_spending``)."""

    words: tuple[str, ...]
    tolerance: int


@dataclass(frozen=True, slots=True)
class OwnMoneyWords:
    """目标里说这笔预算的用词；说的是别的钱的用词 (``own_money_words``)."""

    own: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartsOfAWhole:
    """合在一起就是全部的几个部分；一种分类的各类名称的结尾；表示在原有之外再加的用词；说其余部分的词 (``parts_of_a_whole``)."""

    wholes: tuple[tuple[str, ...], ...]
    kinds: tuple[str, ...]
    additions: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PricedWords:
    """人数乘标准与预算数相比时要认的用词：标准里的人、单价名称里数的是什么、不是按一年给的、其中数得出一年几回的、一年里只发一段的、另有人出一份的；出入不到百分之
    几不提 (``priced_words``)."""

    people: tuple[str, ...]
    bases: tuple[str, ...]
    otherwise: tuple[str, ...]
    events: tuple[str, ...]
    part_of_year: tuple[str, ...]
    shared: tuple[str, ...]
    tolerance: Decimal


@dataclass(frozen=True, slots=True)
class TotalCostWords:
    """成本指标里表示整个项目花多少钱、可以与预算数相比的用词；每、单位一类另一口径的用词 (``total_cost_words``)."""

    total: tuple[str, ...]
    not_whole: tuple[str, ...]
