"""The head of a goal sheet in lines of text, as a grid of labels and values that the reader of heads takes like a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jixiao.domain.numbering import unnumbered
from jixiao.readers.raw import Cell, Paragraph
from jixiao.readers.sheets.table import Block, Table, table_of_words
from jixiao.vocabulary import Field, Vocabulary
from jixiao.vocabulary.cell_values import amount_of, blank_if_dashes, one_line
from jixiao.vocabulary.headings import is_sheet_heading, is_unit_paragraph
from jixiao.vocabulary.labelled_lines import AMOUNTS, GOALS, OPENINGS, LabelledValue, labelled_values

_MOST_LINES = 60
_MOST_OTHERS = 3
"""Lines of other words that may stand between the lines of one head"""

_Line = tuple[Paragraph, Sequence[LabelledValue]]
"""A line of a head; without labels where it goes on with the one above"""


def head_table(lines: Sequence[_Line], vocabulary: Vocabulary) -> Table | None:
    """Labels and values of lines as a table; a line without labels goes on with the sentences above it."""
    rows: list[list[Cell]] = []
    for paragraph, values in lines:
        words = [w for value in values if value.field for w in (value.label, *_cells_of(value, vocabulary)) if w]
        if values:
            rows.append([])
        elif vocabulary.label(rows[-1][-1].text).field is None:
            rows[-1][-1] = _with_line(rows[-1][-1], paragraph.text.strip())
        else:
            words = [paragraph.text.strip()]
        rows[-1] += [Cell(word, len(rows) - 1, c, paragraph.place._replace(text=word)) for c, word in enumerate(words)]
    return table_of_words(rows, vocabulary) if rows else None


def _cells_of(value: LabelledValue, vocabulary: Vocabulary) -> list[str]:
    """The value in one cell; amounts side by side, and the names of their columns, in one each."""
    words = value.value.split()
    if len(words) > 1 and (
        (value.field is Field.MONEY and all(vocabulary.label(w).money_column is not None for w in words))
        or (value.field in AMOUNTS and all(amount_of(w) is not None or blank_if_dashes(w) is None for w in words))
    ):
        return words
    return [value.value]


def _with_line(cell: Cell, line: str) -> Cell:
    place = cell.place._replace(text=f"{cell.place.text}\n{line}")
    return cell._replace(text=f"{cell.text}\n{line}", place=place)


@dataclass(frozen=True, slots=True)
class HeadAbove:
    """The lines of a head above a table: the block of the table, other lines between them, the head as a table."""

    end: int
    others: tuple[Paragraph, ...]
    head: Table


def head_above(
    blocks: Sequence[Block],
    start: int,
    vocabulary: Vocabulary,
    *,
    is_sheet: Callable[[Table], bool],
    ends: Callable[[str], bool],
) -> HeadAbove | None:
    """The head that begins in the paragraph at ``start``, where nothing but its lines stand above a goal sheet's table."""
    lines: list[_Line] = []
    others: list[Paragraph] = []
    idle = 0
    for n in range(start, min(len(blocks), start + _MOST_LINES)):
        block = blocks[n]
        if isinstance(block, Table):
            if not is_sheet(block):
                return None
            if all(values and not any(value.value for value in values) for _, values in lines):
                return None  # titles that are named like labels
            lines, differing = _without_doubled(lines, block)
            head = head_table(lines, vocabulary)
            return HeadAbove(n, (*others, *differing, *unknown_labels(lines)), head) if head else None
        values = labelled_values(block.text, vocabulary)
        if values:
            lines.append((block, values))
            idle = 0
        elif not lines or _ends_head(block.text, vocabulary) or ends(block.text):
            return None
        elif goes_on(lines[-1][1] or _last_labels(lines), block.text, vocabulary):
            lines.append((block, ()))
        else:
            others.append(block)
            idle += not is_unit_paragraph(block.text)
            if idle > _MOST_OTHERS:
                return None
    return None


def _ends_head(text: str, vocabulary: Vocabulary) -> bool:
    return is_sheet_heading(text, vocabulary) or vocabulary.label(text).is_part_title


def _without_doubled(lines: Sequence[_Line], table: Table) -> tuple[list[_Line], list[Paragraph]]:
    """The lines without the project where the table names it itself, and what they say of it in other words."""
    printed = {one_line(cell.text) for cell in table.cells()}
    fields = {cell.label.field for cell in table.cells()}
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


def goes_on(above: Sequence[LabelledValue], text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line without a label goes on with the sentences of the last label above it."""
    plain = not is_unit_paragraph(text) and vocabulary.label(unnumbered(text).text).horizon is None
    return bool(above) and above[-1].field in (*GOALS, Field.PURPOSE) and plain
