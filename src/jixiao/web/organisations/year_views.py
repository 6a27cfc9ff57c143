"""Pages of fiscal years and rounds, and the switch between years."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, ResolverMatch, resolve, reverse

from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotThere
from jixiao.web.organisations.changes import opening
from jixiao.web.organisations.forms import CloseYear, EditRound, ExtendRound, OpenYear, Reopen, RoundForm
from jixiao.web.organisations.models import Extension, FiscalYear, OrganisationKind, Region, Round
from jixiao.web.organisations.selectors import choices, one_of, regions, years_of
from jixiao.web.organisations.services import (
    add_round,
    close_year,
    edit_round,
    extend,
    open_year,
    reopen_year,
    set_ruleset,
    withdraw_extension,
)
from jixiao.web.organisations.unfinished import unfinished
from jixiao.web.site.forms import done, filled, status_of
from jixiao.web.site.pages import Request, page


@page("year.view")
def years(request: Request) -> HttpResponse:
    """年度与轮次。"""
    rows = FiscalYear.objects.restrict(request.actor, "year.view").select_related("region")
    may = FiscalYear.objects.restrict(request.actor, "year.open")
    openable = [one for one in regions(request.actor) if _may_open(request, one)]
    newest = max((one.year for one in rows), default=clock.today().year)
    content = {
        "years": list(rows.order_by("region__code", "-year")),
        "mine": set(may.values_list("pk", flat=True)) if request.actor.may("year.open") else set(),
        "openable": [(one, newest + 1) for one in openable],
    }
    return render(request, "organisations/years.html", content)


def _may_open(request: Request, region: Region) -> bool:
    return Region.objects.restrict(request.actor, "year.open").filter(pk=region.pk).exists()


@page("year.open", methods=("GET", "POST"), about=("organisations.region", "region"))
def open_page(request: Request, region: int, opens: int) -> HttpResponse:
    """开启年度：带过来什么，变了什么。"""
    place: Region = one_of(Region, request.actor, "year.open", region)
    shown = opening(request.actor, place, opens)
    form = filled(OpenYear, request, initial={"ruleset": shown.ruleset})
    made = done(form, lambda: open_year(request.actor, region=region, year=opens, ruleset=form.cleaned_data["ruleset"]))
    if made is not None:
        messages.success(request, f"{made.label}已开启")
        return redirect("year", made.pk)
    return render(request, "organisations/open_year.html", {"shown": shown, "form": form}, status=status_of(form))


@page("year.view", about=("organisations.fiscalyear", "key"))
def year_shown(request: Request, key: int) -> HttpResponse:
    """一个年度：轮次、延期。"""
    one: FiscalYear = one_of(FiscalYear, request.actor, "year.view", key, "region")
    rounds = list(Round.objects.restrict(request.actor, "year.view").filter(fiscal_year=one))
    seen = Extension.objects.restrict(request.actor, "organisation.view").filter(round__in=rounds)
    mine = request.actor.may("year.open") and (
        FiscalYear.objects.restrict(request.actor, "year.open").filter(pk=key).exists()
    )
    edits = request.actor.may("round.edit") and (
        FiscalYear.objects.restrict(request.actor, "round.edit").filter(pk=key).exists()
    )
    content = {
        "one": one,
        "rounds": [(found, clock.is_past(found.closes_on), found.opens_on <= clock.today()) for found in rounds],
        "extensions": list(seen.select_related("department", "round").order_by("-until")),
        "may_open": mine,
        "may_edit": edits and one.state == FiscalYear.State.OPEN,
        "unfinished": unfinished(one.region_id, one.year) if mine else (),
        "close": CloseYear(),
        "reopen": Reopen(),
        "ruleset": OpenYear(initial={"ruleset": one.ruleset}),
    }
    return render(request, "organisations/year.html", content)


def _again(request: Request, form: CloseYear | Reopen | OpenYear, key: int, title: str, word: str) -> HttpResponse:
    content = {"title": title, "form": form, "word": word, "back": reverse("year", args=[key])}
    return render(request, "organisations/form.html", content, status=status_of(form))


@page("year.open", methods=("POST",))
def close(request: Request, key: int) -> HttpResponse:
    """关闭年度。"""
    one: FiscalYear = one_of(FiscalYear, request.actor, "year.open", key)
    form = CloseYear(data=request.POST)
    made = done(
        form,
        lambda: close_year(request.actor, year=key, reason=form.cleaned_data["reason"]),
    )
    if made is None:
        return _again(request, form, key, f"关闭{one.label}", f"关闭{one.label}")
    messages.success(request, f"{made.label}已关闭，只能看")
    return redirect("year", key)


@page("year.open", methods=("POST",))
def reopen(request: Request, key: int) -> HttpResponse:
    """重新开启年度。"""
    one: FiscalYear = one_of(FiscalYear, request.actor, "year.open", key)
    form = Reopen(data=request.POST)
    made = done(form, lambda: reopen_year(request.actor, year=key, reason=form.cleaned_data["reason"]))
    if made is None:
        return _again(request, form, key, f"重新开启{one.label}", f"重新开启{one.label}")
    messages.success(request, f"{made.label}重新开启了")
    return redirect("year", key)


@page("year.open", methods=("POST",))
def ruleset(request: Request, key: int) -> HttpResponse:
    """更换年度的规则集。"""
    one: FiscalYear = one_of(FiscalYear, request.actor, "year.open", key)
    form = OpenYear(data=request.POST)
    made = done(form, lambda: set_ruleset(request.actor, year=key, ruleset=form.cleaned_data["ruleset"]))
    if made is None:
        return _again(request, form, key, f"{one.label}的规则集", "更换规则集")
    messages.success(request, "规则集换好了；已经开始的轮次仍按原来的")
    return redirect("year", key)


@page("round.edit", methods=("GET", "POST"), about=("organisations.fiscalyear", "key"))
def new_round(request: Request, key: int) -> HttpResponse:
    """新增轮次。"""
    one: FiscalYear = one_of(FiscalYear, request.actor, "round.edit", key)
    form = filled(RoundForm, request)
    if done(form, lambda: add_round(request.actor, year=key, **form.cleaned_data)) is not None:
        messages.success(request, "轮次加好了")
        return redirect("year", key)
    back = reverse("year", args=[key])
    content = {"title": f"{one.label}新增轮次", "form": form, "word": "新增这一轮", "back": back}
    return render(request, "organisations/form.html", content, status=status_of(form))


@page("round.edit", methods=("GET", "POST"), about=("organisations.round", "key"))
def edit_round_page(request: Request, key: int) -> HttpResponse:
    """改轮次的日期。"""
    one: Round = one_of(Round, request.actor, "round.edit", key, "fiscal_year")
    names = ("name", "opens_on", "closes_on", "review_until")
    form = filled(EditRound, request, initial={name: getattr(one, name) for name in names})
    if done(form, lambda: edit_round(request.actor, round=key, **form.given())) is not None:
        messages.success(request, "改好了")
        return redirect("year", one.fiscal_year_id)
    back = reverse("year", args=[one.fiscal_year_id])
    content = {"title": f"{one.fiscal_year.label}{one.label}", "form": form, "word": "保存日期", "back": back}
    return render(request, "organisations/form.html", content, status=status_of(form))


@page("round.edit", parameters=("department",), methods=("GET", "POST"), about=("organisations.round", "key"))
def extend_page(request: Request, key: int) -> HttpResponse:
    """给一个部门延期。"""
    one: Round = one_of(Round, request.actor, "round.edit", key, "fiscal_year")
    departments = choices(request.actor, kinds=(OrganisationKind.LEAD_DEPARTMENT,), region=one.fiscal_year.region_id)
    form = filled(ExtendRound, request, departments, initial={"department": request.GET.get("department")})
    if done(form, lambda: extend(request.actor, round=key, **form.cleaned_data)) is not None:
        messages.success(request, "延期记好了")
        return redirect("year", one.fiscal_year_id)
    content = {
        "title": f"{one.fiscal_year.label}{one.label}延期",
        "intro": f"本来{one.closes_on:%m月%d日}24:00截止。延期只给选中的这一个部门。",
        "form": form,
        "word": "给这个部门延期",
        "back": reverse("year", args=[one.fiscal_year_id]),
    }
    return render(request, "organisations/form.html", content, status=status_of(form))


@page("round.edit", methods=("POST",))
def withdraw_extension_page(request: Request, key: int) -> HttpResponse:
    """收回延期。"""
    one: Extension = one_of(Extension, request.actor, "round.edit", key, "round")
    withdraw_extension(request.actor, extension=key)
    messages.success(request, "延期已收回")
    return redirect("year", one.round.fiscal_year_id)


@page(None, parameters=("to", "page"))
def switch(request: Request) -> HttpResponse:
    """换年度：留在同一页；那一年没有对应的，转到列表并说明。"""
    text, came_from = request.GET.get("to", ""), request.GET.get("page", "/")
    if not text.isdecimal() or all(one.year != int(text) for one in years_of(request)):
        raise NotThere("没有这个年度，或者还没有开启")
    year = int(text)
    request.session["year"] = year
    parts = urlsplit(came_from)
    if not parts.path.startswith("/") or parts.path.startswith("//") or parts.netloc:
        return redirect("home")
    try:
        match = resolve(parts.path)
    except Resolver404:
        return redirect("home")
    query = f"?{parts.query}" if parts.query else ""
    if "year" not in match.kwargs:
        return redirect(parts.path + query)
    return _elsewhere(request, match, year, query)


def _elsewhere(request: Request, match: ResolverMatch, year: int, query: str) -> HttpResponse:
    """The page of another year: the same, or where an object has none there, the nearest list above it."""
    kwargs = {**match.kwargs, "year": year}
    in_year = getattr(match.func, "in_year", None)
    if len(kwargs) == 1:
        return redirect(reverse(match.view_name, kwargs=kwargs) + query)
    found = in_year(request.actor, **kwargs) if in_year is not None else None
    if found is not None:
        return redirect(reverse(match.view_name, kwargs={**kwargs, **found}) + query)
    messages.warning(request, f"{year}年度没有对应的这一页，已转到{year}年度的列表")
    path = match.route
    while "/" in path.rstrip("/"):
        path = path.rstrip("/").rsplit("/", 1)[0] + "/"
        try:
            above = resolve("/" + path.replace("<int:year>", str(year)))
        except Resolver404:
            continue
        if set(above.kwargs) == {"year"}:
            return redirect(above.view_name, year=year)
    return redirect("home")
