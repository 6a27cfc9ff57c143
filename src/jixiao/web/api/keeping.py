"""The library of indicators for programs: its lists, and functions that stand in for its services."""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.library import library
from jixiao.web.api.resources import Resource
from jixiao.web.api.types import Body, Words
from jixiao.web.kernel.people import Actor
from jixiao.web.library import selectors, services
from jixiao.web.library.models import LibraryIndicator, UsualTarget

INDICATORS: Sequence[Resource] = (
    Resource(
        "library-indicators",
        LibraryIndicator,
        "library.view",
        "指标库的指标",
        ("code",),
        {
            "q": (lambda rows, _, words: selectors.with_words(rows, words), str),
            "sector": ("sector", str),
            "kind": ("kind", str),
            "state": ("state", str),
        },
        left_out=frozenset({"text"}),
    ),
    Resource(
        "usual-targets",
        UsualTarget,
        "library.view",
        "指标的常见目标值",
        ("indicator__code",),
        {"indicator": ("indicator_id", int)},
    ),
)


class IndicatorFields(Body):
    """What of an indicator is said; what is not given stays. ``comparator``: >=, <= or =."""

    code: Words = ""
    name: Words = ""
    kind: Words = ""
    sector: Words = "common"
    comparator: Words = ""
    unit_name: Words = ""
    explanation: Words = ""
    formula: Words = ""
    evidence: Words = ""
    source: Words = ""


def propose(actor: Actor, *, fields: IndicatorFields) -> LibraryIndicator:
    """An indicator for the library of the caller's region, to be reviewed."""
    return services.propose(actor, fields=fields.model_dump())


def edit(actor: Actor, *, indicator: int, fields: IndicatorFields, verified: bool | None = None) -> LibraryIndicator:
    """What ``fields`` say; what is not in them stays."""
    return services.edit(actor, indicator=indicator, fields=fields.model_dump(exclude_unset=True), verified=verified)


def fill(actor: Actor) -> int:
    """Take in what comes with the program, as far as its codes are not there; how many."""
    return services.fill(actor, entries=library().entries)


def count_usual(actor: Actor) -> int:
    """Make the summary of targets anew from the approved sheets; how many indicators have one."""
    return services.keep_usual(actor, found=selectors.count_usual(actor))
