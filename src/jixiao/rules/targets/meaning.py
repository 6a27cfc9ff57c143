"""Rules on what target values mean: words nobody can judge, numbers that measure nothing, deadlines without a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.message import Said
from jixiao.domain.money import plain
from jixiao.domain.quantities.printer import worded
from jixiao.domain.target import Comparator, TargetType
from jixiao.parameters.keys import (
    DEADLINE_WORDS,
    MEASURED_ENDINGS,
    PAID_IN_FULL_WORDS,
    QUESTION_WORDS,
    RATIO_FORMULA_WORDS,
    RATIO_WORDS,
    SLOGAN_OPENERS,
    SLOGAN_PERCENT_FLOOR,
    SLOGAN_STATES,
    UNDEFINED_RATES,
    VAGUE_VALUE_LONGEST,
    VAGUE_VALUE_WORDS,
    YES_NAME_ENDINGS,
    YES_VALUE,
)
from jixiao.readings import heads
from jixiao.readings import misplaced as places
from jixiao.readings.claims import claim, means_yes, measures_nothing
from jixiao.readings.heads import NameForm, name_form
from jixiao.readings.measurable import Measurability, is_empty_talk, measurability
from jixiao.readings.measured import is_ratio, is_satisfaction
from jixiao.readings.misplaced import misplaced_in
from jixiao.readings.names import bare_name
from jixiao.readings.placing import Why
from jixiao.readings.text import normalise, quantities
from jixiao.readings.value_cells import is_unit_only
from jixiao.readings.view import RowView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

_DIGIT = re.compile(r"[\d０-９]|[一二两三四五六七八九十]+个?(?:工作)?[日天月周年]|[一二三四]季度")

QUANTITY_IN_WORDS = Message(
    "quantity-in-words", "数量指标“{name:words}”的值写成“{value:words}”，没有数，完成多少说不清。"
)
NO_STANDARD = Message("no-standard", "“{name:words}”的值写“{value:words}”，做到什么程度算完成没有标准，年底无法判定。")
NUMBER_ELSEWHERE = Message(
    "number-elsewhere", "“{name:words}”的描述里有数，指标值却只写“{value:words}”，考核时看的是指标值。"
)
NAME_AGAIN = Message("name-again", "“{name:words}”的值“{value:words}”只是把名称又说一遍，做到什么程度算完成没有写。")
WITHIN_BUDGET = Message(
    "within-budget",
    "“{name:words}”的值写“{value:words}”，没有写多少钱：预算本来就不许超，节约了多少、控制得怎样看不出来。",
)
UNNAMED_STANDARD = Message(
    "unnamed-standard", "“{name:words}”的值写“{value:words}”，没有说是哪一个标准、哪一份文件，年底无法对照。"
)
_WHY = {
    Measurability.NAME_AGAIN: NAME_AGAIN,
    Measurability.WITHIN_BUDGET: WITHIN_BUDGET,
    Measurability.UNNAMED_STANDARD: UNNAMED_STANDARD,
}
WRITE_NUMBER = Message("write-number", "写成数和单位，如“≥10人”“≥20家”。")
MOVE_NUMBER = Message("move-number", "把描述里的数移到指标值一栏。")
WRITE_SHARE = Message("write-share", "写成比率，如“≥90%”，并写明什么时候、用什么方式调查。")
WRITE_AMOUNT = Message("write-amount", "写明控制在多少钱以内，或者比预算节约百分之几。")
WRITE_RESULT = Message("write-result", "写出数和单位；不能用数的，写一个到年底看得见的结果，如验收、交付、印发。")
NAME_STANDARD = Message("name-standard", "写明按哪一份文件、哪一个标准判定，有文号的写文号。")
_PROPOSED = {
    Measurability.NAME_AGAIN: WRITE_RESULT,
    Measurability.WITHIN_BUDGET: WRITE_AMOUNT,
    Measurability.UNNAMED_STANDARD: NAME_STANDARD,
}


@rule(
    "V10",
    title="指标值无法判定",
    problem="target-unquantified",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2015-88/quantified", "mof-2021-101/measurable"),
    remedy="能用数的改成数和单位；确实只能定性的，写明达到什么标准、由谁凭什么判定。",
    since=date(2015, 5, 21),
    parameters=(VAGUE_VALUE_WORDS, VAGUE_VALUE_LONGEST, QUESTION_WORDS, RATIO_WORDS, *heads.READ),
    says=(QUANTITY_IN_WORDS, NO_STANDARD, NUMBER_ELSEWHERE, NAME_AGAIN, WITHIN_BUDGET, UNNAMED_STANDARD),
    proposes=(WRITE_NUMBER, MOVE_NUMBER, WRITE_SHARE, WRITE_AMOUNT, WRITE_RESULT, NAME_STANDARD),
    yields_to=("V09",),
)
def value_can_be_judged(row: RowView) -> Iterator[Observation]:
    """指标值里没有数，没有日期和频次，没有可以见证的结果（通过、建成、零发生），没有写明的标准，也没有说与什么比：
    “合理”“提高社会影响力”“长期”“按质按量完成”，把名称又说一遍，“不超预算”，“符合相关要求”。

    名称用“是否”提问的不报；名称是一件事、值只写“是”的，描述用“是否”提问而值只写“是”的，描述里有数的，用词不在常见的空话之内的，只作建议；
    时效指标写“及时”的，只写全年的，另有规则；待定、空着的另报。
    """
    how = measurability(row)
    if how in (Measurability.MEASURED, Measurability.WHOLE_YEAR) or row.row.kind is IndicatorKind.TIMELINESS:
        return
    text, name = row.row.target.text or "", row.row.label
    told, counts = bool(quantities(row.row.description)), row.row.kind is IndicatorKind.QUANTITY
    asked = any(word in row.description for word in row.parameter(QUESTION_WORDS).asking)
    says = _WHY.get(how) or (NUMBER_ELSEWHERE if told else QUANTITY_IN_WORDS if counts else NO_STANDARD)
    done = normalise(text) in row.parameter(QUESTION_WORDS).answers and name_form(row) in (
        NameForm.TASK,
        NameForm.THING,
    )
    sure = not (told or asked or done) and (
        _is_empty_talk(row) or how is Measurability.NAME_AGAIN or _is_rate_in_words(row, how)
    )
    yield Observation(
        at=row.at("target"),
        evidence=f"{name}：{text}",
        says=says(name=name, value=text),
        suggests=MOVE_NUMBER() if told else WRITE_NUMBER() if counts else _proposed(row, how),
        severity=None if sure else Severity.ADVICE,
    )


def _proposed(row: RowView, how: Measurability) -> Said | None:
    """What is to stand in the value, as far as the row tells."""
    if is_satisfaction(row):
        return WRITE_SHARE()
    proposal = _PROPOSED.get(how)
    return proposal() if proposal else None


def _is_empty_talk(row: RowView) -> bool:
    """Whether the value is made of words of which it is known that nobody can judge them, and is short."""
    text = row.row.target.text or ""
    short = len(normalise(text)) <= row.parameter(VAGUE_VALUE_LONGEST)
    return short and is_empty_talk(text, row.parameter(VAGUE_VALUE_WORDS))


def _is_rate_in_words(row: RowView, how: Measurability) -> bool:
    """Whether a rate is answered by the money there is."""
    return how is Measurability.WITHIN_BUDGET and is_ratio(row)


NO_OBJECT = Message(
    "no-object", "“{claim:words}”是口号或状态，不是可以计量的东西，数值 {value:number} 没有对象、单位和算法，无法考核。"
)
NO_TIME = Message(
    "no-time", "“{claim:words}”是时间要求，配一个数 {value:number}，既不是日期也不是天数，没有算法，无法考核。"
)
WRITE_TIME = Message("write-time", "写明日期或天数；考核及时程度的，名称改为“……及时率”，指标值写“{rate:text}”。")


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
        YES_VALUE,
        SLOGAN_PERCENT_FLOOR,
        PAID_IN_FULL_WORDS,
        *heads.READ,
    ),
    says=(NO_OBJECT, NO_TIME),
    proposes=(WRITE_TIME,),
)
def number_has_an_object(row: RowView) -> Iterator[Observation]:
    """名称是“促进企业发展”“规范市场行为”一类的动宾短语，或“社会稳定”“及时完成”一类的状态和要求，
    指标值却是一个没有单位的数（效益指标配接近100%的百分比也算），这个数量的是什么无从知道。

    名称以率、人数、增速、额等可以衡量的量结尾的，数量指标，成本指标，满意度指标，带计量单位的数，都不报；
    工资、补助等应当足额支付的100%不报；数值是 1、表示“是”的，另有规则。
    """
    if not measures_nothing(row):
        return
    target, claimed = row.row.target, claim(row) or ""
    assert target.number is not None
    value = f"{plain(target.number)}{'%' if target.is_percent else ''}"
    rate = worded(Comparator.AT_LEAST if target.number < 100 else Comparator.EXACTLY, target.number, "%")
    timely = row.row.kind is IndicatorKind.TIMELINESS
    yield Observation(
        at=row.at("target"),
        evidence=f"{claimed}：{target.text}",
        says=(NO_TIME if timely else NO_OBJECT)(claim=claimed, value=value),
        suggests=WRITE_TIME(rate=rate) if timely else None,
    )


ONE_FOR_YES = Message(
    "one-for-yes", "“{claim:words}”的值是“1”，看来是用 1 表示做到了。它没有单位和算法，做到几成也算不出来。"
)
WRITE_DATE = Message("write-date", "写明日期或天数，如“11月底前”“10个工作日内”。")
WRITE_RATE = Message("write-rate", "改成质量的比率或标准，如“验收合格率≥98%”。")


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
        RATIO_WORDS,
        *heads.READ,
    ),
    says=(ONE_FOR_YES,),
    proposes=(WRITE_DATE, WRITE_RATE),
)
def one_is_not_yes(row: RowView) -> Iterator[Observation]:
    """质量、时效、效益指标的值只有一个没有单位的“1”（“1及时完成”“≥1促进农民增收”），是用 1 代表“做到了”。

    数量指标的 1、带单位的 1、比率的 1 不报。
    """
    if not means_yes(row):
        return
    claimed = claim(row) or ""
    writes = {IndicatorKind.TIMELINESS: WRITE_DATE(), IndicatorKind.QUALITY: WRITE_RATE()}
    yield Observation(
        at=row.at("target"),
        evidence=f"{claimed}：{row.row.target.text}",
        says=ONE_FOR_YES(claim=claimed),
        suggests=writes.get(row.row.kind) if row.row.kind else None,
    )


NO_DEADLINE = Message(
    "no-deadline", "“{name:words}”的时效写“{value:words}”，没有日期或天数，什么时候算晚没有界线，监控和自评都无法判断。"
)
DEADLINE_ELSEWHERE = Message(
    "deadline-elsewhere",
    "“{name:words}”的名称或描述里写了“{period:words}”，指标值却只写“{value:words}”，考核时看的是指标值。",
)
DEADLINE_OR_MOVE = Message(
    "deadline-or-move",
    "考核时间的，写明哪一天前完成、几天内办结；名称说的不是时间的，移到相应的类别，再写能判定的值。",
)
MOVE_DEADLINE = Message("move-deadline", "把期限或频次写进指标值，如“每月10日前”“每季度末月25日前”。")


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
    parameters=(DEADLINE_WORDS, *heads.READ, *places.READ),
    says=(NO_DEADLINE, DEADLINE_ELSEWHERE),
    proposes=(MOVE_DEADLINE, DEADLINE_OR_MOVE),
    yields_to=("V09",),
)
def deadline_is_told(row: RowView) -> Iterator[Observation]:
    """时效指标只写“及时”“按时完成”“按期拨付”，名称、描述和指标值里都没有日期、天数、频次或比率。

    指标值写了年底、每月、季度、春节前、按合同工期等的不报，只在名称、描述里写了的作建议；值是数字、百分比、日期的不报；
    名称是“是否及时”一类问句的，空着、待定的，另报。
    """
    target = row.row.target
    if row.row.kind is not IndicatorKind.TIMELINESS or target.type is not TargetType.QUALITATIVE:
        return
    name, text = row.row.label, target.text or ""
    said = f"{text}{row.row.name or ''}{row.row.description or ''}"
    if is_unit_only(text) or _DIGIT.search(said) or any(word in text for word in row.parameter(DEADLINE_WORDS)):
        return
    if name_form(row) is NameForm.QUESTION:
        return  # answered by yes and no, which is said of the question
    period = next((word for word in row.parameter(DEADLINE_WORDS) if word in said), None)
    yield Observation(
        at=row.at("target"),
        evidence=f"{name}：{text}",
        says=DEADLINE_ELSEWHERE(name=name, period=period, value=text) if period else NO_DEADLINE(name=name, value=text),
        suggests=MOVE_DEADLINE() if period else DEADLINE_OR_MOVE() if _is_elsewhere(row) else None,
        severity=Severity.ADVICE if period else None,
    )


def _is_elsewhere(row: RowView) -> bool:
    """Whether the row is also told of as one that does not belong to timeliness."""
    return any(found.row == row for found in misplaced_in(row.sheet, Why.NO_TIME))


RATE_OF_WHAT = Message("rate-of-what", "“{name:words}”没有说是什么的比率，也没有分子、分母，{value:words}无从核算。")
NO_FORMULA = Message("no-formula", "“{name:words}”没有公认的算法，分子、分母是什么没有写，{value:words}无从核算。")
NO_RATE = Message("no-rate", "“{name:words}”不是比率，{value:words}是什么占什么没有写，无从核算。")


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
        RATIO_FORMULA_WORDS,
        RATIO_WORDS,
        SLOGAN_OPENERS,
        SLOGAN_STATES,
        MEASURED_ENDINGS,
        SLOGAN_PERCENT_FLOOR,
        PAID_IN_FULL_WORDS,
        *heads.READ,
    ),
    says=(RATE_OF_WHAT, NO_FORMULA, NO_RATE),
)
def rate_is_defined(row: RowView) -> Iterator[Observation]:
    """名称只是“完成率”“到位率”“利用率”“成本控制率”，没有说什么的率，描述也没有补充；
    或者给“主动性”“作风”“优质”这类没有公认算法的事配了比率；或者名称是“管护制度”“办公保障”这样的一件事，
    不是比率，却写了百分数；或者名称是一句愿望、一串做法（“办学水平提高”）。写明对象或者算法的不报；名称是任务和做法的，
    愿望没有说提高、改善的，百分数离100%还远、可能是增幅的，名称是别的一样东西、一件事而要接近100%的，只作建议。
    """
    target = row.row.target
    if target.number is None or not target.is_percent:
        return
    name, rates, formula = bare_name(row), row.parameter(UNDEFINED_RATES), row.parameter(RATIO_FORMULA_WORDS)
    told = f"{row.row.name}{row.row.description}"
    divides = any(mark in told for mark in formula.divides)
    facts = {"name": row.row.label, "value": target.text or ""}
    evidence = f"{row.row.label}：{target.text}"
    if not is_ratio(row):
        is_rate = divides or any(mark in told for mark in formula.ratio)
        if is_rate or is_satisfaction(row) or measures_nothing(row):
            return
        if name.endswith(rates.no_rate):
            yield Observation(row.at("target"), evidence, says=NO_RATE(**facts))
        elif _is_wanted(row):
            whole = target.number >= row.parameter(SLOGAN_PERCENT_FLOOR)
            sure = whole and name.endswith(row.lexicon.words["head_improvements"])
            yield Observation(
                row.at("target"), evidence, says=NO_RATE(**facts), severity=None if sure else Severity.ADVICE
            )
        elif _is_share_of_a_thing(row):
            yield Observation(row.at("target"), evidence, says=NO_RATE(**facts), severity=Severity.ADVICE)
    elif name in rates.whole and row.description in ("", row.name):
        yield Observation(row.at("name"), evidence, says=RATE_OF_WHAT(**facts))
    elif any(word in name for word in rates.anywhere) and not divides:
        yield Observation(row.at("name"), evidence, says=NO_FORMULA(**facts))


def _is_share_of_a_thing(row: RowView) -> bool:
    """Whether nearly all of a thing or a side of things is wanted: a share can be had of a rate only."""
    whole = row.row.target.number is not None and row.row.target.number >= row.parameter(SLOGAN_PERCENT_FLOOR)
    paid = any(word in row.words for word in row.parameter(PAID_IN_FULL_WORDS))
    return whole and not paid and name_form(row) in (NameForm.THING, NameForm.ASPECT)


def _is_wanted(row: RowView) -> bool:
    """Whether the name tells a deed or a wish and no sum; what has to be paid in full is rightly 100 %."""
    if any(word in row.words for word in row.parameter(PAID_IN_FULL_WORDS)):
        return False
    return name_form(row).says_what_is_wanted and not bare_name(row).endswith(row.lexicon.words["head_soft_measures"])
