"""A blank form to start from: the rows that are prescribed, the points of its disbursement plan, nothing filled in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jixiao.domain.goal_sheet import Budget, DisbursementStep, GoalSheet, Project
from jixiao.domain.identity import identified
from jixiao.domain.indicator import Indicator, IndicatorClass, IndicatorKind
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.organisation import NOBODY, Organisation
from jixiao.domain.period import FiscalYear
from jixiao.domain.plan import Plan, Source
from jixiao.layouts.form import Layout
from jixiao.parameters import Ruleset, rulesets
from jixiao.parameters.keys import REQUIRED_CLASSES, REQUIRED_KINDS

_SOURCE = Source("空白表", "0" * 64, "blank")
_NO_PROJECT = Project()


def prescribed(
    layout: Layout, ruleset: Ruleset | None = None, as_of: date = date.max
) -> tuple[tuple[IndicatorClass, IndicatorKind | None], ...]:
    """The levels that a form must have rows for, in the order of the form.

    They are the classes and kinds that the ruleset requires on a day, that of the layout where None. None as kind: the
    class is required, and which of its kinds is for whoever fills in to choose.
    """
    by = ruleset or rulesets()[layout.ruleset]
    classes = by.parameter(REQUIRED_CLASSES, as_of)
    kinds = by.parameter(REQUIRED_KINDS, as_of)
    return tuple(
        (class_, kind) for class_, held in layout.kinds.items() if class_ in classes for kind in _required(held, kinds)
    )


def _required(held: tuple[IndicatorKind, ...], kinds: tuple[str, ...]) -> Iterator[IndicatorKind | None]:
    required = [kind for kind in held if kind in kinds]
    if required:
        yield from required
    else:
        yield held[0] if len(held) == 1 else None


def blank(
    layout: Layout,
    *,
    project: Project = _NO_PROJECT,
    budget_unit: Organisation = NOBODY,
    department: Organisation = NOBODY,
    year: FiscalYear | None = None,
    ruleset: Ruleset | None = None,
    every_kind: bool = False,
) -> Plan:
    """A plan with one sheet that nobody has filled in, its things with ids; amounts are in the unit of the form.

    It has a row for all that is ``prescribed``; with ``every_kind`` one for each second level that the form prints.
    """
    levels = (
        tuple((class_, kind) for class_, held in layout.kinds.items() for kind in held)
        if every_kind
        else prescribed(layout, ruleset, year.first_day if year else date.max)
    )
    unit = CurrencyUnit(layout.currency_unit)
    sheet = GoalSheet(
        1,
        budget_unit,
        project,
        Budget(unit),
        disbursement_plan=tuple(DisbursementStep(by) for by in layout.points),
        indicators=tuple(Indicator(class_, kind) for class_, kind in levels),
    )
    return identified(Plan(_SOURCE, fiscal_year=year, department=department, currency_unit=unit, goal_sheets=(sheet,)))
