"""Reminders, every morning."""

from __future__ import annotations

from datetime import date, timedelta

from jixiao.web.jobs.kinds import NIGHTLY
from jixiao.web.jobs.queue import Running, job
from jixiao.web.kernel import clock
from jixiao.web.kernel.people import system
from jixiao.web.notices.deadlines import news
from jixiao.web.notices.models import Notice
from jixiao.web.notices.services import tell

KEPT = timedelta(days=90)


@job("notices.deadlines", title="截止和逾期提醒", patience=NIGHTLY)
def deadlines(running: Running, *, day: str) -> str:
    """Tell whose deadline is near or has passed; each once."""
    told = 0
    for count, one in enumerate(news(date.fromisoformat(day))):
        running.progress(count, count + 1)
        told += tell(
            system("截止提醒"),
            people=one.people,
            kind=one.kind,
            key=one.key,
            text=one.text,
            year=one.year,
            department=one.department,
        )
    Notice.objects.unrestricted("cleaning").filter(made_at__lt=clock.now() - KEPT).delete()
    return f"提醒了{told}人次" if told else "今天没有要提醒的"
