"""What the verdicts on where rows belong share: the verdict itself, and how it proposes another place."""

from __future__ import annotations

from dataclasses import dataclass

from jixiao.domain.finding import Severity
from jixiao.domain.indicator import IndicatorKind
from jixiao.lexicon import Measure
from jixiao.readings.measured import Reading

_K = IndicatorKind
OUTPUTS = frozenset((_K.QUANTITY, _K.QUALITY, _K.TIMELINESS))
OUTCOMES = frozenset((_K.ECONOMIC, _K.SOCIAL, _K.ECOLOGICAL, _K.SUSTAINED_IMPACT))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a row does not belong where it stands: the rule that says so, the reason, where it should go."""

    code: str
    message: str
    suggestion: str
    severity: Severity = Severity.WARNING


def execution(r: Reading, severity: Severity = Severity.WARNING) -> Verdict:
    """The row tells how much of the money is spent."""
    where = r.row.row.kind.label if r.row.row.kind else "指标"
    return Verdict(
        "K23",
        f"{where}“{r.shown}”说的是钱花出去多少。预算执行率在自评时另有分值，这里再设就算了两次，{where}本身却没有写。",
        "删去这一行；" + _INSTEAD.get(r.row.row.kind or _K.COST, "另写这笔钱的产出或效果。"),
        severity,
    )


_INSTEAD = {
    _K.QUANTITY: "数量写办了多少事、服务多少人。",
    _K.QUALITY: "质量写合格率、准确率等做得怎样的量。",
    _K.COST: "成本写总额或单位成本的上限，如“项目总成本≤××万元”。",
    _K.ECONOMIC_COST: "成本写总额或单位成本的上限，如“项目总成本≤××万元”。",
}


def management(r: Reading) -> Verdict:
    """The row tells what every project owes anyway."""
    return Verdict(
        "K41",
        f"“{r.shown}”是本来就应当做到的管理要求，每个项目都能写，看不出这笔钱办成了什么。",
        "删去这一行，换成本项目自己的数量、质量或效果。",
    )


def moved(r: Reading) -> str:
    """Where a row should go, in words."""
    if r.counts or r.measures is Measure.COUNT:
        return "移到数量指标"
    if r.term is not None and r.term.kinds:
        return f"移到{r.term.kinds[0].label}"
    return "移到产出或效益指标中相应的一类"
