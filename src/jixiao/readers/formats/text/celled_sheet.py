"""The sheets of a text that has a line for each cell, put together row by row; whatever is not as it must be ends it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from jixiao.domain.provenance import Location
from jixiao.readers.formats.text.celled_words import (
    GOALS,
    NUMBERS,
    Word,
    Words,
    fill_row,
    is_column,
    is_field,
    is_goal,
    is_head_word,
    is_level,
    is_money_column,
    is_source,
    may_stand,
    points_of,
)
from jixiao.readers.formats.text.fit import is_side_label
from jixiao.readers.raw import Cell, Grid, Paragraph
from jixiao.vocabulary import Column, Field, Label, MoneyColumn, Vocabulary
from jixiao.vocabulary.cell_values import amount_of
from jixiao.vocabulary.headings import is_sheet_heading
from jixiao.vocabulary.labelled_lines import OPENINGS

FEWEST_COLUMNS = 4
_FEWEST_ROWS = 3
_MOST_PIECES = 3
_LONGEST_PIECE = 8
_MOST_STRAYS = 1
"""Empty lines between two rows that are no cells: where a page ended"""
_SEVERAL_LINES = (*GOALS, Field.PURPOSE, Field.BACKGROUND)
_AMOUNT_COLUMNS = (MoneyColumn.INITIAL, MoneyColumn.REVISED, MoneyColumn.EXECUTED, MoneyColumn.EXPECTED)
_FILLED = frozenset(
    (
        Column.CLASS, Column.KIND, Column.NAME, Column.SIGN, Column.TARGET, Column.UNIT, Column.WEIGHT, Column.ACTUAL,
        Column.SCORE,
    )
)  # fmt: skip
"""Columns that forms leave blank in no row that is filled in"""
_WHOLE = (100, 90, 80)
"""Points of all rows: the rate of execution may have ten of the hundred, satisfaction another ten"""
_IN_BRACKETS = re.compile(r"\s*[（(][^（）()]*[)）]\s*")


class UnprovenError(Exception):
    """Something does not stand where it would if each line were a cell."""


class CelledText:
    """Goes through the cells of a text once; whatever is not as it must be raises ``UnprovenError``."""

    def __init__(self, words: Words, vocabulary: Vocabulary, *, ends_rows: bool, shows_blanks: bool) -> None:
        self._words = words
        self._vocabulary = vocabulary
        self._ends_rows = ends_rows
        self._shows_blanks = shows_blanks
        self._most_pieces = 1 if ends_rows else _MOST_PIECES
        self._at = 0
        self.header_ends = False
        """whether a blank cell stands behind a header"""
        self._rows: list[Words] = []
        self._blocks: list[Paragraph | Grid] = []
        self._has_head = False
        self._points: Decimal | None = None
        """those of the rate of execution, in the block of money"""

    @property
    def line(self) -> int:
        """The line that has been come to."""
        return self._words[min(self._at, len(self._words) - 1)].line

    @property
    def width(self) -> int:
        """How many columns the first header names; 0 where there is none."""
        n, found = self._next_header(0), 0
        while n is not None and n < len(self._words) and (named := self._named(n, is_column)) is not None:
            n, found = n + named[1], found + 1
        return found

    def blocks(self) -> list[Paragraph | Grid]:
        found = 0
        while self._at < len(self._words):
            header = self._next_header(self._at)
            self._head(header if header is not None else len(self._words))
            if header is None:
                break
            self._table()
            found += 1
        if not found:
            raise UnprovenError
        self._lines()
        return self._blocks

    def _next_header(self, start: int) -> int | None:
        """Where the next header of indicators begins, the label at its side left out."""
        for n in range(start, len(self._words)):
            found = self._named(n, is_column)
            if found and found[2].column is Column.CLASS:
                behind = self._named(n + found[1], is_column)
                if behind and behind[2].column is not None:
                    return n
        return None

    def _named(self, n: int, means: Callable[[Label], bool]) -> tuple[str, int, Label] | None:
        """The words that begin at a cell and name something, how many cells they take (paragraphs of one), their meaning.

        Several are one label only where the first alone is none, or the others are no cell by themselves: 指标, （万元）.
        """
        for pieces in range(min(self._most_pieces, len(self._words) - n), 0, -1):
            words = [word.text for word in self._words[n : n + pieces]]
            if not all(words) or (
                pieces > 1 and (max(map(len, words)) > _LONGEST_PIECE or _IN_BRACKETS.fullmatch(words[0]))
            ):
                continue
            label = self._vocabulary.label("".join(words))
            if not means(label):
                continue
            rest = "".join(words[1:])
            if (
                pieces == 1
                or rest == "指标"
                or _IN_BRACKETS.fullmatch(rest)
                or not means(self._vocabulary.label(words[0]))
            ):
                return "".join(words), pieces, label
        return None

    # --- the head -----------------------------------------------------------------------------------------

    def _head(self, end: int) -> None:
        """The rows from here to the header of indicators at ``end``: labels and values, money, goals."""
        row: Words = []
        while self._at < end:
            word = self._words[self._at]
            if not word.text:
                self._at += 1
                self._put(row)
                row = []
            elif columns := self._money_columns(end):
                self._money(row, columns, end)
                row = []
            elif goals := self._goal_labels(end):
                self._put(row)
                self._goals(goals, end)
                row = []
            elif (found := self._named(self._at, is_field)) is None:
                if row or (self._has_head and not is_side_label(word.text, self._vocabulary)):
                    raise UnprovenError
                self._at += 1
                if not is_side_label(word.text, self._vocabulary):
                    self._blocks.append(Paragraph(word.text, Location(text=word.text, line=word.line)))
            else:
                row += self._labelled(found, end)
                if not self._ends_rows and len(row) > 1:
                    self._put(row)
                    row = []
        self._put(row)

    def _put(self, row: Words) -> None:
        if row:
            self._rows.append(row)
            self._has_head = True

    def _labelled(self, found: tuple[str, int, Label], end: int) -> Words:
        """A label with its value; alone where another label, or the names of columns, follow."""
        text, taken, label = found
        word = Word(text, self._words[self._at].line)
        if label.field in OPENINGS and self._has_head and any(r[0].text == text for r in self._rows):
            raise UnprovenError  # another sheet without a table of the first
        self._at += taken
        if self._at >= end or self._named(self._at, is_head_word) is not None:
            return [word]
        value = self._words[self._at]
        self._at += 1
        more: Words = []
        while not self._ends_rows and value.text and self._at < end and self._words[self._at].text:
            if self._named(self._at, is_head_word) is not None or is_side_label(
                self._words[self._at].text, self._vocabulary
            ):
                break
            more.append(self._words[self._at])
            self._at += 1
        if more and label.field not in _SEVERAL_LINES:
            raise UnprovenError
        return [word, Word("\n".join((value.text, *(one.text for one in more))), value.line)]

    def _money_columns(self, end: int) -> list[tuple[Word, MoneyColumn]]:
        """Names of amounts one behind the other; none where there are fewer than two."""
        columns: list[tuple[Word, MoneyColumn]] = []
        n = self._at
        while n < end and (found := self._named(n, is_money_column)) is not None:
            assert found[2].money_column is not None
            columns.append((Word(found[0], self._words[n].line), found[2].money_column))
            n += found[1]
        if len(columns) < 2:
            return []
        self._at = n
        return columns

    def _money(self, row: Words, columns: Sequence[tuple[Word, MoneyColumn]], end: int) -> None:
        """A row of amounts for each source of money; points and rate may stand once for all, so that they are left out."""
        before = self._rows.pop() if not row and self._rows and self._is_money(self._rows[-1]) else row
        side = [*before[:1], Word("", columns[0][0].line)] if before else [Word("", columns[0][0].line)] * 2
        self._put([*side, *(word for word, _ in columns)])
        amounts = sum(column in _AMOUNT_COLUMNS for _, column in columns)
        whole: Words = []
        while self._at < end:
            while self._ends_rows and self._at < end and not self._words[self._at].text:
                self._at += 1
            found = self._named(self._at, is_source) if self._at < end else None
            if found is None:
                return
            label = Word(found[0], self._words[self._at].line)
            self._at += found[1]
            values = self._amounts(len(columns), end)
            if not fill_row(values, amounts, len(columns), whole):
                raise UnprovenError
            whole = whole or values
            self._put([Word("", label.line), label, *values, *[Word("", label.line)] * (len(columns) - len(values))])
            points = next((v for v, (_, c) in zip(values, columns, strict=False) if c is MoneyColumn.WEIGHT), None)
            if points is not None and self._points is None and (amount := amount_of(points.text)):
                self._points = amount.value

    def _amounts(self, most: int, end: int) -> Words:
        """The cells behind the label of a source of money, without what ends their row."""
        values: Words = []
        while self._at < end and len(values) < most + self._ends_rows and self._named(self._at, is_head_word) is None:
            values.append(self._words[self._at])
            self._at += 1
        if self._ends_rows and (not values or values.pop().text):
            raise UnprovenError
        return values

    def _is_money(self, row: Words) -> bool:
        return len(row) == 2 and not row[1].text and self._vocabulary.label(row[0].text).field is Field.MONEY

    def _goal_labels(self, end: int) -> Words:
        """Labels of goals one behind the other; none where there are fewer than two."""
        labels: Words = []
        n = self._at
        while n < end and (found := self._named(n, is_goal)) is not None:
            labels.append(Word(found[0], self._words[n].line))
            n += found[1]
        if len(labels) < 2:
            return []
        self._at = n
        return labels

    def _goals(self, labels: Words, end: int) -> None:
        """Goals side by side under their labels, of which the first may label the side."""
        if self._ends_rows:
            if self._at >= end or self._words[self._at].text:
                raise UnprovenError
            self._at += 1
        values: Words = []
        while self._at < end and self._named(self._at, is_head_word) is None:
            word = self._words[self._at]
            if is_side_label(word.text, self._vocabulary) or (self._ends_rows and not word.text and values):
                break
            values.append(word)
            self._at += 1
        side = (
            len(labels) > 2
            or self._vocabulary.label(labels[0].text).field is self._vocabulary.label(labels[1].text).field
        )
        columns = len(labels) - side
        if len(values) < columns or any(word.text for word in values[columns:]):
            raise UnprovenError
        if self._at < end and self._named(self._at, is_goal) is not None:
            raise UnprovenError  # a label of goals that stands apart from the others
        self._put(labels)
        self._put([*[Word("", labels[0].line)] * side, *values[:columns]])

    # --- the indicators -----------------------------------------------------------------------------------

    def _table(self) -> None:
        header: Words = []
        columns: list[Column] = []
        while (found := self._named(self._at, is_column) if self._at < len(self._words) else None) is not None:
            assert found[2].column is not None
            header.append(Word(found[0], self._words[self._at].line))
            columns.append(found[2].column)
            self._at += found[1]
        if len(columns) < FEWEST_COLUMNS or Column.NAME not in columns or columns[0] is not Column.CLASS:
            raise UnprovenError
        if not self._shows_blanks and not _FILLED.issuperset(columns):
            raise UnprovenError
        rows: list[Words] = []
        self.header_ends = self._at < len(self._words) and not self._words[self._at].text
        strays = self._end_of_row()
        while self._at < len(self._words):
            start = self._start(columns)
            if start is None:
                break
            rows.append(self._row(columns, start))
            strays += self._end_of_row()
        below = self._below(columns)
        sure = (points := points_of(columns, rows)) is not None
        if points is not None and points not in _WHOLE and points + (self._points or 0) not in _WHOLE:
            raise UnprovenError
        if len(rows) < _FEWEST_ROWS or not (sure or self._ends_rows or not strays):
            raise UnprovenError
        self._rows += [header, *rows, *below]
        self._close(pieced=not sure)

    def _end_of_row(self) -> int:
        """Go past the end of a row; the number of blank cells between rows, which no bar explains."""
        start = self._at
        while self._at < len(self._words) and not self._words[self._at].text:
            self._at += 1
        found = self._at - start
        over = self._at == len(self._words)
        if (self._ends_rows and not over and found != 1) or (not self._ends_rows and not over and found > _MOST_STRAYS):
            raise UnprovenError
        return 0 if self._ends_rows or over else found

    def _start(self, columns: Sequence[Column]) -> int | None:
        """The column that the row here begins in; None where no row of indicators begins."""
        word = self._words[self._at]
        label = self._vocabulary.label(word.text)
        if label.is_tail or label.is_total or label.is_signature or label.field in OPENINGS:
            return None
        if is_sheet_heading(word.text, self._vocabulary):
            return None
        found = self._named(self._at, is_level)
        if found is None:
            return columns.index(Column.NAME)
        if found[2].class_ is not None and Column.KIND in columns:
            behind = self._named(self._at + found[1], is_level)
            if behind is not None and behind[2].kind is not None:
                return 0
        if found[2].kind is not None and Column.KIND in columns:
            return columns.index(Column.KIND)
        if found[2].class_ is not None and Column.KIND not in columns:
            return 0
        raise UnprovenError

    def _row(self, columns: Sequence[Column], start: int) -> Words:
        """The cells of a row from the column it begins in; those before are merged with the row above."""
        row: Words = [Word("", self._words[self._at].line)] * start
        for column in columns[start:]:
            if self._at >= len(self._words):
                row.append(Word("", row[0].line))  # the last cells of a text may be cut off where they are blank
                continue
            level = column in (Column.CLASS, Column.KIND)
            found = self._named(self._at, is_level) if level else None
            text, taken = (found[0], found[1]) if found else (self._words[self._at].text, 1)
            if level and found is None:
                raise UnprovenError
            if not may_stand(column, text, self._vocabulary):
                raise UnprovenError
            row.append(Word(text, self._words[self._at].line))
            self._at += taken
        return row

    def _below(self, columns: Sequence[Column]) -> list[Words]:
        """Points of the whole under the rows, in their columns; what else stands there are lines of their own."""
        if self._at >= len(self._words) or not self._vocabulary.label(self._words[self._at].text).is_total:
            return []
        label = self._words[self._at]
        self._at += 1
        values: Words = []
        while self._at < len(self._words):
            word = self._words[self._at]
            if word.text and amount_of(word.text.removesuffix("分")) is None:
                break
            values += [word] if word.text else []
            self._at += 1
        places = [n for n, column in enumerate(columns) if column in NUMBERS]
        if len(values) != len(places):
            raise UnprovenError
        row = [Word("", label.line)] * len(columns)
        row[0] = label
        for n, value in zip(places, values, strict=True):
            row[n] = value
        return [row]

    # --- what comes out -----------------------------------------------------------------------------------

    def _close(self, *, pieced: bool) -> None:
        cells = tuple(
            tuple(Cell(w.text, r, c, Location(text=w.text, line=w.line)) for c, w in enumerate(row))
            for r, row in enumerate(self._rows)
        )
        self._blocks.append(Grid(cells, cells[0][0].place, merges=False, pieced=pieced))
        self._rows, self._has_head, self._points = [], False, None

    def _lines(self) -> None:
        """What stands under the last table, as lines of their own."""
        for row in self._rows:
            words = " ".join(word.text for word in row if word.text)
            self._blocks.append(Paragraph(words, Location(text=words, line=row[0].line)))
