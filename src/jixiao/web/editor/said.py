"""What is said of the cells of a sheet that is written: its findings with what mends them, marks at the cells. Values only."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jixiao.domain.cells import cell_text
from jixiao.domain.edit import CannotEditError, apply_fix
from jixiao.domain.finding import Finding
from jixiao.domain.form import Kind, field_at
from jixiao.domain.identity import anchor, pointer_of, pointers
from jixiao.domain.note import Note
from jixiao.domain.plan import Plan
from jixiao.domain.pointer import ancestors
from jixiao.web.goals.form_view import Marked, numbered


def key_of(thing: str, below: str) -> str:
    """How pages name a cell; also the id of its element."""
    return f"{thing or 'plan'}{below.replace('/', '.')}"


def cell_key(plan: Plan, thing: str, below: str) -> str:
    """The key of the cell that shows what is said of a place; empty where the thing is gone."""
    pointer = pointer_of(plan, thing)
    if pointer is None:
        return ""
    place = anchor(plan, _cell_of(pointer + below))
    return key_of(place.id, place.below)


def _cell_of(pointer: str) -> str:
    """The pointer of the cell that shows what is found at a place; of a whole row that of its name."""
    for place in ancestors(pointer):
        one = field_at(place)
        if one is not None and one.kind not in (Kind.PART, Kind.PARTS, Kind.GOALS):
            return place.removesuffix("/text") if one.name == "text" and "target" in place else place
        if one is not None and one.kind is Kind.GOALS:
            return place
    return f"{pointer}/name"


@dataclass(frozen=True)
class Found:
    """A finding, the cell it is shown at, and as JSON the cells with the words that mend it 「改成这样」, where it proposes any."""

    marked: Marked
    cell: str
    edits: str


@dataclass(frozen=True)
class Beside:
    """What is said of the cells of a plan, without the cells: findings in the order of the document; of each cell how grave the
    gravest is, the numbers of its findings, the first of its notes."""

    found: tuple[Found, ...]
    marks: Mapping[str, tuple[str, Sequence[int], str]]


def beside(plan: Plan, findings: Sequence[Finding]) -> Beside:
    """What an answer to a page brings that has the cells."""
    said = Said(plan, findings)
    return Beside(tuple(said.found()), said.marks())


class Said:
    """Findings and notes of a plan by the cells they are shown at."""

    def __init__(self, plan: Plan, findings: Sequence[Finding]) -> None:
        self.plan = plan
        self.pointers = pointers(plan)
        self.marked = numbered(plan, findings)
        self.said: dict[str, list[Marked]] = {}
        for one in self.marked:
            self.said.setdefault(_cell_of(one.finding.pointer), []).append(one)
        self.notes: dict[str, list[Note]] = {}
        for note in plan.notes:
            self.notes.setdefault(note.pointer.removesuffix("/text"), []).append(note)

    def marks(self) -> dict[str, tuple[str, Sequence[int], str]]:
        """By cell; nothing of what is about no cell of its own."""
        marks: dict[str, tuple[str, Sequence[int], str]] = {}
        for pointer in {*self.said, *self.notes}:
            if pointer:
                found, notes = self.said.get(pointer, []), self.notes.get(pointer, [])
                gravest = min((one.finding.severity for one in found), key=lambda s: s.rank, default=None)
                told = notes[0].message if notes else ""
                marks[self._key(pointer)] = (gravest.value if gravest else "", [one.number for one in found], told)
        return marks

    def found(self) -> Iterator[Found]:
        """The findings with their cells and what mends them."""
        for one in self.marked:
            yield Found(one, self._key(_cell_of(one.finding.pointer)), self._edits(one.finding))

    def _key(self, pointer: str) -> str:
        place = anchor(self.plan, pointer)
        return key_of(place.id, place.below)

    def _edits(self, finding: Finding) -> str:
        if finding.fix is None or any(one.op == "add" for one in finding.fix):
            return ""
        try:
            made = apply_fix(self.plan, finding)
        except CannotEditError:
            return ""
        places = [one.path.removesuffix("/text") if "/target/" in one.path else one.path for one in finding.fix]
        edits = [(self._key(place), cell_text(made, place)) for place in places]
        return json.dumps(edits, ensure_ascii=False) if all(text is not None for _, text in edits) else ""
