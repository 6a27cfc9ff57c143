"""Rules on what must be there: the year, the required classes and kinds, enough rows, whole rows, money units."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.form import field_named
from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.parameters.keys import INDICATOR_COUNT, REQUIRED_CLASSES, REQUIRED_KINDS, SAFEGUARDS_REQUIRED
from jixiao.readings import damage, unclassed
from jixiao.readings.classes import is_filled
from jixiao.readings.damage import lacks_rows
from jixiao.readings.presence import (
    may_have_unread_rows,
    missing_classes,
    missing_kinds,
    unread_columns,
    unread_in_row,
)
from jixiao.readings.text import normalise
from jixiao.readings.view import PlanView, RowView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

NO_YEAR = Message("no-year", "全文没有写明是哪一年的预算，时限是否在年度之内、内容是否过时都无法判断。")


@rule(
    "C01",
    title="未标明预算年度",
    problem="missing-year",
    severity=Severity.WARNING,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.PLAN,
    cites=("mof-2015-88/completeness-review",),
    remedy="在封面或标题写明预算年度，如“2026年部门预算绩效文本”。",
    since=date(2015, 5, 21),
    says=(NO_YEAR,),
)
def fiscal_year_is_stated(plan: PlanView) -> Iterator[Observation]:
    """标题、封面和正文都读不出这份文本是哪一年的预算。没有年度，时限是否在年度内、目标是否陈旧都无从审核。"""
    if plan.plan.fiscal_year is None:
        yield Observation(
            at=plan.at("fiscal_year"),
            evidence=plan.plan.title or plan.plan.label,
            says=NO_YEAR(),
        )


NO_ROWS = Message("no-rows", "这张表没有一行绩效指标，{missing:text}都缺。")
NO_SATISFACTION = Message(
    "no-satisfaction",
    "没有满意度指标。项目如果直接服务群众或企业，应当写明服务对象是否满意；确实没有服务对象的可以不设。",
)
LOST = Message(
    "lost",
    "没有看到{missing:text}。这张表像是没有印全、没有读全（分值差得远，或者有认错的符号、整列空着），先对照原件看是不是漏了行。",
)
NO_CLASS = Message("no-class", "没有{missing:text}，看不出花了钱之后{unseen:text}。")


@rule(
    "C44",
    title="缺一级指标",
    problem="missing-dimension",
    severity=Severity.ERROR,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/completeness-review", "mof-2015-88/quantified", "mof-2021-101/classes"),
    remedy="补上缺少的指标：产出写做了多少、做得怎样，效益写办成之后带来什么变化。",
    since=date(2015, 5, 21),
    parameters=(REQUIRED_CLASSES, *damage.READ, *unclassed.READ),
    says=(NO_ROWS, NO_SATISFACTION, NO_CLASS, LOST),
)
def required_classes_are_there(sheet: SheetView) -> Iterator[Observation]:
    """按规则集应有的一级指标（产出、效益等）没有一行。只印了指标类别、没有名称和描述的空行不算有。

    满意度可以依法不设，缺了只作建议，按成本列一级指标的分类则不提。没有写类别的行，按它衡量的内容可能属于哪一类，就当哪一类有；类别没有认出来、有的行没能读入时不下结论。表像是没有印全、
    没有读全的，只请核对。
    自评表、监控表的指标以批复的为准，不报。
    """
    missing = missing_classes(sheet)
    if not missing or not sheet.is_goal_sheet or may_have_unread_rows(sheet):
        return
    required = sheet.parameter(REQUIRED_CLASSES)
    lost = lacks_rows(sheet) and any(is_filled(row) for row in sheet.rows)
    severity = Severity.ADVICE if lost else min((Severity(required[c.value]) for c in missing), key=lambda s: s.rank)
    names = "、".join(c.label for c in missing)
    if lost:
        says = LOST(missing=names)
    elif not any(is_filled(row) for row in sheet.rows):
        says = NO_ROWS(missing=names)
    elif missing == [IndicatorClass.SATISFACTION]:
        says = NO_SATISFACTION()
    else:
        says = NO_CLASS(missing=names, unseen=_WITHOUT[missing[0]])
    yield Observation(at=sheet.at("indicators"), evidence=f"缺{names}", says=says, severity=severity)


_TARGET, _BASIS = (field_named(f"goal_sheets/*/indicators/*/{name}").label for name in ("target", "basis"))
_WITHOUT = {
    IndicatorClass.OUTPUT: "做出了什么",
    IndicatorClass.OUTCOME: "带来什么效果",
    IndicatorClass.SATISFACTION: "服务对象满意不满意",
    IndicatorClass.COST: "成本控制在多少",
}


NO_KIND = Message("no-kind", "产出指标里没有{missing:text}，目标没有按应有的几个方面分解。")
ADD_KIND = Message("add", "补上{missing:text}：{tips:text}。确实不适用的，在审核时说明理由。")


@rule(
    "C45",
    title="缺二级指标",
    problem="missing-dimension",
    severity=Severity.ADVICE,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/quantified", "mof-2015-88/completeness-review", "mof-2021-101/classes"),
    remedy="补上缺少的二级指标；确实不适用的，在审核时说明理由。",
    since=date(2015, 5, 21),
    parameters=(REQUIRED_CLASSES, REQUIRED_KINDS, *damage.READ, *unclassed.READ),
    says=(NO_KIND, LOST),
    proposes=(ADD_KIND,),
)
def required_kinds_are_there(sheet: SheetView) -> Iterator[Observation]:
    """产出指标里缺规则集要求的二级指标（通常是数量、质量、时效、成本），一张表合并报一条。

    表式没有二级指标、或者一条产出指标都没有（另按缺一级指标报）的，有的行没能读入的，不报。成本列为一级指标的，不要求产出之下再有成本。
    自评表、监控表的指标以批复的为准，不报；表像是没有印全、没有读全的，只请核对。
    报在真实文本上的不到九成得到审核人员认同（见“审核有多准”），只作建议。
    """
    missing = missing_kinds(sheet)
    if not missing or not sheet.is_goal_sheet or may_have_unread_rows(sheet):
        return
    lost, names = lacks_rows(sheet), "、".join(k.label for k in missing)
    tips = "；".join(_TIPS[k] for k in missing if k in _TIPS)
    yield Observation(
        at=sheet.at("indicators"),
        evidence=f"缺{names}",
        says=(LOST if lost else NO_KIND)(missing=names),
        suggests=None if lost else ADD_KIND(missing=names, tips=tips),
    )


_TIPS = {
    IndicatorKind.QUANTITY: "数量写办多少件、多少人、多少场",
    IndicatorKind.QUALITY: "质量写达到什么标准，如验收合格率、达标率",
    IndicatorKind.TIMELINESS: "时效写哪一天以前完成或几天内办结",
    IndicatorKind.COST: "成本写总额或单位成本不超过多少",
}


TOO_MANY = Message(
    "too-many",
    "一个项目列了 {count:number} 行指标，超过 {most:number} 行（规则集自定的提示线），重点不突出，将来逐项举证也难。",
)
TOO_FEW = Message(
    "too-few",
    "只有 {count:number} 行指标，少于 {fewest:number} 行（规则集自定的提示线），难以说明这笔钱的产出和效果。",
)
MERGE = Message("merge", "合并相近的指标，只留主要产出和核心效果。")
ADD_ROWS = Message("add", "按目标里的每件事补上相应的产出和效益指标。")


@rule(
    "C46",
    title="指标过少或过多",
    problem="indicator-count",
    severity=Severity.ADVICE,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("mof-2021-101/focused", "mof-2015-88/quantified"),
    remedy="保留能说明主要产出和核心效果的指标，数量适中。",
    since=date(2015, 5, 21),
    parameters=(INDICATOR_COUNT, REQUIRED_CLASSES, REQUIRED_KINDS, *unclassed.READ),
    says=(TOO_MANY, TOO_FEW),
    proposes=(MERGE, ADD_ROWS),
)
def row_count_is_usual(sheet: SheetView) -> Iterator[Observation]:
    """一个项目的指标行数少于下限或多于上限。空行不计；因缺一级、二级指标而少的，已经另报，这里不再报，除非只有寥寥几行。

    自评表、监控表的指标以批复的为准，不报。
    """
    if not sheet.is_goal_sheet:
        return
    count = sum(is_filled(row) for row in sheet.rows)
    limits = sheet.parameter(INDICATOR_COUNT)
    if count > limits.most:
        yield Observation(
            at=sheet.at("indicators"),
            evidence=f"{count} 行指标",
            says=TOO_MANY(count=count, most=limits.most),
            suggests=MERGE(),
        )
    elif 0 < count <= limits.far_too_few or (
        0 < count < limits.fewest and not missing_classes(sheet) and not missing_kinds(sheet)
    ):
        yield Observation(
            at=sheet.at("indicators"),
            evidence=f"{count} 行指标",
            says=TOO_FEW(count=count, fewest=limits.fewest),
            suggests=ADD_ROWS(),
        )


NO_NAME = Message("no-name", "{kind:text}填了{filled:text}，却没有指标名称，不知道衡量的是什么。")


@rule(
    "C47",
    title="指标空行或缺名称",
    problem="empty-row",
    severity=Severity.WARNING,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.ROW,
    reads=Scope.SHEET,
    cites=("mof-2015-88/completeness-review", "hebei-form/columns"),
    remedy="填上指标名称和指标值；不设这类指标的，删去这一行。",
    since=date(2015, 5, 21),
    says=(NO_NAME,),
)
def row_has_a_name(row: RowView) -> Iterator[Observation]:
    """有指标值或确定依据，却没有三级指标名称和描述的行。

    名称空着但描述写明了的（有的表式只有一栏“指标内容”）不报；只印了指标类别、什么都没填的空行也不报，
    缺的如果是必设的指标，按缺一级、二级指标报。
    """
    if is_filled(row) or unread_in_row(row):
        return
    if unread_columns(row.sheet) and not any(is_filled(other) for other in row.sheet.rows):
        return  # the names may stand in the column that was not known
    filled = [
        f"{title}“{words}”"
        for title, words in ((_TARGET, row.row.target.text), (_BASIS, row.row.basis))
        if words and normalise(words)
    ]
    if filled:
        kind = row.row.kind.label if row.row.kind else row.row.class_.label if row.row.class_ else "这一行"
        yield Observation(
            at=row.at("name"),
            evidence="、".join(filled),
            says=NO_NAME(kind=kind, filled="、".join(filled)),
        )


NO_UNIT = Message(
    "no-unit", "预算数写“{amount:words}”，没有写单位，是 {amount:words} 元还是 {amount:words} 万元无法确定。"
)
NO_UNIT_HERE = Message(
    "no-unit-here",
    "预算数写“{amount:words}”，没有写单位；别的表都写了，这张是 {amount:words} 元还是 {amount:words} 万元要猜。",
)


@rule(
    "C51",
    title="金额没有单位",
    problem="currency-unit-missing",
    severity=Severity.ERROR,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.SHEET,
    reads=Scope.PLAN,
    cites=("mof-2015-88/completeness-review", "hebei-form/columns", "good-practice/money-unit"),
    remedy="在表头写明“单位：万元”或“单位：元”。",
    since=date(2015, 5, 21),
    needs=(Need.GOAL_SHEETS,),
    says=(NO_UNIT, NO_UNIT_HERE),
)
def amounts_have_a_unit(sheet: SheetView) -> Iterator[Observation]:
    """预算数填了数字，表头、栏目和全文都没有写明是元还是万元；或者别的表自己写了单位，只有这张（少数几张）没有写。

    金额为零的不报。
    """
    budget = sheet.sheet.budget
    amount = budget.total or budget.fiscal or budget.other
    if not amount or budget.currency_unit:
        return
    plan = sheet.plan.plan
    alone = plan.currency_unit is not None
    stated = sum(s.sheet.budget.currency_unit is not None for s in sheet.plan.sheets)
    if alone and stated * 2 <= len(plan.goal_sheets):
        return  # the unit stands once for all
    yield Observation(
        at=sheet.at("budget", "currency_unit"),
        evidence=f"预算数 {amount}",
        says=(NO_UNIT_HERE if alone else NO_UNIT)(amount=str(amount)),
        severity=Severity.WARNING if alone else None,
    )


NO_SAFEGUARDS = Message("none", "没有写工作保障措施。目标靠什么做到看不出来。")
ONLY_HEADINGS = Message("headings", "保障措施只有标题（{headings:words}），没有内容。目标靠什么做到看不出来。")


@rule(
    "C53",
    title="保障措施缺失",
    problem="missing-safeguards",
    severity=Severity.WARNING,
    aspect=Aspect.FEASIBILITY,
    scope=Scope.PLAN,
    cites=("hebei-form/safeguards", "mof-2015-88/feasibility-review"),
    remedy="补写工作保障措施：制度、预算执行、绩效监控、自评和监督各怎么做。",
    since=date(2015, 5, 21),
    parameters=(SAFEGUARDS_REQUIRED,),
    says=(NO_SAFEGUARDS, ONLY_HEADINGS),
)
def safeguards_are_there(plan: PlanView) -> Iterator[Observation]:
    """表式要求有“工作保障措施”一节，文本里没有，或者只有标题没有内容。只有项目表、没有部门整体目标的文件不报。"""
    if not plan.parameter(SAFEGUARDS_REQUIRED):
        return
    if not plan.plan.overall_goals and not plan.plan.activities:
        return
    if any(normalise(s.text) for s in plan.plan.safeguards):
        return
    headings = "、".join(s.heading for s in plan.plan.safeguards if s.heading)
    yield Observation(
        at=plan.at("safeguards"),
        evidence=headings or "工作保障措施",
        says=ONLY_HEADINGS(headings=headings) if headings else NO_SAFEGUARDS(),
        confidence=Decimal("0.9"),
    )
