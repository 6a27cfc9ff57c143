"""What waits for somebody, from all apps, as far as they may see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Min, Q, Sum
from django.urls import reverse
from django.utils import timezone

from jixiao.web.accounts.models import User
from jixiao.web.desk.selectors import open_doubts
from jixiao.web.goals.models import Sheet, SheetState
from jixiao.web.home.approvals import to_approve, to_be_handed_down
from jixiao.web.home.beginning import alone, missing
from jixiao.web.home.todo import Todo
from jixiao.web.intake.models import IncomingFile
from jixiao.web.intake.places import address_of
from jixiao.web.jobs.selectors import parked_count
from jixiao.web.kernel import clock
from jixiao.web.kernel.people import Actor
from jixiao.web.site.money import wan
from jixiao.web.workflow.models import Decision, Verb
from jixiao.web.workflow.selectors import Standing, standings, undecided, waiting_for

_MOST = 12
"""Rows shown of a kind; the counter above opens all"""
_MOST_WAITING = 200
State = IncomingFile.State


@dataclass(frozen=True)
class Elsewhere:
    """What others have in hand: what, with whom and how long, where to see it; whether nobody opened it yet."""

    title: str
    words: str
    address: str
    is_free: bool
    days: int


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
        *_returned(actor, year),
        *to_be_handed_down(actor, year),
        *_to_decide(actor, year),
        *to_approve(actor, year),
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
        for state, words in ((SheetState.SENT_BACK, "已退回的表"), (SheetState.SUBMITTED, "已送审的表")):
            if n := sheets.filter(state=state).count():
                found.append(Counter(n, words, f"{listed}?state={state}"))
        found.append(
            Counter(sheets.filter(state=SheetState.APPROVED).count(), "已批复的表", f"{listed}?state=approved")
        )
        wrong = sheets.filter(errors__gt=0, state=SheetState.DRAFTED)
        found.append(Counter(wrong.count(), "填报中有必须修改的", f"{listed}?state=drafted&severity=errors"))
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


def _returned(actor: Actor, year: int) -> Iterator[Todo]:
    """Sheets that came back, the oldest first: with how many points, since when."""
    if not actor.may("sheet.submit"):
        return
    rows = Sheet.objects.restrict(actor, "sheet.submit").filter(year=year, state=SheetState.SENT_BACK)
    for one in rows.select_related("unit").order_by("changed_at", "pk")[:_MOST]:
        last = Decision.objects.restrict(actor, "sheet.view").filter(run__sheet=one, verb=Verb.SEND_BACK, undone=False)
        back = last.order_by("-pk").first()
        words = (
            f"{back.made_by} {timezone.localtime(back.made_at):%m-%d}退回：{back.opinion[:40]}" if back else "已退回"
        )
        yield Todo(
            f"{one.title} · {one.unit.name}", words, reverse("sheet-edit", args=[year, one.pk]), "改", "error", "退回"
        )


def _to_decide(actor: Actor, year: int) -> Iterator[Todo]:
    """What waits at a step that is the person's, by unit that handed in; the longest first."""
    if not actor.may("sheet.decide"):
        return
    rows = (
        waiting_for(actor, year)
        .order_by()
        .values("sheet__unit", "sheet__unit__name", "sheet__unit__department", "step")
    )
    found = rows.annotate(n=Count("pk"), since=Min("since"), fen=Sum("sheet__total_fen")).order_by(
        "since", "sheet__unit"
    )
    for one in found[:_MOST]:
        days = (clock.now() - one["since"]) // timedelta(days=1)
        money = f" · 预算{wan(one['fen'])}万元" if one["fen"] else ""
        yield Todo(
            f"{one['sheet__unit__name']}送审{one['n']}张",
            f"等您审{money}" + (f" · 第{days + 1}天" if days else ""),
            f"{reverse('review', args=[year])}?department={one['sheet__unit__department']}",
            f"审{one['n']}张",
        )


def waiting_elsewhere(actor: Actor, year: int) -> list[Elsewhere]:
    """What the person's unit handed in and others have now, by with whom it is; the longest first."""
    if not actor.may("sheet.submit"):
        return []
    rows = Sheet.objects.restrict(actor, "sheet.submit").filter(
        year=year, state__in=(SheetState.SUBMITTED, SheetState.REVIEWING)
    )
    found: dict[tuple[int, str, str], list[Standing]] = {}
    sheets = {one.pk: one for one in rows.select_related("unit").order_by("pk")[:_MOST_WAITING]}
    for key, one in standings(actor, sheets.values()).items():
        found.setdefault((sheets[key].unit_id, one.step, one.who), []).append(one)
    listed, free_ones = [], undecided(one.run for some in found.values() for one in some)
    for (unit, step, who), some in found.items():
        first = sheets[some[0].run.sheet_id]
        title = first.title if len(some) == 1 else f"{first.title}等{len(some)}张"
        days = max(one.days for one in some)
        words = f"等{who}（{step}）" + (f"，第{days + 1}天" if days else "")
        free = all(one.run.pk in free_ones for one in some)
        listed.append(Elsewhere(title, words, reverse("set", args=[year, unit]), free, days))
    return sorted(listed, key=lambda one: -one.days)


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
