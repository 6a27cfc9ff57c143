"""Where a row belongs, as a table of weights learned from rows says: evaluated here, made by ``tools.kinds``.

A row is told by clues: pieces of its name (one to four characters, with its beginning and its end), what the lexicon
knows of its last word, the sort and the unit of its value. Each clue of the table speaks for or against each kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import resources
from math import exp, fsum

from jixiao.domain.indicator import IndicatorKind
from jixiao.lexicon.store import Term

INPUT, ROUTINE = "input", "routine"
"""What no form asks for as a result: money put in and how far it is spent; decisions and what good management owes"""
NO_RESULT = (INPUT, ROUTINE)
LABELS = (
    IndicatorKind.QUANTITY,
    IndicatorKind.QUALITY,
    IndicatorKind.TIMELINESS,
    IndicatorKind.COST,
    IndicatorKind.ECONOMIC,
    IndicatorKind.SOCIAL,
    IndicatorKind.ECOLOGICAL,
    IndicatorKind.SUSTAINED_IMPACT,
    IndicatorKind.BENEFICIARY_SATISFACTION,
    *NO_RESULT,
)
SCALE = 50
"""weights of the table are whole numbers, this many to one unit of log odds"""
WORD = "\tw"
"""behind the weights of a piece that stands by itself: met with many neighbours on either side"""
LONGEST = 4
_FULL = 8
"""a name with more pieces than this of one length: the pieces share their weight"""


class ValueSort(StrEnum):
    """What sort of value a row holds."""

    PERCENT = "percent"
    MONEY = "money"
    PRICE = "price"
    SPELL = "spell"
    PACE = "pace"
    DATE = "date"
    COUNT = "count"
    AMOUNT = "amount"
    NUMBER = "number"
    WORDS = "words"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What the model sees of a row: ``name`` and ``words`` (of a value in words) without blanks and punctuation."""

    name: str
    sort: ValueSort
    unit: str = ""
    words: str = ""


VALUE = ""
"""the piece that clues of the value stand on: the value as the row prints it"""


def clues(row: RowFacts, term: Term | None) -> Iterator[tuple[str, float, str]]:
    """The clues of a row, their strength, and the piece of the name they stand on (``VALUE``: none of the name).

    ``term`` is what the lexicon knows of the end of the name.
    """
    name, sort = row.name, row.sort.value
    yield "*", 1.0, VALUE
    yield f"s:{sort}", 1.0, VALUE
    if row.unit:
        yield f"u:{row.unit}", 1.0, VALUE
    for at in range(min(len(row.words), 12) - 1):
        yield f"v:{row.words[at : at + 2]}", 0.5, VALUE
    if term is not None:
        for kind in term.kinds:
            yield f"k:{kind.value}", 1.0 / len(term.kinds), term.word
        if term.routine:
            yield f"r:{term.routine.value}", 1.0, term.word
        if term.measures:
            yield f"m:{term.measures.value}", 1.0, term.word
            yield f"m:{term.measures.value}:{sort}", 1.0, term.word
    size = len(name)
    for length in range(1, min(LONGEST, size) + 1):
        places = size - length + 1
        strength = 1.0 if places <= _FULL else _FULL / places
        for at in range(places):
            piece = name[at : at + length]
            yield piece, strength, piece
        yield f"{name[-length:]}$", 1.0, name[-length:]
        yield f"^{name[:length]}", 1.0, name[:length]
    if size:
        yield f"{name[-1]}${sort}", 1.0, name[-1]
        yield f"{name[-2:]}${sort}", 1.0, name[-2:]
        yield f"^{name[:2]}{sort}", 1.0, name[:2]


@dataclass(frozen=True, slots=True)
class Odds:
    """How likely a row belongs where: a probability for every label, in the order of ``LABELS``; they sum to 1."""

    of: tuple[float, ...]

    def share(self, *labels: str) -> float:
        """The probability that the row belongs to one of some labels."""
        return sum(self.of[_INDEX[label]] for label in labels)

    def best(self, *others: str) -> str:
        """The likeliest label, besides ``others``."""
        return max((label for label in LABELS if label not in others), key=lambda label: self.of[_INDEX[label]])


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The weights: a clue to whole numbers, one for each label, taken apart when first asked for."""

    printed: dict[str, str]
    _weights: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False)

    def weights(self, clue: str) -> tuple[int, ...] | None:
        """What a clue says; None where the table does not know it."""
        if (known := self._weights.get(clue)) is not None:
            return known
        if (printed := self.printed.get(clue)) is None:
            return None
        known = self._weights[clue] = tuple(map(int, printed.removesuffix(WORD).split(" ")))
        return known

    def odds(self, row: RowFacts, term: Term | None) -> Odds:
        """Where a row belongs."""
        taken_apart, printed = self._weights, self.printed
        said: list[Sequence[float]] = [_NOTHING]
        for clue, strength, _ in clues(row, term):
            if clue in printed:
                weights = taken_apart.get(clue) or self.weights(clue) or _NOTHING
                said.append(weights if strength == 1.0 else [weight * strength for weight in weights])
        sums = [fsum(of_label) for of_label in zip(*said, strict=True)]  # exact: the same on every machine
        highest = max(sums)
        shares = [exp((x - highest) / SCALE) for x in sums]
        whole = sum(shares)
        return Odds(tuple(share / whole for share in shares))

    def reasons(self, row: RowFacts, term: Term | None, label: str, other: str) -> tuple[str, ...]:
        """The pieces of the name, at most three, that speak most for ``label`` and against ``other``, strongest first.

        ``VALUE`` among them: the sort, unit or words of the value.
        """
        towards, against = _INDEX[label], _INDEX[other]
        gains: dict[str, float] = {}
        for clue, strength, piece in clues(row, term):
            if clue != "*" and (weights := self.weights(clue)) is not None:
                gains[piece] = gains.get(piece, 0.0) + (weights[towards] - weights[against]) * strength
        known = {VALUE, term.word} if term else {VALUE}
        whole = {
            piece: sum(gain for part, gain in gains.items() if part and part in piece) if piece else gains[piece]
            for piece in gains
            if (piece in known and len(piece) != 1) or (len(piece) > 1 and self.printed.get(piece, "").endswith(WORD))
        }
        found: list[str] = []
        free = row.name
        for piece in sorted(whole, key=lambda p: (-whole[p], p)):
            if whole[piece] <= 0 or len(found) == _REASONS:
                break
            if piece in free:
                found.append(piece)
                free = free.replace(piece, "\n") if piece else free
        return tuple(found)


@cache
def table() -> Table:
    """The table that comes with the program."""
    text = (resources.files("jixiao.lexicon") / "data" / "kinds.tsv").read_text(encoding="utf-8")
    lines = (line.partition("\t") for line in text.splitlines() if not line.startswith("#"))
    return Table({clue: weights for clue, _, weights in lines})


_NOTHING = (0,) * len(LABELS)
_INDEX = {str(label): n for n, label in enumerate(LABELS)}
_REASONS = 3
