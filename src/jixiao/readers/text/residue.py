"""Residue that converters leave in text: Word field codes and bookmark marks. Removed, and told."""

from __future__ import annotations

import re

_BOOKMARK = re.compile(r"\[bookmark:[^\]]{0,200}\]")
_SWITCHES = r"(?:\\[a-z](?:\s+(?!\\)\S+)?\s*)+"
_FIELD = re.compile(rf"(?<!\s)\s*\b(?:TC|TOC|PAGEREF|HYPERLINK|REF|MERGEFORMAT|SEQ)\s[^\\\n\t]{{0,200}}{_SWITCHES}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200c\u200d\u2060\ufeff\ufffc]")


def strip_residue(text: str) -> tuple[str, tuple[str, ...]]:
    """(text without residue, the residue met). Control and zero-width characters go without mention."""
    removed: list[str] = []

    def drop(m: re.Match[str]) -> str:
        removed.append(m.group().strip())
        return ""

    if "[bookmark:" in text:
        text = _BOOKMARK.sub(drop, text)
    if "\\" in text:
        text = _FIELD.sub(drop, text)
    return _CONTROL.sub("", text), tuple(removed)
