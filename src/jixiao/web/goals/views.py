"""Sheets of a year: lists and one of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from jixiao.web.goals.models import Sheet
from jixiao.web.kernel.keyset import page_of
from jixiao.web.site.pages import Request, page


@page("sheet.view", parameters=("after",))
def sheets(request: Request, year: int) -> HttpResponse:
    """报送的表。"""
    rows = Sheet.objects.restrict(request.actor, "sheet.view").filter(year=year).select_related("unit", "project")
    found = page_of(rows, ["unit__order", "unit_id", "id"], request.GET.get("after", ""))
    return render(request, "goals/sheets.html", {"found": found, "year": year})
