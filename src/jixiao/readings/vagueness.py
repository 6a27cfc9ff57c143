"""Whether neither name nor value of a row tells what is measured, and why; where it is not told, nobody can say where it belongs."""

from __future__ import annotations

from enum import StrEnum, auto

from jixiao.domain.indicator import IndicatorKind
from jixiao.lexicon import Lexicon
from jixiao.parameters.keys import NAMING_WORDS, QUESTION_WORDS
from jixiao.readings import heads, measurable
from jixiao.readings.heads import NameForm, name_form
from jixiao.readings.measurable import Measurability, measurability
from jixiao.readings.names import bare_name, is_category
from jixiao.readings.text import normalise
from jixiao.readings.view import PlanView, RowView

READ = (NAMING_WORDS, *heads.READ, *measurable.READ)
"""the parameters that the reading takes"""


class Vagueness(StrEnum):
    """Why nobody can tell what a row measures."""

    ASPECT = auto()
    """a side of things, 社会影响力, or what fits anything, 完成数量"""
    THING = auto()
    """a thing, with a value that does not count it"""
    STATE_IN_PERCENT = auto()
    """a state, of which a share is given: 发放情况 100%"""


def vagueness(row: RowView) -> Vagueness | None:
    """Why nobody can tell what a row measures; None where its name, its description or its value tells it."""
    return row.sheet.plan.derived(_vague).get(row.pointer)


def state_in(row: RowView) -> str | None:
    """The word for a state that the name ends in: 情况."""
    return next((word for word in row.parameter(NAMING_WORDS).states if bare_name(row).endswith(word)), None)


def _vague(plan: PlanView) -> dict[str, Vagueness]:
    return {row.pointer: why for row in plan.rows if (why := _why(row)) is not None}


def _why(row: RowView) -> Vagueness | None:
    name, target, vague = bare_name(row), row.row.target, row.lexicon.words["vague_name"]
    if target.number is not None and target.unit is None:
        return None
    if row.description in ("", row.name, *vague) and (name in vague or _fits_anything(name, row.lexicon)):
        return Vagueness.ASPECT
    if target.is_percent and state_in(row):
        return Vagueness.STATE_IN_PERCENT
    return _says_nothing(row)


def _fits_anything(name: str, known: Lexicon) -> bool:
    """Whether a name is put together of words that say of nothing in particular what is counted: 项目个数, 工作质量合格率."""
    ending = next((word for word in known.words["general_measures"] if name.endswith(word)), None)
    if ending is None or name == ending:
        return False
    rest = name.removesuffix(ending)
    while part := next((word for word in known.words["general_parts"] if rest.startswith(word)), None):
        rest = rest.removeprefix(part)
    return not rest


def _says_nothing(row: RowView) -> Vagueness | None:
    """Of a name that is no measure, with a value in words: neither of the two tells what is measured."""
    form, label = name_form(row), row.row.label
    timely = row.row.kind is IndicatorKind.TIMELINESS
    if not row.row.name or row.row.description or (timely and form is not NameForm.LABEL):
        return None
    if form is NameForm.LABEL:
        priced = row.row.is_cost and row.row.target.number is not None  # a category with an amount is not told as one
        label_alone = row.name in row.lexicon.words["head_labels"] and (priced or not is_category(row, label))
        return Vagueness.ASPECT if label_alone else None
    if measurability(row) in (Measurability.MEASURED, Measurability.WHOLE_YEAR):
        return None
    if form is NameForm.ASPECT:
        return Vagueness.ASPECT
    told = normalise(row.row.target.text) not in row.parameter(QUESTION_WORDS).answers  # 储备药品, answered by 是
    return Vagueness.THING if form is NameForm.THING and told else None
