"""What the labels of a layout mean to readers: the words a locality's form prints are read by the layout it is written by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from jixiao.domain.numbering import unnumbered
from jixiao.layouts.form import ACTIVITY, ROW, SHEET, Layout
from jixiao.layouts.load import LayoutError
from jixiao.vocabulary import ActivityColumn, Chapter, Column, Field, Vocabulary
from jixiao.vocabulary import words_of as vocabulary_words

_HEAD: Mapping[str, Field] = {
    f"{SHEET}project/code": Field.PROJECT_CODE,
    f"{SHEET}project/name": Field.PROJECT_NAME,
    f"{SHEET}budget_unit": Field.BUDGET_UNIT,
    f"{SHEET}budget_unit/name": Field.BUDGET_UNIT,
    "department": Field.DEPARTMENT,
    "department/name": Field.DEPARTMENT,
    f"{SHEET}budget/total": Field.TOTAL,
    f"{SHEET}budget/fiscal": Field.FISCAL,
    f"{SHEET}budget/other": Field.OTHER,
    f"{SHEET}purpose": Field.PURPOSE,
    f"{SHEET}disbursement_plan": Field.DISBURSEMENT,
    f"{SHEET}goals": Field.GOALS,
    f"{SHEET}execution": Field.MONEY,
    "": Field.BACKGROUND,
}
_COLUMNS: Mapping[str, Column] = {
    f"{ROW}target/comparator": Column.SIGN,
    f"{ROW}target/value": Column.TARGET,
    f"{ROW}target/unit": Column.UNIT,
} | {f"{ROW}{column.value}": column for column in Column if column not in (Column.SIGN, Column.UNIT)}
_ACTIVITIES: Mapping[str, ActivityColumn] = {f"{ACTIVITY}indicators": ActivityColumn.INDICATOR} | {
    f"{ACTIVITY}{column.value}": column for column in ActivityColumn
}


def words_of_layout(layout: Layout) -> Iterator[tuple[str, StrEnum, str]]:
    """(group of the vocabulary, what the word names there, the word) of every label that a layout prints."""
    for block in layout.head:
        if block.part:
            yield "fields", _HEAD[f"{SHEET}{block.part}"], block.label
            yield from (("fields", Field.GOALS, block.title) for _ in (0,) if block.title)
            yield from (("fields", Field.LONG_TERM_GOALS, block.long_term) for _ in (0,) if block.long_term)
        elif block.label and any(path.startswith(f"{SHEET}budget/") for path in block.fields):
            yield "fields", Field.MONEY, block.label
        for line in block.lines:
            yield from (("fields", _HEAD[cell.field], cell.label) for cell in line if cell.label)
    yield from (("columns", _COLUMNS[column.field], column.label) for column in layout.columns)
    part = layout.part_one
    yield from (("activity_columns", _ACTIVITIES[c.field], c.label) for c in part.activities.columns)
    yield "chapters", Chapter.OVERALL, part.overall
    yield "chapters", Chapter.ACTIVITIES, part.activities.title
    yield "chapters", Chapter.SAFEGUARDS, part.safeguards


def knows(vocabulary: Vocabulary, group: str, thing: StrEnum, word: str) -> bool:
    """Whether a vocabulary takes a printed word for what it is on the form."""
    label = vocabulary.label(unnumbered(word).text if group == "chapters" else word)
    known = {"fields": label.field, "columns": label.column, "activity_columns": label.activity_column}
    return (label.chapter if group == "chapters" else known[group]) is thing


def with_words_of(layouts: Iterable[Layout], vocabulary: Vocabulary) -> Vocabulary:
    """A vocabulary that knows every label of some layouts. Raises LayoutError where one word is to name two things."""
    more: dict[str, dict[str, list[str]]] = {}
    meant: dict[tuple[str, str], StrEnum] = {}
    for layout in layouts:
        for group, thing, word in words_of_layout(layout):
            bare = vocabulary.label(unnumbered(word).text if group == "chapters" else word).bare
            if meant.setdefault((group, bare), thing) is not thing:
                raise LayoutError(f"“{word}”印在两个不同的栏目上，读的时候分不清，请改一处")
            if not knows(vocabulary, group, thing, word) and bare not in more.get(group, {}).get(thing, ()):
                more.setdefault(group, {}).setdefault(thing, []).append(bare)
    return vocabulary.extended(vocabulary_words(more, "layouts")) if more else vocabulary
