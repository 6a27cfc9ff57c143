"""Sets of departments as programs read them: how far each is, what is in one, its whole text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, cast

from django.http import FileResponse, HttpRequest
from pydantic import Field

from jixiao.web.api.router import Router
from jixiao.web.api.types import Answer, Cursor, Key, QueryWords, QueryYesNo, Year
from jixiao.web.editor import sets, whole
from jixiao.web.files.answers import attachment
from jixiao.web.files.store import digest_of
from jixiao.web.goals.services import note_export
from jixiao.web.kernel.people import Actor
from jixiao.web.site.pages import Request


class Counts(Answer):
    """Findings."""

    errors: int = Field(description="必须修改")
    warnings: int = Field(description="应当修改或说明")
    advice: int = Field(description="建议完善")


class SetRow(Answer):
    """How far the set of a department is."""

    unit: int
    name: str
    expected: int = Field(description="应有几张")
    settled: int = Field(description="有了的，和写明了不报原因的")
    reasons: int = Field(description="写明了不报原因的")
    counts: Counts
    changed_at: datetime | None


class SetPage(Answer):
    """Departments in official order."""

    rows: list[SetRow]
    after: str = Field(description="下一页的 after；空为最后一页")
    total: int


class SetPlace(Answer):
    """A place of a set: its sheet, or the reason why there is none, or neither."""

    place: str = Field(description="起表时用它指明是哪一张")
    kind: str
    unit: int
    project: int | None
    title: str
    sheet: int | None
    state: str | None
    reason: str | None = Field(description="不报的原因")
    counts: Counts | None
    changed_at: datetime | None
    changed_by: str


class SetOne(Answer):
    """A set; ``hidden`` are the projects of it that the caller may not see."""

    unit: int
    name: str
    year: int
    expected: int
    settled: int
    is_complete: bool
    told: str
    hidden: int
    places: list[SetPlace]


class SetReview(Answer):
    """The review of a whole set: all findings, and those of each sheet among the others by the id of the sheet."""

    counts: Counts
    sheets: dict[str, Counts]


def add(router: Router) -> None:
    """All of them."""
    for path, view, right, name, summary, response in _ALL:
        extra = None
        if response is None:
            content = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
            extra = {"responses": {200: {"content": content}}}
        about = (view.__doc__ or "").strip()
        router.add(
            "GET", path, view, right=right, name=name, summary=summary, about=about, response=response,
            tags=["报送的表"], extra=extra,
        )  # fmt: skip


def _actor(request: HttpRequest) -> Actor:
    return cast("Request", request).actor


def list_sets(request: HttpRequest, year: Year, *, lacking: QueryYesNo = False, after: Cursor = "") -> Any:
    """各部门报送包齐不齐；lacking 只列没有齐的。"""
    found = sets.overview(_actor(request), year, after=after, lacking=lacking)
    rows = [
        {
            "unit": unit.pk, "name": unit.name, "expected": one.expected, "settled": one.settled, "reasons": one.reasons,
            "counts": one.counts, "changed_at": one.changed_at,
        }
        for unit, one in found.rows
    ]  # fmt: skip
    return {"rows": rows, "after": found.found.after, "total": found.found.total}


def one_set(request: HttpRequest, unit: Key, year: Year) -> Any:
    """一个单位的报送包：第一部分、部门整体表和每个项目的表，各是什么状态，差的是哪几张。"""
    found = sets.set_of(_actor(request), year, unit)
    return {
        "unit": found.unit.pk, "name": found.unit.name, "year": year, "expected": found.expected, "settled": found.settled,
        "is_complete": found.is_complete, "told": found.told, "hidden": found.hidden,
        "places": [_place(one) for one in found.places],
    }  # fmt: skip


def _place(one: sets.Place) -> dict[str, Any]:
    return {
        "place": one.address, "kind": one.kind.value, "unit": one.unit.pk,
        "project": one.project.pk if one.project is not None else None, "title": one.title,
        "sheet": one.sheet.pk if one.sheet is not None else None,
        "state": one.sheet.state if one.sheet is not None else None,
        "reason": one.reason.reason if one.reason is not None else None,
        "counts": one.counts if one.sheet is not None else None, "changed_at": one.changed_at, "changed_by": one.changed_by,
    }  # fmt: skip


def review_set(request: HttpRequest, unit: Key, year: Year) -> Any:
    """整包合在一起审，各有多少问题。"""
    actor = _actor(request)
    found = sets.set_of(actor, year, unit)
    together = whole.review_of_set(actor, found, whole.whole_of(actor, found))
    return {"counts": together.counts, "sheets": {str(sheet.pk): among for sheet, among, _ in together.rows}}


def export_set(request: HttpRequest, unit: Key, year: Year, form: QueryWords = "docx") -> FileResponse:
    """整包合成一份，各张按现在的样子：docx 或 xlsx。"""
    actor = _actor(request)
    found = sets.set_of(actor, year, unit)
    taken = whole.taken(actor, whole.whole_of(actor, found), found, form)
    digest = digest_of(taken.content)
    taken.content.seek(0)
    note_export(actor, sheets=taken.sheets, form=taken.kind, digest=digest, what=taken.name)
    return attachment(taken.content, taken.name, taken.kind)


_ALL: Sequence[tuple[str, Callable[..., Any], str, str, str, Any]] = (
    ("/sets", list_sets, "sheet.view", "list_sets", "报送包", SetPage),
    ("/sets/{unit}", one_set, "sheet.view", "get_set", "一个报送包", SetOne),
    ("/sets/{unit}/review", review_set, "sheet.view", "review_set", "整包合在一起审", SetReview),
    ("/sets/{unit}/export", export_set, "sheet.export", "export_set", "导出整包", None),
)
