"""Rating scales 「评价标准」 优良中差 as bands of values, and where two grades overlap or leave something between them.

A scale is read as a ladder: where better grades begin at higher floors (10次以上, 5次以上, 3次以上), each floor ends where
the next better one begins; likewise ceilings where less is better. 以上 and 以下 include the number itself, as in law.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jixiao.domain.finding import GradeLevel
from jixiao.domain.plan import RatingScale
from jixiao.domain.target import Comparator, TargetType
from jixiao.domain.target_grammar import parse_target
from jixiao.readings.view import PlanView

_INFINITE = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Band:
    """The values of one grade: from ``low`` to ``high``, ends included unless open; ``text`` as printed."""

    level: GradeLevel
    text: str
    low: Decimal
    high: Decimal
    low_open: bool = False
    high_open: bool = False
    counts: bool = True
    """whether it counts things, so that whole numbers one apart meet; shares of a hundred do not"""

    @property
    def is_floor(self) -> bool:
        return self.high == _INFINITE

    @property
    def is_ceiling(self) -> bool:
        return self.low == -_INFINITE

    @property
    def is_range(self) -> bool:
        return not self.is_floor and not self.is_ceiling and self.low < self.high

    @property
    def is_point(self) -> bool:
        return self.low == self.high

    @property
    def label(self) -> str:
        """The grade and its words: 优1次以上."""
        return f"{self.level.label}{self.text}"


def bands(scale: RatingScale) -> tuple[Band, ...]:
    """The four grades as intervals, best first; empty where one is blank, in words, or in another unit."""
    cells = (scale.excellent, scale.good, scale.fair, scale.poor)
    found = [_band(level, text) for level, text in zip(GradeLevel, cells, strict=True)]
    units = {unit for _, unit in filter(None, found)}
    complete = [pair[0] for pair in found if pair is not None]
    return tuple(complete) if len(complete) == len(cells) and len(units) == 1 else ()


def _band(level: GradeLevel, text: str | None) -> tuple[Band, str | None] | None:
    target = parse_target(text).target
    value = target.number
    if text is None or value is None:
        return None
    counts = not target.is_percent
    if target.type is TargetType.RANGE:
        assert target.upper is not None
        return Band(level, text, value, target.upper, counts=counts), target.unit
    match target.comparator:
        case Comparator.AT_LEAST | Comparator.MORE_THAN:
            is_open = target.comparator is Comparator.MORE_THAN
            band = Band(level, text, value, _INFINITE, low_open=is_open, counts=counts)
        case Comparator.AT_MOST | Comparator.LESS_THAN:
            is_open = target.comparator is Comparator.LESS_THAN
            band = Band(level, text, -_INFINITE, value, high_open=is_open, counts=counts)
        case _:
            band = Band(level, text, value, value, counts=counts)
    return band, target.unit


def overlap(better: Band, worse: Band) -> bool:
    """Whether one value falls into both grades, read as rungs of a ladder."""
    if better.is_floor and worse.is_floor:
        return worse.low >= better.low
    if better.is_ceiling and worse.is_ceiling:
        return worse.high <= better.high
    if better.is_point and (worse.is_floor or worse.is_ceiling):
        return better.low == (worse.low if worse.is_floor else worse.high)  # 100%, then 95%以上: the next rung
    low, high = max(better.low, worse.low), min(better.high, worse.high)
    if low != high:
        return low < high
    if better.is_range or worse.is_range:
        return False  # 80%-90% after 90%以上: custom gives the common end to the better grade
    ends = ((b.low_open and b.low == low) or (b.high_open and b.high == low) for b in (better, worse))
    return not any(ends)


def share_an_end(better: Band, worse: Band) -> bool:
    """Whether two neighbours of which one is a range both name the number at which they meet, neither leaving it out."""
    if not (better.is_range or worse.is_range) or "含" in better.text + worse.text:
        return False
    for above, below in ((better, worse), (worse, better)):
        if above.low == below.high and not above.low_open and not below.high_open:
            return True
    return False


def gap(better: Band, worse: Band) -> tuple[Decimal, Decimal] | None:
    """The ends of what lies between two neighbouring grades and in neither; None where they meet.

    Whole numbers one apart meet (3次以上, 2次以下). A bare number is taken for a rung: nothing is said of it.
    """
    if better.is_point or worse.is_point:
        return None
    for above, below in ((better, worse), (worse, better)):
        if above.low > below.high:
            whole = above.counts and above.low == int(above.low) and below.high == int(below.high)
            step = Decimal(1) if whole else Decimal(0)
            return (below.high, above.low) if above.low - below.high > step else None
        if above.low == below.high and above.low_open and below.high_open:
            return below.high, above.low
    return None


def scales(view: PlanView) -> list[tuple[str, str, tuple[Band, ...]]]:
    """(pointer, indicator, four bands) of every rating scale that can be read as numbers."""
    found = []
    for a, activity in enumerate(view.plan.activities):
        for i, indicator in enumerate(activity.indicators):
            if indicator.rating_scale and (four := bands(indicator.rating_scale)):
                found.append((view.at("activities", a, "indicators", i, "rating_scale"), indicator.text, four))
    return found
