"""Examples of the services of the library of indicators, for ``service_examples``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jixiao.library import library
from jixiao.library.usual import Usual
from jixiao.web.kernel.people import Actor
from jixiao.web.library import services
from jixiao.web.library.models import LibraryIndicator
from web.matrix.world import World

FIELDS = {
    "name": "防汛物资储备件数",
    "kind": "quantity",
    "sector": "water",
    "comparator": ">=",
    "unit_name": "件",
    "explanation": "在库登记的物资",
}


def _own(world: World) -> LibraryIndicator:
    found: LibraryIndicator = world.spots["own"].things["indicator"]
    return found


def _in_use(world: World, actor: Actor, **fields: Any) -> LibraryIndicator:
    made = services.propose(actor, fields={**FIELDS, **fields})
    return services.accept(actor, indicator=made.pk)


def _merged(world: World, actor: Actor) -> object:
    return services.merge(actor, indicator=_own(world).pk, into=_in_use(world, actor).pk)


LIBRARY: Mapping[str, Callable[[World, Actor], object]] = {
    "library.proposed": lambda w, a: services.propose(a, fields=FIELDS),
    "library.edited": lambda w, a: services.edit(a, indicator=_own(w).pk, fields={"unit_name": "次"}, verified=True),
    "library.accepted": lambda w, a: services.accept(a, indicator=_own(w).pk),
    "library.retired": lambda w, a: services.retire(a, indicator=_own(w).pk, reason="不再用"),
    "library.merged": _merged,
    "library.filled": lambda w, a: services.fill(a, entries=library().entries[:3]),
    "library.import": lambda w, a: services.take_in(a, fields=FIELDS),
    "library.counted": lambda w, a: services.keep_usual(a, found={_own(w).pk: Usual(2)}),
    "library.exported": lambda w, a: services.note_export(a, count=1, digest="0" * 64),
}
