"""The JSON of the contracts ``jixiao/plan/1``, ``jixiao/plan/2`` and ``jixiao/review/1``: plan and review to plain data, plan
back from it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from jixiao.domain import pointer as ptr
from jixiao.domain.codec_results import left_out, number, results_from_dict, results_to_dict
from jixiao.domain.filled import Filled, FilledRow, filled_in, out_of_place, stage_told, staged
from jixiao.domain.finding import Finding, Grade, Review
from jixiao.domain.goal import goals_of
from jixiao.domain.goal_sheet import Budget, DisbursementStep, GoalSheet, Project
from jixiao.domain.indicator import Indicator, IndicatorClass, IndicatorKind
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.note import Note
from jixiao.domain.organisation import Organisation
from jixiao.domain.period import FiscalYear
from jixiao.domain.plan import Activity, ActivityIndicator, Plan, RatingScale, Safeguard, Source
from jixiao.domain.provenance import Location
from jixiao.domain.stage import as_of_in
from jixiao.domain.target import MISSING, Comparator, Target, TargetType

Json = dict[str, Any]

PLAN_SCHEMA = "jixiao/plan/1"
PLAN_2_SCHEMA = "jixiao/plan/2"
PLAN_SCHEMAS = (PLAN_SCHEMA, PLAN_2_SCHEMA)
REVIEW_SCHEMA = "jixiao/review/1"

_UNPLACED = ("/schema", "/source", "/provenance", "/notes")  # not read from a place in the file


# --- out --------------------------------------------------------------------------------------------------


def plan_to_dict(plan: Plan, schema: str = PLAN_SCHEMA) -> Json:
    """The plan as contract data; every leaf that was read gets its own entry in ``provenance``.

    What ``schema`` has no field for is told in ``notes``.
    """
    results = schema == PLAN_2_SCHEMA
    later = plan.later_sheets
    filled = [filled_in(s, later.get(s.id)) for s in plan.goal_sheets]
    sheets = list(zip(plan.goal_sheets, filled, strict=True))
    content: Json = {
        "schema": schema,
        "source": source_to_dict(plan.source),
        "title": plan.title,
        "fiscal_year": plan.fiscal_year.year if plan.fiscal_year else None,
        "department": _organisation(plan.department),
        "currency_unit": plan.currency_unit,
        "overall_goals": [goal.text for goal in plan.overall_goals],
        "activities": [_activity(a) for a in plan.activities],
        "safeguards": [{"heading": s.heading, "text": s.text} for s in plan.safeguards],
        "goal_sheets": [_goal_sheet(s, one, results=results) for s, one in sheets],
    }
    content["provenance"] = {
        leaf: location_to_dict(place)
        for leaf in _leaves(content)
        if (place := locate(plan.provenance, leaf)) is not None
    }
    told = [] if results else [note for n, (sheet, one) in enumerate(sheets) for note in left_out(n, sheet, one)]
    content["notes"] = [
        {"code": n.code, "pointer": n.pointer, "message": n.message, "confidence": float(n.confidence)}
        for n in (*plan.notes, *told)
    ]
    return content


def locate(provenance: Mapping[str, Location], pointer: str) -> Location | None:
    """The narrowest known place of ``pointer``: its own, else that of what contains it."""
    for place in ptr.ancestors(pointer):
        if (found := provenance.get(place)) is not None:
            return found
    return None


def review_to_dict(plan: Plan, review: Review) -> Json:
    """The review as contract data."""
    stamp = review.ruleset
    return {
        "schema": REVIEW_SCHEMA,
        "source": source_to_dict(plan.source),
        "ruleset": {
            "name": stamp.name,
            "title": stamp.title,
            "version": stamp.version,
            "as_of": stamp.as_of.isoformat(),
            "chosen_because": stamp.chosen_because,
        },
        "findings": [_finding(f) for f in review.findings],
        "not_run": [{"rule": n.rule, "title": n.title, "reason": n.reason} for n in review.not_run],
        "grade": _grade(review.grade)
        | {"sheets": [{"sequence": s.sequence} | _grade(s.grade) for s in review.sheet_grades]},
    }


def source_to_dict(source: Source) -> Json:
    return {"name": source.name, "sha256": source.sha256, "format": source.format, "pages": source.pages}


def location_to_dict(place: Location) -> Json:
    """Only the fields that are set, ``text`` last."""
    named: Json = {
        "line": place.line,
        "page": place.page,
        "bbox": list(place.bbox) if place.bbox else None,
        "paragraph": place.paragraph,
        "table": place.table,
        "row": place.row,
        "column": place.column,
        "worksheet": place.worksheet,
        "cell": place.cell,
    }
    return {k: v for k, v in named.items() if v is not None} | {"text": place.text}


def _organisation(o: Organisation | Project) -> Json:
    return {"code": o.code, "name": o.name}


def _activity(a: Activity) -> Json:
    return {
        "name": a.name,
        "budget": number(a.budget),
        "description": a.description,
        "goal": a.goal,
        "indicators": [{"text": i.text, "rating_scale": _rating_scale(i.rating_scale)} for i in a.indicators],
    }


def _rating_scale(scale: RatingScale | None) -> Json | None:
    if scale is None:
        return None
    return {"excellent": scale.excellent, "good": scale.good, "fair": scale.fair, "poor": scale.poor}


def _goal_sheet(s: GoalSheet, filled: Filled, *, results: bool) -> Json:
    return {
        "sequence": s.sequence,
        "budget_unit": _organisation(s.budget_unit),
        "project": _organisation(s.project),
        "budget": {
            "currency_unit": s.budget.currency_unit,
            "total": number(s.budget.total),
            "fiscal": number(s.budget.fiscal),
            "other": number(s.budget.other),
        },
        "purpose": s.purpose,
        "disbursement_plan": [{"by": d.by, "percent": number(d.percent)} for d in s.disbursement_plan],
        "goals": [goal.text for goal in s.goals],
        "indicators": [_indicator(i, row, results=results) for i, row in zip(s.indicators, filled.rows, strict=True)],
    } | (results_to_dict(s, filled) if results else {})


def _indicator(i: Indicator, filled: FilledRow, *, results: bool) -> Json:
    row: Json = {
        "class": i.class_,
        "kind": i.kind,
        "name": i.name,
        "description": i.description,
        "target": _target(i.target),
        "basis": i.basis,
        "weight": number(i.weight),
        "actual": None if filled.actual is None else _target(filled.actual),
        "score": number(filled.score),
        "deviation": filled.deviation,
    }
    if results:
        row["expected"] = None if filled.expected is None else _target(filled.expected)
        row["likelihood"] = filled.likelihood
    return row


def _target(t: Target) -> Json:
    value = t.value.isoformat() if isinstance(t.value, date) else number(t.value)
    return {
        "text": t.text,
        "type": t.type,
        "comparator": t.comparator,
        "value": value,
        "upper": number(t.upper),
        "unit": t.unit,
    }


def _finding(f: Finding) -> Json:
    fix = None
    if f.fix is not None:
        fix = [
            {"op": o.op, "path": o.path} if o.op == "remove" else {"op": o.op, "path": o.path, "value": o.value}
            for o in f.fix
        ]
    return {
        "id": f.id,
        "rule": f.rule,
        "problem": f.problem,
        "title": f.title,
        "severity": f.severity,
        "aspect": f.aspect,
        "pointer": f.pointer,
        "related": list(f.related),
        "message": f.message,
        "evidence": f.evidence,
        "suggestion": f.suggestion,
        "fix": fix,
        "citations": [
            {"instrument": c.instrument, "requirement": c.requirement, "force": c.force} for c in f.citations
        ],
        "confidence": float(f.confidence),
    }


def _grade(g: Grade) -> Json:
    return {
        "level": g.level,
        "label": g.level.label,
        "score": number(g.score),
        "limit": g.limit,
        "aspects": [
            {"aspect": a, "label": a.label, "score": number(got), "max_score": number(of)} for a, got, of in g.aspects
        ],
        "deductions": [
            {
                "aspect": d.aspect,
                "rule": d.rule,
                "title": d.title,
                "points": number(d.points),
                "findings": list(d.findings),
            }
            for d in g.deductions
        ],
    }


def _leaves(content: Json) -> Iterator[str]:
    for key, value in content.items():
        if f"/{key}" not in _UNPLACED:
            yield from _leaves_below(value, f"/{key}")


def _leaves_below(value: Any, pointer: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key != "sequence":  # counted by the reader, not read
                yield from _leaves_below(inner, f"{pointer}/{key}")
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _leaves_below(inner, f"{pointer}/{n}")
    elif value is not None:
        yield pointer


# --- in ---------------------------------------------------------------------------------------------------


class NotAPlanError(ValueError):
    """The data is no plan of a known schema; the message says in Chinese what is wrong."""


def plan_from_dict(data: Mapping[str, Any]) -> Plan:
    """Contract data to a plan.

    Raises NotAPlanError where the schema is another or a required field is absent or malformed.
    """
    schema = data.get("schema")
    if schema not in PLAN_SCHEMAS:
        raise NotAPlanError(f"不是 {' 或 '.join(PLAN_SCHEMAS)} 数据：schema 为 {schema!r}")
    try:
        json.dumps(data, ensure_ascii=False).encode()  # half a character (\ud800) could never be written again
        return _staged(_plan(data), data)
    except (KeyError, TypeError, AttributeError, ValueError, InvalidOperation) as error:
        raise NotAPlanError(f"{schema} 数据不完整或有误：{type(error).__name__} {error}") from error


def _plan(d: Mapping[str, Any]) -> Plan:
    source = d["source"]
    results = d["schema"] == PLAN_2_SCHEMA
    year = d["fiscal_year"]
    return Plan(
        source=Source(source["name"], source["sha256"], source["format"], source["pages"]),
        title=d["title"],
        fiscal_year=FiscalYear(year) if year is not None else None,
        department=Organisation(**d["department"]),
        currency_unit=_currency_unit(d["currency_unit"]),
        overall_goals=goals_of(d["overall_goals"]),
        activities=tuple(_activity_from(a) for a in d["activities"]),
        safeguards=tuple(Safeguard(s["heading"], s["text"]) for s in d["safeguards"]),
        goal_sheets=tuple(_goal_sheet_from(s, results=results) for s in d["goal_sheets"]),
        provenance={k: _location_from(v) for k, v in d["provenance"].items()},
        notes=tuple(Note(n["code"], n["pointer"], n["message"], Decimal(str(n["confidence"]))) for n in d["notes"]),
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _currency_unit(text: str | None) -> CurrencyUnit | None:
    return None if text is None else CurrencyUnit(text)


def _location_from(d: Mapping[str, Any]) -> Location:
    bbox = d.get("bbox")
    return Location(**{**d, "bbox": tuple(bbox) if bbox else None})


def _activity_from(d: Mapping[str, Any]) -> Activity:
    indicators = tuple(
        ActivityIndicator(i["text"], RatingScale(**i["rating_scale"]) if i["rating_scale"] else None)
        for i in d["indicators"]
    )
    return Activity(d["name"], _decimal(d["budget"]), d["description"], d["goal"], indicators)


def _goal_sheet_from(d: Mapping[str, Any], *, results: bool) -> GoalSheet:
    budget = d["budget"]
    return GoalSheet(
        sequence=d["sequence"],
        budget_unit=Organisation(**d["budget_unit"]),
        project=Project(**d["project"]),
        budget=Budget(
            _currency_unit(budget["currency_unit"]),
            _decimal(budget["total"]),
            _decimal(budget["fiscal"]),
            _decimal(budget["other"]),
        ),
        purpose=d["purpose"],
        disbursement_plan=tuple(DisbursementStep(s["by"], _decimal(s["percent"])) for s in d["disbursement_plan"]),
        goals=goals_of(d["goals"]),
        indicators=tuple(map(_indicator_from, d["indicators"])),
        total_weight=_decimal(d["total_weight"]) if results else None,
    )


def _filled_from(d: Mapping[str, Any], *, results: bool) -> Filled:
    rows = tuple(_filled_row_from(i, results=results) for i in d["indicators"])
    return replace(results_from_dict(d) if results else Filled(), rows=rows)


def _staged(plan: Plan, data: Mapping[str, Any]) -> Plan:
    """The plan with what is filled in on its sheets, at the stage that the words tell."""
    results = data["schema"] == PLAN_2_SCHEMA
    filled = [_filled_from(s, results=results) for s in data["goal_sheets"]]
    titles = [plan.title] if plan.title else []
    stages = [stage_told(one, titles).stage for one in filled]
    dropped = [
        Note("column.not_kept", f"/goal_sheets/{n}{below}", f"{stage.label}没有这一栏，未读入：{words}")
        for n, (sheet, one, stage) in enumerate(zip(plan.goal_sheets, filled, stages, strict=True))
        for below, words in out_of_place(sheet, one, stage)
    ]
    day = as_of_in(plan.title or "", plan.fiscal_year)
    return replace(staged(plan, filled, stages, [day] * len(filled)), notes=(*plan.notes, *dropped))


def _indicator_from(d: Mapping[str, Any]) -> Indicator:
    return Indicator(
        class_=IndicatorClass(d["class"]) if d["class"] else None,
        kind=IndicatorKind(d["kind"]) if d["kind"] else None,
        name=d["name"],
        description=d["description"],
        target=_target_from(d["target"]),
        basis=d["basis"],
        weight=_decimal(d.get("weight")),
    )


def _filled_row_from(d: Mapping[str, Any], *, results: bool) -> FilledRow:
    """What stands in a row besides its goal; in ``jixiao/plan/1`` the fields of later stages may be absent."""
    actual, expected = d.get("actual"), d["expected"] if results else None
    return FilledRow(
        actual=_target_from(actual) if actual else None,
        score=_decimal(d.get("score")),
        deviation=d.get("deviation"),
        expected=_target_from(expected) if expected else None,
        likelihood=d["likelihood"] if results else None,
    )


def _target_from(d: Mapping[str, Any]) -> Target:
    kind = TargetType(d["type"])
    if kind is TargetType.MISSING:
        return MISSING
    value: Decimal | date | None = _decimal(d["value"]) if kind is not TargetType.DATE else None
    if kind is TargetType.DATE and d["value"]:
        value = date.fromisoformat(d["value"])
    comparator = Comparator(d["comparator"]) if d["comparator"] else None
    return Target(d["text"], kind, comparator, value, _decimal(d["upper"]), d["unit"])
