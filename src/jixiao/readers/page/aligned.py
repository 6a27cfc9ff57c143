"""Forms printed without ruling lines: columns told by how words stand under the header, rows by their values."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from jixiao.readers.page.aligned_activities import activity_rows, grades_under, with_grades
from jixiao.readers.page.aligned_cells import PlacedLine, page_cell, row_of
from jixiao.readers.page.aligned_rows import add_to, goes_on_in, head_rows
from jixiao.readers.page.banded_columns import put_together
from jixiao.readers.page.cells import PageTable
from jixiao.readers.page.furniture import PageBody
from jixiao.readers.page.header import HEADING, edges_under, is_activity_header
from jixiao.readers.page.lines import Piece, TextLine, chunks
from jixiao.readers.page.unruled import Header, header_at, table_of
from jixiao.vocabulary import Vocabulary

_SAME_ROW = 0.9
"""Sizes by which lines of a text are apart at least"""
_MOST_IN_LABEL = 3
"""Lines to which a label of a head is broken"""
_FAR = 3.0
"""Sizes of blank space that end a table"""


def take_aligned(bodies: Sequence[PageBody], vocabulary: Vocabulary) -> tuple[list[int], list[int]]:
    """Put the forms on pages without ruled ones into tables.

    Returns the pages where such tables begin, and those of tables taken out because their columns cannot be told.
    """
    pages: list[int] = []
    unclear: list[int] = []
    for run in _runs(bodies):
        lines: list[PlacedLine] = []
        below = 0.0
        for body in run:
            lines += [PlacedLine(body.number, below + line.base, line) for line in body.lines]
            below += body.height
        by_number = {body.number: body for body in run}
        while (found := _next(lines, vocabulary)) is not None:
            start = _start(lines, found.start, vocabulary)
            end = _end(lines, found, vocabulary)
            head, under = lines[start : found.start], lines[found.end : end]
            table: PageTable | None
            if is_activity_header(found.words, vocabulary):
                table = _activities(head, lines[found.start], under, vocabulary)
            else:
                table = table_of(head, found, lines[found.start : found.end], under, vocabulary, lines[:start])
            if table is None:
                unclear.append(lines[found.start].page)
            else:
                by_number[table.page].tables.append(table)
                pages.append(table.page)
            for at in lines[start:end]:
                by_number[at.page].lines.remove(at.line)
            lines = lines[end:]
    return pages, unclear


def _runs(bodies: Sequence[PageBody]) -> Iterator[list[PageBody]]:
    """Pages without ruled tables that follow each other."""
    run: list[PageBody] = []
    for body in bodies:
        if body.tables and run:
            yield run
            run = []
        if not body.tables:
            run.append(body)
    if run:
        yield run


def _is_far(above: PlacedLine, below: PlacedLine) -> bool:
    if above.page != below.page:
        return False
    return below.line.top - above.line.bottom > _FAR * below.line.size


def _start(lines: Sequence[PlacedLine], header: int, vocabulary: Vocabulary) -> int:
    """The first line of the head: lines with labels, back to the heading above them."""
    start = header
    for n in range(header - 1, -1, -1):
        if HEADING.search(lines[n].line.text) or _is_far(lines[n], lines[n + 1]):
            break
        if _has_label(lines[n : min(n + _MOST_IN_LABEL, header)], vocabulary):
            start = n
    while start and _is_of_row(lines[start - 1], lines[start]):
        start -= 1
    return start


def _has_label(lines: Sequence[PlacedLine], vocabulary: Vocabulary) -> bool:
    """Whether a label of a head begins on the first of some lines, perhaps broken to the others."""
    pieces: list[Piece] = []
    for n, at in enumerate(lines):
        pieces += at.pieces
        first = {piece.x0 for piece in lines[0].pieces}
        words = [word for word in put_together(pieces) if any(word.x0 <= x < word.x1 for x in first)]
        rest = {word.text for word in put_together([p for one in lines[1 : n + 1] for p in one.pieces])}
        if any(vocabulary.label(word.text).field and not _ends_in(word.text, rest, vocabulary) for word in words):
            return True
    return False


def _ends_in(text: str, others: Collection[str], vocabulary: Vocabulary) -> bool:
    """Whether a label stands on the further lines alone: (2026年度) above 项目名称 is none of it."""
    return any(text != other and text.endswith(other) and vocabulary.label(other).field for other in others)


def _is_of_row(above: PlacedLine, below: PlacedLine) -> bool:
    """Whether two lines are nearer to each other than those of a text: the words of neighbouring cells."""
    return above.page == below.page and below.y - above.y < _SAME_ROW * below.line.size


def _next(lines: Sequence[PlacedLine], vocabulary: Vocabulary) -> Header | None:
    """The next header of indicators or of activities."""
    found = header_at(lines, vocabulary)
    for n, at in enumerate(lines[: found.start if found else len(lines)]):
        if is_activity_header(at.pieces, vocabulary):
            return Header(n, n + 1, at.pieces, vocabulary)
    return found


def _is_tail(lines: Sequence[PlacedLine], vocabulary: Vocabulary) -> bool:
    """Whether a line begins with a label of what stands below the indicators, perhaps broken to the next line."""
    first = lines[0].pieces[0]
    rest = [p.text for at in lines[1:] for p in at.pieces if abs(p.x0 - first.x0) < first.x1 - first.x0]
    labels = [vocabulary.label(first.text), vocabulary.label(first.text + "".join(rest[:1]))]
    return any(label.is_tail and not (label.is_total or label.is_printed) for label in labels)


def _end(lines: Sequence[PlacedLine], header: Header, vocabulary: Vocabulary) -> int:
    widest = max(b.x0 - a.x0 for a, b in pairwise(header.words))
    for n in range(header.end, len(lines)):
        above, at = lines[n - 1], lines[n]
        if _is_far(above, at) or HEADING.search(at.line.text) or _is_tail(lines[n : n + 3], vocabulary):
            return n
        if above.page != at.page and len(at.pieces) == 1 and at.line.width > widest:
            return n  # running text begins the page
    return len(lines)


def _activities(
    head: Sequence[PlacedLine], header: PlacedLine, body: Sequence[PlacedLine], vocabulary: Vocabulary
) -> PageTable:
    body = [at for at in body if at.page == header.page or at.line.text != header.line.text]  # printed again on a page
    grades = grades_under(body, vocabulary)
    named = with_grades(header.pieces, grades, vocabulary)
    columns = _columns(named, [at.line for at in body])
    under = 0
    top = row_of([header], columns)
    while under < len(body) and (
        body[under] is grades or goes_on_in(top, body[under], vocabulary)
    ):  # a header of two lines
        if body[under] is not grades:
            add_to(top, body[under])
        under += 1
    rows = [*head_rows(head, columns, vocabulary), top, *([row_of([grades], columns)] if grades is not None else [])]
    rows += activity_rows(body[under:], named, columns, vocabulary)
    lines = [*head, header, *body]
    first, last = lines[0], lines[-1]
    lowest = max(at.line.bottom for at in lines if at.page == first.page)
    bounds = (columns[0], first.line.top, columns[-1], lowest)
    cells = [page_cell(cell, r, first.page) for r, row in enumerate(rows) for cell in row]
    edges = sorted({x for row in rows for cell in row for x in (cell.x0, cell.x1)})
    return PageTable(first.page, bounds, edges, len(rows), cells, last.page, last.line.bottom, ruled=False)


def _columns(header: Sequence[Piece], body: Sequence[TextLine]) -> list[float]:
    """The sides of the columns, from the left of the first to the right of the last."""
    pieces = [*header, *chunks(body)]
    edges = edges_under(header, list(chunks(body)))
    return [min(p.x0 for p in pieces) - 1, *edges, max(p.x1 for p in pieces) + 1]
