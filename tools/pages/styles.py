"""The styles a document is printed in: which lines are drawn, how words stand in their cells, how pages follow."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Style:
    """How tables are printed.

    ``lines`` are the sides that are drawn: of the table (top, bottom, left, right), between its cells (insideH, insideV),
    and ``header`` below the row that names the columns; ``stroke`` is their kind. ``unseen``: kept from whoever writes readers.
    """

    name: str
    lines: frozenset[str] = frozenset()
    stroke: str = "single"
    vertical: str = "center"
    across: str = "left"
    size: float = 10.5
    """points of the words"""
    pad: int = 0
    """twentieths of a point above and below words"""
    side: int = 108
    """twentieths of a point beside words"""
    fill: str = ""
    """what is coloured: header, bands, labels"""
    landscape: bool = False
    repeats: bool = False
    """whether the header is printed again on every page"""
    narrow: float = 1.0
    """share of the usual width of the table"""
    browser: bool = False
    unseen: bool = False
    font: str = field(default="Noto Sans CJK SC")


ALL = frozenset({"top", "bottom", "left", "right", "insideH", "insideV"})
FRAME = frozenset({"top", "bottom", "left", "right"})
LEVEL = frozenset({"top", "bottom", "insideH"})
THREE = frozenset({"top", "bottom", "header"})

STYLES = (
    Style("all lines", ALL),
    Style("no lines, centred"),
    Style("no lines, at the top", vertical="top"),
    Style("no lines, middle of cells", across="center", unseen=True),
    Style("no lines, padded", pad=80),
    Style("no lines, padded, at the top, middle", pad=60, vertical="top", across="center"),
    Style("no lines, to the right", across="right", unseen=True),
    Style("no lines, landscape", landscape=True, across="center"),
    Style("no lines, narrow columns", narrow=0.7, size=9),
    Style("no lines, narrow, padded", narrow=0.75, size=10.5, pad=60, unseen=True),
    Style("no lines, several pages, header again", size=16, repeats=True),
    Style("no lines, several pages", size=16, pad=40),
    Style("level lines", LEVEL),
    Style("level lines, middle", LEVEL, across="center", landscape=True),
    Style("level lines, narrow, at the top", LEVEL, vertical="top", narrow=0.75, unseen=True),
    Style("frame only", FRAME, across="center", unseen=True),
    Style("frame only, padded", FRAME, pad=60),
    Style("three lines", THREE),
    Style("three lines, middle", THREE, across="center", pad=40, unseen=True),
    Style("dashed", ALL, stroke="dashed"),
    Style("dotted, several pages", ALL, stroke="dotted", size=16, repeats=True),
    Style("double", ALL, stroke="double", unseen=True),
    Style("no sides left and right", ALL - {"left", "right"}),
    Style("upright lines only", frozenset({"left", "right", "insideV"}), unseen=True),
    Style("bands of colour", fill="bands", pad=30),
    Style("labels coloured", fill="labels", across="center"),
    Style("cells coloured", fill="cells", pad=30, unseen=True),
    Style("browser, no lines", browser=True, pad=40),
    Style("browser, level lines", LEVEL, browser=True, pad=40),
    Style("browser, bands of colour", browser=True, fill="bands", pad=60, unseen=True),
    Style("browser, dashed", ALL, stroke="dashed", browser=True, across="center"),
)
