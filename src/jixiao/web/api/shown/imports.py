"""Imports: what can be imported, how a file is understood, how far it is; its original."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import FileResponse
from pydantic import Field

from jixiao.web.api.router import Operation
from jixiao.web.api.types import Answer, Key
from jixiao.web.files.answers import original
from jixiao.web.imports import running, selectors
from jixiao.web.imports.kinds import kinds_for
from jixiao.web.imports.services import handed_out
from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.people import Actor

Position = Annotated[int, Field(ge=0, le=1000)]
RowNumbers = Annotated[str, Field(pattern=r"^[0-9]{1,7}(,[0-9]{1,7}){0,19}$")]
"""Numbers of rows of the file, 3,4"""
_PREVIEWED = 8


class KindField(Answer):
    name: str
    label: str


class KindOut(Answer):
    """Something that can be imported; ``begin_import`` takes its ``name``."""

    name: str
    title: str
    by_year: bool
    """Whether it belongs to a fiscal year"""
    note: str
    fields: list[KindField]


class Kinds(Answer):
    kinds: list[KindOut]


def kinds(actor: Actor) -> Any:
    """能导入哪几种，各有哪些列。"""
    return {
        "kinds": [
            {
                "name": one.name,
                "title": one.title,
                "by_year": one.by_year,
                "note": one.note,
                "fields": [{"name": field.name, "label": field.label} for field in one.fields],
            }
            for one in kinds_for(actor)
        ]
    }


class ColumnOut(Answer):
    index: int
    title: str
    unit: str | None


class MappedOut(Answer):
    """Which column is a field, and how that was found."""

    field: str
    column: int | None
    unit: str | None
    why: str


class ColumnsOut(Answer):
    """How a file is understood: what ``import.columns`` may change."""

    sheet: int
    header: list[int]
    columns: list[ColumnOut]
    mapped: list[MappedOut]
    lacking: dict[str, str]
    """Fields that still need a column, and why"""
    from_before: bool
    preview: list[list[str]]
    """The first rows, by ``columns``"""


def columns(
    actor: Actor,
    key: Key,
    sheet: Position | None = None,
    header: RowNumbers | None = None,
) -> Any:
    """表头和各列认成了什么，还缺什么；sheet、header 换一张工作表、换几行表头试认，不保存。"""
    seen = running.view(actor, key, sheet=sheet, header=[int(one) for one in header.split(",")] if header else None)
    shown = seen.head.columns
    data = [line for line in seen.sheet.lines if line.number not in seen.head.header][:_PREVIEWED]
    return {
        "sheet": seen.session.sheet if sheet is None else sheet,
        "header": list(seen.head.header),
        "columns": [
            {"index": one.index, "title": one.title, "unit": one.unit.value if one.unit else None} for one in shown
        ],
        "mapped": [
            {"field": name, "column": one.column, "unit": one.unit.value if one.unit else None, "why": one.why}
            for name, one in seen.mapped.items()
        ],
        "lacking": dict(seen.lacking),
        "from_before": seen.from_before,
        "preview": [[line.cell(one.index) for one in shown] for line in data],
    }


class ImportProgress(Answer):
    """How far an import is: of its background work ``done`` of ``total``; rows by what they are."""

    state: str
    message: str
    working: bool
    done: int
    total: int
    rows: dict[str, int]
    doubt: str
    """Words where the unit of money may be wrong"""


def progress(actor: Actor, key: Key) -> Any:
    """一次导入到了哪一步，各种行有多少。"""
    found = running.session_of(actor, key)
    work = selectors.work_on(found)
    count = selectors.counts(actor, found)
    names = ("new", "changed", "same", "error", "taken", "remarked", "total")
    busy = work is not None and work.state in ("waiting", "running")
    return {
        "state": found.state,
        "message": found.message or (work.message if work is not None and not busy else ""),
        "working": busy,
        "done": work.done if work is not None else 0,
        "total": work.total if work is not None else 0,
        "rows": {name: getattr(count, name) for name in names},
        "doubt": selectors.unit_doubt(actor, found) if found.state == found.State.TRIED else "",
    }


def source(actor: Actor, key: Key) -> FileResponse:
    """导入时传上来的原件；人员名单不留原件。"""
    found = running.session_of(actor, key)
    if found.stored is None:
        raise NotThere("这份文件的原件没有留存")
    handed_out(actor, session=key, what="原件")
    return original(found.stored, found.file_name)


OPERATIONS = (
    Operation("GET", "/import-kinds", kinds, "import.own", "import_kinds", "能导入什么", "导入", Kinds),
    Operation(
        "GET", "/imports/{key}/columns", columns, "import.own", "import_columns", "认出的表头和列", "导入", ColumnsOut
    ),
    Operation(
        "GET",
        "/imports/{key}/progress",
        progress,
        "import.own",
        "import_progress",
        "导入的进度",
        "导入",
        ImportProgress,
    ),
    Operation("GET", "/imports/{key}/original", source, "import.own", "import_original", "下载导入的原件", "导入"),
)
