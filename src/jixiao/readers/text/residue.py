"""Residue that converters leave in text: Word field codes and bookmark marks. Removed, and told."""

from __future__ import annotations

import re

from jixiao.domain.note import Note

_BOOKMARK = re.compile(r"\[bookmark:[^\]]{0,200}\]")
_SWITCHES = r"(?:\\[a-z](?:\s+(?!\\)\S+)?\s*)+"
_FIELD = re.compile(rf"(?<!\s)\s*\b(?:TC|TOC|PAGEREF|HYPERLINK|REF|MERGEFORMAT|SEQ)\s[^\\\n\t]{{0,200}}{_SWITCHES}")
_PINYIN = re.compile(
    r"(?<=[\u4e00-\u9fff])[（(](?=[^)）]{0,5}[aeiouvüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ])[a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,6}[)）]"
)
_FEWEST_PINYIN = 8
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad\u200b\u200c\u200d\u2060\ufeff\ufffc]")


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


def strip_pinyin(text: str) -> tuple[str, list[Note]]:
    """(text without the pinyin that some web pages print behind each character, what is told of it).

    A few Latin letters in brackets may be a unit: only where they stand again and again are they pinyin.
    """
    found = _PINYIN.findall(text)
    if len(found) < _FEWEST_PINYIN:
        return text, []
    message = f"字后括号里的拼音共 {len(found)} 处（如“{found[0]}”），读取时已去掉；请以没有注音的原文为准。"
    return _PINYIN.sub("", text), [Note("residue.removed", "", message)]
