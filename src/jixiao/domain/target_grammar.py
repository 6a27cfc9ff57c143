"""The grammar of target values: what people write into the cell 「指标值」, read as a Target.

One door, ``parse_target``. It never guesses: what does not parse stays ``qualitative`` with its words, and what
was repaired or allows two readings comes with a remark.

    cell     = [lead] [sign] number [unit] [suffix]            numeric     ≥10次   10次以上   不低于投资额的10%
             | number unit {[,] number unit}                   numeric     338户889人: the first, with a remark
             | number [unit] "-" number [unit]                 range       3-5家
             | "≥" number [unit] "且" "≤" number [unit]         range       ≥10%且≤20%   80%≤x≤90%
             | [sign] year "年" [month "月" [day "日"]] [tail]   date        2021年12月31日前   2023年底
             | words                                           qualitative 及时
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from jixiao.domain.measure_units import is_unit
from jixiao.domain.target import MISSING, Comparator, Target, TargetType


@dataclass(frozen=True, slots=True)
class Remark:
    """What the grammar was unsure of: a code (``target.glued``), words for the user, how sure the value is (0–1)."""

    code: str
    message: str
    confidence: Decimal


@dataclass(frozen=True, slots=True)
class ParsedTarget:
    """A target and the remarks made while reading it."""

    target: Target
    remarks: tuple[Remark, ...] = ()


# Signs as printed, longest first; the keys after folding full-width forms.
_SIGNS: dict[str, Comparator] = {
    ">=": Comparator.AT_LEAST,
    "=>": Comparator.AT_LEAST,
    "≥": Comparator.AT_LEAST,
    "≧": Comparator.AT_LEAST,
    "⩾": Comparator.AT_LEAST,
    "<=": Comparator.AT_MOST,
    "=<": Comparator.AT_MOST,
    "≤": Comparator.AT_MOST,
    "≦": Comparator.AT_MOST,
    "⩽": Comparator.AT_MOST,
    ">": Comparator.MORE_THAN,
    "》": Comparator.MORE_THAN,
    "〉": Comparator.MORE_THAN,
    "﹥": Comparator.MORE_THAN,
    "<": Comparator.LESS_THAN,
    "《": Comparator.LESS_THAN,
    "〈": Comparator.LESS_THAN,
    "﹤": Comparator.LESS_THAN,
    "=": Comparator.EXACTLY,
    "═": Comparator.EXACTLY,
    "﹦": Comparator.EXACTLY,
}

# Words before the number that set the comparison.
_WORD_SIGNS: dict[str, Comparator] = {
    "大于等于": Comparator.AT_LEAST,
    "大于或等于": Comparator.AT_LEAST,
    "不少于": Comparator.AT_LEAST,
    "不低于": Comparator.AT_LEAST,
    "不小于": Comparator.AT_LEAST,
    "不得低于": Comparator.AT_LEAST,
    "不得少于": Comparator.AT_LEAST,
    "至少": Comparator.AT_LEAST,
    "最少": Comparator.AT_LEAST,
    "达到": Comparator.AT_LEAST,
    "要达到": Comparator.AT_LEAST,
    "小于等于": Comparator.AT_MOST,
    "小于或等于": Comparator.AT_MOST,
    "不超过": Comparator.AT_MOST,
    "不超出": Comparator.AT_MOST,
    "不得超过": Comparator.AT_MOST,
    "不高于": Comparator.AT_MOST,
    "不多于": Comparator.AT_MOST,
    "不大于": Comparator.AT_MOST,
    "至多": Comparator.AT_MOST,
    "最多": Comparator.AT_MOST,
    "控制在": Comparator.AT_MOST,
    "大于": Comparator.MORE_THAN,
    "多于": Comparator.MORE_THAN,
    "高于": Comparator.MORE_THAN,
    "超过": Comparator.MORE_THAN,
    "小于": Comparator.LESS_THAN,
    "少于": Comparator.LESS_THAN,
    "低于": Comparator.LESS_THAN,
    "等于": Comparator.EXACTLY,
}

# Words after the unit that set the comparison.
_SUFFIX_SIGNS: dict[str, Comparator] = {
    "及以上": Comparator.AT_LEAST,
    "或以上": Comparator.AT_LEAST,
    "以上": Comparator.AT_LEAST,
    "及以下": Comparator.AT_MOST,
    "或以下": Comparator.AT_MOST,
    "以下": Comparator.AT_MOST,
    "以内": Comparator.AT_MOST,
    "之内": Comparator.AT_MOST,
    "内": Comparator.AT_MOST,
}

_FOLD = str.maketrans("０１２３４５６７８９．，＞＜＝％﹪℅～（）：－＋；", "0123456789.,><=%%%~():-+;")
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ANY_SIGN = "|".join(re.escape(s) for s in sorted(_SIGNS, key=len, reverse=True))
_ANY_WORD_SIGN = "|".join(sorted(_WORD_SIGNS, key=len, reverse=True))
_ANY_SUFFIX = "|".join(re.escape(s) for s in sorted(_SUFFIX_SIGNS, key=len, reverse=True))

_SIGN = re.compile(_ANY_SIGN)
_NUMERIC = re.compile(rf"(?P<sign>{_ANY_SIGN})?\s*(?P<number>{_NUMBER})(?P<rest>.*)", re.DOTALL)
_TWO_NUMBERS = re.compile(rf"(?:{_ANY_SIGN})?\s*(?P<first>{_NUMBER})\s+(?P<second>{_NUMBER})(?![\d.%])")
_WORDED = re.compile(
    rf"(?:控制在)?(?P<word>{_ANY_WORD_SIGN})(?P<object>[^\d,。;；，]{{0,8}}?)(?P<number>{_NUMBER})(?P<rest>.*)",
    re.DOTALL,
)
_CHANGE = re.compile(
    rf"(?P<lead>(?:较上年|比上年|同比|每年|全年|年均|平均|累计|共)*(?:增长|提高|提升|增加|新增|降低|下降|减少|完成)?)"
    rf"(?P<about>大约|大概|约|近)?(?P<sign>{_ANY_SIGN})?\s*(?P<number>{_NUMBER})(?P<rest>.*)",
    re.DOTALL,
)
_MORE_THAN_ROUND = re.compile(r"(?P<about>余|多)(?P<unit>.+)", re.DOTALL)
_SEVERAL = re.compile(
    rf"(?P<unit>[^\d,;。、]{{1,16}}?)(?:[,;。、]|和|及|与)?(?P<sign>{_ANY_SIGN})?(?P<number>{_NUMBER})(?P<rest>.*)",
    re.DOTALL,
)
_NOT_ONE_NUMBER = re.compile(r"[-—–~至到:/^×*.]\d")
_RANGE = re.compile(
    rf"(?P<low>{_NUMBER})(?P<unit1>[^\d\-—~～至到]{{0,8}}?)(?:-|—|–|~|～|至|到)(?P<high>{_NUMBER})(?P<unit2>.*)"
)
_BOUNDS = (
    re.compile(
        rf"(?:≥|>=|≧)(?P<low>{_NUMBER})(?P<unit1>[^\d,;、<≤≦]{{0,8}}?)(?:[,;、]|且|并)(?:≤|<=|≦)(?P<high>{_NUMBER})(?P<unit2>.*)"
    ),
    re.compile(
        rf"(?P<low>{_NUMBER})(?P<unit1>[^\d<≤≦]{{0,8}}?)(?:≤|<=|≦)[^\d<≤≦]{{1,8}}(?:≤|<=|≦)(?P<high>{_NUMBER})(?P<unit2>.*)"
    ),
)
_SUFFIX = re.compile(
    rf"(?P<unit>.*?)(?P<suffix>{_ANY_SUFFIX})?(?P<tail>完成|覆盖|达标)?(?P<about>左右|上下)?[。;；,，]?$", re.DOTALL
)
_DATE = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:年度?|[-./](?=\d))"
    r"(?:(?:(?P<from>\d{1,2})月?[-—~至到](?:(?P<last_year>\d{4})年)?)?(?P<month>\d{1,2})(?:月份?|[-./]|$)(?:(?P<day>\d{1,2})(?:日|号|$))?)?"
    r"(?P<tail>.*)"
)
_DIGITS_DATE = re.compile(r"(?P<year>(?:19|20)\d\d)[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})(?P<tail>.*)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH_OR_NUMBER = re.compile(r"(?:19|20)\d\d\.\d{1,2}")
_DATE_TAIL = re.compile(
    r"(?:年?(?:底|末|内)|全年)?(?:之前|以前|前|止|内)?(?:全部|基本|按期|及时)?"
    r"(?:完成|完工|竣工|到位|拨付|发放|支付|验收)?(?:之前|以前|前)?[。;；]?"
)
_MONTH = re.compile(r"月(?:份|底|末|初|前|中|上旬|下旬|\d{1,2}[日号]|[-—–~至到])")
_DASHES = re.compile(r"[-—–_/\\\s]+")
_SPACES = re.compile(r"\s+")
_INCLUDED = re.compile(r"\(含(?:本数|[\d.]+%?)?\)")
_EXCLUDED = re.compile(r"\(不含(?:本数|[\d.]+%?)?\)")
_STRICT = {Comparator.AT_LEAST: Comparator.MORE_THAN, Comparator.AT_MOST: Comparator.LESS_THAN}
_LENIENT = {strict: lenient for lenient, strict in _STRICT.items()}

_STILL_A_VALUE = ("target.two_signs", "target.approximate", "target.several")
_MONTHS = 12

_SURE = Decimal("0.9")
_DOUBTFUL = Decimal("0.6")
_TOSS_UP = Decimal("0.5")


def parse_target(text: str | None) -> ParsedTarget:
    """Read one cell. ``text`` is kept as printed; everything else of the Target follows from it."""
    if text is None or not text.strip():
        return ParsedTarget(MISSING)
    words = text.strip()
    folded = words.translate(_FOLD)
    if _DASHES.fullmatch(folded):
        return ParsedTarget(MISSING, (Remark("target.dash", f"指标值只有“{words}”，按未填处理。", _SURE),))
    spaceless = _SPACES.sub("", folded)
    compact = _INCLUDED.sub("", spaceless)
    if compact != (strict := _EXCLUDED.sub("", compact)):
        return _without_the_end(words, strict)
    parsed = _date(compact) or _range(compact) or _numeric(folded, compact) or _worded(compact)
    if parsed is None:
        return ParsedTarget(Target(words, TargetType.QUALITATIVE))
    target = parsed.target
    sign = target.comparator
    if compact != spaceless and sign in _LENIENT:  # 大于90%（含）
        sign = _LENIENT[sign]
    return ParsedTarget(Target(words, target.type, sign, target.value, target.upper, target.unit), parsed.remarks)


def _without_the_end(words: str, strict: str) -> ParsedTarget:
    """A value that leaves its end out: 5家以下（不含）. Of ranges no such thing can be said, so they stay words."""
    parsed = _numeric(strict, strict) or _worded(strict)
    if parsed is None or parsed.target.comparator not in _STRICT:
        return ParsedTarget(Target(words, TargetType.QUALITATIVE))
    return replace(parsed, target=replace(parsed.target, text=words, comparator=_STRICT[parsed.target.comparator]))


def parse_targets(texts: Iterable[str | None]) -> list[ParsedTarget]:
    """``parse_target`` over many cells."""
    return [parse_target(t) for t in texts]


def _date(s: str) -> ParsedTarget | None:
    sign = _SIGN.match(s)
    words = s[sign.end() :] if sign else s
    either = _MONTH_OR_NUMBER.fullmatch(words)
    if sign and either:
        return None
    m = _DIGITS_DATE.fullmatch(words) or _DATE.fullmatch(words)
    if m is None or not _DATE_TAIL.fullmatch(m["tail"]):
        return None
    parts = m.groupdict()
    year, month, day = int(parts.get("last_year") or m["year"]), int(m["month"] or 12), m["day"]
    if not 1 <= month <= 12 or year < int(m["year"]):
        return None
    if year == int(m["year"]) and int(parts.get("from") or 0) > month:
        return None
    last = calendar.monthrange(year, month)[1]
    when = int(day) if day else last
    if not 1 <= when <= last:
        return None
    target = Target(None, TargetType.DATE, Comparator.AT_MOST, date(year, month, when))
    if not either:
        return ParsedTarget(target)
    message = f"指标值“{s}”可读作 {year} 年 {month} 月，也可读作数 {s}；暂按年月处理，请核对原表。"
    return ParsedTarget(target, (Remark("target.ambiguous", message, _TOSS_UP),))


def _range(s: str) -> ParsedTarget | None:
    m = next((found for p in (_RANGE, *_BOUNDS) if (found := p.fullmatch(s))), None)
    if m is None:
        return None
    end = _SUFFIX.fullmatch(m["unit2"])
    unit = end["unit"] if end else m["unit2"]
    if (m["unit1"] and m["unit1"] != unit) or (unit and not is_unit(unit)):
        return None
    low, high = _decimal(m["low"]), _decimal(m["high"])
    if low > high and unit == "%":  # 90%-85% is neither of the two
        return ParsedTarget(Target(None, TargetType.QUALITATIVE))
    if low > high or (unit == "月" and high <= _MONTHS):  # 1-12月 are months of a year nobody named
        return None
    return ParsedTarget(Target(None, TargetType.RANGE, None, low, high, _unit(unit)))


def _numeric(folded: str, compact: str) -> ParsedTarget | None:
    m = _NUMERIC.fullmatch(compact)
    if m is None or _is_no_quantity(m):
        return None
    if two := _TWO_NUMBERS.match(folded):
        return _two_readings(folded, two)
    comparator = _SIGNS[m["sign"]] if m["sign"] else None
    return _with_rest(comparator, _decimal(m["number"]), m["rest"])


def _is_no_quantity(m: re.Match[str]) -> bool:
    """A date in words (2026年底全部建成), a month of a year nobody named (12月底前), part of something (3:1, 5-3家)."""
    rest = m["rest"]
    if _MONTH.match(rest) or _NOT_ONE_NUMBER.match(rest) or (rest.startswith("年") and _YEAR.fullmatch(m["number"])):
        return True
    return not m["sign"] and rest == "月" and _decimal(m["number"]) <= _MONTHS


def _two_readings(folded: str, m: re.Match[str]) -> ParsedTarget:
    sign = _SIGN.match(folded)
    comparator = _SIGNS[sign.group()] if sign else Comparator.EXACTLY
    first, second = m["first"], m["second"]
    remark = Remark(
        "target.ambiguous",
        f"指标值“{folded}”里有两个数，可读作 {first}，也可读作 {second}；暂按 {first} 处理，请核对原表。",
        _TOSS_UP,
    )
    remarks = [remark]
    if rest := folded[m.end() :].strip():
        remarks.append(_glued(rest))
    return ParsedTarget(Target(None, TargetType.NUMERIC, comparator, _decimal(first)), tuple(remarks))


def _with_rest(comparator: Comparator | None, number: Decimal, rest: str, about: str | None = None) -> ParsedTarget:
    """A number and what stands behind it: a unit, a word of comparison, or words that do not belong there."""
    m = _SUFFIX.fullmatch(rest)
    unit, suffix = (m["unit"], m["suffix"]) if m else (rest, None)
    about = about or (m["about"] if m else None)
    if (round_number := _MORE_THAN_ROUND.fullmatch(unit)) and is_unit(round_number["unit"]):  # 10余次
        about, unit = round_number["about"], round_number["unit"]
        comparator = comparator or Comparator.AT_LEAST
    if not unit or is_unit(_bare_unit(unit)):
        return _plain(comparator, number, _bare_unit(unit), suffix, about)
    if several := _several(comparator, number, rest):
        return several
    sign = comparator or Comparator.EXACTLY
    if rest.startswith("%"):
        return ParsedTarget(Target(None, TargetType.NUMERIC, sign, number, None, "%"), (_glued(rest[1:], "%"),))
    remarks: tuple[Remark, ...] = (_glued(rest),)
    if again := _SIGN.match(rest):
        second = _NUMERIC.match(rest)
        if second:
            message = (
                f"指标值里有两个比较符号和两个数：{sign.sign}{number} 和 {_SIGNS[again.group()].sign}{second['number']}；"
                f"暂按前一个处理，请核对。"
            )
            remarks = (Remark("target.ambiguous", message, _TOSS_UP), *remarks)
    return ParsedTarget(Target(None, TargetType.NUMERIC, sign, number), remarks)


def _plain(
    comparator: Comparator | None, number: Decimal, unit: str, suffix: str | None, about: str | None
) -> ParsedTarget:
    """A number with its unit; told where two signs stand or the number is only about right."""
    remarks: list[Remark] = []
    by_suffix = _SUFFIX_SIGNS[suffix] if suffix else None
    if comparator and by_suffix and comparator is not by_suffix:
        message = f"指标值同时写了“{comparator.sign}”和“{suffix}”，暂按“{comparator.sign}”处理。"
        remarks.append(Remark("target.two_signs", message, _DOUBTFUL))
    sign = comparator or by_suffix or Comparator.EXACTLY
    if about:
        message = f"“{about}”是约数，不便考核，暂按 {sign.sign}{number} 处理。"
        remarks.append(Remark("target.approximate", message, _DOUBTFUL))
    return ParsedTarget(Target(None, TargetType.NUMERIC, sign, number, None, _unit(unit)), tuple(remarks))


def _several(sign: Comparator | None, number: Decimal, rest: str) -> ParsedTarget | None:
    """Several quantities in one cell, each with its unit: 338户889人. The first is the value."""
    m = _SEVERAL.fullmatch(rest)
    own = _SUFFIX.fullmatch(m["unit"]) if m else None
    if m is None or own is None or not is_unit(own["unit"]):
        return None
    following = _SEVERAL.fullmatch(m["rest"])
    last = _SUFFIX.fullmatch(m["rest"] if following is None else following["unit"])
    if last is None or not is_unit(last["unit"]):
        return None
    first = _plain(sign, number, own["unit"], own["suffix"], own["about"])
    others = rest[m.end("unit") :].strip(",;。、")
    if last["unit"] == own["unit"]:
        message = f"指标值里有两个“{own['unit']}”数：{number} 和 {m['number']}；暂按前一个处理，请核对。"
        remark = Remark("target.ambiguous", message, _TOSS_UP)
    else:
        message = f"一格里写了几个数量，暂按第一个“{number}{own['unit']}”处理，其余（{others}）请另列指标。"
        remark = Remark("target.several", message, _DOUBTFUL)
    return replace(first, remarks=(*first.remarks, remark))


def _glued(rest: str, unit: str | None = None) -> Remark:
    read_as = f"计量单位按“{unit}”处理" if unit else "计量单位按未填处理"
    return Remark("target.glued", f"数值后面粘连了文字“{rest.strip()}”，{read_as}。", _SURE)


def _worded(s: str) -> ParsedTarget | None:
    """Comparison in words (不低于投资额的10%) or a change (增长4%以上)."""
    if m := _WORDED.fullmatch(s):
        parsed = _with_rest(_WORD_SIGNS[m["word"]], _decimal(m["number"]), m["rest"])
    elif (m := _CHANGE.fullmatch(s)) and not _is_no_quantity(m):
        comparator = _SIGNS[m["sign"]] if m["sign"] else None
        parsed = _with_rest(comparator, _decimal(m["number"]), m["rest"], m["about"])
    else:
        return None
    # A sentence that merely holds a number is words, not a value.
    return parsed if all(r.code in _STILL_A_VALUE for r in parsed.remarks) else None


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _bare_unit(word: str) -> str:
    """``word`` without brackets around the whole: (次) → 次."""
    inner = word[1:-1]
    return inner if word.startswith("(") and word.endswith(")") and is_unit(inner) else word


def _unit(word: str) -> str | None:
    if word in ("百分比", "%(百分比)", "％"):
        return "%"
    return word or None
