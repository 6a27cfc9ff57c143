"""Pages of organisations."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.keyset import page_of
from jixiao.web.organisations.forms import EditOrganisation, LookAfter, NewOrganisation, ReformForm, RegionForm
from jixiao.web.organisations.models import Organisation, OrganisationKind, Reform
from jixiao.web.organisations.selectors import detail, found_by, one_of, regions, sections, tree
from jixiao.web.organisations.services import (
    add_organisation,
    add_region,
    edit_organisation,
    end_responsibility,
    look_after,
    reform,
    rehearse,
    withdraw_reform,
)
from jixiao.web.site.forms import done, filled, status_of
from jixiao.web.site.pages import Request, page


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and text.isascii() else None


@page("organisation.view", parameters=("q", "region", "closed", "after"))
def organisations(request: Request) -> HttpResponse:
    """机构。"""
    words, closed = request.GET.get("q", "").strip(), request.GET.get("closed") == "1"
    region, after = _number(request.GET.get("region", "")), request.GET.get("after", "")
    content: dict[str, object] = {
        "words": words,
        "closed": closed,
        "region": region,
        "regions": regions(request.actor),
        "may_edit": request.actor.may("organisation.edit"),
    }
    if words:
        content["found"] = found_by(request.actor, words, region=region, closed=closed, after=after)
    else:
        content["tree"] = tree(request.actor, region=region, closed=closed, after=after)
    return render(request, "organisations/organisations.html", content)


@page("organisation.view", about=("organisations.organisation", "key"))
def organisation(request: Request, key: int) -> HttpResponse:
    """一个单位：现在的样子和沿革。"""
    shown = detail(request.actor, key)
    one = shown.organisation
    may_edit = request.actor.may("organisation.edit")
    content = {
        "shown": shown,
        "one": one,
        "may_edit": may_edit,
        "reforms": _reforms_of(one) if may_edit and one.closed_on is None else (),
        "look_after": LookAfter(sections(request.actor))
        if may_edit and one.kind == OrganisationKind.LEAD_DEPARTMENT
        else None,
    }
    return render(request, "organisations/organisation.html", content)


def _reforms_of(one: Organisation) -> list[tuple[str, str]]:
    kinds = [Reform.Kind.RENAME]
    if one.kind == OrganisationKind.BUDGET_UNIT:
        kinds.append(Reform.Kind.MOVE)
    kinds += [Reform.Kind.MERGE, Reform.Kind.SPLIT, Reform.Kind.CLOSE]
    return [(kind.value, str(kind.label)) for kind in kinds]


@page("organisation.edit", methods=("GET", "POST"))
def new_organisation(request: Request) -> HttpResponse:
    """新增单位。"""
    form = filled(NewOrganisation, request, request.actor)

    def act() -> Organisation:
        given = form.cleaned_data
        return add_organisation(request.actor, **{**given, "order": given["order"] or 0})

    made = done(form, act)
    if made is not None:
        messages.success(request, f"{made.name}已新增")
        return redirect("organisation", made.pk)
    content = {"title": "新增单位", "form": form, "word": "新增这家单位", "back": reverse("organisations")}
    return render(request, "organisations/form.html", content, status=status_of(form))


@page("organisation.edit", methods=("GET", "POST"), about=("organisations.organisation", "key"))
def edit(request: Request, key: int) -> HttpResponse:
    """改编码、排序。"""
    one: Organisation = one_of(Organisation, request.actor, "organisation.edit", key)
    form = filled(EditOrganisation, request, initial={"code": one.code, "order": one.order})
    if done(form, lambda: edit_organisation(request.actor, organisation=key, **form.given())) is not None:
        messages.success(request, "改好了")
        return redirect("organisation", key)
    content = {
        "title": f"{one.name}：编码和排序",
        "intro": "名称、上级单位要按生效日期改，请用“更名”“改隶属”，以前的文件才保得住原名。",
        "form": form,
        "word": "保存",
        "back": reverse("organisation", args=[key]),
    }
    return render(request, "organisations/form.html", content, status=status_of(form))


@page("organisation.edit", methods=("GET", "POST"), about=("organisations.organisation", "key"))
def new_reform(request: Request, key: int, kind: str) -> HttpResponse:
    """机构改革：先预演，再办。"""
    if kind not in Reform.Kind.values:
        raise NotThere
    one: Organisation = one_of(Organisation, request.actor, "organisation.edit", key, "region")
    form = ReformForm(request.actor, kind, one, data=request.POST if request.method == "POST" else None)
    shown = None
    if request.POST.get("step") == "do":
        made = done(
            form,
            lambda: reform(
                request.actor,
                plan=form.plan(),
                effective_on=form.cleaned_data["effective_on"],
                document=form.cleaned_data["document"],
            ),
        )
        if made is not None:
            planned = made.state == Reform.State.PLANNED
            messages.success(request, f"已记下，{made.effective_on:%Y-%m-%d}自动生效" if planned else "已生效")
            return redirect("reform", made.pk)
    elif request.method == "POST":
        shown = done(
            form,
            lambda: rehearse(
                request.actor,
                plan=form.plan(),
                effective_on=form.cleaned_data["effective_on"],
                document=form.cleaned_data["document"],
            ),
        )
    content = {"one": one, "kind": kind, "label": Reform.Kind(kind).label, "form": form, "shown": shown}
    return render(request, "organisations/new_reform.html", content, status=status_of(form))


@page("organisation.view", parameters=("after",))
def reforms(request: Request) -> HttpResponse:
    """机构改革办过的和待生效的。"""
    rows = Reform.objects.restrict(request.actor, "organisation.view")
    found = page_of(rows, ["-effective_on"], request.GET.get("after", ""))
    return render(request, "organisations/reforms.html", {"found": found})


@page("organisation.view", about=("organisations.reform", "key"))
def reform_shown(request: Request, key: int) -> HttpResponse:
    """一项机构改革。"""
    one: Reform = one_of(Reform, request.actor, "organisation.view", key, "about")
    may = request.actor.may("organisation.edit") and one.state in (Reform.State.PLANNED, Reform.State.STUCK)
    return render(request, "organisations/reform.html", {"one": one, "may_withdraw": may})


@page("organisation.edit", methods=("POST",))
def withdraw(request: Request, key: int) -> HttpResponse:
    """撤回还没生效的机构改革。"""
    withdraw_reform(request.actor, reform=key)
    messages.success(request, "已撤回，单位都没有变")
    return redirect("reform", key)


@page("organisation.edit", methods=("POST",))
def look_after_it(request: Request, key: int) -> HttpResponse:
    """定归口股室。"""
    form = filled(LookAfter, request, sections(request.actor))

    def act() -> object:
        return look_after(
            request.actor, section=form.cleaned_data["section"], department=key, since=form.cleaned_data["since"]
        )

    if done(form, act) is None:
        one: Organisation = one_of(Organisation, request.actor, "organisation.edit", key)
        back = reverse("organisation", args=[key])
        content = {"title": f"{one.name}归哪个股室", "form": form, "word": "定下", "back": back}
        return render(request, "organisations/form.html", content, status=status_of(form))
    messages.success(request, "归口股室定好了")
    return redirect("organisation", key)


@page("organisation.edit", methods=("POST",))
def end_look_after(request: Request, key: int) -> HttpResponse:
    """取消归口。"""
    row = end_responsibility(request.actor, responsibility=key)
    messages.success(request, "已取消")
    return redirect("organisation", row.department_id)


@page("organisation.edit", methods=("GET", "POST"))
def regions_page(request: Request) -> HttpResponse:
    """行政区划。"""
    form = filled(RegionForm, request)
    if done(form, lambda: add_region(request.actor, **form.cleaned_data)) is not None:
        messages.success(request, "已新增")
        return redirect("regions")
    content = {"regions": regions(request.actor), "form": form}
    return render(request, "organisations/regions.html", content, status=status_of(form))
