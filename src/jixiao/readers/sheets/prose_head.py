"""The head of a goal sheet in lines of text: 项目名称：…　实施单位：…, 年度资金总额：860 其中：财政拨款 860.

Lines with labels become a grid of labels and values, which the reader of heads takes as it takes a table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from jixiao.readers.labels import Field, field_of, is_part_title, money_column_of, stage_of
from jixiao.readers.raw import Cell, Grid, Paragraph
from jixiao.readers.sheets.headings import is_sheet_heading, is_unit_paragraph
from jixiao.readers.sheets.words import amount_of, blank_if_dashes, one_line, unnumbered

OPENINGS = (Field.PROJECT_CODE, Field.PROJECT_NAME)
OWNERS = (*OPENINGS, Field.DEPARTMENT, Field.BUDGET_UNIT)
"""What the heads of sheets begin with"""
GOALS = (Field.GOALS, Field.LONG_TERM_GOALS, Field.GOALS_REACHED)
_AMOUNTS = (Field.TOTAL, Field.FISCAL, Field.OTHER, Field.CARRYOVER, Field.MONEY_PART)
_TEXTS = (*GOALS, Field.PURPOSE, Field.BACKGROUND)
"""Fields whose values are sentences"""
_LONGEST_LABEL = 24
_FARTHEST = 1000
"""Characters that a value may have before the next label in its line"""
_MOST_LINES = 60
_MOST_OTHERS = 3
"""Lines of other words that may stand between the lines of one head"""
_COLON = (":", "：")
_LABEL_STOPS = re.compile(r"[，,。；;！]")
_BOUNDARY = re.compile(r"(?<=[\s，,；;。])(?=\S)")
_FIRST_LABEL = re.compile(r"\s*(?:[^:：，,。；;\s]\s?){2,20}(?:[:：\s]|\d|$)")
_AMOUNT = re.compile(r"\s*(?:[¥￥]?\d|[-—/\\无]|$)")
_YEAR = re.compile(r"\s*20\d\d")
_UNKNOWN_LABEL = re.compile(r"(?:^|\s)(?P<label>[\u4e00-\u9fff（）()]{2,10}[:：])")
_SEAL = re.compile(r"\s*[（(](?:盖章|公章|签章|签字)[)）]$")
_ENDS = "，,；;。 \t\u3000"


@dataclass(frozen=True, slots=True)
class LabelledValue:
    """A label and the words behind it, which may be none."""

    field: Field | None
    """None for a label of no known meaning: 填报日期"""
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class _Mark:
    field: Field
    start: int
    end: int
    colon: bool


@lru_cache(maxsize=128)
def labelled_values(text: str) -> tuple[LabelledValue, ...]:
    """The labels and values of a line that begins with a label of a head; none for any other line."""
    text = unnumbered(text).text
    if _FIRST_LABEL.match(text) is None or (mark := _mark_at(text, 0)) is None:
        return ()
    found: list[LabelledValue] = []
    while mark is not None:
        following = _next_mark(text, mark)
        value = text[mark.end : following.start if following else len(text)].strip()
        label = text[mark.start : mark.end].strip()
        if mark.field in _TEXTS:
            found.append(LabelledValue(mark.field, label, value.rstrip("，, ") if following else value))
        else:
            unknown = _UNKNOWN_LABEL.search(value)
            known = value[: unknown.start()] if unknown else value
            found.append(LabelledValue(mark.field, label, _SEAL.sub("", known.strip(_ENDS))))
            if unknown:
                found.append(LabelledValue(None, unknown["label"], value[unknown.end() :].strip(_ENDS)))
        mark = following
    return tuple(found)


def begins_with_label(text: str) -> bool:
    """Whether a line begins with a label of a head, so that it does not go on with the line above."""
    return _FIRST_LABEL.match(text) is not None and (mark := _mark_at(text, 0)) is not None and mark.colon


def _mark_at(text: str, start: int) -> _Mark | None:
    """The longest label at ``start`` that a colon, a blank or the end of the line parts from what follows."""
    stop = _LABEL_STOPS.search(text, start, start + _LONGEST_LABEL)
    for end in range(stop.start() if stop else min(len(text), start + _LONGEST_LABEL), start + 1, -1):
        words = text[start:end]
        field = field_of(words)
        if field is None:
            continue
        amount = field in _AMOUNTS or field is Field.MONEY
        if field is Field.YEAR and not _YEAR.match(text, end):
            return None
        if words.rstrip().endswith(_COLON):
            return _Mark(field, start, end, colon=True)
        if field in _AMOUNTS and not _AMOUNT.match(text, end):
            return None
        if words[-1].isspace() or end == len(text) or (amount and text[end].isdigit()):
            return _Mark(field, start, end, colon=False)
        return None
    return None


def _next_mark(text: str, mark: _Mark) -> _Mark | None:
    """The next label in the line. In sentences only a label with a colon ends the words before it."""
    if (at_once := _mark_at(text, mark.end)) is not None and (mark.field not in _TEXTS or at_once.colon):
        return at_once
    for boundary in _BOUNDARY.finditer(text, mark.end, mark.end + _FARTHEST):
        found = _mark_at(text, boundary.start()) if boundary.start() > mark.end else None
        if found is None or text[found.start : found.end] == text[mark.start : mark.end]:
            continue
        if _is_open(text[mark.end : found.start]):
            continue
        if mark.field in GOALS:
            if found.colon and found.field in GOALS:
                return found
        elif mark.field in _TEXTS or text[boundary.start() - 1] in "，,；;。":
            if found.colon or (found.field in _AMOUNTS and mark.field not in _TEXTS):
                return found
        else:
            return found
    return None


_Line = tuple[Paragraph, Sequence[LabelledValue]]
"""A line of a head; without labels where it goes on with the one above"""


def _is_open(text: str) -> bool:
    """Whether what follows a text stands in its brackets."""
    return text.count("（") + text.count("(") > text.count("）") + text.count(")")


# --- a run of lines ---------------------------------------------------------------------------------------


def head_grid(lines: Sequence[_Line]) -> Grid | None:
    """Labels and values of lines as a grid; a line without labels goes on with the sentences above it."""
    rows: list[list[Cell]] = []
    for paragraph, values in lines:
        words = [w for value in values if value.field for w in (value.label, *_cells_of(value)) if w]
        if values:
            rows.append([])
        elif field_of(rows[-1][-1].text) is None:
            rows[-1][-1] = _with_line(rows[-1][-1], paragraph.text.strip())
        else:
            words = [paragraph.text.strip()]
        rows[-1] += [Cell(word, len(rows) - 1, c, replace(paragraph.place, text=word)) for c, word in enumerate(words)]
    return Grid(tuple(map(tuple, rows)), rows[0][0].place, merges=False) if rows else None


def _cells_of(value: LabelledValue) -> list[str]:
    """The value in one cell; amounts side by side, and the names of their columns, in one each."""
    words = value.value.split()
    if len(words) > 1 and (
        (value.field is Field.MONEY and all(money_column_of(w) is not None for w in words))
        or (value.field in _AMOUNTS and all(amount_of(w) is not None or blank_if_dashes(w) is None for w in words))
    ):
        return words
    return [value.value]


def _with_line(cell: Cell, line: str) -> Cell:
    return replace(cell, text=f"{cell.text}\n{line}", place=replace(cell.place, text=f"{cell.place.text}\n{line}"))


@dataclass(frozen=True, slots=True)
class HeadAbove:
    """The lines of a head above a table: the block of the table, other lines between them, the head as a grid."""

    end: int
    others: tuple[Paragraph, ...]
    grid: Grid


def head_above(
    blocks: Sequence[Paragraph | Grid],
    start: int,
    *,
    is_sheet: Callable[[Grid], bool],
    ends: Callable[[str], bool],
) -> HeadAbove | None:
    """The head that begins in the paragraph at ``start``, where nothing but its lines stand above a goal sheet's table."""
    lines: list[_Line] = []
    others: list[Paragraph] = []
    idle = 0
    for n in range(start, min(len(blocks), start + _MOST_LINES)):
        block = blocks[n]
        if isinstance(block, Grid):
            table = {f for cell in block.cells() if (f := field_of(cell.text))} if is_sheet(block) else None
            if table is None:
                return None
            lines, differing = _without_doubled(lines, block, table)
            grid = head_grid(lines)
            return HeadAbove(n, (*others, *differing, *unknown_labels(lines)), grid) if grid else None
        values = labelled_values(block.text)
        if values:
            lines.append((block, values))
            idle = 0
        elif not lines or is_sheet_heading(block.text) or is_part_title(block.text) or ends(block.text):
            return None
        elif goes_on(lines[-1][1] or _last_labels(lines), block.text):
            lines.append((block, ()))
        else:
            others.append(block)
            idle += not is_unit_paragraph(block.text)
            if idle > _MOST_OTHERS:
                return None
    return None


def _without_doubled(lines: Sequence[_Line], table: Grid, fields: set[Field]) -> tuple[list[_Line], list[Paragraph]]:
    """The lines without the project where the table names it itself, and what they say of it in other words."""
    printed = {one_line(cell.text) for cell in table.cells()}
    left: list[_Line] = []
    differing: list[Paragraph] = []
    for paragraph, values in lines:
        doubled = [v for v in values if v.field in OPENINGS and v.field in fields]
        differing += [Paragraph(f"{v.label}{v.value}", paragraph.place) for v in doubled if v.value not in printed]
        kept = [v for v in values if v not in doubled]
        if kept or (left and not values):
            left.append((paragraph, kept))
    return left, differing


def unknown_labels(lines: Sequence[_Line]) -> list[Paragraph]:
    """What stands in the lines of a head behind labels of no known meaning."""
    return [
        Paragraph(f"{value.label}{value.value}", paragraph.place)
        for paragraph, values in lines
        for value in values
        if value.field is None and value.value
    ]


def _last_labels(lines: Sequence[_Line]) -> Sequence[LabelledValue]:
    return next((values for _, values in reversed(lines) if values), ())


def goes_on(above: Sequence[LabelledValue], text: str) -> bool:
    """Whether a line without a label goes on with the sentences of the last label above it."""
    plain = not is_unit_paragraph(text) and stage_of(unnumbered(text).text) is None
    return bool(above) and above[-1].field in (*GOALS, Field.PURPOSE) and plain
