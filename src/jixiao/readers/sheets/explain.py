"""Says how each table of a file was recognised: as which form, by which words, how surely."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from jixiao.readers.labels import activity_column_of, column_of, field_of
from jixiao.readers.raw import Grid, RawDocument
from jixiao.readers.sheets.activity_table import is_activity_table
from jixiao.readers.sheets.goal_sheet import is_goal_sheet
from jixiao.readers.sheets.header import is_header


@dataclass(frozen=True, slots=True)
class Recognition:
    """One table: where it stands, what it was taken for, the words that told, the words of the header not known.

    ``score`` is the share of the header's words that are known, 0–1; 0 for a table taken for nothing.
    """

    place: str
    form: str
    words: tuple[str, ...]
    unknown: tuple[str, ...]
    score: Fraction


def recognitions(raw: RawDocument) -> tuple[Recognition, ...]:
    """The recognition of every table of a file, in order."""
    return tuple(_recognise(block) for block in raw.blocks if isinstance(block, Grid))


def _recognise(grid: Grid) -> Recognition:
    tell: Callable[[str], object]
    if is_activity_table(grid):
        form, tell = "分项绩效目标（职责活动）表", activity_column_of
    elif is_goal_sheet(grid):
        form, tell = "绩效目标（自评、监控）表", column_of
    else:
        words = tuple(dict.fromkeys(cell.text for cell in grid.cells() if cell.text))[:8]
        return Recognition(grid.place.label, "不认得的表", (), words, Fraction(0))
    header = next((row for row in grid.rows if is_header(row) or form.startswith("分项")), ())
    named = [cell.text for cell in header if cell.text]
    known = [text for text in named if tell(text) is not None or field_of(text) is not None]
    fields = [cell.text for cell in grid.cells() if field_of(cell.text) is not None]
    total = len(named) + len(fields)
    score = Fraction(len(known) + len(fields), total) if total else Fraction(0)
    words = tuple(dict.fromkeys("".join(text.split()) for text in (*fields, *known)))
    return Recognition(grid.place.label, form, words, tuple(t for t in named if t not in known), score)
