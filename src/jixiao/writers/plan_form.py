"""A plan as a document in the official forms 「部门预算绩效文本」: the department's part, then the form of every project.

What is written here reads back as the same plan. A form has the columns there are values for, under the words of its
layout (``jixiao.layouts``); the file carries the traces of the plan, so that its rows are known again after somebody edited it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from jixiao.documents import NARROW, Block, Document, Heading, Page, Paragraph, Role, Section
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.plan import Plan
from jixiao.domain.stage import LaterSheet
from jixiao.domain.traces import trace_of, traces_to_text
from jixiao.layouts import Layout, PartOne, usual
from jixiao.writers.activities_form import drawn_activities, in_a_table
from jixiao.writers.sheet_form import layout_for, sheet_form

_PAGE = Page(margins=NARROW)
_NO_YEAR = 2000
"""Of a document that no day is known for"""


def plan_document(plan: Plan, layout: Layout | None = None) -> Document:
    """The plan as a document; ``day`` is the first of its fiscal year. A single form has its title as its own.

    ``layout``: the form it is drawn by, the usual one where None.
    """
    layout = layout or usual()
    year = f"{plan.fiscal_year.year}年" if plan.fiscal_year else ""
    alone = len(plan.goal_sheets) == 1 and not _has_whole(plan)
    forms = [
        _form(plan, sheet, layout_for(layout, later), later, alone=alone)
        for sheet in plan.goal_sheets
        for later in (plan.later_sheets.get(sheet.id),)
    ]
    named = forms[0].blocks[0] if alone else None
    title = plan.title or (
        named.text if isinstance(named, Heading) else f"{plan.department.name or ''}{year}部门预算绩效文本"
    )
    told = alone or (in_a_table(plan, layout.part_one.activities) and plan.currency_unit is not None)
    opening = (Heading(title, 0), *_opening(plan, title, named=told))
    if alone:
        sections = [replace(forms[0], blocks=(*opening, *forms[0].blocks[1:]))]
    else:
        sections = [Section((*opening, *_whole(plan, layout.part_one)), _PAGE, "部门整体绩效目标"), *forms]
    day = date(plan.fiscal_year.year if plan.fiscal_year else _NO_YEAR, 1, 1)
    return Document(title, day, tuple(sections), traces_to_text(trace_of(plan)))


def _form(plan: Plan, sheet: GoalSheet, layout: Layout, later: LaterSheet | None, *, alone: bool) -> Section:
    """One form. Those that always name the department and the year do so on each; others where nothing else does."""
    named = any(path.startswith("department") for block in layout.head if not block.where_said for path in block.fields)
    department = _department(plan) if alone or named else ""
    return sheet_form(sheet, later, department, layout, None if alone else plan.fiscal_year)


def _has_whole(plan: Plan) -> bool:
    return bool(plan.overall_goals or plan.activities or plan.safeguards)


def _opening(plan: Plan, title: str, *, named: bool) -> Iterator[Block]:
    """The year, where the title does not say it; who the plan is of, unless it is ``named`` by its form or its activities."""
    if plan.fiscal_year and f"{plan.fiscal_year.year}年" not in "".join(title.split()):
        yield Paragraph(f"（{plan.fiscal_year.year}年度）", Role.SUBTITLE)
    if plan.department.label and not named:
        yield Paragraph(f"填报部门：{_department(plan)}", Role.OPENING)


# --- the department's part --------------------------------------------------------------------------------


def _whole(plan: Plan, titles: PartOne) -> Iterator[Block]:
    if _has_whole(plan):
        yield Heading(titles.title, 1)
    if plan.overall_goals:
        yield Heading(titles.overall, 2)
        yield from (Paragraph(g.text, about=f"/overall_goals/{n}") for n, g in enumerate(plan.overall_goals))
    if plan.activities:
        yield Heading(titles.activities.title, 2)
        yield from drawn_activities(plan, titles.activities, _department(plan))
    if plan.safeguards:
        yield Heading(titles.safeguards, 2)
        for n, safeguard in enumerate(plan.safeguards, 1):
            heading = f"{n}.{safeguard.heading}。" if safeguard.heading else ""
            yield Paragraph(f"{heading}{safeguard.text or ''}", about=f"/safeguards/{n - 1}/text")


def _department(plan: Plan) -> str:
    return f"{plan.department.code or ''}{plan.department.name or ''}"
