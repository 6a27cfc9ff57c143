"""Rules on names as they stand: only a category, a slogan, a question, with the target in them, several in one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, PatchOperation, Severity
from jixiao.domain.goal import texts_of
from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.target import TargetType
from jixiao.lexicon import Lexicon, Measure
from jixiao.parameters.keys import (
    NAME_WORDS,
    NAMING_WORDS,
    PROPOSED_MEASURES,
    QUESTION_WORDS,
    SLOGAN_OPENERS,
)
from jixiao.parameters.shapes import NamingWords, QuestionWords
from jixiao.readings import heads
from jixiao.readings.classes import class_of
from jixiao.readings.heads import NameForm, name_form, theme_of
from jixiao.readings.measured import is_satisfaction
from jixiao.readings.names import (
    description_without_target,
    is_category,
    name_without_target,
    printed_target,
    quantity_named,
    target_named,
)
from jixiao.readings.several import deeds_in, measures_in, values_in
from jixiao.readings.text import any_of, normalise
from jixiao.readings.view import RowView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

_CLAUSE = re.compile(r"[，,、；;。]")
_QUESTION_MARK = re.compile(r"[?？]$")
_COMMAS = ("，", ",", "；", ";", "、")
_STOP = re.compile(r"[。?？]$")

ONLY_A_CATEGORY = Message("only-a-category", "名称写“{name:words}”，只是类别，没有说衡量的是什么，自评时无从填数。")
ONLY_A_TIME = Message("only-a-time", "名称写“{name:words}”，只是一段时间，没有说衡量的是什么，自评时无从填数。")
ONLY_A_NUMBER = Message("only-a-number", "名称写“{name:words}”，只是一个数，没有说是什么的数，自评时不知道该填什么。")
NAME_FROM_DESCRIPTION = Message("name-from-description", "把描述里的“{description:words}”提炼成名称。")


_ALONE = {NameForm.PERIOD: ONLY_A_TIME, NameForm.NUMBER: ONLY_A_NUMBER}


@rule(
    "K33",
    title="名称只是指标类别、时间或数",
    problem="name-not-an-indicator",
    severity=Severity.ERROR,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/naming", "mof-2015-88/quantified"),
    remedy="写出衡量的具体东西，如“税收增长率”“新增就业人数”。",
    since=date(2015, 5, 21),
    parameters=(SLOGAN_OPENERS, *heads.READ),
    says=(ONLY_A_CATEGORY, ONLY_A_TIME, ONLY_A_NUMBER),
    proposes=(NAME_FROM_DESCRIPTION,),
)
def name_is_not_a_category(row: RowView) -> Iterator[Observation]:
    """三级指标的名称就是一级、二级指标的名称（“经济效益指标”“数量指标”），或者只是一段时间（“全年”“2026年底之前”）、一个数（“64万元”），没有说衡量什么。

    表式把内容写在描述里的降一档；“服务对象满意度”是通用的名称，“经济成本”写了金额的，不报。
    """
    if row.row.name and name_form(row) in _ALONE:
        says = _ALONE[name_form(row)](name=row.row.name)
        yield Observation(row.at("name"), row.row.label, says=says, severity=Severity.WARNING)
        return
    if not is_category(row, row.row.name) or (row.row.is_cost and row.row.target.number is not None):
        return
    told = row.row.description if row.description and not is_category(row, row.row.description) else None
    useful = told is not None and not told.startswith(row.parameter(SLOGAN_OPENERS))
    yield Observation(
        at=row.at("name"),
        evidence=row.row.label,
        says=ONLY_A_CATEGORY(name=row.row.name or ""),
        suggests=NAME_FROM_DESCRIPTION(description=told) if told and useful else None,
        severity=Severity.WARNING if useful else None,
    )


A_WISH = Message("a-wish", "名称“{name:words}”写的是要做的事或愿望，不是一个量，看名称不知道该数什么。")
NAME_A_MEASURE = Message("name-a-measure", "名称改成可以计量的东西，如“{measure:text}”；原来的话放进描述。")


@rule(
    "K86",
    title="名称是口号或任务",
    problem="name-not-an-indicator",
    severity=Severity.ADVICE,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/naming", "mof-2015-88/quantified"),
    remedy="名称改成可以计量的东西，做法和愿望写在描述里。",
    since=date(2015, 5, 21),
    parameters=(PROPOSED_MEASURES, *heads.READ),
    says=(A_WISH,),
    proposes=(NAME_A_MEASURE,),
    yields_to=("K36",),
)
def name_is_a_measure(row: RowView) -> Iterator[Observation]:
    """名称说的是要做的事、一串做法或一个愿望（“指导城市建设”“实现社会稳定”“办学水平提高”），中心词不是人数、率、额等可以衡量的量，
    值也没有用计量单位数出什么。

    值带单位（带动就业 100人）的、通过评审一类可以见证的事、用“是否”提问的、时效指标不报；要做的事还没有填值的，可能填上数就数得出来，不报。
    """
    name = name_without_target(row).strip()
    if not row.row.name or row.row.kind is IndicatorKind.TIMELINESS or not name_form(row).says_what_is_wanted:
        return
    if row.row.target.type is TargetType.MISSING and name_form(row) is NameForm.TASK:
        return
    theme = theme_of(name, row.parameter(PROPOSED_MEASURES))
    yield Observation(
        at=row.at("name"),
        evidence=row.row.label,
        says=A_WISH(name=name),
        suggests=NAME_A_MEASURE(measure=theme) if theme else None,
    )


TARGET_IN_NAME = Message("target-in-name", "名称“{name:words}”里写着目标值，以后调整目标就得改名称，历年也对不上。")
QUANTITY_IN_NAME = Message(
    "quantity-in-name",
    "名称“{name:words}”里写着“{words:words}”，指标值却只是“{value:words}”，做了多少只在名称里，考核时看的是指标值。",
)
SHORTER_NAME = Message("shorter-name", "名称改为“{name:text}”。")


@rule(
    "K34",
    title="名称带目标值",
    problem="name-contains-target",
    severity=Severity.ADVICE,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/naming", "mof-2015-88/quantified"),
    remedy="名称只写衡量什么，数写在指标值里。",
    since=date(2015, 5, 21),
    parameters=(NAME_WORDS,),
    says=(TARGET_IN_NAME, QUANTITY_IN_NAME),
    proposes=(SHORTER_NAME,),
)
def target_is_not_in_the_name(row: RowView) -> Iterator[Observation]:
    """名称以一个数结尾（“满意度达到95%”“改造数量30个”）或者中间有一个数（“改造5个村卫生室”），这个数就是指标值，或者带着“达到”“不少于”一类的话；
    或者名称里写着做多少（“500吨成品粮储备到位率”），指标值只是一个百分数。

    年龄、等级、年份、期限、第几期、多少以上的企业等属于名称的数，名称里的数和指标值不同的（另按两处数不一致报），不报。
    """
    found = printed_target(row)
    if found is None:
        if target_named(row):
            yield Observation(row.at("name"), row.row.label, says=TARGET_IN_NAME(name=row.row.label))
        elif told := quantity_named(row):
            facts = {"name": row.row.label, "words": told, "value": row.row.target.text or ""}
            yield Observation(row.at("name"), row.row.label, says=QUANTITY_IN_NAME(**facts))
        return
    number = row.row.target.number
    if number is not None and number != found.value:
        return
    if number is None and found.comparator is None:
        return
    short = name_without_target(row)
    if len(short) < 2:
        return
    yield Observation(
        at=row.at("name"),
        evidence=row.row.label,
        says=TARGET_IN_NAME(name=row.row.name or ""),
        suggests=SHORTER_NAME(name=short),
        fix=(PatchOperation("replace", row.at("name"), short),),
    )


A_QUESTION = Message("a-question", "“{words:words}”是个问句，答案只有是和不是，做到几成看不出来，也没有说凭什么判定。")


@rule(
    "K42",
    title="用问句作指标",
    problem="description-question",
    severity=Severity.ADVICE,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/measurable", "mof-2015-88/quantified"),
    remedy="改成陈述：写衡量什么、达到什么标准，能用数的用数，如“环境违法处罚次数＝0”。",
    since=date(2015, 5, 21),
    parameters=(QUESTION_WORDS,),
    says=(A_QUESTION,),
)
def indicator_is_no_question(row: RowView) -> Iterator[Observation]:
    """名称是“是否……”一类的问句，或者描述以“是否……”结束、值是“是”“合规”一类的词。

    描述里用“是否”解释口径、值是数的不报。
    """
    words = row.parameter(QUESTION_WORDS)
    name, description = row.row.name or "", row.row.description or ""
    if _asks(name, words):
        field, text = "name", name
    elif row.row.target.type is TargetType.QUALITATIVE and _ends_in_a_question(description, words):
        field, text = "description", description
    else:
        return
    yield Observation(
        at=row.at(field),
        evidence=f"{text}：{row.row.target.text or '（空）'}",
        says=A_QUESTION(words=text),
    )


def _asks(text: str, words: QuestionWords) -> bool:
    stem = _QUESTION_MARK.sub("", text)
    return stem != text or stem.endswith(words.endings) or any(word in text for word in words.asking)


def _ends_in_a_question(text: str, words: QuestionWords) -> bool:
    """Whether the last words of a text ask: ……是否达标. Earlier in it they may tell how is counted."""
    stem = _STOP.sub("", text)
    return any(0 < len(stem) - stem.rfind(word) - len(word) <= words.longest for word in words.asking if word in stem)


SEVERAL_THINGS = Message("several-things", "名称里有{parts:list}几件事，指标值只有一个，一件做到、一件没做到时没法填。")
SEVERAL_DEEDS = Message(
    "several-deeds", "一行里写了{parts:list}几件事，哪件做到、哪件没做到，一行里填不清，也分不了得分。"
)
SEVERAL_VALUES = Message(
    "several-values", "“{name:words}”的值“{value:words}”里有几个各自的期限或数量，一个做到、一个没做到时没法填。"
)
SEVERAL_DEMANDS = Message(
    "several-demands",
    "“{name:words}”的描述把“{demands:words}”几个要求并在一个值里，时间、数量、质量哪个没做到分不出来。",
)


@rule(
    "K84",
    title="一个指标含几项",
    problem="compound-indicator",
    severity=Severity.ADVICE,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/measurable", "mof-2015-88/quantified"),
    remedy="拆成几行，一行一个量；或者只留最要紧的一个。",
    since=date(2015, 5, 21),
    parameters=(SLOGAN_OPENERS, NAME_WORDS, NAMING_WORDS),
    says=(SEVERAL_THINGS, SEVERAL_DEEDS, SEVERAL_VALUES, SEVERAL_DEMANDS),
)
def one_row_one_measure(row: RowView) -> Iterator[Observation]:
    """名称用逗号、顿号、“及”“和”连着两个各自成立的量（“设施达标，油气回收达标率”“发放工资及缴纳保险”），
    或者用分号、逗号连着几件各自完成的事（“完成宣传片制作；完成方案编制”），指标值里有几个各自的期限、几样东西的数；
    或者描述把时间、数量、质量几个要求并在一起（“按时按量”“保质保量”），指标值却只有一个。

    并列的是对象而量只有一个的（学生及家长满意度、新建和改建里程），口号另有规则，不报。
    """
    parts = _joined(name_without_target(row), row.parameter(NAMING_WORDS))
    if measures := measures_in(row):
        parts = measures
    if measures or (
        len(parts) > 1 and not parts[0].startswith(row.parameter(SLOGAN_OPENERS)) and _each_measures(parts, row.lexicon)
    ):
        yield Observation(
            at=row.at("name"),
            evidence=f"{row.row.label}：{row.row.target.text or ''}",
            says=SEVERAL_THINGS(parts=parts),
        )
        return
    if deeds := deeds_in(row):
        yield Observation(row.at("name"), row.row.label, says=SEVERAL_DEEDS(parts=deeds))
        return
    if row.row.target.type is TargetType.QUALITATIVE and len(values_in(row)) > 1:
        says = SEVERAL_VALUES(name=row.row.label, value=row.row.target.text or "")
        yield Observation(row.at("target"), f"{row.row.label}：{row.row.target.text}", says=says)
        return
    told = row.lexicon.has(row.description, "several_demands")
    if told and row.row.target.number is not None and row.row.kind is not IndicatorKind.TIMELINESS:
        yield Observation(
            at=row.at("description"),
            evidence=f"{row.row.description}：{row.row.target.text}",
            says=SEVERAL_DEMANDS(name=row.row.label, demands=told),
        )


def _joined(name: str, words: NamingWords) -> list[str]:
    """What words such as 和, 及 and commas join; the 及 of 及时 joins nothing."""
    whole = any_of(words.not_joints)
    ends = [m.span() for m in any_of((*words.joints, *_COMMAS)).finditer(name)]
    kept = {n for m in whole.finditer(name) for n in range(*m.span())}
    parts, start = [], 0
    for begin, end in ends:
        if begin not in kept:
            parts.append(name[start:begin])
            start = end
    return [p for p in map(normalise, (*parts, name[start:])) if p]


def _each_measures(parts: list[str], known: Lexicon) -> bool:
    """Whether every part is a measure by itself, or every part names a deed and its object."""
    heads = [known.ending(part) for part in parts]
    measures = (Measure.COUNT, Measure.RATE, Measure.STATE, Measure.MONEY, Measure.AMOUNT)
    if all(h is not None and h.measures in measures and len(p) > 2 for h, p in zip(heads, parts, strict=True)):
        return True
    deeds = [known.has(part, "deed") for part in parts]
    return all(d is not None and len(p) > len(d) + 1 for d, p in zip(deeds, parts, strict=True)) and heads[-1] is None


NOBODY_ASKED = Message("nobody-asked", "只写“{name:words}”，问谁、对什么满意没有说，问卷发给谁都行，结果没有说服力。")


@rule(
    "K31",
    title="满意度没说问谁",
    problem="name-vague",
    severity=Severity.ADVICE,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/naming", "mof-2015-88/quantified"),
    remedy="写明问谁、问什么，如“参会企业对活动组织的满意度”。",
    since=date(2015, 5, 21),
    parameters=(NAME_WORDS,),
    says=(NOBODY_ASKED,),
)
def respondents_are_named(row: RowView) -> Iterator[Observation]:
    """名称只写“满意度”“综合满意度”，描述也没有补充，问谁、对什么满意都不知道。“服务对象满意度”不报。"""
    bare = row.lexicon.words["bare_satisfaction"]
    name = normalise(name_without_target(row))
    description = normalise(description_without_target(row))
    if name not in bare or (description and description not in bare):
        return
    yield Observation(
        at=row.at("name"),
        evidence=f"{row.row.label}：{row.row.target.text or ''}",
        says=NOBODY_ASKED(name=row.row.label),
    )


OWN_PEOPLE_ASKED = Message(
    "own-people-asked", "“{name:words}”问的是本单位的人，不是这笔钱服务的对象，自己评自己说明不了效果。"
)


@rule(
    "K32",
    title="满意度问的是自己人",
    problem="respondent-mismatch",
    severity=Severity.ADVICE,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2015-88/relevance-review", "mof-2021-101/classes"),
    remedy="问这笔钱服务的对象：来办事的企业、群众，受益的农户、学生等。",
    since=date(2015, 5, 21),
    says=(OWN_PEOPLE_ASKED,),
)
def respondents_are_served(row: RowView) -> Iterator[Observation]:
    """满意度的对象是本单位的人员，而项目的钱不是花在职工身上（工资、培训、体检、食堂等）。"""
    known = row.lexicon
    if class_of(row) is not IndicatorClass.SATISFACTION or not is_satisfaction(row):
        return
    staff = known.has(row.words, "own_staff")
    sheet = row.sheet.sheet
    about = "".join(filter(None, (sheet.project.name, sheet.purpose, *texts_of(sheet.goals))))
    if staff is None or known.has(about, "staff_money"):
        return
    yield Observation(
        at=row.at("name"),
        evidence=f"{row.row.label}：{row.row.target.text or ''}",
        says=OWN_PEOPLE_ASKED(name=row.row.label),
    )
