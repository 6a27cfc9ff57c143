"""Files at the desk: the queue, the original page by page, fields and findings, what only a person can say; what is handed out."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Annotated, Any

from django.http import FileResponse, HttpResponse
from pydantic import Field

from jixiao.services.originals import ShownTable
from jixiao.web.api.router import Operation
from jixiao.web.api.shown.sheets import DifferenceOut, difference
from jixiao.web.api.types import Answer, Key, QueryWords, Year
from jixiao.web.desk import fields as desk_fields
from jixiao.web.desk import handing_out
from jixiao.web.desk.originals import page_of_file, shown_of
from jixiao.web.desk.questions import Question, found_in_pool, questions_of
from jixiao.web.desk.selectors import Opened, queue_of
from jixiao.web.desk.services import handed_out
from jixiao.web.files.answers import attachment
from jixiao.web.intake.again import against_pool
from jixiao.web.intake.models import IncomingFile, IncomingSheet
from jixiao.web.intake.selectors import files_of
from jixiao.web.kernel.acts import NotThere, Refused
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.selectors import one_of

PageNumber = Annotated[int, Field(ge=1, le=100_000)]


class QueuedOut(Answer):
    """A file of the queue: how far it is, in words, and what to do where it could not be read."""

    id: int
    name: str
    state: str
    words: str
    met: str
    remedy: str
    open_doubts: int
    pages: int
    pages_done: int


class QueueOut(Answer):
    files: list[QueuedOut]
    counts: dict[str, int]


def queue(actor: Actor, year: Year, batch: Key | None = None) -> Any:
    """收件台的文件队列：一年的，或其中一批的；读取没有读成的，写明原因和怎么办。"""
    found = queue_of(actor, year, batch)
    names = QueuedOut.model_fields
    return {
        "files": [{name: one.pk if name == "id" else getattr(one, name) for name in names} for one in found.files],
        "counts": dict(found.counts),
    }


# --- the original ------------------------------------------------------------------------------------------


class PageOut(Answer):
    """Width and height in points: boxes of fields count in them."""

    width: float
    height: float


class CellOut(Answer):
    text: str
    anchor: str
    row_span: int
    column_span: int


class BlockOut(Answer):
    """A paragraph, or a table with its rows. Fields that were read there have the same ``anchor``."""

    text: str = ""
    anchor: str = ""
    sheet: str = ""
    rows: list[list[CellOut]] = []


class OriginalOut(Answer):
    """``pages`` where there are pictures of them (``/files/{key}/pages/{number}``), else ``blocks``; neither: ``why``."""

    pages: list[PageOut]
    blocks: list[BlockOut]
    is_cut: bool
    why: str


def pages(actor: Actor, key: Key) -> Any:
    """原件怎么显示：有页面图的，有几页、多大；没有的，按内容显示的段落和表格。"""
    row: IncomingFile = one_of(IncomingFile, actor, "intake.view", key, "stored")
    found, why = shown_of(row)
    if found is None:
        return {"pages": [], "blocks": [], "is_cut": False, "why": why}
    return {
        "pages": [{"width": one.width, "height": one.height} for one in found.pages],
        "blocks": [_block(one) for one in found.blocks],
        "is_cut": found.is_cut,
        "why": "",
    }


def _block(one: Any) -> dict[str, Any]:
    if not isinstance(one, ShownTable):
        return {"text": one.text, "anchor": one.anchor}
    cells = [[{name: getattr(cell, name) for name in CellOut.model_fields} for cell in row] for row in one.rows]
    return {"sheet": one.sheet, "rows": cells}


def picture(actor: Actor, key: Key, number: PageNumber) -> HttpResponse:
    """原件的一页，PNG 图片。"""
    return HttpResponse(page_of_file(actor, key, number), content_type="image/png")


# --- what was read -----------------------------------------------------------------------------------------


class FieldOut(Answer):
    """A value that was read: ``pointer`` into the document (for ``intake.correct``, ``intake.confirm``), where it stands, why to doubt it."""

    pointer: str
    label: str
    value: str
    anchor: str
    place: str
    page: int | None
    box: list[float] | None
    """left, top, right, bottom in points"""
    doubt: str
    is_open: bool
    """doubted, and nobody has looked at it"""
    read: str
    """what had been read, where a person put it right"""


class GroupOut(Answer):
    """Fields that stand together; ``rows`` of a table in the order of ``columns``."""

    title: str
    fields: list[FieldOut]
    columns: list[str]
    rows: list[list[FieldOut | None]]


class FieldsOut(Answer):
    version: int
    groups: list[GroupOut]


def fields(actor: Actor, key: Key) -> Any:
    """一张待收的表读出的各项内容，哪些有疑问。"""
    row: IncomingSheet = one_of(IncomingSheet, actor, "intake.view", key)
    opened = Opened(actor, row.file_id)
    sheet = opened.sheet(key)
    return {"version": sheet.version, "groups": [_group(one) for one in opened.groups(sheet)]}


def _group(one: desk_fields.Group) -> dict[str, Any]:
    return {
        "title": one.title,
        "fields": [_field(field) for field in one.fields],
        "columns": list(one.columns),
        "rows": [[None if field is None else _field(field) for field in row] for row in one.rows],
    }


def _field(one: desk_fields.Field) -> dict[str, Any]:
    found = {name: getattr(one, name) for name in FieldOut.model_fields}
    return {**found, "box": list(one.box) if one.box is not None else None}


class FindingOut(Answer):
    """What a rule says. ``dismissed``: who does not take it and why; empty where it is taken."""

    id: str
    sheet: int
    """The incoming sheet it is about"""
    severity: str
    title: str
    message: str
    suggestion: str
    sources: list[str]
    place: str
    pointer: str
    page: int | None
    dismissed: str


class ChoiceOut(Answer):
    value: str
    label: str
    reason: str


class QuestionOut(Answer):
    """What only a person can say: ``name`` is the parameter of ``intake.decide_file`` or ``intake.decide`` that answers it."""

    sheet: int
    words: str
    name: str
    choices: list[ChoiceOut]
    version: int


class ReviewOut(Answer):
    """All that the rules say of a file, and what is still to be said before it can be taken in."""

    is_clean: bool
    grade: str
    score: float
    findings: list[FindingOut]
    questions: list[QuestionOut]


def review(actor: Actor, key: Key) -> Any:
    """一份文件的问题（连不采纳的）、等级，以及收下前还要人定的事。"""
    opened = Opened(actor, key)
    grade = opened.taken.grade
    found: list[dict[str, Any]] = []
    asked: list[dict[str, Any]] = []
    for sheet in opened.sheets:
        for one in opened.findings(sheet):
            own = {name: getattr(one, name) for name in FindingOut.model_fields if name not in ("sheet", "pointer")}
            found.append({**own, "sheet": sheet.pk, "pointer": one.finding.pointer})
        asked += [_question(sheet, one) for one in questions_of(actor, opened, sheet)]
    return {
        "is_clean": opened.is_clean,
        "grade": grade.level.value,
        "score": float(grade.score),
        "findings": found,
        "questions": asked,
    }


def _question(sheet: IncomingSheet, one: Question) -> dict[str, Any]:
    choices = [{name: getattr(choice, name) for name in ChoiceOut.model_fields} for choice in one.choices]
    return {"sheet": sheet.pk, "words": one.words, "name": one.name, "choices": choices, "version": one.version}


class Choices(Answer):
    choices: list[ChoiceOut]


def find_projects(actor: Actor, key: Key, q: QueryWords) -> Any:
    """在项目库里找一张待收的表是哪个项目：名称、编码、别名，至少两个字。选定用 intake.decide。"""
    rows = IncomingSheet.objects.restrict(actor, "intake.accept").select_related("file__batch")
    row = rows.filter(pk=key).first()
    if row is None:
        raise NotThere
    found = found_in_pool(actor, row, q)
    return {"choices": [{name: getattr(one, name) for name in ChoiceOut.model_fields} for one in found]}


class AgainstPool(Answer):
    """A sheet that came in again, against the pool's version."""

    sheet: int
    version: int
    """The number of the pool's version"""
    differences: list[DifferenceOut]
    """Their keys choose them in ``intake.accept``"""


def differences(actor: Actor, key: Key) -> Any:
    """更正的文件里的一张表，和库里现有一版的差异。"""
    found = against_pool(actor, key)
    shown = [difference(one) for one in found.differences]
    return {"sheet": found.before.sheet_id, "version": found.before.number, "differences": shown}


# --- registration ------------------------------------------------------------------------------------------


class RegisteredFile(Answer):
    file: int
    name: str
    words: str
    trouble: str
    """What keeps it from being registered; empty where nothing does"""
    sheets: int
    unlooked: int
    unknown_projects: int


class RegistrationOut(Answer):
    title: str
    approval_document: str
    made_at: datetime
    files: list[RegisteredFile]


def registration(actor: Actor, key: Key) -> Any:
    """一批已批复的表登记到哪里了：每份文件读得怎样、缺什么。"""
    batch, files = files_of(actor, key)
    if not batch.registers_approved:
        raise NotThere("这一批不是登记已批复的")
    return {
        "title": batch.title,
        "approval_document": batch.approval_document,
        "made_at": batch.made_at,
        "files": [
            {
                "file": one.row.pk,
                "name": one.row.name,
                "words": one.words,
                "trouble": one.trouble,
                "sheets": one.sheets,
                "unlooked": one.unlooked,
                "unknown_projects": one.unknown_projects,
            }
            for one in files
        ],
    }


# --- handed out --------------------------------------------------------------------------------------------


def letters(actor: Actor, year: Year) -> FileResponse:
    """一年收到的全部文件的审核意见，一个压缩包。"""
    return _all(actor, year, "letters")


def workbook(actor: Actor, year: Year) -> FileResponse:
    """一年收到的全部文件的审核总表（Excel）。"""
    return _all(actor, year, "workbook")


def _all(actor: Actor, year: int, what: str) -> FileResponse:
    if handing_out.is_large(actor, year):
        raise Refused("文件太多，要在后台做：POST /acts/intake.export_all，再到 GET /made-files/{key} 取", status=413)
    made = handing_out.make(actor, year, what)
    for file in made.files:
        handed_out(actor, file=file, what=made.words)
    return attachment(io.BytesIO(made.content), made.name, made.kind)


_TAG = "收件台"
OPERATIONS = (
    Operation("GET", "/intake-queue", queue, "intake.view", "intake_queue", "文件队列", _TAG, QueueOut),
    Operation("GET", "/files/{key}/pages", pages, "intake.view", "file_pages", "原件的页", _TAG, OriginalOut),
    Operation("GET", "/files/{key}/pages/{number}", picture, "intake.view", "file_page", "原件的一页（图）", _TAG),
    Operation("GET", "/files/{key}/review", review, "intake.view", "file_review", "问题和要定的事", _TAG, ReviewOut),
    Operation(
        "GET", "/incoming-sheets/{key}/fields", fields, "intake.view", "sheet_fields", "读出的内容", _TAG, FieldsOut
    ),
    Operation(
        "GET",
        "/incoming-sheets/{key}/projects",
        find_projects,
        "intake.accept",
        "find_projects",
        "找是哪个项目",
        _TAG,
        Choices,
    ),
    Operation(
        "GET",
        "/incoming-sheets/{key}/differences",
        differences,
        "intake.view",
        "sheet_differences",
        "和库里的差异",
        _TAG,
        AgainstPool,
    ),
    Operation(
        "GET",
        "/batches/{key}/registration",
        registration,
        "intake.register",
        "registration",
        "登记的进度",
        _TAG,
        RegistrationOut,
    ),
    Operation("GET", "/intake-letters", letters, "intake.view", "intake_letters", "下载一年的审核意见", _TAG),
    Operation("GET", "/intake-workbook", workbook, "intake.view", "intake_workbook", "下载一年的审核总表", _TAG),
)
