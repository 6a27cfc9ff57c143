"""The text of web pages: decoded, and taken out of single-file archives (.mht)."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from email import message_from_bytes
from email.message import Message

from jixiao.domain.note import Note
from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.formats.html.signs import SAMPLE, is_mht
from jixiao.readers.raw.decode import decode

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_EXCEL = re.compile(
    r"urn:schemas-microsoft-com:office:excel|content=[\"']?(?:Excel\.Sheet|Microsoft Excel|WPS 表格|ET\.)|\bsdnum=|\bsdval="
    r"|a\.comment-indicator",
    re.IGNORECASE,
)
_WORD = re.compile(
    r"urn:schemas-microsoft-com:office:word|content=[\"']?(?:Word\.Document|Microsoft Word)", re.IGNORECASE
)
_TABS = "tabstrip.htm"
"""The row of worksheet names that Excel puts under the pages of an archive"""
_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
FONTS = re.compile(r"(?<![\w-])font-family\s*:\s*([^;}]*)", re.IGNORECASE)
"""the fonts a declaration names"""
_CLASS = re.compile(r"[a-z]*\.([\w-]+)", re.IGNORECASE)
_FEW = 0.01
_DOUBTFUL = Decimal("0.6")


@dataclass(frozen=True, slots=True)
class HtmlPart:
    """One page: its text, what had to be repaired in it, whether a spreadsheet program wrote it."""

    text: str
    notes: tuple[Note, ...]
    is_spreadsheet: bool


def html_parts(data: bytes) -> Iterator[HtmlPart]:
    """The pages in a file: one, or those of a single-file archive. Raises UnreadableFileError where there is none."""
    if not is_mht(data):
        yield _part(data, None)
        return
    found = False
    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html" and not str(part.get("Content-Location", "")).endswith(_TABS):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                found = True
                yield _part(payload, _declared(part))
    if not found:
        raise UnreadableFileError("单文件网页里没有正文", "请用 Word、WPS 或浏览器打开，另存为 .docx 后重试")


def _declared(part: Message) -> str | None:
    charset = part.get_content_charset()
    return charset if isinstance(charset, str) else None


def _part(data: bytes, charset: str | None) -> HtmlPart:
    text, notes = _decoded(data, charset)
    return HtmlPart(text, notes, _EXCEL.search(text[:200_000]) is not None and not _WORD.search(text[: 4 * SAMPLE]))


def _decoded(data: bytes, charset: str | None) -> tuple[str, tuple[Note, ...]]:
    """UTF-8 where the bytes are, else what the page declares, else what they look like; a few bad bytes are told."""
    declared = _codec(charset) or _codec(_in_meta(data))
    for encoding in ("utf-8-sig", declared):
        try:
            if encoding and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                return data.decode(encoding), ()
        except (UnicodeDecodeError, LookupError):
            continue
    try:
        if declared not in (None, "utf-8"):
            raise UnreadableFileError("", "")
        return decode(data), ()
    except UnreadableFileError:
        text = data.decode(declared or "gb18030", "replace")
        bad = text.count("\ufffd")
        if bad > _FEW * len(text):
            raise UnreadableFileError(
                "网页的文字编码无法识别", "请用浏览器打开，另存为“网页，全部（UTF-8）”后重试"
            ) from None
        message = f"网页中有 {bad} 处文字的编码损坏，显示为“\ufffd”，请对照原文补上。"
        return text, (Note("encoding.broken", "", message, _DOUBTFUL),)


def _in_meta(data: bytes) -> str | None:
    m = _CHARSET.search(data[: 4 * SAMPLE])
    return m[1].decode("ascii") if m else None


def _codec(name: str | None) -> str | None:
    """The codec for a declared charset; pages that say gb2312 use characters of gb18030."""
    if name is None:
        return None
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    return "gb18030" if found in ("gb2312", "gbk", "hz") else found


def fonts_of_classes(style_sheets: Iterable[str]) -> dict[str, str]:
    """The fonts that a page's own style sheets give to classes, by rules for one class alone."""
    return {
        m[1]: fonts[1]
        for sheet in style_sheets
        for selectors, declared in _rules(sheet)
        if (fonts := FONTS.search(declared))
        for one in selectors.split(",")
        if (m := _CLASS.fullmatch(one.strip()))
    }


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """(selectors, declarations) of a style sheet."""
    for rule in sheet.replace("<!--", "").split("}"):
        selectors, _, declared = rule.partition("{")
        yield selectors, declared


def hiding_classes(style_sheets: Iterable[str]) -> frozenset[str]:
    """The classes that a page's own style sheets hide, told by rules for one class alone."""
    found: set[str] = set()
    for sheet in style_sheets:
        for selectors, declared in _rules(sheet):
            if _HIDES.search(declared):
                found.update(m[1] for one in selectors.split(",") if (m := _CLASS.fullmatch(one.strip())))
    return frozenset(found)
