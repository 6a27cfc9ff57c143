"""The desk of reviewers as programs read it: what waits for the caller."""

from __future__ import annotations

from typing import Annotated, Any, cast

from django.http import HttpRequest
from pydantic import Field

from jixiao.domain.finding import GradeLevel
from jixiao.web.api.reading import Severity
from jixiao.web.api.router import Router
from jixiao.web.api.types import MOST, Answer, Cursor, Key, QueryWords, QueryYesNo, Year
from jixiao.web.kernel.keyset import page_of
from jixiao.web.reviewing import selectors
from jixiao.web.reviewing.selectors import Wanted
from jixiao.web.site.pages import Request
from jixiao.web.workflow.models import Phase
from jixiao.web.workflow.selectors import Standing

Fen = Annotated[int, Field(ge=0, le=MOST, description="分")]


class Waiting(Answer):
    """A sheet that waits for the caller."""

    sheet: int
    unit: int
    title: str
    version: int
    state: str
    phase: str = Field(description="waiting：等人办；opened：已开审")
    step: str = Field(description="步骤的编号")
    step_title: str
    submissions: int = Field(description="第几次送审")
    days: int = Field(description="在这一步几天")
    who: str = Field(description="谁开了审、转给了谁，没有就是谁能办")
    errors: int
    warnings: int
    advice: int
    grade: str
    total_fen: int | None


class WaitingPage(Answer):
    """What waits: departments in official order, the worst sheets of each first."""

    rows: list[Waiting]
    after: str = Field(description="下一页的 after；空为最后一页")
    total: int


def add(router: Router) -> None:
    """All of them."""
    router.add(
        "GET", "/review", list_review, right="sheet.decide", name="list_review", summary="等我审的表",
        about=(list_review.__doc__ or "").strip(), response=WaitingPage, tags=["办理"],
    )  # fmt: skip


def list_review(
    request: HttpRequest,
    year: Year,
    *,
    department: Key | None = None,
    step: QueryWords = "",
    phase: Phase | None = None,
    severity: Severity | None = None,
    grade: GradeLevel | None = None,
    least: Fen | None = None,
    most: Fen | None = None,
    again: QueryYesNo = False,
    explained: QueryYesNo = False,
    mine: QueryYesNo = False,
    q: QueryWords = "",
    after: Cursor = "",
) -> Any:
    """到了您这一步、没有别人在办的表。least、most 是预算数的范围（分），again 只要再次送审的，explained 只要有说明待看的，mine 只要转给您的。"""
    actor = cast("Request", request).actor
    wanted = Wanted(
        department=department,
        step=step,
        phase=phase.value if phase else "",
        severity=severity.value if severity else "",
        grade=grade.value if grade else "",
        least=least,
        most=most,
        again=again,
        explained=explained,
        mine=mine,
        text=q.strip(),
    )
    found = page_of(selectors.with_sheets(selectors.waiting(actor, year, wanted)), selectors.ORDER, after)
    rows = [_row(one) for one, _ in selectors.standings_of(found.rows)]
    return {"rows": rows, "after": found.after, "total": found.total}


def _row(one: Standing) -> dict[str, Any]:
    run, sheet = one.run, one.run.sheet
    return {
        "sheet": sheet.pk, "unit": sheet.unit_id, "title": sheet.title, "version": sheet.version, "state": sheet.state,
        "phase": run.phase, "step": run.step, "step_title": one.step, "submissions": run.submissions, "days": one.days,
        "who": one.who, "errors": sheet.errors, "warnings": sheet.warnings, "advice": sheet.advice, "grade": sheet.grade,
        "total_fen": sheet.total_fen,
    }  # fmt: skip
