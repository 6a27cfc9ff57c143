"""Pages of a PDF that are images, and such pages drawn for recognition."""

from __future__ import annotations

import ctypes
from typing import Any

from jixiao.readers.scan.engine import LONGEST_SIDE

_MOST_OBJECTS = 20_000
_DEEPEST = 3
_FEW_CHARACTERS = 8
"""A page with fewer is an image if it holds one: a page number may have been added to a scan"""
_WHOLE_PAGE = 0.6
"""Share of the page that a scan covers"""
_MANY_OUTLINES = 150
"""Paths on a page without words whose characters were turned into outlines"""
_GARBLED = 0.3
"""Share of characters without a meaning from which the words of a page are of no use"""
_LARGEST_SCALE = 6.0


def is_picture(page: Any, printing: int, unreadable: int, *, has_rules: bool) -> bool:
    """Whether a page's words must be recognised: a scan (perhaps with words laid under it), outlines, or no sense."""
    if printing and unreadable >= _GARBLED * printing:
        return True
    if printing >= _FEW_CHARACTERS and has_rules:
        return False
    covered, outlines = _coverage(page)
    if printing >= _FEW_CHARACTERS:
        return covered >= _WHOLE_PAGE
    return covered >= _WHOLE_PAGE / 3 or outlines >= _MANY_OUTLINES


def _coverage(page: Any) -> tuple[float, int]:
    """(share of the page the largest image covers, number of paths)."""
    from pypdfium2 import raw

    width, height = page.get_size()
    area = max(1.0, width * height)
    covered, outlines, seen = 0.0, 0, 0
    count = min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)
    pending = [(raw.FPDFPage_GetObject(page, n), 0) for n in range(count)]
    edges = [ctypes.c_float() for _ in range(4)]
    while pending and seen < _MOST_OBJECTS:
        item, depth = pending.pop()
        seen += 1
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            outlines += 1
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            if depth:  # its place inside a form is not its place on the page
                covered = max(covered, _WHOLE_PAGE)
            elif raw.FPDFPageObj_GetBounds(item, *map(ctypes.byref, edges)):
                left, bottom, right, top = (e.value for e in edges)
                covered = max(covered, abs(right - left) * abs(top - bottom) / area)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = min(raw.FPDFFormObj_CountObjects(item), _MOST_OBJECTS)
            pending += [(raw.FPDFFormObj_GetObject(item, n), depth + 1) for n in range(inner)]
    return covered, outlines


def drawn(page: Any) -> Any:
    """The page as a numpy array of colours (height × width × 3), as large as recognition likes it."""
    scale = min(LONGEST_SIDE / max(page.get_size()), _LARGEST_SCALE)
    bitmap = page.render(scale=scale, rev_byteorder=True)
    try:
        return bitmap.to_numpy()[:, :, :3].copy()
    finally:
        bitmap.close()
