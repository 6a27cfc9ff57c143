"""What the desk hands out: the letter of a file, all letters of a year, the workbook over all files. What is handed out is logged;
where it is much, it is made in the background.
"""

from __future__ import annotations

import io

from django.http import FileResponse, HttpResponseBase
from django.shortcuts import redirect

from jixiao.web.desk import handing_out
from jixiao.web.desk.selectors import Opened
from jixiao.web.desk.services import handed_out
from jixiao.web.files import answers
from jixiao.web.intake.models import IncomingFile
from jixiao.web.kernel.acts import NotThere
from jixiao.web.site.pages import Request, page
from jixiao.writers.registry import writer_named
from jixiao.writers.reviewed import Reviewed


@page("intake.view")
def letter(request: Request, file: int) -> FileResponse:
    """一份文件的审核意见。"""
    opened = Opened(request.actor, file)
    if opened.row.document is None:
        raise NotThere("这份文件还没有读出来，没有审核意见")
    stem = opened.row.name.rsplit(".", 1)[0].rsplit("/", 1)[-1]
    writer = writer_named("opinion")
    content = writer.write(Reviewed(opened.as_known, opened.taken, stem))
    handed_out(request.actor, file=file, what="审核意见")
    return _sent(content, writer.file_name(stem))


@page("intake.view")
def letters(request: Request, year: int) -> HttpResponseBase:
    """一年收到的全部文件的审核意见，一个压缩包。"""
    return _all(request, year, "letters")


@page("intake.view")
def workbook(request: Request, year: int) -> HttpResponseBase:
    """一年收到的全部文件的审核总表。"""
    return _all(request, year, "workbook")


def _all(request: Request, year: int, what: str) -> HttpResponseBase:
    """At once, or where there is much in the background: then to where it can be waited for."""
    if handing_out.is_large(request.actor, year):
        return redirect("work", handing_out.ask_for_all(request.actor, year, what).pk)
    made = handing_out.make(request.actor, year, what)
    for file in made.files:
        handed_out(request.actor, file=file, what=made.words)
    return _sent(made.content, made.name)


@page("intake.view")
def original(request: Request, file: int) -> FileResponse:
    """收到的原件。"""
    rows = IncomingFile.objects.restrict(request.actor, "intake.view").select_related("stored")
    row = rows.filter(pk=file).first()
    if row is None or row.stored is None:
        raise NotThere
    handed_out(request.actor, file=file, what="原件")
    return answers.original(row.stored, row.name)


def _sent(content: bytes, name: str) -> FileResponse:
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type="application/octet-stream")
