"""What a column that no word names seems to hold, told by the values under it and by where it stands.

A column of ≥95%, 30人, 5月底前 holds targets whatever it is called; of words between the levels and the targets, names. A
column is only taken for what the form has no other column for, and only where one alone can be it: anything else is a
question for the reader of the note.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from jixiao.domain.target import TargetType
from jixiao.domain.target_grammar import parse_target
from jixiao.readers.sheets.header import Guess, Header, read_header, with_levels
from jixiao.readers.sheets.table import Cell, Table
from jixiao.vocabulary import Column
from jixiao.vocabulary.cell_values import amount_of, blank_if_dashes, one_line

_ROWS_LOOKED_AT = 20
_MEASURED = (TargetType.NUMERIC, TargetType.RANGE, TargetType.DATE)
_WORDS = re.compile(r"[一-鿿]")
_DONE = re.compile(r"(?:均|都|全部|基本|按时|按期|如期)*(?:已|完成了?(?:\d|$)|实际|未完成|达到了)")
_LEVELS = (Column.CLASS, Column.KIND)
SEEMS = {Column.TARGET: "指标值", Column.NAME: "三级指标", Column.ACTUAL: "实际完成值", Column.WEIGHT: "分值"}
"""What columns may seem to be, as users know them"""


def values_under(table: Table, r: int, position: int) -> list[str]:
    """The words under a column of the header in row ``r``, down to the next header; blanks and dashes left out."""
    found: list[str] = []
    for row in table.rows[r + 1 : r + 1 + _ROWS_LOOKED_AT]:
        if len(row.any_columns) > 1 or (row.words and row.words[0].label.is_tail):
            break
        cell = table.at(row.index, position)
        if cell is not None and cell.row == row.index and blank_if_dashes(text := one_line(cell.text)) and text:
            found.append(text)
    return found


def seems(values: Sequence[str]) -> Column | None:
    """What values seem to be: targets, names of indicators, points; None where they may be anything."""
    if not values:
        return None
    types = [parse_target(value).target for value in values]
    measured = [target for target in types if target.type in _MEASURED]
    telling = [t for t in measured if t.unit or t.upper is not None or t.day is not None or _has_sign(t.text)]
    if len(measured) * 2 > len(values) and len(telling) * 3 >= len(values):
        return Column.TARGET
    numbers = [amount.value for value in values if (amount := amount_of(value.removesuffix("分")))]
    if len(numbers) == len(values) and len(values) > 1 and sum(numbers) in (80, 90, 100):
        return Column.WEIGHT
    if all(len(_WORDS.findall(value)) > 2 for value in values) and len(set(values)) * 5 >= len(values) * 4:
        return Column.NAME
    return None


def _has_sign(text: str | None) -> bool:
    return text is not None and text[0] in "≥≤＞＜><=＝"


def by_content(header: Header, table: Table, r: int) -> Header:
    """The header with the columns of names and targets that its words do not tell, where content and position agree."""
    if not header.columns or (header.columns.keys() >= {Column.NAME, Column.TARGET} and not header.unknown):
        return header
    if Column.TARGET not in header.columns and not header.columns.keys() & {Column.BEST, Column.SIGN}:
        header = _with_target(header, table, r)
    if Column.NAME not in header.columns and Column.DESCRIPTION not in header.columns:
        header = _with_name(header, table, r)
    if header.unknown and not header.columns.keys() & {Column.ACTUAL, Column.EXPECTED}:
        header = _with_actual(header, table, r)
    return header


def _with_target(header: Header, table: Table, r: int) -> Header:
    """The one column at the right of the names whose values are targets, and that no other word is surer of."""
    left = max((p for c, p in header.columns.items() if c in (*_LEVELS, Column.NAME)), default=-1)
    unit = header.columns.get(Column.UNIT)
    stands = [c for c in _cells(table, r) if c.label.is_one_of("stand_ins") or c.column == unit]
    for some in (header.unknown, stands):
        found = [c for c in some if c.column > left and seems(values_under(table, r, c.column)) is Column.TARGET]
        if len(found) == 1:
            return _taken(header, found[0], Column.TARGET)
    return header


def _with_name(header: Header, table: Table, r: int) -> Header:
    """The first column of words between the levels and the targets."""
    left = max((p for c, p in header.columns.items() if c in _LEVELS), default=-1)
    right = header.columns.get(Column.TARGET, 0)
    between = sorted((c for c in header.unknown if left < c.column < right), key=lambda c: c.column)
    if between and seems(values_under(table, r, between[0].column)) is Column.NAME:
        return _taken(header, between[0], Column.NAME)
    return header


def _with_actual(header: Header, table: Table, r: int) -> Header:
    """The one column at the right of the targets that says what is done: 已完成100%."""
    left = header.columns.get(Column.TARGET)
    behind = [c for c in header.unknown if left is not None and c.column > left]
    found = [c for c in behind if tells_of_the_past(values_under(table, r, c.column))]
    return _taken(header, found[0], Column.ACTUAL) if len(found) == 1 else header


def tells_of_the_past(values: Sequence[str]) -> bool:
    """Whether values say that something is done."""
    return sum(_DONE.match(value) is not None for value in values) * 2 > len(values)


def _cells(table: Table, r: int) -> Sequence[Cell]:
    return table.rows[r].words


def _taken(header: Header, cell: Cell, column: Column) -> Header:
    kept: Mapping[Column, int] = {c: p for c, p in header.columns.items() if p != cell.column}
    return replace(
        header,
        columns={**kept, column: cell.column},
        other=tuple(p for p in header.other if p != cell.column),
        unknown=tuple(c for c in header.unknown if c is not cell),
        guessed=(*header.guessed, Guess(cell, column)),
    )


def told(guess: Guess, values: Sequence[str]) -> str:
    """What a note says of a column that was taken for something."""
    name = one_line(guess.cell.text)
    shown = "、".join(f"“{value}”" for value in values[:2])
    what = SEEMS[guess.column]
    return (
        f"指标表表头“{name}”不认得或有几种意思；这一列写的是{shown}，像是{what}，按{what}读入，请核对。"
        f"不对的，请告诉审核人员“{name}”是哪一栏，登记后重新审核。"
    )


def question(cell: Cell, values: Sequence[str]) -> str:
    """What a note asks about a column that was not read; it names everything that stands in it."""
    name = one_line(cell.text)
    if not values:
        return f"指标表表头“{name}”不认得，该列未读入；列里是空的。"
    column = seems(values)
    guess = f"像是{SEEMS[column]}" if column else "看不出是哪一栏"
    words = "｜".join(values)
    return f"指标表表头“{name}”不认得，{guess}，该列未读入，不算没有填写；请告诉审核人员是哪一栏，登记后重新审核。列里写着：{words}"


def header_at(table: Table, cells: Sequence[Cell]) -> Header:
    """The header whose row holds ``cells``, with what the rows below tell of it."""
    r = cells[-1].row
    width = max((c.column + c.column_span for c in table.rows[r].cells), default=0)
    return by_content(with_levels(read_header(cells, width), table, r), table, r)
