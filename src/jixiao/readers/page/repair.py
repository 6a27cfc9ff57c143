"""Repairs what recognition damages in cells that hold targets, amounts and percentages, and says so.

Only what has one sensible reading is repaired: a sign that cannot stand where it stands, a letter among digits. Where
a value looks damaged and more than one reading is left, a note says so and the words stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from enum import Enum, auto
from itertools import pairwise

from jixiao.domain.note import Note
from jixiao.domain.quantities import number_alone
from jixiao.domain.quantities.comparators import is_sign
from jixiao.readers.raw import Cell, Grid
from jixiao.vocabulary import Column, Field, Vocabulary

_SURE = Decimal("0.8")
_LIKELY = Decimal("0.6")
_DOUBTFUL = Decimal("0.4")

_TARGET_SIGNS = (
    (re.compile(r"^[二＝](?=\s*\d)"), "="),
    (re.compile(r"^(?:[>＞》][=＝_一-]|[2Z]\s?[=_])(?=\s*\d)"), "≥"),
    (re.compile(r"^(?:[<＜《][=＝_一-])(?=\s*\d)"), "≤"),
    (re.compile(r"^(?:[WwＷ]|[之乏云Z](?!\d*[A-Za-z]))(?=\s*\d)"), "≥"),
    (re.compile(r"^[》](?=\s*\d)"), "≥"),
    (re.compile(r"^[《](?=\s*\d)"), "≤"),
)
_DIRT_BEHIND_SIGN = re.compile(r"^([≥≤=<>])\s*[.,，、·'`_]+\s*(?=\d)")
_SIGNS_ALONE = {
    **dict.fromkeys("WwMmNZz2＞>》乏之", "≥"),
    **dict.fromkeys("≧⩾", "≥"),
    **dict.fromkeys("＜<《≦", "≤"),
    **dict.fromkeys("二＝", "="),
}
"""What recognition makes of a sign in a column of signs, where nothing but signs and words stand"""
_TWO_FIRST = re.compile(r"^[2Z]\s?(?P<rest>\d.*)$", re.DOTALL)
_OVER_HUNDRED = re.compile(r"^2(?:\d{2}(?:\.\d+)?|100(?:\.0+)?)\s*[%％]$")
"""A percentage over 200, as ≥95% looks when read as 295%"""
_DIGIT_LIKE = {"O": "0", "o": "0", "Q": "0", "D": "0", "〇": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8"}
_LETTER_IN_NUMBER = re.compile(r"(?<=[\d.])[OoQD〇lI|SB](?=[\d.%％]|$)|(?<![A-Za-z\d])[OolI|](?=[\d.])")
_LETTER_IN_TARGET = re.compile(r"(?<=\d)[OoIl](?=[\d.%％])")
_PERCENT_LIKE = re.compile(r"(?<=\d)\s*(?:0/0|o/o|O/O|9/0|°/o|°/。|℅|％)$")
_DIRT = re.compile(r"^[.,，、·'`_\s]+|[.,，、·'`_\s]+$")
_SPLIT_AMOUNT = re.compile(r"^(\d+)\s*[.·。,，]\s*(\d{2})$")
_DAMAGED_TARGET = re.compile(r"^[一－—-]\s*\d|^\d+[OolI]\d|[?？�]\d|\d[?？�]")


class _Kind(Enum):
    """What a cell holds by its place in the form."""

    TARGET = auto()
    SIGN = auto()
    AMOUNT = auto()
    PERCENT = auto()


def repaired(grid: Grid, vocabulary: Vocabulary) -> tuple[Grid, list[Note]]:
    """A recognised table with its values repaired, and a note for every repair and every doubt."""
    kinds = _kinds(grid, vocabulary)
    rows: list[tuple[Cell, ...]] = []
    notes: list[Note] = []
    for row in grid.rows:
        cells: list[Cell] = []
        for cell in row:
            kind = kinds.get((cell.row, cell.column))
            others = [c.text for c in row if c is not cell]
            text, confidence = _repair(cell.text, kind, others) if kind and cell.text else (cell.text, Decimal(1))
            if text != cell.text:
                notes.append(_repair_note(cell, text, confidence))
            elif kind and _is_damaged(text, kind):
                notes.append(_doubt_note(cell))
            cells.append(cell._replace(text=text) if text != cell.text else cell)
        rows.append(tuple(cells))
    return replace(grid, rows=tuple(rows)), notes


def _repair_note(cell: Cell, text: str, confidence: Decimal) -> Note:
    return Note(
        "recognition.repaired",
        "",
        f"{cell.place.label}识别为“{cell.text}”，按所在栏目读作“{text}”，请对照原件核对。",
        confidence,
    )


def _doubt_note(cell: Cell) -> Note:
    return Note(
        "recognition.doubtful",
        "",
        f"{cell.place.label}识别为“{cell.text}”，不像所在栏目应填的内容，照录未改，请对照原件核对。",
        _DOUBTFUL,
    )


# --- which cells hold values ------------------------------------------------------------------------------


def _kinds(grid: Grid, vocabulary: Vocabulary) -> dict[tuple[int, int], _Kind]:
    """Kind by (row, column) of every cell that holds a value of interest."""
    kinds: dict[tuple[int, int], _Kind] = {}
    target: Cell | None = None
    signs: Cell | None = None
    points: dict[int, int] = {}
    """columns under points of time, and the row up to which they count"""
    for row in grid.rows:
        columns = {vocabulary.label(cell.text).column: cell for cell in row}
        if columns.keys() & {Column.CLASS, Column.KIND} and (found := columns.get(Column.TARGET)):
            target = found
            signs = columns.get(Column.SIGN)
            continue
        if columns.keys() & {Column.CLASS, Column.KIND} and (sign := columns.get(Column.SIGN)):
            signs = sign
            continue
        if any(vocabulary.label(cell.text).field in (Field.PROJECT_CODE, Field.PROJECT_NAME) for cell in row):
            target = signs = None
        for cell, kind in _in_row(row, vocabulary):
            kinds[cell.row, cell.column] = kind
        for cell in row:
            if vocabulary.label(cell.text).is_disbursement_point:
                points[cell.column] = cell.row
            elif points.get(cell.column) == cell.row - 1 and not vocabulary.label(cell.text).is_printed:
                kinds[cell.row, cell.column] = _Kind.PERCENT
            elif target is not None and cell.column == target.column and not vocabulary.label(cell.text).is_printed:
                kinds[cell.row, cell.column] = _Kind.TARGET
            elif signs is not None and cell.column == signs.column and cell.text:
                kinds[cell.row, cell.column] = _Kind.SIGN
    return kinds


def _in_row(row: tuple[Cell, ...], vocabulary: Vocabulary) -> Iterator[tuple[Cell, _Kind]]:
    """The amounts in a row: each stands behind its label."""
    for label, value in pairwise(row):
        if (
            vocabulary.label(label.text).field in (Field.TOTAL, Field.FISCAL, Field.OTHER)
            and vocabulary.label(value.text).field is None
        ):
            yield value, _Kind.AMOUNT


# --- values ----------------------------------------------------------------------------------------------


def _repair(text: str, kind: _Kind, others: Sequence[str]) -> tuple[str, Decimal]:
    """(the value as it was probably printed, how sure that is); ``others`` are the other cells of its row."""
    if kind is _Kind.TARGET:
        return _target(text, others)
    if kind is _Kind.SIGN:
        clean = _DIRT.sub("", text)
        sign = _SIGNS_ALONE.get(clean, clean if is_sign(clean) else text)
        return sign, (_SURE if sign != text else Decimal(1))
    clean = _DIRT.sub("", _digits(text))
    if kind is _Kind.AMOUNT and (m := _SPLIT_AMOUNT.match(clean)):
        clean = f"{m[1]}.{m[2]}"
    if kind is _Kind.PERCENT:
        clean = _PERCENT_LIKE.sub("%", clean)
    return (clean, _SURE) if _is_number(clean, kind) else (text, Decimal(1))


def _target(text: str, others: Sequence[str]) -> tuple[str, Decimal]:
    mended = text
    for pattern, sign in _TARGET_SIGNS:
        mended, count = pattern.subn(sign, mended)
        if count:
            break
    mended = _DIRT_BEHIND_SIGN.sub(r"\1", mended)
    mended = _LETTER_IN_TARGET.sub(lambda m: _DIGIT_LIKE[m.group()], mended)
    mended = _PERCENT_LIKE.sub("%", mended)
    if mended != text:
        return mended, _SURE
    if (m := _TWO_FIRST.match(text)) and _says(others, m["rest"]) and not _says(others, text):
        return f"≥{m['rest']}", _LIKELY
    return text, Decimal(1)


def _says(texts: Sequence[str], value: str) -> bool:
    """Whether one of the texts gives this value, not as the end of a longer number."""
    return any(re.search(rf"(?<![\d.]){re.escape(value)}(?![\d.])", text) for text in texts)


def _digits(text: str) -> str:
    """Letters among digits read as the digits they look like."""
    before = None
    while before != text:
        before = text
        text = _LETTER_IN_NUMBER.sub(lambda m: _DIGIT_LIKE[m.group()], text)
    return text


def _is_number(text: str, kind: _Kind) -> bool:
    found = number_alone(text)
    return found is not None and (found.unit is None or (found.unit == "%" and kind is _Kind.PERCENT))


def _is_damaged(text: str, kind: _Kind) -> bool:
    if kind is _Kind.SIGN:
        return len(text.strip()) == 1 and not is_sign(text)
    if kind is _Kind.TARGET:
        return _DAMAGED_TARGET.search(text) is not None or _OVER_HUNDRED.match(text) is not None
    plain = re.sub(r"[\s万元亿%％]", "", text)
    return any(c.isdigit() for c in plain) and len(plain) < 12 and number_alone(plain) is None
