"""Reads tables as text (.csv): the delimiter is told by content, a line with words in its first cell only is prose."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence

from jixiao.domain.provenance import Location
from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.format import Family, Format, Request, Surety
from jixiao.readers.raw import RawDocument
from jixiao.readers.raw.content import Container, Content
from jixiao.readers.raw.decode import decode
from jixiao.readers.raw.worksheet import SheetCell, check_extent, sheet_blocks

_DELIMITERS = (",", ";", "\t")
_FEWEST_COLUMNS = 3
_FEWEST_ROWS = 3
_ALIKE = 0.8
_SAMPLE = 200_000
"""Characters that decide about the delimiter"""
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_EXCEL_TEXT = re.compile(r'\A="(.*)"\Z', re.DOTALL)
"""How Excel is told that digits are words: ``="0366"``"""
_QUOTED_AFTER_TAB = re.compile(r'(?:^|\t)"[^"\t]*\n', re.MULTILINE)


def delimiter_of(text: str) -> str | None:
    """What parts the cells of a table in text; None where the text is no such table.

    Lines of cells parted by tabs are read as text (``text/tabs.py``) unless cells are quoted over several lines.
    """
    if m := _SEPARATOR_LINE.match(text):
        return m[1]
    sample = text[:_SAMPLE]
    for delimiter in _DELIMITERS:
        if delimiter not in sample or (delimiter == "\t" and not _QUOTED_AFTER_TAB.search(sample)):
            continue
        try:
            if _is_table(_parse(sample, delimiter)):
                return delimiter
        except csv.Error:
            continue
    return None


def _tells(content: Content) -> bool:
    """Whether a file is text with a table whose cells are parted by commas or the like."""
    try:
        return content.container is Container.NONE and delimiter_of(decode(content.data)) is not None
    except UnreadableFileError:
        return False


def _is_table(rows: Sequence[tuple[int, list[str]]]) -> bool:
    """Three lines or more, nearly all with the same number of cells, three or more."""
    widths = Counter(len(cells) for _, cells in rows if any(cells))
    if not widths:
        return False
    width, count = widths.most_common(1)[0]
    total = sum(widths.values())
    return width >= _FEWEST_COLUMNS and total >= _FEWEST_ROWS and count >= _ALIKE * total


def _parse(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """(1-based line, cells) of every row. Raises csv.Error where a cell is longer than any form's."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    for cells in reader:
        rows.append((line, [_EXCEL_TEXT.sub(r"\1", cell) for cell in cells]))
        line = reader.line_num + 1
    return rows


def _read(content: Content, request: Request) -> RawDocument:
    text = decode(content.data).replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    separated = _SEPARATOR_LINE.match(text)
    try:
        rows = _parse(text[separated.end() :] if separated else text, delimiter_of(text) or ",")
    except csv.Error as error:
        raise UnreadableFileError(
            "表中有一格超过 13 万字，可能是引号不成对", "请用 WPS 或 Excel 打开并另存为 .xlsx 后重试"
        ) from error
    check_extent(request.source.name, len(rows), max((len(cells) for _, cells in rows), default=0))
    first = int(separated is not None)
    cells = [
        (n, [_cell(n, c, line + first, words) for c, words in enumerate(row, 1) if words.strip()])
        for n, (line, row) in enumerate(rows, 1)
    ]
    left = min((c.column for _, row in cells for c in row), default=1)
    return RawDocument(request.source, tuple(sheet_blocks(cells, {}, left, request.vocabulary)))


def _cell(row: int, column: int, line: int, words: str) -> SheetCell:
    return SheetCell(row, column, Location(text=words, line=line))


FORMATS = (
    Format(
        name="csv",
        label="逗号分隔的表格（.csv）",
        family=Family.TEXT,
        suffixes=(".csv",),
        other_suffixes=(".tsv", ".txt"),
        surety=Surety.LIKELY,
        tells=_tells,
        read=_read,
    ),
)
