"""At what stage a sheet is: the goals asked for, how they stand in the course of the year, what came of them.

Told from what the sheet has, not from its title: a form is named in many ways.
"""

from __future__ import annotations

from enum import StrEnum

from jixiao.domain.execution import SourceExecution
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.target import TargetType

_TITLED = "监控"


class Stage(StrEnum):
    """Which sheet of the year it is."""

    GOALS = "goals"
    """绩效目标表"""
    MONITORING = "monitoring"
    """绩效监控表"""
    RESULTS = "results"
    """绩效自评表"""


def stage_of(sheet: GoalSheet, title: str | None = None) -> Stage:
    """The stage of ``sheet``; ``title`` of the document tells where it alone can: values to date or values at last.

    Weights alone do not make a self-evaluation: some forms give them with the goals.
    """
    if sheet.total_score is not None or sheet.grade or any(row.score is not None for row in sheet.indicators):
        return Stage.RESULTS
    total = (sheet.execution.total if sheet.execution else None) or SourceExecution()
    if total.expected is not None or any(row.likelihood or row.expected for row in sheet.indicators):
        return Stage.MONITORING
    if not (sheet.goals_reached or _has_outturn(sheet)):
        return Stage.GOALS
    return Stage.MONITORING if _TITLED in (title or "") else Stage.RESULTS


def _has_outturn(sheet: GoalSheet) -> bool:
    if sheet.execution and any(
        value is not None for _, row in sheet.execution.rows() for value in (row.executed, row.rate, row.score)
    ):
        return True
    return any(row.actual is not None and row.actual.type is not TargetType.MISSING for row in sheet.indicators)
