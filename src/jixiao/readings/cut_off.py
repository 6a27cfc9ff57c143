"""Up to which month a monitoring sheet counts."""

from __future__ import annotations

from jixiao.domain.stage import month_in
from jixiao.parameters.keys import MONITORING_CUT_OFF
from jixiao.readings.attainment import notes_of
from jixiao.readings.text import fold
from jixiao.readings.view import PlanView, SheetView

_TITLED = "监控"


def cut_off(sheet: SheetView) -> int | None:
    """The month up to which the sheet counts: as read, else as the words of a title tell (上半年)."""
    if sheet.monitoring and sheet.monitoring.as_of:
        return sheet.monitoring.as_of.month
    return sheet.plan.derived(_cut_offs)[sheet.index]


def _cut_offs(plan: PlanView) -> dict[int, int | None]:
    common = [_month_in(plan, text) for text in (plan.plan.title, *_titles(plan))]
    own = {sheet.index: [_month_in(plan, note) for note in notes_of(sheet)] for sheet in plan.sheets}
    return {n: next((month for month in (*common[:1], *notes, *common[1:]) if month), None) for n, notes in own.items()}


def _month_in(plan: PlanView, text: str | None) -> int | None:
    limits = plan.parameter(MONITORING_CUT_OFF)
    found = fold("".join((text or "").split()))
    if month := month_in(found):
        return month
    word = max((w for w in limits.words if w in found), key=len, default=None)
    return int(limits.words[word]) if word else None


def _titles(plan: PlanView) -> tuple[str, ...]:
    """Titles of forms, which the reader tells in notes."""
    return tuple(n.message for n in plan.plan.notes if n.code == "furniture.dropped" and _TITLED in n.message)
