"""Stored plans of older schemas as data of the newest: one function for each step, on data alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jixiao.domain.codec.fields import number, record_from_dict
from jixiao.domain.codec.schemas import Json, version_of
from jixiao.domain.filled import Filled, FilledRow, only_points, out_of_place, stage_told
from jixiao.domain.form import GOAL_SHEET_FIELDS, INDICATOR_FIELDS, PLAN_FIELDS, FormField, Kind
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.indicator import Indicator
from jixiao.domain.period import FiscalYear
from jixiao.domain.stage import Stage, as_of_in, stage_titled


def migrated(data: Json) -> Json:
    """``data`` of any schema as data of the newest. Takes ``data`` over. Raises KeyError, TypeError, ValueError."""
    for step in STEPS[version_of(data["schema"]) - 1 :]:
        data = step(data)
    return data


def _to_2(data: Json) -> Json:
    """Results of a sheet and expectations of a row, which the first schema has not; it may lack weights and results too."""
    for sheet in data["goal_sheets"]:
        _blank(sheet, (one for one in GOAL_SHEET_FIELDS if one.since == 2))
        for row in sheet["indicators"]:
            _blank(row, (one for one in INDICATOR_FIELDS if one.since == 2 or one.is_later or one.name == "weight"))
    return data | {"schema": "jixiao/plan/2"}


def _to_3(data: Json) -> Json:
    """Ids, which are given when the plan is made, and the stage of a sheet, which its words tell."""
    title, year = data["title"], data["fiscal_year"]
    _blank_new(data, PLAN_FIELDS)
    for n, sheet in enumerate(data["goal_sheets"]):
        filled = _filled(sheet)
        stage = stage_told(filled, stage_titled([title] if title else [])).stage
        day = as_of_in(title or "", None if year is None else FiscalYear(year))
        points = only_points(filled.execution) if filled.execution and stage is Stage.GOALS else None
        sheet["stage"] = stage.value
        sheet["as_of"] = day.isoformat() if day and stage is Stage.MONITORING else None
        sheet["execution_weight"] = number(points)
        data["notes"] += [
            {"code": "column.not_kept", "pointer": f"/goal_sheets/{n}{below}", "message": message, "confidence": 1.0}
            for below, words in out_of_place(_names(sheet), filled, stage)
            for message in (f"{stage.label}没有这一栏，未读入：{words}",)
        ]
        _clear(sheet, GOAL_SHEET_FIELDS, stage)
        for row in sheet["indicators"]:
            _clear(row, INDICATOR_FIELDS, stage)
    return data | {"schema": "jixiao/plan/3"}


STEPS: tuple[Callable[[Json], Json], ...] = (_to_2, _to_3)
"""From the first schema to the second, and so on"""


def _empty(one: FormField) -> Any:
    if one.kind is Kind.ID:
        return ""
    return [] if one.kind in (Kind.PARTS, Kind.GOALS) else None


def _blank(record: Json, fields: Iterator[FormField]) -> None:
    """Leave empty what a record does not have."""
    for one in fields:
        record.setdefault(one.name, _empty(one))


def _blank_new(record: Json, fields: tuple[FormField, ...]) -> None:
    """Leave empty what the third schema adds, at any depth."""
    for one in fields:
        if one.since == 3:
            record.setdefault(one.name, _empty(one))
        if one.ids:
            record[one.ids] = []
        for part in record[one.name] if one.kind is Kind.PARTS else ():
            _blank_new(part, one.fields)


def _clear(record: Json, fields: tuple[FormField, ...], stage: Stage) -> None:
    for one in fields:
        if not one.at(stage):
            record[one.name] = _empty(one)


def _filled(sheet: Mapping[str, Any]) -> Filled:
    """What stands on a sheet besides its goals."""
    of_sheet = [one for one in GOAL_SHEET_FIELDS if one.is_later]
    of_row = [one for one in INDICATOR_FIELDS if one.is_later]
    rows = tuple(FilledRow(**record_from_dict(of_row, row)) for row in sheet["indicators"])
    return Filled(**record_from_dict(of_sheet, sheet), rows=rows)


def _names(sheet: Mapping[str, Any]) -> GoalSheet:
    """The sheet with the names of its rows, for notes."""
    named = [one for one in INDICATOR_FIELDS if one.name in ("name", "description", "kind")]
    return GoalSheet(0, indicators=tuple(Indicator(**record_from_dict(named, row)) for row in sheet["indicators"]))
