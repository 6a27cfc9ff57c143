"""One worksheet, row by row. The XML is written as text: a county has some two hundred thousand cells."""

from __future__ import annotations

from jixiao.documents.grid import Slot, grid_of
from jixiao.documents.looks import BAND_FILL, FILLS, HEAD_FILL, look_of, stands
from jixiao.documents.package import XML
from jixiao.documents.value import (
    Align,
    Cell,
    Column,
    Entry,
    Heading,
    Look,
    Page,
    Paper,
    Paragraph,
    Role,
    Section,
    Table,
    Tone,
    Value,
    text_of,
)
from jixiao.documents.xlsx_entries import drawn_entries
from jixiao.documents.xlsx_parts import NAMESPACE, Kind, Texts, stored
from jixiao.documents.xlsx_styles import CellStyle, Styles

_LINE_HEIGHT, _MARGIN, _HIGHEST = 14, 5, 409
"""Points: of a line of Chinese in the fonts that programs take for one another, of what stands free above and below the
words, and the most that Excel takes"""
_PAPERS = {Paper.A3: 8, Paper.A4: 9}
_DATE_FORMAT = "yyyy-mm-dd"
_OUT_OF_SIGHT = ' hidden="1"'
_NO_TABLE = (Column("", 90),)
_HEADINGS = {0: (16, Align.CENTER), 1: (12, Align.LEFT), 2: (11, Align.LEFT)}
"""Size and place of headings by level"""


class Worksheet:
    """One worksheet; its grid is that of its first table, and no other table has more columns.

    Then ``filtered`` is the place of the list that has filter buttons, ``repeated`` the first and last row that
    every printed page repeats.
    """

    def __init__(self, section: Section, styles: Styles, texts: Texts) -> None:
        self._styles, self._texts = styles, texts
        self._page = section.page
        tables = (block for block in section.blocks if isinstance(block, Table))
        self._columns = next((table.columns for table in tables), _NO_TABLE)
        self._letters = [letters(n) for n in range(len(self._columns))]
        self._rows: list[str] = []
        self._merged: list[str] = []
        self._entries: list[tuple[str, Entry]] = []
        self._pane = ""
        self.filtered = ""
        self.repeated: tuple[int, int] | None = None
        for block in section.blocks:
            if isinstance(block, Table):
                self._write_table(block)
            else:
                self._write_line(block)

    @property
    def _next(self) -> int:
        return len(self._rows) + 1

    def xml(self) -> str:
        """The part."""
        columns = "".join(
            f'<col min="{n}" max="{n}" width="{column.width:g}"{_OUT_OF_SIGHT if column.hidden else ""} customWidth="1"/>'
            for n, column in enumerate(self._columns, 1)
        )
        entries = drawn_entries(self._entries)
        merged = "".join(f'<mergeCell ref="{place}"/>' for place in self._merged)
        return (
            f'{XML}<worksheet xmlns="{NAMESPACE}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<dimension ref="A1:{self._letters[-1]}{max(len(self._rows), 1)}"/>'
            f'<sheetViews><sheetView workbookViewId="0">{self._pane}</sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="{_LINE_HEIGHT + _MARGIN}"/><cols>{columns}</cols>'
            f"<sheetData>{''.join(self._rows)}</sheetData>"
            + entries.protection
            + (f'<autoFilter ref="{self.filtered}"/>' if self.filtered else "")
            + (f'<mergeCells count="{len(self._merged)}">{merged}</mergeCells>' if merged else "")
            + entries.validations
            + _print_set_up(self._page)
            + entries.ignored
            + "</worksheet>"
        )

    def _write_line(self, block: Heading | Paragraph) -> None:
        """A heading or paragraph over the whole width; a heading stands off from what is above it."""
        size, align = _HEADINGS[block.level] if isinstance(block, Heading) else (10, Align.LEFT)
        if isinstance(block, Paragraph) and block.role is Role.SUBTITLE:
            align = Align.CENTER
        bold = isinstance(block, Heading)
        if bold and self._rows:
            self._rows.append(f'<row r="{self._next}"/>')
        kind, text = stored(block.text if isinstance(block, Heading) else text_of(Cell(_content(block))))
        style = CellStyle(align, size=size, bold=bold, ruled=False, guarded=kind is Kind.GUARDED)
        place = f"A{self._next}"
        cell = f'<c r="{place}" s="{self._styles.number(style)}" t="s"><v>{self._texts.number(text)}</v></c>'
        if len(self._columns) > 1:
            self._merged.append(f"{place}:{self._letters[-1]}{self._next}")
        self._end_row([cell], _lines(text, self._width(0, len(self._columns))) * size / 10)

    def _write_table(self, table: Table) -> None:
        if len(table.columns) > len(self._columns):
            raise ValueError(f"a worksheet has one grid: {len(table.columns)} columns below {len(self._columns)}")
        first = self._next
        looks: dict[tuple[object, ...], int] = {}
        for head, slots in grid_of(table):
            self._write_row(table, slots, looks, head=head)
        body = first + len(table.head)
        if table.filtered:
            self.filtered = f"A{first}:{self._letters[-1]}{max(self._next - 1, body)}"
        if table.frozen:
            place = f"{self._letters[table.frozen]}{body}"
            self._pane = (
                f'<pane xSplit="{table.frozen}" ySplit="{body - 1}" topLeftCell="{place}" activePane="bottomRight" '
                'state="frozen"/><selection pane="bottomRight"/>'
            )
        if table.head and self.repeated is None:
            self.repeated = (first, body - 1)

    def _write_row(self, table: Table, slots: list[Slot], looks: dict[tuple[object, ...], int], *, head: bool) -> None:
        n = self._next
        written: list[str] = []
        lines = 2.0 if head else 1.0
        for column, cell, begins in slots:
            spread = cell if isinstance(cell, Cell) else None
            content = spread.content if spread else cell
            kind, text = stored(text_of(cell) if isinstance(content, tuple) else content)  # type: ignore[arg-type]
            marks = (spread.look, spread.tone, spread.align) if spread else None
            entry = spread.entry if spread else None
            short = not table.read and stands(table, table.columns[column], cell, Look.VALUE) is Align.CENTER
            if (style := looks.get((column, kind, marks, head, short, entry is None))) is None:
                number = self._styles.number(_style(table, table.columns[column], cell, kind, head=head))
                style = looks[(column, kind, marks, head, short, entry is None)] = number
            place = f"{self._letters[column]}{n}"
            if kind is Kind.BLANK or not begins:
                written.append(f'<c r="{place}" s="{style}"/>')
            elif kind is Kind.NUMBER or kind is Kind.DATE:
                written.append(f'<c r="{place}" s="{style}"><v>{text}</v></c>')
            else:
                written.append(f'<c r="{place}" s="{style}" t="s"><v>{self._texts.number(text)}</v></c>')
                if spread is None:
                    lines = max(lines, _lines(text, self._columns[column].width))
                else:  # the rows below, which it reaches into, have a line each at least
                    lines = max(lines, _lines(text, self._width(column, spread.columns)) - (spread.rows - 1))
            if entry is not None and begins:
                self._entries.append((place, entry))
            if spread:
                more = range(column + 1, column + spread.columns)
                written += [f'<c r="{self._letters[k]}{n}" s="{style}"/>' for k in more]
                if begins and (spread.columns > 1 or spread.rows > 1):
                    last = f"{self._letters[column + spread.columns - 1]}{n + spread.rows - 1}"
                    self._merged.append(f"{place}:{last}")
        self._end_row(written, lines)

    def _end_row(self, cells: list[str], lines: float) -> None:
        """Its height is stated, because not every program fits rows to wrapped text by itself."""
        height = min(_LINE_HEIGHT * lines + _MARGIN, _HIGHEST)
        self._rows.append(f'<row r="{self._next}" ht="{height:g}" customHeight="1">{"".join(cells)}</row>')

    def _width(self, first: int, columns: int) -> float:
        return sum(column.width for column in self._columns[first : first + columns])


def letters(n: int) -> str:
    """The name of the column at index ``n``: A, B … Z, AA."""
    name = ""
    n += 1
    while n:
        n, letter = divmod(n - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def _content(block: Paragraph) -> str:
    return block.words if isinstance(block.words, str) else "".join(run.text for run in block.words)


def _style(table: Table, column: Column, cell: Cell | Value, kind: Kind, *, head: bool) -> CellStyle:
    guarded = kind is Kind.GUARDED
    look = look_of(cell, head=head)
    align = stands(table, column, cell, look)
    if look is not Look.VALUE:
        ground = HEAD_FILL if look is Look.LABEL else BAND_FILL
        return CellStyle(align, bold=True, fill=ground, guarded=guarded)
    own = cell if isinstance(cell, Cell) else Cell()
    number = kind is Kind.NUMBER
    return CellStyle(
        Align.RIGHT if number and not (own.align or column.align) else align,
        top=table.read,
        bold=own.tone is Tone.GRAVE,
        fill=FILLS[own.tone],
        format=_DATE_FORMAT if kind is Kind.DATE else column.format or "" if number else "",
        guarded=guarded,
        open=own.entry is not None,
    )


def _lines(text: str, width: float) -> float:
    """Lines a wrapped text takes. A Chinese character is two wide, and three bytes long."""
    if 2 * len(text) < width and "\n" not in text:
        return 1
    return sum(1 + int((len(line) + len(line.encode(errors="replace"))) / 2 / (width - 1)) for line in text.split("\n"))


def _print_set_up(page: Page) -> str:
    """Fitted to the width of the paper, the worksheet's name above, page numbers below."""
    margins = page.margins
    inches = {"left": margins.left, "right": margins.right, "top": margins.top, "bottom": margins.bottom}
    edges = " ".join(f'{edge}="{mm / 25.4:.2f}"' for edge, mm in inches.items())
    foot = f"{margins.foot / 25.4:.2f}"
    lying = "landscape" if page.landscape else "portrait"
    return (
        '<printOptions horizontalCentered="1"/>'
        f'<pageMargins {edges} header="{foot}" footer="{foot}"/>'
        f'<pageSetup paperSize="{_PAPERS[page.paper]}" orientation="{lying}" fitToWidth="1" fitToHeight="0"/>'
        "<headerFooter><oddHeader>&amp;C&amp;A</oddHeader><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter>"
    )
