"""Which column is which field: remembered from last time, else told by names, else by what stands in it; never twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jixiao.domain.money import CurrencyUnit
from jixiao.readings.text import likeness, normalise
from jixiao.web.imports.fields import Amount, Field
from jixiao.web.imports.heads import Column, Recognised
from jixiao.web.imports.table import Line, RowSort, Worksheet

_SURE = 0.6
_SAMPLE = 200
_LOOKS = 0.9
_FEWEST = 3
REASON, ROW = "没有导入的原因", "原来的行"
"""Columns of the file that brings rows back which were not imported"""


@dataclass(frozen=True, slots=True)
class Choice:
    """The column of a field (None: none), for money its unit, and how that was found: 上次, 列名, 内容, or chosen."""

    column: int | None = None
    unit: CurrencyUnit | None = None
    why: str = ""


Mapped = dict[str, Choice]
"""By the name of the field"""


def fingerprint(columns: Sequence[Column]) -> str:
    """What a list of this source is known by: the words of its head, in whatever order."""
    titles = sorted(normalise(column.bare) for column in columns if column.title not in (REASON, ROW))
    return hashlib.sha256(json.dumps(titles, ensure_ascii=False).encode()).hexdigest()


def guess(
    fields: Sequence[Field], head: Recognised, sheet: Worksheet, remembered: Mapping[str, Sequence[str]] | None = None
) -> Mapped:
    """The likely column of every field. ``remembered``: title and unit by field, as chosen for a list of the same source.

    A unit of money is what the file says; where it says none, a person is asked each time: that of last time is only told.
    """
    found: Mapped = {}
    taken: set[int] = set()
    by_title = {column.bare: column for column in head.columns}
    for name, (title, _) in (remembered or {}).items():
        if title in by_title and by_title[title].index not in taken:
            found[name] = Choice(by_title[title].index, None, "上次")
            taken.add(by_title[title].index)
        elif not title:
            found[name] = Choice(None, None, "上次")
    _by_name(fields, head.columns, found, taken)
    data = [line for line in sheet.lines if head.sorts.get(line.number) is RowSort.DATA]
    _by_contents(fields, head.columns, data[:_SAMPLE], found, taken)
    for one in fields:
        choice = found.get(one.name, Choice())
        unit = stated_unit(head, choice.column) if one.is_money else None
        found[one.name] = Choice(choice.column, unit, choice.why)
    return {one.name: found[one.name] for one in fields}


def stated_unit(head: Recognised, column: int | None) -> CurrencyUnit | None:
    """The unit of money that the file says a column has, in its head or above it."""
    return next((one.unit or head.unit for one in head.columns if one.index == column), None)


def _by_name(fields: Sequence[Field], columns: Sequence[Column], found: Mapped, taken: set[int]) -> None:
    pairs = [(score(one, column), -n, -column.index, one, column) for n, one in enumerate(fields) for column in columns]
    for likely, _, _, one, column in sorted(pairs, key=lambda pair: pair[:3], reverse=True):
        if likely >= _SURE and one.name not in found and column.index not in taken:
            found[one.name] = Choice(column.index, None, "列名")
            taken.add(column.index)


def score(one: Field, column: Column) -> float:
    """How well the head of a column names a field, 0–1."""
    best = 0.0
    for rank, words in enumerate(column.names):
        text = normalise(words)
        for nth, name in enumerate(normalise(called) for called in one.called):
            if not text or not name:
                continue
            if text == name:
                found = 1.0 - 0.02 * rank - 0.001 * min(nth, 9)
            elif len(name) > 1 and name in text:
                found = 0.55 + 0.35 * len(name) / len(text)
            elif len(text) > 2 and text in name:
                found = 0.5 + 0.3 * len(text) / len(name)
            else:
                found = 0.8 * likeness(text, name)
            best = max(best, found)
    return best


def _by_contents(
    fields: Sequence[Field], columns: Sequence[Column], data: Sequence[Line], found: Mapped, taken: set[int]
) -> None:
    for one in fields:
        if one.name in found:
            continue
        for column in columns:
            texts = [text for line in data if (text := line.cell(column.index))]
            like = sum(one.type.looks_like(text) for text in texts)
            if column.index not in taken and like >= _FEWEST and like >= _LOOKS * len(texts):
                found[one.name] = Choice(column.index, None, "内容")
                taken.add(column.index)
                break


def problems(
    fields: Sequence[Field], mapped: Mapping[str, Choice], one_of: Sequence[Sequence[str]] = ()
) -> dict[str, str]:
    """What has to be chosen before rows can be tried, in words by field."""
    found: dict[str, str] = {}
    seen: dict[int, str] = {}
    for one in fields:
        choice = mapped.get(one.name, Choice())
        if choice.column is None:
            if one.required:
                found[one.name] = f"没有找到“{one.label}”这一列，请指定是哪一列"
            continue
        if choice.column in seen:
            found[one.name] = f"这一列已经用作“{seen[choice.column]}”"
        seen[choice.column] = one.label
        if isinstance(one.type, Amount) and choice.unit is None:
            found[one.name] = "表上没写金额单位，请选元还是万元"
    labels = {one.name: one.label for one in fields}
    for names in one_of:
        if all(mapped.get(name, Choice()).column is None for name in names):
            found[names[0]] = f"{'、'.join(labels[name] for name in names)}至少要有一列，请指定"
    return found


def as_json(mapped: Mapping[str, Choice]) -> dict[str, list[str | int | None]]:
    """As the session stores it: field → column, unit, how it was found."""
    return {name: [one.column, str(one.unit) if one.unit else "", one.why] for name, one in mapped.items()}


def from_json(stored: Mapping[str, Sequence[str | int | None]]) -> Mapped:
    """The other way round."""
    return {
        name: Choice(
            column if isinstance(column, int) else None, CurrencyUnit(str(unit)) if unit else None, str(why or "")
        )
        for name, (column, unit, why) in stored.items()
    }
