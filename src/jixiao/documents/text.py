"""What every file format can hold."""

from __future__ import annotations

import re

# XML 1.0 forbids these; lone surrogates cannot be written as UTF-8 at all.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x85]")
_MARKUP = re.compile('[&<>"]')
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def printable(text: str) -> str:
    """``text`` with line breaks as ``\\n`` and every character that no XML file may hold shown as U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", _BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """``printable`` on one line, blanks run together."""
    return " ".join(printable(text).split())


def escaped(text: str) -> str:
    """``printable``, as it stands between tags or in an attribute of XML and HTML."""
    return _MARKUP.sub(lambda m: _ENTITIES[m[0]], printable(text))
