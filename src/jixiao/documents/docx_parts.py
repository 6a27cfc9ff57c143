"""The parts of a Word document that are the same in each: styles, fonts, settings, page numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from jixiao.documents.package import RELATIONS, XML

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

FANGSONG = "仿宋_GB2312"
HEITI = "黑体"
KAITI = "楷体_GB2312"
TITLE = "方正小标宋简体"
SONGTI = "宋体"
_LATIN = "Times New Roman"
_INSTEAD = {FANGSONG: "仿宋", KAITI: "楷体", TITLE: "宋体"}
"""The font that stands in where a machine has not the one official documents ask for"""

CELL_MARGIN = 4
"""Points at the left and right of a cell's words"""
TALL = 160
"""Characters of a cell from which its row may break across pages"""


@dataclass(frozen=True, slots=True)
class Style:
    """A style of paragraphs: font, size and line in points, what stands before and after, first-line indent in characters."""

    id: str
    name: str
    font: str
    size: float
    line: float
    before: float = 0
    after: float = 0
    indent: int = 0
    align: str = ""
    level: int | None = None
    keep: bool = False

    @property
    def xml(self) -> str:
        base = "" if self.id == "Normal" else '<w:basedOn w:val="Normal"/>'
        default = ' w:default="1"' if self.id == "Normal" else ""
        keep = "<w:keepNext/>" if self.keep else ""
        align = f'<w:jc w:val="{self.align}"/>' if self.align else ""
        outline = "" if self.level is None else f'<w:outlineLvl w:val="{self.level}"/>'
        first = f'<w:ind w:firstLineChars="{self.indent * 100}" w:firstLine="{_twips(self.indent * self.size)}"/>'
        return (
            f'<w:style w:type="paragraph" w:styleId="{self.id}"{default}><w:name w:val="{self.name}"/>{base}<w:qFormat/>'
            f"<w:pPr>{keep}"
            f'<w:spacing w:before="{_twips(self.before)}" w:after="{_twips(self.after)}" '
            f'w:line="{_twips(self.line)}" w:lineRule="exact"/>{first if self.indent else ""}{align}{outline}</w:pPr>'
            f"<w:rPr>{fonts(self.font)}{size(self.size)}</w:rPr></w:style>"
        )


STYLES = (
    Style("Normal", "Normal", FANGSONG, 16, 28),  # 三号, 22 lines on a page
    Style("Body", "Body Text", FANGSONG, 16, 28, indent=2),
    Style("Title", "Title", TITLE, 22, 34, after=20, align="center"),  # 二号
    Style("Heading1", "heading 1", HEITI, 16, 28, after=2, indent=2, level=0, keep=True),
    Style("Heading2", "heading 2", KAITI, 14, 20, before=6, after=2, level=1, keep=True),
    Style("Remark", "说明", FANGSONG, 10, 14.5, before=2, after=2),
    Style("Cell", "表格内容", FANGSONG, 10, 12.5),  # tables are looked up, not read through
    Style("Label", "表格栏目", HEITI, 10, 12.5),
    Style("Band", "表格分段", HEITI, 10, 14.5, keep=True),
    Style("Gap", "表格间隔", FANGSONG, 1, 1),
)


def fonts(east: str) -> str:
    """The fonts of Latin and Chinese characters."""
    return f'<w:rFonts w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:cs="{_LATIN}" w:eastAsia="{east}"/>'


def size(points: float) -> str:
    """A size: the format counts half points."""
    return f'<w:sz w:val="{round(2 * points)}"/><w:szCs w:val="{round(2 * points)}"/>'


def _twips(points: float) -> int:
    return round(20 * points)


@cache
def styles() -> str:
    """``word/styles.xml``: the styles of paragraphs, and the one of ruled tables."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(f'<w:{side} w:w="{_twips(CELL_MARGIN)}" w:type="dxa"/>' for side in ("left", "right"))
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    return (
        f'{XML}<w:styles xmlns:w="{NAMESPACE}">'
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts(FANGSONG)}{language}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault/></w:docDefaults>{''.join(style.xml for style in STYLES)}"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
        '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>"
        "</w:styles>"
    )


@cache
def font_table() -> str:
    """``word/fontTable.xml``: what stands in for a font that the machine has not."""
    lines = "".join(
        f'<w:font w:name="{name}">{_instead(name)}<w:charset w:val="86"/></w:font>'
        for name in (FANGSONG, HEITI, KAITI, TITLE, SONGTI)
    )
    return f'{XML}<w:fonts xmlns:w="{NAMESPACE}">{lines}</w:fonts>'


def _instead(name: str) -> str:
    return f'<w:altName w:val="{_INSTEAD[name]}"/>' if name in _INSTEAD else ""


@cache
def settings() -> str:
    """``word/settings.xml``: page numbers apart for odd and even pages; the present version of the format."""
    return (
        f'{XML}<w:settings xmlns:w="{NAMESPACE}"><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


@cache
def footer(*, odd: bool) -> str:
    """The page number: official documents have it at the right of odd pages, at the left of even ones."""
    look = f"<w:rPr>{fonts(SONGTI)}{size(14)}</w:rPr>"
    side = "right" if odd else "left"
    field = "".join(
        f"<w:r>{look}{part}</w:r>"
        for part in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    return (
        f'{XML}<w:ftr xmlns:w="{NAMESPACE}" xmlns:r="{RELATIONS}"><w:p><w:pPr>'
        f'<w:ind w:{side}="{_twips(14)}"/><w:jc w:val="{side}"/></w:pPr>{field}</w:p></w:ftr>'
    )
