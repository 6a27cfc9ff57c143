"""Lays the words of a page into the cells of its ruled tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from jixiao.readers.page.lattice import Lattice
from jixiao.readers.page.lines import TextLine, lines_of
from jixiao.readers.page.shapes import Bounds, Rule, Run

_USUAL_PADDING = 5.4
"""Points between a cell's side and its words that word processors set unless told otherwise"""


@dataclass(slots=True)
class PageCell:
    """A cell on a page: its box, the rows it covers in its table, its lines.

    ``more`` holds the lines of further pages where a page break cut the cell, with the room lines have there.
    """

    page: int
    bounds: Bounds
    row: int
    row_end: int
    lines: list[TextLine]
    width: float
    """room for a line, in points"""
    more: list[PageCell] = field(default_factory=list)

    @property
    def x0(self) -> float:
        return self.bounds[0]

    @property
    def x1(self) -> float:
        return self.bounds[2]

    @property
    def text(self) -> str:
        """The words without regard to lines, of this page only."""
        return "".join(line.text for line in self.lines)

    @property
    def all_text(self) -> str:
        return self.text + "".join(part.text for part in self.more)


@dataclass(slots=True)
class PageTable:
    """A table on a page (and, once put together, on the pages that follow)."""

    page: int
    bounds: Bounds
    xs: list[float]
    row_count: int
    cells: list[PageCell]
    last_page: int = 0
    bottom: float = 0.0
    """y of its lower end on its last page"""
    ruled: bool = True
    """whether lines are drawn around its cells"""
    merges: bool = False
    """whether it is known without drawn lines which rows its cells cover"""

    def starting(self, row: int) -> list[PageCell]:
        """The cells that begin in a row, from left to right."""
        return sorted((c for c in self.cells if c.row == row), key=lambda c: c.x0)

    def covering(self, row: int) -> list[PageCell]:
        """The cells that cover a row, from left to right."""
        return sorted((c for c in self.cells if c.row <= row < c.row_end), key=lambda c: c.x0)


def lay(
    runs: Sequence[Run], found: Sequence[Lattice], page: int, undrawn: Sequence[Rule] = ()
) -> tuple[list[PageTable], list[Run]]:
    """(the page's tables with their words, the runs that stand outside them); ``undrawn`` lines are estimates."""
    by_size = sorted(range(len(found)), key=lambda n: found[n].area)
    inside: list[dict[int, list[Run]]] = [{} for _ in found]
    outside: list[Run] = []
    for run in runs:
        x, y = (run.x0 + run.x1) / 2, run.middle
        for n in by_size:
            slot = found[n].at(x, y)
            if slot is not None:
                inside[n].setdefault(slot, []).append(run)
                break
        else:
            outside.append(run)
    tables = [_table(lattice, words, page) for lattice, words in zip(found, inside, strict=True)]
    for table in tables:
        if any(
            table.bounds[1] <= r.start < table.bounds[3] and table.bounds[0] <= r.at <= table.bounds[2] for r in undrawn
        ):
            _fit(table.cells)
    return tables, outside


def _table(lattice: Lattice, words: dict[int, list[Run]], page: int) -> PageTable:
    xs, ys = lattice.xs, lattice.ys
    cells: list[PageCell] = []
    for n, slot in enumerate(lattice.slots):
        bounds = (xs[slot.column], ys[slot.row], xs[slot.column_end], ys[slot.row_end])
        lines = lines_of(words.get(n, ()))
        cells.append(PageCell(page, bounds, slot.row, slot.row_end, lines, bounds[2] - bounds[0]))
    padding = _padding(cells)
    for cell in cells:
        cell.width = max(cell.width - 2 * padding, max((line.width for line in cell.lines), default=0.0))
    return PageTable(
        page,
        (xs[0], ys[0], xs[-1], ys[-1]),
        list(xs),
        len(ys) - 1,
        cells,
        page,
        ys[-1],
    )


def _fit(cells: Sequence[PageCell]) -> None:
    """Cells between lines that are not drawn have the room of the widest line in their columns."""
    widest: dict[tuple[float, float], float] = {}
    for cell in cells:
        place = (cell.x0, cell.x1)
        widest[place] = max([widest.get(place, 0.0), *(line.width for line in cell.lines)])
    for cell in cells:
        cell.width = widest[cell.x0, cell.x1] or cell.width


def _padding(cells: Sequence[PageCell]) -> float:
    """The distance that words keep from a cell's sides: the least met, as in a line that fills its cell."""
    broken = [cell for cell in cells if len(cell.lines) > 1]
    gaps = sorted(min(line.x0 - cell.x0, cell.x1 - line.x1) for cell in broken or cells for line in cell.lines)
    if not gaps:
        return _USUAL_PADDING / 2
    return max(0.0, min(gaps[len(gaps) // 10], _USUAL_PADDING))
