"""What the browser sends and gets: operations as data, checked before anything else looks at them.

A request has the id of its page (``client``) and its operations in the order they were made::

    {"client": "…", "seen": 17, "operations": [
        {"id": UUID, "kind": "put", "thing": "r_…", "cell": "/target", "was": "≥12个", "text": "≥15个", "group": "…"},
        {"id": UUID, "kind": "add", "thing": "r_… (new)", "holder": "s_…", "list": "/indicators", "after": "r_…",
         "cells": {"/name": "…"}},
        {"id": UUID, "kind": "remove", "thing": "r_…", "seen": 17},
        {"id": UUID, "kind": "move", "thing": "r_…", "after": ""}]}

``was`` is what the cell showed when somebody began to type: where it shows something else by now, somebody else wrote it, and
both are shown. ``seen`` is the revision that a page last heard of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from jixiao.domain.editing import Add, Edit, Move, Put, Remove
from jixiao.domain.identity import Anchor
from jixiao.readers.raw.residue import strip_control
from jixiao.web.editor.models import LONGEST_TEXT
from jixiao.web.kernel.acts import Refused

MOST_OPERATIONS = 500
"""Of one request; a page with more sends them in several"""
_CLIENT = re.compile(r"[A-Za-z0-9_-]{8,40}")
_ID = re.compile(r"[a-z0-9_]{0,40}")
_CELL = re.compile(r"(/[a-z_]{1,30}){0,4}")


@dataclass(frozen=True)
class Asked:
    """One operation as asked for."""

    key: UUID
    edit: Edit
    was: str = ""
    seen: int = 0
    group: str = ""


@dataclass(frozen=True)
class Save:
    """A request."""

    client: str
    operations: tuple[Asked, ...] = ()
    seen: int = 0


def save_of(data: object) -> Save:
    """A request from data. Raises Refused (400) for what no page of ours sends."""
    if not isinstance(data, Mapping):
        raise _foreign()
    client, given = data.get("client"), data.get("operations")
    if not isinstance(client, str) or not _CLIENT.fullmatch(client) or not isinstance(given, list):
        raise _foreign()
    if len(given) > MOST_OPERATIONS:
        raise Refused(f"一次最多存{MOST_OPERATIONS}处改动，请分几次", status=400)
    return Save(client, tuple(map(_asked, given)), _seen(data))


def _foreign() -> Refused:
    return Refused("送来的改动格式不对，没有保存。请刷新这一页再填", status=400)


def _asked(data: object) -> Asked:
    if not isinstance(data, Mapping):
        raise _foreign()
    try:
        key = UUID(_text(data, "id", 36))
    except ValueError:
        raise _foreign() from None
    return Asked(key, _edit(data), _text(data, "was", LONGEST_TEXT), _seen(data), _text(data, "group", 40))


def _seen(data: Mapping[Any, Any]) -> int:
    seen = data.get("seen", 0)
    if not isinstance(seen, int) or isinstance(seen, bool) or not 0 <= seen < 2**31:
        raise _foreign()
    return seen


def _edit(data: Mapping[Any, Any]) -> Edit:
    thing = _matching(data, "thing", _ID)
    match data.get("kind"):
        case "put":
            return Put(Anchor(thing, _matching(data, "cell", _CELL)), _text(data, "text", LONGEST_TEXT))
        case "add":
            holder = Anchor(_matching(data, "holder", _ID), _matching(data, "list", _CELL))
            return Add(holder, thing, _matching(data, "after", _ID), _cells(data.get("cells", {})))
        case "remove":
            return Remove(thing)
        case "move":
            return Move(thing, _matching(data, "after", _ID))
    raise _foreign()


def _cells(data: object) -> dict[str, str]:
    if not isinstance(data, Mapping) or len(data) > 40:
        raise _foreign()
    return {_matched(below, _CELL): _bounded(text, LONGEST_TEXT) for below, text in data.items()}


def _text(data: Mapping[Any, Any], name: str, longest: int) -> str:
    return _bounded(data.get(name, ""), longest)


def _bounded(text: object, longest: int) -> str:
    if not isinstance(text, str) or "\x00" in text:
        raise _foreign()
    if len(text) > longest:
        raise Refused(f"一格最多{longest}个字，太长的没有保存。请分开写，或作为附件", status=422)
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a character that no database takes
        raise _foreign() from None
    return strip_control(text)  # what no reader reads back of a file


def _matching(data: Mapping[Any, Any], name: str, pattern: re.Pattern[str]) -> str:
    return _matched(data.get(name, ""), pattern)


def _matched(text: object, pattern: re.Pattern[str]) -> str:
    if not isinstance(text, str) or not pattern.fullmatch(text):
        raise _foreign()
    return text
