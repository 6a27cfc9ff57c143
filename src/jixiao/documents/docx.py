"""A document as a Word file, laid out like an official Chinese document.

The XML is written as text: an object for every run, paragraph and cell would take thirty times as long.
"""

from __future__ import annotations

from itertools import pairwise

from jixiao.documents import docx_parts as fixed
from jixiao.documents.grid import Slot, grid_of
from jixiao.documents.looks import BAND_FILL, FILLS, look_of, stands
from jixiao.documents.package import RELATIONS, XML, office_file, relations
from jixiao.documents.text import escaped
from jixiao.documents.value import (
    Block,
    Cell,
    Document,
    Heading,
    Look,
    Page,
    Paragraph,
    Role,
    Run,
    Section,
    Table,
    Tone,
    Words,
    text_of,
)

CARRIED = "urn:jixiao:carried"
"""The namespace of what a document carries for a program"""
CARRIED_PART = "customXml/item1.xml"
_TWIPS = 1440 / 25.4
"""Twentieths of a point in a millimetre, the unit of lengths"""
_SIGNATURE_INDENT = 70
"""mm"""
_STYLES = dict.fromkeys(Role, "Normal") | {Role.BODY: "Body", Role.REMARK: "Remark"}
_LOOKS = {Look.VALUE: "Cell", Look.LABEL: "Label", Look.BAND: "Band"}
_AIR = '<w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:bottom w:w="30" w:type="dxa"/></w:tblCellMar>'
"""Above and below the words of a table that is looked up"""
_GAP = '<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>'


def to_docx(document: Document) -> bytes:
    """The .docx file. The same document gives the same bytes. Raises ValueError where a table's cells do not fit."""
    main = "word/document.xml"
    fixed_parts = {
        "styles": fixed.styles(),
        "fontTable": fixed.font_table(),
        "settings": fixed.settings(),
    }
    footers = {"footer1": fixed.footer(odd=True), "footer2": fixed.footer(odd=False)}
    parts = {
        main: (f"{fixed.TYPE}.document.main+xml", _document(document)),
        **{f"word/{name}.xml": (f"{fixed.TYPE}.footer+xml", xml) for name, xml in footers.items()},
        **{f"word/{name}.xml": (f"{fixed.TYPE}.{name}+xml", xml) for name, xml in fixed_parts.items()},
    }
    targets = {f"{name}.xml": f"{RELATIONS}/footer" for name in footers}
    targets |= {f"{name}.xml": f"{RELATIONS}/{name}" for name in fixed_parts}
    if document.carries:
        parts[CARRIED_PART] = (
            "application/xml",
            f'{XML}<carried xmlns="{CARRIED}">{escaped(document.carries)}</carried>',
        )
        targets[f"../{CARRIED_PART}"] = f"{RELATIONS}/customXml"
    return office_file(main, document.title, document.day, parts, {"word/_rels/document.xml.rels": relations(targets)})


def _document(document: Document) -> str:
    body = []
    for n, section in enumerate(document.sections):
        set_up = _set_up(section.page, first=n == 0)
        last = n == len(document.sections) - 1
        # The set-up of a section stands in its last paragraph, that of the last one at the end.
        end = set_up if last else f'<w:p><w:pPr><w:pStyle w:val="Gap"/>{set_up}</w:pPr></w:p>'
        body.append(_blocks(section) + (_GAP if last else "") + end)
    return f'{XML}<w:document xmlns:w="{fixed.NAMESPACE}" xmlns:r="{RELATIONS}"><w:body>{"".join(body)}</w:body></w:document>'


def _set_up(page: Page, *, first: bool) -> str:
    """Paper and margins; later sections take the footers of the first."""
    across, down = (round(side * _TWIPS) for side in page.size)
    margins = page.margins
    edges = {"top": margins.top, "right": margins.right, "bottom": margins.bottom, "left": margins.left}
    lengths = " ".join(f'w:{edge}="{round(mm * _TWIPS)}"' for edge, mm in edges.items())
    numbers = (
        '<w:footerReference w:type="default" r:id="rId1"/><w:footerReference w:type="even" r:id="rId2"/>'
        if first
        else ""
    )
    lying = ' w:orient="landscape"' if page.landscape else ""
    return (
        f'<w:sectPr>{numbers}<w:type w:val="nextPage"/><w:pgSz w:w="{across}" w:h="{down}"{lying}/>'
        f'<w:pgMar {lengths} w:header="{round(15 * _TWIPS)}" w:footer="{round(margins.foot * _TWIPS)}" w:gutter="0"/>'
        "</w:sectPr>"
    )


def _blocks(section: Section) -> str:
    made = [_block(block, section.page) for block in section.blocks]
    for n, (before, after) in reversed(list(enumerate(pairwise(section.blocks), 1))):
        if isinstance(before, Table) and isinstance(after, Table):  # they would grow together
            made.insert(n, _GAP)
    return "".join(made)


def _block(block: Block, page: Page) -> str:
    if isinstance(block, Heading):
        style = f"Heading{block.level}" if block.level else "Title"
        margin = '<w:ind w:firstLineChars="0" w:firstLine="0"/>' if block.annex else ""
        return _paragraph(f'<w:pStyle w:val="{style}"/>{margin}', block.text)
    if isinstance(block, Paragraph):
        signed = block.role is Role.SIGNATURE
        keep = "<w:keepNext/>" if block.keep or signed else ""
        indent = f'<w:ind w:left="{round(_SIGNATURE_INDENT * _TWIPS)}"/>' if signed else ""
        side = '<w:jc w:val="center"/>' if block.role is Role.SUBTITLE else ""
        return _paragraph(f'<w:pStyle w:val="{_STYLES[block.role]}"/>{keep}{indent}{side}', block.words)
    return _table(block, page)


def _paragraph(properties: str, words: Words) -> str:
    runs = (Run(words),) if isinstance(words, str) else words
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(_run(run) for run in runs if run.text)}</w:p>"


def _run(run: Run) -> str:
    """The hint makes quotation marks and dashes take the Chinese font."""
    lines = escaped(run.text).split("\n")
    text = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' if line else "" for line in lines)
    strong = "<w:b/>" if run.strong else ""
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/>{strong}</w:rPr>{text}</w:r>'


def _table(table: Table, page: Page) -> str:
    share = page.text_width * _TWIPS / sum(column.width for column in table.columns)
    widths = [round(column.width * share) for column in table.columns]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_row(table, slots, widths, head=head) for head, slots in grid_of(table))
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/>{"" if table.read else _AIR}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _row(table: Table, slots: list[Slot], widths: list[int], *, head: bool) -> str:
    whole = "<w:cantSplit/>" if max(len(text_of(slot.cell)) for slot in slots) < fixed.TALL else ""
    repeated = "<w:tblHeader/>" if head else ""
    cells = "".join(_cell(table, slot, widths, head=head) for slot in slots)
    properties = f"<w:trPr>{whole}{repeated}</w:trPr>" if whole or repeated else ""
    return f"<w:tr>{properties}{cells}</w:tr>"


def _cell(table: Table, slot: Slot, widths: list[int], *, head: bool) -> str:
    cell = slot.cell if isinstance(slot.cell, Cell) else Cell(slot.cell)
    look = look_of(cell, head=head)
    width = sum(widths[slot.column : slot.column + cell.columns])
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    down = "" if cell.rows == 1 else '<w:vMerge w:val="restart"/>' if slot.begins else "<w:vMerge/>"
    fill = BAND_FILL if look is Look.BAND else FILLS[cell.tone]
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    middle = "" if table.read and look is Look.VALUE else '<w:vAlign w:val="center"/>'
    properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{down}{shade}{middle}</w:tcPr>'
    if not slot.begins:
        return f'<w:tc>{properties}<w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr></w:p></w:tc>'
    words = cell.content if isinstance(cell.content, tuple) else text_of(cell)
    if cell.tone is Tone.GRAVE and isinstance(words, str):
        words = (Run(words, strong=True),)
    align = stands(table, table.columns[slot.column], cell, look)
    style = f'<w:pStyle w:val="{_LOOKS[look]}"/><w:jc w:val="{align}"/>'
    return f"<w:tc>{properties}{_paragraph(style, words)}</w:tc>"
