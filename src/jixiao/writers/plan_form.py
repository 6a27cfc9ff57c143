"""A plan as a document to be filled in further 「部门预算绩效文本」: part one, then the form of every project.

What is written here reads back as the same plan. Each sheet prints the columns it has values for, under the words of the
official forms; the file carries the traces of the plan, so that its rows are known again after somebody edited it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from jixiao.documents import (
    NARROW,
    Align,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Look,
    Page,
    Paragraph,
    Role,
    Row,
    Section,
    Table,
)
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.indicator import Indicator
from jixiao.domain.organisation import Organisation
from jixiao.domain.plan import Activity, Plan
from jixiao.domain.target import Target
from jixiao.domain.traces import trace_of, traces_to_text

_DAY = date(2000, 1, 1)
"""Of a document that no day is known for"""
_GRID = 8
_GRADES = ("excellent", "good", "fair", "poor")


def plan_document(plan: Plan) -> Document:
    """The plan as a document; ``day`` is the first of its fiscal year."""
    day = date(plan.fiscal_year.year, 1, 1) if plan.fiscal_year else _DAY
    title = plan.title or f"{plan.department.name or ''}部门预算绩效文本"
    page = Page(margins=NARROW)
    sections = [Section(tuple(_part_one(plan, title)), page, "部门整体绩效目标")]
    for n, sheet in enumerate(plan.goal_sheets, 1):
        sections.append(Section(tuple(_project(plan, sheet, n)), page, sheet.project.name or f"第{n}张表"))
    return Document(title, day, tuple(sections), traces_to_text(trace_of(plan)))


def _part_one(plan: Plan, title: str) -> Iterator[Block]:
    yield Heading(title, 0)
    if plan.department.name or plan.department.code:
        yield Paragraph(f"部门：{_organisation(plan.department)}", Role.OPENING)
    if plan.overall_goals or plan.activities or plan.safeguards:
        yield Heading("第一部分 部门整体绩效目标", 1)
    if plan.overall_goals:
        yield Heading("一、总体绩效目标", 1)
        yield from (Paragraph(goal.text) for goal in plan.overall_goals)
    if plan.activities:
        yield Heading("二、分项绩效目标", 1)
        if plan.currency_unit:
            yield Paragraph(f"单位：{plan.currency_unit}", Role.REMARK)
        yield _activities(plan.activities)
    if plan.safeguards:
        yield Heading("三、工作保障措施", 1)
        for n, guard in enumerate(plan.safeguards, 1):
            heading = f"{n}.{guard.heading}。" if guard.heading else ""
            yield Paragraph(f"{heading}{guard.text or ''}")
    if plan.goal_sheets:
        yield Heading("第二部分 预算项目绩效目标", 1)


def _activities(activities: Sequence[Activity]) -> Table:
    heads = ("职责活动", "年度预算数", "内容描述", "绩效目标", "绩效指标")
    head: tuple[Row, ...] = (
        (*(_label(word, rows=2) for word in heads), _label("评价标准", columns=len(_GRADES))),
        tuple(_label(grade) for grade in "优良中差"),
    )
    body: list[Row] = []
    for activity in activities:
        rows = max(1, len(activity.indicators))
        words = (activity.name, _amount(activity.budget), activity.description, activity.goal)
        left = tuple(Cell(word, rows=rows) for word in words)
        for n in range(rows):
            indicator = activity.indicators[n] if activity.indicators else None
            scale = indicator.rating_scale if indicator else None
            grades = tuple(getattr(scale, grade) if scale else None for grade in _GRADES)
            body.append((*(left if n == 0 else ()), indicator.text if indicator else None, *grades))
    widths = (17, 15, 30, 29, 23, 13, 13, 13, 13)
    return Table(tuple(Column("", width) for width in widths), tuple(body), head, read=True)


# --- the form of a project --------------------------------------------------------------------------------


def _project(plan: Plan, sheet: GoalSheet, n: int) -> Iterator[Block]:
    yield Heading(f"{n}.{sheet.project.name or ''}绩效目标表", 2)
    unit = sheet.budget.currency_unit or plan.currency_unit
    yield Paragraph(
        "    ".join(
            words
            for words in (_organisation(sheet.budget_unit, "预算单位："), f"单位：{unit}" if unit else "")
            if words
        ),
        Role.REMARK,
    )
    columns = [column for column in _COLUMNS if column.always or any(column.cell(row) for row in sheet.indicators)]
    yield Table(tuple(Column("", width) for width in (19, 22, 14, 15, 22, 22, 21, 31)), tuple(_head(sheet)), read=True)
    if sheet.indicators:
        yield Table(
            tuple(Column("", column.width) for column in columns),
            tuple(_rows(sheet.indicators, columns)),
            (tuple(_label(column.title) for column in columns),),
            read=True,
        )


def _head(sheet: GoalSheet) -> Iterator[Row]:
    budget = sheet.budget
    yield (
        _label("项目编码"),
        Cell(sheet.project.code, columns=3),
        _label("项目名称"),
        Cell(sheet.project.name, columns=3),
    )
    yield (
        _label("预算规模及资金用途", rows=2),
        _label("预算数"),
        Cell(_amount(budget.total), columns=2),
        _label("其中：财政资金"),
        _amount(budget.fiscal),
        _label("其他资金"),
        _amount(budget.other),
    )
    yield (Cell(sheet.purpose, columns=7, align=Align.LEFT),)
    if steps := sheet.disbursement_plan:
        yield _label("资金支出计划（%）", rows=2), *_spread([_label(step.by) for step in steps])
        yield tuple(_spread([Cell(_percent(step.percent)) for step in steps]))
    goals = "\n".join(
        goal.text if len(sheet.goals) == 1 else f"{n}、{goal.text}" for n, goal in enumerate(sheet.goals, 1)
    )
    yield _label("绩效目标"), Cell(goals, columns=7, align=Align.LEFT)


def _spread(cells: Sequence[Cell]) -> Iterator[Cell]:
    """The cells over the seven columns beside the label."""
    width, more = divmod(_GRID - 1, len(cells))
    for n, cell in enumerate(cells):
        yield Cell(cell.content, columns=width + (n < more), look=cell.look)


class _Field:
    """A column of the rows: its title on forms, the words of a row's cell, whether it stands on every form."""

    def __init__(
        self, title: str, width: float, cell: Callable[[Indicator], str | None], *, always: bool = False
    ) -> None:
        self.title, self.width, self.cell, self.always = title, width, cell, always


def _rows(rows: Sequence[Indicator], columns: Sequence[_Field]) -> Iterator[Row]:
    """The rows; equal first and second levels one below the other are one cell."""
    firsts = _runs([row.class_ for row in rows])
    seconds = _runs([(row.class_, row.kind) for row in rows])
    for n, row in enumerate(rows):
        cells: list[Cell] = []
        for column, span in zip(columns, (firsts[n], seconds[n], *(1 for _ in columns[2:])), strict=True):
            if span:
                cells.append(Cell(column.cell(row), rows=span))
        yield tuple(cells)


def _runs(values: Sequence[object]) -> list[int]:
    """How many rows each value covers: at the first of equal ones, 0 at the others. What is not stated covers one."""
    spans: list[int] = []
    for value, run in groupby(values):
        length = len(list(run))
        stated = value is not None and value != (None, None)
        spans += [length, *([0] * (length - 1))] if stated else [1] * length
    return spans


def _printed(target: Target | None) -> str | None:
    return target.text if target else None


_COLUMNS = (
    _Field("一级指标", 19, lambda row: row.class_.label if row.class_ else None, always=True),
    _Field("二级指标", 22, lambda row: row.kind.label if row.kind else None, always=True),
    _Field("三级指标", 29, lambda row: row.name, always=True),
    _Field("绩效指标描述", 37, lambda row: row.description),
    _Field("指标值", 22, lambda row: row.target.text, always=True),
    _Field("指标值确定依据", 31, lambda row: row.basis),
)


def _label(words: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell(words, columns=columns, rows=rows, look=Look.LABEL)


def _organisation(organisation: Organisation, label: str = "") -> str:
    words = " ".join(word for word in (organisation.code, organisation.name) if word)
    return f"{label}{words}" if words else ""


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _percent(value: Decimal | None) -> str | None:
    return None if value is None else f"{_amount(value)}%"
