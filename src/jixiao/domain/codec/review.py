"""A review as data of ``jixiao/review/1`` and ``/2``, and back.

The second schema adds what a sentence is made of, what a finding is about by its id, and whether a citation was checked;
sentences in full stay beside it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from jixiao.domain.codec.errors import NotAReviewError
from jixiao.domain.codec.fields import decimal, number
from jixiao.domain.codec.plan import source_to_dict
from jixiao.domain.codec.schemas import REVIEW_SCHEMA, REVIEW_SCHEMAS, Json, version_of
from jixiao.domain.finding import (
    Also,
    Aspect,
    Citation,
    Deduction,
    Finding,
    Force,
    Grade,
    GradeLevel,
    NotRun,
    PatchOperation,
    Review,
    RulesetStamp,
    Severity,
    SheetGrade,
)
from jixiao.domain.identity import Anchor
from jixiao.domain.message import Fact, FactKind, Said, pieces, plain_words
from jixiao.domain.plan import Plan

_WHOLE = version_of(REVIEW_SCHEMA)


# --- out --------------------------------------------------------------------------------------------------


def review_to_dict(plan: Plan, review: Review, schema: str = REVIEW_SCHEMA) -> Json:
    """The review of a plan as data."""
    version = version_of(schema)
    stamp = review.ruleset
    return {
        "schema": schema,
        "source": source_to_dict(plan.source),
        "ruleset": {
            "name": stamp.name,
            "title": stamp.title,
            "version": stamp.version,
            "as_of": stamp.as_of.isoformat(),
            "chosen_because": stamp.chosen_because,
        },
        "findings": [_finding(f, version) for f in review.findings],
        "not_run": [{"rule": n.rule, "title": n.title, "reason": n.reason} for n in review.not_run],
        "grade": _grade(review.grade)
        | {"sheets": [{"sequence": s.sequence} | _grade(s.grade) for s in review.sheet_grades]},
    }


def _finding(f: Finding, version: int) -> Json:
    data: Json = {
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
        "fix": None if f.fix is None else [_operation(o) for o in f.fix],
        "citations": [_citation(c, version) for c in f.citations],
        "confidence": float(f.confidence),
    }
    if version < _WHOLE:  # has no place for what else is wrong with the cell
        return data | {"message": f"{f.message}{''.join(f'另外，{a.text}' for a in f.also)}"}
    return data | {
        "says": _said(f.says),
        "suggests": None if f.suggests is None else _said(f.suggests),
        "also": [_also(a) for a in f.also],
        "place": {"id": f.place.id, "below": f.place.below},
    }


def _operation(o: PatchOperation) -> Json:
    return {"op": o.op, "path": o.path} | ({} if o.op == "remove" else {"value": o.value})


def _citation(c: Citation, version: int) -> Json:
    data: Json = {"instrument": c.instrument, "requirement": c.requirement, "force": c.force}
    return data if version < _WHOLE else data | {"verified": c.verified}


def _also(a: Also) -> Json:
    words = {
        "message": a.says.text,
        "says": _said(a.says),
        "suggests": None if a.suggests is None else _said(a.suggests),
    }
    return {"rule": a.rule, "problem": a.problem, "title": a.title, "severity": a.severity} | words


def _said(said: Said) -> Json:
    facts = [
        {"name": f.name, "kind": f.kind, "value": f.value if isinstance(f.value, str) else list(f.value)}
        for f in said.facts
    ]
    return {"key": said.key, "template": said.template, "facts": facts}


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


# --- in ---------------------------------------------------------------------------------------------------


def review_from_dict(data: Mapping[str, Any]) -> Review:
    """Data of any schema to a review; sentences of the first schema are words without facts.

    Raises NotAReviewError where the schema is another or a required field is absent or malformed.
    """
    schema = data.get("schema")
    if schema not in REVIEW_SCHEMAS:
        raise NotAReviewError(f"不是 {' 或 '.join(REVIEW_SCHEMAS)} 数据：schema 为 {schema!r}")
    try:
        text = json.dumps(data, ensure_ascii=False)
        text.encode()
        return _review(data if schema == REVIEW_SCHEMA else _to_2(json.loads(text)))
    except (KeyError, TypeError, AttributeError, ValueError, InvalidOperation, RecursionError) as error:
        raise NotAReviewError(f"{schema} 数据不完整或有误：{type(error).__name__} {error}") from error


def _to_2(data: Json) -> Json:
    """Findings of the first schema: sentences without facts, places by pointer alone, citations nobody checked."""
    for finding in data["findings"]:
        suggestion = finding["suggestion"]
        finding["says"] = _said(plain_words(finding["message"]))
        finding["suggests"] = None if suggestion is None else _said(plain_words(suggestion))
        finding["also"] = []
        finding["place"] = {"id": "", "below": finding["pointer"]}
        for citation in finding["citations"]:
            citation["verified"] = False
    return data | {"schema": "jixiao/review/2"}


def _review(d: Mapping[str, Any]) -> Review:
    stamp, grade = d["ruleset"], d["grade"]
    return Review(
        RulesetStamp(
            stamp["name"],
            stamp["title"],
            stamp["version"],
            date.fromisoformat(stamp["as_of"]),
            stamp["chosen_because"],
        ),
        tuple(_finding_from(f) for f in d["findings"]),
        tuple(NotRun(n["rule"], n["title"], n["reason"]) for n in d["not_run"]),
        _grade_from(grade),
        tuple(SheetGrade(s["sequence"], _grade_from(s)) for s in grade["sheets"]),
    )


def _finding_from(d: Mapping[str, Any]) -> Finding:
    fix = d["fix"]
    return Finding(
        d["id"],
        d["rule"],
        d["problem"],
        d["title"],
        Severity(d["severity"]),
        Aspect(d["aspect"]),
        d["pointer"],
        _said_from(d["says"]),
        d["evidence"],
        None if d["suggests"] is None else _said_from(d["suggests"]),
        tuple(d["related"]),
        None if fix is None else tuple(_operation_from(o) for o in fix),
        tuple(
            Citation(c["instrument"], c["requirement"], Force(c["force"]), bool(c["verified"])) for c in d["citations"]
        ),
        Decimal(str(d["confidence"])),
        tuple(
            Also(
                a["rule"],
                a["problem"],
                a["title"],
                Severity(a["severity"]),
                _said_from(a["says"]),
                None if a["suggests"] is None else _said_from(a["suggests"]),
            )
            for a in d["also"]
        ),
        Anchor(d["place"]["id"], d["place"]["below"]),
    )


def _operation_from(d: Mapping[str, Any]) -> PatchOperation:
    if d["op"] not in ("add", "remove", "replace"):
        raise ValueError(d["op"])
    return PatchOperation(d["op"], d["path"], d.get("value"))


def _said_from(d: Mapping[str, Any]) -> Said:
    facts = tuple(
        Fact(f["name"], FactKind(f["kind"]), f["value"] if isinstance(f["value"], str) else tuple(f["value"]))
        for f in d["facts"]
    )
    asked = {name for _, name, _ in pieces(d["template"]) if name}
    if asked - {fact.name for fact in facts}:
        raise ValueError(f"no sentence: {d['template']}")
    return Said(d["key"], d["template"], facts)


def _grade_from(d: Mapping[str, Any]) -> Grade:
    return Grade(
        GradeLevel(d["level"]),
        decimal(d["score"]),
        tuple((Aspect(a["aspect"]), decimal(a["score"]), decimal(a["max_score"])) for a in d["aspects"]),
        tuple(
            Deduction(Aspect(x["aspect"]), x["rule"], x["title"], decimal(x["points"]), tuple(x["findings"]))
            for x in d["deductions"]
        ),
        d["limit"],
    )
