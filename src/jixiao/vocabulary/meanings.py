"""What words mean, by word and by pattern, as the data has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.stage import Stage
from jixiao.vocabulary.composed import Composed
from jixiao.vocabulary.keys import bare, key_of
from jixiao.vocabulary.slots import PARTS, ActivityColumn, Chapter, Column, Field, MoneyColumn
from jixiao.vocabulary.words import Words

_T = TypeVar("_T", bound=StrEnum)


class Meanings:
    """The words by what they mean, each group put in order when it is first asked for."""

    def __init__(self, words: Words) -> None:
        self.words = words

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
    def level_pattern(self) -> re.Pattern[str]:
        openings, ends = self.any_of("level_openings"), self.any_of("level_ends")
        return re.compile(rf"(?:{openings})*(?P<core>\w{{2,8}}?)(?:指标)?(?:{ends})?")

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
