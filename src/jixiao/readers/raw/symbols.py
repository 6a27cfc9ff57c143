"""Signs of the fonts Symbol, Wingdings and Webdings: their codes are those of other signs or of none.

What the codes print follows the tables in which these fonts' makers told Unicode of them.
"""

from __future__ import annotations

import re

_SYMBOL = {
    0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥",
    0xB4: "×", 0xB7: "·", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xD0: "∠", 0xD1: "∇", 0xD6: "√",
    0xD7: "·", 0x2A: "*", 0x2D: "-", 0x61: "α", 0x62: "β", 0x6D: "μ", 0x53: "Σ", 0xE5: "∑",
    **{code: chr(code) for code in (*range(0x25, 0x2A), *range(0x2B, 0x2D), *range(0x2E, 0x40), 0x5B, 0x5D, 0x20, 0x7C)
       if code != 0x27},
}  # fmt: skip
_WINGDINGS = {
    0x20: " ", 0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x78: "☒", 0xA1: "○",
    0xA4: "◉", 0xA7: "▪", 0xA8: "□", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0xD8: "➢", 0xE0: "→", 0x75: "◆",
    0x76: "❖",
    **{0x81 + n: chr(ord("①") + n) for n in range(10)},
}  # fmt: skip
_WINGDINGS_2 = {
    0x20: " ", 0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒",
    **dict.fromkeys(range(0x95, 0x99), "●"), **dict.fromkeys(range(0x99, 0x9F), "○"),
    **dict.fromkeys(range(0x9F, 0xA3), "■"), **dict.fromkeys(range(0xA3, 0xA8), "□"),
    **{0x6A + n: chr(ord("①") + n - 1) for n in range(1, 11)},
}  # fmt: skip
_WEBDINGS = {
    0x20: " ", 0x61: "✓", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "✗", 0x33: "◀", 0x34: "▶", 0x35: "▲", 0x36: "▼",
}  # fmt: skip
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings2": _WINGDINGS_2, "webdings": _WEBDINGS}
_FIRST = re.compile(r"[\s\"']*(wingdings(?: ?2)?|webdings|symbol)[\s\"']*(?:[,;!]|$)", re.IGNORECASE)
NAMES = re.compile(rb"\"(?:wingdings(?: ?2)?|webdings|symbol)\"", re.IGNORECASE)
"""names of such fonts as attributes of XML hold them"""
_UNKNOWN = "\ufffd"
_PRIVATE = 0xF000
"""Word stores codes of such fonts with or without this"""


def is_symbol_font(font: str | None) -> bool:
    """Whether the letters of a font are signs."""
    return font is not None and _key(font) in _FONTS


def symbol_font(words: str) -> str | None:
    """The symbol font that a list of fonts begins with: ``"Wingdings 2", serif``; None for a list that begins with another."""
    m = _FIRST.match(words)
    return m[1] if m else None


def _key(font: str) -> str:
    return font.casefold().replace(" ", "")


def sign(font: str | None, code: int) -> str:
    """What a code prints in a symbol font; U+FFFD where that is not known."""
    return _FONTS.get(_key(font or "symbol"), _SYMBOL).get(code & 0xFF, _UNKNOWN)


def signs(font: str, text: str) -> str:
    """Letters typed in a symbol font as the signs they print; words in other scripts fall back to another font."""
    return "".join(_typed(font, c) if ord(c) < 0x100 or ord(c) & 0xFF00 == _PRIVATE else c for c in text)


def _typed(font: str, letter: str) -> str:
    found = sign(font, ord(letter))
    return letter if found == _UNKNOWN and letter.isascii() else found
