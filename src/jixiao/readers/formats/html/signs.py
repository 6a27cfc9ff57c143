"""What web pages are told by."""

from __future__ import annotations

import codecs
import re

SAMPLE = 4096
"""Bytes at the beginning of a file that say what it is"""
_OPENING = re.compile(
    rb"\s*<(?:!doctype\s+html|html|head|body|meta|table|div|p|span|style|title|h[1-6]|center|font)\b", re.IGNORECASE
)
_TAGS = re.compile(rb"<(?:html|body|table|tr|td|div|p|br)\b[^>]*>", re.IGNORECASE)
_FEWEST_TAGS = 3
_MIME = re.compile(rb"\s*(?:MIME-Version|From|Content-Type|Date|Subject)\s*:", re.IGNORECASE)


def is_html(data: bytes) -> bool:
    """Whether a file is a web page: it begins like one, or has tags in its opening."""
    head = data[: 4 * SAMPLE].replace(b"\0", b"")  # UTF-16 too
    for bom in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        head = head.removeprefix(bom)
    if _OPENING.match(head):
        return True
    if not head.lstrip().startswith(b"<"):
        return b"</td>" in head.lower() and len(_TAGS.findall(head)) >= _FEWEST_TAGS
    return len(_TAGS.findall(head)) >= _FEWEST_TAGS or b"<html" in head.lower()


def is_mht(data: bytes) -> bool:
    """Whether a file is a web page saved as a single file (MIME)."""
    head = data[:SAMPLE]
    return (
        _MIME.match(head) is not None
        and b"mime-version" in head.lower()
        and (b"multipart/related" in head.lower() or b"text/html" in head.lower())
    )
