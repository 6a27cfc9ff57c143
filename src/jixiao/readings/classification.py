"""Where a row belongs: one verdict a row, told from its name, its unit and the lexicon; the rules only report it."""

from __future__ import annotations

from collections.abc import Mapping

from jixiao.domain.finding import Severity
from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.lexicon import Measure, Routine
from jixiao.readings.classes import class_of
from jixiao.readings.classification_outcome import in_outcome
from jixiao.readings.classification_output import in_output
from jixiao.readings.classification_verdict import Verdict, execution, moved
from jixiao.readings.measured import Reading, is_satisfaction, read
from jixiao.readings.names import category_label
from jixiao.readings.view import PlanView, RowView

_K = IndicatorKind
_COSTS = frozenset((_K.COST, _K.ECONOMIC_COST))


def verdicts(view: PlanView) -> Mapping[str, Verdict]:
    """The rows that stand in the wrong place, by pointer."""
    return {row.pointer: found for row in view.rows if (found := _verdict(row)) is not None}


def verdict(row: RowView) -> Verdict | None:
    return row.sheet.plan.derived(verdicts).get(row.pointer)


def _verdict(row: RowView) -> Verdict | None:
    if not row.words or (category_label(row.row.name) and not row.description):
        return None
    reading = read(row)
    kind, class_ = row.row.kind, class_of(row)
    if class_ is IndicatorClass.SATISFACTION:
        return _in_satisfaction(reading)
    if is_satisfaction(row) and reading.has("opinion"):
        return _satisfaction_elsewhere(reading)
    if row.row.is_cost:
        return None if kind in (_K.SOCIAL_COST, _K.ENVIRONMENTAL_COST) else _in_cost(reading)
    if class_ is IndicatorClass.OUTCOME:
        return in_outcome(reading)
    return in_output(reading)


# --- satisfaction -----------------------------------------------------------------------------------------


def _in_satisfaction(r: Reading) -> Verdict | None:
    if r.known.has(r.row.words, "opinion"):
        return None
    if r.counts:
        reason = f"数的是“{r.row.row.target.text}”，不是问服务对象满意不满意"
    elif r.term is not None and (r.term.routine or (r.kinds and _K.BENEFICIARY_SATISFACTION not in r.kinds)):
        reason = "没有一个字说到满意或投诉"
    else:
        return None
    return Verdict(
        "K30",
        f"满意度栏里的“{r.shown}”{reason}，满意度等于没有设。",
        f"这一行{moved(r)}；满意度另设，写明问谁、问什么，如“参会企业满意度≥90%”。",
        Severity.ERROR,
    )


def _satisfaction_elsewhere(r: Reading) -> Verdict | None:
    here = r.row.row.kind
    if here is None or here is _K.BENEFICIARY_SATISFACTION:
        return None
    has_own = any(class_of(other) is IndicatorClass.SATISFACTION for other in r.row.sheet.rows)
    return Verdict(
        "K80",
        f"“{r.shown}”问的是满意不满意，却放在{here.label}里，{here.label}要说明的事就没有人说了。",
        "移到满意度指标；原来的位置另写一项。",
        Severity.WARNING if has_own else Severity.ADVICE,
    )


# --- cost -------------------------------------------------------------------------------------------------


def _in_cost(r: Reading) -> Verdict | None:
    if r.is_money:
        return None
    if r.term is not None and r.term.routine is Routine.EXECUTION:
        return execution(r)
    if r.known.has(r.row.words, "cost"):
        return None
    number = r.row.row.target.number
    if r.counts and number:
        sign = r.row.row.target.comparator
        ceiling = sign is not None and sign.is_ceiling
        return Verdict(
            "K21",
            f"成本指标“{r.shown}”数的是“{r.row.row.target.text}”，不是花多少钱，这个项目的成本等于没有控制。",
            f"这一行{moved(r)}；成本另写总额或单位成本的上限，如“项目总成本≤××万元”。",
            Severity.WARNING if ceiling else Severity.ERROR,
        )
    other = bool(r.kinds) and not r.kinds & _COSTS
    rate = r.row.row.target.is_percent and r.measures in (Measure.RATE, Measure.DEGREE, Measure.STATE)
    if not other and not rate:
        return None
    return Verdict(
        "K22",
        f"成本指标“{r.shown}”既不是金额，名称和描述里也没有费用、支出、单价，衡量的不是成本。",
        f"这一行{moved(r)}；成本另写总额或单位成本的上限，如“项目总成本≤××万元”。",
        Severity.ERROR,
    )
