"""What is not finished in a fiscal year: apps above say what of theirs is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Unfinished = Callable[[int, int], Sequence[tuple[str, int]]]
_UNFINISHED: list[Unfinished] = []


def counts_unfinished(function: Unfinished) -> Unfinished:
    """Register what of an app may not be finished in a year: of (region, year) lines of words and a number."""
    if function not in _UNFINISHED:
        _UNFINISHED.append(function)
    return function


def unfinished(region: int, year: int) -> list[tuple[str, int]]:
    """What is not finished in a year, as numbers."""
    return [line for function in _UNFINISHED for line in function(region, year) if line[1]]
