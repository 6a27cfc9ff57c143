"""The rows of a plan that stand in the wrong place, told by the table of kinds; the rules only report them.

A row is told of only where the table finds it very unlikely that the row belongs where it stands: how unlikely is a
parameter, chosen on documents that the table had not seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.target import TargetType
from jixiao.lexicon import Measure, Routine
from jixiao.lexicon.kinds import INPUT, LABELS, NO_RESULT, ROUTINE, Table
from jixiao.parameters.keys import INPUT_WORDS, PLACING_LIMITS
from jixiao.parameters.shapes import PlacingLimits
from jixiao.readings import measured as measures
from jixiao.readings.belongs import Belonging, belonging
from jixiao.readings.classes import class_of
from jixiao.readings.measured import Measured, counts_own_money, is_satisfaction, measured
from jixiao.readings.names import is_category
from jixiao.readings.own_rules import keeps_own_rules
from jixiao.readings.placing import Misplaced, Why
from jixiao.readings.view import PlanView, RowView, SheetView

_K = IndicatorKind
_OUTPUTS = frozenset((_K.QUANTITY, _K.QUALITY, _K.TIMELINESS))
_ALIKE = frozenset((_K.QUANTITY, _K.QUALITY))
"""kinds so wide that a row is told of only where it is plain where else it belongs"""
_OUTCOMES = frozenset((_K.ECONOMIC, _K.SOCIAL, _K.ECOLOGICAL, _K.SUSTAINED_IMPACT))
_OF_CLASS = {
    IndicatorClass.OUTPUT: (*_OUTPUTS, _K.COST),
    IndicatorClass.OUTCOME: (*_OUTCOMES, _K.BENEFICIARY_SATISFACTION),
    IndicatorClass.COST: (_K.COST,),
    IndicatorClass.SATISFACTION: (_K.BENEFICIARY_SATISFACTION,),
}
"""where a row may belong whose form names only the class: older forms count costs among outputs, satisfaction among
outcomes"""
_TWICE = 2
"""a row among the effects is told of as none only where no other effect is likely either, up to this many times the limit"""
READ = (INPUT_WORDS, PLACING_LIMITS, *measures.READ)
"""the parameters that placing rows takes"""


def misplaced_in(sheet: SheetView, *whys: Why) -> list[Misplaced]:
    """The rows of a sheet that do not belong where they stand for one of ``whys``, in their order."""
    return [found for found in sheet.plan.derived(_misplaced)[sheet.index] if found.why in whys]


def _misplaced(view: PlanView) -> Mapping[int, list[Misplaced]]:
    """The rows that stand in the wrong place, by the index of their sheet."""
    limits, people = view.parameter(PLACING_LIMITS), view.parameter(INPUT_WORDS).people
    return {sheet.index: habits([placed(row, limits, people) for row in sheet.rows], limits) for sheet in view.sheets}


def habits(told: Iterable[Misplaced | None], limits: PlacingLimits) -> list[Misplaced]:
    """What is told of the rows of a sheet: where many outputs are placed alike, the form follows a catalogue of its own."""
    found = [one for one in told if one is not None]
    often = Counter(one.why for one in found if one.why in _OF_CATALOGUES)
    return [replace(one, doubtful=True) if often[one.why] > limits.habit else one for one in found]


_OF_CATALOGUES = frozenset((Why.COUNT_AS_QUALITY, Why.RATIO_AS_QUANTITY))


def placed(row: RowView, limits: PlacingLimits, people: tuple[str, ...], by: Table | None = None) -> Misplaced | None:
    """What is wrong with the place of a row; None where it may stand there, or where nobody can tell."""
    if not row.words or (is_category(row, row.row.name) and not row.description):
        return None
    own = _own(row)
    if not own or (_K.BENEFICIARY_SATISFACTION in own and is_satisfaction(row)):
        return None
    m = measured(row)
    if own & m.kinds:
        return None  # the lexicon knows that it may stand here
    if m.has("owed_anyway") or (not own & _OUTCOMES and _is_management(m)):
        return Misplaced(row, Why.MANAGEMENT)
    told = belonging(m, by)
    return _by_odds(m, told, own, limits, people, by) or _untold(m, told, own)


def _by_odds(
    m: Measured,
    told: Belonging,
    own: frozenset[IndicatorKind],
    limits: PlacingLimits,
    people: tuple[str, ...],
    by: Table | None,
) -> Misplaced | None:
    """What the table says of a row that the lexicon does not know."""
    if own <= _OUTCOMES and max(map(told.odds.share, _OUTCOMES)) >= _TWICE * float(limits.likely):
        return _other_effect(m, told, own, limits)
    found = _where_unlikely(m, told, own, limits, people)
    return None if found is None or _described(m, own, by) else found


def _untold(m: Measured, told: Belonging, own: frozenset[IndicatorKind]) -> Misplaced | None:
    """A row without one word of what its kind is about; it may be argued, for lists of words are never whole."""
    text = m.row.row.target.text
    words = [w for kind in own if kind in _TELLS for w in m.known.words[_TELLS[kind]]]
    if len(own) > 1 or not words or not text or any(word in f"{m.row.words}{text}" for word in words):
        return None
    (kind,) = own
    if kind is _K.TIMELINESS:
        goes, why = told.odds.best(*own), Why.NO_TIME
    else:
        goes, why = told.odds.best(*(set(LABELS) - _OUTCOMES | own)), Why.OTHER_EFFECT
    if goes not in LABELS:
        return None
    return Misplaced(m.row, why, _K(goes), doubtful=True, reasons=told.reasons(m, goes, *own))


_TELLS = {_K.TIMELINESS: "tells_time", _K.ECONOMIC: "tells_economy", _K.ECOLOGICAL: "tells_ecology"}
"""of which kinds every row says by some word that it is about them"""


def _where_unlikely(
    m: Measured, told: Belonging, own: frozenset[IndicatorKind], limits: PlacingLimits, people: tuple[str, ...]
) -> Misplaced | None:
    """What is wrong with a row that the table finds unlikely to belong where it stands."""
    goes, stays = told.odds.best(*own), told.odds.share(*own)
    if stays >= float(limits.likely):
        return None
    why = _why(m, own, goes)
    unclear = told.odds.share(goes) < float(limits.clear) and _K.BENEFICIARY_SATISFACTION not in own
    if why is None or told.odds.share(goes) < float(limits.plausible) or (why is Why.RATIO_AS_QUANTITY and _is_bare(m)):
        return None
    kind = None if goes in NO_RESULT else _K(goes)
    argued = why in _ARGUED or _reaches_people(m, why, people) or (why is Why.MONEY_AS_OUTPUT and _K.TIMELINESS in own)
    doubtful = argued or unclear or stays >= float(limits.sure)
    return Misplaced(m.row, why, kind, doubtful, told.reasons(m, goes, _strongest(told, own)))


def _is_management(m: Measured) -> bool:
    """Whether the name says that own rules are kept or, where it says no more than “safety of the money”, the description."""
    if keeps_own_rules(m.name, m.known):
        return True
    if m.kinds or m.measures not in (None, Measure.DEGREE, Measure.STATE) or not m.known.has(m.name, "money"):
        return False
    told = m.known.ending(m.row.description)
    return told is not None and told.routine is Routine.MANAGEMENT


_DESCRIBED = 0.6
"""descriptions say how a value is counted, in words of many kinds: only a clear one decides"""


def _described(m: Measured, own: frozenset[IndicatorKind], by: Table | None) -> bool:
    """Whether the description says that the row stands where it belongs, though the name does not."""
    description = m.row.description
    if not description or description == m.name:
        return False
    told = belonging(replace(m, name=description, term=m.known.ending(description)), by)
    return told.odds.share(*own) >= _DESCRIBED


def _reaches_people(m: Measured, why: Why, people: tuple[str, ...]) -> bool:
    """Whether the row counts people among the effects: whom the work reached may be its effect."""
    return why is Why.WORK_AS_EFFECT and m.name.endswith(people)


_BARE = 3


def _is_bare(m: Measured) -> bool:
    """Whether the name is a measure of nothing named, 完成率; rules on names tell that."""
    return m.term is not None and m.name == m.term.word and len(m.name) <= _BARE


def _own(row: RowView) -> frozenset[IndicatorKind]:
    """The kinds of the table that a row stands under; empty where it stands nowhere, or where the table knows nothing."""
    kind, class_ = row.row.kind, class_of(row)
    if kind is _K.ECONOMIC_COST:
        return frozenset((_K.COST,))
    if kind is not None:
        return frozenset((kind,)) if kind in LABELS else frozenset()
    return frozenset(_OF_CLASS[class_]) if class_ is not None else frozenset()


def _strongest(told: Belonging, own: frozenset[IndicatorKind]) -> str:
    return max(sorted(own), key=told.odds.share)


_ARGUED = frozenset((Why.EFFECT_AS_OUTPUT, Why.PROMPTNESS_ELSEWHERE))
"""what a document from above may have ordered so"""


def _why(m: Measured, own: frozenset[IndicatorKind], goes: str) -> Why | None:
    """What is wrong with a row that stands under ``own`` and belongs under ``goes``; None where nothing is said."""
    if _K.BENEFICIARY_SATISFACTION in own:
        return Why.COUNT_AS_SATISFACTION if m.counts else Why.NO_SATISFACTION
    if goes is _K.BENEFICIARY_SATISFACTION:
        return Why.SATISFACTION_ELSEWHERE
    if own <= _OUTCOMES:
        if goes in NO_RESULT or goes is _K.COST:
            return Why.MONEY_AS_EFFECT
        # A task in words may be read as either: what has no measure in its name is work.
        is_quality = goes is _K.QUALITY and m.term is not None
        if not is_quality and _counts_mishaps(m):
            return None  # how often things go wrong is not what the unit did
        return Why.QUALITY_AS_EFFECT if is_quality else Why.WORK_AS_EFFECT
    if own == {_K.COST}:
        return _in_cost(m, goes)
    return _in_output(m, own, goes)


def _counts_mishaps(m: Measured) -> bool:
    """Whether a name ends in what goes wrong, and the value keeps it few: 设备报修次数 ≤3次."""
    target = m.row.row.target
    few = target.number == 0 or (target.comparator is not None and target.comparator.is_ceiling)
    return few and bool(m.known.is_setback(m.name)) and m.known.has(m.name, "handling") is None


def _in_cost(m: Measured, goes: str) -> Why | None:
    if m.is_money:
        return None
    if goes == INPUT:
        return Why.MONEY_AS_OUTPUT
    return Why.COUNT_AS_COST if m.counts else Why.NO_COST


def _in_output(m: Measured, own: frozenset[IndicatorKind], goes: str) -> Why | None:
    if goes == ROUTINE:
        return Why.MANAGEMENT
    if goes == INPUT:
        return None if counts_own_money(m.row) else Why.MONEY_AS_OUTPUT
    if goes is _K.COST:
        return None  # money as a quantity is told as money put in
    if own == {_K.TIMELINESS}:
        return None if m.row.row.target.type is TargetType.DATE else Why.NO_TIME
    if goes is _K.TIMELINESS:
        return Why.PROMPTNESS_ELSEWHERE
    if goes in _OUTCOMES:
        return Why.EFFECT_AS_OUTPUT
    if goes is _K.QUALITY:
        return Why.RATIO_AS_QUANTITY
    return Why.COUNT_AS_QUALITY


def _other_effect(
    m: Measured, told: Belonging, own: frozenset[IndicatorKind], limits: PlacingLimits
) -> Misplaced | None:
    """One effect in place of another; social effect and sustained impact are rarely told apart from others."""
    goes = told.odds.best(*(set(LABELS) - _OUTCOMES | own))
    arguable = goes is _K.SUSTAINED_IMPACT or (goes is _K.SOCIAL and _K.ECOLOGICAL not in own)
    if arguable or told.odds.share(*own) >= float(limits.likely) or told.odds.share(goes) < float(limits.clear):
        return None
    return Misplaced(
        m.row, Why.OTHER_EFFECT, _K(goes), doubtful=True, reasons=told.reasons(m, goes, _strongest(told, own))
    )
