"""Rules on where a row belongs: what stands among costs and outputs and is something else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.indicator import IndicatorKind
from jixiao.readings import misplaced as places
from jixiao.readings.misplaced import misplaced_in
from jixiao.readings.placing import Why
from jixiao.readings.view import SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

COUNT_AS_COST = Message(
    "count-as-cost",
    "成本指标“{name:words}”数的是“{value:words}”，不是花多少钱，这个项目的成本等于没有控制。从{reasons:list}看，说的是{belongs:text}。",
)
COUNT_ELSEWHERE = Message(
    "count-elsewhere", "这一行移到{place:text}；成本另写总额或单位成本的上限，如“项目总成本≤××万元”。"
)


@rule(
    "K21",
    title="成本指标是次数",
    problem="misclassified-dimension",
    severity=Severity.ERROR,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("mof-2021-101/classes", "mof-2015-88/quantified"),
    remedy="成本写总额或单位成本的上限，如“项目总成本≤××万元”；次数、个数放到数量指标。",
    since=date(2015, 5, 21),
    parameters=places.READ,
    says=(COUNT_AS_COST,),
    proposes=(COUNT_ELSEWHERE,),
)
def cost_is_not_a_count(sheet: SheetView) -> Iterator[Observation]:
    """成本指标的值数的是次、场、个、人、家，名称和描述里又没有成本、费用、单价、标准等字。

    社会成本、生态环境成本不在此列；写“≤”的（如控制编制人数）降一档。"""
    for found in misplaced_in(sheet, Why.COUNT_AS_COST):
        yield Observation(
            at=found.pointer,
            evidence=found.evidence,
            says=COUNT_AS_COST(
                name=found.row.row.label,
                value=found.row.row.target.text or "",
                reasons=found.reasons,
                belongs=found.belongs,
            ),
            suggests=COUNT_ELSEWHERE(place=found.place),
            severity=Severity.ADVICE if found.doubtful else None,
        )


NO_COST = Message(
    "no-cost", "成本指标“{name:words}”写的不是花多少钱，衡量的不是成本。从{reasons:list}看，说的是{belongs:text}。"
)
OTHER_ELSEWHERE = Message(
    "other-elsewhere", "这一行移到{place:text}；成本另写总额或单位成本的上限，如“项目总成本≤××万元”。"
)


@rule(
    "K22",
    title="成本指标不是成本",
    problem="misclassified-dimension",
    severity=Severity.ERROR,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("mof-2021-101/classes", "mof-2015-88/quantified"),
    remedy="成本写总额或单位成本的上限，如“项目总成本≤××万元”；这一行移到相应的类别。",
    since=date(2015, 5, 21),
    parameters=places.READ,
    says=(NO_COST,),
    proposes=(OTHER_ELSEWHERE,),
)
def cost_is_a_cost(sheet: SheetView) -> Iterator[Observation]:
    """成本指标的值不是金额，名称和描述里没有费用、支出、预算、标准、节约等字，而名称认得出是别的指标，
    或者是一个比率、程度。

    社会成本、生态环境成本不在此列；预算执行率、次数另有规则；认不出的不报。"""
    for found in misplaced_in(sheet, Why.NO_COST):
        yield Observation(
            at=found.pointer,
            evidence=found.evidence,
            says=NO_COST(name=found.row.row.label, reasons=found.reasons, belongs=found.belongs),
            suggests=OTHER_ELSEWHERE(place=found.place),
            severity=Severity.ADVICE if found.doubtful else None,
        )


MONEY = Message(
    "money",
    "{kind:text}“{name:words}”说的是投入了多少钱、钱花了没有，不是{kind:text}要说的事：看{reasons:list}。"
    "预算执行率在自评时另有分值，这里再设就算了两次。",
)
QUANTITY_INSTEAD = Message("quantity-instead", "删去这一行；数量写办了多少事、服务多少人。")
QUALITY_INSTEAD = Message("quality-instead", "删去这一行；质量写合格率、准确率等做得怎样的量。")
COST_INSTEAD = Message("cost-instead", "删去这一行；成本写总额或单位成本的上限，如“项目总成本≤××万元”。")
RESULT_INSTEAD = Message("result-instead", "删去这一行；另写这笔钱的产出或效果。")


@rule(
    "K23",
    title="投入和预算执行当作指标",
    problem="misclassified-dimension",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("mof-2021-101/classes", "mof-2021-101/weights", "mof-2015-88/quantified"),
    remedy="删去这一行；预算执行率在自评时单独计分，成本写花多少钱，质量写做得怎样。",
    since=date(2015, 5, 21),
    parameters=places.READ,
    says=(MONEY,),
    proposes=(QUANTITY_INSTEAD, QUALITY_INSTEAD, COST_INSTEAD, RESULT_INSTEAD),
)
def execution_is_no_indicator(sheet: SheetView) -> Iterator[Observation]:
    """成本、数量、质量指标写的是预算执行率、资金到位率、费用保障率、资金占比等，说的是投入了多少钱、钱花出去多少。

    时效指标写预算执行率的只作建议；资金拨付的及时率、支出进度属于时效，补助足额发放率、上级目录里的配套资金到位率属于质量，
    都不报；数量写投入金额的另有规则。"""
    for found in misplaced_in(sheet, Why.MONEY_AS_OUTPUT):
        instead = {IndicatorKind.QUANTITY: QUANTITY_INSTEAD, IndicatorKind.QUALITY: QUALITY_INSTEAD}
        other = COST_INSTEAD if found.row.row.is_cost else RESULT_INSTEAD
        yield Observation(
            at=found.pointer,
            evidence=found.evidence,
            says=MONEY(kind=found.stands, name=found.row.row.label, reasons=found.reasons),
            suggests=(instead.get(found.row.row.kind, other) if found.row.row.kind else other)(),
            severity=Severity.ADVICE if found.doubtful else None,
        )


COUNT_AS_QUALITY = Message(
    "count-as-quality",
    "“{name:words}”数的是做了多少，却放在质量指标里，做得怎样没有写。从{reasons:list}看，说的是{belongs:text}。",
)
TO_QUANTITY = Message("to-quantity", "移到数量指标；质量写合格率、达标率、准确率等做得好坏的量。")


@rule(
    "K25",
    title="质量指标是数量",
    problem="misclassified-dimension",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("mof-2021-101/classes", "mof-2015-88/quantified"),
    remedy="数量移到数量指标；质量写合格率、达标率、准确率等做得好坏的量。",
    since=date(2015, 5, 21),
    parameters=places.READ,
    says=(COUNT_AS_QUALITY,),
    proposes=(TO_QUANTITY,),
)
def quality_is_not_a_count(sheet: SheetView) -> Iterator[Observation]:
    """质量指标的名称以人数、次数、数量等结尾，或者名称是要做的事、值数的是次、场、个，米、公里、亩、平方米。

    获奖、验收、认证、标准等本身说明好坏的数，事故、差错、投诉等越少越好的数，不报。"""
    for found in misplaced_in(sheet, Why.COUNT_AS_QUALITY):
        yield Observation(
            at=found.pointer,
            evidence=found.evidence,
            says=COUNT_AS_QUALITY(name=found.row.row.label, reasons=found.reasons, belongs=found.belongs),
            suggests=TO_QUANTITY(),
            severity=Severity.ADVICE if found.doubtful else None,
        )


RATIO_AS_QUANTITY = Message(
    "ratio-as-quantity",
    "“{name:words}”是比率，放在数量指标里，到底办多少件、服务多少人没有写。从{reasons:list}看，说的是{belongs:text}。",
)
RATIO_ELSEWHERE = Message("ratio-elsewhere", "数量写具体的数和单位；这个比率移到{place:text}。")


@rule(
    "K26",
    title="数量指标是比率",
    problem="misclassified-dimension",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("mof-2021-101/classes", "mof-2015-88/quantified"),
    remedy="数量写具体的数和单位；比率移到质量或效益指标。",
    since=date(2015, 5, 21),
    parameters=places.READ,
    says=(RATIO_AS_QUANTITY,),
    proposes=(RATIO_ELSEWHERE,),
)
def quantity_is_not_a_ratio(sheet: SheetView) -> Iterator[Observation]:
    """数量指标的名称是合格率、完成率等比率，值是百分比，办多少件、服务多少人没有写。认不出归哪类的比率只作建议。

    覆盖率、参保率等数量指标里常用的，只写“完成率”“到位率”已按没有算法报的，名称是人数而值是百分比已按单位不符报的，不报。"""
    for found in misplaced_in(sheet, Why.RATIO_AS_QUANTITY):
        yield Observation(
            at=found.pointer,
            evidence=found.evidence,
            says=RATIO_AS_QUANTITY(name=found.row.row.label, reasons=found.reasons, belongs=found.belongs),
            suggests=RATIO_ELSEWHERE(place=found.goes.label if found.goes else "质量或效益指标"),
            severity=Severity.ADVICE if found.doubtful else None,
        )


PROMPTNESS = Message(
    "promptness",
    "“{name:words}”说的是快慢早晚，却放在{kind:text}里，{kind:text}本来要说的反而没有写。从{reasons:list}看，说的是{belongs:text}。",
)
TO_TIMELINESS = Message("to-timeliness", "移到时效指标；{kind:text}另写一项。")


@rule(
    "K27",
    title="时效写进质量、数量",
    problem="misclassified-dimension",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("mof-2021-101/classes", "mof-2015-88/quantified"),
    remedy="移到时效指标，写明日期、天数或及时率。",
    since=date(2015, 5, 21),
    parameters=places.READ,
    says=(PROMPTNESS,),
    proposes=(TO_TIMELINESS,),
)
def quality_is_not_promptness(sheet: SheetView) -> Iterator[Observation]:
    """质量、数量指标写的是完成时间、及时率、按期等快慢早晚的事，只作建议：上级文件可能规定放在这里。"""
    for found in misplaced_in(sheet, Why.PROMPTNESS_ELSEWHERE):
        yield Observation(
            at=found.pointer,
            evidence=found.evidence,
            says=PROMPTNESS(name=found.row.row.label, kind=found.stands, reasons=found.reasons, belongs=found.belongs),
            suggests=TO_TIMELINESS(kind=found.stands),
            severity=Severity.ADVICE if found.doubtful else None,
        )


MANAGEMENT = Message("management", "“{name:words}”是本来就应当做到的管理要求，每个项目都能写，看不出这笔钱办成了什么。")
OWN_INSTEAD = Message("own-instead", "删去这一行，换成本项目自己的数量、质量或效果。")


@rule(
    "K41",
    title="以常规管理要求当指标",
    problem="routine-requirement",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("mof-2021-101/related", "mof-2015-88/relevance-review"),
    remedy="删去这一行，换成本项目自己的产出或效果。",
    since=date(2015, 5, 21),
    parameters=places.READ,
    says=(MANAGEMENT,),
    proposes=(OWN_INSTEAD,),
)
def management_is_no_output(sheet: SheetView) -> Iterator[Observation]:
    """产出指标写的是专款专用、制度健全、资金使用合规、档案完整、程序规范等本来就应当做到的管理要求，或者名称是资金、
    经费的安全、规范，描述里说的是这些。

    成本栏里写成本核算率、专款专用放在效益指标里的也报，其余放在效益指标里的另有规则；表式另设过程、管理一类指标的，不报。"""
    for found in misplaced_in(sheet, Why.MANAGEMENT):
        yield Observation(
            at=found.pointer,
            evidence=found.evidence,
            says=MANAGEMENT(name=found.row.row.label),
            suggests=OWN_INSTEAD(),
            severity=Severity.ADVICE if found.doubtful else None,
        )


NO_TIME = Message(
    "no-time",
    "时效指标“{name:words}”没有说时间，什么时候完成、多久办结看不出来。从{reasons:list}看，说的是{belongs:text}。",
)
TIME_INSTEAD = Message(
    "time-instead", "这一行移到{place:text}；时效写到哪一天以前完成、几天内办结，或者写成“每月1次”这样的频次。"
)


@rule(
    "K81",
    title="时效指标没有时间",
    problem="misclassified-dimension",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("mof-2021-101/classes", "mof-2015-88/quantified"),
    remedy="时效写到哪一天以前完成、几天内办结或什么频次；这一行移到相应的类别。",
    since=date(2015, 5, 21),
    parameters=places.READ,
    says=(NO_TIME,),
    proposes=(TIME_INSTEAD,),
)
def timeliness_is_about_time(sheet: SheetView) -> Iterator[Observation]:
    """时效指标写的是数量、质量、成本或别的事，值也不是日期、时长。全年做了多少次、多少份，没有说多久一次、什么时候做完的，
    也在此列。"""
    for found in misplaced_in(sheet, Why.NO_TIME):
        yield Observation(
            at=found.pointer,
            evidence=found.evidence,
            says=NO_TIME(name=found.row.row.label, reasons=found.reasons, belongs=found.belongs),
            suggests=TIME_INSTEAD(place=found.place),
            severity=Severity.ADVICE if found.doubtful else None,
        )
