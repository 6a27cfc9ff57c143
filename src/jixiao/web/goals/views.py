"""Sheets of a year: lists and one of them."""

from __future__ import annotations

import hashlib

from django.http import FileResponse, HttpResponse
from django.shortcuts import render

from jixiao.web.files.answers import attachment, original
from jixiao.web.goals.exports import FORMATS, sheet_file, streamed
from jixiao.web.goals.form_view import form_of
from jixiao.web.goals.models import Sheet
from jixiao.web.goals.selectors import sheet_shown
from jixiao.web.goals.services import note_export
from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.keyset import page_of
from jixiao.web.site.pages import Request, page


@page("sheet.view", parameters=("after",))
def sheets(request: Request, year: int) -> HttpResponse:
    """报送的表。"""
    rows = Sheet.objects.restrict(request.actor, "sheet.view").filter(year=year).select_related("unit", "project")
    found = page_of(rows, ["unit__order", "unit_id", "id"], request.GET.get("after", ""))
    return render(request, "goals/sheets.html", {"found": found, "year": year})


@page("sheet.view", parameters=("version",))
def sheet(request: Request, year: int, key: int) -> HttpResponse:
    """一张表，照正式表样。"""
    number = request.GET.get("version", "")
    shown = sheet_shown(request.actor, year, key, int(number) if number.isdecimal() else None)
    content = {
        "year": year,
        "sheet": shown.sheet,
        "version": shown.version,
        "blocks": form_of(shown.plan),
        "findings": shown.review.findings,
        "formats": FORMATS if request.actor.may("sheet.export") else (),
    }
    return render(request, "goals/sheet.html", content)


@page("sheet.export", parameters=("version",))
def export(request: Request, year: int, key: int, form: str) -> FileResponse:
    """导出一张表。"""
    if form not in FORMATS:
        raise NotThere
    number = request.GET.get("version", "")
    shown = sheet_shown(request.actor, year, key, int(number) if number.isdecimal() else None)
    name, content = sheet_file(shown, form)
    note_export(request.actor, sheets=[key], form=form, digest=hashlib.sha256(content).hexdigest(), what=name)
    return attachment(streamed(content), name, form)


@page("sheet.view", parameters=("version",))
def source(request: Request, year: int, key: int) -> FileResponse:
    """下载这一版的原件。"""
    number = request.GET.get("version", "")
    shown = sheet_shown(request.actor, year, key, int(number) if number.isdecimal() else None)
    if shown.version.source is None:
        raise NotThere("这一版没有原件")
    return original(shown.version.source, str(shown.version.document["source"]["name"]))
