"""The first page of an empty installation."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from jixiao.web.kernel.acts import NotThere, Refused
from jixiao.web.kernel.people import system
from jixiao.web.operation.first import ADMINISTRATORS, KEY_FILE, begin, is_key
from jixiao.web.site.pages import Request, page

_FIELDS = ("region_code", "region", "bureau_code", "bureau")


@page(None, parameters=("key",), methods=("GET", "POST"), signed_in=False)
def first(request: Request) -> HttpResponse:
    """登记首批管理员。"""
    key = request.POST.get("key") or request.GET.get("key", "")
    if not is_key(settings.DATA, key):
        raise NotThere("这个链接已经用过或不对。已经登记过的，请用管理员账号登录；没有的，看 jixiao serve 打印的链接")
    given = {name: request.POST.get(name, "") for name in _FIELDS}
    people = {
        role: (request.POST.get(f"{role.value}_name", ""), request.POST.get(f"{role.value}_username", proposed))
        for role, proposed in ADMINISTRATORS.items()
    }
    trouble = None
    if request.method == "POST":
        actor = replace(system("首次登记"), request_id=request.request_id, address=request.META.get("REMOTE_ADDR", ""))
        try:
            missing = next((name for name in _FIELDS if not given[name].strip()), None)
            if missing or not all(name.strip() for name, _ in people.values()):
                raise Refused("区划、财政局和三位管理员的姓名都要填", field=missing or "name", status=422)
            printed = begin(actor, **given, people=people)
        except Refused as refused:
            trouble = refused
        else:
            (settings.DATA / KEY_FILE).unlink(missing_ok=True)
            return render(request, "operation/printed.html", {"printed": printed})
    rows = [{"role": role, "name": name, "username": username} for role, (name, username) in people.items()]
    content = {"key": key, "given": given, "rows": rows, "trouble": trouble}
    return render(request, "operation/first.html", content, status=trouble.status if trouble else 200)
