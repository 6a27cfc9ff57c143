"""At what stage of the year a sheet is: goals promised, how they stand, what became of them."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date
from enum import StrEnum

from jixiao.domain.monitoring import MonitoringSheet
from jixiao.domain.period import FiscalYear
from jixiao.domain.self_evaluation import SelfEvaluationSheet

LaterSheet = MonitoringSheet | SelfEvaluationSheet
"""What is filled in on a goal sheet after it was approved"""

_SPAN = re.compile(
    r"(?:(?P<year>20\d\d)年度?)?"
    r"(?:1月?(?:份)?[-—–─~至到]+(?P<to>\d{1,2})月|截[至止]到?(?:(?P<own>20\d\d)年)?(?P<till>\d{1,2})月|(?<=年)(?P<end>\d{1,2})月(?:底|末))"
)


class Stage(StrEnum):
    """Which sheet of the year it is."""

    GOALS = "goals"
    MONITORING = "monitoring"
    SELF_EVALUATION = "self_evaluation"

    @property
    def label(self) -> str:
        """The name of the form: 绩效监控表."""
        return {"goals": "绩效目标表", "monitoring": "绩效监控表", "self_evaluation": "绩效自评表"}[self.value]


def stage_of(later: LaterSheet | None) -> Stage:
    """The stage of a goal sheet by what is filled in on it."""
    if later is None:
        return Stage.GOALS
    return Stage.MONITORING if isinstance(later, MonitoringSheet) else Stage.SELF_EVALUATION


def as_of_in(title: str, year: FiscalYear | None) -> date | None:
    """The day up to which a monitoring sheet counts, by its title: 2025年1-7月绩效监控表 → 2025-07-31.

    ``year`` serves where the title names none. None where the title names no month.
    """
    m = _SPAN.search("".join(unicodedata.normalize("NFKC", title).split()))
    if m is None:
        return None
    month = int(m["to"] or m["till"] or m["end"])
    named = m["own"] or m["year"]
    of = int(named) if named else year.year if year else None
    return date(of, month, monthrange(of, month)[1]) if of is not None and 1 <= month <= 12 else None
