"""What may be raised against a sheet, as values: a finding of the program, or words of a reviewer's own. No database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jixiao.domain.cells import cell_text, value_at, value_or_none, words_of
from jixiao.domain.finding import Finding, Severity
from jixiao.domain.form import FormField, field_at
from jixiao.domain.identity import anchor, pointer_of
from jixiao.domain.plan import Plan
from jixiao.web.kernel.acts import NotThere, Refused
from jixiao.writers.places import Places

_TITLE = 120
_PLACE = 200
OWN_TITLE = "审核人的意见"


@dataclass(frozen=True)
class Raised:
    """A point before it is stored; fields as those of ``models.Point``."""

    title: str
    severity: Severity
    message: str
    advice: str = ""
    rule: str = ""
    also: tuple[str, ...] = ()
    finding: str = ""
    thing: str = ""
    cell: str = ""
    place: str = ""
    was: str | None = None


def of_finding(plan: Plan, finding: Finding) -> Raised:
    """A finding of a review of ``plan``, a sheet as a plan of its own, as a point; what else is wrong with the cell goes with it."""
    at = anchor(plan, finding.pointer)
    advice = [finding.suggestion or "", *(one.suggests.text for one in finding.also if one.suggests)]
    return Raised(
        title=finding.title[:_TITLE],
        severity=finding.severity,
        message="".join([finding.message, *(one.says.text for one in finding.also)]),
        advice="".join(advice),
        rule=finding.rule,
        also=tuple(one.rule for one in finding.also),
        finding=finding.id,
        thing=at.id,
        cell=at.below,
        place=Places(plan).of(finding.pointer).words[:_PLACE],
        was=cell_text(plan, finding.pointer),
    )


def own(plan: Plan, words: str, *, severity: Severity = Severity.WARNING, thing: str = "", cell: str = "") -> Raised:
    """A reviewer's own words on a sheet, a row of it (``thing``) or a cell (``cell`` below it).

    Raises Refused where nothing is said, NotThere where the sheet has no such place.
    """
    said = words.strip()
    if not said:
        raise Refused("意见还没有写。请写一句要改什么", field="words", status=422)
    place = place_in_words(plan, thing, cell)
    was = what_stands(plan, thing, cell)
    return Raised(OWN_TITLE, severity, said, thing=thing, cell=cell, place=place, was=was)


def place_in_words(plan: Plan, thing: str, cell: str) -> str:
    """A place as people call it now; 「整张表」 for the whole. Raises NotThere."""
    if not (thing or cell):
        return "整张表"
    if words_at(plan, thing, cell) is None:
        raise NotThere("表里没有这一处，可能刚删了。请刷新再看")
    return (words_of(plan, thing, cell) or "整张表")[:_PLACE]


def words_at(plan: Plan, thing: str, cell: str) -> str | None:
    """What stands at a place: the words of the cell, or of all cells of the row or part; None where it is gone."""
    pointer = pointer_of(plan, thing)
    whole = None if pointer is None else pointer + cell
    held = field_at(whole) if whole else None
    if whole is None or held is None:
        return None
    try:
        value_at(plan, whole)
    except LookupError:
        return None
    return "\n".join(_all_words(plan, whole, held))


def what_stands(plan: Plan, thing: str, cell: str) -> str | None:
    """The same for a cell or a row; None for the sheet as a whole, of which nobody can say that it was put right."""
    is_whole = not cell and thing in ("", *(sheet.id for sheet in plan.goal_sheets))
    return None if is_whole else words_at(plan, thing, cell)


def _all_words(plan: Plan, pointer: str, held: FormField) -> Iterator[str]:
    value = value_or_none(plan, pointer)
    places = [f"{pointer}/{n}" for n in range(len(value))] if isinstance(value, tuple) else [pointer]
    for place in places:
        text = cell_text(plan, place)
        if text is not None or not held.fields:
            yield text or ""
            continue
        for one in held.fields:
            yield from _all_words(plan, f"{place}/{one.name}", one)


def cells_now(plan: Plan, places: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], str | None]:
    """What stands at places now, by (thing, cell)."""
    return {(thing, cell): words_at(plan, thing, cell) for thing, cell in places}


@dataclass(frozen=True)
class Met:
    """A finding of now as points are held against it: its id, all rules that speak of the cell, where."""

    id: str
    rules: frozenset[str]
    thing: str
    cell: str
    finding: Finding


def met(plan: Plan, findings: Sequence[Finding]) -> tuple[Met, ...]:
    """The findings of a review of ``plan``."""
    found = []
    for one in findings:
        at = anchor(plan, one.pointer)
        rules = frozenset({one.rule, *(also.rule for also in one.also)})
        found.append(Met(one.id, rules, at.id, at.below, one))
    return tuple(found)


def fields_of(raised: Raised) -> dict[str, Any]:
    """As a row of the database has it."""
    return vars(raised) | {"severity": raised.severity.value, "also": list(raised.also)}
