"""At what stage of the year a sheet is: goals promised, how they stand, what became of them."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
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
_LAST_MONTH = 12


class Stage(StrEnum):
    """Which sheet of the year it is."""

    GOALS = "goals"
    MONITORING = "monitoring"
    SELF_EVALUATION = "self_evaluation"

    @property
    def label(self) -> str:
        """The name of the form: 绩效监控表."""
        return {"goals": "绩效目标表", "monitoring": "绩效监控表", "self_evaluation": "绩效自评表"}[self.value]


StageWords = Mapping[Stage, Sequence[str]]
"""What titles of the forms of a stage say"""

FORM_WORDS: StageWords = {
    Stage.MONITORING: ("监控",),
    Stage.SELF_EVALUATION: ("自评", "自我评价", "绩效评价", "完成情况"),
    Stage.GOALS: ("申报", "批复", "审批", "绩效目标表"),
}
"""Those of ordinary forms, for data that keeps a title and no stage; readers have those of their vocabulary"""


def stage_titled(titles: Iterable[str], words: StageWords = FORM_WORDS) -> Stage | None:
    """The stage that the first title names that names any; a title of two later stages names none."""
    for title in titles:
        plain = "".join(title.split())
        said = [stage for stage, named in words.items() if any(word in plain for word in named)]
        later = [stage for stage in said if stage is not Stage.GOALS]
        if len(later) == 1 or (said and not later):
            return (later or said)[0]
    return None


def month_in(title: str) -> int | None:
    """The month up to which a title says that a sheet counts: 1-7月, 截至2025年7月, 2025年7月底."""
    m = _span(title)
    month = int(m["to"] or m["till"] or m["end"]) if m else 0
    return month if 1 <= month <= _LAST_MONTH else None


def stage_of(later: LaterSheet | None) -> Stage:
    """The stage of a goal sheet by what is filled in on it."""
    if later is None:
        return Stage.GOALS
    return Stage.MONITORING if isinstance(later, MonitoringSheet) else Stage.SELF_EVALUATION


def as_of_in(title: str, year: FiscalYear | None) -> date | None:
    """The day up to which a monitoring sheet counts, by its title: 2025年1-7月绩效监控表 → 2025-07-31.

    ``year`` serves where the title names none. None where the title names no month.
    """
    m, month = _span(title), month_in(title)
    if m is None or month is None:
        return None
    named = m["own"] or m["year"]
    of = int(named) if named else year.year if year else None
    return date(of, month, monthrange(of, month)[1]) if of is not None else None


def _span(title: str) -> re.Match[str] | None:
    return _SPAN.search("".join(unicodedata.normalize("NFKC", title).split()))
