"""From the lines of a file to rows with values: typed, filled down where cells are merged, with what is wrong beside each cell."""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jixiao.readings.text import normalise
from jixiao.web.imports.fields import BadCell, Field
from jixiao.web.imports.kinds import Kind, Row
from jixiao.web.imports.mapping import Choice
from jixiao.web.imports.table import Line, Merge
from jixiao.web.kernel.acts import Refused


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row: at a field, or "" for the row as a whole."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A row with its values, or with what is wrong."""

    row: Row
    problems: tuple[Problem, ...] = ()
    part_of: int | None = None
    """The number of the row that it was put together with"""

    @property
    def is_whole(self) -> bool:
        """Whether it can be planned."""
        return not self.problems and self.part_of is None


class FilledDown:
    """What cells under a cell that is merged over several rows mean."""

    def __init__(self, lines: Sequence[Line], merges: Sequence[Merge]) -> None:
        self._lines = {line.number: line for line in lines}
        self._by_column: dict[int, list[Merge]] = {}
        for one in sorted(merges, key=lambda m: m.top):
            if one.bottom > one.top:
                for column in range(one.left, min(one.right, one.left + 50) + 1):
                    self._by_column.setdefault(column, []).append(one)
        self._tops = {column: [one.top for one in found] for column, found in self._by_column.items()}

    def above(self, number: int, column: int) -> str:
        """The text of the cell further up that reaches into this one; "" where none does."""
        found = self._by_column.get(column)
        if not found:
            return ""
        at = bisect.bisect_left(self._tops[column], number) - 1
        if at < 0 or found[at].bottom < number or number == found[at].top:
            return ""
        top = self._lines.get(found[at].top)
        return top.cell(found[at].left) if top is not None else ""


def typed(
    kind: Kind,
    lines: Sequence[Line],
    mapped: Mapping[str, Choice],
    merges: Sequence[Merge] = (),
    *,
    doubles: bool = True,
) -> list[Typed]:
    """Every line as a row. Rows of one key are put together where the kind says how; else a second one is a problem where
    ``doubles``: of both nobody knows which holds."""
    down = FilledDown(lines, merges)
    used = [(one, choice) for one in kind.fields if (choice := mapped.get(one.name, Choice())).column is not None]
    found = []
    for line in lines:
        values, problems = _values(line, used, down)
        found.append(Typed(Row(line.number, values), tuple(problems)))
    groups: dict[tuple[str, ...], list[int]] = {}
    for n, one in enumerate(found):
        key = _key(kind, one.row.values)
        groups.setdefault(key or ("", str(n)), []).append(n)
    for members in groups.values():
        if kind.gather is not None or (doubles and len(members) > 1):
            for n, one in zip(members, _together(kind, [found[n] for n in members], doubles=doubles), strict=True):
                found[n] = one
    return found


def _together(kind: Kind, rows: Sequence[Typed], *, doubles: bool) -> list[Typed]:
    """Rows of one key: put together, or what keeps them from it beside each."""
    first = rows[0].row.number
    if kind.gather is None:
        return _doubled(kind, rows)
    if len(rows) > 1 and (wrong := [one.row.number for one in rows if one.problems]):
        told = Problem(kind.key[0], f"和第 {wrong[0]} 行是同一个项目，那一行有错。改好再一起导")
        return [one if one.problems else Typed(one.row, (told,)) for one in rows]
    if rows[0].problems:
        return list(rows)
    try:
        whole = kind.gather([one.row for one in rows])
    except Refused as refused:
        return [Typed(one.row, (Problem(refused.field, refused.message),)) for one in rows]
    if whole is None:
        return _doubled(kind, rows) if doubles else list(rows)
    return [Typed(whole), *(Typed(one.row, part_of=first) for one in rows[1:])]


def _doubled(kind: Kind, rows: Sequence[Typed]) -> list[Typed]:
    good = [one for one in rows if not one.problems]
    if not good:
        return list(rows)
    words = f"和第 {good[0].row.number} 行是同一个（{{}}）。请留一行"
    return [
        one
        if one.problems or one is good[0]
        else Typed(one.row, (Problem(kind.key[0], words.format(_named(kind, one.row.values))),))
        for one in rows
    ]


def _values(line: Line, used: Sequence[tuple[Field, Choice]], down: FilledDown) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for one, choice in used:
        assert choice.column is not None
        text = line.cell(choice.column)
        if not text and (above := down.above(line.number, choice.column)):
            if not one.type.fills_down:
                problems.append(Problem(one.name, "这一格和上面合并了，分不清各行是多少。请取消合并，逐行填写"))
                continue
            text = above
        if not text:
            if one.required:
                problems.append(Problem(one.name, f"没有填{one.label}"))
            continue
        try:
            values[one.name] = one.type.parse(text, choice.unit)
        except BadCell as bad:
            problems.append(Problem(one.name, str(bad)))
    return values, problems


def _key(kind: Kind, values: Mapping[str, Any]) -> tuple[str, ...]:
    """What tells the row apart; empty where nothing of it is filled in."""
    key = tuple(normalise(str(values.get(name, ""))) for name in kind.key)
    return key if any(key) else ()


def _named(kind: Kind, values: Mapping[str, Any]) -> str:
    return "、".join(str(values[name]) for name in kind.key if values.get(name) not in (None, ""))
