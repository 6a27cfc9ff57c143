"""Tables of which only the lines between rows are drawn: where their columns end, told by how words stand in the rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jixiao.readers.page.banded_columns import CLEAR, FEWEST_BANDS, SAME_SIDE, Band, Carried, put_together, sides_of
from jixiao.readers.page.header import HEADING
from jixiao.readers.page.lattice import merged
from jixiao.readers.page.lines import Piece, TextLine, chunks, lines_of
from jixiao.readers.page.shapes import Page, Rule, Run
from jixiao.vocabulary import Vocabulary

_SHORTEST = 100.0
"""Points: the lines of a form are longer"""
_SHORTEST_PART = 12.0
"""Points: a line between merged cells may be as short as the narrowest column"""
_DOUBLE = 6.0
"""Points: lines nearer than this have no words between them"""
_MARGIN = 0.03
"""Share of the page's height at its top in which browsers print a title"""
_INNER = 2.0
"""Sizes by which words of an inner column are away from a table's sides and middle"""
_NEAR = 1.2
"""Sizes of blank between the lines of a row, at most"""
_CLOSE = 0.35
"""Sizes of blank that part words where a column may end"""


@dataclass(frozen=True, slots=True)
class _Stack:
    """The lines between the rows of one or more tables below each other."""

    left: float
    right: float
    lines: list[Rule]
    doubles: list[float]
    """where lines stand that are the second of two"""

    @property
    def heights(self) -> list[float]:
        return sorted({line.at for line in self.lines} - set(self.doubles))


def with_sides(
    page: Page, before: Carried | None, after: Page | None, vocabulary: Vocabulary
) -> tuple[list[Rule], list[Rule], Carried | None]:
    """A page's ruling lines, the sides that tables of rows lack, and what the last such table leaves to the next page.

    ``before`` is what the page before left, ``after`` the next page: a table may begin with its header at a page's end.
    """
    rules, sides = list(page.rules), []
    carried = None
    stacks = _stacks(page.rules)
    for stack in stacks:
        goes_on = before is not None and _same_sides(before, stack)
        below = _below(stack, after, vocabulary) if stack is stacks[-1] and after is not None else []
        bands = _bands(stack, page.runs, goes_on=goes_on, ends_open=bool(below), margin=_MARGIN * page.height)
        if sum(len(b.cells) > 1 for b in bands) < (FEWEST_BANDS if not goes_on else 1):
            continue
        rules = [r for r in rules if r.vertical or all(abs(r.at - at) > CLEAR / 2 for at in stack.doubles)]
        tables = list(_tables(bands, vocabulary, goes_on=goes_on))
        for n, table in enumerate(tables):
            last = n == len(tables) - 1
            found, carried = sides_of(
                table,
                stack.left,
                stack.right,
                before if goes_on and n == 0 else None,
                below if last else [],
                vocabulary,
            )
            sides += found
    return rules, sides, carried


def _same_sides(a: Carried | _Stack, b: _Stack) -> bool:
    return max(abs(a.left - b.left), abs(a.right - b.right)) <= SAME_SIDE


def _below(stack: _Stack, after: Page, vocabulary: Vocabulary) -> list[Band]:
    """The rows with which the last table of a page goes on on the next."""
    for other in _stacks(after.rules)[:1]:
        if _same_sides(stack, other):
            bands = _bands(other, after.runs, goes_on=True, ends_open=False, margin=_MARGIN * after.height)
            for table in _tables(bands, vocabulary, goes_on=True):
                return table if table[0] is bands[0] else []
    return []


def _stacks(rules: Sequence[Rule]) -> list[_Stack]:
    """Lines that lie between the ends of the same widest one and that no upright lines part, from top to bottom."""
    across = [r for r in merged(r for r in rules if not r.vertical) if r.end - r.start >= _SHORTEST_PART]
    stacks: list[list[Rule]] = []
    for rule in sorted(across, key=lambda r: r.start - r.end):
        for stack in stacks:
            if stack[0].start - SAME_SIDE <= rule.start and rule.end <= stack[0].end + SAME_SIDE:
                stack.append(rule)
                break
        else:
            if rule.end - rule.start >= _SHORTEST:
                stacks.append([rule])
    found = []
    for stack in stacks:
        left, right = min(r.start for r in stack), max(r.end for r in stack)
        heights = sorted({r.at for r in stack})
        parted = any(r.vertical and _is_inside(r, heights, left, right) for r in rules)
        if len(heights) > 1 and not parted:
            found.append(_Stack(left, right, stack, [b for a, b in pairwise(heights) if b - a <= _DOUBLE]))
    return sorted(found, key=lambda s: s.heights[0])


def _is_inside(rule: Rule, heights: Sequence[float], left: float, right: float) -> bool:
    """Whether an upright line parts cells of the rows."""
    between = left + SAME_SIDE < rule.at < right - SAME_SIDE
    return between and rule.end > heights[0] + _DOUBLE and rule.start < heights[-1] - _DOUBLE


def _bands(stack: _Stack, runs: Sequence[Run], *, goes_on: bool, ends_open: bool, margin: float) -> list[Band]:
    """The rows; one cut by the page's end may lack its upper (``goes_on``) or lower line (``ends_open``)."""
    heights = stack.heights
    words: list[list[Run]] = [[] for _ in range(len(heights) + 1)]
    for run in runs:
        if stack.left - 1 <= (run.x0 + run.x1) / 2 <= stack.right + 1 and run.top > margin:
            words[bisect_right(heights, run.middle)].append(run)
    if goes_on and (top := _open(stack, [*reversed(lines_of(words[0], apart=True))], heights[0])):
        heights = [top, *heights]
    else:
        words = words[1:]
    if ends_open and (bottom := _open(stack, lines_of(words[-1], apart=True), heights[-1])):
        heights = [*heights, bottom]
    return [_band(stack, top, bottom, words[n]) for n, (top, bottom) in enumerate(pairwise(heights))]


def _open(stack: _Stack, lines: Sequence[TextLine], at: float) -> float | None:
    """Where the words of a row end that goes on beyond the last line, which stands at ``at``; None without any."""
    end = at
    row: list[TextLine] = []
    for line in lines:
        far = line.top - end if line.base > at else end - line.bottom
        if far > _NEAR * line.size:
            break
        row.append(line)
        end = line.bottom + CLEAR if line.base > at else line.top - CLEAR
    cells = put_together(list(chunks(row)))
    return end if len(cells) > 1 or any(_is_within(stack, cell, row[0].size) for cell in cells) else None


def _is_within(stack: _Stack, cell: Piece, size: float) -> bool:
    """Whether words stand as in an inner column: not at a side, as running text does, nor in the middle, as titles do."""
    left, right = cell.x0 - stack.left, stack.right - cell.x1
    return min(left, right, abs(left - right)) > _INNER * size


def _band(stack: _Stack, top: float, bottom: float, words: Sequence[Run]) -> Band:
    runs = [run for run in words if top <= run.middle <= bottom]
    below = {x for r in stack.lines if r.at == bottom for x in (r.start, r.end)}
    ends = below | {x for r in stack.lines if r.at == top for x in (r.start, r.end)}
    inner = {x for x in ends if stack.left + SAME_SIDE < x < stack.right - SAME_SIDE}
    lines = lines_of(runs, apart=True)
    pieces = list(chunks(lines_of(runs, apart=True, parted=_CLOSE)))
    return Band(top, bottom, inner, bool(below & inner), lines, put_together(list(chunks(lines))), pieces)


def _tables(bands: Sequence[Band], vocabulary: Vocabulary, *, goes_on: bool) -> Iterator[list[Band]]:
    """Bands that follow each other; what stands between two tables is running text."""
    table: list[Band] = []
    for n, band in enumerate(bands):
        if not _is_between(band, vocabulary, top=goes_on and n == 0):
            table.append(band)
            continue
        if table:
            yield table
        table = []
    if table:
        yield table


def _is_between(band: Band, vocabulary: Vocabulary, *, top: bool) -> bool:
    """Whether a band parts two tables: whole lines around it, no label in it, nothing in columns."""
    if band.ends or any(vocabulary.label(c.text).is_printed for c in band.cells):
        return False
    if any(HEADING.search(line.text) for line in band.lines):
        return True
    return not top and bool(band.lines) and all(not line.pieces for line in band.lines) and len(band.cells) == 1
