"""Characters that stand below each other in a narrow cell, laid side by side to be recognised."""

from __future__ import annotations

from typing import Any

from jixiao.readers.scan.engine import Box

_SQUARE = 1.2
"""Height by width a character has at most"""
_GAP = 6


def side_by_side(grey: Any, ink: Any, box: Box) -> Any:
    """One line made of the characters in a box, taken from top to bottom."""
    import cv2
    import numpy as np

    paper = int(np.median(grey))
    tiles = []
    for top, bottom in _characters(ink[box.y0 : box.y1, box.x0 : box.x1]):
        tile = grey[max(0, box.y0 + top - 2) : box.y0 + bottom + 2, max(0, box.x0 - 2) : box.x1 + 2]
        tiles.append(tile)
    height = max(tile.shape[0] for tile in tiles) + 2 * _GAP
    strip = []
    for tile in tiles:
        above = (height - tile.shape[0]) // 2
        strip.append(
            cv2.copyMakeBorder(
                tile, above, height - tile.shape[0] - above, _GAP // 2, _GAP // 2, cv2.BORDER_CONSTANT, value=paper
            )
        )
    return np.hstack(strip)


def _characters(ink: Any) -> list[tuple[int, int]]:
    """(top, bottom) of every character: pieces of ink put together while they stay about square."""
    import numpy as np

    filled = np.flatnonzero(ink.any(axis=1))
    if not len(filled):
        return [(0, ink.shape[0])]
    gaps = np.flatnonzero(np.diff(filled) > 1)
    pieces = zip([filled[0], *filled[gaps + 1]], [*(filled[gaps] + 1), filled[-1] + 1], strict=True)
    found: list[tuple[int, int]] = []
    for top, bottom in pieces:
        if found and bottom - found[-1][0] <= _SQUARE * ink.shape[1]:
            found[-1] = (found[-1][0], int(bottom))
        else:
            found.append((int(top), int(bottom)))
    return found
