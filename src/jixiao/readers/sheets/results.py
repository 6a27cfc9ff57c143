"""Collects what a self-evaluation or monitoring sheet says besides its goals: money spent, goals reached, points, grade.

The head and the indicator rows of a sheet both write here; a plain goal sheet leaves it empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from jixiao.domain.execution import Execution, FundSource, SourceExecution
from jixiao.domain.filled import Filled, FilledRow
from jixiao.domain.goal import goals_of
from jixiao.readers.sheets.goals import split_goals
from jixiao.readers.sheets.table import Cell
from jixiao.readers.sheets.trace import Trace
from jixiao.vocabulary import Column, Field
from jixiao.vocabulary.cell_values import amount_of, amount_with_doubt, blank_if_dashes, one_line

_GRADE = r"优秀?|良好?|中等?|合格|一般|不合格|较?差"
_GRADE_CELL = re.compile(rf"(?:{_GRADE})")
_IN_WORDS = re.compile(
    rf"(?:自评|评价)?(?:总?得分|总分)[:：为]?\s*(?P<score>\d+(?:\.\d+)?)\s*分?(?:[，,、；;/\s]*(?:自评|评价)?(?:等级|等次|结果)?[:：为]?\s*[（(]?(?P<grade>{_GRADE})[)）]?)?"
)
_OF_POINTS = re.compile(r"[（(](?:满分)?\s*(?P<points>\d{2,3})\s*分[)）]")
_DOUBTFUL = Decimal("0.7")


def is_total_row(words: Sequence[Cell]) -> bool:
    """A row of the points of the whole sheet: ``总分 | 100 | 96.5 | 优``."""
    return words[0].label.is_total or _IN_WORDS.fullmatch(one_line(words[0].text)) is not None


def is_rate_row(words: Sequence[Cell]) -> bool:
    """A row among the indicators that gives points for the rate of execution."""
    return words[0].label.is_one_of("rate_rows")


class SheetResults:
    """The results of one sheet while it is read."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._rows: dict[FundSource, SourceExecution] = {}
        self._reached: list[str] = []
        self._weight: Decimal | None = None
        self._score: Decimal | None = None
        self._grade: str | None = None

    @property
    def scored(self) -> bool:
        """Whether the rate of execution has its points already."""
        row = self._rows.get(FundSource.TOTAL, SourceExecution())
        return row.weight is not None or row.score is not None

    def has(self, source: FundSource) -> bool:
        """Whether the row of a source has been read."""
        return source in self._rows

    def amounts(self, source: FundSource, cells: Mapping[str, Cell]) -> list[Cell]:
        """Read cells into the row of a source, by the fields of ``SourceExecution``; gives back those already known.

        A cell that holds no number leaves a note.
        """
        row = self._rows.get(source, SourceExecution())
        left: list[Cell] = []
        for name, cell in cells.items():
            text = one_line(cell.text)
            if blank_if_dashes(text) is None:
                continue
            amount = amount_of(text.removesuffix("分")) or amount_with_doubt(text)
            if getattr(row, name) is not None:
                left.append(cell)
            elif amount is None:
                message = f"“{text}”不是数字，未读入，请核对。"
                self._trace.note("amount.unread", message, "execution", source.value, name, confidence=_DOUBTFUL)
            else:
                row = replace(row, **{name: amount.value})
                if amount.doubt:
                    message = f"{amount.doubt}，请核对。"
                    self._trace.note("amount.doubtful", message, "execution", source.value, name)
                self._trace.put_first(cell.place, "execution")
                self._trace.put_cell(cell, "execution", source.value, name)
        if row != SourceExecution():
            self._rows[source] = row
        return left

    def reached(self, cell: Cell) -> None:
        """Read a cell of goals reached 「实际完成情况」."""
        self._trace.put_first(cell.place, "goals_reached")
        for goal in split_goals(cell.text):
            self._trace.put_cell(cell, "goals_reached", len(self._reached))
            self._reached.append(goal)

    # --- points and grade ---------------------------------------------------------------------------------

    def labelled(self, label: Field, cell: Cell) -> bool:
        """Read the value behind 自评得分 or 自评等级; False where it is none or already known."""
        text = one_line(cell.text)
        if label is Field.GRADE:
            return _GRADE_CELL.fullmatch(text) is not None and self._set_grade(text, cell)
        if (amount := amount_of(text.removesuffix("分"))) is not None:
            return self._set_score(amount.value, cell)
        return self._in_words(text, cell)

    def total_row(self, words: Sequence[Cell], columns: Mapping[Column, int], shift: int) -> list[Cell]:
        """Read a row of totals; gives back the cells with words that are no total.

        Of two numbers the points to be had and the points got stand in the order of their columns; a single number is
        what its column says, else the points got.
        """
        left: list[Cell] = []
        numbers: list[Cell] = []
        for cell in words:
            text = one_line(cell.text)
            if amount_of(text.removesuffix("分")) is not None:
                numbers.append(cell)
            elif _GRADE_CELL.fullmatch(text):
                if not self._set_grade(text, cell):
                    left.append(cell)
            elif cell.label.is_total or cell.label.field in (Field.TOTAL_SCORE, Field.GRADE):
                if m := _OF_POINTS.search(text):
                    self._set_weight(Decimal(m["points"]), cell)
            elif not self._in_words(text, cell) and blank_if_dashes(text) is not None:
                left.append(cell)
        return left + self._total_numbers(numbers, columns, shift)

    def _total_numbers(self, numbers: Sequence[Cell], columns: Mapping[Column, int], shift: int) -> list[Cell]:
        positions = {c: columns.get(c) for c in (Column.WEIGHT, Column.SCORE)}
        under = {
            c: next((n for n in numbers if _covers(n, position, shift)), None) for c, position in positions.items()
        }
        weight, score = under[Column.WEIGHT], under[Column.SCORE]
        if (weight is None or score is None or weight is score) and len(numbers) == 2:
            first, last = numbers
            backwards = (positions[Column.SCORE] or 0) < (positions[Column.WEIGHT] or 0) and positions[
                Column.SCORE
            ] is not None
            weight, score = (last, first) if backwards else (first, last)
        elif len(numbers) == 1 and (weight is score):
            weight, score = None, numbers[0]
        taken: list[Cell] = []
        if weight is not None and self._set_weight(_number(weight), weight):
            taken.append(weight)
        if score is not None and self._set_score(_number(score), score):
            taken.append(score)
        return [n for n in numbers if n not in taken]

    def _in_words(self, text: str, cell: Cell) -> bool:
        """``总分：96.5，等级：优`` in one cell."""
        m = _IN_WORDS.fullmatch(text)
        if m is None or not self._set_score(Decimal(m["score"]), cell):
            return False
        if m["grade"]:
            self._set_grade(m["grade"], cell)
        return True

    def _set_weight(self, value: Decimal, cell: Cell) -> bool:
        if self._weight is not None:
            return False
        self._weight = value
        self._trace.put_cell(cell, "total_weight")
        return True

    def _set_score(self, value: Decimal, cell: Cell) -> bool:
        if self._score is not None:
            return False
        self._score = value
        self._trace.put_cell(cell, "total_score")
        return True

    def _set_grade(self, text: str, cell: Cell) -> bool:
        if self._grade is not None:
            return False
        self._grade = text
        self._trace.put_cell(cell, "grade")
        return True

    @property
    def total_weight(self) -> Decimal | None:
        """The points to be had in all, as printed."""
        return self._weight

    def filled(self, rows: tuple[FilledRow, ...]) -> Filled:
        """What stands on the sheet besides its goals."""
        execution = Execution(**{source.value: row for source, row in self._rows.items()}) if self._rows else None
        return Filled(None, execution, goals_of(self._reached), self._score, self._grade, rows)


def _covers(cell: Cell, position: int | None, shift: int) -> bool:
    return position is not None and cell.column + shift <= position < cell.column + shift + cell.column_span


def _number(cell: Cell) -> Decimal:
    amount = amount_of(one_line(cell.text).removesuffix("分"))
    assert amount is not None
    return amount.value
