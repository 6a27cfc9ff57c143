"""The vocabulary 「表式用词」: what the words that forms print mean, with the words of a locality among them.

Forms are recognised by these words, never by row or column numbers. A vocabulary is a value that is handed to readers;
what it looked up once it remembers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from typing import TypeVar

from jixiao.domain.execution import FundSource
from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.stage import Stage
from jixiao.vocabulary.characters import folded
from jixiao.vocabulary.composed import Composed
from jixiao.vocabulary.keys import NOISE, bare, key_of, level, without_period
from jixiao.vocabulary.slots import PARTS, SOURCES, ActivityColumn, Chapter, Column, Field, Horizon, MoneyColumn
from jixiao.vocabulary.words import Words, shipped_words

_T = TypeVar("_T", bound=StrEnum)
_BUDGETS = (MoneyColumn.REVISED, MoneyColumn.INITIAL)
_REMEMBERED = 4096
_LONGEST = 40
"""Characters of the longest label"""
_POINT = re.compile(r"(?:\d{1,2}月(?:份|底|末)?|第?[一二三四1234]季度(?:末|底)?|上半年|下半年|全年|年底)")
_GOAL_NUMBER = re.compile(r"目标(?:[一二三四五六七八九十]+|\d+)[:：]?")


class Vocabulary:
    """The meanings of words. Compared and kept by what it is, not by its words: make one and hand it on."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.label: Callable[[str], Label] = lru_cache(maxsize=_REMEMBERED)(self._label)
        """What a text means as a printed label"""

    def __reduce__(self) -> tuple[type[Vocabulary], tuple[Words]]:
        return type(self), (self.words,)  # what was looked up stays behind

    def _label(self, text: str) -> Label:
        return Label(folded(text), self)

    def extended(self, added: Words) -> Vocabulary:
        """This vocabulary with the words of a locality."""
        return Vocabulary(self.words.extended(added))

    def is_one_of(self, name: str, word: str) -> bool:
        """Whether a word without blanks and remarks is in a list."""
        return word in self._sets[name]

    def any_of(self, *names: str) -> str:
        """A pattern of any word of some lists, the longest first; brackets of either width."""
        return _any({word for name in names for word in self.words.lists[name]})

    def any_stage(self, *stages: Stage) -> str:
        """A pattern of any word that titles of the forms of some stages say."""
        return _any({word for stage in stages for word in self.stages[stage]})

    @cached_property
    def _sets(self) -> Mapping[str, frozenset[str]]:
        return {name: frozenset(map(bare, words)) for name, words in self.words.lists.items()}

    def apart_from_standard(self, text: str) -> tuple[str, str | None]:
        """A value, and the standard printed in brackets behind it: ≥10万亩（计划标准）."""
        m = self.standard_pattern.fullmatch(text) if text.endswith(("）", ")")) else None
        return (m["value"], m["standard"]) if m else (text, None)

    # --- by word ------------------------------------------------------------------------------------------

    def _named(self, group: str, kind: type[_T]) -> dict[str, _T]:
        return {key_of(group, word): kind(thing) for thing, words in self.words.slots[group].items() for word in words}

    def _ranks(self, group: str) -> dict[str, int]:
        return {key_of(group, word): n for words in self.words.slots[group].values() for n, word in enumerate(words)}

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        return self._named("fields", Field)

    @cached_property
    def columns(self) -> Mapping[str, Column]:
        return self._named("columns", Column)

    @cached_property
    def column_ranks(self) -> Mapping[str, int]:
        return self._ranks("columns")

    @cached_property
    def money_columns(self) -> Mapping[str, MoneyColumn]:
        return self._named("money_columns", MoneyColumn)

    @cached_property
    def _parts(self) -> Mapping[str, tuple[str, ...]]:
        return {name: self.words.lists[name] for name in PARTS}

    def _composed(self, group: str, kind: type[_T]) -> Composed[_T]:
        patterns = {kind(thing): words for thing, words in self.words.slots.get(group, {}).items()}
        return Composed(patterns, self._parts)

    @cached_property
    def composed_fields(self) -> Composed[Field]:
        return self._composed("field_patterns", Field)

    @cached_property
    def composed_columns(self) -> Composed[Column]:
        return self._composed("column_patterns", Column)

    @cached_property
    def composed_money_columns(self) -> Composed[MoneyColumn]:
        return self._composed("money_column_patterns", MoneyColumn)

    @cached_property
    def _qualifier(self) -> re.Pattern[str]:
        words = sorted((w for name in ("thereof", "times") for w in self.words.lists[name]), key=lambda w: (-len(w), w))
        return re.compile("(?:" + "|".join(words).replace("N", "[0-9]") + ")+")

    def without_qualifiers(self, word: str) -> str:
        """A bare word without the year it is of: 其中2026年项目资金 → 项目资金."""
        m = self._qualifier.match(word)
        return word[m.end() :] if m else ""

    @cached_property
    def nearness(self) -> Mapping[str, int]:
        """Words for a level of government, the longest first, and how near it is to who spends the money, 0 farthest."""
        lists = self.words.lists
        ranks = dict.fromkeys(lists["levels"], 3) | dict.fromkeys(lists["municipal"], 2)
        ranks |= dict.fromkeys(lists["provincial"], 1) | dict.fromkeys(lists["centrals"], 0)
        return {word: ranks[word] for word in sorted(ranks, key=len, reverse=True)}

    @cached_property
    def activity_columns(self) -> Mapping[str, ActivityColumn]:
        return self._named("activity_columns", ActivityColumn)

    @cached_property
    def activity_ranks(self) -> Mapping[str, int]:
        return self._ranks("activity_columns")

    @cached_property
    def classes(self) -> Mapping[str, IndicatorClass]:
        return self._named("classes", IndicatorClass)

    @cached_property
    def kinds(self) -> Mapping[str, IndicatorKind]:
        return self._named("kinds", IndicatorKind)

    @property
    def stages(self) -> Mapping[Stage, tuple[str, ...]]:
        """What titles of the forms of a stage say."""
        return {stage: self.words.slots["stages"][stage] for stage in Stage}

    @cached_property
    def chapters(self) -> Mapping[str, Chapter]:
        return self._named("chapters", Chapter)

    # --- by pattern ---------------------------------------------------------------------------------------

    @cached_property
    def horizon_pattern(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?:(?P<long>{self.any_of('long_terms')})|(?:{self.any_of('years')}|20\d\d年度?)?)(?:绩效|履职)?(?:目标|指标)(?:指标)?"
            r"(?:[一二三四五六七八九十]|\d{1,2})?"
        )

    @cached_property
    def tail_pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self.any_of('tails')})\s*(?:[（(:：\d].*)?", re.DOTALL)

    @cached_property
    def total_pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self.any_of('total_prefixes')})*(?:{self.any_of('totals')})(?:合计)?")

    @cached_property
    def standard_pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?P<value>.+?)[（(](?P<standard>{self.any_of('standards')})[)）]", re.DOTALL)

    @cached_property
    def part_title_pattern(self) -> re.Pattern[str]:
        return re.compile(
            rf"[一二三四五六](?:(?:{self.any_of('part_titles')})|(?:{self.any_of('part_title_openings')})\S*)"
        )


def _any(words: Iterable[str]) -> str:
    longest = sorted(words, key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace("（", "[（(]").replace("）", "[）)]") for w in longest)


class Label:
    """What a text means where forms print labels; each meaning is looked up when it is first asked for."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
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

    @cached_property
    def class_(self) -> IndicatorClass | None:
        """The indicator class it names as a level-1 label: 效果指标 → OUTCOME."""
        return self.vocabulary.classes.get(self._level) if self._is_short else None

    @cached_property
    def kind(self) -> IndicatorKind | None:
        """The indicator kind it names as a level-2 label: 社会公众或服务对象满意度 → BENEFICIARY_SATISFACTION."""
        return self.vocabulary.kinds.get(self._level) if self._is_short else None

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


@cache
def shipped() -> Vocabulary:
    """The vocabulary that comes with the program."""
    return Vocabulary(shipped_words())
