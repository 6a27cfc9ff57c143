"""The activities of a department 「分项绩效目标」 as its form has them: a table with 优良中差, or blocks of lines."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.documents import Align, Block, Cell, Column, Paragraph, Row, Table
from jixiao.domain.form import RATING_FIELDS, field_named
from jixiao.domain.numbering import unnumbered
from jixiao.domain.numerals import COMMON
from jixiao.domain.plan import Activity, Plan
from jixiao.layouts import ActivityColumn, ActivityPart, usual
from jixiao.writers.sheet_rows import printed

_GRADES = tuple(one.label for one in RATING_FIELDS)
_SCALE = field_named("activities/*/indicators/*/rating_scale").label
_OWN = "activities/*/"


def drawn_activities(plan: Plan, part: ActivityPart, department: str) -> Iterator[Block]:
    """The activities of a plan. Blocks of lines give way to the table where they cannot say all there is."""
    if not in_a_table(plan, part):
        for n, activity in enumerate(plan.activities):
            yield from _block(activity, n)
    else:
        yield _table(plan, part, department)


def in_a_table(plan: Plan, part: ActivityPart) -> bool:
    """Whether the activities are drawn as a table, which names the department and the unit of amounts."""
    if not plan.activities or part.style == "table":
        return bool(plan.activities)
    stated = next((s.budget.currency_unit for s in plan.goal_sheets if s.budget.currency_unit), None)
    return plan.currency_unit not in (None, stated) or not all(map(_is_told_in_lines, plan.activities))


# --- blocks of lines ----------------------------------------------------------------------------------------


def _is_told_in_lines(activity: Activity) -> bool:
    """Whether lines behind labels say all of an activity: they have no place for money, grades and broken lines."""
    words = (activity.name, activity.description, activity.goal, *(one.text for one in activity.indicators))
    plain = all(word is None or (word == word.strip() and "\n" not in word) for word in words)
    scaled = any(one.rating_scale for one in activity.indicators)
    named = bool(activity.name) and unnumbered(activity.name or "").style is None
    return plain and named and bool(activity.goal) and activity.budget is None and not scaled


def _block(activity: Activity, n: int) -> Iterator[Paragraph]:
    own = f"/activities/{n}"
    yield Paragraph(f"（{COMMON.words(n + 1)}）{activity.name}", keep=True, about=f"{own}/name")
    if activity.description is not None:
        yield Paragraph(f"内容描述：{activity.description}", about=f"{own}/description")
    yield Paragraph(f"绩效目标：{activity.goal}", about=f"{own}/goal")
    for k, one in enumerate(activity.indicators):
        yield Paragraph(f"绩效指标：{one.text}", about=f"{own}/indicators/{k}/text")


# --- the table ----------------------------------------------------------------------------------------------


def _table(plan: Plan, part: ActivityPart, department: str) -> Table:
    held = tuple(_columns(plan, part))
    named = [column.field.removeprefix(_OWN) for column in held]
    scaled = any(indicator.rating_scale for activity in plan.activities for indicator in activity.indicators)
    columns = [Column(column.label, column.width) for column in held]
    columns += [Column(grade, 6) for grade in _GRADES] if scaled else []
    titles = tuple(Cell(column.label, rows=2 if scaled else 1) for column in held)
    head: list[Row] = [(*titles, Cell(_SCALE, columns=len(_GRADES))), _GRADES] if scaled else [titles]
    if plan.currency_unit:
        unit = Cell(f"单位：{plan.currency_unit}", columns=len(columns) - 3, align=Align.RIGHT)
        head.insert(0, (Cell(department, columns=3, align=Align.LEFT), unit))
    body = tuple(
        row
        for n, activity in enumerate(plan.activities)
        for row in _activity(activity, named, f"/activities/{n}", scaled=scaled)
    )
    return Table(tuple(columns), body, tuple(head))


def _columns(plan: Plan, part: ActivityPart) -> Iterator[ActivityColumn]:
    """The columns of the form, and of the usual one those that it lacks and that say something."""
    yield from part.columns
    own = {column.field for column in part.columns}
    for column in usual().part_one.activities.columns:
        name = column.field.removeprefix(_OWN)
        if column.field not in own and any(getattr(activity, name) is not None for activity in plan.activities):
            yield column


def _activity(activity: Activity, named: list[str], own: str, *, scaled: bool) -> Iterator[Row]:
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
        here = f"{own}/indicators/{n}"
        text = Cell(indicator.text if indicator else None, about=f"{here}/text")
        cells = tuple(
            text if name == "indicators" else Cell(words[name], rows=deep, about=f"{own}/{name}")
            for name in named
            if n == 0 or name == "indicators"
        )
        scales = (
            Cell(grade, about=f"{here}/rating_scale/{f.name}") for f, grade in zip(RATING_FIELDS, grades, strict=True)
        )
        yield (*cells, *(scales if scaled else ()))
