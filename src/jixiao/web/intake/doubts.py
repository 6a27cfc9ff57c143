"""What of a sheet somebody has to look at first 「先看这几处」: values that were not read for certain, and needed ones that are
blank. Values only, no database.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jixiao.domain.codec import locate
from jixiao.domain.note import UNPLACED, Note
from jixiao.domain.plan import Plan
from jixiao.domain.pointer import parts
from jixiao.domain.target import TargetType
from jixiao.web.goals.compare import Difference
from jixiao.web.goals.documents import moved
from jixiao.writers.places import Places

_BREAKS = re.compile(r"[0-9A-Za-z.,%]\s*\n\s*[0-9A-Za-z.,%]")


@dataclass(frozen=True)
class Doubt:
    """A place to look at, as a pointer into the file's document, and in Chinese why."""

    pointer: str
    words: str


def doubts_of(plan: Plan, index: int | None) -> list[Doubt]:
    """What to look at in the goal sheet at ``index``, or outside all sheets where it is None, in the order of the form."""
    own = "" if index is None else f"/goal_sheets/{index}"
    words: dict[str, list[str]] = {}
    for pointer, said in (*_blank(plan, index), *_unsure(plan, own)):
        if said not in words.setdefault(pointer, []):
            words[pointer].append(said)
    return [Doubt(pointer, "；".join(words[pointer])) for pointer in sorted(words, key=_order)]


def still_open(doubts: Sequence[Mapping[str, Any]], looked_at: Collection[str]) -> list[str]:
    """The pointers of stored doubts that nobody has looked at, each once, in their order."""
    return [p for p in dict.fromkeys(str(one["pointer"]) for one in doubts) if p not in looked_at]


def matters(pointer: str, index: int | None, new: Collection[Difference], *, is_whole: bool) -> bool:
    """Whether a doubted place (in the file's document) has to be looked at before ``new`` of the sheet at ``index`` is taken.

    Where a sheet says what the pool says, somebody looked already. A doubt about the sheet as a whole, words that found no
    place, matters to who takes it whole.
    """
    own = "" if index is None else f"/goal_sheets/{index}"
    if pointer in ("", own, "/goal_sheets"):
        return is_whole and bool(new)
    taken = (one.pointer if index is None else moved(one.pointer, 0, index) for one in new if one.kind != "removed")
    return any(f"{a}/".startswith(f"{b}/") for place in taken for a, b in ((place, pointer), (pointer, place)))


def anchor_of_field(pointer: str) -> str:
    """What the field of a place is called on the page of the desk: one word."""
    return "f" + pointer.replace("/", "-")


def field_of(pointer: str) -> str:
    """The pointer of the cell that a pointer lies in: a value in a cell is one with its sign and unit."""
    for name in ("target", "actual", "expected"):
        head, found, _ = pointer.partition(f"/{name}/")
        if found and "/indicators/" in head:
            return f"{head}/{name}"
    return pointer


def _unsure(plan: Plan, own: str) -> Iterator[tuple[str, str]]:
    for note in plan.notes:
        outside = not note.pointer.startswith("/goal_sheets/")
        here = outside if own == "" else f"{note.pointer}/".startswith(f"{own}/")
        if here and (note.confidence < 1 or note.code == UNPLACED) and not _is_plain_wrap(plan, note):
            yield field_of(note.pointer), note.message


def _is_plain_wrap(plan: Plan, note: Note) -> bool:
    """Whether all that was done is to join a line that the page broke between Chinese words: nothing could get lost there.
    Between letters or figures a blank may be missing, or two values have become one."""
    if note.code != "cell.rejoined":
        return False
    place = locate(plan.provenance, note.pointer)
    return place is not None and "\n" in place.text and not _BREAKS.search(place.text)


def _blank(plan: Plan, index: int | None) -> Iterator[tuple[str, str]]:
    if index is None:
        if plan.fiscal_year is None:
            yield "/fiscal_year", "文本上没有读到预算年度，请补上"
        if not plan.department.label:
            yield "/department/name", "文本上没有读到部门名称，请补上"
        if plan.currency_unit is None and any(activity.budget is not None for activity in plan.activities):
            yield "/currency_unit", "分项绩效目标里有金额，没有写明单位，请选元还是万元"
        return
    sheet = plan.goal_sheets[index]
    own = f"/goal_sheets/{index}"
    if not sheet.project.name:
        yield f"{own}/project/name", "没有读到项目名称，请补上"
    amounts = (sheet.budget.total, sheet.budget.fiscal, sheet.budget.other)
    if all(amount is None for amount in amounts):
        yield f"{own}/budget/total", "没有读到预算数，请对照原件补上；原件上就没有的，直接确认"
    elif sheet.budget.currency_unit is None:
        yield f"{own}/budget/currency_unit", "表上没有写明金额单位，请选元还是万元"
    for n, row in enumerate(sheet.indicators):
        if row.target.type is TargetType.MISSING and row.label:
            yield f"{own}/indicators/{n}/target", "没有读到指标值，请对照原件补上；原件上就空着的，直接确认"


_FIELDS = ("title", "fiscal_year", "department", "currency_unit", "overall_goals", "activities", "safeguards")
_SHEET = (
    *("budget_unit", "project", "budget", "purpose", "disbursement_plan", "execution", "goals", "goals_reached"),
    *("indicators", "total_weight", "execution_weight", "total_score", "grade"),
)


def _order(pointer: str) -> tuple[int, ...]:
    """The order of the form: the head, then the rows from above."""
    names = parts(pointer)
    inside = names[2:] if names[:1] == ["goal_sheets"] else names
    fields = _SHEET if names[:1] == ["goal_sheets"] else _FIELDS
    first = fields.index(inside[0]) if inside and inside[0] in fields else -1
    return (first, *(int(name) if name.isdecimal() else 0 for name in inside[1:]))


def place_words(plan: Plan, pointer: str) -> str:
    """Where a pointer leads, in words of the form."""
    return Places(plan).brief(pointer)
