"""Rows that say what was said before: departments copy rows, and a plan is reviewed again after every edit."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence

from jixiao.readings.view import RowView, SheetView

_MOST = 16384


class Unblemished:
    """Rows of which the rules that look at one row alone had nothing to say, under one ruleset on one day.

    Known by all that such a rule may look at: the row, and the head of its sheet and plan. Rows of sheets that are filled
    in later are always looked at: what is filled in changes every time.
    """

    def __init__(self) -> None:
        self._known: set[Hashable] = set()
        self._heads: dict[Hashable, int] = {}

    def others(self, rows: Sequence[RowView]) -> list[RowView]:
        """The rows that are to be looked at."""
        return [row for row, said in self._said(rows) if said not in self._known]

    def keep(self, rows: Iterable[RowView]) -> None:
        """Remember rows of which nothing was to be said."""
        if len(self._known) > _MOST:
            self._known.clear()
            self._heads.clear()
        self._known.update([said for _, said in self._said(rows) if said is not None])

    def _said(self, rows: Iterable[RowView]) -> Iterator[tuple[RowView, Hashable]]:
        """Rows, and what each and the head above it say; None for those of sheets that are filled in later."""
        sheet: SheetView | None = None
        head = 0
        for row in rows:
            if row.sheet is not sheet:
                sheet = row.sheet
                head = self._heads.setdefault(_head(sheet), len(self._heads))
            i = row.row
            said = head, i.class_, i.kind, i.name, i.description, i.target, i.basis, i.weight
            yield row, None if sheet.later is not None else said


def _head(sheet: SheetView) -> Hashable:
    plan, own = sheet.plan.plan, sheet.sheet
    said = own.project, own.budget_unit, own.budget, own.purpose, sheet.goals
    return said, plan.fiscal_year, plan.department, plan.currency_unit
