"""Reads .docx from its XML: paragraphs and tables with the spans Word states (gridSpan, vMerge)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from jixiao.domain.note import Note
from jixiao.domain.plan import Source
from jixiao.domain.provenance import Location
from jixiao.readers.archive import Archive
from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.raw import Cell, Grid, Paragraph, RawDocument
from jixiao.readers.text.residue import strip_residue

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _TBL, _TR, _TC = _W + "p", _W + "tbl", _W + "tr", _W + "tc"
_T, _TAB, _BR, _CR, _HYPHEN = _W + "t", _W + "tab", _W + "br", _W + "cr", _W + "noBreakHyphen"
_R = _W + "r"
_SIGNS = {_TAB: "\t", _BR: "\n", _CR: "\n", _HYPHEN: "-"}
_SYMBOL, _CHAR = _W + "sym", _W + "char"
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SYMBOLS = {
    "B3": "≥",
    "A3": "≤",
    "B1": "±",
    "B4": "×",
    "BB": "≈",
    "B9": "≠",
    "3D": "=",
    "3C": "<",
    "3E": ">",
    "25": "%",
}
"""Signs of the font Symbol by the last two digits of their code: a ≥ from the symbol dialog is no ordinary text"""
_PRINTED = (_T, _FORMULA, _SYMBOL, *_SIGNS)
_NOT_PLAIN = (b"moveFrom", b"Fallback", b"txbxContent")
"""Names of elements whose words must be left out or set apart; without them every w:t is printed text"""
_TCPR, _GRID_SPAN, _V_MERGE, _VAL = _W + "tcPr", _W + "gridSpan", _W + "vMerge", _W + "val"
_TRPR, _GRID_BEFORE = _W + "trPr", _W + "gridBefore"
_TABLE_PARTS = (_TR, _TC, _GRID_BEFORE, _GRID_SPAN, _V_MERGE, _P, *_PRINTED)
_BODY = _W + "body"
_SDT, _SDT_CONTENT = _W + "sdt", _W + "sdtContent"
_SKIPPED = frozenset(
    {
        _W + "del",  # deleted text of tracked changes
        _W + "moveFrom",
        _W + "pPr",
        _W + "rPr",
        _W + "instrText",  # the code of a field; its result is ordinary text
        _W + "delText",
        _W + "delInstrText",
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
_TEXT_BOX = _W + "txbxContent"
_LARGEST_PART = 64 * 1024 * 1024
_MOST_NODES = 3_000_000
"""Elements and attributes; lxml needs about 100 bytes for each"""
_MAIN = "word/document.xml"
_AUTHOR, _TRACKED = b"w:author=", (b"<w:del ", b"<w:ins ", b"<w:moveFrom ")
_WIDEST = 1000
_REMEDY = "请用 WPS 或 Word 打开并另存为 .docx 后重试"


def read_docx(data: bytes, source: Source) -> RawDocument:
    """The blocks of a Word document. Raises UnreadableFileError where it is damaged or no Word document."""
    xml = document_xml(data)
    body = _body(xml)
    reader = _Reader(plain=not any(name in xml for name in _NOT_PLAIN))
    if _AUTHOR in xml and any(name in xml for name in _TRACKED):
        reader.notes.append(
            Note("docx.tracked_changes", "", "文档里有未接受的修订：按接受全部修订后的文字读取，已删除的文字不读。")
        )
    for block in _children(body):
        reader.block(block)
    return RawDocument(source, tuple(reader.blocks), tuple(reader.notes))


def document_xml(data: bytes) -> bytes:
    """The main part of a .docx. Raises UnreadableFileError where there is none or it is too large to read."""
    with Archive(data, _REMEDY) as archive:
        if _MAIN not in archive.names:
            raise UnreadableFileError("压缩包里没有 Word 正文（word/document.xml）", _REMEDY)
        return archive.read(_MAIN, _LARGEST_PART)


def _body(xml: bytes) -> Any:
    if xml.count(b"<") + xml.count(b"=") > _MOST_NODES:
        raise UnreadableFileError("文档正文展开后过大，超出可读范围", "请拆成几个文件后重试")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFileError("文档正文的 XML 不完整或不合规", _REMEDY) from error
    if (
        root.getroottree().docinfo.internalDTD is not None
    ):  # no Word document has one; entities and external files come in by it
        raise UnreadableFileError("文档正文含有不应有的 DOCTYPE 声明，可能被改动过", _REMEDY)
    body = root.find(_BODY)
    if body is None:
        raise UnreadableFileError("文档没有正文", _REMEDY)
    return body


def _children(element: Any) -> Iterator[Any]:
    """Block-level children, with content controls opened."""
    for child in element:
        if child.tag == _SDT:
            content = child.find(_SDT_CONTENT)
            if content is not None:
                yield from _children(content)
        else:
            yield child


class _Reader:
    """Walks the body once; counts paragraphs and tables outside tables as a reader of the file would."""

    def __init__(self, *, plain: bool) -> None:
        self.blocks: list[Paragraph | Grid] = []
        self._plain = plain
        self.notes: list[Note] = []
        self._paragraphs = 0
        self._tables = 0

    def block(self, element: Any) -> None:
        if element.tag == _P:
            self._paragraphs += 1
            text, boxes = _text(element, plain=self._plain)
            self._paragraph(text, Location(text=text, paragraph=self._paragraphs))
            for box in boxes:
                for inner in _children(box):
                    self.block(inner)
        elif element.tag == _TBL:
            self._table(element)

    def _paragraph(self, text: str, place: Location) -> None:
        clean, removed = strip_residue(text)
        self._tell_residue(place, removed)
        if clean.strip():
            self.blocks.append(Paragraph(clean.strip(), place))

    def _table(self, table: Any) -> None:
        self._tables += 1
        number = self._tables
        nested: list[Any] = []
        simple = self._plain and next(table.iterdescendants(_TBL), None) is None
        printed = _printed_rows(table) if simple else _careful_rows(table, nested)
        rows = self._join_merged(printed, number)
        if any(rows):
            place = next(row[0].place for row in rows if row)
            self.blocks.append(Grid(tuple(tuple(row) for row in rows), place))
        for inner in nested:
            self._table(inner)

    def _join_merged(self, printed: _PrintedRows, table: int) -> list[list[Cell]]:
        """Cells by the row they begin in; one continued below by vMerge spans those rows."""
        rows: list[list[Cell]] = []
        begun: dict[int, tuple[int, int]] = {}  # column → (row, position) of the cell a merge began in
        last: dict[tuple[int, int], int] = {}  # (row, position) → last row that a merge reaches into
        continued: dict[tuple[int, int], list[str]] = {}  # (row, position) → words in its continuations: they count
        for r, (column, cells) in enumerate(printed):
            row: list[Cell] = []
            rows.append(row)
            for position, cell in enumerate(cells, 1):
                raw = "".join(cell.words).strip()
                text = self._clean(raw, table, r, position) if "\\" in raw or "[" in raw else raw
                if cell.merge is None:
                    begun.pop(column, None)
                    row.append(
                        Cell(text, r, column, Location(raw, table=table, row=r + 1, column=position), 1, cell.span)
                    )
                elif cell.merge == "continue" and column in begun:
                    last[begun[column]] = r
                    if text:
                        continued.setdefault(begun[column], []).append(text)
                else:
                    begun[column] = (r, len(row))
                    row.append(
                        Cell(text, r, column, Location(raw, table=table, row=r + 1, column=position), 1, cell.span)
                    )
                column += cell.span
        for (r, index), end in last.items():
            rows[r][index] = replace(rows[r][index], row_span=end - r + 1)
        for (r, index), words in continued.items():
            cell_above = rows[r][index]
            joined = "\n".join((cell_above.text, *words)).strip()
            rows[r][index] = replace(cell_above, text=joined, place=replace(cell_above.place, text=joined))
        return rows

    def _clean(self, text: str, table: int, r: int, position: int) -> str:
        clean, removed = strip_residue(text)
        place = Location(table=table, row=r + 1, column=position)
        self._tell_residue(place, removed)
        return clean.strip()

    def _tell_residue(self, place: Location, removed: tuple[str, ...]) -> None:
        self.notes += [
            Note("residue.removed", "", f"{place.label}有残留“{residue}”，读取时已去掉；请在原文件中删除。")
            for residue in removed
        ]


@dataclass(slots=True)
class _Printed:
    """A w:tc as it stands: its words, columns it covers, vMerge (None, "restart" or "continue")."""

    words: list[str] = field(default_factory=list)
    """pieces of text, with a line end before every paragraph but the first"""
    begun: bool = False
    span: int = 1
    merge: str | None = None

    def paragraph(self) -> None:
        if self.begun:
            self.words.append("\n")
        self.begun = True


_PrintedRows = list[tuple[int, list[_Printed]]]
"""(columns left out at the left, cells) of every row"""


def _printed_rows(table: Any) -> _PrintedRows:
    """The rows of a table without nested tables or words to leave out, in one pass over what matters."""
    rows: _PrintedRows = []
    cell = _Printed()
    for element in table.iter(*_TABLE_PARTS):
        tag = element.tag
        if tag == _T:
            cell.words.append(element.text or "")
        elif tag == _P:
            cell.paragraph()
        elif tag == _TC:
            cell = _Printed()
            if rows:
                rows[-1][1].append(cell)
        elif tag == _V_MERGE:
            cell.merge = element.get(_VAL) or "continue"
        elif tag == _GRID_SPAN:
            cell.span = max(1, _count(element.get(_VAL)))
        elif tag == _TR:
            rows.append((0, []))
        elif tag == _GRID_BEFORE:
            if rows:
                rows[-1] = (_count(element.get(_VAL)), rows[-1][1])
        else:
            cell.words.append(_sign(element))
    return rows


def _careful_rows(table: Any, nested: list[Any]) -> _PrintedRows:
    """The rows of any table: tracked changes, text boxes and nested tables (put into ``nested``) told apart."""
    rows: _PrintedRows = []
    for tr in _children(table):
        if tr.tag != _TR:
            continue
        properties = tr.find(_TRPR)
        before = properties.find(_GRID_BEFORE) if properties is not None else None
        cells = [_careful_cell(tc, nested) for tc in _children(tr) if tc.tag == _TC]
        rows.append((0 if before is None else _count(before.get(_VAL)), cells))
    return rows


def _careful_cell(tc: Any, nested: list[Any]) -> _Printed:
    cell = _Printed()
    for child in _children(tc):
        if child.tag == _P:
            text, boxes = _text(child, plain=False)
            for words in (text, *(_text(p, plain=False)[0] for box in boxes for p in box.iter(_P))):
                cell.paragraph()
                cell.words.append(words)
        elif child.tag == _TBL:
            nested.append(child)
        elif child.tag == _TCPR:
            span, merge = child.find(_GRID_SPAN), child.find(_V_MERGE)
            cell.span = 1 if span is None else max(1, _count(span.get(_VAL)))
            cell.merge = None if merge is None else merge.get(_VAL) or "continue"
    return cell


def _count(value: str | None) -> int:
    return min(int(value), _WIDEST) if value and value.isascii() and value.isdigit() else 0


def _text(paragraph: Any, *, plain: bool) -> tuple[str, list[Any]]:
    """(the words of a paragraph as printed, text boxes anchored in it).

    ``plain`` promises that nothing in the document has to be left out or set apart: then one pass over the text
    elements does, several times as fast.
    """
    words: list[str] = []
    boxes: list[Any] = []
    if plain:
        for element in paragraph.iter(*_PRINTED):
            tag = element.tag
            if tag == _T:
                words.append(element.text or "")
            else:
                words.append(_sign(element))
    else:
        _collect(paragraph, words, boxes)
    return "".join(words), boxes


def _collect(element: Any, words: list[str], boxes: list[Any]) -> None:
    for child in element:
        tag = child.tag
        if tag == _T:
            words.append(child.text or "")
        elif tag in _SKIPPED:
            continue
        elif tag in _PRINTED:
            words.append(_sign(child))
        elif tag == _TEXT_BOX:
            boxes.append(child)
        elif len(child):
            _collect(child, words, boxes)


def _sign(element: Any) -> str:
    """What an element that is no w:t prints: a tab, a line end, a sign of the font Symbol, words of a formula."""
    tag = element.tag
    if tag == _FORMULA:
        return element.text or ""
    if tag == _SYMBOL:
        return _SYMBOLS.get((element.get(_CHAR) or "")[-2:].upper(), "\ufffd")
    # a tab stop in the properties is no tab in the text
    return _SIGNS[tag] if element.getparent().tag == _R else ""
