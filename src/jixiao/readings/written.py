"""Every place of a plan that holds written words, for the rules on wording."""

from __future__ import annotations

from dataclasses import dataclass

from jixiao.readings.view import PlanView


@dataclass(frozen=True, slots=True)
class Place:
    """A text and where it stands. ``row`` is the pointer of the indicator it belongs to, ``sheet`` the sheet's number."""

    pointer: str
    text: str
    sheet: int | None = None
    row: str | None = None

    @property
    def is_prose(self) -> bool:
        """Whether it is running text: goals, safeguards, purposes; not names and cells of the indicator table."""
        return self.row is None and not self.pointer.endswith(("/name", "/heading"))


def written_places(view: PlanView) -> tuple[Place, ...]:
    """All places in document order: part one, then each sheet with its rows."""
    plan = view.plan
    found: list[tuple[str, str | None, int | None, str | None]] = [
        (view.at("overall_goals", n), goal.text, None, None) for n, goal in enumerate(plan.overall_goals)
    ]
    for n, activity in enumerate(plan.activities):
        here = ("activities", n)
        found += [(view.at(*here, field), getattr(activity, field), None, None) for field in _ACTIVITY]
        found += [
            (view.at(*here, "indicators", k, "text"), i.text, None, None) for k, i in enumerate(activity.indicators)
        ]
    for n, guard in enumerate(plan.safeguards):
        found.append((view.at("safeguards", n, "heading"), guard.heading, None, None))
        found.append((view.at("safeguards", n, "text"), guard.text, None, None))
    for sheet in view.sheets:
        found.append((sheet.at("project", "name"), sheet.sheet.project.name, sheet.index, None))
        found.append((sheet.at("purpose"), sheet.sheet.purpose, sheet.index, None))
        found += [(sheet.at("goals", n), goal.text, sheet.index, None) for n, goal in enumerate(sheet.sheet.goals)]
        for row in sheet.rows:
            found += [(row.at(f), getattr(row.row, f), sheet.index, row.pointer) for f in ("name", "description")]
    return tuple(Place(pointer, text, sheet, row) for pointer, text, sheet, row in found if text)


_ACTIVITY = ("name", "description", "goal")
