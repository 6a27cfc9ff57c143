"""Columns to tick in monitoring forms: the causes under 偏差原因分析, the answers under 完成可能性."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jixiao.readers.sheets.table import Cell, Table
from jixiao.vocabulary import Column
from jixiao.vocabulary.cell_values import blank_if_dashes, one_line

_TICKS, _BLANKS = "√✓✔☑☒■●◉▲✅", "□○☐◯×✗✘"
_BRACKETED = rf"[(（\[【［]\s*(?:[{_TICKS}{_BLANKS}]?)\s*[)）\]】］]"
_TICK = re.compile(rf"[(（\[]?\s*[{_TICKS}vV是]\s*[)）\]]?")
_NO_TICK = re.compile(rf"[(（\[]?\s*[{_BLANKS}否]?\s*[)）\]]?")
_BOX = re.compile(rf"{_BRACKETED}|[{_TICKS}{_BLANKS}]")
_IS_TICKED = re.compile(rf"[{_TICKS}]")
_WORD = re.compile(r"[\u4e00-\u9fff]+")
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """A column to tick: the column of the table it belongs to, its 0-based position, its word.

    Under an ``explained`` one words are written instead of a tick.
    """

    column: Column
    position: int
    word: str
    explained: bool = False


def marks_in(cells: Sequence[Cell]) -> tuple[Mark, ...]:
    """The columns to tick that a second header row names; none where fewer than two of its words are such."""
    found: list[Mark] = []
    for cell in cells:
        if word := cell.label.likelihood:
            found.append(Mark(Column.LIKELIHOOD, cell.column, word))
        elif word := cell.label.reason:
            found.append(Mark(Column.DEVIATION, cell.column, word, cell.label.is_one_of("explanations")))
    return tuple(found) if len(found) >= _FEWEST else ()


def marked_cells(marks: Sequence[Mark], table: Table, r: int, column: Column, shift: int) -> list[tuple[Mark, Cell]]:
    """The cells with words of a row that stand in columns to tick."""
    found = [
        (mark, table.at(r, mark.position - shift)) for mark in marks if mark.column is column and mark.position >= shift
    ]
    return [(mark, cell) for mark, cell in found if cell is not None and cell.text]


def answer(marked: Sequence[tuple[Mark, Cell]]) -> str | None:
    """What the marks of a row say: the words ticked, with what was written instead of a tick, the explanation last."""
    ticked: list[str] = []
    written: list[str] = []
    for mark, cell in marked:
        text = one_line(cell.text)
        if _NO_TICK.fullmatch(text) or blank_if_dashes(text) is None:
            continue
        if _TICK.fullmatch(text) or text == mark.word:
            ticked.append(mark.word)
        elif mark.explained or mark.column is Column.LIKELIHOOD:
            written.append(text)
        else:
            written.append(f"{mark.word}：{text}")
    return "；".join(filter(None, ("、".join(ticked), *written))) or None


def ticked_in(text: str) -> str:
    """The answer in a cell with boxes, ``□确定能 ☑有可能``; the text where none or several are ticked.

    The boxes stand before the words where the cell begins with one, else behind them: 确定能（√） 有可能（ ）.
    """
    boxes = list(_BOX.finditer(text))
    if not boxes:
        return text
    ends = [0, *(box.end() for box in boxes), len(text)]
    before = not text[: boxes[0].start()].strip() and text[boxes[-1].end() :].strip() != ""
    found: list[str] = []
    for n, box in enumerate(boxes):
        start, end = (
            (box.end(), boxes[n + 1].start() if n + 1 < len(boxes) else len(text)) if before else (ends[n], box.start())
        )
        if _IS_TICKED.search(box.group()) and (word := _WORD.search(text, start, end)):
            found.append(word.group())
    return found[0] if len(found) == 1 else text
