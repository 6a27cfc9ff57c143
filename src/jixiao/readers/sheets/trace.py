"""Collects where values came from and what was doubtful while a plan is put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from jixiao.domain.note import Note
from jixiao.domain.pointer import at
from jixiao.domain.provenance import Location
from jixiao.readers.sheets.table import Cell

_REJOINED = Decimal("0.9")


@dataclass(slots=True)
class Trace:
    """Provenance and notes under one pointer; ``below`` gives a trace that writes into the same lists."""

    prefix: str = ""
    places: dict[str, Location] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def below(self, *parts: str | int) -> Trace:
        """The trace of a place inside this one."""
        return Trace(self.prefix + at(*parts), self.places, self.notes)

    def put(self, place: Location, *parts: str | int) -> None:
        """Remember that the value at ``parts`` was read from ``place``."""
        self.places[self.prefix + at(*parts)] = place

    def put_first(self, place: Location, *parts: str | int) -> None:
        """Remember where a block begins, unless that is known already."""
        self.places.setdefault(self.prefix + at(*parts), place)

    def put_cell(self, cell: Cell, *parts: str | int) -> None:
        """Remember a cell; one whose broken lines were put together leaves a note."""
        self.places[self.prefix + at(*parts)] = cell.place
        if cell.rejoined:
            before = " / ".join(cell.place.text.split())
            self.note("cell.rejoined", f"断行拼接：“{before}”读作“{cell.text}”。", *parts, confidence=_REJOINED)

    def note(self, code: str, message: str, *parts: str | int, confidence: Decimal = Decimal(1)) -> None:
        """Remember a doubt or repair at ``parts``."""
        self.notes.append(Note(code, self.prefix + at(*parts), message, confidence))
