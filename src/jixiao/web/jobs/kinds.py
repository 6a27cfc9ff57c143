"""Which background work there is: functions that register under a name, found in the ``tasks`` module of each app."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Concatenate, ParamSpec

from django.utils.module_loading import autodiscover_modules

from jixiao.web.jobs.models import Job
from jixiao.web.kernel.people import Actor

P = ParamSpec("P")
_OFTEN = 0.2
"""Seconds between two notes of progress"""
NIGHTLY = timedelta(minutes=10)
"""The patience of work that nobody waits for: so much longer than people it waits at most"""


class InterruptedJob(BaseException):
    """The job is to end here, at a note of progress; not for its function to catch."""


class LostJob(InterruptedJob):
    """Somebody else has the job by now: our lease was over."""


class GivenBackJob(InterruptedJob):
    """The worker was asked to end; the job goes back to those that wait."""


@dataclass
class Running:
    """A job at work, as its function sees it. ``actor`` is for whom it is done; ``lost`` says that it was once begun before."""

    id: int
    name: str
    key: str
    actor: Actor
    worker: str
    started_at: datetime
    lost: int = 0
    is_stopping: Callable[[], bool] = lambda: False
    _noted: float = field(default=0.0, repr=False)
    _total: int = field(default=-1, repr=False)

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Note how far it is; shown to who waits. Call it often: here a job ends where the worker is to end or lost the job."""
        if self.is_stopping():
            raise GivenBackJob
        moment = time.monotonic()
        if moment - self._noted < _OFTEN and done < total and total == self._total:
            return
        self._noted, self._total = moment, total
        if not self.row().update(done=done, total=total, message=message[:400]):
            raise LostJob

    def row(self) -> Any:
        """The queryset of the job itself while this run of it holds it; empty when it was lost to another."""
        mine = Job.objects.unrestricted("a worker on its own job")
        return mine.filter(pk=self.id, state=Job.State.RUNNING, worker=self.worker, started_at=self.started_at)


@dataclass(frozen=True)
class Kind:
    """Registered work: its name, what people call it, its function, how long it lets others go first, whether it takes long,
    whether it makes a file for who asked (``results``)."""

    name: str
    title: str
    function: Callable[..., str | None]
    patience: timedelta = timedelta()
    is_long: bool = False
    makes_file: bool = False


_KINDS: dict[str, Kind] = {}
_BEFORE: list[Callable[[], object]] = []


def before_working(function: Callable[[], object]) -> Callable[[], object]:
    """Register what a worker does when it starts, so that the first job need not wait for it; no more than to hasten."""
    _BEFORE.append(function)
    return function


def get_ready() -> None:
    """Do what was registered. Called by a worker that starts."""
    kinds()
    for function in _BEFORE:
        function()


def job(
    name: str, *, title: str, patience: timedelta = timedelta(), is_long: bool = False, makes_file: bool = False
) -> Callable[[Callable[Concatenate[Running, P], str | None]], Callable[Concatenate[Running, P], str | None]]:
    """Register a function as background work. It takes the ``Running`` and named plain values (those of JSON), gives closing
    words for people or None, raises Refused with words where it cannot be done. Running it twice must do no harm.

    With ``patience`` (``NIGHTLY``) it lets what was asked for so much later go first. Of work that ``is_long`` only one runs at a time, so that
    where there are two workers one is free for what takes seconds."""

    def register(
        function: Callable[Concatenate[Running, P], str | None],
    ) -> Callable[Concatenate[Running, P], str | None]:
        if name in _KINDS and _KINDS[name].function.__module__ != function.__module__:
            raise ValueError(f"{name}: two jobs of one name")
        _KINDS[name] = Kind(name, title, function, patience, is_long, makes_file)
        return function

    return register


def kinds() -> dict[str, Kind]:
    """All registered work by name; what apps bring in their module ``tasks`` is loaded the first time."""
    autodiscover_modules("tasks")
    return _KINDS
