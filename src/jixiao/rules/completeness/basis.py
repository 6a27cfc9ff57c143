"""Rules on the basis of target values 「指标值确定依据」: empty, or an empty phrase."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.target import TargetType
from jixiao.parameters.keys import BASIS_MISSING_SHARE, BASIS_REQUIRED, WEAK_BASIS_SHARE, WEAK_BASIS_WORDS
from jixiao.parameters.shapes import WeakBasisWords
from jixiao.readings.presence import unread_columns
from jixiao.readings.text import normalise
from jixiao.readings.view import PlanView, RowView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule


def form_has_basis(plan: PlanView) -> bool:
    """Whether the form has the column: the ruleset says so, or some row of the plan has a basis."""
    return bool(plan.parameter(BASIS_REQUIRED)) or any(normalise(row.row.basis) for row in plan.rows)


def rows_with_value(sheet: SheetView) -> list[RowView]:
    """Rows that promise something: with words and a target. Others are told of elsewhere."""
    return [row for row in sheet.rows if row.words and row.row.target.type is not TargetType.MISSING]


ALL_EMPTY = Message("all", "{rows:number} 行指标全部没有填“指标值确定依据”，指标值定得高还是低无从判断。")
MOST_EMPTY = Message(
    "most", "{rows:number} 行指标中有 {empty:number} 行没有填“指标值确定依据”，指标值定得高还是低无从判断。"
)
ROW_EMPTY = Message("row", "“{name:words}”的指标值“{value:words}”没有写依据，同表其他指标都写了。")


@rule(
    "C48",
    title="指标值确定依据为空",
    problem="basis-missing",
    severity=Severity.WARNING,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.SHEET,
    reads=Scope.PLAN,
    cites=("hebei-form/basis", "mof-2021-101/evidence", "mof-2015-88/reasonable"),
    remedy="逐行写明依据：哪份文件（文号）、哪年的实际数、什么行业标准或支出标准、哪份合同或方案。",
    since=date(2015, 5, 21),
    parameters=(BASIS_REQUIRED, BASIS_MISSING_SHARE),
    says=(ALL_EMPTY, MOST_EMPTY, ROW_EMPTY),
)
def basis_is_given(sheet: SheetView) -> Iterator[Observation]:
    """表式有“指标值确定依据”栏而没有填。一张表空了大半，合并报一条；只空几行的，逐行报。

    规则集不要求这一栏、全文也没有一行填过的，看作表式没有这一栏，不报。没有指标值的行另报，这里不算；有一栏不认得、没有读入的，依据可能写在那里，也不报。自评表、监控表没有这一栏，不报。
    """
    rows = rows_with_value(sheet)
    empty = [row for row in rows if not normalise(row.row.basis)]
    if not empty or not sheet.is_goal_sheet or not sheet.plan.derived(form_has_basis):
        return
    if len(empty) == len(rows) and unread_columns(sheet):
        return
    if len(empty) >= len(rows) * sheet.parameter(BASIS_MISSING_SHARE):
        yield Observation(
            at=sheet.at("indicators"),
            evidence="指标值确定依据",
            says=ALL_EMPTY(rows=len(rows)) if len(empty) == len(rows) else MOST_EMPTY(rows=len(rows), empty=len(empty)),
        )
        return
    for row in empty:
        yield Observation(
            at=row.at("basis"),
            evidence=f"{row.row.label}：{row.row.target.text}",
            says=ROW_EMPTY(name=row.row.label, value=row.row.target.text or ""),
        )


WEAK = Message("weak", "{rows:number} 行的确定依据只写{bases:list}，没有文件、数据或标准，查不到指标值是怎么定出来的。")


@rule(
    "C49",
    title="确定依据是套话",
    problem="basis-weak",
    severity=Severity.ADVICE,
    aspect=Aspect.FEASIBILITY,
    scope=Scope.SHEET,
    cites=("mof-2021-101/evidence", "hebei-form/basis", "mof-2015-88/reasonable"),
    remedy="写到能查的程度：文件名称和文号、往年实际数及年份、行业标准名称、合同或方案名称。",
    since=date(2015, 5, 21),
    parameters=(WEAK_BASIS_WORDS, WEAK_BASIS_SHARE),
    says=(WEAK,),
)
def basis_says_something(sheet: SheetView) -> Iterator[Observation]:
    """确定依据只有“根据工作经验”“年初工作安排”一类的话，没有文件、年份数据、标准或合同。一张表合并报一条。

    依据为计划标准、行业标准、历史标准、调查问卷、工作计划，或写了文号、书名号的，不报；只占少数行的也不报。
    """
    words = sheet.parameter(WEAK_BASIS_WORDS)
    bases = [row.row.basis for row in sheet.rows if row.row.basis and normalise(row.row.basis)]
    weak = [basis for basis in bases if is_weak(normalise(basis), words)]
    if not weak or len(weak) < len(bases) * sheet.parameter(WEAK_BASIS_SHARE):
        return
    said = WEAK(rows=len(weak), bases=tuple(dict.fromkeys(weak)))
    yield Observation(
        at=sheet.at("indicators"),
        evidence="、".join(f"“{b}”" for b in dict.fromkeys(weak)),
        says=said,
    )


def is_weak(basis: str, words: WeakBasisWords) -> bool:
    """Whether a basis is made of empty words alone: openers and qualifiers taken off, a core or nothing is left."""
    rest, before = basis, ""
    while rest != before:
        before = rest
        if rest.startswith(opening := (*words.openers, *words.qualifiers)):
            rest = rest[len(next(w for w in opening if rest.startswith(w))) :]
    return rest in words.cores or not rest
