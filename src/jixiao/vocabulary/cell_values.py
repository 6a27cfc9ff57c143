"""What the words of one cell or line say, whatever form they stand in: amounts, units of amounts, organisations."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from jixiao.domain.money import CurrencyUnit
from jixiao.domain.organisation import NOBODY, Organisation
from jixiao.domain.quantities import number_alone

_UNITS = {
    **{str(unit): unit for unit in CurrencyUnit},
    "万": CurrencyUnit.TEN_THOUSAND_YUAN,
    "亿": CurrencyUnit.HUNDRED_MILLION_YUAN,
}
_REMARKED = re.compile(r"(?P<amount>[^（()）]{1,40}?)(?P<remark>(?:[（(]|[,，;；](?=\D)).{1,200})", re.DOTALL)
_PER = re.compile(r"(?P<amount>.{1,40}元)(?P<remark>(?:[/／]|每)年度?)")
_ABOUT = re.compile(r"^(?:大?约|近|暂估|估算|预计|暂定)|左右$|上下$")
_STOP_IN_NUMBER = re.compile(r"(?<=\d)[。．·](?=\d{1,4}(?!\d))")
_TEN_THOUSAND = re.compile(r"(?<=\d)[wW](?=元?$)")
_AROUND = re.compile(
    r"^(?:(?:共计?|合计|总计|小计|金额|人民币|[（(]?[大小]写[)）]?)[:：]?)+|人民币$|(?<=[\d元万亿整正])[。.；;，,、]$"
)
"""words around an amount that say nothing else of it"""
_UNIT_FIRST = re.compile(r"(?P<unit>亿元|万元|元)[:：]?(?P<amount>[\d.,]+)")
_UNIT = re.compile(r"单位[:：]?\s{0,9}[（(]?\s{0,9}(?:人民币)?\s{0,9}[:：]?(亿元|万元|元)")
_UNIT_IN_LABEL = re.compile(r"[（(【\[]\s*(?:单位[:：]\s*)?(?:人民币)?[\s:：]*(亿元|万元|元)\s*[)）】\]]")
_UNIT_BEHIND = re.compile(r"[\u4e00-\u9fff)）][,，/／、\s](?:人民币)?(亿元|万元|元)$")
_MONEY = ("资金", "经费", "预算", "情况")
_CODED = re.compile(r"[\[【（(]?(?P<code>\d{3,12})[\]】）)]?[-—:：]?(?P<name>\D.*)")
_CODED_AFTER = re.compile(r"(?P<name>.+?)(?:[（(\[【](?P<code>\d{3,12})[)）\]】])?")
_CODE = r"(?P<code>\d[0-9A-Z]{5,27})"
_CODE_FIRST = re.compile(
    rf"(?:[\[【（(〔]\s*{_CODE}\s*[\]】）)〕]\s*[-—–_:：]?|{_CODE.replace('code', 'bare')}(?P<parted>\s*[-—–_:：/、]|\s)?)\s*(?P<name>[^\dA-Z\s].*)",
    re.DOTALL,
)
_CODE_LAST = re.compile(rf"(?P<name>.*?[^\d\s])\s*(?:[\[【（(〔]\s*|[-—–_:：/]\s*|\s){_CODE}\s*[\]】）)〕]?", re.DOTALL)
_DATE = re.compile(r"20\d\d(?:0[1-9]|1[0-2])(?:[0-3]\d)?")
_FEWEST_DIGITS = 6
_LONG_CODE = 12
"""Characters from which a code needs nothing between itself and the name"""
_CHINESE = re.compile(r"[一-鿿]{2}")
_CODED_ORGANISATION = re.compile(r"\d{3,9}[-—]?[\u4e00-\u9fff（）()·\d]{3,40}")
_DASHES = re.compile(r"[-—–―─━‐‑‒−－_/／\\＼\s无]+|暂无|没有|空白?|不涉及|不适用|[nN][/／]?[aA]")


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed amount: the number, and the unit that stands with it (None where the form states it elsewhere)."""

    value: Decimal
    unit: CurrencyUnit | None = None
    doubt: str | None = None
    """what a reader passed over to read it, as words of a sentence"""


def amount_of(text: str) -> Amount | None:
    """The amount a cell holds, None where it holds anything else: ``1,168.25`` → 1168.25."""
    found = number_alone(text) or number_alone(_plain(text))
    if found is None or (found.unit not in (None, "%") and found.unit not in _UNITS):
        return None
    doubt = f"“{text}”中间有空格，按 {found.value} 读入" if found.spaced else None
    return Amount(found.value, _UNITS.get(found.unit or ""), doubt)


def _plain(text: str) -> str:
    """An amount without words around it that say nothing of it; its unit behind it."""
    words = _AROUND.sub("", "".join(text.split()))
    m = _UNIT_FIRST.fullmatch(words)
    return m["amount"] + m["unit"] if m else words


def amount_with_doubt(text: str) -> Amount | None:
    """An amount written in a way that leaves a doubt, and the doubt: 约189.8, 189。8, 189.8(其中:结转9.8); None for anything else."""
    words = text.strip()
    for pattern in (_REMARKED, _PER):
        m = pattern.fullmatch(words)
        if m is not None and (found := amount_of(m["amount"]) or amount_with_doubt(m["amount"])) is not None:
            return replace(found, doubt="；".join(filter(None, (found.doubt, f"金额后面的“{m['remark']}”未读入"))))
    about = _ABOUT.sub("", words)
    plain = _TEN_THOUSAND.sub("万", _STOP_IN_NUMBER.sub(".", about))
    if plain == words or (found := amount_of(plain)) is None:
        return None
    doubt = f"“{words}”是约数" if plain == about else f"“{words}”写法不规范"
    return replace(found, doubt=f"{doubt}，按 {found.value}{found.unit or ''} 读入")


def unit_of(text: str) -> CurrencyUnit | None:
    """The unit a cell declares: ``单位：万元``, ``项目资金（万元）``."""
    m = _UNIT.search(text) or _UNIT_IN_LABEL.search(text) or _UNIT_BEHIND.search(text)
    return CurrencyUnit(m[1]) if m else None


def is_unit_line(text: str) -> bool:
    """Whether a cell says nothing but the unit of amounts: ``单位：万元``, ``金额单位:元``."""
    if "单位" not in text or len(text) >= 20 or (m := _UNIT.search(text)) is None:
        return False
    return not any(word in text[: m.start()] for word in _MONEY)  # 项目资金（单位：万元） is a label


def is_amount(text: str) -> bool:
    """Whether a cell holds a number of a money block or the dash that stands for none."""
    return amount_of(one_line(text).removesuffix("分")) is not None or blank_if_dashes(text) is None


def code_and_name(text: str) -> tuple[str | None, str | None]:
    """The code and the name of a project that stand in one cell, in either order: ``46000021T000000002749-学生事务补助``.

    The code is None where there is none; a year or a month before a name is no code.
    """
    text = text.strip()
    if not any(c.isdigit() for c in text[:8]) and not text.rstrip("]】）)〕 ")[-1:].isalnum():
        return None, text or None
    m = _CODE_FIRST.fullmatch(text)
    if m is not None and (code := m["code"] or m["bare"]):
        found = m["code"] or m["parted"] or len(code) >= _LONG_CODE  # 20250630前完成的工程
    else:
        m = _CODE_LAST.fullmatch(text)
        code, found = (m["code"], True) if m is not None else ("", False)
    if (
        not found
        or m is None
        or _DATE.fullmatch(code)
        or sum(c.isdigit() for c in code) < _FEWEST_DIGITS
        or not _CHINESE.search(m["name"])
    ):
        return None, text or None
    return code, m["name"].strip(" \t-—–_:：")


def organisation_of(text: str) -> Organisation:
    """A code and a name written together: ``366001某局本级``."""
    compact = "".join(text.split())
    m = _CODED.fullmatch(compact) or _CODED_AFTER.fullmatch(compact)
    if m is None:
        return NOBODY
    return Organisation(m["code"], m["name"])


def is_coded_organisation(text: str) -> bool:
    """Whether a cell is a budget unit with its code: ``366001某县商务局本级``."""
    return _CODED_ORGANISATION.fullmatch("".join(text.split())) is not None


def blank_if_dashes(text: str) -> str | None:
    """None for a cell that says 'nothing' with dashes."""
    return None if _DASHES.fullmatch(text) else text


def one_line(text: str) -> str:
    """The lines of a cell as one: what wrapping broke is put together."""
    return "".join(line.strip() for line in text.splitlines()) if "\n" in text else text.strip()
