"""The first page of an empty installation; whether all is well, for programs that watch."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from jixiao.web.jobs.selectors import is_late
from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.people import system
from jixiao.web.operation.first import KEY_FILE, begin, is_key
from jixiao.web.operation.forms import FirstForm
from jixiao.web.site.forms import done, filled, status_of
from jixiao.web.site.pages import Request, page


@page(None, parameters=("key",), methods=("GET", "POST"), signed_in=False)
def first(request: Request) -> HttpResponse:
    """登记首批管理员。"""
    key = request.POST.get("key") or request.GET.get("key", "")
    if not is_key(settings.DATA, key):
        raise NotThere("这个链接已经用过或不对。已经登记过的，请用管理员账号登录；没有的，看 jixiao serve 打印的链接")
    form = filled(FirstForm, request)
    actor = replace(system("首次登记"), request_id=request.request_id, address=request.META.get("REMOTE_ADDR", ""))
    printed = done(form, lambda: begin(actor, **form.begun()))
    if printed is not None:
        (settings.DATA / KEY_FILE).unlink(missing_ok=True)
        return render(request, "operation/printed.html", {"printed": printed})
    return render(request, "operation/first.html", {"key": key, "form": form}, status=status_of(form))


@page(None, signed_in=False)
def healthz(request: Request) -> JsonResponse:
    """是否正常，给监控用：数据库连不上时 503；后台任务排队太久时 background 为 late。"""
    del request
    try:
        connection.ensure_connection()
        background = "late" if is_late() else "ok"
    except (DatabaseError, InterfaceError):
        return JsonResponse({"status": "down", "database": "down"}, status=503, headers={"Retry-After": "60"})
    return JsonResponse({"status": "ok", "database": "ok", "background": background})
