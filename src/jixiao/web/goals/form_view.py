"""A sheet as the official form looks, for a page: the tables of the core's forms, cell by cell. Values only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jixiao.documents import Block, Cell, Heading, Look, Paragraph, Table
from jixiao.documents.grid import Slot, grid_of
from jixiao.documents.looks import look_of, stands
from jixiao.documents.value import text_of
from jixiao.domain.plan import Plan
from jixiao.writers.plan_form import plan_document


@dataclass(frozen=True)
class FormCell:
    """A cell of the form on a page; ``look`` are classes of its style."""

    text: str
    columns: int
    rows: int
    is_label: bool
    look: str


@dataclass(frozen=True)
class FormBlock:
    """A heading (``level`` above 0), a paragraph, or a table with the rows of its head and its body."""

    text: str = ""
    level: int = 0
    head: tuple[tuple[FormCell, ...], ...] = ()
    body: tuple[tuple[FormCell, ...], ...] = ()

    @property
    def is_table(self) -> bool:
        return bool(self.head or self.body)


def form_of(plan: Plan) -> list[FormBlock]:
    """The forms of a plan, one below the other, without the title, which is that of the page."""
    document = plan_document(plan)
    blocks = [block for section in document.sections for block in section.blocks]
    return [_block(block) for block in blocks if not (isinstance(block, Heading) and block.level == 0)]


def _block(block: Block) -> FormBlock:
    if isinstance(block, Table):
        rows: dict[bool, list[tuple[FormCell, ...]]] = {True: [], False: []}
        for head, slots in grid_of(block):
            rows[head].append(tuple(_cells(block, slots, head=head)))
        return FormBlock(head=tuple(rows[True]), body=tuple(rows[False]))
    words = block.text if isinstance(block, Heading) else _words(block)
    return FormBlock(text=words, level=block.level + 1 if isinstance(block, Heading) else 0)


def _words(block: Paragraph) -> str:
    return block.words if isinstance(block.words, str) else "".join(run.text for run in block.words)


def _cells(table: Table, slots: Sequence[Slot], *, head: bool) -> Iterator[FormCell]:
    for slot in slots:
        if not slot.begins:
            continue
        cell = slot.cell if isinstance(slot.cell, Cell) else Cell(slot.cell)
        look = look_of(cell, head=head)
        side = stands(table, table.columns[slot.column], cell, look)
        yield FormCell(text_of(cell), cell.columns, cell.rows, look is Look.LABEL, side)
