"""Pages to blocks: paragraphs and tables in reading order, put together over page breaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jixiao.readers.page.cells import PageTable
from jixiao.readers.page.furniture import PageBody
from jixiao.readers.page.lines import TextLine, ends_sentence, hangs, joiner, printed, space_between, starts_item
from jixiao.readers.page.shapes import place_of
from jixiao.readers.page.tables import append, follows, grid_of, repeats
from jixiao.readers.raw import Grid, Paragraph
from jixiao.readers.raw.residue import strip_residue
from jixiao.vocabulary import Vocabulary

_CONTENTS_LINE = re.compile(r".*(?:\t\s*|\.{3,}\s*|…+\s*|·{3,}\s*|-{4,}\s*)[-—]?\s*\d{1,3}\s*[-—]?")
_LEADER = re.compile(r"\.{7,}|…{3,}|·{7,}")
"""Dots that lead to a page number; how many there are says nothing"""
_SAME_MARGIN = 3.0
_WIDEST_MARGIN = 1.6
"""The margin at the right by that at the left, at most"""
_INDENT = 1.2
"""Sizes by which the first line of a paragraph is set in, at least"""
_MEASURED = 0.15
"""Sizes by which the margin, which is measured by the lines, may be off"""
_DEEP = 5.0
"""Sizes by which no first line is set in: such a line is centred"""
_SAME_SIZE = 0.12
_ALIKE_SIZE = 0.3
"""The same for recognised lines, whose sizes are estimates"""
_MOST_REPEATED = 3
_FAR = 1.2
"""Sizes of blank space between lines that part paragraphs"""


@dataclass(frozen=True, slots=True)
class _Margins:
    """Where running text begins and ends on pages of one width, and whether its paragraphs are set in."""

    left: float
    right: float
    set_in: bool


def blocks_of(pages: Sequence[PageBody], vocabulary: Vocabulary) -> list[Paragraph | Grid]:
    """The blocks of all pages, in order."""
    margins = _margins_by_width(pages)
    blocks: list[Paragraph | Grid] = []
    lines: list[tuple[PageBody, TextLine]] = []
    table: PageTable | None = None
    """the last table, while it may still go on"""
    for page, item in _items(pages):
        if not isinstance(item, PageTable):
            lines.append((page, item))
            continue
        if table is not None and follows(table, item) and _may_go_on(table, item, lines):
            append(table, item, vocabulary)
            lines = []
            continue
        blocks += _closed(table)
        blocks += _paragraphs(lines, margins)
        table, lines = item, []
    blocks += _closed(table)
    blocks += _paragraphs(lines, margins)
    return blocks


def _may_go_on(table: PageTable, below: PageTable, lines: Sequence[tuple[PageBody, TextLine]]) -> bool:
    """Whether nothing of its own stands between two tables."""
    return len(lines) <= _MOST_REPEATED and repeats(table, below, [line.text for _, line in lines])


def _items(pages: Iterable[PageBody]) -> Iterator[tuple[PageBody, PageTable | TextLine]]:
    for page in pages:
        tops: list[tuple[float, float, PageTable | TextLine]] = [(t.bounds[1], t.bounds[0], t) for t in page.tables]
        tops += [(line.base, line.x0, line) for line in page.lines]
        for _, _, item in sorted(tops, key=lambda entry: entry[:2]):
            yield page, item


def _closed(table: PageTable | None) -> list[Paragraph | Grid]:
    if table is None or not any(cell.lines or cell.more for cell in table.cells):
        return []
    return [grid_of(table)]


def _margins_by_width(pages: Sequence[PageBody]) -> dict[int, _Margins]:
    by_width: dict[int, list[PageBody]] = {}
    for page in pages:
        by_width.setdefault(round(page.width), []).append(page)
    return {width: _margins(same, width) for width, same in by_width.items()}


def _margins(pages: Sequence[PageBody], width: float) -> _Margins:
    lines = [line for page in pages for line in page.lines]
    sides = [table.bounds[2] for page in pages for table in page.tables]
    left = _edge([line.x0 for line in lines], 1)
    right = _edge([line.x1 for line in lines if not hangs(line.text)], -1)
    if right < width - _WIDEST_MARGIN * left:  # only short lines: none shows where the margin is
        right = max([width - left, *sides, *(line.x1 for line in lines)])
    firsts = [
        b.x0 - left > _INDENT * b.size
        for a, b in pairwise(lines)
        if a.x1 + b.first <= right and abs(b.x0 - left) < _DEEP * b.size
    ]
    return _Margins(left, right, 2 * sum(firsts) > len(firsts))


def _edge(places: Sequence[float], side: int) -> float:
    """The outermost place at which several lines begin (side 1) or end (side -1); else the outermost place."""
    bins = Counter(round(place / _SAME_MARGIN) for place in places)
    often = [b for b, n in bins.items() if n + bins.get(b + side, 0) >= max(3, len(places) // 50)]
    if not often:
        return (min if side > 0 else max)(places, default=0.0)
    outer = (min if side > 0 else max)(often)
    near = [p for p in places if abs(p / _SAME_MARGIN - outer) <= 1.5]
    return sum(near) / len(near)


def _paragraphs(lines: Sequence[tuple[PageBody, TextLine]], margins: dict[int, _Margins]) -> Iterator[Paragraph]:
    group: list[tuple[PageBody, TextLine]] = []
    for page, line in lines:
        if group and not _continues(group, page, line, margins[round(page.width)]):
            yield from _paragraph(group, margins)
            group = []
        group.append((page, line))
    yield from _paragraph(group, margins)


def _continues(group: Sequence[tuple[PageBody, TextLine]], page: PageBody, line: TextLine, margins: _Margins) -> bool:
    """Whether a line goes on in the paragraph of the lines before it."""
    above_page, above = group[-1]
    like = _ALIKE_SIZE if above.recognised or line.recognised else _SAME_SIZE
    if abs(above.size - line.size) > like * max(above.size, line.size) or _CONTENTS_LINE.fullmatch(above.text):
        return False
    if above_page is page and line.top - above.bottom > _FAR * line.size:
        return False
    indent = (line.x0 - margins.left) / line.size
    if _is_centred(above, margins) and _is_centred(line, margins):
        return above.width + line.first > margins.right - margins.left - 2 * line.size
    if above.x1 + space_between(above, line) + line.first <= margins.right - _MEASURED * line.size:
        return False
    if indent > _INDENT:
        return False
    return margins.set_in or not (ends_sentence(above.text) and starts_item(line.text))


def _is_centred(line: TextLine, margins: _Margins) -> bool:
    left, right = line.x0 - margins.left, margins.right - line.x1
    return abs(left - right) < line.size and (left > line.size or right > line.size or line.width < 1)


def _paragraph(group: Sequence[tuple[PageBody, TextLine]], margins: dict[int, _Margins]) -> Iterator[Paragraph]:
    if not group:
        return
    page, first = group[0]
    lines = [line for _, line in group]
    width = margins[round(page.width)].right - margins[round(page.width)].left
    words = [first.text]
    for above, below in pairwise(lines):
        words += [joiner(above, below, width), below.text]
    text = _LEADER.sub("......", strip_residue("".join(words))[0].strip())
    here = [line for p, line in group if p is page]
    bounds = (
        min(li.x0 for li in here),
        min(li.top for li in here),
        max(li.x1 for li in here),
        max(li.bottom for li in here),
    )
    if text:
        yield Paragraph(text, place_of(page.number, bounds, printed(lines)))
