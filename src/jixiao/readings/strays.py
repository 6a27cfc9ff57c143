"""Single goals, purposes and rows that stand in two sheets, and whose words belong to one of the projects only."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import TypeVar

from jixiao.parameters.keys import GOAL_SHORTEST, PROJECT_DULL_WORDS, STRAY_WORDS
from jixiao.readings.goal_groups import goal_at, goal_groups
from jixiao.readings.names import bare_name
from jixiao.readings.text import any_of, normalise
from jixiao.readings.view import PlanView, RowView, SheetView

K = TypeVar("K")
T = TypeVar("T")

_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")


class StrayText(StrEnum):
    """What was copied."""

    GOAL = auto()
    PURPOSE = auto()
    ROW = auto()


@dataclass(frozen=True, slots=True)
class Stray:
    """A text copied from another project: what it is, the sheet it stands in, the one where it is at home, and the
    pointer of it there.
    """

    what: StrayText
    text: str
    sheet: int
    home: int
    original: str


def strays(view: PlanView) -> Mapping[str, Stray]:
    """Copied goals, purposes and rows by pointer; none in sheets of projects that have one name."""
    limits = view.parameter(STRAY_WORDS)
    words = _Words(view)
    found: dict[str, Stray] = {}
    for group in view.derived(goal_groups):
        first = group[0]
        for place in group[1:]:
            if place.sheet == first.sheet:
                continue
            text = goal_at(view, place)
            others = [p for p in group if p.sheet != place.sheet]
            found |= words.stray(
                StrayText.GOAL, text, [(p.sheet, p.pointer) for p in [*others[:1], place]], limits.share
            )
    for a, b in _same_purposes(view):
        places = [(s.index, s.at("purpose")) for s in (a, b)]
        found |= words.stray(StrayText.PURPOSE, b.sheet.purpose or "", places, limits.purpose_share)
    for one, other in _same_rows(view):
        if other.lexicon.has(_topic(other), "change"):
            continue  # two projects may bring about one thing
        places = [(row.sheet.index, row.pointer) for row in (one, other)]
        found |= words.stray(StrayText.ROW, _topic(other), places, 0, shown=other.row.label)
    return found


def _dull(view: PlanView) -> re.Pattern[str]:
    """What finds words that every project has."""
    return any_of((*view.parameter(PROJECT_DULL_WORDS), *view.parameter(STRAY_WORDS).dull))


class _Words:
    """Pairs of characters by which the sheets of a plan are told apart; each sheet is read once, and only when asked."""

    def __init__(self, view: PlanView) -> None:
        self._view = view
        self._dull = view.standing(_dull)
        self._title: dict[int, frozenset[str]] = {}
        self._whole: dict[int, Mapping[str, frozenset[str]]] = {}

    def pairs(self, text: str | None) -> frozenset[str]:
        """The telling pairs of characters of a text: no digits, no words that every project has."""
        runs = _RUN.findall(self._dull.sub(" ", normalise(text)))
        return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1))

    def stray(
        self, what: StrayText, text: str, places: list[tuple[int, str]], share: float, shown: str | None = None
    ) -> dict[str, Stray]:
        """The place of the two at which the text shares next to nothing with its sheet, all with the other one."""
        (a, at_a), (b, at_b) = places
        if normalise(self._name(a)) == normalise(self._name(b)):
            return {}
        own = self.pairs(text)
        fewest = self._view.parameter(STRAY_WORDS).fewest_shared
        fits = (self._fit(own, a, b), self._fit(own, b, a))
        for here, there, at, sheet, home, original in ((0, 1, at_a, a, b, at_b), (1, 0, at_b, b, a, at_a)):
            if fits[there] >= fewest and fits[here] <= fits[there] * share and own & self._titled(home):
                return {at: Stray(what, shown or text, sheet, home, original)}
        return {}

    def _name(self, sheet: int) -> str:
        return self._view.sheets[sheet].sheet.project.name or ""

    def _titled(self, sheet: int) -> frozenset[str]:
        if sheet not in self._title:
            s = self._view.sheets[sheet].sheet
            self._title[sheet] = self.pairs(s.project.name) | self.pairs(s.purpose)
        return self._title[sheet]

    def _fit(self, own: frozenset[str], sheet: int, other: int) -> int:
        """How many pairs the text shares with the sheet, what stands in both sheets apart."""
        here, there = self._texts(sheet), self._texts(other)
        return len(own & frozenset().union(*(pairs for text, pairs in here.items() if text not in there)))

    def _texts(self, sheet: int) -> Mapping[str, frozenset[str]]:
        if sheet not in self._whole:
            s = self._view.sheets[sheet].sheet
            texts = (s.project.name, s.purpose, *self._view.sheets[sheet].goals, *(row.name for row in s.indicators))
            self._whole[sheet] = {normalise(text): self.pairs(text) for text in texts if text}
        return self._whole[sheet]


def _topic(row: RowView) -> str:
    """What a row is about: its name without the measure it ends in."""
    name = bare_name(row)
    term = row.lexicon.ending(name)
    return name.removesuffix(term.word) if term is not None and term.is_general else name.removesuffix("满意度")


def _same_purposes(view: PlanView) -> Iterable[tuple[SheetView, SheetView]]:
    shortest = view.parameter(GOAL_SHORTEST)
    return _pairs_of(
        (
            (normalise(sheet.sheet.purpose), sheet)
            for sheet in view.sheets
            if len(normalise(sheet.sheet.purpose)) >= shortest
        ),
        lambda sheet: sheet.index,
    )


def _same_rows(view: PlanView) -> Iterable[tuple[RowView, RowView]]:
    return _pairs_of(
        (((row.name, row.description, normalise(row.row.target.text)), row) for row in view.rows if row.name),
        lambda row: row.sheet.index,
    )


def _pairs_of(items: Iterable[tuple[K, T]], sheet: Callable[[T], int]) -> list[tuple[T, T]]:
    """(first, later) of equal keys in different sheets."""
    firsts: dict[K, T] = {}
    again: dict[K, list[T]] = defaultdict(list)
    for key, item in items:
        first = firsts.setdefault(key, item)
        if sheet(first) != sheet(item):
            again[key].append(item)
    return [(firsts[key], item) for key, later in again.items() for item in later]
