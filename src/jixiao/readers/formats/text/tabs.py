"""Text whose tables came out with tabs: one cell per line led by a tab, or one row per line split by tabs.

A cell led by a tab may go on over lines without one; a blank line ends a row, a lone tab is an empty cell, which
is how these converters print a cell merged with the one above.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jixiao.domain.provenance import Location
from jixiao.readers.raw import Cell, Grid, Paragraph
from jixiao.vocabulary import Column, Vocabulary

_CONTENTS_LINE = re.compile(r"\S.*(?:\t|\.{3,}|…+|·{3,})\s*\d{1,3}\s*$")
_LONGEST_CONTENTS_LINE = 200
_MOST_CELLS_IN_CONTENTS = 3
"""number, heading, page"""
_HEADING = re.compile(r"^\s*(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|.{0,60}绩效目标表\s*$)")


@dataclass(slots=True)
class _Piece:
    """A cell under construction: its lines, the number of its first line, blank lines before it."""

    lines: list[str]
    line: int
    gap: int


@dataclass(slots=True)
class _Builder:
    """Collects the cells of the table being read and the blocks already read."""

    vocabulary: Vocabulary
    blocks: list[Paragraph | Grid] = field(default_factory=list)
    rows: list[list[_Piece]] = field(default_factory=list)
    by_row: bool = False

    def close(self) -> None:
        if self.rows:
            rows = self.rows if self.by_row else _regroup(self.rows, self.vocabulary)
            self.blocks.append(_grid(rows))
            self.rows = []


def tab_blocks(lines: list[str], vocabulary: Vocabulary) -> list[Paragraph | Grid]:
    """Paragraphs and grids of text with tabs. Line numbers in places are 1-based."""
    builder = _Builder(vocabulary)
    gap = 1
    for number, line in enumerate(lines, 1):
        if not line.strip():
            if line.startswith("\t") and _in_rows(builder) and line.count("\t") > 1:
                _add_row(builder, line, number, gap)
                gap = 0
            elif line.startswith("\t"):
                _add_cell(builder, "", number, gap)
                gap = 0
            else:
                gap += 1
            continue
        if _is_row(line, builder) and (_in_rows(builder) or not _is_contents(line)):
            _add_row(builder, line, number, gap)
        elif line.startswith("\t"):
            _add_cell(builder, line[1:].rstrip("\t "), number, gap)
        elif builder.rows and not builder.by_row and _continues(line, builder.rows[-1][-1], gap, vocabulary):
            builder.rows[-1][-1].lines.append(line)
        else:
            builder.close()
            builder.blocks.append(Paragraph(line.strip(), Location(text=line, line=number)))
        gap = 0
    builder.close()
    return builder.blocks


def _in_rows(builder: _Builder) -> bool:
    """Whether a table with a row per line is being read: a small number at its end is a value, no page number."""
    return builder.by_row and bool(builder.rows)


def _is_contents(line: str) -> bool:
    few = sum(bool(part.strip()) for part in line.split("\t")) <= _MOST_CELLS_IN_CONTENTS
    return few and len(line) <= _LONGEST_CONTENTS_LINE and _CONTENTS_LINE.match(line) is not None


def _is_row(line: str, builder: _Builder) -> bool:
    """A line that holds a whole row: two cells with words, or any tab right after such a line."""
    parts = line.split("\t")
    if len(parts) < 2:
        return False
    if _in_rows(builder):
        return True
    return sum(bool(p.strip()) for p in parts) > 1


def _add_row(builder: _Builder, line: str, number: int, gap: int) -> None:
    """A row; behind a blank line one of another width begins another table."""
    cells = line.split("\t")
    if builder.rows and (not builder.by_row or (gap and len(cells) != len(builder.rows[-1]))):
        builder.close()
    builder.by_row = True
    builder.rows.append([_Piece([p.strip()], number, 0) for p in cells])


def _add_cell(builder: _Builder, text: str, number: int, gap: int) -> None:
    if builder.rows and builder.by_row:
        builder.close()
    builder.by_row = False
    piece = _Piece([text], number, gap)
    if gap or not builder.rows:
        builder.rows.append([piece])
    else:
        builder.rows[-1].append(piece)


def _continues(line: str, last: _Piece, gap: int, vocabulary: Vocabulary) -> bool:
    """Whether a line without a tab goes on in the cell above it."""
    if _HEADING.match(line):
        return False
    if gap == 0:
        return True
    return (
        gap == 1
        and vocabulary.label("".join(last.lines) + line).is_printed
        and not vocabulary.label("".join(last.lines)).is_printed
    )


def _regroup(rows: list[list[_Piece]], vocabulary: Vocabulary) -> list[list[_Piece]]:
    """Join rows that a blank line inside a cell split in two: under a header of n columns, k + m = n make one row."""
    width = 0
    regrouped: list[list[_Piece]] = []
    for row in rows:
        named = {vocabulary.label("".join(piece.lines)).column for piece in row}
        if {Column.CLASS, Column.TARGET} <= named:
            width = len(row)
        elif _opens_sheet(row, vocabulary):
            width = 0
        previous = regrouped[-1] if regrouped else None
        if width and previous and len(previous) < width and len(previous) + len(row) == width:
            previous.extend(row)
        else:
            regrouped.append(list(row))
    return regrouped


def _opens_sheet(row: list[_Piece], vocabulary: Vocabulary) -> bool:
    """Whether a row opens the head of another sheet."""
    return vocabulary.label("".join(row[0].lines)).bare in ("项目编码", "项目代码", "项目名称")


def _grid(rows: list[list[_Piece]]) -> Grid:
    cells = tuple(
        tuple(
            Cell("\n".join(p.lines).strip(), r, c, Location(text="\n".join(p.lines), line=p.line))
            for c, p in enumerate(row)
        )
        for r, row in enumerate(rows)
    )
    return Grid(cells, cells[0][0].place, merges=False)
