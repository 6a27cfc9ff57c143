"""Sets: how far each department is, one set with its places, how a sheet is started, the whole text."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.web.editor import beginnings, set_services, sets, whole
from jixiao.web.editor.selectors import COUNTS, written
from jixiao.web.editor.sets import Place, SheetSet
from jixiao.web.editor.where import Elsewhere, elsewhere_of
from jixiao.web.goals.models import SheetKind, SheetState
from jixiao.web.goals.selectors import same_in_year
from jixiao.web.goals.views import BADGES, sent
from jixiao.web.site.pages import Request, page


@page("sheet.view", parameters=("after", "lacking", "all"))
def sets_page(request: Request, year: int) -> HttpResponse:
    """报送包：各部门齐不齐；自己单位的直接打开。"""
    own = sets.own_unit(request.actor)
    if own is not None and "all" not in request.GET:
        return redirect("set", year, own)
    lacking = request.GET.get("lacking") == "1"
    found = sets.overview(request.actor, year, after=request.GET.get("after", ""), lacking=lacking)
    kept = "lacking=1&" if lacking else ""
    content = {
        "overview": found,
        "lacking": lacking,
        "views": [
            {"title": "全部", "count": found.total, "address": "?", "here": not lacking},
            {"title": "没有齐", "count": found.total - found.complete, "address": "?lacking=1", "here": lacking},
        ],
        "first": f"?{kept.rstrip('&')}" if request.GET.get("after") else "",
        "next": f"?{kept}after={found.found.after}" if found.found.after else "",
    }
    return render(request, "editor/sets.html", content)


@page("sheet.view", about=("organisations.organisation", "unit"))
def one_set(request: Request, year: int, unit: int) -> HttpResponse:
    """一个单位的报送包。"""
    found = sets.set_of(request.actor, year, unit)
    elsewhere = elsewhere_of(request.actor, found)
    rows = [_row(one, elsewhere) for one in found.places]
    content = {
        "set": found,
        "groups": _groups(found, rows),
        "counts": {name: sum(one.counts.get(name, 0) for one in found.places) for name in COUNTS},
        "next_step": next((row for row in rows if row["step"] and not row["place"].is_settled), None)
        or next((row for row in rows if row["step"] == "接着填" and row["place"].counts["errors"]), None)
        or next((row for row in rows if row["step"] and row["place"].reason is None), None),
        "exports": [
            (reverse("set-export", args=[year, unit, form]), words) for form, words in whole.forms_of_set().items()
        ]
        if found.sheets and request.actor.may("sheet.export")
        else (),
        "places": _places(found),
        "writable": sum(one.is_writable for one in _handed_in(request, found)),
        "withdrawable": elsewhere.withdrawable,
    }
    return render(request, "editor/set.html", content)


def _handed_in(request: Request, found: SheetSet) -> list[Place]:
    """What of a set somebody hands in: the sheets of its own unit that are theirs to write."""
    if not request.actor.may("sheet.submit"):
        return []
    return [one for one in found.places if one.sheet is not None and one.may_edit and one.unit.pk == found.unit.pk]


def _row(place: Place, elsewhere: Elsewhere) -> dict[str, Any]:
    state = "" if place.sheet is None else BADGES.get(place.sheet.state, place.sheet.state)
    step = "接着填" if place.is_writable else "起一张" if place.may_edit and place.sheet is None else ""
    may_void = place.may_edit and place.sheet is not None and place.sheet.state == SheetState.DRAFTED
    where = elsewhere.where.get(place.sheet.pk, "") if place.sheet is not None else ""
    return {"place": place, "badge": state or "unfilled", "step": step, "may_void": may_void, "where": where}


def _groups(found: SheetSet, rows: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The rows by unit; one group without a name where there is but one unit."""

    def of(row: dict[str, Any]) -> str:
        place = row["place"]
        if place.kind is not SheetKind.GOAL and place.unit.pk == found.unit.pk:
            return "部门"
        return str(place.unit.name) if place.listed is not None else "项目库里这一年没有列的"

    grouped = [(name, list(some)) for name, some in groupby(rows, of)]
    return grouped if len(grouped) > 1 else [("", rows)]


def _places(found: SheetSet, *more: str) -> list[dict[str, str]]:
    home = {"title": f"{found.year}年度的报送包", "address": f"{reverse('sets', args=[found.year])}?all=1"}
    own = {"title": found.unit.name, "address": reverse("set", args=[found.year, found.unit.pk])}
    return [home, own, *({"title": words, "address": ""} for words in more)]


@page("sheet.view")
def review(request: Request, year: int, unit: int) -> HttpResponse:
    """整包合在一起审的结果：各张多出来的问题。"""
    found = sets.set_of(request.actor, year, unit)
    together = whole.review_of_set(request.actor, found, whole.whole_of(request.actor, found))
    writable = {one.sheet.pk for one in found.places if one.sheet is not None and one.is_writable}
    differ = [
        (reverse("sheet-edit" if sheet.pk in writable else "sheet", args=[year, sheet.pk]), sheet, among, alone)
        for sheet, among, alone in together.differ
    ]
    content = {"set": found, "together": together, "differ": differ, "places": _places(found, "合在一起审")}
    name = "editor/set_review.html" if request.headers.get("HX-Request") else "editor/set_review_page.html"
    return render(request, name, content)


@page("sheet.export")
def export(request: Request, year: int, unit: int, form: str) -> FileResponse:
    """导出整包。"""
    found = sets.set_of(request.actor, year, unit)
    return sent(request, whole.taken(request.actor, whole.whole_of(request.actor, found), found, form))


@page("sheet.edit", parameters=("q",), methods=("GET", "POST"))
def start(request: Request, year: int, unit: int, place: str) -> HttpResponse:
    """起一张表：空白的、从去年的、从别的项目的、从收到的文件。"""
    found = sets.set_of(request.actor, year, unit)
    here = found.lacking_place(place)
    if request.method == "POST":
        beginning = beginnings.chosen(
            request.actor, found, here, request.POST.get("from", ""), request.POST.getlist("indicator")
        )
        project = here.project.pk if here.project is not None else None
        made = set_services.start(request.actor, unit=here.unit.pk, project=project, year=year, beginning=beginning)
        return redirect("sheet-edit", year, made.sheet_id)
    words = request.GET.get("q", "").strip()
    content = {
        "set": found,
        "here": here,
        "last_year": beginnings.last_year_of(request.actor, found, here),
        "others": beginnings.others(request.actor, here, year, words),
        "q": words,
        "offered": beginnings.offered(request.actor, found, here),
        "may_receive": request.actor.may("intake.add"),
        "last": year - 1,
        "places": _places(found, f"起 {here.title}"),
    }
    return render(request, "editor/start.html", content)


@page("sheet.edit", methods=("POST",))
def reason(request: Request, year: int, unit: int, place: str) -> HttpResponse:
    """说明为什么不报。"""
    here = sets.set_of(request.actor, year, unit).lacking_place(place)
    project = here.project.pk if here.project is not None else None
    words = request.POST.get("reason", "")
    set_services.give_reason(
        request.actor, unit=here.unit.pk, project=project, year=year, kind=here.kind.value, reason=words
    )
    messages.success(request, f"{here.title}：{'已写明不报的原因' if words.strip() else '原因已收回'}")
    return redirect("set", year, unit)


@page("sheet.edit", methods=("GET", "POST"), in_year=same_in_year, about=("goals.sheet", "key"))
def void(request: Request, year: int, key: int) -> HttpResponse:
    """作废一张填报中的表。"""
    found = written(request.actor, year, key)
    if request.method == "POST":
        set_services.void(request.actor, year=year, key=key, reason=request.POST.get("reason", ""))
        messages.success(request, f"{found.sheet.title}已作废，可以重新起一张")
        place = found.sheet.unit.department_id or found.sheet.unit_id
        return redirect("set", year, place if sets.sees(request.actor, place) else found.sheet.unit_id)
    return render(request, "editor/void.html", {"sheet": found.sheet, "written": found})
