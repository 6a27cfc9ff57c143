"""Automatic numbers of Word paragraphs as printed: 一、 （一） 1. 1.1. Word stores only that a paragraph has one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jixiao.readers.formats.docx.number_forms import FORMATS
from jixiao.readers.formats.docx.package import Package, W, parsed

_P, _TC, _T, _R = W + "p", W + "tc", W + "t", W + "r"
_PPR, _PSTYLE, _VAL, _ILVL, _NUM_ID = W + "pPr", W + "pStyle", W + "val", W + "ilvl", W + "numId"
_NUM_PR = f"{_PPR}/{W}numPr"
_STYLE_ID = re.compile(rb'w:styleId="([^"]*)"')
_BASED_ON = re.compile(rb'<w:basedOn w:val="([^"]*)"')
_STYLE_NUMBER = re.compile(rb"<w:numPr\b.*?</w:numPr>", re.DOTALL)
_STYLE_LEVEL, _STYLE_NUM_ID = re.compile(rb'<w:ilvl w:val="(\d)"'), re.compile(rb'<w:numId w:val="(\d+)"')
_PATTERN = re.compile(r"%([1-9])")
_CLOSED = tuple("、.．,，:：)）]】〕>》-·①②③④⑤⑥⑦⑧⑨⑩")
"""Signs behind which print needs no blank before the words"""
_LEVELS = 9
_LARGEST = 32_767
_OFF = ("0", "false", "off")


# --- definitions -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 0
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    spaced: bool = True


@dataclass(frozen=True, slots=True)
class _List:
    """A w:num: the list it counts in (``key``), its levels, the levels it starts anew."""

    key: str
    levels: Mapping[int, _Level]
    starts: Mapping[int, int]


def _value(element: Any, path: str) -> str | None:
    found = element.find(path)
    value = None if found is None else found.get(_VAL)
    return str(value) if value is not None else None


def _integer(text: str | None, otherwise: int) -> int:
    return min(int(text), _LARGEST) if text and text.isascii() and text.isdigit() else otherwise


def _level(element: Any) -> _Level:
    form = next((f.get(_VAL) for f in element.iter(W + "numFmt") if f.get(_VAL) != "custom"), None)
    restart, legal = _value(element, W + "lvlRestart"), element.find(W + "isLgl")
    return _Level(
        _integer(_value(element, W + "start"), 0),
        form or "decimal",
        _value(element, W + "lvlText") or "",
        None if restart is None else _integer(restart, 0),
        legal is not None and legal.get(_VAL) not in _OFF,
        _value(element, W + "suff") != "nothing",
    )


def _levels(element: Any) -> dict[int, _Level]:
    return {_integer(lvl.get(_ILVL), 0): _level(lvl) for lvl in element.findall(W + "lvl")}


class _Definitions:
    """numbering.xml and what styles.xml says about numbers."""

    def __init__(self, package: Package, used_styles: frozenset[str]) -> None:
        root = parsed(package.text("numbering"))
        abstract = {a.get(W + "abstractNumId"): a for a in root.findall(W + "abstractNum")}
        by_style = {s: a for a in abstract.values() if (s := _value(a, W + "styleLink"))}
        self.lists: dict[str, _List] = {}
        self._level_of_style: dict[tuple[str, str], int] = {}
        for num in root.findall(W + "num"):
            element = abstract.get(_value(num, W + "abstractNumId"))
            if element is None:
                continue
            element = by_style.get(_value(element, W + "numStyleLink") or "", element)
            number = num.get(_NUM_ID) or ""
            levels, starts = _levels(element), {}
            for override in num.findall(W + "lvlOverride"):
                at = _integer(override.get(_ILVL), 0)
                levels |= _levels(override)
                if (start := _value(override, W + "startOverride")) is not None:
                    starts[at] = _integer(start, 0)
            self.lists[number] = _List(element.get(W + "abstractNumId") or "", levels, starts)
            for lvl in element.findall(W + "lvl"):
                if style := _value(lvl, W + "pStyle"):
                    self._level_of_style[number, style] = _integer(lvl.get(_ILVL), 0)
        self.styles = _Styles(package.text("styles") if used_styles else b"")

    def of_style(self, style: str | None) -> tuple[str | None, int | None]:
        """(list, level) that a paragraph style gives."""
        number: str | None = None
        level: int | None = None
        seen: set[str] = set()
        while style and style not in seen and (number is None or level is None):
            seen.add(style)
            own = self.styles.get(style) or _StyleNumber()
            number = own.number if number is None else number
            level = own.level if level is None else level
            if number is not None and level is None:
                level = self._level_of_style.get((number, style))
            style = own.based_on
        return number, level


@dataclass(frozen=True, slots=True)
class _StyleNumber:
    number: str | None = None
    level: int | None = None
    based_on: str | None = None


class _Styles:
    """What styles say about numbers: each is looked at when it is asked for, for documents use few of them."""

    def __init__(self, xml: bytes) -> None:
        self._xml: dict[str, bytes] = {}
        if b"numPr" in xml:
            for style in xml.split(b"<w:style ")[1:]:
                if (name := _STYLE_ID.search(style)) is not None:
                    self._xml[name[1].decode()] = style

    def get(self, name: str) -> _StyleNumber | None:
        """What a style says; None where there is none of that name."""
        style = self._xml.get(name)
        if style is None:
            return None
        base, number = _BASED_ON.search(style), _STYLE_NUMBER.search(style)
        own = number.group() if number else b""
        level, num_id = _STYLE_LEVEL.search(own), _STYLE_NUM_ID.search(own)
        return _StyleNumber(
            num_id[1].decode() if num_id else None, int(level[1]) if level else None, base[1].decode() if base else None
        )


# --- numbers of a document ---------------------------------------------------------------------------------


@dataclass(slots=True)
class _Count:
    """How far a list has come: the number last printed at each level."""

    at: dict[int, int] = field(default_factory=dict)


class _Numberer:
    def __init__(self, definitions: _Definitions) -> None:
        self._known = definitions
        self._counts: dict[str, _Count] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, paragraph: Any) -> str:
        """The number printed before a paragraph, "" where it has none; every call counts on."""
        number, level = self._place(paragraph)
        if number is None or number == "0" or (one := self._known.lists.get(number)) is None:
            return ""
        count = self._counts.setdefault(one.key, _Count()).at
        own = one.levels.get(level, _Level())
        if level in one.starts and (number, level) not in self._begun:
            self._begun.add((number, level))
            count[level] = one.starts[level]
        else:
            count[level] = min(count[level] + 1, _LARGEST) if level in count else own.start
        for deeper in range(level + 1, _LEVELS):
            restart = one.levels.get(deeper, _Level()).restart
            if deeper in count and restart != 0 and (restart is None or level < restart):
                del count[deeper]
        return _printed(one, own, count)

    def _place(self, paragraph: Any) -> tuple[str | None, int]:
        direct = paragraph.find(_NUM_PR)
        number = level = None
        if direct is not None:
            number = _value(direct, _NUM_ID)
            level = None if (text := _value(direct, _ILVL)) is None else _integer(text, 0)
        if number is None or level is None:
            style = _value(paragraph, f"{_PPR}/{_PSTYLE}")
            by_style = self._known.of_style(style) if style else (None, None)
            if number is None:
                number = by_style[0]
                level = by_style[1] if level is None else level
        return number, level or 0


def _printed(one: _List, own: _Level, count: Mapping[int, int]) -> str:
    if own.form == "bullet":
        return ""

    def number(m: re.Match[str]) -> str:
        at = int(m[1]) - 1
        level = one.levels.get(at, _Level())
        n = count.get(at, level.start)
        return str(n) if own.legal else FORMATS.get(level.form, str)(n)

    text = _PATTERN.sub(number, own.text)
    return f"{text} " if text.strip() and own.spaced and not text.rstrip().endswith(_CLOSED) else text.strip()


def print_numbers(package: Package) -> None:
    """Put the automatic number of every paragraph before its words, as if it had been typed.

    A paragraph without words prints no number, but for one alone in a table cell: a column of numbers is made so.
    """
    if "word/numbering.xml" not in package.names:
        return
    styles = frozenset(package.styles)
    if not (package.has(W + "numPr") or _number_by_style(package, styles)):
        return
    numberer = _Numberer(_Definitions(package, styles))
    for paragraph in package.body.iter(_P):
        label = numberer.label(paragraph)
        if label and (next(paragraph.iter(_T), None) is not None or _is_alone_in_cell(paragraph)):
            run = paragraph.makeelement(_R)
            run.append(run.makeelement(_T))
            run[0].text = label
            paragraph.insert(1 if len(paragraph) and paragraph[0].tag == _PPR else 0, run)


def _is_alone_in_cell(paragraph: Any) -> bool:
    before, after = paragraph.getprevious(), paragraph.getnext()
    return paragraph.getparent().tag == _TC and (before is None or before.tag != _P) and after is None


def _number_by_style(package: Package, used: frozenset[str]) -> bool:
    """Whether a style in use has a number, its own or that of the style it is based on."""
    styles = _Styles(package.text("styles") if used else b"")
    waiting, seen = set(used), set[str]()
    while waiting:
        name = waiting.pop()
        own = styles.get(name)
        if own is None or name in seen:
            continue
        if own.number is not None or own.level is not None:
            return True
        seen.add(name)
        if own.based_on:
            waiting.add(own.based_on)
    return False
