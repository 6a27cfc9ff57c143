"""What was read of a file as fields to look at: each with its words, its place in the original, and why to doubt it.

Values only, no database: a plan in, groups of fields out, in the order of the official form. Fields that are blank and stand
nowhere in the file are not shown; those that a plan cannot do without are, and are doubted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jixiao.domain.codec import locate, plan_to_dict
from jixiao.domain.form import GOAL_SHEET_FIELDS, INDICATOR_FIELDS, PLAN_FIELDS, FormField, Kind
from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.plan import Plan
from jixiao.domain.provenance import Location
from jixiao.services.originals import anchor_of
from jixiao.web.intake.doubts import anchor_of_field

_LONG = 24
"""Characters above which a value is written over several lines"""
_UNSHOWN = (Kind.ID, Kind.COUNT, Kind.STAGE)
_HEAD = ("title", "fiscal_year", "department", "currency_unit")
_ALWAYS = frozenset(
    {"/fiscal_year", "/department/name", "project/name", "budget/currency_unit", "budget/total", "target"}
)
"""Shown although blank: a plan cannot do without them"""
_CHOICES: Mapping[Kind, Sequence[tuple[str, str]]] = {
    Kind.CURRENCY: [(one.value, one.value) for one in CurrencyUnit],
    Kind.CLASS: [(one.value, one.label) for one in IndicatorClass],
    Kind.KIND: [(one.value, one.label) for one in IndicatorKind],
}


@dataclass(frozen=True, slots=True)
class Field:
    """A value: ``pointer`` into the document, its words, ``anchor`` of its place, ``box`` in per cent of its page."""

    pointer: str
    label: str
    value: str
    anchor: str = ""
    place: str = ""
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    """left, top, right, bottom in points on the page"""
    doubt: str = ""
    is_settled: bool = False
    """doubted, and a person has looked at it or put it right"""
    read: str = ""
    """what the program had read, where a person put it right"""
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def is_long(self) -> bool:
        return len(self.value) > _LONG or "\n" in self.value

    @property
    def is_open(self) -> bool:
        """Whether somebody has yet to look at it."""
        return bool(self.doubt) and not self.is_settled

    @property
    def id(self) -> str:
        """For the page: one word."""
        return anchor_of_field(self.pointer)


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together, under a heading; ``rows`` where they are rows of a table."""

    title: str
    fields: tuple[Field, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Field | None, ...], ...] = ()

    def every(self) -> Iterator[Field]:
        """Every field of the group, row by row."""
        yield from self.fields
        for row in self.rows:
            yield from (cell for cell in row if cell is not None)


@dataclass(frozen=True, slots=True)
class Marks:
    """What is known of the values of a sheet: why to doubt them, which were looked at, what was put right."""

    doubts: Mapping[str, str]
    looked_at: frozenset[str]
    read: Mapping[str, str]
    """pointer → what had been read before a person put it right"""


class Fields:
    """The fields of one plan."""

    def __init__(self, plan: Plan, marks: Marks) -> None:
        self._plan = plan
        self._marks = marks
        self._content: Mapping[str, Any] = plan_to_dict(plan)

    def part_one(self) -> tuple[Group, ...]:
        """The head of the plan and its Part One."""
        named = {one.name: one for one in PLAN_FIELDS}
        head = Group("文本", tuple(self._below("", [named[name] for name in _HEAD], self._content)))
        rest = [named[name] for name in ("overall_goals", "activities", "safeguards")]
        groups = [Group(one.label, tuple(self._below("", [one], self._content))) for one in rest]
        return tuple(group for group in (head, *groups) if group.fields)

    def sheet(self, index: int) -> tuple[Group, ...]:
        """One goal sheet with what is filled in on it."""
        content = self._content["goal_sheets"][index]
        at = f"/goal_sheets/{index}"
        own = [one for one in GOAL_SHEET_FIELDS if one.name != "indicators"]
        head = Group("表头", tuple(self._below(at, own, content)))
        return (head, self._table(f"{at}/indicators", content["indicators"]))

    def _table(self, at: str, rows: Sequence[Mapping[str, Any]]) -> Group:
        shown = [
            one
            for one in INDICATOR_FIELDS
            if one.kind not in _UNSHOWN
            and (one.name in ("class", "kind", "name", "target") or any(_words(one, row.get(one.name)) for row in rows))
        ]
        cells = tuple(
            tuple(self._field(f"{at}/{n}/{one.name}", one, row.get(one.name)) for one in shown)
            for n, row in enumerate(rows)
        )
        return Group("绩效指标", columns=tuple(one.label for one in shown), rows=cells)

    def _below(self, at: str, fields: Sequence[FormField], content: Mapping[str, Any]) -> Iterator[Field]:
        for one in fields:
            value = content.get(one.name)
            pointer = f"{at}/{one.name}"
            if one.kind in _UNSHOWN or (value is None and pointer.count("/") > 4):
                continue
            if one.kind is Kind.GOALS:
                for n, words in enumerate(value or ()):
                    yield self._made(f"{pointer}/{n}", f"{one.label}{n + 1}", str(words), one)
            elif one.kind is Kind.PART:
                yield from self._below(pointer, one.fields, value or {})
            elif one.kind is Kind.PARTS:
                for n, part in enumerate(value or ()):
                    yield from self._below(f"{pointer}/{n}", one.fields, part)
            else:
                field = self._field(pointer, one, value)
                if field.value or field.doubt or _path(pointer) in _ALWAYS:
                    yield field

    def _field(self, pointer: str, one: FormField, value: Any) -> Field:
        return self._made(pointer, one.label, _words(one, value), one)

    def _made(self, pointer: str, label: str, words: str, one: FormField) -> Field:
        place = locate(self._plan.provenance, pointer) or Location()
        doubt = self._marks.doubts.get(pointer, "")
        return Field(
            pointer,
            label,
            words,
            anchor_of(place),
            place.label,
            place.page,
            place.bbox,
            doubt,
            pointer in self._marks.looked_at,
            self._marks.read.get(pointer, ""),
            tuple(_CHOICES.get(one.kind, ())),
        )


def _path(pointer: str) -> str:
    """The name of a field within its sheet, or with a stroke before it within the plan."""
    names = pointer.split("/")
    return "/".join(names[3:] if names[1] == "goal_sheets" else names)


def _words(one: FormField, value: Any) -> str:
    """A value of the document as it is written in its field."""
    if value is None:
        return ""
    if one.kind is Kind.TARGET:
        return str(value.get("text") or "")
    return str(value)
