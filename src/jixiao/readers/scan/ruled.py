"""The ruling lines of a scanned page, and the page set straight by them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from jixiao.readers.scan.engine import Box

_MOST_STROKES = 5000
_STEEPEST = 8.0
"""Degrees by which a sheet may lie askew on the glass"""
_STRAIGHT = 0.1
_FEWEST_LINES = 4
_MOST_LINES = 40
_SPECK = 8
"""Pixels: fewer together are dirt"""
_THICKEST = 14
"""Pixels: anything thicker is a bar or a picture"""


_INTERRUPTED = 0.18
"""Share of the shortest stroke that a line may be interrupted; more lies between a line and a character beside its end"""
_DOT_ACROSS, _DOT_GAP, _DOTTED_PART, _DOTTED = 2.2, 4.5, 14.0, 40.0
"""Points: how thick the marks of a dotted or dashed line are, how far apart, how long its parts and itself, at least"""
_FEWEST_ACROSS = 4
_CHARACTER, _AT_LINE = 22.0, 2.5
"""Points: strokes of characters are shorter; how near the end of a line lies to the line it ends at"""
_CROSSED = 13.0
"""Points that a dotted line may lack where another crosses it"""


class Stroke(NamedTuple):
    """A ruling line in pixels: its middle, its ends, its thickness."""

    vertical: bool
    at: float
    start: int
    end: int
    thickness: int


def straightened(grey: Any) -> Any:
    """The page turned so that its long lines lie level; as it is where they do or where it has none."""
    import cv2

    angle = _tilt(grey)
    if angle is None or abs(angle) < _STRAIGHT:
        return grey
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)


def _tilt(grey: Any) -> float | None:
    """Degrees by which long level lines (or else lines of words) fall to the right; None where nothing tells."""
    import cv2
    import numpy as np

    ink = binary(grey)
    small = (cv2.resize(ink, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA) > 100).astype(np.uint8)
    level, steepest = np.pi / 2, np.radians(_STEEPEST)
    lines = cv2.HoughLines(
        small, 1, np.pi / 1800, small.shape[1] // 3, min_theta=level - steepest, max_theta=level + steepest
    )
    if lines is None or len(lines) < _FEWEST_LINES:
        return _tilt_of_words(ink)
    strongest = lines.reshape(len(lines), -1)[:_MOST_LINES, 1]
    return float(np.degrees(np.median(strongest))) - 90


def _tilt_of_words(ink: Any) -> float | None:
    """The turn at which lines of words stand out most sharply from the blank between them."""
    import cv2
    import numpy as np

    scale = 800 / max(ink.shape)
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    height, width = small.shape
    if not small.any():
        return None
    best, sharpest = 0.0, -1.0
    for angle in np.arange(-3, 3.01, 0.25):
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(angle), 1.0)
        rows = cv2.warpAffine(small, turn, (width, height)).sum(axis=1, dtype=np.float64)
        sharp = float(((rows[1:] - rows[:-1]) ** 2).sum())
        if sharp > sharpest * 1.02:
            best, sharpest = float(angle), sharp
    return best


def binary(grey: Any) -> Any:
    """Ink as 255 on 0, told against the paper around it; noise smoothed away, lines one pixel thin kept."""
    import cv2

    smooth = cv2.GaussianBlur(grey, (3, 3), 0)
    return cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 18)


def without_specks(ink: Any) -> Any:
    """Ink without pieces too small to be part of a character."""
    import cv2
    import numpy as np

    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    keep = stats[:, cv2.CC_STAT_AREA] >= _SPECK
    keep[0] = False
    return np.where(keep[labels], 255, 0).astype(np.uint8)


def strokes_of(ink: Any) -> list[Stroke]:
    """The straight strokes of a page that lies straight: its ruling lines, and here and there part of a character."""
    import cv2

    dots = max(ink.shape) / 842  # pixels a point
    strokes: list[Stroke] = []
    for vertical in (False, True):
        kept = _long(ink, max(10, round(10 * dots)), vertical=vertical) | _dotted(ink, dots, vertical=vertical)
        count, _, stats, _ = cv2.connectedComponentsWithStats(kept, connectivity=8)
        for x, y, w, h, _ in stats[1 : min(count, _MOST_STROKES)].tolist():
            length, thickness = (h, w) if vertical else (w, h)
            if length < 14 * dots or thickness > max(_THICKEST, 4 * dots):
                continue
            start = y if vertical else x
            strokes.append(Stroke(vertical, (x + w / 2) if vertical else (y + h / 2), start, start + length, thickness))
    return _without_characters(_bridged(strokes, dots), dots)


def _without_characters(strokes: Sequence[Stroke], dots: float) -> list[Stroke]:
    """Strokes without the short ones that do not reach from one line to another: parts of characters printed large."""
    long = [s for s in strokes if s.end - s.start >= _CHARACTER * dots]
    return [s for s in strokes if s.end - s.start >= _CHARACTER * dots or _is_between(s, long, dots)]


def _is_between(stroke: Stroke, lines: Sequence[Stroke], dots: float) -> bool:
    """Whether both ends of a stroke lie at lines that cross its direction."""
    near = _AT_LINE * dots
    crossing = [
        s.at for s in lines if s.vertical is not stroke.vertical and s.start - near <= stroke.at <= s.end + near
    ]
    return all(any(abs(at - end) <= near for at in crossing) for end in (stroke.start, stroke.end))


def _bridged(strokes: Sequence[Stroke], dots: float) -> list[Stroke]:
    """Long strokes in one line put together over the short gaps that dotted lines have where others cross them."""
    found: list[Stroke] = []
    for stroke in sorted(strokes, key=lambda s: (s.vertical, s.start)):
        long = stroke.end - stroke.start >= _DOTTED * dots
        before = next((n for n, other in enumerate(found) if long and _goes_on(other, stroke, dots)), None)
        if before is None:
            found.append(stroke)
        else:
            other = found[before]
            at, thickness = (other.at + stroke.at) / 2, max(other.thickness, stroke.thickness)
            found[before] = Stroke(stroke.vertical, at, other.start, max(other.end, stroke.end), thickness)
    return found


def _goes_on(above: Stroke, below: Stroke, dots: float) -> bool:
    in_line = above.vertical == below.vertical and abs(above.at - below.at) <= dots
    return in_line and above.end - above.start >= _DOTTED * dots and 0 <= below.start - above.end <= _CROSSED * dots


def painted_over(image: Any, strokes: Sequence[Stroke], value: int) -> Any:
    """An image with strokes painted over, so that none is taken for a character."""
    clean = image.copy()
    for s in strokes:
        half = s.thickness // 2 + 2
        near, far = max(0, round(s.at) - half), round(s.at) + half + 1
        if s.vertical:
            clean[s.start : s.end, near:far] = value
        else:
            clean[near:far, s.start : s.end] = value
    return clean


def _long(ink: Any, length: int, *, vertical: bool) -> Any:
    """Only strokes of at least ``length`` pixels in one direction; small interruptions closed, bends followed."""
    import cv2

    def kernel(along: int, across: int = 1) -> Any:
        return cv2.getStructuringElement(cv2.MORPH_RECT, (across, along) if vertical else (along, across))

    thick = cv2.dilate(ink, kernel(1, 3))
    opened = cv2.morphologyEx(thick, cv2.MORPH_OPEN, kernel(length))
    return cv2.morphologyEx(opened, cv2.MORPH_CLOSE, kernel(max(3, round(_INTERRUPTED * length))))


def _dotted(ink: Any, dots: float, *, vertical: bool) -> Any:
    """Lines made of dots or dashes: thin pieces of ink that follow each other more closely than digits of a column do."""
    import cv2
    import numpy as np

    def kernel(points: float) -> Any:
        length = max(3, round(points * dots))
        return cv2.getStructuringElement(cv2.MORPH_RECT, (1, length) if vertical else (length, 1))

    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    along, across = (height, width) if vertical else (width, height)
    keep = across <= np.maximum(_FEWEST_ACROSS, np.minimum(_DOT_ACROSS * dots, along + 1))
    keep[0] = False
    marks = np.where(keep[labels], 255, 0).astype(np.uint8)
    closed = cv2.morphologyEx(marks, cv2.MORPH_CLOSE, kernel(_DOT_GAP))
    thick = cv2.dilate(closed, np.ones((1, 3) if vertical else (3, 1), np.uint8))
    parts = cv2.morphologyEx(thick, cv2.MORPH_OPEN, kernel(_DOTTED_PART))
    whole = cv2.morphologyEx(parts, cv2.MORPH_CLOSE, kernel(_CROSSED))  # where others cross no mark is thin
    return cv2.morphologyEx(whole, cv2.MORPH_OPEN, kernel(_DOTTED))


def ink_box(ink: Any, box: Box) -> Box | None:
    """The smallest box around the ink in a box; None where there is none."""
    import cv2

    x, y, w, h = cv2.boundingRect(ink[box.y0 : box.y1, box.x0 : box.x1])
    return Box(box.x0 + x, box.y0 + y, box.x0 + x + w, box.y0 + y + h) if w and h else None
