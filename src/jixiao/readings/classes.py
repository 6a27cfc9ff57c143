"""Which class of indicators a row belongs to as it stands, and whether it is one at all."""

from __future__ import annotations

from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.readings.view import RowView

_K = IndicatorKind
_CLASS_OF = {
    **dict.fromkeys((_K.QUANTITY, _K.QUALITY, _K.TIMELINESS, _K.COST), IndicatorClass.OUTPUT),
    **dict.fromkeys((_K.ECONOMIC, _K.SOCIAL, _K.ECOLOGICAL, _K.SUSTAINED_IMPACT), IndicatorClass.OUTCOME),
    **dict.fromkeys((_K.ECONOMIC_COST, _K.SOCIAL_COST, _K.ENVIRONMENTAL_COST), IndicatorClass.COST),
    _K.BENEFICIARY_SATISFACTION: IndicatorClass.SATISFACTION,
}


def class_of(row: RowView) -> IndicatorClass | None:
    """The class of a row, told from its kind where only that is filled in."""
    if row.row.class_ is not None:
        return row.row.class_
    return _CLASS_OF.get(row.row.kind) if row.row.kind else None


def is_filled(row: RowView) -> bool:
    """Whether the row says what it measures; a printed line without name and description is no indicator."""
    return bool(row.words)
