"""A plan as data of ``jixiao/plan/1``, ``/2`` and ``/3``, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from jixiao.domain.codec.errors import NotAPlanError
from jixiao.domain.codec.fields import Fields, record_from_dict, record_to_dict
from jixiao.domain.codec.left_out import left_out
from jixiao.domain.codec.migrations import migrated
from jixiao.domain.codec.places import location_from_dict, provenance_to_dict
from jixiao.domain.codec.schemas import PLAN_SCHEMA, PLAN_SCHEMAS, Json, version_of
from jixiao.domain.filled import Filled, FilledRow, filled_in, filled_in_flat, staged
from jixiao.domain.form import GOAL_SHEET_FIELDS, INDICATOR_FIELDS, PLAN_FIELDS, FormField
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.identity import things
from jixiao.domain.indicator import Indicator
from jixiao.domain.note import Note
from jixiao.domain.plan import Plan, Source
from jixiao.domain.stage import LaterSheet, Stage, stage_of

_WHOLE = version_of(PLAN_SCHEMA)


# --- out --------------------------------------------------------------------------------------------------


def plan_to_dict(plan: Plan, schema: str = PLAN_SCHEMA) -> Json:
    """The plan as data; every leaf that was read gets its own entry in ``provenance``.

    What ``schema`` has no field for is told in ``notes``.
    """
    version = version_of(schema)
    later = plan.later_sheets
    sheets = [_sheet_to_dict(sheet, later.get(sheet.id), version) for sheet in plan.goal_sheets]

    def get(one: FormField) -> Any:
        return sheets if one.name == "goal_sheets" else getattr(plan, one.held_as)

    content: Json = {"schema": schema, "source": source_to_dict(plan.source)} | record_to_dict(
        PLAN_FIELDS, get, version
    )
    content["provenance"] = provenance_to_dict(plan.provenance, content, whole=version == _WHOLE)
    told = () if version == _WHOLE else left_out(plan, version)
    content["notes"] = [
        {"code": n.code, "pointer": n.pointer, "message": n.message, "confidence": float(n.confidence)}
        for n in (*plan.notes, *told)
    ]
    return content


def source_to_dict(source: Source) -> Json:
    """The file a plan was read from."""
    return {"name": source.name, "sha256": source.sha256, "format": source.format, "pages": source.pages}


def source_from_dict(data: Mapping[str, Any]) -> Source:
    """The file that data names."""
    return Source(data["name"], data["sha256"], data["format"], data["pages"])


def _sheet_to_dict(sheet: GoalSheet, later: LaterSheet | None, version: int) -> Json:
    """A goal sheet and what is filled in on it in one piece, as forms have it."""
    filled = filled_in(sheet, later) if version == _WHOLE else filled_in_flat(sheet, later)
    rows = [_row_to_dict(row, one, version) for row, one in zip(sheet.indicators, filled.rows, strict=True)]

    def get(one: FormField) -> Any:
        if one.name == "indicators":
            return rows
        return stage_of(later) if one.name == "stage" else getattr(filled if one.is_later else sheet, one.held_as)

    return record_to_dict(GOAL_SHEET_FIELDS, get, version)


def _row_to_dict(row: Indicator, filled: FilledRow, version: int) -> Json:
    def get(one: FormField) -> Any:
        return getattr(filled if one.is_later else row, one.held_as)

    return record_to_dict(INDICATOR_FIELDS, get, version)


# --- in ---------------------------------------------------------------------------------------------------


def plan_from_dict(data: Mapping[str, Any]) -> Plan:
    """Data of any schema to a plan; what older schemas lack is decided as at reading.

    Raises NotAPlanError where the schema is another or a required field is absent or malformed.
    """
    schema = data.get("schema")
    if schema not in PLAN_SCHEMAS:
        raise NotAPlanError(f"不是 {' 或 '.join(PLAN_SCHEMAS)} 数据：schema 为 {schema!r}")
    try:
        text = json.dumps(data, ensure_ascii=False)
        text.encode()  # half a character (\ud800) could never be written again
        return _plan(data if schema == PLAN_SCHEMA else migrated(json.loads(text)))
    except (KeyError, TypeError, AttributeError, ValueError, InvalidOperation, RecursionError) as error:
        raise NotAPlanError(f"{schema} 数据不完整或有误：{type(error).__name__} {error}") from error


def _plan(d: Mapping[str, Any]) -> Plan:
    whole = record_from_dict((one for one in PLAN_FIELDS if one.name != "goal_sheets"), d)
    sheets = [_sheet_from_dict(sheet) for sheet in d["goal_sheets"]]
    plan = Plan(
        source_from_dict(d["source"]),
        **whole,
        goal_sheets=tuple(sheet for sheet, _, _ in sheets),
        provenance={k: location_from_dict(v) for k, v in d["provenance"].items()},
        notes=tuple(note_from_dict(n) for n in d["notes"]),
    )
    ids = [id_ for _, id_ in things(plan) if id_]
    ids += [goal.id for _, filled, _ in sheets for goal in filled.goals_reached if goal.id]
    if len(set(ids)) < len(ids):
        raise ValueError("one id of several things")
    return staged(plan, [filled for _, filled, _ in sheets], [stage for _, _, stage in sheets])


def note_from_dict(data: Mapping[str, Any]) -> Note:
    """A reading note."""
    return Note(data["code"], data["pointer"], data["message"], Decimal(str(data["confidence"])))


def _sheet_from_dict(data: Mapping[str, Any]) -> tuple[GoalSheet, Filled, Stage]:
    found = record_from_dict((one for one in GOAL_SHEET_FIELDS if one.name != "indicators"), data)
    stage: Stage = found.pop("stage")
    rows = [record_from_dict(INDICATOR_FIELDS, row) for row in data["indicators"]]
    _check(stage, GOAL_SHEET_FIELDS, [found])
    _check(stage, INDICATOR_FIELDS, rows)
    promised, filled = _parted(GOAL_SHEET_FIELDS, found)
    parted = [_parted(INDICATOR_FIELDS, row) for row in rows]
    sheet = GoalSheet(**promised, indicators=tuple(Indicator(**row) for row, _ in parted))
    return sheet, Filled(**filled, rows=tuple(FilledRow(**row) for _, row in parted)), stage


def _check(stage: Stage, fields: Sequence[FormField], found: Sequence[Mapping[str, Any]]) -> None:
    """Raises ValueError where a sheet has what sheets of its stage do not have: it would be lost."""
    for one in fields:
        if not one.at(stage) and any(record.get(one.held_as) not in (None, ()) for record in found):
            raise ValueError(f"{one.name} on a sheet of {stage}")


def _parted(fields: Fields, found: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was promised, and what was filled in later."""
    later = {one.held_as for one in fields if one.is_later}
    return {k: v for k, v in found.items() if k not in later}, {k: v for k, v in found.items() if k in later}
