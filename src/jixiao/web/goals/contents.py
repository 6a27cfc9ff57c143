"""What a version of a sheet holds, computed before anything is written: document, findings, figures and rows for lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from jixiao.domain.codec import review_to_dict
from jixiao.domain.department_wide import is_department_wide
from jixiao.domain.finding import Review, Severity
from jixiao.domain.goal_sheet import Budget
from jixiao.domain.plan import Plan
from jixiao.domain.stage import LaterSheet
from jixiao.parameters import rulesets
from jixiao.review.folder import is_folder
from jixiao.services.reviewing import review_plan
from jixiao.web.goals.documents import Json, as_document, as_plan, digest_of
from jixiao.web.goals.models import SheetKind

_ROW_TEXT = 400


@dataclass(frozen=True)
class RowValues:
    """A row for lists; texts as printed."""

    row_id: str
    position: int
    indicator_class: str
    indicator_kind: str
    name: str
    target: str
    actual: str
    weight: Decimal | None


@dataclass(frozen=True)
class Content:
    """A version to be written. ``total_fen`` is None where the amount or its unit is not stated. Part One alone has no
    grade: a text is graded with its goal sheets."""

    kind: SheetKind
    title: str
    document: Json
    digest: str
    findings: Json
    ruleset: str
    grade: str
    score: Decimal | None
    counts: Mapping[Severity, int]
    total_fen: int | None
    rows: tuple[RowValues, ...]


def reviewed(plan: Plan, ruleset: str, as_of: date) -> Review:
    """The review of a plan by the ruleset of its year; by the one that fits its form where the year names none there is."""
    known = bool(ruleset) and (ruleset in rulesets() or is_folder(ruleset))
    return review_plan(plan, as_of=as_of, ruleset=ruleset if known else None)


def content_of(plan: Plan, review: Review, kind: SheetKind) -> Content:
    """The content of a version: ``plan`` has one goal sheet, or none where it is Part One; ``review`` is of it alone."""
    document = as_document(plan)
    grade = review.grade if plan.goal_sheets else None
    return Content(
        kind=kind,
        title=title_of(plan, kind),
        document=document,
        digest=digest_of(document),
        findings=review_to_dict(plan, review),
        ruleset=f"{review.ruleset.name} {review.ruleset.version}"[:60],
        grade=grade.level.value if grade else "",
        score=grade.score if grade else None,
        counts={severity: review.count(severity) for severity in Severity},
        total_fen=total_fen(plan),
        rows=tuple(rows_of(plan)),
    )


def kind_of(plan: Plan, index: int) -> SheetKind:
    """Which form the goal sheet at ``index`` of a plan is."""
    sheet = plan.goal_sheets[index]
    later = plan.later_sheets.get(sheet.id)
    if later is not None:
        return SheetKind.MONITORING if later in plan.monitoring_sheets else SheetKind.SELF_EVALUATION
    return SheetKind.DEPARTMENT_WIDE if is_department_wide(plan, sheet) else SheetKind.GOAL


def title_of(plan: Plan, kind: SheetKind) -> str:
    """What a sheet is called in lists: its project; the form, where it has none."""
    if plan.goal_sheets and kind is not SheetKind.DEPARTMENT_WIDE:
        name = " ".join((plan.goal_sheets[0].project.name or "").split())
        return name[:200] or "未填项目名称"
    return str(kind.label)


def total_fen(plan: Plan) -> int | None:
    """The budget of the sheet in fen."""
    if not plan.goal_sheets:
        return None
    budget = plan.goal_sheets[0].budget
    return _fen(budget, budget.total)


def money_of(plan: Plan) -> dict[str, int | None]:
    """The budget of the sheet in fen, with what of it is fiscal and what other money."""
    if not plan.goal_sheets:
        return {}
    budget = plan.goal_sheets[0].budget
    amounts = {"total_fen": budget.total, "fiscal_fen": budget.fiscal, "other_fen": budget.other}
    return {name: _fen(budget, amount) for name, amount in amounts.items()}


def _fen(budget: Budget, amount: Decimal | None) -> int | None:
    money = budget.money(amount)
    return None if money is None else int((money.yuan * 100).to_integral_value())


def rows_of(plan: Plan) -> Iterator[RowValues]:
    """The rows of the one goal sheet of a plan."""
    for sheet in plan.goal_sheets:
        later: LaterSheet | None = plan.later_sheets.get(sheet.id)
        for n, row in enumerate(sheet.indicators):
            became = later.row(row.id).actual if later is not None else None
            yield RowValues(
                row_id=row.id,
                position=n,
                indicator_class=row.class_.label if row.class_ else "",
                indicator_kind=row.kind.label if row.kind else "",
                name=(row.name or "")[:_ROW_TEXT],
                target=(row.target.text or "")[:_ROW_TEXT],
                actual=(became.text or "")[:_ROW_TEXT] if became else "",
                weight=row.weight,
            )


def rows_of_document(document: Mapping[str, Any]) -> tuple[RowValues, ...]:
    """The rows of a stored document."""
    return tuple(rows_of(as_plan(document)))
