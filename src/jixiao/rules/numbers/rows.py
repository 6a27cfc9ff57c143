"""Rules on numbers in two places: the same quantity with two values, the same effect claimed twice."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.indicator import IndicatorClass
from jixiao.domain.measure_units import PERCENT, is_count, is_measure, is_money
from jixiao.domain.money import plain
from jixiao.parameters.keys import (
    COPIED_SHEET,
    GOAL_LIKENESS,
    MENTION_WORDS,
    NUMBER_NOUN_LENGTH,
    NUMBER_NOUN_LIKENESS,
    SCOPE_WORDS,
)
from jixiao.readings.classes import class_of
from jixiao.readings.copies import is_copy_of
from jixiao.readings.mentions import is_rate
from jixiao.readings.promises import (
    PARAMETERS,
    Found,
    RowQuantity,
    count_the_same,
    found_by_sheet,
    is_plain,
    rows_by_sheet,
)
from jixiao.readings.text import Quantity, fold, likeness, normalise, quantities
from jixiao.readings.view import PlanView, RowView, SheetView
from jixiao.review.rule import Need, Observation, Scope, rule

_CLAUSE_END = re.compile(r"[，,。；;、：:！!？?\n（）()“”]")
_COUNTING = re.compile(
    r"(?:的)?(?:总)?(?:数量|个数|人数|次数|场次|户数|家数|件数|起数|台数|套数|人次|总数|面积|长度|里程|产量|规模|数)$"
)
_PARTICLE = re.compile(r"^(?:以上|以下|以内|左右|的|及以上)+")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Claim:
    """A counted thing in a text: the quantity, the words before and after it in its clause, the clause whole."""

    quantity: Quantity
    before: str
    after: str
    clause: str

    @property
    def label(self) -> str:
        return f"{plain(self.quantity.value)}{self.quantity.unit or ''}"


@lru_cache(maxsize=4096)
def claims(text: str | None) -> tuple[Claim, ...]:
    """The counted things of a text. Rates and money are left out: they have other rules."""
    if not text:
        return ()
    folded = fold(text)
    found = []
    for q in quantities(text):
        if not _counts(q.unit):
            continue
        start = max((m.end() for m in _CLAUSE_END.finditer(folded, 0, q.start)), default=0)
        stop = _CLAUSE_END.search(folded, q.end)
        end = stop.start() if stop else len(folded)
        before, after = normalise(folded[start : q.start]), normalise(folded[q.end : end])
        found.append(Claim(q, before, _PARTICLE.sub("", after), folded[start:end]))
    return tuple(found)


def _counts(unit: str | None) -> bool:
    """Whether a unit counts or measures things; rates and money have other rules, spans of time are deadlines."""
    if unit is None or unit in PERCENT or is_money(unit) or "/" in unit:
        return False
    return is_count(unit) or is_measure(unit)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a row counts: the quantity, the field it stands in, and the words that follow the number in the row."""

    quantity: Quantity
    field: str
    nouns: tuple[str, ...]

    @property
    def label(self) -> str:
        return f"{plain(self.quantity.value)}{self.quantity.unit or ''}"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A number of a goal or purpose and the row that gives another."""

    pointer: str
    promised: Claim
    row: RowView
    measured: Measured


def conflicts(sheet: SheetView) -> Iterator[Conflict]:
    """Numbers in purpose and goals that a row contradicts."""
    texts = [(sheet.at("purpose"), sheet.sheet.purpose)]
    texts += [(sheet.at("goals", n), goal) for n, goal in enumerate(sheet.goals)]
    promised = [(at, claim) for at, text in texts for claim in claims(text)]
    if not promised:
        return
    scope = sheet.parameter(SCOPE_WORDS)
    threshold = sheet.parameter(NUMBER_NOUN_LIKENESS)
    rows = [(row, found) for row in sheet.rows if (found := _measured(row))]
    for at, claim in promised:
        if any(word in claim.clause for word in scope) or _YEAR.search(claim.clause):
            continue
        same = [(row, m) for row, m in rows if _same_thing(claim, row, m, threshold)]
        values = [m.quantity.value for _, m in same]
        if claim.quantity.value in (*values, sum(values)):
            continue  # said alike somewhere, or divided among several rows
        for row, measured in same:
            if not _clears(claim, measured) and not any(word in row.words for word in scope):
                yield Conflict(at, claim, row, measured)


def _measured(row: RowView) -> Measured | None:
    """The row's number: the target's, with its unit or the one the words give it; else the number in the words."""
    target = row.row.target
    worded = [(f, c) for f in ("description", "name") for c in claims(getattr(row.row, f))]
    for field, claim in worded:
        if target.number is None or (target.unit is None and claim.quantity.value == target.number):
            nouns = tuple(c.after for _, c in worded if c.quantity.unit == claim.quantity.unit)
            return Measured(claim.quantity, field if target.number is None else "target", nouns)
    if target.number is None or not _counts(target.unit):
        return None
    quantity = Quantity(target.number, target.unit, target.comparator, 0, 0)
    return Measured(quantity, "target", tuple(c.after for _, c in worded if c.quantity.unit == target.unit))


def _same_thing(promised: Claim, row: RowView, measured: Measured, threshold: float) -> bool:
    """Whether both numbers count the same: the same noun follows, or the row's name stands before the number."""
    if promised.quantity.unit != measured.quantity.unit:
        return False
    if any(likeness(promised.after, noun) >= threshold for noun in measured.nouns):
        return True
    said = promised.before + promised.after
    noun = _COUNTING.sub("", row.name)
    return any(
        len(n) > 2 and said.endswith(n)
        for n in (row.name, noun, row.name.removesuffix("数"), noun.removesuffix(promised.quantity.unit or ""))
    )


def _clears(promised: Claim, measured: Measured) -> bool:
    """A floor is kept by a higher target, a ceiling by a lower one."""
    sign = promised.quantity.comparator
    more = measured.quantity.value >= promised.quantity.value
    return sign is not None and ((sign.is_floor and more) or (sign.is_ceiling and not more))


@rule(
    "N65",
    title="目标与指标数字不一致",
    problem="number-conflict",
    severity=Severity.ERROR,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/matched", "good-practice/consistency"),
    remedy="核对实际计划，把两处改成同一个数；口径不同的，在文字里写明。",
    since=date(2015, 5, 21),
    parameters=(*PARAMETERS, NUMBER_NOUN_LIKENESS, NUMBER_NOUN_LENGTH),
)
def numbers_agree(sheet: SheetView) -> Iterator[Observation]:
    """资金用途、绩效目标里的一个数量，在同一张表的指标里写成了另一个数：后面跟的名词相同（16家企业的检查、
    25家企业的检查），或者名称就是前面那件事，或者说的用词相同，而且计量单位相同。一行只报一条。

    几行相加正好等于的、指标比“不少于”的目标更高的、写明其中、累计、上年、每次等不同口径或年份的，不报。
    金额不在此列。
    """
    yield from sheet.plan.derived(disagreements)[sheet.index]


def disagreements(view: PlanView) -> Mapping[int, tuple[Observation, ...]]:
    """The rows of each sheet that its own purpose or goals contradict, by the index of the sheet."""
    return {sheet.index: tuple(_disagreements(sheet)) for sheet in view.sheets}


def _disagreements(sheet: SheetView) -> Iterator[Observation]:
    by_row: dict[int, list[Conflict]] = {}
    for conflict in conflicts(sheet):
        by_row.setdefault(conflict.row.index, []).append(conflict)
    for found in by_row.values():
        first = found[0]
        where = "资金用途" if first.pointer.endswith("/purpose") else "绩效目标"
        if len({c.pointer.endswith("/purpose") for c in found}) > 1:
            where = "资金用途和绩效目标"
        yield Observation(
            at=first.row.at(first.measured.field),
            evidence=f"{first.promised.clause} ｜ {first.row.row.label} {first.row.row.target.text or ''}".strip(),
            message=f"{where}写的是“{first.promised.clause}”，指标“{first.row.row.label}”却是 {first.measured.label}，"
            f"同一件事有两个数，批复后按哪个考核说不清。",
            suggestion=f"核对应是 {first.promised.label} 还是 {first.measured.label}，两处改成一致。",
            related=tuple(dict.fromkeys(c.pointer for c in found)),
        )
    yield from _worded_alike(sheet, set(by_row))


def told_of_rows(view: PlanView) -> dict[str, str]:
    """The rows that their own sheet contradicts, each with the words met, so that nobody says it again."""
    return {o.at: o.evidence for found in view.derived(disagreements).values() for o in found}


def _said_more_fully(
    row: RowQuantity, counted: Sequence[Found], rows: Sequence[RowQuantity], least: int
) -> list[Found]:
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


def _worded_alike(sheet: SheetView, told: Collection[int]) -> Iterator[Observation]:
    """Numbers of purpose and goals against rows that say the same in other order or with a few more words."""
    view = sheet.plan
    least, weak = view.parameter(NUMBER_NOUN_LENGTH).near, view.parameter(MENTION_WORDS).weak
    scope = view.parameter(SCOPE_WORDS)
    texts = view.derived(found_by_sheet).get(sheet.index, ())
    of_sheet = view.derived(rows_by_sheet).get(sheet.index, ()) if texts else ()
    rows = [r for r in of_sheet if not any(word in r.row.words for word in scope)]
    for row in rows:
        counted = [f for f in texts if f.mention.unit == row.mention.unit and is_plain(f, view)]
        same = [f for f in counted if count_the_same(f, row, least, weak)] or _said_more_fully(
            row, counted, rows, least
        )
        if is_rate(row.mention.unit) and row.mention.value > 100 >= max((f.mention.value for f in same), default=0):
            continue  # what cannot be is told by another rule
        if row.row.index in told or not same or any(f.mention.allows(row.mention.value) for f in same):
            continue
        first = same[0]
        others = [r.mention.value for r in rows if r is not row and count_the_same(first, r, least, weak)]
        if any(first.mention.allows(v) for v in (*others, sum(others, row.mention.value))):
            continue
        where = "资金用途" if first.pointer.endswith("/purpose") else "绩效目标"
        yield Observation(
            at=row.row.at("target"),
            evidence=f"{first.mention.clause} ｜ {row.row.row.label} {row.row.row.target.text}",
            message=f"{where}写的是“{first.mention.clause}”，指标“{row.row.row.label}”却是 {row.row.row.target.text}，"
            f"同一件事有两个数，批复后按哪个考核说不清。",
            suggestion=f"核对应是 {first.mention.printed} 还是 {row.mention.printed}，两处改成一致。",
            related=tuple(dict.fromkeys(f.pointer for f in same)),
        )


@rule(
    "N73",
    title="同一成效重复计算",
    problem="double-counting",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.PLAN,
    cites=("mof-2015-88/matched", "good-practice/consistency"),
    remedy="把成效算在一个项目上，或者按项目分开写各自的数。",
    since=date(2015, 5, 21),
    parameters=(COPIED_SHEET, GOAL_LIKENESS),
    needs=(Need.TWO_SHEETS,),
)
def effect_is_claimed_once(view: PlanView) -> Iterator[Observation]:
    """两个不同项目的效益指标名称相同、数量也相同（都是增加就业2000人），同一个成效被算了两次。

    比率、定性描述、数值为零的（如事故0起）不报；同名项目、已按整张表照搬报过的不报。
    """
    seen: dict[tuple[str, Decimal, str], RowView] = {}
    for row in view.rows:
        target = row.row.target
        if class_of(row) is not IndicatorClass.OUTCOME or not target.number or not row.name:
            continue
        if target.unit is None or target.unit in PERCENT or not (is_count(target.unit) or is_money(target.unit)):
            continue
        first = seen.setdefault((row.name, target.number, target.unit), row)
        a, b = first.sheet, row.sheet
        if a.index == b.index or is_copy_of(view, b.index, a.index):
            continue
        if normalise(a.sheet.project.name) == normalise(b.sheet.project.name):
            continue
        yield Observation(
            at=row.at("target"),
            evidence=f"{row.row.label}：{target.text}",
            message=f"“{row.row.label} {target.text}”在项目“{a.sheet.label}”里已经写过，两个项目各算一次，成效就重复了。",
            related=(first.at("target"),),
        )
