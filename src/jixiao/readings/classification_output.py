"""Where a row among the outputs belongs."""

from __future__ import annotations

from jixiao.domain.finding import Severity
from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.target import TargetType
from jixiao.lexicon import Measure, Routine
from jixiao.readings.classification_verdict import OUTCOMES, OUTPUTS, Verdict, execution, management, moved
from jixiao.readings.measured import SIZES, Reading
from jixiao.readings.units import unscaled

_K = IndicatorKind


def in_output(r: Reading) -> Verdict | None:
    """What is wrong with the place of a row among the outputs."""
    if _is_management(r):
        return management(r)
    kind = r.row.row.kind
    if kind not in OUTPUTS or kind in r.kinds:
        return None
    if r.term is not None and r.term.routine is Routine.EXECUTION:
        if kind is _K.TIMELINESS:
            return None if r.known.has(r.row.words, "punctual") else execution(r, Severity.ADVICE)
        return execution(r)
    if kind is _K.QUALITY:
        return _in_quality(r)
    return _in_quantity(r) if kind is _K.QUANTITY else _in_timeliness(r)


def _is_management(r: Reading) -> bool:
    """Whether name or, where the name says no more than “safety of the money”, description ends in a duty of management."""
    if r.term is not None and (r.term.routine or r.kinds):
        return r.term.routine is Routine.MANAGEMENT
    if r.measures not in (None, Measure.DEGREE, Measure.STATE) or not r.known.has(r.name, "money"):
        return False
    told = r.known.ending(r.row.description)
    return told is not None and told.routine is Routine.MANAGEMENT


def _in_quality(r: Reading) -> Verdict | None:
    if r.has("punctual") and not r.has("grade") and r.kinds <= {_K.TIMELINESS}:
        return Verdict(
            "K27",
            f"“{r.shown}”说的是快慢早晚，却放在质量指标里，质量做得怎样反而没有写。",
            "移到时效指标；质量写合格率、准确率、足额发放率等。",
            Severity.ADVICE,
        )
    if r.row.row.target.type is TargetType.DATE and r.measures is Measure.TIME and r.kinds <= {_K.TIMELINESS}:
        return Verdict(
            "K27",
            f"“{r.shown}”写的是哪一天以前做完，是时效，却放在质量指标里，质量做得怎样反而没有写。",
            "移到时效指标；质量写合格率、达标率、准确率等做得好坏的量。",
        )
    if _is_amount(r) and not r.has("grade") and r.known.is_setback(r.name) is None:
        return Verdict(
            "K25",
            f"“{r.shown}”数的是做了多少，却放在质量指标里，做得怎样没有写。",
            "移到数量指标；质量写合格率、达标率、准确率等做得好坏的量。",
        )
    return _effect(r)


def _is_amount(r: Reading) -> bool:
    """Whether the row counts what is done: by the name's head, or by a counting value of something that is done."""
    if r.kinds:
        return r.kinds == {_K.QUANTITY}
    if r.measures is Measure.COUNT:
        return True
    if not r.row.row.target.number or not r.has("doing"):
        return False
    if r.term is None and r.counts:
        return True
    return r.measures in (None, Measure.AMOUNT) and r.unit is not None and unscaled(r.unit) in SIZES


def _effect(r: Reading) -> Verdict | None:
    """An effect among the outputs: by the name's head, or an amount of money that is to rise."""
    inner = r.known.inside(r.name) if r.name.endswith(("提高", "增长", "增加", "提升")) else r.term
    if inner is None or not inner.kinds or not frozenset(inner.kinds) <= OUTCOMES or r.row.row.kind is None:
        return None
    return Verdict(
        "K39",
        f"“{r.shown}”说的是办成以后的变化，是效益，却放在{r.row.row.kind.label}里。",
        f"移到{inner.kinds[0].label}；上级文件规定放在这里的除外。",
        Severity.ADVICE,
    )


def _in_quantity(r: Reading) -> Verdict | None:
    target = r.row.row.target
    share = target.is_percent or (r.unit is None and target.number is not None)
    if r.measures is not Measure.RATE or not share or r.name in r.known.words["bare_rates"]:
        return _effect(r)
    if found := _effect(r):
        return found
    goes = moved(r) if r.kinds else "移到质量或效益指标"
    return Verdict(
        "K26",
        f"“{r.shown}”是比率，放在数量指标里，到底办多少件、服务多少人没有写。",
        f"数量写具体的数和单位；这个比率{goes}。",
        Severity.WARNING if r.kinds else Severity.ADVICE,
    )


def _in_timeliness(r: Reading) -> Verdict | None:
    target = r.row.row.target
    if target.type is TargetType.DATE:
        return None
    counted = r.counts and r.measures in (Measure.COUNT, None)
    if r.known.has(r.row.words + (target.text or ""), "timely"):
        return _act_for_time(r) if counted else None
    if not r.kinds and not counted:
        return None
    return Verdict(
        "K81",
        f"时效指标“{r.shown}”没有说时间，什么时候完成、多久办结看不出来。",
        f"这一行{moved(r)}；时效写到哪一天以前完成或几天内办结。",
    )


def _act_for_time(r: Reading) -> Verdict | None:
    """How often something was done in the year: a count, unless a pace is set or how soon is told."""
    number = r.row.row.target.number
    paced = r.unit is None or "/" in r.unit or r.known.has(f"{r.row.words}{r.row.row.target.text}", "pace")
    if not number or number < 2 or paced or r.measures is not Measure.COUNT:
        return None
    return Verdict(
        "K81",
        f"时效指标“{r.shown}”数的是全年做了多少，不是什么时候做完、多久做一次，时效没有写。",
        f"这一行{moved(r)}；时效写到哪一天以前完成、几天内办结，或者写成“每月1次”这样的频次。",
        Severity.ADVICE,
    )
