"""Numbers in the forms that Word prints before paragraphs: 十二, 壹拾贰, ⑫, XII, 丙."""

from __future__ import annotations

from collections.abc import Callable, Mapping

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


def _counted(n: int, digits: str = _DIGITS, tens: str = "十百千", *, bare_ten: bool = True) -> str:
    """A number as it is spoken: 十二, 二十, 一百零五, 一万二千."""
    if n >= 10_000:
        rest = n % 10_000
        zero = "零" if 0 < rest < 1_000 else ""
        return f"{_counted(n // 10_000, digits, tens, bare_ten=bare_ten)}万" + (
            zero + _counted(rest, digits, tens, bare_ten=False) if rest else ""
        )
    words, gap = "", False
    for power, unit in ((1000, tens[2]), (100, tens[1]), (10, tens[0]), (1, "")):
        digit = n // power % 10
        if not digit:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + digits[digit] + unit
        gap = False
    if bare_ten and words.startswith(digits[1] + tens[0]):
        words = words[1:]
    return words or digits[0]


def _spelt(n: int) -> str:
    """A number digit by digit: 一〇五."""
    return "".join(_DIGITS[int(digit)] for digit in str(n))


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
        _counted,
    ),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), _spelt),
    "chineseLegalSimplified": lambda n: _counted(n, _LEGAL, "拾佰仟", bare_ten=False),
    "ideographLegalTraditional": lambda n: _counted(n, "零壹貳參肆伍陸柒捌玖", "拾佰仟", bare_ten=False),
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
