"""Rules on results that are hard to believe: all projects at full marks, much done for no money, accepted before finished."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.measure_units import is_count, is_measure
from jixiao.domain.target import Target
from jixiao.parameters.keys import (
    COMPARISON_WORDS,
    DEVIATION_BLANKS,
    FINISH_WORDS,
    OUTCOME_WORDS,
    RESULT_LIMITS,
    SHEET_REASON_WORDS,
)
from jixiao.parameters.shapes import FinishWords
from jixiao.readings.attainment import PARAMETERS, Level, attainment, is_explained, is_given, said, told_level
from jixiao.readings.days import days_told, due_day
from jixiao.readings.points import in_percent, rate_of, whole
from jixiao.readings.text import normalise
from jixiao.readings.view import PlanView, RowView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

_ZERO = Decimal(0)
_DOUBTFUL = Decimal("0.6")

ALL_AT_FULL = Message(
    "all-at-full", "{sheets:number} 个项目的自评全部是 {full:number} 分，一处不足都没有写，分不出好坏，自评等于没有做。"
)


@rule(
    "A20",
    title="各项目自评都是满分",
    problem="boilerplate",
    severity=Severity.ADVICE,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.PLAN,
    cites=("mof-2020-10/self-evaluation", "mof-2021-101/evidence"),
    remedy="逐项对照佐证重新核分，写出没有做好的地方；确实都做到了的，说明指标值下年怎么调整。",
    since=date(2020, 2, 25),
    parameters=(RESULT_LIMITS,),
    needs=(Need.SELF_EVALUATION,),
    says=(ALL_AT_FULL,),
)
def not_all_are_perfect(view: PlanView) -> Iterator[Observation]:
    """一个单位报了几个项目的自评，每一个的总分都是满分。只作建议；只有一两个项目的、有一个不满分的，不报。"""
    limits = view.parameter(RESULT_LIMITS)
    evaluated = [sheet for sheet in view.sheets if sheet.self_evaluation is not None]
    if len(evaluated) < limits.projects or not all(_is_full(sheet, limits.full) for sheet in evaluated):
        return
    yield Observation(
        at=evaluated[0].pointer,
        evidence="、".join(sheet.sheet.label for sheet in evaluated),
        says=ALL_AT_FULL(sheets=len(evaluated), full=limits.full),
        related=tuple(sheet.pointer for sheet in evaluated[1:]),
    )


def _is_full(sheet: SheetView, full: int) -> bool:
    """Whether the total of a sheet is full marks, or, where none is printed, that of every row is."""
    evaluation = sheet.self_evaluation
    if evaluation is not None and evaluation.total_score is not None:
        return evaluation.total_score == full
    scored = [(row.score, row.row.weight) for row in sheet.rows if row.score is not None]
    return bool(scored) and all(score == weight for score, weight in scored)


NOTHING_SHORT = Message(
    "nothing-short",
    "{rows:number} 行指标全部得满分，{repeated:number} 行的完成值只是照写指标值或者写“完成”，没有一处写到不足，看不出是怎样自评的。",
)


@rule(
    "A24",
    title="一张表从头到尾满分",
    problem="boilerplate",
    severity=Severity.ADVICE,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2020-10/self-evaluation", "mof-2021-101/evidence"),
    remedy="逐行写实际完成的数和佐证；确实都做到了的，写明凭什么得满分、下年指标值怎么定。",
    since=date(2020, 2, 25),
    parameters=(RESULT_LIMITS, DEVIATION_BLANKS, SHEET_REASON_WORDS, *PARAMETERS),
    needs=(Need.SELF_EVALUATION,),
    says=(NOTHING_SHORT,),
)
def a_sheet_tells_what_fell_short(sheet: SheetView) -> Iterator[Observation]:
    """一张自评表每一行都得满分，完成值大多与指标值一样或者只写“完成”“达成”，没有一行写原因。只作建议。

    行数少的，有一行没有得满分的，写了实际数、写了原因的，几个项目都是满分而已另报的，不报。
    """
    limits, evaluation = sheet.parameter(RESULT_LIMITS), sheet.self_evaluation
    scored = [row for row in sheet.rows if row.score is not None]
    if evaluation is None or len(scored) < limits.all_full or not _is_full(sheet, limits.full):
        return
    if any(row.score != row.row.weight or is_explained(row) for row in scored):
        return
    repeated = [row for row in scored if _repeats_target(row)]
    if len(repeated) >= len(scored) * limits.repeated:
        yield Observation(
            at=sheet.at("indicators"),
            evidence="、".join(f"{row.row.label} {said(row.actual)}" for row in repeated),
            says=NOTHING_SHORT(rows=len(scored), repeated=len(repeated)),
            confidence=_DOUBTFUL,
        )


def _repeats_target(row: RowView) -> bool:
    """Whether what was done is the target again, or words for having done it."""
    target, actual = row.row.target, row.actual
    if actual is None or not is_given(actual):
        return False
    if actual.number is not None:
        return actual.number == target.number
    return told_level(row, actual) is Level.REACHED


FULL_AND_UNFINISHED = Message(
    "full-and-unfinished",
    "“{name:words}”得了满分 {score:number} 分，原因栏却写“{reason:words}”，既然还没有做完，就不该得满分。",
)


@rule(
    "A25",
    title="得满分而写着没有做完",
    problem="score-miscalculated",
    severity=Severity.ADVICE,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.ROW,
    cites=("mof-2020-10/scoring",),
    remedy="没有完成的按完成的比例得分；已经完成的，把原因栏改清楚。",
    since=date(2020, 2, 25),
    parameters=(OUTCOME_WORDS, DEVIATION_BLANKS),
    needs=(Need.SELF_EVALUATION,),
    says=(FULL_AND_UNFINISHED,),
)
def unfinished_rows_are_not_full(row: RowView) -> Iterator[Observation]:
    """一行得了满分，原因栏却写着未完成、未验收、部分完成。写“无未完成事项”一类的、写别人没有做完的不看得太死，只作建议。"""
    score, reason = row.score, normalise(row.deviation)
    if score is None or not score or score != row.row.weight or reason in row.parameter(DEVIATION_BLANKS):
        return
    words = row.parameter(OUTCOME_WORDS)
    found = next((word for word in (*words.missed, *words.partly) if _is_admitted(word, reason, words.negations)), None)
    if found is not None:
        yield Observation(
            at=row.at("score"),
            evidence=f"{row.row.label}：得分 {score} ｜ {row.deviation}",
            says=FULL_AND_UNFINISHED(name=row.row.label, score=score, reason=row.deviation or ""),
            related=(row.at("deviation"),),
        )


def _is_admitted(word: str, reason: str, negations: tuple[str, ...]) -> bool:
    """Whether a reason says it and does not deny it: not 无未完成事项."""
    at = reason.find(word)
    return at >= 0 and not reason[:at].endswith((*negations, "没有"))


MUCH_FOR_NOTHING = Message(
    "much-for-nothing",
    "预算只执行了 {rate:text}，低于 {percent:number}%（规则集自定的提示线），“{name:words}”却完成了“{actual:words}”，达到了"
    "指标值“{target:words}”，钱和事对不上。",
)


@rule(
    "A21",
    title="钱几乎没花而产出做到了",
    problem="execution-goal-mismatch",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2020-10/scoring", "mof-2020-10/framework"),
    remedy="说明事情是用什么钱办的：已办未付款、用了别的资金还是预算编多了；完成值不实的据实改正。",
    since=date(2020, 2, 25),
    parameters=(*PARAMETERS, RESULT_LIMITS, DEVIATION_BLANKS, SHEET_REASON_WORDS),
    needs=(Need.SELF_EVALUATION,),
    says=(MUCH_FOR_NOTHING,),
    yields_to=("A09",),
)
def money_was_spent_on_what_was_done(sheet: SheetView) -> Iterator[Observation]:
    """预算执行率低于提示线，数量指标却做到了指标值，又没有一处说明。一张表报一条，指标全部得满分的另有规则。"""
    row = whole(sheet)
    rate = rate_of(row.executed, row.budget)
    rate = row.rate if rate is None else rate
    percent = sheet.parameter(RESULT_LIMITS).percent
    if sheet.self_evaluation is None or rate is None or rate >= percent:
        return
    if any(is_explained(r) and (r.score is None or r.score == r.row.weight) for r in sheet.rows):
        return
    done = [r for r in sheet.rows if _is_done(r)]
    if done:
        first = done[0]
        yield Observation(
            at=sheet.at("budget"),
            evidence=f"执行率 {in_percent(rate)} ｜ {first.row.label} {said(first.actual)}",
            says=MUCH_FOR_NOTHING(
                rate=in_percent(rate),
                percent=percent,
                name=first.row.label,
                actual=said(first.actual),
                target=said(first.row.target),
            ),
            related=tuple(r.at("actual") for r in done),
        )


def _is_done(row: RowView) -> bool:
    target, reached = row.row.target, attainment(row, row.actual)
    counts = is_count(target.unit) or is_measure(target.unit)
    is_work = row.row.kind is IndicatorKind.QUANTITY and counts and (target.number or _ZERO) > 0
    return is_work and reached is not None and reached.met and reached.share is not None


ACCEPTED_FIRST = Message(
    "accepted-first",
    "“{accepted:words}”是“{one:words}”，“{done:words}”是“{other:words}”，还没有做完就验收了，日期写错了一处。",
)
DUE_FIRST = Message(
    "due-first",
    "“{accepted:words}”要求“{one:words}”，“{done:words}”要求“{other:words}”，还没有做完就要验收，两个期限写反了。",
)


@rule(
    "A22",
    title="验收早于完工",
    problem="number-conflict",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/reasonable", "good-practice/consistency"),
    remedy="按验收单和施工记录核对两个日期，把写错的一处改过来。",
    since=date(2015, 5, 21),
    parameters=(COMPARISON_WORDS, FINISH_WORDS),
    says=(ACCEPTED_FIRST, DUE_FIRST),
)
def acceptance_comes_last(sheet: SheetView) -> Iterator[Observation]:
    """同一张表里，验收时间的指标值（或完成值）比完工、竣工时间的还早。

    写的是初验、分部、到货、分期的，日期粗到看不出先后的，不报。
    """
    words = sheet.parameter(FINISH_WORDS)
    accepted = [row for row in sheet.rows if _speaks(row, words.accepted, words)]
    done = [row for row in sheet.rows if _speaks(row, words.done, words) and row not in accepted]
    for one in accepted:
        for other in done:
            field, says, values = "actual", ACCEPTED_FIRST, (one.actual, other.actual)
            if not any(is_given(value) for value in values):
                field, says, values = "target", DUE_FIRST, (one.row.target, other.row.target)
            first, last = values
            is_before = _is_before if field == "actual" else _is_due_before
            if first is not None and last is not None and is_before(sheet, first, last):
                a, b = said(first), said(last)
                yield Observation(
                    at=one.at(field),
                    evidence=f"{one.row.label} {a} ｜ {other.row.label} {b}",
                    says=says(accepted=one.row.label, one=a, done=other.row.label, other=b),
                    related=(other.at(field),),
                )


def _speaks(row: RowView, of: tuple[str, ...], words: FinishWords) -> bool:
    return any(word in row.name for word in of) and not any(word in row.words for word in words.unless)


def _is_before(sheet: SheetView, accepted: Target, done: Target) -> bool:
    """Whether the last day that acceptance may have been is before the first that the finish may have been."""
    year, words = _year(sheet), sheet.parameter(COMPARISON_WORDS)
    one, other = days_told(accepted, year, words), days_told(done, year, words)
    return one is not None and other is not None and one[1] < other[0]


def _is_due_before(sheet: SheetView, accepted: Target, done: Target) -> bool:
    year, words = _year(sheet), sheet.parameter(COMPARISON_WORDS)
    one, other = due_day(accepted, year, words), due_day(done, year, words)
    return one is not None and other is not None and one < other


def _year(sheet: SheetView) -> int | None:
    year = sheet.fiscal_year
    return year.year if year else None
