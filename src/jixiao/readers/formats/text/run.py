"""Cuts a run of cells without row ends into the rows of an indicator table: the cheapest reading wins.

Each row begins with all its cells, or lacks those merged with the row above it. Which, the columns decide by what
they may hold (``text/fit.py``); the whole run is read at once, so that one odd cell does not shift all behind it.
"""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.readers.formats.text.fit import is_level_label, levels_left_out, row_misfit
from jixiao.vocabulary import Column, Vocabulary

_ROW = 0.2
_TAIL_ROW = 0.3
_EMPTY_BETWEEN = 0.1
_LABEL_IN_TAIL = 5.0


def rows_of_run(
    words: Sequence[str], columns: Sequence[Column | None], vocabulary: Vocabulary
) -> list[tuple[int, int, int]]:
    """The rows of a run of cells under a header, each as (cells left out at its left, first cell, end)."""
    n, width = len(words), len(columns)
    best: list[tuple[float, int, int]] = [(0.0, 0, 0)] * (n + 1)  # cost from here on, cells left out, cells taken
    left_out = levels_left_out(columns)
    for i in range(n - 1, -1, -1):
        options = []
        if not words[i]:
            options.append((_EMPTY_BETWEEN + best[i + 1][0], -1, 1))
        if vocabulary.label(words[i]).is_tail:
            for take in range(1, min(width, n - i) + 1):
                labels = sum(is_level_label(word, vocabulary) for word in words[i : i + take])
                options.append((_TAIL_ROW + _LABEL_IN_TAIL * labels + best[i + take][0], 0, take))
        for missing in left_out:
            take = min(width - missing, n - i)
            cost = row_misfit(words[i : i + take], columns[missing:], vocabulary)
            options.append((_ROW + cost + best[i + take][0], missing, take))
        best[i] = min(options)
    rows: list[tuple[int, int, int]] = []
    i = 0
    while i < n:
        _, missing, take = best[i]
        if missing >= 0:
            rows.append((missing, i, i + take))
        i += take
    return rows
