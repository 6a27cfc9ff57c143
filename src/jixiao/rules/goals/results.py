"""Rules on what goals promise: a sentence, a result for this year, something the indicators measure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.message import Said
from jixiao.domain.plan import Activity
from jixiao.parameters.keys import FRAGMENT_WORDS, GOAL_RESULT_WORDS, LONG_TERM_WORDS
from jixiao.readings import duties
from jixiao.readings.duties import is_duties
from jixiao.readings.goal_words import Fragment, bare, fragment, has_result, is_upkeep, measured_by, vague_amount
from jixiao.readings.paragraphs import continues, continuing, is_heading, numbering
from jixiao.readings.text import normalise, quantities
from jixiao.readings.view import PlanView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
_SHORT = re.compile(r"[^\n]{1,60}")


# --- fragments --------------------------------------------------------------------------------------------

_NOTHING_DONE = "，没有说要做什么、做成什么样。"
FRAGMENTS = {
    Fragment.MEASURE: Message("measure", "目标“{goal:words}”只是一个指标的名称和数值" + _NOTHING_DONE),
    Fragment.COLUMN: Message("column", "目标“{goal:words}”只是一个栏目或指标的名称" + _NOTHING_DONE),
    Fragment.TOPIC: Message("topic", "目标“{goal:words}”只写了一个题目" + _NOTHING_DONE),
}


@rule(
    "G64",
    title="目标不成句",
    problem="goal-fragment",
    severity=Severity.WARNING,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.PLAN,
    cites=("mof-2015-88/clear-direction", "good-practice/language"),
    remedy="写成一句完整的话：做什么、做多少、达到什么程度，如“新建社区养老服务站8个，10月底前投入使用”。",
    since=date(2015, 5, 21),
    parameters=(FRAGMENT_WORDS,),
    says=tuple(FRAGMENTS.values()),
    yields_to=("G54", "G55", "G56"),
)
def goals_are_sentences(view: PlanView) -> Iterator[Observation]:
    """总体目标、分项目标、项目目标只有一个题目（“养老服务设施建设”）、一个栏目名（“指标完成情况”“完成率”），
    或者一个指标名加数值（“设施安装率100%”），看不出要做什么。

    总体目标里后面还有下一级内容的标题、就是项目名称的、照搬或重复的（另报）不报。带动词的短句（“提升行业形象”）不算，
    没有结果的另报。
    """
    for at, goal in _goals(view):
        if what := fragment(view, goal):
            yield Observation(at=at, evidence=goal, says=FRAGMENTS[what](goal=bare(goal)))


def _goals(view: PlanView) -> Iterator[tuple[str, str]]:
    """Every goal and its place; of the overall goals those that are no heading."""
    goals = view.overall_goals
    for n, goal in enumerate(goals):
        if not is_heading(goals, n):
            yield view.at("overall_goals", n), goal
    for n, activity in enumerate(view.plan.activities):
        if activity.goal:
            yield view.at("activities", n, "goal"), activity.goal
    for sheet in view.sheets:
        for n, goal in enumerate(sheet.goals):
            yield sheet.at("goals", n), goal


# --- without a result -------------------------------------------------------------------------------------

_CANNOT_TELL = "，到年底无法判断做到没有。"
VAGUE = Message("vague-amount", "目标“{goal:words}”里的“{amount:words}”不是数量" + _CANNOT_TELL)
NO_RESULT = Message("no-result", "目标“{goal:words}”没有数量、日期，也没有能核实的结果" + _CANNOT_TELL)


@rule(
    "G58",
    title="目标没有量化",
    problem="goal-unquantified",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.PLAN,
    cites=("mof-2015-88/quantified",),
    remedy="写出到年底能核对的结果：数量、比例、完成日期或验收、建成一类的状态。",
    since=date(2015, 5, 21),
    parameters=(GOAL_RESULT_WORDS, *duties.PARAMETERS),
    says=(VAGUE, NO_RESULT),
    yields_to=("G54", "G55", "G56", "G57", "G60", "G61", "G63", "G64"),
)
def goals_have_results(view: PlanView) -> Iterator[Observation]:
    """一条目标里没有数量、比例、日期，也没有“不发生事故”“建成投用”“应保尽保”一类能核实的结果；或者用“一批”“若干”代替数量。
    逐条报，同一张表里相同的只报一次。

    项目目标：同表有指标量的正是目标里写的事的，不报；只说“保障……正常运转”的，有这样的指标也报。分项目标：本分项有带数的指标的，
    不报。只是题目的、通篇是职责的、照抄用途的、重复或照搬的、写已经做完的事或往年内容的，要整条重写，按那一条报，这里不报。
    同表另有量化的目标的，只作提示。
    """
    yield from _overall(view)
    for n, activity in enumerate(view.plan.activities):
        if activity.goal and (why := _activity_without_result(view, activity)):
            yield _unquantified(view.at("activities", n, "goal"), activity.goal, why)
    for sheet in view.sheets:
        told = set()
        for n, goal in enumerate(sheet.goals):
            words = normalise(bare(goal))
            if words not in told and (why := _goal_without_result(view, sheet, goal)):
                told.add(words)
                beside = any(has_result(view, other) for other in sheet.goals)
                yield _unquantified(sheet.at("goals", n), goal, why, Severity.ADVICE if beside else None)


def _overall(view: PlanView) -> Iterator[Observation]:
    goals = view.overall_goals
    openers = view.parameter(GOAL_RESULT_WORDS).openers
    numbered = [n for n, goal in enumerate(goals) if numbering(goal)]
    for n, goal in enumerate(goals):
        if numbered and n < numbered[0]:
            continue  # what stands before the list introduces it
        if n + 1 < len(goals) and (goal.rstrip().endswith(("：", ":")) or any(w in goal for w in openers)):
            continue
        if is_heading(goals, n) or (numbered and numbering(goal) is None and continues(goals, n)):
            continue
        whole = "\n".join((goal, *continuing(goals, n))) if numbered else goal
        if not is_duties(view, goal) and (why := _no_result(view, whole, goal)):
            yield _unquantified(view.at("overall_goals", n), goal, why)


def _activity_without_result(view: PlanView, activity: Activity) -> Said | None:
    goal = activity.goal or ""
    if (why := _no_result(view, goal)) is None:
        return None
    measured = any(quantities(t) for i in activity.indicators for t in (i.text, *_grades(i.rating_scale)))
    return why if not measured or vague_amount(view, goal) else None


def _grades(scale: object) -> tuple[str, ...]:
    return tuple(g for f in ("excellent", "good", "fair", "poor") if (g := getattr(scale, f, None)))


def _goal_without_result(view: PlanView, sheet: SheetView, goal: str) -> Said | None:
    if (why := _no_result(view, goal)) is None:
        return None
    return why if is_upkeep(view, goal) or not measured_by(view, goal, sheet.rows) else None


def _no_result(view: PlanView, text: str, goal: str | None = None) -> Said | None:
    """Why nothing in a text can be checked, said of ``goal``, which it begins with; None where something can."""
    if has_result(view, text):
        return None
    said = _first_words(bare(goal or text))
    if vague := vague_amount(view, text):
        return VAGUE(goal=said, amount=vague)
    return NO_RESULT(goal=said)


def _unquantified(at: str, goal: str, why: Said, severity: Severity | None = None) -> Observation:
    return Observation(at=at, evidence=bare(goal), says=why, severity=severity)


def _first_words(text: str) -> str:
    """A text, or its beginning where it is long."""
    m = _SHORT.match(text)
    head = m.group() if m else text
    return head if len(head) == len(text) else f"{head}……"


# --- more than a year -------------------------------------------------------------------------------------

LONG_TERM = Message("long-term", "“{span:words}”是几年的目标，这张表是年度目标，看不出本年度要完成多少。")


@rule(
    "G63",
    title="长期目标当年度目标",
    problem="long-term-goal",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("mof-2015-88/reasonable", "mof-2015-88/clear-direction"),
    remedy="年度目标只写本年度要完成的部分，如“本年完成9所、累计完成60%”；几年的总目标另写在中期目标里。",
    since=date(2015, 5, 21),
    parameters=(LONG_TERM_WORDS,),
    says=(LONG_TERM,),
    yields_to=("G68",),
)
def goals_are_of_the_year(sheet: SheetView) -> Iterator[Observation]:
    """年度绩效目标写的是几年以后的事：“三年内”“到2028年”“十五五期间”，没有写本年度完成多少。

    写明下一年某月完成的，另按时间不在预算年度报；同一条里另写了本年度的数、跨年的采暖期和学年、质保期和合同期，不报。
    """
    words = sheet.parameter(LONG_TERM_WORDS)
    year = sheet.fiscal_year
    for n, goal in enumerate(sheet.goals):
        later = [m for m in _YEAR.finditer(goal) if year and int(m[1]) > year.year]
        span = _spans(words.spans).search(goal)
        this_year = any(w in goal for w in words.this_year) or (year is not None and str(year.year) in goal)
        if (later or span) and not this_year and not any(w in goal for w in words.unless):
            said = later[0].group() if later else span.group() if span else ""
            yield Observation(at=sheet.at("goals", n), evidence=goal, says=LONG_TERM(span=said))


@lru_cache(maxsize=8)
def _spans(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
