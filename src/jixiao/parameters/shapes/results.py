"""The shapes of parameters on results, scores and monitoring held against what was promised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ComparisonWords:
    """完成值与指标值相比时要认的用词：没有发生（和不是这个意思的）、发生了、事件的量词、全部、晚了（和没有晚）、还在做、做完、差不多做完、升、降、第二年、年底
    (``comparison_words``)."""

    nothing: tuple[str, ...]
    something: tuple[str, ...]
    happened: tuple[str, ...]
    incidents: tuple[str, ...]
    whole: tuple[str, ...]
    late: tuple[str, ...]
    taken_back: tuple[str, ...]
    ongoing: tuple[str, ...]
    finished: tuple[str, ...]
    nearly: tuple[str, ...]
    rising: tuple[str, ...]
    falling: tuple[str, ...]
    next_year: tuple[str, ...]
    year_ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CopiedActuals:
    """完成值与指标值一样，几行以上、占多大比例才提 (``copied_actuals``)."""

    signed_rows: int
    rows: int
    share: Decimal


@dataclass(frozen=True, slots=True)
class FinishWords:
    """说做完的词、说验收的词；只是一段、一批的，不比 (``finish_words``)."""

    done: tuple[str, ...]
    accepted: tuple[str, ...]
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LowExecution:
    """预算执行率低于多少，而指标全部满分时要说明；至少几行指标 (``low_execution``)."""

    percent: int
    rows: int


@dataclass(frozen=True, slots=True)
class MonitoringCutOff:
    """监控截止月份：表名里的说法对应几月；没有写明的按几月；全年几个月 (``monitoring_cut_off``)."""

    words: Mapping[str, int]
    unknown: int
    year: int


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """实际完成值里表示完成、部分完成、没有完成的用词 (``outcome_words``)."""

    reached: tuple[str, ...]
    partly: tuple[str, ...]
    missed: tuple[str, ...]
    not_applicable: tuple[str, ...]
    negations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overachievement:
    """完成值达到指标值的百分之几算超额过多，且多出几个以上 (``overachievement``)."""

    percent: int
    more_than: int


@dataclass(frozen=True, slots=True)
class ResultGrade:
    """自评等级的分数线（含本数）与等级的用词 (``result_grades``)."""

    least: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResultLimits:
    """自评结果看着不实的提示线：几个项目都是满分、满分是多少、钱花了不到百分之几、预算变了百分之几和至少几行同名的指标、一张表几行满分和多大比例只照写指标值
    (``result_limits``)."""

    projects: int
    full: int
    percent: int
    changed: int
    rows: int
    all_full: int
    repeated: Decimal


@dataclass(frozen=True, slots=True)
class SureWords:
    """完成可能性的用词：确定能完成；不可能完成 (``sure_words``)."""

    certain: tuple[str, ...]
    impossible: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeightTotals:
    """分值合计：满分；绩效目标表在预算执行率的分值之外可以合计的分值 (``weight_totals``)."""

    full: int
    without_execution: tuple[int, ...]
