"""How well a document is read: the fields of the plan that was expected, each right, wrong, missing, or made up.

An expected plan is JSON as ``jixiao read`` writes it; beside a field ``k`` it may have ``k_any``, a list of other values
that are as right (null in it: may be left out). A row with ``"optional": true`` may be left out, a target with
``"ambiguous": true`` is compared by its words only, and what is filled in later (points, results) where it is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from tools.truth.alignment import aligned

Json = Mapping[str, Any]
Leaf = tuple[str | None, str | None]
"""(expected, found), in comparable form"""
_ALIKE = str.maketrans("()%:,;‹›", "（）%：，；＜＞")
_NOTHING: Json = {}
_ROW = ("class", "kind", "name", "description", "basis")
_VALUE = ("type", "comparator", "unit")


@dataclass(frozen=True, slots=True)
class Fields:
    """Counts of fields: right, with another value, left out, and there without reason."""

    right: int = 0
    wrong: int = 0
    missing: int = 0
    spurious: int = 0

    def __add__(self, other: Fields) -> Fields:
        return Fields(
            self.right + other.right,
            self.wrong + other.wrong,
            self.missing + other.missing,
            self.spurious + other.spurious,
        )

    @property
    def share(self) -> float | None:
        """Right ones of what was expected and of what was found, their harmonic mean (F1), from 0 to 1."""
        both = 2 * self.right + 2 * self.wrong + self.missing + self.spurious
        return 2 * self.right / both if both else None


def fields(expected: Json, found: Json) -> Fields:
    """The fields of a plan ``found`` in a document, held against what was ``expected``; both JSON."""
    total = Fields()
    for a, b in _plan(expected, found):
        if a is None and b is None:
            continue
        total += Fields(right=a == b, wrong=None not in (a, b) and a != b, missing=b is None, spurious=a is None)
    return total


def row_text(row: Json) -> str:
    """What a row of indicators is known by: its name, its value, its class."""
    value = row.get("target") or _NOTHING
    words = (row.get("name"), row.get("description"), value.get("text"), row.get("class"), row.get("kind"))
    return "｜".join(_plain(word) or "" for word in words)


def sheet_text(sheet: Json) -> str:
    """What a goal sheet is known by: project, money, use, and the names of its rows."""
    project, budget = sheet.get("project") or _NOTHING, sheet.get("budget") or _NOTHING
    words = [project.get("name"), budget.get("total"), sheet.get("purpose")]
    return "｜".join(_plain(word) or "" for word in (*words, *(row.get("name") for row in sheet["indicators"])))


def _plain(value: object) -> str | None:
    """Text without blanks, closing stops and widths of signs; None for nothing."""
    if value is None:
        return None
    return re.sub(r"\s+", "", str(value)).strip("。；;").translate(_ALIKE) or None


def _number(value: object) -> str | None:
    try:
        return None if value is None else str(Decimal(str(value)).normalize())
    except InvalidOperation:
        return _plain(value)


def _leaf(a: Json, b: Json, key: str, comparable: Callable[[object], str | None] = _plain) -> Leaf:
    """A field of both; where the found value is another right one, that is what was expected."""
    expected, found = comparable(a.get(key)), comparable(b.get(key))
    if found in [comparable(other) for other in a.get(f"{key}_any") or ()]:
        expected = found
    return expected, found


def _part(record: Json, key: str) -> Json:
    return record.get(key) or _NOTHING


def _paired(a: Json, b: Json, key: str, text: Callable[[Any], str]) -> Iterator[tuple[Any, Any]]:
    here, there = a.get(key) or [], b.get(key) or []
    for i, j in aligned(here, there, text):
        yield (None if i is None else here[i]), (None if j is None else there[j])


def _records(a: Json, b: Json, key: str, text: Callable[[Any], str]) -> Iterator[tuple[Json, Json]]:
    for one, other in _paired(a, b, key, text):
        yield one or _NOTHING, other or _NOTHING


def _values(record: Json) -> str:
    return "｜".join(_values(v) if isinstance(v, Mapping) else str(v) for v in record.values() if v)


def _plan(a: Json, b: Json) -> Iterator[Leaf]:
    yield _year(a, b)
    yield _leaf(a, b, "currency_unit")
    for key in ("code", "name"):
        yield _leaf(_part(a, "department"), _part(b, "department"), key)
    yield _plain("".join(a["overall_goals"])), _plain("".join(b.get("overall_goals") or []))
    for one, other in _records(a, b, "activities", _values):
        yield from _activity(one, other)
    for one, other in _records(a, b, "safeguards", _values):
        yield _leaf(one, other, "heading")
        yield _leaf(one, other, "text")
    for one, other in _records(a, b, "goal_sheets", sheet_text):
        yield from _sheet(one, other)


def _year(a: Json, b: Json) -> Leaf:
    """The budget year; of several either may be expected, and the last found one counts."""
    expected, found = a.get("fiscal_year"), b.get("fiscal_year")
    if isinstance(expected, Sequence) and not isinstance(expected, str):
        found = found[-1] if isinstance(found, list) and found else found
        expected = found if found in expected else expected[-1]
    return _leaf({"year": expected, "year_any": a.get("fiscal_year_any")}, {"year": found}, "year")


def _activity(a: Json, b: Json) -> Iterator[Leaf]:
    for key in ("name", "description", "goal"):
        yield _leaf(a, b, key)
    yield _leaf(a, b, "budget", _number)
    for one, other in _records(a, b, "indicators", _values):
        yield _leaf(one, other, "text")
        for key in ("excellent", "good", "fair", "poor"):
            yield _leaf(_part(one, "rating_scale"), _part(other, "rating_scale"), key)


def _sheet(a: Json, b: Json) -> Iterator[Leaf]:
    for part in ("budget_unit", "project"):
        for key in ("code", "name"):
            yield _leaf(_part(a, part), _part(b, part), key)
    yield _leaf(_part(a, "budget"), _part(b, "budget"), "currency_unit")
    for key in ("total", "fiscal", "other"):
        yield _leaf(_part(a, "budget"), _part(b, "budget"), key, _number)
    yield _leaf(a, b, "purpose")
    here, there = _disbursement(a), _disbursement(b)
    for by in sorted(here | there):
        yield _number(here.get(by)), _number(there.get(by))
    for goal, other in _paired(a, b, "goals", str):
        yield _plain(goal), _plain(other)
    for one, other in _records(a, b, "indicators", row_text):
        if other or not one.get("optional"):
            yield from _row(one, other)


def _disbursement(sheet: Json) -> dict[str, Any]:
    return {step["by"]: step["percent"] for step in sheet.get("disbursement_plan") or ()}


def _row(a: Json, b: Json) -> Iterator[Leaf]:
    for key in _ROW:
        yield _leaf(a, b, key)
    for key in ("weight", "score"):
        if key in a:
            yield _leaf(a, b, key, _number)
    if "deviation" in a:
        yield _leaf(a, b, "deviation")
    yield from _value(_part(a, "target"), _part(b, "target"))
    if "actual" in a:
        yield from _value(_part(a, "actual"), _part(b, "actual"))


def _value(a: Json, b: Json) -> Iterator[Leaf]:
    """A target or result. Where neither has words, nothing was written."""
    if not a and _plain(b.get("text")) is None:
        return
    yield _leaf(a, b, "text")
    if a.get("ambiguous"):
        return
    for key in _VALUE:
        yield _leaf(a, b, key)
    for key in ("value", "upper"):
        yield _leaf(a, b, key, _number)
