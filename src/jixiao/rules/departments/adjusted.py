"""Rule on one project's goal sheet and its monitoring or self-evaluation sheet in two files of a batch: the money changed, the targets not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.money import CurrencyUnit, Money
from jixiao.domain.stage import LaterSheet, stage_of
from jixiao.parameters.keys import RESULT_LIMITS
from jixiao.readings.adjusted import change, is_same_project, kept, revised_yuan
from jixiao.readings.county import CountySheet, CountyView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

CHANGED_ALONE = Message(
    "changed-alone",
    "报送的目标表（{file:text}）上预算数是 {before:number}，这张{form:text}上是 {after:number}，相差 {percent:number}%，同名的 {rows:number} 行指标值"
    "却一个没有变，钱变了而要做的事没有变。",
)


@rule(
    "D03",
    title="两份文本预算变了指标值没变",
    problem="targets-not-adjusted",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.COUNTY,
    cites=("mof-2015-88/approval", "mof-2015-88/matched"),
    remedy="预算调整时绩效目标一并调整、一并批复；指标值确实不用变的，写明原因。",
    since=date(2015, 5, 21),
    parameters=(RESULT_LIMITS,),
    says=(CHANGED_ALONE,),
)
def targets_go_with_the_money(county: CountyView) -> Iterator[Observation]:
    """同一批里，一个部门的自评表、监控表上的预算数，与同一年度同一项目（编码相同，没有编码的看名称）目标表上的相差超过提示线，
    同名各行的指标值却都没有变。

    同名的行太少的，有一行的值变了的，年度不同的，不报。
    """
    limits = county.parameter(RESULT_LIMITS)
    stages = [plan.later_sheets for plan in county.plans]
    approved = [sheet for sheet in county.sheets if sheet.sheet.id not in stages[sheet.plan]]
    for sheet in county.sheets:
        later = stages[sheet.plan].get(sheet.sheet.id)
        if later is None:
            continue
        for other in approved:
            if _belongs(county, other, sheet) and (found := _changed(other, sheet, later)) is not None:
                before, after, by = found
                rows = kept(other.sheet, sheet.sheet)
                if by >= limits.changed and rows.named >= limits.rows and rows.same == rows.named:
                    yield Observation(
                        at=sheet.at("budget"),
                        plan=sheet.plan,
                        evidence=f"{_shown(before, other)} ｜ {_shown(after, sheet)}",
                        says=CHANGED_ALONE(
                            file=county.plans[other.plan].source.name,
                            before=_shown(before, other),
                            form=stage_of(later).label,
                            after=_shown(after, sheet),
                            percent=by.quantize(Decimal(1)),
                            rows=rows.named,
                        ),
                    )
                break


def _belongs(county: CountyView, approved: CountySheet, sheet: CountySheet) -> bool:
    """Whether a goal sheet of another file is that of the project: of one department and year, as far as they are told."""
    one, other = county.plans[approved.plan], county.plans[sheet.plan]
    if approved.plan == sheet.plan or not is_same_project(approved.sheet, sheet.sheet):
        return False
    same_year = one.fiscal_year is None or other.fiscal_year is None or one.fiscal_year == other.fiscal_year
    by_code = bool(approved.sheet.project.code and sheet.sheet.project.code)
    return same_year and (by_code or approved.department == sheet.department)


def _changed(approved: CountySheet, sheet: CountySheet, later: LaterSheet) -> tuple[Decimal, Decimal, Decimal] | None:
    """(before, after, change in per cent), in yuan."""
    budget = approved.sheet.budget
    money = budget.money(budget.total)
    after = revised_yuan(sheet.sheet, later)
    return None if money is None or after is None else (money.yuan, after, change(money.yuan, after))


def _shown(yuan: Decimal, sheet: CountySheet) -> str:
    unit = sheet.sheet.budget.currency_unit or CurrencyUnit.YUAN
    return f"{Money(yuan).in_unit(unit)}{unit}"
