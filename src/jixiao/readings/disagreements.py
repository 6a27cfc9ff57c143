"""Rows of a sheet that give another number than its own purpose or goals do of the same thing.

Two ways tell that a row and a text speak of one thing: the words next to the number are the same (16家企业的检查), or the
words of both, in any order, are (see ``promises.count_the_same``). The first is asked first.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from jixiao.domain.measure_units import PERCENT, in_base_unit, is_count, is_measure, is_money
from jixiao.domain.money import plain
from jixiao.domain.quantities import Quantity
from jixiao.parameters.keys import (
    COUNTING_ENDINGS,
    MENTION_WORDS,
    NUMBER_NOUN_LENGTH,
    NUMBER_NOUN_LIKENESS,
)
from jixiao.readings import promises
from jixiao.readings.mentions import is_rate
from jixiao.readings.promises import (
    RowMention,
    TextMention,
    count_the_same,
    is_plain,
    row_mentions_by_sheet,
    text_mentions_by_sheet,
)
from jixiao.readings.text import fold, likeness, normalise, quantities
from jixiao.readings.view import PlanView, RowView, SheetView

PARAMETERS = (*promises.PARAMETERS, NUMBER_NOUN_LIKENESS, NUMBER_NOUN_LENGTH, COUNTING_ENDINGS)
"""What every rule that asks for disagreements reads"""

_CLAUSE_END = re.compile(r"[，,。；;、：:！!？?\n（）()“”]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A row and what its sheet says otherwise: the clause and the number of the first text, the number of the row and how
    the row prints it, the pointers of all such texts, and every number they give, in base units.
    """

    row: RowView
    field: str
    clause: str
    promised: str
    held: str
    printed: str
    texts: tuple[str, ...]
    values: frozenset[Decimal]

    @property
    def at(self) -> str:
        """The field of the row that holds the number."""
        return self.row.at(self.field)


def disagreements(view: PlanView) -> Mapping[int, tuple[Disagreement, ...]]:
    """The rows of each sheet that its own purpose or goals contradict, by the index of the sheet; one of a row."""
    return {sheet.index: tuple(_of_sheet(sheet)) for sheet in view.sheets}


def disagreements_by_target(view: PlanView) -> Mapping[str, Disagreement]:
    """The same by the pointer of the target."""
    return {d.row.at("target"): d for found in view.derived(disagreements).values() for d in found}


def _of_sheet(sheet: SheetView) -> Iterator[Disagreement]:
    by_row: dict[int, list[_Conflict]] = defaultdict(list)
    for conflict in _conflicts(sheet):
        by_row[conflict.row.index].append(conflict)
    for found in by_row.values():
        first = found[0]
        yield Disagreement(
            first.row,
            first.measured.field,
            first.stated.clause,
            first.stated.printed,
            first.measured.printed,
            first.measured.printed,
            tuple(dict.fromkeys(c.pointer for c in found)),
            frozenset(c.stated.value for c in found),
        )
    yield from _worded_alike(sheet, by_row.keys())


# --- the words next to the number -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Stated:
    """A counted thing in a text: the quantity, the words before and after it in its clause, the clause whole."""

    quantity: Quantity
    before: str
    after: str
    clause: str

    @property
    def printed(self) -> str:
        return _printed(self.quantity)

    @property
    def value(self) -> Decimal:
        """The number in its base unit."""
        return self.quantity.value * in_base_unit(self.quantity.unit or "")[0]


@dataclass(frozen=True, slots=True)
class _Measured:
    """What a row counts: the quantity, the field it stands in, and the words that follow the number in the row."""

    quantity: Quantity
    field: str
    nouns: tuple[str, ...]

    @property
    def printed(self) -> str:
        return _printed(self.quantity)


@dataclass(frozen=True, slots=True)
class _Conflict:
    """A number of a goal or purpose and the row that gives another."""

    pointer: str
    stated: _Stated
    row: RowView
    measured: _Measured


def _printed(quantity: Quantity) -> str:
    return f"{plain(quantity.value)}{quantity.unit or ''}"


@lru_cache(maxsize=4096)
def _stated(text: str | None) -> tuple[_Stated, ...]:
    """The counted things of a text. Rates and money are left out: they have other rules."""
    if not text:
        return ()
    counted = [q for q in quantities(text) if _counts(q.unit) and not q.is_range]
    if not counted:
        return ()
    folded, found = fold(text), []
    marks = [m.start() for m in _CLAUSE_END.finditer(folded)]
    for q in counted:
        first, behind = bisect_left(marks, q.start), bisect_left(marks, q.end)
        start = marks[first - 1] + 1 if first else 0
        end = marks[behind] if behind < len(marks) else len(folded)
        before, after = normalise(folded[start : q.start]), normalise(folded[q.end : end])
        found.append(_Stated(q, before, after.removeprefix("的"), folded[start:end]))
    return tuple(found)


def _counts(unit: str | None) -> bool:
    """Whether a unit counts or measures things; rates and money have other rules, spans of time are deadlines."""
    if unit is None or unit in PERCENT or is_money(unit) or "/" in unit:
        return False
    return is_count(unit) or is_measure(unit)


def _conflicts(sheet: SheetView) -> Iterator[_Conflict]:
    """Numbers in purpose and goals that a row contradicts."""
    texts = [(sheet.at("purpose"), sheet.sheet.purpose)]
    texts += [(sheet.at("goals", n), goal) for n, goal in enumerate(sheet.goals)]
    promised = [(at, stated) for at, text in texts for stated in _stated(text)]
    if not promised:
        return
    scope = sheet.plan.standing(promises.vocabulary).not_now
    rows = [(row, found) for row in sheet.rows if (found := _measured(row))]
    for at, stated in promised:
        if scope.search(stated.clause) or _YEAR.search(stated.clause):
            continue
        same = [(row, m) for row, m in rows if _same_thing(stated, row, m)]
        values = [m.quantity.value for _, m in same]
        if stated.quantity.value in (*values, sum(values)):
            continue  # said alike somewhere, or divided among several rows
        for row, measured in same:
            if not _clears(stated, measured) and not scope.search(row.words):
                yield _Conflict(at, stated, row, measured)


def _measured(row: RowView) -> _Measured | None:
    """The row's number: the target's, with its unit or the one the words give it; else the number in the words."""
    target = row.row.target
    worded = [(f, s) for f in ("description", "name") for s in _stated(getattr(row.row, f))]
    for field, stated in worded:
        if target.number is None or (target.unit is None and stated.quantity.value == target.number):
            nouns = tuple(s.after for _, s in worded if s.quantity.unit == stated.quantity.unit)
            return _Measured(stated.quantity, field if target.number is None else "target", nouns)
    if target.number is None or not _counts(target.unit):
        return None
    quantity = Quantity(target.number, target.unit, target.comparator, 0, 0)
    return _Measured(quantity, "target", tuple(s.after for _, s in worded if s.quantity.unit == target.unit))


def _same_thing(stated: _Stated, row: RowView, measured: _Measured) -> bool:
    """Whether both numbers count the same: the same noun follows, or the row's name stands before the number."""
    if stated.quantity.unit != measured.quantity.unit:
        return False
    threshold = row.parameter(NUMBER_NOUN_LIKENESS)
    if any(likeness(stated.after, noun) >= threshold for noun in measured.nouns):
        return True
    said = stated.before + stated.after
    noun = _counting(row.parameter(COUNTING_ENDINGS)).sub("", row.name)
    return any(
        len(n) > 2 and said.endswith(n)
        for n in (row.name, noun, row.name.removesuffix("数"), noun.removesuffix(stated.quantity.unit or ""))
    )


@lru_cache(maxsize=8)
def _counting(endings: Sequence[str]) -> re.Pattern[str]:
    """What ends the name of a count: 的总数量."""
    return re.compile(rf"(?:的)?(?:总)?(?:{'|'.join(endings)})$")


def _clears(stated: _Stated, measured: _Measured) -> bool:
    """A floor is kept by a higher target, a ceiling by a lower one."""
    sign = stated.quantity.comparator
    more = measured.quantity.value >= stated.quantity.value
    return sign is not None and ((sign.is_floor and more) or (sign.is_ceiling and not more))


# --- the same words, in any order -------------------------------------------------------------------------


def _worded_alike(sheet: SheetView, told: Collection[int]) -> Iterator[Disagreement]:
    """Rows not told of yet that say the same as purpose or goals in other order or with a few more words."""
    view = sheet.plan
    least, weak = view.parameter(NUMBER_NOUN_LENGTH).near, view.parameter(MENTION_WORDS).weak
    scope = view.standing(promises.vocabulary).not_now
    by_unit: dict[str, list[TextMention]] = defaultdict(list)
    for found in view.derived(text_mentions_by_sheet).get(sheet.index, ()):
        if is_plain(found, view):
            by_unit[found.mention.unit].append(found)
    of_sheet = view.derived(row_mentions_by_sheet).get(sheet.index, ()) if by_unit else ()
    rows = [r for r in of_sheet if not scope.search(r.row.words)]
    for row in rows:
        counted = by_unit.get(row.mention.unit, ())
        if not counted:
            continue
        same = [f for f in counted if count_the_same(f, row, least, weak)] or _said_more_fully(
            row, counted, rows, least
        )
        if is_rate(row.mention.unit) and row.mention.value > _WHOLE >= max((f.mention.value for f in same), default=0):
            continue  # a rate that cannot be is wrong by itself
        if row.row.index in told or not same or any(f.mention.allows(row.mention.value) for f in same):
            continue
        first = same[0].mention
        others = [r.mention.value for r in rows if r is not row and count_the_same(same[0], r, least, weak)]
        if any(first.allows(v) for v in (*others, sum(others, row.mention.value))):
            continue
        yield Disagreement(
            row.row,
            "target",
            first.clause,
            first.printed,
            row.mention.printed,
            row.row.row.target.text or row.mention.printed,
            tuple(dict.fromkeys(f.pointer for f in same)),
            frozenset(f.mention.value for f in same),
        )


def _said_more_fully(
    row: RowMention, counted: Sequence[TextMention], rows: Sequence[RowMention], least: int
) -> list[TextMention]:
    """The mentions that say what the row says and more: 改造乡镇敬老院12所 of 改造敬老院数量.

    Only where nothing else can be meant: one number is said so, and no other row of this unit says a part of it.
    """
    words = row.mention.things
    if row.mention.length < least:
        return []
    found = [f for f in counted if words < f.mention.things]
    if len({f.mention.value for f in found}) != 1 or len({f.mention.things for f in found}) != 1:
        return []
    others = (r.mention for r in rows if r is not row and r.mention.unit == row.mention.unit)
    return [] if any(other.things <= found[0].mention.things for other in others) else found
