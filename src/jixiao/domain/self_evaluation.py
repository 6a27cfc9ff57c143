"""Self-evaluation: what became of the goals of a sheet, and the points a unit gives itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from jixiao.domain.execution import Execution
from jixiao.domain.goal import Goal
from jixiao.domain.target import Target


@dataclass(frozen=True, slots=True)
class SelfEvaluationRow:
    """What became of one indicator: ``actual`` 「完成值」, ``score`` 「得分」 of its weight, ``deviation`` 「偏差原因」."""

    actual: Target | None = None
    score: Decimal | None = None
    deviation: str | None = None


@dataclass(frozen=True, slots=True)
class SelfEvaluationSheet:
    """A self-evaluation sheet 「绩效自评表」 of the goals of another sheet, whose id is ``sheet``.

    ``execution`` 预算执行情况, ``goals_reached`` 实际完成情况, ``total_score`` 总得分, ``grade`` 等级 as printed. ``rows`` holds what
    is filled in by the id of the indicator; rows that say nothing are left out. Weights are those of the goal sheet.
    """

    sheet: str
    execution: Execution | None = None
    goals_reached: tuple[Goal, ...] = ()
    total_score: Decimal | None = None
    grade: str | None = None
    rows: Mapping[str, SelfEvaluationRow] = field(default_factory=dict)

    def row(self, indicator: str) -> SelfEvaluationRow:
        """What is filled in for an indicator, by its id."""
        return self.rows.get(indicator, _BLANK)


_BLANK = SelfEvaluationRow()
