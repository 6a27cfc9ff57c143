"""Multinomial logistic regression over clues, in plain Python, so that the same rows give the same weights anywhere.

Each row teaches a mixture of the labels that are right for it. Stochastic gradient with step sizes by clue (AdaGrad) and a
pull towards zero (L1), rows in an order shuffled by a fixed seed.
"""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from jixiao.lexicon.kinds import LABELS, LONGEST, SCALE, WORD, clues
from tools.kinds.rows import Taught

_EPOCHS, _LAST = 10, 5
"""weights are the mean of those after each of the last rounds, so that no single row decides by coming last"""
_RATE = 0.25
_PULL = 0.02
_SEEN = 3
"""clues met in fewer rows are not learned"""
_LEAST = 4
"""a clue all of whose printed weights are smaller is left out"""
_NEIGHBOURS = 2
"""a piece met with fewer characters before or behind it is part of a longer word"""
_K = len(LABELS)
_INDEX = {str(label): n for n, label in enumerate(LABELS)}
_Row = tuple[list[tuple[str, float]], list[float], float]


def train(rows: Sequence[Taught]) -> dict[str, str]:
    """The printed weights of every clue worth keeping, in the order of their names."""
    weights = _descend(_prepared(rows))
    printed = {clue: [round(x * SCALE) for x in of] for clue, of in weights.items()}
    words = _words({one.facts.name for one in rows})
    return {
        clue: " ".join(map(str, printed[clue])) + (WORD if clue in words else "")
        for clue in sorted(printed)
        if max(map(abs, printed[clue])) >= _LEAST
    }


def _words(names: Iterable[str]) -> set[str]:
    """The pieces of names that stand by themselves: 合格率, not 格率 before which only 合 stands."""
    before: dict[str, set[str]] = defaultdict(set)
    behind: dict[str, set[str]] = defaultdict(set)
    for name in names:
        framed = f"^{name}$"
        for length in range(2, LONGEST + 1):
            for at in range(1, len(framed) - length):
                piece = framed[at : at + length]
                before[piece].add(framed[at - 1])
                behind[piece].add(framed[at + length])
    return {piece for piece in before if min(len(before[piece]), len(behind[piece])) >= _NEIGHBOURS}


def _prepared(rows: Sequence[Taught]) -> list[_Row]:
    told = [list(clues(one.facts, one.term)) for one in rows]
    seen = Counter(clue for of in told for clue in {clue for clue, _, _ in of})
    prepared: list[_Row] = []
    for one, of in zip(rows, told, strict=True):
        strengths: dict[str, float] = {}
        for clue, strength, _ in of:
            if seen[clue] >= _SEEN:
                strengths[clue] = strengths.get(clue, 0.0) + strength
        wanted = [0.0] * _K
        for label in one.labels:
            wanted[_INDEX[label]] += 1 / len(one.labels)
        prepared.append((list(strengths.items()), wanted, one.weight))
    return prepared


def _descend(rows: list[_Row]) -> dict[str, list[float]]:
    weights = {clue: [0.0] * _K for of, _, _ in rows for clue, _ in of}
    squares = {clue: [1e-2] * _K for clue in weights}
    order = random.Random(3)
    labels = range(_K)
    sums_of = {clue: [0.0] * _K for clue in weights}
    for round_ in range(_EPOCHS):
        order.shuffle(rows)
        for of, wanted, counts in rows:
            sums = [0.0] * _K
            for clue, strength in of:
                weight = weights[clue]
                for k in labels:
                    sums[k] += weight[k] * strength
            highest = max(sums)
            shares = [math.exp(x - highest) for x in sums]
            whole = sum(shares)
            errors = [(shares[k] / whole - wanted[k]) * counts for k in labels]
            for clue, strength in of:
                weight, square = weights[clue], squares[clue]
                for k in labels:
                    slope = errors[k] * strength
                    if -1e-4 < slope < 1e-4:
                        continue
                    square[k] += slope * slope
                    step = _RATE / math.sqrt(square[k])
                    moved = weight[k] - step * slope
                    pull = step * _PULL
                    weight[k] = moved - pull if moved > pull else moved + pull if moved < -pull else 0.0
        if round_ >= _EPOCHS - _LAST:
            for clue, weight in weights.items():
                total = sums_of[clue]
                for k in labels:
                    total[k] += weight[k]
    return {clue: [total / _LAST for total in of] for clue, of in sums_of.items()}
