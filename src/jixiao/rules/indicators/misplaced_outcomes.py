"""Rules on where a row belongs: what stands among outcomes and satisfaction and is something else, and the reverse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.parameters.keys import NAMING_WORDS
from jixiao.readings import misplaced as places
from jixiao.readings.misplaced import misplaced_in
from jixiao.readings.placing import Why
from jixiao.readings.vagueness import state_in
from jixiao.readings.view import SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

WORK_AS_EFFECT = Message(
    "work-as-effect",
    "{kind:text}“{name:words}”说的是单位自己做了多少事，是产出，不是做了之后的变化。从{reasons:list}看，说的是{belongs:text}。",
)
WORK_ELSEWHERE = Message(
    "work-elsewhere", "这一行移到{place:text}；效益写谁得到什么好处、什么数变好了，如“受益人数”“增长率”“投诉下降率”。"
)


@rule(
    "K28",
    title="产出当效益",
    problem="misclassified-dimension",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("mof-2021-101/classes", "mof-2015-88/quantified"),
    remedy="移到产出指标；效益写办成之后谁受益、什么数变好。",
    since=date(2015, 5, 21),
    parameters=places.READ,
    says=(WORK_AS_EFFECT,),
    proposes=(WORK_ELSEWHERE,),
)
def outcome_is_not_an_output(sheet: SheetView) -> Iterator[Observation]:
    """效益指标写的是单位自己做的事：举办、编印、查处、培训、采购了多少场、份、册，新建、更换、养护了多少座、台、公里，
    或者任务完成率。走访、检查了多少户、家，新增了多少床位、车位，培训覆盖多少单位的，只作建议。

    受益、带动、知晓、就业、增收、下降、恢复等说变化的，造林、治理等本身就是生态变化的，办结率、整改率等两可的，不报。"""
    for found in misplaced_in(sheet, Why.WORK_AS_EFFECT):
        yield Observation(
            at=found.pointer,
            evidence=found.evidence,
            says=WORK_AS_EFFECT(
                kind=found.stands, name=found.row.row.label, reasons=found.reasons, belongs=found.belongs
            ),
            suggests=WORK_ELSEWHERE(place=found.place),
            severity=Severity.ADVICE if found.doubtful else None,
        )


MONEY_AS_EFFECT = Message(
    "money-as-effect",
    "{kind:text}“{name:words}”说的是钱和管理，不是办成之后的变化：看{reasons:list}，说的是钱花了没有、事管好了没有。",
)
WRITE_EFFECT = Message(
    "write-effect", "删去这一行；效益写谁得到什么好处、什么数变好了，如“带动就业人数”“受益户数”“投诉下降率”。"
)


@rule(
    "K29",
    title="效益写成资金管理",
    problem="misclassified-dimension",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("mof-2021-101/related", "mof-2021-101/classes", "mof-2015-88/relevance-review"),
    remedy="删去这一行；效益写办成之后谁受益、什么数变好。",
    since=date(2015, 5, 21),
    parameters=places.READ,
    says=(MONEY_AS_EFFECT,),
    proposes=(WRITE_EFFECT,),
)
def outcome_is_not_management(sheet: SheetView) -> Iterator[Observation]:
    """效益指标写的是资金到位率、资金分配合理性、专款专用、制度健全、成本利用率等资金和管理的事，
    或者只写“利用率”“使用率”。秸秆综合利用率等写明对象的不报。"""
    for found in misplaced_in(sheet, Why.MONEY_AS_EFFECT):
        yield Observation(
            at=found.pointer,
            evidence=found.evidence,
            says=MONEY_AS_EFFECT(kind=found.stands, name=found.row.row.label, reasons=found.reasons),
            suggests=WRITE_EFFECT(),
            severity=Severity.ADVICE if found.doubtful else None,
        )


COUNT_AS_SATISFACTION = Message(
    "count-as-satisfaction",
    "满意度栏里的“{name:words}”数的是“{value:words}”，不是问服务对象满意不满意，满意度等于没有设。",
)
NO_SATISFACTION = Message("no-satisfaction", "满意度栏里的“{name:words}”没有一个字说到满意或投诉，满意度等于没有设。")
SATISFACTION_APART = Message(
    "satisfaction-apart", "这一行移到{place:text}；满意度另设，写明问谁、问什么，如“参会企业满意度≥90%”。"
)


@rule(
    "K30",
    title="满意度不是满意度",
    problem="misclassified-dimension",
    severity=Severity.ERROR,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("mof-2021-101/classes", "mof-2015-88/relevance-review"),
    remedy="满意度写明问谁、问什么，如“参会企业满意度≥90%”；这一行移到相应的类别。",
    since=date(2015, 5, 21),
    parameters=places.READ,
    says=(COUNT_AS_SATISFACTION, NO_SATISFACTION),
    proposes=(SATISFACTION_APART,),
)
def satisfaction_is_satisfaction(sheet: SheetView) -> Iterator[Observation]:
    """满意度指标的名称和描述里没有满意、投诉、评价、认可等字，值数的是次、个、家，或者认得出是别的指标。认不出的不报。"""
    for found in misplaced_in(sheet, Why.COUNT_AS_SATISFACTION, Why.NO_SATISFACTION):
        first = found.why is Why.COUNT_AS_SATISFACTION
        yield Observation(
            at=found.pointer,
            evidence=found.evidence,
            says=COUNT_AS_SATISFACTION(name=found.row.row.label, value=found.row.row.target.text or "")
            if first
            else NO_SATISFACTION(name=found.row.row.label),
            suggests=SATISFACTION_APART(place=found.place),
            severity=Severity.ADVICE if found.doubtful else None,
        )


QUALITY_AS_EFFECT = Message(
    "quality-as-effect",
    "“{name:words}”说的是做得合格不合格，是质量，却放在{kind:text}里，办成之后的变化没有写。从{reasons:list}看，说的是{belongs:text}。",
)
EFFECT_AS_OUTPUT = Message(
    "effect-as-output",
    "“{name:words}”说的是办成以后的变化，是效益，却放在{kind:text}里。从{reasons:list}看，说的是{belongs:text}。",
)
TO_QUALITY = Message("to-quality", "移到质量指标；效益写谁得到什么好处、什么数变好了。")
TO_EFFECTS = Message("to-effects", "移到{place:text}；上级文件规定放在这里的除外。")


@rule(
    "K39",
    title="质量与效益放混",
    problem="misclassified-dimension",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("mof-2021-101/classes", "mof-2015-88/relevance-review"),
    remedy="做得合格不合格归质量，办成之后的变化归效益。",
    since=date(2015, 5, 21),
    parameters=(*places.READ, NAMING_WORDS),
    says=(QUALITY_AS_EFFECT, EFFECT_AS_OUTPUT),
    proposes=(TO_QUALITY, TO_EFFECTS),
)
def quality_and_outcome_apart(sheet: SheetView) -> Iterator[Observation]:
    """效益指标写的是验收合格率、完好率、考核合格率等做得好坏的量；或者数量、质量指标写的是增长率、收入、就业率等
    办成之后的变化（上级文件可能规定，只作建议）。名称以“情况”结尾、值是百分比的，看不出是什么的比率，改法写在名称空泛里，这里不报。"""
    for found in misplaced_in(sheet, Why.QUALITY_AS_EFFECT, Why.EFFECT_AS_OUTPUT):
        if found.row.row.target.is_percent and state_in(found.row):
            continue
        first = found.why is Why.QUALITY_AS_EFFECT
        yield Observation(
            at=found.pointer,
            evidence=found.evidence,
            says=QUALITY_AS_EFFECT(
                name=found.row.row.label, kind=found.stands, reasons=found.reasons, belongs=found.belongs
            )
            if first
            else EFFECT_AS_OUTPUT(
                name=found.row.row.label, kind=found.stands, reasons=found.reasons, belongs=found.belongs
            ),
            suggests=TO_QUALITY() if first else TO_EFFECTS(place=found.place),
            severity=Severity.ADVICE if found.doubtful else None,
        )


SATISFACTION_ELSEWHERE = Message(
    "satisfaction-elsewhere", "“{name:words}”问的是满意不满意，却放在{kind:text}里，{kind:text}要说明的事就没有人说了。"
)


@rule(
    "K80",
    title="满意度放在别的类",
    problem="misclassified-dimension",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("mof-2021-101/classes", "mof-2015-88/relevance-review"),
    remedy="移到满意度指标；原来的位置另写一项。",
    since=date(2015, 5, 21),
    parameters=places.READ,
    says=(SATISFACTION_ELSEWHERE,),
)
def satisfaction_stands_with_satisfaction(sheet: SheetView) -> Iterator[Observation]:
    """名称是满意度，却放在产出、效益或成本指标里。表里没有别的满意度指标的只作建议。"""
    for found in misplaced_in(sheet, Why.SATISFACTION_ELSEWHERE):
        yield Observation(
            at=found.pointer,
            evidence=found.evidence,
            says=SATISFACTION_ELSEWHERE(name=found.row.row.label, kind=found.stands),
            severity=Severity.ADVICE if found.doubtful else None,
        )


OTHER_EFFECT = Message("other-effect", "从{reasons:list}看，“{name:words}”一般归{place:text}，现在放在{kind:text}里。")
TO_OTHER_EFFECT = Message("to-other-effect", "移到{place:text}。")


@rule(
    "K82",
    title="效益之间放混",
    problem="misclassified-dimension",
    severity=Severity.ADVICE,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("mof-2021-101/classes", "mof-2015-88/relevance-review"),
    remedy="说污染、水质、减排的归生态效益，说增收、税收、产值的归经济效益。",
    since=date(2015, 5, 21),
    parameters=places.READ,
    says=(OTHER_EFFECT,),
    proposes=(TO_OTHER_EFFECT,),
)
def outcomes_apart(sheet: SheetView) -> Iterator[Observation]:
    """经济、社会效益里说的是大气污染、水质、减排等环境的事，或者社会、生态效益里说的是增收、税收、产值等收入的事。

    两处都说得通的不报。"""
    for found in misplaced_in(sheet, Why.OTHER_EFFECT):
        yield Observation(
            at=found.pointer,
            evidence=found.evidence,
            says=OTHER_EFFECT(name=found.row.row.label, reasons=found.reasons, place=found.place, kind=found.stands),
            suggests=TO_OTHER_EFFECT(place=found.place),
        )
