"""What stands on a page: runs of characters and ruling lines, in points from the upper left corner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from jixiao.domain.note import Note
from jixiao.domain.provenance import Location

Bounds = tuple[float, float, float, float]
"""x0, top, x1, bottom"""


class Run(NamedTuple):
    """Characters with one box: a single character of a PDF, a recognised line of a scan.

    ``base`` is the line the characters stand on, ``size`` their height (that of a Chinese character); ``sure`` how
    sure the recognition is (1 where nothing was recognised).
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    sure: float = 1.0

    @property
    def top(self) -> float:
        return self.base - 0.88 * self.size

    @property
    def bottom(self) -> float:
        return self.base + 0.12 * self.size

    @property
    def middle(self) -> float:
        """Height of the middle of the characters."""
        return self.base - 0.38 * self.size


class Rule(NamedTuple):
    """A straight line: at ``at`` across the page (or down, where ``vertical``), from ``start`` to ``end``."""

    vertical: bool
    at: float
    start: float
    end: float


@dataclass(slots=True)
class Page:
    """One page; ``number`` is 1-based."""

    number: int
    width: float
    height: float
    runs: list[Run]
    rules: list[Rule]
    notes: list[Note] = field(default_factory=list)
    recognised: bool = False
    """whether the words were recognised from an image"""
    across: list[str] = field(default_factory=list)
    """what is printed across the page and is no part of its text: watermarks, seals"""


def place_of(page: int, bounds: Bounds, text: str) -> Location:
    """A place on a page."""
    x0, top, x1, bottom = bounds
    return Location(text=text, page=page, bbox=(round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1)))


def median(values: Sequence[float], default: float) -> float:
    """The middle one of some values."""
    return sorted(values)[len(values) // 2] if values else default


def doubt(confidence: float) -> Decimal:
    """A confidence with two decimals."""
    return Decimal(f"{confidence:.2f}")
