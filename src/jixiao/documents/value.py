"""A document as a value: what stands on its pages and what each part is, apart from any file format.

The value says that a line is a heading, a cell a label, a table a list; which fonts, sizes and colours those have is
the renderers' business (``docx.py``, ``xlsx.py``, ``html.py``). So what is written can be tested as a value, and one
value becomes a Word document, a workbook or a web page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum

Value = str | int | Decimal | date | None
"""What a cell holds: text as text, numbers and dates as such where the format can (a workbook sums and sorts them)."""


class Align(StrEnum):
    """How lines stand between their margins."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Role(Enum):
    """What a paragraph is."""

    BODY = "正文"
    OPENING = "称谓"
    """To whom: at the margin, without indent"""
    SUBTITLE = "副题"
    """Below the title, in the middle: （2026年度）"""
    REMARK = "说明"
    """Small, beside a table"""
    SIGNATURE = "落款"
    """A line to sign or stamp, in the right half of the page, kept together with the lines around it"""


class Look(Enum):
    """What a cell is."""

    VALUE = "内容"
    LABEL = "栏目"
    """Words printed on the form: 预算单位"""
    BAND = "分段"
    """A heading inside a table, kept with the row below it"""


class Tone(Enum):
    """How much a cell stands out; the tones differ in grey too."""

    PLAIN = 0
    LIGHT = 1
    MEDIUM = 2
    GRAVE = 3


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a paragraph or cell that look alike; ``\\n`` breaks the line."""

    text: str
    strong: bool = False


Words = str | tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 0 is the title, 1 「一、」, 2 「（一）」, above a table. That of an ``annex`` stands at the margin."""

    text: str
    level: int
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; with ``keep`` it stays on the page of what follows it. ``about`` as in ``Cell``."""

    words: Words
    role: Role = Role.BODY
    keep: bool = False
    about: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """What makes a cell one to be filled in 「填写处」: in a workbook it is open where its worksheet is protected, what is typed
    stays text, ``choices`` come as a list (other words are asked about, not refused), ``title`` and ``hint`` show beside it while
    somebody stands in it. Other formats draw a cell like any other.
    """

    title: str = ""
    hint: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is more than its value: it takes ``columns`` × ``rows`` of the grid, or looks different from others.

    Without ``align`` it stands as its column does. ``about`` names what it says, as a pointer into that: no part of the
    document, for pages that show more beside a cell than is printed in it.
    """

    content: Value | tuple[Run, ...] = None
    columns: int = 1
    rows: int = 1
    align: Align | None = None
    look: Look = Look.VALUE
    tone: Tone = Tone.PLAIN
    about: str = field(default="", compare=False)
    entry: Entry | None = None


Row = tuple[Cell | Value, ...]
"""Cells from left to right; one that a cell further up reaches into is left out. A bare value is a plain cell."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table's grid.

    ``width`` is in Latin characters in a workbook; on a page, widths are shares of the text's width. Without
    ``align``, short words are centred and long ones begin at the left, numbers at the right. ``format`` is the number
    format of a workbook (``"0.0"``); there a ``hidden`` column is out of sight.
    """

    title: str
    width: float
    align: Align | None = None
    format: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table: a grid of columns, rows of the head (repeated on every page) and of the body.

    ``read``: its cells begin at the top, because it is read through; otherwise they stand in the middle of the row,
    because they are looked up. In a workbook, ``filtered`` gives the head buttons that filter, and the first ``frozen``
    columns stay in sight together with the head.
    """

    columns: tuple[Column, ...]
    body: tuple[Row, ...]
    head: tuple[Row, ...] = ()
    read: bool = False
    filtered: bool = False
    frozen: int = 0


Block = Heading | Paragraph | Table


class Paper(Enum):
    """Sizes of paper: mm across and down, upright."""

    A4 = (210, 297)
    A3 = (297, 420)


@dataclass(frozen=True, slots=True)
class Margins:
    """Margins in mm; ``foot`` is the distance of the page number from the lower edge."""

    top: float
    bottom: float
    left: float
    right: float
    foot: float


OFFICIAL = Margins(37, 35, 28, 26, 24)
"""Of an official letter, GB/T 9704"""
NARROW = Margins(20, 20, 18, 18, 10)
"""Of pages of tables"""
_LIST = Margins(19, 19, 10, 10, 9)


@dataclass(frozen=True, slots=True)
class Page:
    """The pages of a section."""

    paper: Paper = Paper.A4
    landscape: bool = False
    margins: Margins = OFFICIAL

    @property
    def size(self) -> tuple[int, int]:
        """mm across and down, as it lies."""
        across, down = self.paper.value
        return (down, across) if self.landscape else (across, down)

    @property
    def text_width(self) -> float:
        """mm between the margins."""
        return self.size[0] - self.margins.left - self.margins.right


A4_LANDSCAPE = Page(Paper.A4, landscape=True, margins=_LIST)
A3_LANDSCAPE = Page(Paper.A3, landscape=True, margins=_LIST)
"""For wide lists"""


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one set-up; each section begins a new page. In a workbook it is the worksheet of that ``name``, protected (without
    a password) where it has cells with an ``Entry``."""

    blocks: tuple[Block, ...]
    page: Page = Page()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document 「公文、表册」: ``title`` and ``day`` go into the properties of the file, where nothing tells the hour.

    The same value makes the same bytes. ``carries`` is text for a program, which no reader of the document sees: a
    part of its own in a Word file, a hidden worksheet in a workbook.
    """

    title: str
    day: date
    sections: tuple[Section, ...]
    carries: str = ""


def listing(columns: Sequence[Column], rows: Iterable[Row], *, frozen: int = 0) -> Table:
    """A list for a workbook: the columns' titles as its head, filter buttons, rows that are read."""
    return Table(
        tuple(columns), tuple(rows), (tuple(c.title for c in columns),), read=True, filtered=True, frozen=frozen
    )


def text_of(cell: Cell | Value) -> str:
    """The words of a cell, dates as 2026-01-05."""
    content = cell.content if isinstance(cell, Cell) else cell
    if isinstance(content, tuple):
        return "".join(run.text for run in content)
    if isinstance(content, Decimal):
        return format(content, "f")
    return "" if content is None else str(content)
