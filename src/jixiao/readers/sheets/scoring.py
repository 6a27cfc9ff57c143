"""Tables by which a department or project is scored 「评价指标体系、评分表」: they look like goal sheets and set no goals.

What tells them apart: they name points and no targets, and their first levels are what is judged (投入, 过程, 决策, 管理),
not the outputs and outcomes that are aimed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from jixiao.readers.sheets.table import Cell, Row, Table
from jixiao.vocabulary import Column

_GOALS = frozenset((Column.TARGET, Column.ACTUAL, Column.BEST, Column.SIGN, Column.EXPECTED))
_POINTS = frozenset((Column.WEIGHT, Column.SCORE))
_FEWEST = 3
_SHARE = 3
"""One in so many first levels that is none of a goal sheet"""
_WITH_POINTS = re.compile(r"(?P<words>[一-鿿“”]{2,12})\s*[（(]\s*\d+(?:\.\d+)?\s*分?\s*[)）]")


def is_scoring_table(table: Table) -> bool:
    """Whether a table is one by which to score, and not a goal sheet."""
    header = _header(table)
    columns = {cell.label.column for cell in header}
    if not columns >= {Column.CLASS} or len(columns - {None}) < _FEWEST or columns.isdisjoint(_POINTS):
        return False
    if not columns.isdisjoint(_GOALS):
        return False
    first = {_word(cell) for cell in _first_levels(table, header)}
    others = {word for word in first if table.vocabulary.label(word).class_ is None}
    return bool(others) and len(others) * _SHARE >= len(first)


def _header(table: Table) -> list[Cell]:
    """The words that name the columns, from that of the first level on; in text they may stand in several rows."""
    for row in table.rows:
        if Column.CLASS in row.any_columns:
            if table.merges:
                return list(row.words)
            words = [cell for below in table.rows[row.index :] for cell in below.words]
            start = next(n for n, cell in enumerate(words) if cell.label.column is Column.CLASS)
            return list(takewhile(_names_column, words[start:]))
    return []


def _names_column(cell: Cell) -> bool:
    return cell.label.column is not None and not cell.label.is_level


def _first_levels(table: Table, header: list[Cell]) -> Iterator[Cell]:
    """The words under the column of the first level; in text whose rows are broken those that say their points."""
    at = next(cell for cell in header if cell.label.column is Column.CLASS)
    below: tuple[Row, ...] = table.rows[header[-1].row + 1 :]
    if header[-1].row == at.row:
        for row in below:
            cell = table.at(row.index, at.column)
            if cell is not None and cell.row == row.index and cell.text and not _ends(cell):
                yield cell
    else:
        yield from (cell for row in below for cell in row.words if _WITH_POINTS.fullmatch(cell.text.strip()))


def _ends(cell: Cell) -> bool:
    return cell.label.is_tail or cell.label.is_total or cell.label.is_printed


def _word(cell: Cell) -> str:
    m = _WITH_POINTS.fullmatch(cell.text.strip())
    return m["words"] if m else cell.text.strip()
