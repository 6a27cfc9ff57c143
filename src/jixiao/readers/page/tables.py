"""Tables that go on over a page put together, and tables turned into grids."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from jixiao.readers.page.cells import PageCell, PageTable
from jixiao.readers.page.lines import TextLine, goes_on, joined, printed
from jixiao.readers.page.shapes import place_of
from jixiao.readers.raw import Cell, Grid
from jixiao.vocabulary import Column, Vocabulary

_SAME_EDGE = 4.0
_SAME_COLUMN = 3.0
_ALWAYS = 0.8
"""Share of rows in which a column that is never left empty holds words"""
_ENOUGH_ROWS = 3
_FEWEST_HEADERS = 3
_FEWEST_EDGES = 4


def follows(above: PageTable, below: PageTable) -> bool:
    """Whether a table at the top of a page has the outer edges of the one at the end of the page before.

    Browsers leave out the sides of merged cells they cut: then all its edges must be edges of the other.
    """
    if below.page != above.last_page + 1 or not (above.ruled and below.ruled):
        return False
    left, right = (abs(above.bounds[n] - below.bounds[n]) <= _SAME_EDGE for n in (0, 2))
    if left and right:
        return True
    return (left or right) and len(below.xs) >= _FEWEST_EDGES and all(_near(x, above.xs) for x in below.xs)


def _near(x: float, places: Sequence[float]) -> bool:
    return any(abs(x - place) <= _SAME_COLUMN for place in places)


def repeats(above: PageTable, below: PageTable, lines: Sequence[str]) -> bool:
    """Whether lines between two pages' tables only repeat a merged cell's words that ran over its cut end."""
    cells = [*above.covering(above.row_count - 1), *below.starting(0)]
    known = {"".join(cell.text.split()) for cell in cells}
    return all("".join(line.split()) in known for line in lines)


def append(above: PageTable, below: PageTable, vocabulary: Vocabulary) -> None:
    """Put a table behind the one it continues; a row that the page break cut becomes one again."""
    first = _repeated_header(above, below, vocabulary)
    pairs = _pairs(above, below, first)
    cut = _is_cut(above, below, first, pairs, vocabulary)
    offset = above.row_count - first - int(cut)
    gone: set[int] = set()
    for pair in pairs if cut else _going_on(pairs, vocabulary):
        pair.above.row_end = max(pair.above.row_end, pair.below.row_end + offset)
        if pair.below.lines:
            pair.above.more.append(pair.below)
        gone.add(id(pair.below))
    for cell in below.cells:
        if cell.row >= first and id(cell) not in gone:
            cell.row, cell.row_end = cell.row + offset, cell.row_end + offset
            above.cells.append(cell)
    before, above.row_count = above.row_count, below.row_count + offset
    if below.bounds[0] - above.bounds[0] > _SAME_EDGE:
        _extend_left(above, before)
    above.xs = sorted({*above.xs, *below.xs})
    above.last_page, above.bottom = below.last_page, below.bottom


def _extend_left(table: PageTable, first: int) -> None:
    """Merged cells of which a browser left out the sides on the new page cover its rows, from ``first`` on."""
    for cell in table.covering(first - 1):
        row = first
        while row < table.row_count and all(other.x0 >= cell.x1 - _SAME_COLUMN for other in table.covering(row)):
            row += 1
            cell.row_end = row


@dataclass(frozen=True, slots=True)
class _Pair:
    """A cell in the last row of a page and the one in the same columns at the top of the next."""

    above: PageCell
    below: PageCell
    alone: bool
    """whether both belong to a single row"""


def _pairs(above: PageTable, below: PageTable, first: int) -> list[_Pair]:
    """Pairs from left to right, up to the first cell without a counterpart; all or none of a row can be one row."""
    last = above.row_count - 1
    upper = above.covering(last)
    pairs: list[_Pair] = []
    for cell in below.starting(first):
        match = next((u for u in upper if _same_columns(u, cell)), None)
        if match is None:
            break
        pairs.append(_Pair(match, cell, match.row == last and cell.row_end == first + 1))
    return pairs


def _same_columns(a: PageCell, b: PageCell) -> bool:
    return abs(a.x0 - b.x0) <= _SAME_COLUMN and abs(a.x1 - b.x1) <= _SAME_COLUMN


def _repeated_header(above: PageTable, below: PageTable, vocabulary: Vocabulary) -> int:
    """The number of rows at the top of a page that repeat the table's first rows or the header of its indicators."""
    if first := _first_rows_again(above, below, vocabulary):
        return first
    header: list[tuple[str, ...]] = []
    for row in range(above.row_count):
        texts = _texts(above, row)
        if any(vocabulary.label(t).field for t in texts) and not _is_header(texts, vocabulary):
            header = []  # the head of another form
        elif _is_header(texts, vocabulary):
            header = [texts]
        elif header and len(header) == 1 and texts and all(vocabulary.label(t).is_printed for t in texts):
            header.append(texts)
    repeated = 0
    while repeated < min(len(header), below.row_count - 1) and _texts(below, repeated) == header[repeated]:
        repeated += 1
    return repeated


def _first_rows_again(above: PageTable, below: PageTable, vocabulary: Vocabulary) -> int:
    """The number of rows that repeat the first rows of the table; none where another form begins with the same words."""
    most = min(above.row_count, below.row_count - 1)
    same = 0
    while same < most and _texts(below, same) and _texts(below, same) == _texts(above, same):
        same += 1
    labels, others = ([t for t in _texts(table, same) if vocabulary.label(t).is_printed] for table in (above, below))
    return 0 if labels and labels == others else same


def _texts(table: PageTable, row: int) -> tuple[str, ...]:
    return tuple(text for cell in table.starting(row) if (text := "".join(cell.text.split())))


def _is_header(texts: Sequence[str], vocabulary: Vocabulary) -> bool:
    labels = [t for t in texts if vocabulary.label(t).is_printed]
    columns = {vocabulary.label(t).column for t in texts} & {Column.CLASS, Column.KIND, Column.TARGET}
    return len(labels) == len(texts) >= _FEWEST_HEADERS and (bool(columns) or len(texts) > _FEWEST_HEADERS)


def _is_cut(above: PageTable, below: PageTable, first: int, pairs: Sequence[_Pair], vocabulary: Vocabulary) -> bool:
    """Whether the page break cut the row: told by columns that are never empty and by lines that were full."""
    row = below.starting(first)
    if not row or len(pairs) < len(row):
        return False
    if not any(cell.lines for cell in row):
        return True
    if all(p.alone and not p.above.lines for p in pairs[-2:]) and not any(p.above.lines for p in pairs if p.alone):
        return True  # the page ends with a row whose words all went to the next
    if any(_stands_alone(pair, vocabulary) or _is_answered(pair, vocabulary) for pair in pairs):
        return False
    torn = [p for p in pairs if _is_torn_label(p, vocabulary)]
    written = [p for p in pairs if p.alone and p not in torn and (p.above.lines or p.below.lines)]
    both = [p for p in written if p.above.lines and p.below.lines]
    if not all(map(_goes_on, both)):
        return False
    if not written or any(p.alone for p in torn):
        return any(p.alone for p in pairs)
    if len(written) == 1 and len(pairs) <= 2:
        return not pairs[0].below.lines and bool(pairs[0].above.lines)
    lopsided = any(
        bool(p.above.lines or p.above.more) != bool(p.below.lines) and _always_filled(above, below, p) for p in written
    )
    return lopsided or len(both) > 1


def _goes_on(pair: _Pair) -> bool:
    """Whether the words at the top of the page go on those above: the line before was full."""
    if not (pair.above.lines and pair.below.lines):
        return False
    return goes_on(_last_line(pair.above), pair.below.lines[0], pair.above.width)


def _last_line(cell: PageCell) -> TextLine:
    return (cell.more[-1] if cell.more else cell).lines[-1]


def _stands_alone(pair: _Pair, vocabulary: Vocabulary) -> bool:
    """Whether the lower cell holds a whole label, which begins something new, not the end of the words above."""
    if not _is_printed(_squeezed(pair.below.text), vocabulary) or _is_torn_label(pair, vocabulary):
        return False
    return not _goes_on(pair) or _is_printed(_squeezed(pair.above.all_text), vocabulary)


def _is_answered(pair: _Pair, vocabulary: Vocabulary) -> bool:
    """Whether the lower cell answers the whole label above it: 3月底 over 25%."""
    is_point = vocabulary.label(_squeezed(pair.above.all_text)).is_disbursement_point
    return is_point and bool(pair.below.lines) and not _is_torn_label(pair, vocabulary)


def _is_torn_label(pair: _Pair, vocabulary: Vocabulary) -> bool:
    above, below = _squeezed(pair.above.all_text), _squeezed(pair.below.text)
    if not (above and below and _is_printed(above + below, vocabulary)):
        return False
    return _goes_on(pair) or not (_is_printed(above, vocabulary) and _is_printed(below, vocabulary))


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _is_printed(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a form prints these words."""
    return _is_level(text, vocabulary) or vocabulary.label(text).is_printed


def _is_level(text: str, vocabulary: Vocabulary) -> bool:
    """Whether these words name a class or a kind of indicators, whose cells are merged downwards."""
    return vocabulary.label(text).class_ is not None or vocabulary.label(text).kind is not None


def _always_filled(above: PageTable, below: PageTable, pair: _Pair) -> bool:
    cells = [
        c
        for c in (*above.cells, *below.cells)
        if c is not pair.above and c is not pair.below and _same_columns(c, pair.above)
    ]
    return len(cells) >= _ENOUGH_ROWS and sum(bool(c.lines) for c in cells) >= _ALWAYS * len(cells)


def _going_on(pairs: Sequence[_Pair], vocabulary: Vocabulary) -> list[_Pair]:
    """The merged cells that a page break between rows cut: from the left, while they are empty or their words go on."""
    found: list[_Pair] = []
    for pair in pairs:
        merged = pair.above.row_end - pair.above.row > 1 or pair.below.row_end - pair.below.row > 1
        torn = _is_torn_label(pair, vocabulary)
        if pair.below.lines and not torn and (not found or not merged or _stands_alone(pair, vocabulary)):
            break
        if merged or torn or _is_level(pair.above.all_text, vocabulary):
            found.append(pair)
    return found


# --- grids ------------------------------------------------------------------------------------------------


def grid_of(table: PageTable) -> Grid:
    """A table as rows of cells; columns are counted by all vertical edges of all its pages."""
    edges: list[float] = []
    for x in sorted({x for cell in table.cells for x in (cell.x0, cell.x1)}):
        if not edges or x - edges[-1] > _SAME_COLUMN:
            edges.append(x)
    rows: list[list[Cell]] = [[] for _ in range(table.row_count)]
    for cell in sorted(table.cells, key=lambda c: (c.row, c.x0)):
        rows[cell.row].append(_cell(cell, edges))
    return Grid(
        tuple(tuple(row) for row in rows), place_of(table.page, table.bounds, ""), merges=table.ruled or table.merges
    )


def _cell(cell: PageCell, edges: Sequence[float]) -> Cell:
    lines = [*cell.lines, *(line for part in cell.more for line in part.lines)]
    text, rejoined = joined(lines, cell.width)
    column = max(0, bisect_right(edges, cell.x0 + _SAME_COLUMN / 2) - 1)
    end = max(column + 1, bisect_right(edges, cell.x1 + _SAME_COLUMN / 2) - 1)
    place = place_of(cell.page, cell.bounds, printed(lines))
    return Cell(text.strip(), cell.row, column, place, cell.row_end - cell.row, end - column, rejoined)
