"""What stands in a .xlsx besides cells: what would choke openpyxl, what it cannot read, what it leaves out."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename, dirname, join, normpath
from typing import Any

from lxml import etree
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries

from jixiao.domain.provenance import Location
from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.raw import Paragraph
from jixiao.readers.raw.symbols import NAMES as SYMBOL_FONTS
from jixiao.readers.raw.zip_parts import Archive

REMEDY = "请用 WPS 或 Excel 打开并另存为 .xlsx 后重试"
_TOO_LARGE = "请删除表格以外多余的行、列和合并单元格，或拆成几个文件后重试"
_LARGEST_PART = 64 * 1024 * 1024
_MOST_NODES = 1_500_000
"""Elements and attributes of all worksheets; openpyxl needs some 500 bytes for a cell, which has six"""
_MOST_MERGED = 400_000
"""Cells in merged ranges: openpyxl makes an object of each"""
_RANGE = re.compile(rb"(?:mergeCell|hyperlink)\s([^>]*)")
_REF = re.compile(rb"\bref\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_FORMULA_WITHOUT_RESULT = re.compile(
    rb"<c\b[^>]*>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>", re.IGNORECASE
)
_WITH_WORDS = re.compile(rb"<(?:\w+:)?c\s([^<>]*)>\s*<(?:\w+:)?(?:f|v|is)\b")
_CORNER = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCells\b")
_MERGED_END = re.compile(rb"</(?:\w+:)?mergeCells\s*>")
_WITH_FONTS = ("xl/styles.xml", "xl/sharedStrings.xml")
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"drawingml/spreadsheetDrawing": b"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    b"drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
}
"""The namespaces of Strict Office Open XML, by those every other file has"""
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class Checked:
    """A workbook that may be opened: its bytes in the usual namespaces, and what its parts say."""

    data: bytes
    lost_results: bool
    has_macros: bool
    symbols: bool
    """Whether some words are set in a symbol font"""
    has_covered: bool
    """Whether cells under merged ones have words, which openpyxl drops"""
    boxes: Mapping[str, list[tuple[int, Paragraph]]]
    """By worksheet: (row of the upper corner, words) of every text box"""


def check(data: bytes) -> Checked:
    """Raises UnreadableFileError for what openpyxl would choke on."""
    nodes = merged = 0
    lost = strict = boxes = symbols = covered = False
    archive = Archive.of(data, REMEDY)
    for name in sorted(archive.names):
        if not name.endswith((".xml", ".rels", ".vml")):
            continue
        part = archive.read(name, _LARGEST_PART)
        nodes += part.count(b"<") + part.count(b"=")
        if b"\0" in part[:200] or b"<!DOCTYPE" in part:
            raise UnreadableFileError("工作簿里有不合规的内容，可能被改动过", REMEDY)
        if nodes > _MOST_NODES:
            raise UnreadableFileError("工作簿展开后过大，超出可读范围", _TOO_LARGE)
        strict = strict or (name == "xl/workbook.xml" and _STRICT in part)
        boxes = boxes or (name.startswith("xl/drawings/") and b":t>" in part)
        symbols = symbols or ((name in _WITH_FONTS or b"<rFont" in part) and SYMBOL_FONTS.search(part) is not None)
        if name.startswith("xl/worksheets/"):
            merged += sum(_area(m[1]) for m in _RANGE.finditer(part))
            covered = covered or _has_covered(part)
            lost = lost or _FORMULA_WITHOUT_RESULT.search(part) is not None
    if merged > _MOST_MERGED:
        raise UnreadableFileError("工作表里合并单元格的范围过大（如合并了整行、整列或整张表）", _TOO_LARGE)
    return Checked(
        _usual(archive) if strict else data,
        lost,
        "xl/vbaProject.bin" in archive.names,
        symbols,
        covered,
        _boxes(archive) if boxes else {},
    )


def _area(attributes: bytes) -> int:
    """The number of cells in the range that ``ref`` names; 0 where it names none."""
    left, top, right, bottom = _bounds(attributes)
    return (right - left + 1) * (bottom - top + 1)


def _bounds(attributes: bytes) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the range that ``ref`` names; (1, 1, 0, 0) where it names none."""
    m = _REF.search(attributes)
    if m is None:
        return 1, 1, 0, 0
    try:
        bounds = range_boundaries(html.unescape((m[1] or m[2] or b"").decode("utf-8", "replace")))
    except ValueError:  # openpyxl will say so itself
        return 1, 1, 0, 0
    left, top, right, bottom = (b or 1_048_576 for b in bounds)
    return left, top, right, bottom


# --- words under merged cells ------------------------------------------------------------------------------


def _has_covered(part: bytes) -> bool:
    """Whether a worksheet has words in a cell that another covers: old words that programs leave when they merge."""
    start, end = _merged_part(part)
    over: dict[int, list[tuple[int, int, int]]] = {}  # row → (top, left, right)
    area = 0
    for m in _RANGE.finditer(part, start, end):
        left, top, right, bottom = _bounds(m[1])
        area += (right - left + 1) * (bottom - top + 1)
        if area > _MOST_MERGED:
            return False  # refused for its size
        for row in range(top, bottom + 1):
            over.setdefault(row, []).append((top, left, right))
    for cell in _WITH_WORDS.finditer(part) if over else ():
        corner = _CORNER.search(cell[1])
        above = over.get(int(corner[2])) if corner is not None else None
        if corner is None or above is None:
            continue
        row, column = int(corner[2]), column_index_from_string(corner[1].decode())
        if any(left <= column <= right and (row, column) != (top, left) for top, left, right in above):
            return True
    return False


def _merged_part(part: bytes) -> tuple[int, int]:
    """Where a worksheet lists its merged cells: from and up to; (0, 0) where it has none."""
    first = _MERGED.search(part)
    ends = [m.end() for m in _MERGED_END.finditer(part, first.end())] if first is not None else []
    return (first.start(), ends[-1]) if first is not None and ends else (0, 0)


def unmerged(data: bytes) -> bytes:
    """A workbook that ``check`` let pass with no cell merged, so that openpyxl keeps what merged ones cover."""
    archive = Archive.of(data, REMEDY)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as copy:
        for name in sorted(archive.names):
            part = archive.read(name, _LARGEST_PART)
            start, end = _merged_part(part) if name.startswith("xl/worksheets/") else (0, 0)
            copy.writestr(name, part[:start] + part[end:])
    return stream.getvalue()


def _usual(archive: Archive) -> bytes:
    """A Strict workbook as every other program writes it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as copy:
        for name in sorted(archive.names):
            copy.writestr(name, _part(archive, name))
    return stream.getvalue()


def _part(archive: Archive, name: str) -> bytes:
    part = archive.read(name, _LARGEST_PART)
    if _STRICT in part:
        for strict, usual in _TRANSITIONAL.items():
            part = part.replace(_STRICT + strict, usual)
    return part


# --- text boxes --------------------------------------------------------------------------------------------


def _boxes(archive: Archive) -> dict[str, list[tuple[int, Paragraph]]]:
    """The words of text boxes, which openpyxl drops, by the worksheet they lie on."""
    found = {}
    sheets = _related(archive, "xl/workbook.xml")
    for sheet in _root(archive, "xl/workbook.xml").iter("{*}sheet"):
        title, part = sheet.get("name") or "", sheets.get(sheet.get(_R_ID) or "", "")
        drawings = [target for target in _related(archive, part).values() if target.startswith("xl/drawings/drawing")]
        found[title] = [box for drawing in drawings for box in _boxes_in(_root(archive, drawing), title)]
    return found


def _boxes_in(drawing: Any, title: str) -> Iterator[tuple[int, Paragraph]]:
    for anchor in drawing:
        row, column = (_number(anchor.findtext(f"{_XDR}from/{_XDR}{what}")) for what in ("row", "col"))
        for paragraph in anchor.iter(_A + "p"):
            words = "".join(t.text or "" for t in paragraph.iter(_A + "t")).strip()
            if words:
                place = Location(text=words, worksheet=title, cell=f"{get_column_letter(column + 1)}{row + 1}")
                yield row + 1, Paragraph(words, place)


def _number(text: str | None) -> int:
    return min(int(text), 16_000) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0


def _root(archive: Archive, name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(_part(archive, name), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFileError("工作簿已损坏，或不是 Excel 文件", REMEDY) from error


def _related(archive: Archive, part: str) -> dict[str, str]:
    """Relationship id → part inside this file."""
    name = f"{dirname(part)}/_rels/{basename(part)}.rels"
    if name not in archive.names:
        return {}
    targets = {r.get("Id") or "": r.get("Target") or "" for r in _root(archive, name)}
    full = {key: t[1:] if t.startswith("/") else normpath(join(dirname(part), t)) for key, t in targets.items()}
    return {key: target for key, target in full.items() if target in archive.names}
