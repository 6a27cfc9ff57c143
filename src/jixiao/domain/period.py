"""When: fiscal years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class FiscalYear:
    """A budget year 「预算年度」: in China the calendar year (预算法, budget-year provision)."""

    year: int

    def __post_init__(self) -> None:
        if not 1949 <= self.year <= 2199:
            raise ValueError(f"not a budget year: {self.year}")

    @property
    def first_day(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, 12, 31)

    def __contains__(self, day: date) -> bool:
        return day.year == self.year
