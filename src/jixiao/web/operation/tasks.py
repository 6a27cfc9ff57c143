"""Jobs of every day: roots of the audit log, backups, cleaning."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.sessions.backends.db import SessionStore

from jixiao.web.audit.roots import make_roots
from jixiao.web.imports import holding
from jixiao.web.imports.services import forget
from jixiao.web.jobs import results
from jixiao.web.jobs.kinds import NIGHTLY, Running
from jixiao.web.jobs.models import Job
from jixiao.web.jobs.queue import job
from jixiao.web.kernel import clock
from jixiao.web.kernel.people import system
from jixiao.web.operation.backups import daily_backup
from jixiao.web.organisations.services.reforms import carry_out_due

KEPT = timedelta(days=60)
"""Jobs that are over are shown so long"""
ROWS_KEPT = timedelta(days=90)
"""What stood in files that were imported; they may name people"""


@job("operation.reforms", title="机构改革到期生效", patience=NIGHTLY, is_long=True)
def reforms(running: Running, *, day: str) -> str:
    """Reforms of organisations whose day has come."""
    del running, day
    count = carry_out_due()
    return f"{count}项机构改革到期" if count else "今天没有到期的机构改革"


@job("operation.roots", title="算每日根", patience=NIGHTLY)
def roots(running: Running, *, day: str) -> str:
    """The root of yesterday and of the days before it that have none."""
    del running, day
    made = make_roots()
    return f"{made.day:%Y-%m-%d} 的每日根：{made.digest}" if made else "还没有审计日志"


@job("operation.backup", title="每日备份", patience=NIGHTLY, is_long=True)
def backup(running: Running, *, day: str) -> str:
    """A backup of the day, verified; those too old are taken away."""
    return daily_backup(date.fromisoformat(day), running.progress)


@job("operation.clean", title="清理过期的登录和任务", patience=NIGHTLY, is_long=True)
def clean(running: Running, *, day: str) -> str:
    """Sessions that ran out, jobs that ended, files that were made and files for import that were left lying long ago."""
    del running, day
    SessionStore.clear_expired()
    old = Job.objects.unrestricted("cleaning").filter(
        state__in=[Job.State.DONE, Job.State.FAILED], ended_at__lt=clock.now() - KEPT
    )
    results.clear_away()
    holding.clear_away()
    count = old.count()
    old.delete()
    imports = forget(system("清理"), before=clock.now() - ROWS_KEPT)
    return f"清掉了过期的登录、{count}件早已结束的任务、{imports}次早先导入的内容"
