"""A table that goes on in the next one: cut by a page, by a program, or by hand, with its header, half of it, or none.

What goes on is told by what must be true of it: it has no head of its own, its cells stand under the columns of the table
above, in order, and each of its rows names an indicator; labels of levels stand where the table above has its levels.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from jixiao.domain.quantities import number_alone
from jixiao.readers.sheets.activity_table import is_activity_table
from jixiao.readers.sheets.head_rows import is_unit_row
from jixiao.readers.sheets.header import Header, is_header, is_subheader, with_subheader
from jixiao.readers.sheets.header_content import header_at
from jixiao.readers.sheets.recognise import is_goal_sheet
from jixiao.readers.sheets.side_by_side import columns_of_sheets
from jixiao.readers.sheets.table import Cell, Row, Table
from jixiao.readers.sheets.wide_list import fields_of
from jixiao.vocabulary import Column, Field, Label
from jixiao.vocabulary.labelled_lines import OPENINGS, OWNERS

_LEVELS = (Column.CLASS, Column.KIND)
_MOST_LEFT_OUT = 3
"""Columns at the left that the second part may lack: the label at the side, the levels"""
_OF_HEADS = frozenset(
    (
        *OWNERS, Field.GOALS, Field.LONG_TERM_GOALS, Field.MONEY, Field.PURPOSE, Field.DISBURSEMENT, Field.TOTAL,
        Field.FISCAL,
    )
)  # fmt: skip


def with_rest(table: Table, rest: Table, *, apart: bool) -> Table | None:
    """A table with the one that it goes on in; None where that is another. ``apart`` where lines stand between them."""
    if not apart and (whole := _head_with_rest(table, rest)) is not None:
        return whole
    header_row = _last_header(table)
    if header_row is None or _has_head(rest.rows) or is_activity_table(rest):
        return None
    header = _whole_header(table, header_row)
    if header.columns.keys().isdisjoint((Column.NAME, Column.DESCRIPTION)):
        return None
    half = _half_header(rest, header)
    if half is None and any(is_header(row) for row in rest.rows):
        return None  # a table that says by itself what its columns are
    start = half.index if half is not None else 0
    for moved in _moves(table, header_row, rest.rows[start:], rest):
        if half is not None:
            labels, *moved = moved
            if not all(_is_under(cell, header) for cell in labels):
                continue
        if _fits(moved, header, shifts=not rest.merges, sure=apart, names=project_column(table)):
            return table.longer([*_below(table, header, moved)])
    return None


def repeats_header(table: Table, rest: Table) -> bool:
    """Whether a table without a head begins with the header of the one above."""
    row = _last_header(table)
    first = next((one for one in rest.rows if one.words), None)
    if row is None or first is None or not is_header(first) or is_activity_table(rest):
        return False
    same = _labels(first) == _labels(row) and fields_of(first.words) == fields_of(row.words)
    return same and not _has_head(one for one in rest.rows if one is not first)


def project_column(table: Table) -> int | None:
    """Where a list of several projects names them; None of any other table."""
    row = _last_header(table)
    return fields_of(row.words).get(Field.PROJECT_NAME) if row is not None else None


def _labels(row: Row) -> list[str]:
    return [cell.label.bare for cell in row.words if cell.label.column is not None]


# --- sheets side by side over two tables ---------------------------------------------------------------------


def beside_with_rest(table: Table, rest: Table) -> Table | None:
    """Sheets side by side with the table in which all of them go on, under their header again, part of it, or none; else None."""
    row = _last_header(table)
    if row is None or is_activity_table(rest):
        return None
    ranges = columns_of_sheets(table)
    known = {label for one in table.rows if is_header(one) for label in _labels(one)}
    rows = [one for n, one in enumerate(rest.rows) if n or not _prints_again(one, known)]
    if len(ranges) < 2 or _has_head(rows) or any(is_header(one) for one in rows):
        return None
    for moved in _moves(table, row, rows, rest):
        parts = [_part_below(table, moved, part) for part in ranges]
        if None not in parts:
            found = [[cell for part in parts for cell in (part or [])[n]] for n in range(len(moved))]
            return table.longer(found)
    return None


def _prints_again(row: Row, known: Collection[str]) -> bool:
    """Whether a row only prints words of headers again."""
    return bool(row.words) and all(cell.label.column is not None and cell.label.bare in known for cell in row.words)


def _part_below(
    table: Table, rows: Sequence[Sequence[Cell]], columns: tuple[int, int | None]
) -> list[list[Cell]] | None:
    """The cells of one of the sheets in further rows, where they go on in it or where it has ended; else None."""
    left, right = columns

    def own(cells: Sequence[Cell]) -> list[Cell]:
        return [c for c in cells if left <= c.column and (right is None or c.column + c.column_span <= right)]

    part, more = table.of_rows([own(row.cells) for row in table.rows]), [own(cells) for cells in rows]
    header_row = _last_header(part)
    if header_row is None:
        return None
    header = _whole_header(part, header_row)
    if any(cell.text for cells in more for cell in cells) and not _fits(more, header, shifts=False, sure=False):
        return None
    return list(_below(part, header, more))


# --- the head of a form over two tables --------------------------------------------------------------------


def _head_with_rest(table: Table, rest: Table) -> Table | None:
    """A head that is cut in two, where one of the parts alone is too little to be told."""
    if _last_header(table) is not None or is_activity_table(rest) or is_activity_table(table):
        return None
    fields, more = _fields(table), _fields(rest)
    if not (_begins_head(table) and _begins_head(rest)) or not fields.isdisjoint(more & frozenset(OPENINGS)):
        return None
    if is_goal_sheet(table) and is_goal_sheet(rest):
        return None
    return below(table, rest)


def _fields(table: Table) -> frozenset[Field]:
    return frozenset(chain.from_iterable(row.any_fields for row in table.rows))


def _begins_head(table: Table) -> bool:
    """Whether a table begins with a label of a head, the unit above it, or the header below it."""
    first = next((row for row in table.rows if row.words), None)
    return first is not None and (
        first.fields[0] in _OF_HEADS or first.states_unit or is_unit_row(first) or is_header(first)
    )


def below(table: Table, rest: Table) -> Table:
    """A table with the rows of another under its own."""
    by = len(table.rows)
    moved = [[cell._replace(row=cell.row + by) for cell in row.cells] for row in rest.rows]
    return table.longer(moved)


# --- indicators over two tables ----------------------------------------------------------------------------


def _last_header(table: Table) -> Row | None:
    return next((row for row in reversed(table.rows) if is_header(row)), None)


def _whole_header(table: Table, row: Row) -> Header:
    header = header_at(table, row.words)
    under = table.below(row)
    return with_subheader(header, under.words) if under.words and is_subheader(under, header) else header


def _has_head(rows: Iterable[Row]) -> bool:
    """Whether rows have labels of a head, so that they are a sheet of its own."""
    return any(
        field in _OF_HEADS and not (row.words[0].label.is_tail or any(c.label.is_level for c in row.words))
        for row in rows
        for field in row.any_fields
    )


def _half_header(rest: Table, header: Header) -> Row | None:
    """The first row of the second part where it prints some words of the header again, and not all of them."""
    first = next((row for row in rest.rows if row.words), None)
    if first is None or Field.PROJECT_NAME in fields_of(first.words):
        return None
    named = {cell.label.column for cell in first.words if cell.label.horizon is None}
    if None in named or not named or not named <= {*header.columns, Column.OTHER}:
        return None
    return None if is_header(first) and named >= header.columns.keys() else first


def _is_under(cell: Cell, header: Header) -> bool:
    """Whether a word printed again stands where it stood."""
    column = cell.label.column
    if column is None or cell.label.horizon is not None:
        return True
    return header.columns.get(column, cell.column) == cell.column


def _moves(table: Table, header_row: Row, rows: Sequence[Row], rest: Table) -> Iterator[list[list[Cell]]]:
    """The rows with their cells under the columns of the table above, in the ways that are possible, the surest first."""
    if not (table.merges and rest.merges and table.place.table and rest.place.table):  # in a worksheet, or text
        yield [list(row.cells) for row in rows]
        return
    above = sorted({c.column for row in table.rows[header_row.index :] for c in row.cells})
    here = sorted({c.column for row in rows for c in row.cells})
    end, last = _width(table.rows[header_row.index :]), _width(rows)
    worded = {c.column for row in rows for c in row.cells if c.text}
    if worded <= set(above) and end == last:
        yield [list(row.cells) for row in rows]
    for missing in range(_MOST_LEFT_OUT + 1):
        if len(here) == len(above) - missing:
            to = {**dict(zip(here, above[missing:], strict=True)), last: end}
            yield [[_placed(cell, to) for cell in row.cells] for row in rows]


def _width(rows: Sequence[Row]) -> int:
    return max((c.column + c.column_span for row in rows for c in row.cells), default=0)


def _placed(cell: Cell, to: dict[int, int]) -> Cell:
    column = to[cell.column]
    end = to.get(cell.column + cell.column_span, column + cell.column_span)
    return cell._replace(column=column, column_span=max(1, end - column))


def _fits(
    rows: Sequence[Sequence[Cell]], header: Header, *, shifts: bool, sure: bool, names: int | None = None
) -> bool:
    """Whether each row names an indicator and has its levels where the header has them, or, in a list of projects, stands
    alone in the column ``names`` of their names.

    ``shifts`` in text, where a row lacks the cells merged with those above it at its left. ``sure`` where nothing else
    tells that the rows go on: one of them must have a label of a level.
    """
    columns = header.columns
    content = [columns[c] for c in (Column.NAME, Column.DESCRIPTION) if c in columns]
    indicators = levels = valued = under = 0
    named_to = -1  # the last row that a merged name reaches into
    for n, cells in enumerate(rows):
        words = [cell for cell in cells if cell.text]
        if not words or _is_below_indicators(words) or (len(words) == 1 and words[0].column == names):
            under += bool(words)
            continue
        missing = max(0, header.width - len(cells)) if shifts else 0
        here = {column: _at(cells, position, missing) for column, position in columns.items()}
        found = [cell for column in _LEVELS if (cell := here.get(column)) is not None and cell.text]
        levels += len(found)
        name = next((c for position in content if (c := _at(cells, position, missing)) is not None and c.text), None)
        target = here.get(Column.TARGET)
        if any(not cell.label.is_level for cell in found) or (target is not None and target.label.is_level):
            return False
        if name is not None and not _is_no_name(name):
            named_to = n + name.row_span - 1
        elif name is not None or n > named_to:
            return False
        indicators += 1
        valued += target is not None and bool(target.text)
    if not indicators:
        return under > 0 and not sure
    return levels > 0 or (not sure and valued == indicators)


def _at(cells: Sequence[Cell], position: int, missing: int) -> Cell | None:
    at = position - missing
    return next((cell for cell in cells if cell.column <= at < cell.column + cell.column_span), None)


def _is_no_name(cell: Cell) -> bool:
    return ("指标" in cell.text and cell.label.is_level) or number_alone(cell.text) is not None


def _is_below_indicators(words: Sequence[Cell]) -> bool:
    """Whether a row is what stands under the indicators: totals, remarks, signatures."""
    first = words[0].label
    return first.is_tail or first.is_total or first.is_one_of("rate_rows") or (len(words) == 1 and first.is_part_title)


def _below(table: Table, header: Header, rows: Sequence[Sequence[Cell]]) -> Iterator[list[Cell]]:
    """The rows under those of the table above; a level printed again over rows of the same kind is left blank."""
    last = _last_class(table, header)
    for n, cells in enumerate(rows, len(table.rows)):
        found = [cell._replace(row=n) for cell in cells]
        if n == len(table.rows) and last is not None:
            found = _going_on(found, header, last)
        yield found


def _last_class(table: Table, header: Header) -> Cell | None:
    position = header.columns.get(Column.CLASS)
    if position is None:
        return None
    cells = (table.at(row.index, position) for row in reversed(table.rows))
    return next((cell for cell in cells if cell is not None and cell.text), None)


def _going_on(cells: list[Cell], header: Header, last: Cell) -> list[Cell]:
    first = _at(cells, header.columns[Column.CLASS], 0)
    kind = _at(cells, header.columns[Column.KIND], 0) if Column.KIND in header.columns else None
    again = first is not None and first.text and first.label.class_ is last.label.class_
    if not again or kind is None or kind.text:
        return cells
    return [cell._replace(text="", label=Label("", cell.label.vocabulary)) if cell is first else cell for cell in cells]
