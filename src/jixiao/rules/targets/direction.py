"""Rules on the direction of target values: ≤ where more is better, ≥ where less is better, against the description."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.measure_units import is_count, is_money, is_time
from jixiao.domain.message import Said
from jixiao.domain.money import plain
from jixiao.domain.target import Comparator
from jixiao.parameters.keys import (
    COST_FLOOR_WORDS,
    COST_WORDS,
    DIRECTION_WORDS,
    FAULTLESS_WORDS,
    LEVEL_WORDS,
    MEASURE_SCOPE_WORDS,
    PLAN_WORDS,
    SAME_UNITS,
)
from jixiao.readings import proposals
from jixiao.readings.amounts import in_yuan
from jixiao.readings.direction import Direction, allows_most_to_go_wrong, direction, is_named_better
from jixiao.readings.measured import is_money_cost, is_satisfaction
from jixiao.readings.names import bare_name
from jixiao.readings.proposals import proposal, worded
from jixiao.readings.row_quantities import RowQuantity, bounds, in_its_unit
from jixiao.readings.units import is_price, unit_scale, unscaled
from jixiao.readings.view import RowView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

_OTHER_WAY = {
    Comparator.AT_MOST: Comparator.AT_LEAST,
    Comparator.LESS_THAN: Comparator.AT_LEAST,
    Comparator.AT_LEAST: Comparator.AT_MOST,
    Comparator.MORE_THAN: Comparator.AT_MOST,
}

WRITE = Message("write", "改为“{words:text}”。")
WRITE_BOTH = Message("write-both", "改为“{words:text}”，{field:text}里的“{told:words}”也要一并改。")
_TURNED = (MEASURE_SCOPE_WORDS, SAME_UNITS, *proposals.READ)
"""the parameters that turning a sign reads"""


def _reversed(row: RowView, says: Message, suggests: Message = WRITE) -> Observation:
    """The value with its sign the other way round, by the number that name or description ask for.

    Where they go along with the wrong sign there is no fix: they are to be changed as well, by a person.
    """
    target = row.row.target
    assert target.comparator is not None
    sign, text = _OTHER_WAY[target.comparator], target.text or ""
    asked = list(bounds(row))
    right = next((b for b in asked if b.quantity.comparator and b.quantity.comparator.is_floor is sign.is_floor), None)
    turned = proposal(row, sign, right.unit, right.quantity.value) if right else proposal(row, sign)
    wrong = asked[0] if asked and not right else None
    return Observation(
        at=row.at("target"),
        evidence=f"{row.row.label}：{text}",
        says=says(name=row.row.label, value=text),
        suggests=WRITE_BOTH(words=turned.words, field=wrong.label, told=wrong.words)
        if wrong
        else suggests(words=turned.words),
        fix=None if wrong else turned.fix,
    )


CEILING_OF_SATISFACTION = Message(
    "ceiling", "“{name:words}”写成“{value:words}”，意思是满意度不得超过这个数，满意度为零也算完成。"
)


@rule(
    "V01",
    title="满意度方向写反",
    problem="direction-reversed",
    severity=Severity.ERROR,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.ROW,
    cites=("mof-2015-88/reasonable", "mof-2021-101/values"),
    remedy="满意度越高越好，比较符号应为“≥”。",
    since=date(2015, 5, 21),
    parameters=_TURNED,
    says=(CEILING_OF_SATISFACTION,),
    proposes=(WRITE, WRITE_BOTH),
)
def satisfaction_is_a_floor(row: RowView) -> Iterator[Observation]:
    """满意度指标的指标值写成“≤”或“<”，等于满意度为零也算完成。名称是不满意率、投诉率等越低越好的指标，不在此列。"""
    target = row.row.target
    if target.comparator is None or not target.comparator.is_ceiling or not is_satisfaction(row):
        return
    name = bare_name(row)
    if "满意" not in name and row.lexicon.has(name, "setback"):
        return
    yield _reversed(row, CEILING_OF_SATISFACTION)


MORE_IS_BETTER = Message(
    "more-is-better", "“{name:words}”越高越好，写成“{value:words}”等于规定最多做到这里，一点不做也算完成。"
)
CAP = Message("cap", "“{name:words}”写成“{value:words}”，是采购的限额；按字面一件不买也算完成，没有说要买多少。")
BASE = Message(
    "base", "“{name:words}”是本来就有的数，写成“{value:words}”既不是越多越好，也不是越少越好，按字面少了才算完成。"
)
WRITE_EXACT = Message("write-exact", "数是定下来的，改为“{words:text}”；这一行不是做出来的，另写办成了什么。")
WRITE_OR_EXPLAIN = Message("write-or-explain", "改为“{words:text}”；确实要控制上限的，在描述里写明理由。")


@rule(
    "V02",
    title="越高越好的指标写成“不超过”",
    problem="direction-reversed",
    severity=Severity.ERROR,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.ROW,
    cites=("mof-2015-88/reasonable", "mof-2021-101/values"),
    remedy="做得越多、比率越高越好的指标，比较符号用“≥”。",
    since=date(2015, 5, 21),
    parameters=(DIRECTION_WORDS, *_TURNED),
    says=(MORE_IS_BETTER, CAP, BASE),
    proposes=(WRITE_OR_EXPLAIN, WRITE_BOTH, WRITE_EXACT),
)
def more_is_a_floor(row: RowView) -> Iterator[Observation]:
    """名称是比率、数量、次数、人数等越高越好的指标，或者是数量指标里新建、培训、扶持一类要做的事，
    指标值却写成“≤”或“<”，一件不做也算完成。

    名称看不大出来、描述写明下限或上限的，按描述与指标值矛盾报。
    成本指标，投诉、事故、误差、超支、能耗、发病率等越低越好的指标，时限、编制、接待、标准等控制性指标，
    以时间计的上限、单价、项目自己发出去的钱（不超过预算数），都不报；采购数量写的限额，就读人数、在职人数等本来就有的数，只作建议；满意度另有专门的规则。
    """
    target = row.row.target
    if target.comparator is None or not target.comparator.is_ceiling or row.row.is_cost or not target.number:
        return
    if target.unit and (is_time(target.unit) or is_price(target.unit)):
        return
    if is_satisfaction(row) or direction(row) is not Direction.HIGHER or _pays_out_own_money(row):
        return
    if not is_named_better(row) and any(bounds(row)):
        return  # the name tells only what is done; its description says how it counts
    says = BASE if row.lexicon.has(row.name, "standing") else CAP if row.lexicon.has(row.name, "acquired") else None
    if says is None:
        yield _reversed(row, MORE_IS_BETTER, WRITE_OR_EXPLAIN)
        return
    exact = proposal(row, Comparator.EXACTLY).words
    evidence = f"{row.row.label}：{target.text}"
    facts = {"name": row.row.label, "value": target.text or ""}
    yield Observation(
        row.at("target"), evidence, says=says(**facts), suggests=WRITE_EXACT(words=exact), severity=Severity.ADVICE
    )


def _pays_out_own_money(row: RowView) -> bool:
    """Whether the row is money that the project pays out, up to what it has: a cap keeps it within the budget."""
    total, target = in_yuan(row.sheet), row.row.target
    if total is None or target.number is None or not target.unit or not is_money(unscaled(target.unit)):
        return False
    return row.lexicon.has(row.name, "deed") is not None and target.number * unit_scale(target.unit) <= total


LESS_IS_BETTER = Message(
    "less-is-better", "“{name:words}”越低越好，写成“{value:words}”等于要求不少于这个数，做得越差得分越高。"
)
MOST_GO_WRONG = Message(
    "most-go-wrong",
    "“{name:words}”越低越好，值却是“{value:words}”，等于容许大半出错，多半是把没有出错的比率填在了这里。",
)
OTHER_SHARE = Message(
    "other-share", "核对要考核哪一个：容许出错的，改为“≤”和实际的上限；说不出错的，名称改成正面的说法。"
)
NONE_OR_FEW = Message(
    "none-or-few",
    "不容许发生的，改为“{none:text}”；确实要留余地的，改为“{words:text}”，并在描述里写明理由。",
)


@rule(
    "V03",
    title="越低越好的指标写成“不低于”",
    problem="direction-reversed",
    severity=Severity.ERROR,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.ROW,
    cites=("mof-2015-88/reasonable", "mof-2021-101/values"),
    remedy="投诉、事故、误差等越少越好的指标，比较符号用“≤”。",
    since=date(2015, 5, 21),
    parameters=(DIRECTION_WORDS, *_TURNED),
    says=(LESS_IS_BETTER, MOST_GO_WRONG),
    proposes=(WRITE, WRITE_BOTH, NONE_OR_FEW, OTHER_SHARE),
)
def less_is_a_ceiling(row: RowView) -> Iterator[Observation]:
    """投诉率、事故数、差错率、失业率等越低越好的指标，指标值写成“≥”或“>”，等于要求坏事不少于这个数。
    投诉率、差错率一类的值没有写“≥”却在一半以上的，也报，降一档。

    只看名称就是这类事的（后面至多跟率、数、次数等字）；投诉办结率、事故处理率、能耗下降率等处理、减少坏事的指标不报。
    """
    target = row.row.target
    if allows_most_to_go_wrong(row):
        facts = {"name": row.row.label, "value": target.text or ""}
        evidence = f"{row.row.label}：{target.text}"
        yield Observation(
            row.at("target"), evidence, says=MOST_GO_WRONG(**facts), suggests=OTHER_SHARE(), severity=Severity.WARNING
        )
        return
    if target.comparator is None or not target.comparator.is_floor or direction(row) is not Direction.LOWER:
        return
    found = _reversed(row, LESS_IS_BETTER)
    if found.fix is not None and target.number and is_count(target.unit):  # which of two a person must say
        words = worded(_OTHER_WAY[target.comparator], target.number, target.unit)
        none = worded(Comparator.EXACTLY, Decimal(0), target.unit)
        found = replace(found, suggests=NONE_OR_FEW(none=none, words=words), fix=None)
    yield found


COST_FLOOR = Message(
    "cost-floor",
    "成本“{name:words}”写成“{value:words}”，意思是至少要花这么多，超支反而算完成得好，起不到控制成本的作用。",
)


@rule(
    "V04",
    title="成本指标写成“不低于”",
    problem="direction-reversed",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.ROW,
    cites=("mof-2021-101/values", "mof-2015-88/reasonable"),
    remedy="成本是控制上限，比较符号用“≤”。",
    since=date(2015, 5, 21),
    parameters=(COST_WORDS, COST_FLOOR_WORDS, *_TURNED),
    says=(COST_FLOOR,),
    proposes=(WRITE, WRITE_BOTH),
)
def cost_is_a_ceiling(row: RowView) -> Iterator[Observation]:
    """成本指标的金额写成“≥”或“>”，等于花得越多完成得越好。

    节约率、降低额、执行率，以及补助、工资等对群众和职工的标准，写“≥”不算错；成本栏里填的不是金额的，
    属于归类错误，这里不报。
    """
    target = row.row.target
    if target.comparator is None or not target.comparator.is_floor or not is_money_cost(row):
        return
    if any(word in row.words for word in row.parameter(COST_FLOOR_WORDS)):
        return
    yield _reversed(row, COST_FLOOR)


OPPOSITE = Message(
    "opposite",
    "“{name:words}”的{field:text}要求“{words:words}”，指标值却是“{value:words}”，一个定下限、一个定上限，无法同时照办。",
)
PLAN_LEFT_OUT = Message(
    "plan-left-out",
    "“{name:words}”的{field:text}写“{words:words}”，指标值却是“{value:words}”，"
    "正好把计划数排除在外，照计划完成反而算没有完成。",
)
LEVEL_AND_MORE = Message(
    "level-and-more",
    "“{name:words}”的文字说“{words:words}”，指标值却要求“{value:words}”，"
    "持平和达到 {number:number} 是两个要求，也没有写明与什么比。",
)
NOT_FAULTLESS = Message(
    "not-faultless",
    "“{name:words}”的描述要求“{words:words}”，指标值是“{value:words}”，等于允许 {share:number}% 做不到，两处要求不一致。",
)
BY_THE_WORDS = Message("by-the-words", "如以{field:text}为准，改为“{words:text}”。")


@dataclass(frozen=True, slots=True)
class _Clash:
    """Words that the value contradicts: which, in which field, what is wrong, the value that would agree."""

    words: str
    field: str
    says: Said
    sign: Comparator | None = None
    label: str = ""
    unit: str | None = None
    number: Decimal | None = None


@rule(
    "V16",
    title="描述与指标值方向矛盾",
    problem="description-target-conflict",
    severity=Severity.ERROR,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.ROW,
    cites=("mof-2015-88/reasonable", "mof-2015-88/completeness-review"),
    remedy="核对描述和指标值，使两处说的是同一个要求。",
    since=date(2015, 5, 21),
    parameters=(
        SAME_UNITS,
        MEASURE_SCOPE_WORDS,
        PLAN_WORDS,
        LEVEL_WORDS,
        FAULTLESS_WORDS,
        DIRECTION_WORDS,
        *proposals.READ,
    ),
    says=(OPPOSITE, PLAN_LEFT_OUT, LEVEL_AND_MORE, NOT_FAULTLESS),
    proposes=(BY_THE_WORDS,),
)
def sign_agrees_with_words(row: RowView) -> Iterator[Observation]:
    """名称、描述里写的要求和指标值的比较符号相反：写“10以上”“不少于”，指标值是“≤”；写“不超过”“以内”，
    指标值是“≥”；写“预计5次”，指标值是“<5次”；写“持平”，指标值要求增长；写“不出现差错”，指标值不到100%。

    两处的计量单位不同的，描述里的数是每次、人均、上年等另一口径的，“500万元以上的企业”这样只作限定的，不报。
    """
    target = row.row.target
    if target.number is None or target.comparator is None or not row.words:
        return
    clash = _opposite(row) or _plan_left_out(row) or _level_and_more(row) or _not_faultless(row)
    if clash is None:
        return
    turned = proposal(row, clash.sign, clash.unit, clash.number) if clash.sign else None
    yield Observation(
        at=row.at("target"),
        evidence=f"{clash.words} ｜ {target.text}",
        says=clash.says,
        suggests=BY_THE_WORDS(field=clash.label, words=turned.words) if turned else None,
        related=(row.at(clash.field),),
        fix=turned.fix if turned else None,
    )


def _opposite(row: RowView) -> _Clash | None:
    sign = row.row.target.comparator
    assert sign is not None
    for said in bounds(row):
        asked = said.quantity.comparator
        if asked and ((asked.is_floor and sign.is_ceiling) or (asked.is_ceiling and sign.is_floor)):
            return _clash(row, OPPOSITE, said, said.words, asked)
    return None


def _clash(row: RowView, says: Message, said: RowQuantity, words: str, sign: Comparator) -> _Clash:
    told = says(name=row.row.label, field=said.label, words=words, value=row.row.target.text or "")
    return _Clash(words, said.field, told, sign, said.label, said.unit, said.quantity.value)


def _plan_left_out(row: RowView) -> _Clash | None:
    target = row.row.target
    if target.comparator not in (Comparator.LESS_THAN, Comparator.MORE_THAN):
        return None
    for said in in_its_unit(row):
        before = said.text[: said.quantity.start]
        planned = next((w for w in row.parameter(PLAN_WORDS) if before.endswith(w)), None)
        if planned and said.quantity.value == target.number:
            sign = Comparator.AT_LEAST if target.comparator is Comparator.LESS_THAN else Comparator.AT_MOST
            return _clash(row, PLAN_LEFT_OUT, said, planned + said.words, sign)
    return None


def _level_and_more(row: RowView) -> _Clash | None:
    target = row.row.target
    if target.comparator is None or not target.comparator.is_floor or not target.number or target.number == 100:
        return None
    said = next((word for word in row.parameter(LEVEL_WORDS) if word in row.words), None)
    if said is None:
        return None
    value = worded(target.comparator, target.number, target.unit)
    told = LEVEL_AND_MORE(name=row.row.label, words=said, value=value, number=target.number)
    return _Clash(said, "description" if said in row.description else "name", told)


def _not_faultless(row: RowView) -> _Clash | None:
    target = row.row.target
    if not target.is_percent or not target.number or target.number >= 100:
        return None
    said = next((word for word in row.parameter(FAULTLESS_WORDS) if word in row.description), None)
    if said is None or direction(row) is Direction.LOWER:
        return None
    share = plain(Decimal(100) - target.number)
    told = NOT_FAULTLESS(name=row.row.label, words=said, value=target.text or "", share=share)
    return _Clash(said, "description", told)
