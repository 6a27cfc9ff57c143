"""A plan as a document in the official forms 「部门预算绩效文本」: the department's part, then the form of every project.

What is written here reads back as the same plan. A form has the columns there are values for, under the words of the
official forms; the file carries the traces of the plan, so that its rows are known again after somebody edited it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from jixiao.documents import (
    NARROW,
    Align,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Page,
    Paragraph,
    Role,
    Row,
    Section,
    Table,
)
from jixiao.domain.form import ACTIVITY_FIELDS, RATING_FIELDS, field_named
from jixiao.domain.plan import Activity, Plan
from jixiao.domain.traces import trace_of, traces_to_text
from jixiao.writers.sheet_form import printed, sheet_form

_PAGE = Page(margins=NARROW)
_NO_YEAR = 2000
"""Of a document that no day is known for"""
_WIDTHS = {"name": 12, "budget": 9, "description": 15, "goal": 15, "indicators": 13}
_ACTIVITY_COLUMNS = tuple((one.label, _WIDTHS[one.name]) for one in ACTIVITY_FIELDS if one.name in _WIDTHS)
_GRADES = tuple(one.label for one in RATING_FIELDS)
_SCALE = field_named("activities/*/indicators/*/rating_scale").label


def plan_document(plan: Plan) -> Document:
    """The plan as a document; ``day`` is the first of its fiscal year. A single form has its title as its own."""
    year = f"{plan.fiscal_year.year}年" if plan.fiscal_year else ""
    later = plan.later_sheets
    alone = len(plan.goal_sheets) == 1 and not _has_whole(plan)
    department = _department(plan) if alone else ""
    forms = [sheet_form(sheet, later.get(sheet.id), department) for sheet in plan.goal_sheets]
    named = forms[0].blocks[0] if alone else None
    title = plan.title or (
        named.text if isinstance(named, Heading) else f"{plan.department.name or ''}{year}部门预算绩效文本"
    )
    opening = (Heading(title, 0), *_opening(plan, title, alone=alone))
    if alone:
        sections = [replace(forms[0], blocks=(*opening, *forms[0].blocks[1:]))]
    else:
        sections = [Section((*opening, *_whole(plan)), _PAGE, "部门整体绩效目标"), *forms]
    day = date(plan.fiscal_year.year if plan.fiscal_year else _NO_YEAR, 1, 1)
    return Document(title, day, tuple(sections), traces_to_text(trace_of(plan)))


def _has_whole(plan: Plan) -> bool:
    return bool(plan.overall_goals or plan.activities or plan.safeguards)


def _opening(plan: Plan, title: str, *, alone: bool) -> Iterator[Block]:
    """The year, where the title does not say it; who the plan is of, where neither a form nor the activities do."""
    if plan.fiscal_year and f"{plan.fiscal_year.year}年" not in "".join(title.split()):
        yield Paragraph(f"（{plan.fiscal_year.year}年度）", Role.OPENING)
    if plan.department.label and not alone and not (plan.activities and plan.currency_unit):
        yield Paragraph(f"填报部门：{_department(plan)}", Role.OPENING)


# --- the department's part --------------------------------------------------------------------------------


def _whole(plan: Plan) -> Iterator[Block]:
    if _has_whole(plan):
        yield Heading("第一部分　部门整体绩效目标", 1)
    if plan.overall_goals:
        yield Heading("一、总体绩效目标", 2)
        yield from (Paragraph(g.text, about=f"/overall_goals/{n}") for n, g in enumerate(plan.overall_goals))
    if plan.activities:
        yield Heading("二、分项绩效目标", 2)
        yield _activities(plan)
    if plan.safeguards:
        yield Heading("三、工作保障措施", 2)
        for n, safeguard in enumerate(plan.safeguards, 1):
            heading = f"{n}.{safeguard.heading}。" if safeguard.heading else ""
            yield Paragraph(f"{heading}{safeguard.text or ''}", about=f"/safeguards/{n - 1}/text")


def _department(plan: Plan) -> str:
    return f"{plan.department.code or ''}{plan.department.name or ''}"


def _activities(plan: Plan) -> Table:
    scaled = any(indicator.rating_scale for activity in plan.activities for indicator in activity.indicators)
    columns = [Column(title, width) for title, width in _ACTIVITY_COLUMNS]
    columns += [Column(grade, 6) for grade in _GRADES] if scaled else []
    titles = tuple(Cell(title, rows=2 if scaled else 1) for title, _ in _ACTIVITY_COLUMNS)
    head: list[Row] = [(*titles, Cell(_SCALE, columns=len(_GRADES))), _GRADES] if scaled else [titles]
    if plan.currency_unit:
        unit = Cell(f"单位：{plan.currency_unit}", columns=len(columns) - 3, align=Align.RIGHT)
        head.insert(0, (Cell(_department(plan), columns=3, align=Align.LEFT), unit))
    body = tuple(
        row
        for n, activity in enumerate(plan.activities)
        for row in _activity(activity, f"/activities/{n}", scaled=scaled)
    )
    return Table(tuple(columns), body, tuple(head))


def _activity(activity: Activity, own: str, *, scaled: bool) -> Iterator[Row]:
    deep = max(len(activity.indicators), 1)
    words = {
        "name": activity.name,
        "budget": printed(activity.budget),
        "description": activity.description,
        "goal": activity.goal,
    }
    for n in range(deep):
        indicator = activity.indicators[n] if activity.indicators else None
        scale = indicator.rating_scale if indicator else None
        grades = (scale.excellent, scale.good, scale.fair, scale.poor) if scale else (None,) * len(_GRADES)
        begins = tuple(Cell(w, rows=deep, about=f"{own}/{name}") for name, w in words.items()) if n == 0 else ()
        here = f"{own}/indicators/{n}"
        text = Cell(indicator.text if indicator else None, about=f"{here}/text")
        scales = (
            Cell(grade, about=f"{here}/rating_scale/{f.name}") for f, grade in zip(RATING_FIELDS, grades, strict=True)
        )
        yield (*begins, text, *(scales if scaled else ()))
