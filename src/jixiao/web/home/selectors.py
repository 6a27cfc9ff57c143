"""What waits for somebody, from all apps, as far as they may see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from jixiao.web.accounts.models import User
from jixiao.web.desk.selectors import open_doubts
from jixiao.web.goals.models import Sheet, SheetState
from jixiao.web.home.beginning import alone, missing
from jixiao.web.home.todo import Todo
from jixiao.web.intake.models import IncomingFile
from jixiao.web.intake.places import address_of
from jixiao.web.jobs.selectors import parked_count
from jixiao.web.kernel import clock
from jixiao.web.kernel.people import Actor

_MOST = 12
"""Rows shown of a kind; the counter above opens all"""
State = IncomingFile.State


@dataclass(frozen=True)
class Counter:
    """A number that opens its list."""

    count: int
    title: str
    address: str


def todos_of(actor: Actor, year: int, *, is_open: bool = True, is_empty: bool = False) -> list[Todo]:
    """What waits for the person in a fiscal year, the gravest first. ``is_open``: a fiscal year is; ``is_empty``: no number of
    theirs is above 0."""
    return [
        *_operation(actor),
        *_locked(actor),
        *alone(actor),
        *missing(actor, year, is_open=is_open, is_empty=is_empty),
        *_files(actor, year),
        *_sheets(actor, year),
    ]


def counters_of(actor: Actor, year: int) -> list[Counter]:
    """The numbers of a year, those that the person may open."""
    found: list[Counter] = []
    if actor.may("intake.view"):
        rows = IncomingFile.objects.restrict(actor, "intake.view").filter(batch__year=year)
        desk = reverse("intake", args=[year])
        found.append(Counter(rows.filter(state=State.TO_CHECK).count(), "待核对的文件", desk))
        found.append(Counter(rows.filter(state=State.UNREADABLE).count(), "读不出的文件", desk))
    if actor.may("sheet.view"):
        sheets = Sheet.objects.restrict(actor, "sheet.view").filter(year=year).exclude(state=SheetState.VOID)
        listed = reverse("sheets", args=[year])
        found.append(Counter(sheets.filter(state=SheetState.DRAFTED).count(), "填报中的表", f"{listed}?state=drafted"))
        found.append(
            Counter(sheets.filter(state=SheetState.APPROVED).count(), "已批复的表", f"{listed}?state=approved")
        )
        wrong = sheets.filter(errors__gt=0, state=SheetState.DRAFTED)
        found.append(Counter(wrong.count(), "有必须修改的表", f"{listed}?state=drafted&severity=errors"))
    return found


def _files(actor: Actor, year: int) -> Iterator[Todo]:
    if not actor.may("intake.accept"):
        return
    rows = IncomingFile.objects.restrict(actor, "intake.accept").filter(batch__year=year, state=State.TO_CHECK)
    files = list(rows.defer("document").select_related("department").order_by("made_at", "pk")[:_MOST])
    doubts = open_doubts(actor, files)
    for one in files:
        words = f"待核对{doubts[one.pk]}处" if doubts[one.pk] else "没有疑问，可以收下"
        who = f" · {one.department.name}" if one.department else " · 要定是哪个部门"
        yield Todo(one.name, words + who, address_of(year, one.pk), "核对")


def _sheets(actor: Actor, year: int) -> Iterator[Todo]:
    if not actor.may("sheet.edit"):
        return
    rows = Sheet.objects.restrict(actor, "sheet.edit").filter(year=year, state=SheetState.DRAFTED, errors__gt=0)
    for one in rows.select_related("unit").order_by("-errors", "pk")[:_MOST]:
        words = f"必须修改{one.errors}处" + (f" · 应当修改或说明{one.warnings}处" if one.warnings else "")
        address = reverse("sheet-edit", args=[year, one.pk])
        yield Todo(f"{one.title} · {one.unit.name}", words, address, "接着填", "error")


def _operation(actor: Actor) -> Iterator[Todo]:
    if actor.may("operation.view") and (parked := parked_count()):
        yield Todo(
            f"{parked}个后台任务搁置了",
            "两次没有做完，要看一看再重新运行",
            reverse("operation"),
            "看任务",
            "error",
            "要处理",
        )


def _locked(actor: Actor) -> Iterator[Todo]:
    if not actor.may("right.grant"):
        return
    rows = User.objects.restrict(actor, "right.grant").filter(Q(locked_until__gt=clock.now()), is_active=True)
    for one in rows.select_related("organisation")[:_MOST]:
        place = one.organisation.name if one.organisation else ""
        yield Todo(
            f"{one.name} {place}",
            "密码连续输错，账号暂停",
            reverse("person", args=[one.pk]),
            "看人员",
            "warning",
            "留意",
        )
