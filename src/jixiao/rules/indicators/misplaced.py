"""Rules on where a row belongs: the verdicts of ``classification``, a rule for each kind of mistake."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.readings.classification import verdict
from jixiao.readings.view import RowView
from jixiao.review.rule import Observation, Scope, rule


def _told(row: RowView, code: str) -> Iterator[Observation]:
    found = verdict(row)
    if found is None or found.code != code:
        return
    yield Observation(
        at=row.at("kind" if row.row.kind is not None else "class"),
        evidence=f"{(row.row.kind or row.row.class_ or row.row).label}：{row.row.label} {row.row.target.text or ''}".rstrip(),
        message=found.message,
        suggestion=found.suggestion,
        severity=found.severity,
    )


@rule(
    "K21",
    title="成本指标是次数",
    problem="misclassified-dimension",
    severity=Severity.ERROR,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/classes", "mof-2015-88/quantified"),
    remedy="成本写总额或单位成本的上限，如“项目总成本≤××万元”；次数、个数放到数量指标。",
    since=date(2015, 5, 21),
)
def cost_is_not_a_count(row: RowView) -> Iterator[Observation]:
    """成本指标的值数的是次、场、个、人、家，名称和描述里又没有成本、费用、单价、标准等字。

    社会成本、生态环境成本不在此列；写“≤”的（如控制编制人数）降一档。"""
    yield from _told(row, "K21")


@rule(
    "K22",
    title="成本指标不是成本",
    problem="misclassified-dimension",
    severity=Severity.ERROR,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/classes", "mof-2015-88/quantified"),
    remedy="成本写总额或单位成本的上限，如“项目总成本≤××万元”；这一行移到相应的类别。",
    since=date(2015, 5, 21),
)
def cost_is_a_cost(row: RowView) -> Iterator[Observation]:
    """成本指标的值不是金额，名称和描述里没有费用、支出、预算、标准、节约等字，而名称认得出是别的指标，
    或者是一个比率、程度。

    社会成本、生态环境成本不在此列；预算执行率、次数另有规则；认不出的不报。"""
    yield from _told(row, "K22")


@rule(
    "K23",
    title="预算执行当作指标",
    problem="misclassified-dimension",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/classes", "mof-2021-101/weights", "mof-2015-88/quantified"),
    remedy="删去这一行；预算执行率在自评时单独计分，成本写花多少钱，质量写做得怎样。",
    since=date(2015, 5, 21),
)
def execution_is_no_indicator(row: RowView) -> Iterator[Observation]:
    """成本、数量、质量指标写的是预算执行率、资金到位率、资金使用率等，说的是钱花出去多少。

    时效指标写预算执行率的只作建议；资金拨付的及时率、支出进度属于时效，补助足额发放率属于质量，都不报；只写“到位率”“使用率”的按比率没有算法报。"""
    yield from _told(row, "K23")


@rule(
    "K25",
    title="质量指标是数量",
    problem="misclassified-dimension",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/classes", "mof-2015-88/quantified"),
    remedy="数量移到数量指标；质量写合格率、达标率、准确率等做得好坏的量。",
    since=date(2015, 5, 21),
)
def quality_is_not_a_count(row: RowView) -> Iterator[Observation]:
    """质量指标的名称以人数、次数、数量等结尾，或者名称是要做的事、值数的是次、场、个，米、公里、亩、平方米。

    获奖、验收、认证、标准等本身说明好坏的数，事故、差错、投诉等越少越好的数，不报。"""
    yield from _told(row, "K25")


@rule(
    "K26",
    title="数量指标是比率",
    problem="misclassified-dimension",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/classes", "mof-2015-88/quantified"),
    remedy="数量写具体的数和单位；比率移到质量或效益指标。",
    since=date(2015, 5, 21),
)
def quantity_is_not_a_ratio(row: RowView) -> Iterator[Observation]:
    """数量指标的名称是合格率、完成率等比率，值是百分比，办多少件、服务多少人没有写。认不出归哪类的比率只作建议。

    覆盖率、参保率等数量指标里常用的，只写“完成率”“到位率”已按没有算法报的，名称是人数而值是百分比已按单位不符报的，不报。"""
    yield from _told(row, "K26")


@rule(
    "K27",
    title="时效写进质量",
    problem="misclassified-dimension",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/classes", "mof-2015-88/quantified"),
    remedy="移到时效指标，写明日期、天数或及时率。",
    since=date(2015, 5, 21),
)
def quality_is_not_promptness(row: RowView) -> Iterator[Observation]:
    """质量指标的名称是完成时间一类、值是日期；名称说的是及时、按期、准时的，只作建议。同时说到合格、准确、足额的，认得出属于质量的（如整改率、正点率），不报。"""
    yield from _told(row, "K27")


@rule(
    "K28",
    title="产出当效益",
    problem="misclassified-dimension",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/classes", "mof-2015-88/quantified"),
    remedy="移到产出指标；效益写办成之后谁受益、什么数变好。",
    since=date(2015, 5, 21),
)
def outcome_is_not_an_output(row: RowView) -> Iterator[Observation]:
    """效益指标写的是单位自己做的事：举办、编印、查处、培训、采购了多少场、份、册，新建、更换、养护了多少座、台、公里，
    或者任务完成率。走访、检查了多少户、家，新增了多少床位、车位，培训覆盖多少单位的，只作建议。

    受益、带动、知晓、就业、增收、下降、恢复等说变化的，造林、治理等本身就是生态变化的，办结率、整改率等两可的，不报。"""
    yield from _told(row, "K28")


@rule(
    "K29",
    title="效益写成资金管理",
    problem="misclassified-dimension",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/related", "mof-2021-101/classes", "mof-2015-88/relevance-review"),
    remedy="删去这一行；效益写办成之后谁受益、什么数变好。",
    since=date(2015, 5, 21),
)
def outcome_is_not_management(row: RowView) -> Iterator[Observation]:
    """效益指标写的是资金到位率、资金分配合理性、专款专用、制度健全、成本利用率等资金和管理的事，
    或者只写“利用率”“使用率”。秸秆综合利用率等写明对象的不报。"""
    yield from _told(row, "K29")


@rule(
    "K30",
    title="满意度不是满意度",
    problem="misclassified-dimension",
    severity=Severity.ERROR,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/classes", "mof-2015-88/relevance-review"),
    remedy="满意度写明问谁、问什么，如“参会企业满意度≥90%”；这一行移到相应的类别。",
    since=date(2015, 5, 21),
)
def satisfaction_is_satisfaction(row: RowView) -> Iterator[Observation]:
    """满意度指标的名称和描述里没有满意、投诉、评价、认可等字，值数的是次、个、家，或者认得出是别的指标。认不出的不报。"""
    yield from _told(row, "K30")


@rule(
    "K39",
    title="质量与效益放混",
    problem="misclassified-dimension",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/classes", "mof-2015-88/relevance-review"),
    remedy="做得合格不合格归质量，办成之后的变化归效益。",
    since=date(2015, 5, 21),
)
def quality_and_outcome_apart(row: RowView) -> Iterator[Observation]:
    """效益指标写的是验收合格率、完好率、考核合格率等做得好坏的量；或者数量、质量指标写的是增长率、收入、就业率等
    办成之后的变化（上级文件可能规定，只作建议）。"""
    yield from _told(row, "K39")


@rule(
    "K41",
    title="以常规管理要求当指标",
    problem="routine-requirement",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/related", "mof-2015-88/relevance-review"),
    remedy="删去这一行，换成本项目自己的产出或效果。",
    since=date(2015, 5, 21),
)
def management_is_no_output(row: RowView) -> Iterator[Observation]:
    """产出指标写的是专款专用、制度健全、资金使用合规、档案完整、程序规范等本来就应当做到的管理要求，或者名称是资金、
    经费的安全、规范，描述里说的是这些。

    专款专用放在效益指标里的也报，其余放在效益指标里的另有规则。"""
    yield from _told(row, "K41")


@rule(
    "K80",
    title="满意度放在别的类",
    problem="misclassified-dimension",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/classes", "mof-2015-88/relevance-review"),
    remedy="移到满意度指标；原来的位置另写一项。",
    since=date(2015, 5, 21),
)
def satisfaction_stands_with_satisfaction(row: RowView) -> Iterator[Observation]:
    """名称是满意度，却放在产出、效益或成本指标里。表里没有别的满意度指标的只作建议。"""
    yield from _told(row, "K80")


@rule(
    "K81",
    title="时效指标没有时间",
    problem="misclassified-dimension",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/classes", "mof-2015-88/quantified"),
    remedy="时效写到哪一天以前完成、几天内办结或什么频次；这一行移到相应的类别。",
    since=date(2015, 5, 21),
)
def timeliness_is_about_time(row: RowView) -> Iterator[Observation]:
    """时效指标的名称、描述、指标值里没有日期、期限、及时、进度、频次等字，而名称认得出是数量、质量等别的指标。
    全年做了多少次、多少份，没有说多久一次、什么时候做完的，只作建议。"""
    yield from _told(row, "K81")


@rule(
    "K82",
    title="效益之间放混",
    problem="misclassified-dimension",
    severity=Severity.ADVICE,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/classes", "mof-2015-88/relevance-review"),
    remedy="说污染、水质、减排的归生态效益，说增收、税收、产值的归经济效益。",
    since=date(2015, 5, 21),
)
def outcomes_apart(row: RowView) -> Iterator[Observation]:
    """经济、社会效益里说的是大气污染、水质、减排等环境的事，或者社会、生态效益里说的是增收、税收、产值等收入的事。

    两处都说得通的不报。"""
    yield from _told(row, "K82")
