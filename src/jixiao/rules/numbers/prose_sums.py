"""Rules on sums in running text: parts that do not add up to their total, and the money of all sheets together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.money import plain
from jixiao.parameters.keys import PARTS_OF_A_WHOLE
from jixiao.parameters.shapes import PartsOfAWhole
from jixiao.readings.mentions import Mention, SumRole
from jixiao.readings.promises import PARAMETERS, TextMention, is_this_year, reached_mentions, text_mentions
from jixiao.readings.view import PlanView
from jixiao.readings.written import Part
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

_ZERO = Decimal(0)
_PROJECT_BUDGET = "项目预算"
"""The measure of that name in the parameter ``same_measures``"""


@dataclass(frozen=True, slots=True)
class Sum:
    """Parts, their total as printed, and whether the parts are the whole of it."""

    total: TextMention
    parts: tuple[TextMention, ...]
    whole: bool

    @property
    def amount(self) -> Decimal:
        return sum((p.mention.value for p in self.parts), _ZERO)


def _in_total_unit(amount: Decimal, total: Mention) -> str:
    """``amount`` in the unit in which the total is printed."""
    printed = total.printed.lstrip("0123456789.")
    factor = total.value / Decimal(total.printed.removesuffix(printed)) if total.value else Decimal(1)
    return f"{plain(amount / factor)}{printed}"


def _is_whole(parts: Sequence[TextMention], words: PartsOfAWhole) -> bool:
    """Whether parts are known to be all there is: one is of the others, or they are a pair such as 东区, 西区."""
    if any(p.mention.role is SumRole.REST or any(t.startswith(words.others) for t in p.mention.things) for p in parts):
        return True
    said = [p.mention.things | p.mention.scope for p in parts]
    if len(parts) > 2 and all(any(word.endswith(words.kinds) for word in every) for every in said):
        return True  # the types of one classification: 经营管理型、专业生产型、技能服务型
    return any(
        len(parts) == len(pair) and all(sum(word in every for every in said) == 1 for word in pair)
        for pair in words.wholes
    )


def sums_in_sentences(view: PlanView, words: PartsOfAWhole) -> Iterator[Sum]:
    """Sums that one sentence spells out: 甲120户、乙80户，共210户; 6.2亿美元，其中进口3.5亿美元、出口2.7亿美元."""
    sentences: dict[tuple[str, int], list[TextMention]] = defaultdict(list)
    for found in (*view.derived(text_mentions), *view.derived(reached_mentions)):
        sentences[(found.pointer, found.mention.sentence)].append(found)
    for group in sentences.values():
        for n, total in enumerate(group):
            m = total.mention
            if m.role is SumRole.PART:
                continue
            following: list[TextMention] = []
            for part in group[n + 1 :]:
                if part.mention.role not in (SumRole.PART, SumRole.REST) or part.mention.unit != m.unit:
                    break
                following.append(part)
            if len(following) > 1:
                yield Sum(total, tuple(following), _is_whole(following, words))
            before = [
                p for p in group[:n] if p.mention.unit == m.unit and p.mention.role in (SumRole.PLAIN, SumRole.REST)
            ]
            if m.role is SumRole.TOTAL and len(before) > 1 and before == group[:n] and _are_alike(before, m):
                yield Sum(total, tuple(before), whole=True)


def _are_alike(parts: Sequence[TextMention], total: Mention) -> bool:
    """Whether parts can be of one total: none repeats another, and the total names nothing that none of them does."""
    things = [p.mention.things | p.mention.scope for p in parts]
    named = frozenset().union(*things)
    return len(set(things)) == len(things) and (total.inherited or total.things <= named)


def sums_of_measures(view: PlanView, words: PartsOfAWhole) -> Iterator[Sum]:
    """Sums over sentences: parts of a known measure by place or body against what is said of it for the whole."""
    by_measure: dict[tuple[str, str], list[TextMention]] = defaultdict(list)
    for found in view.derived(text_mentions):
        m = found.mention
        if (
            m.measure is not None
            and m.role is not SumRole.PART
            and found.part is not Part.SHEET
            and is_this_year(found, view)
        ):
            by_measure[(m.measure, m.unit)].append(found)
    for group in by_measure.values():
        totals = [f for f in group if not f.mention.scope and f.mention.comparable and not _is_of_a_part(f)]
        if not totals or len({f.mention.value for f in totals}) > 1:
            continue  # two totals: another rule speaks
        texts: dict[str, list[TextMention]] = defaultdict(list)
        for found in group:
            if found not in totals:
                texts[found.pointer].append(found)
        for pointer, parts in texts.items():
            if len(parts) > 1 and _is_whole(parts, words):
                more = _additions(view, pointer, parts, words.additions)
                if more and sum(p.mention.value for p in parts) == totals[0].mention.value:
                    continue
                yield Sum(totals[0], (*parts, *more), whole=True)


def _is_of_a_part(found: TextMention) -> bool:
    """Whether the words of a mention name whose share it is: 三友进出口总额, 其他企业进出口总额."""
    m = found.mention
    return m.role is SumRole.REST or (found.part is not Part.OVERALL and bool(m.things - {m.measure}))


def _additions(view: PlanView, pointer: str, parts: Sequence[TextMention], words: Sequence[str]) -> list[TextMention]:
    """What the same text adds to the parts: 新增4000万美元."""
    last = parts[-1].mention
    return [
        f
        for f in view.derived(text_mentions)
        if f.pointer == pointer
        and f.mention.unit == last.unit
        and f.mention.start > last.start
        and f.mention.role is SumRole.PLAIN
        and f.mention.things
        and f.mention.things <= set(words)
    ]


# --- parts and their total --------------------------------------------------------------------------------

NOT_EQUAL = Message(
    "not-equal",
    "{parts:list}相加是 {sum:number}，与“{total:words}”的 {printed:number} 对不上，相差 {difference:number}。",
)
PART_EXCEEDS = Message("part-exceeds", "“{part:words}”是“{total:words}”的一部分，却比它大。")


@rule(
    "N81",
    title="正文合计对不上",
    problem="arithmetic",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.PLAN,
    cites=("mof-2015-88/reasonable", "good-practice/consistency"),
    remedy="核对各部分的数，使相加等于合计；没有列全的，写明还包括什么。",
    since=date(2015, 5, 21),
    parameters=(*PARAMETERS, PARTS_OF_A_WHOLE),
    says=(NOT_EQUAL, PART_EXCEEDS),
    yields_to=("N86",),
)
def parts_make_the_whole(view: PlanView) -> Iterator[Observation]:
    """正文、实际完成情况里几个部分相加不等于写明的合计：同一句里的“共”“合计”“其中”，或者同一个计量事项按地区、单位分开写的数。

    单位先换成一样的再加。只有能看出几个部分就是全部（有“其他”，或者东区、西区，进口、出口这样成对的）才要求相等；
    看不出的，只在其中一项已经大于合计时报。年份不同的不加在一起。
    """
    words = view.parameter(PARTS_OF_A_WHOLE)
    told: set[tuple[str, str]] = set()
    for found in (*sums_in_sentences(view, words), *sums_of_measures(view, words)):
        total = found.total.mention
        over = [p for p in found.parts if p.mention.value > total.value]
        if (found.amount == total.value or not (found.whole or _exclude(found))) and not over:
            continue
        if found.whole and (total.is_floor and found.amount > total.value):
            continue
        key = (found.total.pointer, total.clause)
        if key not in told:
            told.add(key)
            yield _not_equal(found, over)


def _exclude(found: Sum) -> bool:
    """Whether parts of one kind, no two alike, are together more than their total: 教师60人，其中小学教师40人、初中教师30人."""
    said = [p.mention.things | p.mention.scope for p in found.parts]
    return (
        found.amount > found.total.mention.value and bool(frozenset.intersection(*said)) and len(set(said)) == len(said)
    )


def _not_equal(found: Sum, over: Sequence[TextMention]) -> Observation:
    total = found.total.mention
    if found.whole or not over:
        says = NOT_EQUAL(
            parts=[p.mention.clause for p in found.parts],
            sum=_in_total_unit(found.amount, total),
            total=total.clause,
            printed=total.printed,
            difference=_in_total_unit(abs(found.amount - total.value), total),
        )
    else:
        says = PART_EXCEEDS(part=over[0].mention.clause, total=total.clause)
    return Observation(
        at=found.total.pointer,
        evidence=" ｜ ".join(dict.fromkeys([total.clause, *(p.mention.clause for p in found.parts)])),
        says=says,
        related=tuple(dict.fromkeys(p.pointer for p in found.parts if p.pointer != found.total.pointer)),
    )


# --- the money of all sheets ------------------------------------------------------------------------------

ALL_PROJECTS = Message(
    "all-projects",
    "正文写“{clause:words}”，{sheets:number} 张目标表的预算数相加是 {sum:number}，相差 {difference:number}。",
)


@rule(
    "N82",
    title="正文的项目预算与目标表对不上",
    problem="arithmetic",
    severity=Severity.ERROR,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.PLAN,
    cites=("mof-2015-88/matched", "good-practice/consistency"),
    remedy="核对是正文的数写错了，还是少报、多报了目标表，改成一致。",
    since=date(2015, 5, 21),
    parameters=PARAMETERS,
    needs=(Need.GOAL_SHEETS,),
    says=(ALL_PROJECTS,),
)
def project_money_agrees(view: PlanView) -> Iterator[Observation]:
    """正文写的项目预算总额，与各张目标表的预算数相加不一致。有一张目标表没有写预算数或者没有金额单位的，不报。"""
    amounts = [s.sheet.budget.money(s.sheet.budget.total) for s in view.sheets]
    if any(a is None for a in amounts):
        return
    total = sum((a.yuan for a in amounts if a is not None), _ZERO)
    for found in view.derived(text_mentions):
        m = found.mention
        if m.measure != _PROJECT_BUDGET or m.unit != "元" or found.part is Part.SHEET or m.scope or not m.comparable:
            continue
        if m.role is SumRole.PART or m.things - {m.measure} or not is_this_year(found, view) or m.value == total:
            continue
        yield Observation(
            at=found.pointer,
            evidence=m.clause,
            says=ALL_PROJECTS(
                clause=m.clause,
                sheets=len(amounts),
                sum=_in_total_unit(total, m),
                difference=_in_total_unit(abs(total - m.value), m),
            ),
            related=tuple(s.at("budget", "total") for s in view.sheets),
        )
        return
