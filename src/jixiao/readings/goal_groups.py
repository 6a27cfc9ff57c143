"""Goals that say the same, over all sheets of a plan."""

from __future__ import annotations

import re
from typing import NamedTuple

from jixiao.parameters.keys import GOAL_LIKENESS, GOAL_SHORTEST
from jixiao.readings.text import Alike, likeness, normalise
from jixiao.readings.view import PlanView

_NUMERALS = re.compile(r"[\d.]+|[一二三四五六七八九十百千万亿]+")


class SheetGoal(NamedTuple):
    """Where a goal stands: sheet index, goal index."""

    sheet: int
    goal: int

    @property
    def pointer(self) -> str:
        return f"/goal_sheets/{self.sheet}/goals/{self.goal}"


def same_words(a: str | None, b: str | None, threshold: float) -> bool:
    """Whether two texts say the same: alike enough, and every numeral equal (第一批 and 第二批 are two things)."""
    return likeness(a, b) >= threshold and _NUMERALS.findall(normalise(a)) == _NUMERALS.findall(normalise(b))


def goal_at(view: PlanView, place: SheetGoal) -> str:
    return view.sheets[place.sheet].goals[place.goal]


def goal_groups(view: PlanView) -> list[list[SheetGoal]]:
    """All goals, those that say the same together, in order of the document."""
    threshold, shortest = view.parameter(GOAL_LIKENESS), view.parameter(GOAL_SHORTEST)
    groups: list[list[SheetGoal]] = []
    firsts = Alike(threshold, (goal for sheet in view.sheets for goal in sheet.goals))
    for sheet in view.sheets:
        for n, goal in enumerate(sheet.goals):
            long_enough = len(normalise(goal)) >= shortest
            for group in (groups[k] for k in firsts.candidates(goal)):
                first = group[0]
                if (first.sheet == sheet.index or long_enough) and same_words(goal, goal_at(view, first), threshold):
                    group.append(SheetGoal(sheet.index, n))
                    break
            else:
                groups.append([SheetGoal(sheet.index, n)])
                firsts.add(goal)
    return groups
