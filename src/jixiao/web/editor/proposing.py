"""Indicators of the library for a sheet that is written or begun: what is known of the sheet, what fits, what its cells would say."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.plan import Plan
from jixiao.layouts import Layout, prescribed
from jixiao.library import Asked, Entry, Suggestion
from jixiao.parameters import rulesets
from jixiao.web.editor.selectors import Written, layout_by, ruleset_of
from jixiao.web.editor.starting import Of
from jixiao.web.kernel.people import Actor
from jixiao.web.library.selectors import proposed

MOST = 5
_OF_A_KIND = 3
_TICKED = "项目名称里有"
"""Where the name of the project speaks for an indicator, it is ticked beforehand"""


@dataclass(frozen=True, slots=True)
class Proposed:
    """An indicator for a row: ``cells`` are what empty ones of the row would say, by the pointer below it."""

    code: str
    name: str
    kind: str
    hint: str
    told: str
    reason: str
    cells: dict[str, str]


def for_row(
    actor: Actor, found: Written, *, thing: str, typed: str = "", kind: str = "", most: int = MOST
) -> list[Proposed]:
    """What fits a row of a sheet by its id, one that is not saved yet too; none for what has no indicators. ``kind``: the second
    level that stands in the row, as forms print it."""
    sheet = _sheet_of(found.plan)
    if sheet is None:
        return []
    ruleset = ruleset_of(actor, found.sheet)
    asked = _asked(sheet, thing, typed, kind, layout_by(ruleset), ruleset)
    return [_shown(one, asked.kinds) for one in proposed(actor, asked, most)]


def _sheet_of(plan: Plan) -> GoalSheet | None:
    return plan.goal_sheets[0] if plan.goal_sheets else None


def _asked(sheet: GoalSheet, thing: str, typed: str, kind: str, layout: Layout, ruleset: str) -> Asked:
    others = [one for one in sheet.indicators if one.id != thing and one.name]
    kinds = _kinds(layout)
    return Asked(
        sheet.project.name or "",
        sheet.purpose or "",
        sheet.budget_unit.name or "",
        [one.name for one in others if one.name],
        kinds,
        _needed(layout, ruleset) - {one.kind for one in others if one.kind},
        next((one for one in kinds if one.label == kind), None),
        typed,
    )


def _kinds(layout: Layout) -> tuple[IndicatorKind, ...]:
    return tuple(kind for held in layout.kinds.values() for kind in held)


def _needed(layout: Layout, ruleset: str) -> set[IndicatorKind]:
    """The second levels that a sheet must have a row of."""
    by = rulesets().get(ruleset)
    rows = prescribed(layout, by if by is not None and by.layout == layout.name else None)
    return {kind for _, kind in rows if kind is not None}


def _shown(one: Suggestion, kinds: Collection[IndicatorKind]) -> Proposed:
    entry = one.entry
    row = entry.row(kinds)
    assert row is not None  # of a level that the form has
    assert row.class_ is not None
    assert row.kind is not None
    cells = {
        "/class": row.class_.label,
        "/kind": row.kind.label,
        "/name": entry.name,
        "/description": row.description or "",
        "/target/comparator": entry.comparator.sign if entry.comparator else "",
        "/target/unit": entry.unit,
    }
    told = entry.formula or entry.explanation
    return Proposed(
        entry.code, entry.name, row.kind.label, entry.hint, told, one.reason, {k: v for k, v in cells.items() if v}
    )


@dataclass(frozen=True, slots=True)
class Offered:
    """What a sheet may begin with, by second level: indicators with the reason, ``ticked`` where the project's name speaks for it."""

    kind: str
    rows: Sequence[tuple[Suggestion, bool]]


def to_begin(actor: Actor, of: Of) -> list[Offered]:
    """For a sheet of a project that is not begun: the best of each level that its form has."""
    if of.listed is None:
        return []
    kinds = _kinds(layout_by(of.ruleset))
    offered = []
    for kind in kinds:
        asked = Asked(of.listed.name, "", of.unit.name, kinds=kinds, kind=kind)
        rows = [(one, _TICKED in one.reason) for one in proposed(actor, asked, _OF_A_KIND)]
        if rows:
            offered.append(Offered(kind.label, rows))
    return offered


def placed(entries: Sequence[Entry], kinds: Sequence[IndicatorKind]) -> list[Entry]:
    """Entries in the order of a form's levels; those of a level that it has not are left out."""
    order = {kind: number for number, kind in enumerate(kinds)}
    rows = [
        (order[row.kind], entry) for entry in entries if (row := entry.row(kinds)) is not None and row.kind in order
    ]
    return [entry for _, entry in sorted(rows, key=lambda one: one[0])]
