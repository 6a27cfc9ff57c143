"""Rules on the actuals of self-evaluation sheets: copied, missed or far exceeded in silence, without a survey."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.goal import texts_of
from jixiao.domain.message import Said
from jixiao.domain.money import plain
from jixiao.domain.target import Target, TargetType
from jixiao.parameters.keys import (
    COPIED_ACTUALS,
    DEVIATION_BLANKS,
    OVERACHIEVEMENT,
    SHEET_REASON_WORDS,
    SURVEY_WORDS,
)
from jixiao.readings.attainment import (
    PARAMETERS,
    attainment,
    is_explained,
    is_given,
    is_number,
    said,
)
from jixiao.readings.direction import Direction, direction
from jixiao.readings.measured import is_satisfaction
from jixiao.readings.proposals import worded
from jixiao.readings.text import normalise
from jixiao.readings.view import RowView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

_HUNDRED = Decimal(100)

SIGNED = Message(
    "signed",
    "{rows:number} 行的完成值连符号一起照抄了指标值（如“{name:words}”完成“{actual:words}”），看不出实际做到多少。",
)
ALL_SAME = Message("all-same", "{rows:number} 行定量指标的完成值都与指标值分毫不差，请核对是不是实际结果，并附佐证。")


@rule(
    "A05",
    title="完成值照抄指标值",
    problem="actual-copied",
    severity=Severity.WARNING,
    aspect=Aspect.FEASIBILITY,
    scope=Scope.SHEET,
    cites=("mof-2020-10/self-evaluation", "mof-2021-101/evidence"),
    remedy="完成值填实际做到的数，如“96.3%”“212人”，不带“≥”“≤”，并留存统计表、验收单等佐证。",
    since=date(2020, 2, 25),
    parameters=(COPIED_ACTUALS,),
    says=(SIGNED, ALL_SAME),
    needs=(Need.SELF_EVALUATION,),
)
def actuals_are_results(sheet: SheetView) -> Iterator[Observation]:
    """完成值连同“≥”“≤”一起照抄指标值，不是实际结果。一张表合并报一条。

    没有符号、但每一行的数都与指标值一模一样的，只作建议；百分之百的、行数少的不算。
    """
    if sheet.self_evaluation is None:
        return
    limits = sheet.parameter(COPIED_ACTUALS)
    rows = [row for row in sheet.rows if is_number(row.row.target) and is_number(row.actual)]
    signed = [row for row in rows if _repeats_sign(row)]
    if len(signed) >= limits.signed_rows:
        first = signed[0]
        says = SIGNED(rows=len(signed), name=first.row.label, actual=said(first.actual))
        yield _copied(signed, says, Severity.WARNING)
        return
    open_rows = [row for row in rows if row.row.target.number != _HUNDRED]
    same = [row for row in open_rows if row.actual and row.actual.number == row.row.target.number]
    if len(open_rows) >= limits.rows and len(same) >= len(open_rows) * Decimal(limits.share):
        yield _copied(same, ALL_SAME(rows=len(same)), Severity.ADVICE)


def _repeats_sign(row: RowView) -> bool:
    target, actual = row.row.target, row.actual
    sign = actual.comparator if actual else None
    if sign is None or actual is None or not (sign.is_floor or sign.is_ceiling):
        return False
    return (sign, actual.number, actual.unit or target.unit) == (target.comparator, target.number, target.unit)


def _copied(rows: list[RowView], says: Said, severity: Severity) -> Observation:
    return Observation(
        at=rows[0].at("actual"),
        evidence="、".join(f"{row.row.label} {said(row.actual)}" for row in rows),
        says=says,
        related=tuple(row.at("actual") for row in rows[1:]),
        severity=severity,
    )


MISSED_SILENT = Message(
    "missed-silent", "“{name:words}”指标值“{target:words}”，完成“{actual:words}”，没有达到，没有写原因。"
)
MISSED_BLANK = Message(
    "missed-blank",
    "“{name:words}”指标值“{target:words}”，完成“{actual:words}”，没有达到，原因栏只写“{reason:words}”。",
)
EXPECTED_SILENT = Message(
    "expected-silent", "“{name:words}”指标值“{target:words}”，预计全年完成“{actual:words}”，没有达到，没有写原因。"
)
EXPECTED_BLANK = Message(
    "expected-blank",
    "“{name:words}”指标值“{target:words}”，预计全年完成“{actual:words}”，没有达到，原因栏只写“{reason:words}”。",
)
WHY_SHORT = Message(
    "why-short",
    "写明为什么比指标值{difference:text}、什么时候用什么办法补上；已经补不上的，写明以后怎样避免。",
)
WHY_LATE = Message("why-late", "写明为什么晚了、晚在哪一步；还没做完的，写明什么时候做完。")
WHY_EXPECTED = Message(
    "why-expected", "写明为什么预计全年比指标值{difference:text}、下一步怎样赶上；确实赶不上的，按程序调整目标和预算。"
)
MARKED_DOWN = Message(
    "marked-down",
    "“{name:words}”完成“{actual:words}”，分值 {weight:number} 分得 {score:number} 分，扣了分没有写原因。",
)


@rule(
    "A07",
    title="没有完成却没有写原因",
    problem="deviation-unexplained",
    severity=Severity.ERROR,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.ROW,
    cites=("mof-2019-136/deviation", "mof-2020-10/self-evaluation"),
    remedy="写明为什么没有完成、差在哪里，已经或准备怎么补上。",
    since=date(2019, 7, 26),
    parameters=(*PARAMETERS, DEVIATION_BLANKS, SHEET_REASON_WORDS),
    needs=(Need.RESULTS,),
    says=(MISSED_SILENT, MISSED_BLANK, EXPECTED_SILENT, EXPECTED_BLANK, MARKED_DOWN),
    proposes=(WHY_SHORT, WHY_LATE, WHY_EXPECTED),
)
def a_miss_is_explained(row: RowView) -> Iterator[Observation]:
    """自评表的完成值、监控表的全年预计完成值比指标值差，原因栏空着或只写“无”“已完成”。

    表下合写了原因的不报；完成值与指标值没法比较、方向看不出的不报，定性指标扣了分而没有写原因的只作建议。监控表按警告报。
    """
    results = row.evaluated is not None
    value = row.monitored.expected if row.monitored else row.actual
    reached = attainment(row, value)
    if is_explained(row) or (reached is not None and reached.met):
        return
    if reached is None:
        yield from _marked_down(row)
        return
    facts = {"name": row.row.label, "target": said(row.row.target), "actual": said(value)}
    if normalise(row.deviation):
        says = (MISSED_BLANK if results else EXPECTED_BLANK)(**facts, reason=row.deviation or "")
    else:
        says = (MISSED_SILENT if results else EXPECTED_SILENT)(**facts)
    when = "完成" if results else "预计全年完成"
    yield Observation(
        at=row.at("deviation"),
        evidence=f"{row.row.label}：指标值 {said(row.row.target)}，{when} {said(value)}",
        says=says,
        suggests=_reason_wanted(row, value, expected=not results),
        related=(row.at("actual"),) if results else (),
        severity=None if results else Severity.WARNING,
    )


def _reason_wanted(row: RowView, value: Target | None, *, expected: bool) -> Said | None:
    """What the reason has to say of this row; None where the two values have no difference in one unit."""
    target = row.row.target
    if value is None:
        return None
    if target.day is not None or value.day is not None:
        return WHY_LATE()
    if target.number is None or value.number is None or (value.unit or target.unit) != target.unit:
        return None
    gap = value.number - target.number
    unit = "个百分点" if target.is_percent else target.unit or ""
    difference = f"{'多' if gap > 0 else '少'} {plain(abs(gap))}{unit}"
    return (WHY_EXPECTED if expected else WHY_SHORT)(difference=difference) if gap else None


def _marked_down(row: RowView) -> Iterator[Observation]:
    """A value in words that does not say whether the target was reached; the points taken off do."""
    score, weight, actual = row.score, row.row.weight, row.actual
    if row.row.target.type is not TargetType.QUALITATIVE or score is None or weight is None or score >= weight:
        return
    if is_given(actual) and row.sheet.self_evaluation is not None:
        yield Observation(
            at=row.at("deviation"),
            evidence=f"{row.row.label}：完成值 {said(actual)}，分值 {plain(weight)}，得分 {plain(score)}",
            says=MARKED_DOWN(name=row.row.label, actual=said(actual), weight=weight, score=score),
            related=(row.at("score"),),
            severity=Severity.ADVICE,
        )


EXCESS = Message(
    "excess",
    "“{name:words}”指标值“{target:words}”，完成“{actual:words}”，是指标值的 {percent:number}%，没有说明，像是指标值定低了。",
)
EXPLAIN_EXCESS = Message(
    "explain",
    "说明超额的原因；核对完成值有没有算进以前年度或其他项目的数，下年指标值参照{value:text}重新测算。",
)


@rule(
    "A08",
    title="超额过多没有说明",
    problem="overachievement-unexplained",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.ROW,
    cites=("mof-2020-10/scoring", "mof-2021-101/values"),
    remedy="说明为什么大幅超过；当初指标值定低了的，写明下年怎么调高。",
    since=date(2020, 2, 25),
    parameters=(*PARAMETERS, OVERACHIEVEMENT, DEVIATION_BLANKS, SHEET_REASON_WORDS),
    needs=(Need.SELF_EVALUATION,),
    says=(EXCESS,),
    proposes=(EXPLAIN_EXCESS,),
)
def excess_is_explained(row: RowView) -> Iterator[Observation]:
    """越多越好的指标，完成值超过指标值的比例高于提示线，原因栏没有说明，多半是指标值定低了或者完成值有误。

    只多出一个两个的、越低越好的指标、与指标值没法比较的，不报。
    """
    if row.sheet.self_evaluation is None or direction(row) is Direction.LOWER:
        return
    reached = attainment(row, row.actual)
    limits = row.parameter(OVERACHIEVEMENT)
    if reached is None or reached.share is None or not reached.met or reached.excess <= limits.more_than:
        return
    percent = reached.share * 100
    if percent < limits.percent or is_explained(row):
        return
    yield Observation(
        at=row.at("deviation"),
        evidence=f"{row.row.label}：指标值 {said(row.row.target)}，完成值 {said(row.actual)}",
        says=EXCESS(
            name=row.row.label,
            target=said(row.row.target),
            actual=said(row.actual),
            percent=percent.quantize(Decimal(1)),
        ),
        suggests=EXPLAIN_EXCESS(value=worded(None, row.actual.number, row.actual.unit) if row.actual else ""),
        related=(row.at("actual"),),
    )


NO_SURVEY = Message("no-survey", "“{name:words}”完成“{actual:words}”，没有写怎么调查、调查了多少人，这个数查不实。")


@rule(
    "A13",
    title="满意度没有写怎么调查的",
    problem="satisfaction-without-survey",
    severity=Severity.ADVICE,
    aspect=Aspect.FEASIBILITY,
    scope=Scope.SHEET,
    cites=("mof-2020-10/self-evaluation", "mof-2021-101/evidence"),
    remedy="写明什么时候、用什么方式、调查了多少人，如“12月电话回访200户，满意193户”，并留存问卷或记录。",
    since=date(2020, 2, 25),
    parameters=(SURVEY_WORDS,),
    needs=(Need.SELF_EVALUATION,),
    says=(NO_SURVEY,),
)
def satisfaction_was_asked(sheet: SheetView) -> Iterator[Observation]:
    """满意度填了完成值，全表没有一处说明调查的方式、时间、样本。一张表合并报一条。"""
    evaluation = sheet.self_evaluation
    if evaluation is None:
        return
    rows = [row for row in sheet.rows if is_satisfaction(row) and is_number(row.actual)]
    words = sheet.parameter(SURVEY_WORDS)
    told = "".join(texts_of(evaluation.goals_reached))
    told += "".join(f"{r.row.description or ''}{r.row.basis or ''}{r.deviation or ''}{said(r.actual)}" for r in rows)
    if not rows or any(word in told for word in words):
        return
    yield Observation(
        at=rows[0].at("actual"),
        evidence="、".join(f"{row.row.label} {said(row.actual)}" for row in rows),
        says=NO_SURVEY(name=rows[0].row.label, actual=said(rows[0].actual)),
        related=tuple(row.at("actual") for row in rows[1:]),
    )
