"""A sheet as the official form looks, for a page: the tables of the core's forms, and beside each cell where it was read, what
was noted about it and what was found wrong with it. Values only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jixiao.documents import Block, Cell, Heading, Look, Paragraph, Table
from jixiao.documents.grid import Slot, grid_of
from jixiao.documents.looks import look_of, stands
from jixiao.documents.value import text_of
from jixiao.domain.finding import Finding
from jixiao.domain.note import Note
from jixiao.domain.plan import Plan
from jixiao.domain.pointer import ancestors
from jixiao.writers.places import Places
from jixiao.writers.plan_form import plan_document
from jixiao.writers.sheet_form import sheet_form


@dataclass(frozen=True)
class Marked:
    """A finding as the page numbers it; ``place`` is where it stands, in words."""

    number: int
    finding: Finding
    place: str
    cell: str
    """The pointer of the cell it is shown at; empty where it is about no one cell"""

    @property
    def sources(self) -> list[str]:
        """What it rests on."""
        return [f"{one.force.label} {one.instrument}：{one.requirement}" for one in self.finding.citations]


@dataclass(frozen=True)
class Told:
    """What was noted when a cell was read or put right, as the page numbers it; ``place`` is where, in words."""

    number: int
    place: str
    message: str


@dataclass(frozen=True)
class Remark:
    """What somebody said at a cell: where it is read on the page, and in a word."""

    address: str
    words: str


@dataclass(frozen=True)
class FormCell:
    """A cell of the form on a page. ``source`` is where it was read in the file and, where that differs, the words there;
    ``notes`` what was noted when it was read or put right.
    """

    text: str
    columns: int = 1
    rows: int = 1
    is_label: bool = False
    side: str = "left"
    title: str = ""
    """of its column: in the head of the table, or in a row of labels above it"""
    is_above: bool = False
    """A label that the cells below it carry as their title"""
    pointer: str = ""
    source: str = ""
    notes: tuple[Told, ...] = ()
    findings: tuple[Marked, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def gravest(self) -> str:
        """How grave the gravest finding of the cell is; empty where it has none."""
        return (
            min(self.findings, key=lambda one: one.finding.severity.rank).finding.severity.value
            if self.findings
            else ""
        )


@dataclass(frozen=True)
class FormBlock:
    """A heading (``level`` above 0), a paragraph (``cell``), or a table with the rows of its head and its body."""

    level: int = 0
    cell: FormCell = FormCell("")
    widths: tuple[int, ...] = ()
    """of the columns, in hundredths of the table"""
    head: tuple[tuple[FormCell, ...], ...] = ()
    body: tuple[tuple[FormCell, ...], ...] = ()

    @property
    def is_table(self) -> bool:
        return bool(self.head or self.body)


@dataclass(frozen=True)
class Form:
    """The form, all findings in the order of the document, and what was noted at its cells, in the order of the form."""

    blocks: tuple[FormBlock, ...]
    findings: tuple[Marked, ...]
    notes: tuple[Told, ...] = ()

    def cells(self) -> Iterator[FormCell]:
        """All cells that say something of the plan, in the order of the form."""
        for block in self.blocks:
            yield from (cell for row in ((block.cell,), *block.body) for cell in row if cell.pointer)

    def with_remarks(self, remarks: Mapping[str, Sequence[Remark]]) -> Form:
        """The form with what people said at its cells, by pointer."""

        def told(cell: FormCell) -> FormCell:
            return replace(cell, remarks=tuple(remarks[cell.pointer])) if cell.pointer in remarks else cell

        def block(one: FormBlock) -> FormBlock:
            return replace(one, cell=told(one.cell), body=tuple(tuple(map(told, row)) for row in one.body))

        return replace(self, blocks=tuple(map(block, self.blocks))) if remarks else self


def form_of(plan: Plan, findings: Sequence[Finding]) -> Form:
    """The forms of a plan, one below the other, without the title, which is that of the page."""
    drawn = [*_drawn(plan)]
    cells = [cell.about for _, block in drawn for cell in _cells(block) if cell.about]
    marked = numbered(plan, findings, cells)
    page = _Page(plan, marked, Places(plan))
    blocks = tuple(page.block(block) for _, block in drawn) + page.left(cells)
    return Form(blocks, marked, tuple(page.told))


def numbered(plan: Plan, findings: Sequence[Finding], cells: Sequence[str] = ()) -> tuple[Marked, ...]:
    """Findings as a page of the plan numbers them; ``cells`` are the pointers of those it shows."""
    places = Places(plan)
    return tuple(
        Marked(n, one, places.of(one.pointer).words, _cell_at(one.pointer, cells)) for n, one in enumerate(findings, 1)
    )


def _drawn(plan: Plan) -> Iterator[tuple[int | None, Block]]:
    """The blocks of the forms, what each cell says named by its pointer into the plan."""
    if not plan.goal_sheets:
        for section in plan_document(plan).sections:
            yield from ((None, block) for block in section.blocks if not _is_title(block))
        return
    later = plan.later_sheets
    for n, sheet in enumerate(plan.goal_sheets):
        for block in sheet_form(sheet, later.get(sheet.id)).blocks:
            if not _is_title(block):
                yield n, _pointed(block, f"/goal_sheets/{n}")


def _is_title(block: Block) -> bool:
    return isinstance(block, Heading) and block.level == 0


def _pointed(block: Block, own: str) -> Block:
    if not isinstance(block, Table):
        return block
    body = tuple(
        tuple(replace(c, about=own + c.about) if isinstance(c, Cell) and c.about else c for c in row)
        for row in block.body
    )
    return replace(block, body=body)


def _cells(block: Block) -> Iterator[Any]:
    """Whatever of a block says something of the plan."""
    if isinstance(block, Paragraph):
        yield block
    elif isinstance(block, Table):
        yield from (cell for row in block.body for cell in row if isinstance(cell, Cell))


def _cell_at(pointer: str, cells: Iterable[str]) -> str:
    """The cell that a pointer lies in; of a whole row the cell of its name."""
    known = set(cells)
    for place in ancestors(pointer):
        if place and place in known:
            return place
    named = f"{pointer}/name"
    return named if named in known else ""


def _labels(slots: Sequence[Slot], cells: Sequence[FormCell]) -> dict[int, str]:
    """By column the labels of a row that says nothing else, as 3月底 6月底 … above the shares of a plan of spending."""
    begun = [slot.column for slot in slots if slot.begins]
    found = {column: c.text for column, c in zip(begun, cells, strict=True) if c.rows == 1}
    return found if len(found) > 1 and all(c.is_label for c in cells) else {}


class _Page:
    """Cells of one plan for a page."""

    def __init__(self, plan: Plan, marked: Sequence[Marked], places: Places) -> None:
        self._plan, self._places = plan, places
        self.told: list[Told] = []
        self._marked: dict[str, list[Marked]] = {}
        for one in marked:
            self._marked.setdefault(one.cell, []).append(one)
        self._notes: dict[str, list[Note]] = {}
        for note in plan.notes:
            self._notes.setdefault(note.pointer.removesuffix("/text"), []).append(note)

    def block(self, block: Block) -> FormBlock:
        if isinstance(block, Table):
            rows: dict[bool, list[tuple[FormCell, ...]]] = {True: [], False: []}
            titles: dict[int, str] = {}
            above: dict[int, str] = {}
            for head, slots in grid_of(block):
                if head:
                    titles |= {slot.column: text_of(slot.cell) for slot in slots if slot.begins}
                cells = tuple(self._row(block, slots, {} if head else titles | above, head=head))
                above = {} if head else _labels(slots, cells)
                rows[head].append(tuple(replace(c, is_above=c.rows == 1) for c in cells) if above else cells)
            total = sum(column.width for column in block.columns)
            widths = tuple(round(100 * column.width / total) for column in block.columns)
            return FormBlock(widths=widths, head=tuple(rows[True]), body=tuple(rows[False]))
        if isinstance(block, Heading):
            return FormBlock(block.level + 1, FormCell(block.text))
        words = block.words if isinstance(block.words, str) else "".join(run.text for run in block.words)
        return FormBlock(cell=self._told(FormCell(words), block.about))

    def _row(self, table: Table, slots: Sequence[Slot], titles: Mapping[int, str], *, head: bool) -> Iterator[FormCell]:
        for slot in slots:
            if slot.begins:
                cell = slot.cell if isinstance(slot.cell, Cell) else Cell(slot.cell)
                look = look_of(cell, head=head)
                side = stands(table, table.columns[slot.column], cell, look)
                drawn = FormCell(
                    text_of(cell),
                    cell.columns,
                    cell.rows,
                    is_label=look is Look.LABEL,
                    side=side,
                    title=titles.get(slot.column, ""),
                )
                yield self._told(drawn, cell.about)

    def _told(self, cell: FormCell, pointer: str) -> FormCell:
        """A cell with what there is to say about it."""
        if not pointer:
            return cell
        if typed := self._typed(pointer):
            cell = replace(cell, text=typed)
        first = len(self.told)
        for note in self._notes.pop(pointer, ()):
            self.told.append(Told(len(self.told) + 1, self._places.of(pointer).words, note.message))
        notes = tuple(self.told[first:])
        findings = tuple(self._marked.get(pointer, ()))
        source = self._source(pointer, cell.text)
        return replace(cell, pointer=pointer, source=source, notes=notes, findings=findings)

    def _typed(self, pointer: str) -> str:
        """What somebody typed in a cell where it could not be read; such words are of no place in a file."""
        place = self._plan.provenance.get(pointer)
        return place.text if place is not None and place.text and not place.label else ""

    def left(self, drawn: Collection[str]) -> tuple[FormBlock, ...]:
        """Words typed in cells that the form has not drawn, as a line: nothing that was typed is left out."""
        known = set(drawn)
        words = [
            f"{self._places.of(pointer).words}“{text}”"
            for pointer in self._plan.provenance
            if pointer not in known and (text := self._typed(pointer))
        ]
        return (FormBlock(cell=FormCell(f"填了但没有读成数的：{'；'.join(words)}")),) if words else ()

    def _source(self, pointer: str, text: str) -> str:
        """Where a cell was read; the first place of what it holds where it has none of its own."""
        provenance = self._plan.provenance
        place = provenance.get(pointer) or provenance.get(f"{pointer}/text")
        if place is None:
            inside = sorted(p for p in provenance if p.startswith(f"{pointer}/"))
            place = provenance[inside[0]] if inside else None
        if place is None or not place.label:
            return ""
        differs = place.text and "".join(place.text.split()) != "".join(text.split())
        return f"{place.label}，原文：{place.text[:200]}" if differs else place.label
