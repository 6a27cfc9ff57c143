"""What those who run the system do with background work."""

from __future__ import annotations

from jixiao.web.jobs.models import Job, Result
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, Refused, service

_ENDED = (Job.State.PARKED, Job.State.FAILED)


@service("operation.again", "重新运行任务", right="operation.run")
def run_again(act: Act, *, job: int) -> Job:
    """A job that was parked or failed waits again. Raises Refused for one that is not, or of which another one waits."""
    found = act.get(Job, job)
    if found.state not in _ENDED:
        raise Refused(f"这个任务{found.get_state_display()}，不用重新运行")
    found.state, found.losses, found.message = Job.State.WAITING, 0, ""
    found.due_at = found.turn_at = clock.now()
    found.ended_at = None
    return act.save(found)


@service("operation.put_away", "不再运行任务", right="operation.run")
def put_away(act: Act, *, job: int, reason: str) -> Job:
    """A parked job is not to run again; why stays at it. Raises Refused without a reason."""
    found = act.get(Job, job)
    if found.state != Job.State.PARKED:
        raise Refused(f"这个任务{found.get_state_display()}，不在搁置的里面")
    if not reason.strip():
        raise Refused("请写明为什么不再运行，以后查得到", field="reason", status=422)
    found.state, found.message = Job.State.FAILED, f"不再运行：{reason.strip()}"[:400]
    return act.save(found, note=reason.strip())


@service("result.taken", "取走做好的文件", right="job.own")
def note_taken(act: Act, *, result: int) -> None:
    """Note that a file was taken away; what is in it was noted when it was made, under the same digest."""
    found = act.get(Result, result, lock=False)
    act.record(found, {}, {"size": found.size, "sha256": found.sha256}, note=found.name)
