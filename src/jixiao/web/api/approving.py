"""报送进度 and 批复 as programs read them: how far departments are, which departments can be approved and why others cannot, how far a batch is, letters."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, cast

from django.http import FileResponse, HttpRequest
from pydantic import Field

from jixiao.web.api.router import Router
from jixiao.web.api.types import Answer, Key, QueryWords, Year
from jixiao.web.files.answers import attachment, type_of
from jixiao.web.jobs.selectors import progress_of
from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.people import Actor
from jixiao.web.site.pages import Request
from jixiao.web.workflow import letters
from jixiao.web.workflow.approvable import approvable, approval, approvals_of, batch_shown, batches_of
from jixiao.web.workflow.chasing import as_workbook, people_seen
from jixiao.web.workflow.progress import STATES, progress
from jixiao.web.workflow.services.batches import JOB, job_key


class ApprovableSheet(Answer):
    """A sheet that passed, in the version that would be approved: as approvals.begun takes it."""

    sheet: int
    version: int


class ApprovableRow(Answer):
    """A lead department before 批复."""

    unit: int
    name: str
    sheets: list[ApprovableSheet]
    total_fen: int = Field(description="这些表里项目的预算数，分")
    pool_fen: int = Field(description="项目库里这些项目的预算数，分")
    approved: int = Field(description="已经批复的张数")
    can_go: bool
    why: list[str] = Field(description="为什么不能批")
    held: str = Field(description="有人暂缓时写的原因")


class ApprovableList(Answer):
    """Departments in official order."""

    rows: list[ApprovableRow]


class PersonWith(Answer):
    """Somebody with whom a department stands."""

    id: int
    name: str
    phone: str


class ProgressRow(Answer):
    """How far a department is."""

    unit: int
    name: str
    expected: int
    left: int = Field(description="还没有送出本部门的张数")
    counts: dict[str, int] = Field(description="各状态几张")
    step: str
    people: list[PersonWith] = Field(description="停在谁；看得到的人")
    last: date | None
    days_late: int
    moved_at: datetime | None
    reminded: int
    reminded_at: datetime | None


class ProgressList(Answer):
    """Departments, those that are late first."""

    round: int | None
    rows: list[ProgressRow]


class BatchProgress(Answer):
    """How far a batch is."""

    done: int
    total: int
    left: list[int] = Field(description="还没有批的部门")
    state: str = Field(description="后台任务的状态；空为早先的一批")
    message: str


def add(router: Router) -> None:
    """All of them."""
    for path, view, right, name, summary, response in _ALL:
        extra = None
        if response is None:
            kind = "xlsx" if path.endswith("/export") else "docx"
            content = {type_of(kind): {"schema": {"type": "string", "format": "binary"}}}
            extra = {"responses": {200: {"content": content}}}
        about = (view.__doc__ or "").strip()
        router.add(
            "GET", path, view, right=right, name=name, summary=summary, about=about, response=response,
            tags=["审核和批复"], extra=extra,
        )  # fmt: skip


def _actor(request: HttpRequest) -> Actor:
    return cast("Request", request).actor


def list_approvable(request: HttpRequest, year: Year) -> Any:
    """各主管部门能不能批复；能批的，sheets 就是 approvals.begun 要的表和版本。"""
    rows = approvable(_actor(request), year).departments
    return {
        "rows": [
            {
                "unit": one.unit.pk, "name": one.unit.name,
                "sheets": [{"sheet": some.sheet, "version": some.version} for some in one.sheets],
                "total_fen": one.total_fen, "pool_fen": one.pool_fen, "approved": one.approved, "can_go": one.can_go,
                "why": list(one.why), "held": one.held.reason if one.held is not None else "",
            }
            for one in rows
        ]
    }  # fmt: skip


def list_progress(request: HttpRequest, year: Year, *, show: QueryWords = "") -> Any:
    """各部门报送进度：各状态几张、还差几张没有送出本部门、停在谁、逾期几天、催过几次；show 可以是 late、lacking、returned。"""
    actor = _actor(request)
    shown = progress(actor, year)
    lines = shown.of(show)
    people = people_seen(actor, lines)
    return {
        "round": shown.round.pk if shown.round is not None else None,
        "rows": [
            {
                "unit": one.unit.pk, "name": one.unit.name, "expected": one.expected, "left": one.left,
                "counts": {key: one.counts.get(key, 0) for key in STATES}, "step": one.step,
                "people": [
                    {"id": p.pk, "name": people[p.pk].name, "phone": people[p.pk].phone} for p in one.people if p.pk in people
                ],
                "last": one.last, "days_late": max(0, one.days_late) if one.is_late else 0, "moved_at": one.moved_at,
                "reminded": one.reminded, "reminded_at": one.reminded_at,
            }
            for one in lines
        ],
    }  # fmt: skip


def export_progress(request: HttpRequest, year: Year, show: QueryWords = "") -> FileResponse:
    """报送进度（.xlsx）。"""
    actor = _actor(request)
    name, content = as_workbook(actor, progress(actor, year), show)
    return attachment(io.BytesIO(content), name, "xlsx")


def preview_letter(request: HttpRequest, unit: Key, year: Year) -> FileResponse:
    """批复文预览（.docx）：文号还空着。"""
    name, content = letters.previewed(_actor(request), year, unit)
    return attachment(io.BytesIO(content), name, "docx")


def batch_progress(request: HttpRequest, key: Key) -> Any:
    """一批批复批到了哪里。"""
    actor = _actor(request)
    one = batches_of(actor, None).filter(pk=key).first()
    if one is None:
        raise NotThere
    shown = batch_shown(actor, one.year, key)
    work = progress_of(JOB, job_key(one.region_id, one.year))
    return {
        "done": len(shown.approvals), "total": shown.total, "left": [unit.pk for unit in shown.left],
        "state": work.state if work is not None else "", "message": work.message if work is not None else "",
    }  # fmt: skip


def letter(request: HttpRequest, key: Key) -> FileResponse:
    """一份批复的批复文（.docx）。"""
    actor = _actor(request)
    one = approvals_of(actor, None).filter(pk=key).first()
    if one is None:
        raise NotThere
    name, content = letters.given(actor, approval(actor, one.year, key))
    return attachment(io.BytesIO(content), name, "docx")


_ALL: Sequence[tuple[str, Callable[..., Any], str, str, str, Any]] = (
    ("/progress", list_progress, "sheet.view", "list_progress", "报送进度", ProgressList),
    ("/progress/export", export_progress, "sheet.export", "export_progress", "导出报送进度", None),
    ("/approvable", list_approvable, "sheet.approve", "list_approvable", "可批复的部门", ApprovableList),
    ("/approvable/{unit}/letter", preview_letter, "sheet.approve", "preview_letter", "批复文预览", None),
    (
        "/approval-batches/{key}/progress",
        batch_progress,
        "sheet.approve",
        "batch_progress",
        "一批批复到了哪里",
        BatchProgress,
    ),
    ("/approvals/{key}/letter", letter, "sheet.export", "approval_letter", "批复文", None),
)
