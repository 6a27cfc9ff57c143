"""What a workbook to be filled in carries: which cell of which thing stands where, and what it said when it went out.

A line of a worksheet is known by its mark in the first column, which is hidden, so that lines may be moved or put in between. Values only.
Nothing in it is trusted when it comes back: names of things and cells are held against patterns, words against lengths.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jixiao.web.editor.models import LONGEST_TEXT

SCHEMA = "jixiao/offline/1"
_ID = re.compile(r"[a-z0-9_+]{0,40}")
_BELOW = re.compile(r"(/[a-z_]{1,30}){0,4}")
_COLUMN = re.compile(r"[A-Z]{1,2}")
_FORM = re.compile(r"[a-z0-9]{8,40}")
_MOST_SHEETS, _MOST_LINES, _LONGEST = 400, 5_000, 20_000_000


class NotOursError(ValueError):
    """The workbook carries nothing that we wrote, or it was spoilt."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell: the id of its thing and the pointer below it; what it said when the workbook went out."""

    thing: str
    below: str
    was: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A thing of a list: its holder's id, the name of the list. One that is ``spare`` is none yet: a line to be filled in."""

    holder: str
    name: str
    spare: bool = False


@dataclass
class SheetMap:
    """A worksheet: the sheet of which year and key it is, at which revision; its lines by mark, its things in their order."""

    year: int
    key: int
    title: str
    revision: int
    worksheet: str = ""
    lines: dict[str, dict[str, Place]] = field(default_factory=dict)
    things: dict[str, Listed] = field(default_factory=dict)


@dataclass(frozen=True)
class Manifest:
    """What the workbook carries; ``form`` is its own number."""

    form: str
    sheets: tuple[SheetMap, ...]


def to_text(manifest: Manifest) -> str:
    """As the workbook holds it."""
    sheets = [
        {
            "year": one.year,
            "key": one.key,
            "title": one.title,
            "revision": one.revision,
            "worksheet": one.worksheet,
            "lines": {m: {c: [p.thing, p.below, p.was] for c, p in line.items()} for m, line in one.lines.items()},
            "things": {id_: [t.holder, t.name, int(t.spare)] for id_, t in one.things.items()},
        }
        for one in manifest.sheets
    ]
    return json.dumps({"schema": SCHEMA, "form": manifest.form, "sheets": sheets}, ensure_ascii=False)


def from_text(text: str) -> Manifest:
    """Raises NotOursError."""
    if SCHEMA not in text or len(text) > _LONGEST:
        raise NotOursError
    try:
        data = json.loads(text)
        if data["schema"] != SCHEMA or len(data["sheets"]) > _MOST_SHEETS:
            raise NotOursError
        return Manifest(_matched(data["form"], _FORM), tuple(map(_sheet, data["sheets"])))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotOursError from error


def _sheet(data: Mapping[str, Any]) -> SheetMap:
    lines, things = dict(data["lines"]), dict(data["things"])
    if len(lines) > _MOST_LINES or len(things) > _MOST_LINES:
        raise NotOursError
    return SheetMap(
        _number(data["year"]),
        _number(data["key"]),
        _words(data["title"], 300),
        _number(data["revision"]),
        _words(data["worksheet"], 40),
        {
            _matched(mark, _ID): {_matched(c, _COLUMN): _place(p) for c, p in line.items()}
            for mark, line in lines.items()
        },
        {_matched(id_, _ID): _listed(one) for id_, one in things.items()},
    )


def _place(data: Any) -> Place:
    thing, below, was = data
    return Place(_matched(thing, _ID), _matched(below, _BELOW), _words(was, LONGEST_TEXT))


def _listed(data: Any) -> Listed:
    holder, name, spare = data
    return Listed(_matched(holder, _ID), _matched(f"/{name}", _BELOW)[1:], bool(spare))


def _matched(text: object, pattern: re.Pattern[str]) -> str:
    if not isinstance(text, str) or not pattern.fullmatch(text):
        raise NotOursError
    return text


def _words(text: object, longest: int) -> str:
    if not isinstance(text, str) or len(text) > longest or "\x00" in text:
        raise NotOursError
    return text


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise NotOursError
    return value
