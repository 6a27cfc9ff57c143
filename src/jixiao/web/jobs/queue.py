"""The queue of background work: put in, claimed under a lease, ended, lost and found again.

``@job`` registers a function (in a module ``tasks`` of its app), ``enqueue`` asks for a run of it inside the transaction that needs it: no commit,
no job. A worker claims the next that is due, renews the lease while it works and writes how it ended. Of one name and key only one
waits or runs; asked for while it runs, it runs once more after that with the later arguments.

Whose turn it is: each job has a moment (``turn_at``), the earliest goes first. It is when the job is due, later by the patience of its kind
and by a little for each that the same person has waiting. So people go before nightly work and one file before another's three
hundred; and as the moment of a job stays while those of later ones grow, none is overtaken for ever.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, InterfaceError, OperationalError, connection, connections, transaction
from django.db.models import Q, Value
from django.db.models.functions import Least

from jixiao.web.jobs.kinds import GivenBackJob, Kind, LostJob, Running, job, kinds
from jixiao.web.jobs.models import Job
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Refused
from jixiao.web.kernel.people import Actor, system

__all__ = ["LEASE", "Running", "claim", "enqueue", "execute", "job", "people_by", "recover", "run_pending"]

LEASE = timedelta(seconds=60)
"""A job whose worker has not been heard of for so long is lost"""
MOST_LOSSES = 2
State = Job.State
SHARE = timedelta(seconds=2)
"""How much later each further job of one person has its turn: about what reading a file takes"""
_TRIES = 5
_log = logging.getLogger(__name__)

PersonOf = Callable[[int, frozenset[str] | None, str], Actor]
_PEOPLE: list[PersonOf] = []


def people_by(function: PersonOf) -> None:
    """How the id of a user, the scopes of the token they used and the id of the request become an actor; the app of accounts says so."""
    _PEOPLE[:] = [function]


def enqueue(
    name: str,
    *,
    key: str = "",
    due: datetime | None = None,
    actor: Actor | None = None,
    title: str = "",
    **arguments: Any,
) -> Job:
    """Ask for a run of the job ``name`` with ``arguments`` (plain values), not before ``due``, for ``actor`` or the system.

    ``key`` names what it is about: of one name and key only one waits or runs. ``title`` says what it makes, where the title of its kind
    does not. Raises KeyError for a name nobody registered.
    """
    kind = kinds()[name]
    for _ in range(_TRIES):
        open_one = key and _joined(kind, key, due, arguments)
        if open_one:
            return open_one
        try:
            with transaction.atomic():
                return _added(replace(kind, title=title or kind.title), key, due, actor, arguments)
        except IntegrityError:  # somebody else asked for it in this very moment
            continue
    raise RuntimeError(f"{name} {key}: neither there nor to be added")


def _rows() -> Any:
    return Job.objects.unrestricted("the queue itself")


def _joined(kind: Kind, key: str, due: datetime | None, arguments: dict[str, Any]) -> Job | None:
    """The job of this name and key that waits or runs, told the later wish."""
    same = _rows().filter(name=kind.name, key=key)
    moment = due or clock.now()
    if not (
        same.filter(state=State.RUNNING).update(again=arguments)
        or same.filter(state=State.WAITING).update(
            arguments=arguments,
            due_at=Least("due_at", Value(moment)),
            turn_at=Least("turn_at", Value(moment + kind.patience)),
        )
    ):
        return None
    found: Job | None = same.filter(state__in=[State.RUNNING, State.WAITING]).first()
    return found


def _added(kind: Kind, key: str, due: datetime | None, actor: Actor | None, arguments: dict[str, Any]) -> Job:
    now = clock.now()
    ahead = _rows().filter(asked_by=actor.id, state=State.WAITING).count() if actor and actor.id else 0
    made: Job = _rows().create(
        name=kind.name,
        title=kind.title,
        key=key,
        arguments=arguments,
        asked_by_id=actor.id if actor else None,
        asked_scopes=sorted(actor.scopes) if actor and actor.scopes is not None else None,
        request_id=actor.request_id if actor else "",
        due_at=due or now,
        turn_at=(due or now) + kind.patience + ahead * SHARE,
        is_long=kind.is_long,
        made_at=now,
    )
    return made


def claim(worker: str) -> Job | None:
    """The job that is due and whose turn it is, now running under our lease; None where there is none. Those whose lease is over
    are lost first. While a long one runs no other long one begins (two workers that look in the same moment may begin two: no harm).
    """
    now = clock.now()
    due = Q(state=State.WAITING, due_at__lte=now)
    if _rows().filter(state=State.RUNNING, is_long=True, leased_until__gte=now).exists():
        due &= Q(is_long=False)
    over = Q(state=State.RUNNING, leased_until__lt=now)
    if not _rows().filter(due | over).exists():
        return None  # looked without the right to write, which SQLite gives to one at a time
    with transaction.atomic():
        for lost in _rows().select_for_update(skip_locked=True).filter(over):
            lose(lost)
        found: Job | None = _rows().select_for_update(skip_locked=True).filter(due).order_by("turn_at", "id").first()
        if found is None:
            return None
        found.state, found.worker, found.started_at = State.RUNNING, worker, now
        found.leased_until, found.ended_at = now + LEASE, None
        found.done = found.total = 0
        found.message = ""
        found.save()
        return found


def lose(lost: Job) -> None:
    """Nobody works on it any more: once it waits again, the second time it is parked."""
    lost.losses += 1
    lost.leased_until, lost.worker = None, ""
    if lost.losses < MOST_LOSSES:
        lost.state = State.WAITING
    else:
        lost.state, lost.ended_at = State.PARKED, clock.now()
        lost.message = f"两次做到一半（{lost.done}/{lost.total}）就没有了下文：执行的程序被终止，或者内存不够"
        _log.error("任务%s（%s %s）做了两次都没有做完，搁置了", lost.pk, lost.name, lost.key)
    lost.save()


def recover(worker: str) -> int:
    """A worker of this name begins: what one of the same name left behind is lost now, not only when its lease is over."""
    with transaction.atomic():
        left = list(_rows().select_for_update().filter(state=State.RUNNING, worker=worker))
        for one in left:
            lose(one)
    return len(left)


def execute(claimed: Job, *, renewed: bool = True, is_stopping: Callable[[], bool] = lambda: False) -> None:
    """Run a claimed job and write how it ended. With ``renewed`` a thread keeps the lease meanwhile."""
    assert claimed.started_at is not None
    running = Running(
        claimed.pk,
        claimed.name,
        claimed.key,
        _actor(claimed),
        claimed.worker,
        claimed.started_at,
        claimed.losses,
        is_stopping,
    )
    kind = kinds().get(claimed.name)
    if kind is None:
        _end(running, State.FAILED, "这个版本的程序没有这种任务了，不用再做")
        return
    try:
        with _renewing(running) if renewed else _unrenewed():
            words = kind.function(running, **claimed.arguments) or ""
        _end(running, State.DONE, words)
    except LostJob:
        _log.warning("任务%s（%s）租期过了，已由别的进程接手", claimed.pk, claimed.name)
    except GivenBackJob:
        running.row().update(state=State.WAITING, worker="", leased_until=None, message="程序重启，接着做")
    except (OperationalError, InterfaceError) as error:
        _disconnected(running, error)
    except Refused as refused:
        _end(running, State.FAILED, refused.message)
    except Exception as error:  # whatever a job does, the worker goes on
        _log.exception("任务%s（%s %s）程序出错", claimed.pk, claimed.name, claimed.key)
        _end(running, State.FAILED, f"程序出错（{type(error).__name__}）：{error}"[:300] + "。请把任务编号告诉维护人员")


def _actor(claimed: Job) -> Actor:
    if claimed.asked_by_id is None:
        return replace(system(claimed.title), request_id=claimed.request_id)
    (person_of,) = _PEOPLE
    scopes = None if claimed.asked_scopes is None else frozenset(claimed.asked_scopes)
    return person_of(claimed.asked_by_id, scopes, claimed.request_id)


def _end(running: Running, state: Job.State, words: str) -> None:
    """Done or failed; waiting once more where it was asked for again meanwhile."""
    with transaction.atomic():
        mine: Job | None = running.row().select_for_update().first()
        if mine is None:
            return
        mine.state, mine.message, mine.ended_at = state, words[:400], clock.now()
        mine.leased_until = None
        if state == State.DONE:
            mine.done = mine.total
        if mine.again is not None:
            mine.state, mine.arguments, mine.again = State.WAITING, mine.again, None
            mine.due_at = mine.turn_at = clock.now()
            mine.losses, mine.worker = 0, ""
        mine.save()


def _disconnected(running: Running, error: Exception) -> None:
    """The database was away or too busy: give the job back; where even that fails, its lease will be over."""
    _log.warning("任务%s（%s）：数据库没有回答：%s", running.id, running.name, error)
    if not connection.in_atomic_block:
        connection.close()
    try:
        with transaction.atomic():
            for mine in running.row().select_for_update():
                lose(mine)
    except (OperationalError, InterfaceError):
        connection.close()


@contextmanager
def _unrenewed() -> Iterator[None]:
    yield


@contextmanager
def _renewing(running: Running) -> Iterator[None]:
    """A thread with a connection of its own renews the lease until the end."""
    over = threading.Event()

    def renew() -> None:
        pause = LEASE.total_seconds() / 4
        try:
            while not over.wait(pause):
                try:
                    if not running.row().update(leased_until=clock.now() + LEASE):
                        return
                    pause = LEASE.total_seconds() / 4
                except (OperationalError, InterfaceError):
                    connection.close()
                    pause = 2.0
        finally:
            connections.close_all()

    thread = threading.Thread(target=renew, name=f"lease of job {running.id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(5)


def run_pending(*, most: int = 1000) -> int:
    """For tests and commands: run what is due, here and now, until nothing is; gives how many runs there were."""
    for count in range(most):
        found = claim("here")
        if found is None:
            return count
        execute(found, renewed=False)
    raise RuntimeError(f"more than {most} jobs: one asks for itself again and again")
