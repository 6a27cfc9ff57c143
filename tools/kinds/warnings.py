"""How right the warnings are on documents that the table had not seen, with limits that were chosen without them.

Few printed rows are so far out of place that the review warns: too few to say how often it is right. So each row of the documents held
out is also put where it may not stand, under every kind of another class, one at a time: what is said there is right by making.
What is said of a row where it is printed is right only where a person judged that it may not stand there. Of a hundred rows on
labelled forms about ``MISPLACED`` surely stand in the wrong place: the two are weighed so.

Limits are chosen for each fold by the other folds alone: of a grid, those most often right there, and of these those that find most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import product

from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.lexicon import Routine
from jixiao.lexicon.kinds import INPUT, ROUTINE, Table
from jixiao.parameters import rulesets
from jixiao.parameters.keys import INPUT_WORDS, PLACING_LIMITS
from jixiao.readings.misplaced import habits, placed
from jixiao.readings.view import PlanView, RowView
from jixiao.review.short_plan import plan_of
from tools.kinds.rows import MANAGED, Taught

MISPLACED = 10
"""Rows in a hundred that stand in the wrong class, of those that people labelled"""
WANTED = 0.95
"""What warnings have to keep to; else they are advice"""
_SURE = ("0.005", "0.01", "0.015", "0.02", "0.025", "0.03", "0.04", "0.05")
_CLEAR = ("0.5", "0.6", "0.7", "0.8", "0.9")
_Limits = tuple[Decimal, Decimal]
_GRID: tuple[_Limits, ...] = tuple(product(map(Decimal, _SURE), map(Decimal, _CLEAR)))
_OUTPUTS = (IndicatorKind.QUANTITY, IndicatorKind.QUALITY, IndicatorKind.TIMELINESS)
_OUTCOMES = (IndicatorKind.ECONOMIC, IndicatorKind.SOCIAL, IndicatorKind.ECOLOGICAL, IndicatorKind.SUSTAINED_IMPACT)
_CLASSES: Mapping[str, IndicatorClass] = {
    **dict.fromkeys(map(str, _OUTPUTS), IndicatorClass.OUTPUT),
    **dict.fromkeys(map(str, _OUTCOMES), IndicatorClass.OUTCOME),
    str(IndicatorKind.COST): IndicatorClass.COST,
    str(IndicatorKind.BENEFICIARY_SATISFACTION): IndicatorClass.SATISFACTION,
}
_ROUTINES = {Routine.EXECUTION: INPUT, Routine.MANAGEMENT: ROUTINE}


@dataclass(frozen=True, slots=True)
class Trial:
    """A row in one place: whether it may stand there, and under which limits it would be warned of."""

    row: Taught
    place: str
    planted: bool
    right: bool
    """whether a warning would be right"""
    warned: frozenset[_Limits]


@dataclass(frozen=True, slots=True)
class Figures:
    """Warnings on rows as printed and on rows put in a wrong place, of how many."""

    printed: int
    warned: int
    right: int
    planted: int
    found: int

    @property
    def precision(self) -> float:
        """Of a hundred warnings on forms that misplace ``MISPLACED`` rows in a hundred, how many are right; 0 without any."""
        found = self.found / max(self.planted, 1) * MISPLACED
        wrong = (self.warned - self.right) / max(self.printed, 1) * (100 - MISPLACED)
        return found / (found + wrong) if found else 0.0

    @property
    def at_least(self) -> float:
        """The same with three more wrong warnings: what 95 in 100 such trials keep to where none was wrong."""
        return replace(self, warned=self.warned + 3).precision


def trials(rows: Iterable[Taught], by: Table) -> Iterator[Trial]:
    """Every row where it is printed and, where nothing speaks against its place, under each kind of another class."""
    by_document: dict[str, list[Taught]] = defaultdict(list)
    for one in rows:
        if one.printed != MANAGED:
            by_document[one.document].append(one)
    for sheet in by_document.values():
        yield from _as_printed(sheet, by)
        yield from _planted(sheet, by)


def _as_printed(sheet: Sequence[Taught], by: Table) -> Iterator[Trial]:
    """The rows of one form, side by side: what is told of many of them alike is its own catalogue."""
    rows = _rows([(one, one.printed) for one in sheet])
    of_limits = {at: _warned(rows, at, by) for at in _GRID}
    for n, one in enumerate(sheet):
        right = one.judged and one.printed not in one.labels
        yield Trial(one, one.printed, planted=False, right=right, warned=_limits(of_limits, n))


def _planted(sheet: Sequence[Taught], by: Table) -> Iterator[Trial]:
    for one in sheet:
        may = _may_stand(one)
        classes = {_CLASSES[place] for place in may if place in _CLASSES}
        for place in _CLASSES if one.printed in may else ():
            if place in may or _CLASSES[place] in classes:
                continue
            (row,) = _rows([(one, place)])
            told = placed(row, row.parameter(PLACING_LIMITS), row.parameter(INPUT_WORDS).people, by) is not None
            of_limits = {at: _warned([row], at, by) for at in _GRID} if told else {}
            yield Trial(one, place, planted=True, right=True, warned=_limits(of_limits, 0))


def _limits(warned: Mapping[_Limits, frozenset[int]], n: int) -> frozenset[_Limits]:
    return frozenset(at for at, rows in warned.items() if n in rows)


def _warned(rows: Sequence[RowView], at: _Limits, by: Table) -> frozenset[int]:
    """The numbers of the rows that are warned of under these limits."""
    limits = replace(rows[0].parameter(PLACING_LIMITS), sure=at[0], clear=at[1])
    people = rows[0].parameter(INPUT_WORDS).people
    found = habits([placed(row, limits, people, by) for row in rows], limits)
    return frozenset(one.row.index for one in found if not one.doubtful)


def _may_stand(one: Taught) -> frozenset[str]:
    """Where a row may stand: as printed or as judged, and where the lexicon knows its last word."""
    own = {str(label) for label in one.labels} | (set() if one.judged else {one.printed})
    known = one.term
    if known is not None:
        own |= {_ROUTINES[known.routine]} if known.routine else {str(kind) for kind in known.kinds}
    return frozenset(own)


def _rows(placed_rows: Sequence[tuple[Taught, str]]) -> list[RowView]:
    given = [
        {
            "name": one.name,
            "class": _CLASSES[place].value,
            "kind": place,
            **({"target": one.value} if one.value else {}),
        }
        for one, place in placed_rows
    ]
    plan = plan_of({"fiscal_year": 2025, "currency_unit": "万元", "indicators": given})
    return list(PlanView(plan, rulesets()["national-88"], date(2025, 1, 1)).rows)


def figures(found: Iterable[Trial], at: _Limits) -> Figures:
    """The figures of some trials under one pair of limits."""
    printed = warned = right = planted = caught = 0
    for one in found:
        told = at in one.warned
        if one.planted:
            planted += 1
            caught += told
        else:
            printed += 1
            warned += told
            right += told and one.right
    return Figures(printed, warned, right, planted, caught)


def chosen(others: Sequence[Trial]) -> _Limits:
    """The limits that are most often right in ``others``, and of those the ones that find most of what is planted there."""
    by_limits = {at: figures(others, at) for at in _GRID}
    return max(_GRID, key=lambda at: (by_limits[at].precision, by_limits[at].found, -at[0], at[1]))


def over_folds(folds: Sequence[Sequence[Trial]]) -> tuple[Figures, list[_Limits]]:
    """The figures of all folds, each under the limits that the others chose; and those limits."""
    every = [(fold, chosen([one for other in folds if other is not fold for one in other])) for fold in folds]
    told = [figures(fold, at) for fold, at in every]
    sums = [
        sum(values) for values in zip(*((f.printed, f.warned, f.right, f.planted, f.found) for f in told), strict=True)
    ]
    return Figures(*sums), [at for _, at in every]
