"""Rules on whether target values can be: all alike, against the description, over 100 %, off year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.money import plain
from jixiao.domain.target import Comparator, TargetType
from jixiao.parameters.keys import (
    CARRYOVER_WORDS,
    MEASURE_SCOPE_WORDS,
    MISREAD_SIGN,
    NOT_RATIO_WORDS,
    OVER_HUNDRED_WORDS,
    PAID_IN_FULL_WORDS,
    SAME_UNITS,
    SAME_VALUE_SHARE,
)
from jixiao.readings.text import Quantity, fold, normalise, quantities
from jixiao.readings.values import (
    cell,
    is_qualifier,
    is_ratio,
    is_satisfaction,
    patch,
    same_unit,
    worded,
)
from jixiao.readings.view import RowView, SheetView
from jixiao.review.rule import Need, Observation, Scope, rule
from jixiao.rules.targets.dates import impossible

_HUNDRED = Decimal(100)
_END = re.compile(r"\s*[。；;，,]?\s*$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DEADLINE = re.compile(
    r"(?P<year>20\d\d)年度?(?:\d{1,2}月(?:份|\d{1,2}[日号])?)?(?:底|末|之?前|以前|内|止|完成|完工|竣工|验收)"
)
_COMPARED = re.compile(r"[较比]上?$|[较比]$|基数|同期|以来|[自从]$")


@rule(
    "V12",
    title="指标值千篇一律",
    problem="boilerplate",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/reasonable", "mof-2021-101/values"),
    remedy="逐个指标按实际情况定值：数量写数，时效写日期，成本写金额，比率参照上年实际。",
    since=date(2015, 5, 21),
    parameters=(SAME_VALUE_SHARE, PAID_IN_FULL_WORDS),
)
def values_differ(sheet: SheetView) -> Iterator[Observation]:
    """一张表里绝大多数指标值完全相同（如九行全是100%），换到哪个项目都能用，看不出是怎么测算的。

    行数少的表不报；工资、补助、社保等应当足额支付的项目，100%是正常要求，不报。
    """
    limits = sheet.parameter(SAME_VALUE_SHARE)
    values = [normalise(row.row.target.text) for row in sheet.rows if row.row.target.type is not TargetType.MISSING]
    if len(values) < limits.rows:
        return
    value, count = Counter(values).most_common(1)[0]
    if count < limits.rows or count < len(values) * limits.share:
        return
    about = f"{sheet.sheet.project.name or ''}{sheet.sheet.purpose or ''}"
    if any(word in about for word in sheet.parameter(PAID_IN_FULL_WORDS)):
        return
    text = next(row.row.target.text for row in sheet.rows if normalise(row.row.target.text) == value)
    yield Observation(
        at=sheet.at("indicators"),
        evidence="、".join(f"{row.row.label} {text}" for row in sheet.rows if normalise(row.row.target.text) == value),
        message=f"{len(values)} 行指标值有 {count} 行都是“{text}”，不同的指标用同一个值，看不出是按项目实际定的。",
    )


@rule(
    "V15",
    title="描述与指标值的数不一致",
    problem="description-target-conflict",
    severity=Severity.ERROR,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.ROW,
    cites=("mof-2015-88/reasonable", "mof-2015-88/completeness-review"),
    remedy="核对后把名称、描述和指标值改成同一个数。",
    since=date(2015, 5, 21),
    parameters=(SAME_UNITS, MEASURE_SCOPE_WORDS, NOT_RATIO_WORDS),
)
def number_agrees_with_words(row: RowView) -> Iterator[Observation]:
    """同一行里，名称或描述写的要求（“≥95”“达到95%”“拜访数量50家”）和指标值是同一单位、却不是同一个数。

    只看带比较符号的数和句末的数；写明每次、人均、上年、其中等另一口径的，单位不同的，名称或描述里
    另有一处与指标值相同的，都不报。方向相反的另有规则。
    """
    target, apart = row.row.target, cell(row)
    if target.number is None or apart is None or target.type is not TargetType.NUMERIC:
        return
    said = [(where, text, q) for where, text in _texts(row) for q in quantities(text)]
    if any(q.value == target.number for _, _, q in said):
        return
    for where, text, q in said:
        if _is_demand(q, text) and _comparable(row, q, apart.unit) and not _opposed(target.comparator, q):
            words = fold(text)[q.start : q.end].strip()
            clears = "（虽然更严，仍是两个数）" if _stricter(target.comparator, target.number, q) else ""
            yield Observation(
                at=row.at("target"),
                evidence=f"{words} ｜ {target.text}",
                message=f"{_FIELDS[where]}写“{words}”，指标值是“{target.text}”，同一个指标有两个数{clears}，按哪个考核说不清。",
                suggestion=f"核对应是 {plain(q.value)} 还是 {plain(target.number)}，两处改成一致。",
                related=(row.at(where),),
            )
            return


_FIELDS = {"name": "名称", "description": "描述"}


def _texts(row: RowView) -> list[tuple[str, str]]:
    scope = row.parameter(MEASURE_SCOPE_WORDS)
    texts = (("description", row.row.description), ("name", row.row.name))
    return [(where, text) for where, text in texts if text and not any(word in text for word in scope)]


def _is_demand(q: Quantity, text: str) -> bool:
    """A number with a comparison, or with which the text ends, is what is asked for; others may be anything."""
    if is_qualifier(fold(text), q):
        return False
    if q.comparator is not None:
        return True
    return q.unit is not None and bool(_END.match(fold(text), q.end))


def _comparable(row: RowView, q: Quantity, unit: str | None) -> bool:
    if q.unit is None or unit is None:
        share = {q.unit, unit} <= {None, "%"}
        return share and (is_ratio(row) or is_satisfaction(row))
    return same_unit(q.unit, unit, row.parameter(SAME_UNITS))


def _opposed(sign: Comparator | None, q: Quantity) -> bool:
    if sign is None or q.comparator is None:
        return False
    return (sign.is_ceiling and q.comparator.is_floor) or (sign.is_floor and q.comparator.is_ceiling)


def _stricter(sign: Comparator | None, number: Decimal, q: Quantity) -> bool:
    if sign is None or q.comparator is None:
        return False
    return (sign.is_floor and number > q.value) or (sign.is_ceiling and number < q.value)


@rule(
    "V17",
    title="百分数超过100",
    problem="target-implausible",
    severity=Severity.ERROR,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.ROW,
    cites=("mof-2015-88/reasonable", "mof-2021-101/values"),
    remedy="比率、满意度最高是100%，请核对数值。",
    since=date(2015, 5, 21),
    parameters=(OVER_HUNDRED_WORDS, MISREAD_SIGN, NOT_RATIO_WORDS),
)
def share_is_at_most_all(row: RowView) -> Iterator[Observation]:
    """满意度、合格率、覆盖率等最高只能是100%的比率，指标值超过了100%。

    增长率、增幅、超额完成率、利用率、回报率等可以超过100%的不报；像是“≥”被认成数字的（290%），另有规则。
    """
    if not _over_all(row) or misread(row) is not None:
        return
    text = row.row.target.text
    yield Observation(
        at=row.at("target"),
        evidence=f"{row.row.label}：{text}",
        message=f"“{row.row.label}”最高是100%，写成“{text}”不可能做到。",
    )


def _over_all(row: RowView) -> bool:
    target = row.row.target
    if not target.is_percent or max(target.number or 0, target.upper or 0) <= _HUNDRED:
        return False
    if not (is_ratio(row) or is_satisfaction(row)):
        return False
    return not any(word in row.words for word in row.parameter(OVER_HUNDRED_WORDS))


def misread(row: RowView) -> str | None:
    """The value that was probably meant where a sign was read as a digit: 290% → ≥90%."""
    target, sign = row.row.target, row.parameter(MISREAD_SIGN)
    if target.number is None or target.comparator is not Comparator.EXACTLY or not target.is_percent:
        return None
    digits = str(plain(target.number))
    if not digits.startswith(sign.digit) or not digits[1:].isdigit():
        return None
    meant = Decimal(digits[1:])
    return worded(Comparator.AT_LEAST, meant, "%") if sign.lowest <= meant <= sign.highest else None


@rule(
    "V23",
    title="疑似把符号认成了数字",
    problem="recognition-damage",
    severity=Severity.WARNING,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.ROW,
    cites=("mof-2015-88/completeness-review",),
    remedy="对照原件核对这个数，改正后再审。",
    since=date(2015, 5, 21),
    parameters=(MISREAD_SIGN, OVER_HUNDRED_WORDS, NOT_RATIO_WORDS),
)
def sign_is_no_digit(row: RowView) -> Iterator[Observation]:
    """最高只能是100%的比率写成了“290%”“2100%”，去掉开头的2正好是一个合理的比率，多半是“≥”在扫描、转换时认成了2。"""
    if not _over_all(row):
        return
    meant = misread(row)
    if meant is None:
        return
    text = row.row.target.text
    yield Observation(
        at=row.at("target"),
        evidence=f"{row.row.label}：{text}",
        message=f"“{row.row.label}”写成“{text}”，超过了100%；开头的数字多半是“≥”在扫描或转换时认错的。",
        suggestion=f"对照原件，如是“{meant}”，改正过来。",
        fix=patch(row, meant),
        confidence=Decimal("0.8"),
    )


@rule(
    "V20",
    title="期限不在预算年度",
    problem="date-outside-year",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.ROW,
    cites=("mof-2015-88/reasonable", "mof-2015-88/matched"),
    remedy="把期限改到预算年度以内；跨年实施的，写明本年度做到哪一步。",
    since=date(2015, 5, 21),
    parameters=(CARRYOVER_WORDS,),
    needs=(Need.FISCAL_YEAR,),
)
def deadline_is_in_the_year(row: RowView) -> Iterator[Observation]:
    """指标值是日期、或者指标值和时效指标的名称、描述里写着某年某月底前完成，而这个年份不是预算年度。

    项目名称、资金用途里写着别的年份，或者写明结转、续建、跨年、分期、中期的，属于跨年度项目，不报；
    “较2023年增长”一类的比较不是期限，不报。
    """
    year = row.sheet.plan.plan.fiscal_year
    found = _stated_deadline(row, year.year) if year and impossible(row) is None else None
    if year is None or found is None or _spans_years(row, year.year):
        return
    words, stated, where = found
    late = stated > year.year
    message = f"这是 {year.year} 年的预算，期限却写“{words}”，" + (
        "超出了预算年度，当年无法考核。" if late else "早已过去，多半是沿用了以前的文本。"
    )
    suggestion = f"核对后改到 {year.year} 年之内，如“{words.replace(str(stated), str(year.year))}”。"
    yield Observation(row.at(where), f"{row.row.label}：{words}", message, suggestion)


def _stated_deadline(row: RowView, year: int) -> tuple[str, int, str] | None:
    """(words, year, field) of a deadline outside the year."""
    target = row.row.target
    if target.day is not None:
        return (target.text or "", target.day.year, "target") if target.day.year != year else None
    texts = [("target", target.text)]
    if row.row.kind is IndicatorKind.TIMELINESS:
        texts += [("description", row.row.description), ("name", row.row.name)]
    for where, text in texts:
        for m in _DEADLINE.finditer(fold(text or "")):
            if int(m["year"]) != year and not _COMPARED.search(fold(text or "")[: m.start()]):
                return m.group(), int(m["year"]), where
    return None


def _spans_years(row: RowView, year: int) -> bool:
    sheet = row.sheet.sheet
    about = f"{sheet.project.name or ''}{sheet.purpose or ''}"
    if any(word in about for word in row.parameter(CARRYOVER_WORDS)):
        return True
    return any(int(found) != year for found in _YEAR.findall(about))
