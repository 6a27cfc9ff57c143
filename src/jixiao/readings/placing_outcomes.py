"""Where a row among the outcomes belongs."""

from __future__ import annotations

from enum import Enum, auto

from jixiao.domain.indicator import IndicatorKind
from jixiao.lexicon import Measure
from jixiao.parameters.shapes import PlaceWords, WorkUnits
from jixiao.readings.measured import Measured
from jixiao.readings.placing import OUTCOMES, OUTPUTS, Misplaced, Why, moved
from jixiao.readings.units import unscaled

_K = IndicatorKind


class _Sure(Enum):
    """How sure it is that a row tells of the unit's own work."""

    YES = auto()
    LIKELY = auto()
    NO = auto()


def in_outcome(m: Measured, words: PlaceWords, units: WorkUnits) -> Misplaced | None:
    """What is wrong with the place of a row among the outcomes."""
    if m.has("owed_anyway"):
        return Misplaced(m.row, Why.MANAGEMENT)
    if (m.term is not None and m.term.routine) or m.name in m.known.words["use_rates"]:
        return Misplaced(m.row, Why.MONEY_AS_EFFECT)
    if m.kinds & OUTCOMES:
        return _other_effect(m)
    unit = unscaled(m.unit) if m.unit else None
    sure = _Sure.YES if not m.has("effect") and m.kinds & OUTPUTS else _own_work(m, unit, words, units)
    if sure is _Sure.NO:
        return _other_effect(m)
    if m.kinds == {_K.QUALITY}:
        return Misplaced(m.row, Why.QUALITY_AS_EFFECT, _K.QUALITY)
    goes = _K.QUANTITY if unit in units.sizes else moved(m)
    return Misplaced(m.row, Why.WORK_AS_EFFECT, goes, doubtful=sure is _Sure.LIKELY)


def _own_work(m: Measured, unit: str | None, words: PlaceWords, units: WorkUnits) -> _Sure:
    """How sure it is that the value counts what the unit itself did, bought or built.

    Acts and papers are told by their unit, whoever they are for; things and sizes by a name that begins with a deed;
    people by a deed that leaves them as they were (回访, 检查).
    """
    if unit is None or m.row.row.target.is_percent or not m.row.row.target.number or m.known.is_setback(m.name):
        return _Sure.NO
    if _new_places(m, words) or _reach(m, unit, words, units):
        return _Sure.LIKELY
    if m.has("change"):
        return _Sure.NO
    if unit in units.acts:
        return _Sure.YES if m.has("activity") else _Sure.NO
    if m.measures is Measure.RATE:
        return _Sure.NO
    if unit in units.people or unit in units.firms:
        return _Sure.LIKELY if _is_visit(m) else _Sure.NO
    if not (m.counts or unit in units.sizes) or not _is_work(m, words):
        return _Sure.NO
    plain = m.row.row.kind in (_K.ECONOMIC, _K.SOCIAL)
    return _Sure.YES if plain and not m.has("effect") else _Sure.LIKELY


def _is_work(m: Measured, words: PlaceWords) -> bool:
    """Whether the name begins with what is built, bought or kept up, or is the size of what is kept up."""
    known = m.known.words
    if m.name.startswith(known["not_works"]):
        return False
    if m.name.startswith(words.completing):
        return m.has("works")
    return m.name.startswith(known["works"]) or (m.measures is Measure.AMOUNT and m.has("upkeep"))


def _is_visit(m: Measured) -> bool:
    """Whether the name begins or ends with a deed done to people or bodies that brings them nothing by itself."""
    visits = m.known.words["visits"]
    if m.name.endswith(visits):
        return True
    return m.name.startswith(visits) and not m.has("aid") and m.measures in (None, Measure.COUNT)


def _new_places(m: Measured, words: PlaceWords) -> bool:
    """新增床位: what was built, though there is more of it."""
    name = m.name
    amount = next((ending for ending in words.amounts if name.endswith(ending)), "")
    return name.startswith(words.adding) and name.removesuffix(amount).endswith(m.known.words["built"])


def _reach(m: Measured, unit: str, words: PlaceWords, units: WorkUnits) -> bool:
    """培训覆盖单位数: whom the unit's own work reached, bodies and not people."""
    for word in words.reaching:
        deed, _, reached = m.name.partition(word)
        if reached and unit not in units.people and m.counts and m.known.has(deed, "activity") is not None:
            return True
    return False


def _other_effect(m: Measured) -> Misplaced | None:
    here = m.row.row.kind
    if here in m.kinds:
        return None
    if here in (_K.ECONOMIC, _K.SOCIAL) and (word := m.known.has(m.name, "ecology")):
        return Misplaced(m.row, Why.OTHER_EFFECT, _K.ECOLOGICAL, word=word)
    if here in (_K.SOCIAL, _K.ECOLOGICAL) and (word := m.known.has(m.name, "earning")):
        return Misplaced(m.row, Why.OTHER_EFFECT, _K.ECONOMIC, word=word)
    return None
