"""Sheets filled in without network: the workbook that goes out, the file that comes back, the proposal it makes."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.web.editor import selectors
from jixiao.web.editor.offline import coming, proposals
from jixiao.web.goals.forms import PARAMETERS, ListForm
from jixiao.web.goals.selectors import departments
from jixiao.web.goals.views import sent
from jixiao.web.kernel.acts import Refused
from jixiao.web.site.pages import Request, page


@page("sheet.edit")
def out(request: Request, year: int, key: int) -> FileResponse:
    """离线填报表：一张。"""
    return sent(request, coming.of_one(request.actor, selectors.written(request.actor, year, key)))


@page("sheet.edit", parameters=PARAMETERS)
def out_set(request: Request, year: int) -> FileResponse:
    """离线填报表：这一页条件下能填的各张，一张一个工作表。"""
    wanted = ListForm(request.GET, departments(request.actor)).wanted()
    return sent(request, coming.of_set(request.actor, year, wanted))


@page("sheet.edit", methods=("POST",))
def back(request: Request, year: int, key: int) -> HttpResponse:
    """填好的离线填报表传回来。"""
    selectors.sheet_written(request.actor, year, key)
    file = request.FILES.get("file")
    if file is None or isinstance(file, list):
        raise Refused("请先选填好的文件，再传", field="file", status=422)
    data = file.read(coming.MOST_BYTES + 1)
    made = coming.received(request.actor, year=year, name=file.name or "离线填报.xlsx", data=data, key=key)
    own = next((one for one in made if one.sheet.pk == key), made[0])
    return redirect("sheet-proposal", year, own.sheet.pk, own.pk)


@page("sheet.edit", about=("editor.proposal", "proposal"))
def proposal(request: Request, year: int, key: int, proposal: int) -> HttpResponse:
    """一份离线填报，逐格采用。"""
    found = proposals.offered(request.actor, year, key, proposal)
    sheet = found.written.sheet
    content = {
        "found": found,
        "sheet": sheet,
        "groups": found.groups,
        "old": "网上现在",
        "new": "文件里",
        "places": [
            {"title": f"{year}年度的表", "address": reverse("sheets", args=[year])},
            {"title": sheet.title, "address": reverse("sheet", args=[year, key])},
            {"title": "填表", "address": reverse("sheet-edit", args=[year, key])},
            {"title": "离线填报", "address": ""},
        ],
    }
    return render(request, "editor/proposal.html", content)


@page("sheet.edit", methods=("POST",))
def take(request: Request, year: int, key: int, proposal: int) -> HttpResponse:
    """采用选中的，或整份。"""
    found = proposals.offered(request.actor, year, key, proposal)
    seen = request.POST.get("seen", "")
    chosen = set(request.POST.getlist("change"))
    if "whole" in request.POST:
        chosen = {one.change.key for one in found.left if one.change.kind != "missing"} | {
            one for one in chosen if one.startswith("missing|")
        }
    if not seen.isdecimal() or len(seen) > 9:
        raise Refused("请刷新这一页再采用", status=400)
    row = proposals.take(request.actor, year=year, key=key, proposal=proposal, seen=int(seen), chosen=chosen)
    if row.state == row.State.TAKEN:
        return redirect("sheet-edit", year, key)
    return redirect("sheet-proposal", year, key, proposal)


@page("sheet.edit", methods=("POST",))
def drop(request: Request, year: int, key: int, proposal: int) -> HttpResponse:
    """都不采用。"""
    proposals.drop(request.actor, year=year, key=key, proposal=proposal)
    return redirect("sheet-edit", year, key)
