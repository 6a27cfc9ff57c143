"""The neutral stream every format reader yields: paragraphs and grids in document order, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from jixiao.domain.note import Note
from jixiao.domain.plan import Source
from jixiao.domain.provenance import Location


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text, line breaks that come from wrapping already removed."""

    text: str
    place: Location


class Cell(NamedTuple):
    """A cell of a grid. ``row`` and ``column`` are 0-based and name its upper left corner.

    ``rejoined`` tells that the reader put broken lines together; ``place.text`` then holds them as they were.
    """

    text: str
    row: int
    column: int
    place: Location
    row_span: int = 1
    column_span: int = 1
    rejoined: bool = False


class Inside(NamedTuple):
    """The cell that a table stands in: the 1-based number of the table around it, 0-based row and column."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as printed: rows of cells, each cell listed once, in the row where it begins.

    ``merges`` tells whether the format says which cells are merged (Word, Excel). Where it does not (text), a
    cell merged with the one above it comes as an empty cell.
    """

    rows: tuple[tuple[Cell, ...], ...]
    place: Location
    merges: bool = True
    pieced: bool = False
    """whether rows and cells were found by what they may hold, for the text does not part them"""
    inside: Inside | None = None
    """for a table in a cell of another, which comes before it"""

    def cells(self) -> Iterator[Cell]:
        """Every cell once, row by row."""
        for row in self.rows:
            yield from row


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A file as a stream of blocks, with what the format reader had to repair.

    ``lost`` are the cells whose words are not in the file: formulas without a stored result. ``traces`` is what a file
    that we wrote carries of its plan (``jixiao.domain.traces``), as text; empty for all other files.
    """

    source: Source
    blocks: tuple[Paragraph | Grid, ...]
    notes: tuple[Note, ...] = ()
    lost: tuple[Location, ...] = ()
    traces: str = ""
