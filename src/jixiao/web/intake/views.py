"""The desk where files come in."""

from __future__ import annotations

from typing import cast

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render

from jixiao.web.files.answers import original
from jixiao.web.intake.acceptance import accept as take
from jixiao.web.intake.models import Batch, IncomingFile
from jixiao.web.intake.receiving import Upload, receive
from jixiao.web.intake.services import add_files, open_batch
from jixiao.web.kernel.acts import NotThere, Refused
from jixiao.web.kernel.keyset import page_of
from jixiao.web.site.pages import Request, page


@page("intake.view", parameters=("after",))
def desk(request: Request, year: int) -> HttpResponse:
    """收件台。"""
    batches = Batch.objects.restrict(request.actor, "intake.view").select_related("organisation")
    return render(
        request,
        "intake/desk.html",
        {"found": page_of(batches, ["-made_at"], request.GET.get("after", "")), "year": year},
    )


@page("intake.add", methods=("POST",))
def upload(request: Request, year: int) -> HttpResponse:
    """收文件：一次可以多个，也可以是压缩包。"""
    uploads = cast("list[Upload]", request.FILES.getlist("files"))
    if not uploads:
        raise Refused("没有选文件。请选一个或几个文件，或把文件拖进来", field="files", status=422)
    place = request.POST.get("organisation", "") or str(request.actor.organisation or "")
    if not place.isdecimal():
        raise Refused("要说明是哪个单位收的文件", field="organisation", status=422)
    received = receive(uploads, request.POST.getlist("paths"))
    number = request.POST.get("batch", "")
    batch = int(number) if number.isdecimal() else open_batch(request.actor, organisation=int(place), year=year).pk
    add_files(request.actor, batch=batch, files=received)
    return redirect("intake", year)


@page("intake.accept", methods=("POST",))
def accept(request: Request, year: int, key: int) -> HttpResponse:
    """收下一份文件里的表：给出的，或全部。"""
    chosen = [int(one) for one in request.POST.getlist("sheet") if one.isdecimal()]
    take(request.actor, file=key, sheets=chosen or None)
    return redirect("intake", year)


@page("intake.view")
def source(request: Request, year: int, key: int) -> FileResponse:
    """下载收到的原件。"""
    del year
    row = IncomingFile.objects.restrict(request.actor, "intake.view").select_related("stored").filter(pk=key).first()
    if row is None or row.stored is None:
        raise NotThere
    return original(row.stored, row.name)
