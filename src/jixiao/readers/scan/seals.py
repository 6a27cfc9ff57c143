"""Red seals on scanned pages: taken away, so that the words under them can be recognised."""

from __future__ import annotations

from typing import Any

from jixiao.readers.scan.engine import Box

_REDDER = 40
"""How much redder than green and blue a red point is, of 255"""
_TINGED = 12
"""The same at the edges of a seal's strokes"""
_SMALLEST = 0.06
"""Share of the page's longer side that a seal measures at least: 18 mm on A4"""
_LARGEST = 0.35
_OVAL = 2.0
"""Longer by shorter side of a seal, at most"""
_CORNER = 0.12
"""Share of a seal's sides, at its corners, that a ring leaves blank and a table or a frame does not"""
_DARKER = 0.07
"""Share of the paper's light by which print under a seal is darker than its ink, in red light, at least"""
_ENOUGH = 0.004
"""Share of a seal's points that print under it has, at least"""
_BLACK = 0.1
"""What print under a seal is taken for where there is too little to tell"""


def without_seals(image: Any) -> tuple[Any, int]:
    """(the page in grey values without its seals, how many there were); ``image`` is height × width (× 3)."""
    import cv2
    import numpy as np

    if image.ndim == 2:
        return image, 0
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    red, green, blue = cv2.split(image)
    redder = cv2.subtract(red, cv2.max(green, blue))
    seals = _rings((redder > _REDDER).astype(np.uint8))
    for box in seals:
        inside = np.s_[box.y0 : box.y1, box.x0 : box.x1]
        paper = float(np.median(grey[inside]))
        near = cv2.dilate((redder[inside] > _TINGED).astype(np.uint8), np.ones((3, 3), np.uint8))
        ink = redder[inside] > _REDDER
        # in red light red ink is paper; photographs blur colours, so that only what is dark without them too is print
        light = np.maximum(_light(red[inside], ink), _light(grey[inside], ink))
        grey[inside] = np.where(near > 0, (light * paper).astype(np.uint8), grey[inside])
    return grey, len(seals)


def _light(channel: Any, ink: Any) -> Any:
    """How little of the points of a channel is print, 0 to 1; ``ink`` tells where a seal is."""
    import numpy as np

    seen = channel / max(1.0, float(np.percentile(channel, 90)))
    dark, light_from = _print_under(seen[ink])
    return ((seen - dark) / (light_from - dark)).clip(0, 1)


def _print_under(seen: Any) -> tuple[float, float]:
    """How light the points of a seal are up to which they are print, and from which they are none.

    The ink of a seal has one lightness, print under it is darker: by a little where the seal was laid over a picture,
    nearly black where ink lies on ink.
    """
    import numpy as np

    counts, edges = np.histogram(seen, bins=50, range=(0.0, 1.25))
    ink = float(edges[int(counts.argmax())]) + 0.0125
    darker = seen[seen < ink - _DARKER]
    under = float(np.median(darker)) if len(darker) >= _ENOUGH * len(seen) else _BLACK
    apart = ink - under
    return under + 0.25 * apart, under + 0.65 * apart


def _rings(is_red: Any) -> list[Box]:
    """Round and oval outlines of a seal's size."""
    import cv2
    import numpy as np

    if not is_red.any():
        return []
    page = max(is_red.shape)
    closed = cv2.morphologyEx(is_red, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    found = []
    for n in range(1, count):
        x, y, w, h, _ = (int(v) for v in stats[n])
        if not _SMALLEST * page <= max(w, h) <= _LARGEST * page or max(w, h) > _OVAL * min(w, h):
            continue
        ring = labels[y : y + h, x : x + w] == n
        dx, dy = max(1, round(_CORNER * w)), max(1, round(_CORNER * h))
        corners = (ring[:dy, :dx], ring[:dy, -dx:], ring[-dy:, :dx], ring[-dy:, -dx:])
        if not any(corner.any() for corner in corners):
            found.append(Box(x, y, x + w, y + h))
    return found
