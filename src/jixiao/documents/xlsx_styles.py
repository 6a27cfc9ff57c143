"""The looks of cells in a workbook, each written once."""

from __future__ import annotations

from dataclasses import dataclass

from jixiao.documents.package import XML
from jixiao.documents.text import escaped
from jixiao.documents.value import Align
from jixiao.documents.xlsx_parts import NAMESPACE

_FONT = "宋体"
_MEASURE = '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
"""The font whose digits are the unit of column widths; no cell has it"""
_TEXT = 49
"""The number of the format by which whatever is typed stays text"""
_FIRST_OWN_FORMAT = 164
"""Numbers of number formats below belong to the program that opens the file"""


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How a cell looks: where its words stand, size in points, ground in hex, number format, a rule around it.

    ``guarded`` is the quote prefix: what is in the cell stays text when a person edits it. ``open``: it can be written in where the
    worksheet is protected, and whatever is typed stays text.
    """

    align: Align
    top: bool = False
    size: int = 10
    bold: bool = False
    fill: str = ""
    format: str = ""
    ruled: bool = True
    guarded: bool = False
    open: bool = False


class Styles:
    """``xl/styles.xml`` while it grows: every look once, named by its number."""

    def __init__(self) -> None:
        self._looks: dict[str, int] = {}
        self._fonts: dict[tuple[int, bool], int] = {}
        self._fills: dict[str, int] = {}
        self._formats: dict[str, int] = {}
        self._numbers: dict[CellStyle, int] = {}
        self.number(CellStyle(Align.LEFT, ruled=False))  # what cells have that nobody dressed

    def number(self, style: CellStyle) -> int:
        """The number of a look."""
        if (known := self._numbers.get(style)) is None:
            known = self._numbers[style] = self._looks.setdefault(self._look(style), len(self._looks))
        return known

    def _look(self, style: CellStyle) -> str:
        font = self._fonts.setdefault((style.size, style.bold), len(self._fonts) + 1)
        fill = self._fills.setdefault(style.fill, len(self._fills) + 2) if style.fill else 0
        number = (
            _TEXT
            if style.open
            else _FIRST_OWN_FORMAT + self._formats.setdefault(style.format, len(self._formats))
            if style.format
            else 0
        )
        protection = '<protection locked="0"/>' if style.open else ""
        protected = ' applyProtection="1"' if style.open else ""
        quoted = ' quotePrefix="1"' if style.guarded else ""
        return (
            f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="{int(style.ruled)}" xfId="0"{quoted} '
            f'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"{protected}>'
            f'<alignment horizontal="{style.align}" vertical="{"top" if style.top else "center"}" wrapText="1"/>{protection}</xf>'
        )

    def xml(self) -> str:
        """The part."""
        formats = "".join(
            f'<numFmt numFmtId="{_FIRST_OWN_FORMAT + n}" formatCode="{escaped(code)}"/>'
            for code, n in self._formats.items()
        )
        fonts = _MEASURE + "".join(
            f'<font>{"<b/>" if bold else ""}<sz val="{size}"/><name val="{_FONT}"/><family val="3"/><charset val="134"/></font>'
            for size, bold in self._fonts
        )
        # The first two grounds belong to the program that opens the file.
        fills = '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
        fills += "".join(
            f'<fill><patternFill patternType="solid"><fgColor rgb="FF{fill}"/><bgColor indexed="64"/></patternFill></fill>'
            for fill in self._fills
        )
        rule = "".join(
            f'<{side} style="thin"><color rgb="FF8C8C8C"/></{side}>' for side in ("left", "right", "top", "bottom")
        )
        borders = f"<border><left/><right/><top/><bottom/><diagonal/></border><border>{rule}<diagonal/></border>"
        return (
            f'{XML}<styleSheet xmlns="{NAMESPACE}">'
            + (f'<numFmts count="{len(self._formats)}">{formats}</numFmts>' if formats else "")
            + f'<fonts count="{len(self._fonts) + 1}">{fonts}</fonts><fills count="{len(self._fills) + 2}">{fills}</fills>'
            f'<borders count="2">{borders}</borders>'
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            f'<cellXfs count="{len(self._looks)}">{"".join(self._looks)}</cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
        )
