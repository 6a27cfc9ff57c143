"""What of a goal sheet is there to be examined: its money, its targets, its classes of indicators."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.domain.editing import UNREAD
from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.note import UNPLACED
from jixiao.domain.target import TargetType
from jixiao.parameters.keys import REQUIRED_CLASSES, REQUIRED_KINDS
from jixiao.readings.classes import class_of, is_filled
from jixiao.readings.unclassed import kinds_it_may_be, levels_unread, may_be_of
from jixiao.readings.view import PlanView, RowView, SheetView

_LIBRARY = "sheet.indicator_library"
_BLANK = "amount.blank"
_NO_RESULT = "formula.no_result"
_EXAMINED = ("/indicators", "/budget", "/goals")


def has_money(sheet: SheetView) -> bool:
    """Whether the sheet states an amount: in all, or one of its parts."""
    budget = sheet.sheet.budget
    return any(amount is not None for amount in (budget.total, budget.fiscal, budget.other))


def typed_for_total(sheet: SheetView) -> str | None:
    """The words typed where the total belongs that are no amount; None where there are none, or an amount is read."""
    pointer, plan = sheet.at("budget", "total"), sheet.plan.plan
    if sheet.sheet.budget.total is not None:
        return None
    if not any(note.code == UNREAD and note.pointer == pointer for note in plan.notes):
        return None
    place = plan.provenance.get(pointer)
    return (place.text if place else None) or None


def left_total_blank(sheet: SheetView) -> bool:
    """Whether the file has a cell for the total and nothing stands in it."""
    pointer = sheet.at("budget", "total")
    return sheet.sheet.budget.total is None and any(
        note.code == _BLANK and note.pointer == pointer for note in sheet.plan.plan.notes
    )


def is_headless(sheet: SheetView) -> bool:
    """Whether a sheet has rows and nothing else: no project, no money, no goal."""
    whole = sheet.sheet
    return bool(sheet.rows) and not (whole.goals or whole.project.name or has_money(sheet))


def is_library(plan: PlanView) -> bool:
    """Whether the text is an indicator library 「指标库」, whose sheets ask for no money."""
    return any(note.code == _LIBRARY for note in plan.plan.notes)


def _unread_places(sheet: SheetView) -> Iterator[str]:
    """Where the reader found no field for something in a sheet: ``""``, ``/indicators``, ``/indicators/3``."""
    for note in sheet.plan.plan.notes:
        if note.code == UNPLACED and f"{note.pointer}/".startswith(f"{sheet.pointer}/"):
            yield note.pointer.removeprefix(sheet.pointer)


def is_department_wide(sheet: SheetView) -> bool:
    """Whether the sheet is that of a whole department 「部门整体支出」, which has no project, by the title of the text or its
    place beside overall goals."""
    plan = sheet.plan.plan
    title = sheet.sheet.title or plan.title or ""
    titled = any(word in title for word in sheet.plan.ruleset.lexicon.words["department_wide"])
    return titled or (bool(plan.overall_goals) and len(plan.goal_sheets) == 1)


def unread_in(sheet: SheetView) -> int:
    """How many places of the sheet the reader found no field for: what seems blank may stand there."""
    return sum(1 for _ in _unread_places(sheet))


def unread_to_examine(sheet: SheetView) -> int:
    """How many places that a review looks at were not read: of the indicators, of the money. Words under other labels of the
    head, such as 项目级别 or 备注, are told and take nothing from what was examined.
    """
    lost = sum(
        note.code == _NO_RESULT and f"{note.pointer}/".startswith(f"{sheet.pointer}/") for note in sheet.plan.plan.notes
    )
    return lost + sum(place.startswith(_EXAMINED) for place in _unread_places(sheet))


def unread_in_head(sheet: SheetView) -> bool:
    """Whether the head has words that the reader found no field for: a field that seems blank may be called otherwise."""
    return any(not place.startswith("/indicators") for place in _unread_places(sheet))


def unread_columns(sheet: SheetView) -> bool:
    """Whether the table of indicators has a column that was not known: what no row has may stand in it."""
    return "/indicators" in _unread_places(sheet)


def unread_in_row(row: RowView) -> bool:
    """Whether words of the row stand in no known column: what the row seems to lack may be among them."""
    return row.pointer.removeprefix(row.sheet.pointer) in _unread_places(row.sheet)


def may_have_unread_rows(sheet: SheetView) -> bool:
    """Whether rows of indicators may have been left unread: of this sheet, or lines of a text that fit no sheet."""
    if any(note.code == UNPLACED and note.pointer == "/goal_sheets" for note in sheet.plan.plan.notes):
        return True
    return not any(is_filled(row) for row in sheet.rows) and unread_in(sheet) > 0


def without_target(sheet: SheetView) -> list[RowView]:
    """Rows that say what they measure and give no target."""
    return [row for row in sheet.rows if is_filled(row) and row.row.target.type is TargetType.MISSING]


def missing_classes(sheet: SheetView) -> list[IndicatorClass]:
    """Required classes without a filled row; none where the file has a level that was not known. A row without a level stands
    for every class that it may belong to by what it measures.
    """
    filled = [row for row in sheet.rows if is_filled(row)]
    present = {class_of(row) for row in filled}
    if None in present:
        bare = [row for row in filled if class_of(row) is None]
        if len(bare) == len(filled) or any(levels_unread(row) for row in bare):
            return []
        present.update(class_ for row in bare for class_ in may_be_of(row))
    if any(row.row.kind is IndicatorKind.BENEFICIARY_SATISFACTION for row in filled):
        present.add(IndicatorClass.SATISFACTION)  # forms of two classes print it among the outcomes
    return [c for name in sheet.parameter(REQUIRED_CLASSES) if (c := IndicatorClass(name)) not in present]


def missing_kinds(sheet: SheetView) -> list[IndicatorKind]:
    """Required kinds of output without a filled row. A row without a kind stands for every kind that it may belong to by what
    it measures.

    None where the form has no second level or there is no output at all, which is said of the class.
    """
    filled = [row for row in sheet.rows if is_filled(row)]
    outputs = [row for row in filled if class_of(row) is IndicatorClass.OUTPUT]
    present = {row.row.kind for row in outputs}
    if not present - {None}:
        return []
    bare = [row for row in filled if row.row.kind is None and class_of(row) in (None, IndicatorClass.OUTPUT)]
    if any(levels_unread(row) for row in bare):
        return []
    present.update(kind for row in bare for kind in kinds_it_may_be(row))
    kinds = [IndicatorKind(name) for name in sheet.parameter(REQUIRED_KINDS)]
    has_cost = any(row.row.is_cost for row in filled)
    return [k for k in kinds if k not in present and not (k is IndicatorKind.COST and has_cost)]
