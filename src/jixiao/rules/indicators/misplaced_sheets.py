"""Rules on rows against each other: no outcome left, one thing classified in two ways."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.indicator import IndicatorClass
from jixiao.readings import misplaced as places
from jixiao.readings.classes import class_of, is_filled
from jixiao.readings.misplaced import misplaced_in
from jixiao.readings.placing import Why
from jixiao.readings.view import PlanView, RowView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

_NO_OUTCOME = (Why.WORK_AS_EFFECT, Why.MONEY_AS_EFFECT, Why.QUALITY_AS_EFFECT)

NO_OUTCOME_LEFT = Message(
    "no-outcome-left",
    "效益栏里写的是{rows:list}，说的都是做了什么或钱怎么管，移走以后这个项目没有一行效益，花钱带来什么看不出来。",
)


@rule(
    "K40",
    title="没有真正的效益指标",
    problem="missing-outcome",
    severity=Severity.ADVICE,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/quantified", "mof-2021-101/classes"),
    remedy="写办成之后谁受益、什么数变好：受益人数、就业人数、增长率、投诉或事故的下降。",
    since=date(2015, 5, 21),
    parameters=places.READ,
    says=(NO_OUTCOME_LEFT,),
)
def an_outcome_is_left(sheet: SheetView) -> Iterator[Observation]:
    """效益栏里有指标，但每一行说的都是产出、质量或资金管理，移走以后没有一行效益。

    一行效益都没写的，另按缺一级指标报；有一行像效益的不报。
    报在真实文本上的多数没有得到审核人员认同（见“审核有多准”），只作建议。
    """
    rows = [row for row in sheet.rows if class_of(row) is IndicatorClass.OUTCOME and is_filled(row)]
    elsewhere = {found.row.index for found in misplaced_in(sheet, *_NO_OUTCOME) if not found.doubtful}
    if not rows or not all(row.index in elsewhere for row in rows):
        return
    names = [row.row.label for row in rows]
    yield Observation(
        at=sheet.at("indicators"),
        evidence="、".join(names),
        says=NO_OUTCOME_LEFT(rows=names),
        related=tuple(row.pointer for row in rows),
    )


TWO_KINDS = Message(
    "two-kinds",
    "“{name:words}”在这里归{kind:text}，在项目“{other:words}”里归{other_kind:text}，同一件事两处归类不同，汇总时对不上。",
)


@rule(
    "K43",
    title="同一指标归类不一",
    problem="classification-inconsistent",
    severity=Severity.ADVICE,
    aspect=Aspect.RELEVANCE,
    scope=Scope.PLAN,
    cites=("mof-2021-101/classes", "good-practice/consistency"),
    remedy="同一个指标在各项目里归同一类。",
    since=date(2015, 5, 21),
    needs=(Need.TWO_SHEETS,),
    says=(TWO_KINDS,),
)
def one_name_one_kind(view: PlanView) -> Iterator[Observation]:
    """名称相同的指标，在一张表里归这一类，在另一张表里归另一类。每个名称只报一条。

    名称为空、没有二级指标的表不比；描述说明是两件事的不报。
    """
    first: dict[str, RowView] = {}
    told: set[str] = set()
    for row in view.rows:
        if not row.name or row.row.kind is None:
            continue
        earlier = first.setdefault(row.name, row)
        if earlier.sheet.index == row.sheet.index or earlier.row.kind is row.row.kind or row.name in told:
            continue
        if earlier.description != row.description:
            continue
        told.add(row.name)
        assert earlier.row.kind is not None
        yield Observation(
            at=row.at("kind"),
            evidence=f"{row.row.label}：{earlier.row.kind.label} ｜ {row.row.kind.label}",
            says=TWO_KINDS(
                name=row.row.label,
                kind=row.row.kind.label,
                other=earlier.sheet.sheet.label,
                other_kind=earlier.row.kind.label,
            ),
            related=(earlier.at("kind"),),
        )
