"""Rules on the money of running text against the sheets: what the use lists, what part one gives a project."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.measure_units import in_base_unit
from jixiao.parameters.keys import MENTION_WORDS, NUMBER_NOUN_LENGTH, OPEN_LIST_WORDS, PRICED_WORDS, TIMES_A_YEAR
from jixiao.parameters.shapes import PricedWords
from jixiao.readings.amounts import in_yuan, shown
from jixiao.readings.mentions import Mention, SumRole, words_of
from jixiao.readings.promises import PARAMETERS, TextMention, is_this_year, text_mentions, text_mentions_by_sheet
from jixiao.readings.text import fold, quantities
from jixiao.readings.view import PlanView, SheetView
from jixiao.readings.written import Part
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

_ZERO = Decimal(0)
_YUAN = "元"


# --- what the use lists -----------------------------------------------------------------------------------

DOES_NOT_ADD_UP = Message(
    "does-not-add-up",
    "资金用途列出的各项（{items:text}）相加是 {sum:number}，预算数是 {budget:number}，相差 {difference:number}。",
)


@dataclass(frozen=True, slots=True)
class ListedSum:
    """A sum of money that the use of a sheet names, in yuan, with the words it is reckoned from."""

    yuan: Decimal
    words: str


def items_of(purpose: Sequence[Mention], words: PricedWords, times_a_year: Mapping[str, int]) -> list[ListedSum] | None:
    """The sums a use lists: money as written, or number by price (1500人每人每年1000元); None where one is not told."""
    items: list[ListedSum] = []
    product: Decimal | None = None
    for n, mention in enumerate(purpose):
        if mention.unit != _YUAN or mention.value == product:
            continue  # 12个，每个5万元，计60万元: the last is what the two come to
        product = None
        if not mention.is_for_each:
            items.append(ListedSum(mention.value, mention.printed))
            continue
        whom, times = _whom(purpose[:n], mention), _times(mention.clause, words, times_a_year)
        if whom is None or times is None:
            return None
        product = whom.value * mention.value * times
        printed = f"{whom.printed}×{mention.printed}" + (f"×{times}" if times > 1 else "")
        items.append(ListedSum(product, printed))
    return items


def _whom(before: Sequence[Mention], price: Mention) -> Mention | None:
    """The number that a price is for: the one just before it (315人每人每月460元; 315人，每人每月460元), else the only one of
    the sentence that names the same."""
    if not before:
        return None
    last = before[-1]
    near = last.sentence == price.sentence and (last.clause == price.clause or price.clause.startswith("每"))
    if near and last.unit != _YUAN:
        return last
    counted = [m for m in before if m.sentence == price.sentence and m.unit != _YUAN and m.role is not SumRole.TOTAL]
    shared = [m for m in counted if (m.things & price.things) - _in_all(counted)]
    return shared[0] if len(shared) == 1 else None


def _in_all(mentions: Sequence[Mention]) -> frozenset[str]:
    """The words that tell none of several from the others."""
    things = [m.things for m in mentions]
    return frozenset.intersection(*things) if len(things) > 1 else frozenset()


def _times(clause: str, words: PricedWords, times_a_year: Mapping[str, int]) -> int | None:
    """How often a year each is paid what a clause says: 每人每月 → 12; None where it does not say by the year."""
    times, often = 1, sorted(times_a_year, key=len, reverse=True)
    for every in clause.replace("每个", "每").split("每")[1:]:
        if every.startswith(words.otherwise):
            return None
        times *= next((times_a_year[period] for period in often if every.startswith(period)), 1)
    return times


@rule(
    "N83",
    title="用途明细与预算数对不上",
    problem="arithmetic",
    severity=Severity.ERROR,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/matched", "good-practice/consistency"),
    remedy="核对各项支出和预算数，使相加相等；没有列全的，写明还有什么支出。",
    since=date(2015, 5, 21),
    parameters=(*PARAMETERS, PRICED_WORDS, TIMES_A_YEAR, OPEN_LIST_WORDS),
    says=(DOES_NOT_ADD_UP,),
    yields_to=("N86",),
)
def use_adds_up(sheet: SheetView) -> Iterator[Observation]:
    """资金用途列出几项支出的金额（或者人数乘标准），相加不等于预算数。

    相加超过预算数的都报；不足的，没有“等”“其他”这样的字才报，只列了两项的作警告，写了“其中”的只作建议；还写着没有金额的事的，不报。
    只写单价、没有数量的，不报。
    """
    total = in_yuan(sheet)
    mentions = [
        f.mention
        for f in sheet.plan.derived(text_mentions_by_sheet).get(sheet.index, ())
        if f.pointer == sheet.at("purpose")
    ]
    if total is None or any(m.year is not None and m.role is not SumRole.PART for m in mentions if m.unit == _YUAN):
        return
    items = items_of(mentions, sheet.parameter(PRICED_WORDS), sheet.parameter(TIMES_A_YEAR))
    if items and items[0].yuan in (total, sum((i.yuan for i in items[1:]), _ZERO)):
        items = items[1:]  # the whole first, then its parts
    if not items or len(items) == 1:
        return
    amount = sum((i.yuan for i in items), _ZERO)
    purpose = sheet.sheet.purpose or ""
    few = len(items) == _FEW and amount < total
    if amount == total or (amount < total and any(word in purpose for word in sheet.parameter(OPEN_LIST_WORDS))):
        return
    if few and (amount * _FEW < total or _says_more(purpose)):
        return
    among = few and any(m.role is SumRole.PART for m in mentions)
    yield Observation(
        at=sheet.at("purpose"),
        evidence=purpose,
        says=DOES_NOT_ADD_UP(
            items="＋".join(i.words for i in items),
            sum=shown(amount, sheet),
            budget=shown(total, sheet),
            difference=shown(abs(amount - total), sheet),
        ),
        related=(sheet.at("budget", "total"),),
        severity=Severity.ADVICE if among else Severity.WARNING if few else None,
    )


_FEW = 2
_SEGMENTS = re.compile(r"[，,、；;。：:\n]")
_LONGEST_ASIDE = 2
"""characters that stand between amounts and name no other thing"""


def _says_more(purpose: str) -> bool:
    """Whether a use goes on to things without an amount, once it has begun to list amounts."""
    begun = False
    for part in _SEGMENTS.split(fold(purpose)):
        found = quantities(part)
        begun = begun or any(q.unit and in_base_unit(q.unit)[1] == _YUAN for q in found)
        if begun and len(part) - (found[-1].end if found else 0) > _LONGEST_ASIDE:
            return True
    return False


# --- what part one gives a project ------------------------------------------------------------------------

OTHER_MONEY = Message(
    "other-money",
    "正文写“{clause:words}”，项目“{project:words}”的预算数却是 {budget:number}，相差 {difference:number}。",
)


@rule(
    "N84",
    title="正文金额与项目预算不一致",
    problem="number-conflict",
    severity=Severity.ERROR,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.PLAN,
    cites=("mof-2015-88/matched", "good-practice/consistency"),
    remedy="核对是正文的数写错了，还是目标表的预算数写错了，改成一致。",
    since=date(2015, 5, 21),
    parameters=(*PARAMETERS, NUMBER_NOUN_LENGTH),
    needs=(Need.GOAL_SHEETS,),
    says=(OTHER_MONEY,),
)
def project_money_in_prose(view: PlanView) -> Iterator[Observation]:
    """总体目标、分项目标、保障措施里写的某个项目的资金，与这个项目目标表的预算数不同。

    项目名称的用词都出现才比。几个项目名称都对得上的，不比。
    """
    least = view.parameter(NUMBER_NOUN_LENGTH).near
    words = view.parameter(MENTION_WORDS)
    empty = {*words.empty, *words.spending, *words.weak}
    names = [frozenset(words_of(s.sheet.project.name or "")) - empty for s in view.sheets]
    for found in view.derived(text_mentions):
        m = found.mention
        if m.unit != _YUAN or found.part is Part.SHEET or not is_this_year(found, view) or m.scope - m.things:
            continue
        if not any(word in m.clause for word in words.spending):
            continue
        things = m.things - empty
        same = [
            s for s, name in zip(view.sheets, names, strict=True) if name == things and sum(map(len, name)) >= least
        ]
        total = in_yuan(same[0]) if len(same) == 1 else None
        if total is not None and m.value != total:
            yield _other_money(found, same[0], total)


def _other_money(found: TextMention, sheet: SheetView, total: Decimal) -> Observation:
    return Observation(
        at=found.pointer,
        evidence=found.mention.clause,
        says=OTHER_MONEY(
            clause=found.mention.clause,
            project=sheet.sheet.label,
            budget=shown(total, sheet),
            difference=shown(abs(found.mention.value - total), sheet),
        ),
        related=(sheet.at("budget", "total"),),
    )
