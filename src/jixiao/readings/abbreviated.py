"""Whether one name is short for another: 养老站 for 养老服务站, 村医 for 乡村医生."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from jixiao.readings.mentions import words_of

_SHORTEST = 3
"""characters from which on a name says enough to be short for another"""


@lru_cache(maxsize=4096)
def is_short_for(short: str, whole: str) -> bool:
    """Whether a name leaves out characters of another, in the same order, somewhere in the middle.

    One that only lacks whole words is no abbreviation: 公路 may be more than 农村公路.
    """
    if not _SHORTEST <= len(short) < len(whole):
        return False
    if all(len(word) > 1 and any(one.endswith(word) for one in words_of(whole)) for word in words_of(short)):
        return False
    rest = iter(whole)
    return all(character in rest for character in short)


def in_order(text: str, things: Collection[str], weak: Collection[str]) -> str:
    """The words of a text that say what is counted, as they stand there, without those that say little."""
    return "".join(word for word in words_of(text) if word in things and word not in weak)
