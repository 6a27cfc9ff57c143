"""Rules on the parts of a plan: who it is of, what its headings announce, how they are numbered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.numbering import broken_numbers
from jixiao.domain.pointer import at
from jixiao.domain.stage import stage_of
from jixiao.parameters.keys import ACTIVITY_COLUMNS, HEADED_SHARE
from jixiao.readings.presence import unread_in_head
from jixiao.readings.text import normalise
from jixiao.readings.view import PlanView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

_NUMBERING_NOTE = "heading.numbering"

# --- heads ------------------------------------------------------------------------------------------------

NO_DEPARTMENT = Message("no-department", "全文没有写明是哪个部门编制的，批复和监控时找不到责任单位。")
NO_UNIT = Message("no-unit", "{form:text}“{sheet:words}”没有写预算单位，不知道由哪个单位执行、对谁考核。")
NO_CODE = Message(
    "no-code", "{form:text}“{sheet:words}”的预算单位没有写编码，别的{form:text}写了，对不上预算系统里的单位。"
)
NO_TITLE = Message("no-title", "文本没有标题，看不出是哪个单位、哪一年的什么文本。")
NO_ACTIVITIES = Message(
    "no-activities", "写了总体绩效目标，没有分项绩效目标，总体目标由哪些工作、多少钱来实现看不出来。"
)
ADD_DEPARTMENT = Message("add-department", "在封面或标题写明部门名称和代码。")
ADD_UNIT = Message("add-unit", "在表头填写预算单位的编码和名称。")
ADD_CODE = Message("add-code", "补上预算单位编码。")
ADD_TITLE = Message("add-title", "加上标题，如“某某局2026年部门预算绩效文本”。")
ADD_ACTIVITIES = Message("add-activities", "补上“分项绩效目标”一节，按职责活动逐项写年度预算数、目标和指标。")


def _is_whole_plan(view: PlanView) -> bool:
    """Whether the document is a department's plan, not a bundle of goal sheets."""
    return bool(view.plan.overall_goals or view.plan.activities)


@rule(
    "S01",
    title="缺单位、标题或章节",
    problem="missing-header",
    severity=Severity.WARNING,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.PLAN,
    cites=("mof-2015-88/completeness-review", "hebei-form/columns"),
    remedy="在封面写明部门名称，在每张表的表头写明预算单位的编码和名称。",
    since=date(2015, 5, 21),
    parameters=(ACTIVITY_COLUMNS,),
    says=(NO_DEPARTMENT, NO_UNIT, NO_CODE, NO_TITLE, NO_ACTIVITIES),
    proposes=(ADD_DEPARTMENT, ADD_UNIT, ADD_CODE, ADD_TITLE, ADD_ACTIVITIES),
)
def heads_are_filled_in(view: PlanView) -> Iterator[Observation]:
    """全文读不出是哪个部门的；目标表没有预算单位（同一种表别的有，或者全文都没有部门）；同一种表有的有单位编码、有的没有；
    写了总体目标而没有标题，或者表式要求有分项绩效目标而没有这一节。

    只有一个部门、各表都不印预算单位的表式，不报。缺标题、缺编码、缺章节只作建议；单独送来的一张表没有单位的，可能是从整份文件里摘出来的，
    也只作建议。
    """
    plan = view.plan
    excerpt = None if _is_whole_plan(view) or len(view.sheets) > 1 else Severity.ADVICE
    nobody = not normalise(plan.department.name)
    without = [s for s in view.sheets if not _has_unit(s)]
    if nobody and len(without) == len(view.sheets) and not all(unread_in_head(s) for s in without):
        yield Observation(
            at=view.at("department"),
            evidence=f"标题：{plan.title}" if plan.title else plan.label,
            says=NO_DEPARTMENT(),
            suggests=ADD_DEPARTMENT(),
            severity=excerpt,
        )
    for sheet in without:
        if not unread_in_head(sheet) and (nobody or any(_has_unit(other) for other in _alike(sheet))):
            yield _in_head(sheet, sheet.at("budget_unit"), NO_UNIT, ADD_UNIT, excerpt)
    for sheet in view.sheets:
        unit = sheet.sheet.budget_unit
        if normalise(unit.name) and not unit.code and any(other.sheet.budget_unit.code for other in _alike(sheet)):
            yield _in_head(sheet, sheet.at("budget_unit", "code"), NO_CODE, ADD_CODE, Severity.ADVICE)
    if _is_whole_plan(view) and not normalise(plan.title):
        yield Observation(
            at=view.at("title"),
            evidence=plan.label,
            says=NO_TITLE(),
            suggests=ADD_TITLE(),
            severity=Severity.ADVICE,
        )
    if plan.overall_goals and not plan.activities and view.parameter(ACTIVITY_COLUMNS).indicators:
        yield Observation(
            at=view.at("activities"),
            evidence="分项绩效目标",
            says=NO_ACTIVITIES(),
            suggests=ADD_ACTIVITIES(),
            severity=Severity.ADVICE,
            confidence=Decimal("0.8"),
        )


def _has_unit(sheet: SheetView) -> bool:
    return bool(normalise(sheet.sheet.budget_unit.name) or sheet.sheet.budget_unit.code)


def _alike(sheet: SheetView) -> list[SheetView]:
    """The sheets of the plan that are of the same form: what a goal sheet has a field for, a monitoring sheet need not have."""
    return [other for other in sheet.plan.sheets if stage_of(other.later) is stage_of(sheet.later)]


def _in_head(sheet: SheetView, at: str, says: Message, suggests: Message, severity: Severity | None) -> Observation:
    label, form = sheet.sheet.label, stage_of(sheet.later).label
    return Observation(at, label, says=says(form=form, sheet=label), suggests=suggests(), severity=severity)


# --- numbers ----------------------------------------------------------------------------------------------

BROKEN = Message("broken", "编号有错：{faults:text}。审核意见引用第几条时会对不上，也可能漏印了一条。")


@rule(
    "S02",
    title="编号混乱",
    problem="numbering-error",
    severity=Severity.ADVICE,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.PLAN,
    cites=("mof-2015-88/completeness-review", "good-practice/language"),
    remedy="按“一、（一）1.（1）”的层次顺序编号，不重不漏，同一级用同一种写法。",
    since=date(2015, 5, 21),
    says=(BROKEN,),
)
def numbers_run_on(view: PlanView) -> Iterator[Observation]:
    """标题、条目的编号重复、跳号、倒退，同一列里式样不一，下级用了上级的编号，或者带括号的编号后面又加顿号。

    条目里再分条目、另起一列从1数起的，不报；缺的编号夹在前一段文字里的，不算跳号。一列里各处合并报一条。
    """
    plan = view.plan
    yield from _broken({at("overall_goals", n): goal.text for n, goal in enumerate(plan.overall_goals)})
    yield from _broken({at("safeguards", n, "heading"): s.heading or "" for n, s in enumerate(plan.safeguards)})
    yield from _broken({at("activities", n, "name"): a.name or "" for n, a in enumerate(plan.activities)})
    by_pointer: dict[str, list[str]] = {}
    for note in plan.notes:
        if note.code == _NUMBERING_NOTE:
            by_pointer.setdefault(note.pointer, []).append(note.message.rstrip("。"))
    for pointer, messages in by_pointer.items():
        words = "；".join(messages)
        yield Observation(at=pointer, evidence=words, says=BROKEN(faults=words))


def _broken(texts: Mapping[str, str]) -> Iterator[Observation]:
    """The broken numbers of one list: pointer → text."""
    places = list(texts)
    found = broken_numbers(list(texts.values()))
    if found:
        words = "；".join(b.words for b in found)
        related = [places[n] for b in found for n in (b.at, b.before)]
        first = places[found[0].at]
        yield Observation(
            at=first,
            evidence=words,
            says=BROKEN(faults=words),
            related=tuple(dict.fromkeys(p for p in related if p != first)),
        )


# --- headings ---------------------------------------------------------------------------------------------

NO_CONTENT = Message("no-content", "保障措施{headings:list}只有标题，下面没有内容，看不出怎样做。")


@rule(
    "S05",
    title="只有标题没有内容",
    problem="heading-content-mismatch",
    severity=Severity.WARNING,
    aspect=Aspect.FEASIBILITY,
    scope=Scope.PLAN,
    cites=("hebei-form/safeguards", "mof-2015-88/completeness-review"),
    remedy="补写这一条的内容：谁、在什么时候、怎样做；确实没有的，删去标题。",
    since=date(2015, 5, 21),
    parameters=(HEADED_SHARE,),
    says=(NO_CONTENT,),
)
def headings_have_content(view: PlanView) -> Iterator[Observation]:
    """保障措施里有的条目只有标题，没有内容，而其他条目都写了内容。全都只有一句话的，看作一句话的写法，不报。"""
    guards = view.plan.safeguards
    empty = [n for n, s in enumerate(guards) if normalise(s.heading) and not normalise(s.text)]
    filled = [s for s in guards if normalise(s.heading) and normalise(s.text)]
    if not empty or len(filled) < len(guards) * view.parameter(HEADED_SHARE).share:
        return
    headings = [guards[n].heading or "" for n in empty]
    yield Observation(
        at=view.at("safeguards", empty[0]),
        evidence="、".join(headings),
        says=NO_CONTENT(headings=headings),
        related=tuple(view.at("safeguards", n) for n in empty[1:]),
    )
