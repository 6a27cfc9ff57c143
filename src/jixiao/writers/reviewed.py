"""What the writers write: a reviewed plan, and a batch of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath

from jixiao.domain.finding import CountyFinding, Review
from jixiao.domain.money import CurrencyUnit, Money
from jixiao.domain.note import Note
from jixiao.domain.plan import Plan


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A plan and its review 「审核结果」; ``stem`` is the stem of the files written for it."""

    plan: Plan
    review: Review
    stem: str

    @property
    def file(self) -> str:
        """The name of the file read; where others have the same name, with what tells them apart: 甲.txt（乙局）."""
        name = self.plan.source.name
        own = PurePosixPath(name).stem
        return name + self.stem.removeprefix(own) if "/" not in name and self.stem.startswith(own) else name


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file that could not be read 「未读出的文件」: its name, what was met, what to do about it."""

    name: str
    met: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Batch:
    """The plans reviewed in one run 「审核批次」; ``as_of`` is the day whose rules they were reviewed under.

    ``county`` is what is seen only across departments; its numbers of plans count ``reviewed``.
    """

    title: str
    reviewed: tuple[Reviewed, ...]
    unread: tuple[UnreadFile, ...]
    as_of: date
    county: tuple[CountyFinding, ...] = ()


def left_out(plan: Plan) -> list[Note]:
    """The notes on words of the file that are not in the data and took no part in the review."""
    return [note for note in plan.notes if note.is_left_out]


@dataclass(frozen=True, slots=True)
class MoneyTotal:
    """The money of all sheets of a plan in 万元; ``uncounted`` sheets state no amount or no currency unit."""

    amount: Decimal | None
    uncounted: int


def money_total(plan: Plan) -> MoneyTotal:
    """The sum of 预算数 over the goal sheets; None where not one of them can be counted."""
    amounts = [sheet.budget.money(sheet.budget.total) for sheet in plan.goal_sheets]
    counted = [a for a in amounts if a is not None]
    total = sum(counted, Money(Decimal(0))).in_unit(CurrencyUnit.TEN_THOUSAND_YUAN) if counted else None
    return MoneyTotal(total, len(amounts) - len(counted))
