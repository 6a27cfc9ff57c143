"""Forms printed without ruling lines: columns told by how words stand under the header, rows by their values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from jixiao.readers.page.aligned_activities import activity_rows, grades_under, with_grades
from jixiao.readers.page.aligned_cells import PlacedLine, page_cell, row_of
from jixiao.readers.page.aligned_rows import add_to, goes_on_in, head_rows, rows_of
from jixiao.readers.page.cells import PageTable
from jixiao.readers.page.furniture import PageBody
from jixiao.readers.page.header import HEADING, edges_under, is_activity_header, is_header
from jixiao.readers.page.lines import Piece, TextLine, chunks
from jixiao.vocabulary import Vocabulary

_FAR = 3.0
"""Sizes of blank space that end a table"""


def take_aligned(bodies: Sequence[PageBody], vocabulary: Vocabulary) -> list[int]:
    """Put the forms on pages without ruled ones into tables; the pages where such tables begin."""
    pages: list[int] = []
    for run in _runs(bodies):
        lines: list[PlacedLine] = []
        below = 0.0
        for body in run:
            lines += [PlacedLine(body.number, below + line.base, line) for line in body.lines]
            below += body.height
        by_number = {body.number: body for body in run}
        while (
            header := next(
                (
                    n
                    for n, at in enumerate(lines)
                    if is_header(at.pieces, vocabulary) or is_activity_header(at.pieces, vocabulary)
                ),
                None,
            )
        ) is not None:
            start = _start(lines, header, vocabulary)
            end = _end(lines, header)
            table = _table(lines[start:header], lines[header], lines[header + 1 : end], vocabulary)
            by_number[table.page].tables.append(table)
            pages.append(table.page)
            for at in lines[start:end]:
                by_number[at.page].lines.remove(at.line)
            lines = lines[end:]
    return pages


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
        if any(vocabulary.label(piece.text).field for piece in lines[n].pieces):
            start = n
    return start


def _end(lines: Sequence[PlacedLine], header: int) -> int:
    widest = max(b.x0 - a.x0 for a, b in pairwise(lines[header].line.pieces))
    for n in range(header + 1, len(lines)):
        above, at = lines[n - 1], lines[n]
        if _is_far(above, at) or HEADING.search(at.line.text):
            return n
        if above.page != at.page and len(at.pieces) == 1 and at.line.width > widest:
            return n  # running text begins the page
    return len(lines)


def _table(
    head: Sequence[PlacedLine], header: PlacedLine, body: Sequence[PlacedLine], vocabulary: Vocabulary
) -> PageTable:
    body = [at for at in body if at.page == header.page or at.line.text != header.line.text]  # printed again on a page
    grades = grades_under(body, vocabulary) if is_activity_header(header.pieces, vocabulary) else None
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
    if is_activity_header(header.pieces, vocabulary):
        rows += activity_rows(body[under:], named, columns, vocabulary)
    else:
        rows += [row_of(lines, columns) for lines in rows_of(body[under:], header.line, columns, vocabulary)]
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
