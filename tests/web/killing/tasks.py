"""The job that a sequence asks for."""

from __future__ import annotations

import time

from jixiao.web.jobs.queue import Running, job
from web.killing.services import follow


@job("killing.follow", title="跟着写（测试）")
def following(running: Running, *, project: int, number: int) -> None:
    running.progress(0, 2)
    follow(running.actor, project=project, number=number)
    time.sleep(0.005)
    running.progress(2, 2)
