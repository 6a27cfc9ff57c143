"""Registration of approved sheets, files that came in again, what is left out: what stands beside the desk."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.readers.registry import registry
from jixiao.web.intake.acceptance import accept
from jixiao.web.intake.again import against_pool
from jixiao.web.intake.forms import RegistrationForm
from jixiao.web.intake.models import IncomingFile
from jixiao.web.intake.places import address_of, with_place
from jixiao.web.intake.receiving import Upload, receive
from jixiao.web.intake.registering import register_batch
from jixiao.web.intake.selectors import FileOfBatch, files_of, registrations
from jixiao.web.intake.services import add_files, drop, open_registration, read_again
from jixiao.web.kernel.acts import NotAllowed, NotThere, Refused
from jixiao.web.kernel.keyset import page_of
from jixiao.web.site.pages import Request, page

State = IncomingFile.State


@page("intake.register", parameters=("after",), methods=("GET", "POST"))
def register(request: Request, year: int) -> HttpResponse:
    """登记已批复：先填文号和日期。"""
    form = RegistrationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        place = request.actor.organisation
        if place is None:
            raise Refused("您不属于任何单位，收不了文件。请找系统管理员")
        try:
            batch = open_registration(request.actor, organisation=place, year=year, **form.cleaned_data)
            return redirect("intake-registration", year, batch.pk)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    found = page_of(registrations(request.actor, year), ["-made_at"], request.GET.get("after", ""))
    status = 422 if form.errors else 200
    return render(request, "intake/register.html", {"form": form, "found": found}, status=status)


@page("intake.register", about=("intake.batch", "key"))
def registration(request: Request, year: int, key: int) -> HttpResponse:
    """一批登记：放进文件，看读得怎样，登记。"""
    batch, files = files_of(request.actor, key)
    if not batch.registers_approved or batch.year != year:
        raise NotThere
    ready = [one for one in files if one.row.state == State.TO_CHECK and not one.trouble]
    content = {
        "batch": batch,
        "files": files,
        "ready": ready,
        "unlooked": sum(one.unlooked for one in ready),
        "unknown_projects": sum(one.unknown_projects for one in ready),
        "moving": any(one.row.state in (State.WAITING, State.READING) and not one.stuck for one in files),
        "done": sum(one.row.state == State.ACCEPTED for one in files),
        "upload_address": reverse("intake-registration-files", args=[year, key]),
        "most": settings.MOST_UPLOAD_BYTES,
        "accept": ",".join(sorted({".zip", *registry().suffixes})),
    }
    return render(request, "intake/registration.html", content)


@page("intake.register", methods=("POST",))
def registration_files(request: Request, year: int, key: int) -> HttpResponse:
    """把文件放进一批登记。"""
    files_of(request.actor, key)
    uploads = cast("list[Upload]", request.FILES.getlist("file"))
    if not uploads:
        raise Refused("没有选文件。请选一个或几个文件，或把文件拖进来", field="file", status=422)
    rows = add_files(request.actor, batch=key, files=receive(uploads, request.POST.getlist("path")))
    if request.headers.get("HX-Request"):
        return render(request, "intake/rows.html", {"files": [FileOfBatch(one, 0, 0, 0) for one in rows]})
    return redirect("intake-registration", year, key)


@page("intake.register", methods=("POST",))
def registration_take(request: Request, year: int, key: int) -> HttpResponse:
    """登记这一批里读好的文件。"""
    outcomes = register_batch(request.actor, batch=key, makes_projects=bool(request.POST.get("makes_projects")))
    sheets = sum(len(one.versions) for one in outcomes)
    if sheets:
        messages.success(request, f"登记了{sheets}张表")
    for one in outcomes:
        if one.refused:
            messages.error(request, f"{one.file.name}没有登记：{one.refused}")
    return redirect("intake-registration", year, key)


@page("intake.view", about=("intake.incomingsheet", "key"))
def differences(request: Request, year: int, key: int) -> HttpResponse:
    """更正的文件：和库里的一版比。"""
    found = against_pool(request.actor, key)
    if found.row.year != year:
        raise NotThere
    content = {
        "found": found,
        "sheet": found.row,
        "groups": found.groups,
        "old": f"库里第{found.before.number}版",
        "new": "新文件",
        "desk_address": address_of(found.row.file.batch.year or year, found.row.file_id, key),
    }
    return render(request, "intake/differences.html", content)


@page("intake.accept", methods=("POST",))
def take_differences(request: Request, year: int, key: int) -> HttpResponse:
    """更正的文件：采用选中的几处，或整份采用。"""
    found = against_pool(request.actor, key)
    chosen = None if request.POST.get("whole") else request.POST.getlist("difference")
    if chosen == []:
        messages.error(request, "一处也没有选。要整份采用，请点“整份采用”；都不要，请回收件台定为不收")
        return redirect("intake-differences", year, key)
    try:
        (version,) = accept(
            request.actor, file=found.row.file_id, sheets=[key], chosen=None if chosen is None else {key: chosen}
        )
    except (NotAllowed, NotThere):
        raise
    except Refused as refused:
        messages.error(request, with_place(refused, found.row.file.batch.year or year, found.row.file_id))
        return redirect("intake-differences", year, key)
    messages.success(request, f"采用了，成为第{version.number}版")
    return redirect("sheet", version.sheet.year, version.sheet_id)


@page("intake.accept", methods=("POST",))
def leave_out(request: Request, year: int, key: int) -> HttpResponse:
    """定为不收。"""
    row = drop(request.actor, file=key)
    messages.success(request, f"不收：{row.name}")
    return redirect("intake", year)


@page("intake.add", methods=("POST",))
def again(request: Request, year: int, key: int) -> HttpResponse:
    """再读一次。"""
    row = read_again(request.actor, file=key)
    messages.success(request, f"重新读取：{row.name}")
    return redirect("intake", year)
