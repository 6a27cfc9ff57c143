"""Rules on what goals promise: a sentence, a result for this year, something the indicators measure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.goal import texts_of
from jixiao.domain.plan import Activity
from jixiao.parameters.keys import (
    DUTY_WORD_LIMIT,
    DUTY_WORDS,
    FRAGMENT_WORDS,
    GOAL_PURPOSE_LIKENESS,
    GOAL_PURPOSE_SHARE,
    GOAL_RESULT_WORDS,
    LONG_TERM_WORDS,
)
from jixiao.readings.goal_groups import GoalPlace
from jixiao.readings.goal_words import bare, fragment, has_result, is_upkeep, measured_by, vague_amount
from jixiao.readings.text import normalise, quantities
from jixiao.readings.view import PlanView, SheetView
from jixiao.review.rule import Observation, Scope, rule
from jixiao.rules.goals.copies import restating_goals
from jixiao.rules.goals.duties import is_duties

_NUMBERED = re.compile(r"^\s*(?:([（(])?([\d一二三四五六七八九十]{1,3})[)）、.．]|目标\s*[\d一二三四五六七八九十]+)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
_SENTENCE_MARK = re.compile(r"[。；;！]")
_ASK = "写出到年底能核对的结果：数量、比例、完成日期或验收、建成一类的状态。"


# --- fragments --------------------------------------------------------------------------------------------


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
    parameters=(FRAGMENT_WORDS, GOAL_PURPOSE_LIKENESS, GOAL_PURPOSE_SHARE),
)
def goals_are_sentences(view: PlanView) -> Iterator[Observation]:
    """总体目标、分项目标、项目目标只有一个题目（“养老服务设施建设”）、一个栏目名（“指标完成情况”“完成率”），
    或者一个指标名加数值（“设施安装率100%”），看不出要做什么。

    总体目标里后面还有下一级内容的标题、就是项目名称的（另报）不报。带动词的短句（“提升行业形象”）不算，没有结果的另报。
    """
    for at, goal in _goals(view):
        if what := fragment(view, goal):
            yield Observation(
                at=at,
                evidence=goal,
                message=f"目标“{bare(goal)}”{what}，没有说要做什么、做成什么样。",
            )


def _goals(view: PlanView) -> Iterator[tuple[str, str]]:
    """Every goal and its place; of the overall goals those that are no heading, of the sheets those not told of otherwise."""
    told = view.derived(restating_goals)
    goals = tuple(texts_of(view.plan.overall_goals))
    for n, goal in enumerate(goals):
        if not _is_heading(goals, n):
            yield view.at("overall_goals", n), goal
    for n, activity in enumerate(view.plan.activities):
        if activity.goal:
            yield view.at("activities", n, "goal"), activity.goal
    for sheet in view.sheets:
        for n, goal in enumerate(texts_of(sheet.sheet.goals)):
            if GoalPlace(sheet.index, n) not in told:
                yield sheet.at("goals", n), goal


def _style(goal: str) -> str | None:
    """How a paragraph is numbered: ``（一``, ``一``, ``1``; None where it is not."""
    m = _NUMBERED.match(goal)
    if m is None:
        return None
    return f"{m[1] or ''}{'1' if (m[2] or '1').isdigit() else '一'}"


def _is_heading(goals: Sequence[str], n: int) -> bool:
    """Whether a paragraph is numbered, holds no sentence, and what follows is its content."""
    style = _style(goals[n])
    if style is None or n + 1 >= len(goals) or _SENTENCE_MARK.search(goals[n]):
        return False
    return _style(goals[n + 1]) != style


# --- without a result -------------------------------------------------------------------------------------


@rule(
    "G58",
    title="目标没有量化",
    problem="goal-unquantified",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.PLAN,
    cites=("mof-2015-88/quantified",),
    remedy=_ASK,
    since=date(2015, 5, 21),
    parameters=(GOAL_RESULT_WORDS, FRAGMENT_WORDS, DUTY_WORDS, DUTY_WORD_LIMIT),
)
def goals_have_results(view: PlanView) -> Iterator[Observation]:
    """一条目标里没有数量、比例、日期，也没有“不发生事故”“建成投用”“应保尽保”一类能核实的结果；或者用“一批”“若干”代替数量。
    逐条报，同一张表里相同的只报一次。

    项目目标：同表有指标量的正是目标里写的事的，不报；只说“保障……正常运转”的，有这样的指标也报。分项目标：本分项有带数的指标的，
    不报。只是题目的、通篇是职责的，另有规则报，这里不报。同表另有量化的目标的，只作提示。
    """
    yield from _overall(view)
    for n, activity in enumerate(view.plan.activities):
        if activity.goal and (why := _activity_without_result(view, activity)):
            yield _unquantified(view.at("activities", n, "goal"), activity.goal, why)
    for sheet in view.sheets:
        told = set()
        for n, goal in enumerate(texts_of(sheet.sheet.goals)):
            words = normalise(bare(goal))
            if words not in told and (why := _goal_without_result(view, sheet, goal)):
                told.add(words)
                beside = any(has_result(view, other) for other in texts_of(sheet.sheet.goals))
                yield _unquantified(sheet.at("goals", n), goal, why, Severity.ADVICE if beside else None)


def _overall(view: PlanView) -> Iterator[Observation]:
    goals = tuple(texts_of(view.plan.overall_goals))
    openers = view.parameter(GOAL_RESULT_WORDS).openers
    numbered = [n for n, goal in enumerate(goals) if _style(goal)]
    for n, goal in enumerate(goals):
        if numbered and n < numbered[0]:
            continue  # what stands before the list introduces it
        if n + 1 < len(goals) and (goal.rstrip().endswith(("：", ":")) or any(w in goal for w in openers)):
            continue
        if _is_heading(goals, n) or (numbered and _style(goal) is None and _goes_with(goals, n)):
            continue
        whole = "\n".join((goal, *_continued(goals, n))) if numbered else goal
        if fragment(view, goal) or is_duties(view, goal):
            continue
        if why := _no_result(view, whole):
            yield _unquantified(view.at("overall_goals", n), goal, why)


def _continued(goals: Sequence[str], n: int) -> Iterator[str]:
    """The paragraphs without a number that follow a numbered one: they belong to it."""
    for goal in goals[n + 1 :]:
        if _style(goal):
            return
        yield goal


def _goes_with(goals: Sequence[str], n: int) -> bool:
    """Whether a paragraph without number belongs to a numbered one that is looked at with it."""
    before = max((k for k in range(n) if _style(goals[k])), default=None)
    return before is not None and not _is_heading(goals, before)


def _activity_without_result(view: PlanView, activity: Activity) -> str | None:
    goal = activity.goal or ""
    if fragment(view, goal) or is_duties(view, goal):
        return None
    if (why := _no_result(view, goal)) is None:
        return None
    measured = any(quantities(t) for i in activity.indicators for t in (i.text, *_grades(i.rating_scale)))
    return why if not measured or vague_amount(view, goal) else None


def _grades(scale: object) -> tuple[str, ...]:
    return tuple(g for f in ("excellent", "good", "fair", "poor") if (g := getattr(scale, f, None)))


def _goal_without_result(view: PlanView, sheet: SheetView, goal: str) -> str | None:
    if fragment(view, goal) or (why := _no_result(view, goal)) is None:
        return None
    return why if is_upkeep(view, goal) or not measured_by(view, goal, sheet.rows) else None


def _no_result(view: PlanView, text: str) -> str | None:
    """Why nothing in a text can be checked; None where something can."""
    if has_result(view, text):
        return None
    if vague := vague_amount(view, text):
        return f"“{vague}”不是数量"
    return "没有数量、日期，也没有能核实的结果"


def _unquantified(at: str, goal: str, why: str, severity: Severity | None = None) -> Observation:
    said = bare(goal)
    short = _first_words(said)
    return Observation(at=at, evidence=said, message=f"目标“{short}”{why}，到年底无法判断做到没有。", severity=severity)


def _first_words(text: str) -> str:
    """A text, or its beginning where it is long."""
    m = _SHORT.match(text)
    head = m.group() if m else text
    return head if len(head) == len(text) else f"{head}……"


_SHORT = re.compile(r"[^\n]{1,60}")


# --- more than a year -------------------------------------------------------------------------------------


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
)
def goals_are_of_the_year(sheet: SheetView) -> Iterator[Observation]:
    """年度绩效目标写的是几年以后的事：“三年内”“到2028年”“十五五期间”，没有写本年度完成多少。

    同一条里另写了本年度的数、跨年的采暖期和学年、质保期和合同期，不报。
    """
    words = sheet.parameter(LONG_TERM_WORDS)
    year = sheet.plan.plan.fiscal_year
    for n, goal in enumerate(texts_of(sheet.sheet.goals)):
        later = [m for m in _YEAR.finditer(goal) if year and int(m[1]) > year.year]
        span = _spans(words.spans).search(goal)
        this_year = any(w in goal for w in words.this_year) or (year is not None and str(year.year) in goal)
        if (later or span) and not this_year and not any(w in goal for w in words.unless):
            said = later[0].group() if later else span.group() if span else ""
            yield Observation(
                at=sheet.at("goals", n),
                evidence=goal,
                message=f"“{said}”是几年的目标，这张表是年度目标，看不出本年度要完成多少。",
            )


@lru_cache(maxsize=8)
def _spans(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
