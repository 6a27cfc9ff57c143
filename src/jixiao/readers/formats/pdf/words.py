"""The characters of a PDF page as runs."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from jixiao.readers.formats.pdf.geometry import Upright
from jixiao.readers.page.shapes import Run
from jixiao.vocabulary.characters import folded

MOST_CHARACTERS = 60_000
"""On one page; a page full of small print has six thousand"""
_SAMPLE = 40
_TURNED = 0.35
"""Radians by which a character is turned against the page to count as turned"""
_SMALLEST = 1.0
_LAST_OF_LINE = 2
"""What pdfium puts for a hyphen at the end of a line, taking every one for a break in a word"""
_SLANTED = 0.14
"""Radians off the level and the upright from which words are printed across a page, not in a cell of it"""
_LARGE = 24.0
"""Points from which pale words are a watermark"""
_PALE, _WHITE, _SEE_THROUGH = 0x90, 0xF8, 0xA0


class Characters(NamedTuple):
    """A page's code points, the turn that sets most of them upright, how many print, how many have no meaning."""

    codes: list[int]
    turn: int
    printing: int
    unreadable: int


def characters(textpage: Any, rotation: int) -> Characters:
    """The code points of a page; ``rotation`` is its /Rotate, taken where it holds no words."""
    from pypdfium2 import raw

    count = min(raw.FPDFText_CountChars(textpage), MOST_CHARACTERS)
    codes = [raw.FPDFText_GetUnicode(textpage, n) for n in range(count)]
    for n, code in enumerate(codes):
        if code == _LAST_OF_LINE and raw.FPDFText_IsHyphen(textpage, n) == 1:
            codes[n] = ord("-")
    printing = [n for n, code in enumerate(codes) if code > 32]
    step = max(1, len(printing) // _SAMPLE)
    turns = Counter(-round(math.degrees(raw.FPDFText_GetCharAngle(textpage, n)) / 90) % 4 for n in printing[::step])
    turn = turns.most_common(1)[0][0] * 90 if turns else rotation
    return Characters(codes, turn, len(printing), sum(_is_unreadable(codes[n]) for n in printing))


def _is_unreadable(code: int) -> bool:
    """Signs a font gave no meaning: private use, replacement characters, not-a-character."""
    return 0xE000 <= code <= 0xF8FF or code in (0xFFFD, 0xFFFE, 0xFFFF) or code >= 0xF0000


def runs_of(textpage: Any, found: Characters, upright: Upright) -> tuple[list[Run], list[str]]:
    """(the characters of a page as runs, one each; the words of watermarks). Words that run up a page make one run."""
    plain: list[Run] = []
    turned: list[tuple[int, Run]] = []
    across: list[tuple[int, Run]] = []
    for n, angle, run in _runs(textpage, found, upright):
        if _is_slanted(angle) or (run.size >= _LARGE and _is_pale(textpage, n)):
            across.append((n, run))
        elif abs(angle) > _TURNED:
            turned.append((n, run))
        else:
            plain.append(run)
    return plain + _turned_words(turned), [run.text for run in _turned_words(across)]


def _is_slanted(angle: float) -> bool:
    """Whether words run neither level nor upright."""
    quarter = math.pi / 2
    return abs(angle - quarter * round(angle / quarter)) > _SLANTED


def _is_pale(textpage: Any, n: int) -> bool:
    """Whether a character is printed so that others can be read over it; white ones are left for dark ground."""
    from pypdfium2 import raw

    red, green, blue, cover = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFText_GetFillColor(textpage, n, *map(ctypes.byref, (red, green, blue, cover))):
        return False
    darkest = min(red.value, green.value, blue.value)
    return cover.value < _SEE_THROUGH or _PALE <= darkest < _WHITE


def _runs(textpage: Any, found: Characters, upright: Upright) -> Iterator[tuple[int, float, Run]]:
    """(position, angle against the page, run) of every character."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    at_box, at_x, at_y = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    angle_of, box_of, origin_of = raw.FPDFText_GetCharAngle, raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin
    width, height = upright.size
    upright_angle = math.radians(upright.turn)
    for n, code in enumerate(found.codes):
        if code <= 32 and (code != 32 or raw.FPDFText_IsGenerated(textpage, n) == 1):
            continue
        if not (box_of(textpage, n, at_box) and origin_of(textpage, n, at_x, at_y)):
            continue
        if not upright.turn:
            x0, x1 = box.left - upright.box[0], box.right - upright.box[0]
            base = upright.box[3] - y.value
            top, bottom = upright.box[3] - box.top, upright.box[3] - box.bottom
        else:
            xa, ya = upright.point(box.left, box.bottom)
            xb, yb = upright.point(box.right, box.top)
            x0, x1, top, bottom = min(xa, xb), max(xa, xb), min(ya, yb), max(ya, yb)
            base = upright.point(x.value, y.value)[1]
        if not (x1 >= -1 and x0 <= width + 1 and -1 <= base <= height + 1):
            continue  # off the page: nobody sees it
        angle = (angle_of(textpage, n) + upright_angle + math.pi) % (2 * math.pi) - math.pi
        text = " " if code in (32, 0xA0, 0x3000) else _printed(code)
        if text:
            size = x1 - x0 if code >= 0x2E80 and x1 > x0 else bottom - top
            lower = bottom if abs(angle) > _TURNED else base
            yield n, angle, Run(text, x0, x1, lower, max(size, _SMALLEST))


def _printed(code: int) -> str:
    """The character of a code point; nothing for halves of pairs and characters that are not printed."""
    if 0xD800 <= code <= 0xDFFF or code in (0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF):
        return ""
    if 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF:
        return folded(chr(code))
    return chr(code)


def _turned_words(turned: list[tuple[int, Run]]) -> list[Run]:
    """Characters at another angle, put together as they follow each other in the file."""
    groups: list[list[tuple[int, Run]]] = []
    for n, run in turned:
        if groups and n - groups[-1][-1][0] <= 2 and _near(groups[-1][-1][1], run):
            groups[-1].append((n, run))
        else:
            groups.append([(n, run)])
    words = []
    for group in groups:
        runs = [run for _, run in group]
        base = max(r.base for r in runs)
        words.append(
            Run("".join(r.text for r in runs), min(r.x0 for r in runs), max(r.x1 for r in runs), base, runs[0].size)
        )
    return words


def _near(a: Run, b: Run) -> bool:
    return abs(a.x0 - b.x0) < 2 * a.size and abs(a.base - b.base) < 2 * a.size
