"""The rows of a form: indicators in the columns of its layout, and the points in all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby, pairwise

from jixiao.documents import Cell, Look, Row
from jixiao.domain.form import INDICATOR_FIELDS, NOT_FILLED, FormField, Kind
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.indicator import Indicator, IndicatorClass, IndicatorKind
from jixiao.domain.self_evaluation import SelfEvaluationSheet
from jixiao.domain.stage import LaterSheet, Stage, stage_of
from jixiao.domain.target import Target
from jixiao.layouts import IndicatorColumn, Layout, parts_of_target, usual

_ROW = "goal_sheets/*/indicators/*/"
_TARGET = f"{_ROW}target"
_PARTS = (f"{_TARGET}/comparator", f"{_TARGET}/value", f"{_TARGET}/unit")
_LEVELS = 2
"""Columns at the left whose equal cells are one"""


@dataclass(frozen=True, slots=True)
class RowColumn:
    """A column as it is drawn: that of the layout, the field of a row it shows, its title at the stage of the form.

    ``own``: the layout has a place for it.
    """

    column: IndicatorColumn
    field: FormField
    title: str
    own: bool = True

    @property
    def about(self) -> str:
        """The end of the pointer that a cell of the column is about. A value apart from its sign and unit is the target."""
        end = self.column.field.removeprefix(_ROW)
        return "target" if end == "target/value" else end

    def words(self, row: Indicator, later: LaterSheet | None) -> str | None:
        """What a row has under the title."""
        if self.column.field in _PARTS:
            return parts_of_target(row.target)[_PARTS.index(self.column.field)] or None
        return row_words(self.field, row, later)


def columns_of(layout: Layout, sheet: GoalSheet, later: LaterSheet | None) -> tuple[RowColumn, ...]:
    """The columns of a form: those of its layout at the stage, and of all others those that say something.

    What the layout has no column for stands at the right, as the usual form has it.
    """
    stage = stage_of(later)
    named = {f.name: f for f in INDICATOR_FIELDS}
    own = {_field(column) for column in layout.columns}
    others = [replace(column, at=()) for column in usual().columns if _field(column) not in own]
    weighted = sheet.total_weight is not None or sheet.execution_weight is not None
    found = []
    for column in (*layout.columns, *others):
        field = named[_field(column)]
        stands = stage in column.at or (weighted and field.name == "weight")
        if stands or any(row_words(field, row, later) for row in sheet.indicators):
            found.append(RowColumn(column, field, _title(column, field, stage), field.name in own))
    return tuple(found)


def _field(column: IndicatorColumn) -> str:
    """The name of the field of a row that a column shows, or a part of."""
    return column.field.removeprefix(_ROW).split("/")[0]


def _title(column: IndicatorColumn, field: FormField, stage: Stage) -> str:
    """The words of the layout; where these are the general ones, those that forms of the stage have for the field."""
    return field.label_at(stage) if column.label == field.label else column.label


def row_fields(sheet: GoalSheet, later: LaterSheet | None) -> tuple[FormField, ...]:
    """The fields that have a column in the usual form."""
    return tuple(column.field for column in columns_of(usual(), sheet, later))


def row_words(field: FormField, row: Indicator, later: LaterSheet | None) -> str | None:
    """What a row of the form has under a title; None where rows of its stage have no such field."""
    held = later.row(row.id) if field.is_later and later is not None else row
    value: Target | IndicatorClass | IndicatorKind | Decimal | str | None = getattr(held, field.held_as, None)
    if isinstance(value, Target):
        return value.text
    if isinstance(value, IndicatorClass | IndicatorKind):
        return value.label
    return printed(value) if isinstance(value, Decimal) else value


def grid_and_spans(layout: Layout, columns: Sequence[RowColumn]) -> tuple[tuple[int, ...], list[int]]:
    """The widths of the grid that head and rows are drawn on, and how many columns of it each column of the rows takes.

    It is the grid of the layout, or has a column for each of its own where these are as many; what the layout has no place for
    is added at the right, a column each.
    """
    own = [one for one in columns if one.own]
    widths = [one.column.width for one in columns]
    wide = len(own) >= len(layout.grid)
    base = widths[: len(own)] if wide else layout.grid
    spans = [1] * len(own) if wide else _spans(own, len(base))
    return (*base, *widths[len(own) :]), spans + [1] * (len(columns) - len(own))


def _spans(columns: Sequence[RowColumn], width: int) -> list[int]:
    """One column of the grid each, and the long ones share what is left."""
    long = [n for n, one in enumerate(columns) if one.column.long]
    more = shared(width - len(columns), len(long))
    return [1 + (more[long.index(n)] if n in long else 0) for n in range(len(columns))]


def rows_of(
    sheet: GoalSheet, later: LaterSheet | None, columns: Sequence[RowColumn], spans: Sequence[int]
) -> Iterator[Row]:
    """The rows, then the totals; equal first and second levels one below the other are one cell.

    A level that a row does not have is said to be open where an empty cell would be read as the level above.
    """
    rows, opened = sheet.indicators, _open_levels(sheet.indicators, columns)
    merged = (_runs([row.class_ for row in rows]), _runs([(row.class_, row.kind) for row in rows]))
    levels, others = columns[:_LEVELS], list(zip(columns, spans, strict=True))[_LEVELS:]
    for n, row in enumerate(rows):
        labels = (
            Cell(
                one.words(row, later) or opened[n].get(one.field.name),
                k,
                run[n],
                look=Look.LABEL,
                about=f"/indicators/{n}/{one.about}",
            )
            for one, k, run in zip(levels, spans, merged, strict=False)
            if run[n]
        )
        cells = (
            Cell(
                one.words(row, later) or opened[n].get(one.field.name), columns=k, about=f"/indicators/{n}/{one.about}"
            )
            for one, k in others
        )
        yield (*labels, *cells)
    yield from _totals(sheet, later, columns, spans)


def _totals(
    sheet: GoalSheet, later: LaterSheet | None, columns: Sequence[RowColumn], spans: Sequence[int]
) -> Iterator[Row]:
    """The points of the rate of execution, where they stand among the rows, and of the whole sheet, with its grade."""
    result = later if isinstance(later, SelfEvaluationSheet) else SelfEvaluationSheet("")
    if sheet.execution_weight is not None:
        yield _total("预算执行率", {"weight": ("execution_weight", sheet.execution_weight)}, None, columns, spans)
    points = {"weight": ("total_weight", sheet.total_weight), "score": ("total_score", result.total_score)}
    apart = points.get(columns[-1].field.name, ("", None))[1] is not None  # the cell of the grade is taken
    if any(value is not None for _, value in points.values()) or result.grade:
        yield _total("总分", points, None if apart else result.grade, columns, spans)
    if apart and result.grade:
        yield _total("等级", {}, result.grade, columns, spans)


def _total(
    label: str,
    points: Mapping[str, tuple[str, Decimal | None]],
    grade: str | None,
    columns: Sequence[RowColumn],
    spans: Sequence[int],
) -> Row:
    """A label up to the first column of points, the points (field of the sheet, number) in their columns by field, the grade
    in the last cell.
    """
    before = next((n for n, one in enumerate(columns) if one.field.name in points), len(columns) - 1)
    cells = []
    for one, k in list(zip(columns, spans, strict=True))[before:]:
        name, value = points.get(one.field.name, ("", None))
        cells.append(Cell(printed(value), columns=k, about=f"/{name}" if name else ""))
    if grade is not None:
        cells[-1] = replace(cells[-1], content=grade, about="/grade")
    return (label_cell(label, columns=sum(spans[:before])), *cells)


def _open_levels(rows: Sequence[Indicator], columns: Sequence[RowColumn]) -> list[dict[str, str]]:
    """What stands, row by row, in the place of a level that the row does not have, by the name of the field.

    Nothing where no row above has one, nor for the second level where the first is another than above: an empty cell there goes
    on with nothing.
    """
    has_class = any(one.field.name == "class" for one in columns)
    found: list[dict[str, str]] = []
    stated, above = False, Indicator()
    for row in rows:
        opened: dict[str, str] = {}
        if has_class and stated and row.class_ is None:
            opened["class"] = NOT_FILLED
        elif row.kind is None and above.kind is not None and (not has_class or row.class_ is above.class_):
            opened["kind"] = NOT_FILLED
        found.append(opened)
        stated, above = stated or row.class_ is not None or row.kind is not None, row
    return found


def _runs(values: Sequence[object]) -> list[int]:
    """How many rows each value covers: at the first of equal ones, 0 at the others. What is not stated covers one."""
    spans: list[int] = []
    for value, run in groupby(values):
        length = len(list(run))
        stated = value is not None and value != (None, None)
        spans += [length, *([0] * (length - 1))] if stated else [1] * length
    return spans


def shared(columns: int, among: int) -> list[int]:
    """``columns`` shared out as evenly as may be, the larger shares first."""
    each, more = divmod(columns, among)
    return [each + (n < more) for n in range(among)]


def shared_by_width(widths: Sequence[int], among: int) -> list[int]:
    """Columns of these widths shared out so that the shares are about as wide as one another, a column each at least."""
    ends, whole = [0], sum(widths)
    for n in range(1, among + 1):
        first, last = ends[-1] + 1, len(widths) - (among - n)
        cut = min(range(first, last + 1), key=lambda k: (abs(sum(widths[:k]) - whole * n / among), k))
        ends.append(last if n == among else cut)
    return [after - before for before, after in pairwise(ends)]


def label_cell(text: str, columns: int = 1, rows: int = 1) -> Cell:
    """Words that are printed on the form."""
    return Cell(text, columns, rows, look=Look.LABEL)


def printed(amount: Decimal | None) -> str | None:
    """A number as the form had it, with its zeros."""
    return None if amount is None else format(amount, "f")


def with_sign(field: FormField, value: Decimal | None) -> str | None:
    """A number with the sign of percent, where it is one; points and money stand under titles that say so."""
    words = printed(value)
    return f"{words}%" if words is not None and field.kind is Kind.PERCENT else words
