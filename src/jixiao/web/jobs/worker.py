"""The worker: one process that runs one job after the other until it is told to end."""

from __future__ import annotations

import logging
import threading

from django.db import InterfaceError, OperationalError, close_old_connections, connection

from jixiao.web.jobs.kinds import get_ready
from jixiao.web.jobs.queue import claim, execute, recover

POLL = 0.25
"""Seconds between two looks into the queue where nothing waits"""
_AWAY = 2.0
_log = logging.getLogger(__name__)


def work(name: str, stop: threading.Event) -> None:
    """Run jobs until ``stop`` is set. ``name`` is that of the place of this worker: after a crash the next one there has the same."""
    is_recovered = False
    threading.Thread(target=get_ready, daemon=True).start()
    while not stop.is_set():
        close_old_connections()
        try:
            is_recovered = is_recovered or recover(name) >= 0
            found = claim(name)
        except (OperationalError, InterfaceError) as error:
            _log.warning("后台任务：数据库没有回答，接着试：%s", error)
            connection.close()
            stop.wait(_AWAY)
            continue
        if found is None:
            stop.wait(POLL)
        else:
            execute(found, is_stopping=stop.is_set)
    connection.close()
