"""批复 that waits for somebody: to be given, to be handed down to units."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from jixiao.web.home.todo import Todo
from jixiao.web.kernel import clock
from jixiao.web.kernel.people import Actor
from jixiao.web.workflow.approvable import to_hand_down
from jixiao.web.workflow.models import Phase, Run


def to_be_handed_down(actor: Actor, year: int) -> Iterator[Todo]:
    """What a lead department has to hand down, the soonest first, with the last day of it."""
    for one, below in to_hand_down(actor, year):
        last = one.hand_down_by
        if last is None:
            continue
        left = (last - clock.today()).days
        when = f"{last.month}月{last.day}日止 · " + (f"还剩{left}天" if left >= 0 else f"逾期{-left}天")
        address = reverse("approval-given", args=[year, one.pk]) + "#hand-down"
        severity, sign = ("error", "逾期") if left < 0 else ("warning", "要办")
        words = f"转批给下属{len(below)}个单位 · {when}"
        yield Todo(f"{one.document} 批复下达", words, address, f"下达{len(below)}个单位", severity, sign)


def to_approve(actor: Actor, year: int) -> Iterator[Todo]:
    """How many sheets passed and wait for 批复."""
    if not actor.may("sheet.approve"):
        return
    rows = Run.objects.restrict(actor, "sheet.approve").filter(sheet__year=year, is_current=True, phase=Phase.PASSED)
    count = rows.count()
    if count:
        yield Todo(f"{count}张审核通过", "等批复", reverse("approval", args=[year]), "去批复")
