"""Background work on files that came in."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError

from jixiao.domain.plan import Plan
from jixiao.web.files.store import path_of
from jixiao.web.goals.filled import Recognised, recognised
from jixiao.web.intake.known import with_known
from jixiao.web.intake.models import IncomingFile
from jixiao.web.intake.reading import Unread, get_ready, read
from jixiao.web.intake.services import ReadFile, store_reading
from jixiao.web.intake.whose import department_of, sheets_of
from jixiao.web.jobs.kinds import before_working
from jixiao.web.jobs.queue import Running, job
from jixiao.web.kernel.people import Actor, system

State = IncomingFile.State
before_working(get_ready)
_OPEN = (State.WAITING, State.READING)


@job("intake.read", title="读取文件")
def read_incoming(running: Running, *, file: int) -> str:
    """Read a file and keep what was read. Running it again does no harm: what was read before stays."""
    mine = IncomingFile.objects.unrestricted("progress of reading").filter(pk=file, state__in=_OPEN)
    if not mine.update(state=State.READING, pages_done=0):
        return "已经读好，不用再读"
    row = mine.select_related("stored", "batch__organisation__department").get()
    assert row.stored is not None

    def told(done: int, total: int) -> None:
        running.progress(done, total, row.name)
        mine.update(pages_done=done, pages=total)

    running.progress(0, 1, row.name)
    try:
        path = path_of(row.stored.sha256)
        filled = recognised(running.actor, path, row.name)
        if filled is not None:
            result: ReadFile | Unread | Recognised = filled
        else:
            found = read(path, row.name, told)
            result = found if isinstance(found, Unread) else _whose(running.actor, row, found)
        kept = store_reading(system("读取文件"), file=file, result=result)
    except (OperationalError, InterfaceError):  # the job is given back and runs again
        raise
    except Exception as error:
        where = f"编号 {running.id}，{type(error).__name__}"
        words = Unread(
            f"读取时程序出错（{where}）", "请重新读取；再不行，请把编号告诉系统管理员，另存为 .docx 或 .xlsx 再拖进来"
        )
        store_reading(system("读取文件"), file=file, result=words)
        raise
    return f"{row.name}：{kept.get_state_display()}"[:400]


def _whose(actor: Actor, row: IncomingFile, plan: Plan) -> ReadFile:
    """What was read, matched with what the person who handed it in may see."""
    department = department_of(actor, row.batch, plan)
    year = plan.fiscal_year.year if plan.fiscal_year else row.batch.year
    sheets = sheets_of(actor, department.found, year, plan, receiver=row.batch.organisation)
    return ReadFile(plan, department, year, tuple(with_known(actor, plan, year, sheets)))
