"""Rules on the points of self-evaluation sheets: what they add up to, and whether each can be worked out again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.indicator import IndicatorClass
from jixiao.domain.money import plain
from jixiao.parameters.keys import REQUIRED_CLASSES, RESULT_GRADES, WEIGHT_TOTALS
from jixiao.parameters.shapes import WeightTotals
from jixiao.readings import damage
from jixiao.readings.attainment import is_given, notes_of
from jixiao.readings.classes import class_of
from jixiao.readings.damage import lacks_rows
from jixiao.readings.points import in_hundreds, is_shared, rate_of, weighted, whole
from jixiao.readings.view import RowView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

_ZERO = Decimal(0)
_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")
_EXECUTION = "执行"


NOT_FULL = Message(
    "not-full",
    "各行指标的分值合计 {own:number} 分{blanks:text}，不是 {full:number} 分，自评总分无从算起，也无法和等级标准对照。",
)
WITH_RATE = Message(
    "with-rate",
    "各行指标的分值合计 {own:number} 分，加上预算执行率 {rate:number} 分，共 {total:number} 分{blanks:text}，不是 {full:number} 分，"
    "自评总分无从算起，也无法和等级标准对照。",
)
NO_RATE = Message(
    "no-rate",
    "各行指标的分值合计 {own:number} 分，没有看到预算执行率的分值{blanks:text}，不是 {full:number} 分，"
    "自评总分无从算起，也无法和等级标准对照。",
)


@rule(
    "A02",
    title="分值合计不是100分",
    problem="weights-total",
    severity=Severity.ERROR,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/completeness-review", "mof-2020-10/framework", "mof-2021-101/weights"),
    remedy="核对各项指标的分值，连同预算执行率的分值，合计为100分。",
    since=date(2015, 5, 21),
    parameters=(WEIGHT_TOTALS, REQUIRED_CLASSES, *damage.READ),
    needs=(Need.GOAL_SHEETS,),
    says=(NOT_FULL, WITH_RATE, NO_RATE),
)
def weights_add_up(sheet: SheetView) -> Iterator[Observation]:
    """各行分值（自评表连同预算执行率的分值）加起来不是100分，或者自评表里没有预算执行率的分值。

    绩效目标表可以只分配预算执行率以外的分值（如90分），各类指标各自满分的，不报；没有分值的表不报；多数行没有分值、表像是没有
    印全读全的，只请核对；有的行没有分值、合计又不到100分的，
    按没有填全报。只差预算执行率的分值的，按警告报；分值没有印、得分印了的，不报。
    """
    rows = weighted(sheet)
    if sum((row.row.weight or _ZERO for row in rows), _ZERO) <= 1:
        return  # none, or shares of one
    totals = sheet.parameter(WEIGHT_TOTALS)
    own = sum((row.row.weight or _ZERO for row in rows), _ZERO)
    rate = sheet.execution_weight
    total = own + (rate or _ZERO)
    full = Decimal(totals.full)
    if total == full or _in_blocks(rows, full) or (rate is None and _may_do_without(sheet, own, totals)):
        return
    blank = [row for row in sheet.rows if row.row.weight is None and is_given(row.row.target)] if total < full else []
    blanks = f"，有 {len(blank)} 行没有填分值（如“{blank[0].row.label}”）" if blank else ""
    lacking = rate is None and sheet.self_evaluation is not None and own in totals.without_execution
    if rate is not None:
        says = WITH_RATE(own=own, rate=rate, total=total, blanks=blanks, full=full)
    else:
        says = (NO_RATE if lacking else NOT_FULL)(own=own, blanks=blanks, full=full)
    lost = lacks_rows(sheet) or len(blank) > len(rows)  # rows are missing, or the points are not those of these rows
    yield Observation(
        at=sheet.at("indicators"),
        evidence="、".join(f"{row.row.label} {plain(row.row.weight or _ZERO)}分" for row in rows),
        says=says,
        related=tuple(row.at("weight") for row in blank),
        severity=Severity.ADVICE if lost else Severity.WARNING if lacking else None,
    )


def _in_blocks(rows: list[RowView], full: Decimal) -> bool:
    """Whether every class shares out the full points for itself."""
    points: dict[IndicatorClass | None, Decimal] = {}
    for row in rows:
        points[class_of(row)] = points.get(class_of(row), _ZERO) + (row.row.weight or _ZERO)
    return len(points) > 1 and set(points.values()) == {full}


def _may_do_without(sheet: SheetView, own: Decimal, totals: WeightTotals) -> bool:
    """Goals are weighted before the rate of execution is; later its points may be printed without their weight."""
    if own not in totals.without_execution:
        return False
    if sheet.self_evaluation is None or whole(sheet).score is not None or _fits_total(sheet):
        return True
    return any(_EXECUTION in note for note in notes_of(sheet))  # the block is there, but was not read


def _fits_total(sheet: SheetView) -> bool:
    """Whether the printed total holds points that no row has: those of the rate of execution."""
    scores = [row.score for row in sheet.rows if row.score is not None]
    total = sheet.self_evaluation.total_score if sheet.self_evaluation else None
    return total is not None and bool(scores) and total > sum(scores, _ZERO)


ROW_OVER = Message("row", "“{name:words}”分值 {weight:number} 分，得了 {score:number} 分，多出来的分抬高了总分。")
RATE_OVER = Message("rate", "预算执行率分值 {weight:number} 分，得了 {score:number} 分，多出来的分抬高了总分。")
RATE_WEIGHT = Message(
    "rate-weight",
    "预算执行率得了 {score:number} 分，正好是按 {meant:number} 分乘以执行率算的，分值一格却写 {weight:number} 分，两处没有改成一致。",
)
TOTAL_OVER = Message("total", "自评总分 {total:number} 分，超过满分 {most:number} 分。")


@rule(
    "A04",
    title="得分超过分值",
    problem="score-over-weight",
    severity=Severity.ERROR,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2020-10/scoring",),
    remedy="得分最高等于该项分值，超额完成也不加分；核对是得分错了还是分值错了。",
    since=date(2020, 2, 25),
    needs=(Need.SELF_EVALUATION,),
    says=(ROW_OVER, RATE_OVER, RATE_WEIGHT, TOTAL_OVER),
)
def scores_keep_to_weights(sheet: SheetView) -> Iterator[Observation]:
    """某一行、预算执行率的得分高于分值，或者总分超过100分。按百分制打分、再乘权重的表，不报。

    执行率的得分等于另一个分值（100分减去各行的分）乘以执行率的，是分值那一格没有改，只作建议。
    """
    evaluation = sheet.self_evaluation
    if evaluation is None or in_hundreds(sheet):
        return
    for row in sheet.rows:
        score, weight = row.score, row.row.weight
        if score is not None and weight is not None and score > weight and not is_shared(row):
            yield Observation(
                at=row.at("score"),
                evidence=f"{row.row.label}：分值 {plain(weight)}，得分 {plain(score)}",
                says=ROW_OVER(name=row.row.label, weight=weight, score=score),
                related=(row.at("weight"),),
            )
    rate = whole(sheet)
    if rate.score is not None and rate.weight is not None and rate.score > rate.weight:
        meant = _weight_meant(sheet)
        by_weight = RATE_OVER(weight=rate.weight, score=rate.score)
        yield Observation(
            at=sheet.at("budget"),
            evidence=f"预算执行率：分值 {plain(rate.weight)}，得分 {plain(rate.score)}",
            says=RATE_WEIGHT(weight=rate.weight, score=rate.score, meant=meant) if meant else by_weight,
            severity=Severity.ADVICE if meant else None,
        )
    total, most = evaluation.total_score, sheet.sheet.total_weight or _HUNDRED
    if total is not None and total > most:
        yield Observation(
            at=sheet.pointer,
            evidence=f"总分 {plain(total)}",
            says=TOTAL_OVER(total=total, most=most),
        )


def _weight_meant(sheet: SheetView) -> Decimal | None:
    """The points of the rate of execution that its score was worked out from: what the rows leave of a hundred."""
    rate = whole(sheet)
    percent = rate_of(rate.executed, rate.budget) if rate.rate is None else rate.rate
    points = [row.row.weight if row.row.weight is not None else row.score for row in sheet.rows]
    left = _HUNDRED - sum((p for p in points if p is not None), _ZERO)
    if percent is None or rate.score is None or left <= 0:
        return None
    return left if abs(left * min(percent, _HUNDRED) / _HUNDRED - rate.score) <= _CENT else None


OTHER_GRADE = Message(
    "other-grade", "总分 {total:number} 分，按分数线应为“{due:text}”，表上填的等级是“{grade:words}”。"
)
RIGHT_GRADE = Message("grade", "核对总分；无误的，等级改为“{due:text}”。")


@rule(
    "A18",
    title="自评等级与总分不符",
    problem="grade-score-mismatch",
    severity=Severity.ERROR,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2020-10/results",),
    remedy="按总分定等级：90分以上为优，80分以上不到90分为良，60分以上不到80分为中，60分以下为差。",
    since=date(2020, 2, 25),
    parameters=(RESULT_GRADES,),
    needs=(Need.SELF_EVALUATION,),
    says=(OTHER_GRADE,),
    proposes=(RIGHT_GRADE,),
)
def grade_follows_from_the_score(sheet: SheetView) -> Iterator[Observation]:
    """自评等级（优、良、中、差）不是总分所在的一档。“合格”“一般”各地含义不一，不报。"""
    if sheet.self_evaluation is None:
        return
    total, grade = sheet.self_evaluation.total_score, (sheet.self_evaluation.grade or "").strip()
    bands = sheet.parameter(RESULT_GRADES)
    if total is None or not grade or not any(grade in band.words for band in bands.values()):
        return
    due = next((b for b in bands.values() if total >= b.least), None)
    if due is not None and grade not in due.words:
        yield Observation(
            at=sheet.pointer,
            evidence=f"总分 {plain(total)}，等级 {grade}",
            says=OTHER_GRADE(total=total, due=due.words[0], grade=grade),
            suggests=RIGHT_GRADE(due=due.words[0]),
        )
