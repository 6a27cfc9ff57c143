"""Sheets taken over whole from another project."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jixiao.parameters.keys import COPIED_SHEET, GOAL_LIKENESS
from jixiao.readings.goal_groups import same_words
from jixiao.readings.text import Alike, normalise
from jixiao.readings.view import PlanView, SheetView


@dataclass(frozen=True, slots=True)
class Copy:
    """What a sheet has from an earlier one: ``rows`` of the same names, ``values`` of them with the same value too, or
    ``goals``, the same one by one.
    """

    earlier: int
    rows: int = 0
    values: int = 0
    goals: int = 0


def copied_sheets(view: PlanView) -> Mapping[int, Copy]:
    """Sheets taken over from an earlier one, by their index."""
    found: dict[int, Copy] = {}
    names = [_names(sheet) for sheet in view.sheets]
    sharing: dict[str, list[int]] = defaultdict(list)
    """the sheets that have a row of this name"""
    goals = Alike(view.parameter(GOAL_LIKENESS), (s.goals[0] for s in view.sheets if s.goals))
    for later in view.sheets:
        own = names[later.index]
        shared = Counter(n for name in own for n in sharing[name])
        most = view.parameter(COPIED_SHEET).same_names * len(own)
        alike = {n for n, count in shared.items() if count >= most}
        first_goal = later.goals[0] if later.goals else None
        for n in sorted({*alike, *goals.candidates(first_goal)}):
            if copy := _copy_of(view.sheets[n], later, names[n], own):
                found[later.index] = copy
                break
        for name in own:
            sharing[name].append(later.index)
        goals.add(first_goal)
    return found


def is_copy_of(view: PlanView, later: int, earlier: int) -> bool:
    """Whether sheet ``later`` was taken over from ``earlier``."""
    copy = view.derived(copied_sheets).get(later)
    return copy is not None and copy.earlier == earlier


def _copy_of(earlier: SheetView, later: SheetView, a: Counter[str], b: Counter[str]) -> Copy | None:
    if normalise(earlier.sheet.project.name) == normalise(later.sheet.project.name):
        return None  # one project of several units, or one sheet printed in parts
    limits = later.parameter(COPIED_SHEET)
    rows = max(a.total(), b.total())
    same = (a & b).total()
    if rows >= limits.fewest_rows and same >= rows * limits.same_names:
        values = (_valued(earlier) & _valued(later)).total()
        if values >= rows * limits.same_values:
            return Copy(earlier.index, rows=same, values=values)
    if _same_goals(earlier.goals, later.goals, later.parameter(GOAL_LIKENESS)):
        return Copy(earlier.index, goals=len(later.goals))
    return None


def _names(sheet: SheetView) -> Counter[str]:
    return Counter(row.name for row in sheet.rows if row.name)


def _valued(sheet: SheetView) -> Counter[tuple[str, str]]:
    return Counter((row.name, "".join((row.row.target.text or "").split())) for row in sheet.rows if row.name)


def _same_goals(a: Sequence[str], b: Sequence[str], threshold: float) -> bool:
    """Whether whole lists are alike; a single goal that two projects share is told of as a repeated goal."""
    return len(b) > 1 and len(a) == len(b) and all(same_words(x, y, threshold) for x, y in zip(a, b, strict=True))
