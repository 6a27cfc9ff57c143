"""Draws sheets as one workbook to be filled in without network: a worksheet a sheet, as its form looks; only cells to fill in are open.

Values only. The form is that of the page (``editor.form``), so that both show the same cells with the same words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jixiao.documents import (
    NARROW,
    Align,
    Block,
    Cell,
    Column,
    Document,
    Entry,
    Heading,
    Look,
    Page,
    Paragraph,
    Role,
    Row,
    Section,
    Table,
    to_xlsx,
)
from jixiao.documents.xlsx import tab_names
from jixiao.documents.xlsx_sheet import letters
from jixiao.web.editor.form import EditCell, EditForm, EditList, EditPart, EditRow, EditSlot
from jixiao.web.editor.offline.manifest import Listed, Manifest, Place, SheetMap, to_text
from jixiao.writers.sheet_rows import shared_by_width

SPARE_ROWS, SPARE_LINES = 8, 2
"""Empty lines below the rows of a table, and below texts, for what is to be added"""
_WIDTH = 120
"""Characters across"""
_SIGNS = ("≥", "≤", "＝", "＞", "＜")
_TOLD = (
    "只有白色的格能填；新增的行填在下面的空行里；不要的行把整行清空，交回时会再问。填好存盘，在这张表的“填表”页传回来。"
)


@dataclass(frozen=True)
class ToFill:
    """A sheet to go out: which it is, its form, what its last state is called."""

    year: int
    key: int
    title: str
    revision: int
    state: str
    form: EditForm


def workbook(sheets: Sequence[ToFill], *, form: str, title: str, day: date) -> bytes:
    """The .xlsx; ``form`` is its own number, by which rows that are added get their ids when it comes back."""
    drawn = [_Sheet(one) for one in sheets]
    names = tab_names([one.title for one in sheets])
    sections = []
    for one, name in zip(drawn, names, strict=True):
        one.map.worksheet = name
        sections.append(one.section(name))
    carried = to_text(Manifest(form, tuple(one.map for one in drawn)))
    return to_xlsx(Document(title, day, tuple(sections), carried))


class _Sheet:
    """A worksheet while it is drawn."""

    def __init__(self, sheet: ToFill) -> None:
        self._sheet = sheet
        self.map = SheetMap(sheet.year, sheet.key, sheet.title, sheet.revision)
        parts = sheet.form.parts
        grids = [part.widths for part in parts if part.widths] + [one.widths for p in parts for one in p.lists]
        self._grid = max((grid for grid in grids if grid), key=len, default=(20, 80))
        most = max((len(one.columns) for one in _lists(parts) if one.look != "strip"), default=1)
        if len(self._grid) < most:
            self._grid = (round(100 / most),) * most
        self._spares = 0

    def section(self, name: str) -> Section:
        columns = (
            Column("", 20, hidden=True),  # wide enough for its mark: a line is as high as its cells need, seen or not
            *(Column("", max(6, width * _WIDTH / sum(self._grid))) for width in self._grid),
        )
        blocks: list[Block] = []
        for part in self._sheet.form.parts:
            rows = tuple(self._part(part))
            if rows:
                blocks.append(Table(columns, rows))
        opening = (
            Heading(self._sheet.title, 0),
            Paragraph(self._sheet.state, Role.SUBTITLE),
            Paragraph(_TOLD, Role.REMARK),
        )
        return Section((*opening, *blocks), Page(margins=NARROW, landscape=len(self._grid) > 6), name)

    # --- lines ------------------------------------------------------------------------------------------------

    def _mark(self) -> str:
        return f"s{self.map.key}l{len(self.map.lines) + 1}"

    def _line(self, cells: Sequence[Cell | EditCell], spans: Sequence[int], first: int = 0) -> Row:
        """A line: its mark, then cells with how many columns they take, from the column at index ``first``."""
        at, drawn, places = first + 1, [], {}
        for cell, span in zip(cells, spans, strict=True):
            if isinstance(cell, Cell):
                drawn.append(replace(cell, columns=span))
            else:
                places[letters(at)] = Place(cell.thing, cell.below, cell.text)
                drawn.append(Cell(cell.text or None, span, align=_align(cell), entry=_entry(cell)))
            at += span
        mark = self._mark()
        self.map.lines[mark] = places
        return (mark, *drawn)

    def _part(self, part: EditPart) -> Iterator[Row]:
        width = len(self._grid)
        if part.title:
            yield self._line([Cell(part.title, look=Look.BAND)], [width])
        below = 0  # how many lines more a label at the left reaches into
        for line in part.lines:
            first = 1 if below else 0
            below = max(below - 1, 0)
            if line and line[0].rows > 1:
                below = line[0].rows - 1
            yield from self._slots(line, first)
        for one in part.lists:
            yield from self._list(one, 0)

    def _slots(self, line: Sequence[EditSlot], first: int) -> Iterator[Row]:
        """A line of the head; a list in it takes as many lines as it needs, beside its label."""
        held = next((slot.list for slot in line if slot.list is not None), None)
        if held is not None:
            rows = list(self._list(held, 1))
            label = next((slot.label for slot in line if slot.label), held.label)
            for n, (mark, *others) in enumerate(rows):
                beside = (Cell(label, 1, len(rows), look=Look.LABEL),) if n == 0 else ()
                yield (mark, *beside, *others)
            return
        room = len(self._grid) - first
        cells: list[Cell | EditCell] = []
        spans: list[int] = []
        rest: list[EditCell] = []
        for slot in line:
            if slot.label:
                cells.append(Cell(slot.label, rows=slot.rows, look=Look.LABEL))
                spans.append(slot.columns)
            elif slot.cells:
                here = slot.cells[: slot.columns]
                rest += slot.cells[slot.columns :]
                cells += here
                spans += _shared(slot.columns, len(here))
            else:
                cells.append(Cell(slot.text or None, look=Look.LABEL))
                spans.append(slot.columns)
        spans = self._fitted(spans, room)
        yield self._line(cells, spans, first)
        for cell in rest:
            yield self._line([Cell(cell.label, look=Look.LABEL), cell], [1, room - 1], first)

    def _fitted(self, spans: Sequence[int], room: int) -> list[int]:
        """As many columns as there are: a grid of the rows may have more of them than that of the head."""
        left = room - sum(spans)
        if left >= 0:
            return [*spans[:-1], spans[-1] + left]
        return shared_by_width(self._grid[-room:], len(spans))

    # --- lists ------------------------------------------------------------------------------------------------

    def _list(self, one: EditList, first: int) -> Iterator[Row]:
        spares = 0 if one.look == "strip" else SPARE_ROWS if one.is_table else SPARE_LINES
        rows = [*one.rows, *(self._spare(one) for _ in range(spares))]
        for row in rows:
            self.map.things[row.thing] = Listed(one.holder, one.name, row.number == 0)
        room = len(self._grid) - first
        if one.look == "strip":
            yield from self._strip(one.rows, first, room)
        elif one.is_table or (len(one.columns) == 1 and not any(row.inner for row in rows)):
            yield from self._table(one, rows, first, room)
        else:
            for row in rows:
                yield from self._block(row, first, room)

    def _spare(self, one: EditList) -> EditRow:
        """An empty row, its cells those of a thing that is none yet."""
        self._spares += 1
        id_ = f"+{self._spares}"
        cells = tuple(replace(cell, thing=id_, text="", last_year="") for cell in one.blank.cells)
        inner = tuple(replace(held, holder=id_, rows=()) for held in _inner(one))
        return EditRow(id_, cells, 0, inner)

    def _table(self, one: EditList, rows: Sequence[EditRow], first: int, room: int) -> Iterator[Row]:
        widths = self._grid[-room:]
        count = len(one.columns)
        spans = [room] if count == 1 else shared_by_width(widths, count) if count != room else [1] * room
        if count > 1:
            titles = [Cell(_titled(cell), look=Look.LABEL) for cell in one.columns]
            yield self._line(titles, spans, first)
        for row in rows:
            yield self._line(row.cells, spans, first)

    def _strip(self, rows: Sequence[EditRow], first: int, room: int) -> Iterator[Row]:
        """Narrow things side by side: their first cells, below them the others."""
        for n in range(0, len(rows), room):
            some = rows[n : n + room]
            spans = shared_by_width(self._grid[-room:], len(some))
            for cells in zip(*(row.cells for row in some), strict=True):
                yield self._line(cells, spans, first)

    def _block(self, row: EditRow, first: int, room: int) -> Iterator[Row]:
        label = 1 if room > 1 else 0
        title = f"第{row.number}项" if row.number else "再加一项（不加就空着）"
        yield self._line([Cell(title, look=Look.BAND)], [room], first)
        for cell in row.cells:
            yield self._line([Cell(_titled(cell), look=Look.LABEL), cell], [label, room - label], first)
        for inner in row.inner:
            yield from self._list(inner, first)


def _inner(one: EditList) -> tuple[EditList, ...]:
    """The lists within the things of a list, as the last of them has them."""
    return one.rows[-1].inner if one.rows else ()


def _lists(parts: Sequence[EditPart]) -> Iterator[EditList]:
    for part in parts:
        for one in (*part.lists, *(slot.list for line in part.lines for slot in line if slot.list is not None)):
            yield one
            yield from (inner for row in one.rows for inner in row.inner)


def _shared(columns: int, among: int) -> list[int]:
    each, more = divmod(columns, among)
    return [each + (n < more) for n in range(among)]


def _titled(cell: EditCell) -> str:
    return f"{cell.label}（{cell.unit}）" if cell.unit else cell.label


def _align(cell: EditCell) -> Align | None:
    return Align.CENTER if cell.kind in ("number", "choice") else None


def _entry(cell: EditCell) -> Entry:
    hint = cell.hint
    if cell.last_year:
        hint = f"{hint} 上年：{cell.last_year}".strip()
    choices = _SIGNS if cell.below.endswith("/comparator") else cell.choices
    return Entry(cell.label, hint or "", choices)
