"""The form of one project: goals, and what was filled in on them in the course of the year or after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from jixiao.documents import (
    NARROW,
    Align,
    Block,
    Cell,
    Column,
    Heading,
    Look,
    Page,
    Paragraph,
    Role,
    Row,
    Section,
    Table,
)
from jixiao.domain.execution import Execution
from jixiao.domain.form import AMOUNT_FIELDS, INDICATOR_FIELDS, FormField, Kind, field_named
from jixiao.domain.goal import texts_of
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.indicator import Indicator, IndicatorClass, IndicatorKind
from jixiao.domain.self_evaluation import SelfEvaluationSheet
from jixiao.domain.stage import LaterSheet, Stage, stage_of
from jixiao.domain.target import Target

_GRID = (10, 11, 7, 8, 11, 11, 11, 15)
"""Widths of the columns on which the lines of a form's head and of its rows fall"""
_LEVELS, _LONG, _SHORT = (10, 11), 15, 9
"""Widths of the levels and of the other columns, where the rows have as many columns as the grid or more"""


_LONG_FIELDS = ("name", "description", "deviation")
"""Fields of a row that take the room that is left"""
_OF_STAGE = {
    Stage.GOALS: ("description", "basis"),
    Stage.MONITORING: ("actual", "expected", "deviation", "likelihood"),
    Stage.SELF_EVALUATION: ("actual", "weight", "score", "deviation"),
}
"""Fields that forms of a stage have besides the levels and the value, be they blank; others where they say something"""
_ROW_ORDER = (
    *("class", "kind", "name", "description", "target", "actual", "expected"),
    *("weight", "score", "deviation", "likelihood", "basis"),
)

_MONEY_ORDER = ("initial", "revised", "executed", "expected", "weight", "rate", "score")
"""Columns in the order of the official forms"""


def sheet_form(sheet: GoalSheet, later: LaterSheet | None, department: str = "") -> Section:
    """The pages of one form; wide ones lie across the paper. ``department`` 「主管部门」 where the form is to name it.

    Head and rows are two tables on one grid, so that the titles of the columns are repeated on every page.
    """
    fields = row_fields(sheet, later)
    grid: tuple[int, ...] = _GRID
    if len(fields) >= len(_GRID):
        grid = (*_LEVELS, *(_LONG if f.name in _LONG_FIELDS else _SHORT for f in fields[len(_LEVELS) :]))
    columns = tuple(Column("", width) for width in grid)
    blocks: list[Block] = [
        Heading(sheet.title or f"{sheet.project.name or ''}{stage_of(later).label}", 0),
        *([Paragraph(f"（{sheet.fiscal_year.year}年度）", Role.OPENING)] if sheet.fiscal_year else ()),
        Table(columns, tuple(_head(sheet, later, len(grid), department))),
    ]
    if sheet.indicators:
        spans = _spans(fields, len(grid))
        stage = stage_of(later)
        titles = tuple(_label(f.label_at(stage), columns=k) for f, k in zip(fields, spans, strict=True))
        rows = (*_rows(sheet, later, fields, spans), *_totals(sheet, later, fields, spans))
        blocks.append(Table(columns, rows, (titles,)))
    page = Page(margins=NARROW, landscape=len(grid) > len(_GRID))
    return Section(tuple(blocks), page, sheet.label)


# --- the head ---------------------------------------------------------------------------------------------


def _head(sheet: GoalSheet, later: LaterSheet | None, width: int, department: str) -> Iterator[Row]:
    """``width``: columns of the grid."""
    unit, budget = sheet.budget_unit, sheet.budget
    who = " ".join(filter(None, (unit.code, unit.name)))
    money = f"单位：{budget.currency_unit}" if budget.currency_unit else None
    if who or money:
        yield (
            Cell(who, columns=width - 2, align=Align.LEFT, about="/budget_unit/name"),
            Cell(money, columns=2, align=Align.RIGHT, about="/budget/currency_unit"),
        )
    if department:
        yield (_label("主管部门"), Cell(department, columns=width - 1, align=Align.LEFT))
    code = Cell(sheet.project.code, columns=3, about="/project/code")
    name = Cell(sheet.project.name, columns=width - 5, about="/project/name")
    yield (_label(_named("project/code")), code, _label(_named("project/name")), name)
    total, fiscal, other = map(printed, (budget.total, budget.fiscal, budget.other))
    yield (
        _label("预算规模及资金用途", rows=2),
        _label(_named("budget/total")),
        Cell(total, columns=2, about="/budget/total"),
        _label(f"其中：{_named('budget/fiscal')}"),
        Cell(fiscal, about="/budget/fiscal"),
        _label(_named("budget/other")),
        Cell(other, columns=width - 7, about="/budget/other"),
    )
    yield (Cell(sheet.purpose, columns=width - 1, align=Align.LEFT, about="/purpose"),)
    yield from _disbursement(sheet, width - 1)
    if later is not None and later.execution is not None:
        yield from _execution(later.execution, width)
    yield from _goals(sheet, later, width)


def _named(path: str) -> str:
    """What forms call a field of a sheet."""
    return field_named(f"goal_sheets/*/{path}").label


def _disbursement(sheet: GoalSheet, room: int) -> Iterator[Row]:
    """The points of time side by side; where they are many, in several such lines."""
    for n in range(0, len(sheet.disbursement_plan), room):
        steps = sheet.disbursement_plan[n : n + room]
        spans = _shared(room, len(steps))
        points = (_label(step.by, columns=k) for step, k in zip(steps, spans, strict=True))
        percents = [None if step.percent is None else f"{printed(step.percent)}%" for step in steps]
        yield (_label(f"{_named('disbursement_plan')}（%）", rows=2), *points)
        yield tuple(
            Cell(words, columns=k, about=f"/disbursement_plan/{n + i}/percent")
            for i, (words, k) in enumerate(zip(percents, spans, strict=True))
        )


def _execution(execution: Execution, width: int) -> Iterator[Row]:
    """What became of the money, a line a source; columns that say nothing are left out."""
    lines = list(execution.rows())
    in_order = sorted(AMOUNT_FIELDS, key=lambda field: _MONEY_ORDER.index(field.name))
    fields = [f for f in in_order if any(getattr(row, f.name) is not None for _, row in lines)]
    if not fields:
        return
    spans = _shared(width - 2, len(fields))
    titles = (_label(f.label, columns=k) for f, k in zip(fields, spans, strict=True))
    yield (_label(_named("execution"), rows=len(lines) + 1), _label("资金来源"), *titles)
    for source, row in lines:
        amounts = (
            Cell(_amount(f, getattr(row, f.name)), columns=k, about=f"/execution/{source}/{f.name}")
            for f, k in zip(fields, spans, strict=True)
        )
        yield (_label(source.label), *amounts)


def _amount(field: FormField, value: Decimal | None) -> str | None:
    """A number with the sign of percent, where it is one; points and money stand under titles that say so."""
    words = printed(value)
    return f"{words}%" if words is not None and field.kind is Kind.PERCENT else words


def _goals(sheet: GoalSheet, later: LaterSheet | None, width: int) -> Iterator[Row]:
    goals, reached = _numbered(texts_of(sheet.goals)), _numbered(texts_of(later.goals_reached if later else ()))
    if not reached:
        yield (_label(_named("goals")), Cell(goals, columns=width - 1, align=Align.LEFT, about="/goals"))
        return
    left = (width - 1) // 2
    yield (
        _label("年度总体目标", rows=2),
        _label("预期目标", columns=left),
        _label(_named("goals_reached"), columns=width - 1 - left),
    )
    yield (
        Cell(goals, columns=left, align=Align.LEFT, about="/goals"),
        Cell(reached, columns=width - 1 - left, align=Align.LEFT, about="/goals_reached"),
    )


def _numbered(texts: Iterator[str]) -> str:
    found = list(texts)
    return found[0] if len(found) == 1 else "\n".join(f"{n}、{text}" for n, text in enumerate(found, 1))


# --- the rows ---------------------------------------------------------------------------------------------


def row_fields(sheet: GoalSheet, later: LaterSheet | None) -> tuple[FormField, ...]:
    """The columns of the form: those of its stage, and of the others those that say something."""
    always = {"class", "kind", "name", "target", *_OF_STAGE[stage_of(later)]}
    if sheet.total_weight is not None or sheet.execution_weight is not None:
        always.add("weight")
    named = {f.name: f for f in INDICATOR_FIELDS}
    fields = (named[name] for name in _ROW_ORDER)
    return tuple(f for f in fields if f.name in always or any(row_words(f, row, later) for row in sheet.indicators))


def row_words(field: FormField, row: Indicator, later: LaterSheet | None) -> str | None:
    """What a row of the form has under a title; None where rows of its stage have no such field."""
    held = later.row(row.id) if field.is_later and later is not None else row
    value: Target | IndicatorClass | IndicatorKind | Decimal | str | None = getattr(held, field.held_as, None)
    if isinstance(value, Target):
        return value.text
    if isinstance(value, IndicatorClass | IndicatorKind):
        return value.label
    return printed(value) if isinstance(value, Decimal) else value


def _spans(fields: Sequence[FormField], width: int) -> list[int]:
    """How many columns of the grid each field takes: one, and the long ones share what is left."""
    long = [n for n, field in enumerate(fields) if field.name in _LONG_FIELDS]
    more = _shared(width - len(fields), len(long))
    return [1 + (more[long.index(n)] if n in long else 0) for n in range(len(fields))]


def _rows(
    sheet: GoalSheet, later: LaterSheet | None, fields: Sequence[FormField], spans: Sequence[int]
) -> Iterator[Row]:
    """The rows; equal first and second levels one below the other are one cell."""
    rows = sheet.indicators
    merged = (_runs([row.class_ for row in rows]), _runs([(row.class_, row.kind) for row in rows]))
    levels, others = fields[: len(merged)], list(zip(fields, spans, strict=True))[len(merged) :]
    for n, row in enumerate(rows):
        labels = (
            Cell(row_words(field, row, later), rows=run[n], look=Look.LABEL, about=f"/indicators/{n}/{field.name}")
            for field, run in zip(levels, merged, strict=True)
            if run[n]
        )
        cells = (
            Cell(row_words(field, row, later), columns=k, about=f"/indicators/{n}/{field.name}") for field, k in others
        )
        yield (*labels, *cells)


def _totals(
    sheet: GoalSheet, later: LaterSheet | None, fields: Sequence[FormField], spans: Sequence[int]
) -> Iterator[Row]:
    """The points of the rate of execution, where they stand among the rows, and of the whole sheet, with its grade."""
    result = later if isinstance(later, SelfEvaluationSheet) else SelfEvaluationSheet("")
    if sheet.execution_weight is not None:
        yield _total("预算执行率", {"weight": ("execution_weight", sheet.execution_weight)}, None, fields, spans)
    points = {"weight": ("total_weight", sheet.total_weight), "score": ("total_score", result.total_score)}
    if any(value is not None for _, value in points.values()) or result.grade:
        yield _total("总分", points, result.grade, fields, spans)


def _total(
    label: str,
    points: Mapping[str, tuple[str, Decimal | None]],
    grade: str | None,
    fields: Sequence[FormField],
    spans: Sequence[int],
) -> Row:
    """A label up to the first column of points, the points (field of the sheet, number) in their columns by field, the grade
    in the last cell.
    """
    before = next((n for n, field in enumerate(fields) if field.name in points), len(fields) - 1)
    cells = []
    for field, k in list(zip(fields, spans, strict=True))[before:]:
        name, value = points.get(field.name, ("", None))
        cells.append(Cell(printed(value), columns=k, about=f"/{name}" if name else ""))
    if grade is not None:
        cells[-1] = replace(cells[-1], content=grade, about="/grade")
    return (_label(label, columns=sum(spans[:before])), *cells)


def _runs(values: Sequence[object]) -> list[int]:
    """How many rows each value covers: at the first of equal ones, 0 at the others. What is not stated covers one."""
    spans: list[int] = []
    for value, run in groupby(values):
        length = len(list(run))
        stated = value is not None and value != (None, None)
        spans += [length, *([0] * (length - 1))] if stated else [1] * length
    return spans


def _shared(columns: int, among: int) -> list[int]:
    """``columns`` shared out as evenly as may be, the larger shares first."""
    each, more = divmod(columns, among)
    return [each + (n < more) for n in range(among)]


def _label(text: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell(text, columns, rows, look=Look.LABEL)


def printed(amount: Decimal | None) -> str | None:
    """A number as the form had it, with its zeros."""
    return None if amount is None else format(amount, "f")
