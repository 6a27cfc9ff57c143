"""What a text means where forms print labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from jixiao.domain.execution import FundSource
from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.vocabulary.keys import NOISE, bare, level, without_period
from jixiao.vocabulary.meanings import Meanings
from jixiao.vocabulary.slots import SOURCES, ActivityColumn, Chapter, Column, Field, Horizon, MoneyColumn

_T = TypeVar("_T", bound=StrEnum)
_BUDGETS = (MoneyColumn.REVISED, MoneyColumn.INITIAL)
_LONGEST = 40
"""Characters of the longest label"""
_LONGEST_LEVEL = 14
"""Characters of the longest label of a level that words are printed round"""
_POINT = re.compile(r"(?:\d{1,2}月(?:份|底|末)?|第?[一二三四1234]季度(?:末|底)?|上半年|下半年|全年|年底)")
_SIGNED = re.compile(
    r".{0,30}(?:[（(]\s*(?:盖章|公章|签章|签字|签名)\s*[)）]|(?:盖章|公章|签章|签字|签名)\s*[:：]).{0,40}|\s*(?:20\d\d)?\s*年\s*月\s*日",
    re.DOTALL,
)
_WORD = re.compile(r"[一-鿿]+")
_GOAL_NUMBER = re.compile(r"目标(?:[一二三四五六七八九十]+|\d+)[:：]?")


class Label:
    """What a text means where forms print labels; each meaning is looked up when it is first asked for."""

    def __init__(self, text: str, vocabulary: Meanings) -> None:
        self.text = text
        self.vocabulary = vocabulary
        self._is_short = len(text) <= _LONGEST

    @cached_property
    def bare(self) -> str:
        """The text without blanks, punctuation and bracketed remarks."""
        return bare(self.text)

    @cached_property
    def _compact(self) -> str:
        return NOISE.sub("", self.text)

    @cached_property
    def _without_period(self) -> str:
        return without_period(self.bare)

    @cached_property
    def _level(self) -> str:
        return level(self.text)

    # --- what it names ------------------------------------------------------------------------------------

    @cached_property
    def field(self) -> Field | None:
        """The head field it announces, None for anything else."""
        if not self._is_short:
            return None
        vocabulary, word = self.vocabulary, self.bare
        found = vocabulary.fields.get(word)
        if found is not None or word in vocabulary.money_columns or word in vocabulary.activity_columns:
            return found
        found = vocabulary.composed_fields.of(word) or vocabulary.fields.get(vocabulary.without_qualifiers(word))
        return None if found is Field.TOTAL and self.money_column in _BUDGETS else found

    @property
    def lists_projects(self) -> bool:
        """Whether it names a column of projects, or of units and their projects: 项目名称, 单位名称（项目名称）."""
        if self.field is Field.PROJECT_NAME:
            return True
        whole = "".join(_WORD.findall(self.text)) if "项目" in self.text and self._is_short else ""
        return self.vocabulary.composed_fields.of(whole) is Field.PROJECT_NAME

    @property
    def names_fiscal_money(self) -> bool:
        """Whether it ends in words for fiscal money, of whatever level: 市级财政资金."""
        return self.bare.endswith(self.vocabulary.words.lists["fiscal_moneys"])

    @property
    def nearness(self) -> int:
        """How near the level of government it names is to who spends the money: 0 中央 to 3 县 and labels of none."""
        near = self.vocabulary.nearness
        return next((near[word] for word in near if self.bare.startswith(word)), 3)

    @cached_property
    def source(self) -> FundSource | None:
        """The source of money it names: 其中：财政拨款."""
        if self.field is None:
            return FundSource.TOTAL if self.vocabulary.is_one_of("money_totals", self.bare) else None
        return SOURCES.get(self.field)

    @cached_property
    def column(self) -> Column | None:
        """The column of the indicator table it names."""
        if not self._is_short:
            return None
        word = self._without_period
        found = self.vocabulary.columns.get(word) or (Column.DEVIATION if "原因" in word else None)
        if found is not None or (found := self.vocabulary.composed_columns.of(word)) is not None:
            return found
        rest = self.vocabulary.without_qualifiers(word)
        return self.vocabulary.columns.get(rest) if rest and self.horizon is None else None

    @cached_property
    def column_rank(self) -> int:
        """How surely it names its column, 0 surest: where two words name one column the surer one counts."""
        ranks = self.vocabulary.column_ranks
        found = ranks.get(self._without_period)
        return found if found is not None else 0 if self.column is Column.NAME else len(ranks)

    @property
    def is_known_column(self) -> bool:
        """Whether it is a header word as listed, or one put together of parts that no blank sets apart.

        Not any words with 原因, nor words of two columns side by side: 绩效指标 分值.
        """
        word = self._without_period
        if word in self.vocabulary.columns:
            return True
        return " " not in self.text and self.vocabulary.composed_columns.of(word) is not None

    @cached_property
    def money_column(self) -> MoneyColumn | None:
        """The column of a money block it names."""
        if not self._is_short:
            return None
        word = self._without_period
        return self.vocabulary.money_columns.get(word) or self.vocabulary.composed_money_columns.of(word)

    @cached_property
    def activity_column(self) -> ActivityColumn | None:
        """The column of the activities table it names."""
        return self.vocabulary.activity_columns.get(self.bare) if self._is_short else None

    @property
    def activity_rank(self) -> int:
        """How surely it names its column of activities, 0 surest."""
        ranks = self.vocabulary.activity_ranks
        return ranks.get(self.bare, len(ranks))

    def _of_level(self, levels: Mapping[str, _T]) -> _T | None:
        """What a label of a level names, without the words forms print round it."""
        if not self._is_short:
            return None
        found = levels.get(self._level)
        return levels.get(self._core_level) if found is None and self._core_level else found

    @cached_property
    def _core_level(self) -> str | None:
        """The label of a level without words that forms may print before and behind it: 预期产出, 数量类 → 产出, 数量."""
        m = self.vocabulary.level_pattern.fullmatch(self._level) if len(self._level) <= _LONGEST_LEVEL else None
        return m["core"] if m else None

    @cached_property
    def class_(self) -> IndicatorClass | None:
        """The indicator class it names as a level-1 label: 效果指标 → OUTCOME."""
        return self._of_level(self.vocabulary.classes)

    @cached_property
    def kind(self) -> IndicatorKind | None:
        """The indicator kind it names as a level-2 label: 社会公众或服务对象满意度 → BENEFICIARY_SATISFACTION."""
        return self._of_level(self.vocabulary.kinds)

    @property
    def is_level(self) -> bool:
        """Whether it names a class or a kind of indicators."""
        return self.class_ is not None or self.kind is not None

    @cached_property
    def horizon(self) -> Horizon | None:
        """The years it names at the side of an indicator table: 长期绩效指标, 年度绩效指标, 绩效指标."""
        m = self.vocabulary.horizon_pattern.fullmatch(self.bare) if self._is_short else None
        return None if m is None else Horizon.LONG_TERM if m["long"] else Horizon.ANNUAL

    @cached_property
    def chapter(self) -> Chapter | None:
        """The chapter of a plan it heads, where the number before it is taken off."""
        return self.vocabulary.chapters.get(self.bare) if self._is_short else None

    @property
    def reason(self) -> str | None:
        """The kind of cause that a column under 偏差原因分析 is for: 经费保障; None for any other word."""
        return self.bare if self.vocabulary.is_one_of("reasons", self.bare) else None

    @property
    def likelihood(self) -> str | None:
        """The answer that a column under 完成可能性 is for: 确定能, 有可能, 完全不可能."""
        return self.bare if self.vocabulary.is_one_of("likelihoods", self.bare) else None

    # --- what it is ---------------------------------------------------------------------------------------

    def is_one_of(self, name: str) -> bool:
        """Whether it is in a list of the vocabulary."""
        return self.vocabulary.is_one_of(name, self.bare)

    @cached_property
    def is_disbursement_point(self) -> bool:
        """Whether it is a point of time of a disbursement plan: 3月底, 第一季度."""
        return _POINT.fullmatch(self._compact) is not None

    @cached_property
    def is_goal_number(self) -> bool:
        """Whether it only numbers a goal: 目标1."""
        return _GOAL_NUMBER.fullmatch(self._compact) is not None

    @cached_property
    def is_part_title(self) -> bool:
        """Whether it numbers and names a part of a self-evaluation form: 二、预算执行情况（万元）."""
        return self._is_short and self.vocabulary.part_title_pattern.fullmatch(self.bare) is not None

    @cached_property
    def is_total(self) -> bool:
        """Whether the points of the whole sheet, or its grade, stand beside it: 总分, 合计, 自评等级."""
        return self._is_short and self.vocabulary.total_pattern.fullmatch(self.bare) is not None

    @property
    def is_signature(self) -> bool:
        """Whether it is a place to sign or seal: 财政资金管理科室（盖章）  年 月 日."""
        return _SIGNED.fullmatch(self.text.strip()) is not None

    @cached_property
    def is_tail(self) -> bool:
        """Whether a row that begins so ends the indicators and is none: totals, conclusions, remarks, signatures."""
        text = self.text.strip().strip("*★ ")
        return self.class_ is None and self.vocabulary.tail_pattern.fullmatch(text) is not None

    @cached_property
    def is_printed(self) -> bool:
        """Whether it is any word that a form prints rather than something a clerk wrote."""
        return (
            self.field is not None
            or self.column is not None
            or self.is_disbursement_point
            or self.is_goal_number
            or self.activity_column is not None
            or self.horizon is not None
            or self.money_column is not None
            or self.is_total
            or self.reason is not None
            or self.likelihood is not None
        )
