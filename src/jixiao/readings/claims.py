"""What a row claims to measure, and claims that no number can measure: slogans, yes and no."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.parameters.keys import (
    MEASURED_ENDINGS,
    PAID_IN_FULL_WORDS,
    SLOGAN_OPENERS,
    SLOGAN_PERCENT_FLOOR,
    SLOGAN_STATES,
    YES_NAME_ENDINGS,
    YES_VALUE,
)
from jixiao.readings.classes import class_of
from jixiao.readings.heads import NameForm, name_form
from jixiao.readings.measured import is_ratio, is_satisfaction
from jixiao.readings.names import bare_name
from jixiao.readings.text import normalise
from jixiao.readings.value_cells import cell
from jixiao.readings.view import RowView

_CLAUSE = re.compile(r"[，,、；;。和及]")


_FORMS: Mapping[IndicatorClass | IndicatorKind | None, tuple[str, ...]] = {
    None: (),
    **{one: (one.label, one.label.removesuffix("指标")) for one in (*IndicatorClass, *IndicatorKind)},
}
"""how a class or kind is printed"""


def claim(row: RowView) -> str | None:
    """What the row says it measures: the name, or the description where the name is that of the kind."""
    name = row.row.name
    if not name:
        return row.row.description
    is_label = row.name in _FORMS[row.row.kind] or row.name in _FORMS[row.row.class_]
    return row.row.description if is_label and row.row.description else name


def is_slogan(row: RowView) -> bool:
    """Whether the claim is an exhortation or a state, not a quantity: 促进企业发展, 社会稳定, 及时完成."""
    words = claim(row)
    if not words or is_satisfaction(row):
        return False
    if normalise(words).endswith(row.parameter(SLOGAN_STATES)):
        return True
    if words == row.row.name and name_form(row) is NameForm.MEASURE:
        return False  # 服务周期: a measure that happens to begin as a slogan does
    first = _CLAUSE.split(words.strip(), maxsplit=1)[0]
    openers, endings = row.parameter(SLOGAN_OPENERS), row.parameter(MEASURED_ENDINGS)
    return first.startswith(openers) and not first.endswith(endings)


def means_yes(row: RowView) -> bool:
    """Whether the number stands for “yes”: 1 for 保证质量."""
    if not _is_bare(row) or row.row.target.number != row.parameter(YES_VALUE) or is_ratio(row):
        return False
    if is_slogan(row):
        return True
    name = bare_name(row)
    if name.endswith(row.parameter(YES_NAME_ENDINGS)):
        return True
    asked = row.row.kind in (IndicatorKind.QUALITY, IndicatorKind.TIMELINESS)
    return asked and not name.endswith(row.parameter(MEASURED_ENDINGS)) and name_form(row) not in _COUNTABLE


_COUNTABLE = (NameForm.THING, NameForm.MEASURE, NameForm.COUNTED)
"""what a bare 1 may be one of: 国家级教学成果奖"""


def measures_nothing(row: RowView) -> bool:
    """Whether the number has no object: 98 of “promoting development”."""
    number = row.row.target.number
    if number is None or not is_slogan(row):
        return False
    if _is_bare(row):
        return bool(number != row.parameter(YES_VALUE))
    if not row.row.target.is_percent or class_of(row) is not IndicatorClass.OUTCOME:
        return False
    paid = any(word in row.words for word in row.parameter(PAID_IN_FULL_WORDS))
    return bool(number >= row.parameter(SLOGAN_PERCENT_FLOOR)) and not paid


def _is_bare(row: RowView) -> bool:
    """A single number without a unit, in a row that neither counts things nor states a cost."""
    apart = cell(row)
    if apart is None or apart.two or apart.scale or apart.unit is not None or row.row.target.number is None:
        return False
    return not row.row.is_cost and row.row.kind is not IndicatorKind.QUANTITY
