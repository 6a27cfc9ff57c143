"""Characters that look like others or are their old forms, read as the ones that forms and vocabularies are written in.

Programs that make PDF files, and fonts, put radicals (⼀⽬⽔) and compatibility ideographs (更 as U+F901) for the characters
they look like; recognisers put kana (エ) for them; places with traditional fonts write 項目. One character becomes one,
so that places stay places; selectors of glyph variants go.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from jixiao.vocabulary.variants import RADICALS, TRADITIONAL, TRADITIONAL_OF_TWO

_ALIKE = "\u2e80-\u2fdf\u31c0-\u31e3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe32\ufe35-\ufe48\ufe50-\ufe6b\uff61-\uff64\U0002f800-\U0002fa1f"
"""Radicals, strokes, compatibility ideographs, and the upright, small and narrow forms of signs"""
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_OTHERS = "㇐一㇑丨㇒丿㇔丶㇠乙︰:"
_KANA = "ニ二ロ口エ工カ力タ夕ハ八ト卜ー一"
_HAN = "\u4e00-\u9fff"
_KANA_FOR_HAN = re.compile(
    rf"(?<![\u3041-\u30fe])(?:(?<=[{_HAN}])[ニロエカタハト]|[ニエカタハト](?=[{_HAN}])|(?<=第)ー|(?<![{_HAN}\d])ー(?=[{_HAN}]))"
    r"(?![\u3041-\u30fe])"
)
"""Kana between Chinese characters and not in a Japanese word; ロ opens a box as often, ー is a dash between two"""
_FEWEST_OF_TRADITIONAL = 10
"""Traditional characters that make a text one of them"""


def _pairs(text: str) -> dict[str, str]:
    return dict(zip(text[::2], text[1::2], strict=True))


@cache
def _tables() -> tuple[re.Pattern[str], dict[str, str]]:
    """(what any of these characters is found by, what radicals and traditional characters are read as)."""
    table = _pairs(RADICALS) | _pairs(_OTHERS) | _pairs(TRADITIONAL)
    return re.compile(f"[{_ALIKE}{_SELECTORS}{_KANA[::2]}{TRADITIONAL[::2]}]"), table


def has_variants(text: str) -> bool:
    """Whether a text may hold characters to be read as others: quick, as nearly every text has none."""
    return not text.isascii() and _tables()[0].search(text) is not None


def folded(text: str, *, traditional: bool = False) -> str:
    """A text with characters that look like others, and traditional ones, as those that simplified texts have.

    ``traditional`` where the whole that it is part of is written in traditional characters: then 後 is 后 as well.
    """
    if not text.isascii():
        if _tables()[0].search(text):
            text = _tables()[0].sub(_one, text)
            text = _KANA_FOR_HAN.sub(_kana, text)
        if traditional:
            text = text.translate(_of_two())
    return text


def is_traditional(text: str) -> bool:
    """Whether a text is written in traditional characters."""
    return len(traditional_in(text)) >= _FEWEST_OF_TRADITIONAL


def traditional_in(text: str) -> list[str]:
    """The traditional characters of a text, as often as they stand there."""
    return [c for c in _tables()[0].findall(text) if c in _traditional()]


def lookalikes_in(text: str) -> list[str]:
    """The characters of a text that only look like those they are read as, as often as they stand there."""
    return [c for c in _tables()[0].findall(text) if c not in _traditional() and folded(c) not in ("", c)]


@cache
def _traditional() -> frozenset[str]:
    return frozenset(TRADITIONAL[::2])


@cache
def _of_two() -> dict[int, str]:
    return {ord(old): new for old, new in _pairs(TRADITIONAL_OF_TWO).items()}


def _one(m: re.Match[str]) -> str:
    met = m.group()
    table = _tables()[1]
    if met in table:
        return table.get(table[met], table[met])
    if met in _KANA:
        return met
    plain = unicodedata.normalize("NFKC", met)
    if plain == met:  # no other character, or a selector of a glyph
        return "" if unicodedata.category(met) == "Mn" else met
    return table.get(plain, plain) if len(plain) == 1 else met


def _kana(m: re.Match[str]) -> str:
    return _pairs(_KANA)[m.group()]
