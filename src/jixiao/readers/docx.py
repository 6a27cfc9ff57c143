"""Reads .docx from its XML: paragraphs and tables with the spans Word states (gridSpan, vMerge)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from jixiao.domain.note import Note
from jixiao.domain.plan import Source
from jixiao.domain.provenance import Location
from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.raw import Cell, Grid, Paragraph, RawDocument
from jixiao.readers.text.residue import strip_residue

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _TBL, _TR, _TC = _W + "p", _W + "tbl", _W + "tr", _W + "tc"
_T, _TAB, _BR, _CR, _HYPHEN = _W + "t", _W + "tab", _W + "br", _W + "cr", _W + "noBreakHyphen"
_TCPR, _GRID_SPAN, _V_MERGE, _VAL = _W + "tcPr", _W + "gridSpan", _W + "vMerge", _W + "val"
_TRPR, _GRID_BEFORE = _W + "trPr", _W + "gridBefore"
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
_LARGEST_PART = 200 * 1024 * 1024
_WIDEST = 1000
_REMEDY = "请用 WPS 或 Word 打开并另存为 .docx 后重试"


def read_docx(data: bytes, source: Source) -> RawDocument:
    """The blocks of a Word document. Raises UnreadableFileError where it is damaged or no Word document."""
    body = _body(document_xml(data))
    reader = _Reader()
    for block in _children(body):
        reader.block(block)
    return RawDocument(source, tuple(reader.blocks), tuple(reader.notes))


def document_xml(data: bytes) -> bytes:
    """The main part of a .docx."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            info = archive.getinfo("word/document.xml")
            if info.file_size > _LARGEST_PART:
                raise UnreadableFileError("文档正文展开后超过 200 MB", "请拆成几个文件后重试")
            return archive.read(info)
    except KeyError as error:
        raise UnreadableFileError("压缩包里没有 Word 正文（word/document.xml）", _REMEDY) from error
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise UnreadableFileError("文件已损坏或被加密，无法解开", _REMEDY) from error


def _body(xml: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFileError("文档正文的 XML 不完整或不合规", _REMEDY) from error
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

    def __init__(self) -> None:
        self.blocks: list[Paragraph | Grid] = []
        self.notes: list[Note] = []
        self._paragraphs = 0
        self._tables = 0

    def block(self, element: Any) -> None:
        if element.tag == _P:
            self._paragraphs += 1
            text, boxes = _text(element)
            self._paragraph(text, Location(text=text, paragraph=self._paragraphs))
            for box in boxes:
                for inner in _children(box):
                    self.block(inner)
        elif element.tag == _TBL:
            self._table(element)

    def _paragraph(self, text: str, place: Location) -> None:
        clean, removed = strip_residue(text)
        self.notes += [
            Note("residue.removed", "", f"{place.label}有残留“{residue}”，读取时已去掉；请在原文件中删除。")
            for residue in removed
        ]
        if clean.strip():
            self.blocks.append(Paragraph(clean.strip(), place))

    def _table(self, table: Any) -> None:
        self._tables += 1
        number = self._tables
        rows: list[list[Cell]] = []
        open_merges: dict[int, tuple[int, int]] = {}  # column → (row, position) of the cell a merge began in
        later: list[Any] = []
        for r, tr in enumerate(_rows(table)):
            rows.append([])
            column = _grid_before(tr)
            for position, tc in enumerate(_cells(tr), 1):
                span, merge = _spans(tc)
                if merge == "continue" and column in open_merges:
                    first_row, index = open_merges[column]
                    began = rows[first_row][index]
                    rows[first_row][index] = _taller(began, r)
                    extra, nested = _cell_text(tc)
                    later += nested
                    if extra:  # words hidden in a continued cell still count
                        rows[first_row][index] = _longer(rows[first_row][index], extra)
                else:
                    text, nested = _cell_text(tc)
                    later += nested
                    place = Location(text=text, table=number, row=r + 1, column=position)
                    rows[-1].append(Cell(text, r, column, place, 1, span))
                    open_merges.pop(column, None)
                    if merge is not None:
                        open_merges[column] = (r, len(rows[-1]) - 1)
                column += span
        if any(rows):
            place = next(row[0].place for row in rows if row)
            self.blocks.append(Grid(tuple(tuple(row) for row in rows), place))
        for nested_table in later:
            self._table(nested_table)


def _rows(table: Any) -> Iterator[Any]:
    for child in _children(table):
        if child.tag == _TR:
            yield child


def _cells(row: Any) -> Iterator[Any]:
    for child in _children(row):
        if child.tag == _TC:
            yield child


def _grid_before(row: Any) -> int:
    properties = row.find(_TRPR)
    before = properties.find(_GRID_BEFORE) if properties is not None else None
    return _count(before.get(_VAL)) if before is not None else 0


def _spans(cell: Any) -> tuple[int, str | None]:
    """(columns the cell covers, vMerge: None, "restart" or "continue")."""
    properties = cell.find(_TCPR)
    if properties is None:
        return 1, None
    span, merge = 1, None
    for p in properties:
        if p.tag == _GRID_SPAN:
            span = max(1, _count(p.get(_VAL)))
        elif p.tag == _V_MERGE:
            merge = p.get(_VAL) or "continue"
    return span, merge


def _count(value: str | None) -> int:
    return min(int(value), _WIDEST) if value and value.isascii() and value.isdigit() else 0


def _taller(cell: Cell, row: int) -> Cell:
    return Cell(cell.text, cell.row, cell.column, cell.place, row - cell.row + 1, cell.column_span)


def _longer(cell: Cell, text: str) -> Cell:
    return Cell(f"{cell.text}\n{text}".strip(), cell.row, cell.column, cell.place, cell.row_span, cell.column_span)


def _cell_text(cell: Any) -> tuple[str, list[Any]]:
    """(the cell's paragraphs joined by line ends, tables nested in it)."""
    paragraphs: list[str] = []
    nested: list[Any] = []
    for child in _children(cell):
        if child.tag == _P:
            text, boxes = _text(child)
            paragraphs.append(text)
            for box in boxes:
                paragraphs += [_text(p)[0] for p in box.iter(_P)]
        elif child.tag == _TBL:
            nested.append(child)
    text = paragraphs[0] if len(paragraphs) == 1 else "\n".join(paragraphs)
    return strip_residue(text)[0].strip() if "\\" in text or "[" in text else text.strip(), nested


def _text(paragraph: Any) -> tuple[str, list[Any]]:
    """(the words of a paragraph as printed, text boxes anchored in it)."""
    words: list[str] = []
    boxes: list[Any] = []
    _collect(paragraph, words, boxes)
    return "".join(words), boxes


def _collect(element: Any, words: list[str], boxes: list[Any]) -> None:
    for child in element:
        tag = child.tag
        if tag == _T:
            words.append(child.text or "")
        elif tag in _SKIPPED:
            continue
        elif tag == _TAB:
            words.append("\t")
        elif tag in (_BR, _CR):
            words.append("\n")
        elif tag == _HYPHEN:
            words.append("-")
        elif tag == _TEXT_BOX:
            boxes.append(child)
        elif len(child):
            _collect(child, words, boxes)
