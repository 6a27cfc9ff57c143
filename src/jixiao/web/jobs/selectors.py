"""What of background work is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from jixiao.web.jobs.models import Job
from jixiao.web.kernel import clock
from jixiao.web.kernel.door import RestrictedQuerySet
from jixiao.web.kernel.people import Actor

LATE = timedelta(minutes=5)
"""What takes seconds does not wait so long where anybody works"""


@dataclass(frozen=True)
class Progress:
    """How far a job is, for who waits for it. ``before`` counts jobs that come first while it waits."""

    id: int
    state: str
    done: int
    total: int
    message: str
    before: int = 0

    @property
    def is_over(self) -> bool:
        return self.state not in (Job.State.WAITING, Job.State.RUNNING)

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0

    @property
    def words(self) -> str:
        """「进行中 4/9」"""
        label = Job.State(self.state).label
        if self.state == Job.State.WAITING and self.before:
            return f"{label}，前面还有{self.before}件"
        return f"{label} {self.done}/{self.total}" if self.total else label


def progress_of(name: str, key: str) -> Progress | None:
    """How far the latest job of this name and key is. What the job is about was asked the right for by who calls this."""
    every = Job.objects.unrestricted("progress shown beside what the job is about")
    found = every.filter(name=name, key=key).order_by("-id").first()
    if found is None:
        return None
    before = 0
    if found.state == Job.State.WAITING:
        earlier = Q(turn_at__lt=found.turn_at) | Q(turn_at=found.turn_at, id__lt=found.pk)
        before = every.filter(earlier, state=Job.State.WAITING, due_at__lte=clock.now()).count()
    return Progress(found.pk, found.state, found.done, found.total, found.message, before)


def jobs_for(actor: Actor, right: str = "operation.view") -> RestrictedQuerySet[Job]:
    """The jobs somebody may see; with ``job.own`` those they asked for."""
    found: RestrictedQuerySet[Job] = Job.objects.restrict(actor, right)
    return found


def is_late() -> bool:
    """Whether something short that people wait for has been due for minutes: no worker is at it, or all are stuck."""
    waiting = Job.objects.unrestricted("whether anybody works").filter(state=Job.State.WAITING, is_long=False)
    return waiting.filter(turn_at__lt=clock.now() - LATE).exists()


def parked_count() -> int:
    """How many jobs wait for somebody to look into them."""
    return Job.objects.unrestricted("a number for those who run the system").filter(state=Job.State.PARKED).count()
