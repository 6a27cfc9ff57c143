"""What the clock asks for every day: each job once for a day, caught up with where the machine was off at its hour."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from django.db import InterfaceError, OperationalError, close_old_connections, connection

from jixiao.web.jobs.models import Job
from jixiao.web.jobs.queue import enqueue
from jixiao.web.kernel import clock

_LOOK = 20.0
"""Seconds between two looks at the clock"""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Daily:
    """A job of every day, not before ``at`` by local time. Its key is the day, so that it is asked for once."""

    job: str
    at: time


SCHEDULE: tuple[Daily, ...] = (
    Daily("operation.reforms", time(0, 1)),
    Daily("operation.roots", time(0, 5)),
    Daily("operation.backup", time(1, 0)),
    Daily("notices.deadlines", time(7, 0)),
    Daily("operation.clean", time(3, 0)),
)


def tick() -> Iterator[Job]:
    """Ask for what is due today and was not asked for yet."""
    now = clock.now()
    day = now.date().isoformat()
    for one in SCHEDULE:
        if now.time() < one.at:
            continue
        if not Job.objects.unrestricted("what was asked for today").filter(name=one.job, key=day).exists():
            yield enqueue(one.job, key=day, day=day)


def keep_time(stop: threading.Event) -> None:
    """Look at the clock until ``stop`` is set."""
    while not stop.is_set():
        close_old_connections()
        try:
            for made in tick():
                _log.info("排上了 %s（%s）", made.name, made.key)
        except (OperationalError, InterfaceError) as error:
            _log.warning("定时：数据库没有回答，接着试：%s", error)
            connection.close()
        stop.wait(_LOOK)
    connection.close()
