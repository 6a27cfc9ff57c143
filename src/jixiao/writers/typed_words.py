"""Words that somebody typed where a number or one of a list belongs, put into the form as they stand on the page of an editor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from jixiao.documents import Block, Cell, Document, Paragraph, Role, Row, Section, Table, Value
from jixiao.domain.form import field_at
from jixiao.domain.plan import Plan

_SHEET = "/goal_sheets/0"


def with_typed_words(document: Document, plan: Plan) -> Document:
    """The document of a plan of one sheet, or of Part One, with what its cells show where a value could not be read.

    Words whose cell the form has not drawn stand in a line at the end: nothing that was typed is left out.
    """
    typed = {
        pointer.removeprefix(_SHEET): place.text
        for pointer, place in plan.provenance.items()
        if place.text and not place.label
    }
    if not typed:
        return document
    shown: set[str] = set()
    sections = [
        replace(section, blocks=tuple(_block(block, typed, shown) for block in section.blocks))
        for section in document.sections
    ]
    left = [(pointer, words) for pointer, words in typed.items() if pointer not in shown]
    if left:
        told = "；".join(f"{_label(plan, pointer)}“{words}”" for pointer, words in left)
        last = sections[-1]
        line = Paragraph(f"填了但没有读成数的：{told}", Role.REMARK)
        sections[-1] = replace(last, blocks=(*last.blocks, line))
    return replace(document, sections=tuple(sections))


def marked(document: Document, words: str) -> Document:
    """The document with a small line at its end that says what it is 「草稿」."""
    *others, last = document.sections
    end = Section((*last.blocks, Paragraph(words, Role.REMARK)), last.page, last.name)
    return replace(document, sections=(*others, end))


def _block(block: Block, typed: Mapping[str, str], shown: set[str]) -> Block:
    if not isinstance(block, Table):
        return block
    return replace(block, body=tuple(_row(row, typed, shown) for row in block.body))


def _row(row: Row, typed: Mapping[str, str], shown: set[str]) -> Row:
    cells: list[Cell | Value] = []
    for cell in row:
        if isinstance(cell, Cell) and cell.about in typed:
            shown.add(cell.about)
            cells.append(replace(cell, content=typed[cell.about]))
        else:
            cells.append(cell)
    return tuple(cells)


def _label(plan: Plan, pointer: str) -> str:
    full = pointer if plan.goal_sheets == () else f"{_SHEET}{pointer}"
    field = field_at(full) or field_at(pointer)
    return field.label if field is not None else ""
