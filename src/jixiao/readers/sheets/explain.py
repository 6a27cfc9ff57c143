"""Says how each table of a file was recognised: as which form, by which words, how surely."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from jixiao.readers.raw import Grid, RawDocument
from jixiao.readers.sheets.activity_table import is_activity_header, is_activity_table
from jixiao.readers.sheets.head_rows import LIKE_A_LABEL
from jixiao.readers.sheets.header import Header, is_header, is_subheader, with_subheader
from jixiao.readers.sheets.header_content import SEEMS, header_at, seems, values_under
from jixiao.readers.sheets.recognise import is_goal_sheet, is_library_header, lists_projects
from jixiao.readers.sheets.regions import region_columns, turned
from jixiao.readers.sheets.table import Cell, Row, Table
from jixiao.readers.sheets.wide_list import fields_of, joined_header
from jixiao.vocabulary import Column, Field, Vocabulary
from jixiao.vocabulary.cell_values import one_line

_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Recognition:
    """One table: where it stands, what it was taken for, the words that told, and the words not known.

    ``guessed`` are columns that no word names, with what the values under them seem to be.

    ``score`` is the share of the words known, 0–1, among those that stand where forms print labels: headers, levels and
    the beginnings of the rows of the head. It is 0 for a table taken for nothing.
    """

    place: str
    form: str
    words: tuple[str, ...]
    unknown: tuple[str, ...]
    score: Fraction
    guessed: tuple[str, ...] = ()


def recognitions(raw: RawDocument, vocabulary: Vocabulary) -> tuple[Recognition, ...]:
    """The recognition of every table of a file, in order."""
    return tuple(_recognise(Table.of(block, vocabulary)) for block in raw.blocks if isinstance(block, Grid))


def _recognise(table: Table) -> Recognition:
    headers = [row for row in table.rows if is_header(row)]
    if headers:
        form, labels = _indicator_form(table, headers), [*_head(table, headers[0].index), *_headers(table, headers)]
    elif (over := turned(table)) is not None:
        form = "绩效目标表（指标横排，每行一个地区）"
        levels = [r for column, r in over.levels.items() if column is not Column.NAME]
        words = [c for r in levels for c in table.rows[r].words]
        labels = [*_head(table, over.above.stop), *((c, c.label.is_level or c.label.is_printed) for c in words)]
    elif is_activity_table(table):
        form, labels = "分项绩效目标（职责活动）表", _activity_labels(table)
    elif lists_projects(table):
        form, labels = "项目清单（没有绩效目标和指标，不是绩效目标表）", list(_head(table, len(table.rows)))
    elif is_goal_sheet(table):
        form, labels = "绩效目标表的表头", list(_head(table, len(table.rows)))
    else:
        some = tuple(dict.fromkeys(cell.text for cell in table.cells() if cell.text))[:_MOST_WORDS]
        return Recognition(table.place.label, "不认得的表", (), some, Fraction(0))
    known = _distinct(cell for cell, is_known in labels if is_known)
    unknown = _distinct(cell for cell, is_known in labels if not is_known)
    total = len(known) + len(unknown)
    score = Fraction(len(known), total) if total else Fraction(0)
    guessed = tuple(guess for row in headers for guess in _guesses(table, row))
    return Recognition(table.place.label, form, known, unknown, score, guessed)


def _guesses(table: Table, row: Row) -> Iterator[str]:
    """Columns of a header that no word names: what they were read as, or what they seem to be."""
    header = _whole_header(table, row)
    for guess in header.guessed:
        yield f"“{one_line(guess.cell.text)}”读作{SEEMS[guess.column]}"
    for cell in header.unknown:
        if not cell.label.is_printed and (column := seems(values_under(table, row.index, cell.column))) is not None:
            yield f"“{one_line(cell.text)}”像是{SEEMS[column]}，未读入"


def _distinct(cells: Iterable[Cell]) -> tuple[str, ...]:
    return tuple(dict.fromkeys("".join(cell.text.split()) for cell in cells))


def _indicator_form(table: Table, headers: list[Row]) -> str:
    row = headers[0]
    cells = joined_header(table, row)
    header = _whole_header(table, row)
    if Field.PROJECT_NAME in fields_of(cells):
        return "绩效目标清单（一张表列出各项目）"
    if regions := region_columns(table, row, header):
        return f"绩效目标表（每列一个地区，共 {len(regions)} 个）"
    if Column.LIKELIHOOD in header.columns:
        return "绩效运行监控表"
    if header.columns.keys() & {Column.ACTUAL, Column.SCORE}:
        return "绩效自评（监控）表"
    above = table.rows[: row.index]
    named = any(not one.any_fields.isdisjoint((Field.PROJECT_NAME, Field.PROJECT_CODE)) for one in above)
    if is_library_header(cells) and not named:
        return "绩效指标库"
    if any(is_activity_header(one) for one in above):
        return "部门整体绩效目标表（含年度任务）"
    return "绩效目标表" if header.columns.keys() & {Column.CLASS, Column.KIND} else "绩效目标表（不分级）"


def _whole_header(table: Table, row: Row) -> Header:
    header = header_at(table, joined_header(table, row))
    below = table.below(row)
    return with_subheader(header, below.words) if is_subheader(below, header) else header


def _headers(table: Table, headers: list[Row]) -> Iterator[tuple[Cell, bool]]:
    """The words of each header and the levels under it."""
    for n, row in enumerate(headers):
        header = _whole_header(table, row)
        cells = joined_header(table, row)
        regions = region_columns(table, row, header)
        for cell in cells:
            yield cell, cell.label.is_printed or cell in regions or any(one.column == cell.column for one in regions)
        end = headers[n + 1].index if n + 1 < len(headers) else len(table.rows)
        for column in (Column.CLASS, Column.KIND):
            if column in header.columns:
                yield from _levels(table, range(row.index + 1, end), header.columns[column])


def _levels(table: Table, rows: range, column: int) -> Iterator[tuple[Cell, bool]]:
    for r in rows:
        cell, words = table.at(r, column), table.rows[r].words
        if words and words[0].label.field is not None and not any(c.label.is_level for c in words):
            continue
        if (
            cell is not None
            and cell.row == r
            and LIKE_A_LABEL.match(one_line(cell.text))
            and not (cell.label.is_printed or cell.label.is_tail or cell.label.is_signature)
        ):
            yield cell, cell.label.is_level


def _head(table: Table, end: int) -> Iterator[tuple[Cell, bool]]:
    """The labels of the rows above the indicators: those known, and what begins a row as a label does."""
    tasks = False
    for row in table.rows[:end]:
        cells = row.words
        tasks = is_activity_header(row) or (tasks and not (cells and cells[0].label.field))
        for n, cell in enumerate(cells):
            known = cell.label.field is not None or cell.label.horizon is not None or cell.label.is_printed
            if known or (not n and len(cells) > 1 and not tasks and LIKE_A_LABEL.fullmatch(one_line(cell.text))):
                yield cell, known


def _activity_labels(table: Table) -> list[tuple[Cell, bool]]:
    rows = [row for row in table.rows if is_activity_header(row)]
    return [(c, c.label.activity_column is not None or c.label.is_printed) for row in rows for c in row.words]
