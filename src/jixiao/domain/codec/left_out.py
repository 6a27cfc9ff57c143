"""Notes that tell what an older schema has no field for, so that nothing is dropped silently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jixiao.domain.codec.fields import number
from jixiao.domain.codec.schemas import PLAN_SCHEMAS
from jixiao.domain.filled import Filled, FilledRow, filled_in, filled_in_flat, stage_told
from jixiao.domain.form import AMOUNT_FIELDS, FormField, field_named
from jixiao.domain.goal import texts_of
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.identity import has_own_ids
from jixiao.domain.note import Note
from jixiao.domain.plan import Plan
from jixiao.domain.pointer import at
from jixiao.domain.stage import LaterSheet, as_of_in, stage_of, stage_titled


def left_out(plan: Plan, version: int) -> Iterator[Note]:
    """What a plan says and data of an older version does not hold."""
    later = plan.later_sheets
    for n, sheet in enumerate(plan.goal_sheets):
        filled = filled_in_flat(sheet, later.get(sheet.id))
        if version < _lacking("goal_sheets/*/execution"):
            yield from _results(n, sheet, filled)
        yield from _stage(plan, n, sheet, later.get(sheet.id))
    if has_own_ids(plan):
        yield Note("ids.not_kept", "", f"各表、各行的标识没有写出（{_elsewhere(3, 'id')}），再读时按名称重新给出。")


def _lacking(path: str) -> int:
    """The first version that has a field."""
    return field_named(path).since


def _elsewhere(since: int, what: str = "这一栏") -> str:
    return f"{PLAN_SCHEMAS[since - 2]} 没有{what}，{PLAN_SCHEMAS[since - 1]} 有"


def _results(n: int, sheet: GoalSheet, filled: Filled) -> Iterator[Note]:
    """What the first schema has not: money spent, goals reached, totals, expectations."""
    if filled.execution is not None:
        for source, row in filled.execution.rows():
            if words := _words((one, number(getattr(row, one.held_as))) for one in AMOUNT_FIELDS):
                yield _note("column.not_kept", f"“{source.label}”的执行情况", words, n, "budget")
    if filled.goals_reached:
        reached = field_named("goal_sheets/*/goals_reached").label
        yield _note("goals.not_kept", reached, "；".join(texts_of(filled.goals_reached)), n, "goals")
    results = (
        (field_named("goal_sheets/*/total_weight"), number(sheet.total_weight)),
        (field_named("goal_sheets/*/total_score"), number(filled.total_score)),
        (field_named("goal_sheets/*/grade"), filled.grade),
    )
    if words := _words(results):
        yield _note("row.not_kept", "自评结果", words, n, "indicators")
    for k, one in enumerate(filled.rows):
        if words := _words(_expectations(one)):
            yield _note("column.not_kept", "监控预计", words, n, "indicators", k)


def _expectations(row: FilledRow) -> Iterator[tuple[FormField, str | None]]:
    yield field_named("goal_sheets/*/indicators/*/expected"), row.expected.text if row.expected else None
    yield field_named("goal_sheets/*/indicators/*/likelihood"), row.likelihood


def _stage(plan: Plan, n: int, sheet: GoalSheet, later: LaterSheet | None) -> Iterator[Note]:
    """What the third schema added, where the older ones do not tell it by what they hold."""
    stage, filled = stage_of(later), filled_in(sheet, later)
    told = stage_told(filled_in_flat(sheet, later), stage_titled([plan.title] if plan.title else []))
    if told.stage is not stage:
        yield _note("stage.not_kept", field_named("goal_sheets/*/stage").label, stage.label, n, since=3)
    if filled.as_of is not None and filled.as_of != as_of_in(plan.title or "", plan.fiscal_year):
        yield _note("column.not_kept", field_named("goal_sheets/*/as_of").label, filled.as_of.isoformat(), n, since=3)
    if sheet.title is not None:
        yield _note("column.not_kept", field_named("goal_sheets/*/title").label, sheet.title, n, since=3)
    if sheet.fiscal_year is not None:
        label = field_named("goal_sheets/*/fiscal_year").label
        yield _note("column.not_kept", label, str(sheet.fiscal_year.year), n, since=3)
    if later is not None and sheet.execution_weight is not None:
        label = field_named("goal_sheets/*/execution_weight").label
        yield _note("column.not_kept", label, number(sheet.execution_weight) or "", n, since=3)


def _words(named: Iterable[tuple[FormField, str | None]]) -> str:
    return "｜".join(f"{one.label} {value}" for one, value in named if value is not None)


def _note(code: str, what: str, words: str, sheet: int, *below: str | int, since: int = 2) -> Note:
    return Note(code, at("goal_sheets", sheet, *below), f"{what}（{_elsewhere(since)}）：{words}")
