"""Rows without a first and a second level in a sheet whose other rows have one, and where such a row may belong."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.target import TargetType
from jixiao.lexicon.kinds import Odds
from jixiao.parameters.keys import PLACING_LIMITS
from jixiao.readings import measured as measures
from jixiao.readings.belongs import belonging
from jixiao.readings.classes import class_of, is_filled
from jixiao.readings.measured import is_satisfaction, measured
from jixiao.readings.view import RowView, SheetView

READ = (PLACING_LIMITS, *measures.READ)
"""the parameters that telling where such a row may belong takes"""
_NOT_KNOWN = ("indicator.class_unknown", "indicator.kind_unknown")
_K = IndicatorKind
_KINDS_OF = {
    IndicatorClass.OUTPUT: (_K.QUANTITY, _K.QUALITY, _K.TIMELINESS, _K.COST),
    IndicatorClass.OUTCOME: (_K.ECONOMIC, _K.SOCIAL, _K.ECOLOGICAL, _K.SUSTAINED_IMPACT),
    IndicatorClass.SATISFACTION: (_K.BENEFICIARY_SATISFACTION,),
    IndicatorClass.COST: (_K.COST,),
}


def levels_unread(row: RowView) -> bool:
    """Whether the file has a level for the row that was not known: its own, or one above that goes on for it."""
    above = row.sheet.rows[: row.index + 1]
    pointers = {row.pointer, *(other.pointer for other in _run_up(above))}
    return any(
        note.code in _NOT_KNOWN and note.pointer.rpartition("/")[0] in pointers for note in row.sheet.plan.plan.notes
    )


def _run_up(rows: tuple[RowView, ...]) -> Iterator[RowView]:
    """The last row and those above it up to one that has a level."""
    for row in reversed(rows):
        if class_of(row) is not None:
            return
        yield row


def unclassed_rows(sheet: SheetView) -> list[RowView]:
    """Rows with a name and a target and no level, where other rows of the sheet have one; none whose level was not known."""
    bare = [
        row
        for row in sheet.rows
        if class_of(row) is None and is_filled(row) and row.row.target.type is not TargetType.MISSING
    ]
    if not bare or not any(class_of(row) is not None for row in sheet.rows):
        return []
    return [row for row in bare if not levels_unread(row)]


def may_be_of(row: RowView) -> frozenset[IndicatorClass]:
    """The classes that a row may belong to by what it measures: those that the table of kinds does not find unlikely."""
    odds, limit = _odds(row), _limit(row)
    return frozenset(class_ for class_, kinds in _KINDS_OF.items() if _share(odds, kinds) >= limit)


def kinds_it_may_be(row: RowView) -> frozenset[IndicatorKind]:
    """The kinds of output that a row may belong to by what it measures."""
    odds, limit = _odds(row), _limit(row)
    return frozenset(kind for kind in _KINDS_OF[IndicatorClass.OUTPUT] if _share(odds, (kind,)) >= limit)


def _share(odds: Odds | None, kinds: tuple[IndicatorKind, ...]) -> float:
    if odds is None:
        return float(_K.BENEFICIARY_SATISFACTION in kinds)
    return odds.share(*kinds)


def _odds(row: RowView) -> Odds | None:
    """What the table of kinds says; None for satisfaction, which the name says."""
    return None if is_satisfaction(row) else belonging(measured(row)).odds


def _limit(row: RowView) -> float:
    return float(row.parameter(PLACING_LIMITS).likely)
