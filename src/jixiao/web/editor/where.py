"""Where the sheets of a set are that were handed in, as the app says that moves them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from jixiao.web.editor.sets import SheetSet
from jixiao.web.kernel.people import Actor


@dataclass(frozen=True)
class Elsewhere:
    """What apps above say of a set: where its sheets are that were handed in, in words by key; how many can be withdrawn."""

    where: Mapping[int, str] = field(default_factory=dict)
    withdrawable: int = 0


AsksWhere = Callable[[Actor, SheetSet], Elsewhere]
_WHERE: list[AsksWhere] = []


def says_where(function: AsksWhere) -> AsksWhere:
    """Register who knows where sheets are that were handed in."""
    _WHERE[:] = [function]
    return function


def elsewhere_of(actor: Actor, found: SheetSet) -> Elsewhere:
    """Where the sheets of a set are that were handed in."""
    return _WHERE[0](actor, found) if _WHERE else Elsewhere()
