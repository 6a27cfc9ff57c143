"""Monitoring: how the goals of a sheet stand in the course of the year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from jixiao.domain.execution import Execution
from jixiao.domain.goal import Goal
from jixiao.domain.target import Target


@dataclass(frozen=True, slots=True)
class MonitoringRow:
    """How one indicator stands: ``actual`` to date 「完成值」, ``expected`` 全年预计完成情况, ``likelihood`` 完成可能性 (确定能,
    有可能, 完全不可能, or the words of the cell), ``deviation`` what is ticked and written under 偏差原因分析.
    """

    actual: Target | None = None
    expected: Target | None = None
    likelihood: str | None = None
    deviation: str | None = None


@dataclass(frozen=True, slots=True)
class MonitoringSheet:
    """A monitoring sheet 「绩效运行监控表」 of the goals of another sheet, whose id is ``sheet``.

    ``as_of`` is the day up to which it counts, ``execution`` 预算执行情况, ``goals_reached`` what is done of the goals so
    far. ``rows`` holds what is filled in by the id of the indicator; rows that say nothing are left out.
    """

    sheet: str
    as_of: date | None = None
    execution: Execution | None = None
    goals_reached: tuple[Goal, ...] = ()
    rows: Mapping[str, MonitoringRow] = field(default_factory=dict)

    def row(self, indicator: str) -> MonitoringRow:
        """What is filled in for an indicator, by its id."""
        return self.rows.get(indicator, _BLANK)


_BLANK = MonitoringRow()
