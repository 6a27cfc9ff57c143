"""Rules on the words of goals: repeated, copied from another project, the purpose again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from jixiao.domain.finding import Aspect, PatchOperation, Severity
from jixiao.domain.goal import texts_of
from jixiao.parameters.keys import (
    COPIED_SHEET,
    FRAGMENT_WORDS,
    GOAL_LIKENESS,
    GOAL_PURPOSE_LIKENESS,
    GOAL_PURPOSE_SHARE,
    GOAL_SHORTEST,
    PROJECT_DULL_WORDS,
    STRAY_WORDS,
)
from jixiao.readings.goal_groups import GoalPlace, goal_at, goal_groups, same_words
from jixiao.readings.goal_words import fragment
from jixiao.readings.strays import strays
from jixiao.readings.text import Alike, normalise
from jixiao.readings.view import PlanView, SheetView
from jixiao.review.rule import Need, Observation, Scope, rule

# --- copied sheets ----------------------------------------------------------------------------------------


def copied_sheets(view: PlanView) -> Mapping[int, tuple[int, str]]:
    """Sheets taken over from an earlier one: index → (index of the earlier, in words what is alike)."""
    found: dict[int, tuple[int, str]] = {}
    names = [_names(sheet) for sheet in view.sheets]
    sharing: dict[str, list[int]] = defaultdict(list)
    """the sheets that have a row of this name"""
    goals = Alike(view.parameter(GOAL_LIKENESS), (s.sheet.goals[0].text for s in view.sheets if s.sheet.goals))
    for later in view.sheets:
        own = names[later.index]
        shared = Counter(n for name in own for n in sharing[name])
        most = view.parameter(COPIED_SHEET).same_names * len(own)
        alike = {n for n, count in shared.items() if count >= most}
        first_goal = later.sheet.goals[0].text if later.sheet.goals else None
        for n in sorted({*alike, *goals.candidates(first_goal)}):
            if what := _copy_of(view.sheets[n], later, names[n], own):
                found[later.index] = (n, what)
                break
        for name in own:
            sharing[name].append(later.index)
        goals.add(first_goal)
    return found


def _copy_of(earlier: SheetView, later: SheetView, a: Counter[str], b: Counter[str]) -> str | None:
    if normalise(earlier.sheet.project.name) == normalise(later.sheet.project.name):
        return None  # one project of several units, or one sheet printed in parts
    limits = later.parameter(COPIED_SHEET)
    rows = max(a.total(), b.total())
    same = (a & b).total()
    if rows >= limits.fewest_rows and same >= rows * limits.same_names:
        values = (_valued(earlier) & _valued(later)).total()
        if values >= rows * limits.same_values:
            return f"{same} 行指标名称相同，其中 {values} 行连指标值也相同"
    return _same_goals(
        tuple(texts_of(earlier.sheet.goals)), tuple(texts_of(later.sheet.goals)), later.parameter(GOAL_LIKENESS)
    )


def _names(sheet: SheetView) -> Counter[str]:
    return Counter(row.name for row in sheet.rows if row.name)


def _valued(sheet: SheetView) -> Counter[tuple[str, str]]:
    return Counter((row.name, "".join((row.row.target.text or "").split())) for row in sheet.rows if row.name)


def _same_goals(a: Sequence[str], b: Sequence[str], threshold: float) -> str | None:
    """A single goal that two projects share is told of as a repeated goal; here are whole lists."""
    if len(b) > 1 and len(a) == len(b) and all(same_words(x, y, threshold) for x, y in zip(a, b, strict=True)):
        return f"{len(b)} 条目标逐条相同"
    return None


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
)
def sheet_is_not_a_copy(view: PlanView) -> Iterator[Observation]:
    """两个不同项目的指标名称几乎全部相同、指标值也大半相同，或者几条目标逐条相同，说明是整张表照搬，在后一张表上报一条；
    或者一条目标、资金用途、一行指标（连描述和值）在两张表里一样，说的是其中一个项目的事，与另一个项目不沾边，在另一个
    项目的那一条上报，作警告。

    同名的项目（同一项目由几个单位执行）、名称相同而指标值各写各的，不报。
    """
    for later, (earlier, what) in view.derived(copied_sheets).items():
        a, b = view.sheets[earlier].sheet, view.sheets[later].sheet
        yield Observation(
            at=view.sheets[later].at("indicators" if "指标" in what else "goals"),
            evidence=f"{a.label} ｜ {b.label}",
            message=f"这个项目的内容照搬了项目“{a.label}”：{what}。两个项目花钱办的事不同，目标和指标不会一样。",
            related=(view.sheets[earlier].pointer,),
        )
    whole = view.derived(copied_sheets)
    for pointer, stray in view.derived(strays).items():
        sheet = view.sheets[int(pointer.split("/")[2])]
        if sheet.index in whole:
            continue
        home = view.sheets[stray.home].sheet.label
        yield Observation(
            at=pointer,
            evidence=stray.text,
            message=f"{stray.what}“{stray.text}”和项目“{home}”的一模一样，说的是那个项目的事，与本项目“{sheet.sheet.label}”"
            "的名称、用途和别的内容没有关系，像是照抄时没有改。",
            suggestion=f"按本项目要办的事重写这条{stray.what}。",
            severity=Severity.WARNING,
            related=(stray.original,),
        )


# --- the purpose again ------------------------------------------------------------------------------------


def restating_goals(view: PlanView) -> Mapping[GoalPlace, tuple[str, str]]:
    """Goals that say the purpose or the project name again: place → (field it restates, in words)."""
    found = {}
    for sheet in view.sheets:
        for n, goal in enumerate(texts_of(sheet.sheet.goals)):
            what = _restated(sheet, goal)
            if what and (what[0] == "project/name" or not fragment(view, goal)):
                found[GoalPlace(sheet.index, n)] = what
    return found


def _restated(sheet: SheetView, goal: str) -> tuple[str, str] | None:
    threshold = sheet.parameter(GOAL_PURPOSE_LIKENESS)
    if same_words(goal, sheet.sheet.project.name, threshold):
        return "project/name", "项目名称"
    purpose = sheet.sheet.purpose
    if same_words(goal, purpose, threshold):
        return "purpose", "资金用途"
    words, start = normalise(goal), normalise(purpose)
    if start and start in words and len(start) >= len(words) * sheet.parameter(GOAL_PURPOSE_SHARE):
        rest = words.replace(start, "", 1)
        if not any(c.isdigit() for c in rest):  # what is added may be the very result that is wanted
            return "purpose", "资金用途"
    return None


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
    parameters=(GOAL_PURPOSE_LIKENESS, GOAL_PURPOSE_SHARE, FRAGMENT_WORDS),
)
def goal_says_more_than_purpose(sheet: SheetView) -> Iterator[Observation]:
    """绩效目标与资金用途或项目名称相同、只改了一两个字，或者整段照抄用途而没有添上可以衡量的结果。

    照抄用途之后又写了数量、比例等结果的，不报；用途也只是一个题目的，按目标不成句报。
    """
    for place, (field, what) in sheet.plan.derived(restating_goals).items():
        if place.sheet != sheet.index:
            continue
        goal = sheet.sheet.goals[place.goal].text
        yield Observation(
            at=place.pointer,
            evidence=goal,
            message=f"目标“{goal}”只是把{what}重说了一遍，没有说年底要做成什么、做到什么程度。",
            related=(sheet.at(*field.split("/")),),
        )


# --- goals repeated ---------------------------------------------------------------------------------------


def repeated_goals(view: PlanView) -> list[tuple[list[GoalPlace], list[GoalPlace]]]:
    """Groups of goals that say the same: (all places, those not told of otherwise), in order of the document.

    Told of otherwise are goals that restate the purpose, goals of a copied sheet and goals copied one by one: they are
    named, but do not make a group by themselves.
    """
    told, copies, stray = view.derived(restating_goals), view.derived(copied_sheets), view.derived(strays)
    found = []
    for group in view.derived(goal_groups):
        if len(group) < 2:
            continue
        origins = {place.sheet for place in group}
        fresh = [p for p in group if p not in told and p.pointer not in stray]
        own = [p for p in fresh if copies.get(p.sheet, (-1, ""))[0] not in origins]
        if len(own) > 1:
            found.append((group, own))
    return found


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
        GOAL_LIKENESS,
        GOAL_SHORTEST,
        GOAL_PURPOSE_LIKENESS,
        GOAL_PURPOSE_SHARE,
        COPIED_SHEET,
        FRAGMENT_WORDS,
        STRAY_WORDS,
        PROJECT_DULL_WORDS,
    ),
)
def goal_is_not_repeated(view: PlanView) -> Iterator[Observation]:
    """同一张表里两条目标相同或几乎相同，或者几个项目写了同一条目标。同一条目标不论重复几次只报一条，列出各处。

    只差数字或批次（第一批、第二批）的不算重复。已按整表照搬或照抄用途报过的不再报；跨项目的过短目标不报。
    """
    for group, (_, at, *_) in view.derived(repeated_goals):
        goal = goal_at(view, at)
        if len({p.sheet for p in group}) == 1:
            places = "、".join(f"第 {p.goal + 1} 条" for p in group)
            message = f"{places}目标是同一句话：“{goal}”。"
            fix = (PatchOperation("remove", at.pointer),) if len(group) == 2 else None
            suggestion = "删去重复的一条，或改写成另一件要做成的事。"
        else:
            projects = "、".join(f"“{view.sheets[i].sheet.label}”" for i in sorted({p.sheet for p in group}))
            message = f"项目{projects}写了同一条目标“{goal}”，看不出各自要做成什么。"
            fix, suggestion = None, "按各项目的支出内容分别写目标。"
        yield Observation(
            at=at.pointer,
            evidence=goal,
            message=message,
            suggestion=suggestion,
            related=tuple(p.pointer for p in group if p != at),
            fix=fix,
        )
