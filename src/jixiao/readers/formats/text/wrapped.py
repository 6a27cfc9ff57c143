"""Text drawn out of a PDF: cells wrapped over lines, with nothing but blanks and line ends between them.

Three things stand between two words: a blank or a plain line end (the next cell of the same row), or a blank line
(the same cell going on, the next cell, or the next row). Which it is, the printed labels decide where they can; in
the rows of the indicator table the cheapest reading wins, by what each column may hold (``text/segment.py``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from jixiao.domain.provenance import Location
from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.formats.text.fit import is_level_label, is_side_label
from jixiao.readers.formats.text.prose import Line, page_width, paragraphs
from jixiao.readers.formats.text.segment import split_rows
from jixiao.readers.formats.text.tokens import Gap, Habits, Token, bracketed, joined, tokens_of, with_breaks
from jixiao.readers.raw import Cell, Grid, Paragraph
from jixiao.vocabulary import Column, Field, Vocabulary
from jixiao.vocabulary.cell_values import amount_of
from jixiao.vocabulary.headings import is_sheet_heading
from jixiao.vocabulary.labelled_lines import OWNERS

_PERCENT = re.compile(r"\d+(?:\.\d+)?[%％]?")
_ENDS_TABLE = re.compile(r"第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|.*绩效目标表$")
_LONGEST_LABEL = 5
_MOST_TOKENS = 150_000
"""Words of some eight hundred goal sheets; finding their cells takes a second for ten thousand"""
_OPEN_BRACKETS = ("（", "(", "【", "[")
_FIRST_NUMBER = re.compile(r"[（(]?1[、.．)）](?!\d)|目标1[:：]|[（(]?一[、)）]|①")
_GOAL_LABELS = (Field.GOALS, Field.LONG_TERM_GOALS, Field.GOALS_REACHED)
_SHORT = (*OWNERS, Field.TOTAL, Field.FISCAL, Field.OTHER)
_UNKNOWN_LABEL = re.compile(r"[\u4e00-\u9fff（）()]{2,10}[:：]")
"""A label of no known meaning ends a value that is no sentence: 填报日期：…"""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_SENTENCE = 6
_MONEY_ROWS = (Field.TOTAL, Field.FISCAL, Field.OTHER, Field.CARRYOVER)
_OPENING = (Field.PROJECT_CODE, Field.PROJECT_NAME)


def wrapped_blocks(lines: Sequence[str], vocabulary: Vocabulary) -> tuple[list[Paragraph | Grid], list[Paragraph]]:
    """Paragraphs and grids of text drawn out of a PDF, and words whose order gives no table.

    Line numbers in places are 1-based.
    """
    tokens = list(tokens_of(lines, vocabulary))
    if len(tokens) > _MOST_TOKENS:
        raise UnreadableFileError("由 PDF 转成的文字过长，表格无法还原", "请拆成几个文件，或提供 Word、Excel 原件")
    starts = _starts(tokens, vocabulary)
    blocks: list[Paragraph | Grid] = []
    lost: list[Paragraph] = []
    done = 0
    habits = Habits.of(tokens)
    ends = [i for i in range(len(tokens)) if _ends_table(tokens, i)] + [len(tokens)]
    tables = [
        (start, _head_of_next(tokens, start, min(following, ends[bisect_right(ends, start)]), vocabulary))
        for start, following in zip(starts, [*starts[1:], len(tokens)], strict=True)
    ]
    width = page_width(_lines_outside(lines, tokens, tables))
    for start, end in tables:
        blocks += _prose(lines, tokens, done, start, width, vocabulary)
        rows = _table(bracketed(with_breaks(tokens[start:end], vocabulary)), habits, vocabulary)
        blocks.append(rows.grid())
        lost += [Paragraph(" ".join(t.text for t in run), Location(line=run[0].line)) for run in rows.lost]
        done = end
    blocks += _prose(lines, tokens, done, len(tokens), width, vocabulary)
    return blocks, lost


def _lines_outside(lines: Sequence[str], tokens: Sequence[Token], tables: Sequence[tuple[int, int]]) -> list[Line]:
    """The lines with words that belong to no table: only they show how wide running text was set."""
    inside = {t.line for start, end in tables for t in tokens[start:end]}
    return [Line(text, n) for n, text in enumerate(lines, 1) if text.strip() and n not in inside]


def looks_wrapped(lines: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether the text holds a form whose labels are broken over lines."""
    tokens = list(tokens_of(lines, vocabulary))
    return bool(_starts(tokens, vocabulary)) and _has_header(tokens, vocabulary)


def _prose(
    lines: Sequence[str], tokens: Sequence[Token], start: int, end: int, width: int | None, vocabulary: Vocabulary
) -> list[Paragraph]:
    if start >= end:
        return []
    first, last = tokens[start].line, tokens[end - 1].line
    if (end < len(tokens) and tokens[end].line == last) or (start and tokens[start - 1].line == first):
        words = " ".join(t.text for t in tokens[start:end])  # the line goes on in a table: only these words of it
        return [Paragraph(words, Location(text=words, line=first))]
    chosen = [Line(lines[n - 1], n) for n in range(first, last + 1) if lines[n - 1].strip()]
    return paragraphs(chosen, width, vocabulary)


def _starts(tokens: Sequence[Token], vocabulary: Vocabulary) -> list[int]:
    """Where tables begin: at a project code at the start of a line, else at a project name, else at a header."""
    anywhere = bool(tokens) and tokens[0].line == tokens[-1].line  # the whole text on one line
    for opening in _OPENING:
        found = [
            i
            for i in range(len(tokens) - 1)
            if (anywhere or tokens[i].gap is not Gap.BLANK)
            and (label := _field(tokens, i, vocabulary))
            and label[0] is opening
        ]
        if found:
            return found
    return [i for i in range(len(tokens)) if _is_header(tokens, i, vocabulary)]


def _has_header(tokens: Sequence[Token], vocabulary: Vocabulary) -> bool:
    """Whether the words of an indicator header stand one behind the other somewhere."""
    return any(_is_header(tokens, i, vocabulary) for i in range(len(tokens)))


def _is_header(tokens: Sequence[Token], i: int, vocabulary: Vocabulary) -> bool:
    column = _column(tokens, i, vocabulary) if i < len(tokens) else None
    if column is None or column[0] is not Column.CLASS:
        return False
    return i + column[1] < len(tokens) and _column(tokens, i + column[1], vocabulary) is not None


def _ends_table(tokens: Sequence[Token], i: int) -> bool:
    return tokens[i].gap is Gap.BLANK_LINE and _ENDS_TABLE.fullmatch(tokens[i].text) is not None


def _head_of_next(tokens: Sequence[Token], start: int, end: int, vocabulary: Vocabulary) -> int:
    """Where the title and the head of the next table begin between the indicators of one and the next; else ``end``."""
    header = next((i for i in range(start, end) if _is_header(tokens, i, vocabulary)), end)
    for i in range(header, end):
        if tokens[i].gap is Gap.BLANK:
            continue
        text = tokens[i].text
        alone = i + 1 == len(tokens) or tokens[i + 1].gap is not Gap.BLANK
        is_title = (
            alone and is_sheet_heading(text, vocabulary) and vocabulary.label(text.removesuffix("表")).horizon is None
        )
        if is_title or (end < len(tokens) and text.endswith((":", "：")) and vocabulary.label(text).field in OWNERS):
            return i
    return end


def _field(tokens: Sequence[Token], i: int, vocabulary: Vocabulary) -> tuple[Field, int] | None:
    """The longest run of tokens from ``i`` that makes a head label, and its length."""
    if i < len(tokens) and tokens[i].text.startswith(_OPEN_BRACKETS):  # a remark before the label, not part of it
        return None
    for length in range(min(_LONGEST_LABEL, len(tokens) - i), 0, -1):
        found = vocabulary.label(joined(tokens[i : i + length])).field
        if found is not None:
            return found, length
    return None


def _column(tokens: Sequence[Token], i: int, vocabulary: Vocabulary) -> tuple[Column, int] | None:
    """The longest run of tokens from ``i`` that makes a header word."""
    for length in range(min(_LONGEST_LABEL, len(tokens) - i), 0, -1):
        words = joined(tokens[i : i + length])
        found = vocabulary.label(words).column
        if found is Column.DEVIATION and length > 1 and not vocabulary.label(words).is_known_column:
            continue  # any words with 原因 name the column of reasons: not those of the row under it as well
        if found is not None:
            return found, length
    return None


# --- one table --------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Rows:
    """Rows of cells under construction, and runs of words whose order gives no rows."""

    rows: list[list[Cell]] = field(default_factory=list)
    lost: list[Sequence[Token]] = field(default_factory=list)

    def add(self, *groups: Sequence[Token]) -> None:
        r = len(self.rows)
        self.rows.append([_cell(group, r, c) for c, group in enumerate(groups)])

    def grid(self) -> Grid:
        """The rows as a grid."""
        place = next(cell.place for row in self.rows for cell in row)
        return Grid(tuple(tuple(r) for r in self.rows), place, merges=False, pieced=True)


def _cell(tokens: Sequence[Token], row: int, column: int) -> Cell:
    if not tokens:
        return Cell("", row, column, Location())
    raw = tokens[0].text + "".join(_SEPARATORS[t.gap] + t.text for t in tokens[1:])
    words = tokens[0].text + "".join((" " if t.gap is Gap.BLANK else "") + t.text for t in tokens[1:])
    rejoined = any(t.gap is Gap.BLANK_LINE for t in tokens[1:])
    return Cell(words, row, column, Location(text=raw, line=tokens[0].line), rejoined=rejoined)


_SEPARATORS = {Gap.BLANK: " ", Gap.LINE_END: "\n", Gap.BLANK_LINE: "\n\n"}


def _table(tokens: Sequence[Token], habits: Habits, vocabulary: Vocabulary) -> _Rows:
    rows = _Rows()
    i = 0
    while i < len(tokens):
        column = _column(tokens, i, vocabulary)
        if column and column[0] is Column.CLASS:
            _indicator_table(tokens[i:], rows, habits, vocabulary)
            break
        if _leads_header(tokens, i, vocabulary):
            i += 1
            continue
        found = _field(tokens, i, vocabulary)
        if found is None:  # words before any label
            rows.add(tokens[i : i + 1])
            i += 1
            continue
        label, length = found
        if block_end := _money_block(tokens, i, length, rows, vocabulary) or _goals_side_by_side(
            tokens, i, rows, vocabulary
        ):
            i = block_end
            continue
        end = _value_end(tokens, i + length, vocabulary)
        if label in _SHORT:
            end = next((n for n in range(i + length + 1, end) if _UNKNOWN_LABEL.match(tokens[n].text)), end)
        if label in _MONEY_ROWS:
            end = next((n for n in range(i + length, end) if _is_sentence(tokens[n])), end)
        value = tokens[i + length : end]
        if label is Field.DISBURSEMENT:
            _disbursement(tokens[i : i + length], value, rows, vocabulary)
        else:
            rows.add(tokens[i : i + length], value)
        i = end
    return rows


def _is_sentence(token: Token) -> bool:
    """Whether words in a cell of their own are no amount: what the money is for stands under it."""
    return token.gap is Gap.BLANK_LINE and len(_CHINESE.findall(token.text)) >= _SENTENCE and not amount_of(token.text)


def _value_end(tokens: Sequence[Token], start: int, vocabulary: Vocabulary) -> int:
    """Where the value that begins at ``start`` ends: at the next label or at the indicator table."""
    for i in range(start, len(tokens)):
        column = _column(tokens, i, vocabulary)
        if (
            _field(tokens, i, vocabulary)
            or (column and column[0] is Column.CLASS)
            or _leads_header(tokens, i, vocabulary)
        ):
            return i
    return len(tokens)


def _leads_header(tokens: Sequence[Token], i: int, vocabulary: Vocabulary) -> bool:
    """Whether a token is the label along the side of the indicator table, printed before its header."""
    return is_side_label(tokens[i].text, vocabulary) and _is_header(tokens, i + 1, vocabulary)


def _money_block(tokens: Sequence[Token], start: int, length: int, rows: _Rows, vocabulary: Vocabulary) -> int:
    """A header that names several amounts, and a row of amounts per source. Its end; 0 where there is none."""
    first = start + length if _field_is(tokens, start, Field.MONEY, vocabulary) else start
    i = first
    while i < len(tokens) and vocabulary.label(tokens[i].text).money_column is not None:
        i += 1
    if i - first <= 1:
        return 0
    rows.add(tokens[start:first], [], *([t] for t in tokens[first:i]))
    while (found := _field(tokens, i, vocabulary)) and found[0] in _MONEY_ROWS:
        values = i + found[1]
        end = _value_end(tokens, values, vocabulary)
        rows.add([], tokens[i:values], *([t] for t in tokens[values:end]))
        i = end
    return i


def _goals_side_by_side(tokens: Sequence[Token], start: int, rows: _Rows, vocabulary: Vocabulary) -> int:
    """Labels of goals in one row, their words in the next. The end; 0 where there is none."""
    labels: list[Sequence[Token]] = []
    i = start
    while (found := _field(tokens, i, vocabulary)) and found[0] in _GOAL_LABELS:
        labels.append(tokens[i : i + found[1]])
        i += found[1]
    if len(labels) < 2:
        return 0
    end = _value_end(tokens, i, vocabulary)
    values = _apart(tokens[i:end], len(labels))
    rows.add(*labels)
    rows.add(*[[]] * (len(labels) - len(values)), *values)
    return end


def _apart(tokens: Sequence[Token], most: int) -> list[Sequence[Token]]:
    """The words of goals side by side, apart where cells end or where their numbers begin anew; else all in one."""
    if not tokens:
        return []
    starts = [n for n, t in enumerate(tokens) if n == 0 or t.gap is Gap.BLANK_LINE]
    if not 1 < len(starts) <= most:
        starts = [n for n, t in enumerate(tokens) if n == 0 or _FIRST_NUMBER.match(t.text)]
    if not 1 < len(starts) <= most:
        starts = list(range(len(tokens))) if len(tokens) <= most else [0]
    return [tokens[a:b] for a, b in zip(starts, [*starts[1:], len(tokens)], strict=True)]


def _field_is(tokens: Sequence[Token], i: int, field: Field, vocabulary: Vocabulary) -> bool:
    found = _field(tokens, i, vocabulary)
    return found is not None and found[0] is field


def _disbursement(label: Sequence[Token], value: Sequence[Token], rows: _Rows, vocabulary: Vocabulary) -> None:
    points = [t for t in value if vocabulary.label(t.text).is_disbursement_point]
    percents = [t for t in value if _PERCENT.fullmatch(t.text)]
    rest = [t for t in value if t not in points and t not in percents]
    rows.add(label, *([p] for p in points))
    rows.add([], *([p] for p in percents))
    if rest:
        rows.add([], rest)


def _indicator_table(tokens: Sequence[Token], rows: _Rows, habits: Habits, vocabulary: Vocabulary) -> None:
    header: list[tuple[Column, Sequence[Token]]] = []
    i = 0
    while (
        i < len(tokens)
        and (found := _column(tokens, i, vocabulary))
        and found[0] not in [column for column, _ in header]
    ):
        header.append((found[0], tokens[i : i + found[1]]))
        i += found[1]
    rows.add(*(words for _, words in header))
    columns = [column for column, _ in header]
    while i < len(tokens):
        end = next((n for n in range(i, len(tokens)) if _is_tail(tokens[n], vocabulary)), len(tokens))
        cut = split_rows(tokens[i:end], columns, habits, vocabulary)
        if cut.is_sound:
            for row in cut.rows:
                rows.add(*row)
        else:
            rows.lost.append(tokens[i:end])
        i = _tail_end(tokens, end, vocabulary)
        if end < i:
            rows.add(*([token] for token in tokens[end:i]))


def _is_tail(token: Token, vocabulary: Vocabulary) -> bool:
    return token.gap is Gap.BLANK_LINE and vocabulary.label(token.text).is_tail


def _tail_end(tokens: Sequence[Token], start: int, vocabulary: Vocabulary) -> int:
    """Where the row of totals or remarks at ``start`` ends: at the next row, or where rows have no ends at a label."""
    for i in range(start + 1, len(tokens)):
        if tokens[i].gap is Gap.BLANK_LINE and (
            tokens[i - 1].gap is not Gap.BLANK_LINE or is_level_label(tokens[i].text, vocabulary)
        ):
            return i
    return len(tokens)
