"""Chinese numerals 「中文数字」: 十二 ↔ 12, and the forms that stand in for them on official paper (壹拾贰)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Numerals:
    """A set of signs: ten digits from nought, then tens, hundreds, thousands.

    ``bare_ten``: 12 is 十二, not 一十二.
    """

    digits: str
    powers: str
    bare_ten: bool

    def words(self, value: int) -> str:
        """``value`` (0 and above) as it is spoken: 十二, 二十, 一百零五, 一万二千."""
        return self._words(value, bare_ten=self.bare_ten)

    def _words(self, value: int, *, bare_ten: bool) -> str:
        if value >= 10_000:
            rest = value % 10_000
            zero = "零" if 0 < rest < 1_000 else ""
            more = zero + self._words(rest, bare_ten=False) if rest else ""
            return f"{self._words(value // 10_000, bare_ten=bare_ten)}万{more}"
        words, gap = "", False
        for power, unit in self._units():
            digit = value // power % 10
            if not digit:
                gap = bool(words)
                continue
            words += ("零" if gap else "") + self.digits[digit] + unit
            gap = False
        if bare_ten and words.startswith(self.digits[1] + self.powers[0]):
            words = words[1:]
        return words or self.digits[0]

    def _units(self) -> Sequence[tuple[int, str]]:
        return (1000, self.powers[2]), (100, self.powers[1]), (10, self.powers[0]), (1, "")

    def spelt(self, value: int) -> str:
        """``value`` digit by digit: 一〇五."""
        return "".join(self.digits[int(digit)] for digit in str(value))


COMMON = Numerals("〇一二三四五六七八九", "十百千", bare_ten=True)
LEGAL = Numerals("零壹贰叁肆伍陆柒捌玖", "拾佰仟", bare_ten=False)
LEGAL_TRADITIONAL = Numerals("零壹貳參肆伍陸柒捌玖", "拾佰仟", bare_ten=False)


def small_value(words: str) -> int:
    """What a numeral below a hundred counts, as lists are numbered: 十二 → 12. -1 for what is no such numeral."""
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return COMMON.digits.find(words)
    return (COMMON.digits.find(tens) if tens else 1) * 10 + (COMMON.digits.find(ones) if ones else 0)
