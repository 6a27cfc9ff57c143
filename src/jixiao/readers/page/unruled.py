"""Tables of indicators without ruling lines: columns by the words of the header, rows and shared labels by where words stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from jixiao.readers.page.aligned_cells import PlacedLine, WordCell, column_at, page_cell, part_of
from jixiao.readers.page.banded_columns import put_together
from jixiao.readers.page.cells import PageCell, PageTable
from jixiao.readers.page.header import edges_under, is_header
from jixiao.readers.page.lines import Piece, chunks
from jixiao.readers.page.unruled_head import HeadCell, head_of, spans_of
from jixiao.readers.page.unruled_labels import Label, RowSpan, labels_of
from jixiao.readers.page.unruled_rows import Bit, RowColumn, bits_of, distance_of, heights_of, parted
from jixiao.vocabulary import Column, Vocabulary

_MOST_HEADER_LINES = 9
_SHORT_WORD = 8
"""Characters of the first line of a header word that is broken"""
_NEAR = 2.4
"""Sizes by which the lines of a header are apart at most"""
_NAME_NEEDED, _VALUE_NEEDED, _OTHER_NEEDED = 3.0, 1.5, 0.5
_OFTEN = 0.6
_FEWEST_ALIGNED = 2
_ACROSS = 1.5
"""Points by which words reach over the side of a column"""
_MOST_ACROSS = 0.03
"""Share of words that may: a remark below the rows, a date"""


class Header:
    """The lines of a header and the words of each of its columns."""

    def __init__(self, start: int, end: int, words: Sequence[Piece], vocabulary: Vocabulary) -> None:
        self.start, self.end, self.words = start, end, words
        labels = [vocabulary.label(word.text) for word in words]
        self.columns = [label.column for label in labels]
        self.known = sum(1.0 if one.column else 0.5 if one.is_printed else -1.0 for one in labels)


def header_at(lines: Sequence[PlacedLine], vocabulary: Vocabulary) -> Header | None:
    """The first header of indicators in some lines, whose words may be broken to several."""
    for n in range(len(lines)):
        if _may_begin(lines, n) and (found := _best_from(lines, n, vocabulary)) is not None:
            later = (_best_from(lines, k, vocabulary) for k in range(n + 1, min(n + 4, found.end)))
            return max((found, *(h for h in later if h)), key=lambda h: (h.known, -h.start))
    return None


def _may_begin(lines: Sequence[PlacedLine], n: int) -> bool:
    line = lines[n].line
    if not line.pieces and len(line.text) > _SHORT_WORD:
        return False
    return any("指" in at.line.text or "标" in at.line.text for at in lines[n : n + _MOST_HEADER_LINES])


def _best_from(lines: Sequence[PlacedLine], n: int, vocabulary: Vocabulary) -> Header | None:
    best: Header | None = None
    pieces: list[Piece] = []
    for end in range(n + 1, min(n + _MOST_HEADER_LINES, len(lines)) + 1):
        at = lines[end - 1]
        if end > n + 1 and (at.page != lines[n].page or at.y - lines[end - 2].y > _NEAR * at.line.size):
            break
        pieces += at.pieces
        words = put_together(pieces)
        if is_header(words, vocabulary):
            header = Header(n, end, words, vocabulary)
            if best is None or header.known >= best.known:
                best = header
    return best


# --- the table --------------------------------------------------------------------------------------------


def table_of(
    head: Sequence[PlacedLine],
    header: Header,
    header_lines: Sequence[PlacedLine],
    body: Sequence[PlacedLine],
    vocabulary: Vocabulary,
    before: Sequence[PlacedLine] = (),
) -> PageTable | None:
    """A form: its head, its header and the rows under it; ``before`` are the lines above its head.

    None where words stand across the sides of columns, so that it cannot be told which column they belong to.
    """
    body = _without_repeats(body, [*before, *head], header_lines)
    under = list(chunks([at.line for at in body]))
    edges, named = _columns(header, under)
    if _is_unclear(under, edges):
        return None
    lines = [*head, *header_lines, *body]
    heights = heights_of(lines)
    bits = bits_of(lines, heights)
    head_bits, body_bits = bits[: len(head)], bits[len(head) + len(header_lines) :]
    by_column: list[list[Bit]] = [[] for _ in named]
    for line in body_bits:
        for bit in line:
            by_column[column_at(bit.piece, edges)].append(bit)
    distance = distance_of([*by_column[_first_of_rows(named) :], *_chains(head_bits)])
    knows = _knower(vocabulary)
    ways = [
        (
            head_of(head_bits, edges[0], edges[-1], edges[1:-1], distance, knows, at_top=at_top),
            _body(by_column, named, edges, distance, vocabulary, lines, at_top=at_top),
        )
        for at_top in (False, True)
    ]
    top, (rows, count, _) = min(ways, key=lambda way: way[0].cost + way[1][2])
    cells = [_head_cell(cell, lines) for cell in top.cells]
    cells += _header_cells(header_lines, header, edges, named, top.count)
    for cell in rows:
        cell.row, cell.row_end = cell.row + top.count + 1, cell.row_end + top.count + 1
    cells += rows
    page = lines[0].page
    lowest = max(at.line.bottom for at in lines if at.page == page)
    bounds = (edges[0], lines[0].line.top, edges[-1], lowest)
    xs = sorted({x for cell in cells for x in (cell.x0, cell.x1)})
    last = lines[-1]
    return PageTable(
        page, bounds, xs, top.count + 1 + count, cells, last.page, last.line.bottom, ruled=False, merges=True
    )


def _without_repeats(
    body: Sequence[PlacedLine], above: Sequence[PlacedLine], header: Sequence[PlacedLine]
) -> list[PlacedLine]:
    """Lines without those printed again at the top of a page: the header, perhaps with the lines above it."""
    printed = Counter(_words_of([*above, *header]))
    needed = Counter(_words_of(header))
    left: list[PlacedLine] = []
    n = 0
    while n < len(body):
        turned = body[n].page != (body[n - 1] if n else header[-1]).page
        if turned and (again := _repeated(body[n:], printed, needed)):
            n += again
            continue
        left.append(body[n])
        n += 1
    return left


def _words_of(lines: Sequence[PlacedLine]) -> list[str]:
    return ["".join(piece.text.split()) for at in lines for piece in at.pieces]


def _repeated(lines: Sequence[PlacedLine], printed: Counter[str], needed: Counter[str]) -> int:
    """How many lines up to the end of the header hold nothing but what was printed before; 0 where others do."""
    met: Counter[str] = Counter()
    for n, at in enumerate(lines):
        met += Counter(_words_of([at]))
        if not met <= printed:
            return 0
        if needed <= met:
            return n + 1
    return 0


def _columns(header: Header, under: Sequence[Piece]) -> tuple[list[float], list[Column | None]]:
    """Where columns begin and end, and what each is; labels at the left of the header's first word have their own."""
    every = [*header.words, *under]
    edges = [min(p.x0 for p in every) - 1, *edges_under(header.words, under), max(p.x1 for p in every) + 1]
    first = [p for p in under if p.x1 <= edges[1]]
    named: list[Column | None] = list(header.columns)
    groups = put_together([*first, header.words[0]])
    mine = next(n for n, g in enumerate(groups) if g.x0 <= header.words[0].x0 <= g.x1)
    if mine > 0:
        edges.insert(1, (groups[mine - 1].x1 + groups[mine].x0) / 2)
        named.insert(0, None)
    return edges, named


def _is_unclear(words: Sequence[Piece], edges: Sequence[float]) -> bool:
    """Whether some words stand across a side of their columns."""
    across = sum(any(p.x0 + _ACROSS < x < p.x1 - _ACROSS for x in edges[1:-1]) for p in words)
    return across > _MOST_ACROSS * len(words)


def _chains(lines: Sequence[Sequence[Bit]]) -> list[list[Bit]]:
    """Words of neighbouring lines that stand below each other."""
    return [
        [a, b]
        for above, below in pairwise(lines)
        for a in above
        for b in below
        if abs(a.piece.x0 - b.piece.x0) < 1.0 and a.page == b.page
    ]


def _knower(vocabulary: Vocabulary) -> Callable[[str], bool]:
    def knows(text: str) -> bool:
        label = vocabulary.label(text)
        return label.is_printed or label.is_level

    return knows


# --- cells ------------------------------------------------------------------------------------------------


def _cell(
    bits: Sequence[Bit], x0: float, x1: float, row: int, row_end: int, lines: Sequence[PlacedLine], page: int
) -> PageCell:
    cell = WordCell(x0, x1, [(bit.page, part_of(lines[bit.line].line, bit.piece)) for bit in bits])
    made = page_cell(cell, row, page)
    for part in (made, *made.more):
        part.row_end = row_end
    return made


def _head_cell(cell: HeadCell, lines: Sequence[PlacedLine]) -> PageCell:
    return _cell(cell.bits, cell.x0, cell.x1, cell.row, cell.row_end, lines, cell.bits[0].page)


def _header_cells(
    header_lines: Sequence[PlacedLine], header: Header, edges: Sequence[float], named: Sequence[Column | None], row: int
) -> list[PageCell]:
    shift = len(named) - len(header.words)
    found: list[PageCell] = []
    page = header_lines[0].page
    for n, (x0, x1) in enumerate(pairwise(edges)):
        cell = WordCell(x0, x1)
        if n >= shift:
            word = header.words[n - shift]
            for at in header_lines:
                for piece in at.pieces:
                    if word.x0 <= piece.x0 < word.x1:
                        cell.lines.append((page, part_of(at.line, piece)))
        found.append(page_cell(cell, row, page))
    return found


def _body(
    by_column: Sequence[list[Bit]],
    named: Sequence[Column | None],
    edges: Sequence[float],
    distance: float,
    vocabulary: Vocabulary,
    lines: Sequence[PlacedLine],
    *,
    at_top: bool,
) -> tuple[list[PageCell], int, float]:
    """(the cells of the rows of indicators, how many rows there are, what speaks against them)."""
    name = _first_of_rows(named)
    levels = range(name)
    apart = {
        bit.line
        for n in levels
        for bit in by_column[n]
        if vocabulary.label(bit.piece.text).is_total or vocabulary.label(bit.piece.text).is_tail
    }
    at = sorted({bit.line for bits in by_column[name:] for bit in bits} | apart)
    place = {line: n for n, line in enumerate(at)}
    columns = [_row_column(by_column, named, n, name, place) for n in range(name, len(named))]
    height_of = {bit.line: (bit.y, bit.page) for bits in by_column for bit in bits}
    known = [[bit.y for bit in by_column[n] if vocabulary.label(bit.piece.text).is_level] for n in levels]
    own = [height_of[line][0] for line in at]
    found = parted(columns, own, distance, frozenset(place[line] for line in apart), known, at_top=at_top)
    cost = found.cost
    numbered = {line: r for r, (a, b) in enumerate(found.rows) for line in at[a:b]}
    cells: list[PageCell] = []
    heights = [(height_of[at[a]][0], height_of[at[b - 1]][0], height_of[at[a]][1]) for a, b in found.rows]
    spans = spans_of(heights, distance)
    for n in range(name, len(named)):
        for r in range(len(found.rows)):
            mine = [bit for bit in by_column[n] if numbered[bit.line] == r]
            cells.append(_cell(mine, edges[n], edges[n + 1], r, r + 1, lines, spans[r].page))
    begins: frozenset[int] = frozenset()
    for n in reversed(levels):
        labels, more = labels_of(by_column[n], spans, distance, _knower(vocabulary), begins, at_top=at_top)
        cost += more
        cells += _label_cells(labels, spans, edges[n], edges[n + 1], lines)
        begins = frozenset(label.row for label in labels)
    return cells, len(found.rows), cost


def _first_of_rows(named: Sequence[Column | None]) -> int:
    """The first column whose cells are of one row each: that of the names, or of the values where names have none."""
    return named.index(Column.NAME if Column.NAME in named else Column.TARGET)


def _row_column(
    by_column: Sequence[list[Bit]], named: Sequence[Column | None], n: int, name: int, place: dict[int, int]
) -> RowColumn:
    bits = [Bit(place[b.line], b.y, b.piece, b.size, b.page) for b in by_column[n]]
    values = by_column[named.index(Column.TARGET)] if Column.TARGET in named else by_column[name]
    needed = _OTHER_NEEDED * (len(bits) >= _OFTEN * len(values))
    if n == name:
        needed = _NAME_NEEDED
    elif named[n] is Column.TARGET:
        needed = _VALUE_NEEDED
    room = _room(by_column[n], by_column[n + 1]) if n + 1 < len(by_column) else 0.0
    return RowColumn(bits, needed, named[n] in (Column.TARGET, Column.ACTUAL), room)


def _room(bits: Sequence[Bit], after: Sequence[Bit]) -> float:
    """The room of lines set to the left, where those of the next column are as well; 0 where that cannot be told."""
    if min(len(bits), len(after)) < _FEWEST_ALIGNED:
        return 0.0
    sides = [sorted(bit.piece.x0 for bit in column) for column in (bits, after)]
    if any(side[-1] - side[0] > 1.0 for side in sides):
        return 0.0
    return sides[1][0] - sides[0][0] - bits[0].size


def _label_cells(
    labels: Sequence[Label], spans: Sequence[RowSpan], x0: float, x1: float, lines: Sequence[PlacedLine]
) -> list[PageCell]:
    found = [_cell(label.bits, x0, x1, label.row, label.row_end, lines, label.bits[0].page) for label in labels]
    covered = {row for label in labels for row in range(label.row, label.row_end)}
    found += [_cell((), x0, x1, r, r + 1, lines, span.page) for r, span in enumerate(spans) if r not in covered]
    return found
