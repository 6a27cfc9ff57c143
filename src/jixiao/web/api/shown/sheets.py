"""Sheets: how many there are of which kind, two versions held against each other, the original of one."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import FileResponse
from pydantic import Field

from jixiao.web.api.router import Operation
from jixiao.web.api.types import Answer, Key, QueryWords, Year
from jixiao.web.editor.offline import coming
from jixiao.web.files.answers import attachment, original
from jixiao.web.files.store import digest_of
from jixiao.web.goals.compare import Difference
from jixiao.web.goals.models import Sheet, SheetVersion
from jixiao.web.goals.selectors import Wanted, counts, fixed_of, sheet_shown, sheets
from jixiao.web.goals.services import note_export
from jixiao.web.goals.sides import held
from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.people import Actor

SideName = Annotated[str, Field(pattern=r"^([1-9][0-9]{0,8}|draft|last)?$")]


class DifferenceOut(Answer):
    """A place that differs. ``pointer`` leads into the new version, into the old one for what was removed."""

    key: str
    kind: Literal["changed", "added", "removed"]
    words: str
    before: str | None
    after: str | None
    pointer: str


def difference(one: Difference) -> dict[str, Any]:
    """A difference, for a program."""
    return {name: getattr(one, name) for name in DifferenceOut.model_fields}


class Compared(Answer):
    """Two versions of a sheet; ``last`` is last year's, ``draft`` what is being written."""

    old: str
    new: str
    differences: list[DifferenceOut]


def compare(actor: Actor, key: Key, old: SideName = "", new: SideName = "") -> Any:
    """一张表两版之间改了什么，逐格列出；写版本号，draft 是网页上的稿子，last 是去年的表。不写 new 是现在的一版，不写 old 是它的前一版。"""
    sheet = Sheet.objects.restrict(actor, "sheet.view").filter(pk=key).first()
    if sheet is None:
        raise NotThere
    found = held(actor, sheet.year, key, old, new)
    return {"old": found.old.name, "new": found.new.name, "differences": [difference(one) for one in found.found]}


class SheetCounts(Answer):
    """How many sheets there are: in all, by state, with findings of each severity."""

    total: int
    states: dict[str, int]
    severities: dict[str, int]


def count(
    actor: Actor,
    year: Year,
    department: Key | None = None,
    unit: Key | None = None,
    kind: QueryWords = "",
    grade: QueryWords = "",
    q: QueryWords = "",
) -> Any:
    """一个年度的表有多少：共计、各状态、各级问题。"""
    found = counts(sheets(actor, year, Wanted(department, unit, kind, grade=grade, text=q)))
    return {"total": found.total, "states": dict(found.states), "severities": dict(found.severities)}


def offline(
    actor: Actor,
    year: Year,
    department: Key | None = None,
    unit: Key | None = None,
    kind: QueryWords = "",
    state: QueryWords = "",
    grade: QueryWords = "",
    severity: QueryWords = "",
    q: QueryWords = "",
) -> FileResponse:
    """一个年度符合条件、自己能填的表，合成一份离线填报表，一张一个工作表；填好用 POST /sheets/{key}/offline 传回来。"""
    taken = coming.of_set(actor, year, Wanted(department, unit, kind, state, severity, grade, q))
    digest = digest_of(taken.content)
    taken.content.seek(0)
    note_export(actor, sheets=taken.sheets, form=taken.kind, digest=digest, what=taken.name)
    return attachment(taken.content, taken.name, taken.kind)


def source(actor: Actor, key: Key) -> FileResponse:
    """一张表的一版是从哪份文件读的，那份原件。"""
    rows = SheetVersion.objects.restrict(actor, "sheet.export").select_related("sheet")
    version = rows.filter(pk=key).first()
    if version is None:
        raise NotThere
    shown = sheet_shown(actor, version.sheet.year, version.sheet_id, version.number)
    stored = shown.version.source
    if stored is None:
        raise NotThere("这一版没有原件")
    name = str(shown.version.document["source"]["name"])
    note_export(actor, sheets=[version.sheet_id], form="original", digest=stored.sha256, what=f"原件：{name}")
    return original(stored, name)


def fixed(actor: Actor, key: Key) -> FileResponse:
    """批复时固定的内容：一张表的一版逐字节，摘要是它的 SHA-256；没有批复的没有。"""
    rows = SheetVersion.objects.restrict(actor, "sheet.export").select_related("sheet")
    version = rows.filter(pk=key).first()
    if version is None:
        raise NotThere
    stored, name = fixed_of(sheet_shown(actor, version.sheet.year, version.sheet_id, version.number))
    note_export(actor, sheets=[version.sheet_id], form="fixed", digest=stored.sha256, what=f"批复稿：{name}")
    return original(stored, name)


OPERATIONS = (
    Operation("GET", "/sheets-offline", offline, "sheet.export", "sheets_offline", "离线填报表（一批）", "报送的表"),
    Operation("GET", "/sheets-counts", count, "sheet.view", "sheets_counts", "表的数目", "报送的表", SheetCounts),
    Operation(
        "GET", "/sheets/{key}/compare", compare, "sheet.view", "compare_versions", "两版比较", "报送的表", Compared
    ),
    Operation(
        "GET", "/sheet-versions/{key}/original", source, "sheet.export", "sheet_original", "下载一版的原件", "报送的表"
    ),
    Operation(
        "GET", "/sheet-versions/{key}/fixed", fixed, "sheet.export", "sheet_fixed", "下载批复时固定的内容", "报送的表"
    ),
)
