"""Words that somebody typed where a number or one of a list belongs, put into the form as they stand on the page of an editor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from jixiao.documents import Block, Cell, Document, Paragraph, Role, Row, Section, Table, Value
from jixiao.domain.form import field_at
from jixiao.domain.plan import Plan

_SHEETS = "/goal_sheets"


def with_typed_words(document: Document, plan: Plan) -> Document:
    """The document of a plan with what its cells show where a value could not be read.

    Words whose cell the form has not drawn stand in a line at the end of their sheet, or of Part One: nothing that was typed is
    left out.
    """
    typed = {pointer: place.text for pointer, place in plan.provenance.items() if place.text and not place.label}
    if not typed:
        return document
    before = len(document.sections) - len(plan.goal_sheets)
    sections = [
        _section(section, _own(typed, n - before, alone=not before)) for n, section in enumerate(document.sections)
    ]
    return replace(document, sections=tuple(sections))


def _own(typed: Mapping[str, str], sheet: int, *, alone: bool) -> dict[str, tuple[str, str]]:
    """What was typed in a section, by the pointer that its cells are about: (pointer into the plan, words). ``sheet``: which goal
    sheet it is, below 0 for Part One; one that stands ``alone`` has the head of the plan too."""
    own = f"{_SHEETS}/{sheet}/"
    found = {p[len(own) - 1 :]: (p, words) for p, words in typed.items() if p.startswith(own)}
    if sheet < 0 or alone:
        found |= {p: (p, words) for p, words in typed.items() if not p.startswith(f"{_SHEETS}/")}
    return found


def _section(section: Section, typed: Mapping[str, tuple[str, str]]) -> Section:
    shown: set[str] = set()
    words = {about: text for about, (_, text) in typed.items()}
    blocks = tuple(_block(block, words, shown) for block in section.blocks)
    left = [one for about, one in typed.items() if about not in shown]
    if left:
        told = "；".join(f"{_label(pointer)}“{text}”" for pointer, text in left)
        blocks = (*blocks, Paragraph(f"填了但没有读成数的：{told}", Role.REMARK))
    return replace(section, blocks=blocks)


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


def _label(pointer: str) -> str:
    field = field_at(pointer)
    return field.label if field is not None else ""
