"""Reads the cells of one row of an indicator table: words, values, points, what is ticked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from jixiao.domain.form import NOT_FILLED
from jixiao.domain.quantities.comparators import comparison
from jixiao.domain.quantities.folding import folded
from jixiao.domain.target import Target
from jixiao.domain.target_grammar import parse_target
from jixiao.readers.sheets.marks import Mark, answer, ticked_in
from jixiao.readers.sheets.table import Cell
from jixiao.readers.sheets.trace import Trace
from jixiao.vocabulary import Column
from jixiao.vocabulary.cell_values import amount_of, one_line

_LEFT_BLANK = re.compile(r"[-—–_/\\\s]*")
_FILLER = re.compile(
    r"(?:(?:指标|目标)\s*(?:\d{1,2}|[一二三四五六七八九十])?\s*[:：、.．]?\s*)?(?:…+|[.．。·]{2,}|[-—–_/\\]*)\s*[:：]?"
)
_NATURE = re.compile(r"(?:定量|定性)(?:指标)?\s*[:：、,，/]?\s*(?=[^\s:：])(?P<value>.+)", re.DOTALL)
_UNITS = {"百分比": "%", "百分之": "%"}

Cells = Mapping[Column, Cell | None]
_LEVELS = (Column.CLASS, Column.KIND)


def is_filler(cell: Cell | None) -> bool:
    """Whether a cell holds what forms print where something is to be written, and nothing was: 指标2：, ……, 指标1：/."""
    return cell is not None and bool(cell.text) and _FILLER.fullmatch(one_line(cell.text)) is not None


def is_left_open(cell: Cell) -> bool:
    """Whether a cell for a level says that there is none: a dash, or what a form prints there for a row without one."""
    text = one_line(cell.text)
    return text == NOT_FILLED or _LEFT_BLANK.fullmatch(text) is not None


def is_unfilled(cells: Cells) -> bool:
    """Whether a row is one of the form that nobody filled in: fillers at most where its name and its values are written."""
    content = [cell for column, cell in cells.items() if column not in _LEVELS and cell is not None and cell.text]
    if not all(is_filler(cell) for cell in content):
        return False
    written = content or [cell for column in _LEVELS if (cell := cells.get(column)) is not None]
    return any(is_filler(cell) for cell in written)


def named(cells: Cells) -> Cells:
    """Where the third level only counts (目标1), the content names the indicator."""
    name, content = cells.get(Column.NAME), cells.get(Column.DESCRIPTION)
    if name is None or content is None or not content.text or (name.text and not name.label.is_goal_number):
        return cells
    if not name.text:
        return cells
    return {**cells, Column.NAME: content, Column.DESCRIPTION: None}


def has_words(cell: Cell | None) -> bool:
    return cell is not None and bool(cell.text)


def answered(
    cells: Cells, marked: Mapping[Column, list[tuple[Mark, Cell]]], column: Column, trace: Trace
) -> str | None:
    """The words of a column, or what is ticked and written in the columns it is divided into."""
    if found := marked.get(column):
        text = answer(found)
        if text is not None:
            trace.put(found[-1][1].place, column)
        return text
    text = text_in(cells, column, trace)
    return ticked_in(text) if text is not None and column is Column.LIKELIHOOD else text


def text_in(cells: Cells, column: Column, trace: Trace) -> str | None:
    cell = cells.get(column)
    if cell is None or not cell.text:
        return None
    trace.put_cell(cell, column)
    return one_line(cell.text) or None


def points_in(cells: Cells, column: Column, r: int, trace: Trace) -> Decimal | None:
    """Weight or score: a number, with or without 分; one that several rows share counts for the first of them."""
    cell = cells.get(column)
    if cell is not None and cell.row != r:
        return None
    if cell is not None and cell.row_span > 1 and cell.text:
        message = f"“{one_line(cell.text)}”是几行合用的分数，只记在第一行。"
        trace.note("points.shared", message, column)
    text = text_in(cells, column, trace)
    if text is None or _LEFT_BLANK.fullmatch(text):
        return None
    amount = amount_of(text.removesuffix("分"))
    if amount is None:
        trace.note(f"{column}.unread", f"“{text}”不是分数，未读入，请核对。", column)
        return None
    return amount.value


def target_in(cells: Cells, trace: Trace) -> Target:
    """The target, put together where sign, value and unit have columns of their own."""
    value, cell = text_in(cells, Column.TARGET, trace), cells.get(Column.TARGET)
    if value is None or cell is None or _LEFT_BLANK.fullmatch(value):
        return value_of(value, "target", trace)
    sign, unit = _sign(cells.get(Column.SIGN), trace), _beside(cells.get(Column.UNIT))
    value, _ = cell.label.vocabulary.apart_from_standard(value)
    if nature := _NATURE.fullmatch(value):
        trace.note(
            "target.nature", f"“{value}”里的“{value[: nature.start('value')].rstrip()}”是指标性质，与值分开。", "target"
        )
        value = nature["value"]
    if (other := _UNITS.get(unit)) is not None and (cell := cells.get(Column.UNIT)) is not None:
        unit = other
        trace.put_cell(cell, "target", "unit")
    if unit and (value.endswith(unit) or not any(c.isdigit() for c in value)):
        unit = ""
    return value_of(f"{sign}{value}{unit}", "target", trace)


def basis_in(cells: Cells, trace: Trace) -> str | None:
    """The basis of the value; forms without its column may print it behind the value: ≥10万亩（计划标准）."""
    basis, target = text_in(cells, Column.BASIS, trace), cells.get(Column.TARGET)
    if basis is not None or target is None or not target.text:
        return basis
    _, standard = target.label.vocabulary.apart_from_standard(one_line(target.text))
    if standard is not None:
        trace.put_cell(target, "basis")
    return standard


def _beside(cell: Cell | None) -> str:
    """What a sign or unit column adds to the value; dashes add nothing."""
    text = one_line(cell.text) if cell is not None else ""
    return "" if _LEFT_BLANK.fullmatch(text) else text


def _sign(cell: Cell | None, trace: Trace) -> str:
    """What a column of signs adds: what compares. 定性, 定量指标 and the like add nothing and are told."""
    text = _beside(cell)
    if text and comparison(folded(text).text) is None:
        trace.note("target.nature", f"“{text}”是指标性质，不是比较符号，没有加在指标值前面。", "target")
        return ""
    return text


def value_of(text: str | None, key: str, trace: Trace) -> Target:
    parsed = parse_target(text)
    for remark in parsed.remarks:
        trace.note(remark.code, remark.message, key, confidence=remark.confidence)
    return parsed.target
