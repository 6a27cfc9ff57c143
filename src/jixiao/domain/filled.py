"""What a form says besides its goals, before it is known which sheet of the year it is.

Files and flat data hold the goals, what became of them, and how they stand in one table. ``Filled`` is that second part
of one sheet, row by row; ``stage_told`` decides once at which stage it was filled in, ``staged`` makes the values.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from jixiao.domain.execution import Execution, SourceExecution
from jixiao.domain.form import AMOUNT_FIELDS, INDICATOR_FIELDS
from jixiao.domain.goal import Goal
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.identity import identified
from jixiao.domain.monitoring import MonitoringRow, MonitoringSheet
from jixiao.domain.plan import Plan
from jixiao.domain.self_evaluation import SelfEvaluationRow, SelfEvaluationSheet
from jixiao.domain.stage import LaterSheet, Stage
from jixiao.domain.target import Target, TargetType


@dataclass(frozen=True, slots=True)
class FilledRow:
    """What stands in a row besides its goal: the fields of ``MonitoringRow`` and ``SelfEvaluationRow`` together."""

    actual: Target | None = None
    score: Decimal | None = None
    deviation: str | None = None
    expected: Target | None = None
    likelihood: str | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands on a form besides its goals; a row for each indicator of the sheet, in its order."""

    as_of: date | None = None
    execution: Execution | None = None
    goals_reached: tuple[Goal, ...] = ()
    total_score: Decimal | None = None
    grade: str | None = None
    rows: tuple[FilledRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """The stage of a form, and in Chinese what makes it doubtful, where anything does."""

    stage: Stage
    doubt: str | None = None


def stage_told(filled: Filled, titled: Stage | None = None, offered: Collection[str] = ()) -> Told:
    """At which stage a form was filled in: by what is filled, else by its columns, with its title where that must tell.

    ``titled`` is what the title names (``stage_titled``); ``offered`` the fields of ``FilledRow`` and ``SourceExecution``
    that the form has a column for, be they blank.
    """
    scored = filled.total_score is not None or filled.grade or any(row.score is not None for row in filled.rows)
    total = (filled.execution.total if filled.execution else None) or SourceExecution()
    foreseen = total.expected is not None or any(row.likelihood or row.expected for row in filled.rows)
    if scored:
        against = foreseen or titled is Stage.MONITORING
        words = "表上有得分或等级，又有全年预计、完成可能性，或者标题写的是监控"
        return Told(Stage.SELF_EVALUATION, words if against else None)
    if foreseen:
        words = "表上有全年预计或完成可能性，标题写的却是自评"
        return Told(Stage.MONITORING, words if titled is Stage.SELF_EVALUATION else None)
    if filled.goals_reached or _has_outturn(filled):
        if titled is Stage.MONITORING:
            return Told(Stage.MONITORING)
        words = "表上有完成值或执行数，标题没有写明是监控表还是自评表"
        return Told(Stage.SELF_EVALUATION, None if titled is Stage.SELF_EVALUATION else words)
    return _blank_form(filled, titled, offered)


def _blank_form(filled: Filled, titled: Stage | None, offered: Collection[str]) -> Told:
    """Nothing is filled in that only later sheets have: the columns and the title of the form tell."""
    block = filled.execution is not None and only_points(filled.execution) is None
    if titled is Stage.GOALS or not (block or {"actual", "executed", "expected", "likelihood", "score"} & {*offered}):
        return Told(Stage.GOALS)
    if titled is not None:
        return Told(titled)
    stage = Stage.MONITORING if {"expected", "likelihood"} & {*offered} else Stage.SELF_EVALUATION
    return Told(stage, "表上有填完成情况的栏目，但都空着，标题也没有写明是什么表")


def _has_outturn(filled: Filled) -> bool:
    rows = filled.execution.rows() if filled.execution else ()
    if any(value is not None for _, row in rows for value in (row.executed, row.rate, row.score)):
        return True
    return any(row.deviation or (row.actual and row.actual.type is not TargetType.MISSING) for row in filled.rows)


def only_points(execution: Execution) -> Decimal | None:
    """The points of the rate of execution, where the block says nothing else."""
    weight = execution.total.weight if execution.total else None
    return weight if execution == Execution(total=SourceExecution(weight=weight)) else None


# --- from the flat form to values, and back ---------------------------------------------------------------


def staged(plan: Plan, filled: Sequence[Filled], stages: Sequence[Stage]) -> Plan:
    """The plan, its things with ids, and what is filled in on its goal sheets: an entry of both lists for each sheet."""
    goals = [
        _with_points(sheet, one) if stage is Stage.GOALS else sheet
        for sheet, one, stage in zip(plan.goal_sheets, filled, stages, strict=True)
    ]
    plan = identified(replace(plan, goal_sheets=tuple(goals)))
    later = [sheet for sheet in map(_later_sheet, plan.goal_sheets, filled, stages) if sheet is not None]
    return identified(plan.with_later_sheets(later)) if later else plan


def _with_points(sheet: GoalSheet, filled: Filled) -> GoalSheet:
    """A goal sheet whose form gives the points of the rate of execution with the goals."""
    points = only_points(filled.execution) if filled.execution else None
    return sheet if points is None else replace(sheet, execution_weight=points)


def _later_sheet(sheet: GoalSheet, filled: Filled, stage: Stage) -> LaterSheet | None:
    """What is filled in on ``sheet``, whose rows have ids; None for goals."""
    if stage is Stage.GOALS:
        return None
    ids = [row.id for row in sheet.indicators]
    pairs = list(zip(ids, filled.rows, strict=False))
    if stage is Stage.MONITORING:
        monitored = {i: MonitoringRow(r.actual, r.expected, r.likelihood, r.deviation) for i, r in pairs}
        kept = {i: row for i, row in monitored.items() if row != MonitoringRow()}
        return MonitoringSheet(sheet.id, filled.as_of, filled.execution, filled.goals_reached, kept)
    evaluated = {i: SelfEvaluationRow(r.actual, r.score, r.deviation) for i, r in pairs}
    rows = {i: row for i, row in evaluated.items() if row != SelfEvaluationRow()}
    return SelfEvaluationSheet(sheet.id, filled.execution, filled.goals_reached, filled.total_score, filled.grade, rows)


def filled_in(sheet: GoalSheet, later: LaterSheet | None) -> Filled:
    """What stands on the form of ``sheet`` besides its goals."""
    if later is None:
        return Filled(rows=(FilledRow(),) * len(sheet.indicators))
    if isinstance(later, MonitoringSheet):
        stand = [later.row(i.id) for i in sheet.indicators]
        rows = tuple(FilledRow(r.actual, None, r.deviation, r.expected, r.likelihood) for r in stand)
        return Filled(later.as_of, later.execution, later.goals_reached, rows=rows)
    became = [later.row(i.id) for i in sheet.indicators]
    rows = tuple(FilledRow(r.actual, r.score, r.deviation) for r in became)
    return Filled(None, later.execution, later.goals_reached, later.total_score, later.grade, rows)


def filled_in_flat(sheet: GoalSheet, later: LaterSheet | None) -> Filled:
    """The same where the points of the rate of execution that goals give stand in the block of money, too."""
    points = sheet.execution_weight
    if later is not None or points is None:
        return filled_in(sheet, later)
    return replace(filled_in(sheet, None), execution=Execution(total=SourceExecution(weight=points)))


_NOTHING = FilledRow()


def out_of_place(sheet: GoalSheet, filled: Filled, stage: Stage) -> Iterator[tuple[str, str]]:
    """(pointer within the sheet, words) of what a form says that sheets of its stage do not have."""
    if stage is Stage.GOALS and filled.execution is not None and only_points(filled.execution) is None:
        for source, money in filled.execution.rows():
            amounts = [(one.label, getattr(money, one.held_as)) for one in AMOUNT_FIELDS]
            if words := "｜".join(f"{label} {value:f}" for label, value in amounts if value is not None):
                yield "/budget", f"{source.label} {words}"
    foreign = [one for one in INDICATOR_FIELDS if not one.at(stage)]
    for n, (indicator, row) in enumerate(zip(sheet.indicators, filled.rows, strict=False)):
        if row == _NOTHING:
            continue
        cells = [(one.label, _printed(getattr(row, one.held_as))) for one in foreign]
        if words := "｜".join(f"{label} {value}" for label, value in cells if value):
            yield f"/indicators/{n}", f"“{indicator.label}”{words}"


def _printed(value: Target | Decimal | str | None) -> str | None:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.text if isinstance(value, Target) else value
