"""How good the table is on documents that it has not seen: accuracy, coverage, and what the review would say of their rows.

What is printed is no truth: ``corrections.yaml`` says by hand where the rows belong that the review tells of. A finding is
right where the printed kind is not among those.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.lexicon.kinds import NO_RESULT, Table
from jixiao.parameters import rulesets
from jixiao.parameters.keys import INPUT_WORDS, PLACING_LIMITS
from jixiao.readings.misplaced import habits, placed
from jixiao.readings.view import PlanView
from jixiao.review.short_plan import plan_of
from tools.kinds.rows import MANAGED, Taught
from tools.kinds.train import train
from tools.kinds.warnings import MISPLACED, WANTED, Figures, figures, over_folds, trials

_CLASS = {
    **dict.fromkeys((IndicatorKind.QUANTITY, IndicatorKind.QUALITY, IndicatorKind.TIMELINESS), IndicatorClass.OUTPUT),
    IndicatorKind.COST: IndicatorClass.COST,
    IndicatorKind.BENEFICIARY_SATISFACTION: IndicatorClass.SATISFACTION,
}
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """A row of a document the table had not seen: what is printed, what the table says, what the review would say."""

    row: Taught
    best: str
    share: float
    stays: float
    told: str
    """``finding``, ``advice``, or empty"""
    goes: str


def folds(rows: Sequence[Taught], more: Sequence[Taught]) -> list[tuple[list[Taught], Table]]:
    """The rows in parts, by document, each with a table that learned from the other parts and from ``more``."""
    fold = {document: n % _FOLDS for n, document in enumerate(sorted({one.document for one in rows}))}
    parts = [[one for one in rows if fold[one.document] == n] for n in range(_FOLDS)]
    return [
        (part, Table(train([*more, *(one for other in parts if other is not part for one in other)]))) for part in parts
    ]


def judged(rows: Iterable[Taught], by: Table) -> list[Judged]:
    """The rows judged by a table that has not seen them."""
    by_document: Mapping[str, list[Taught]] = defaultdict(list)
    for one in rows:
        by_document[one.document].append(one)
    return [found for document in by_document.values() for found in _judged(document, by)]


def _judged(rows: Sequence[Taught], by: Table) -> Iterable[Judged]:
    given = [{"name": one.name, **({"target": one.value} if one.value else {}), **_place(one.printed)} for one in rows]
    plan = plan_of({"fiscal_year": 2025, "currency_unit": "万元", "indicators": given})
    view = PlanView(plan, rulesets()["national-88"], date(2025, 1, 1))
    limits, people = view.parameter(PLACING_LIMITS), view.parameter(INPUT_WORDS).people
    told = {one.row.index: one for one in habits([placed(row, limits, people, by) for row in view.rows], limits)}
    for one, row in zip(rows, view.rows, strict=True):
        odds = by.odds(one.facts, one.term)
        best = odds.best()
        found = told.get(row.index)
        level = "" if found is None else "advice" if found.doubtful else "finding"
        goes = "" if found is None else str(found.goes or found.why.name.lower())
        stays = 1.0 if one.printed == MANAGED else odds.share(one.printed)
        yield Judged(one, str(best), odds.share(best), stays, level, goes)


def report_warnings(parts: Sequence[tuple[Sequence[Taught], Table]], *, listed: bool) -> tuple[Figures, Figures]:
    """Prints how right the warnings are, and returns it: under limits chosen without the rows measured, and under those used."""
    tried = [list(trials(part, by)) for part, by in parts]
    told, limits = over_folds(tried)
    view = PlanView(plan_of({"goal_sheets": []}), rulesets()["national-88"], date(2025, 1, 1))
    shipped = view.parameter(PLACING_LIMITS)
    now = figures([one for fold in tried for one in fold], (shipped.sure, shipped.clear))
    for title, of in ((f"界限由其余各份定（{_words(limits)}）", told), ("现用的界限", now)):
        print(f"报为问题的，{title}：")
        print(f"  照印的位置 {of.printed} 行，报 {of.warned} 行，对 {of.right} 行")
        print(f"  放错的位置 {of.planted} 处，报 {of.found} 处（{of.found / max(of.planted, 1):.1%}）")
        enough = "达到" if of.precision >= WANTED else "没有达到，应降为建议"
        print(
            f"  一百行里放错 {MISPLACED} 行时，查准 {of.precision:.1%}（至少 {of.at_least:.1%}），要求 {WANTED:.0%}：{enough}"
        )
    for one in (one for fold in tried for one in fold if listed and not one.planted):
        if (shipped.sure, shipped.clear) in one.warned:
            print(
                f"    {'对' if one.right else '错'} {one.row.document[:3]} {one.place}：{one.row.name} ｜ {one.row.value}"
            )
    return told, now


def _words(limits: Sequence[tuple[Decimal, Decimal]]) -> str:
    return "、".join(dict.fromkeys(f"{sure}/{clear}" for sure, clear in limits))


def _place(label: str) -> dict[str, str]:
    if label == MANAGED:
        return {}
    kind = IndicatorKind(label)
    return {"class": _CLASS.get(kind, IndicatorClass.OUTCOME).value, "kind": kind.value}


def report(title: str, found: Sequence[Judged], *, listed: bool) -> None:
    """Prints the figures, each document counting for no more than some rows; ``listed``: and every row told of."""
    weigh = sum(one.row.weight for one in found)
    kind = sum(one.row.weight for one in found if one.best in one.row.labels or one.best == one.row.printed)
    first = sum(one.row.weight for one in found if _level(one.best) == _level(one.row.printed))
    sure = [one for one in found if one.share >= 0.9]
    weigh_sure = sum(one.row.weight for one in sure)
    agree = sum(one.row.weight for one in sure if _level(one.best) == _level(one.row.printed))
    print(f"{title}：{len(found)} 行，{len({one.row.document for one in found})} 份")
    print(f"  与所印一致：二级 {kind / weigh:.1%}，一级 {first / weigh:.1%}")
    print(f"  九成把握以上的占 {weigh_sure / weigh:.1%}，其中一级与所印一致 {agree / weigh_sure:.1%}")
    for told, name in (("finding", "问题"), ("advice", "建议")):
        of = [one for one in found if one.told == told]
        known = [one for one in of if one.row.judged]
        right = [one for one in known if one.row.printed not in one.row.labels]
        share = f"{len(right) / len(known):.1%}" if known else "—"
        print(f"  报为{name} {len(of)} 行，人工判过 {len(known)} 行，报得对 {len(right)} 行（{share}）")
        for one in of if listed else ():
            mark = "？" if not one.row.judged else "对" if one in right else "错"
            print(
                f"    {mark} {one.row.document[:3]} {one.row.printed} → {one.goes}：{one.row.name} ｜ {one.row.value}"
            )


def _level(label: str) -> str:
    """The first level of a label, as forms with four classes count."""
    if label == MANAGED or label in NO_RESULT:
        return MANAGED
    return _CLASS.get(IndicatorKind(label), IndicatorClass.OUTCOME).value
