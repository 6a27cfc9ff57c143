"""What goes from one organisation to another, and who hands it over: apps above say what of theirs goes along."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from jixiao.web.kernel.acts import Act
from jixiao.web.organisations.models import Organisation


@dataclass(frozen=True)
class Share:
    """What of a predecessor goes to a successor from a day on; ``projects`` and ``people`` None: all there are."""

    predecessor: Organisation
    successor: Organisation
    since: date
    projects: frozenset[int] | None = None
    people: frozenset[int] | None = None

    @property
    def is_whole(self) -> bool:
        return self.projects is None


@dataclass(frozen=True)
class Moved:
    """What one participant handed over: ``title`` 项目, ``unit`` 个, ids; ``stays`` says what stays behind and why."""

    title: str
    unit: str
    ids: tuple[int, ...]
    stays: tuple[str, ...] = field(default=())

    @property
    def words(self) -> str:
        return f"{self.title}{len(self.ids)}{self.unit}"

    @property
    def digest(self) -> str:
        return hashlib.sha256(",".join(map(str, sorted(self.ids))).encode()).hexdigest()


HandOver = Callable[[Act, Share], Sequence[Moved]]
_PARTICIPANTS: list[tuple[int, HandOver]] = []


def hands_over(order: int) -> Callable[[HandOver], HandOver]:
    """Register what an app hands over when an organisation passes something on; lower ``order`` first. Written with bulk
    changes through ``act.give``, so that guards see every row (closed years are left as they are): what was moved is recorded for the whole share, one entry with the digest of the ids."""

    def register(function: HandOver) -> HandOver:
        if function not in [one for _, one in _PARTICIPANTS]:
            _PARTICIPANTS.append((order, function))
            _PARTICIPANTS.sort(key=lambda pair: pair[0])
        return function

    return register


def participants() -> Collection[HandOver]:
    return [one for _, one in _PARTICIPANTS]
