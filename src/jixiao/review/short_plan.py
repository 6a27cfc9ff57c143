"""Plans in short form: YAML that people can write by hand, for cases of rules and labelled documents.

The fields of a plan stand in the contract's names; the fields of a goal sheet may stand directly where there is one
sheet. Targets are words as printed; ``typed`` has, by pointer, words that were typed where a number belongs. Unknown keys are
errors.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from jixiao.domain.editing import UNREAD
from jixiao.domain.execution import Execution, SourceExecution
from jixiao.domain.filled import Filled, FilledRow, stage_told, staged
from jixiao.domain.goal import goals_of
from jixiao.domain.goal_sheet import Budget, DisbursementStep, GoalSheet, Project
from jixiao.domain.indicator import Indicator, IndicatorClass, IndicatorKind
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.note import Note
from jixiao.domain.organisation import Organisation
from jixiao.domain.period import FiscalYear
from jixiao.domain.plan import Activity, ActivityIndicator, Plan, RatingScale, Safeguard, Source
from jixiao.domain.provenance import Location
from jixiao.domain.stage import Stage, as_of_in, stage_titled
from jixiao.domain.target import Target
from jixiao.domain.target_grammar import parse_target

_SOURCE = Source("case.yaml", "0" * 64, "yaml")
_SHEET_KEYS = {
    "budget_unit", "project", "budget", "purpose", "disbursement_plan", "goals", "indicators", "execution", "goals_reached",
    "total_weight", "total_score", "grade", "stage",
}  # fmt: skip
_ROW_KEYS = {
    "class", "kind", "name", "description", "target", "basis", "weight", "actual", "score", "deviation", "expected",
    "likelihood",
}  # fmt: skip
_PLAN_KEYS = {
    "title", "fiscal_year", "department", "currency_unit", "overall_goals", "activities", "safeguards", "goal_sheets",
    "notes", "typed",
}  # fmt: skip


def plan_of(given: dict[str, Any]) -> Plan:
    """The plan that ``given`` writes in short form. Raises ValueError on keys it does not know."""
    given = dict(given)
    unknown = given.keys() - _SHEET_KEYS - _PLAN_KEYS
    if unknown:
        raise ValueError(f"unknown keys: {sorted(unknown)}")
    sheet = {k: given.pop(k) for k in list(given) if k in _SHEET_KEYS}
    sheets = given.pop("goal_sheets", [sheet] if sheet else [])
    if unknown := {key for one in sheets for key in one} - _SHEET_KEYS:
        raise ValueError(f"unknown keys: {sorted(unknown)}")
    year = given.get("fiscal_year")
    unit = given.get("currency_unit")
    plan = Plan(
        source=_SOURCE,
        title=given.get("title"),
        fiscal_year=FiscalYear(year) if year else None,
        department=Organisation(**given.get("department", {})),
        currency_unit=CurrencyUnit(unit) if unit else None,
        overall_goals=goals_of(given.get("overall_goals", ())),
        activities=tuple(_activity(**a) for a in given.get("activities", ())),
        safeguards=tuple(Safeguard(**s) for s in given.get("safeguards", ())),
        goal_sheets=tuple(_sheet(n, s) for n, s in enumerate(sheets, 1)),
        notes=tuple(Note(**note) for note in given.get("notes", ())),
    )
    return _with_typed(_with_stage(plan, sheets), given.get("typed", {}))


def _with_typed(plan: Plan, typed: dict[str, str]) -> Plan:
    """The plan with words that an editor could not read as the value of their cell."""
    if not typed:
        return plan
    places = {pointer: Location(text=words) for pointer, words in typed.items()}
    notes = tuple(Note(UNREAD, pointer, f"“{words}”没有读懂。") for pointer, words in typed.items())
    return replace(plan, provenance={**plan.provenance, **places}, notes=(*plan.notes, *notes))


def _activity(
    name: str | None = None,
    budget: str | None = None,
    description: str | None = None,
    goal: str | None = None,
    indicators: list[dict[str, Any]] | None = None,
) -> Activity:
    parsed = tuple(
        ActivityIndicator(i["text"], RatingScale(**i["rating_scale"]) if i.get("rating_scale") else None)
        for i in indicators or ()
    )
    return Activity(name, _decimal(budget), description, goal, parsed)


def _sheet(sequence: int, given: dict[str, Any]) -> GoalSheet:
    return GoalSheet(
        sequence,
        Organisation(**given.get("budget_unit", {})),
        Project(**given.get("project", {})),
        _budget(**given.get("budget", {})),
        given.get("purpose"),
        tuple(DisbursementStep(by, _decimal(percent)) for by, percent in given.get("disbursement_plan", {}).items()),
        goals_of(given.get("goals", ())),
        tuple(_indicator(i) for i in given.get("indicators", ())),
        _decimal(given.get("total_weight")),
    )


def _filled(given: dict[str, Any]) -> Filled:
    execution = given.get("execution")
    return Filled(
        None,
        _execution(execution) if execution else None,
        goals_of(given.get("goals_reached", ())),
        _decimal(given.get("total_score")),
        given.get("grade"),
        tuple(_filled_row(i) for i in given.get("indicators", ())),
    )


def _with_stage(plan: Plan, sheets: list[dict[str, Any]]) -> Plan:
    """The plan with what is filled in on its sheets; ``stage`` says which form it is where the words do not tell."""
    filled = [_filled(given) for given in sheets]
    titled = stage_titled([plan.title] if plan.title else [])
    stages = [
        Stage(given["stage"]) if "stage" in given else stage_told(one, titled).stage
        for given, one in zip(sheets, filled, strict=True)
    ]
    day = as_of_in(plan.title or "", plan.fiscal_year)
    return staged(plan, [replace(one, as_of=day) for one in filled], stages)


def _execution(given: dict[str, dict[str, str]]) -> Execution:
    return Execution(
        **{source: SourceExecution(**{k: _decimal(v) for k, v in row.items()}) for source, row in given.items()}
    )


def _budget(
    currency_unit: str | None = None, total: str | None = None, fiscal: str | None = None, other: str | None = None
) -> Budget:
    unit = CurrencyUnit(currency_unit) if currency_unit else None
    return Budget(unit, _decimal(total), _decimal(fiscal), _decimal(other))


def _indicator(given: dict[str, Any]) -> Indicator:
    if unknown := given.keys() - _ROW_KEYS:
        raise ValueError(f"unknown keys: {sorted(unknown)}")
    class_, kind, target = given.get("class"), given.get("kind"), given.get("target")
    return Indicator(
        IndicatorClass(class_) if class_ else None,
        IndicatorKind(kind) if kind else None,
        given.get("name"),
        given.get("description"),
        parse_target(None if target is None else str(target)).target,
        given.get("basis"),
        _decimal(given.get("weight")),
    )


def _filled_row(given: dict[str, Any]) -> FilledRow:
    return FilledRow(
        _value(given.get("actual")),
        _decimal(given.get("score")),
        given.get("deviation"),
        _value(given.get("expected")),
        given.get("likelihood"),
    )


def _value(words: str | None) -> Target | None:
    return None if words is None else parse_target(str(words)).target


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
