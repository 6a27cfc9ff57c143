"""Rule on rows of a sheet that measure one thing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.measure_units import PERCENT, in_base_unit
from jixiao.domain.target import TargetType
from jixiao.parameters.keys import NAME_WORDS, OVERLAP_WORDS
from jixiao.parameters.shapes import OverlapWords
from jixiao.readings.measured import is_satisfaction
from jixiao.readings.names import bare_name, name_without_target
from jixiao.readings.text import any_of, normalise
from jixiao.readings.view import RowView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

SAME_THING = Message("same-thing", "“{name:words}”和本表前面的“{earlier:words}”说的是同一件事，重复计了一次。")
ALIKE = Message(
    "alike",
    "“{name:words}”和本表前面的“{earlier:words}”换了个说法，衡量的是同一件事，一项成绩算了两次。",
)


@rule(
    "K83",
    title="两行衡量同一件事",
    problem="indicator-overlap",
    severity=Severity.ADVICE,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("mof-2021-101/focused", "good-practice/consistency"),
    remedy="留一行，另一行删去或换成别的方面。",
    since=date(2015, 5, 21),
    parameters=(OVERLAP_WORDS, NAME_WORDS),
    says=(SAME_THING, ALIKE),
)
def rows_measure_different_things(sheet: SheetView) -> Iterator[Observation]:
    """同一张表里两行的名称相同、描述也相同（或都没有描述），或者是同名的比率，或者名称不同而写明的描述一字不差；
    或者去掉“提高、改善、情况、水平”一类的字和次序以后，名称说的是同一件事（“路面养护质量提升”和“提高路面养护水平”）；
    或者同一类里一行给出比率、一行只用话说（“发放及时率”和“及时发放”）；或者数量、单位都一样，一行的名称不过是另一行的少写了几个字。

    名称和描述都相同而指标值不同的，也报：按哪一个考核说不清。对象不同（小学、初中），一个数人一个算比率的，不报。
    """
    described = Counter(row.description for row in sheet.rows)  # what many rows say alike describes none of them
    seen: dict[tuple[str, str], RowView] = {}
    things: list[tuple[_Thing, RowView]] = []
    for row in sheet.rows:
        if not row.name:
            continue
        keys = [("name", row.name if row.name.endswith("率") else f"{row.name} {row.description}")]
        if row.description and row.description != row.name and described[row.description] == _TWO:
            keys.append(("description", row.description))
        earlier = next((seen[key] for key in keys if key in seen and _is_told_by(key, row, seen[key])), None)
        for key in keys:
            seen.setdefault(key, row)
        says, thing = SAME_THING, _thing(row)
        if thing is not None:
            if earlier is None:
                alike = next((r for other, r in things if thing.is_that_of(other) and r.name != row.name), None)
                earlier, says = alike, ALIKE
            things.append((thing, row))
        if earlier is not None:
            yield Observation(
                at=row.pointer,
                evidence=f"{earlier.row.label} ｜ {row.row.label}",
                says=says(name=row.row.label, earlier=earlier.row.label),
                related=(earlier.pointer,),
            )


def _is_told_by(key: tuple[str, str], *rows: RowView) -> bool:
    """Whether what two rows share tells what one of them measures: a description without a word of either name does not."""
    field, words = key
    pairs = {words[n : n + 2] for n in range(len(words) - 1)}
    return field == "name" or any(row.name[n : n + 2] in pairs for row in rows for n in range(len(row.name) - 1))


@dataclass(frozen=True, slots=True)
class _Thing:
    """What a row measures: the characters that tell it, in no order, how it is counted, and how many."""

    core: str
    counted_as: str
    number: Decimal | None
    kind: IndicatorKind | None = None

    def is_that_of(self, other: _Thing) -> bool:
        if self.counted_as != other.counted_as and not self._is_told_in_words(other):
            return False
        if self.core == other.core:
            return True
        if self.number is None or self.number != other.number:
            return False
        if self.counted_as != other.counted_as:
            return False
        short, long = sorted((Counter(self.core), Counter(other.core)), key=Counter.total)
        return short <= long

    def _is_told_in_words(self, other: _Thing) -> bool:
        """Whether one of two rows of a kind gives the share, the other says it in words: 发放及时率 100%, 及时发放 及时."""
        return self.kind is other.kind is not None and {self.counted_as, other.counted_as} == {"share", "words"}


def _thing(row: RowView) -> _Thing | None:
    """What a row measures; None where too few characters are left to tell."""
    target = row.row.target
    name = normalise(name_without_target(row)) or bare_name(row)
    counted = _DAY if target.type is TargetType.DATE else target.unit
    told = _thing_named(name, counted, target.number, is_satisfaction(row), row.parameter(OVERLAP_WORDS))
    return told and replace(told, kind=row.row.kind)


@lru_cache(maxsize=8192)
def _thing_named(
    name: str,
    counted: str | None,
    number: Decimal | None,
    of_people: bool,  # noqa: FBT001 - part of the cache key
    words: OverlapWords,
) -> _Thing | None:
    core = _core(name, words)
    if len(core) < (words.fewest_of_people + len(_SATISFIED) if of_people else words.fewest_characters):
        return None
    counted_as = _counted_as(name, counted, words)
    telling = counted_as not in _TELL_LITTLE and (number or 0) > 1
    return _Thing(core, counted_as, number if telling else None)


_DAY = "day"
_TWO = 2
_SATISFIED = "满意"
_TELL_LITTLE = frozenset(("words", "share", "day"))


def _core(name: str, words: OverlapWords) -> str:
    """The characters of a name without the words that tell nothing, sorted."""
    for said, meant in words.same:
        name = name.replace(said, meant)
    name = name.rstrip(words.endings)
    return "".join(sorted(any_of(words.generic).sub("", name).rstrip(words.endings)))


def _counted_as(name: str, counted: str | None, words: OverlapWords) -> str:
    """How a row is counted: by which unit, as a share, by a day, or in words."""
    if counted in PERCENT:
        return "share" if name.endswith(tuple(words.shares)) else "words"
    return in_base_unit(counted)[1] if counted else "words"
