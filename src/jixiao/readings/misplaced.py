"""The rows of a plan that stand in the wrong place, told from name, unit and lexicon; the rules only report them."""

from __future__ import annotations

from collections.abc import Mapping

from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.lexicon import Measure, Routine
from jixiao.parameters.keys import PLACE_WORDS, WORK_UNITS
from jixiao.parameters.shapes import PlaceWords, WorkUnits
from jixiao.readings import measured as measures
from jixiao.readings.classes import class_of
from jixiao.readings.measured import Measured, is_satisfaction, measured
from jixiao.readings.names import is_category
from jixiao.readings.own_rules import keeps_own_rules
from jixiao.readings.placing import Misplaced, Why, moved
from jixiao.readings.placing_outcomes import in_outcome
from jixiao.readings.placing_outputs import in_output
from jixiao.readings.view import PlanView, RowView, SheetView

_K = IndicatorKind
_COSTS = frozenset((_K.COST, _K.ECONOMIC_COST))
READ = (PLACE_WORDS, WORK_UNITS, *measures.READ)
"""the parameters that placing rows takes"""


def misplaced_in(sheet: SheetView, *whys: Why) -> list[Misplaced]:
    """The rows of a sheet that do not belong where they stand for one of ``whys``, in their order."""
    return [found for found in sheet.plan.derived(_misplaced)[sheet.index] if found.why in whys]


def _misplaced(view: PlanView) -> Mapping[int, list[Misplaced]]:
    """The rows that stand in the wrong place, by the index of their sheet."""
    words, units = view.parameter(PLACE_WORDS), view.parameter(WORK_UNITS)
    return {
        sheet.index: [found for row in sheet.rows if (found := _placed(row, words, units)) is not None]
        for sheet in view.sheets
    }


def _placed(row: RowView, words: PlaceWords, units: WorkUnits) -> Misplaced | None:
    if not row.words or (is_category(row, row.row.name) and not row.description):
        return None
    m = measured(row)
    kind, class_ = row.row.kind, class_of(row)
    if class_ is IndicatorClass.SATISFACTION:
        return _in_satisfaction(m)
    if is_satisfaction(row) and m.has("opinion"):
        return _satisfaction_elsewhere(m)
    if row.row.is_cost:
        return None if kind in (_K.SOCIAL_COST, _K.ENVIRONMENTAL_COST) else _in_cost(m)
    if class_ is IndicatorClass.OUTCOME:
        return in_outcome(m, words, units)
    return in_output(m, words, units)


def _in_satisfaction(m: Measured) -> Misplaced | None:
    if m.known.has(m.row.words, "opinion"):
        return None
    if m.counts:
        return Misplaced(m.row, Why.COUNT_AS_SATISFACTION, moved(m))
    if m.term is not None and (m.term.routine or (m.kinds and _K.BENEFICIARY_SATISFACTION not in m.kinds)):
        return Misplaced(m.row, Why.NO_SATISFACTION, moved(m))
    return None


def _satisfaction_elsewhere(m: Measured) -> Misplaced | None:
    if m.row.row.kind in (None, _K.BENEFICIARY_SATISFACTION):
        return None
    has_own = any(class_of(other) is IndicatorClass.SATISFACTION for other in m.row.sheet.rows)
    return Misplaced(m.row, Why.SATISFACTION_ELSEWHERE, _K.BENEFICIARY_SATISFACTION, doubtful=not has_own)


def _in_cost(m: Measured) -> Misplaced | None:
    if m.is_money:
        return None
    if m.term is not None and m.term.routine is Routine.EXECUTION:
        return Misplaced(m.row, Why.EXECUTION)
    if keeps_own_rules(m.name, m.known):
        return Misplaced(m.row, Why.MANAGEMENT)
    if m.known.has(m.row.words, "cost"):
        return None
    target = m.row.row.target
    if m.counts and target.number:
        controls = target.comparator is not None and target.comparator.is_ceiling
        return Misplaced(m.row, Why.COUNT_AS_COST, moved(m), doubtful=controls)
    other = bool(m.kinds) and not m.kinds & _COSTS
    rate = target.is_percent and m.measures in (Measure.RATE, Measure.DEGREE, Measure.STATE)
    return Misplaced(m.row, Why.NO_COST, moved(m)) if other or rate else None
