"""Text whose cells are parted by bars: a row per line (``| a | b |``), or a cell per line (``a |``).

A row per line: cells merged with the row above are left out and the tail is padded with empty cells. A cell per
line: rows have no ends. Either way a row of the indicator table is put in place by its first cell: a level-1 label
or nothing stands in the first column, a level-2 label in the second, anything else in the third.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from jixiao.domain.provenance import Location
from jixiao.readers.formats.text.fit import is_side_label, left_out
from jixiao.readers.formats.text.header_rows import in_one_row
from jixiao.readers.formats.text.run import rows_of_run
from jixiao.readers.raw import Cell, Grid, Paragraph
from jixiao.vocabulary import ActivityColumn, Column, Field, Vocabulary
from jixiao.vocabulary.cell_values import is_amount, is_coded_organisation, is_unit_line
from jixiao.vocabulary.headings import is_sheet_heading

_RULE = re.compile(r"(?=.*[-—=+])[\s|:+\-—=]+")
_FEWEST_HEADERS = 3
_LEVELS = (Column.CLASS, Column.KIND)
_GRADES = {ActivityColumn.EXCELLENT, ActivityColumn.GOOD, ActivityColumn.FAIR, ActivityColumn.POOR}
_MOST_LINES_IN_CELL = 3


@dataclass(frozen=True, slots=True)
class _Word:
    """The text of a cell and the number of its line."""

    text: str
    line: int


def looks_barred(lines: Sequence[str]) -> bool:
    """Whether the tables of a text are drawn with bars, in rows or in cells."""
    return _rows_of(lines) > 1 or _cells_of(lines) > _FEWEST_HEADERS


def _rows_of(lines: Sequence[str]) -> int:
    return sum(line.count("|") > 1 for line in lines)


def _cells_of(lines: Sequence[str]) -> int:
    return sum(line.count("|") == 1 and line.rstrip().endswith("|") for line in lines)


def barred_blocks(lines: Sequence[str], vocabulary: Vocabulary) -> list[Paragraph | Grid]:
    """Paragraphs and grids of text with bars. Line numbers in places are 1-based."""
    return _by_cell(lines, vocabulary) if _cells_of(lines) > _rows_of(lines) else _by_row(lines, vocabulary)


# --- a row per line ---------------------------------------------------------------------------------------


def _by_row(lines: Sequence[str], vocabulary: Vocabulary) -> list[Paragraph | Grid]:
    blocks: list[Paragraph | Grid] = []
    rows: list[list[_Word]] = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or _RULE.fullmatch(line):
            continue
        if "|" in line:
            inner = line.strip().removeprefix("|").removesuffix("|")
            rows.append([_Word(part.strip(), number) for part in inner.split("|")])
            continue
        _close_rows(blocks, rows, vocabulary)
        rows = []
        blocks.append(Paragraph(line.strip(), Location(text=line, line=number)))
    _close_rows(blocks, rows, vocabulary)
    return blocks


def _close_rows(blocks: list[Paragraph | Grid], rows: list[list[_Word]], vocabulary: Vocabulary) -> None:
    cut = _unshifted(rows, vocabulary)
    _close(blocks, _aligned(in_one_row(cut, vocabulary), vocabulary), pieced=cut is not rows)


def _close(blocks: list[Paragraph | Grid], rows: list[list[_Word]], *, pieced: bool) -> None:
    if rows:
        blocks.append(_grid(rows, pieced=pieced))


def _aligned(
    rows: Sequence[list[_Word]], vocabulary: Vocabulary, *, prints_merged: bool | None = None
) -> list[list[_Word]]:
    """Rows with empty cells put back where a cell merged with the row above was left out at the left."""
    if prints_merged is None:
        others = [row for above, row in pairwise(rows) if not _heads_steps(above, vocabulary)]
        prints_merged = any(not row[0].text and any(w.text for w in row) for row in others)
    placed: list[list[_Word]] = []
    header: list[_Word] = []
    for row in rows:
        missing = _left_out(row, header, vocabulary)
        width = len(header)
        if _heads_steps(header, vocabulary):
            missing = _steps_left_out(row, header, vocabulary, prints_merged=prints_merged)
            header = []
        if missing and (len(row) <= width - missing or not any(w.text for w in row[width - missing :])):
            empty = _Word("", row[0].line)
            row = [*[empty] * missing, *row, *[empty] * width][:width]
        elif _heads_columns(row, vocabulary):
            header = row
        placed.append(row)
    return placed


def _heads_activities(row: Sequence[_Word], vocabulary: Vocabulary) -> bool:
    """Whether a row names the columns of the activities table."""
    return {ActivityColumn.NAME, ActivityColumn.INDICATOR} <= {vocabulary.label(w.text).activity_column for w in row}


def _activity_left_out(row: Sequence[_Word], header: Sequence[_Word], vocabulary: Vocabulary) -> int:
    """How many cells a row of activities lacks: those before its grades, those before its indicator, or none."""
    columns = [vocabulary.label(w.text).activity_column for w in header]
    indicator = columns.index(ActivityColumn.INDICATOR)
    if {vocabulary.label(w.text).activity_column for w in row if w.text} <= _GRADES:
        return indicator + 1
    whole = any(w.text for w in row[len(header) - indicator :]) or any(
        c is ActivityColumn.BUDGET and is_amount(w.text) for c, w in zip(columns, row, strict=False)
    )
    return 0 if whole else indicator


def _heads_steps(row: Sequence[_Word], vocabulary: Vocabulary) -> bool:
    """Whether a row names the points of time of a disbursement plan: its percentages stand in the next one."""
    return (
        len(row) > 1
        and vocabulary.label(row[0].text).field is Field.DISBURSEMENT
        and vocabulary.label(row[1].text).is_disbursement_point
    )


def _steps_left_out(
    row: Sequence[_Word], header: Sequence[_Word], vocabulary: Vocabulary, *, prints_merged: bool
) -> int:
    """Whether the percentages lack the cell under 资金支出计划, which an empty first one does not tell by itself."""
    points = sum(vocabulary.label(w.text).is_disbursement_point for w in header)
    if not row or vocabulary.label(row[0].text).field is not None or any(w.text for w in row[points : points + 1]):
        return 0
    return 1 if row[0].text or not prints_merged else 0


def _unshifted(rows: list[list[_Word]], vocabulary: Vocabulary) -> list[list[_Word]]:
    """Rows cut anew where the last cell of each opens the next line, as the header or most of the rows show."""
    for h, header in enumerate(rows[:-1]):
        columns = [vocabulary.label(w.text).column for w in header]
        if Column.CLASS not in columns or len(set(columns) - {None}) < _FEWEST_HEADERS:
            continue
        cells = [word for row in rows[h:] for word in row]
        width = _header_width(cells, columns.index(Column.CLASS), vocabulary)
        first = rows[h + 1][0].text
        if vocabulary.label(first).column is not None and vocabulary.label(first).field is None and width > len(header):
            return [*rows[:h], *_rows_from_cells(cells, vocabulary)]
    return rows


def _heads_columns(row: Sequence[_Word], vocabulary: Vocabulary) -> bool:
    """Whether a row names columns for the rows under it: indicators, amounts, or goals side by side."""
    names = {vocabulary.label(w.text).column for w in row} - {None}
    if (
        (Column.CLASS in names and len(names) >= _FEWEST_HEADERS)
        or _heads_steps(row, vocabulary)
        or _heads_activities(row, vocabulary)
    ):
        return True
    return (
        sum(vocabulary.label(w.text).money_column is not None for w in row) > 1
        or sum(_is_goal_label(w, vocabulary) for w in row) > 1
    )


def _lists_projects(header: Sequence[_Word], vocabulary: Vocabulary) -> bool:
    return any(vocabulary.label(w.text).lists_projects for w in header)


def _is_goal_label(word: _Word, vocabulary: Vocabulary) -> bool:
    return vocabulary.label(word.text).field in (Field.GOALS, Field.LONG_TERM_GOALS, Field.GOALS_REACHED)


def _left_out(row: Sequence[_Word], header: Sequence[_Word], vocabulary: Vocabulary) -> int:
    """How many cells a row lacks at its left, by what its first cell is and where the header has such cells."""
    first = row[0].text if row else ""
    if not first or not header or _heads_columns(row, vocabulary):
        return 0
    if _heads_activities(header, vocabulary):
        return _activity_left_out(row, header, vocabulary)
    if len(row) == len(header) and not any(w.text for w in row[1:]) and _lists_projects(header, vocabulary):
        return 0  # the unit of the projects below it, over all columns
    columns = [vocabulary.label(w.text).column for w in header]
    field = vocabulary.label(first).field
    if Column.CLASS in columns:
        columns = [None if is_side_label(w.text, vocabulary) else c for w, c in zip(header, columns, strict=True)]
        if field is not None or first in (w.text for w in header) or vocabulary.label(first).is_tail:
            return 0
        return left_out([w.text for w in row], columns, vocabulary)
    if any(_is_goal_label(w, vocabulary) for w in header):
        return 1 if field is None and _is_goal_label(header[0], vocabulary) else 0
    amounts = [n for n, w in enumerate(header) if vocabulary.label(w.text).money_column is not None]
    named = field in (None, Field.MONEY_PART) and not is_amount(first) and len(row) > 1 and is_amount(row[1].text)
    return max(0, amounts[0] - 1) if amounts and (vocabulary.label(first).source is not None or named) else 0


# --- a cell per line --------------------------------------------------------------------------------------


def _by_cell(lines: Sequence[str], vocabulary: Vocabulary) -> list[Paragraph | Grid]:
    blocks: list[Paragraph | Grid] = []
    cells: list[_Word] = []
    waiting: list[_Word] = []  # lines without a bar: the beginning of the next cell, or text behind the table
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text:
            continue
        if text.endswith("|"):
            parts = [*(w.text for w in waiting), *text.removesuffix("|").split("|")]
            first = waiting[0].line if waiting else number
            cells.append(_Word("".join(part.strip() for part in parts), first))
            waiting = []
        elif cells and len(waiting) < _MOST_LINES_IN_CELL and not is_sheet_heading(text, vocabulary):
            waiting.append(_Word(text, number))
        else:
            _close(blocks, _rows_from_cells(cells, vocabulary), pieced=True)
            cells = []
            blocks += [Paragraph(w.text, Location(text=w.text, line=w.line)) for w in (*waiting, _Word(text, number))]
            waiting = []
    _close(blocks, _rows_from_cells(cells, vocabulary), pieced=True)
    blocks += [Paragraph(w.text, Location(text=w.text, line=w.line)) for w in waiting]
    return blocks


def _rows_from_cells(cells: Sequence[_Word], vocabulary: Vocabulary) -> list[list[_Word]]:
    """Rows of a run of cells: a label and its values in the head; under a header as many as its columns ask for."""
    done: list[list[_Word]] = []
    rows: list[list[_Word]] = []
    i = 0
    while i < len(cells):
        width = _header_width(cells, i, vocabulary)
        if width:
            header = cells[i : i + width]
            end = _run_end(cells, i + width, vocabulary)
            done += [
                *_aligned(rows, vocabulary, prints_merged=True),
                list(header),
                *_run(cells[i + width : end], header, vocabulary),
            ]
            rows = []
            i = end
        elif _heads_steps(cells[i : i + 2], vocabulary):
            first = next(
                (n for n in range(i + 1, len(cells)) if not vocabulary.label(cells[n].text).is_disbursement_point),
                len(cells),
            )
            end = next((n for n in range(first, len(cells)) if _is_label(cells, n, vocabulary)), len(cells))
            side = [_Word("", cells[i].line)] if end - first < first - i else []
            rows += [list(cells[i:first]), [*side, *cells[first:end]]]
            i = end
        elif labels := _goal_labels(cells, i, vocabulary):
            end = next((n for n in range(i + labels, len(cells)) if _is_label(cells, n, vocabulary)), len(cells))
            values = list(cells[i + labels : end])
            side = [_Word("", cells[i].line)] * (labels - len(values))  # the first label stands along the side
            rows += [list(cells[i : i + labels]), [*side, *values]]
            i = end
        elif vocabulary.label(cells[i].text).field is not None or not rows:
            rows.append([cells[i]])
            i += 1
        elif _is_amount_row(rows[-1], vocabulary) and not _has_matrix(rows, vocabulary):
            rows.append([_Word("", cells[i].line), cells[i]])
            i += 1
        else:
            rows[-1].append(cells[i])
            i += 1
    return [*done, *_aligned(rows, vocabulary, prints_merged=True)]


def _is_amount_row(row: Sequence[_Word], vocabulary: Vocabulary) -> bool:
    """Whether a row of the head holds an amount and its label: what follows is another row."""
    return len(row) == 2 and vocabulary.label(row[0].text).field in (Field.TOTAL, Field.FISCAL, Field.OTHER)


def _has_matrix(rows: Sequence[Sequence[_Word]], vocabulary: Vocabulary) -> bool:
    """Whether a header names several amounts for each source of money."""
    return any(sum(vocabulary.label(w.text).money_column is not None for w in row) > 1 for row in rows)


def _goal_labels(cells: Sequence[_Word], start: int, vocabulary: Vocabulary) -> int:
    """The number of labels from ``start`` that head goals side by side; 0 where there are fewer than two."""
    end = start
    while end < len(cells) and _is_goal_label(cells[end], vocabulary):
        end += 1
    return end - start if end - start > 1 else 0


def _is_label(cells: Sequence[_Word], i: int, vocabulary: Vocabulary) -> bool:
    return vocabulary.label(cells[i].text).field is not None or _header_width(cells, i, vocabulary) > 0


def _run_end(cells: Sequence[_Word], start: int, vocabulary: Vocabulary) -> int:
    """Where the indicators that begin at ``start`` end: at the head of another sheet."""
    for i in range(start, len(cells)):
        if vocabulary.label(cells[i].text).field not in (None, Field.OTHER) or is_unit_line(cells[i].text):
            return i - 1 if i > start and is_coded_organisation(cells[i - 1].text) else i
    return len(cells)


def _run(cells: Sequence[_Word], header: Sequence[_Word], vocabulary: Vocabulary) -> list[list[_Word]]:
    """Rows of the cells under a header, with empty cells put back where a merged one was left out."""
    columns = [vocabulary.label(w.text).column for w in header]
    return [
        [*(_Word("", cells[start].line) for _ in range(missing)), *cells[start:end]]
        for missing, start, end in rows_of_run([w.text for w in cells], columns, vocabulary)
    ]


def _header_width(cells: Sequence[_Word], start: int, vocabulary: Vocabulary) -> int:
    """The number of cells from ``start`` that make an indicator header; 0 where none begins there."""
    if vocabulary.label(cells[start].text).column not in _LEVELS:
        return 0
    end = start
    while end < len(cells) and vocabulary.label(cells[end].text).column is not None:
        end += 1
    return end - start if end - start >= _FEWEST_HEADERS else 0


def _grid(rows: Sequence[Sequence[_Word]], *, pieced: bool) -> Grid:
    cells = tuple(
        tuple(Cell(w.text, r, c, Location(text=w.text, line=w.line)) for c, w in enumerate(row))
        for r, row in enumerate(rows)
    )
    return Grid(cells, cells[0][0].place, merges=False, pieced=pieced)
