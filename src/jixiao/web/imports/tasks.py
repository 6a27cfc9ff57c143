"""Long imports in the background: trying and applying many rows. Each may be lost and run again."""

from __future__ import annotations

from jixiao.web.imports import running
from jixiao.web.jobs.queue import Running, job


@job("import.read", title="读取导入的文件", is_long=True)
def read(work: Running, *, session: int) -> str:
    """Read the file of a session."""
    running.read_held(work.actor, session, work.progress)
    return ""


@job("import.try", title="试导入", is_long=True)
def attempt(work: Running, *, session: int) -> str:
    """Try all rows of a session."""
    running.attempt(work.actor, session, work.progress)
    return ""


@job("import.apply", title="导入", is_long=True)
def apply(work: Running, *, session: int) -> str:
    """Store the good rows of a session."""
    running.apply(work.actor, session, work.progress)
    return ""
