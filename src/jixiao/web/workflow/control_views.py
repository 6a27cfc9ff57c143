"""控制数 of a year: what holds, what was set before, how far the sheets are from it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from jixiao.web.goals.models import Sheet, SheetKind, SheetState
from jixiao.web.kernel.keyset import page_of
from jixiao.web.organisations.lineage import named_as_of
from jixiao.web.site.pages import Request, page
from jixiao.web.workflow.controls import ROUNDING_FEN, limits, limits_of_departments
from jixiao.web.workflow.models import Control


@page("organisation.view", parameters=("after",))
def controls_page(request: Request, year: int) -> HttpResponse:
    """控制数：各部门、各项目的，哪份文件定的，表上的预算超没超。"""
    rows = Control.objects.restrict(request.actor, "sheet.view").filter(year=year).select_related("unit", "project")
    found = page_of(rows, ["unit__order", "unit_id", "-day"], request.GET.get("after", ""))
    named_as_of((one.unit for one in found.rows), year)
    keys = [one.project_id for one in found.rows if one.project_id is not None]
    holds = {one.pk for one in limits(request.actor, year, keys).values()}
    holds |= {one.pk for one in limits_of_departments(request.actor, year).values()}
    sheets = Sheet.objects.restrict(request.actor, "sheet.view").filter(
        year=year, kind=SheetKind.GOAL, project__in=keys
    )
    now: dict[int | None, int | None] = dict(sheets.exclude(state=SheetState.VOID).values_list("project", "total_fen"))
    lines = [
        (one, one.pk in holds, now.get(one.project_id), _is_above(one, now.get(one.project_id))) for one in found.rows
    ]
    content = {
        "found": found,
        "lines": lines,
        "may_set": request.actor.may("control.set"),
        "first": "?" if request.GET.get("after") else "",
        "next": f"?after={found.after}" if found.after else "",
    }
    return render(request, "workflow/controls.html", content)


def _is_above(one: Control, fen: int | None) -> bool:
    return fen is not None and fen - one.total_fen >= ROUNDING_FEN
