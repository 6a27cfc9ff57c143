"""Files in and out: uploads as multipart, downloads as they are; each asks the object's right, each leaves its entry."""

from __future__ import annotations

import inspect
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Annotated, Any, cast

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from ninja import File, Form
from ninja.files import UploadedFile
from pydantic import Field

from jixiao.web.api.acts import Done, done
from jixiao.web.api.router import Router, Unknown
from jixiao.web.api.shown import OPERATIONS
from jixiao.web.api.types import PRINTED, Answer, Day, Key, QueryWords, Year
from jixiao.web.audit.export import export_lines, note_export
from jixiao.web.desk.selectors import Opened
from jixiao.web.desk.services import handed_out
from jixiao.web.editor.exports import as_written
from jixiao.web.editor.offline import coming
from jixiao.web.editor.selectors import Written, written
from jixiao.web.files.answers import attachment, original
from jixiao.web.files.store import digest_of
from jixiao.web.goals.exports import AT_ONCE, OF_ONE, Taken, forms_of_many, is_large, many, one
from jixiao.web.goals.models import Sheet, SheetVersion
from jixiao.web.goals.selectors import Wanted, sheet_shown, sheets
from jixiao.web.goals.services import note_export as note_sheet
from jixiao.web.imports import running, selectors
from jixiao.web.imports.services import handed_out as import_handed_out
from jixiao.web.intake.models import Batch, IncomingFile
from jixiao.web.intake.receiving import Upload, receive
from jixiao.web.intake.services import add_files
from jixiao.web.jobs.results import asked_for, opened
from jixiao.web.jobs.selectors import progress_of
from jixiao.web.jobs.services import note_taken
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotThere, Refused
from jixiao.web.kernel.people import Actor
from jixiao.web.site.pages import Request
from jixiao.writers.registry import writer_named
from jixiao.writers.reviewed import Reviewed

MOST_IMPORT_BYTES = 20 * 1024 * 1024
FILE = {"responses": {200: {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}}}


class Reading(Answer):
    """How far reading a file is."""

    state: str
    done: int
    total: int
    message: str


def add(router: Router) -> None:
    """All of them."""
    for each in OPERATIONS:
        router.add(
            each.method,
            each.path,
            each.view(),
            right=each.right,
            name=each.name,
            summary=each.title,
            about=inspect.getdoc(each.function) or "",
            response=each.response,
            tags=[each.tag],
            extra=None if each.response else FILE,
        )
    for method, path, view, right, name, summary, response, tag in _ALL:
        router.add(
            method,
            path,
            view,
            right=right,
            name=name,
            summary=summary,
            about=(view.__doc__ or "").strip(),
            response=response or None,
            tags=[tag],
            extra=None if response else FILE,
        )


def upload(request: HttpRequest, key: Key, files: File[list[UploadedFile]]) -> Any:
    """文件放进一批，一次可以多个，也可以是压缩包；读取在后台，进度见 /files/{key}/progress。"""
    actor = cast("Request", request).actor
    if not Batch.objects.restrict(actor, "intake.add").filter(pk=key).exists():
        raise NotThere
    for number, file in enumerate(files):
        _not_empty(file, f"files.{number}")
    received = receive(cast("list[Upload]", files))
    return done(add_files(actor, batch=key, files=received))


def progress(request: HttpRequest, key: Key) -> Any:
    """读取一份文件到哪一步了。"""
    row = _file(request, key)
    job = progress_of("intake.read", str(row.pk))
    told = f"{row.met}。{row.remedy}" if row.met else job.message if job else ""
    return {"state": row.state, "done": job.done if job else 0, "total": job.total if job else 0, "message": told}


def take_out(request: HttpRequest, key: Key) -> FileResponse:
    """收到的原件。"""
    row = _file(request, key)
    if row.stored is None:
        raise NotThere("这份文件没有保存原件")
    handed_out(cast("Request", request).actor, file=row.pk, what="原件")
    return original(row.stored, row.name)


def opinion(request: HttpRequest, key: Key) -> FileResponse:
    """一份文件的审核意见。"""
    actor = cast("Request", request).actor
    opened = Opened(actor, key)
    stem = opened.row.name.rsplit(".", 1)[0].rsplit("/", 1)[-1]
    writer = writer_named("opinion")
    content = writer.write(Reviewed(opened.plan, opened.taken, stem))
    handed_out(actor, file=key, what="审核意见")
    return attachment(io.BytesIO(content), writer.file_name(stem), "docx")


def export_sheet(request: HttpRequest, key: Key, form: QueryWords = "docx") -> FileResponse:
    """一张表的一版：docx、xlsx、html 照正式表样，opinion 是审核意见，json 是数据。"""
    actor = cast("Request", request).actor
    version = SheetVersion.objects.restrict(actor, "sheet.export").select_related("sheet").filter(pk=key).first()
    if version is None:
        raise NotThere
    if form not in OF_ONE:
        raise Refused(f"没有“{form}”这种导出，可以是 {'、'.join(OF_ONE)}", field="form")
    shown = sheet_shown(actor, version.sheet.year, version.sheet_id, version.number)
    return _taken(request, one(shown, form))


def export_sheets(
    request: HttpRequest,
    year: Year,
    what: QueryWords = "workbook",
    department: Key | None = None,
    unit: Key | None = None,
    kind: QueryWords = "",
    state: QueryWords = "",
    grade: QueryWords = "",
    severity: QueryWords = "",
    q: QueryWords = "",
) -> FileResponse:
    """一个年度符合条件的全部表：letters 审核意见、workbook 审核总表、report 审核报告、docx 或 xlsx 文本；一次最多 200 张，多的用 POST
    /acts/sheet.export_many 在后台做。"""
    actor = cast("Request", request).actor
    if what not in forms_of_many():
        raise Refused(f"没有“{what}”这种导出，可以是 {'、'.join(forms_of_many())}", field="what")
    rows = sheets(actor, year, Wanted(department, unit, kind, state, severity, grade, q))
    if is_large(rows):
        raise Refused(
            f"超过 {AT_ONCE} 张，在后台做：POST /acts/sheet.export_many，条件相同；或者加条件，分几次导", status=413
        )
    return _taken(request, many(actor, year, rows, what, clock.today()))


def _taken(request: HttpRequest, taken: Taken) -> FileResponse:
    digest = digest_of(taken.content)
    taken.content.seek(0)
    actor = cast("Request", request).actor
    note_sheet(actor, sheets=taken.sheets, form=taken.kind, digest=digest, what=taken.name)
    return attachment(taken.content, taken.name, taken.kind)


class Made(Answer):
    """A file that is made in the background: how far it is, and once it is there its name, size and until when it is kept."""

    state: str
    done: int
    total: int
    message: str
    name: str | None = None
    size: int | None = None
    sha256: str | None = None
    until: datetime | None = None


def made_file(request: HttpRequest, key: Key) -> Any:
    """在后台做的文件到哪一步了：state 为 done 而且有 name，就可以下载，保留一天。"""
    asked = asked_for(cast("Request", request).actor, key)
    job, result = asked.job, asked.result if asked.is_there else None
    found = {"state": job.state, "done": job.done, "total": job.total, "message": job.message}
    if result is None:
        return found
    return found | {"name": result.name, "size": result.size, "sha256": result.sha256, "until": result.until}


def take_made_file(request: HttpRequest, key: Key) -> FileResponse:
    """在后台做好的文件。只有要它的人取得到。"""
    actor = cast("Request", request).actor
    asked = asked_for(actor, key)
    content = opened(actor, asked)
    assert asked.result is not None
    note_taken(actor, result=asked.result.pk)
    return attachment(content, asked.result.name, asked.result.kind)


def export_log(request: HttpRequest, since: Day | None = None, until: Day | None = None) -> StreamingHttpResponse:
    """审计日志一段时间的全部记录，用 jixiao audit verify 核对。"""
    note_export(cast("Request", request).actor, since=since, until=until)
    lines: Iterator[bytes] = export_lines(since, until)
    name = f"审计日志-{since or '开始'}-{until or '现在'}.jsonl"
    answer = StreamingHttpResponse(lines, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def begin_import(
    request: HttpRequest,
    kind: Form[Annotated[str, Field(pattern=PRINTED, min_length=1)]],
    file: File[UploadedFile],
    year: Form[Key | None] = None,
) -> Any:
    """开始一次导入：认出表头和各列，然后用 import.columns、import.try、import.apply 往下办。"""
    _not_empty(file)
    if (file.size or 0) > MOST_IMPORT_BYTES:
        raise Refused("文件太大。请删去多余的行和工作表，或分成几个文件", field="file", status=413)
    actor = cast("Request", request).actor
    try:
        session = running.begin(actor, kind=kind, name=file.name or "", data=file.read(), year=year)
    except KeyError:
        raise Refused(f"没有“{kind}”这种导入", field="kind") from None
    return done(session)


def left_over(request: HttpRequest, key: Key) -> FileResponse:
    """导入时有错的行，附原因，改好以后再导。"""
    actor = cast("Request", request).actor
    name, content = selectors.left_over(actor, key)
    import_handed_out(actor, session=key, what="没有导入的行")
    return attachment(io.BytesIO(content), name, "xlsx")


def _file(request: HttpRequest, key: int) -> IncomingFile:
    rows = IncomingFile.objects.restrict(cast("Request", request).actor, "intake.view").select_related("stored")
    row = rows.filter(pk=key).first()
    if row is None:
        raise NotThere
    return row


def export_written(request: HttpRequest, key: Key, form: QueryWords = "docx") -> FileResponse:
    """一张表现在的样子（有草稿的是草稿），照正式表样：docx 或 xlsx。要有填这张表的权限。"""
    actor = cast("Request", request).actor
    return _taken(request, as_written(actor, _written(actor, key), form))


def take_out_offline(request: HttpRequest, key: Key) -> FileResponse:
    """一张表的离线填报表（.xlsx）：只有要填的格能改，填好用 POST /sheets/{key}/offline 传回来。"""
    actor = cast("Request", request).actor
    return _taken(request, coming.of_one(actor, _written(actor, key)))


def bring_back_offline(request: HttpRequest, key: Key, file: File[UploadedFile]) -> Any:
    """填好的离线填报表：成为这张表（和文件里别的表）的填报，用 sheet.proposal_taken 逐处采用。"""
    actor = cast("Request", request).actor
    sheet = _written(actor, key).sheet
    _not_empty(file)
    data = file.read(coming.MOST_BYTES + 1)
    return done(coming.received(actor, year=sheet.year, name=file.name or "", data=data, key=key))


def _not_empty(file: UploadedFile, field: str = "file") -> None:
    """Raises Unknown for a file without a byte: the description says that there is one."""
    if not file.size:
        raise Unknown(f"{field}：文件“{file.name}”是空的。请换有内容的文件", field=field, status=422)


def _written(actor: Actor, key: int) -> Written:
    row = Sheet.objects.restrict(actor, "sheet.edit").filter(pk=key).first()
    if row is None:
        raise NotThere
    return written(actor, row.year, key)


_Row = tuple[str, str, Callable[..., Any], str, str, str, Any, str]
_ALL: Sequence[_Row] = (
    ("POST", "/batches/{key}/files", upload, "intake.add", "upload_files", "收文件", Done, "收件台"),
    ("GET", "/files/{key}/progress", progress, "intake.view", "reading_progress", "读取进度", Reading, "收件台"),
    ("GET", "/files/{key}/original", take_out, "intake.view", "download_original", "下载原件", None, "收件台"),
    ("GET", "/files/{key}/opinion", opinion, "intake.view", "download_opinion", "下载审核意见", None, "收件台"),
    (
        "GET",
        "/sheet-versions/{key}/export",
        export_sheet,
        "sheet.export",
        "export_sheet",
        "导出一张表",
        None,
        "报送的表",
    ),
    (
        "GET",
        "/sheets/{key}/written",
        export_written,
        "sheet.export",
        "export_written",
        "导出一张表现在的样子",
        None,
        "报送的表",
    ),
    (
        "GET",
        "/sheets/{key}/offline",
        take_out_offline,
        "sheet.export",
        "take_out_offline",
        "离线填报表",
        None,
        "报送的表",
    ),
    (
        "POST",
        "/sheets/{key}/offline",
        bring_back_offline,
        "sheet.edit",
        "bring_back_offline",
        "离线填报表传回来",
        Done,
        "报送的表",
    ),
    ("GET", "/sheets-export", export_sheets, "sheet.export", "export_sheets", "导出一批表", None, "报送的表"),
    ("GET", "/made-files/{key}", made_file, "job.own", "made_file", "后台导出的进度", Made, "报送的表"),
    ("GET", "/made-files/{key}/file", take_made_file, "job.own", "take_made_file", "下载做好的文件", None, "报送的表"),
    ("GET", "/log-export", export_log, "log.verify", "export_log", "导出审计日志", None, "审计日志"),
    ("POST", "/import-files", begin_import, "import.own", "begin_import", "开始导入", Done, "导入"),
    ("GET", "/imports/{key}/left", left_over, "import.own", "import_left", "没导入的行", None, "导入"),
)
