"""Text drawn out of a PDF: cells wrapped over lines, with nothing but blanks and line ends between them.

Three things stand between two words: a blank or a plain line end (the next cell of the same row), or a blank line
(the same cell going on, the next cell, or the next row). Which it is, the printed labels decide where they can; in
the rows of the indicator table the cheapest reading wins, by what each column may hold (``text/segment.py``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jixiao.domain.indicator import IndicatorClass
from jixiao.domain.provenance import Location
from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.labels import (
    Column,
    Field,
    class_of,
    column_of,
    field_of,
    is_disbursement_point,
    kind_of,
)
from jixiao.readers.raw import Cell, Grid, Paragraph
from jixiao.readers.text.prose import Line, page_width, paragraphs
from jixiao.readers.text.segment import split_rows
from jixiao.readers.text.tokens import Gap, Habits, Token, joined, tokens_of, with_breaks

_PERCENT = re.compile(r"\d+(?:\.\d+)?[%％]?")
_ENDS_TABLE = re.compile(r"第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|.*绩效目标表$")
_LONGEST_LABEL = 5
_MOST_TOKENS = 60_000
"""Words of some three hundred goal sheets; finding their cells takes a second for ten thousand"""
_OPEN_BRACKETS = ("（", "(", "【", "[")
_OPENING = (Field.PROJECT_CODE, Field.PROJECT_NAME)


def wrapped_blocks(lines: Sequence[str]) -> list[Paragraph | Grid]:
    """Paragraphs and grids of text drawn out of a PDF. Line numbers in places are 1-based."""
    tokens = list(tokens_of(lines))
    if len(tokens) > _MOST_TOKENS:
        raise UnreadableFileError("由 PDF 转成的文字过长，表格无法还原", "请拆成几个文件，或提供 Word、Excel 原件")
    starts = _starts(tokens)
    blocks: list[Paragraph | Grid] = []
    done = 0
    habits = Habits.of(tokens)
    ends = [i for i in range(len(tokens)) if _ends_table(tokens, i)]
    tables = []
    for start, following in zip(starts, [*starts[1:], len(tokens)], strict=True):
        tables.append((start, min([following, *(e for e in ends if start < e)])))
    width = page_width(_lines_outside(lines, tokens, tables))
    for start, end in tables:
        blocks += _prose(lines, tokens, done, start, width)
        blocks.append(_grid(with_breaks(tokens[start:end]), habits))
        done = end
    blocks += _prose(lines, tokens, done, len(tokens), width)
    return blocks


def _lines_outside(lines: Sequence[str], tokens: Sequence[Token], tables: Sequence[tuple[int, int]]) -> list[Line]:
    """The lines with words that belong to no table: only they show how wide running text was set."""
    inside = {t.line for start, end in tables for t in tokens[start:end]}
    return [Line(text, n) for n, text in enumerate(lines, 1) if text.strip() and n not in inside]


def looks_wrapped(lines: Sequence[str]) -> bool:
    """Whether the text holds a form whose labels are broken over lines."""
    tokens = list(tokens_of(lines))
    return len(tokens) <= _MOST_TOKENS and bool(_starts(tokens)) and _has_header(tokens)


def _prose(lines: Sequence[str], tokens: Sequence[Token], start: int, end: int, width: int | None) -> list[Paragraph]:
    if start >= end:
        return []
    first, last = tokens[start].line, tokens[end - 1].line
    if (end < len(tokens) and tokens[end].line == last) or (start and tokens[start - 1].line == first):
        words = " ".join(t.text for t in tokens[start:end])  # the line goes on in a table: only these words of it
        return [Paragraph(words, Location(text=words, line=first))]
    chosen = [Line(lines[n - 1], n) for n in range(first, last + 1) if lines[n - 1].strip()]
    return paragraphs(chosen, width)


def _starts(tokens: Sequence[Token]) -> list[int]:
    """Where tables begin: at a project code at the start of a line; at a project name where no code is printed."""
    anywhere = bool(tokens) and tokens[0].line == tokens[-1].line  # the whole text on one line
    for field in _OPENING:
        found = [
            i
            for i in range(len(tokens) - 1)
            if (anywhere or tokens[i].gap is not Gap.BLANK) and (label := _field(tokens, i)) and label[0] is field
        ]
        if found:
            return found
    return []


def _has_header(tokens: Sequence[Token]) -> bool:
    """Whether the words of an indicator header stand one behind the other somewhere."""
    for i in range(len(tokens)):
        column = _column(tokens, i)
        if column and column[0] is Column.CLASS and i + column[1] < len(tokens) and _column(tokens, i + column[1]):
            return True
    return False


def _ends_table(tokens: Sequence[Token], i: int) -> bool:
    return tokens[i].gap is Gap.BLANK_LINE and _ENDS_TABLE.fullmatch(tokens[i].text) is not None


def _field(tokens: Sequence[Token], i: int) -> tuple[Field, int] | None:
    """The longest run of tokens from ``i`` that makes a head label, and its length."""
    if tokens[i].text.startswith(_OPEN_BRACKETS):  # a remark before the label, not part of it
        return None
    for length in range(min(_LONGEST_LABEL, len(tokens) - i), 0, -1):
        found = field_of(joined(tokens[i : i + length]))
        if found is not None:
            return found, length
    return None


def _column(tokens: Sequence[Token], i: int) -> tuple[Column, int] | None:
    for length in range(min(_LONGEST_LABEL, len(tokens) - i), 0, -1):
        found = column_of(joined(tokens[i : i + length]))
        if found is not None:
            return found, length
    return None


# --- one table --------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Rows:
    """Rows of cells under construction."""

    rows: list[list[Cell]]

    def add(self, *groups: Sequence[Token]) -> None:
        r = len(self.rows)
        self.rows.append([_cell(group, r, c) for c, group in enumerate(groups)])


def _cell(tokens: Sequence[Token], row: int, column: int) -> Cell:
    if not tokens:
        return Cell("", row, column, Location())
    raw = tokens[0].text + "".join(_SEPARATORS[t.gap] + t.text for t in tokens[1:])
    words = tokens[0].text + "".join((" " if t.gap is Gap.BLANK else "") + t.text for t in tokens[1:])
    rejoined = any(t.gap is Gap.BLANK_LINE for t in tokens[1:])
    return Cell(words, row, column, Location(text=raw, line=tokens[0].line), rejoined=rejoined)


_SEPARATORS = {Gap.BLANK: " ", Gap.LINE_END: "\n", Gap.BLANK_LINE: "\n\n"}


def _grid(tokens: Sequence[Token], habits: Habits) -> Grid:
    rows = _Rows([])
    i = 0
    while i < len(tokens):
        column = _column(tokens, i)
        if column and column[0] is Column.CLASS:
            _indicator_table(tokens[i:], rows, habits)
            break
        found = _field(tokens, i)
        if found is None:  # words before any label
            rows.add(tokens[i : i + 1])
            i += 1
            continue
        label, length = found
        end = _value_end(tokens, i + length)
        value = tokens[i + length : end]
        if label is Field.DISBURSEMENT:
            _disbursement(tokens[i : i + length], value, rows)
        else:
            rows.add(tokens[i : i + length], value)
        i = end
    place = next(cell.place for row in rows.rows for cell in row)
    return Grid(tuple(tuple(r) for r in rows.rows), place, merges=False)


def _value_end(tokens: Sequence[Token], start: int) -> int:
    """Where the value that begins at ``start`` ends: at the next label or at the indicator table."""
    for i in range(start, len(tokens)):
        column = _column(tokens, i)
        if _field(tokens, i) or (column and column[0] is Column.CLASS):
            return i
    return len(tokens)


def _disbursement(label: Sequence[Token], value: Sequence[Token], rows: _Rows) -> None:
    points = [t for t in value if is_disbursement_point(t.text)]
    percents = [t for t in value if _PERCENT.fullmatch(t.text)]
    rest = [t for t in value if t not in points and t not in percents]
    rows.add(label, *([p] for p in points))
    rows.add([], *([p] for p in percents))
    if rest:
        rows.add([], rest)


def _indicator_table(tokens: Sequence[Token], rows: _Rows, habits: Habits) -> None:
    header: list[tuple[Column, Sequence[Token]]] = []
    i = 0
    while i < len(tokens) and (found := _column(tokens, i)) and found[0] not in [column for column, _ in header]:
        header.append((found[0], tokens[i : i + found[1]]))
        i += found[1]
    rows.add(*(words for _, words in header))
    columns = [c for c, _ in header if c not in (Column.CLASS, Column.KIND)]
    class_label: Sequence[Token] = []
    current: IndicatorClass | None = None
    while i < len(tokens):
        label: Sequence[Token]
        if found_class := _class(tokens, i, current):
            current, length = found_class
            class_label = tokens[i : i + length]
            i += length
        kind_length = _kind(tokens, i)
        label = tokens[i : i + kind_length]
        i += kind_length
        end = _segment_end(tokens, i, current)
        for n, row in enumerate(split_rows(tokens[i:end], columns, habits)):
            rows.add(class_label if n == 0 else [], label if n == 0 else [], *row)
            class_label = []
        i = end


def _segment_end(tokens: Sequence[Token], start: int, current: IndicatorClass | None) -> int:
    for i in range(start, len(tokens)):
        if tokens[i].gap is Gap.BLANK_LINE and (_class(tokens, i, current) or _kind(tokens, i)):
            return i
    return len(tokens)


def _class(tokens: Sequence[Token], i: int, current: IndicatorClass | None) -> tuple[IndicatorClass, int] | None:
    """A level-1 label at ``i``; only with 指标 at its end, and 成本指标 under 产出 is a level-2 label."""
    for length in range(min(3, len(tokens) - i), 0, -1):
        words = joined(tokens[i : i + length])
        found = class_of(words) if words.endswith("指标") else None
        if found is IndicatorClass.COST and current is IndicatorClass.OUTPUT:
            return None
        if found is not None and not (found is IndicatorClass.SATISFACTION and current is found):
            return found, length
    return None


def _kind(tokens: Sequence[Token], i: int) -> int:
    """The number of tokens from ``i`` that make a level-2 label; 0 where they make none."""
    for length in range(min(4, len(tokens) - i), 0, -1):
        if kind_of(joined(tokens[i : i + length])) is not None:
            return length
    return 0
