"""What the desk hands out: the letter of a file, all letters of a year, the workbook over all files; findings that a person
does not take are left out. What is handed out is logged.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.http import FileResponse

from jixiao.readers import UnreadableFileError
from jixiao.services.files import Document, stems
from jixiao.services.reviewing import batch_of
from jixiao.web.desk.selectors import MOST_IN_QUEUE, Opened
from jixiao.web.desk.services import handed_out
from jixiao.web.files import answers
from jixiao.web.files.store import path_of
from jixiao.web.intake.models import IncomingFile
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotThere, Refused
from jixiao.web.site.pages import Request, page
from jixiao.writers.registry import writer_named
from jixiao.writers.reviewed import Batch, Reviewed

State = IncomingFile.State
_READ = (State.TO_CHECK, State.ACCEPTED)
_UNREAD = (State.UNREADABLE, State.REFUSED)


def _files(request: Request, year: int) -> list[IncomingFile]:
    rows = IncomingFile.objects.restrict(request.actor, "intake.view").filter(batch__year=year, state__in=_READ)
    return list(rows.defer("document").order_by("batch_id", "position", "pk")[:MOST_IN_QUEUE])


def _reviewed(request: Request, files: Sequence[IncomingFile]) -> tuple[list[Document], list[Reviewed]]:
    opened = [Opened(request.actor, one.pk) for one in files]
    documents = [Document(path_of(one.stored.sha256), one.name) for one in files if one.stored is not None]
    names = stems(documents)
    return documents, [Reviewed(one.plan, one.taken, stem) for one, stem in zip(opened, names, strict=True)]


@page("intake.view")
def letter(request: Request, file: int) -> FileResponse:
    """一份文件的审核意见。"""
    opened = Opened(request.actor, file)
    if opened.row.document is None:
        raise NotThere("这份文件还没有读出来，没有审核意见")
    stem = opened.row.name.rsplit(".", 1)[0].rsplit("/", 1)[-1]
    writer = writer_named("opinion")
    content = writer.write(Reviewed(opened.plan, opened.taken, stem))
    handed_out(request.actor, file=file, what="审核意见")
    return _sent(content, writer.file_name(stem))


@page("intake.view")
def letters(request: Request, year: int) -> FileResponse:
    """一年收到的全部文件的审核意见，一个压缩包。"""
    files = _files(request, year)
    if not files:
        raise Refused("还没有读出文件，没有审核意见可下载", status=404)
    _, reviewed = _reviewed(request, files)
    writer = writer_named("opinion")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in reviewed:
            archive.writestr(writer.file_name(one.stem), writer.write(one))
    for row in files:
        handed_out(request.actor, file=row.pk, what="审核意见")
    return _sent(held.getvalue(), _named(year, "审核意见.zip"))


@page("intake.view")
def workbook(request: Request, year: int) -> FileResponse:
    """一年收到的全部文件的审核总表。"""
    files = _files(request, year)
    if not files:
        raise Refused("还没有读出文件，没有审核总表可下载", status=404)
    documents, reviewed = _reviewed(request, files)
    results: dict[int, Reviewed | UnreadableFileError] = dict(enumerate(reviewed))
    unread = IncomingFile.objects.restrict(request.actor, "intake.view").filter(batch__year=year, state__in=_UNREAD)
    for row in unread.order_by("batch_id", "position", "pk"):
        results[len(documents)] = UnreadableFileError(row.met, row.remedy)
        documents.append(Document(Path(row.name), row.name))
    title = _named(year, "部门预算绩效文本")
    batch: Batch = batch_of(documents, results, title, clock.today())
    content = writer_named("summary").write(batch)
    for row in files:
        handed_out(request.actor, file=row.pk, what="审核总表")
    return _sent(content, _named(year, "审核总表.xlsx"))


@page("intake.view")
def original(request: Request, file: int) -> FileResponse:
    """收到的原件。"""
    rows = IncomingFile.objects.restrict(request.actor, "intake.view").select_related("stored")
    row = rows.filter(pk=file).first()
    if row is None or row.stored is None:
        raise NotThere
    handed_out(request.actor, file=file, what="原件")
    return answers.original(row.stored, row.name)


def _named(year: int, what: str) -> str:
    """With its year, where files are kept by year: at the desk of one person they are not."""
    return what if settings.DESK else f"{year}年度{what}"


def _sent(content: bytes, name: str) -> FileResponse:
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type="application/octet-stream")
