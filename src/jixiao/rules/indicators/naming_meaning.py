"""Rules on what names mean: vague, told again in the description, at odds with it, inputs for outputs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.goal import texts_of
from jixiao.domain.indicator import IndicatorClass
from jixiao.domain.message import Said
from jixiao.domain.target import TargetType
from jixiao.lexicon import Lexicon, Measure
from jixiao.parameters.keys import INPUT_WORDS, NAME_WORDS, RESTATED_DESCRIPTIONS
from jixiao.readings import vagueness as vague
from jixiao.readings.classes import class_of
from jixiao.readings.measured import counts_own_money, counts_own_staff, is_satisfaction
from jixiao.readings.names import bare_name, description_without_target, is_category, name_without_target
from jixiao.readings.text import likeness, normalise
from jixiao.readings.vagueness import Vagueness, state_in, vagueness
from jixiao.readings.view import RowView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

_RESPONDENTS = ("respondents_public", "respondents_business", "respondents_school", "respondents_staff")
_STAGES = (("stage_opened", "stage_closed"), ("stage_signed", "stage_built"))


NAME_AGAIN = Message("name-again", "“{name:words}”的描述把名称照抄一遍，数的是什么、怎样算没有交代。")
NAMES_AGAIN = Message(
    "names-again",
    "{rows:number} 行描述有 {count:number} 行只是把名称重说一遍，如{names:list}，口径和算法没有交代，自评时各人各算。",
)


@rule(
    "K35",
    title="描述照抄名称",
    problem="description-restates-name",
    severity=Severity.ADVICE,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("mof-2021-101/naming", "mof-2015-88/quantified"),
    remedy="描述写清口径和算法：数的是什么、分子分母各是什么、数据从哪里来。",
    since=date(2015, 5, 21),
    parameters=(RESTATED_DESCRIPTIONS, NAME_WORDS),
    says=(NAME_AGAIN, NAMES_AGAIN),
)
def description_says_more(sheet: SheetView) -> Iterator[Observation]:
    """一张表里相当一部分行的描述与名称相同、或只多出目标值和几个字，等于没有解释，一张表合并报一条。个别行描述与名称
    一字不差的，逐行提示。

    没有描述一栏的表不报；只是个别行相近的，不报。
    """
    limits = sheet.parameter(RESTATED_DESCRIPTIONS)
    described = [row for row in sheet.rows if row.name and row.description]
    same = [row for row in described if _restates(row, limits.likeness)]
    if len(same) < limits.rows or len(same) < len(described) * limits.share:
        for row in (r for r in same if r.name == r.description):
            yield Observation(
                at=row.at("description"),
                evidence=row.row.description or "",
                says=NAME_AGAIN(name=row.row.label),
            )
        return
    yield Observation(
        at=sheet.at("indicators"),
        evidence="、".join(row.row.label for row in same),
        says=NAMES_AGAIN(rows=len(described), count=len(same), names=[row.row.label for row in same[:2]]),
        related=tuple(row.at("description") for row in same),
    )


def _restates(row: RowView, threshold: float) -> bool:
    if row.name == row.description:
        return True
    name, told = name_without_target(row), description_without_target(row)
    return likeness(name, told) >= threshold


ONLY_AN_ASPECT = Message("only-an-aspect", "名称“{name:words}”只说了一个大方面，是谁的、哪件事的、怎样衡量都没有说。")
A_THING = Message("a-thing", "名称“{name:words}”只是一样东西或一件事，没有说量它的什么，值“{value:words}”也没有说。")
STATE_IN_PERCENT = Message(
    "state-in-percent", "“{name:words}”的“{state:words}”不是量，配上“{value:words}”不知道是什么的比率。"
)
NAME_AN_EFFECT = Message(
    "name-an-effect",
    "说受益的，改成“……覆盖率”“……受益率”“……下降率”一类的名称，并写明分子、分母；说做得好坏的，改成“……合格率”，移到质量指标。",
)
NAME_A_RATE = Message("name-a-rate", "改成比率的名称，如“……及时率”“……完成率”“……合格率”，并写明分子、分母。")


@rule(
    "K36",
    title="名称空泛",
    problem="name-vague",
    severity=Severity.ADVICE,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/naming", "mof-2015-88/clear-direction"),
    remedy="名称写到别人看得懂：什么人、什么事、量的是什么。",
    since=date(2015, 5, 21),
    parameters=vague.READ,
    says=(ONLY_AN_ASPECT, A_THING, STATE_IN_PERCENT),
    proposes=(NAME_A_RATE, NAME_AN_EFFECT),
)
def name_says_of_what(row: RowView) -> Iterator[Observation]:
    """名称只是“社会影响力”“机构运转”“工作质量”一类的大方面，描述没有补充；或者名称以“情况”“状况”结尾而值是百分比；
    名称只是一个大方面、一样东西（“文物名录”“安全情况”），值也只是说不出够不够的词；名称只写“成本”“质量”，或者只由“项目”“工作”“完成”一类套话接成（“项目个数”“完成数量”“工作质量合格率”）。

    “完成率”“到位率”一类另按没有算法报，口号、类别名称、没有单位的数另有规则。
    """
    why, label, value = vagueness(row), row.row.label, row.row.target.text or ""
    if why is None:
        return
    suggests = None
    if why is Vagueness.STATE_IN_PERCENT:
        says, suggests = STATE_IN_PERCENT(name=label, state=state_in(row) or "", value=value), _named_as_a_rate(row)
    else:
        says = A_THING(name=label, value=value) if why is Vagueness.THING else ONLY_AN_ASPECT(name=label)
    yield Observation(row.at("name"), f"{label}：{value or '（空）'}", says=says, suggests=suggests)


def _named_as_a_rate(row: RowView) -> Said:
    return NAME_AN_EFFECT() if class_of(row) is IndicatorClass.OUTCOME else NAME_A_RATE()


OTHER_RESPONDENTS = Message(
    "other-respondents",
    "“{name:words}”的名称问的是{asked:words}，描述问的是{told:words}，按名称还是按描述填数说不清。",
)
OTHER_STAGE = Message(
    "other-stage",
    "“{name:words}”的名称数的是“{named:words}”，描述数的是“{told:words}”，一件事走到两步的数不一样，"
    "按名称还是按描述填数说不清。",
)
MONEY_FOR_WORK = Message(
    "money-for-work",
    "“{name:words}”的名称是“{named:words}”，描述是“{told:words}”，一个说事情、一个说资金，按名称还是按描述填数说不清。",
)
DEED_FOR_RATIO = Message(
    "deed-for-ratio",
    "名称是比率“{name:words}”，描述“{told:words}”说的是另一件事，没有解释这个比率，按名称还是按描述填数说不清。",
)
OTHER_THING = Message(
    "other-thing",
    "名称“{name:words}”量的是一件事，描述“{told:words}”量的是另一件事，没有一个字相同，请核对是不是填错了格。",
)


@rule(
    "K37",
    title="名称与描述不符",
    problem="name-description-mismatch",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2015-88/relevance-review", "good-practice/consistency"),
    remedy="名称和描述说同一件事：名称是量，描述是它的口径和算法。",
    since=date(2015, 5, 21),
    parameters=(NAME_WORDS,),
    says=(OTHER_RESPONDENTS, OTHER_STAGE, MONEY_FOR_WORK, DEED_FOR_RATIO, OTHER_THING),
)
def name_and_description_agree(row: RowView) -> Iterator[Observation]:
    """名称和描述说的不是一件事，看得准的有四种：满意度问的人不同（群众、客商）；名称数到结案、签约，描述数的是受理、
    竣工；名称是完成率，描述是资金到位率；名称是比率，描述却是一句做法，除了项目都有的字没有一处相同，也没有算法。名称和描述各是一个量、没有一个字
    相同的，只提示核对。

    描述是名称的一部分、写了占比等算法的、只列举内容的，不报。
    """
    if not row.row.name or not row.row.description or row.name == row.description or is_category(row, row.row.name):
        return
    says = _other_respondents(row) or _other_stage(row) or _money_for_work(row) or _deed_for_ratio(row)
    doubtful = says is None
    says = says or _other_thing(row)
    if says is None:
        return
    yield Observation(
        at=row.at("description"),
        evidence=f"{row.row.name} ｜ {row.row.description}",
        says=says,
        related=(row.at("name"),),
        severity=Severity.ADVICE if doubtful else None,
    )


def _other_respondents(row: RowView) -> Said | None:
    if not is_satisfaction(row) or "满意" not in row.description:
        return None
    known = row.lexicon
    asked, told = _groups(row.name, known), _groups(row.description, known)
    if not asked or not told or asked & told:
        return None
    a = next(word for group in asked if (word := known.has(row.name, group)))
    b = next(word for group in told if (word := known.has(row.description, group)))
    return OTHER_RESPONDENTS(name=row.row.label, asked=a, told=b)


def _groups(text: str, known: Lexicon) -> frozenset[str]:
    return frozenset(group for group in _RESPONDENTS if known.has(text, group))


def _other_stage(row: RowView) -> Said | None:
    known = row.lexicon
    head = known.ending(bare_name(row))
    if head is None or head.measures is not Measure.COUNT:
        return None
    for early, late in _STAGES:
        for here, there in ((early, late), (late, early)):
            if not (named := known.has(row.name, here)) or not (told := known.has(row.description, there)):
                continue
            if not known.has(row.description, here) and not known.has(row.name, there):
                return OTHER_STAGE(name=row.row.label, named=named, told=told)
    return None


def _money_for_work(row: RowView) -> Said | None:
    known = row.lexicon
    a = known.ending(normalise(name_without_target(row)))
    if a is None or a.measures is not Measure.RATE:
        return None
    b = known.ending(normalise(description_without_target(row)))
    if b is None or b.measures is not Measure.RATE:
        return None
    if bool(a.routine) is bool(b.routine) or not a.kinds + b.kinds:
        return None
    return MONEY_FOR_WORK(name=row.row.label, named=a.word, told=b.word)


_REMARK = re.compile(r"[^，,。；;：:]{2,4}[：:]")
"""a description that only says of what sort the indicator is: 方向：正向"""


def _deed_for_ratio(row: RowView) -> Said | None:
    known = row.lexicon
    name, told = bare_name(row), row.description
    head = known.ending(name)
    if head is None or head.measures is not Measure.RATE or is_satisfaction(row) or known.has(told, "formula"):
        return None
    if _REMARK.match(row.row.description or ""):
        return None
    sheet = row.sheet.sheet
    common = normalise("".join(filter(None, (sheet.project.name, sheet.purpose, *texts_of(sheet.goals)))))
    own = _pairs(name) - _pairs(common)
    if not own or own & _pairs(told):
        return None
    return DEED_FOR_RATIO(name=row.row.name or "", told=row.row.description or "")


def _other_thing(row: RowView) -> Said | None:
    """Both measure something, in one clause each, and have no character in common."""
    name, told = bare_name(row), normalise(description_without_target(row))
    if is_satisfaction(row) or _CLAUSE_MARK.search(row.row.description or "") or set(name) & set(told):
        return None
    if row.lexicon.ending(name) is None or row.lexicon.ending(told) is None:
        return None
    return OTHER_THING(name=row.row.name or "", told=row.row.description or "")


_CLAUSE_MARK = re.compile(r"[，,。；;：:（(\d]")
"""with a figure, the description says what standard is held: 温度14-24℃"""


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


OWN_STAFF = Message("own-staff", "“{name:words}”数的是单位自己派出的人，是投入；人派了，办成多少事没有写。")
OWN_MONEY = Message("own-money", "“{name:words}”数的是投入的钱，不是产出；钱花了，办成多少事没有写。")


@rule(
    "K85",
    title="以投入当产出",
    problem="input-not-output",
    severity=Severity.ADVICE,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/classes", "mof-2015-88/quantified"),
    remedy="数量写办成了什么：走访企业数、获得线索数、签约数、服务人数等；投入的人和钱写在用途里。",
    since=date(2015, 5, 21),
    parameters=(INPUT_WORDS,),
    says=(OWN_STAFF, OWN_MONEY),
)
def output_is_not_input(row: RowView) -> Iterator[Observation]:
    """数量指标数的是单位自己派出、投入的人，或者投入了多少预算资金、花了多少经费，不是办成了什么。

    发工资、补助的人数，购买的岗位和服务，发放、贷出、争取、引进的金额，不报。
    """
    if row.row.target.type is TargetType.MISSING:
        return
    says = OWN_STAFF if counts_own_staff(row) else OWN_MONEY if counts_own_money(row) else None
    if says is not None:
        evidence = f"{row.row.label}：{row.row.target.text or ''}"
        yield Observation(row.at("name"), evidence, says=says(name=row.row.label))
