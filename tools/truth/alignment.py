"""Which of two lists' items are the same thing: an alignment that keeps the order of both.

One for reading and for review: the rows whose fields are compared are the rows a label is looked for at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

T = TypeVar("T")
LEAST_ALIKE = 0.35
"""Likeness from 0 to 1 of two texts from which on they may be the same item"""


def aligned(
    expected: Sequence[T], found: Sequence[T], text: Callable[[T], str]
) -> Iterator[tuple[int | None, int | None]]:
    """(position in ``expected``, position in ``found``) of each item, in order; None where the other list lacks it.

    The alignment whose likenesses add up to most; ``text`` is what an item is known by.
    """
    here, there = [text(one) for one in expected], [text(one) for one in found]
    alike = [[_likeness(a, b) for b in there] for a in here]
    best = [[0.0] * (len(there) + 1) for _ in range(len(here) + 1)]
    for i in reversed(range(len(here))):
        for j in reversed(range(len(there))):
            pair = best[i + 1][j + 1] + alike[i][j] if alike[i][j] > LEAST_ALIKE else -1.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], pair)
    i = j = 0
    while i < len(here) or j < len(there):
        if i < len(here) and j < len(there) and _pairs(best, alike, i, j):
            yield i, j
            i, j = i + 1, j + 1
        elif j == len(there) or (i < len(here) and best[i][j] == best[i + 1][j]):
            yield i, None
            i += 1
        else:
            yield None, j
            j += 1


def _likeness(a: str, b: str) -> float:
    return 1.0 if a == b else SequenceMatcher(None, a, b).ratio()


def _pairs(best: list[list[float]], alike: list[list[float]], i: int, j: int) -> bool:
    return alike[i][j] > LEAST_ALIKE and abs(best[i][j] - best[i + 1][j + 1] - alike[i][j]) < 1e-9
