"""One clock 「系统时间」: everything that asks what time it is asks here, so that tests and the demo can set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

_SHIFT: ContextVar[timedelta | None] = ContextVar("jixiao_clock", default=None)


def now() -> datetime:
    """The present moment, aware, in local time."""
    shift = _SHIFT.get()
    return timezone.localtime(timezone.now() + (settings.CLOCK_SHIFT if shift is None else shift))


def today() -> date:
    """The local day."""
    return now().date()


def end_of(day: date) -> datetime:
    """The moment a deadline on ``day`` passes 「截止日24:00」: the start of the next local day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def is_past(day: date) -> bool:
    """Whether a deadline on ``day`` has passed."""
    return now() >= end_of(day)


@contextmanager
def at(moment: datetime | date) -> Iterator[None]:
    """For tests and the demo: inside, the clock starts at ``moment`` (noon of a date) and runs on."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(12))
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    token = _SHIFT.set(moment - timezone.now())
    try:
        yield
    finally:
        _SHIFT.reset(token)
