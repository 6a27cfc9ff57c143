"""What targets an indicator usually has 「常见目标值」: from the values that approved sheets give it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jixiao.domain.target_grammar import parse_target


@dataclass(frozen=True, slots=True)
class Usual:
    """Of ``sheets`` values how many are numbers in the unit of the indicator (``numbers``), the lowest and highest of these, and between
    what the middle half lies; None where there is no number. Each is a value that some sheet has."""

    sheets: int
    numbers: int = 0
    lowest: Decimal | None = None
    lower: Decimal | None = None
    middle: Decimal | None = None
    upper: Decimal | None = None
    highest: Decimal | None = None


def usual(targets: Iterable[str], unit: str) -> Usual:
    """What values as they are printed say together; those in another unit, in words or without a number only count as sheets."""
    found = [parse_target(text).target for text in targets]
    numbers = sorted(one.number for one in found if one.number is not None and (one.unit or "") == unit)
    if not numbers:
        return Usual(len(found))
    return Usual(
        len(found),
        len(numbers),
        numbers[0],
        _at(numbers, 1),
        _at(numbers, 2),
        _at(numbers, 3),
        numbers[-1],
    )


def _at(numbers: Sequence[Decimal], quarter: int) -> Decimal:
    """The value at a quarter of a sorted list, one that is there: nearest rank."""
    return numbers[max(0, -(-len(numbers) * quarter // 4) - 1)]
