"""Writes neutral blocks in a style as Word files and web pages, and has LibreOffice and Chromium print them."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

from jixiao.readers.office import soffice
from jixiao.readers.raw import Cell, Grid, Paragraph
from tools.pages.styles import Style

Blocks = Sequence[Paragraph | Grid]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)
_SHORT, _LONG, _MARGIN = 11906, 16838, 1080
"""A4 and its margins in twentieths of a point"""
_COLOURS = ("DCE6F1", "F2F2F2")
_LEAST, _MOST = 3.0, 24.0
"""Characters by which the width of a column is reckoned"""
_HEADER = ("一级指标", "指标名称", "三级指标")


def width_of(style: Style) -> int:
    """The width of tables, in twentieths of a point."""
    return round(((_LONG if style.landscape else _SHORT) - 2 * _MARGIN) * style.narrow)


def columns_of(grid: Grid, width: int) -> list[int]:
    """The widths of columns, by the words in them."""
    count = max(c.column + c.column_span for c in grid.cells())
    wanted = [_LEAST] * count
    for cell in grid.cells():
        longest = max((len(line) for line in cell.text.split("\n")), default=0)
        for k in range(cell.column, cell.column + cell.column_span):
            wanted[k] = max(wanted[k], min(_MOST, longest / cell.column_span) ** 0.75)
    return [round(width * w / sum(wanted)) for w in wanted]


def header_row(grid: Grid) -> int | None:
    """The row that names the columns of indicators."""
    for n, row in enumerate(grid.rows):
        if any("".join(cell.text.split()) in _HEADER for cell in row):
            return n
    return None


def is_filled(style: Style, grid: Grid, cell: Cell) -> bool:
    """Whether a cell is coloured."""
    if style.fill == "bands":
        return cell.row % 2 == 0
    if style.fill == "labels":
        return cell.column < 2 or cell.row == header_row(grid)
    return style.fill == "cells"


# --- Word -------------------------------------------------------------------------------------------------


def as_docx(blocks: Blocks, style: Style) -> bytes:
    body = "".join(_paragraph(b.text, style) if isinstance(b, Paragraph) else _table(b, style) for b in blocks)
    page = (_LONG, _SHORT) if style.landscape else (_SHORT, _LONG)
    turned = ' w:orient="landscape"' if style.landscape else ""
    margins = "".join(f' w:{side}="{_MARGIN}"' for side in ("top", "right", "bottom", "left"))
    section = f'<w:sectPr><w:pgSz w:w="{page[0]}" w:h="{page[1]}"{turned}/><w:pgMar{margins} w:header="500" w:footer="500" w:gutter="0"/></w:sectPr>'
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_W}"><w:body>{body}{section}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", document)
    return out.getvalue()


def _paragraph(text: str, style: Style, across: str = "left") -> str:
    size = round(2 * style.size)
    fonts = f'<w:rFonts w:ascii="{style.font}" w:hAnsi="{style.font}" w:eastAsia="{style.font}"/>'
    run = f'<w:rPr>{fonts}<w:sz w:val="{size}"/></w:rPr>'
    return "".join(
        f'<w:p><w:pPr><w:jc w:val="{across}"/></w:pPr><w:r>{run}<w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for line in text.split("\n")
    )


def _table(grid: Grid, style: Style) -> str:
    widths = columns_of(grid, width_of(style))
    header = header_row(grid)
    sides = "".join(
        f'<w:{side} w:val="{style.stroke}" w:sz="4" w:space="0" w:color="000000"/>'
        if side in style.lines
        else f'<w:{side} w:val="nil"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(
        f'<w:{side} w:w="{room}" w:type="dxa"/>'
        for side, room in (("top", style.pad), ("left", style.side), ("bottom", style.pad), ("right", style.side))
    )
    rows = [_row(grid, n, widths, style, header) for n in range(len(grid.rows))]
    columns = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>" + _paragraph("", style)
    )


def _row(grid: Grid, n: int, widths: Sequence[int], style: Style, header: int | None) -> str:
    cells = []
    column = 0
    covering = {c.column: c for c in grid.cells() if c.row <= n < c.row + c.row_span}
    while column < len(widths):
        cell = covering.get(column)
        span = cell.column_span if cell else 1
        width = sum(widths[column : column + span])
        properties = f'<w:tcW w:w="{width}" w:type="dxa"/>' + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
        if cell and cell.row_span > 1:
            properties += '<w:vMerge w:val="restart"/>' if cell.row == n else "<w:vMerge/>"
        if "header" in style.lines and header is not None and n in (header, header + 1):
            side = "bottom" if n == header else "top"
            properties += f'<w:tcBorders><w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/></w:tcBorders>'
        if cell and is_filled(style, grid, cell):
            colour = _COLOURS[(cell.row + cell.column) % 2] if style.fill == "cells" else _COLOURS[0]
            properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'
        properties += f'<w:vAlign w:val="{style.vertical}"/>'
        words = _paragraph(cell.text if cell and cell.row == n else "", style, style.across)
        cells.append(f"<w:tc><w:tcPr>{properties}</w:tcPr>{words}</w:tc>")
        column += span
    again = "<w:tblHeader/>" if style.repeats and header is not None and n <= header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{''.join(cells)}</w:tr>"


# --- web pages --------------------------------------------------------------------------------------------


def as_page(blocks: Blocks, style: Style) -> bytes:
    body = "".join(_lines(b) if isinstance(b, Paragraph) else _web_table(b, style) for b in blocks)
    across = "landscape" if style.landscape else "portrait"
    looks = (
        f"@page{{size:A4 {across};margin:1.8cm}}body{{font:{style.size}pt '{style.font}';print-color-adjust:exact}}"
        f"table{{border-collapse:collapse;width:{100 * style.narrow:.0f}%;table-layout:fixed}}"
        f"td{{padding:{style.pad / 20}pt {style.side / 20}pt;text-align:{style.across};"
        f"vertical-align:{'middle' if style.vertical == 'center' else style.vertical};{_borders(style)}}}"
    )
    return f'<html><head><meta charset="utf-8"><style>{looks}</style></head><body>{body}</body></html>'.encode()


def _lines(paragraph: Paragraph) -> str:
    words = "<br>".join(map(escape, paragraph.text.split("\n")))
    return f"<p>{words}</p>"


def _borders(style: Style) -> str:
    kind = {"single": "solid"}.get(style.stroke, style.stroke)
    sides = [s for s, inner in (("top", "insideH"), ("bottom", "insideH"), ("left", "insideV"), ("right", "insideV"))
             if inner in style.lines]  # fmt: skip
    return "".join(f"border-{side}:0.6pt {kind} #000;" for side in sides)


def _web_table(grid: Grid, style: Style) -> str:
    widths = columns_of(grid, 10_000)
    columns = "".join(f'<col style="width:{w / 100:.1f}%">' for w in widths)
    rows = []
    for row in grid.rows:
        cells = ""
        for cell in row:
            colour = f' style="background:#{_COLOURS[0]}"' if is_filled(style, grid, cell) else ""
            words = "<br>".join(map(escape, cell.text.split("\n")))
            cells += f'<td rowspan="{cell.row_span}" colspan="{cell.column_span}"{colour}>{words}</td>'
        rows.append(f"<tr>{cells}</tr>")
    return f"<table><colgroup>{columns}</colgroup>{''.join(rows)}</table>"


# --- printing ---------------------------------------------------------------------------------------------


def printed(
    documents: Mapping[str, Blocks], styles: Sequence[Style], folder: Path
) -> Iterator[tuple[Style, str, Path]]:
    """(style, name of the document, its PDF): every document in every style. What is already printed is kept."""
    made = []
    wanted: list[Path] = []
    for style in styles:
        place = folder / style.name.replace(" ", "-").replace(",", "")
        place.mkdir(parents=True, exist_ok=True)
        for name, blocks in documents.items():
            file = place / f"{name}.{'html' if style.browser else 'docx'}"
            data = as_page(blocks, style) if style.browser else as_docx(blocks, style)
            target = file.with_suffix(".pdf")
            if not (target.exists() and file.exists() and file.read_bytes() == data):
                file.write_bytes(data)
                wanted.append(file)
            made.append((style, name, target))
        _print([f for f in wanted if f.parent == place], place, browser=style.browser, profile=folder / "profile")
        wanted = [f for f in wanted if f.parent != place]
    yield from made


def _print(files: Sequence[Path], place: Path, *, browser: bool, profile: Path) -> None:
    if not files:
        return
    if browser:
        program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        assert program, "Chromium is not installed"
        for file in files:
            options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
            command = [program, *options, f"--print-to-pdf={file.with_suffix('.pdf')}", file.as_uri()]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
        return
    program = soffice()
    assert program, "LibreOffice is not installed"
    command = [program, "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(place), *map(str, files)], check=True, capture_output=True, timeout=600)
