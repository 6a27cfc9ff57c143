"""One cell, one finding, one fix: which of several rules speaks of a cell, and what the others add."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from jixiao.domain.finding import Also, Finding
from jixiao.domain.pointer import parts
from jixiao.review.rule import Rule

_RECORDS = frozenset(("budget_unit", "project", "budget"))
"""parts of a sheet whose fields are a cell each"""


def settled(findings: Iterable[Finding], rules: Mapping[str, Rule]) -> list[Finding]:
    """The findings as a reader gets them, in their order.

    A finding goes where a rule speaks of the same place that its own rule yields to. Of what is left of one cell of a
    form the gravest leads, then the first in the order of rules; the others stand with it as what is wrong besides.
    Running text and lists are no cells: several words of them may be wrong.
    """
    found = _without_damaged(list(findings))
    by_place: dict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        by_place[finding.pointer].append(finding)
    leading: dict[int, Finding | None] = {}
    for place, here in by_place.items():
        if len(here) == 1:
            continue
        speaking = _not_yielding(here, rules)
        leading |= {id(f): None for f in here if f not in speaking}
        if is_cell(place) and len(speaking) > 1:
            first, *others = sorted(speaking, key=lambda f: f.severity.rank)
            leading |= {id(f): None for f in others} | {id(first): _with(first, others)}
    return [settled for f in found if (settled := leading.get(id(f), f)) is not None]


def _without_damaged(findings: list[Finding]) -> list[Finding]:
    """The findings but those that read a value whose sign was taken for a digit: what is not what was written is held
    against nothing, neither in its own cell nor where it is compared with what was done."""
    damaged = {
        f.pointer.removesuffix(_TARGET) for f in findings if f.problem == _DAMAGE and f.pointer.endswith(_TARGET)
    }
    if not damaged:
        return findings
    return [f for f in findings if not _reads_value(f, damaged)]


_DAMAGE, _TARGET = "recognition-damage", "/target"
_HELD_AGAINST = frozenset(("score", "deviation"))
"""fields of a row of which nothing can be said without its value; what was done may be wrong by itself"""
_OF_THE_NUMBER = frozenset(
    (
        "comparator-missing",
        "description-target-conflict",
        "direction-reversed",
        "number-conflict",
        "target-implausible",
        "target-too-low",
        "target-trivial",
        "target-unrealistic",
        "unit-missing",
    )
)
"""problems of a value that rest on its number; that a share does not fit what is counted holds for any number"""


def _reads_value(finding: Finding, damaged: set[str]) -> bool:
    row, _, field = finding.pointer.rpartition("/")
    if row not in damaged:
        return False
    return field in _HELD_AGAINST or (field == _TARGET[1:] and finding.problem in _OF_THE_NUMBER)


def _not_yielding(here: Sequence[Finding], rules: Mapping[str, Rule]) -> list[Finding]:
    codes = {f.rule for f in here}
    return [f for f in here if not codes.intersection(rules[f.rule].yields_to)]


def _with(first: Finding, others: Sequence[Finding]) -> Finding:
    """The leading finding keeps its own fix or none: another's would leave it standing."""
    return replace(first, also=tuple(Also(f.rule, f.problem, f.title, f.severity, f.says, f.suggests) for f in others))


def is_cell(pointer: str) -> bool:
    """Whether a place is one cell of a goal sheet: the target of a row, the amount of a budget; not a list, nor a row."""
    place = parts(pointer)
    if len(place) < 4 or place[0] != "goal_sheets":
        return False
    return place[2] in _RECORDS if len(place) == 4 else place[2] == "indicators"
