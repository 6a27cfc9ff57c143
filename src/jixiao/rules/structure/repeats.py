"""Rules on parts printed twice: alike, or in two versions that disagree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.form import field_named
from jixiao.domain.message import Said
from jixiao.domain.plan import Activity
from jixiao.parameters.keys import REPEATED_PARAGRAPH
from jixiao.readings.text import normalise
from jixiao.readings.view import PlanView
from jixiao.readings.written import Part
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

_REPEATED_NOTE = "section.repeated"
_CONFLICT_NOTE = "section.conflicting"
_SHOWN = 100
_CHAPTERS = {f"/{name}": field_named(name).label for name in ("overall_goals", "activities", "safeguards")}


@dataclass(frozen=True, slots=True)
class _Item:
    """A paragraph, activity or safeguard: where, and its words as printed and as compared."""

    pointer: str
    printed: str
    words: str


def _lists(view: PlanView) -> Iterator[tuple[Part, list[_Item]]]:
    """(the part they are of, items) of every list in which nothing should stand twice."""
    plan = view.plan
    yield (
        Part.OVERALL,
        [_Item(view.at("overall_goals", n), g.text, normalise(g.text)) for n, g in enumerate(plan.overall_goals)],
    )
    yield (
        Part.ACTIVITY,
        [_Item(view.at("activities", n), a.name or a.goal or "", _whole(a)) for n, a in enumerate(plan.activities)],
    )
    yield (
        Part.SAFEGUARD,
        [
            _Item(view.at("safeguards", n), s.heading or s.text or "", normalise(s.text) or normalise(s.heading))
            for n, s in enumerate(plan.safeguards)
        ],
    )


def _whole(activity: Activity) -> str:
    parts = [activity.name, activity.description, activity.goal, *(i.text for i in activity.indicators)]
    return "\n".join(normalise(p) for p in parts)


CHAPTER_AGAIN = Message("chapter-again", "{chapter:text}一章原样印了两遍，看的人要逐句对照才知道没有两样。")
AGAIN = Message(
    "again", "{what:text}{items:list}前面已经有一份，文字完全相同，是重复印出，或者本该是另一件事而没有改。"
)


@rule(
    "S03",
    title="内容重复印出",
    problem="duplicate-section",
    severity=Severity.WARNING,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.PLAN,
    cites=("mof-2015-88/completeness-review", "good-practice/consistency"),
    remedy="删去重复的一份。",
    since=date(2015, 5, 21),
    parameters=(REPEATED_PARAGRAPH,),
    says=(CHAPTER_AGAIN, AGAIN),
)
def nothing_is_printed_twice(view: PlanView) -> Iterator[Observation]:
    """一章、一段总体目标、一项分项目标或者一条保障措施，文字完全一样地印了两遍。连着重复的几段合并报一条。

    几个字的短句、只差一个数的两段，不报；目标表之间重复的目标和指标另有规则。
    """
    for note in view.plan.notes:
        if note.code == _REPEATED_NOTE:
            chapter = _CHAPTERS.get(note.pointer, "")
            yield Observation(at=note.pointer, evidence=note.message, says=CHAPTER_AGAIN(chapter=chapter))
    fewest = view.parameter(REPEATED_PARAGRAPH).fewest_characters
    for what, items in _lists(view):
        for block in _blocks(items, fewest):
            first, again = block[0]
            shown = [items[n].printed[:_SHOWN] for _, n in block]
            yield Observation(
                at=items[again].pointer,
                evidence="、".join(shown),
                says=AGAIN(what=what.label, items=shown),
                related=tuple(dict.fromkeys([items[first].pointer, *(items[n].pointer for p in block[1:] for n in p)])),
            )


def _blocks(items: list[_Item], fewest: int) -> Iterator[list[tuple[int, int]]]:
    """Runs of (index of the first, index of the copy) that follow each other."""
    first: dict[str, int] = {}
    block: list[tuple[int, int]] = []
    for n, item in enumerate(items):
        if len(item.words) < fewest:
            continue
        earlier = first.setdefault(item.words, n)
        if earlier == n:
            continue
        if block and (earlier - 1, n - 1) != block[-1]:
            yield block
            block = []
        block.append((earlier, n))
    if block:
        yield block


TWO_CHAPTERS = Message(
    "two-chapters", "{chapter:text}一章印了两份，内容不同，不知道以哪一份为准，这里只审核了其中一份。"
)
TWO_ACTIVITIES = Message(
    "two-activities",
    "分项目标“{activity:words}”有两份：一份写“{one:words}”，一份写“{other:words}”，不知道以哪一份为准。",
)
TWO_ALIKE = Message("same-goal", "分项目标“{activity:words}”有两份，目标相同，描述或指标不同，不知道以哪一份为准。")
EMPTY_ACTIVITY = Message(
    "empty-activity", "分项目标“{activity:words}”有两份：一份写“{one:words}”，一份没有写目标，不知道以哪一份为准。"
)


@rule(
    "S04",
    title="同一部分有两个版本",
    problem="section-conflict",
    severity=Severity.WARNING,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.PLAN,
    cites=("mof-2015-88/completeness-review", "good-practice/consistency"),
    remedy="确定哪一份是定稿，删去另一份。",
    since=date(2015, 5, 21),
    says=(TWO_CHAPTERS, TWO_ACTIVITIES, TWO_ALIKE, EMPTY_ACTIVITY),
)
def one_version_only(view: PlanView) -> Iterator[Observation]:
    """同一章印了两份、内容不同，或者两项分项目标名称相同、目标或者描述、指标却不同，不知道以哪一份为准。

    同名的两项预算数不同的，可能是分开安排的两笔，不报。
    """
    for note in view.plan.notes:
        if note.code == _CONFLICT_NOTE:
            chapter = _CHAPTERS.get(note.pointer, "")
            yield Observation(
                at=note.pointer,
                evidence=note.message[:_SHOWN],
                says=TWO_CHAPTERS(chapter=chapter),
            )
    first: dict[str, int] = {}
    for n, activity in enumerate(view.plan.activities):
        name = normalise(activity.name)
        earlier = first.setdefault(name, n) if name else n
        other = view.plan.activities[earlier]
        if earlier == n or _whole(other) == _whole(activity) or other.budget != activity.budget:
            continue
        yield Observation(
            at=view.at("activities", n),
            evidence=f"{other.goal or other.name} ｜ {activity.goal or activity.name}",
            says=_two_of(activity.name or "", other.goal, activity.goal),
            related=(view.at("activities", earlier),),
        )


def _two_of(name: str, one: str | None, other: str | None) -> Said:
    if normalise(one) == normalise(other):
        return TWO_ALIKE(activity=name)
    if one and other:
        return TWO_ACTIVITIES(activity=name, one=one, other=other)
    return EMPTY_ACTIVITY(activity=name, one=one or other or "")
