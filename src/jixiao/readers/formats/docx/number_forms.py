"""Numbers in the forms that Word prints before paragraphs: 十二, 壹拾贰, ⑫, XII, 丙."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jixiao.domain.numerals import COMMON, LEGAL, LEGAL_TRADITIONAL

_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


def _letters(n: int) -> str:
    """A, B … Z, AA, BB …: Word repeats the letter."""
    return chr(ord("A") + (n - 1) % 26) * min(1 + (n - 1) // 26, 20) if n > 0 else ""


def _roman(n: int) -> str:
    words = ""
    for value, sign in _ROMAN:
        words += sign * (n // value)
        n %= value
    return words


def _enclosed(first: str, count: int) -> Callable[[int], str]:
    return lambda n: chr(ord(first) + n - 1) if 1 <= n <= count else str(n)


def _circled(n: int) -> str:
    starts = ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱"))
    return next((chr(ord(start) + n - low) for low, high, start in starts if low <= n <= high), str(n))


def _of_series(series: str) -> Callable[[int], str]:
    return lambda n: series[n - 1] if 1 <= n <= len(series) else str(n)


_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
FORMATS: Mapping[str, Callable[[int], str]] = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
         "japaneseCounting"),
        COMMON.words,
    ),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), COMMON.spelt),
    "chineseLegalSimplified": LEGAL.words,
    "ideographLegalTraditional": LEGAL_TRADITIONAL.words,
    "ideographTraditional": _of_series(_STEMS),
    "ideographZodiac": _of_series(_BRANCHES),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _enclosed("⑴", 20),
    "decimalEnclosedFullstop": _enclosed("⒈", 20),
    "ideographEnclosedCircle": _enclosed("㊀", 10),
    "decimalFullWidth": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalZero": lambda n: f"{n:02}",
    "upperLetter": _letters,
    "lowerLetter": lambda n: _letters(n).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
    "none": lambda _: "",
}  # fmt: skip
"""By the name of w:numFmt; any other form prints digits"""
