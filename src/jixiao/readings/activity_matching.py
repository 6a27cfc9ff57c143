"""Which activity of part one stands for which goal sheets: by equal sums of money, and by the words of their names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import combinations

from jixiao.domain.money import CurrencyUnit, Money
from jixiao.domain.plan import Activity
from jixiao.parameters.keys import ACTIVITY_LIKENESS, PROJECT_DULL_WORDS
from jixiao.readings.amounts import in_yuan
from jixiao.readings.mentions import words_of
from jixiao.readings.view import PlanView, SheetView

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Side:
    """An activity or a goal sheet, to be matched with the other: its place among its kind, its money in yuan, the words of its name, all it says."""

    index: int
    yuan: Decimal | None
    name: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class Matching:
    """``pairs`` (activities, sheets) that stand for each other by equal sums; ``unequal`` (activity, sheet) of one
    name with two sums; what is left. ``by_money`` tells whether all activities and sheets state their money."""

    activities: tuple[Side, ...]
    sheets: tuple[Side, ...]
    by_money: bool
    pairs: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = ()
    unequal: tuple[tuple[int, int], ...] = ()
    left_activities: tuple[int, ...] = ()
    left_sheets: tuple[int, ...] = ()

    def sheets_of(self, activity: int) -> set[int]:
        """The sheets that carry an activity."""
        found = {s for activities, sheets in self.pairs if activity in activities for s in sheets}
        return found | {s for a, s in self.unequal if a == activity}


def names_of(view: PlanView, indices: Iterable[int]) -> tuple[str, ...]:
    """The names of activities; 第3项 for one without."""
    return tuple(view.plan.activities[n].name or f"第{n + 1}项" for n in indices)


def likeness_of(one: Side, other: Side) -> Decimal:
    """What share of the words of a name, by their pairs of characters, the other's text holds; the better way round."""
    return max(_share(one.name, other.text), _share(other.name, one.text))


def _share(words: frozenset[str], text: str) -> Decimal:
    pairs = _pairs(words)
    return Decimal(sum(pair in text for pair in pairs)) / len(pairs) if pairs else _ZERO


@lru_cache(maxsize=1024)
def _pairs(words: frozenset[str]) -> tuple[str, ...]:
    return tuple(w[n : n + 2] for w in words for n in range(len(w) - 1))


def matching(view: PlanView) -> Matching:
    """Match the activities of the plan with its sheets."""
    dull = {*view.parameter(PROJECT_DULL_WORDS), *words_of(view.plan.department.name or "")}
    unit = view.plan.currency_unit
    activities = [_activity(n, a, unit, dull) for n, a in enumerate(view.plan.activities)]
    sheets = [_sheet(s, dull) for s in view.sheets]
    known = all(i.yuan is not None for i in (*activities, *sheets))
    if not activities or not sheets or not known:
        return Matching(tuple(activities), tuple(sheets), by_money=False)
    limits = view.parameter(ACTIVITY_LIKENESS)
    pairs: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    open_a, open_s = activities, sheets
    for found in (_equal_pairs, _sums):
        for a, s in found(open_a, open_s, limits.most_together):
            pairs.append((tuple(i.index for i in a), tuple(i.index for i in s)))
            open_a = [i for i in open_a if i not in a]
            open_s = [i for i in open_s if i not in s]
    unequal: list[tuple[int, int]] = []
    linked = Decimal(str(limits.linked))
    for sheet in list(open_s):
        best = max(open_a, key=lambda item: (likeness_of(item, sheet), -item.index), default=None)
        if best is not None and likeness_of(best, sheet) >= linked:
            unequal.append((best.index, sheet.index))
            open_a = [i for i in open_a if i is not best]
            open_s = [i for i in open_s if i is not sheet]
    return Matching(
        tuple(activities),
        tuple(sheets),
        by_money=True,
        pairs=tuple(pairs),
        unequal=tuple(unequal),
        left_activities=tuple(i.index for i in open_a),
        left_sheets=tuple(i.index for i in open_s),
    )


def _activity(index: int, activity: Activity, unit: CurrencyUnit | None, dull: Collection[str]) -> Side:
    yuan = Money.of(activity.budget, unit).yuan if activity.budget is not None and unit is not None else None
    parts = [activity.name, activity.description, activity.goal, *(i.text for i in activity.indicators)]
    return Side(index, yuan, telling(activity.name, dull), "\n".join(p for p in parts if p))


def _sheet(view: SheetView, dull: Collection[str]) -> Side:
    sheet = view.sheet
    parts = [sheet.project.name, sheet.purpose, *view.goals]
    return Side(view.index, in_yuan(view), telling(sheet.project.name, dull), "\n".join(p for p in parts if p))


def telling(text: str | None, dull: Collection[str]) -> frozenset[str]:
    """The words of a name that say what is done."""
    return frozenset(w for w in words_of(text or "") if len(w) > 1 and w not in dull)


_Found = Iterator[tuple[Sequence[Side], Sequence[Side]]]


def _equal_pairs(activities: Sequence[Side], sheets: Sequence[Side], _most: int) -> _Found:
    """One activity, one sheet, the same money; of several the most alike."""
    taken: set[int] = set()
    for a in activities:
        same = [s for s in sheets if s.yuan == a.yuan and s.index not in taken]
        if same:
            best = max(same, key=lambda s: (likeness_of(a, s), -s.index))
            taken.add(best.index)
            yield (a,), (best,)


def _sums(activities: Sequence[Side], sheets: Sequence[Side], most: int) -> _Found:
    """One activity whose money several sheets make up, or one sheet of several activities."""
    free_a, free_s = list(activities), list(sheets)
    for a in activities:
        if parts := _parts(a, free_s, most):
            free_s = [s for s in free_s if s not in parts]
            free_a.remove(a)
            yield (a,), parts
    for s in list(free_s):
        if parts := _parts(s, free_a, most):
            free_a = [a for a in free_a if a not in parts]
            yield parts, (s,)


def _parts(whole: Side, items: Sequence[Side], most: int) -> tuple[Side, ...]:
    """Items whose money makes up the whole: those like it if they do, else the fewest of a short list that do."""
    alike = tuple(i for i in items if likeness_of(whole, i) > 0)
    for together in (alike, tuple(items)):
        if len(together) > 1 and _total(together) == whole.yuan:
            return together
    few = alike if len(items) > most else items
    if len(few) <= most:
        for size in range(2, len(few)):
            for some in combinations(few, size):
                if _total(some) == whole.yuan:
                    return some
    return ()


def _total(items: Sequence[Side]) -> Decimal:
    return sum((i.yuan for i in items if i.yuan is not None), _ZERO)
