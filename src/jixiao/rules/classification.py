"""Where a row belongs: one verdict a row, told from its name, its unit and the lexicon; the rules only report it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jixiao.domain.finding import Severity
from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.target import TargetType
from jixiao.lexicon import Measure, Routine
from jixiao.review.context import PlanView, RowView
from jixiao.rules.completeness import class_of
from jixiao.rules.names import category_label
from jixiao.rules.reading import Reading, read
from jixiao.rules.values import is_satisfaction, unscaled

_K = IndicatorKind
_OUTPUTS = frozenset((_K.QUANTITY, _K.QUALITY, _K.TIMELINESS))
_OUTCOMES = frozenset((_K.ECONOMIC, _K.SOCIAL, _K.ECOLOGICAL, _K.SUSTAINED_IMPACT))
_COSTS = frozenset((_K.COST, _K.ECONOMIC_COST))
_ACTS = frozenset(("次", "场", "场次", "期", "版", "份", "篇", "批", "批次", "班", "班次", "次数"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a row does not belong where it stands: the rule that says so, the reason, where it should go."""

    code: str
    message: str
    suggestion: str
    severity: Severity = Severity.WARNING


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
        return _in_outcome(reading)
    return _in_output(reading)


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
        f"这一行{_moved(r)}；满意度另设，写明问谁、问什么，如“参会企业满意度≥90%”。",
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
        return _execution(r)
    if r.known.has(r.row.words, "cost"):
        return None
    number = r.row.row.target.number
    if r.counts and number:
        sign = r.row.row.target.comparator
        ceiling = sign is not None and sign.is_ceiling
        return Verdict(
            "K21",
            f"成本指标“{r.shown}”数的是“{r.row.row.target.text}”，不是花多少钱，这个项目的成本等于没有控制。",
            f"这一行{_moved(r)}；成本另写总额或单位成本的上限，如“项目总成本≤××万元”。",
            Severity.WARNING if ceiling else Severity.ERROR,
        )
    other = bool(r.kinds) and not r.kinds & _COSTS
    rate = r.row.row.target.is_percent and r.measures in (Measure.RATE, Measure.DEGREE, Measure.STATE)
    if not other and not rate:
        return None
    return Verdict(
        "K22",
        f"成本指标“{r.shown}”既不是金额，名称和描述里也没有费用、支出、单价，衡量的不是成本。",
        f"这一行{_moved(r)}；成本另写总额或单位成本的上限，如“项目总成本≤××万元”。",
        Severity.ERROR,
    )


def _execution(r: Reading) -> Verdict:
    where = r.row.row.kind.label if r.row.row.kind else "指标"
    return Verdict(
        "K23",
        f"{where}“{r.shown}”说的是钱花出去多少。预算执行率在自评时另有分值，这里再设就算了两次，{where}本身却没有写。",
        "删去这一行；" + _INSTEAD.get(r.row.row.kind or _K.COST, "另写这笔钱的产出或效果。"),
    )


_INSTEAD = {
    _K.QUANTITY: "数量写办了多少事、服务多少人。",
    _K.QUALITY: "质量写合格率、准确率等做得怎样的量。",
    _K.COST: "成本写总额或单位成本的上限，如“项目总成本≤××万元”。",
    _K.ECONOMIC_COST: "成本写总额或单位成本的上限，如“项目总成本≤××万元”。",
}


# --- output -----------------------------------------------------------------------------------------------


def _in_output(r: Reading) -> Verdict | None:
    if r.term is not None and r.term.routine is Routine.MANAGEMENT:
        return _management(r)
    kind = r.row.row.kind
    if kind not in _OUTPUTS or kind in r.kinds:
        return None
    if r.term is not None and r.term.routine is Routine.EXECUTION:
        return None if kind is _K.TIMELINESS else _execution(r)
    if kind is _K.QUALITY:
        return _in_quality(r)
    return _in_quantity(r) if kind is _K.QUANTITY else _in_timeliness(r)


def _management(r: Reading) -> Verdict:
    return Verdict(
        "K41",
        f"“{r.shown}”是本来就应当做到的管理要求，每个项目都能写，看不出这笔钱办成了什么。",
        "删去这一行，换成本项目自己的数量、质量或效果。",
    )


def _in_quality(r: Reading) -> Verdict | None:
    if r.has("punctual") and not r.has("grade") and r.kinds <= {_K.TIMELINESS}:
        return Verdict(
            "K27",
            f"“{r.shown}”说的是快慢早晚，却放在质量指标里，质量做得怎样反而没有写。",
            "移到时效指标；质量写合格率、准确率、足额发放率等。",
            Severity.ADVICE,
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
    return r.term is None and r.counts and bool(r.row.row.target.number) and r.has("doing")


def _effect(r: Reading) -> Verdict | None:
    """An effect among the outputs: by the name's head, or an amount of money that is to rise."""
    inner = r.known.inside(r.name) if r.name.endswith(("提高", "增长", "增加", "提升")) else r.term
    if inner is None or not inner.kinds or not frozenset(inner.kinds) <= _OUTCOMES or r.row.row.kind is None:
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
    goes = _moved(r) if r.kinds else "移到质量或效益指标"
    return Verdict(
        "K26",
        f"“{r.shown}”是比率，放在数量指标里，到底办多少件、服务多少人没有写。",
        f"数量写具体的数和单位；这个比率{goes}。",
        Severity.WARNING if r.kinds else Severity.ADVICE,
    )


def _in_timeliness(r: Reading) -> Verdict | None:
    target = r.row.row.target
    if target.type is TargetType.DATE or r.known.has(r.row.words + (target.text or ""), "timely"):
        return None
    counted = r.counts and r.measures in (Measure.COUNT, None)
    if not r.kinds and not counted:
        return None
    return Verdict(
        "K81",
        f"时效指标“{r.shown}”没有说时间，什么时候完成、多久办结看不出来。",
        f"这一行{_moved(r)}；时效写到哪一天以前完成或几天内办结。",
    )


# --- outcome ----------------------------------------------------------------------------------------------


def _in_outcome(r: Reading) -> Verdict | None:
    where = r.row.row.kind.label if r.row.row.kind else "效益指标"
    if (r.term is not None and r.term.routine) or r.name in r.known.words["use_rates"]:
        return Verdict(
            "K29",
            f"{where}“{r.shown}”说的是钱和管理，不是办成之后的变化。",
            "删去这一行；效益写谁得到什么好处、什么数变好了，如“带动就业人数”“受益户数”“投诉下降率”。",
        )
    if r.kinds & _OUTCOMES:
        return _other_effect(r)
    if not r.has("effect") and (r.kinds & _OUTPUTS or _is_act(r)):
        if r.kinds == {_K.QUALITY}:
            return Verdict(
                "K39",
                f"“{r.shown}”说的是做得合格不合格，是质量，却放在{where}里，办成之后的变化没有写。",
                "移到质量指标；效益写谁得到什么好处、什么数变好了。",
            )
        return Verdict(
            "K28",
            f"{where}“{r.shown}”说的是单位自己做了多少事，是产出，不是做了之后的变化。",
            f"这一行{_moved(r)}；效益写谁得到什么好处、什么数变好了，如“受益人数”“增长率”“投诉下降率”。",
        )
    return _other_effect(r)


def _is_act(r: Reading) -> bool:
    acts = r.unit is not None and unscaled(r.unit) in _ACTS
    return acts and bool(r.row.row.target.number) and r.has("activity")


def _other_effect(r: Reading) -> Verdict | None:
    here = r.row.row.kind
    if here in r.kinds:
        return None
    if here in (_K.ECONOMIC, _K.SOCIAL) and (word := r.known.has(r.name, "ecology")):
        goes = _K.ECOLOGICAL
    elif here in (_K.SOCIAL, _K.ECOLOGICAL) and (word := r.known.has(r.name, "earning")):
        goes = _K.ECONOMIC
    else:
        return None
    assert here is not None
    return Verdict(
        "K82",
        f"“{r.shown}”说的是“{word}”，一般归{goes.label}，现在放在{here.label}里。",
        f"移到{goes.label}。",
        Severity.ADVICE,
    )


# --- proposals --------------------------------------------------------------------------------------------


def _moved(r: Reading) -> str:
    """Where a row should go, in words."""
    if r.counts or r.measures is Measure.COUNT:
        return "移到数量指标"
    if r.term is not None and r.term.kinds:
        return f"移到{r.term.kinds[0].label}"
    return "移到产出或效益指标中相应的一类"
