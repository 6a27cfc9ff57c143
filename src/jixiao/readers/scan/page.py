"""A scanned page read: set straight, its ruling lines found, its words recognised cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from jixiao.domain.note import Note
from jixiao.readers.page.lattice import Lattice, lattices
from jixiao.readers.page.shapes import Page, Rule, Run
from jixiao.readers.scan.engine import LONGEST_SIDE, Box, Words, detect, recognise
from jixiao.readers.scan.pieces import Cells, Piece, usual_size
from jixiao.readers.scan.ruled import Stroke, binary, painted_over, straightened, strokes_of, without_specks
from jixiao.readers.scan.seals import without_seals
from jixiao.readers.scan.signs import ems, without_leader, written
from jixiao.readers.scan.stacked import side_by_side

_A4_HEIGHT = 841.9
_SMALLEST_TABLE = 60.0
"""Points: what is smaller is a character drawn large"""
_COARSE, _COARSEST = 1.15, 4.0
"""How much a page must be enlarged to be worth it, and at most: an icon stays one"""
_FEWEST_PIXELS = 12
"""Height of the smallest print that can be recognised"""
_ON_LINE = 2.5
_TALL = 1.8
_NEVER_CERTAIN = 0.999
_POOR = 0.6
"""How sure recognition is at most of words that stand on their heads"""


def read_page(image: Any, number: int) -> Page:
    """The words and ruling lines of a page's image; ``image`` is height × width, in colour × 3."""
    height, width = image.shape[:2]
    if min(height, width) < _FEWEST_PIXELS:
        points = _A4_HEIGHT / max(height, width)
        note = Note("page.unread", "", f"第 {number} 页的图像只有 {width}×{height} 个点，读不出文字。")
        return Page(number, width * points, height * points, [], [], [note], recognised=True)
    grey, seals = without_seals(image)
    del image  # 12 MB that recognition has better use for
    page, sure = _read(grey, number)
    if sure < _POOR and page.runs:
        import numpy as np

        turned, surer = _read(np.ascontiguousarray(grey[::-1, ::-1]), number)  # it may stand on its head
        page = turned if surer > sure else page
    if seals:
        page.across.append(f"第 {number} 页的红色印章（{seals} 处）")
    return page


def _read(grey: Any, number: int) -> tuple[Page, float]:
    import cv2
    import numpy as np

    image = straightened(_enlarged(grey))
    boxes = detect(cv2.cvtColor(image, cv2.COLOR_GRAY2BGR))
    if _lies_on_its_side(boxes):
        image = straightened(np.ascontiguousarray(np.rot90(_enlarged(grey), -1)))
        boxes = detect(cv2.cvtColor(image, cv2.COLOR_GRAY2BGR))
    height, width = image.shape
    points = _A4_HEIGHT / max(height, width)
    ink = binary(image)
    strokes = strokes_of(ink)
    tables = [t for t in lattices(_rules(strokes, points)) if _is_large(t)]
    sides = [s for s in strokes if any(_is_side(s, t, points) for t in tables)]
    ink = without_specks(painted_over(ink, sides, 0))
    clean = painted_over(image, sides, int(np.median(image)))
    pieces = Cells(tables, points, ink).pieces(boxes)
    words = _recognised(clean, ink, pieces)
    usual = usual_size(pieces)
    runs = [run for p, w in zip(pieces, words, strict=True) if w.text for run in _runs(p, w, usual, points)]
    sure = [w.sure for w in words if w.text]
    page = Page(number, width * points, height * points, runs, _rules(sides, points), recognised=True)
    return page, sum(sure) / len(sure) if sure else 0.0


def _enlarged(grey: Any) -> Any:
    """A coarse page brought to the size at which recognition is best."""
    import cv2

    scale = LONGEST_SIDE / max(grey.shape)
    if scale < _COARSE or scale > _COARSEST:
        return grey
    return cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)


def _lies_on_its_side(boxes: Sequence[Box]) -> bool:
    tall = sum(b.height > _TALL * b.width for b in boxes)
    wide = sum(b.width > _TALL * b.height for b in boxes)
    return tall > 2 * wide and tall > 3


def _rules(strokes: Sequence[Stroke], points: float) -> list[Rule]:
    return [Rule(s.vertical, s.at * points, s.start * points, s.end * points) for s in strokes]


def _is_large(table: Lattice) -> bool:
    return table.xs[-1] - table.xs[0] >= _SMALLEST_TABLE and table.ys[-1] - table.ys[0] >= _SMALLEST_TABLE / 3


def _is_side(stroke: Stroke, table: Lattice, points: float) -> bool:
    """Whether a stroke is one of a table's lines."""
    across, along = (table.xs, table.ys) if stroke.vertical else (table.ys, table.xs)
    middle = (stroke.start + stroke.end) / 2 * points
    return along[0] <= middle <= along[-1] and any(abs(stroke.at * points - at) <= _ON_LINE for at in across)


def _recognised(clean: Any, ink: Any, pieces: Sequence[Piece]) -> list[Words]:
    """The words of every piece; characters that stand below each other are laid side by side first."""
    import cv2

    crops = []
    for piece in pieces:
        b = piece.box
        if piece.stacked:
            crop = side_by_side(clean, ink, b)
        else:
            crop = clean[max(0, b.y0 - 4) : b.y1 + 4, max(0, b.x0 - 4) : b.x1 + 4]
        crops.append(cv2.cvtColor(crop, cv2.COLOR_GRAY2BGR))
    return [
        Words(written(w.text) if piece.in_table else without_leader(written(w.text)), w.sure)
        for piece, w in zip(pieces, recognise(crops), strict=True)
    ]


def _runs(piece: Piece, words: Words, usual: float, points: float) -> Iterator[Run]:
    """A run; its ends moved out where a stop or bracket leaves half its room blank."""
    b = piece.box
    text = words.text
    if piece.stacked:
        size = min(max(b.width * 1.1, 0.7 * usual), 1.5 * usual)
        middle = (b.y0 + b.y1) / 2
    else:
        own = b.width / ems(text)
        size = own if ems(text) >= 3 else min(max(b.height, 0.7 * usual), 1.3 * usual)
        middle = piece.middle
    x0 = b.x0 - (0.45 * size if text[0] in "（“《【" else 0)
    x1 = b.x1 + (0.5 * size if text[-1] in "，。；：、）”》】" else 0)
    base = middle + 0.38 * size
    yield Run(text, x0 * points, x1 * points, base * points, size * points, min(words.sure, _NEVER_CERTAIN))
