"""Goals that say the name of the project or the use of its money again."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, auto

from jixiao.parameters.keys import FRAGMENT_WORDS, GOAL_PURPOSE_LIKENESS, GOAL_PURPOSE_SHARE
from jixiao.readings.goal_groups import SheetGoal, same_words
from jixiao.readings.goal_words import fragment
from jixiao.readings.text import normalise
from jixiao.readings.view import PlanView, SheetView

PARAMETERS = (GOAL_PURPOSE_LIKENESS, GOAL_PURPOSE_SHARE, FRAGMENT_WORDS)
"""What every rule that asks for restating goals reads"""


class Restated(StrEnum):
    """What a goal says again."""

    NAME = auto()
    PURPOSE = auto()


def restating_goals(view: PlanView) -> Mapping[SheetGoal, Restated]:
    """Goals that say no more than the name of the project or its purpose; a purpose that is no sentence is none."""
    found = {}
    for sheet in view.sheets:
        for n, goal in enumerate(sheet.goals):
            what = _restated(sheet, goal)
            if what is Restated.NAME or (what and not fragment(view, goal)):
                found[SheetGoal(sheet.index, n)] = what
    return found


def _restated(sheet: SheetView, goal: str) -> Restated | None:
    threshold = sheet.parameter(GOAL_PURPOSE_LIKENESS)
    if same_words(goal, sheet.sheet.project.name, threshold):
        return Restated.NAME
    purpose = sheet.sheet.purpose
    if same_words(goal, purpose, threshold):
        return Restated.PURPOSE
    words, start = normalise(goal), normalise(purpose)
    if start and start in words and len(start) >= len(words) * sheet.parameter(GOAL_PURPOSE_SHARE):
        rest = words.replace(start, "", 1)
        if not any(c.isdigit() for c in rest):  # what is added may be the very result that is wanted
            return Restated.PURPOSE
    return None
