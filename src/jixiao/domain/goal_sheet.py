"""Goal sheets: the fill-in form of one budget project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jixiao.domain.goal import Goal
from jixiao.domain.indicator import Indicator, IndicatorClass, IndicatorKind
from jixiao.domain.money import CurrencyUnit, Money
from jixiao.domain.organisation import NOBODY, Organisation
from jixiao.domain.period import FiscalYear


@dataclass(frozen=True, slots=True)
class Project:
    """A budget project 「预算项目」: its code and name as printed; dashes (————) are None."""

    code: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """The money of a goal sheet 「预算规模」: total 预算数, of it fiscal 财政资金 and other 其他资金.

    Amounts are the printed numbers in ``currency_unit``; ``money`` turns one into yuan.
    """

    currency_unit: CurrencyUnit | None = None
    total: Decimal | None = None
    fiscal: Decimal | None = None
    other: Decimal | None = None

    def money(self, amount: Decimal | None) -> Money | None:
        """``amount`` of this budget in yuan; None where the amount or the unit is not stated."""
        if amount is None or self.currency_unit is None:
            return None
        return Money.of(amount, self.currency_unit)


@dataclass(frozen=True, slots=True)
class DisbursementStep:
    """One point of a disbursement plan 「资金支出计划」: by when (``"3月底"``), what per cent of the budget in all."""

    by: str
    percent: Decimal | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class GoalSheet:
    """A performance goal sheet 「绩效目标表」 of one project.

    ``sequence`` is the 1-based position in the document, ``purpose`` the use of the money 「资金用途」,
    ``goals`` the 「绩效目标」 without leading numbers, ``indicators`` the rows in their order.

    ``total_weight`` 「总分」 are the points to be had in all, ``execution_weight`` those of the rate of execution, where the
    form gives points with the goals. What became of the goals is a value of its own: see ``jixiao.domain.stage``.
    ``title`` is that of its form where the plan's does not hold it and it names no project: 部门整体支出绩效目标表 beside
    those of projects. ``fiscal_year`` is set where it is another than the plan's: last year's self-evaluation beside the
    goals of this year. ``id`` stays through edits; see ``jixiao.domain.identity``.
    """

    sequence: int
    budget_unit: Organisation = NOBODY
    project: Project = Project()
    budget: Budget = Budget()
    purpose: str | None = None
    disbursement_plan: tuple[DisbursementStep, ...] = ()
    goals: tuple[Goal, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    total_weight: Decimal | None = None
    execution_weight: Decimal | None = None
    title: str | None = None
    fiscal_year: FiscalYear | None = None
    id: str = ""

    @property
    def label(self) -> str:
        """Name for messages: 「1. 招商经费」, 「1. 部门整体支出绩效目标表」."""
        return f"{self.sequence}. {self.project.name or self.title or '未填项目名称'}"

    def of_class(self, class_: IndicatorClass) -> Iterator[tuple[int, Indicator]]:
        """(index, indicator) of the rows of one class."""
        return ((n, row) for n, row in enumerate(self.indicators) if row.class_ is class_)

    def of_kind(self, kind: IndicatorKind) -> Iterator[tuple[int, Indicator]]:
        """(index, indicator) of the rows of one kind."""
        return ((n, row) for n, row in enumerate(self.indicators) if row.kind is kind)
