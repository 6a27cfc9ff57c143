"""Rules on what target values mean: words nobody can judge, numbers that measure nothing, deadlines without a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.money import plain
from jixiao.domain.target import TargetType
from jixiao.parameters.keys import (
    DEADLINE_WORDS,
    JUDGED_VALUE_WORDS,
    MEASURED_ENDINGS,
    NOT_RATIO_WORDS,
    PAID_IN_FULL_WORDS,
    PLACEHOLDER_WORDS,
    SLOGAN_OPENERS,
    SLOGAN_PERCENT_FLOOR,
    SLOGAN_STATES,
    UNDEFINED_RATES,
    VAGUE_VALUE_LONGEST,
    VAGUE_VALUE_WORDS,
    YES_NAME_ENDINGS,
    YES_VALUE,
)
from jixiao.readings.classes import class_of
from jixiao.readings.text import normalise, quantities
from jixiao.readings.values import bare_name, cell, is_placeholder, is_ratio, is_satisfaction, is_unit_only
from jixiao.readings.view import RowView
from jixiao.review.rule import Observation, Scope, rule

_CLAUSE = re.compile(r"[，,、；;。和及]")
_DIGIT = re.compile(r"[\d０-９]|[一二两三四五六七八九十]+个?(?:工作)?[日天月周年]|[一二三四]季度")


def claim(row: RowView) -> str | None:
    """What the row says it measures: the name, or the description where the name is that of the kind."""
    name = row.row.name
    if not name:
        return row.row.description
    labels = [label.label for label in (row.row.kind, row.row.class_) if label is not None]
    is_label = any(normalise(name) in (label, label.removesuffix("指标")) for label in labels)
    return row.row.description if is_label and row.row.description else name


def is_slogan(row: RowView) -> bool:
    """Whether the claim is an exhortation or a state, not a quantity: 促进企业发展, 社会稳定, 及时完成."""
    words = claim(row)
    if not words or is_satisfaction(row):
        return False
    if normalise(words).endswith(row.parameter(SLOGAN_STATES)):
        return True
    first = _CLAUSE.split(words.strip(), maxsplit=1)[0]
    openers, endings = row.parameter(SLOGAN_OPENERS), row.parameter(MEASURED_ENDINGS)
    return first.startswith(openers) and not first.endswith(endings)


def _is_bare(row: RowView) -> bool:
    """A single number without a unit, in a row that neither counts things nor states a cost."""
    apart = cell(row)
    if apart is None or apart.two or apart.scale or apart.unit is not None or row.row.target.number is None:
        return False
    return not row.row.is_cost and row.row.kind is not IndicatorKind.QUANTITY


def means_yes(row: RowView) -> bool:
    """Whether the number stands for “yes”: 1 for 保证质量."""
    if not _is_bare(row) or row.row.target.number != row.parameter(YES_VALUE) or is_ratio(row):
        return False
    if is_slogan(row):
        return True
    name = bare_name(row)
    if name.endswith(row.parameter(YES_NAME_ENDINGS)):
        return True
    asked = row.row.kind in (IndicatorKind.QUALITY, IndicatorKind.TIMELINESS)
    return asked and not name.endswith(row.parameter(MEASURED_ENDINGS))


def measures_nothing(row: RowView) -> bool:
    """Whether the number has no object: 98 of “promoting development”."""
    number = row.row.target.number
    if number is None or not is_slogan(row):
        return False
    if _is_bare(row):
        return bool(number != row.parameter(YES_VALUE))
    if not row.row.target.is_percent or class_of(row) is not IndicatorClass.OUTCOME:
        return False
    paid = any(word in row.words for word in row.parameter(PAID_IN_FULL_WORDS))
    return bool(number >= row.parameter(SLOGAN_PERCENT_FLOOR)) and not paid


@rule(
    "V10",
    title="指标值是空泛的词",
    problem="target-unquantified",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2015-88/quantified", "mof-2021-101/measurable"),
    remedy="能用数的改成数和单位；确实只能定性的，写明达到什么标准、由谁凭什么判定。",
    since=date(2015, 5, 21),
    parameters=(VAGUE_VALUE_WORDS, VAGUE_VALUE_LONGEST, JUDGED_VALUE_WORDS, PLACEHOLDER_WORDS),
)
def value_can_be_judged(row: RowView) -> Iterator[Observation]:
    """指标值是“合理”“是”“提高社会影响力”“保障正常运转”“全体人员”一类的词，没有数，也没有判定的标准。

    写了合格、验收、达标、文件、上年、无等可以判定的字，或者名称用“是否”提问的，不报；描述用“是否”提问而值只写“是”的，
    描述里有数的，只作建议；时效指标写“及时”的另有规则；待定、空着的另报。
    """
    target = row.row.target
    if target.type is not TargetType.QUALITATIVE or row.row.kind is IndicatorKind.TIMELINESS or "是否" in row.name:
        return
    text = target.text or ""
    words = normalise(text)
    asked = "是否" in row.description
    if not words or len(words) > row.parameter(VAGUE_VALUE_LONGEST) or _DIGIT.search(text):
        return
    if is_placeholder(text, row.parameter(PLACEHOLDER_WORDS)) or is_unit_only(text):
        return
    if (asked and words != "是") or any(word in words for word in row.parameter(JUDGED_VALUE_WORDS)):
        return
    if not any(word == words if len(word) == 1 else word in words for word in row.parameter(VAGUE_VALUE_WORDS)):
        return
    if row.row.kind is IndicatorKind.QUANTITY:
        message = f"数量指标的值写成“{text}”，没有数，完成多少说不清。"
        suggestion = "写成数和单位，如“≥10人”“≥20家”。"
    else:
        message = f"“{row.row.label}”的值写“{text}”，做到什么程度算完成没有标准，年底无法判定。"
        suggestion = None
    told = bool(quantities(row.row.description))
    if told:
        message, suggestion = f"“{row.row.label}”的描述里有数，指标值却只写“{text}”。", "把描述里的数移到指标值一栏。"
    severity = Severity.ADVICE if told or asked else None
    yield Observation(row.at("target"), f"{row.row.label}：{text}", message, suggestion, severity=severity)


@rule(
    "V11",
    title="口号加数字",
    problem="metric-undefined",
    severity=Severity.ERROR,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/measurable", "mof-2015-88/quantified"),
    remedy="先写明衡量什么（如销售额增速、新增就业人数、投诉件数），再给这个量定数和单位。",
    since=date(2015, 5, 21),
    parameters=(
        SLOGAN_OPENERS,
        SLOGAN_STATES,
        MEASURED_ENDINGS,
        YES_VALUE,
        SLOGAN_PERCENT_FLOOR,
        PAID_IN_FULL_WORDS,
    ),
)
def number_has_an_object(row: RowView) -> Iterator[Observation]:
    """名称是“促进企业发展”“规范市场行为”一类的动宾短语，或“社会稳定”“及时完成”一类的状态和要求，
    指标值却是一个没有单位的数（效益指标配接近100%的百分比也算），这个数量的是什么无从知道。

    名称以率、人数、增速、额等可以衡量的量结尾的，数量指标，成本指标，满意度指标，带计量单位的数，都不报；
    工资、补助等应当足额支付的100%不报；数值是 1、表示“是”的，另有规则。
    """
    if not measures_nothing(row):
        return
    number, claimed = row.row.target.number, claim(row)
    assert number is not None
    value = f"{plain(number)}{'%' if row.row.target.is_percent else ''}"
    if row.row.kind is IndicatorKind.TIMELINESS:
        message = f"“{claimed}”是时间要求，配一个数 {value}，既不是日期也不是天数，没有算法，无法考核。"
        rate = f"{'≥' if number < 100 else '='}{plain(number)}%"
        suggestion = f"写明日期或天数；考核及时程度的，名称改为“……及时率”，指标值写“{rate}”。"
    else:
        message = f"“{claimed}”是口号或状态，不是可以计量的东西，数值 {value} 没有对象、单位和算法，无法考核。"
        suggestion = None
    yield Observation(row.at("target"), f"{claimed}：{row.row.target.text}", message, suggestion)


@rule(
    "V13",
    title="用“1”表示“是”",
    problem="metric-undefined",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/measurable", "mof-2015-88/quantified"),
    remedy="把“做到没有”改成可以计量的量：比率、日期、数量；只能定性的，直接写定性标准。",
    since=date(2015, 5, 21),
    parameters=(
        YES_VALUE,
        YES_NAME_ENDINGS,
        SLOGAN_OPENERS,
        SLOGAN_STATES,
        MEASURED_ENDINGS,
        NOT_RATIO_WORDS,
    ),
)
def one_is_not_yes(row: RowView) -> Iterator[Observation]:
    """质量、时效、效益指标的值只有一个没有单位的“1”（“1及时完成”“≥1促进农民增收”），是用 1 代表“做到了”。

    数量指标的 1、带单位的 1、比率的 1 不报。
    """
    if not means_yes(row):
        return
    claimed = claim(row) or ""
    suggestion = None
    if row.row.kind is IndicatorKind.TIMELINESS:
        suggestion = "写明日期或天数，如“11月底前”“10个工作日内”。"
    elif row.row.kind is IndicatorKind.QUALITY:
        suggestion = "改成质量的比率或标准，如“验收合格率≥98%”。"
    yield Observation(
        at=row.at("target"),
        evidence=f"{claimed}：{row.row.target.text}",
        message=f"“{claimed}”的值是“1”，看来是用 1 表示做到了。它没有单位和算法，做到几成也算不出来。",
        suggestion=suggestion,
    )


@rule(
    "V19",
    title="时效没有期限",
    problem="target-unquantified",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/classes", "mof-2015-88/quantified"),
    remedy="写明到哪一天、几天以内或什么频次，如“11月底前”“10个工作日内”“每月10日前”；或写“及时率100%”。",
    since=date(2015, 5, 21),
    parameters=(DEADLINE_WORDS, PLACEHOLDER_WORDS),
)
def deadline_is_told(row: RowView) -> Iterator[Observation]:
    """时效指标只写“及时”“按时完成”“按期拨付”，名称、描述和指标值里都没有日期、天数、频次或比率。

    指标值写了年底、每月、季度、春节前、按合同工期等的不报，只在名称、描述里写了的作建议；值是数字、百分比、日期的不报；空着、待定的另报。
    """
    target = row.row.target
    if row.row.kind is not IndicatorKind.TIMELINESS or target.type is not TargetType.QUALITATIVE:
        return
    text = target.text or ""
    if is_placeholder(text, row.parameter(PLACEHOLDER_WORDS)) or is_unit_only(text):
        return
    said = f"{text}{row.row.name or ''}{row.row.description or ''}"
    if _DIGIT.search(said) or any(word in text for word in row.parameter(DEADLINE_WORDS)):
        return
    if period := next((word for word in row.parameter(DEADLINE_WORDS) if word in said), None):
        yield Observation(
            at=row.at("target"),
            evidence=f"{row.row.label}：{text}",
            message=f"描述里写了“{period}”，指标值却只写“{text}”，考核时看的是指标值。",
            suggestion="把期限或频次写进指标值，如“每月10日前”“每季度末月25日前”。",
            severity=Severity.ADVICE,
        )
        return
    yield Observation(
        at=row.at("target"),
        evidence=f"{row.row.label}：{text}",
        message=f"时效写“{text}”，没有日期或天数，什么时候算晚没有界线，监控和自评都无法判断。",
    )


def _divides(row: RowView, *marks: str) -> bool:
    """Whether name or description say what is divided by what, or hold one of ``marks``."""
    return any(mark in f"{row.row.name}{row.row.description}" for mark in ("÷", "/", "占", *marks))


@rule(
    "V22",
    title="比率没有算法",
    problem="metric-undefined",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2015-88/quantified", "mof-2021-101/measurable", "mof-2021-101/naming"),
    remedy="写全“什么的什么率”，并在描述里写明分子、分母，如“项目验收合格率＝验收合格项目数÷完工项目数”。",
    since=date(2015, 5, 21),
    parameters=(
        UNDEFINED_RATES,
        NOT_RATIO_WORDS,
        SLOGAN_OPENERS,
        SLOGAN_STATES,
        MEASURED_ENDINGS,
        SLOGAN_PERCENT_FLOOR,
        PAID_IN_FULL_WORDS,
    ),
)
def rate_is_defined(row: RowView) -> Iterator[Observation]:
    """名称只是“完成率”“到位率”“利用率”“成本控制率”，没有说什么的率，描述也没有补充；
    或者给“主动性”“作风”“优质”这类没有公认算法的事配了比率；或者名称是“管护制度”“办公保障”这样的一件事，
    不是比率，却写了百分数。写明对象或者算法的不报。
    """
    target = row.row.target
    if target.number is None or not target.is_percent:
        return
    name, rates = bare_name(row), row.parameter(UNDEFINED_RATES)
    if not is_ratio(row):
        if is_satisfaction(row):
            return
        if name.endswith(rates.no_rate) and not (_divides(row, "比", "率") or measures_nothing(row) or is_slogan(row)):
            message = f"“{row.row.label}”不是比率，{target.text}是什么占什么没有写，无从核算。"
            yield Observation(row.at("target"), f"{row.row.label}：{target.text}", message)
        return
    soft = next((word for word in rates.anywhere if word in name), None)
    defined = row.description not in ("", row.name)
    if name in rates.whole and not defined:
        message = f"“{row.row.label}”没有说是什么的比率，也没有分子、分母，{target.text}无从核算。"
    elif soft and not _divides(row):
        message = f"“{row.row.label}”没有公认的算法，分子、分母是什么没有写，{target.text}无从核算。"
    else:
        return
    yield Observation(row.at("name"), f"{row.row.label}：{target.text}", message)
