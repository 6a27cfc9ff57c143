"""A Word document laid out like an official Chinese document: page, fonts, headings, tables, page numbers."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from jixiao.writers.archive import without_clock
from jixiao.writers.text import one_line, printable

FANGSONG = "仿宋_GB2312"
HEITI = "黑体"
KAITI = "楷体_GB2312"
TITLE_FONT = "方正小标宋简体"
LATIN = "Times New Roman"

_BODY_SIZE = 16  # 三号
_LINE = 28  # points: 22 lines on a page
_TEXT_WIDTH = 210 - 28 - 26  # mm
_ANNEX_HEAD = 20
_ANNEX_SIDE = 18
_SMALL_SIZE = 10  # tables are looked up, not read through
_SMALL_LINE = 12.5
_CELL_MARGIN = 4
_BAND = "E7EAEE"
_SHORT = 8
"""Characters up to which a cell is centred"""
_TALL = 90
"""Characters from which a row may break across pages"""


class Page:
    """A document under construction. Sizes are points, widths millimetres."""

    def __init__(self, title: str, written: date) -> None:
        self._document: DocumentType = Document()
        self._style_ids: dict[str, str] = {}
        self._width: float = _TEXT_WIDTH
        _lay_out(self._document)
        _set_styles(self._document)
        properties = self._document.core_properties
        properties.title = one_line(title)[:250]
        properties.author = "绩效审核"
        properties.comments = ""
        properties.language = "zh-CN"
        # The day of the rules, not of the clock: the same review makes the same file.
        properties.created = properties.modified = datetime(written.year, written.month, written.day)  # noqa: DTZ001
        paragraph = self._document.add_paragraph(style="Title")
        _write(paragraph.add_run(printable(title)), TITLE_FONT)

    def heading(self, text: str, level: int) -> None:
        """一、 (level 1, 黑体), （一） (level 2, 楷体, above a table)."""
        paragraph = self._styled(f"Heading {level}")
        _write(paragraph.add_run(printable(text)), (HEITI, KAITI)[level - 1])

    def paragraph(self, text: str, *, indent: bool = True) -> None:
        """A paragraph of the body."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(2 * _BODY_SIZE) if indent else None
        paragraph.alignment = _ALIGN["left"]
        _write(paragraph.add_run(printable(text)), FANGSONG)

    def annex(self) -> None:
        """Begin the pages of tables: a new page, narrower margins."""
        section = self._document.add_section(WD_SECTION.NEW_PAGE)
        section.top_margin = section.bottom_margin = Mm(_ANNEX_HEAD)
        section.left_margin = section.right_margin = Mm(_ANNEX_SIDE)
        section.footer_distance = Mm(_ANNEX_HEAD / 2)
        self._width = 210 - 2 * _ANNEX_SIDE

    def signature(self, label: str) -> None:
        """A line to sign, in the right half of the page; kept together with the lines around it."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.left_indent = Mm(70)
        paragraph.paragraph_format.keep_with_next = True
        _write(paragraph.add_run(label), FANGSONG)

    def remark(self, text: str, *, above: bool = False) -> None:
        """A smaller paragraph beside a table; ``above`` it, it stays with it."""
        paragraph = self._styled("Detail")
        paragraph.paragraph_format.keep_with_next = above or None
        _write(paragraph.add_run(printable(text)), FANGSONG)

    def _styled(self, style: str) -> Paragraph:
        """A new paragraph of a style. The style's id is looked up once: the library looks through all styles each time."""
        if style not in self._style_ids:
            self._style_ids[style] = str(_style(self._document, style).style_id)
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.element.get_or_add_pPr().style = self._style_ids[style]
        return paragraph

    def table(
        self,
        header: list[str],
        rows: list[list[str]],
        widths: list[float],
        *,
        strong: int | None = None,
    ) -> None:
        """A ruled table; the header repeats on every page. ``widths`` in mm; short cells are centred.

        A table with a ``strong`` column is read, not looked up: its cells begin at the top, the first line in that
        column is bold. A row of one text is a band over the whole width.
        """
        table = self._document.add_table(rows=1, cols=len(header), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        scale = self._width / sum(widths)
        _set_margins(table)
        _fill(table.rows[0], header, HEITI)
        _mark(table.rows[0], "w:tblHeader")
        for row in rows:
            made = table.add_row()
            if len(row) == 1:
                made.cells[0].merge(made.cells[-1])
                _fill_band(made, row[0])
            else:
                _fill(made, row, FANGSONG, strong)
        for given, made in zip([header, *rows], table.rows, strict=True):
            if max(map(len, given)) < _TALL:
                _mark(made, "w:cantSplit")
        _set_widths(table, [w * scale for w in widths])

    def to_bytes(self) -> bytes:
        out = BytesIO()
        self._document.save(out)
        return without_clock(out.getvalue())


_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
}


def _lay_out(document: DocumentType) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(24)
    # Official documents number single pages at the right, double pages at the left.
    document.settings.odd_and_even_pages_header_footer = True
    for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = _ALIGN[align]
        indent = Pt(14)
        paragraph.paragraph_format.right_indent = indent if align == "right" else None
        paragraph.paragraph_format.left_indent = indent if align == "left" else None
        _write(paragraph.add_run("— "), "宋体", size=14)
        _add_page_field(paragraph)
        _write(paragraph.add_run(" —"), "宋体", size=14)


def _add_page_field(paragraph: Paragraph) -> None:
    for kind, text in (("begin", None), (None, "PAGE"), ("separate", None), (None, None), ("end", None)):
        run = paragraph.add_run("1" if kind is None and text is None else None)
        _write(run, "宋体", size=14)
        if kind is not None:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)  # noqa: SLF001 - python-docx has no call for fields
        elif text is not None:
            code = OxmlElement("w:instrText")
            code.text = text
            run._r.append(code)  # noqa: SLF001


def _set_styles(document: DocumentType) -> None:
    normal = _style(document, "Normal")
    _style_fonts(normal, FANGSONG, _BODY_SIZE)
    _spacing(normal, _LINE)
    for level, font, size in ((1, HEITI, _BODY_SIZE), (2, KAITI, 14)):
        style = _style(document, f"Heading {level}")
        _style_fonts(style, font, size)
        _spacing(style, _LINE if level == 1 else 20, before=0 if level == 1 else 6, after=2)
        style.paragraph_format.first_line_indent = Pt(2 * _BODY_SIZE) if level == 1 else None
        style.paragraph_format.keep_with_next = True
    title = _style(document, "Title")
    _style_fonts(title, TITLE_FONT, 22)  # 二号
    _spacing(title, 34, after=_LINE)
    title.paragraph_format.alignment = _ALIGN["center"]
    for border in title.element.pPr.findall(qn("w:pBdr")):  # the template rules a blue line under titles
        title.element.pPr.remove(border)
    detail = document.styles.add_style("Detail", WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(detail, ParagraphStyle)
    detail.base_style = normal
    _style_fonts(detail, FANGSONG, _SMALL_SIZE)
    _spacing(detail, _SMALL_LINE + 2, before=2, after=2)


def _style(document: DocumentType, name: str) -> ParagraphStyle:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    return style


def _style_fonts(style: ParagraphStyle, font: str, size: float, *, bold: bool = False) -> None:
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.font.name = LATIN
    properties = style.element.get_or_add_rPr()
    fonts = properties.rFonts
    assert fonts is not None
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    fonts.set(qn("w:eastAsia"), font)
    for name in ("w:spacing", "w:kern"):  # letter spacing of the template's title
        for element in properties.findall(qn(name)):
            properties.remove(element)


def _spacing(style: ParagraphStyle, line: float, *, before: int = 0, after: int = 0) -> None:
    spacing = style.paragraph_format
    spacing.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    spacing.line_spacing = Pt(line)
    spacing.space_before, spacing.space_after = Pt(before), Pt(after)


def _write(run: Run, font: str, *, size: float | None = None, bold: bool | None = None) -> None:
    """Fonts for one run. The hint makes quotation marks and dashes take the Chinese font."""
    run.font.name = LATIN
    run.font.size = Pt(size) if size else None
    run.font.bold = bold
    fonts = run._r.get_or_add_rPr().rFonts  # noqa: SLF001 - python-docx sets no East Asian font
    assert fonts is not None
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")


def _fill(row: _Row, texts: list[str], font: str, strong: int | None = None) -> None:
    for k, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        read = strong is not None and 0 < k < len(texts) - 1
        paragraph.alignment = _ALIGN["center" if len(text) <= _SHORT and not read else "left"]
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = Pt(_SMALL_LINE)
        head, _, rest = printable(text).partition("\n") if k == strong else ("", "", printable(text))
        if head:
            _write(paragraph.add_run(head + ("\n" if rest else "")), font, size=_SMALL_SIZE, bold=True)
        if rest:
            _write(paragraph.add_run(rest), font, size=_SMALL_SIZE)
        if strong is None:
            _centre_vertically(cell)


def _fill_band(row: _Row, text: str) -> None:
    """A heading inside a table, on a grey ground, kept with the row below it."""
    cell = row.cells[0]
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _BAND)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - python-docx has no call for shading
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(_SMALL_LINE + 2)
    _write(paragraph.add_run(printable(text)), HEITI, size=_SMALL_SIZE)


def _set_margins(table: Table) -> None:
    """Narrower than the template's at the sides, so that narrow columns hold words."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        width = OxmlElement(f"w:{side}")
        width.set(qn("w:w"), str(_CELL_MARGIN * 20))
        width.set(qn("w:type"), "dxa")
        margins.append(width)
    table._tbl.tblPr.append(margins)  # noqa: SLF001 - python-docx has no call for cell margins


def _centre_vertically(cell: _Cell) -> None:
    align = OxmlElement("w:vAlign")
    align.set(qn("w:val"), "center")
    cell._tc.get_or_add_tcPr().append(align)  # noqa: SLF001


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001


def _set_widths(table: Table, widths: list[float]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
