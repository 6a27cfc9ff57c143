"""Pages of who hands in: what is handed in and what stands against it, where a sheet is, taking it back, adjusting it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.web.goals.models import Sheet
from jixiao.web.goals.selectors import same_in_year
from jixiao.web.goals.views import BADGES
from jixiao.web.kernel.acts import NotThere, Refused
from jixiao.web.organisations.lineage import named_as_of
from jixiao.web.organisations.models import Organisation
from jixiao.web.site.pages import Request, page
from jixiao.web.workflow import selectors, services
from jixiao.web.workflow.controls import limits
from jixiao.web.workflow.handing_in import Ready, hand_in, ready
from jixiao.web.workflow.models import Decision, Run
from jixiao.web.workflow.services.way import AT_REVIEW


@page("sheet.submit", parameters=("sheet",), methods=("GET", "POST"))
def submit(request: Request, year: int, unit: int) -> HttpResponse:
    """送审：这一包里要送的，还差什么。"""
    only = [int(one) for one in request.GET.getlist("sheet") if one.isdecimal() and len(one) < 19]
    if request.method == "POST":
        runs = hand_in(request.actor, year, unit, only, request.POST.get("note", ""))
        messages.success(request, told(request, runs))
        return redirect("set", year, unit)
    found = ready(request.actor, year, unit, only)
    named_as_of([found.set.unit], year)
    content = {
        "ready": found,
        "first": _first_step(request, found),
        "places": [*_places(year, found.set.unit.name, unit), {"title": "送审", "address": ""}],
    }
    return render(request, "workflow/submit.html", content)


def _first_step(request: Request, found: Ready) -> str:
    """Who gets it first: 王局长."""
    people = services.first_holders(found.flow, found.sheets[0], request.actor.id) if found.sheets else ()
    return "、".join(dict.fromkeys(one.name for one in people[:3]))


def told(request: Request, runs: list[Run]) -> str:
    """What became of sheets that were handed in: 已送审9张，等李局长。对方打开前可以撤回。"""
    sheets = Sheet.objects.restrict(request.actor, "sheet.view").filter(pk__in=[one.sheet_id for one in runs])
    waiting = [one for one in selectors.standings(request.actor, sheets.select_related("unit")).values() if one.people]
    if not waiting:
        return f"已送审{len(runs)}张"
    return f"已送审{len(runs)}张，等{waiting[0].who}。对方打开前可以撤回"


def _places(year: int, name: str, unit: int) -> list[dict[str, str]]:
    home = {"title": f"{year}年度的报送包", "address": f"{reverse('sets', args=[year])}?all=1"}
    return [home, {"title": name, "address": reverse("set", args=[year, unit])}]


@page("sheet.view", in_year=same_in_year, about=("goals.sheet", "key"))
def way(request: Request, year: int, key: int) -> HttpResponse:
    """一张表办到了哪里、谁办的、什么意见。"""
    found = selectors.on_the_way(request.actor, year, key)
    named_as_of([found.sheet.unit], year)
    content = {
        "way": found,
        "sheet": found.sheet,
        "badge": BADGES.get(found.sheet.state, found.sheet.state),
        "rows": [_row(one) for one in found.decisions],
        "control": limits(request.actor, year, [found.sheet.project_id or 0]).get(found.sheet.project_id or 0),
        "places": [
            {"title": f"{year}年度的表", "address": reverse("sheets", args=[year])},
            {"title": found.sheet.title, "address": reverse("sheet", args=[year, key])},
            {"title": "办理", "address": ""},
        ],
    }
    return render(request, "workflow/way.html", content)


def _row(one: Decision) -> dict[str, Any]:
    return {
        "decision": one,
        "step": selectors.title_of_step(one, one.step) if one.step else "",
        "to": selectors.title_of_step(one, one.to_step) if one.verb in ("send_back", "withdraw") else "",
    }


@page("sheet.submit", methods=("POST",))
def withdraw(request: Request, year: int, key: int) -> HttpResponse:
    """撤回一张。"""
    run = services.withdraw(request.actor, year=year, key=key)
    messages.success(request, f"{run.sheet.title}已撤回，可以接着改")
    return redirect("sheet-way", year, key)


@page("sheet.submit", methods=("POST",))
def withdraw_set(request: Request, year: int, unit: int) -> HttpResponse:
    """撤回一包里还没有人打开的各张。"""
    if not Organisation.objects.restrict(request.actor, "sheet.submit").filter(pk=unit).exists():
        raise NotThere
    rows = Sheet.objects.restrict(request.actor, "sheet.submit").filter(year=year, unit=unit)
    rows = rows.filter(runs__is_current=True, runs__phase__in=AT_REVIEW).order_by("pk")
    done, kept = 0, []
    for sheet in rows:
        try:
            services.withdraw(request.actor, year=year, key=sheet.pk)
        except Refused as error:
            kept.append(f"{sheet.title}：{error.message}")
        else:
            done += 1
    if done:
        messages.success(request, f"已撤回{done}张，可以接着改")
    if kept:
        messages.warning(request, f"{len(kept)}张没有撤回。{kept[0]}")
    return redirect("set", year, unit)


@page("sheet.submit", methods=("GET", "POST"), in_year=same_in_year, about=("goals.sheet", "key"))
def adjust(request: Request, year: int, key: int) -> HttpResponse:
    """批复以后要改：写明原因，开始调整。"""
    found = selectors.on_the_way(request.actor, year, key)
    if request.method == "POST":
        services.start_adjustment(request.actor, year=year, key=key, reason=request.POST.get("reason", ""))
        messages.success(request, f"{found.sheet.title}可以改了；改好再送审，批复以前原来批复的一版一直有效")
        return redirect("sheet-edit", year, key)
    return render(request, "workflow/adjust.html", {"way": found, "sheet": found.sheet})
