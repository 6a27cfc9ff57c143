"""Every text of a plan, with where it stands: running text, names and the words of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum, auto
from typing import NamedTuple

from jixiao.readings.view import PlanView


class Part(StrEnum):
    """Which part of a plan a text stands in 「部分」."""

    OVERALL = auto()
    ACTIVITY = auto()
    SAFEGUARD = auto()
    SHEET = auto()

    @property
    def label(self) -> str:
        """The part as users know it."""
        return {"overall": "总体目标", "activity": "分项目标", "safeguard": "保障措施", "sheet": "目标表"}[self.value]


class WrittenText(NamedTuple):
    """A text and where it stands: in which part, in which item of it (the number of the activity, safeguard or sheet).

    ``row`` is the pointer of the indicator it belongs to. A named tuple, for every text of every plan is one.
    """

    pointer: str
    text: str
    part: Part
    item: int
    row: str | None = None

    @property
    def sheet(self) -> int | None:
        """The index of the goal sheet it stands in; None in part one."""
        return self.item if self.part is Part.SHEET else None

    @property
    def is_prose(self) -> bool:
        """Whether it is running text: goals, safeguards, purposes; not names and cells of the indicator table."""
        return self.row is None and not self.pointer.endswith(("/name", "/heading"))


def written_texts(view: PlanView) -> tuple[WrittenText, ...]:
    """All texts in document order: part one, then each sheet with its rows."""
    return tuple(_part_one(view)) + tuple(_sheets(view))


def running_texts(view: PlanView) -> tuple[WrittenText, ...]:
    """Goals, descriptions and indicators of part one, safeguards, purposes and goals of the sheets."""
    return tuple(text for text in view.derived(written_texts) if text.is_prose)


_MOST_KNOWN = 16384


class Looked:
    """What one look at a text finds, under one ruleset; texts in which it found nothing are not looked at again.

    As a rule nothing is wrong, and plans say the same again: all texts not met before are looked at together, and one by
    one only where that finds anything. ``look`` must find in the lines of a text whatever it finds in one of them.
    """

    def __init__(self, look: Callable[[str], object]) -> None:
        self._look = look
        self._clean: set[str] = set()

    def forget(self) -> None:
        """Look at every text anew."""
        self._clean.clear()

    def faulty(self, texts: Sequence[WrittenText]) -> list[WrittenText]:
        """Those of ``texts`` in which it finds something, in their order."""
        clean = self._clean
        new = [text for text in texts if text.text not in clean]
        if not new:
            return new
        if len(clean) > _MOST_KNOWN:
            clean.clear()
        found = [t for t in new if self._look(t.text)] if self._look("\n".join([t.text for t in new])) else []
        clean.update(text.text for text in new)
        clean.difference_update(text.text for text in found)
        return found


def _part_one(view: PlanView) -> Iterator[WrittenText]:
    plan = view.plan
    for n, goal in enumerate(view.overall_goals):
        if goal:
            yield WrittenText(view.at("overall_goals", n), goal, Part.OVERALL, n)
    for n, activity in enumerate(plan.activities):
        for field in ("name", "description", "goal"):
            if words := getattr(activity, field):
                yield WrittenText(view.at("activities", n, field), words, Part.ACTIVITY, n)
        for k, indicator in enumerate(activity.indicators):
            if indicator.text:
                yield WrittenText(view.at("activities", n, "indicators", k, "text"), indicator.text, Part.ACTIVITY, n)
    for n, guard in enumerate(plan.safeguards):
        for field in ("heading", "text"):
            if words := getattr(guard, field):
                yield WrittenText(view.at("safeguards", n, field), words, Part.SAFEGUARD, n)


def _sheets(view: PlanView) -> Iterator[WrittenText]:
    for sheet in view.sheets:
        texts = [(sheet.at("project", "name"), sheet.sheet.project.name), (sheet.at("purpose"), sheet.sheet.purpose)]
        texts += [(sheet.at("goals", n), goal) for n, goal in enumerate(sheet.goals)]
        for pointer, words in texts:
            if words:
                yield WrittenText(pointer, words, Part.SHEET, sheet.index)
        for row in sheet.rows:
            if words := row.row.name:
                yield WrittenText(f"{row.pointer}/name", words, Part.SHEET, sheet.index, row.pointer)
            if words := row.row.description:
                yield WrittenText(f"{row.pointer}/description", words, Part.SHEET, sheet.index, row.pointer)
