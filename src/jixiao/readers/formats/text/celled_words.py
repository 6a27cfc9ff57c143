"""Cells of a text that has a line for each, and what may stand in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from jixiao.domain.measure_units import is_unit
from jixiao.readers.formats.text.fit import is_comparison, is_numbered, is_value
from jixiao.vocabulary import Column, Field, Label, Vocabulary
from jixiao.vocabulary.cell_values import amount_of, blank_if_dashes

NUMBERS = (Column.WEIGHT, Column.SCORE)
GOALS = (Field.GOALS, Field.LONG_TERM_GOALS, Field.GOALS_REACHED)
_SOURCES = (Field.TOTAL, Field.FISCAL, Field.OTHER, Field.CARRYOVER)
_PERCENT = re.compile(r"\d+(?:\.\d+)?\s*[%％]")


@dataclass(frozen=True, slots=True)
class Word:
    """The words of a cell, "" where it has none, and the number of its first line."""

    text: str
    line: int


Words = list[Word]


def may_stand(column: Column, text: str, vocabulary: Vocabulary) -> bool:
    """Whether words may stand under a column of indicators."""
    if column in (Column.CLASS, Column.KIND):
        return True
    label = vocabulary.label(text)
    if "指标" in text and label.is_level:
        return False
    if column is Column.NAME:
        return bool(text) and not is_value(text)
    if is_numbered(text):
        return False  # the name of an unfilled row
    if not blank_if_dashes(text):
        return True
    if column in NUMBERS:
        return amount_of(text.removesuffix("分")) is not None
    if column is Column.SIGN:
        return is_comparison(text)
    if column is Column.UNIT:
        return is_unit(text)
    return not label.is_total


def points_of(columns: Sequence[Column], rows: Sequence[Words]) -> Decimal | None:
    """The points of all rows together; None where they have no column."""
    if Column.WEIGHT not in columns:
        return None
    at = columns.index(Column.WEIGHT)
    found = [amount_of(row[at].text.removesuffix("分")) for row in rows if row[at].text]
    return sum((amount.value for amount in found if amount), Decimal(0))


def is_field(label: Label) -> bool:
    return label.field is not None


def is_head_word(label: Label) -> bool:
    return label.field is not None or label.money_column is not None


def is_source(label: Label) -> bool:
    return label.field in _SOURCES


def is_goal(label: Label) -> bool:
    return label.field in GOALS


def is_money_column(label: Label) -> bool:
    return label.money_column is not None


def is_column(label: Label) -> bool:
    return label.column is not None


def is_level(label: Label) -> bool:
    return label.is_level


def fill_row(values: Words, amounts: int, columns: int, whole: Words) -> bool:
    """Whether amounts fill the row of a source of money, of which ``amounts`` columns hold money and the others points.

    Points and rate may stand once for all sources, blank or a dash here. No amount is more than that of the ``whole``.
    """
    shared = amounts <= len(values) <= amounts + 1 and not any(v.text.strip("-—/") for v in values[amounts:])
    if not (shared or len(values) == columns) or not all(_is_amount(value.text) for value in values):
        return False
    return not any(_is_more(part.text, of.text) for part, of in zip(values, whole, strict=False))


def _is_more(part: str, whole: str) -> bool:
    """Whether an amount of one source is more than that of all; of what is no amount, no."""
    one, all_ = amount_of(part), amount_of(whole)
    return one is not None and all_ is not None and one.value > all_.value


def _is_amount(text: str) -> bool:
    return not blank_if_dashes(text) or amount_of(text) is not None or _PERCENT.fullmatch(text) is not None
