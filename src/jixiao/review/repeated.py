"""Sheets that are what they were: a plan is reviewed again after every edit, and most of its sheets did not change."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence

from jixiao.domain.goal_sheet import GoalSheet
from jixiao.readings.view import PlanView, SheetView
from jixiao.review.rule import Observation

Observed = Mapping[str, Sequence[Observation]]
"""What was observed, by the code of the rule; rules that observed nothing are left out"""
_MOST = 512


class MetSheets:
    """What rules that look no further than one sheet observed of the sheets last met, under one ruleset on one day.

    A sheet is known by all that such a rule may look at: itself, its place, and the plan but for its other sheets. Sheets
    that are filled in later are always looked at: what is filled in changes every time.
    """

    def __init__(self) -> None:
        self._known: dict[Hashable, Observed] = {}

    def forget(self) -> None:
        """Look at every sheet anew."""
        self._known.clear()

    def observed(self, view: PlanView, look: Callable[[SheetView], Observed]) -> list[Observed]:
        """What ``look`` observes of each sheet of ``view``, or observed when it was met before."""
        head = _head(view)
        return [self._of(head, sheet, look) if sheet.later is None else look(sheet) for sheet in view.sheets]

    def _of(self, head: Hashable, sheet: SheetView, look: Callable[[SheetView], Observed]) -> Observed:
        key = head, sheet.index, sheet.sheet, _digits(sheet.sheet)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _MOST:
                self._known.pop(next(iter(tuple(self._known)), None), None)  # the one met first
            known = self._known[key] = look(sheet)
        return known


def _digits(sheet: GoalSheet) -> Hashable:
    """The numbers as they are printed: 57.7 equals 57.70, and findings quote them."""
    budget = sheet.budget
    numbers = [budget.total, budget.fiscal, budget.other, sheet.total_weight, sheet.execution_weight]
    numbers += [step.percent for step in sheet.disbursement_plan]
    numbers += [row.weight for row in sheet.indicators]
    return tuple(map(str, numbers))


def _head(view: PlanView) -> Hashable:
    plan = view.plan
    said = plan.title, plan.fiscal_year, plan.department, plan.currency_unit
    digits = tuple([str(activity.budget) for activity in plan.activities])
    return said, plan.overall_goals, plan.activities, digits, plan.safeguards, plan.notes
