"""Rules that work the points of self-evaluation sheets out again from what was reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.message import Said
from jixiao.domain.money import plain
from jixiao.domain.target import TargetType
from jixiao.parameters.keys import (
    DEVIATION_BLANKS,
    EXECUTION_FULL_FROM,
    OVERACHIEVEMENT,
    OWN_SCORING_WORDS,
    QUALITATIVE_BANDS,
    SCORE_BANDS,
    SCORE_TOLERANCE,
    SHEET_REASON_WORDS,
)
from jixiao.readings.attainment import PARAMETERS, Attainment, attainment, is_explained, notes_of, said, told_level
from jixiao.readings.measured import is_satisfaction
from jixiao.readings.points import in_hundreds, is_shared, weighted, whole
from jixiao.readings.view import RowView, SheetView
from jixiao.review.message import FactValue, Message
from jixiao.review.rule import Need, Observation, Scope, rule

_ZERO = Decimal(0)
_ONE = Decimal(1)
_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")


def rounding(score: Decimal, least: Decimal) -> Decimal:
    """What a score may be off by: half of its last printed digit, at least ``least``."""
    exponent = score.as_tuple().exponent
    assert isinstance(exponent, int)
    return max(Decimal((0, (1,), min(exponent, 0))) / 2, least)


REACHED_CUT = Message(
    "reached-cut",
    "“{name:words}”指标值“{target:words}”，完成“{actual:words}”，已经完成，分值 {weight:number} 分却只得 {score:number} 分，又没有写原因。",
)
MISSED_FULL = Message(
    "missed-full",
    "“{name:words}”指标值“{target:words}”，完成“{actual:words}”，没有完成，却得了满分 {weight:number} 分。",
)
SHARE_FULL = Message(
    "share-full",
    "“{name:words}”指标值“{target:words}”，完成“{actual:words}”，没有完成，按完成比例应得约 {due:number} 分，"
    "却得了满分 {weight:number} 分。",
)
TOO_MUCH = Message(
    "too-much",
    "“{name:words}”指标值“{target:words}”，完成“{actual:words}”，没有完成，按完成比例应得约 {due:number} 分，"
    "表上得 {score:number} 分，多得 {more:number} 分。",
)
TOO_LITTLE = Message(
    "too-little",
    "“{name:words}”指标值“{target:words}”，完成“{actual:words}”，没有完成，按完成比例应得约 {due:number} 分，"
    "表上得 {score:number} 分，请核对是怎么扣的。",
)
RATE_SCORE = Message(
    "rate-score",
    "预算执行率约 {rate:number}%，分值 {weight:number} 分，按比例应得约 {due:number} 分，表上得 {score:number} 分。",
)
OTHER_TOTAL = Message(
    "other-total",
    "各项得分加起来是 {sum:number} 分，总分写的是 {total:number} 分，相差 {gap:number} 分。",
)
OTHER_TOTAL_WITH_RATE = Message(
    "other-total-with-rate",
    "各项得分（含预算执行率 {rate:number} 分）加起来是 {sum:number} 分，总分写的是 {total:number} 分，相差 {gap:number} 分。",
)
BY_RATE = Message("by-rate", "按执行率乘以分值重算；当地评分办法另有规定的，在表下注明。")
RIGHT_TOTAL = Message("total", "核对各项得分；无误的，总分改为 {sum:number} 分。")
SCORES_FIRST = Message("scores-first", "先改正本表另外指出的各项得分，再重新加总填写总分。")


@rule(
    "A03",
    title="得分与完成情况算不拢",
    problem="score-miscalculated",
    severity=Severity.ERROR,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2020-10/scoring",),
    remedy="完成的得满分，没有完成的按完成比例计分，最高不超过分值；改正后重算总分。",
    since=date(2020, 2, 25),
    parameters=(
        *PARAMETERS, SCORE_TOLERANCE, SCORE_BANDS, EXECUTION_FULL_FROM, OWN_SCORING_WORDS, OVERACHIEVEMENT,
        DEVIATION_BLANKS, SHEET_REASON_WORDS,
    ),
    needs=(Need.SELF_EVALUATION,),
    says=(
        REACHED_CUT, MISSED_FULL, SHARE_FULL, TOO_MUCH, TOO_LITTLE, RATE_SCORE, OTHER_TOTAL, OTHER_TOTAL_WITH_RATE,
    ),
    proposes=(BY_RATE, RIGHT_TOTAL, SCORES_FIRST),
)  # fmt: skip
def scores_can_be_worked_out(sheet: SheetView) -> Iterator[Observation]:
    """没有完成却得满分、得分高于按完成比例应得的分、完成了却扣了分又没有说明，或者总分与各项得分加起来不等。

    按比例、按档、未完成不得分都算对，四舍五入也不报；得分比按比例计算的低，只作建议（可能另有扣分办法）。
    表里写了自定评分办法的，只看总分。定性指标另按档次核对，得分超过分值的另报。
    """
    if sheet.self_evaluation is None:
        return
    wrong: list[Observation] = []
    if not in_hundreds(sheet):
        own = sheet.parameter(OWN_SCORING_WORDS)
        if not any(word in note for note in notes_of(sheet) for word in own):
            wrong += [found for row in sheet.rows for found in _row_score(row)]
        wrong += _execution_score(sheet)
    yield from wrong
    yield from _total_score(sheet, sound=not wrong and not _is_over(sheet))


def _is_over(sheet: SheetView) -> bool:
    """Whether some points exceed their weight, of which another rule tells."""
    pairs = [(row.score, row.row.weight) for row in sheet.rows if not is_shared(row)]
    pairs.append((whole(sheet).score, whole(sheet).weight))
    return not in_hundreds(sheet) and any(s is not None and w is not None and s > w for s, w in pairs)


def _row_score(row: RowView) -> Iterator[Observation]:
    score, weight = row.score, row.row.weight
    if score is None or not weight or not 0 <= score <= weight or is_shared(row):
        return
    reached = attainment(row, row.actual)
    if reached is None or (reached.told and row.row.target.type is TargetType.QUALITATIVE):
        return  # what only words tell has the points of its band
    found = _too_low(row, score, weight, reached) if reached.met else _too_high(row, score, weight, reached)
    if found is not None:
        says, severity = found
        yield Observation(
            at=row.at("score"),
            evidence=f"指标值 {said(row.row.target)}，完成值 {said(row.actual)}，分值 {plain(weight)}，得分 {plain(score)}",
            says=says,
            related=(row.at("actual"),),
            severity=severity,
        )


def _too_low(row: RowView, score: Decimal, weight: Decimal, reached: Attainment) -> tuple[Said, Severity] | None:
    far = row.parameter(OVERACHIEVEMENT).percent
    if score == weight or is_explained(row) or (reached.share or _ZERO) * 100 > far:
        return None  # far above a target plainly set too low, points may be taken off
    return REACHED_CUT(**_of(row), weight=weight, score=score), Severity.WARNING


def _of(row: RowView) -> dict[str, str]:
    return {"name": row.row.label, "target": said(row.row.target), "actual": said(row.actual)}


def _too_high(
    row: RowView, score: Decimal, weight: Decimal, reached: Attainment
) -> tuple[Said, Severity | None] | None:
    least = Decimal(row.parameter(SCORE_TOLERANCE))
    if reached.share is None:
        return (MISSED_FULL(**_of(row), weight=weight), None) if score == weight else None
    due = weight * max(reached.share, _ZERO)
    off = rounding(score, least)
    banded = is_satisfaction(row) and _banded(row, weight, score)
    facts: dict[str, FactValue] = {**_of(row), "due": _points(due)}
    if score == weight and weight - due > least:
        return SHARE_FULL(**facts, weight=weight), None if score > due + off else Severity.WARNING
    if score > due + off and not banded:
        return TOO_MUCH(**facts, score=score, more=_points(score - due)), Severity.WARNING
    if 0 < score < due - max(off, _ONE) and not banded and not is_explained(row):
        return TOO_LITTLE(**facts, score=score), Severity.ADVICE
    return None


def _banded(row: RowView, weight: Decimal, score: Decimal) -> bool:
    """Whether a rate of satisfaction has the points of its interval."""
    actual = row.actual.number if row.actual else None
    return actual is not None and score == _in_band(row.parameter(SCORE_BANDS)["satisfaction"], actual, weight)


def _in_band(bands: Mapping[int, int], rate: Decimal, weight: Decimal) -> Decimal:
    """The points of the highest band that ``rate`` reaches; none below the lowest."""
    shares = [Decimal(share) for least, share in bands.items() if rate >= Decimal(least)]
    return weight * max(shares, default=_ZERO) / 100


def _points(value: Decimal) -> Decimal:
    return plain(value.quantize(_CENT))


def _execution_score(sheet: SheetView) -> Iterator[Observation]:
    rate = whole(sheet)
    score, weight = rate.score, rate.weight
    if score is None or not weight or not 0 <= score <= weight:
        return
    rates = [
        r for r in (rate.rate, *(_percent(rate.executed, b) for b in (rate.revised, rate.initial))) if r is not None
    ]
    if not rates:
        return
    highest = max(min(r, _HUNDRED) for r in rates)
    off = rounding(score, Decimal(sheet.parameter(SCORE_TOLERANCE)))
    due = weight * highest / 100
    if score <= due + off or score == _in_band(sheet.parameter(SCORE_BANDS)["execution"], highest, weight):
        return
    lenient = score == weight and highest >= sheet.parameter(EXECUTION_FULL_FROM)
    yield Observation(
        at=sheet.at("budget"),
        evidence=f"执行率 {plain(highest)}%，分值 {plain(weight)}，得分 {plain(score)}",
        says=RATE_SCORE(rate=_points(highest), weight=weight, due=_points(due), score=score),
        suggests=BY_RATE(),
        severity=Severity.ADVICE if lenient else None,
    )


def _percent(part: Decimal | None, total: Decimal | None) -> Decimal | None:
    return part * 100 / total if part is not None and total else None


def _total_score(sheet: SheetView, *, sound: bool) -> Iterator[Observation]:
    """``sound``: nothing is wrong with the points that are added up."""
    total = sheet.self_evaluation.total_score if sheet.self_evaluation else None
    rows = [row for row in sheet.rows if row.score is not None]
    unscored = [row for row in weighted(sheet) if row.score is None and row.row.weight]
    if total is None or not rows or unscored:
        return
    own = sum((row.score or _ZERO for row in rows), _ZERO)
    points = sum((row.row.weight or _ZERO for row in rows), _ZERO)
    rate = whole(sheet)
    possible = {own, own + (rate.score or _ZERO)}
    if points and rate.score is None:
        products = sum(((row.score or _ZERO) * (row.row.weight or _ZERO) for row in rows), _ZERO)
        possible |= {own * 100 / points, products / 100, products}
        if points < _HUNDRED and rate.weight is None and own <= total <= own + _HUNDRED - points:
            return  # the points of the rate of execution are in the total alone
    off = rounding(total, Decimal(sheet.parameter(SCORE_TOLERANCE)))
    if any(abs(total - sum_) <= off for sum_ in possible):
        return
    added = own + (rate.score or _ZERO)
    facts = {"sum": added, "total": total, "gap": abs(total - added)}
    yield Observation(
        at=sheet.pointer,
        evidence=f"总分 {plain(total)}，各项得分合计 {plain(added)}",
        says=OTHER_TOTAL(**facts) if rate.score is None else OTHER_TOTAL_WITH_RATE(**facts, rate=rate.score),
        suggests=RIGHT_TOTAL(sum=added) if sound else SCORES_FIRST(),
        related=tuple(row.at("score") for row in rows),
    )


OUT_OF_BAND = Message(
    "out-of-band",
    "“{name:words}”完成值写“{actual:words}”，属于{level:text}，应得 {low:number} 到 {high:number} 分，表上得 {score:number} 分。",
)


@rule(
    "A11",
    title="定性得分不在该档区间",
    problem="band-violated",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.ROW,
    cites=("mof-2020-10/scoring",),
    remedy="先定达成、部分达成还是未达成，再在该档的区间内给分。",
    since=date(2020, 2, 25),
    parameters=(*PARAMETERS, QUALITATIVE_BANDS, DEVIATION_BLANKS, SHEET_REASON_WORDS),
    needs=(Need.SELF_EVALUATION,),
    says=(OUT_OF_BAND,),
)
def qualitative_score_keeps_to_its_band(row: RowView) -> Iterator[Observation]:
    """定性指标的完成值写明了达成、部分达成或未达成，得分却不在这一档的区间里。

    完成值看不出是哪一档的，不报；写了达成但扣分较多、原因栏作了说明的，不报。
    """
    score, weight, actual = row.score, row.row.weight, row.actual
    if row.sheet.self_evaluation is None or score is None or not weight or actual is None or is_shared(row):
        return
    if row.row.target.type is not TargetType.QUALITATIVE or actual.type is not TargetType.QUALITATIVE:
        return
    level = told_level(row, actual)
    if level is None or score > weight or in_hundreds(row.sheet):
        return
    low, high = (Decimal(n) for n in row.parameter(QUALITATIVE_BANDS)[level.value])
    share = score * 100 / weight
    if low <= share <= high or (share < low and is_explained(row)):
        return
    yield Observation(
        at=row.at("score"),
        evidence=f"{said(actual)}，分值 {plain(weight)}，得分 {plain(score)}",
        says=OUT_OF_BAND(
            name=row.row.label,
            actual=said(actual),
            level=level.label,
            low=_points(weight * low / 100),
            high=_points(weight * high / 100),
            score=score,
        ),
        related=(row.at("actual"),),
    )
