"""Rules on the words of goals: repeated, copied from another project, the purpose again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, PatchOperation, Severity
from jixiao.domain.message import Said
from jixiao.parameters.keys import COPIED_SHEET, GOAL_LIKENESS, GOAL_SHORTEST, PROJECT_DULL_WORDS, STRAY_WORDS
from jixiao.readings import restating
from jixiao.readings.copies import Copy, copied_sheets
from jixiao.readings.goal_groups import SheetGoal, goal_at, goal_groups
from jixiao.readings.restating import Restated, restating_goals
from jixiao.readings.strays import Stray, StrayText, strays
from jixiao.readings.view import PlanView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

# --- copied sheets ----------------------------------------------------------------------------------------

_DIFFER = "两个项目花钱办的事不同，目标和指标不会一样。"
COPIED_ROWS = Message(
    "copied-rows",
    "这个项目的内容照搬了项目“{project:words}”：{rows:number} 行指标名称相同，其中 {values:number} 行连指标值也相同。"
    + _DIFFER,
)
COPIED_GOALS = Message(
    "copied-goals", "这个项目的内容照搬了项目“{project:words}”：{goals:number} 条目标逐条相同。" + _DIFFER
)
_STRAY = (
    "“{text:words}”和项目“{home:words}”的一模一样，说的是那个项目的事，与本项目“{own:words}”的名称、用途和别的内容没有关系，"
    "像是照抄时没有改。"
)
STRAY = {
    StrayText.GOAL: Message("stray-goal", f"目标{_STRAY}"),
    StrayText.PURPOSE: Message("stray-purpose", f"资金用途{_STRAY}"),
    StrayText.ROW: Message("stray-row", f"指标{_STRAY}"),
}
REWRITE = {
    StrayText.GOAL: Message("rewrite-goal", "按本项目要办的事重写这条目标。"),
    StrayText.PURPOSE: Message("rewrite-purpose", "按本项目要办的事重写资金用途。"),
    StrayText.ROW: Message("rewrite-row", "按本项目要办的事重写这行指标。"),
}


@rule(
    "G55",
    title="照搬其他项目",
    problem="copy-paste",
    severity=Severity.ERROR,
    aspect=Aspect.RELEVANCE,
    scope=Scope.PLAN,
    cites=("mof-2015-88/clear-direction", "mof-2021-101/related"),
    remedy="按本项目的支出内容重新写目标和指标。",
    since=date(2015, 5, 21),
    parameters=(COPIED_SHEET, GOAL_LIKENESS, GOAL_SHORTEST, STRAY_WORDS, PROJECT_DULL_WORDS),
    needs=(Need.TWO_SHEETS,),
    says=(COPIED_ROWS, COPIED_GOALS, *STRAY.values()),
    proposes=tuple(REWRITE.values()),
)
def sheet_is_not_a_copy(view: PlanView) -> Iterator[Observation]:
    """两个不同项目的指标名称几乎全部相同、指标值也大半相同，或者几条目标逐条相同，说明是整张表照搬，在后一张表上报一条；
    或者一条目标、资金用途、一行指标（连描述和值）在两张表里一样，说的是其中一个项目的事，与另一个项目不沾边，在另一个
    项目的那一条上报，作警告。

    同名的项目（同一项目由几个单位执行）、名称相同而指标值各写各的，不报。
    """
    whole = view.derived(copied_sheets)
    for later, copy in whole.items():
        yield _copied(view.sheets[copy.earlier], view.sheets[later], copy)
    for pointer, stray in view.derived(strays).items():
        if stray.sheet not in whole:
            yield _stray(view, pointer, stray)


def _copied(earlier: SheetView, later: SheetView, copy: Copy) -> Observation:
    project = earlier.sheet.label
    return Observation(
        at=later.at("indicators" if copy.rows else "goals"),
        evidence=f"{project} ｜ {later.sheet.label}",
        says=COPIED_ROWS(project=project, rows=copy.rows, values=copy.values)
        if copy.rows
        else COPIED_GOALS(project=project, goals=copy.goals),
        related=(earlier.pointer,),
    )


def _stray(view: PlanView, pointer: str, stray: Stray) -> Observation:
    home, own = view.sheets[stray.home].sheet.label, view.sheets[stray.sheet].sheet.label
    return Observation(
        at=pointer,
        evidence=stray.text,
        says=STRAY[stray.what](text=stray.text, home=home, own=own),
        suggests=REWRITE[stray.what](),
        severity=Severity.WARNING,
        related=(stray.original,),
    )


# --- the purpose again ------------------------------------------------------------------------------------

_NOTHING_NEW = "重说了一遍，没有说年底要做成什么、做到什么程度。"
RESTATES = {
    Restated.NAME: Message("restates-name", f"目标“{{goal:words}}”只是把项目名称{_NOTHING_NEW}"),
    Restated.PURPOSE: Message("restates-purpose", f"目标“{{goal:words}}”只是把资金用途{_NOTHING_NEW}"),
}
_FIELD = {Restated.NAME: ("project", "name"), Restated.PURPOSE: ("purpose",)}


@rule(
    "G56",
    title="目标照抄用途或项目名称",
    problem="goal-restates-purpose",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("mof-2015-88/clear-direction", "mof-2015-88/quantified"),
    remedy="目标写到年底要做成什么、达到什么程度，如“签约项目5个，到位资金1亿元”；用途写钱花在哪里。",
    since=date(2015, 5, 21),
    parameters=restating.PARAMETERS,
    says=tuple(RESTATES.values()),
)
def goal_says_more_than_purpose(sheet: SheetView) -> Iterator[Observation]:
    """绩效目标与资金用途或项目名称相同、只改了一两个字，或者整段照抄用途而没有添上可以衡量的结果。

    照抄用途之后又写了数量、比例等结果的，不报；用途也只是一个题目的，按目标不成句报。
    """
    for place, what in sheet.plan.derived(restating_goals).items():
        if place.sheet == sheet.index:
            goal = sheet.goals[place.goal]
            yield Observation(
                at=place.pointer,
                evidence=goal,
                says=RESTATES[what](goal=goal),
                related=(sheet.at(*_FIELD[what]),),
            )


# --- goals repeated ---------------------------------------------------------------------------------------

REPEATED = Message("repeated-in-sheet", "同一张表里有 {count:number} 条目标是同一句话：“{goal:words}”。")
SHARED = Message("shared-by-projects", "项目{projects:list}写了同一条目标“{goal:words}”，看不出各自要做成什么。")
DELETE = Message("delete-one", "删去重复的一条，或改写成另一件要做成的事。")
EACH_ITS_OWN = Message("each-its-own", "按各项目的支出内容分别写目标。")


def _repeated_goals(view: PlanView) -> Iterator[tuple[list[SheetGoal], SheetGoal]]:
    """Groups of goals that say the same, each with the goal that should not be there, in order of the document.

    Goals that restate the purpose, goals of a copied sheet and goals copied one by one stand in their groups, but do not
    make a group by themselves: what is wrong with them is another thing.
    """
    told, copies, stray = view.derived(restating_goals), view.derived(copied_sheets), view.derived(strays)
    for group in view.derived(goal_groups):
        origins = {place.sheet for place in group}
        fresh = [p for p in group if p not in told and p.pointer not in stray]
        own = [p for p in fresh if p.sheet not in copies or copies[p.sheet].earlier not in origins]
        if len(own) > 1:
            yield group, own[1]


@rule(
    "G54",
    title="目标重复",
    problem="goal-duplicated",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.PLAN,
    cites=("mof-2015-88/quantified", "mof-2015-88/clear-direction"),
    remedy="删去重复的一条；跨项目相同的，各写各的目标。",
    since=date(2015, 5, 21),
    parameters=(
        *restating.PARAMETERS,
        GOAL_LIKENESS,
        GOAL_SHORTEST,
        COPIED_SHEET,
        STRAY_WORDS,
        PROJECT_DULL_WORDS,
    ),
    says=(REPEATED, SHARED),
    proposes=(DELETE, EACH_ITS_OWN),
)
def goal_is_not_repeated(view: PlanView) -> Iterator[Observation]:
    """同一张表里两条目标相同或几乎相同，或者几个项目写了同一条目标。同一条目标不论重复几次只报一条，列出各处。

    只差数字或批次（第一批、第二批）的不算重复。已按整表照搬或照抄用途报过的不再报；跨项目的过短目标不报。
    """
    for group, at in _repeated_goals(view):
        goal = goal_at(view, at)
        says, suggests = _said_again(view, group, goal)
        alone = {p.sheet for p in group} == {at.sheet}
        yield Observation(
            at=at.pointer,
            evidence=goal,
            says=says,
            suggests=suggests,
            related=tuple(p.pointer for p in group if p != at),
            fix=(PatchOperation("remove", at.pointer),) if alone and len(group) == 2 else None,
        )


def _said_again(view: PlanView, group: list[SheetGoal], goal: str) -> tuple[Said, Said]:
    sheets = sorted({p.sheet for p in group})
    if len(sheets) == 1:
        return REPEATED(count=len(group), goal=goal), DELETE()
    projects = [view.sheets[n].sheet.label for n in sheets]
    return SHARED(projects=projects, goal=goal), EACH_ITS_OWN()
