"""Reads .docx from its XML: paragraphs and tables with the spans Word states (gridSpan, vMerge)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from jixiao.domain.note import Note
from jixiao.domain.plan import Source
from jixiao.domain.provenance import Location
from jixiao.readers.formats.docx.embedded import Embedded
from jixiao.readers.formats.docx.list_numbers import print_numbers
from jixiao.readers.formats.docx.package import MC, R_ID, REMEDY, M, Package, W
from jixiao.readers.formats.docx.printed import ALT_CHUNK, HOST, IN_COLUMN, IN_HOST, IN_ROW, leave_only_printed
from jixiao.readers.formats.docx.told import notes_on, page_heads
from jixiao.readers.raw import Cell, Grid, Paragraph, RawDocument
from jixiao.readers.raw.blocks import Inside
from jixiao.readers.raw.content import Content
from jixiao.readers.raw.margins import with_heads
from jixiao.readers.raw.residue import strip_residue
from jixiao.readers.raw.symbols import sign

_P, _TBL, _TR, _TC = W + "p", W + "tbl", W + "tr", W + "tc"
_T, _TAB, _BR, _CR, _HYPHEN = W + "t", W + "tab", W + "br", W + "cr", W + "noBreakHyphen"
_R = W + "r"
_SIGNS = {_TAB: "\t", W + "ptab": "\t", _BR: "\n", _CR: "\n", _HYPHEN: "-"}
_SYMBOL, _CHAR, _FONT = W + "sym", W + "char", W + "font"
_FORMULA = M + "t"
_PRINTED = (_T, _FORMULA, _SYMBOL, *_SIGNS)
_GRID_SPAN, _V_MERGE, _VAL, _GRID_BEFORE = W + "gridSpan", W + "vMerge", W + "val", W + "gridBefore"
_PROPERTIES = frozenset((_GRID_BEFORE, _GRID_SPAN, _V_MERGE))
_TABLE_PARTS = (_TR, _TC, _GRID_BEFORE, _GRID_SPAN, _V_MERGE, _P, *_PRINTED)
_OPENED = frozenset(
    (
        *(W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")),
        *(MC + name for name in ("AlternateContent", "Choice", "Fallback")),
    )
)
"""What may stand round paragraphs and tables"""
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{2,8}")
_WIDEST = 1000
_new = tuple.__new__
_MOST_TOLD = 20


def read_docx(
    content: Content, source: Source, read_inner: Callable[[bytes], RawDocument] | None = None
) -> RawDocument:
    """The blocks of a Word document. Raises UnreadableFileError where it is damaged or no Word document.

    ``read_inner`` reads a file inside it; None where it is itself inside a document, and such files are not read.
    """
    package = Package(content.archive(REMEDY))
    left_out = leave_only_printed(package)
    print_numbers(package)
    reader = _Reader(package, Embedded(read_inner) if read_inner else None)
    for block in _children(package.body):
        reader.block(block)
    blocks, head_notes = with_heads(page_heads(package), reader.blocks)
    notes = (*notes_on(package, left_out), *head_notes, *reader.all_notes())
    return RawDocument(source, tuple(blocks), notes, traces=package.carried)


def _children(element: Any) -> Iterator[Any]:
    """Block-level children, with content controls and the like opened."""
    for child in element:
        if child.tag in _OPENED:
            yield from _children(child)
        else:
            yield child


class _Reader:
    """Walks the body once; counts paragraphs and tables outside tables as a reader of the file would."""

    def __init__(self, package: Package, embedded: Embedded | None) -> None:
        self.blocks: list[Paragraph | Grid] = []
        self._package = package
        self._embedded = embedded
        self._notes: list[Note] = []
        self._paragraphs = 0
        self._tables = 0
        self._hosts: dict[str, int] = {}  # mark of a table with others in its cells → its number

    def block(self, element: Any) -> None:
        if element.tag == _P:
            self._paragraphs += 1
            text = _text(element)
            self._paragraph(text, Location(text=text, paragraph=self._paragraphs))
        elif element.tag == _TBL:
            self._table(element)
        elif element.tag == ALT_CHUNK and self._embedded is not None:
            part = self._package.related.get(element.get(R_ID) or "")
            content = None if part is None else partial(self._package.part, part)
            for block in self._embedded.blocks(content, self._paragraphs, self._tables):
                self.blocks.append(block)
                self._paragraphs = max(self._paragraphs, block.place.paragraph or 0)
                self._tables = max(self._tables, block.place.table or 0)

    def all_notes(self) -> list[Note]:
        return [*self._notes, *(self._embedded.notes if self._embedded else ())]

    def _paragraph(self, text: str, place: Location) -> None:
        clean, removed = strip_residue(text)
        self._tell_residue(place, removed)
        if clean.strip():
            self.blocks.append(Paragraph(clean.strip(), place))

    def _table(self, table: Any) -> None:
        self._tables += 1
        rows = self._join_merged(_printed_rows(table), self._tables)
        if any(rows):
            place = next(row[0].place for row in rows if row)
            self.blocks.append(Grid(tuple([tuple(row) for row in rows]), place, inside=self._inside(table)))

    def _inside(self, table: Any) -> Inside | None:
        """Where a table stood that was in a cell of another."""
        if (host := table.get(HOST)) is not None:
            self._hosts[host] = self._tables
        if (number := self._hosts.get(table.get(IN_HOST, ""))) is None:
            return None
        return Inside(number, int(table.get(IN_ROW)), int(table.get(IN_COLUMN)))

    def _join_merged(self, printed: _PrintedRows, table: int) -> list[list[Cell]]:
        """Cells by the row they begin in; one continued below by vMerge spans those rows."""
        rows: list[list[Cell]] = []
        begun: dict[int, tuple[int, int]] = {}  # column → (row, position) of the cell a merge began in
        last: dict[tuple[int, int], int] = {}  # (row, position) → last row that a merge reaches into
        covered: dict[tuple[int, int], list[tuple[str, Location]]] = {}  # (row, position) → words in its continuations
        for r, (column, cells) in enumerate(printed):
            row: list[Cell] = []
            rows.append(row)
            for position, (words, span, merge) in enumerate(cells, 1):
                raw = (words[0] if len(words) == 1 else "".join(words)).strip()
                text = raw
                if not raw.isprintable() or "\\" in raw or "[" in raw:
                    text = self._clean(raw, table, r, position)
                if merge == "continue" and column in begun:
                    last[begun[column]] = r
                    if text:
                        place = Location(raw, table=table, row=r + 1, column=position)
                        covered.setdefault(begun[column], []).append((text, place))
                else:
                    if merge is not None:
                        begun[column] = (r, len(row))
                    elif begun:
                        begun.pop(column, None)
                    # as Location(raw, table=table, row=r + 1, column=position) and Cell(…) make it, in half the time
                    place = _new(Location, (raw, None, None, None, None, table, r + 1, position, None, None))
                    row.append(_new(Cell, (text, r, column, place, 1, span, False)))
                column += span
        for (r, index), end in last.items():
            rows[r][index] = rows[r][index]._replace(row_span=end - r + 1)
        for (r, index), more in covered.items():
            rows[r][index] = self._shown(rows[r][index], more)
        return rows

    def _shown(self, cell: Cell, covered: list[tuple[str, Location]]) -> Cell:
        """A merged cell as Word shows it: by its own words. Programs leave its label, or old words, in what it covers.

        A cell without words of its own takes those of the first cell under it that has some: its label may be there.
        """
        compact = "".join(cell.text.split())
        other = [(text, place) for text, place in covered if "".join(text.split()) != compact]
        if other and not cell.text:
            (text, place), *other = other
            self._tell_covered([(text, place)], "按合并单元格的文字读入，请核对")
            cell = cell._replace(text=text, place=place)
            other = [(more, at) for more, at in other if more != text]
        if other:
            self._tell_covered(other, "未读入")
        return cell

    def _tell_covered(self, covered: list[tuple[str, Location]], what: str) -> None:
        words = "、".join(f"{place.label}“{' '.join(text.split())}”" for text, place in covered[:_MOST_TOLD])
        more = f" 等 {len(covered)} 处" if len(covered) > _MOST_TOLD else ""
        message = f"被合并单元格盖住的格里还留有文字，Word 里看不到，{what}：{words}{more}"
        self._notes.append(Note("hidden.left_out", "", message))

    def _clean(self, text: str, table: int, r: int, position: int) -> str:
        clean, removed = strip_residue(text)
        place = Location(table=table, row=r + 1, column=position)
        self._tell_residue(place, removed)
        return clean.strip()

    def _tell_residue(self, place: Location, removed: tuple[str, ...]) -> None:
        self._notes += [
            Note("residue.removed", "", f"{place.label}有残留“{residue}”，读取时已去掉；请在原文件中删除。")
            for residue in removed
        ]


_Printed = tuple[list[str], int, str | None]
"""A w:tc as it stands: pieces of its words, columns it covers, vMerge (None, "restart" or "continue")"""
_PrintedRows = list[tuple[int, list[_Printed]]]
"""(columns left out at the left, cells) of every row"""


def _printed_rows(table: Any) -> _PrintedRows:
    """The rows of a table, in one pass over what matters; every paragraph of a cell but the first begins a line."""
    rows: _PrintedRows = []
    cells: list[_Printed] = []
    words: list[str] = []
    first = True
    for element in table.iter(*_TABLE_PARTS):
        tag = element.tag
        if tag == _T:
            words.append(element.text or "")
        elif tag == _P:
            if first:
                first = False
            else:
                words.append("\n")
        elif tag == _TC:
            words, first = [], True
            cells.append((words, 1, None))
        elif tag == _GRID_SPAN and cells:
            cells[-1] = (words, max(1, _count(element.get(_VAL))), cells[-1][2])
        elif tag == _V_MERGE and cells:
            cells[-1] = (words, cells[-1][1], element.get(_VAL) or "continue")
        elif tag == _TR:
            cells = []
            rows.append((0, cells))
        elif tag == _GRID_BEFORE and rows:
            rows[-1] = (_count(element.get(_VAL)), cells)
        elif tag not in _PROPERTIES:
            words.append(_sign(element))
    return rows


def _count(value: str | None) -> int:
    return min(int(value), _WIDEST) if value and value.isascii() and value.isdigit() else 0


def _text(paragraph: Any) -> str:
    """The words of a paragraph."""
    return "".join([(e.text or "") if e.tag == _T else _sign(e) for e in paragraph.iter(*_PRINTED)])


def _sign(element: Any) -> str:
    """What an element that is no w:t prints: a tab, a line end, a sign of a symbol font, words of a formula."""
    tag = element.tag
    if tag == _FORMULA:
        return element.text or ""
    if tag == _SYMBOL:
        code = element.get(_CHAR) or ""
        return sign(element.get(_FONT), int(code[-4:], 16) if _HEXADECIMAL.fullmatch(code) else 0)
    # a tab stop in the properties is no tab in the text
    return _SIGNS[tag] if element.getparent().tag == _R else ""
