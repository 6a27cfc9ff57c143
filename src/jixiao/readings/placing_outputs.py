"""Where a row among the outputs belongs."""

from __future__ import annotations

from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.target import TargetType
from jixiao.lexicon import Measure, Routine
from jixiao.parameters.shapes import PlaceWords, WorkUnits
from jixiao.readings.classes import class_of
from jixiao.readings.measured import Measured
from jixiao.readings.own_rules import keeps_own_rules
from jixiao.readings.placing import OUTCOMES, OUTPUTS, Misplaced, Why, moved
from jixiao.readings.units import unscaled

_K = IndicatorKind


def in_output(m: Measured, words: PlaceWords, units: WorkUnits) -> Misplaced | None:
    """What is wrong with the place of a row among the outputs."""
    if _is_management(m) and class_of(m.row) is not None:  # a form of its own may ask for how the money is managed
        return Misplaced(m.row, Why.MANAGEMENT)
    kind = m.row.row.kind
    if kind not in OUTPUTS or kind in m.kinds:
        return None
    if m.term is not None and m.term.routine is Routine.EXECUTION:
        if kind is _K.TIMELINESS:
            punctual = m.known.has(m.row.words, "punctual")
            return None if punctual else Misplaced(m.row, Why.EXECUTION, doubtful=True)
        return Misplaced(m.row, Why.EXECUTION)
    if kind is _K.QUALITY:
        return _in_quality(m, words, units)
    return _in_quantity(m, words) if kind is _K.QUANTITY else _in_timeliness(m)


def _is_management(m: Measured) -> bool:
    """Whether name or, where the name says no more than “safety of the money”, description ends in a duty of management."""
    if keeps_own_rules(m.name, m.known):
        return True
    if m.term is not None and (m.term.routine or m.kinds):
        return m.term.routine is Routine.MANAGEMENT
    if m.measures not in (None, Measure.DEGREE, Measure.STATE) or not m.known.has(m.name, "money"):
        return False
    told = m.known.ending(m.row.description)
    return told is not None and told.routine is Routine.MANAGEMENT


def _in_quality(m: Measured, words: PlaceWords, units: WorkUnits) -> Misplaced | None:
    if m.has("punctual") and not m.has("grade") and m.kinds <= {_K.TIMELINESS}:
        return Misplaced(m.row, Why.PROMPTNESS_AS_QUALITY, _K.TIMELINESS, doubtful=True)
    if m.row.row.target.type is TargetType.DATE and m.measures is Measure.TIME and m.kinds <= {_K.TIMELINESS}:
        return Misplaced(m.row, Why.DATE_AS_QUALITY, _K.TIMELINESS)
    if _is_amount(m, units) and not m.has("grade") and m.known.is_setback(m.name) is None:
        return Misplaced(m.row, Why.COUNT_AS_QUALITY, _K.QUANTITY)
    return _effect(m, words)


def _is_amount(m: Measured, units: WorkUnits) -> bool:
    """Whether the row counts what is done: by the name's head, or by a counting value of something that is done."""
    if m.kinds:
        return m.kinds == {_K.QUANTITY}
    if m.measures is Measure.COUNT:
        return True
    if not m.row.row.target.number or not m.has("doing"):
        return False
    if m.term is None and m.counts:
        return True
    return m.measures in (None, Measure.AMOUNT) and m.unit is not None and unscaled(m.unit) in units.sizes


def _effect(m: Measured, words: PlaceWords) -> Misplaced | None:
    """An effect among the outputs: by the name's head, or an amount of money that is to rise."""
    inner = m.known.inside(m.name) if m.name.endswith(words.rising) else m.term
    if inner is None or not inner.kinds or not frozenset(inner.kinds) <= OUTCOMES:
        return None
    return Misplaced(m.row, Why.EFFECT_AS_OUTPUT, inner.kinds[0], doubtful=True)


def _in_quantity(m: Measured, words: PlaceWords) -> Misplaced | None:
    target = m.row.row.target
    share = target.is_percent or (m.unit is None and target.number is not None)
    if m.measures is not Measure.RATE or not share or m.name in m.known.words["bare_rates"]:
        return _effect(m, words)
    if found := _effect(m, words):
        return found
    return Misplaced(m.row, Why.RATIO_AS_QUANTITY, moved(m) if m.kinds else None, doubtful=not m.kinds)


def _in_timeliness(m: Measured) -> Misplaced | None:
    target = m.row.row.target
    if target.type is TargetType.DATE:
        return None
    counted = m.counts and m.measures in (Measure.COUNT, None)
    if m.known.has(m.row.words + (target.text or ""), "timely"):
        return (
            Misplaced(m.row, Why.COUNT_AS_TIME, moved(m), doubtful=True) if counted and _is_act_of_the_year(m) else None
        )
    return Misplaced(m.row, Why.NO_TIME, moved(m)) if m.kinds or counted else None


def _is_act_of_the_year(m: Measured) -> bool:
    """How often something was done in the year: a count, unless a pace is set or how soon is told."""
    number = m.row.row.target.number
    paced = m.unit is None or "/" in m.unit or m.known.has(f"{m.row.words}{m.row.row.target.text}", "pace")
    return number is not None and number >= 2 and not paced and m.measures is Measure.COUNT
