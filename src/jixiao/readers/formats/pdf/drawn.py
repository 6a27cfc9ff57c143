"""The ruling lines of a PDF page: drawn lines, thin filled boxes, sides of drawn boxes."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from jixiao.readers.formats.pdf.geometry import IDENTITY, Matrix, Upright, times
from jixiao.readers.page.shapes import Rule

_THIN = 3.0
"""Points: a filled box no wider is a line"""
_STRAIGHT = 1.0
_SHORTEST = 3.0
_DEEPEST = 6
_MOST_OBJECTS = 200_000
_MOST_POINTS = 20_000
Point = tuple[float, float]


def rules_of(page: Any, upright: Upright) -> list[Rule]:
    """The ruling lines of a page."""
    rules: list[Rule] = []
    for points, stroked in _outlines(page):
        turned = [upright.point(x, y) for x, y in points]
        rules += _rules(turned, stroked=stroked)
    return rules


def _rules(points: list[Point], *, stroked: bool) -> Iterator[Rule]:
    """The straight sides of an outline; a thin filled box is one line."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    if x1 - x0 <= _THIN or y1 - y0 <= _THIN:
        if y1 - y0 >= max(_SHORTEST, x1 - x0):
            yield Rule(vertical=True, at=(x0 + x1) / 2, start=y0, end=y1)
        elif x1 - x0 >= _SHORTEST:
            yield Rule(vertical=False, at=(y0 + y1) / 2, start=x0, end=x1)
        return
    if not stroked:
        return
    for (ax, ay), (bx, by) in pairwise(points):
        if abs(ay - by) <= _STRAIGHT and abs(ax - bx) >= _SHORTEST:
            yield Rule(vertical=False, at=(ay + by) / 2, start=min(ax, bx), end=max(ax, bx))
        elif abs(ax - bx) <= _STRAIGHT and abs(ay - by) >= _SHORTEST:
            yield Rule(vertical=True, at=(ax + bx) / 2, start=min(ay, by), end=max(ay, by))


def _outlines(page: Any) -> Iterator[tuple[list[Point], bool]]:
    """(points, whether its sides are drawn) of every outline on a page, those inside forms included."""
    from pypdfium2 import raw

    seen = 0
    pending: list[tuple[Any, Matrix, int]] = [
        (raw.FPDFPage_GetObject(page, n), IDENTITY, 0)
        for n in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS))
    ]
    while pending and seen < _MOST_OBJECTS:
        item, outer, depth = pending.pop()
        seen += 1
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield from _path(item, times(_matrix(item), outer))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = times(_matrix(item), outer)
            count = min(raw.FPDFFormObj_CountObjects(item), _MOST_OBJECTS)
            pending += [(raw.FPDFFormObj_GetObject(item, n), inner, depth + 1) for n in range(count)]


def _matrix(item: Any) -> Matrix:
    from pypdfium2 import raw

    m = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, ctypes.byref(m)):
        return IDENTITY
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _path(item: Any, matrix: Matrix) -> Iterator[tuple[list[Point], bool]]:
    from pypdfium2 import raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    if not (fill.value or stroke.value):
        return
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    for n in range(min(raw.FPDFPath_CountSegments(item), _MOST_POINTS)):
        segment = raw.FPDFPath_GetPathSegment(item, n)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, bool(stroke.value)
            points = [point]
        elif kind == raw.FPDF_SEGMENT_LINETO:
            points.append(point)
        else:  # a curve is no ruling line; what follows begins at its end
            if len(points) > 1:
                yield points, bool(stroke.value)
            points = [point]
            continue
        if raw.FPDFPathSegment_GetClose(segment) and len(points) > 2:
            points.append(points[0])
    if len(points) > 1:
        yield points, bool(stroke.value)
