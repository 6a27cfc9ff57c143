"""What became of the money: the execution block of self-evaluation and monitoring sheets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class FundSource(StrEnum):
    """A row of the money block 「资金来源」; the value is its field in ``Execution``."""

    TOTAL = "total"
    FISCAL = "fiscal"
    CARRYOVER = "carryover"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _SOURCE_LABELS[self]


_SOURCE_LABELS = {
    FundSource.TOTAL: "年度资金总额",
    FundSource.FISCAL: "财政拨款",
    FundSource.CARRYOVER: "上年结转资金",
    FundSource.OTHER: "其他资金",
}


@dataclass(frozen=True, slots=True)
class SourceExecution:
    """One source of money: what was budgeted, what was spent, and the points for it, each as printed.

    ``initial`` 年初预算数, ``revised`` 全年（调整后）预算数, ``executed`` 执行数 (to date on a monitoring sheet), ``expected``
    全年预计执行数, ``rate`` 执行率 in per cent, ``weight`` 分值, ``score`` 得分. Amounts are in the sheet's currency unit.
    """

    initial: Decimal | None = None
    revised: Decimal | None = None
    executed: Decimal | None = None
    expected: Decimal | None = None
    rate: Decimal | None = None
    weight: Decimal | None = None
    score: Decimal | None = None

    @property
    def budget(self) -> Decimal | None:
        """The budget in force: the revised one, the initial one where none was printed."""
        return self.revised if self.revised is not None else self.initial


@dataclass(frozen=True, slots=True)
class Execution:
    """Budget execution 「预算执行情况」: a row per source, None where the form has no such row."""

    total: SourceExecution | None = None
    fiscal: SourceExecution | None = None
    carryover: SourceExecution | None = None
    other: SourceExecution | None = None

    def of(self, source: FundSource) -> SourceExecution | None:
        """The row of one source."""
        row: SourceExecution | None = getattr(self, source.value)
        return row

    def rows(self) -> Iterator[tuple[FundSource, SourceExecution]]:
        """The rows the form has, in the order of forms."""
        return ((source, row) for source in FundSource if (row := self.of(source)) is not None)
