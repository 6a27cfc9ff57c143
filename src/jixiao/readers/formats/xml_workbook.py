"""Workbooks of Excel 2003 as one XML file (``Workbook``), which many systems still export under the name .xls."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from lxml import etree

from jixiao.domain.note import Note
from jixiao.domain.provenance import Location
from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.format import Family, Format, Request, Surety
from jixiao.readers.raw import Grid, Paragraph, RawDocument
from jixiao.readers.raw.content import Content
from jixiao.readers.raw.margins import annotation_notes, head_lines, with_heads
from jixiao.readers.raw.number_formats import printed
from jixiao.readers.raw.office_xml import EXCEL_2003, is_excel_2003
from jixiao.readers.raw.symbols import is_symbol_font, signs
from jixiao.readers.raw.worksheet import (
    SheetCell,
    check_extent,
    covered_note,
    hidden_note,
    hidden_sheet_note,
    sheet_blocks,
    without_covered,
    without_hidden,
)
from jixiao.vocabulary import Vocabulary

_SS = f"{{{EXCEL_2003}}}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_HTML = "{http://www.w3.org/TR/REC-html40}"
_REMEDY = "请用 WPS 或 Excel 打开并另存为 .xlsx 后重试"
_TOO_LARGE = "请删除表格以外多余的行、列和合并单元格，或拆成几个文件后重试"
_LARGEST = 64 * 1024 * 1024
_MOST_NODES = 1_500_000
"""Elements and attributes; lxml needs about 100 bytes for each, cells more"""
_MOST_MERGED = 400_000
"""Cells in merged ranges, as in other workbooks"""
_MOST_COLUMNS = 16_384
_MOST_PARENTS = 20
"""Styles that go back to one another"""
_FORMS = {
    "General Number": "General", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00",
    "Currency": "#,##0.00", "Euro Currency": "#,##0.00", "General Date": "yyyy/m/d", "Short Date": "yyyy/m/d",
    "Medium Date": "yyyy/m/d", "Long Date": 'yyyy"年"m"月"d"日"',
}  # fmt: skip
"""Number formats by the names that files may give them"""
_FIELD_CODE = re.compile(r"&\[?(?:Page|Pages|Date|Time|File|Tab|Path|[PNDTFAZG])\]?|&[BIUSEXY]|&\d+|&\"[^\"]*\"")
_HEAD_PARTS = re.compile(r"&[LCR]|\n")
_FILTER_RANGE = re.compile(r"R(\d{1,7})C\d{1,5}:R(\d{1,7})C\d{1,5}")
_MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class _Style:
    form: str = "General"
    font: str | None = None


@dataclass(slots=True)
class _Sheet:
    """A worksheet as stored: cells in order, what is merged, hidden, or has lost its result."""

    title: str
    cells: list[SheetCell] = field(default_factory=list)
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


def _read(content: Content, request: Request) -> RawDocument:
    root = _parsed(content.data)
    styles = _styles(root)
    elements = root.findall(f"{_SS}Worksheet")
    sheets = {n: _sheet(one, styles) for n, one in enumerate(elements)}
    filled = [n for n, sheet in sheets.items() if sheet.cells]
    shown = [n for n in filled if not _is_hidden(elements[n])] or filled
    if not elements:
        raise UnreadableFileError("工作簿里没有工作表", _REMEDY)
    blocks: list[Paragraph | Grid] = []
    notes: list[Note] = []
    lost: list[Location] = []
    for n in shown:
        blocks += _blocks(sheets[n], notes, request.vocabulary)
        lost += [Location(text="", worksheet=sheets[n].title, cell=cell) for cell in sheets[n].lost]
    notes += hidden_sheet_note([sheets[n].title for n in filled if n not in shown])
    notes += annotation_notes("批注", (text for n in shown for text in sheets[n].comments))
    heads = head_lines(line for n in shown for line in _heads(elements[n]))
    with_head, head_notes = with_heads(heads, blocks)
    return RawDocument(request.source, tuple(with_head), (*notes, *head_notes), tuple(lost))


def _parsed(data: bytes) -> Any:
    if len(data) > _LARGEST or data.count(b"<") + data.count(b"=") > _MOST_NODES:
        raise UnreadableFileError("工作簿过大，超出可读范围", _TOO_LARGE)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFileError("工作簿的 XML 不完整或不合规", _REMEDY) from error
    if root.getroottree().docinfo.internalDTD is not None:  # entities and external files come in by it
        raise UnreadableFileError("工作簿里有不合规的内容，可能被改动过", _REMEDY)
    return root


def _styles(root: Any) -> Mapping[str, _Style]:
    """Number format and font by the id of a style, with what it has from the one it goes back to."""
    elements = {one.get(f"{_SS}ID") or "": one for one in root.iterfind(f"{_SS}Styles/{_SS}Style")}

    def own(name: str, child: str, attribute: str) -> str | None:
        for _ in range(_MOST_PARENTS):
            element = elements.get(name)
            if element is None:
                return None
            found = element.find(_SS + child)
            if found is not None and found.get(_SS + attribute) is not None:
                return str(found.get(_SS + attribute))
            name = element.get(f"{_SS}Parent") or "Default" if name != "Default" else ""
        return None

    made = {}
    for name in elements:
        form = own(name, "NumberFormat", "Format") or "General"
        made[name] = _Style(_FORMS.get(form, form), own(name, "Font", "FontName"))
    return made


# --- one worksheet -----------------------------------------------------------------------------------------


def _sheet(element: Any, styles: Mapping[str, _Style]) -> _Sheet:
    sheet = _Sheet(element.get(f"{_SS}Name") or "")
    table = element.find(f"{_SS}Table")
    if table is None:
        return sheet
    at = 0
    for column in table.iterfind(f"{_SS}Column"):
        at = _number(column.get(f"{_SS}Index"), at + 1)
        more = min(_number(column.get(f"{_SS}Span"), 0), _MOST_COLUMNS)
        if column.get(f"{_SS}Hidden") == "1":
            sheet.hidden_columns.update(range(at, at + more + 1))
        at += more
    widest = merged = number = 0
    for row in table.iterfind(f"{_SS}Row"):
        number = _number(row.get(f"{_SS}Index"), number + 1)
        if row.get(f"{_SS}Hidden") == "1":
            sheet.hidden_rows.add(number)
        column = 0
        for cell in row.iterfind(f"{_SS}Cell"):
            column = _number(cell.get(f"{_SS}Index"), column + 1)
            across, down = (_number(cell.get(_SS + name), 0) for name in ("MergeAcross", "MergeDown"))
            if across or down:
                merged += (across + 1) * (down + 1)
                sheet.spans[number, column] = (down + 1, across + 1)
            if merged > _MOST_MERGED:
                raise UnreadableFileError("工作表里合并单元格的范围过大（如合并了整行、整列或整张表）", _TOO_LARGE)
            style = styles.get(cell.get(f"{_SS}StyleID") or row.get(f"{_SS}StyleID") or "Default", _Style())
            _cell(sheet, cell, style, number, column)
            widest = max(widest, column)
            column += across
        number += _number(row.get(f"{_SS}Span"), 0)
    check_extent(sheet.title, number, widest)
    sheet.hidden_rows -= _filtered(element)
    return sheet


def _cell(sheet: _Sheet, cell: Any, style: _Style, row: int, column: int) -> None:
    data, name = cell.find(f"{_SS}Data"), f"{_letters(column)}{row}"
    words = _words(data, style) if data is not None else ""
    if words.strip():
        sheet.cells.append(SheetCell(row, column, Location(text=words, worksheet=sheet.title, cell=name)))
    elif cell.get(f"{_SS}Formula"):
        sheet.lost.append(name)
    if (comment := cell.find(f"{_SS}Comment")) is not None:
        sheet.comments.append("".join(comment.itertext()))


def _words(data: Any, style: _Style) -> str:
    """The words of a cell as the workbook shows them."""
    kind, text = data.get(f"{_SS}Type"), "".join(data.itertext())
    if kind == "Number":
        try:
            value = float(text)
        except ValueError:
            return text
        return printed(int(value) if value.is_integer() and abs(value) < 1e15 else value, style.form)
    if kind == "DateTime":
        try:
            return printed(datetime.fromisoformat(text.strip()), style.form)
        except ValueError:
            return text
    if kind == "Boolean":
        return printed(text.strip() == "1", "")
    return printed(_typed(data, style.font), style.form)


def _typed(data: Any, font: str | None) -> str:
    """Words with what is typed in symbol fonts as the signs it prints."""
    own = data.get(f"{_HTML}Face") or font
    words = _in_font(data.text, own)
    for piece in data:
        words += _typed(piece, own) + _in_font(piece.tail, own)
    return words


def _in_font(text: str | None, font: str | None) -> str:
    return signs(str(font), text) if text and is_symbol_font(font) else text or ""


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else otherwise


def _letters(column: int) -> str:
    name = ""
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def _filtered(element: Any) -> set[int]:
    """Rows that a filter hides for now: they belong to the text."""
    found = element.find(f"{_X}AutoFilter")
    m = _FILTER_RANGE.fullmatch(found.get(f"{_X}Range") or "") if found is not None and len(found) else None
    return set(range(int(m[1]), min(int(m[2]), int(m[1]) + _MOST_MERGED) + 1)) if m else set()


def _is_hidden(element: Any) -> bool:
    return element.findtext(f"{_X}WorksheetOptions/{_X}Visible") in ("SheetHidden", "SheetVeryHidden")


def _heads(element: Any) -> Iterator[str]:
    for name in ("Header", "Footer"):
        for head in element.iterfind(f"{_X}WorksheetOptions/{_X}PageSetup/{_X}{name}"):
            for part in _HEAD_PARTS.split(head.get(f"{_X}Data") or ""):
                yield _FIELD_CODE.sub("", part)


def _blocks(sheet: _Sheet, notes: list[Note], vocabulary: Vocabulary) -> Iterator[Paragraph | Grid]:
    cells, hidden = without_hidden(sheet.cells, sheet.spans, sheet.hidden_rows, sheet.hidden_columns)
    notes += hidden_note(sheet.title, hidden)
    cells, covered = without_covered(cells, sheet.spans)
    notes += covered_note(sheet.title, covered)
    if sheet.lost:
        more = f" 等 {len(sheet.lost)} 个单元格" if len(sheet.lost) > _MOST_NAMED else ""
        message = (
            f"工作表“{sheet.title}”的 {'、'.join(sheet.lost[:_MOST_NAMED])}{more}是公式，没有保存计算结果，读作空格；"
            "请用 Excel 或 WPS 打开并保存一次。"
        )
        notes.append(Note("formula.no_result", "", message))
    first = min((cell.column for cell in cells), default=1)
    rows = [(number, list(row)) for number, row in groupby(cells, key=lambda c: c.row)]
    return sheet_blocks(rows, sheet.spans, first, vocabulary)


FORMATS = (
    Format(
        name="excel-2003",
        label="Excel 2003 的 XML 工作簿",
        family=Family.EXCEL,
        suffixes=(),
        other_suffixes=(".xml",),
        surety=Surety.SIGNED,
        tells=is_excel_2003,
        read=_read,
    ),
)
